"""Holding claims against the files: each printed figure worked out again, with the difference and a verdict."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from restructure_cli.analysis.came_about import of_measure
from restructure_cli.analysis.evidence import Evidence
from restructure_cli.analysis.expressions import Unworkable, derived, settled, value_of
from restructure_cli.analysis.measures import measured
from restructure_cli.model.claims import Claim, Claims, FromClaim, Measure, Selection, Side, Take
from restructure_cli.model.derivations import Derivation, Source, Trace
from restructure_cli.model.intervals import UNKNOWN, Interval, exactly, one_or_range
from restructure_cli.model.printed import Printed, Unit
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.verdicts import Judged, Verdict

Work = Callable[[], "Computed"]

NOBODY_KNOWS = "part of it is not known"


class Computed(NamedTuple):
    """A figure worked out: with what rounding allows, whether all of it is known, and how it came about."""

    interval: Interval
    complete: bool
    trace: Trace
    selects_nothing: str = ""


class _Cannot(Exception):
    """A figure that cannot be worked out, for the reason given. Never leaves this module."""


def judge(claims: Claims, evidence: Evidence) -> tuple[Judged, ...]:
    """Judge every printed figure, in the order of the file. Its references must be sound: `check` sees to that."""
    bench = _Bench(claims, evidence)
    for claim in _in_order(claims):
        bench.work_out(claim)
    return tuple(judged for claim in claims.claims.values() for judged in bench.judge(claim))


def _in_order(claims: Claims) -> Iterator[Claim]:
    """List claims after those that they use, so that none is worked out twice however many use it."""
    done: set[str] = set()
    for start in claims.claims:
        waiting = [start]
        while waiting:
            claim = claims.claims[waiting[-1]]
            ahead = [other for other in claim.uses if other not in done]
            if ahead:
                waiting += ahead
                continue
            waiting.pop()
            if claim.id not in done:
                done.add(claim.id)
                yield claim


class _Bench:
    """A claims file with the evidence; figures that several claims use are worked out once."""

    def __init__(self, claims: Claims, evidence: Evidence) -> None:
        self.claims, self.evidence = claims, evidence
        self._taken: dict[tuple[Measure, Selection], Computed] = {}
        self._computed: dict[str, Computed | _Cannot] = {}
        self._behind: dict[str, Interval] = {}

    def work_out(self, claim: Claim) -> None:
        """Work out the expression of a claim; those of the claims that it uses have been."""
        if claim.compute is not None:
            try:
                self._computed[claim.id] = self._computation(claim)
            except _Cannot as reason:
                self._computed[claim.id] = reason
        if claim.printed is not None:
            self._behind[claim.id] = self._sure(claim, claim.printed.interval)

    def judge(self, claim: Claim) -> Iterator[Judged]:
        if claim.cannot is not None or not (claim.expect or claim.compute or claim.same_as):
            yield Judged(claim.id, claim.at, claim.says, "", claim.prints, Verdict.CANNOT, because=claim.cannot or "")
            return
        for measure, printed in claim.expect.items():
            yield self._judged(claim, str(measure), printed, partial(self._take, measure, claim.of))
        if claim.prints is not None and claim.compute is not None:
            yield self._judged(claim, "compute", claim.prints, partial(self._compute, claim))
        if claim.prints is not None and claim.same_as is not None:
            other = self.claims.claims[claim.same_as]
            yield self._judged(claim, f"same as {other.id}", claim.prints, partial(_same, self.claims.path, other))

    def _judged(self, claim: Claim, what: str, printed: Printed, work: "Work") -> Judged:
        known, because = claim.known or (None, "")
        try:
            computed = work()
        except _Cannot as reason:
            why = str(reason)
            return Judged(claim.id, claim.at, claim.says, what, printed, Verdict.CANNOT, known=known, because=why)
        interval = computed.interval
        difference = _difference(printed, interval)
        agrees = _equal(printed, interval) if claim.same_as is not None else _agrees(printed, interval)
        verdict = _verdict(printed, known, difference, agrees, computed.complete)
        if verdict is Verdict.CANNOT:
            because = because or NOBODY_KNOWS
        return Judged(
            claim.id, claim.at, claim.says, what, printed, verdict, None if interval == UNKNOWN else interval,
            difference, known, because, note=_rounding_note(printed, interval) if verdict is Verdict.BROKEN else "",
            selects_nothing=computed.selects_nothing, trace=computed.trace,
        )  # fmt: skip

    def _take(self, measure: Measure, selection: Selection) -> Computed:
        """Work a measure out over a selection."""
        key = (measure, selection)
        if key not in self._taken:
            found = measured(self.evidence, measure, selection)
            nothing = "" if found.chosen or self._other_side(measure, selection) else str(measure)
            trace = partial(of_measure, measure, found)
            self._taken[key] = Computed(found.interval, found.complete, trace, nothing)
        return self._taken[key]

    def _other_side(self, measure: Measure, selection: Selection) -> int:
        """Count what the other side has of a selection that this side has nothing of: new posts are nil today."""
        if measure.side not in (Side.CURRENT, Side.PROPOSED):
            return 0
        other = Side.PROPOSED if measure.side is Side.CURRENT else Side.CURRENT
        return measured(self.evidence, measure._replace(side=other), selection).chosen

    def _compute(self, claim: Claim) -> Computed:
        computed = self._computed[claim.id]
        if isinstance(computed, _Cannot):
            raise computed
        return computed

    def _computation(self, claim: Claim) -> Computed:
        assert claim.compute is not None
        terms = {name: self._term(name, claim) for name in claim.let}
        values = {name: term.interval for name, term in terms.items()}
        try:
            value = value_of(claim.compute, values)
        except Unworkable as reason:
            raise _Cannot(str(reason)) from None
        whole = _settled(value)
        trace = partial(derived, claim.compute, {name: term.trace for name, term in terms.items()}, values)
        nothing = "; ".join(term.selects_nothing for term in terms.values() if term.selects_nothing)
        return Computed(whole, all(term.complete for term in terms.values()), trace, nothing)

    def _term(self, name: str, claim: Claim) -> Computed:
        term = claim.let[name]
        if isinstance(term, Take):
            found = self._take(term.measure, term.of)
            trace = partial(_named, name, found.trace)
            return Computed(found.interval, found.complete, trace, found.selects_nothing)
        if isinstance(term, FromClaim):
            return self._from(self.claims.claims[term.claim])
        source = Source(self.claims.path, ("claims", claim.id, "let", name), claim.at)
        return Computed(term.interval, True, partial(_leaf, name, term, source))

    def _from(self, other: Claim) -> Computed:
        """Take what another claim prints."""
        printed = other.printed
        assert printed is not None
        source = Source(self.claims.path, ("claims", other.id), other.at)
        return Computed(self._behind[other.id], True, partial(_leaf, other.id, printed, source))

    def _sure(self, claim: Claim, printed: Interval) -> Interval:
        """Return how sure a printed figure is: no surer than the rounded figures that it is worked out from."""
        behind = None
        if claim.compute is not None:
            computed = self._computed[claim.id]
            behind = None if isinstance(computed, _Cannot) else computed.interval
        elif claim.same_as is not None:
            behind = self._behind[claim.same_as]
        if behind is None or behind.value is None:
            return printed
        return Interval(printed.value, min(printed.low, behind.low), max(printed.high, behind.high))


def _same(path: str, other: Claim) -> Computed:
    """Return what another claim prints, to be printed here once more."""
    printed = other.printed
    assert printed is not None
    source = Source(path, ("claims", other.id), other.at)
    return Computed(printed.interval, True, partial(_leaf, other.id, printed, source))


def _named(name: str, trace: Trace) -> Derivation:
    figure = trace()
    return figure._replace(name=f"{name}: {figure.name}")


def _leaf(name: str, printed: Printed, source: Source) -> Derivation:
    unit = {Unit.MONEY: "£", Unit.PERCENT: "%", Unit.NUMBER: "number"}[printed.unit]
    value, between = one_or_range(printed.interval)
    return Derivation(f"{name}, printed as {printed.text}", value, unit, source=source, between=between)


def _agrees(printed: Printed, computed: Interval) -> bool:
    """Whether a computed figure prints so; a computed range prints as one whose ends it rounds to."""
    if computed.value is not None:
        return printed.agrees(computed.value)
    return printed.agrees_with_range(computed.low, computed.high)


def _equal(printed: Printed, other: Interval) -> bool:
    """Whether two printed figures are the same number, or the same range."""
    if other.value is not None or printed.value is not None:
        return printed.value == other.value
    return printed.interval == other


def _difference(printed: Printed, computed: Interval) -> Decimal | None:
    if printed.value is None or computed.value is None:
        return None
    return ZERO if printed.value == computed.value else settled(printed.value - computed.value)


def _settled(figure: Interval) -> Interval:
    """Round off the error of quotients cut at 28 digits."""
    if figure.exact:
        return exactly(settled(figure.low))
    value = None if figure.value is None else settled(figure.value)
    return Interval(value, settled(figure.low), settled(figure.high))


def _verdict(
    printed: Printed, known: Printed | None, difference: Decimal | None, agrees: bool, complete: bool
) -> Verdict:
    """Settle a verdict: what is known in part holds as far as known, and is not refuted by what is not known."""
    if agrees:
        exact = difference == ZERO or printed.value is None
        return Verdict.AS_FAR_AS_KNOWN if not complete else Verdict.HOLDS if exact else Verdict.TO_ROUNDING
    if known is not None and difference is not None and known.agrees(difference):
        return Verdict.KNOWN
    return Verdict.BROKEN if complete else Verdict.CANNOT


def _rounding_note(printed: Printed, computed: Interval) -> str:
    """Say where rounding of the parts could explain a difference, which does not excuse it."""
    if computed.exact or computed == UNKNOWN:
        return ""
    if computed.low <= printed.most and computed.high >= printed.least:
        return "within what the rounding of its parts allows"
    return ""
