"""Grades back to YAML: a full file, in the order of the format, that reads back as the same grades."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from restructure_cli.files.dump import money_text, quantity_in_money, span_text
from restructure_cli.files.writing import write_tree
from restructure_cli.model.grades import Agency, Grade, Grades, LaterYear, Point, Rate
from restructure_cli.model.quantities import Basis


def dump_grades(grades: Grades) -> str:
    """Write a grades file."""
    return write_tree(grades_tree(grades))


def grades_tree(grades: Grades) -> dict[str, Any]:
    """Return a grades file as keys, text, lists and mappings."""
    tree = {
        "restructure": "grades/1",
        "organisation": grades.organisation,
        "year": str(grades.year),
        "spine": grades.spine,
        "points": {str(point): money_text(pounds) for point, pounds in grades.points.items()},
        "hours_per_week": f"{grades.hours_per_week:f}" if grades.hours_per_week is not None else None,
        "point": grades.point.value if grades.point is not Point.MID else None,
        "pension": _rate(grades.pension),
        "on_costs": _rates(grades.on_costs),
        "vacancy_factor": _rate(grades.vacancy_factor),
        "agency": _agency(grades.agency),
        "note": grades.note,
        "grades": {id_: _grade(grade) for id_, grade in grades.grades.items()},
        "years": {year: _later(later) for year, later in grades.years.items()},
    }
    return _stated(tree)


def _stated(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value is not None and value not in ({}, ())}


def _grade(grade: Grade) -> dict[str, Any]:
    return _stated({
        "scp": span_text(grade.scp, lambda point: f"{point:f}") if grade.scp is not None else None,
        "salary": span_text(grade.salary, money_text) if grade.salary is not None else None,
        "cost": quantity_in_money(grade.cost) if grade.cost is not None else None,
        "prices": grade.prices,
        "basis": grade.basis.value if grade.basis is not Basis.PUBLISHED else None,
        "because": grade.because,
        "at": _one_or_many(grade.at),
        "note": grade.note,
    })  # fmt: skip


def _one_or_many(values: tuple[str, ...]) -> Any:
    return values[0] if len(values) == 1 else list(values) or None


def _rate(rate: Rate | None) -> Any:
    """Write a rate with its percent sign; as a mapping where there is more to say."""
    if rate is None:
        return None
    text = _percent(rate.value)
    if rate.basis is Basis.PUBLISHED and rate.because is None and not rate.at:
        return text
    basis = rate.basis.value if rate.basis is not Basis.PUBLISHED else None
    return _stated({"is": text, "basis": basis, "because": rate.because, "at": _one_or_many(rate.at)})


def _percent(share: Decimal) -> str:
    percent = (share * 100).normalize()
    return f"{percent:f}%"


def _rates(rates: Mapping[str, Rate]) -> dict[str, Any]:
    return {name: _rate(rate) for name, rate in rates.items()}


def _agency(agency: Agency | None) -> Any:
    if agency is None:
        return None
    rate = quantity_in_money(agency.rate) if agency.rate is not None else None
    return _stated({"rate": rate, "per": agency.per, "premium": _rate(agency.premium)})


def _later(later: LaterYear) -> dict[str, Any]:
    award = quantity_in_money(later.flat_award) if later.flat_award is not None else _rate(later.pay_award)
    threshold = later.secondary_threshold
    return _stated({
        "pay_award": award,
        "pension": _rate(later.pension),
        "on_costs": _rates(later.on_costs),
        "vacancy_factor": _rate(later.vacancy_factor),
        "national_insurance": _rate(later.national_insurance),
        "secondary_threshold": money_text(threshold.value) if threshold is not None else None,
        "apprenticeship_levy": _rate(later.apprenticeship_levy),
    })  # fmt: skip
