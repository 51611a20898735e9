"""What national parameters stand at in a financial year: one value, or the mean of the year's months.

The year begins on 1 April; a tax month, from the 6th, counts as the month it begins in. So a rate that falls on
6 November holds for seven months before and five after. A year that is not covered from its first month to its last
is `NotKnown`.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal, localcontext

from restructure_cli.model.derivations import Derivation, Source, Step
from restructure_cli.model.national import InForce, NotKnown, Parameter, Share, Shown, SpineInForce, Unit
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis
from restructure_cli.national.parameters import parameter

MONTHS = 12
_UNITS = {Unit.RATE: "share of pay", Unit.POUNDS_A_YEAR: "£ a year", Unit.POUNDS_AN_HOUR: "£ an hour"}
_WEAKEST_LAST = (Basis.PUBLISHED, Basis.DERIVED, Basis.ASSUMED)


def for_year(name: str, year: FinancialYear) -> InForce | NotKnown:
    """Return what a rate or sum of money stands at in a year, with how it came about. Not for spines."""
    found = parameter(name)
    if found.unit is Unit.SPINE:
        raise TypeError(f"{name} is a spine: ask `spine` for its points")
    shares = _shares(found, year)
    if not shares:
        return _not_known(found, year)
    leaves = [_leaf(found, year, share) for share in shares]
    return InForce(found, year, shares, leaves[0] if len(leaves) == 1 else _mean(found, year, shares, leaves))


def spine(name: str, year: FinancialYear) -> SpineInForce | NotKnown:
    """Return the points of a spine in a year: those of the spine it took over from where the year is before it."""
    found = parameter(name)
    if found.unit is not Unit.SPINE:
        raise TypeError(f"{name} is not a spine")
    shares = _shares(found, year)
    if len(shares) == 1:
        value = shares[0].value
        pointer = ("values", str(found.values.index(value)), "points")
        return SpineInForce(found, year, value, Source(found.path, pointer, value.source))
    if found.follows is not None and year < found.first_year:
        before = spine(found.follows.spine, year)
        return before if isinstance(before, SpineInForce) else _not_known(found, year)
    return _not_known(found, year)


def renumbering(earlier: SpineInForce, later: SpineInForce) -> Mapping[int, int]:
    """Return the later number of each point that has another; empty where the two years number points alike."""
    follows = later.parameter.follows
    if earlier.parameter.name == later.parameter.name or follows is None or follows.spine != earlier.parameter.name:
        return {}
    return follows.points


def look_up(names: Iterable[str], year: FinancialYear | None) -> Shown:
    """Return parameters and, where a year is given, what each stands at in it."""
    parameters = tuple(parameter(name) for name in names)
    answers = [_answer(found, year) for found in parameters] if year is not None else []
    known = {
        found.name: answer
        for found, answer in zip(parameters, answers, strict=False)
        if not isinstance(answer, NotKnown)
    }
    return Shown(parameters, year, known, tuple(answer for answer in answers if isinstance(answer, NotKnown)))


def _answer(found: Parameter, year: FinancialYear) -> InForce | SpineInForce | NotKnown:
    return spine(found.name, year) if found.unit is Unit.SPINE else for_year(found.name, year)


def _shares(found: Parameter, year: FinancialYear) -> tuple[Share, ...]:
    """Return the values in force in a year with their months; none where the year is not covered to its end."""
    if year > found.complete_to or year < found.first_year:
        return ()
    held = [_in_force(found, _month(year, number)) for number in range(MONTHS)]
    return tuple(Share(found.values[index], held.count(index)) for index in sorted(set(held)))


def _month(year: FinancialYear, number: int) -> date:
    """Return the first day of a month of the year, April being number 0."""
    return date(year.start + (number + 3) // MONTHS, (number + 3) % MONTHS + 1, 1)


def _in_force(found: Parameter, month: date) -> int:
    """Return which value is the last that begins in a month or before it."""
    return max(index for index, value in enumerate(found.values) if value.start.replace(day=1) <= month)


def _leaf(found: Parameter, year: FinancialYear, share: Share) -> Derivation:
    value = share.value
    assert value.value is not None
    pointer = ("values", str(found.values.index(value)), "value")
    when = str(year) if share.months == MONTHS else f"{year}, {share.months} months"
    return Derivation(
        name=f"{found.title}, {when}",
        value=value.value,
        unit=_UNITS[found.unit],
        source=Source(found.path, pointer, value.source),
        basis=value.basis,
        because=value.because,
    )


def _mean(found: Parameter, year: FinancialYear, shares: tuple[Share, ...], leaves: Iterable[Derivation]) -> Derivation:
    """Return the mean of a year's months: a part a month, those under one value being one and the same leaf.

    Where the twelfth does not come out, the last of 28 digits is rounded up: half a penny that the true rate comes
    to exactly is then still half a penny, and rounds as it should.
    """
    parts = tuple(leaf for leaf, share in zip(leaves, shares, strict=True) for _ in range(share.months))
    with localcontext() as context:
        context.rounding = ROUND_CEILING
        value = sum((part.value for part in parts), Decimal(0)) / MONTHS
    weakest = max((part.basis for part in parts), key=_WEAKEST_LAST.index)
    return Derivation(
        name=f"{found.title}, {year}",
        value=value,
        unit=_UNITS[found.unit],
        step=Step.MEAN,
        parts=parts,
        basis=Basis.DERIVED if weakest is Basis.PUBLISHED else weakest,
        because="it changes inside the year: the mean of the twelve months",
    )


def _not_known(found: Parameter, year: FinancialYear) -> NotKnown:
    """Say for which years a parameter is known, those of the spine before it included."""
    first = found.first_year
    if found.follows is not None:
        first = min(first, parameter(found.follows.spine).first_year)
    hint = found.beyond if year > found.complete_to else ""
    return NotKnown(found.name, year, f"{first} to {found.complete_to}", hint)
