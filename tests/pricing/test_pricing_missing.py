"""A rate, award or spine that is missing for a year ends a costing with 3, and names itself and the year.

Nothing is printed on standard output: a total on last year's rate would look right.
"""

from pathlib import Path
from typing import Any

import files_written
import pytest
from naive_pricing import Entry

from running import Restructure

POST: Entry = {"a": {"title": "A", "grade": "G", "fte": "1"}}
NJC: Entry = {"year": "2025-26", "spine": "njc", "grades": {"G": {"scp": "25-28"}}}
SALARY: Entry = {"year": "2024-25", "grades": {"G": {"salary": "£40,000"}}}


def later(*years: str) -> Any:
    return {"years": {year: {"pay_award": "2%"} for year in years}}


@pytest.mark.parametrize(
    "grades,options,parameter,year",
    [
        (NJC, ("--year", "2026-27"), "pay award", "2026-27"),
        (NJC, ("--years", "2"), "pay award", "2026-27"),
        ({**NJC, **later("2026-27", "2027-28")}, ("--year", "2027-28"), "National Insurance", "2027-28"),
        ({**NJC, **later("2026-27", "2027-28")}, ("--year", "2027-28"), "threshold", "2027-28"),
        ({**NJC, **later("2026-27", "2027-28")}, ("--year", "2027-28"), "apprenticeship levy", "2027-28"),
        (NJC, ("--year", "2024-25"), "pay", "2024-25"),
        ({**NJC, "spine": "soulbury"}, (), "soulbury", "2025-26"),
        ({**SALARY, **later("2026-27")}, ("--year", "2026-27"), "pay award", "2025-26"),
        ({**SALARY, **later("2025-26")}, ("--years", "3"), "pay award", "2026-27"),
        ({**SALARY, "year": "2012-13"}, (), "National Insurance", "2012-13"),
        ({"year": "2024-25", "spine": "njc", "grades": {"G": {}}}, ("--year", "2026-27"), "pay award", "2026-27"),
    ],
)
@pytest.mark.parametrize("verb", ["cost", "explain"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_missing_is_named_with_its_year(
    restructure: Restructure, tmp_path: Path, grades: Entry, options: tuple[str, ...], parameter: str, year: str,
    verb: str, form: str,
) -> None:  # fmt: skip
    structure = files_written.structure(tmp_path / "one.yaml", POST)
    priced_with = files_written.grades(tmp_path / "g.yaml", grades)
    ran = restructure(verb, structure, "-g", priced_with, "--format", form, *options)
    assert (ran.code, ran.out) == (3, "")
    named = [line for line in ran.err.splitlines() if parameter in line and year in line]
    assert named, ran.err


def test_a_post_with_a_point_bears_insurance_although_no_grade_has_a_range(
    restructure: Restructure, tmp_path: Path
) -> None:
    structure = files_written.structure(tmp_path / "one.yaml", {"a": {**POST["a"], "scp": "20"}})
    grades = files_written.grades(tmp_path / "g.yaml", {"year": "2024-25", "spine": "njc", "grades": {"G": {}}})
    ran = restructure("cost", structure, "-g", grades, "--format", "json")
    assert ran.code == 0
    assert '"national insurance"' in ran.out
    assert '"apprenticeship levy"' in ran.out


def test_a_published_cost_of_another_year_is_not_passed_off_as_this_years(
    restructure: Restructure, tmp_path: Path
) -> None:
    structure = files_written.structure(tmp_path / "one.yaml", POST)
    grades = files_written.grades(tmp_path / "g.yaml", {"year": "2024-25", "grades": {"G": {"cost": "£67,934"}}})
    assert "prices of" not in restructure("cost", structure, "-g", grades).out
    ran = restructure("cost", structure, "-g", grades, "--year", "2026-27")
    assert ran.code == 0
    assert "at prices of 2024-25" in ran.out
