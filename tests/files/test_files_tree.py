"""YAML becomes text, lists and mappings, nothing else: no value is dropped, guessed, or multiplied without limit."""

import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from restructure_cli.files import tree
from restructure_cli.files.tree import DEEPEST, LONGEST_SCALAR, MOST_ALIASED, build
from restructure_cli.model.findings import Finding


def built(text: str) -> dict[str, Any]:
    found, faults = build("a.yaml", text)
    assert found is not None
    assert faults == []
    return found


def refused(text: str) -> Finding:
    """Return the fault that ended the reading."""
    found, faults = build("a.yaml", text)
    assert found is None
    return faults[-1]


def where(finding: Finding) -> tuple[int | None, int | None]:
    return finding.place.line, finding.place.column


@pytest.mark.parametrize(
    "text", ["NO", "12", "1e3", "08", "0x1F", "true", "2024-05-01", "1_000", "0.50", "~", "null", "12:30:45", "=", "<<"]
)
def test_a_scalar_stays_the_text_it_is(text: str) -> None:
    assert built(f"grade: {text}\n") == {"grade": text}
    assert built(f"{{grade: [{text}]}}\n") == {"grade": [text]}
    assert built(f"grades:\n  {text}: {{}}\n") == {"grades": {text: {}}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("fte:", None),
        ("fte: # not published", None),
        ("{fte: , title: x}", None),
        ("{fte}", None),
        ("fte: ''", ""),
        ('fte: ""', ""),
        ("fte: |\n", ""),
        ("fte: ' '", " "),
        ("fte: []", []),
        ("fte: {}", {}),
        ("fte: [a, '', b]", ["a", "", "b"]),
    ],
)
def test_an_empty_value_is_unknown_and_an_empty_text_is_a_text(text: str, value: object) -> None:
    assert built(text)["fte"] == value


def test_an_empty_item_of_a_list_is_unknown() -> None:
    assert built("from:\n  -\n  - clerk\n") == {"from": [None, "clerk"]}


def test_long_texts_are_folded_as_yaml_says() -> None:
    assert built("note: >-\n  one\n  two\nat: |\n  a\n  b\n") == {"note": "one two", "at": "a\nb\n"}


def test_both_ends_of_a_duplicate_are_reported_and_the_rest_is_read_on() -> None:
    _, faults = build("a.yaml", "a: 1\na: 2\nb: {c: 1, c: 2, c: 3}\n")
    assert [fault.rule.code for fault in faults] == ["SYN105"] * 3
    assert [where(fault) for fault in faults] == [(2, 1), (3, 11), (3, 17)]


def test_keys_that_differ_only_in_their_quotes_are_one_key() -> None:
    _, faults = build("a.yaml", "\"a\": 1\n'a': 2\n")
    assert [fault.rule.code for fault in faults] == ["SYN105"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("fte: !!float 2\n", "SYN107", (1, 6)),
        ("fte: !vacant\n", "SYN107", (1, 6)),
        ("!!int 3: x\n", "SYN107", (1, 1)),
        ("a: !!python/object:os.system {}\n", "SYN107", (1, 4)),
        ("a: !!set {x}\n", "SYN107", (1, 4)),
        ("a: 1\n---\nb: 2\n", "SYN107", (2, 1)),
        ("---\na: 1\n...\n---\n", "SYN107", (4, 1)),
        ("---\n---\na: 1\n", "SYN107", (2, 1)),
        ("? [a, b]\n: c\n", "SYN107", (1, 3)),
        ("a: {{b}: c}\n", "SYN107", (1, 5)),
        ("x: &a b\n*a : c\n", "SYN107", (2, 1)),
        ("a: *b\n", "SYN104", (1, 4)),
        ("a: &b [*b]\n", "SYN104", (1, 8)),
        ("a: [1, 2\n", "SYN104", (1, 4)),
        ("a: {b: c\nd: e\n", "SYN104", (1, 4)),
        ('a: "b\nc: d\n', "SYN104", (1, 4)),
        ("a: b: c\n", "SYN104", (1, 5)),
        ("a:b\nc: d\n", "SYN104", (1, 2)),
        ("a: @b\n", "SYN104", (1, 4)),
        ("a:\n\tb: c\n", "SYN104", (2, 1)),
        ("a:\n  b: c\n d: e\n", "SYN104", (3, 2)),
        ("a: b\n  - c\n - d\n: e\n", "SYN104", None),
        ("- a\n- b\n", "SYN104", (1, 1)),
        ("just words\n", "SYN104", (1, 1)),
        ("", "SYN108", (1, 1)),
        ("# nothing\n\n", "SYN108", (1, 1)),
        ("---\n", "SYN108", (1, 1)),
        ("%YAML 3.0\n---\na: 1\n", "SYN104", None),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(text: str, code: str, place: tuple[int, int] | None) -> None:
    fault = refused(text)
    assert fault.rule.code == code
    assert fault.hint
    assert fault.place.line is not None
    assert place in (None, where(fault))


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("title:Clerk\nfte: 2", "a space after the colon"),
        ("title: Clerk: Finance", "in quotes"),
        ("title: “Clerk”: x", "curly quotes"),
        ("fte: %5", "begins with a special character"),
        ("\tfte: 5", "not tabs"),
    ],
)
def test_the_usual_traps_have_their_own_hint(line: str, hint: str) -> None:
    assert hint in refused(f"{line}\nteam: repairs\n").hint


