"""Every format shows the same figures, to the penny, and every printed column adds up to its printed total."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reports_read import Read, figure, read

from running import Restructure

ROOT = Path(__file__).parents[2]
COUNCILS = ["examples", *sorted(f"structures/{one.name}" for one in (ROOT / "structures").iterdir() if one.is_dir())]
FORMATS = ("html", "md", "docx")


def written(restructure: Restructure, council: str, folder: Path, *extensions: str) -> dict[str, Path]:
    """Write the report of a council in several formats, in one run."""
    files = {extension: folder / f"report.{extension}" for extension in extensions}
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
def test_markdown_page_and_word_have_the_same_tables(council: str, restructure: Restructure, tmp_path: Path) -> None:
    files = written(restructure, council, tmp_path, *FORMATS)
    page, *others = ([table for table in read(files[form]) if any(table.headings)] for form in FORMATS)
    assert len(page) > 10
    for other in others:
        for ours, theirs in zip(page, other, strict=True):
            assert (theirs.heading, theirs.headings) == (ours.heading, ours.headings)
            shown = [[cell for cell in row if cell] for row in ours.rows]
            assert [[cell for cell in row if cell] for row in theirs.rows] == shown, ours.heading


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("council", COUNCILS)
def test_every_printed_column_adds_up(council: str, form: str, restructure: Restructure, tmp_path: Path) -> None:
    """Lines, neither sub-totals nor what stands beside the totals, make the row called Total."""
    tables = read(written(restructure, council, tmp_path, form)[form])
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


def told(restructure: Restructure, *arguments: object) -> Any:
    ran = restructure(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


@pytest.mark.parametrize("council", COUNCILS)
def test_the_totals_are_those_of_the_verbs(council: str, restructure: Restructure, tmp_path: Path) -> None:
    """The figures of `diff`, `cost` and `gap`, as data, stand in every file that the report writes."""
    folder = ROOT / council
    diff = told(restructure, "diff", folder)["totals"]
    cost = told(restructure, "cost", folder)
    files = written(restructure, council, tmp_path, *FORMATS, "txt", "json")
    whole = json.loads(files["json"].read_text("utf-8"))
    assert whole["diff"]["totals"] == diff
    priced = [one["years"][0] for one in whole["cost"]["structures"]]
    assert priced == [one["years"][0] for one in cost["structures"]]
    for form in FORMATS:
        found = totals(read(files[form]))
        by_post = found["Posts, post by post"][-4:]
        expected = [diff["shown"][side] for side in ("current", "proposed", "change")] + [diff["vacant"]["proposed"]]
        assert by_post == [Decimal(one) if one is not None else None for one in expected]
        money = next(told for heading, told in found.items() if re.match("Cost at .*, post by post", heading))
        assert money == [
            Decimal(diff["cost"][side]) if diff["cost"][side] is not None else None
            for side in ("current", "proposed", "change")
        ]
    text = files["txt"].read_text("utf-8")
    for side in ("current", "proposed"):
        if diff["shown"][side] is not None:
            assert re.search(rf"Total.*{re.escape(diff['shown'][side])}", text)


def test_the_gap_is_the_gap(restructure: Restructure, tmp_path: Path) -> None:
    years = told(restructure, "gap", ROOT / "examples")["years"]
    files = written(restructure, "examples", tmp_path, *FORMATS)
    for form in FORMATS:
        table = next(one for one in read(files[form]) if one.heading == "Needs and what pays for them")
        gaps = next(row for row in table.rows if row[0].startswith("Gap"))
        assert [figure(cell) for cell in gaps[1:]] == [Decimal(_value(year["known_part"]["gap"])) for year in years]


def _value(told: Any) -> str:
    return told if isinstance(told, str) else told["value"]
