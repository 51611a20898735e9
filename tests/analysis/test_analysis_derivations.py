"""Every price is made of what its derivation shows, and comes out as a pencil makes it.

The pay of the examples is invented; the conventions are design.md's: a year of 365/7 weeks, mid as the mean of the
middle two points, each leaf rounded half-up to the penny once, a vacancy factor on computed pay only.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
import worked
from hypothesis import given
from structures_made import ANYTHING, pairs, pay, some
from worked import figure, post, structure

from restructure_cli.analysis.cost import cost
from restructure_cli.model.costs import CostRow, Price, YearCost
from restructure_cli.model.derivations import Derivation, Step
from restructure_cli.model.grades import Grade, Grades, Point, Rate, Span
from restructure_cli.model.quantities import Basis
from restructure_cli.model.structures import OtherCost, Post, Structure

# In the manner of the NJC spine: points 25 to 30.
SPINE = {25: "35235", 26: "36124", 27: "37035", 28: "37938", 29: "38626", 30: "39513"}
POINTS = {point: Decimal(pounds) for point, pounds in SPINE.items()}
PENNY = Decimal("0.01")


def exact(derivation: Derivation) -> Fraction:
    """Work a figure out again from its leaves, without rounding but where it says so."""
    parts = [exact(part) for part in derivation.parts]
    match derivation.step:
        case Step.STATED:
            return Fraction(derivation.value)
        case Step.SUM:
            return sum(parts, Fraction(0))
        case Step.DIFFERENCE:
            return parts[0] - sum(parts[1:], Fraction(0))
        case Step.MEAN:
            return sum(parts, Fraction(0)) / len(parts)
        case Step.QUOTIENT:
            return parts[0] / parts[1]
        case Step.EXCESS:
            return max(parts[0] - parts[1], Fraction(0))
    product = Fraction(1)
    for part in parts:
        product *= part
    return half_up(product) if derivation.step is Step.PRODUCT_TO_THE_PENNY else product


def half_up(pounds: Fraction) -> Fraction:
    pennies = (abs(pounds) * 100 + Fraction(1, 2)).__floor__()
    return Fraction(pennies if pounds >= 0 else -pennies, 100)


def steps(derivation: Derivation) -> Iterator[Derivation]:
    yield derivation
    for part in derivation.parts:
        yield from steps(part)


def prices(both: tuple[Structure, Structure], grades: Grades) -> Iterator[tuple[CostRow, Price]]:
    for one in cost(both, grades).structures:
        for row in (*one.years[0].rows, *one.years[0].outside):
            if row.price is not None:
                yield row, row.price


@some
@given(pairs(ANYTHING), pay())
def test_the_leaves_of_a_derivation_make_its_figure(both: tuple[Structure, Structure], grades: Grades) -> None:
    for row, price in prices(both, grades):
        for points in price.components.values():
            for derivation in points.values():
                for step in steps(derivation):
                    assert float(exact(step)) == pytest.approx(float(step.value), abs=1e-12), (row.id, step.name)
                assert exact(derivation) == Fraction(derivation.value), (row.id, derivation.name)


@some
@given(pairs(ANYTHING), pay())
def test_components_make_lines_at_every_point(both: tuple[Structure, Structure], grades: Grades) -> None:
    for row, price in prices(both, grades):
        for point in Point:
            made = sum((points[point].value for points in price.components.values()), Decimal(0))
            assert price.at(point) == made, (row.id, point)
        assert price.headline == price.at(price.point)
        assert price.headline == price.headline.quantize(PENNY)


def priced(one: Post | OtherCost, grades: Grades | None = None) -> Price:
    year = costed(structure(one), grades)
    (row,) = [row for row in year.rows if row.id == one.id]
    assert row.price is not None, row.why_not
    return row.price


def costed(one: Structure, grades: Grades | None = None) -> YearCost:
    return cost((one,), grades or worked.pay()).structures[0].years[0]


def at_points(price: Price) -> list[str]:
    return [str(price.at(point)) for point in Point]


def grade(id_: str, points: str) -> dict[str, Grade]:
    low, high = points.split("-")
    return {id_: Grade(id_, scp=Span(Decimal(low), Decimal(high)))}


def test_mid_of_an_odd_number_of_points_is_the_middle_one() -> None:
    price = priced(post("p", "1", grade=("H",)), worked.pay(grade("H", "25-27"), points=POINTS))
    assert at_points(price) == ["35235.00", "36124.00", "37035.00"]


def test_mid_of_an_even_number_of_points_is_the_mean_of_the_middle_two() -> None:
    # 25 to 28: the mean of 36,124 and 37,035
    price = priced(post("p", "1", grade=("H",)), worked.pay(grade("H", "25-28"), points=POINTS))
    assert at_points(price) == ["35235.00", "36579.50", "37938.00"]


def test_a_career_grade_goes_from_the_bottom_of_its_lowest_to_the_top_of_its_highest() -> None:
    # 25 to 30 together: the mean of 27 and 28 in the middle, (37,035 + 37,938) / 2, for two and a half FTE
    grades = worked.pay({**grade("H", "25-27"), **grade("I", "28-30")}, points=POINTS)
    price = priced(post("p", "2.5", grade=("I", "H")), grades)
    assert at_points(price) == ["88087.50", "93716.25", "98782.50"]


def test_a_stated_point_is_exact() -> None:
    price = priced(post("p", "0.5", grade=("H",), scp=figure("26")), worked.pay(grade("H", "25-28"), points=POINTS))
    assert at_points(price) == ["18062.00"] * 3


def test_term_time_is_paid_for_its_weeks_of_365_sevenths() -> None:
    # 35,235 × 0.8 × 39 ÷ (365/7) = 28,188 × 273/365 = 21,083.079…
    price = priced(post("p", "0.8", grade=("H",), weeks=figure("39")), worked.pay(grade("H", "25-27"), points=POINTS))
    assert at_points(price)[0] == "21083.08"


def test_half_a_penny_goes_up_once_a_leaf() -> None:
    # 18,251.825 × 273/365 is 13,651.365 exactly: half a penny, which a share cut at any digit would miss
    grades = {"H": Grade("H", salary=Span(Decimal("25002.50"), Decimal("25002.50")))}
    price = priced(post("p", "0.73", grade=("H",), weeks=figure("39")), worked.pay(grades))
    assert at_points(price) == ["13651.37"] * 3
    # £10.01 and half of it on top: 5.005 goes up to 5.01 by itself, and the sum is of pennies
    ten = {"H": Grade("H", salary=Span(Decimal("10.01"), Decimal("10.01")))}
    on_costs = {"half": Rate(Decimal("0.5")), "more": Rate(Decimal("0.5"))}
    price = priced(post("p", "1", grade=("H",)), worked.pay(ten, on_costs=on_costs))
    assert at_points(price) == ["20.03"] * 3


def test_on_costs_are_on_the_pay_before_it_was_rounded() -> None:
    # a third of an FTE of £100 is 33.333: 33.33 of salary, and three times it on top is 100.00, not 99.99
    grades = {"H": Grade("H", salary=Span(Decimal(100), Decimal(100)))}
    price = priced(post("p", "0.33333", grade=("H",)), worked.pay(grades, on_costs={"trebled": Rate(Decimal(3))}))
    assert price.components["salary"][Point.MID].value == Decimal("33.33")
    assert price.components["trebled"][Point.MID].value == Decimal("100.00")


def test_a_supplement_counts_for_pension_and_for_on_costs() -> None:
    grades = {"H": Grade("H", salary=Span(Decimal(30_000), Decimal(40_000)))}
    rates = worked.pay(grades, pension=Rate(Decimal("0.2")), on_costs={"levy": Rate(Decimal("0.005"))})
    price = priced(post("p", "2", grade=("H",), supplement=figure("1000")), rates)
    by_name = {name: str(points[Point.MID].value) for name, points in price.components.items()}
    assert by_name == {"salary": "70000.00", "supplement": "2000.00", "pension": "14400.00", "levy": "360.00"}


def test_a_rota_is_its_rate_by_its_times() -> None:
    rota = OtherCost("rota", "Out-of-hours rota", rate=figure("30"), times=figure("365"))
    assert at_points(priced(rota)) == ["10950.00"] * 3


def test_units_are_paid_by_the_week_of_which_a_year_has_365_sevenths() -> None:
    # twenty placements at £400 a week: 8,000 × 365/7 = 417,142.857…
    units = OtherCost("units", "Placements", units=figure("20"), rate=figure("400"), per="week")
    assert at_points(priced(units)) == ["417142.86"] * 3
    # £350.07 × 0.5 × 365/7 is 9,126.825 exactly
    assert at_points(priced(units._replace(units=figure("0.5"), rate=figure("350.07")))) == ["9126.83"] * 3


def test_a_published_cost_has_no_range_and_no_on_costs() -> None:
    grades = worked.pay({"SM1": Grade("SM1", cost=figure("67934"))}, pension=Rate(Decimal("0.2")))
    assert at_points(priced(post("p", "2", grade=("SM1",)), grades)) == ["135868.00"] * 3
    assert at_points(priced(post("p", "2", grade=("SM1",), cost=figure("64016")), grades)) == ["64016.00"] * 3


def test_a_price_of_several_posts_together_is_counted_once() -> None:
    line = OtherCost("audit", "Two audit posts", amount=figure("86000"), covers=("a", "b"))
    year = costed(structure(post("a", "1", grade=("H",)), post("b", "1"), line), worked.pay({"H": Grade("H")}))
    assert year.totals.headline.value == Decimal(86_000)
    assert year.totals.headline.complete
    assert {row.id: row.priced_by for row in year.rows} == {"a": "audit", "b": "audit", "audit": ""}


def test_a_vacancy_factor_is_on_computed_pay_only() -> None:
    grades = worked.pay(
        {"H": Grade("H", salary=Span(Decimal(30_000), Decimal(30_000)))}, vacancy_factor=Rate(Decimal("0.04"))
    )
    rota = OtherCost("rota", "A rota", rate=figure("30"), times=figure("365"))
    one = structure(post("p", "1", grade=("H",)), post("q", "1", cost=figure("50000")), rota)
    year = costed(one, grades)
    (factor,) = [row.price for row in year.rows if row.id == "vacancy-factor"]
    assert factor is not None
    assert factor.headline == Decimal("-1200.00")
    assert year.totals.headline.value == Decimal(30_000 + 50_000 + 10_950 - 1_200)


def test_an_assumed_grade_makes_an_assumed_price() -> None:
    guess = Grade("K", salary=Span(Decimal(1), Decimal(2)), basis=Basis.ASSUMED, because="the scale is not published")
    price = priced(post("p", "1", grade=("K",)), worked.pay({"K": guess}))
    assert price.components["salary"][Point.MID].basis is Basis.ASSUMED


def test_figures_as_large_as_a_file_may_state_are_priced() -> None:
    most = figure("999999999999999")
    price = priced(OtherCost("c", "C", rate=most, units=most))
    assert price.headline == Decimal("999999999999998e15"), "28 digits of it, and no crash"
