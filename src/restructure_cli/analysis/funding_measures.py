"""Measures of a year's funding that claims take: what is needed, drawn, lacking and held, over chosen entries."""

from decimal import Decimal

from restructure_cli.analysis.amounts import POUNDS, derived
from restructure_cli.analysis.evidence import Evidence
from restructure_cli.analysis.gap import reckoned_of
from restructure_cli.analysis.measuring import Measured, Part
from restructure_cli.model.claims import Choice, Key, Measure, Selection
from restructure_cli.model.derivations import Derivation, Source, Step
from restructure_cli.model.gaps import Draw, Gap
from restructure_cli.model.intervals import Interval, one_or_range
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO


def of_funding(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    """Work out a measure of a year; entries whose amount nobody published make it a known part."""
    assert evidence.funding is not None
    year = FinancialYear(int(measure.year[:4]))
    amounts = evidence.amounts(year)
    name = ".".join(word for word in (measure.side.value, measure.name) if word)
    needs, sources = (_chosen(selection, key, there) for key, there in
                      ((Key.NEED, evidence.funding.needs), (Key.SOURCE, evidence.funding.sources)))  # fmt: skip
    reckoned = reckoned_of(amounts, name, needs, sources)
    figure = reckoned.known.value if reckoned.known.value is not None else ZERO

    def trace() -> Derivation:
        gap = evidence.gap(year)
        came_about = _came_about(name, gap, needs, sources)
        if came_about is None or came_about.value != figure:
            return Derivation(str(measure), figure, POUNDS, source=Source(gap.path, ()))
        return came_about

    return Measured(reckoned.known, reckoned.complete, (Part(str(measure), figure, trace),), POUNDS, 1)


def _came_about(name: str, gap: Gap, needs: frozenset[str] | None, sources: frozenset[str] | None) -> Derivation | None:
    """Return how a measure came about: what is needed, and what of it each source pays."""
    (year,) = gap.years
    wanted = [one for one in year.needs if needs is None or one.need.id in needs]
    held = [one for one in year.sources if sources is None or one.source.id in sources]
    needed = _sum("need", [derived(one.need.title, one.year, _value_or_low) for one in wanted])
    if name == "need":
        return needed
    if name == "available":
        return _sum("held", [derived(one.source.title, one.year, _value_or_low) for one in held])
    titles = {one.source.id: one.source.title for one in held}
    drawn = [
        _drawn(f"{titles[draw.source]} pays for {one.need.title}", draw, gap.path)
        for one in wanted
        for draw in one.draws
        if draw.source in titles
    ]
    paid = _sum("funding", drawn)
    if name == "funding":
        return paid
    return (
        Derivation("gap", needed.value - paid.value, POUNDS, Step.DIFFERENCE, (needed, paid)) if name == "gap" else None
    )


def _drawn(name: str, draw: Draw, path: str) -> Derivation:
    value, between = one_or_range(draw.amount.known)
    return Derivation(name, value, POUNDS, source=Source(path, ("sources", draw.source)), between=between)


def _sum(name: str, parts: list[Derivation]) -> Derivation:
    return Derivation(name, sum((part.value for part in parts), ZERO), POUNDS, Step.SUM, tuple(parts))


def _chosen(selection: Selection, key: Key, there: object) -> frozenset[str] | None:
    """Return the needs or sources that a selection names, less those it leaves out; None where it names none."""
    assert isinstance(there, dict)
    if not any(_names(choice, key) for choice in selection):
        return None
    return frozenset(id_ for id_ in there if any(_means(choice, key, id_) for choice in selection))


def _names(choice: Choice, key: Key) -> bool:
    return bool(choice.of(key)) or any(_names(one, key) for one in choice.excluded)


def _means(choice: Choice, key: Key, id_: str) -> bool:
    named = choice.of(key)
    if named and id_ not in named:
        return False
    return not any(one.of(key) and _means(one, key, id_) for one in choice.excluded)


def _value_or_low(figure: Interval) -> Decimal:
    """Return a figure, or the lower end of a range; a range without a lower end counts as nil."""
    if figure.value is not None:
        return figure.value
    return figure.low if figure.low.is_finite() else ZERO
