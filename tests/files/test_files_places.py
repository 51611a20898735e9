"""A finding points at the character: line and column of keys and values, counted as a reader counts them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restructure_cli.files import places, rules, text
from restructure_cli.files.reader import Reader
from restructure_cli.files.tree import build
from restructure_cli.model.findings import Finding, Place, Pointer


def placed(source: str, *pointer: str, on_key: bool = False) -> Place:
    place = Place("a.yaml", pointer, on_key=on_key)
    return places.located(place, source, places.marks(source, [pointer]))


def at(source: str, *pointer: str, on_key: bool = False) -> tuple[int | None, int | None, int]:
    place = placed(source, *pointer, on_key=on_key)
    return place.line, place.column, place.width


BLOCK = """restructure: structure/1
posts:
  clerk:
    title: Clerk – £5,000 a year
    fte: 2.5
    away:
      driver: 1
    from:
      - driver
      - {post: lead, by: [compete, slot-in]}
"""
FLOW = 'note: "– £ –"\nposts: {clerk: {title: "£5 – x", fte: 2.5, from: [driver, {post: lead}]}}\n'


@pytest.mark.parametrize(
    ("pointer", "on_key", "expected"),
    [
        (("restructure",), False, (1, 14, 11)),
        (("restructure",), True, (1, 1, 11)),
        (("posts", "clerk"), True, (3, 3, 5)),
        (("posts", "clerk", "title"), True, (4, 5, 5)),
        (("posts", "clerk", "title"), False, (4, 12, 21)),
        (("posts", "clerk", "fte"), False, (5, 10, 3)),
        (("posts", "clerk", "away", "driver"), True, (7, 7, 6)),
        (("posts", "clerk", "away", "driver"), False, (7, 15, 1)),
        (("posts", "clerk", "from", "0"), False, (9, 9, 6)),
        (("posts", "clerk", "from", "1", "post"), False, (10, 16, 4)),
        (("posts", "clerk", "from", "1", "by", "1"), False, (10, 36, 7)),
    ],
)
def test_in_block_style(pointer: Pointer, on_key: bool, expected: tuple[int, int, int]) -> None:
    assert at(BLOCK, *pointer, on_key=on_key) == expected
    line, column, width = expected
    source = BLOCK.splitlines()[line - 1]
    assert placed(BLOCK, *pointer, on_key=on_key).source == source
    shown = source[column - 1 : column - 1 + width]
    assert shown.strip() == shown
    assert not on_key or shown == pointer[-1]


@pytest.mark.parametrize(
    ("pointer", "on_key", "shown"),
    [
        (("note",), False, '"– £ –"'),
        (("posts", "clerk"), True, "clerk"),
        (("posts", "clerk", "title"), False, '"£5 – x"'),
        (("posts", "clerk", "fte"), True, "fte"),
        (("posts", "clerk", "fte"), False, "2.5"),
        (("posts", "clerk", "from", "0"), False, "driver"),
        (("posts", "clerk", "from", "1", "post"), False, "lead"),
    ],
)
def test_in_braces_behind_pounds_and_dashes(pointer: Pointer, on_key: bool, shown: str) -> None:
    place = placed(FLOW, *pointer, on_key=on_key)
    assert place.line is not None
    assert place.column is not None
    source = FLOW.splitlines()[place.line - 1]
    assert source[place.column - 1 : place.column - 1 + place.width] == shown


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_counts_as_one_line(ending: str) -> None:
    source = BLOCK.replace("\n", ending)
    assert at(source, "posts", "clerk", "fte") == (5, 10, 3)
    assert placed(source, "posts", "clerk", "fte").source == "    fte: 2.5"


def test_what_a_file_does_not_state_is_placed_at_the_entry_above_it() -> None:
    assert at(BLOCK, "posts", "clerk", "team") == (3, 3, 5)
    assert at(BLOCK, "posts", "driver", "fte") == (2, 1, 5)
    assert at(BLOCK, "costs") == (1, 1, 1)


def test_the_first_of_two_like_keys_is_meant() -> None:
    assert at("a: 1\na: 2\n", "a")[0] == 1


def test_a_value_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    assert at("a:\n  b: 1\n  c: 2\n", "a") == (2, 3, 1)
    assert at('note: "one\n  two"\n', "note") == (1, 7, 4)


def test_an_empty_value_is_placed_behind_its_key() -> None:
    assert at("a:\nb: 1\n", "a")[:2] == (1, 3)


def test_behind_a_break_places_are_those_found_before_it() -> None:
    source = "a: 1\nb: {c: 2\nd: [e\n"
    assert at(source, "a") == (1, 4, 1)
    assert at(source, "b", "c") == (2, 8, 1)


def test_behind_an_alias_places_go_on() -> None:
    assert at("a: &x {b: 1}\nc: *x\nd: 5\n", "d") == (3, 4, 1)
    assert at("a: &x {b: 1}\nc: *x\nd: 5\n", "c", "b") == (2, 1, 1)


def test_a_byte_order_mark_is_not_a_character_of_the_line() -> None:
    decoded = text.decode("a.yaml", b"\xef\xbb\xbf" + BLOCK.encode())
    assert isinstance(decoded, str)
    assert at(decoded, "restructure") == (1, 14, 11)


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        (b"a: 1\n\xa35\n", 2, 1),
        ("a: 1\nnote: £ – ".encode() + b"\xe9t\xe9", 2, 11),
        (b"\xff\xfea\x00", 1, 1),
        (b"a: 1\r\nb: \xa3\r\n", 2, 4),
        ("£\n".encode() * 3 + b"\x80", 4, 1),
    ],
)
def test_a_byte_that_is_not_utf_8_has_a_line_and_a_column(raw: bytes, line: int, column: int) -> None:
    fault = text.decode("a.yaml", raw)
    assert isinstance(fault, Finding)
    assert (fault.rule, fault.place.line, fault.place.column) == (rules.NOT_UTF8, line, column)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x07", "\x7f", "\x9b", "\ufffe"])
def test_a_control_character_has_a_line_and_a_column(character: str) -> None:
    fault = text.decode("a.yaml", f"a: 1\nnote: £{character}\n".encode())
    assert isinstance(fault, Finding)
    assert (fault.rule, fault.place.line, fault.place.column) == (rules.CONTROL_CHARACTER, 2, 8)
    assert fault.place.source == f"note: £{character}"


def test_findings_come_in_order_of_file_line_and_column(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml"):
        source = "restructure: structure/1\norganisation: A\ntitle: B\nposts:\n  x: {fte: one, filed: 1, title: 5}\n"
        (tmp_path / name).write_text(source + "  y: {fte: two}\n", "utf-8")
    reader = Reader()
    for name in ("b.yaml", "a.yaml"):
        assert reader.structure(tmp_path / name) is None
    found = reader.located(reader.findings)
    places_found = [(Path(f.place.path).name, f.place.line, f.place.column) for f in found]
    expected = [(5, 12), (5, 17), (6, 12)]
    assert places_found == [(name, *place) for name in ("a.yaml", "b.yaml") for place in expected]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))), min_size=1)
)
def test_a_value_is_found_behind_any_text(values: list[str]) -> None:
    quoted = ["'" + value.replace("'", "''") + "'" for value in values]
    source = "a: [" + ", ".join([*quoted, "here"]) + "]\n"
    built, faults = build("a.yaml", source)
    assert built == {"a": [*values, "here"]}
    assert faults == []
    place = placed(source, "a", str(len(values)))
    assert place.column is not None
    assert place.source[place.column - 1 :] == "here]"
