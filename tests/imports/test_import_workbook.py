"""Workbooks are read as Excel shows them, each cell known by its name; without the library it says what to install."""

import re
import sys
import zipfile
from datetime import date
from decimal import Decimal
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


def with_cells(path: Path, cells: dict[str, str]) -> Path:
    """Write a workbook as another program does: raw cells of a sheet, one row a number in their names."""
    rows: dict[str, str] = {}
    for name, cell in cells.items():
        rows.setdefault(name.lstrip("ABCDEFG"), "")
        rows[name.lstrip("ABCDEFG")] += cell.replace("<c", f'<c r="{name}"', 1)
    data = "".join(f'<row r="{number}">{content}</row>' for number, content in rows.items())
    book = write_workbook(path, {"Posts & Co": [["x"]]})
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(
        r"<dimension[^>]*/>|<sheetData>.*</sheetData>",
        lambda found: "" if found[0].startswith("<dim") else f"<sheetData>{data}</sheetData>",
        sheet,
    ).encode()
    with zipfile.ZipFile(book, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return book


def text(words: str) -> str:
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


HEAD = {"A1": text("Post No"), "B1": text("Post Title"), "C1": text("FTE"), "D1": text("Team")}


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<c t="e"><v>#REF!</v></c>', "the error #REF!"),
        ('<c t="e"><f>NA()</f><v>#N/A</v></c>', "the error #N/A"),
        ("<c><f>0.5+0.5</f></c>", "a formula that was never worked out"),
        ("<c><f>0.5+0.5</f><v></v></c>", "a formula that was never worked out"),
        ('<c><f t="shared" si="0"/><v/></c>', "a formula that was never worked out"),
    ],
)
def test_a_cell_that_its_reader_gives_as_blank_is_refused_by_name(
    cell: str, told: str, tmp_path: Path, restructure: Restructure
) -> None:
    cells = {**HEAD, "A2": text("1"), "B2": text("Clerk"), "C2": cell, "A3": text("2"), "B3": text("Driver")}
    cells["C3"] = "<c><f>C2</f><v>1</v></c>"
    book = with_cells(tmp_path / "staff.xlsx", cells)
    ran = restructure("import", book, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert ran.code == 1
    assert told in ran.err
    assert "--> 'Posts & Co'!C2" in ran.err
    assert "2 rows in = 2 used + 0 rejected; 1 cell not read" in ran.out
    posts = structure(tmp_path / "current.yaml").posts
    assert {id_: known(post.fte) for id_, post in posts.items()} == {"clerk": None, "driver": 1}


def test_a_formula_that_gives_no_text_is_blank(tmp_path: Path, restructure: Restructure) -> None:
    cells = {**HEAD, "A2": text("1"), "B2": text("Clerk"), "C2": "<c><v>1</v></c>"}
    cells["D2"] = '<c t="str"><f>IF(A2="","x","")</f><v></v></c>'
    book = with_cells(tmp_path / "staff.xlsx", cells)
    ran = restructure("import", book, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert (ran.code, ran.err) == (0, "")


def test_a_title_that_is_an_error_is_no_title(tmp_path: Path, restructure: Restructure) -> None:
    cells = {**HEAD, "A2": text("1"), "B2": '<c t="e"><v>#REF!</v></c>', "C2": "<c><v>1</v></c>"}
    book = with_cells(tmp_path / "staff.xlsx", cells)
    ran = restructure("import", book, "--dry-run", "--organisation", "Ashdale Council")
    assert "'Posts & Co'!B2" in ran.err
    assert "1 row in" not in ran.out
    assert "1 rows in = 0 used + 1 rejected" in ran.out


def test_fractions_of_a_week_have_nine_decimals_and_add_up(tmp_path: Path, restructure: Restructure) -> None:
    """Thirty of 37 hours, for 37 people: each 0.810810811, which a file can hold, and the total is theirs."""
    rows: list[list[object]] = [[*HEADER], *([n, "Clerk", "", 30 / 37, n, ""] for n in range(37))]
    book = write_workbook(tmp_path / "staff.xlsx", {"Posts": rows})
    ran = restructure("import", book, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert ran.code == 0, ran.err
    (clerk,) = structure(tmp_path / "current.yaml").posts.values()
    assert known(clerk.fte) == 37 * Decimal("0.810810811")
    assert "taken to nine decimals: FTE in 37" in " ".join(ran.out.split())


def test_a_kind_of_workbook_whose_errors_do_not_show_says_so(
    tmp_path: Path, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("restructure_cli.files.extracts.workbook.unread_cells", lambda raw: None)
    book = write_workbook(tmp_path / "staff.xlsx", {"Posts": [[*HEADER], ["1", "Clerk", "", 1, "7", ""]]})
    ran = restructure("import", book, "--dry-run", "--organisation", "Ashdale Council")
    assert "cannot be told from a blank one" in " ".join(ran.out.split())
