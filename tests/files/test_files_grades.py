"""A grades file says what grades cost and with which rates; what it does not say stays unknown."""

from decimal import Decimal
from pathlib import Path

import pytest

from restructure_cli.files.reader import Reader
from restructure_cli.model.findings import Finding
from restructure_cli.model.grades import Grade, Grades, Point, Rate, Span
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis, Quantity

HEADER = "restructure: grades/1\norganisation: Ashdale Council\nyear: 2025-26\n"


def read(folder: Path, text: str) -> tuple[Grades | None, list[Finding]]:
    path = folder / "grades.yaml"
    path.write_text(text, "utf-8")
    reader = Reader()
    grades = reader.grades(path)
    return grades, reader.located(reader.findings)


def valid(folder: Path, text: str) -> Grades:
    grades, faults = read(folder, HEADER + text)
    assert faults == []
    assert grades is not None
    return grades


def test_the_least_that_a_grades_file_can_say(tmp_path: Path) -> None:
    grades = valid(tmp_path, "")
    assert (grades.organisation, grades.year, grades.point) == ("Ashdale Council", FinancialYear(2025), Point.MID)
    assert (grades.grades, grades.points, grades.on_costs, grades.years) == ({}, {}, {}, {})
    assert (grades.pension, grades.vacancy_factor, grades.hours_per_week, grades.spine) == (None, None, None, None)


def test_each_way_to_price_a_grade(tmp_path: Path) -> None:
    grades = valid(
        tmp_path,
        """\
grades:
  H: {scp: 25-28}
  J: {scp: 31, basis: assumed, because: the scale is not published}
  HAY-B: {salary: "£61,000-£68,000", at: "10.3"}
  SM1: {cost: "£67,934", basis: published, at: ["10.3", "10.4"], prices: 2024-25}
  SM2: {cost: {is: £70k, basis: derived, because: as the table has it}}
  L: {}
  M:
  N: {note: named once}
""",
    ).grades
    assert list(grades) == ["H", "J", "HAY-B", "SM1", "SM2", "L", "M", "N"]
    assert grades["H"] == Grade("H", scp=Span(Decimal(25), Decimal(28)))
    assert (grades["J"].scp, grades["J"].basis) == (Span(Decimal(31), Decimal(31)), Basis.ASSUMED)
    assert grades["HAY-B"] == Grade("HAY-B", salary=Span(Decimal(61000), Decimal(68000)), at=("10.3",))
    assert grades["SM1"].cost == Quantity(Decimal(67934), half_digit=Decimal("0.5"))
    assert (grades["SM1"].prices, grades["SM1"].at) == ("2024-25", ("10.3", "10.4"))
    assert grades["SM2"].basis is Basis.DERIVED
    assert [grade.priced for grade in grades.values()] == [True, True, True, True, True, False, False, False]
    assert grades["L"] == Grade("L")
    assert grades["M"] == Grade("M")


@pytest.mark.parametrize("name", ["NO", "12", "1e3", "08", "true", "2024-05-01", "~", "Grade 5", "SO1/2"])
def test_a_grade_is_called_what_it_is_called(tmp_path: Path, name: str) -> None:
    assert list(valid(tmp_path, f"grades:\n  {name}: {{scp: 5}}\n").grades) == [name]


def test_rates_are_fractions_with_their_basis(tmp_path: Path) -> None:
    grades = valid(
        tmp_path,
        """\
pension: {is: 19.8%, basis: assumed, because: the fund's rate, at: "4"}
vacancy_factor: 4%
on_costs: {ni: 15%, levy: 0.5%, unknown: }
hours_per_week: 36:15
point: top
spine: own
points: {1: "£24,413", 2: £24.7k, 3: }
""",
    )
    assert grades.pension == Rate(Decimal("0.198"), Basis.ASSUMED, "the fund's rate", ("4",))
    assert grades.vacancy_factor == Rate(Decimal("0.04"))
    assert {name: rate.value for name, rate in grades.on_costs.items()} == {
        "ni": Decimal("0.15"),
        "levy": Decimal("0.005"),
    }
    assert (grades.hours_per_week, grades.point, grades.spine) == (Decimal("36.25"), Point.TOP, "own")
    assert grades.points == {1: Decimal(24413), 2: Decimal(24700)}


def test_one_flat_rate_stands_for_all_on_costs(tmp_path: Path) -> None:
    assert valid(tmp_path, "on_costs: 30%\n").on_costs == {"on-costs": Rate(Decimal("0.3"))}


