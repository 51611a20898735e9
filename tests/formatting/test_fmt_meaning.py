"""`fmt` changes no meaning: the same text at every key, every comment where it belongs, and once done, done.

Held on structures that hypothesis makes, written in every order and layout, on values that YAML would take for
something else, and on every file of the project; what comes out is read by libraries that are not ours.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import ruamel.yaml
import yaml
from files_scrambled import scrambled
from hypothesis import given
from hypothesis import strategies as st
from structures_made import some, structures

from restructure_cli.files.dump import dump_structure
from restructure_cli.files.formatting import formatted
from restructure_cli.files.reader import Reader
from restructure_cli.files.shapes import structure as shapes

ROOT = Path(__file__).parents[2]
SEEDED = sorted(path for folder in ("structures", "examples") for path in (ROOT / folder).rglob("*.yaml"))
_COMMENT = re.compile(r"# (\d+) (above|beside) (\S+)$")


def trees() -> st.SearchStrategy[dict[str, Any]]:
    """Make the tree of a structure file, with a note or two."""
    made = structures().map(lambda structure: yaml.load(dump_structure(structure), Loader=yaml.BaseLoader))
    notes = st.sampled_from((None, "read from the chart", "three words here, and more of them in the end"))
    return st.builds(lambda tree, note: {**tree, "note": note} if note else tree, made, notes)


def read(text: str) -> Any:
    """Read a file as text and nothing else, with a reader that is not ours."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def spelled(text: str) -> Counter[tuple[str, str | None]]:
    """Count every text of a file with how it is quoted."""
    return Counter(
        (event.value, None if event.style == "" else event.style)
        for event in yaml.parse(text)
        if isinstance(event, yaml.ScalarEvent)
    )


def ids(tree: Any) -> list[list[str]]:
    """List the ids of a file in the order in which they stand."""
    return [list(tree.get(kind) or ()) for kind in ("teams", "posts", "costs", "grades", "needs", "sources", "claims")]


def belongings(text: str) -> dict[str, tuple[str, str, str]]:
    """Say of each comment of a scrambled file where it stands, and by which key it is."""
    found = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _COMMENT.search(line)
        if match:
            below = next(later for later in lines[number + (match[2] == "above") :] if not _is_comment(later))
            found[match[1]] = (match[2], match[3], _key(below))
    return found


def _key(line: str) -> str:
    return line.split(" #")[0].strip().removeprefix("- ").split(":")[0]


def _is_comment(line: str) -> bool:
    return not line.strip() or line.strip().startswith("#")


@given(text=scrambled(trees()))
@some
def test_a_structure_in_any_layout_keeps_its_meaning_and_its_comments(text: str) -> None:
    done = formatted(text)
    assert read(done) == read(text)
    assert ids(read(done)) == ids(read(text))
    assert spelled(done) == spelled(text)
    assert belongings(done) == belongings(text)
    assert all(key == by for place, key, by in belongings(done).values() if place == "above")
    assert formatted(done) == done


@given(text=scrambled(trees()))
@some
def test_keys_stand_in_the_order_of_the_format(text: str) -> None:
    tree = read(formatted(text))
    entries = [(shapes.SHAPE, tree)]
    for kind, shape in (("teams", shapes.TEAM), ("posts", shapes.POST), ("costs", shapes.COST)):
        entries += [(shape, entry) for entry in (tree.get(kind) or {}).values()]
    for shape, entry in entries:
        assert list(entry) == [key for key in shape.sentences if key in entry]


@given(tree=trees(), data=st.data())
@some
def test_the_order_in_which_keys_were_written_leaves_no_trace(tree: dict[str, Any], data: st.DataObject) -> None:
    plain = {key: value for key, value in tree.items() if key != "note"}
    other = {key: plain[key] for key in ["restructure", *data.draw(st.permutations([*plain][1:]))]}
    for kind in ("teams", "posts", "costs"):
        for id_, entry in (plain.get(kind) or {}).items():
            other[kind] = {**other[kind], id_: dict(data.draw(st.permutations(list(entry.items()))))}
    one, two = (yaml.dump(each, sort_keys=False, allow_unicode=True, width=1000) for each in (plain, other))
    assert formatted(one) == formatted(two)


@pytest.mark.parametrize("path", SEEDED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_seeded_file_reads_as_before(path: Path) -> None:
    text = path.read_text("utf-8")
    done = formatted(text)
    rereading = ruamel.yaml.YAML()
    assert rereading.load(done) == rereading.load(text)
    assert ids(read(done)) == ids(read(text))
    assert spelled(done) == spelled(text)
    assert Counter(re.findall(r"(?:^|\s)(#.*)", done)) == Counter(re.findall(r"(?:^|\s)(#.*)", text))
    assert formatted(done) == done


def test_a_structure_is_the_same_to_the_tool(tmp_path: Path) -> None:
    for path in SEEDED:
        (tmp_path / path.parent.name).mkdir(exist_ok=True)
        (tmp_path / path.parent.name / path.name).write_text(formatted(path.read_text("utf-8")), "utf-8")
    before, after = Reader(), Reader()
    for path in SEEDED:
        if path.stem in ("current", "proposed"):
            one = before.structure(path)
            two = after.structure(tmp_path / path.parent.name / path.name)
            assert one is not None and two is not None
            assert dump_structure(one) == dump_structure(two)


TRAPS = (
    "NO", "no", "on", "08", "012", "1e3", "0x1F", "1_000", "+5", "-0", "5.0", "5.10", ".5", "~", "null", "Null", "true",
    "True", "29:36", "2024-05-01", "2023-01", "£4.7m", "592k", '"£86,000"', "'£86,000'", '"8.5"', "8.10", '">£2m"',
    "£0.506m-£1.238m", "~£5m", '"Post #12"', "a: b" and '"a: b"', "it's", '"it\'s"', "'it''s'", '"\\u00a3"',
    "é", "a  b", '" a "', "''", '""', "=", "<<", "% of pay" and '"% of pay"', "ends, so", "[NO, 08]", "{a: NO, b: 1e3}",
    "[]", "{}", '["a, b", c]',
)  # fmt: skip


@pytest.mark.parametrize("value", TRAPS)
def test_a_value_stays_as_it_is_written(value: str) -> None:
    for text in (
        f"restructure: structure/1\nposts:\n  a:\n    title: {value}\n",
        f"restructure: structure/1\nposts:\n  a:\n    at:\n      - {value}\n      - {value} # twice\n",
        f"restructure: structure/1\nposts:\n  a: {{title: {value}}}\n" if "," not in value else "restructure: x\n",
    ):
        assert formatted(text) == text
