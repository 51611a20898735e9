"""Gathering priced lines by grade, team, post, title or fund; the sums of the groups are the totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from restructure_cli.analysis.labels import LAST, OTHER_LABELS, Key, Paths, label_key, order, team_key
from restructure_cli.analysis.parts_of_years import WHOLE
from restructure_cli.model.costs import CostRow, Price, YearCost
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import ZERO, to_the_penny
from restructure_cli.model.results import RowKind


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
    return tuple(bucket.done() for _, bucket in sorted(buckets.items(), key=lambda kv: order(kv[0])))


_Alike = tuple[str | None, RowKind, Price | None, Decimal | None, str]
"""What lines share that are filed and priced alike: label, kind, price, FTE and the line that prices them."""


def _alike(rows: Iterable[CostRow], by: str) -> list[tuple[CostRow, int]]:
    """Return one line for all that have the same label, price and FTE, with how many there are."""
    read = attrgetter({"team": "team", "grade": "grade", "title": "title"}[by])
    first: dict[_Alike, CostRow] = {}
    times: dict[_Alike, int] = {}
    for row in rows:
        key: _Alike = (read(row), row.kind, row.price, row.fte, row.priced_by)
        times[key] = times.get(key, 0) + 1
        first.setdefault(key, row)
    return [(row, times[key]) for key, row in first.items()]


def _cost_key(row: CostRow, by: str, paths: Paths) -> Key:
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
    shares = _fund_shares(row)
    left = _at_points(row)
    for number, (fund, fte, weight) in enumerate(shares):
        part = left if number == len(shares) - 1 else _part(_at_points(row), weight)
        left = {name: [have - gone for have, gone in zip(left[name], part[name], strict=True)] for name in left}
        label = fund or ("no fund stated" if row.kind is RowKind.POST else OTHER_LABELS[row.kind])
        key = (label,) if fund else (LAST, label)
        points = [sum(figures, ZERO) for figures in zip(*part.values(), strict=True)] or [ZERO] * 4
        headlines = {name: figures[-1] for name, figures in part.items()}
        _add_cost(buckets.setdefault(key, _CostBucket(label)), row, fte, _Pounds(points, headlines))


def _fund_shares(row: CostRow) -> list[tuple[str, Decimal | None, Decimal]]:
    """Return the FTE and the share of the money of each fund, "" being none.

    A post that goes within the year has no FTE at its end; its funds pay for it until then.
    """
    funds = sorted(row.funding.items())
    fte = row.fte or ZERO
    funded = sum((share for _, share in funds), ZERO)
    if not funds or row.fte is None or not (fte or funded):
        return [("", row.fte, WHOLE)]
    if not fte:
        return [(fund, ZERO, share / funded) for fund, share in funds]
    if funded > fte:  # fewer people in post than funds pay for: each fund pays for its share of them
        parts = [round(share * fte / funded, 2) for _, share in funds[:-1]]
        funds = [(fund, part) for (fund, _), part in zip(funds, [*parts, fte - sum(parts, ZERO)], strict=True)]
    elif kept := fte - funded:
        funds.append(("", kept))
    return [(fund, share, share / fte) for fund, share in funds]


def _at_points(row: CostRow) -> dict[str, list[Decimal]]:
    """Return each component at the bottom, mid, top and headline."""
    if row.price is None:
        return {}
    points = (Point.BOTTOM, Point.MID, Point.TOP, row.price.point)
    return {name: [figures[at].value for at in points] for name, figures in row.price.components.items()}


def _part(components: Mapping[str, list[Decimal]], share: Decimal) -> dict[str, list[Decimal]]:
    return {name: [to_the_penny(figure * share) for figure in figures] for name, figures in components.items()}
