"""What a workbook is, whoever opens it: formulas with their values, hostile text inert, headings that stay."""

import re
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from running import Restructure

ROOT = Path(__file__).parents[2]
HOSTILE = (
    '=HYPERLINK("http://example.invalid","pay")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "[red]", "<script>",
    "a|b", "::error::", "\u202egnp.exe",
)  # fmt: skip


@pytest.fixture
def written(restructure: Restructure, tmp_path: Path) -> Path:
    """Write the book of the invented council."""
    path = tmp_path / "book.xlsx"
    restructure("cost", ROOT / "examples", "--output", path)
    return path


def test_it_has_the_sheets_that_an_accountant_looks_for(written: Path) -> None:
    assert openpyxl.load_workbook(written).sheetnames == [
        "Summary", "Posts current", "Posts proposed", "Rates", "Points", "Grades", "Costs current 2026-27",
        "Other costs proposed", "Costs proposed 2026-27", "Range current 2026-27", "Range proposed 2026-27",
        "Change 2026-27", "Vacancies", "Pools", "Sources",
    ]  # fmt: skip


def test_every_total_is_a_formula_over_the_rows_above_it(written: Path) -> None:
    with_totals = set()
    for sheet in openpyxl.load_workbook(written):
        for row in sheet.iter_rows():
            if str(row[1].value).startswith("Total"):
                with_totals.add(sheet.title)
                figures = [cell.value for cell in row[2:] if cell.value is not None]
                assert figures, sheet.title
                assert all(str(figure).startswith("=") for figure in figures), sheet.title
    assert {"Costs current 2026-27", "Costs proposed 2026-27", "Change 2026-27", "Vacancies"} <= with_totals


def test_headings_stay_in_sight_and_print_on_every_page(written: Path) -> None:
    for sheet in openpyxl.load_workbook(written):
        assert sheet.freeze_panes, sheet.title
        assert sheet.print_title_rows, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what is meant where nothing is said
        assert sheet.page_setup.fitToHeight == 0


def test_what_nobody_published_is_a_question_mark_and_never_nil(written: Path) -> None:
    book = openpyxl.load_workbook(written, data_only=True)["Costs current 2026-27"]
    headings = next(row for row in book.iter_rows(values_only=True) if row[0] == "Id")
    row = next(row for row in book.iter_rows(values_only=True) if row[0] == "educational-psychologist")
    assert row[headings.index("Total")] == "?"
    assert any("known part" in str(cell.value) for row in book.iter_rows() for cell in row)


def test_the_same_files_make_the_same_bytes(restructure: Restructure, written: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    restructure("cost", ROOT / "examples", "--output", again)
    assert again.read_bytes() == written.read_bytes()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str, restructure: Restructure, tmp_path: Path) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    (tmp_path / "current.yaml").write_text(
        f"restructure: structure/1\norganisation: {quoted}\ntitle: {quoted}\ndocument: {quoted}\n"
        f"teams:\n  t: {{title: {quoted}}}\nposts:\n"
        f"  a: {{title: {quoted}, team: t, grade: {quoted}, fte: 1, at: {quoted}}}\n"
        f"costs:\n  c: {{title: {quoted}, amount: £5}}\n",
        "utf-8",
    )
    (tmp_path / "grades.yaml").write_text(
        "restructure: grades/1\norganisation: A\nyear: 2025-26\non_costs: {levy: 1%}\n"
        f"grades:\n  {quoted}: {{salary: £30000, basis: assumed, because: {quoted}}}\n",
        "utf-8",
    )
    ran = restructure("cost", tmp_path, "--output", tmp_path / "book.xlsx")
    assert (tmp_path / "book.xlsx").exists(), ran.err
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    shown = text.replace("\u202e", "\ufffd")
    assert any(shown in str(cell.value) and cell.data_type == "s" for cell in cells)
    for cell in cells:
        assert cell.hyperlink is None
        if cell.data_type == "f":
            assert shown not in str(cell.value)
    assert not _relations(tmp_path / "book.xlsx")


def _relations(path: Path) -> list[Any]:
    """List what the book refers to outside itself."""
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as book:
        texts = (book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".rels"))
        return [found for text in texts for found in re.findall(r'TargetMode="External"', text)]


def test_a_workbook_goes_to_a_file(restructure: Restructure) -> None:
    ran = restructure("cost", ROOT / "examples", "--format", "xlsx")
    assert ran.code == 2
    assert "--output" in ran.err


def test_a_verb_without_a_workbook_says_what_it_has(restructure: Restructure, tmp_path: Path) -> None:
    ran = restructure("diff", ROOT / "examples", "--output", tmp_path / "book.xlsx")
    assert ran.code == 2
    assert "this verb does not write xlsx" in " ".join(ran.err.split())
    assert not (tmp_path / "book.xlsx").exists()


def test_without_the_library_it_says_what_to_install(
    restructure: Restructure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = ("xlsxwriter", "restructure_cli.render.workbook")
    for name in [name for name in sys.modules if name.startswith(ours)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    ran = restructure("cost", ROOT / "examples", "--output", tmp_path / "book.xlsx")
    assert ran.code == 2
    assert "restructure-cli[excel]" in " ".join(ran.err.split()).replace(" ", "")
