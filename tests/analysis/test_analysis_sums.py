"""Everything adds up: rows make totals, every grouping makes the same totals, and so does every printed column."""

from decimal import Decimal
from itertools import product

from hypothesis import given
from printed import Printed, missed, missed_subtotals, tables
from structures_made import ANYTHING, pairs, pay, some

from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.cost_grouping import gather_costs
from restructure_cli.analysis.diff import diff
from restructure_cli.analysis.grouping import gather
from restructure_cli.analysis.vacancies import gather_vacancies, vacancies
from restructure_cli.model.costs import YearCost
from restructure_cli.model.grades import Grades
from restructure_cli.model.quantities import NOTHING, TwoSided
from restructure_cli.model.report import Report
from restructure_cli.model.results import Diff, RowKind
from restructure_cli.model.structures import Control, Structure
from restructure_cli.render.text import render_text
from restructure_cli.report import cost as cost_report
from restructure_cli.report import diff as diff_report
from restructure_cli.report import vacancies as vacancies_report

Both = tuple[Structure, Structure]
SIDES = ("current", "proposed", "change")
ZERO = Decimal(0)


def of(figure: TwoSided | None, side: str) -> Decimal:
    value = getattr(figure or NOTHING, side)
    return value if isinstance(value, Decimal) else ZERO


def totals_of(found: Diff) -> dict[str, TwoSided]:
    totals = found.totals
    priced = {"cost": totals.cost} if totals.cost is not None else {}
    return {"fte": totals.fte, "filled": totals.filled, "shown": totals.shown, "vacant": totals.vacant, **priced}


def gaps_of(found: Diff) -> set[tuple[str, str]]:
    return {(gap.measure, gap.side) for gap in found.missing}


@some
@given(pairs(ANYTHING), pay())
def test_rows_of_a_diff_make_its_totals_however_they_are_gathered(both: Both, grades: Grades) -> None:
    found = cost(both, grades).changes[0]
    for measure, total in totals_of(found).items():
        for side in SIDES:
            rows = sum((of(getattr(row, measure), side) for row in found.rows), ZERO)
            assert of(total, side) == rows, (measure, side)
            if getattr(total, side) is None:
                assert (measure, side) in gaps_of(found), "nothing is unknown without being told"
            for by in ("team", "grade", "title"):
                groups = sum((of(group.figures.get(measure), side) for group in gather(found, by)), ZERO)
                assert groups == rows, (measure, side, by)


@some
@given(pairs(ANYTHING), pay())
def test_the_change_of_two_complete_totals_is_their_difference(both: Both, grades: Grades) -> None:
    found = cost(both, grades).changes[0]
    gaps = gaps_of(found)
    for measure, total in totals_of(found).items():
        known = {side for side in SIDES if (measure, side) not in gaps}
        if measure == "cost" and publishes_a_change(both[1]):
            continue  # the change is then what is published, which the two sides need not make
        if known >= ({"current", "proposed"} if measure != "vacant" else set(SIDES)):
            assert "change" in known, measure
            assert of(total, "change") == of(total, "proposed") - of(total, "current"), measure


def publishes_a_change(structure: Structure) -> bool:
    stated = (structure.control, *(team.control for team in structure.teams.values()))
    return any(control is not None and control.cost_change is not None for control in stated)


@some
@given(pairs(ANYTHING), pay())
def test_lines_of_a_cost_make_its_totals_however_they_are_gathered(both: Both, grades: Grades) -> None:
    for one in cost(both, grades).structures:
        year = one.years[0]
        totals = year.totals
        for point in ("bottom", "mid", "top", "headline"):
            lines = sum((getattr(row.price, point) for row in year.rows if row.price is not None), ZERO)
            assert getattr(totals, point).value == lines
            for by in ("grade", "team", "post", "title", "fund"):
                groups = gather_costs(year, one.team_paths, by)
                assert sum((getattr(group, point) for group in groups), ZERO) == lines, (point, by)
                assert sum((group.fte or ZERO for group in groups), ZERO) == totals.fte.value
        assert sum(year.by_component.values(), ZERO) == totals.headline.value


