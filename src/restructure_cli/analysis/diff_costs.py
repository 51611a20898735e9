"""What the rows of a diff cost on both sides, and a row for each cost that is not one post's."""

from collections.abc import Mapping
from decimal import Decimal

from restructure_cli.analysis.matching import Pair
from restructure_cli.model.costs import CostRow, YearCost
from restructure_cli.model.quantities import ZERO, between, known
from restructure_cli.model.results import DiffRow, RowKind
from restructure_cli.model.structures import Post

Priced = tuple[YearCost, YearCost]
"""A year of the current structure and of the proposed one."""


def with_costs(rows: list[DiffRow], made: tuple[Pair, ...], priced: Priced) -> list[DiffRow]:
    """Give the rows of posts their costs; `made` has the pair of each."""
    before, after = (
        {row.id: row for row in (*side.rows, *side.outside) if row.kind is RowKind.POST} for side in priced
    )
    costed = []
    for row, pair in zip(rows, made, strict=True):
        old, new = pair.current, pair.proposed
        was = _headline(before[old.id]) if old and pair.counts_current else ZERO
        becomes = _headline(after[new.id]) if new and pair.counts_proposed else _until_the_start(after, old, new)
        stated = known(new.cost_change) if new and pair.counts_proposed else None
        costed.append(row._replace(cost=between(was, becomes, stated), covered=_covered(pair, before, after)))
    return costed


def _covered(pair: Pair, before: Mapping[str, CostRow], after: Mapping[str, CostRow]) -> tuple[str, ...]:
    """Name the sides on which the price of a post is in a cost line."""
    sides = (("current", pair.current, before), ("proposed", pair.proposed, after))
    return tuple(side for side, post, priced in sides if post is not None and priced[post.id].priced_by)


def _until_the_start(after: Mapping[str, CostRow], old: Post | None, new: Post | None) -> Decimal | None:
    """Return what a post that goes still costs on the proposed side, where the proposal begins inside the year."""
    if new is not None or old is None or old.id not in after or not old.in_totals:
        return ZERO
    return _headline(after[old.id])


def _headline(row: CostRow) -> Decimal | None:
    """Return what a line costs; one whose price is in a cost line adds nothing of its own."""
    if row.priced_by:
        return ZERO
    return row.price.headline if row.price is not None else None


def other_costs(priced: Priced) -> list[DiffRow]:
    """Return a row for each cost that is not one post's, on both sides."""
    before, after = ({row.id: row for row in side.rows if row.kind is RowKind.OTHER_COST} for side in priced)
    rows = []
    for id_ in sorted({*before, *after}):
        line, earlier = after.get(id_) or before[id_], before.get(id_)
        was = _headline(before[id_]) if id_ in before else ZERO
        becomes = _headline(after[id_]) if id_ in after else ZERO
        rows.append(
            DiffRow(
                id=id_,
                title=line.title,
                kind=RowKind.OTHER_COST,
                team=line.team,
                grade="",
                current_team=earlier.team if earlier else line.team,
                current=id_ if id_ in before else None,
                proposed=id_ if id_ in after else None,
                cost=between(was, becomes),
                at=line.at,
            )
        )
    return rows
