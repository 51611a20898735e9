"""What a need or a source comes to in one financial year, £: from when to when, part years, units and rates, totals.

Amounts are a year's, from `from` to `until`. Recurrent ones without `until` go on; what is said not to recur, and
has no `until`, is there in its first year only, whole; where neither is said, later years are unknown: nil, or
what it was. A `total` spans its years evenly. Each product is rounded half-up to the penny once.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.parts_of_years import WHOLE, share
from restructure_cli.model.derivations import Derivation, Step, weakest
from restructure_cli.model.derivations import Source as Stands
from restructure_cli.model.funding import Formula, Funding, Need, Source
from restructure_cli.model.gaps import Factor, Lasting, Reckoned, YearAmount
from restructure_cli.model.intervals import UNBOUNDED, UNKNOWN, Interval, exactly, multiply
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.printed import Printed
from restructure_cli.model.quantities import WEEKS_IN_YEAR, ZERO, Basis, to_the_penny

Entry = Need | Source
POUNDS = "£ a year"
NOT_SAID = "not said whether it goes on"
NIL = exactly(ZERO)
NOT_NEGATIVE = Interval(None, ZERO, UNBOUNDED)
_PER_YEAR = {"year": Decimal(1), "month": Decimal(12), "week": WEEKS_IN_YEAR, "day": Decimal(365)}


class ChangeCost(NamedTuple):
    """The computed cost of the change in one year, £; `figure` None where no part of it is known."""

    figure: Derivation | None
    why_not: str = ""
    """Why it, or a part of it, is not known."""
    one_off: Decimal = ZERO
    """What of it is for one year only, £: a need that goes on does not go on with this."""


Changes = Mapping[FinancialYear, ChangeCost]
NOT_PRICED = ChangeCost(None, "two structures and a grades file are needed to price it")


class Timeline(NamedTuple):
    """When the entries of a funding file begin: in its first year, where they do not say."""

    path: str
    first: FinancialYear

    def begins(self, entry: Entry) -> Moment:
        """Return the day, or month, from which an entry counts."""
        return entry.starts or Moment(self.first.start, 4)

    def first_year(self, entry: Entry) -> FinancialYear:
        """Return the financial year in which an entry begins."""
        return year_of(self.begins(entry))

    def stands(self, entry: Entry, key: str) -> Stands:
        """Return where a key of an entry stands."""
        kind = "needs" if isinstance(entry, Need) else "sources"
        return Stands(self.path, (kind, entry.id, key), entry.at)


def timeline(funding: Funding, otherwise: FinancialYear | None) -> Timeline | None:
    """Find the first year of a funding file; `otherwise` where no entry says when it begins."""
    stated = [year_of(entry.starts) for entry in entries(funding) if entry.starts is not None]
    first = min(stated, default=otherwise)
    return Timeline(funding.path, first) if first is not None else None


def entries(funding: Funding) -> tuple[Entry, ...]:
    """Return every need and source."""
    return (*funding.needs.values(), *funding.sources.values())


def year_of(moment: Moment) -> FinancialYear:
    """Return the financial year that a day, or a month, lies in."""
    return FinancialYear(moment.year if moment.month >= 4 else moment.year - 1)


def years(first: FinancialYear, last: FinancialYear) -> tuple[FinancialYear, ...]:
    """Return the financial years from one to another."""
    return tuple(FinancialYear(start) for start in range(first.start, last.start + 1))


def lasting(entry: Entry) -> Lasting:
    """Say whether an entry goes on. The computed cost of a change goes on, unless it says otherwise."""
    if entry.recurrent is False or entry.until is not None:
        return Lasting.ONE_OFF
    if entry.recurrent or entry.amount is Formula.CHANGE_COST:
        return Lasting.RECURRENT
    return Lasting.NOT_SAID


def in_year(entry: Entry, year: FinancialYear, time: Timeline, changes: Changes) -> YearAmount:
    """Return what an entry comes to in a year."""
    there = _there(entry, year, time)
    if not there:
        return YearAmount(Reckoned(NIL, NIL), there=ZERO)
    if entry.amount is Formula.CHANGE_COST:
        until = there / share(year, time.begins(entry), None) if entry.until is not None else WHOLE
        cut = () if until == WHOLE else (Factor("part of it", exactly(until), "share", time.stands(entry, "until")),)
        return _change(there, changes.get(year, NOT_PRICED), cut)
    if entry.amount is Formula.REST:
        return YearAmount(Reckoned(NOT_NEGATIVE, NOT_NEGATIVE), there=there)
    if entry.total is not None:
        return _of_total(entry, entry.total, year, time)
    factors = _factors(entry, time)
    if not factors:
        return YearAmount(Reckoned(NOT_NEGATIVE, NIL), why_not="the amount is not stated", there=there)
    factors += _part_of_year(entry, year, time, there)
    amount = _product(factors)
    if lasting(entry) is Lasting.NOT_SAID and year != time.first_year(entry):
        doubtful = Interval(None, min(ZERO, amount.low), max(ZERO, amount.high))
        return YearAmount(Reckoned(doubtful, NIL), why_not=NOT_SAID, there=there)
    return YearAmount(Reckoned(amount, amount), (factors,), there=there)


def a_year(entry: Entry) -> Interval | None:
    """Return what an entry states for a whole year, or in all where it states a total; None where neither."""
    factors = _factors(entry, Timeline("", FinancialYear(0)))
    if entry.total is not None:
        return entry.total.interval
    return _product(factors) if factors else None


def _there(entry: Entry, year: FinancialYear, time: Timeline) -> Decimal:
    """Return the share of a year in which an entry is there; what is for one year only is there whole."""
    if entry.recurrent is False and entry.until is None:
        return WHOLE if year == time.first_year(entry) else ZERO
    return share(year, time.begins(entry), entry.until)


def _part_of_year(entry: Entry, year: FinancialYear, time: Timeline, there: Decimal) -> tuple[Factor, ...]:
    if there == WHOLE or (entry.recurrent is False and entry.until is None):
        return ()
    key = "from" if entry.starts is not None and year == time.first_year(entry) else "until"
    return (Factor("part of the year", exactly(there), "share of a year", time.stands(entry, key)),)


def _change(there: Decimal, change: ChangeCost, cut: tuple[Factor, ...]) -> YearAmount:
    """Return the computed cost of the change in a year, cut at the need's end; unbounded where some of it is unknown.

    Its start needs no cut, because the change is priced from its start on. Below nil, the change saves.
    """
    if change.figure is None:
        return YearAmount(Reckoned(UNKNOWN, NIL), why_not=change.why_not, there=there)
    value = exactly(change.figure.value)
    whole = Factor(change.figure.name, value, POUNDS, basis=change.figure.basis, worked_out=change.figure)
    for factor in cut:
        value = exactly(to_the_penny(multiply(value, factor.figure).low))
    amount = UNKNOWN if change.why_not else value
    return YearAmount(Reckoned(amount, value), ((whole, *cut),), change.why_not, there)


def _of_total(entry: Entry, total: Printed, year: FinancialYear, time: Timeline) -> YearAmount:
    """Take a year's part of a total, so that the years add up to it to the penny."""
    whole = _factor(entry, "total", total, "£", time)
    if entry.recurrent is False and entry.until is None:
        return YearAmount(Reckoned(_product((whole,)), _product((whole,))), ((whole,),))
    if entry.until is None:
        return YearAmount(Reckoned(NOT_NEGATIVE, NIL), why_not="not said over which years its total is spread")
    span = years(time.first_year(entry), year_of(entry.until))
    shares = {in_year: share(in_year, time.begins(entry), entry.until) for in_year in span}
    terms = []
    for name, last in (("up to the end of the year", year), ("before the year", FinancialYear(year.start - 1))):
        past = sum((part for in_year, part in shares.items() if in_year <= last), ZERO)
        part = exactly(past / sum(shares.values(), ZERO))
        if past:
            of_its_years = Factor(f"{name}, of its years", part, "share", time.stands(entry, "until"))
            terms.append((whole, of_its_years))
    amount = _less([_product(term) for term in terms])
    return YearAmount(Reckoned(amount, amount), tuple(terms), there=shares[year])


