"""Gathering the rows of a diff: by team, grade or title, and under the teams they stand in, with sub-totals.

A post that moves counts in its old team on the current side and in its new one on the proposed side; where rows
are listed under their teams it stands under the new one, so that the rows above a sub-total make it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.labels import Key, label_key, order, team_key
from restructure_cli.model.quantities import ZERO, TwoSided
from restructure_cli.model.results import Diff, DiffRow, RowKind

NOT_STATED = "not stated"

Figures = Mapping[str, TwoSided]
"""The measures of a group on both sides: `fte`, `filled`, `shown`, `vacant` and, with prices, `cost`."""


_MEASURES = ("fte", "filled", "shown", "vacant", "cost")


class Group(NamedTuple):
    """Rows of a diff gathered under one label, with their sums."""

    label: str
    figures: Figures
    partial: "Partial"


class Branch(NamedTuple):
    """A team with its own rows, the teams below it, and the sub-total of all of them."""

    id: str | None
    title: str
    rows: tuple[DiffRow, ...]
    below: tuple["Branch", ...]
    figures: Figures
    partial: "Partial"


@dataclass(slots=True)
class _Adding:
    """A running sum of one measure on both sides: what is unknown in it, and what a published total makes good."""

    current: Decimal = ZERO
    proposed: Decimal = ZERO
    change: Decimal = ZERO
    unknown: set[str] = field(default_factory=set)
    made_good: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)

    def add(self, side: str, figure: Decimal | None) -> None:
        if figure is None:
            self.unknown.add(side)
        else:
            setattr(self, side, getattr(self, side) + figure)

    def partial(self) -> set[str]:
        """Return the sides that leave out something unknown."""
        return (self.unknown - self.made_good) | self.lost

    def done(self) -> TwoSided:
        """Return the sums; one of which no part is known is unknown, not nil."""

        def told(side: str) -> Decimal | None:
            figure: Decimal = getattr(self, side)
            return None if side in self.partial() and not figure else figure

        return TwoSided(told("current"), told("proposed"), told("change"))


Partial = frozenset[tuple[str, str]]
"""The measures and sides whose sum leaves out something unknown, so that it is a known part."""


@dataclass(slots=True)
class _Bucket:
    label: str
    sums: dict[str, _Adding] = field(default_factory=dict)

    def add(self, measure: str, side: str, figure: Decimal | None, kind: RowKind | None = None) -> None:
        adding = self.sums.setdefault(measure, _Adding())
        adding.add(side, figure)
        if kind is RowKind.NOT_ITEMISED and figure is not None:
            adding.made_good.add(side)

    def lose(self, measure: str, side: str) -> None:
        """Note that a row comes or goes with a figure that nobody knows: no total of the group has it."""
        self.sums.setdefault(measure, _Adding()).lost.add(side)

    def partial(self) -> Partial:
        return frozenset((measure, side) for measure, adding in self.sums.items() for side in adding.partial())

    def figures(self) -> Figures:
        return {measure: adding.done() for measure, adding in self.sums.items()}


def gather(result: Diff, by: str) -> tuple[Group, ...]:
    """Gather the rows of a diff by team, grade or title; the sums of the groups are the totals."""
    keys = _keys(result, by)
    told = {id_: keys(pooled)[1][0] for id_, pooled in _told_by_pool(result).items()}
    buckets: dict[tuple[object, ...], _Bucket] = {}
    for row in result.rows:
        (before, old_label), (after, new_label) = keys(row)
        for measure in _MEASURES:
            figure: TwoSided | None = getattr(row, measure)
            if figure is None:
                continue
            if before == after == told.get(row.proposed or "") and measure in _OF_POOLS:
                figure = _without_unknowns(figure)
            old = buckets.setdefault(before, _Bucket(old_label))
            new = buckets.setdefault(after, _Bucket(new_label))
            if row.kind is RowKind.NOT_ITEMISED and by != "team":  # apart from the lines that it completes
                for side in ("current", "proposed", "change"):
                    if getattr(figure, side) is None:
                        new.lose(measure, side)
            if row.current is not None or before == after:
                old.add(measure, "current", figure.current, row.kind)
            if row.proposed is not None or before == after:
                new.add(measure, "proposed", figure.proposed, row.kind)
            if before == after or figure.current is None or figure.proposed is None:
                new.add(measure, "change", figure.change, row.kind)
                if before != after:
                    old.lose(measure, "change")
            else:
                old.add(measure, "change", -figure.current)
                new.add(measure, "change", figure.proposed)
    return tuple(
        Group(bucket.label, bucket.figures(), bucket.partial())
        for _, bucket in sorted(buckets.items(), key=lambda kv: order(kv[0]))
    )


_OF_POOLS = ("filled", "vacant")


def _told_by_pool(result: Diff) -> dict[str, DiffRow]:
    """Return the row of the pool that tells what posts which share it leave open, by the id of each such post."""
    rows = {row.id: row for row in result.rows if row.kind is RowKind.IN_POOLS}
    shared = {f"in-pools:{pool.proposed[0]}": pool for pool in result.pools if len(pool.proposed) > 1} if rows else {}
    return {id_: rows[name] for name, pool in shared.items() if name in rows for id_ in pool.proposed}


def _without_unknowns(figure: TwoSided) -> TwoSided:
    """Leave to the row of a pool what it tells: what the post itself becomes, and the change to it."""
    return TwoSided(figure.current, figure.proposed or ZERO, figure.change or ZERO)


def _keys(result: Diff, by: str) -> Callable[[DiffRow], tuple[Key, Key]]:
    """Return how a row is filed on its current and on its proposed side."""
    if by == "team":
        return lambda row: (
            team_key(row.current_team, row.kind, result.team_paths),
            team_key(row.team, row.kind, result.team_paths),
        )
    if by == "grade":
        return lambda row: (
            label_key(row.current_grade or row.grade, row.kind, "no grade stated"),
            label_key(row.grade, row.kind, "no grade stated"),
        )
    return lambda row: (
        label_key(row.current_title or row.title, row.kind, NOT_STATED),
        label_key(row.title, row.kind, NOT_STATED),
    )


def branches(result: Diff, wanted: Callable[[DiffRow], bool]) -> tuple[Branch, ...]:
    """Return the rows of a diff that are wanted, under their teams, the lines of no team last."""
    own: dict[str | None, list[DiffRow]] = {}
    for row in filter(wanted, result.rows):
        own.setdefault(row.team, []).append(row)
    pooled = _told_by_pool(result)
    told = {id_ for team, rows in own.items() for id_ in _proposed(rows) if id_ in pooled and pooled[id_].team == team}
    children: dict[str | None, list[tuple[str, str]]] = {}
    for path in result.team_paths.values():
        for above, team in zip((None, *[id_ for id_, _ in path]), path, strict=False):
            if team not in children.setdefault(above, []):
                children[above].append(team)

    def grow(team: str | None, title: str) -> Branch:
        below = [grow(id_, name) for id_, name in sorted(children.get(team, ()), key=lambda t: (t[1], t[0]))]
        kept = tuple(branch for branch in below if branch.rows or branch.below)
        rows = tuple(own.get(team, ()))
        summed = _sum_of(rows, kept, told)
        return Branch(team, title, rows, kept, summed.figures(), summed.partial())

    tops = [grow(id_, name) for id_, name in sorted(children.get(None, ()), key=lambda t: (t[1], t[0]))]
    found = [branch for branch in tops if branch.rows or branch.below]
    if own.get(None):
        rows = tuple(own[None])
        summed = _sum_of(rows, (), told)
        title = "In no team" if any(row.kind is RowKind.POST for row in rows) else "Across teams"
        found.append(Branch(None, title, rows, (), summed.figures(), summed.partial()))
    return tuple(found)


def _proposed(rows: Iterable[DiffRow]) -> Iterable[str]:
    return (row.proposed for row in rows if row.kind is RowKind.POST and row.proposed is not None)


def sum_rows(rows: Iterable[DiffRow]) -> Figures:
    """Add up rows of a diff."""
    return _sum_of(tuple(rows), (), ()).figures()


def _sum_of(rows: tuple[DiffRow, ...], below: tuple[Branch, ...], told: Collection[str]) -> _Bucket:
    """Add up rows and the teams below; `told` are posts whose vacancies a pool beside them tells."""
    bucket = _Bucket("")
    sides = ("current", "proposed", "change")
    for measure in _MEASURES:
        for row in rows:
            figure: TwoSided | None = getattr(row, measure)
            if figure is not None and measure in _OF_POOLS and row.proposed in told:
                figure = _without_unknowns(figure)
            for side in sides if figure is not None else ():
                bucket.add(measure, side, getattr(figure, side), row.kind)
            if (
                row.kind is RowKind.NOT_ITEMISED
                and figure is not None
                and None not in (figure.current, figure.proposed)
            ):
                bucket.sums[measure].made_good.add("change")
        for branch in below:
            for side in sides if measure in branch.figures else ():
                bucket.add(measure, side, getattr(branch.figures[measure], side))
                if (measure, side) in branch.partial:
                    bucket.sums[measure].unknown.add(side)
    return bucket
