"""What changes between two structures: rows that add up to totals, pools, and what nobody published."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from restructure_cli.analysis import changes, matching, pools, sides, tree
from restructure_cli.analysis.completions import Completion, Measure, Read, complete
from restructure_cli.analysis.sides import NOT_THERE, Figures
from restructure_cli.model.quantities import NOTHING, ZERO, Sum, TwoSided, between, known, total
from restructure_cli.model.results import (
    CostRow,
    Diff,
    DiffRow,
    DiffTotals,
    Missing,
    Pool,
    Published,
    RowKind,
    SideHead,
    YearCost,
)
from restructure_cli.model.structures import Counts, Post, Structure

Priced = tuple[YearCost, YearCost]

_FTE = Measure("fte", lambda row: row.fte, lambda control: control.fte, lambda control: control.fte)
_FILLED = Measure("filled", lambda row: row.filled, lambda control: control.filled, lambda control: control.filled)
_COST = Measure(
    "cost",
    lambda row: row.cost or NOTHING,
    lambda control: control.cost,
    lambda control: control.cost,
    lambda control: control.cost_change,
)
_READS: Mapping[str, Read] = {
    "fte": _FTE.read,
    "filled": _FILLED.read,
    "shown": lambda row: row.shown,
    "vacant": lambda row: row.vacant,
    "cost": _COST.read,
}


def diff(current: Structure, proposed: Structure, priced: Priced | None = None) -> Diff:
    """Compare two structures; with the prices of both, in money as well."""
    before = sides.figures(current)
    fte = {post.id: sides.proposed_fte(post, current, before) for post in proposed.posts.values()}
    placed = pools.pools(current, proposed, before, fte)
    open_posts, shared = pools.vacancies(proposed, placed, fte)
    after = {
        post.id: _proposed_figures(post, fte[post.id], open_posts.get(post.id), proposed.counts)
        for post in proposed.posts.values()
    }
    made = matching.pairs(current, proposed)
    rows = [_row(pair, current, proposed, before, after) for pair in made]
    if priced is not None:
        rows = _with_costs(rows, made, priced) + _other_costs(priced)
    rows = _told_once(rows, current, proposed)
    counting = [row for row in rows if _counts(row, current, proposed)]
    outside = [row for row in rows if not _counts(row, current, proposed)]
    by_post = {row.proposed: row for row in counting if row.kind is RowKind.POST}
    counting += [_in_pools(pool, rest, proposed, by_post) for pool, rest in shared.items()]
    completed, completions, governed = _not_itemised(counting, current, proposed, priced is not None)
    counting += completed
    missing = _missing(counting, governed, {id_ for pool in shared for id_ in pool.proposed})
    where = tree.joint_paths(current, proposed)
    return Diff(
        organisation=proposed.organisation,
        service=proposed.service or current.service or "",
        current=head(current),
        proposed=head(proposed),
        rows=ordered(counting, where),
        outside=ordered(outside, where),
        totals=_totals(counting, placed, missing, priced is not None),
        pools=placed,
        missing=missing,
        team_paths=where,
        titles=_titles(current, proposed),
        suggestions=matching.suggestions(made),
        year=priced[0].year if priced else "",
        published_changes=_published_changes(proposed, completions),
        teams=changes.team_changes(current, proposed),
    )


def _published_changes(proposed: Structure, completions: Mapping[str, Completion]) -> tuple[Published, ...]:
    if "cost" not in completions:
        return ()
    parts = completions["cost"].change_parts
    return tree.published(proposed, parts, lambda control: control.cost_change, "cost_change")


def head(structure: Structure) -> SideHead:
    """Return what a structure says of itself."""
    as_at = str(structure.as_at) if structure.as_at else ""
    return SideHead(structure.path, structure.title, structure.counts, as_at, structure.document or "")


def grade_words(grade: tuple[str, ...]) -> str:
    """Write a grade, or a career grade, as reports do: `H & I`."""
    return " & ".join(grade)


def _titles(current: Structure, proposed: Structure) -> dict[str, str]:
    return {
        **{f"current:{post.id}": post.title for post in current.posts.values()},
        **{f"proposed:{post.id}": post.title for post in proposed.posts.values()},
    }


def _proposed_figures(post: Post, fte: Decimal | None, vacant: Decimal | None, counts: Counts) -> Figures:
    filled = None if fte is None or vacant is None else fte - vacant
    return Figures(fte, filled, vacant, filled if counts is Counts.FILLED else fte, known(post.agency))


def _row(
    pair: matching.Pair,
    current: Structure,
    proposed: Structure,
    before: Mapping[str, Figures],
    after: Mapping[str, Figures],
) -> DiffRow:
    old, new = pair.current, pair.proposed
    post = new or old
    assert post is not None
    was = before[old.id] if old and _adds(old, new) else NOT_THERE
    becomes = after[new.id] if new and _adds(new, old) else NOT_THERE
    stated = known(new.fte_change) if new and _adds(new, old) else None
    fte, shown = _compared(was.fte, becomes.fte, stated), _compared(was.shown, becomes.shown, stated)
    return DiffRow(
        id=post.id,
        title=post.title,
        kind=RowKind.POST,
        team=post.team,
        grade=grade_words(post.grade),
        current_team=old.team if old else post.team,
        current_grade=grade_words(old.grade if old else post.grade),
        current_title=old.title if old else "",
        current=old.id if old else None,
        proposed=new.id if new else None,
        differences=changes.differences(pair, fte, shown, current, proposed),
        fte=fte,
        filled=between(was.filled, becomes.filled),
        shown=shown,
        vacant=between(was.vacant, becomes.vacant),
        joins=str(old.joins) if old and old.joins else "",
        joining=sides.supply(old, before) if old and old.joins else None,
        at=tuple(dict.fromkeys((*(old.at if old else ()), *post.at))),
    )


def _adds(post: Post, other: Post | None) -> bool:
    """Whether a side of a row has figures: a line outside the totals has none where its other side counts."""
    return post.in_totals or other is None or not other.in_totals


def _compared(current: Decimal | None, proposed: Decimal | None, stated: Decimal | None) -> TwoSided:
    """Compare two figures; where one is unknown, a published change is the change."""
    both = between(current, proposed)
    return replace(both, change=stated) if both.change is None and stated is not None else both


def _told_once(rows: list[DiffRow], current: Structure, proposed: Structure) -> list[DiffRow]:
    """Count a change that alone is published once: it is against the posts that go into the post, theirs included."""
    changed = [post for post in proposed.posts.values() if post.fte_change is not None or post.cost_change is not None]
    if not changed:
        return rows
    onward = Counter(move.post for post in proposed.posts.values() for move in post.moves_in or ())
    becomes = {row.proposed: row for row in rows if row.kind is RowKind.POST}
    in_fte: set[str] = set()
    in_cost: set[str] = set()
    for post in changed:
        going = {move.post for move in post.moves_in or () if move.fte is None and onward[move.post] == 1}
        row = becomes[post.id]
        if known(post.fte_change) is not None and row.fte.proposed is None:
            in_fte |= going
        if known(post.cost_change) is not None and row.cost is not None and row.cost.proposed is None:
            in_cost |= going
    return [_without_change(row, in_fte, in_cost) for row in rows]


def _without_change(row: DiffRow, in_fte: set[str], in_cost: set[str]) -> DiffRow:
    """Leave the change of a post that goes to the post whose published change has it already."""
    if row.proposed is not None or row.kind is not RowKind.POST:
        return row
    if row.current in in_fte:
        row = row._replace(fte=replace(row.fte, change=ZERO), shown=replace(row.shown, change=ZERO))
    if row.current in in_cost and row.cost is not None:
        row = row._replace(cost=replace(row.cost, change=ZERO))
    return row


def _counts(row: DiffRow, current: Structure, proposed: Structure) -> bool:
    """Whether a row adds to the totals on either side."""
    if row.kind is not RowKind.POST:
        return True
    before, after = current.posts.get(row.current or ""), proposed.posts.get(row.proposed or "")
    return any(post is not None and post.in_totals for post in (before, after))


def _with_costs(rows: list[DiffRow], made: tuple[matching.Pair, ...], priced: Priced) -> list[DiffRow]:
    before, after = (
        {row.id: row for row in (*side.rows, *side.outside) if row.kind is RowKind.POST} for side in priced
    )
    costed = []
    for row, pair in zip(rows, made, strict=True):
        old, new = pair.current, pair.proposed
        was = _headline(before[old.id]) if old and _adds(old, new) else ZERO
        becomes = _headline(after[new.id]) if new and _adds(new, old) else _until_the_start(after, old, new)
        cost = _compared(was, becomes, known(new.cost_change) if new and _adds(new, old) else None)
        costed.append(row._replace(cost=cost, covered=_covered(old, new, before, after)))
    return costed


def _covered(
    old: Post | None, new: Post | None, before: Mapping[str, CostRow], after: Mapping[str, CostRow]
) -> tuple[str, ...]:
    sides_ = (("current", old, before), ("proposed", new, after))
    return tuple(side for side, post, priced in sides_ if post is not None and priced[post.id].priced_by)


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


def _other_costs(priced: Priced) -> list[DiffRow]:
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


Governed = Mapping[str, Mapping[str, Collection[str | None]]]
"""By measure and side: the teams under a published total, whose unknown figures are in it."""


def _not_itemised(
    rows: list[DiffRow], current: Structure, proposed: Structure, in_money: bool
) -> tuple[list[DiffRow], dict[str, Completion], Governed]:
    """Return a row for what each published total holds beyond its parts."""
    fte = complete(current, proposed, rows, _FTE, {})
    filled = complete(current, proposed, rows, _FILLED, fte.rest)
    completions = {"fte": fte, "filled": filled, "shown": _shown(current, proposed, rows, fte, filled)}
    if in_money:
        completions["cost"] = complete(current, proposed, rows, _COST, fte.rest)
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
    told = [row for row in made if any((read(row) or NOTHING) != NOTHING for read in _READS.values())]
    return told, completions, governed


def _shown(
    current: Structure, proposed: Structure, rows: list[DiffRow], fte: Completion, filled: Completion
) -> Completion:
    """Add up what the sides show: FTE or filled FTE, or one of them on either side."""
    before, after = (side.counts is Counts.FILLED for side in (current, proposed))
    if before is after:
        return filled if before else fte
    measure = Measure(
        "shown", _READS["shown"], (_FILLED if before else _FTE).before, (_FILLED if after else _FTE).after
    )
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
            figures = _READS[measure](row)
            if row.current is not None:
                sums = before[measure]
                sums[row.current_team] = sums.get(row.current_team, Sum()).plus(figures.current)
            if row.proposed is not None:
                sums = after[measure]
                sums[row.team] = sums.get(row.team, Sum()).plus(figures.proposed)
    return tuple(
        tree.less(side, added["fte"], _FTE.before, in_post, added["vacant"])[1]
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
    """Leave the change open where rows with an unknown side hide what of the rest is theirs."""
    if rest.change == ZERO and rest.current != rest.proposed:
        return replace(rest, change=None)
    return rest


def _unknown_where(fte: TwoSided) -> TwoSided:
    """Return what is known of the other figures of FTE that nobody itemised: nothing, where there are any."""
    current, proposed = (None if figure else ZERO for figure in (fte.current, fte.proposed))
    return between(current, proposed)


def _in_pools(pool: Pool, vacant: Decimal | None, proposed: Structure, rows: Mapping[str | None, DiffRow]) -> DiffRow:
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
        filled=since(_READS["filled"], filled),
        shown=since(_READS["shown"], filled) if proposed.counts is Counts.FILLED else NOTHING,
        vacant=since(_READS["vacant"], vacant),
        cost=None,
    )


def _totals(rows: list[DiffRow], placed: tuple[Pool, ...], missing: tuple[Missing, ...], in_money: bool) -> DiffTotals:
    """Add rows up; a total of which no part is known is unknown, not nil."""
    gaps = {(gap.measure, gap.side) for gap in missing}

    def whole(measure: str, figures: Iterable[TwoSided]) -> TwoSided:
        sums = added(figures)
        told = {
            side: None if (measure, side) in gaps and not getattr(sums, side) else getattr(sums, side)
            for side in ("current", "proposed", "change")
        }
        return TwoSided(**told)

    return DiffTotals(
        fte=whole("fte", (row.fte for row in rows)),
        filled=whole("filled", (row.filled for row in rows)),
        shown=whole("shown", (row.shown for row in rows)),
        vacant=whole("vacant", (row.vacant for row in rows)),
        displaced=total(pool.displaced for pool in placed if pool.counted),
        cost=whole("cost", (row.cost or NOTHING for row in rows)) if in_money else None,
    )


def added(figures: Iterable[TwoSided]) -> TwoSided:
    """Add up the known parts of each side and of the change."""
    current, proposed, change = ZERO, ZERO, ZERO
    for figure in figures:
        current += figure.current or ZERO
        proposed += figure.proposed or ZERO
        change += figure.change or ZERO
    return TwoSided(current, proposed, change)


def _missing(rows: list[DiffRow], governed: Governed, pooled: Collection[str]) -> tuple[Missing, ...]:
    """List the rows without a figure that no published total, or row of a pool, makes good, by measure and side."""
    found: dict[tuple[str, str], list[str]] = {}
    for measure, read in _READS.items():
        for side in ("current", "proposed", "change"):
            made_good = governed.get(measure, {}).get(side, ())
            for row in rows:
                if getattr(read(row), side) is not None:
                    continue
                teams = {"current": {row.current_team}, "proposed": {row.team}}.get(side, {row.current_team, row.team})
                in_pool = side != "current" and row.proposed in pooled and _told_by_pool(row, measure)
                if not teams.issubset(made_good) and not in_pool:
                    found.setdefault((measure, side), []).append(row.id)
    return tuple(Missing(measure, side, tuple(sorted(ids))) for (measure, side), ids in found.items())


def _told_by_pool(row: DiffRow, measure: str) -> bool:
    """Whether a figure of a post that shares a pool stands in the row of the pool."""
    by_filled = measure == "shown" and row.fte.proposed is not None
    return row.kind is RowKind.POST and (measure in ("filled", "vacant") or by_filled)


def ordered(rows: Iterable[DiffRow], where: Mapping[str | None, tuple[tuple[str, str], ...]]) -> tuple[DiffRow, ...]:
    """Order rows by team, then posts before other lines, then title: the order of the files plays no part."""
    kinds = list(RowKind)

    def place(row: DiffRow) -> tuple[object, ...]:
        path = [(title, id_) for id_, title in where.get(row.team, ())]
        return (row.team is None, path, kinds.index(row.kind), row.title, row.id)

    return tuple(sorted(rows, key=place))
