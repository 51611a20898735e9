"""Funding against need over several years, the cliffs in them, and every measure of them that a claim can take."""

from collections.abc import Collection, Sequence
from functools import reduce
from typing import NamedTuple

from restructure_cli.analysis import allocation
from restructure_cli.analysis.amounts import Changes, Timeline, entries, lasting, timeline, year_of, years
from restructure_cli.analysis.change_cost import change_costs, starts
from restructure_cli.analysis.cliffs import cliffs
from restructure_cli.analysis.diff import head
from restructure_cli.analysis.gap_year import year_amounts, year_gap
from restructure_cli.model.funding import Formula, Funding, Need
from restructure_cli.model.gaps import Gap, Lasting, NeedYear, Plan, Reckoned, Scope, YearAmounts
from restructure_cli.model.grades import Grades
from restructure_cli.model.intervals import Interval, add, exactly
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.structures import Structure

MEASURES = ("need", "funding", "gap", "gap.approved", "gap.all", "available")
_FEWEST, _MOST, _FURTHEST = 2, 6, 30


class Beside(NamedTuple):
    """What stands beside a funding file."""

    current: Structure | None = None
    proposed: Structure | None = None
    grades: Grades | None = None

    @property
    def structure(self) -> Structure | None:
        """The structure whose posts the money is for: the proposed one, where there is one."""
        return self.proposed or self.current


def first_year(funding: Funding, beside: Beside) -> FinancialYear | None:
    """Return the first year that a funding file tells of; None where nothing says which."""
    when = _timeline(funding, beside)
    return when.first if when is not None else None


def told_years(funding: Funding, beside: Beside, first: FinancialYear) -> tuple[FinancialYear, ...]:
    """Return the years to show where nobody asks for a number: to the one after the last beginning or end."""
    when = _timeline(funding, beside) or Timeline(funding.path, first)
    last = max(_last_change(funding, when).start, first.start + _FEWEST - 1)
    return years(first, FinancialYear(min(last, first.start + _MOST - 1)))


def each_year(funding: Funding, beside: Beside, year: FinancialYear) -> dict[FinancialYear, Gap]:
    """Set funding against need in every year there is something to tell of, up to a year at least: a gap each."""
    when = _timeline(funding, beside) or Timeline(funding.path, year)
    whole = gap(funding, beside, years(min(when.first, year), max(_last_change(funding, when), year)))
    return {
        one.year: whole._replace(years=(one,), cliffs=tuple(cliff for cliff in whole.cliffs if cliff.year >= one.year))
        for one in whole.years
    }


def each_years_amounts(funding: Funding, beside: Beside, year: FinancialYear) -> dict[FinancialYear, YearAmounts]:
    """Return what needs and sources come to in every year there is something to tell of, up to a year at least."""
    when = _timeline(funding, beside) or Timeline(funding.path, year)
    looked_at = years(min(when.first, year), max(_last_change(funding, when), year))
    changes = _changes(funding, beside, looked_at)
    plans: list[Plan] = []
    return {one: year_amounts(funding, one, when, changes, plans) for one in looked_at}


def gap(funding: Funding, beside: Beside, shown: Sequence[FinancialYear], *, explained: bool = False) -> Gap:
    """Set funding against need in each year that is to be shown, and find what runs out.

    With `explained`, the computed cost of a change carries everything it was made of.
    """
    when = _timeline(funding, beside) or Timeline(funding.path, shown[0])
    looked_at = years(min(when.first, shown[0]), max(_last_change(funding, when), shown[-1]))
    changes = _changes(funding, beside, looked_at, explained=explained)
    plans: list[Plan] = []
    found = {year: year_gap(funding, year, when, changes, plans) for year in looked_at}
    falls = cliffs(funding, tuple(found.values()), beside.structure)
    about = beside.structure
    return Gap(
        path=funding.path,
        organisation=about.organisation if about is not None else "",
        service=about.service or "" if about is not None else "",
        years=tuple(found[year] for year in shown),
        cliffs=tuple(cliff for cliff in falls if cliff.year >= shown[0]),
        change=(head(beside.current), head(beside.proposed))
        if changes and beside.current and beside.proposed
        else None,
    )


def _changes(
    funding: Funding, beside: Beside, looked_at: Sequence[FinancialYear], *, explained: bool = False
) -> Changes:
    """Price the change between the structures, where a need asks for it."""
    of_change = _need_of_change(funding)
    if of_change is None or not (beside.current and beside.proposed and beside.grades):
        return {}
    both = (beside.current, beside.proposed)
    return change_costs(both, beside.grades, looked_at, starts(of_change), explained=explained)


