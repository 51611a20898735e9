"""What each fund pays on both sides, and by how much that changes.

A fund's share of a line is the same as where one structure is gathered by fund. The change of a line whose cost is
known on one side only is unknown. Where a report publishes such a change by itself, nobody says which fund bears it: it
has a line of its own, so that the column adds up to its total.
"""

from collections.abc import Callable, Collection
from decimal import Decimal

from restructure_cli.analysis.cost_grouping import CostGroup, gather_costs
from restructure_cli.analysis.grouping import Group
from restructure_cli.model.costs import Cost, CostRow, StructureCost
from restructure_cli.model.quantities import NOTHING, ZERO, TwoSided
from restructure_cli.model.results import DiffRow, RowKind

NOT_SHARED = "change not published by fund"
_CHANGE = frozenset({("cost", "change")})
_Line = tuple[RowKind, str]
_Funds = dict[str, CostGroup]


def by_fund(result: Cost) -> tuple[Group, ...]:
    """Return the change of the first year by fund; the changes of the groups make the change of the whole."""
    if result.change is None:
        return ()
    compared = [row for row in result.change.rows if _is_compared(row)]
    whole_sides = [_funds(priced, lambda row: True) for priced in result.structures]
    known_sides = [
        _funds(priced, _among({_line(row, side) for row in compared}))
        for priced, side in zip(result.structures, ("current", "proposed"), strict=True)
    ]
    named = {fund for priced in result.structures for row in priced.years[0].rows for fund in row.funding}
    labels = sorted({*whole_sides[0], *whole_sides[1]}, key=lambda label: (label not in named, label))
    found = [_group(label, whole_sides, known_sides) for label in labels]
    told = sum((group.figures["cost"].change or ZERO for group in found), ZERO)
    whole = result.change.totals.cost or NOTHING
    if whole.change is not None and whole.change != told:
        found.append(Group(NOT_SHARED, {"cost": TwoSided(ZERO, ZERO, whole.change - told)}, frozenset()))
    return tuple(found)


def _is_compared(row: DiffRow) -> bool:
    """Whether the change of a line is what its two costs make."""
    cost = row.cost
    if cost is None or cost.current is None or cost.proposed is None:
        return False
    return cost.change == cost.proposed - cost.current


def _line(row: DiffRow, side: str) -> _Line:
    id_ = row.id if row.kind is RowKind.NOT_ITEMISED else getattr(row, side) or ""
    return row.kind, id_


def _among(lines: Collection[_Line]) -> Callable[[CostRow], bool]:
    return lambda row: (row.kind, row.id) in lines


def _funds(priced: StructureCost, wanted: Callable[[CostRow], bool]) -> _Funds:
    """Gather lines of one side by fund, before the vacancy factor, as changes are."""
    year = priced.years[0]
    rows = tuple(row for row in year.rows if row.kind is not RowKind.VACANCY_FACTOR and wanted(row))
    return {group.label: group for group in gather_costs(year._replace(rows=rows), priced.team_paths, "fund")}


def _group(label: str, whole: list[_Funds], known: list[_Funds]) -> Group:
    partial = any(side[label].unpriced for side in whole if label in side)
    before, after = (side[label].headline if label in side else ZERO for side in known)
    change: Decimal | None = after - before
    if partial and all(label not in side or side[label].elsewhere for side in known):
        change = None
    current, proposed = (_headline(side.get(label)) for side in whole)
    return Group(label, {"cost": TwoSided(current, proposed, change)}, _CHANGE if partial else frozenset())


def _headline(group: CostGroup | None) -> Decimal | None:
    """Return the known part of what a fund pays; None where nothing of it is known."""
    if group is None:
        return ZERO
    return None if group.unpriced and not group.headline else group.headline
