"""What changes between two structures: rows that add up to totals, pools, and what nobody published."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from restructure_cli.analysis import changes, matching, pools, sides, tree
from restructure_cli.analysis.completions import READS, Completion
from restructure_cli.analysis.diff_costs import Priced, other_costs, with_costs
from restructure_cli.analysis.remainders import Governed, in_pools, not_itemised
from restructure_cli.analysis.remembering import Remembered
from restructure_cli.analysis.sides import NOT_THERE, Figures
from restructure_cli.analysis.snapshots import are_snapshots, same_lines
from restructure_cli.analysis.standing import standings_in
from restructure_cli.model.quantities import NOTHING, ZERO, TwoSided, between, known, total
from restructure_cli.model.results import Diff, DiffRow, DiffTotals, Missing, Pool, Published, RowKind, SideHead
from restructure_cli.model.structures import Counts, Post, Structure


def diff(
    current: Structure, proposed: Structure, priced: Priced | None = None, *, snapshots: bool | None = None
) -> Diff:
    """Compare two structures; with the prices of both, in money as well.

    `snapshots` says whether both are records of a day; None leaves that to what they say of themselves.
    """
    if snapshots is None:
        snapshots = are_snapshots(current, proposed)
    given = (current, proposed, *(priced or ()))
    return _COMPARED.of(given, lambda: _compared(current, proposed, priced, snapshots), snapshots)


_COMPARED: Remembered[Diff] = Remembered()


def _compared(current: Structure, proposed: Structure, priced: Priced | None, snapshots: bool) -> Diff:
    before = sides.figures(current)
    placed, shared, after = _recorded(proposed) if snapshots else _moved(current, proposed, before)
    made = matching.pairs(current, proposed, same_lines(current, proposed) if snapshots else None)
    rows = _rows(made, (current, proposed), before, after, priced)
    counting = [row for row in rows if _counts(row, current, proposed)]
    outside = [row for row in rows if not _counts(row, current, proposed)]
    by_post = {row.proposed: row for row in counting if row.kind is RowKind.POST}
    counting += [in_pools(pool, rest, proposed, by_post) for pool, rest in shared.items()]
    completed, completions, governed = not_itemised(counting, current, proposed, priced is not None)
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
        snapshots=snapshots,
    )


_Placed = tuple[tuple[Pool, ...], dict[Pool, Decimal | None], Mapping[str, Figures]]
"""Pools, the vacancies that posts of a pool share, and the figures of each proposed post."""


def _moved(current: Structure, proposed: Structure, before: Mapping[str, Figures]) -> _Placed:
    """Work out who is in the posts of a proposal from who moves into them."""
    fte = sides.proposed_ftes(proposed, current, before)
    placed = pools.pools(current, proposed, before, fte)
    open_posts, shared = pools.vacancies(proposed, placed, fte)
    after = {
        post.id: _proposed_figures(post, fte[post.id], open_posts.get(post.id), proposed.counts)
        for post in proposed.posts.values()
    }
    return placed, shared, after


def _recorded(later: Structure) -> _Placed:
    """Take who is in post from the later record itself: between two records nobody is said to move."""
    return (), {}, sides.figures(later)


def _rows(
    made: tuple[matching.Pair, ...],
    sides_: tuple[Structure, Structure],
    before: Mapping[str, Figures],
    after: Mapping[str, Figures],
    priced: Priced | None,
) -> list[DiffRow]:
    """Return a row for each pair of posts and, with prices, for each other cost."""
    current, proposed = sides_
    compared = changes.Compared(current, proposed, standings_in(current), standings_in(proposed))
    rows = [_row(pair, compared, before, after) for pair in made]
    if priced is not None:
        rows = with_costs(rows, made, priced) + other_costs(priced)
    return _counted_once(rows, proposed)


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
    compared: changes.Compared,
    before: Mapping[str, Figures],
    after: Mapping[str, Figures],
) -> DiffRow:
    old, new = pair.current, pair.proposed
    post = new or old
    assert post is not None
    was = before[old.id] if old and pair.counts_current else NOT_THERE
    becomes = after[new.id] if new and pair.counts_proposed else NOT_THERE
    stated = known(new.fte_change) if new and pair.counts_proposed else None
    fte, shown = between(was.fte, becomes.fte, stated), between(was.shown, becomes.shown, stated)
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
        differences=changes.differences(pair, fte, shown, compared),
        fte=fte,
        filled=between(was.filled, becomes.filled),
        shown=shown,
        vacant=between(was.vacant, becomes.vacant),
        joins=str(old.joins) if old and old.joins else "",
        joining=sides.supply(old, compared.current, before) if old and old.joins else None,
        at=tuple(dict.fromkeys((*(old.at if old else ()), *post.at))),
    )


def _counted_once(rows: list[DiffRow], proposed: Structure) -> list[DiffRow]:
    """Count a change once where only the change is published.

    It is against the posts whose holders move in, so a post that goes there must not count its own change again.
    """
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
    for measure, read in READS.items():
        figures = [(row, read(row)) for row in rows]
        unknown = [(row, of) for row, of in figures if None in (of.current, of.proposed, of.change)]
        for side in ("current", "proposed", "change"):
            made_good = governed.get(measure, {}).get(side, ())
            for row, of in unknown:
                if getattr(of, side) is not None:
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
