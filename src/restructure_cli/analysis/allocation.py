"""Who pays for what: needs in order of call, each drawing on the sources that may pay it, in their order.

A need draws no more than it lacks, and no source is spent twice. What a set of needs lacks rises with every need
and falls with every source, and by no more than that need or source does; so the least and the most that rounded
amounts allow stand at corners, and are exact, however often an amount goes into the sum.
"""

from collections.abc import Callable, Collection, Hashable, Iterable
from decimal import Decimal
from typing import NamedTuple, TypeVar

from restructure_cli.model.gaps import Plan
from restructure_cli.model.intervals import Interval, exactly
from restructure_cli.model.quantities import ZERO, to_the_penny

_Result = TypeVar("_Result")


class Allocation(NamedTuple):
    """One way the amounts may be: what each need draws from each source and lacks then, and what sources have left."""

    draws: dict[tuple[str, str], Decimal]
    """By need and source, those that are not nil; in the order in which they are drawn."""
    lacks: dict[str, Decimal]
    left: dict[str, Decimal]


Corner = Callable[[str, Interval], Decimal]
"""Picks the amount of a need or source from what is known of it."""


def allocate(plan: Plan, needs: Corner, sources: Corner) -> Allocation:
    """Let each need draw on its sources, at amounts picked from what is known of them."""
    left = {source.id: sources(source.id, source.amount) for source in plan.sources}
    draws: dict[tuple[str, str], Decimal] = {}
    lacks: dict[str, Decimal] = {}
    for need, amount in plan.needs:
        lacking = needs(need, amount)
        for source in plan.sources:
            if lacking <= ZERO or need not in source.pays:
                continue
            drawn = min(lacking, left[source.id]) if source.rest is None else _share(lacking, source.rest[need])
            if not drawn:
                continue
            draws[need, source.id] = drawn
            lacking = _less(lacking, drawn) if source.rest is None else _beyond(lacking, source.rest[need])
            if source.rest is None:
                left[source.id] = _less(left[source.id], drawn)
        lacks[need] = lacking
    return Allocation(draws, lacks, left)


def _share(lacking: Decimal, share: Decimal) -> Decimal:
    """Return what money for the rest pays in its share of the time, to the penny."""
    if not share or share == 1 or lacking.is_infinite():
        return lacking if share else ZERO
    return to_the_penny(lacking * share)


def _beyond(lacking: Decimal, share: Decimal) -> Decimal:
    """Return what is lacking beyond that."""
    if share == 1:
        return ZERO
    return lacking if lacking.is_infinite() else lacking - _share(lacking, share)


def needed(plan: Plan, needs: Collection[str]) -> Interval:
    """Add up what some needs come to."""
    chosen = [amount for id_, amount in plan.needs if id_ in needs]
    values = [amount.value for amount in chosen if amount.value is not None]
    value = _sum(values) if len(values) == len(chosen) else None
    return Interval(value, _sum(amount.low for amount in chosen), _sum(amount.high for amount in chosen))


def lacking(plan: Plan, needs: Collection[str]) -> Interval:
    """Return what some needs still lack when everything is drawn."""
    every = {id_ for id_, _ in plan.needs}
    return _corners(plan, every, (), lambda done: _sum(amount for need, amount in done.lacks.items() if need in needs))


def paid(plan: Plan, needs: Collection[str]) -> Interval:
    """Return what some needs draw: more where they need more or sources hold more, less where other needs do."""
    every = {source.id for source in plan.sources}
    return _corners(
        plan, needs, every, lambda done: _sum(drawn for (need, _), drawn in done.draws.items() if need in needs)
    )


def drawn(plan: Plan, sources: Collection[str]) -> Interval:
    """Return what is drawn from some sources: more where needs are more, less where other sources hold more."""
    every = {id_ for id_, _ in plan.needs}
    return _corners(
        plan, every, sources, lambda done: _sum(drawn for (_, source), drawn in done.draws.items() if source in sources)
    )


def remaining(plan: Plan, source: str) -> Interval:
    """Return what is left in a source."""
    return _corners(plan, (), {one.id for one in plan.sources}, lambda done: done.left[source])


def between(plan: Plan, needs: Collection[str], sources: Collection[str]) -> Interval:
    """Return what some needs draw from some sources.

    The interval holds every figure that the amounts allow, and may be wider: with more of a source that comes
    earlier, a need may draw more from a later one or less, as others leave it.
    """
    low, high = _cells(_printed(plan), needs, sources)
    value = low if low == high else None
    low, high = _cells(plan, needs, sources)
    return Interval(value, low, min(high, paid(plan, needs).high, drawn(plan, sources).high))


