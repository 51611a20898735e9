"""Funding against need, year by year: what is needed, what pays for it, what is lacking, and how sure that is.

A need is met in its order of `call`, those without one last and then in the order of the file; sources are drawn
in theirs, those that pay whatever is lacking after the others without a call. Money counts for the gap where it
is approved, identified or forecast; a source that does not say counts as unknown. What is not cashable pays only
the needs it names, and a detail (`of_which`) is in no sum.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import TypeVar

from restructure_cli.analysis import allocation
from restructure_cli.analysis.amounts import Changes, Timeline, in_year, lasting
from restructure_cli.analysis.parts_of_years import share
from restructure_cli.model.funding import Formula, Funding, Need, Source, Status
from restructure_cli.model.gaps import (
    COUNTED_STATUSES,
    Draw,
    Lasting,
    NeedYear,
    Part,
    Payable,
    Plan,
    Reckoned,
    Scope,
    SourceYear,
    YearAmount,
    YearAmounts,
    YearGap,
)
from restructure_cli.model.intervals import Interval, add, exactly, subtract
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import ZERO

Entry = TypeVar("Entry", Need, Source)
NIL = Reckoned(exactly(ZERO), exactly(ZERO))


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Put needs or sources in order of call; a source of the rest comes after the others that have no call."""
    return sorted(entries, key=lambda entry: (entry.call is None, entry.call or 0, _after_others(entry)))


def _after_others(entry: Need | Source) -> bool:
    return entry.call is None and entry.amount is Formula.REST


def status_of(source: Source) -> Status:
    """Return how certain a source is: unknown where nobody says."""
    return source.status or Status.UNKNOWN


def may_pay(source: Source, needs: Iterable[Need]) -> frozenset[str]:
    """Return the needs that a source may pay: those it names, or any where it says nothing and is cashable."""
    ids = {need.id for need in needs}
    if source.pays_for is not None:
        return frozenset(ids.intersection(source.pays_for))
    return frozenset() if source.cashable is False else frozenset(ids)


def year_gap(
    funding: Funding, year: FinancialYear, time: Timeline, changes: Changes, plans: list[Plan] | None = None
) -> YearGap:
    """Set funding against need in one year; `plans` has those of years before, and gets its own."""
    return _Year(year, time, funding, changes, plans if plans is not None else []).gap(funding)


def year_amounts(
    funding: Funding, year: FinancialYear, time: Timeline, changes: Changes, plans: list[Plan]
) -> YearAmounts:
    """Return what needs and sources come to in one year."""
    return _Year(year, time, funding, changes, plans).amounts()


def _first_like(plan: Plan, plans: list[Plan]) -> Plan:
    """Return the plan that is like this one, so that what was worked out from it serves here too."""
    for other in plans:
        if other == plan:
            return other
    plans.append(plan)
    return plan


