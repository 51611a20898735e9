"""Rows of a diff that are no post: what published totals hold beyond their parts, and what posts share in a pool."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from restructure_cli.analysis import tree
from restructure_cli.analysis.completions import COST, FILLED, FTE, READS, Completion, Measure, complete
from restructure_cli.model.quantities import EMPTY, NOTHING, ZERO, Sum, TwoSided, between, total
from restructure_cli.model.results import DiffRow, Pool, RowKind
from restructure_cli.model.structures import Counts, Structure

Governed = Mapping[str, Mapping[str, Collection[str | None]]]
"""By measure and side: the teams under a published total, whose unknown figures are in it."""


def not_itemised(
    rows: list[DiffRow], current: Structure, proposed: Structure, in_money: bool
) -> tuple[list[DiffRow], dict[str, Completion], Governed]:
    """Return a row for what each published total holds beyond its parts."""
    fte = complete(current, proposed, rows, FTE, {})
    filled = complete(current, proposed, rows, FILLED, fte.rest)
    completions = {"fte": fte, "filled": filled, "shown": _shown(current, proposed, rows, fte, filled)}
    if in_money:
        completions["cost"] = complete(current, proposed, rows, COST, fte.rest)
    vacant = _vacant(current, proposed, rows, filled)
    nodes = {node for completion in completions.values() for node in completion.rest}
    nodes |= {node for side in vacant for node, rest in side.items() if rest}
    made = [
        _rest(node, completions, vacant, (current, proposed)) for node in sorted(nodes, key=lambda node: node or "")
    ]
    governed: dict[str, Mapping[str, Collection[str | None]]] = {
        name: completion.governed for name, completion in completions.items()
    }
    governed["vacant"] = {
        "current": tree.under(current, vacant[0].keys()),
        "proposed": tree.under(proposed, vacant[1].keys()),
    }
    told = [row for row in made if any((read(row) or NOTHING) != NOTHING for read in READS.values())]
    return told, completions, governed


def _shown(
    current: Structure, proposed: Structure, rows: list[DiffRow], fte: Completion, filled: Completion
) -> Completion:
    """Add up what each side shows, FTE or filled FTE; the two sides may show different ones."""
    before, after = (side.counts is Counts.FILLED for side in (current, proposed))
    if before is after:
        return filled if before else fte
    measure = Measure("shown", READS["shown"], (FILLED if before else FTE).before, (FILLED if after else FTE).after)
    unknown = {
        node: TwoSided(rest.current if before else ZERO, rest.proposed if after else ZERO, None)
        for node, rest in fte.rest.items()
    }
    return complete(current, proposed, rows, measure, unknown)


def _vacant(
    current: Structure, proposed: Structure, rows: list[DiffRow], filled: Completion
) -> tuple[Mapping[str | None, Decimal], ...]:
    """Return what the vacancies of each side hold beyond the posts, where published totals say so."""
    before: dict[str, dict[str | None, Sum]] = {"fte": {}, "vacant": {}}
    after: dict[str, dict[str | None, Sum]] = {"fte": {}, "vacant": {}}
    for row in rows:
        for measure in ("fte", "vacant"):
            figures = READS[measure](row)
            if row.current is not None:
                sums = before[measure]
                sums[row.current_team] = sums.get(row.current_team, EMPTY).plus(figures.current)
            if row.proposed is not None:
                sums = after[measure]
                sums[row.team] = sums.get(row.team, EMPTY).plus(figures.proposed)
    return tuple(
        tree.less(side, added["fte"], FTE.before, in_post, added["vacant"])[1]
        for side, added, in_post in ((current, before, filled.sides[0]), (proposed, after, filled.sides[1]))
    )


def _rest(
    node: str | None,
    completions: Mapping[str, Completion],
    vacant: tuple[Mapping[str | None, Decimal], ...],
    sides_: tuple[Structure, Structure],
) -> DiffRow:
    in_fte = completions["fte"].rest.get(node, NOTHING)
    unknown = _unknown_where(in_fte)
    by_filled = (unknown if side.counts is Counts.FILLED else NOTHING for side in sides_)
    current, proposed = by_filled
    shown = completions["shown"].rest.get(node, between(current.current, proposed.proposed))
    return DiffRow(
        id=f"not-itemised:{node or 'structure'}",
        title="not itemised",
        kind=RowKind.NOT_ITEMISED,
        team=node,
        grade="",
        current_team=node,
        current=node or "",
        proposed=node or "",
        fte=_settled_change(in_fte),
        filled=_settled_change(completions["filled"].rest.get(node, unknown)),
        shown=_settled_change(shown),
        vacant=between(*(_vacant_rest(node, completions, vacant[side], side) for side in (0, 1))),
        cost=completions["cost"].rest.get(node, unknown) if "cost" in completions else None,
    )


def _vacant_rest(
    node: str | None, completions: Mapping[str, Completion], rest: Mapping[str | None, Decimal], side: int
) -> Decimal | None:
    """Return the vacancies beyond the posts; with FTE or people that nobody itemised they are not known to be nil."""
    itemised = not any(node in completions[name].sides[side].not_itemised for name in ("fte", "filled"))
    return rest.get(node, ZERO if itemised else None)


def _settled_change(rest: TwoSided) -> TwoSided:
    """Leave the change unknown where the rests differ and none is counted: rows unknown on one side may explain it."""
    if rest.change == ZERO and rest.current != rest.proposed:
        return replace(rest, change=None)
    return rest


def _unknown_where(fte: TwoSided) -> TwoSided:
    """Return another measure of FTE that nobody itemised: nil where there are no such FTE, else unknown."""
    current, proposed = (None if figure else ZERO for figure in (fte.current, fte.proposed))
    return between(current, proposed)


def in_pools(pool: Pool, vacant: Decimal | None, proposed: Structure, rows: Mapping[str | None, DiffRow]) -> DiffRow:
    """Return the row of the vacancies that several posts of a pool share, and of the people who fill the rest."""
    teams = {proposed.posts[id_].team for id_ in pool.proposed}
    team = teams.pop() if len(teams) == 1 else None
    open_posts = [rows[id_] for id_ in pool.proposed if id_ in rows and rows[id_].vacant.proposed is None]
    places = total(row.fte.proposed for row in open_posts)
    filled = places.value - vacant if places.complete and vacant is not None else None

    def since(read: Callable[[DiffRow], TwoSided], figure: Decimal | None) -> TwoSided:
        was = total(read(row).current for row in open_posts)
        return TwoSided(ZERO, figure, figure - was.value if figure is not None and was.complete else None)

    return DiffRow(
        id=f"in-pools:{pool.proposed[0]}",
        title=f"in pools: {', '.join(proposed.posts[id_].title for id_ in pool.proposed)}",
        kind=RowKind.IN_POOLS,
        team=team,
        grade="",
        current_team=team,
        proposed="",
        filled=since(READS["filled"], filled),
        shown=since(READS["shown"], filled) if proposed.counts is Counts.FILLED else NOTHING,
        vacant=since(READS["vacant"], vacant),
        cost=None,
    )
