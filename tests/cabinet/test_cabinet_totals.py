"""Every format shows the same figures, to the penny, and every printed column adds up to its printed total."""

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from reports_read import Read, figure, read

from running import Restructure

ROOT = Path(__file__).parents[2]
COUNCILS = ["examples", *sorted(f"structures/{one.name}" for one in (ROOT / "structures").iterdir() if one.is_dir())]
BEYOND = r"known part|^not itemised|^change not published"
FORMATS = ("html", "md", "docx", "txt")


def written(restructure: Restructure, council: str, folder: Path, *extensions: str) -> dict[str, Path]:
    """Write the report of a council in several formats and as a page, in one run."""
    files = {extension: folder / f"report.{extension}" for extension in dict.fromkeys((*extensions, "html"))}
    outputs = [word for path in files.values() for word in ("--output", path)]
    ran = restructure("report", ROOT / council, *outputs)
    assert ran.code == 0, ran.err
    return files


def totals(tables: list[Read]) -> dict[str, list[Decimal | None]]:
    """Return the figures of the total row of each table that has one."""
    return {
        table.heading: [figure(cell) for cell in row[1:]]
        for table in tables
        for row in table.rows
        if row[0].startswith("Total")
    }


@pytest.mark.parametrize("council", COUNCILS)
def test_page_markdown_word_and_text_have_the_same_tables(
    council: str, restructure: Restructure, tmp_path: Path
) -> None:
    files = written(restructure, council, tmp_path, *FORMATS)
    page, *others = ([table for table in read(files[form]) if any(table.headings)] for form in FORMATS)
    assert len(page) > 10
    for other in others:
        for ours, theirs in zip(page, other, strict=True):
            assert (theirs.heading, theirs.headings) == (ours.heading, ours.headings)
            shown = [[cell for cell in row if cell] for row in ours.rows]
            assert [[cell for cell in row if cell] for row in theirs.rows] == shown, ours.heading


@pytest.mark.parametrize("council", COUNCILS)
def test_csv_has_every_figure_of_every_table_and_no_other(
    council: str, restructure: Restructure, tmp_path: Path
) -> None:
    files = written(restructure, council, tmp_path, "csv")
    shown = [
        (table.heading, row[0], value(row[column]))
        for table in read(files["html"])
        for row in table.rows
        for column in table.numbers
        if len(row) > column and row[column] not in ("", "–")
    ]
    entries = list(csv.DictReader(StringIO(files["csv"].read_text("utf-8-sig"))))
    assert [(entry["section"], entry["row"], value(entry["value"])) for entry in entries] == shown
    assert {entry["unit"] for entry in entries} <= {"FTE", "£", "%", "number"}


def value(text: str) -> Decimal | str:
    """Read a figure as either format writes it; what is none stays words."""
    told = figure(text)
    return told if told is not None else "?" if text == "unknown" else text


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("council", COUNCILS)
def test_every_printed_column_adds_up(council: str, form: str, restructure: Restructure, tmp_path: Path) -> None:
    """Lines, neither sub-totals nor what stands beside the totals, make the row called Total."""
    tables = read(written(restructure, council, tmp_path, form)[form])
    page = [table for table in read(tmp_path / "report.html") if any(table.headings)]
    if form == "txt":  # says by its lay-out alone what is a line and what a sub-total
        tables = [replace(table, kinds=one.kinds) for table, one in zip(tables, page, strict=True)]
    added = 0
    for table in tables:
        for number, row in enumerate(table.rows):
            if not row[0].startswith("Total") or table.heading.endswith("year by year"):
                continue
            lines = _lines_above(table, number)
            for column in range(1, len(row)):
                total = figure(row[column])
                if total is None or table.headings[column].startswith("Rate"):
                    continue
                parts = [figure(line[column]) for line in lines if len(line) == len(row)]
                assert sum((part for part in parts if part is not None), Decimal(0)) == total, (
                    council, table.heading, table.headings[column])  # fmt: skip
                added += 1
    assert added > 5


def _lines_above(table: Read, number: int) -> list[list[str]]:
    """Return the lines that a total is the sum of: those since the total, or the heading, before it."""
    lines: list[list[str]] = []
    for kind, row in list(zip(table.kinds, table.rows, strict=True))[:number]:
        if row[0].startswith("Total"):
            lines = []
        elif kind == "line":
            lines.append(row)
    return lines


@pytest.mark.parametrize("council", COUNCILS)
def test_every_subtotal_adds_up(council: str, restructure: Restructure, tmp_path: Path) -> None:
    """A sub-total is the sum of the lines since the heading that is as far in as itself."""
    added = 0
    for table in read(written(restructure, council, tmp_path, "html")["html"]):
        for number, (kind, row) in enumerate(zip(table.kinds, table.rows, strict=True)):
            above = [at for at in range(number) if table.kinds[at] == "heading"
                     and table.indents[at] == table.indents[number]]  # fmt: skip
            if kind != "subtotal" or not above:
                continue
            lines = [table.rows[at] for at in range(above[-1], number) if table.kinds[at] == "line"]
            for column in range(1, len(row)):
                parts = [figure(line[column]) for line in lines]
                if figure(row[column]) is not None:
                    added += 1
                    assert sum((part for part in parts if part is not None), Decimal(0)) == figure(row[column]), (
                        table.heading, row[0], table.headings[column])  # fmt: skip
    assert added


@pytest.mark.parametrize("council", COUNCILS)
def test_every_change_is_what_is_proposed_less_what_is_current(
    council: str, restructure: Restructure, tmp_path: Path
) -> None:
    """A line of what nothing itemises may have a published change alone, and says nothing of its sides."""
    found = 0
    for table in read(written(restructure, council, tmp_path, "html")["html"]):
        sides = [next((at for at, heading in enumerate(table.headings) if heading.startswith(word)), 0)
                 for word in ("Current", "Proposed", "Change")]  # fmt: skip
        for row in table.rows:
            figures = [told for at in sides if at and len(row) > at and (told := figure(row[at])) is not None]
            if len(figures) == 3 and not re.search(BEYOND, row[0]):
                current, proposed, change = figures
                assert proposed - current == change, (table.heading, row)
                found += 1
    assert found


def told(restructure: Restructure, *arguments: object) -> Any:
    ran = restructure(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)
