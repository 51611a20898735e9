"""Costs as restructure.cost/1: each structure year by year, its lines, the change, agency cover."""

from collections.abc import Mapping

from restructure_cli.model.costs import Cost, CostRow, CostTotals, Cover, StructureCost, YearCost, in_order
from restructure_cli.render.json.diff import compared
from restructure_cli.render.json.document import Json, both_in_money, decimal, document, head, money, row_head, summed


def render_cost(result: Cost, inputs: Mapping[str, str]) -> str:
    """Write costs as restructure.cost/1."""
    return document("cost", inputs, priced(result))


def priced(result: Cost) -> Json:
    """Write every structure year by year, the inputs left aside."""
    first = result.structures[0]
    body: Json = {
        "organisation": result.organisation,
        "service": result.service or None,
        "of": "filled" if first.filled else "established",
        "complete": all(
            year.totals.headline.complete for structure_cost in result.structures for year in structure_cost.years
        ),
        "structures": [_structure_cost(structure_cost) for structure_cost in result.structures],
    }
    if result.change is not None:
        change = compared(result.change)
        body["change"] = {
            **change["totals"]["cost"],
            "years": [{"year": each.year, **(both_in_money(each.totals.cost) or {})} for each in result.changes],
        }
        body["totals"], body["posts"], body["missing"] = change["totals"], change["posts"], change["missing"]
    else:
        body["totals"] = _cost_totals(first.years[0].totals)
        body["posts"] = [_cost_row(row) for row in in_order(first.years[0].rows)]
        body["missing"] = _unpriced(first.years[0])
    body["agency_cover"] = [_cover(cover) for cover in result.covers]
    if result.undelayed:
        body["undelayed"] = [
            {"year": each.year, **(both_in_money(each.totals.cost) or {})} for each in result.undelayed
        ]
    return body


def _cover(cover: Cover) -> Json:
    rows = [
        {
            "id": row.id,
            "title": row.title,
            "vacant": decimal(row.vacant),
            "filling": money(row.filling),
            "agency": money(row.agency),
            "difference": money(row.dearer),
        }
        for row in sorted(cover.rows, key=lambda row: row.id)
    ]
    return {
        "structure": cover.title,
        "year": cover.year,
        "vacant": decimal(cover.vacant),
        "filling": money(cover.filling),
        "agency": money(cover.agency),
        "difference": money(cover.dearer),
        "left_out": cover.left_out,
        "posts": rows,
    }


def _structure_cost(structure_cost: StructureCost) -> Json:
    first, years = structure_cost.years[0], [_year(year) for year in structure_cost.years]
    return {
        **head(structure_cost.head),
        "point": structure_cost.point.value,
        "complete": all(year.totals.headline.complete for year in structure_cost.years),
        "missing": _unpriced(first),
        "years": years,
        "totals": _cost_totals(first.totals),
        "posts": years[0]["posts"],
        "outside": [_cost_row(row) for row in in_order(first.outside)],
        "notes": list(dict.fromkeys(note for year in structure_cost.years for note in year.notes)),
    }


def _year(year: YearCost) -> Json:
    totals = _cost_totals(year.totals)
    return {
        "year": year.year,
        **{key: totals[key] for key in ("bottom", "mid", "top", "headline")},
        "full_year": money(year.full_year.value) if year.full_year.complete or year.full_year.value else None,
        "one_off": money(year.one_off),
        "complete": year.totals.headline.complete,
        "components": {name: money(figure) for name, figure in year.by_component.items()},
        "basis": {basis.value: money(figure) for basis, figure in year.by_basis.items()},
        "posts": [_cost_row(row) for row in in_order(year.rows)],
    }


def _cost_totals(totals: CostTotals) -> Json:
    points = (
        ("bottom", totals.bottom),
        ("mid", totals.mid),
        ("top", totals.top),
        ("headline", totals.headline),
    )
    sums = {name: money(figure.value) if figure.complete or figure.value else None for name, figure in points}
    return {"fte": summed(totals.fte), **sums, "cost": sums["headline"]}


def _unpriced(year: YearCost) -> list[Json]:
    return [
        {"measure": "cost", "id": row.id, "because": row.why_not}
        for row in in_order(year.rows)
        if row.price is None and not row.priced_by
    ]


def _cost_row(row: CostRow) -> Json:
    price = row.price
    points = {
        "bottom": money(price.bottom) if price else None,
        "mid": money(price.mid) if price else None,
        "top": money(price.top) if price else None,
        "headline": money(price.headline) if price else None,
    }
    return {
        **row_head(row),
        "fte": decimal(row.fte),
        **points,
        "cost": points["headline"],
        "components": {name: money(price.headline_of(name)) for name in price.components} if price else {},
        "why_not": row.why_not or None,
        "priced_by": row.priced_by or None,
        "full_year": money(row.full_year.headline) if row.full_year else None,
        "recurrent": row.recurs,
        "at": list(row.at),
    }
