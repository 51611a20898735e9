"""The workbook is right by itself: worked out anew in LibreOffice it gives the tool's totals, to the penny.

Every cached value is spoilt before, and recalculation on load is forced, so that no cached value can pass for a
formula's own. Skipped where LibreOffice is not installed.
"""

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from recalculated import SPOILT, formulas, needs_office, recalculated, spoilt

from restructure_cli.model.quantities import PENNY
from running import Restructure

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "examples", *sorted(path for path in (ROOT / "structures").iterdir() if path.is_dir())]
CALLS = {
    **{folder.name: (folder,) for folder in FOLDERS},
    "three-years": (ROOT / "examples", "--years", "3"),
    "people": (ROOT / "examples", "--of", "filled"),
    "delayed": (ROOT / "examples", "--years", "2", "--start", "2026-10-15"),
}
NATIONAL = """
restructure: grades/1
organisation: Ashdale Council
year: 2025-26
spine: njc
pension: 19.8%
vacancy_factor: 3.5%
grades:
  {C: {scp: 5-9}, F: {scp: 14-19}, H: {scp: 25-30}, K: {scp: 36-39}, SM: {cost: "£67,934"},
   HAY: {salary: "£61,000-£68,501"}}
years:
  2026-27:
    {pay_award: 3.2%, pension: 17%, national_insurance: 15%, secondary_threshold: "£5,000", apprenticeship_levy: 0.5%}
"""


def _odd_lines() -> str:
    """Write a structure of lines whose pennies are hard to get right: halves, part years, term time, supplements."""
    lines = ["restructure: structure/1", "organisation: Ashdale Council", "title: Odd lines", "as_at: 2025-04-01"]
    lines += [
        "teams:",
        "  one: {title: One, control: {cost: £2.5m, fte: 90}}",
        "  two: {title: Two, within: one}",
        "posts:",
    ]
    grades = ("C", "F", "H", "K", "SM", "HAY", "[F, H]")
    for number in range(120):
        fte = Decimal(number * 37 % 211 + 1) / (Decimal(100) if number % 3 else Decimal(37)).quantize(Decimal("1"))
        parts = [f"title: Line {number}", f"team: {'one' if number % 4 else 'two'}", f"grade: {grades[number % 7]}"]
        parts.append(f"fte: {round(fte, 9) if number % 11 else ''}")
        if number % 5 == 1:
            parts.append(f"positions: {int(fte) + 1}")
        if number % 6 == 2 and number % 7 != 4:
            parts.append("weeks: 39")
        if number % 8 == 3 and number % 7 != 4:
            parts.append('supplement: "£1,234.56"')
        if number % 9 == 4:
            parts.append("starts: 2025-09-11")
        if number % 7 == 2 and number % 10 == 5:
            parts.append("scp: 27")
        lines.append(f"  p{number}: {{{', '.join(parts)}}}")
    lines += ["costs:", "  rota: {title: Rota, rate: £30.05, units: 7, per: week, from: 2025-06}"]
    return "\n".join(lines) + "\n"


def totals(book: Any) -> dict[str, list[Any]]:
    """Read the summary: the figures of each row by its first words and its year."""
    rows = book["Summary"].iter_rows(min_row=7, values_only=True)
    return {f"{row[0]} {row[1]}": list(row[2:7]) for row in rows if row[0]}


def pounds(value: Any) -> str | None:
    """Write what a cell holds as the tool's JSON does; what is not known as null."""
    return None if value == "?" else str(Decimal(repr(value)).quantize(PENNY))


@needs_office
def test_every_formula_of_every_book_comes_to_what_the_tool_says(restructure: Restructure, tmp_path: Path) -> None:
    calls = dict(CALLS)
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "grades.yaml").write_text(NATIONAL, "utf-8")
    (odd / "current.yaml").write_text(_odd_lines(), "utf-8")
    calls["odd"] = (odd, "--years", "2")
    books, answers = {}, {}
    for name, arguments in calls.items():
        path = tmp_path / f"{name}.xlsx"
        ran = restructure("cost", *arguments, "--output", path)
        assert path.exists(), ran.err
        books[name] = path.read_bytes()
        answers[name] = json.loads(restructure("cost", *arguments, "--format", "json").out)
    opened = recalculated(tmp_path, books)
    for name, book in books.items():
        wrong = [cell for cell in formulas(book, opened[name]) if not cell.agrees]
        assert not wrong, (name, wrong[:5])
        _compare(totals(opened[name]), answers[name], name)


