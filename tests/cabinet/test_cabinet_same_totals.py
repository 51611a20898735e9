"""The same totals, to the penny, in every format: read back from each by other people's parsers, and held to the JSON.

FTE and vacancies on both sides, what each structure costs each year at the bottom, as costed and at the top, the change
of cost, the need, the funding, the gap and between what it lies.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from reports_read import Read, figure, read
from test_cabinet_totals import COUNCILS, written

from restructure_cli.model.quantities import PENNY
from running import Restructure

FORMATS = ("html", "md", "docx", "txt", "csv")
Totals = dict[tuple[str, ...], Decimal | None]
SIDES = ("current", "proposed", "change")
ENDS = {"lowest": "low", "highest": "high"}


def of_json(told: Any) -> Totals:
    """Take the totals from the document that scripts read; what has no single figure is None."""
    found: Totals = {}
    for measure in ("fte", "vacant"):
        for side in SIDES:
            found[measure, side] = _decimal(told["diff"]["totals"][measure][side])
    for structure in told["cost"]["structures"]:
        for year in structure["years"]:
            for point in ("bottom", "headline", "top"):
                total = _decimal(year[point])
                found["cost", structure["title"], year["year"], point] = total if total or year["complete"] else None
    for year in told["cost"]["change"]["years"]:
        found["change", year["year"]] = _decimal(year["change"])
    for year in told["gap"]["years"]:
        for name in ("need", "funding", "gap"):
            found[name, year["year"]] = _known(year, name, "value")
        for end in ENDS.values():
            found["gap", year["year"], end] = _known(year, "gap", end)
    return found


def _known(year: Any, name: str, end: str) -> Decimal | None:
    """Take a figure of the gap, its known part where not all of it is known; an end of a single figure is itself."""
    told = year["known_part"][name] if not year["complete"] else year[name]
    return _decimal(told[end] if isinstance(told, dict) else told)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def of_tables(tables: list[Read], titles: list[str]) -> Totals:
    """Take the same totals from the tables of a report."""
    found: Totals = {}
    for measure, label in (("fte", "Established posts"), ("vacant", "Vacant")):
        for column, words in _cells(tables, "Headline figures, FTE", label):
            found[measure, column.partition("_")[0].partition(" ")[0].lower()] = figure(words)
    for title in titles:
        for point, label in (("headline", "Total"), ("bottom", "at the bottom"), ("top", "at the top")):
            for year, words in _cells(tables, f"{title}, year by year", label):
                found["cost", title, year.removesuffix(" £"), point] = figure(words)
    return found | _of_money(tables)


def _of_money(tables: list[Read]) -> Totals:
    """Take the change of cost, need, funding and gap, with the ends of a gap that is no single figure or is rounded."""
    found: Totals = {}
    for name, label in (("change", "Change in cost"), ("need", "Need"), ("funding", "Funding"), ("gap", "Gap")):
        for year, words in _cells(tables, "Headline figures, £ a year", label):
            found[name, year.removesuffix(" £")] = figure(words)
            if name == "gap" and " to " in words:
                for end, told in zip(ENDS.values(), words.split(" to "), strict=True):
                    found[name, year.removesuffix(" £"), end] = figure(told)
    for label, end in ENDS.items():
        for year, words in _cells(tables, "Needs and what pays for them", label):
            if figure(words) is not None:
                found["gap", year.removesuffix(" £"), end] = figure(words)
    return found


def _cells(tables: list[Read], heading: str, label: str) -> Iterator[tuple[str, str]]:
    """Give each column of the row that begins with a label, with what stands there."""
    for table in tables:
        for row in table.rows if table.heading == heading else ():
            if row[0].startswith(label) and len(row) > 1:
                yield from zip(table.headings[1:], row[1:], strict=False)


def of_workbook(path: Path, titles: list[str]) -> Totals:
    """Take the same totals from the first sheet of a workbook."""
    found: Totals = {}
    for row in openpyxl.load_workbook(path, data_only=True)["Summary"].iter_rows(values_only=True):
        label, year, *figures = row
        words = str(label)
        title = re.sub("^(?:Current|Proposed): ", "", words)
        if title in titles and year:
            for point, at in (("bottom", 1), ("headline", 4), ("top", 3)):
                found["cost", title, str(year), point] = _pounds(figures[at])
        elif words == "FTE":
            for side, at in zip(SIDES, (1, 2, 4), strict=True):
                found.setdefault(("fte", side), _number(figures[at]))
        elif words == "Cost, £ a year":
            found["change", str(year)] = _pounds(figures[4])
        elif words in ("Vacant now", "Vacant on implementation"):
            found["vacant", "current" if words == "Vacant now" else "proposed"] = _number(figures[4])
        elif words == "Need, funding and gap":
            for name, at in (("need", 0), ("funding", 1), ("gap", 4)):
                found[name, str(year)] = _pounds(figures[at])
            for end, at in (("low", 2), ("high", 3)):
                if figures[at] is not None:
                    found["gap", str(year), end] = _pounds(figures[at])
    return found


def _number(value: Any) -> Decimal | None:
    return Decimal(repr(value)) if isinstance(value, int | float) else None


def _pounds(value: Any) -> Decimal | None:
    number = _number(value)
    return None if number is None else number.quantize(PENNY)


@pytest.mark.parametrize("council", COUNCILS)
def test_every_format_has_the_same_totals(council: str, restructure: Restructure, tmp_path: Path) -> None:
    files = written(restructure, council, tmp_path, *FORMATS, "json", "xlsx")
    told = json.loads(files["json"].read_text("utf-8"))
    expected = of_json(told)
    titles = [one["title"] for one in told["cost"]["structures"]]
    assert sum(1 for total in expected.values() if total is not None) > 15
    for form in FORMATS:
        _compare(of_tables(read(files[form]), titles), expected, form)
    _compare(of_workbook(files["xlsx"], titles), expected, "xlsx")


def _compare(found: Totals, expected: Totals, form: str) -> None:
    """Hold what a format shows to what the JSON says.

    Where a gap is one figure its ends need not be shown, nor a known part of nil, nor a change of sides that leave
    out different posts; the workbook leaves the change in vacancies to its reader.
    """
    for name, total in expected.items():
        if found.get(name) is not None:
            assert found[name] == total, (form, name)
        elif total:
            one_figure = name[0] == "gap" and len(name) == 3 and expected[name[:2]] == total
            change = name[1] == "change" and total != _difference(expected, name[0])
            assert one_figure or change or (form, name) == ("xlsx", ("vacant", "change")), (form, name)
    assert set(found) <= set(expected), form


def _difference(totals: Totals, measure: str) -> Decimal | None:
    current, proposed = totals[measure, "current"], totals[measure, "proposed"]
    return None if current is None or proposed is None else proposed - current


@pytest.mark.parametrize("council", COUNCILS)
def test_the_report_has_the_totals_of_the_verbs(council: str, restructure: Restructure, tmp_path: Path) -> None:
    """What `diff`, `cost` and `gap` say of the same folder as data, `report` says as well."""
    told = json.loads(written(restructure, council, tmp_path, "json")["json"].read_text("utf-8"))
    folder = Path(__file__).parents[2] / council
    diff, cost, gap = (
        json.loads(restructure(verb, folder, "--format", "json").out) for verb in ("diff", "cost", "gap")
    )
    assert told["diff"]["totals"] == diff["totals"]
    priced = [one["years"][0] for one in told["cost"]["structures"]]
    assert priced == [one["years"][0] for one in cost["structures"]]
    assert told["gap"]["years"] == gap["years"]