def _less(ends: list[Interval]) -> Interval:
    """Subtract the share up to the beginning of the year from the share up to its end."""
    if len(ends) == 1:
        return ends[0]
    later, sooner = ends
    value = None if later.value is None or sooner.value is None else later.value - sooner.value
    bounds = [UNBOUNDED if up_to.is_infinite() else up_to - before
              for up_to, before in zip(later[1:], sooner[1:], strict=True)]  # fmt: skip
    bounds += [value] if value is not None else []  # pennies may round the other way
    return Interval(value, min(bounds), max(bounds))


def _factors(entry: Entry, time: Timeline) -> tuple[Factor, ...]:
    """Return what a year's amount is the product of; nothing where it is not stated."""
    stated: list[Factor] = []
    if isinstance(entry.amount, Printed):
        stated.append(_factor(entry, "amount", entry.amount, POUNDS, time))
    elif entry.rate is not None:
        counts = (("times", entry.times), ("units", entry.units))
        stated += [_factor(entry, key, figure, "number", time) for key, figure in counts if figure is not None]
        stated.append(_factor(entry, "rate", entry.rate, "£", time))
    if stated and entry.per is not None and entry.per != "year":
        stated.append(Factor(f"{entry.per}s in a year", exactly(_PER_YEAR[entry.per]), "number"))
    return tuple(stated)


