"""Grades files to the model."""

from collections.abc import Mapping
from typing import Any

from restructure_cli.files import rules
from restructure_cli.files.faults import contradiction
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.grades import Agency, Grade, Grades, LaterYear, Point, Rate
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis, Quantity

Stated = Mapping[str, Any]


def to_model(path: str, stated: Stated) -> tuple[Grades | None, list[Finding]]:
    """Freeze a grades file; without a year there is nothing to price with."""
    faults = [
        Finding(
            rules.MISSING_KEY,
            f'"{key}" is empty' if key in stated else f'the header has no "{key}"',
            Place(path, (key,), on_key=True) if key in stated else Place(path),
            hint=f"add a line `{key}: {example}`" if key not in stated else f"write `{key}: {example}`",
        )
        for key, example in (("organisation", "…"), ("year", "2026-27"))
        if not stated.get(key)
    ]
    entries: dict[str, Stated] = {id_: entry or {} for id_, entry in (stated.get("grades") or {}).items()}
    for id_, entry in entries.items():
        faults.extend(_grade_faults(path, id_, entry))
    if not stated.get("year"):
        return None, faults
    return Grades(
        path=path,
        organisation=stated.get("organisation") or "",
        year=stated["year"],
        spine=stated.get("spine"),
        points={point: price.value for point, price in (stated.get("points") or {}).items() if price.value is not None},
        hours_per_week=stated.get("hours_per_week"),
        point=stated.get("point") or Point.MID,
        pension=_rate(stated.get("pension")),
        on_costs=_rates(stated.get("on_costs")),
        vacancy_factor=_rate(stated.get("vacancy_factor")),
        agency=_agency(stated.get("agency")),
        grades={id_: _grade(id_, entry) for id_, entry in entries.items()},
        years={year: _later(year, entry or {}) for year, entry in (stated.get("years") or {}).items()},
        note=stated.get("note"),
    ), faults


def _grade_faults(path: str, id_: str, entry: Stated) -> list[Finding]:
    place = Place(path, ("grades", id_), on_key=True)
    faults = []
    priced = [key for key in ("scp", "salary", "cost") if entry.get(key) is not None]
    if len(priced) > 1:
        message = f"grade {id_} is priced by both {priced[0]} and {priced[1]}"
        faults.append(contradiction(place, priced[0], priced[1], message))
    if entry.get("basis") is Basis.ASSUMED and not entry.get("because"):
        message = f"grade {id_} is assumed without saying why"
        faults.append(Finding(rules.MISSING_KEY, message, place, hint="add `because: …`"))
    return faults


def _grade(id_: str, entry: Stated) -> Grade:
    cost: Quantity | None = entry.get("cost")
    return Grade(
        id=id_,
        scp=entry.get("scp"),
        salary=entry.get("salary"),
        cost=cost if cost is not None and cost.value is not None else None,
        prices=str(entry["prices"]) if entry.get("prices") else None,
        basis=entry.get("basis") or (cost.basis if cost is not None else None) or Basis.PUBLISHED,
        because=entry.get("because"),
        at=entry.get("at") or (),
        note=entry.get("note"),
    )


def _rate(figure: Quantity | None) -> Rate | None:
    if figure is None or figure.value is None:
        return None
    return Rate(figure.value, figure.basis or Basis.PUBLISHED, figure.because, figure.at)


def _rates(figures: Mapping[str, Quantity] | None) -> dict[str, Rate]:
    rates = {name: _rate(figure) for name, figure in (figures or {}).items()}
    return {name: rate for name, rate in rates.items() if rate is not None}


def _agency(stated: Stated | None) -> Agency | None:
    if not stated:
        return None
    return Agency(stated.get("rate"), stated.get("per"), _rate(stated.get("premium")))


def _later(year: str, stated: Stated) -> LaterYear:
    kind, award = stated.get("pay_award") or ("rate", None)
    return LaterYear(
        year=FinancialYear(int(year[:4])),
        pay_award=_rate(award) if kind == "rate" else None,
        flat_award=award if kind == "sum" else None,
        pension=_rate(stated.get("pension")),
        on_costs=_rates(stated.get("on_costs")),
        vacancy_factor=_rate(stated.get("vacancy_factor")),
        national_insurance=_rate(stated.get("national_insurance")),
        secondary_threshold=_rate(stated.get("secondary_threshold")),
        apprenticeship_levy=_rate(stated.get("apprenticeship_levy")),
    )
