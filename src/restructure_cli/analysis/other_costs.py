"""Costs that are not one post's: an amount a year, rate × times, units × rate × weeks; recurrent or one-off."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from restructure_cli.analysis.parts_of_years import WHOLE, Dates, year_of
from restructure_cli.analysis.pricing import OTHER, YEAR, one_figure, part_of_year, to_penny
from restructure_cli.analysis.terms import Terms
from restructure_cli.model.costs import CostRow, Price
from restructure_cli.model.derivations import Derivation, Kind, Source
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import WEEKS_IN_YEAR, ZERO, Basis, known, to_the_penny
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import OtherCost, Structure

_PER_YEAR = {"year": Decimal(1), "month": Decimal(12), "week": WEEKS_IN_YEAR, "day": Decimal(365)}


def covered(structure: Structure) -> dict[str, OtherCost]:
    """Return the cost line that prices each post, leaving posts that count to lines that count."""
    return {
        id_: line
        for line in structure.costs.values()
        if line.amount is not None
        for id_ in line.covers
        if id_ in structure.posts and (line.in_totals or not structure.posts[id_].in_totals)
    }


class OtherCosts:
    """Prices the cost lines of a structure in one year; `first_year` is that of a line that does not say."""

    def __init__(self, year: FinancialYear, first_year: FinancialYear, terms: Terms) -> None:
        self.year, self.first_year, self.terms = year, first_year, terms

    def row(self, line: OtherCost) -> CostRow:
        """Price a cost line: in the years it is there, and once where it does not recur."""
        figure = amount(line)
        dates = Dates(line.starts, line.until).between(self.terms.start, self.terms.until)
        part = dates.share(self.year)
        price, why_not = self._price(line, figure, part)
        goes_on = price is not None and line.recurrent is not False and part and dates.reach_the_end(self.year)
        return CostRow(
            id=line.id,
            title=line.title,
            kind=RowKind.OTHER_COST,
            team=line.team,
            grade="",
            fte=ZERO,
            price=price,
            why_not=why_not,
            at=line.at,
            full_year=one_figure(OTHER, figure) if figure is not None and goes_on else None,
            recurs=line.recurrent is not False,
        )

    def _price(self, line: OtherCost, figure: Derivation | None, part: Decimal) -> tuple[Price | None, str]:
        """Return what a line costs in the year, or why that is not known.

        Amounts are a year's, between their dates; one that does not recur and names no end is paid once, at once.
        """
        first = self.year == self._first_year(line)
        at_once = line.recurrent is False and line.until is None
        if at_once and not (first and self._before_the_end(line)):
            return _nothing(), ""
        if not at_once and not part:
            return _nothing(), ""
        if line.recurrent is None and line.until is None and not first:
            return None, "not stated whether it recurs"
        if figure is None:
            return None, "amount not known"
        if not at_once and part != WHOLE:
            figure = to_penny(line.title, [figure, part_of_year(part)])
        return one_figure(OTHER, figure), ""

    def _first_year(self, line: OtherCost) -> FinancialYear:
        """Return the year in which a cost line begins."""
        first = year_of(line.starts) if line.starts is not None else self.first_year
        return max(first, year_of(self.terms.start)) if self.terms.start is not None else first

    def _before_the_end(self, line: OtherCost) -> bool:
        """Whether a cost of one year only arises before the last day that is priced."""
        begins = line.starts.first_day() if line.starts is not None else date(self.first_year.start, 4, 1)
        return self.terms.until is None or begins <= self.terms.until.last_day()


def undated(structure: Structure) -> list[OtherCost]:
    """Return the costs of one year only that do not say which."""
    lines = (line for line in structure.costs.values() if line.recurrent is False and line.in_totals)
    return [line for line in lines if line.starts is None and line.until is None]


def _nothing() -> Price:
    return one_figure(OTHER, Derivation("not there in the year", ZERO, YEAR, kind=Kind.PART_OF_YEAR))


def amount(line: OtherCost) -> Derivation | None:
    """Work out what a cost line comes to in a year; None where nobody published it."""
    source = Source(line.path, ("costs", line.id), line.at)
    basis = line.basis or Basis.PUBLISHED
    if line.amount is not None:
        if line.amount.value is None:
            return None
        basis = line.amount.basis or basis
        pounds = to_the_penny(line.amount.value)
        return Derivation(line.title, pounds, YEAR, source=source, basis=basis, because=line.because)
    counted = {"rate": line.rate, **({"times": line.times} if line.times is not None else {"units": line.units})}
    if any(known(figure) is None for figure in counted.values()):
        return None
    parts = [
        Derivation(
            name,
            known(figure) or ZERO,
            _UNITS[name],
            source=Source(line.path, ("costs", line.id, name), line.at),
            basis=(figure.basis if figure is not None else None) or basis,
        )
        for name, figure in counted.items()
    ]
    if line.per is not None and line.per != "year":
        parts.append(Derivation(f"{line.per}s in a year", _PER_YEAR[line.per], "number"))
    return to_penny(line.title, parts)._replace(source=source)


_UNITS: Mapping[str, str] = {"rate": "£", "times": "number", "units": "number"}
