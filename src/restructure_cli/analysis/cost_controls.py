"""Priced lines under published totals: what a total holds beyond its lines, and how its lines compare with it."""

from collections.abc import Mapping
from decimal import Decimal

from restructure_cli.analysis import tree
from restructure_cli.analysis.pricing import POINTS, PUBLISHED, YEAR
from restructure_cli.model.costs import CostRow, Price
from restructure_cli.model.derivations import Derivation, Source, Step
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import EMPTY, ZERO, Sum, known, to_the_penny
from restructure_cli.model.results import Published, RowKind
from restructure_cli.model.structures import Structure

_Rests = Mapping[Point, Mapping[tree.Node, Decimal]]
"""£ beyond the lines, by point and team."""


def not_itemised(structure: Structure, rows: list[CostRow], point: Point) -> list[CostRow]:
    """Return what published totals hold beyond the lines: FTE, and £ where the cost is published."""
    if all(tree.control_of(structure, node) is None for node in (None, *structure.teams)):
        return []
    fte_direct: dict[tree.Node, Sum] = {}
    for row in rows:
        if row.kind is RowKind.POST:
            fte_direct[row.team] = fte_direct.get(row.team, EMPTY).plus(row.fte)
    in_fte = tree.roll_up(structure, fte_direct, lambda control: control.fte).not_itemised
    in_cost = {at: _rest(structure, rows, in_fte, at) for at in POINTS}
    nodes = sorted({*in_fte, *in_cost[point]}, key=lambda node: node or "")
    made = (_row(structure, node, in_fte.get(node, ZERO), in_cost, point) for node in nodes)
    return [row for row in made if row is not None]


def published(structure: Structure, rows: list[CostRow], point: Point) -> tuple[Published, ...]:
    """Set published costs beside what their lines come to at the headline point."""
    if not any(_has_cost(structure, node) for node in (None, *structure.teams)):
        return ()
    direct: dict[tree.Node, Sum] = {}
    for row in rows:
        if not row.priced_by and row.kind in (RowKind.POST, RowKind.OTHER_COST):
            direct[row.team] = direct.get(row.team, EMPTY).plus(row.price.at(point) if row.price else None)
    parts = tree.roll_up(structure, direct, lambda control: control.cost).parts
    return tree.published(structure, parts, lambda control: control.cost, "cost")


def _has_cost(structure: Structure, node: tree.Node) -> bool:
    control = tree.control_of(structure, node)
    return control is not None and control.cost is not None


def _rest(
    structure: Structure, rows: list[CostRow], in_fte: Mapping[tree.Node, Decimal], point: Point
) -> Mapping[tree.Node, Decimal]:
    direct: dict[tree.Node, Sum] = {node: Sum(ZERO, complete=False) for node, fte in in_fte.items() if fte}
    for row in rows:
        if not row.priced_by:
            direct[row.team] = direct.get(row.team, EMPTY).plus(row.price.at(point) if row.price else None)
    return tree.roll_up(structure, direct, lambda control: control.cost).not_itemised


def _row(structure: Structure, node: tree.Node, fte: Decimal, in_cost: _Rests, point: Point) -> CostRow | None:
    controlled = node in in_cost[point]
    if not fte and not controlled:
        return None
    price = _price(structure, node, in_cost, point) if controlled else None
    return CostRow(
        id=f"not-itemised:{node or 'structure'}",
        title="not itemised",
        kind=RowKind.NOT_ITEMISED,
        team=node,
        grade="",
        fte=fte,
        price=price,
        why_not="" if controlled else "FTE that nobody itemised",
        full_year=price,
    )


def _price(structure: Structure, node: tree.Node, rests: _Rests, point: Point) -> Price:
    """Return the published total less what its lines come to, at each point."""
    control = tree.control_of(structure, node)
    pointer = ("control", "cost") if node is None else ("teams", node, "control", "cost")
    path = structure.path if node is None else structure.teams[node].path
    stated = known(control.cost) if control is not None else None
    assert control is not None
    assert stated is not None
    whole = Derivation("published total", stated, YEAR, source=Source(path, pointer, control.at))
    figures = {}
    for at in POINTS:
        left = to_the_penny(rests[at].get(node, ZERO))
        parts = Derivation("the lines and published totals under it", stated - left, YEAR)
        figures[at] = Derivation("published total less its parts", left, YEAR, Step.DIFFERENCE, (whole, parts))
    bottom, mid, top = (figures[at].value for at in POINTS)
    return Price(bottom, mid, top, figures[point].value, {PUBLISHED: figures}, computed=False, point=point)
