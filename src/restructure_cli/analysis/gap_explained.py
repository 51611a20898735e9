"""How a gap came about: every need down to its lines, and every draw as the least of what lacks and what is left."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from restructure_cli.analysis.allocation import Allocation, allocate
from restructure_cli.analysis.amounts import POUNDS, derived
from restructure_cli.model.derivations import Derivation, Explanation, LeftOut, Source, Step, weakest
from restructure_cli.model.gaps import Gap, NeedYear, Plan, Scope, YearGap
from restructure_cli.model.intervals import Interval, exactly
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO

Pick = Callable[[Interval], Decimal]


def explained(gap: Gap, year: FinancialYear) -> tuple[Explanation, ...]:
    """Return how a year's gap came about, as far as known; at its least and most where it has no single value."""
    found = next(one for one in gap.years if one.year == year)
    known = found.gap.known
    left_out = tuple(
        LeftOut(entry.need.title if isinstance(entry, NeedYear) else entry.source.title, entry.year.why_not)
        for entry in found.missing
    )
    ends = [(f"gap at its least, {year}", _low, _high), (f"gap at its most, {year}", _high, _low)]
    figures = [
        _Explanation(gap.path, found, needs, sources).figure(name)
        for (name, needs, sources), end in zip(ends, known[1:], strict=True)
        if end.is_finite()
    ]
    if known.value is not None:
        figures = [_Explanation(gap.path, found, _value_or_low, _value_or_high).figure(f"gap, {year}")]
    return tuple(Explanation(figure.name, figure, left_out) for figure in figures)


class _Explanation:
    """One year at one corner of what its amounts may be."""

    def __init__(self, path: str, year: YearGap, needs: Pick, sources: Pick) -> None:
        self.path, self.year = path, year
        self.needs = {entry.need.id: derived(entry.need.title, entry.year, needs) for entry in year.needs}
        self.sources = {
            entry.source.id: derived(entry.source.title, entry.year, sources)
            for entry in year.sources
            if not sources(entry.year.amount.known).is_infinite()
        }
        self.titles = {entry.source.id: entry.source.title for entry in year.sources}
        self.allocation = self._allocated()

    def _allocated(self) -> Allocation:
        """Let the needs draw once more, at the very figures that are shown."""
        plan = self.year.known[Scope.COUNTED]
        needs = tuple((id_, exactly(self.needs[id_].value)) for id_, _ in plan.needs)
        rests = {one.id: one.rest or dict.fromkeys(one.pays, Decimal(1)) for one in plan.sources
                 if one.rest is not None or one.id not in self.sources}  # fmt: skip
        sources = tuple(
            one._replace(amount=exactly(ZERO), rest=rests[one.id])
            if one.id in rests
            else one._replace(amount=exactly(self.sources[one.id].value))
            for one in plan.sources
        )
        self.rests: Mapping[str, Mapping[str, Decimal]] = rests
        self.of_the_rest = {one.id for one in plan.sources if one.rest is not None}
        return allocate(Plan(needs, sources), _exact, _exact)

    def figure(self, name: str) -> Derivation:
        """Return the gap: the needs less what they draw."""
        there = {entry.need.id for entry in self.year.needs if entry.year.terms}
        need = self._sum("need", "needs", [figure for id_, figure in self.needs.items() if id_ in there])
        draws = [self._draw(need_id, source, drawn) for (need_id, source), drawn in self.allocation.draws.items()]
        funding = self._sum("funding", "sources", draws)
        basis = weakest((need, funding))
        return Derivation(name, need.value - funding.value, POUNDS, Step.DIFFERENCE, (need, funding), basis=basis)

    def _sum(self, name: str, key: str, parts: list[Derivation]) -> Derivation:
        """Add up; of nothing, point at where something would stand."""
        value = sum((part.value for part in parts), ZERO)
        stands = None if parts else Source(self.path, (key,))
        return Derivation(name, value, POUNDS, Step.SUM, tuple(parts), source=stands, basis=weakest(parts))

    def _draw(self, need: str, source: str, drawn: Decimal) -> Derivation:
        """Return what a need draws from a source: the least of what it lacks then and what is left there."""
        earlier = list(self.allocation.draws)[: list(self.allocation.draws).index((need, source))]
        name = f"{self.titles[source]} for {self.needs[need].name}"
        lacks = self._less(f"{self.needs[need].name}, still lacking", self.needs[need],
                           [draw for draw in earlier if draw[0] == need])  # fmt: skip
        if source in self.rests:
            return self._rest(name, lacks, source, need, drawn)
        left = self._less(f"{self.titles[source]}, left", self.sources[source],
                          [draw for draw in earlier if draw[1] == source])  # fmt: skip
        return Derivation(name, drawn, POUNDS, Step.LEAST, (lacks, left), basis=weakest((lacks, left)))

    def _rest(self, name: str, lacks: Derivation, source: str, need: str, drawn: Decimal) -> Derivation:
        """Return what pays whatever is lacking: the rest in its part of the need's time, or what has no upper bound."""
        stands = Source(self.path, ("sources", source, "amount"))
        told = "pays the rest, in its time" if source in self.of_the_rest else "no upper bound is stated"
        in_time = Derivation(told, self.rests[source][need], "share", source=stands, basis=lacks.basis)
        return Derivation(name, drawn, POUNDS, Step.PRODUCT_TO_THE_PENNY, (lacks, in_time), basis=lacks.basis)

    def _less(self, name: str, whole: Derivation, earlier: list[tuple[str, str]]) -> Derivation:
        """Take off what was drawn before, each draw told in a line of its own where it is shown."""
        if not earlier:
            return whole
        parts = [whole]
        for need, source in earlier:
            told = f"drawn before: {self.titles[source]} for {self.needs[need].name}"
            drawn = self.allocation.draws[need, source]
            stands = Source(self.path, ("sources", source))
            basis = weakest(figure for figure in (self.needs[need], self.sources.get(source)) if figure)
            parts.append(Derivation(told, drawn, POUNDS, source=stands, basis=basis))
        value = whole.value - sum((part.value for part in parts[1:]), ZERO)
        return Derivation(name, value, POUNDS, Step.DIFFERENCE, tuple(parts), basis=weakest(parts))


def _exact(_: str, amount: Interval) -> Decimal:
    assert amount.value is not None
    return amount.value


def _value_or_low(amount: Interval) -> Decimal:
    return amount.low if amount.value is None else amount.value


def _value_or_high(amount: Interval) -> Decimal:
    return amount.high if amount.value is None else amount.value


def _low(amount: Interval) -> Decimal:
    return amount.low


def _high(amount: Interval) -> Decimal:
    return amount.high