def test_a_line_of_very_many_spaces_is_not_searched_for_traps() -> None:
    began = time.process_time()
    assert refused("x: y\na:" + " " * 200_000 + "}\n").rule.code == "SYN104"
    assert time.process_time() - began < 1


def nested(depth: int, left: str, right: str) -> str:
    return "a: " + left * (depth - 1) + "x" + right * (depth - 1) + "\n"


@pytest.mark.parametrize(("left", "right"), [("[", "]"), ("{a: ", "}")])
def test_depth_is_bounded(left: str, right: str) -> None:
    assert built(nested(DEEPEST, left, right))
    fault = refused(nested(DEEPEST + 1, left, right))
    assert fault.rule.code == "SYN106"
    assert fault.place.line == 1


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "&a " * 100_000])
def test_depth_without_end_is_refused_at_once(text: str) -> None:
    assert refused("a: 1\nb:\n " + text).rule.code in ("SYN104", "SYN106", "SYN107")


def test_a_long_value_is_bounded() -> None:
    assert built(f"a: {'x' * LONGEST_SCALAR}\n")
    for text in (f"b: 1\na: {'x' * (LONGEST_SCALAR + 1)}\n", f'b: 1\na: ["{"x" * (LONGEST_SCALAR + 1)}"]\n'):
        fault = refused(text)
        assert (fault.rule.code, fault.place.line) == ("SYN106", 2)


def test_a_long_key_is_bounded() -> None:
    fault = refused(f"b: 1\n? {'x' * (LONGEST_SCALAR + 1)}\n: 1\n")
    assert (fault.rule.code, fault.place.line) == ("SYN106", 2)


def test_an_alias_stands_for_what_it_names() -> None:
    assert built("a: &x {fte: 1}\nb: *x\nc: &y word\nd: [*y, *y]\n") == {
        "a": {"fte": "1"},
        "b": {"fte": "1"},
        "c": "word",
        "d": ["word", "word"],
    }


def test_the_last_anchor_of_a_name_counts() -> None:
    assert built("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == {"a": "1", "b": "1", "c": "2", "d": "2"}


def test_a_merge_key_is_not_obeyed() -> None:
    assert built("a: &x {fte: 1}\nb: {<<: *x}\n")["b"] == {"<<": {"fte": "1"}}


def bomb(levels: int, width: int = 10) -> str:
    """Write lists of ten copies of the list before them."""
    lines = ["a0: &a0 [" + ", ".join(["x"] * width) + "]\n"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]\n" for n in range(1, levels)]
    return "".join(lines)


def test_aliases_are_bounded_however_they_are_nested() -> None:
    assert built(bomb(3))
    for levels in (4, 9, 50):
        fault = refused(bomb(levels))
        assert fault.rule.code == "SYN106"
        assert fault.place.line == 4


def test_every_copy_of_an_alias_counts() -> None:
    items = ", ".join(["x"] * 99)
    allowed = MOST_ALIASED // 100
    assert built(f"a: &x [{items}]\nb: [{', '.join(['*x'] * allowed)}]\n")
    assert refused(f"a: &x [{items}]\nb: [{', '.join(['*x'] * (allowed + 1))}]\n").rule.code == "SYN106"


def test_aliases_in_mappings_are_bounded_too() -> None:
    lines = ["a0: &a0 {" + ", ".join(f"k{n}: x" for n in range(10)) + "}\n"]
    lines += [f"a{n}: &a{n} {{{', '.join(f'k{m}: *a{n - 1}' for m in range(10))}}}\n" for n in range(1, 9)]
    assert refused("".join(lines)).rule.code == "SYN106"


TREES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcxyz-09", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcxyz-", min_size=1), TREES, min_size=1, max_size=5), st.booleans())
def test_what_yaml_writes_is_read_as_it_was(data: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True, default_style='"')
    assert built(text) == data


@given(st.text("a:-{}[]&*!|>'\"%@#,? \n\t", max_size=60))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    found, faults = build("a.yaml", text)
    assert found is not None or faults
    assert all(fault.place.line is not None and fault.message for fault in faults)


def test_without_libyaml_pyyaml_s_own_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &x {b: [1, '', ], c: }\nd: *x\ne: NO\n"
    with_libyaml = built(text)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert tree.parser("a: 1").__class__ is yaml.SafeLoader
    assert built(text) == with_libyaml