def _compare(told: dict[str, list[Any]], answer: Any, name: str) -> None:
    """Hold the summary of a book, as LibreOffice works it out, against the JSON of the same call."""
    sides = ("Current: ", "Proposed: ") if len(answer["structures"]) == 2 else ("",)
    for side, structure in zip(sides, answer["structures"], strict=True):
        for year in structure["years"]:
            row = told[f"{side}{structure['title']} {year['year']}"]
            assert [pounds(cell) for cell in row[1:]] == [year[key] for key in ("bottom", "mid", "top", "headline")], (
                name
            )
            for component, figure in year["components"].items():
                words = f"{side.partition(':')[0]} {component}".strip().capitalize()
                assert pounds(told[f"{words} {year['year']}"][4]) == figure, (name, component)
    for year in answer.get("change", {}).get("years", ()):
        row = told[f"Cost, £ a year {year['year']}"]
        assert [pounds(row[at]) for at in (1, 2, 4)] == [year[key] for key in ("current", "proposed", "change")], name


@needs_office
def test_every_formula_of_every_report_comes_to_what_the_tool_says(restructure: Restructure, tmp_path: Path) -> None:
    """The book of a whole report: posts, costs, changes, vacancies, pools, and funding with its gap, year by year."""
    books = {}
    for folder in FOLDERS:
        ran = restructure("report", folder, "--output", tmp_path / f"{folder.name}.xlsx")
        assert ran.code == 0, ran.err
        books[folder.name] = (tmp_path / f"{folder.name}.xlsx").read_bytes()
    opened = recalculated(tmp_path, books)
    for folder in FOLDERS:
        wrong = [cell for cell in formulas(books[folder.name], opened[folder.name]) if not cell.agrees]
        assert not wrong, (folder.name, wrong[:5])
        answer = json.loads(restructure("report", folder, "--format", "json").out)
        _compare(totals(opened[folder.name]), answer["cost"], folder.name)
        _compare_gaps(opened[folder.name], answer["gap"], folder.name)


def _compare_gaps(book: Any, answer: Any, name: str) -> None:
    """Hold need, funding, gap and the ends of the gap, as LibreOffice works them out, against the JSON."""
    rows = {
        row[1]: row[2:7] for row in book["Summary"].iter_rows(values_only=True) if row[0] == "Need, funding and gap"
    }
    assert len(rows) == len(answer["years"]) > 0
    for year in answer["years"]:
        known = year["known_part"] if not year["complete"] else year
        need, funding, least, most, gap = rows[year["year"]]
        for told, figure in ((need, known["need"]), (funding, known["funding"]), (gap, known["gap"])):
            single = figure["value"] if isinstance(figure, dict) else figure
            shown = None if told == "no single figure" else pounds(told)
            assert shown == single, (name, year["year"])
        ends = [known["gap"][end] for end in ("low", "high")] if isinstance(known["gap"], dict) else [None, None]
        assert [None if told is None else pounds(told) for told in (least, most)] == ends, (name, year["year"])


