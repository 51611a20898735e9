"""`restructure gap` and `explain --gap`, from files to what is printed: sums, formats, exit codes, leaves."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from files_of_funding import SEFTON, funding, written, years

from restructure_cli.analysis.explain import again
from restructure_cli.analysis.gap import Beside, gap
from restructure_cli.analysis.gap_explained import explained
from restructure_cli.files.reader import Reader
from restructure_cli.model.derivations import Derivation
from restructure_cli.model.periods import FinancialYear
from running import Restructure

CURRENT = """
restructure: structure/1
organisation: Ashdale Council
title: Structure today
as_at: 2026-04-01
posts:
  clerk: {title: Clerk, grade: C, fte: 1, filled: 1}
"""
PROPOSED = """
restructure: structure/1
based_on: current.yaml
title: Proposed structure
posts:
  clerk: {fte: 2}
  lead: {title: Lead, grade: L, fte: 1, from: [], starts: 2026-10-01}
"""
GRADES = """
restructure: grades/1
organisation: Ashdale Council
year: 2026-27
grades:
  C: {cost: "£30,000"}
  L: {cost: "£50,000"}
"""
OF_CHANGE = """
needs:
  change: {title: The change, amount: change.cost, from: 2026-27}
sources:
  grant: {title: Grant, amount: "£20,000", from: 2026-27, until: 2026-27, status: approved}
"""


@pytest.fixture(autouse=True)
def a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no width of a terminal wrap what is printed."""
    monkeypatch.delenv("COLUMNS", raising=False)


def council(folder: Path, entries: str = OF_CHANGE, **others: str) -> Path:
    """Write a council's folder."""
    written(folder, entries)
    for name, text in {"current": CURRENT, "proposed": PROPOSED, "grades": GRADES, **others}.items():
        (folder / f"{name}.yaml").write_text(text.strip() + "\n", encoding="utf-8")
    return folder


def told(restructure: Restructure, *arguments: object) -> Any:
    ran = restructure(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_the_need_may_be_the_cost_of_the_change_part_years_and_all(restructure: Restructure, tmp_path: Path) -> None:
    found = told(restructure, "gap", council(tmp_path), "--years", "2")
    first, second = found["years"]
    assert (first["need"], first["funding"], first["gap"]) == ("55000.00", "20000.00", "35000.00")  # half of £50,000
    assert (second["need"], second["gap"]) == ("80000.00", "80000.00")
    assert found["complete"] is True and found["missing"] == []
    assert [(one["year"], one["source"], one["amount"]) for one in found["cliffs"]] == [
        ("2027-28", "grant", "20000.00")
    ]


def test_a_change_that_begins_in_the_year_costs_its_part(restructure: Restructure, tmp_path: Path) -> None:
    later = OF_CHANGE.replace("change.cost, from: 2026-27", "change.cost, from: 2026-10")
    (year,) = told(restructure, "gap", council(tmp_path, later), "--years", "1")["years"]
    assert year["need"] == "40000.00"  # half a year of everything


def test_what_a_change_costs_once_is_no_recurrent_need(restructure: Restructure, tmp_path: Path) -> None:
    ends = '\ncosts:\n  systems: {title: Systems, amount: "£12,500", recurrent: false, from: 2026-04-01}'
    goes_on = OF_CHANGE.replace("from: 2026-27}\nsources", "from: 2026-27, recurrent: true}\nsources")
    found = told(restructure, "gap", council(tmp_path, goes_on, proposed=PROPOSED + ends), "--years", "2")
    first, second = (year["lasting"] for year in found["years"])
    assert (first["recurrent"]["need"], first["one-off"]["need"]) == ("55000.00", "12500.00")
    assert (second["recurrent"]["need"], second["one-off"]["need"]) == ("80000.00", "0.00")
    assert found["years"][0]["need"] == "67500.00"


@pytest.mark.parametrize(
    ("dates", "costs"),
    [
        ("from: 2026-27, until: 2027-09", ["55000.00", "40000.00"]),
        ("from: 2026-10, until: 2026-12", ["20000.00", "0.00"]),
        ("from: 2026-04-01", ["55000.00", "80000.00"]),
        ("recurrent: false", ["55000.00", "0.00"]),
        ("from: 2027-28", ["0.00", "80000.00"]),
    ],
)
def test_a_change_costs_from_its_beginning_to_its_end(
    restructure: Restructure, tmp_path: Path, dates: str, costs: list[str]
) -> None:
    dated = OF_CHANGE.replace("change.cost, from: 2026-27", f"change.cost, {dates}")
    found = told(restructure, "gap", council(tmp_path, dated), "--year", "2026-27", "--years", "2")
    assert [year["need"] for year in found["years"]] == costs


def test_a_change_that_saves_is_a_need_below_nil_and_draws_nothing(restructure: Restructure, tmp_path: Path) -> None:
    fewer = PROPOSED.replace("fte: 2", "fte: 0.5").replace(", starts: 2026-10-01", "").replace("fte: 1", "fte: 0")
    (year,) = told(restructure, "gap", council(tmp_path, proposed=fewer), "--years", "1")["years"]
    assert (year["need"], year["funding"], year["gap"]) == ("-15000.00", "0.00", "-15000.00")


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ({"grades": GRADES.replace('"£50,000"', "")[: GRADES.index("  L:")] + "  L: {}\n"}, "1 line is not known"),
        (
            {"grades": GRADES.replace('C: {cost: "£30,000"}', 'C: {salary: "£25,000"}')},
            "for 2027-28",
        ),
    ],
)
def test_a_change_that_cannot_be_priced_is_unknown_and_says_why(
    restructure: Restructure, tmp_path: Path, others: dict[str, str], why: str
) -> None:
    found = told(restructure, "gap", council(tmp_path, **others), "--years", "2")
    assert any(why in gap["why"] for gap in found["missing"])
    last = found["years"][-1]
    assert last["complete"] is False
    assert last["gap"] == {"value": None, "low": None, "high": None}


