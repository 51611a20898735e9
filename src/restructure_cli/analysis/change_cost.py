"""The computed cost of the change between two structures, year by year, as a funding file takes it for a need."""

from collections.abc import Sequence

from restructure_cli.analysis import explain
from restructure_cli.analysis.amounts import POUNDS, ChangeCost, year_of
from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.explain_change import changed
from restructure_cli.analysis.rates import rates
from restructure_cli.analysis.terms import Terms
from restructure_cli.model.costs import Cost
from restructure_cli.model.derivations import Derivation
from restructure_cli.model.funding import Need
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import ZERO, Basis
from restructure_cli.model.results import Diff
from restructure_cli.model.structures import Structure

NAME = "cost of the change"


def starts(need: Need) -> Moment | None:
    """Return the day on which a change begins, where the need says one inside a financial year."""
    if need.starts is None or need.starts.first_day() == Moment(year_of(need.starts).start, 4).first_day():
        return None
    return need.starts


def change_costs(
    both: tuple[Structure, Structure],
    grades: Grades,
    years: Sequence[FinancialYear],
    start: Moment | None = None,
    *,
    explained: bool = False,
) -> dict[FinancialYear, ChangeCost]:
    """Price the change, proposed less current, in each year of which every rate is known."""
    absent = {year: [missing.parameter for missing in rates(grades, year).absent] for year in years}
    priced = tuple(year for year in years if not absent[year])
    found = {
        year: ChangeCost(None, f"the grades file states no {', '.join(missing)} for {year}")
        for year, missing in absent.items()
        if missing
    }
    if priced:
        costed = cost(both, grades, Terms(priced, start=start))
        told = _explained(costed, both) if explained else _plain(costed)
        before, after = (one.years for one in costed.structures)
        of_years = zip(priced, costed.changes, told, before, after, strict=True)
        for year, change, figure, now, then in of_years:
            found[year] = _change(change, figure)._replace(one_off=then.one_off - now.one_off)
    return {year: found[year] for year in years}


def _change(change: Diff, figure: Derivation) -> ChangeCost:
    """Say how far the cost of a change is known."""
    of_change = [gap for gap in change.missing if gap.measure == "cost" and gap.side == "change"]
    without = {id_ for gap in of_change for id_ in gap.ids}
    if change.totals.cost is None or change.totals.cost.change is None:
        return ChangeCost(None, "nothing of the change has a price")
    if of_change:
        lines = f"{len(without)} line{'s' if len(without) != 1 else ''}"
        return ChangeCost(figure, f"the change in cost of {lines} is not known")
    return ChangeCost(figure)


def _plain(costed: Cost) -> list[Derivation]:
    found = []
    for change in costed.changes:
        value = change.totals.cost.change if change.totals.cost is not None else None
        found.append(Derivation(NAME, value or ZERO, POUNDS, basis=Basis.DERIVED))
    return found


def _explained(costed: Cost, both: tuple[Structure, Structure]) -> tuple[Derivation, ...]:
    """Return the cost of the change with the lines of both sides under it."""
    found = changed(NAME, costed, both, explain.everything)
    return tuple(one.figure or Derivation(NAME, ZERO, POUNDS, basis=Basis.DERIVED) for one in found)