class _Year:
    """One year: its needs and sources in order, with what they come to."""

    def __init__(
        self, year: FinancialYear, time: Timeline, funding: Funding, changes: Changes, plans: list[Plan]
    ) -> None:
        self.year, self.time = year, time
        self.changes = changes
        self.needs = in_order(need for need in funding.needs.values() if need.of_which is None)
        self.sources = in_order(source for source in funding.sources.values() if source.of_which is None)
        self.every = frozenset(need.id for need in self.needs)
        self.of_needs = {id_: in_year(need, year, time, changes) for id_, need in funding.needs.items()}
        self.of_sources = {id_: in_year(source, year, time, changes) for id_, source in funding.sources.items()}
        self.whole = {scope: _first_like(self._plan(scope, known=False), plans) for scope in Scope}
        self.known = {scope: _first_like(self._plan(scope, known=True), plans) for scope in Scope}

    def gap(self, funding: Funding) -> YearGap:
        """Reckon the year."""
        details = [self._need(need) for need in funding.needs.values() if need.of_which is not None]
        parts = [self._source(source) for source in funding.sources.values() if source.of_which is not None]
        return YearGap(
            year=self.year,
            needs=tuple(self._need(need) for need in self.needs),
            sources=tuple(self._source(source) for source in self.sources),
            details=(*details, *parts),
            need=self._both(lambda plan: allocation.needed(plan, self.every)),
            funding=self._both(lambda plan: allocation.paid(plan, self.every)),
            gaps={scope: self._both(lambda plan: allocation.lacking(plan, self.every), scope) for scope in Scope},
            by_status={status: self._of_status(status) for status in Status},
            lasting={each: self._of_lasting(each) for each in Lasting},
            amounts=self.amounts(),
        )

    def amounts(self) -> YearAmounts:
        """Return what everything comes to, without setting one against another."""
        return YearAmounts(
            needs={id_: year.amount for id_, year in self.of_needs.items()},
            sources={id_: year.amount for id_, year in self.of_sources.items()},
            counted_needs=tuple(need.id for need in self.needs),
            counted_sources=tuple(source.id for source in self.sources),
            whole=self.whole,
            known=self.known,
        )

    def _plan(self, scope: Scope, known: bool) -> Plan:
        """Put the amounts of a year together: whole, or what is known of them."""

        def amount(year: YearAmount) -> Interval:
            return year.amount.known if known else year.amount.whole

        needs = tuple((need.id, amount(self.of_needs[need.id])) for need in self.needs)
        counted = [source for source in self.sources if status_of(source) in COUNTED_STATUSES[scope]]
        sources = tuple(
            Payable(source.id, amount(self.of_sources[source.id]), may_pay(source, self.needs), self._rest(source))
            for source in counted
        )
        return Plan(needs, sources)

    def _rest(self, source: Source) -> Mapping[str, Decimal] | None:
        """For a source that pays whatever is lacking: how much of each need's time it is there."""
        if source.amount is not Formula.REST:
            return None
        shares = {}
        for need in self.needs:
            whole = self.of_needs[need.id].there
            both = share(self.year, *self._overlap(need, source))
            one_off = need.recurrent is False and need.until is None
            shares[need.id] = min(both if one_off or not whole else both / whole, Decimal(1))
        return shares

    def _overlap(self, need: Need, source: Source) -> tuple[Moment | None, Moment | None]:
        """Return from when to when both are there; a need of one year only waits for its money."""
        both: tuple[Need | Source, ...] = (need, source)
        if need.recurrent is False and need.until is None:
            both = (source,)
        ends = [entry.until for entry in both if entry.until is not None]
        begins = max((self.time.begins(entry) for entry in both), key=Moment.first_day)
        return begins, min(ends, key=Moment.last_day, default=None)

    def _both(self, figure: Callable[[Plan], Interval], scope: Scope = Scope.COUNTED) -> Reckoned:
        whole = figure(self.whole[scope])
        return Reckoned(whole, whole if self.known[scope] is self.whole[scope] else figure(self.known[scope]))

    def _need(self, need: Need) -> NeedYear:
        if need.of_which is not None:
            return NeedYear(need, lasting(need), self.of_needs[need.id], NIL, NIL, ())
        of_it = frozenset((need.id,))
        draws = [
            Draw(source.id, self._both(partial(allocation.between, needs=of_it, sources=(source.id,))))
            for source in self.sources
            if status_of(source) in COUNTED_STATUSES[Scope.COUNTED] and need.id in may_pay(source, self.needs)
        ]
        return NeedYear(
            need,
            lasting(need),
            self.of_needs[need.id],
            funding=self._both(lambda plan: allocation.paid(plan, of_it)),
            gap=self._both(lambda plan: allocation.lacking(plan, of_it)),
            draws=tuple(draw for draw in draws if draw.amount != NIL),
        )

    def _source(self, source: Source) -> SourceYear:
        year, counted = self.of_sources[source.id], status_of(source) in COUNTED_STATUSES[Scope.COUNTED]
        rest = source.amount is Formula.REST
        there = SourceYear(source, lasting(source), year, NIL, NIL if rest else year.amount, counted, rest)
        if source.of_which is not None or not counted:
            return there
        left = NIL if rest else self._both(lambda plan: allocation.remaining(plan, source.id))
        return there._replace(drawn=self._both(lambda plan: allocation.drawn(plan, (source.id,))), left=left)

    def _of_status(self, status: Status) -> Reckoned:
        """Return what is drawn of a status; of one that does not count for the gap, what it would add."""
        ids = frozenset(source.id for source in self.sources if status_of(source) is status)
        scope = Scope.COUNTED if status in COUNTED_STATUSES[Scope.COUNTED] else Scope.ALL
        return self._both(lambda plan: allocation.drawn(plan, ids), scope)

    def _of_lasting(self, each: Lasting) -> Part:
        """Set the needs that last in one way against the money that does."""
        needs = frozenset(need.id for need in self.needs if lasting(need) is each)
        sources = frozenset(source.id for source in self.sources if lasting(source) is each)
        need = self._moved_apart(each, self._both(lambda plan: allocation.needed(plan, needs)))
        funding = self._both(lambda plan: allocation.drawn(plan, sources))
        difference = Reckoned(subtract(need.whole, funding.whole), subtract(need.known, funding.known))
        return Part(need, funding, difference)

    def _moved_apart(self, each: Lasting, need: Reckoned) -> Reckoned:
        """Count as one-off what the cost of a change holds for one year only, though the change itself goes on."""
        goes_on = any(one.amount is Formula.CHANGE_COST and lasting(one) is Lasting.RECURRENT for one in self.needs)
        change = self.changes.get(self.year)
        if not goes_on or change is None or each is Lasting.NOT_SAID:
            return need
        moved = exactly(change.one_off if each is Lasting.ONE_OFF else -change.one_off)
        return Reckoned(add(need.whole, moved), add(need.known, moved))