def test_spoiling_leaves_no_cached_value_of_a_formula(restructure: Restructure, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    restructure("cost", ROOT / "examples", "--output", path)
    kept = openpyxl.load_workbook(BytesIO(spoilt(path.read_bytes())), data_only=True)
    written = openpyxl.load_workbook(path)
    values = {
        kept[sheet.title][cell.coordinate].value
        for sheet in written
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert values == {SPOILT}


@needs_office
@pytest.mark.parametrize(
    ("sheet", "label", "column", "value", "old", "new"),
    [
        ("Rates", "pay award of 2027-28", 4, 0.045, "2027-28: {pay_award: 3%}", "2027-28: {pay_award: 4.5%}"),
        ("Rates", "pension, employer's rate", 3, 0.2105, "pension: 18%", "pension: 21.05%"),
        ("Rates", "Point of the grade at which posts are costed", 3, "top", "point: mid", "point: top"),
        ("Points", 28, 2, 38999, "28: 38000", "28: 38999"),
        ("Grades", "HAY-B", 4, 71000, "£61,000-£68,000", "£61,000-£71,000"),
    ],
)
def test_changing_an_assumption_costs_the_book_again(
    sheet: str, label: object, column: int, value: object, old: str, new: str, restructure: Restructure, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    restructure("cost", ROOT / "examples", "--years", "2", "--output", path)
    book = openpyxl.load_workbook(path)
    row = next(row for row in book[sheet].iter_rows() if row[0].value in (label, f"={label}"))
    assert row[column - 1].value is not None
    row[column - 1].value = value
    book.save(path)
    changed = tmp_path / "changed"
    changed.mkdir()
    for file in (ROOT / "examples").glob("*.yaml"):
        text = file.read_text("utf-8")
        (changed / file.name).write_text(text.replace(old, new) if file.name == "grades.yaml" else text, "utf-8")
    assert (changed / "grades.yaml").read_text("utf-8") != (ROOT / "examples" / "grades.yaml").read_text("utf-8")
    answer = json.loads(restructure("cost", changed, "--years", "2", "--format", "json").out)
    before = json.loads(restructure("cost", ROOT / "examples", "--years", "2", "--format", "json").out)
    assert answer["structures"][0]["years"] != before["structures"][0]["years"]
    opened = recalculated(tmp_path, {"book": path.read_bytes()})["book"]
    _compare(totals(opened), answer, sheet)


@needs_office
def test_changing_the_fte_of_a_post_costs_the_book_again(restructure: Restructure, tmp_path: Path) -> None:
    """Also of posts that have no FTE, or none that is known: what somebody fills in is priced."""
    (tmp_path / "grades.yaml").write_text(NATIONAL, "utf-8")
    structure = tmp_path / "current.yaml"
    written = (
        "restructure: structure/1\norganisation: Ashdale Council\ntitle: Few\nas_at: 2025-04-01\nposts:\n"
        "  a: {title: A, grade: F, fte: FIRST}\n  b: {title: B, grade: H, fte: SECOND}\n"
        "  c: {title: C, grade: K, fte: THIRD}\n"
    )
    ftes = {"FIRST": ("2.6", "3.25"), "SECOND": ("0", "0.4"), "THIRD": ("", "1.7")}
    for number, name in enumerate(("book.xlsx", "answer.json")):
        text = written
        for word, values in ftes.items():
            text = text.replace(word, values[number])
        structure.write_text(text, "utf-8")
        restructure("cost", structure, "--grades", tmp_path / "grades.yaml", "--output", tmp_path / name)
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    for row in book["Posts"].iter_rows():
        found = {"a": "FIRST", "b": "SECOND", "c": "THIRD"}.get(str(row[0].value))
        if found:
            row[6].value = float(ftes[found][1])
    book.save(tmp_path / "book.xlsx")
    opened = recalculated(tmp_path, {"book": (tmp_path / "book.xlsx").read_bytes()})["book"]
    _compare(totals(opened), json.loads((tmp_path / "answer.json").read_text("utf-8")), "ftes")


@needs_office
def test_changing_assumptions_of_a_report_moves_its_cost_its_needs_and_its_gap(
    restructure: Restructure, tmp_path: Path
) -> None:
    """An on-cost, a pay award, the FTE of a post and what a need and a source are: as if the files had said so."""
    path = tmp_path / "book.xlsx"
    assert restructure("report", ROOT / "examples", "--output", path).code == 0
    book = openpyxl.load_workbook(path)
    changes = (
        ("Rates", "national insurance, on-cost", 3, 0.1225, "grades", "national insurance: 11%"),
        ("Rates", "pay award of 2028-29", 5, 0.045, "grades", "2028-29: {pay_award: 2%}"),
        ("Posts proposed", "social-worker", 7, 13.4, "proposed", "{fte: 12, funding: {core: 11,"),
        ("Funding 2026-27", "the product of: rate, £", 4, 905, "funding", "rate: £850"),
        ("Funding 2027-28", "Fewer placements", 4, 90000, "funding", "amount: £0.08m"),
        ("Funding 2028-29", "Fewer placements", 4, 90000, "funding", "amount: £0.08m"),
    )
    files = {name: (ROOT / "examples" / f"{name}.yaml").read_text("utf-8") for name in
             ("current", "proposed", "grades", "funding", "claims")}  # fmt: skip
    instead = {
        "national insurance: 11%": "national insurance: 12.25%",
        "2028-29: {pay_award: 2%}": "2028-29: {pay_award: 4.5%}",
        "{fte: 12, funding: {core: 11,": "{fte: 13.4, funding: {core: 12.4,",
        "rate: £850": "rate: £905",
        "amount: £0.08m": "amount: £0.09m",
    }
    for sheet, label, column, value, file, old in changes:
        row = next(row for row in book[sheet].iter_rows() if row[0].value == label)
        assert not str(row[column - 1].value).startswith("="), (sheet, label)
        row[column - 1].value = value
        assert old in files[file] or instead[old] in files[file]
        files[file] = files[file].replace(old, instead[old])
    book.save(path)
    changed = tmp_path / "changed"
    changed.mkdir()
    for name, text in files.items():
        (changed / f"{name}.yaml").write_text(text, "utf-8")
    before, after = (
        json.loads(restructure("report", folder, "--format", "json").out) for folder in (ROOT / "examples", changed)
    )
    for old_year, new_year in zip(before["gap"]["years"], after["gap"]["years"], strict=True):
        assert old_year["known_part"]["gap"] != new_year["known_part"]["gap"]
    opened = recalculated(tmp_path, {"book": path.read_bytes()})["book"]
    _compare(totals(opened), after["cost"], "changed")
    _compare_gaps(opened, after["gap"], "changed")