def _cells(plan: Plan, needs: Collection[str], sources: Collection[str]) -> tuple[Decimal, Decimal]:
    if _is_exact(plan):
        draws = _at(plan, (), (), most=False).draws
        whole = _sum(draws.get((need, source), ZERO) for need in needs for source in sources)
        return whole, whole
    cells = [_cell(plan, need, source) for need in needs for source in sources]
    return _sum(cell.low for cell in cells), _sum(cell.high for cell in cells)


def _cell(plan: Plan, need: str, source: str) -> Interval:
    """Bound what one need draws from one source, from what is left in the sources when its turn comes."""
    turn = [id_ for id_, _ in plan.needs].index(need)
    least, most = _left_before(plan, turn)
    amount = plan.needs[turn][1]
    low, high = max(amount.low, ZERO), max(amount.high, ZERO)
    for one in plan.sources:
        if need not in one.pays:
            continue
        if one.rest is None:
            in_turn = Interval(None, min(low, least[one.id]), min(high, most[one.id]))
        else:
            in_turn = Interval(None, _share(low, one.rest[need]), _share(high, one.rest[need]))
        if one.id == source:
            return in_turn
        if one.rest is None:
            low, high = _less(low, most[one.id]), _less(high, least[one.id])
        else:
            low, high = (_beyond(end, one.rest[need]) for end in (low, high))
    return Interval(ZERO, ZERO, ZERO)


def _left_before(plan: Plan, turn: int) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return the least and the most that sources have left when a need's turn comes."""

    def work() -> tuple[dict[str, Decimal], dict[str, Decimal]]:
        before = Plan(plan.needs[:turn], plan.sources)
        return allocate(before, _high, _low).left, allocate(before, _low, _high).left

    return _once(plan, ("left before", turn), work)


def _less(amount: Decimal, taken: Decimal) -> Decimal:
    return ZERO if taken >= amount else amount - taken


def _corners(
    plan: Plan, needs: Collection[str], sources: Collection[str], figure: Callable[[Allocation], Decimal]
) -> Interval:
    """Work a figure out where it is least and most: it rises with some needs and sources, and falls with the others."""
    if _is_exact(plan):
        return exactly(figure(_at(plan, (), (), most=False)))

    def ends(amounts: Plan) -> tuple[Decimal, Decimal]:
        least = figure(_at(amounts, needs, sources, most=False))
        return (least, least) if _is_exact(amounts) else (least, figure(_at(amounts, needs, sources, most=True)))

    printed = _printed(plan)
    value, other = low, high = ends(printed)
    if printed is not plan:
        low, high = ends(plan)
    return Interval(value if value == other else None, low, high)


def _at(plan: Plan, needs: Collection[str], sources: Collection[str], *, most: bool) -> Allocation:
    """Allocate at a corner: where these needs and sources are at their most, or least, and the others are not."""

    def corner(rising: Collection[str]) -> Corner:
        return lambda id_, amount: amount.high if (id_ in rising) is most else amount.low

    open_ = _open(plan)
    asked = ("corner", open_.intersection(needs), open_.intersection(sources), most) if open_ else "exact"
    return _once(plan, asked, lambda: allocate(plan, corner(needs), corner(sources)))


def _once(plan: Plan, what: Hashable, work: Callable[[], _Result]) -> _Result:
    """Work something out from a plan the first time it is asked for."""
    if what not in plan.worked_out:
        plan.worked_out[what] = work()
    found: _Result = plan.worked_out[what]
    return found


def _is_exact(plan: Plan) -> bool:
    """Whether every amount is one figure: then all corners are the same."""
    return not _open(plan)


def _open(plan: Plan) -> frozenset[str]:
    """Return the needs and sources whose amount is not one figure: corners differ by these only."""

    def work() -> frozenset[str]:
        amounts = (*plan.needs, *((source.id, source.amount) for source in plan.sources))
        return frozenset(id_ for id_, amount in amounts if amount.low != amount.high)

    return _once(plan, "open", work)


def _printed(plan: Plan) -> Plan:
    """Take amounts as they are printed; those that are ranges or unknown keep their bounds.

    A figure that is the same whatever those are has a value all the same.
    """

    def work() -> Plan:
        needs = tuple((id_, _as_printed(amount)) for id_, amount in plan.needs)
        sources = tuple(source._replace(amount=_as_printed(source.amount)) for source in plan.sources)
        return plan if (needs, sources) == (plan.needs, plan.sources) else Plan(needs, sources)

    return _once(plan, "printed", work)


def _as_printed(amount: Interval) -> Interval:
    return amount if amount.value is None else exactly(amount.value)


def _low(_: str, amount: Interval) -> Decimal:
    return amount.low


def _high(_: str, amount: Interval) -> Decimal:
    return amount.high


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