def test_without_structures_the_change_is_unknown(restructure: Restructure, tmp_path: Path) -> None:
    written(tmp_path, OF_CHANGE)
    ran = restructure("gap", tmp_path)
    assert ran.code == 0
    assert "two structures and a grades file are needed" in " ".join(ran.out.split())
    assert ran.out.rstrip().endswith("1 cliff: Grant from 2027-28.")


def test_everything_adds_up(restructure: Restructure, tmp_path: Path) -> None:
    written(tmp_path, SEFTON)
    for year in told(restructure, "gap", tmp_path)["years"]:
        value = {key: Decimal(year[key]["value"]) for key in ("need", "funding", "gap")}
        needs = [(_value(need["amount"]), _value(need["funding"]), _value(need["gap"])) for need in year["needs"]]
        assert tuple(sum(column) for column in zip(*needs, strict=True)) == tuple(value.values())
        assert sum(_value(draw["amount"]) for need in year["needs"] for draw in need["draws"]) == value["funding"]
        assert sum(_value(source["drawn"]) for source in year["sources"]) == value["funding"]
        assert sum(_value(figure) for figure in year["by_status"].values()) == value["funding"]
        assert sum(_value(part["difference"]) for part in year["lasting"].values()) == value["gap"]


def _value(figure: Any) -> Decimal:
    return Decimal(figure["value"] if isinstance(figure, dict) else figure)


def test_the_text_tells_the_gap_and_between_what_it_lies_in_its_last_line(
    restructure: Restructure, tmp_path: Path
) -> None:
    written(tmp_path, SEFTON)
    ran = restructure("gap", tmp_path, "--years", "1")
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == (
        "Gap: 2024-25 £650,000 (£499,500 to £800,500); nothing runs out under what goes on."
    )


def test_the_flat_table_has_every_figure(restructure: Restructure, tmp_path: Path) -> None:
    written(tmp_path, SEFTON)
    ran = restructure("gap", tmp_path, "--years", "1", "--format", "csv")
    rows = list(csv.DictReader(StringIO(ran.out.removeprefix("\ufeff"))))
    gaps = [(row["value"], row["low"], row["high"]) for row in rows if row["what"] == "gap"]
    assert gaps == [("650000.00", "499500.00", "800500.00")]
    assert len([row for row in rows if row["what"] == "draw"]) == 3


class TestCalls:
    """Years and exit codes."""

    def test_years_are_those_in_which_anything_changes(self, restructure: Restructure, tmp_path: Path) -> None:
        council(tmp_path, OF_CHANGE.replace("until: 2026-27", "until: 2028-29"))
        found = told(restructure, "gap", tmp_path)
        assert [year["year"] for year in found["years"]] == ["2026-27", "2027-28", "2028-29", "2029-30"]
        later = told(restructure, "gap", tmp_path, "--year", "2028-29", "--years", "1")
        assert [year["year"] for year in later["years"]] == ["2028-29"]

    def test_a_file_may_be_named_instead_of_its_folder(self, restructure: Restructure, tmp_path: Path) -> None:
        path = council(tmp_path) / "funding.yaml"
        assert told(restructure, "gap", path)["organisation"] == "Ashdale Council"

    def test_without_any_year_one_must_be_named(self, restructure: Restructure, tmp_path: Path) -> None:
        path = written(tmp_path, "needs:\n  it: {title: It, amount: £5, recurrent: true}\n")
        ran = restructure("gap", path)
        assert ran.code == 2 and "--year" in ran.err
        assert told(restructure, "gap", path, "--year", "2026-27")["years"][0]["need"] == "5.00"

    def test_without_a_funding_file_there_is_no_answer(self, restructure: Restructure, tmp_path: Path) -> None:
        ran = restructure("gap", tmp_path)
        assert (ran.code, ran.out) == (3, "")

    def test_a_broken_reference_leaves_no_total(self, restructure: Restructure, tmp_path: Path) -> None:
        ran = restructure("gap", council(tmp_path, OF_CHANGE.replace("status", "for: [chance], status")))
        assert (ran.code, ran.out) == (3, "")
        assert 'did you mean "change"?' in ran.err

    def test_an_error_of_the_file_is_told_beside_the_answer(self, restructure: Restructure, tmp_path: Path) -> None:
        backwards = OF_CHANGE + '  late: {title: Late, amount: "£5", from: 2027-28, until: 2026-27}\n'
        ran = restructure("gap", council(tmp_path, backwards))
        assert ran.code == 1 and ran.out and "FND505" in ran.err

    def test_nothing_that_ends_before_it_begins_breaks_the_run(self, restructure: Restructure, tmp_path: Path) -> None:
        ran = restructure(
            "gap",
            council(
                tmp_path,
                OF_CHANGE.replace(
                    'amount: "£20,000", from: 2026-27, until: 2026-27', "total: £5, from: 2027-28, until: 2026-27"
                ),
            ),
        )
        assert ran.code == 1 and "FND505" in ran.err