@some
@given(pairs(ANYTHING))
def test_vacancies_are_the_same_however_they_are_gathered(both: Both) -> None:
    now = vacancies(both[0])
    for measure in ("fte", "filled", "agency", "vacant"):
        total = getattr(now.totals, measure)
        assert sum((getattr(row, measure) or ZERO for row in now.rows), ZERO) == total.value
        for by in ("team", "grade", "title"):
            groups = gather_vacancies(now, by)
            assert sum((getattr(group, measure).value for group in groups), ZERO) == total.value, (measure, by)


@some
@given(pairs(ANYTHING), pay())
def test_the_same_total_appears_in_every_answer(both: Both, grades: Grades) -> None:
    priced, now, moves = cost(both, grades), vacancies(both[0]), diff(*both)
    found = priced.changes[0]
    gaps = gaps_of(found)
    assert totals_of(moves).items() <= totals_of(found).items(), "money changes no FTE"
    for measure in ("fte", "filled", "vacant"):
        total = getattr(now.totals, measure)
        assert total.value == of(totals_of(found)[measure], "current"), measure
        assert total.complete == ((measure, "current") not in gaps), measure
    for side, one in zip(("current", "proposed"), priced.structures, strict=True):
        totals = one.years[0].totals
        assert totals.fte.value == of(found.totals.fte, side)
        assert totals.fte.complete == (("fte", side) not in gaps)
        assert totals.headline.value - vacancy_factor(one.years[0]) == of(found.totals.cost, side)
        assert totals.headline.complete == (("cost", side) not in gaps)


def vacancy_factor(year: YearCost) -> Decimal:
    rows = (row.price for row in year.rows if row.kind is RowKind.VACANCY_FACTOR)
    return sum((price.headline for price in rows if price is not None), ZERO)


@some
@given(pairs(ANYTHING), pay())
def test_a_published_total_is_the_total(both: Both, grades: Grades) -> None:
    found = cost(both, grades).changes[0]
    for side, structure in zip(("current", "proposed"), both, strict=True):
        control = structure.control or Control()
        for measure, stated in (("fte", control.fte), ("filled", control.filled), ("cost", control.cost)):
            if stated is not None and stated.value is not None:
                assert (measure, side) not in gaps_of(found)
                total = of(totals_of(found)[measure], side)
                assert abs(total - stated.value) <= stated.half_digit, "it, or parts that print as it"


def printed(report: Report, expected: int) -> list[Printed]:
    """Return the tables with a total, as printed in a pipe; their number is known, so none is overlooked."""
    found = [table for table in tables(render_text(report, width=None, colour=False)) if table.total is not None]
    assert len(found) == expected
    return found


@some
@given(pairs(ANYTHING), pay())
def test_every_column_of_a_printed_diff_adds_up(both: Both, grades: Grades) -> None:
    found = cost(both, grades).changes[0]
    for by, detail in product(("post", "team", "grade", "title"), ("summary", "changes", "all")):
        for table in printed(diff_report.report(found, by, detail), 2):
            assert not missed(table) + missed_subtotals(table), (by, detail)


@some
@given(pairs(ANYTHING), pay())
def test_every_column_of_a_printed_cost_adds_up(both: Both, grades: Grades) -> None:
    found = cost(both, grades)
    for by, detail in product(("grade", "team", "post", "title", "fund"), ("changes", "all")):
        for table in printed(cost_report.report(found, by, detail), 3):
            assert not missed(table), (by, detail)


@some
@given(pairs(ANYTHING))
def test_every_column_of_printed_vacancies_adds_up(both: Both) -> None:
    now, moves = vacancies(both[0]), diff(*both)
    for by in ("post", "team", "grade", "title"):
        for found, expected in ((None, 1), (moves, 2)):
            for table in printed(vacancies_report.report(now, found, by), expected):
                assert not missed(table), by
