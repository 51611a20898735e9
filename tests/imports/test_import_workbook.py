"""Workbooks are read as Excel shows them, each cell known by its name; without the library it says what to install."""

import sys
from datetime import date
from pathlib import Path

import pytest
from extracts_made import structure, write_workbook

from restructure_cli.files.extracts.numbers import number_text
from restructure_cli.files.extracts.workbook import cell_text
from restructure_cli.model.extracts import column_letters
from restructure_cli.model.quantities import known
from running import Restructure

HEADER = ["Post No", "Post Title", "Team", "FTE", "Employee No", "Contract End Date"]


def test_text_keeps_its_noughts_numbers_are_short_and_days_are_days(tmp_path: Path, restructure: Restructure) -> None:
    rows: list[list[object]] = [["Staff"], [], [*HEADER], ["0412", "Clerk", "Post Room", 0.74, 7001, date(2027, 3, 31)]]
    book = write_workbook(tmp_path / "staff.xlsx", {"Posts": rows})
    ran = restructure("import", book, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert ran.code == 0, ran.err
    (clerk,) = structure(tmp_path / "current.yaml").posts.values()
    assert clerk.numbers == ("0412",)
    assert str(known(clerk.fte)) == "0.74"
    assert str(clerk.ends) == "2027-03-31"
    assert clerk.at == ("row 4",)


def test_a_rejected_cell_has_its_name(tmp_path: Path, restructure: Restructure) -> None:
    rows: list[list[object]] = [[], [*HEADER], ["1", "Clerk", "", "full time", "7", ""]]
    book = write_workbook(tmp_path / "staff.xlsx", {"Posts": rows, "Our Lists": [["x"]]})
    ran = restructure("import", book, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert ran.code == 1
    assert "--> Posts!D3" in ran.err
    assert "No table of posts in staff.xlsx Our Lists." in ran.out


def test_a_sheet_with_a_space_in_its_name_is_quoted_as_excel_does(tmp_path: Path, restructure: Restructure) -> None:
    book = write_workbook(tmp_path / "staff.xlsx", {"All Posts": [HEADER, ["1", "Clerk", "", "x", "7", ""]]})
    assert "'All Posts'!D2" in restructure("import", book, "--dry-run", "--organisation", "A").err


def test_two_sheets_that_could_be_meant_are_asked_about(tmp_path: Path, restructure: Restructure) -> None:
    rows: list[list[object]] = [[*HEADER], ["1", "Clerk", "", 1, "7", ""]]
    book = write_workbook(tmp_path / "staff.xlsx", {"May": rows, "June": [*rows, ["2", "Driver", "", 2, "8", ""]]})
    ran = restructure("import", book, "--dry-run", "--organisation", "A")
    assert ran.code == 3
    assert "--sheet" in ran.err
    ran = restructure("import", book, "--dry-run", "--organisation", "A", "--sheet", "June")
    assert "2 rows in = 2 used + 0 rejected; 2 lines, 3 FTE" in ran.out


def test_without_the_library_it_says_what_to_install(
    tmp_path: Path, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = write_workbook(tmp_path / "staff.xlsx", {"Posts": [HEADER]})
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    ran = restructure("import", book, "--dry-run", "--organisation", "A")
    assert ran.code == 3
    assert "restructure-cli[excel]" in ran.err


@pytest.mark.parametrize(
    ("number", "written"),
    [(45.0, "45"), (17.4, "17.4"), (0.1 + 0.2, "0.3"), (32 / 37, "0.864864864864865"), (1e-7, "0.0000001"),
     (1234567.0, "1234567"), (-0.5, "-0.5"), (1e20, "100000000000000000000")],
)  # fmt: skip
def test_a_number_is_written_as_excel_shows_it(number: float, written: str) -> None:
    assert number_text(number) == written


def test_other_cells_are_written_as_text() -> None:
    assert [cell_text(cell) for cell in ("007", True, date(2026, 4, 1))] == ["007", "TRUE", "2026-04-01"]


def test_columns_have_excels_letters() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
