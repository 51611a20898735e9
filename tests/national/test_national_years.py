"""What is in force in a year: worked figures, blends that are exact, spines under their numbering, and never a guess.

The worked figures are the statutes', the University of Cambridge's published on-cost example and the hourly rates
that the NJC agreements state; the spine is held against its own awards.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from restructure_cli.model.derivations import Derivation, Step
from restructure_cli.model.national import InForce, NotKnown, SpineInForce, Unit
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis, to_the_penny
from restructure_cli.national.parameters import names, parameter
from restructure_cli.national.years import for_year, look_up, renumbering, spine

POUND = Decimal(1)


def year(text: str) -> FinancialYear:
    found = FinancialYear(int(text[:4]))
    assert str(found) == text
    return found


def stands(name: str, when: str) -> InForce:
    found = for_year(name, year(when))
    assert isinstance(found, InForce), found
    return found


def points(name: str, when: str) -> SpineInForce:
    found = spine(name, year(when))
    assert isinstance(found, SpineInForce), found
    return found


@pytest.mark.parametrize(
    ("name", "when", "figure"),
    [
        ("ni-rate", "2014-15", "0.138"),
        ("ni-rate", "2018-19", "0.138"),
        ("ni-rate", "2023-24", "0.138"),
        ("ni-rate", "2024-25", "0.138"),
        ("ni-rate", "2025-26", "0.15"),
        ("ni-rate", "2026-27", "0.15"),
        ("ni-threshold", "2014-15", "7956"),
        ("ni-threshold", "2015-16", "8112"),
        ("ni-threshold", "2016-17", "8112"),
        ("ni-threshold", "2017-18", "8164"),
        ("ni-threshold", "2018-19", "8424"),
        ("ni-threshold", "2019-20", "8632"),
        ("ni-threshold", "2020-21", "8788"),
        ("ni-threshold", "2021-22", "8840"),
        ("ni-threshold", "2022-23", "9100"),
        ("ni-threshold", "2024-25", "9100"),
        ("ni-threshold", "2025-26", "5000"),
        ("ni-threshold", "2026-27", "5000"),
        ("apprenticeship-levy", "2016-17", "0"),
        ("apprenticeship-levy", "2017-18", "0.005"),
        ("apprenticeship-levy", "2026-27", "0.005"),
        ("teachers-pension", "2014-15", "0.141"),
        ("teachers-pension", "2018-19", "0.1648"),
        ("teachers-pension", "2023-24", "0.2368"),
        ("teachers-pension", "2024-25", "0.2868"),
        ("national-living-wage", "2016-17", "7.20"),
        ("national-living-wage", "2026-27", "12.71"),
    ],
)
def test_worked_figures(name: str, when: str, figure: str) -> None:
    found = stands(name, when)
    assert found.value == Decimal(figure)
    assert found.derivation.step is Step.STATED
    assert found.derivation.source is not None
    assert found.derivation.source.path == f"national/{name}.yaml"
    assert found.derivation.source.at == found.shares[0].value.source
    assert when in found.derivation.name


def test_the_leaf_points_to_its_entry_of_the_file() -> None:
    source = stands("ni-threshold", "2018-19").derivation.source
    assert source is not None
    assert source.pointer == ("values", "4", "value")
    assert parameter("ni-threshold").values[4].value == 8424
    at = points("njc", "2024-25").at(30)
    assert at is not None
    assert at.source is not None
    assert at.source.pointer == ("values", "5", "points", "30")


def test_the_university_of_cambridges_example() -> None:
    salary = Decimal(25_000)
    above = salary - stands("ni-threshold", "2018-19").value
    assert to_the_penny(above * stands("ni-rate", "2018-19").value) == Decimal("2287.49")
    assert to_the_penny(salary * stands("apprenticeship-levy", "2018-19").value) == Decimal("125.00")


@pytest.mark.parametrize(
    ("name", "when", "parts"),
    [
        ("ni-rate", "2022-23", [("0.1505", 7), ("0.138", 5)]),
        ("teachers-pension", "2015-16", [("0.141", 5), ("0.1648", 7)]),
        ("teachers-pension", "2019-20", [("0.1648", 5), ("0.2368", 7)]),
        ("national-living-wage", "2015-16", [("6.50", 6), ("6.70", 6)]),
    ],
)
def test_a_change_inside_the_year_is_the_mean_of_its_months(name: str, when: str, parts: list[tuple[str, int]]) -> None:
    found = stands(name, when)
    assert [(str(share.value.value), share.months) for share in found.shares] == parts
    told = found.derivation
    assert (told.step, told.basis, len(told.parts)) == (Step.MEAN, Basis.DERIVED, 12)
    assert told.because
    assert [part.value for part in told.parts] == [Decimal(rate) for rate, months in parts for _ in range(months)]
    assert all(part.source is not None and part.basis is Basis.PUBLISHED for part in told.parts)
    assert {part.name for part in told.parts} == {f"{found.parameter.title}, {when}, {n} months" for _, n in parts}
    exact = sum(Fraction(rate) * months for rate, months in parts) / 12
    assert 0 <= Fraction(told.value) - exact < Fraction(1, 10**26)


def test_half_a_penny_under_a_blend_still_rounds_up() -> None:
    pay, rate = Decimal(30_300), stands("teachers-pension", "2015-16").value
    exact = Fraction(30_300) * (5 * Fraction("0.141") + 7 * Fraction("0.1648")) / 12
    assert exact == Fraction("4692.965")
    assert to_the_penny(pay * rate) == Decimal("4692.97")


@pytest.mark.parametrize("name", names())
def test_a_year_that_is_not_covered_is_not_known(name: str) -> None:
    ask = spine if parameter(name).unit is Unit.SPINE else for_year
    first = min(parameter(name).first_year, parameter("njc-2015").first_year if name == "njc" else year("2099-00"))
    last = parameter(name).complete_to
    for start in range(first.start - 3, last.start + 4):
        when = FinancialYear(start)
        found = ask(name, when)
        assert isinstance(found, NotKnown) is not (first <= when <= last)
        if isinstance(found, NotKnown):
            assert (found.parameter, found.year) == (name, when)
            assert name in found.message
            assert str(when) in found.message
            assert f"{first} to {last}" in found.message
            assert bool(found.hint) is (when > last)


def test_the_award_of_2026_is_not_there() -> None:
    found = spine("njc", year("2026-27"))
    assert isinstance(found, NotKnown)
    assert found.message == "njc is not known for 2026-27: it is known for 2015-16 to 2025-26"
    assert "pay_award" in found.hint


def test_a_spine_is_not_a_rate() -> None:
    with pytest.raises(TypeError):
        for_year("njc", year("2024-25"))
    with pytest.raises(TypeError):
        spine("ni-rate", year("2024-25"))


@pytest.mark.parametrize(
    ("when", "point", "pay"),
    [
        ("2015-16", 38, 32778),
        ("2017-18", 47, 41967),
        ("2018-19", 6, 16394),
        ("2018-19", 49, 44697),
        ("2019-20", 1, 17364),
        ("2019-20", 43, 45591),
        ("2020-21", 14, 23080),
        ("2020-21", 19, 25481),
        ("2021-22", 1, 18333),
        ("2021-22", 43, 47665),
        ("2022-23", 1, 20258),
        ("2023-24", 10, 25545),
        ("2024-25", 2, 23656),
        ("2024-25", 4, 24404),
        ("2024-25", 6, 25183),
        ("2025-26", 28, 39152),
        ("2025-26", 43, 54495),
    ],
)
def test_points_seen_in_print(when: str, point: int, pay: int) -> None:
    found = points("njc", when).at(point)
    assert isinstance(found, Derivation)
    assert found.value == pay
    assert found.unit == "£ a year, full time"


@pytest.mark.parametrize(
    ("when", "bottom", "hourly"),
    [
        ("2018-19", 6, "8.50"), ("2019-20", 1, "9.00"), ("2022-23", 1, "10.50"), ("2022-23", 2, "10.60"),
        ("2023-24", 2, "11.59"), ("2025-26", 2, "12.65"), ("2025-26", 3, "12.85"),
    ],
)  # fmt: skip
def test_the_hourly_rates_that_the_agreements_state(when: str, bottom: int, hourly: str) -> None:
    pay = points("njc", when).points[bottom]
    assert to_the_penny(pay / (Decimal(365) / 7) / 37) == Decimal(hourly)


@pytest.mark.parametrize(
    ("earlier", "later", "times", "plus", "lowest"),
    [
        ("2015-16", "2016-17", "1.01", 0, 18),
        ("2016-17", "2017-18", "1.01", 0, 18),
        ("2017-18", "2018-19", "1.02", 0, 20),
        ("2018-19", "2019-20", "1.02", 0, 29),
        ("2019-20", "2020-21", "1.0275", 0, 1),
        ("2020-21", "2021-22", "1.0175", 0, 2),
        ("2021-22", "2022-23", "1", 1925, 1),
        ("2022-23", "2023-24", "1", 1925, 2),
        ("2023-24", "2024-25", "1", 1290, 2),
        ("2024-25", "2025-26", "1.032", 0, 2),
    ],
)
def test_each_year_follows_from_the_award(earlier: str, later: str, times: str, plus: int, lowest: int) -> None:
    before, after = points("njc", earlier), points("njc", later)
    numbers = renumbering(before, after)
    for point, pay in before.points.items():
        if point >= lowest:
            expected = (pay * Decimal(times)).quantize(POUND, ROUND_HALF_UP) + plus
            assert after.points[numbers.get(point, point)] == expected, point


def test_the_steps_of_2_per_cent_of_2019() -> None:
    spine_2019 = points("njc", "2019-20").points
    bottom = Decimal(9) * 37 * Decimal(365) / 7
    for point in range(1, 23):
        assert spine_2019[point] == (bottom * Decimal("1.02") ** (point - 1)).quantize(POUND, ROUND_HALF_UP)


def test_the_increases_in_pounds_of_2018() -> None:
    before, after = points("njc", "2017-18").points, points("njc", "2018-19").points
    pounds = {6: 1380, 7: 1380, 8: 1380, 9: 1380, 10: 1250, 11: 1200, 12: 1050, 18: 800, 19: 700}
    for point in range(6, 20):
        assert after[point] - before[point] == pounds.get(point, 900)


def test_the_spine_has_the_points_of_its_year() -> None:
    assert list(points("njc", "2015-16").points) == list(range(5, 50))
    assert list(points("njc", "2018-19").points) == list(range(6, 50))
    assert list(points("njc", "2022-23").points) == list(range(1, 44))
    assert list(points("njc", "2023-24").points) == list(range(2, 44))
    assert points("njc", "2023-24").at(1) is None


def test_years_before_2019_have_the_old_numbers() -> None:
    old, new = points("njc", "2018-19"), points("njc", "2019-20")
    assert (old.parameter.name, new.parameter.name) == ("njc-2015", "njc")
    assert old == points("njc-2015", "2018-19")
    numbers = renumbering(old, new)
    assert numbers.keys() == old.points.keys()
    assert set(numbers.values()) == set(new.points) - {10, 13, 16, 18, 21}
    assert (numbers[6], numbers[17], numbers[28], numbers[29], numbers[49]) == (1, 6, 22, 23, 43)
    assert all(new.points[later] >= old.points[earlier] for earlier, later in numbers.items())
    assert renumbering(new, points("njc", "2024-25")) == {}
    assert renumbering(old, points("njc", "2015-16")) == {}


def test_what_is_only_remembered_is_assumed() -> None:
    for when, remembered in (("2015-16", 5), ("2016-17", 6), ("2017-18", 20), ("2018-19", 20)):
        spine_then = points("njc", when)
        for point in spine_then.points:
            at = spine_then.at(point)
            assert at is not None
            assumed = remembered <= point <= 28 or point == 43
            assert at.basis is (Basis.ASSUMED if assumed else Basis.DERIVED), (when, point)
            assert at.because
    for start in range(2019, 2026):
        spine_then = points("njc", str(FinancialYear(start)))
        assert spine_then.value.known_by(37)[0] is Basis.ASSUMED
    assert points("njc", "2024-25").value.known_by(30)[0] is Basis.DERIVED
    assert points("njc", "2025-26").value.known_by(30) == (Basis.PUBLISHED, None)
    assert points("njc", "2025-26").value.known_by(41)[0] is Basis.DERIVED
    assert stands("teachers-pension", "2025-26").derivation.basis is Basis.PUBLISHED
    assert stands("teachers-pension", "2026-27").derivation.basis is Basis.ASSUMED


def test_no_point_is_below_the_national_living_wage() -> None:
    for start in range(2016, 2026):
        when = str(FinancialYear(start))
        bottom = min(points("njc", when).points.values())
        assert bottom / (Decimal(365) / 7) / 37 > stands("national-living-wage", when).value


def test_looking_up_says_what_is_in_force_and_what_is_missing() -> None:
    shown = look_up(("ni-rate", "njc"), year("2026-27"))
    assert list(shown.in_force) == ["ni-rate"]
    assert [gap.parameter for gap in shown.missing] == ["njc"]
    assert look_up(("njc",), year("2018-19")).files == ("njc", "njc-2015")
    everything = look_up(names(), None)
    assert everything.files == names()
    assert (everything.year, everything.in_force, everything.missing) == (None, {}, ())
