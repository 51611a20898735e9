"""A total that is known to be nil is 0 in the workbook; `?` is for what nobody published."""

from pathlib import Path

import pytest

from running import Restructure

openpyxl = pytest.importorskip("openpyxl")

CURRENT = """\
restructure: structure/1
organisation: Isle Council
title: Now
posts:
  clerk: {title: Clerk, grade: C, fte: 2, filled: 2}
  keeper: {title: Keeper, grade: D, fte: 2, filled: 2}
"""
PROPOSED = """\
restructure: structure/1
based_on: current.yaml
title: Next
posts:
  clerk: {fte: 1, from: []}
  keeper: {fte: 3, from: [clerk, keeper]}
"""
GRADES = """\
restructure: grades/1
organisation: Isle Council
year: 2026-27
on_costs: {all of them: 30%}
grades:
  C: {salary: "£25,000"}
  D: {salary: "£27,000"}
"""


def totals_in(folder: Path, restructure: Restructure, values: bool) -> dict[tuple[str, str], dict[str, object]]:
    for name, text in (("current.yaml", CURRENT), ("proposed.yaml", PROPOSED), ("grades.yaml", GRADES)):
        (folder / name).write_text(text, "utf-8")
    ran = restructure("cost", folder, "--output", folder / "costs.xlsx")
    assert ran.code == 0, ran.err
    book = openpyxl.load_workbook(folder / "costs.xlsx", data_only=values)
    found: dict[tuple[str, str], dict[str, object]] = {}
    for sheet in book:
        heads: list[object] = []
        for row in sheet.iter_rows(values_only=True):
            if "FTE" in row or "Change in FTE" in row:
                heads = list(row)
            if isinstance(row[1], str) and row[1].startswith("Total"):
                found[sheet.title, row[1]] = {str(head): cell for head, cell in zip(heads, row, strict=False) if head}
    return found


def test_nil_is_nought_and_unknown_is_a_question_mark(tmp_path: Path, restructure: Restructure) -> None:
    found = totals_in(tmp_path, restructure, values=True)
    now = found["Posts current", "Total of the posts listed"]
    assert (now["Filled FTE"], now["Vacant FTE"], now["Agency FTE"]) == (4, 0, "?")
    assert found["Change 2026-27", "Total of the grades"]["Change in FTE"] == 0


def test_the_formula_says_the_same(tmp_path: Path, restructure: Restructure) -> None:
    now = totals_in(tmp_path, restructure, values=False)["Posts current", "Total of the posts listed"]
    assert "?" not in str(now["Vacant FTE"])
    assert "?" in str(now["Agency FTE"])
