"""What an extract holds acts nowhere: not in the terminal, not in the files, and it takes no time or memory over."""

import time
from pathlib import Path

import pytest
from extracts_made import structure, write_csv

from running import Restructure

HEADER = ["Post No", "Post Title", "Team", "FTE", "Employee No"]
HOSTILE = {
    "a formula": '=HYPERLINK("http://example.org";"x")',
    "markup": "[red]Clerk[/red]",
    "an element": "<script>alert(1)</script>",
    "a table's edge": "Clerk | Driver",
    "an annotation": "::error::Clerk",
    "YAML": "Clerk: {fte: 9} # - &a *a !!python/object",
    "a path": "../../etc/passwd",
    "a template": "{{7*7}} ${7*7} %s",
}
ACTING = {
    "an escape sequence": "Clerk\x1b[2J\x1b]0;owned\x07",
    "a right-to-left override": "Clerk \u202egnihton\u202c",
    "a NUL": "Cl\x00erk",
    "a lost character": "Cl\ufffderk",
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_title_is_a_title(title: str, tmp_path: Path, restructure: Restructure) -> None:
    extract = write_csv(tmp_path / "staff.csv", [HEADER, ["1", title, title, "1", "7"]])
    ran = restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert ran.code == 0, ran.err
    (post,) = structure(tmp_path / "current.yaml").posts.values()
    assert post.title == title
    assert restructure("check", tmp_path).code == 0


@pytest.mark.parametrize("title", ACTING.values(), ids=ACTING)
def test_a_character_that_acts_is_taken_out_and_told(title: str, tmp_path: Path, restructure: Restructure) -> None:
    extract = write_csv(tmp_path / "staff.csv", [HEADER, ["1", title, title, title, "7"]])
    ran = restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council", "--keep", "FTE")
    assert "SYN112" in ran.err
    assert "staff.csv:2:3" in ran.err
    written = (tmp_path / "current.yaml").read_text("utf-8")
    for text in (ran.out, ran.err, written):
        assert not any(character in text for character in "\x1b\x07\x00\u202e\u202c")
    (post,) = structure(tmp_path / "current.yaml").posts.values()
    assert post.title.replace(" ", "").startswith("Clerk")


@pytest.mark.parametrize("header", ["\x1b[31mGrade", "=cmd|'/c calc'!A1", "\u202eedarG"])
def test_a_hostile_header_is_shown_without_what_acts(header: str, tmp_path: Path, restructure: Restructure) -> None:
    extract = write_csv(tmp_path / "staff.csv", [[*HEADER, header], ["1", "Clerk", "", "1", "7", "x"]])
    ran = restructure("import", extract, "--dry-run", "--organisation", "A")
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out + ran.err
    csv = restructure("import", extract, "--dry-run", "--organisation", "A", "--format", "csv").out
    assert "\n=cmd" not in csv


def test_a_cell_of_ten_megabytes_is_named_and_costs_nothing(tmp_path: Path, restructure: Restructure) -> None:
    rows = [HEADER, ["1", "x" * 10_000_000, "", "1", "7"], ["2", "Clerk", "", "y" * 10_000_000, "8"]]
    extract = write_csv(tmp_path / "staff.csv", rows)
    began = time.process_time()
    ran = restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert time.process_time() - began < 5
    assert ran.code == 1
    assert "10,000,000 characters" in ran.err
    assert len(ran.err) < 3000
    assert "2 rows in = 1 used + 1 rejected" in ran.out


def test_a_quotation_mark_left_open_loses_no_row_silently(tmp_path: Path, restructure: Restructure) -> None:
    extract = tmp_path / "staff.csv"
    extract.write_text('Post No,Post Title,FTE\n1,Clerk,1\n2,"Driver,1\n3,Porter,1\n', "utf-8")
    ran = restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert ran.code == 3
    assert "staff.csv:3:3" in ran.err
    assert not (tmp_path / "current.yaml").exists()


NO_EXTRACTS = (b"", b"\x00" * 5000, b"\xff\xfe\x00", b"\n\n\n", b"PK\x03\x04rubbish", b'"', b",,,\n")


@pytest.mark.parametrize("content", NO_EXTRACTS)
@pytest.mark.parametrize("name", ["staff.csv", "staff.xlsx"])
def test_a_file_that_is_no_extract_is_refused(
    content: bytes, name: str, tmp_path: Path, restructure: Restructure
) -> None:
    extract = tmp_path / name
    extract.write_bytes(content)
    ran = restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert ran.code == 3
    assert ran.err.startswith("error[")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, restructure: Restructure) -> None:
    ran = restructure("import", tmp_path / "nobody.csv", "--to", tmp_path, "--organisation", "Ashdale Council")
    assert ran.code == 3
    assert "nobody.csv" in ran.err
