"""What a proposal costs when it begins later: until then everything stays as it is now.

Both sides are priced twice: for as long as they are asked for, and within the days on their side of the start. A
line that does not change keeps its price; one that does costs what it does now up to the start, and what is proposed
from then on; what goes is paid until the start; what is new begins with it, or later where it says so itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis import tree
from restructure_cli.analysis.parts_of_years import WHOLE
from restructure_cli.analysis.pricing import NOT_THERE, part_of_year, price_of, to_penny
from restructure_cli.model.costs import CostRow, CostTotals, Price, YearCost
from restructure_cli.model.derivations import Derivation, Step, weakest
from restructure_cli.model.grades import Point
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import ZERO, Quantity, Sum, known, to_the_penny
from restructure_cli.model.results import Diff, RowKind
from restructure_cli.model.structures import Control, Structure

Partners = Mapping[str, str | None]
"""The current post of each proposed one, None where it is new. Other lines are partners where their ids agree."""

_Key = tuple[RowKind, str]
"""A post and a cost line may have one id."""


class Side(NamedTuple):
    """The rows of one side in a year: as they would be without the start, and on their own side of it."""

    whole: tuple[CostRow, ...]
    part: tuple[CostRow, ...]
    totalled: frozenset[tree.Node] = frozenset()
    """The teams whose lines are in a published cost, whether they have a price of their own or not."""

    def tells_apart(self, row: CostRow) -> bool:
        """Whether a line stands for itself: not in the price of another, nor without a price in a published total."""
        return not row.priced_by and (row.price is not None or row.team not in self.totalled)


def totalled(structure: Structure) -> frozenset[tree.Node]:
    """Return the teams at or under one whose cost is published."""
    if structure.control is not None and known(structure.control.cost) is not None:
        return frozenset((None, *structure.teams))
    stating = {id_ for id_, team in structure.teams.items() if team.control and known(team.control.cost) is not None}
    return frozenset(
        node for node, path in tree.paths(structure).items() if not stating.isdisjoint(id_ for id_, _ in path)
    )


def day_before(start: Moment) -> Moment:
    """Return the last day on which everything is as it is now."""
    day = start.first_day() - timedelta(days=1)
    return Moment(day.year, day.month, day.day)


class Joined(NamedTuple):
    """The lines of a year in which the proposal begins, and the teams of lines of which one part alone is known."""

    rows: list[CostRow]
    halves: frozenset[tree.Node]


def not_begun(current: tuple[CostRow, ...], proposed: tuple[CostRow, ...], partners: Partners) -> list[CostRow]:
    """Return the rows of a year that ends before the proposal begins: the current lines, and the new ones at nil."""
    there = {(row.kind, row.id) for row in current}
    new = (row for row in proposed if (row.kind, _partner(row, partners)) not in there)
    return [*current, *(_nothing_of(row) for row in new)]


def _nothing_of(row: CostRow) -> CostRow:
    return row._replace(fte=ZERO, price=NOT_THERE, why_not="", priced_by="", full_year=None)


def delayed(current: Side, proposed: Side, partners: Partners, after: Decimal) -> Joined:
    """Join the rows of two sides in a year; `after` is the share of it that the proposal holds.

    FTE are those at the end of the year: of a post that goes none, of one that is new all of it.
    """
    now, leaving, arriving = _by_key(current.whole), _by_key(current.part), _by_key(proposed.part)
    rows: list[CostRow] = []
    halves: set[tree.Node] = set()
    for row in proposed.whole:
        key = (row.kind, _partner(row, partners))
        was = now.pop(key, None)
        if row.kind is RowKind.NOT_ITEMISED:
            before, later = (_until(was, after) if was is not None else None), _from(row, after)
        else:
            before, later = (leaving[key] if was is not None else None), arriving[row.kind, row.id]
        own = [one for one, side in ((before, current), (later, proposed)) if one is not None and side.tells_apart(one)]
        joined = _joined(row, was, own, later)
        rows.append(joined)
        if joined.price is None and any(one.price is not None for one in own):
            halves |= {row.team, was.team if was is not None else None}
    for key, row in now.items():
        gone = _until(row, after) if row.kind is RowKind.NOT_ITEMISED else leaving[key]
        rows.append(gone._replace(fte=ZERO, full_year=None))
    return Joined(rows, frozenset(halves))


def _partner(row: CostRow, partners: Partners) -> str:
    return (partners.get(row.id) or "") if row.kind is RowKind.POST else row.id


def _by_key(rows: Iterable[CostRow]) -> dict[_Key, CostRow]:
    return {(row.kind, row.id): row for row in rows}


def _joined(row: CostRow, was: CostRow | None, own: list[CostRow], later: CostRow) -> CostRow:
    """Price a line as it is now up to the start, and as proposed from then on; `own` are the parts with a price."""
    if was is None:
        return later
    if _same(row.price, was.price) and row.priced_by == was.priced_by and row.kind is not RowKind.VACANCY_FACTOR:
        return row
    if not (row.recurs or was.recurs):
        return row._replace(
            price=was.price, why_not=was.why_not, priced_by=was.priced_by, full_year=was.full_year, recurs=was.recurs
        )
    why_not = next((one.why_not for one in own if one.price is None), "")
    prices = [one.price for one in own if one.price is not None]
    price = None if why_not or not prices else prices[0] if len(prices) == 1 else _sum(*prices)
    return row._replace(price=price, why_not=why_not, priced_by=row.priced_by if not own else "")


def _same(one: Price | None, other: Price | None) -> bool:
    return one is other or (one is not None and one.same_as(other))


def _from(row: CostRow, after: Decimal) -> CostRow:
    return row._replace(price=part_of(row.price, after) if row.price is not None else None)


def _until(row: CostRow, after: Decimal) -> CostRow:
    return _from(row, WHOLE - after)


class Parts(NamedTuple):
    """A year in which the proposal begins: what is there now until then, what is proposed from then on, and both."""

    leaving: YearCost
    arriving: YearCost
    joined: YearCost
    halves: frozenset[tree.Node]
    held: Decimal
    """The share of the year that the proposal holds."""

    def totals(self) -> CostTotals:
        """Return totals that are complete only where those of both parts are, and no line has but one of them."""
        parts = (self.leaving.totals.headline, self.arriving.totals.headline)
        whole = all(part.complete for part in parts) and not self.halves
        bottom, mid, top, headline = (replace(figure, complete=whole) for figure in self.joined.totals[1:])
        return CostTotals(self.joined.totals.fte, bottom, mid, top, headline)


def published_in_part(current: Structure, proposed: Structure, parts: Parts) -> Structure:
    """Return a proposal whose published costs and changes in cost are those of the part of a year that it holds.

    What a team's lines come to in the year stands in for its published cost, which is a whole year's; a published
    change is taken in proportion.
    """
    year, held = parts.joined, parts.held
    sums = _by_node(proposed, year)
    rest = {row.team if row.team in proposed.teams else None for row in year.rows if row.kind is RowKind.NOT_ITEMISED}
    unknown = _unknown(current, parts.leaving.rows) | _unknown(proposed, parts.arriving.rows)
    unknown |= {node for team in parts.halves for node in _line_of(proposed, team)}

    def control(stated: Control | None, node: tree.Node) -> Control | None:
        if stated is None and node not in rest - unknown:
            return None
        stated = stated or Control()
        cost = stated.cost
        if node in rest or known(cost) is not None:
            cost = replace(cost or Quantity(None), value=None if node in unknown else sums.get(node, ZERO))
        return stated._replace(cost=cost, cost_change=_in_part(stated.cost_change, held))

    teams = {id_: team._replace(control=control(team.control, id_)) for id_, team in proposed.teams.items()}
    posts = {id_: post._replace(cost_change=_in_part(post.cost_change, held)) for id_, post in proposed.posts.items()}
    return proposed._replace(control=control(proposed.control, None), teams=teams, posts=posts)


def with_remainders(compared: Diff, year: YearCost) -> Diff:
    """Add to a comparison what is paid up to the start under a published total that ends with it.

    It is added as a known part: the cost of a line from the start on may be unknown, and the year's total with it.
    """
    left = {row.team: row.price.headline for row in year.rows if row.kind is RowKind.NOT_ITEMISED and row.price}
    rows, carried, turned = [], ZERO, ZERO
    for row in compared.rows:
        held = left.get(row.team) if row.kind is RowKind.NOT_ITEMISED else None
        if held is not None and row.cost is not None and row.cost.proposed != held:
            change = held - (row.cost.current or ZERO)
            carried += held - (row.cost.proposed or ZERO)
            turned += change - (row.cost.change or ZERO)
            row = row._replace(cost=replace(row.cost, proposed=held, change=change))
        rows.append(row)
    total = compared.totals.cost
    if total is None or not (carried or turned):
        return compared
    total = replace(total, proposed=(total.proposed or ZERO) + carried, change=(total.change or ZERO) + turned)
    return compared._replace(rows=tuple(rows), totals=compared.totals._replace(cost=total))


def _unknown(structure: Structure, rows: Iterable[CostRow]) -> set[tree.Node]:
    """Return the teams whose cost is not known in full, by their lines or by a published total."""
    gaps = {row.team if row.team in structure.teams else None
            for row in rows if row.price is None and not row.priced_by}  # fmt: skip
    direct = dict.fromkeys(gaps, Sum(ZERO, complete=False))
    totals = tree.roll_up(structure, direct, lambda control: control.cost).totals
    return {node for node, total in totals.items() if not total.complete}


def _line_of(structure: Structure, team: tree.Node) -> tuple[tree.Node, ...]:
    return (None, *(id_ for id_, _ in tree.paths(structure).get(team, ())))


def _by_node(proposed: Structure, year: YearCost) -> Mapping[str | None, Decimal]:
    """Add the lines of a year up under each team and under the structure, the vacancy factor left aside."""
    paths = tree.paths(proposed)
    sums: dict[str | None, Decimal] = {}
    for row in year.rows:
        for node in (None, *(team for team, _ in paths.get(row.team, ()))):
            if row.price is not None and row.kind is not RowKind.VACANCY_FACTOR:
                sums[node] = sums.get(node, ZERO) + row.price.headline
    return sums


def _in_part(change: Quantity | None, held: Decimal) -> Quantity | None:
    return replace(change, value=to_the_penny(change.value * held)) if change and change.value else change


def part_of(price: Price, share: Decimal) -> Price:
    """Return the price of a part of the year, rounded once."""
    part = part_of_year(share)
    components = {
        name: {at: to_penny(figure.name, [figure, part]) for at, figure in points.items()}
        for name, points in price.components.items()
    }
    return price_of(components, price.point, computed=price.computed)


def _sum(one: Price, other: Price) -> Price:
    """Add two prices; the headline stands at the point of the one that has a range."""
    names = dict.fromkeys((*one.components, *other.components))
    components = {name: {at: _both(name, at, one, other) for at in Point} for name in names}
    ranged = one if one.bottom != one.top else other
    return price_of(components, ranged.point, computed=one.computed and other.computed)


def _both(name: str, at: Point, one: Price, other: Price) -> Derivation:
    parts = tuple(price.components[name][at] for price in (one, other) if name in price.components)
    return parts[0] if len(parts) == 1 else Derivation(
        name, sum((part.value for part in parts), ZERO), parts[0].unit, Step.SUM, parts, basis=weakest(parts)
    )  # fmt: skip