def _timeline(funding: Funding, beside: Beside) -> Timeline | None:
    """Find where a funding file begins: with its first date, else with the prices or the structure beside it."""
    otherwise = beside.grades.year if beside.grades is not None else None
    if otherwise is None and beside.structure is not None and beside.structure.as_at is not None:
        otherwise = year_of(beside.structure.as_at)
    return timeline(funding, otherwise)


def _last_change(funding: Funding, when: Timeline) -> FinancialYear:
    """Return the last year in which anything is otherwise than the year before."""
    last = when.first
    for entry in entries(funding):
        begins = when.first_year(entry)
        goes_on = lasting(entry) is Lasting.RECURRENT
        ends = year_of(entry.until) if entry.until is not None else begins
        last = max(last, begins if goes_on else FinancialYear(max(begins.start, ends.start) + 1))
    return FinancialYear(min(last.start, when.first.start + _FURTHEST))


def _need_of_change(funding: Funding) -> Need | None:
    return next((need for need in funding.needs.values() if need.amount is Formula.CHANGE_COST), None)


def measure(
    gap: Gap,
    name: str,
    year: FinancialYear,
    needs: Collection[str] | None = None,
    sources: Collection[str] | None = None,
    *,
    known: bool = False,
) -> Interval:
    """Return a measure of one year over chosen needs and sources, £; None chooses every one.

    `need` is what the needs come to; `funding` what they draw from the sources, for the gap; `gap`, `gap.approved`
    and `gap.all` what they lack; `available` what the sources hold, whoever may draw on them. Details can be
    chosen for `need` and `available` only. With `known`, entries whose amount nobody published are left out
    (`unknown` names them).

    Raises:
        KeyError: the measure, the year, a need or a source is not there.
    """
    return measure_of({one.year: one for one in gap.years}[year].amounts, name, needs, sources, known=known)


def measure_of(
    amounts: YearAmounts, name: str, needs: Collection[str] | None, sources: Collection[str] | None, *, known: bool
) -> Interval:
    """Return a measure of the amounts of a year, as `measure` does."""
    if name not in MEASURES:
        raise KeyError(name)
    stated = name in _STATED
    chosen_needs = _chosen(needs, amounts.counted_needs, amounts.needs if stated else amounts.counted_needs)
    chosen_sources = _chosen(sources, amounts.counted_sources, amounts.sources if stated else amounts.counted_sources)
    if stated:
        entries, ids = (amounts.needs, chosen_needs) if name == "need" else (amounts.sources, chosen_sources)
        figures = (entries[id_].known if known else entries[id_].whole for id_ in ids)
        return reduce(add, figures, exactly(ZERO))
    plan = (amounts.known if known else amounts.whole)[_scope_of(name)]
    if name != "funding":
        return allocation.lacking(plan, chosen_needs)
    if sources is None:
        return allocation.paid(plan, chosen_needs)
    if needs is None:
        return allocation.drawn(plan, chosen_sources)
    return allocation.between(plan, chosen_needs, chosen_sources)


_STATED = ("need", "available")
"""Measures of what files state, before one is set against another: details can be chosen for them."""


def reckoned_of(
    amounts: YearAmounts, name: str, needs: Collection[str] | None, sources: Collection[str] | None
) -> Reckoned:
    """Return a measure of the amounts of a year: whole, and what of it is known."""
    known = measure_of(amounts, name, needs, sources, known=True)
    if name not in _STATED and amounts.known[_scope_of(name)] is amounts.whole[_scope_of(name)]:
        return Reckoned(known, known)
    return Reckoned(measure_of(amounts, name, needs, sources, known=False), known)


def _scope_of(name: str) -> Scope:
    """Return which sources count for a measure of what is set against what."""
    return Scope.COUNTED if name == "funding" else Scope(name)


def unknown(gap: Gap, year: FinancialYear) -> tuple[str, ...]:
    """Name the needs and sources of a year of which not everything is known."""
    found = {one.year: one for one in gap.years}[year]
    return tuple(entry.need.id if isinstance(entry, NeedYear) else entry.source.id for entry in found.missing)


def _chosen(asked: Collection[str] | None, counted: Collection[str], there: Collection[str]) -> frozenset[str]:
    for id_ in asked or ():
        if id_ not in there:
            raise KeyError(id_)
    return frozenset(counted if asked is None else asked)
