"""A fault that is put where we know is told there first, to the line and the character.

`§` marks in each damaged text where the first finding must stand, and is taken out before the file is written. The
files of the five councils and of the example are damaged at spots spread over them; what needs several files to be
wrong is damaged in small ones. Every other damage goes into a file with CRLF, every third into one with a byte-order
mark: neither may move a finding.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from damaged_files import STRUCTURES, spread

from restructure_cli.checks.folders import check
from restructure_cli.model.findings import Finding

MARK = "§"
TODAY = date(2026, 6, 1)
FOLDERS = {
    **{path.name: path for path in STRUCTURES.iterdir() if path.is_dir()},
    "ashdale": STRUCTURES.parent / "examples",
}
SECTIONS = {"posts", "teams", "costs", "grades", "needs", "sources", "claims"}
FIGURES = ("fte", "filled", "positions", "cost", "amount", "rate")
DAYS = ("as_at", "starts", "ends", "joins", "from", "until")
ANSWERS = ("recurrent", "cashable", "deleted", "counted", "itemised")
NAMES = ("team", "within", "counted_within", "reports_to", "of_which")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Spot(NamedTuple):
    """A key and its value in a file: the keys that lead there, and where both stand."""

    pointer: tuple[str, ...]
    key: Any
    value: Any
    text: str

    @property
    def name(self) -> str:
        return self.pointer[-1]

    @property
    def plain(self) -> bool:
        return isinstance(self.value, yaml.ScalarNode) and not self.value.style and self.value.value != ""

    @property
    def on_a_line(self) -> bool:
        """Whether it has a line of its own, in an entry written over several lines."""
        start, end = self.key.start_mark, self.value.end_mark
        return len(self.pointer) == 3 and start.column == 4 and start.line == end.line

    @property
    def in_braces(self) -> bool:
        before = self.text.splitlines()[self.key.start_mark.line][: self.key.start_mark.column]
        return (
            self.pointer[0] in SECTIONS
            and len(self.pointer) == 3
            and before.count("{") == 1
            and before.startswith(f"  {self.pointer[1]}: {{")
        )

    def value_becomes(self, new: str) -> str:
        return self.text[: self.value.start_mark.index] + new + self.text[self.value.end_mark.index :]

    def key_becomes(self, new: str) -> str:
        return self.text[: self.key.start_mark.index] + new + self.text[self.key.end_mark.index :]

    def before_it(self, new: str) -> str:
        return self.key_becomes(new + self.key.value)


def spots(text: str) -> list[Spot]:
    def walk(node: Any, above: tuple[str, ...]) -> Iterator[Spot]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield Spot((*above, key.value), key, value, text)
                yield from walk(value, (*above, key.value))

    return list(walk(yaml.compose(text, Loader=LOADER), ()))


class Damage(NamedTuple):
    folder: str
    file: str
    kind: str
    number: int
    marked: str

    def __str__(self) -> str:
        return f"{self.folder}-{self.file.removesuffix('.yaml')}-{self.kind.replace(' ', '-')}-{self.number}"


Kind = tuple[str, Callable[[Spot], bool], Callable[[Spot], str]]
"""What a damage is called, the spots it is for, and the text it makes."""


def is_entry(spot: Spot) -> bool:
    return spot.pointer[0] in SECTIONS and len(spot.pointer) == 3


def is_on_a_line(spot: Spot) -> bool:
    return spot.on_a_line and spot.plain


def is_in_plain_braces(spot: Spot) -> bool:
    return spot.in_braces and "note:" not in spot.text.splitlines()[spot.key.start_mark.line]


def is_figure(spot: Spot) -> bool:
    return spot.plain and spot.name in FIGURES and is_entry(spot)


def is_day(spot: Spot) -> bool:
    return spot.plain and spot.name in DAYS and len(spot.pointer) < 4


def is_answer(spot: Spot) -> bool:
    return spot.plain and spot.name in ANSWERS


def is_name(name: str, spot: Spot) -> bool:
    return spot.plain and spot.name == name and is_entry(spot)


def is_header(spot: Spot) -> bool:
    return spot.pointer == ("restructure",)


def is_expression(spot: Spot) -> bool:
    return spot.plain and spot.name == "compute"


def is_expected(spot: Spot) -> bool:
    return spot.name == "expect" and spot.value.flow_style


def is_selection(spot: Spot) -> bool:
    return spot.name == "of" and len(spot.pointer) == 3 and spot.value.flow_style


def is_move(spot: Spot) -> bool:
    return spot.name == "from" and spot.pointer[0] == "posts" and spot.value.flow_style


def of_values() -> Iterator[Kind]:
    for wrong in ("1e5", "NaN", ".nan", "about 3", "0x1F", "1_000", "½"):
        yield f"figure {wrong}", is_figure, partial(put, MARK + wrong)
    yield "figure with commas", lambda spot: is_figure(spot) and spot.on_a_line, partial(put, f"{MARK}1,23,4")
    # In braces a comma ends the value: what stands after it is told of, with the reason.
    yield "comma in braces", lambda spot: is_figure(spot) and spot.in_braces, partial(put, f"1,{MARK}23")
    for wrong in ("2024-13-01", "31/03/2024", "2024-02-30", "1 April"):
        yield f"day {wrong}", is_day, partial(put, MARK + wrong)
    for wrong in ("yes", "No", "on", "1"):
        yield f"answer {wrong}", is_answer, partial(put, MARK + wrong)
    for name in NAMES:
        yield f"unknown {name}", partial(is_name, name), partial(put, f"{MARK}no-such-thing")
    for what, new in {
        "list": "[a, {b: c}]", "anchor": "&hello", "alias": "*nothere", "tag": "!!int 3", "brace": "{a: b",
        "percent": "%5", "at": "@foo", "backtick": "`x`",
    }.items():  # fmt: skip
        yield what, is_on_a_line, partial(put, MARK + new)
    yield "colon in a text", is_on_a_line, partial(put, f"a title{MARK}: with colon")


def of_keys() -> Iterator[Kind]:
    yield "key misspelt", is_entry, lambda spot: spot.key_becomes(f"{MARK}{spot.key.value}zq")
    for what, new in {
        "merge key": "<<: {x: 1}", "quoted key": '"zqwk": 1', "key before a block": "zqwk: |\n      some\n      text",
        "key that is not ASCII": 'zqé: "£5"', "key of braces": "zq: {é£: 1}",
    }.items():  # fmt: skip
        yield what, is_on_a_line, partial(before, f"{MARK}{new}\n    ")
    yield "key after a comment", is_on_a_line, partial(before, f"# é£😀\n    {MARK}zqwk: 1\n    ")
    yield "tab", is_on_a_line, with_a_tab
    yield "key twice", is_on_a_line, twice
    yield "key twice in braces", lambda spot: spot.in_braces and spot.plain, twice_in_braces
    yield "in braces after what is not ASCII", is_in_plain_braces, partial(before, f'note: "é£😀", {MARK}zq: 1, ')
    yield "in braces on a long line", is_in_plain_braces, partial(before, f'note: "{"x" * 500}", {MARK}zq: 1, ')
    yield "id twice", lambda spot: another_id(spot) != "", lambda spot: spot.key_becomes(MARK + another_id(spot))


def of_files() -> Iterator[Kind]:
    for wrong in ("structure/2", "structre/1", "42", "[a]"):
        yield f"header {wrong}", is_header, partial(put, MARK + wrong)
    yield "header misspelt", is_header, lambda spot: spot.key_becomes(f"{MARK}restucture")
    yield "unknown key above", is_header, lambda spot: spot.value_becomes(f"{spot.value.value}\n{MARK}zqwk: 3")
    yield "NUL", is_header, lambda spot: spot.value_becomes(f"{spot.value.value}\nno{MARK}\0te: x")
    yield "second document", is_header, lambda spot: f"{spot.text}{MARK}---\na: 1\n"
    yield "bracket", is_header, lambda spot: f"{spot.text}{MARK}]\n"


def of_references() -> Iterator[Kind]:
    yield "expression", is_expression, partial(put, f"1 {MARK}% 2")
    yield "name in an expression", is_expression, partial(put, f"1 + {MARK}nosuch")
    yield "claim", lambda spot: spot.plain and spot.name == "same_as", partial(put, f"{MARK}no-such-claim")
    yield "measure", is_expected, partial(put, f"{{{MARK}current.ftee: 3}}")
    yield "printed", is_expected, partial(put, f"{{current.fte: {MARK}three}}")
    yield "selection", is_selection, partial(put, f"{{{MARK}pst: x}}")
    yield "move", is_move, partial(put, f"[{MARK}no-such-post]")


def kinds() -> Iterator[Kind]:
    """List the kinds of damage."""
    yield from of_values()
    yield from of_keys()
    yield from of_files()
    yield from of_references()


def put(new: str, spot: Spot) -> str:
    return spot.value_becomes(new)


def before(new: str, spot: Spot) -> str:
    return spot.before_it(new)


def with_a_tab(spot: Spot) -> str:
    line = spot.key.start_mark.index - 4
    return f"{spot.text[:line]}{MARK}\t{spot.text[spot.key.start_mark.index :]}"


def twice(spot: Spot) -> str:
    ends = spot.text.index("\n", spot.key.start_mark.index) + 1
    return f"{spot.text[:ends]}    {MARK}{spot.key.value}: again\n{spot.text[ends:]}"


def twice_in_braces(spot: Spot) -> str:
    ends = spot.value.end_mark.index
    return f"{spot.text[:ends]}, {MARK}{spot.key.value}: again{spot.text[ends:]}"


def another_id(spot: Spot) -> str:
    """Return the first id of the section that a spot is a later entry of."""
    if len(spot.pointer) != 2 or spot.pointer[0] not in SECTIONS or spot.key.start_mark.column != 2:
        return ""
    first = next(one for one in spots(spot.text) if len(one.pointer) == 2 and one.pointer[0] == spot.pointer[0])
    return "" if first.pointer == spot.pointer else first.name


def all_damages() -> Iterator[Damage]:
    for folder, path in sorted(FOLDERS.items()):
        for file in sorted(path.glob("*.yaml")):
            there = spots(file.read_text("utf-8"))
            for kind, is_for, make in kinds():
                for number, spot in enumerate(spread([spot for spot in there if is_for(spot)], 1)):
                    yield Damage(folder, file.name, kind, number, make(spot))


DAMAGES = list(all_damages())[::3]
"""Every third: more of them would find the same, and take a minute."""


def damaged(marked: str, number: int) -> tuple[bytes, int, int]:
    """Return what to write into a file, and the line and the column of the mark, from 1."""
    at = marked.index(MARK)
    content = marked.replace(MARK, "", 1)
    if number % 2:
        content = content.replace("\n", "\r\n")
    raw = content.encode("utf-8-sig" if number % 3 == 0 else "utf-8")
    return raw, marked.count("\n", 0, at) + 1, at - marked.rfind("\n", 0, at)


def told_first(folder: Path, before_: set[tuple[str, str]]) -> Finding:
    findings = check([folder], TODAY).findings
    return next(finding for finding in findings if (finding.rule.code, finding.message) not in before_)


@pytest.fixture(scope="module")
def as_they_are(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, set[tuple[str, str]]]]:
    """Copy each folder, and note what stands against it without any damage."""
    found = {}
    for name, path in FOLDERS.items():
        copy = tmp_path_factory.mktemp(name)
        for file in path.glob("*.yaml"):
            (copy / file.name).write_bytes(file.read_bytes())
        found[name] = copy, {(one.rule.code, one.message) for one in check([copy], TODAY).findings}
    return found


@pytest.mark.parametrize("number", range(len(DAMAGES)), ids=lambda number: str(DAMAGES[number]))
def test_the_first_finding_stands_where_the_damage_is(
    number: int, as_they_are: dict[str, tuple[Path, set[tuple[str, str]]]]
) -> None:
    damage = DAMAGES[number]
    folder, told_before = as_they_are[damage.folder]
    path = folder / damage.file
    sound = path.read_bytes()
    raw, line, column = damaged(damage.marked, number)
    path.write_bytes(raw)
    try:
        finding = told_first(folder, told_before)
    finally:
        path.write_bytes(sound)
    told = (Path(finding.place.path).name, finding.place.line, finding.place.column)
    assert told == (damage.file, line, column), finding


def test_there_are_enough_damages_of_enough_kinds() -> None:
    assert len(DAMAGES) >= 300
    assert len({damage.kind for damage in DAMAGES}) >= 40
    assert {(damage.folder, damage.file) for damage in DAMAGES} == {
        (name, file.name) for name, path in FOLDERS.items() for file in path.glob("*.yaml")
    }


CURRENT = "restructure: structure/1\norganisation: Ashdale\ntitle: Today\nteams: {a: {title: A}}\nposts:\n"
CLERK = "  x: {title: Clerk, team: a, fte: 2, filled: 2, grade: [H, §HH]}\n"
GRADES = "restructure: grades/1\norganisation: Ashdale\nyear: 2025-26\ngrades: {H: {salary: £40k}}\n"
MOVES = "  y: {title: Lead, team: a, fte: 2, from: [x, {by: compete, post: §z}]}\n"
CLAIM = (
    "restructure: claims/1\nclaims:\n  c: {says: z, of: {team: a, except: {post: [x, §z]}}, expect: {current.fte: 2}}\n"
)


@pytest.mark.parametrize(
    "files",
    [
        {"current": CURRENT + CLERK, "grades": GRADES},
        {"current": CURRENT + CLERK.replace(MARK, ""), "proposed": CURRENT + MOVES},
        {"current": CURRENT + CLERK.replace(MARK, ""), "claims": CLAIM},
    ],
    ids=["a grade of several", "a post that moves in", "a selection within a selection"],
)
def test_of_several_texts_the_wrong_one_is_told(files: dict[str, str], tmp_path: Path) -> None:
    for name, content in files.items():
        (tmp_path / f"{name}.yaml").write_text(content.replace(MARK, ""), "utf-8")
    (name, marked) = next((name, content) for name, content in files.items() if MARK in content)
    _, line, column = damaged(marked, 1)
    place = told_first(tmp_path, set()).place
    assert (Path(place.path).stem, place.line, place.column) == (name, line, column)