def _factor(entry: Entry, key: str, figure: Printed, unit: str, time: Timeline) -> Factor:
    source = time.stands(entry, key)
    if figure.at:
        source = source._replace(at=figure.at)
    return Factor(key, figure.interval, unit, source, figure.basis or Basis.PUBLISHED, figure.because)


def _product(factors: Iterable[Factor]) -> Interval:
    """Multiply, to the penny."""
    found = exactly(Decimal(1))
    for factor in factors:
        found = multiply(found, factor.figure)
    value = None if found.value is None else to_the_penny(found.value)
    return Interval(value, _penny(max(found.low, ZERO)), _penny(found.high))


def _penny(amount: Decimal) -> Decimal:
    return amount if amount.is_infinite() else to_the_penny(amount)


def derived(name: str, year: YearAmount, pick: Callable[[Interval], Decimal]) -> Derivation:
    """Return how a year's amount came about, at the amounts that are picked."""
    terms = [_term(name, factors, pick) for factors in year.terms]
    if len(terms) == 1:
        return terms[0]
    if not terms:
        return Derivation(name, ZERO, POUNDS)
    value = terms[0].value - terms[1].value
    return Derivation(name, value, POUNDS, Step.DIFFERENCE, tuple(terms), basis=weakest(terms))


def _term(name: str, factors: tuple[Factor, ...], pick: Callable[[Interval], Decimal]) -> Derivation:
    parts = [_leaf(factor, pick) for factor in factors]
    value = Decimal(1)
    for part in parts:
        value *= part.value
    if len(parts) == 1 and value == to_the_penny(value):
        return parts[0]._replace(name=name)
    return Derivation(name, to_the_penny(value), POUNDS, Step.PRODUCT_TO_THE_PENNY, tuple(parts), basis=weakest(parts))


def _leaf(factor: Factor, pick: Callable[[Interval], Decimal]) -> Derivation:
    if factor.worked_out is not None:
        return factor.worked_out
    value = pick(factor.figure)
    return Derivation(factor.name, value, factor.unit, source=factor.source, basis=factor.basis, because=factor.because)