def test_later_years_state_a_rate_or_a_flat_sum(tmp_path: Path) -> None:
    years = valid(
        tmp_path,
        """\
years:
  2026-27: {pay_award: 3.2%, pension: 17%, vacancy_factor: 3%, on_costs: {ni: 16%}}
  2027-28: {pay_award: "£1,290"}
  2028-29: {pay_award: {is: 2%, basis: assumed, because: planning}}
""",
    ).years
    assert list(years) == ["2026-27", "2027-28", "2028-29"]
    assert years["2026-27"].year == FinancialYear(2026)
    assert years["2026-27"].pay_award == Rate(Decimal("0.032"))
    assert (years["2026-27"].pension, years["2026-27"].vacancy_factor) == (Rate(Decimal("0.17")), Rate(Decimal("0.03")))
    assert years["2026-27"].flat_award is None
    assert years["2027-28"].flat_award == Quantity(Decimal(1290), half_digit=Decimal("0.5"))
    assert years["2027-28"].pay_award is None
    assert years["2028-29"].pay_award == Rate(Decimal("0.02"), Basis.ASSUMED, "planning")


def test_what_agency_cover_costs(tmp_path: Path) -> None:
    agency = valid(tmp_path, "agency: {rate: £45, per: hour}\n").agency
    assert agency is not None
    assert agency.rate == Quantity(Decimal(45), half_digit=Decimal("0.5"))
    assert (agency.per, agency.premium) == ("hour", None)
    agency = valid(tmp_path, "agency: {premium: 30%}\n").agency
    assert agency is not None
    assert agency.premium == Rate(Decimal("0.3"))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (HEADER + "grades:\n  H: {scp: 28-25}\n", "SCH103", 5, 12),
        (HEADER + "grades:\n  H: {scp: 25 to 28}\n", "SCH103", 5, 12),
        (HEADER + "grades:\n  H: {salary: about £30k}\n", "SCH103", 5, 15),
        (HEADER + "grades:\n  H: {salary: £61,000-£68,000}\n", "SCH102", 5, 19),
        (HEADER + 'grades:\n  H: {cost: "-£5"}\n', "SCH103", 5, 13),
        (HEADER + "grades:\n  H: {scp: 25, filled: 2}\n", "SCH102", 5, 16),
        (HEADER + 'grades:\n  H: {scp: 25, salary: "£5"}\n', "SCH105", 5, 16),
        (HEADER + "grades:\n  H: {scp: 25, basis: assumed}\n", "SCH104", 5, 3),
        (HEADER + "grades:\n  H: {scp: 25, basis: guessed}\n", "SCH103", 5, 23),
        (HEADER + "grades: [H]\n", "SCH103", 4, 9),
        (HEADER + "points: {x: £5}\n", "SCH103", 4, 10),
        (HEADER + "points: {1: -£5}\n", "SCH103", 4, 13),
        (HEADER + "point: middle\n", "SCH103", 4, 8),
        (HEADER + "pension: 19.8\n", "SCH103", 4, 10),
        (HEADER + "pensions: 19.8%\n", "SCH102", 4, 1),
        (HEADER + "pension: -19.8%\n", "SCH103", 4, 10),
        (HEADER + "vacancy_factor: -4%\n", "SCH103", 4, 17),
        (HEADER + "vacancy_factor: 100%\n", "SCH103", 4, 17),
        (HEADER + "on_costs: {levy: -1%}\n", "SCH103", 4, 18),
        (HEADER + "on_costs: {national insurance: 11%, National-Insurance: 11%}\n", "SCH103", 4, 11),
        (HEADER + "points: {5: £1, 05: £2}\n", "SCH103", 4, 9),
        (HEADER + "hours_per_week: 0\n", "SCH103", 4, 17),
        (HEADER + "hours_per_week: 170\n", "SCH103", 4, 17),
        (HEADER + "years: {2027: {pay_award: 2%}}\n", "SCH103", 4, 9),
        (HEADER + "years: {2026-27: {pay_award: lots}}\n", "SCH103", 4, 30),
        (HEADER + "years: {2026-27: {pay_awards: 2%}}\n", "SCH102", 4, 19),
        (HEADER + "agency: {rate: £45, per: week}\n", "SCH103", 4, 26),
        (HEADER.replace("2025-26", "2025"), "SCH103", 3, 7),
        (HEADER.replace("year: 2025-26\n", ""), "SCH104", 1, 1),
        (HEADER.replace("organisation: Ashdale Council\n", ""), "SCH104", 1, 1),
        (HEADER.replace("2025-26", ""), "SCH104", 3, 1),
        (HEADER.replace("grades/1", "structure/1"), "SCH101", 1, 14),
    ],
)
def test_what_a_grades_file_cannot_say(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    _, faults = read(tmp_path, text)
    found = [(fault.rule.code, fault.place.line, fault.place.column) for fault in faults]
    assert (code, line, column) in found
    assert all(fault.hint for fault in faults)


def test_without_a_year_there_is_nothing_to_price_with(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER.replace("year: 2025-26\n", ""))[0] is None
