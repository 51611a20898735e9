"""Results as JSON, the stable interface: decimals as plain strings, null for unknown, inputs with their SHA-256."""

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from restructure_cli.model.derivations import Derivation, Source
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.national import InForce, Parameter, Shown, SpineInForce, Value
from restructure_cli.model.quantities import Sum, TwoSided
from restructure_cli.model.results import (
    Cost,
    CostRow,
    CostTotals,
    Cover,
    Diff,
    Difference,
    DiffRow,
    Missing,
    Pool,
    SideHead,
    StructureCost,
    Vacancies,
    VacancyRow,
    YearCost,
    in_order,
)
from restructure_cli.render.printable import escaped

Json = dict[str, Any]


class _Checked(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def sha256(self) -> Callable[[], Mapping[str, str]]: ...
    @property
    def passed_over(self) -> tuple[str, ...]: ...


def render_diff(result: Diff, inputs: Mapping[str, str]) -> str:
    """Write a diff as restructure.diff/1."""
    return _document("diff", inputs, _compared(result))


def render_cost(result: Cost, inputs: Mapping[str, str]) -> str:
    """Write costs as restructure.cost/1."""
    first = result.structures[0]
    body: Json = {
        "organisation": result.organisation,
        "service": result.service or None,
        "complete": all(year.totals.headline.complete for one in result.structures for year in one.years),
        "structures": [_structure_cost(one) for one in result.structures],
    }
    if result.change is not None:
        change = _compared(result.change)
        body["change"] = {
            **change["totals"]["cost"],
            "years": [{"year": each.year, **(_both_money(each.totals.cost) or {})} for each in result.changes],
        }
        body["totals"], body["posts"], body["missing"] = change["totals"], change["posts"], change["missing"]
    else:
        body["totals"] = _cost_totals(first.years[0].totals)
        body["posts"] = [_cost_row(row) for row in in_order(first.years[0].rows)]
        body["missing"] = _unpriced(first.years[0])
    body["agency_cover"] = [_cover(cover) for cover in result.covers]
    if result.undelayed:
        body["undelayed"] = [{"year": each.year, **(_both_money(each.totals.cost) or {})} for each in result.undelayed]
    return _document("cost", inputs, body)


def _cover(cover: Cover) -> Json:
    rows = [
        {
            "id": row.id,
            "title": row.title,
            "vacant": _decimal(row.vacant),
            "filling": _money(row.filling),
            "agency": _money(row.agency),
            "difference": _money(row.dearer),
        }
        for row in sorted(cover.rows, key=lambda row: row.id)
    ]
    return {
        "structure": cover.title,
        "year": cover.year,
        "vacant": _decimal(cover.vacant),
        "filling": _money(cover.filling),
        "agency": _money(cover.agency),
        "difference": _money(cover.dearer),
        "left_out": cover.left_out,
        "posts": rows,
    }


def render_vacancies(now: Vacancies, moves: Diff | None, inputs: Mapping[str, str]) -> str:
    """Write vacancies as restructure.vacancies/1; with a proposal, both sides and the pools."""
    body: Json = {"organisation": now.organisation, "service": now.service or None}
    if moves is not None:
        body.update(_compared(moves))
    else:
        body["complete"] = not now.missing
        body["missing"] = [_missing(gap) for gap in now.missing]
        sums = now.totals
        body["totals"] = {
            measure: {"current": _sum(figure), "proposed": None, "change": None}
            for measure, figure in (("fte", sums.fte), ("filled", sums.filled), ("vacant", sums.vacant))
        }
        body["posts"] = [_vacancy_row(row) for row in now.rows]
        body["outside"] = [_vacancy_row(row) for row in now.outside]
        body["pools"] = []
    body["now"] = {
        "structure": _head(now.head),
        "totals": {
            "fte": _sum(now.totals.fte),
            "filled": _sum(now.totals.filled),
            "agency": _sum(now.totals.agency),
            "vacant": _sum(now.totals.vacant),
            "rate": _decimal(now.totals.rate),
        },
        "posts": [_now_row(row) for row in now.rows],
    }
    return _document("vacancies", inputs, body)


def render_explanation(
    name: str,
    figures: Iterable[Derivation],
    notes: Iterable[str],
    place: Callable[[Source], str],
    inputs: Mapping[str, str],
) -> str:
    """Write how figures came about as restructure.explain/1: each with the parts it was made of."""
    body: Json = {"of": name, "figures": [_derived(figure, place) for figure in figures], "notes": list(notes)}
    return _document("explain", inputs, body)


def _derived(figure: Derivation, place: Callable[[Source], str]) -> Json:
    source = figure.source
    return {
        "name": figure.name,
        "value": _decimal(figure.value),
        "unit": figure.unit,
        "step": figure.step.value,
        "basis": figure.basis.value,
        "because": figure.because,
        "source": {"place": place(source), "at": list(source.at)} if source is not None else None,
        "parts": [_derived(part, place) for part in figure.parts],
    }


def render_national(shown: Shown, inputs: Mapping[str, str]) -> str:
    """Write national parameters as restructure.national/1; rates are fractions, and 13.8% is "0.138"."""
    body: Json = {
        "year": str(shown.year) if shown.year is not None else None,
        "complete": not shown.missing,
        "missing": [
            {"parameter": gap.parameter, "year": str(gap.year), "known": gap.known, "hint": gap.hint or None}
            for gap in shown.missing
        ],
        "parameters": [_parameter(one, shown) for one in shown.parameters],
    }
    return _document("national", inputs, body)


def render_check(result: _Checked) -> str:
    """Write findings as restructure.check/1."""
    body: Json = {
        "findings": [_finding(finding) for finding in result.findings],
        "claims": [],
        "passed_over": list(result.passed_over),
    }
    return _document("check", result.sha256(), body)


def _document(kind: str, inputs: Mapping[str, str], body: Json) -> str:
    files = [{"path": path, "sha256": sha256} for path, sha256 in sorted(inputs.items())]
    whole = {"format": f"restructure.{kind}/1", "inputs": files, **body}
    return escaped(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


def _decimal(figure: Decimal | None) -> str | None:
    """Write a figure exactly, without exponent or trailing noughts."""
    if figure is None:
        return None
    plain = f"{figure:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _money(figure: Decimal | None) -> str | None:
    """Write money to the penny."""
    return None if figure is None else f"{figure:.2f}" if figure else "0.00"


def _sum(figure: Sum) -> str | None:
    return _decimal(figure.value) if figure.complete or figure.value else None


def _both(figure: TwoSided) -> Json:
    return {
        "current": _decimal(figure.current),
        "proposed": _decimal(figure.proposed),
        "change": _decimal(figure.change),
    }


def _both_money(figure: TwoSided | None) -> Json | None:
    if figure is None:
        return None
    return {
        "current": _money(figure.current),
        "proposed": _money(figure.proposed),
        "change": _money(figure.change),
    }


def _compared(result: Diff) -> Json:
    totals = result.totals
    return {
        "organisation": result.organisation,
        "service": result.service or None,
        "current": _head(result.current),
        "proposed": _head(result.proposed),
        "year": result.year or None,
        "complete": result.complete,
        "missing": [_missing(gap) for gap in result.missing],
        "totals": {
            "fte": _both(totals.fte),
            "filled": _both(totals.filled),
            "shown": _both(totals.shown),
            "vacant": _both(totals.vacant),
            "displaced": {"fte": _sum(totals.displaced), "complete": totals.displaced.complete},
            "cost": _both_money(totals.cost),
        },
        "posts": [_diff_row(row) for row in result.rows],
        "outside": [_diff_row(row) for row in result.outside],
        "teams": [
            {"id": team.id, "title": team.title, "differences": _differences(team.differences)} for team in result.teams
        ],
        "pools": [_pool(pool) for pool in result.pools if pool.current],
        "suggestions": list(result.suggestions),
    }


def _head(head: SideHead) -> Json:
    return {
        "path": head.path,
        "title": head.title,
        "counts": head.counts.value,
        "as_at": head.as_at or None,
        "document": head.document or None,
    }


def _missing(gap: Missing) -> Json:
    return {"measure": gap.measure, "side": gap.side, "ids": list(gap.ids)}


def _diff_row(row: DiffRow) -> Json:
    return {
        "id": row.id,
        "title": row.title,
        "team": row.team,
        "grade": row.grade or None,
        "kind": row.kind.value,
        "changes": [change.value for change in row.changes],
        "differences": _differences(row.differences),
        "current": row.current or None,
        "proposed": row.proposed or None,
        "fte": _both(row.fte),
        "filled": _both(row.filled),
        "shown": _both(row.shown),
        "vacant": _both(row.vacant),
        "cost": _both_money(row.cost),
        "at": list(row.at),
    }


def _differences(differences: Iterable[Difference]) -> list[Json]:
    return [{"change": told.change.value, "old": told.old or None, "new": told.new or None} for told in differences]


def _pool(pool: Pool) -> Json:
    return {
        "titles": list(pool.titles),
        "current": list(pool.current),
        "proposed": list(pool.proposed),
        "links": [
            {
                "current": link.current,
                "proposed": link.proposed,
                "by": [way.value for way in link.by],
                "fte": _decimal(link.fte),
            }
            for link in pool.links
        ],
        "filled": _decimal(pool.filled),
        "fte": _decimal(pool.fte),
        "slack": _decimal(pool.slack),
        "displaced": _decimal(pool.displaced),
        "counted": pool.counted,
    }


def _vacancy_row(row: VacancyRow) -> Json:
    def now(figure: Decimal | None) -> Json:
        return {"current": _decimal(figure), "proposed": None, "change": None}

    return {
        **_row_head(row),
        "changes": [],
        "fte": now(row.fte),
        "filled": now(row.filled),
        "vacant": now(row.vacant),
        "at": list(row.at),
    }


def _now_row(row: VacancyRow) -> Json:
    return {
        **_row_head(row),
        "fte": _decimal(row.fte),
        "filled": _decimal(row.filled),
        "agency": _decimal(row.agency),
        "vacant": _decimal(row.vacant),
        "cover": _decimal(row.cover),
        "rate": _decimal(row.rate),
    }


def _row_head(row: VacancyRow | CostRow) -> Json:
    return {
        "id": row.id,
        "title": row.title,
        "team": row.team,
        "grade": row.grade or None,
        "kind": row.kind.value,
    }


def _structure_cost(one: StructureCost) -> Json:
    first = one.years[0]
    return {
        **_head(one.head),
        "point": one.point.value,
        "complete": all(year.totals.headline.complete for year in one.years),
        "missing": _unpriced(first),
        "years": [_year(year) for year in one.years],
        "totals": _cost_totals(first.totals),
        "posts": [_cost_row(row) for row in in_order(first.rows)],
        "outside": [_cost_row(row) for row in in_order(first.outside)],
        "notes": list(dict.fromkeys(note for year in one.years for note in year.notes)),
    }


def _year(year: YearCost) -> Json:
    totals = _cost_totals(year.totals)
    return {
        "year": year.year,
        **{key: totals[key] for key in ("bottom", "mid", "top", "headline")},
        "full_year": _money(year.full_year.value) if year.full_year.complete or year.full_year.value else None,
        "one_off": _money(year.one_off),
        "complete": year.totals.headline.complete,
        "components": {name: _money(figure) for name, figure in year.by_component.items()},
        "basis": {basis.value: _money(figure) for basis, figure in year.by_basis.items()},
        "posts": [_cost_row(row) for row in in_order(year.rows)],
    }


def _cost_totals(totals: CostTotals) -> Json:
    points = (
        ("bottom", totals.bottom),
        ("mid", totals.mid),
        ("top", totals.top),
        ("headline", totals.headline),
    )
    sums = {name: _money(figure.value) if figure.complete or figure.value else None for name, figure in points}
    return {"fte": _sum(totals.fte), **sums, "cost": sums["headline"]}


def _unpriced(one: YearCost) -> list[Json]:
    return [
        {"measure": "cost", "id": row.id, "because": row.why_not}
        for row in in_order(one.rows)
        if row.price is None and not row.priced_by
    ]


def _cost_row(row: CostRow) -> Json:
    price = row.price
    points = {
        "bottom": _money(price.bottom) if price else None,
        "mid": _money(price.mid) if price else None,
        "top": _money(price.top) if price else None,
        "headline": _money(price.headline) if price else None,
    }
    return {
        **_row_head(row),
        "fte": _decimal(row.fte),
        **points,
        "cost": points["headline"],
        "components": {name: _money(price.headline_of(name)) for name in price.components} if price else {},
        "why_not": row.why_not or None,
        "priced_by": row.priced_by or None,
        "full_year": _money(row.full_year.headline) if row.full_year else None,
        "recurrent": row.recurs,
        "at": list(row.at),
    }


def _parameter(one: Parameter, shown: Shown) -> Json:
    body: Json = {
        "name": one.name,
        "title": one.title,
        "unit": one.unit.value,
        "first_year": str(one.first_year),
        "last_year": str(one.complete_to),
        "note": one.note or None,
        "beyond": one.beyond or None,
        "values": [_national_value(value) for value in one.values],
    }
    if one.follows is not None:
        body["follows"] = {
            "parameter": one.follows.spine,
            "points": {str(old): new for old, new in one.follows.points.items()},
            "source": list(one.follows.source),
            "basis": one.follows.basis.value,
            "because": one.follows.because,
        }
    if shown.year is not None:
        answer = shown.in_force.get(one.name)
        body["in_force"] = None if answer is None else _in_force(answer)
    return body


def _national_value(value: Value) -> Json:
    body: Json = {"from": value.start.isoformat()}
    if value.value is not None:
        body["value"] = _decimal(value.value)
    else:
        body["points"] = {str(point): _decimal(pay) for point, pay in value.points.items()}
        body["except"] = [
            {"points": sorted(group.points), "basis": group.basis.value, "because": group.because}
            for group in value.exceptions
        ]
    body.update(title=value.title, source=list(value.source), basis=value.basis.value, because=value.because)
    return body


def _in_force(answer: InForce | SpineInForce) -> Json:
    """Write what a year has: of a spine the parameter that numbers its points; of a rate that changes, its parts."""
    if isinstance(answer, SpineInForce):
        return {"parameter": answer.parameter.name, **_national_value(answer.value)}
    return {
        "parameter": answer.parameter.name,
        "value": _decimal(answer.value),
        "basis": answer.derivation.basis.value,
        "because": answer.derivation.because,
        "parts": [{"months": share.months, **_national_value(share.value)} for share in answer.shares],
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.rule.severity.value,
        "message": finding.message,
        **_place(finding.place),
        "hint": finding.hint or None,
        "also": _places(finding.also),
    }


def _place(place: Place) -> Json:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "key": ".".join(place.pointer) or None,
    }


def _places(places: Iterable[Place]) -> list[Json]:
    return [_place(place) for place in places]