def leaves(figure: Derivation) -> list[Derivation]:
    return [leaf for part in figure.parts for leaf in leaves(part)] or [figure]


ENTRIES = {
    "sefton": (SEFTON, "2024-25"),
    "fostering": (
        """
needs:
  team: {title: Team, amount: £0.6m, from: 2026-10, recurrent: true}
  other: {title: Other, total: "£100,000", from: 2026-27, until: 2028-29}
  posts: {title: Posts, amount: "£20,000", from: 2026-27, until: 2028-29}
  later: {title: Later, amount: "£20,000", from: 2028-29, recurrent: true}
sources:
  fostering: {title: Fostering, rate: £400, units: 20, per: week, from: 2026-27, recurrent: true, status: forecast}
  reserve: {title: Reserve, amount: rest, from: 2026-27, until: 2026-09, status: approved}
""",
        "2026-27",
    ),
    "bounds": (
        """
needs:
  it: {title: It, amount: £0.5m-£1.2m, from: 2026-27}
  other: {title: Other, amount: £0.1m, from: 2026-27}
sources:
  part: {title: Part, amount: £0.3m, from: 2026-27, status: approved}
  over: {title: Over, amount: ">£0.4m", from: 2026-27, status: approved}
""",
        "2026-27",
    ),
    "range": ("needs:\n  it: {title: It, amount: £0.5m-£1.2m, from: 2026-27}\n", "2026-27"),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_gap_can_be_worked_out_anew_from_its_leaves_which_stand_in_files(name: str, tmp_path: Path) -> None:
    entries, first = ENTRIES[name]
    (year,) = years(first)
    result = gap(funding(tmp_path, entries), Beside(), (year,), explained=True)
    figures = [one.figure for one in explained(result, year) if one.figure is not None]
    lacks = result.years[0].gap.known
    expected = (lacks.value,) if lacks.value is not None else lacks[1:]
    assert tuple(figure.value for figure in figures) == expected
    for figure in figures:
        assert again(figure) == figure.value
        assert all(leaf.source is not None or leaf.name.endswith("in a year") for leaf in leaves(figure))


def test_the_cost_of_the_change_is_explained_down_to_the_posts(tmp_path: Path) -> None:
    reader = Reader()
    council(tmp_path)
    current, proposed = (reader.structure(tmp_path / f"{name}.yaml") for name in ("current", "proposed"))
    beside = Beside(current, proposed, reader.grades(tmp_path / "grades.yaml"))
    year = FinancialYear(2026)
    result = gap(funding(tmp_path, OF_CHANGE), beside, (year,), explained=True)
    (figure,) = (one.figure for one in explained(result, year))
    assert figure is not None
    assert again(figure) == figure.value == Decimal(35_000)
    names = {leaf.source.pointer for leaf in leaves(figure) if leaf.source is not None}
    assert {("posts", "clerk", "fte"), ("posts", "lead", "starts"), ("sources", "grant", "amount")} <= names


def test_explain_prints_the_chain_with_its_lines(restructure: Restructure, tmp_path: Path) -> None:
    council(tmp_path)
    ran = restructure("explain", tmp_path, "--gap", "2026-27")
    assert ran.code == 0
    assert f"{tmp_path / 'funding.yaml'}:5" in ran.out
    assert ran.out.splitlines()[-1] == "gap, 2026-27: £35,000."
    found = told(restructure, "explain", tmp_path, "--gap", "2026-27")
    assert found["figures"][0]["value"] == "35000"


@pytest.mark.parametrize("more", [("--post", "clerk"), ("other.yaml",)])
def test_explain_takes_one_folder_and_no_other_choice(
    restructure: Restructure, tmp_path: Path, more: tuple[str, ...]
) -> None:
    ran = restructure("explain", council(tmp_path), "--gap", "2026-27", *more)
    assert ran.code == 2
