"""Gathering rows: by team, grade or title, and under the teams they stand in, with sub-totals.

A post that moves counts in its old team on the current side and in its new one on the proposed side; where rows
are listed under their teams it stands under the new one, so that the rows above a sub-total make it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import ZERO, Sum, TwoSided, to_the_penny
from restructure_cli.model.results import (
    CostRow,
    Diff,
    DiffRow,
    RowKind,
    Vacancies,
    VacancyRow,
    YearCost,
)

NOT_STATED = "not stated"

Figures = Mapping[str, TwoSided]
"""The measures of a group on both sides: `fte`, `filled`, `shown`, `vacant` and, with prices, `cost`."""

Paths = Mapping[str | None, tuple[tuple[str, str], ...]]
"""Ids and titles from the top to each team."""

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

    def add(self, side: str, figure: Decimal | None) -> None:
        if figure is None:
            self.unknown.add(side)
        else:
            setattr(self, side, getattr(self, side) + figure)

    def partial(self) -> set[str]:
        """Return the sides that leave out something unknown."""
        return self.unknown - self.made_good

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
            if row.current is not None or before == after:
                old.add(measure, "current", figure.current, row.kind)
            if row.proposed is not None or before == after:
                new.add(measure, "proposed", figure.proposed, row.kind)
            if before == after or figure.current is None or figure.proposed is None:
                new.add(measure, "change", figure.change, row.kind)
                if before != after:
                    old.add(measure, "change", None)
            else:
                old.add(measure, "change", -figure.current)
                new.add(measure, "change", figure.proposed)
    return tuple(
        Group(bucket.label, bucket.figures(), bucket.partial())
        for _, bucket in sorted(buckets.items(), key=lambda kv: _order(kv[0]))
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


_Key = tuple[tuple[object, ...], str]
_LAST = "\uffff"


def _order(key: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(part) for part in key)


def _keys(result: Diff, by: str) -> Callable[[DiffRow], tuple[_Key, _Key]]:
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


_OTHER_LABELS = {
    RowKind.NOT_ITEMISED: "not itemised",
    RowKind.OTHER_COST: "other costs",
    RowKind.IN_POOLS: "in pools",
    RowKind.VACANCY_FACTOR: "vacancy factor",
}


def label_key(label: str, kind: RowKind, empty: str) -> _Key:
    """File a row under a word of its own, or under what it is where it is no post."""
    if kind is not RowKind.POST:
        return (_LAST, str(list(RowKind).index(kind))), _OTHER_LABELS[kind]
    return ((label,), label) if label else ((_LAST, ""), empty)


def team_key(team: str | None, kind: RowKind, paths: Mapping[str | None, tuple[tuple[str, str], ...]]) -> _Key:
    """File a row under its team, in the order of the tree."""
    if team is None:
        word = _OTHER_LABELS.get(kind, "in no team")
        return (_LAST, word), word
    path = paths.get(team, ())
    key = tuple(part for id_, title in path for part in (title, id_))
    return key, " › ".join(title for _, title in path[-2:])


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


class CostGroup(NamedTuple):
    """Priced lines gathered under one label: FTE, and £ a year at three points and at the headline."""

    label: str
    fte: Decimal | None
    """None where the FTE of none of the lines is known."""
    bottom: Decimal
    mid: Decimal
    top: Decimal
    headline: Decimal
    unpriced: int
    """Lines without a price, which add nothing."""
    ranged: bool
    """Whether any price has a range; a published cost has none."""
    elsewhere: bool
    """Whether all its lines are priced by a cost line that covers them."""
    components: Mapping[str, Decimal]
    """The headline by component."""


@dataclass(slots=True)
class _CostBucket:
    label: str
    fte: Decimal = ZERO
    unknown_fte: int = 0
    pounds: list[Decimal] = field(default_factory=lambda: [ZERO] * 4)
    unpriced: int = 0
    ranged: bool = False
    own: int = 0
    components: dict[str, Decimal] = field(default_factory=dict)

    def done(self) -> CostGroup:
        bottom, mid, top, headline = self.pounds
        fte = None if self.unknown_fte and not self.fte else self.fte
        return CostGroup(
            self.label, fte, bottom, mid, top, headline, self.unpriced, self.ranged, not self.own, self.components
        )


def gather_costs(result: YearCost, paths: Paths, by: str) -> tuple[CostGroup, ...]:
    """Gather priced lines by grade, team, post, title or fund; the sums of the groups are the totals."""
    buckets: dict[tuple[object, ...], _CostBucket] = {}
    if by == "fund":
        for row in result.rows:
            _share_by_fund(row, buckets)
    elif by == "post":
        for row in result.rows:
            key = (*(team_key(row.team, row.kind, paths)[0]), row.title, row.id)
            _add_cost(buckets.setdefault(key, _CostBucket(row.title)), row, row.fte, _priced(row))
    else:
        for row, times in _alike(result.rows, by):
            filed, label = _cost_key(row, by, paths)
            _add_cost(buckets.setdefault(filed, _CostBucket(label)), row, row.fte, _priced(row), times)
    return tuple(bucket.done() for _, bucket in sorted(buckets.items(), key=lambda kv: _order(kv[0])))


def _alike(rows: Iterable[CostRow], by: str) -> list[tuple[CostRow, int]]:
    """Return lines that are filed alike, and share their price and FTE, once with how many there are."""
    read = attrgetter({"team": "team", "grade": "grade", "title": "title"}[by])
    counts: dict[tuple[object, ...], list[Any]] = {}
    for row in rows:
        key = (read(row), row.kind, id(row.price), row.fte, row.priced_by)
        found = counts.get(key)
        if found is None:
            counts[key] = [row, 1]
        else:
            found[1] += 1
    return [(row, times) for row, times in counts.values()]


def _cost_key(row: CostRow, by: str, paths: Paths) -> _Key:
    if by == "team":
        return team_key(row.team, row.kind, paths)
    return label_key(row.grade if by == "grade" else row.title, row.kind, "no grade stated")


class _Pounds(NamedTuple):
    """What a line, or its part for one fund, costs: at the bottom, mid, top and headline, and by component."""

    points: list[Decimal]
    components: Mapping[str, Decimal]


def _priced(row: CostRow) -> _Pounds:
    price = row.price
    if price is None:
        return _Pounds([ZERO] * 4, {})
    components = {name: price.headline_of(name) for name in price.components}
    return _Pounds([price.bottom, price.mid, price.top, price.headline], components)


def _add_cost(bucket: _CostBucket, row: CostRow, fte: Decimal | None, pounds: _Pounds, times: int = 1) -> None:
    if fte is None:
        bucket.unknown_fte += times
    else:
        bucket.fte += fte * times
    bucket.pounds = [have + more * times for have, more in zip(bucket.pounds, pounds.points, strict=True)]
    if not row.priced_by:
        bucket.own += times
        bucket.unpriced += times * (row.price is None)
    if row.price is not None and row.price.bottom != row.price.top:
        bucket.ranged = True
    for name, figure in pounds.components.items():
        bucket.components[name] = bucket.components.get(name, ZERO) + figure * times


def _share_by_fund(row: CostRow, buckets: dict[tuple[object, ...], _CostBucket]) -> None:
    """Share a line among its funds by FTE, to the penny: what rounding leaves goes to the last of them."""
    funds = sorted(row.funding.items())
    fte = row.fte or ZERO
    funded = sum((share for _, share in funds), ZERO)
    if funds and funded > fte:  # fewer people in post than funds pay for: each fund pays for its share of them
        parts = [round(share * fte / funded, 2) for _, share in funds[:-1]]
        funds = [(fund, part) for (fund, _), part in zip(funds, [*parts, fte - sum(parts, ZERO)], strict=True)]
    elif kept := fte - funded:
        funds.append(("", kept))
    shares: list[tuple[str, Decimal | None]] = [*funds] if funds and fte else [("", row.fte)]
    left = _by_component(row)
    for number, (fund, share) in enumerate(shares):
        last = number == len(shares) - 1
        part = left if last else _part(_by_component(row), (share or ZERO) / fte)
        left = {name: [have - gone for have, gone in zip(left[name], part[name], strict=True)] for name in left}
        label = fund or ("no fund stated" if row.kind is RowKind.POST else _OTHER_LABELS[row.kind])
        key = (label,) if fund else (_LAST, label)
        points = [sum(figures, ZERO) for figures in zip(*part.values(), strict=True)] or [ZERO] * 4
        headlines = {name: figures[-1] for name, figures in part.items()}
        _add_cost(buckets.setdefault(key, _CostBucket(label)), row, share, _Pounds(points, headlines))


def _by_component(row: CostRow) -> dict[str, list[Decimal]]:
    """Return each component at the bottom, mid, top and headline."""
    if row.price is None:
        return {}
    points = (Point.BOTTOM, Point.MID, Point.TOP, row.price.point)
    return {name: [figures[at].value for at in points] for name, figures in row.price.components.items()}


def _part(components: Mapping[str, list[Decimal]], share: Decimal) -> dict[str, list[Decimal]]:
    return {name: [to_the_penny(figure * share) for figure in figures] for name, figures in components.items()}


class VacancyGroup(NamedTuple):
    """Posts gathered under one label, FTE."""

    label: str
    fte: Sum
    filled: Sum
    agency: Sum
    vacant: Sum
    rate: Decimal | None
    known: frozenset[str]
    """The measures of which at least one figure is known."""


def gather_vacancies(result: Vacancies, by: str) -> tuple[VacancyGroup, ...]:
    """Gather the posts of a structure by team, grade or title."""
    from restructure_cli.analysis.vacancies import totals

    rows: dict[tuple[object, ...], tuple[str, list[VacancyRow]]] = {}
    for row in result.rows:
        if by == "team":
            key, label = team_key(row.team, row.kind, result.team_paths)
        else:
            key, label = label_key(row.grade if by == "grade" else row.title, row.kind, "no grade stated")
        rows.setdefault(key, (label, []))[1].append(row)
    found = []
    for _, (label, members) in sorted(rows.items(), key=lambda kv: _order(kv[0])):
        sums = totals(members)
        measures = ("fte", "filled", "agency", "vacant")
        known = frozenset(m for m in measures if any(getattr(row, m) is not None for row in members))
        found.append(VacancyGroup(label, sums.fte, sums.filled, sums.agency, sums.vacant, sums.rate, known))
    return tuple(found)
