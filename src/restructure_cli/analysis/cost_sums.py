"""Adding priced lines up: by point, by component and by basis, and what there is at the end of a year in a full one.

Lines of one pattern share one price, so each price is added once, with how many lines have it.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from restructure_cli.analysis import tree
from restructure_cli.model.costs import CostRow, CostTotals, Price, YearCost
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import ZERO, Basis, Sum
from restructure_cli.model.structures import Structure


def added_up(structure: Structure, rows: list[CostRow], of: YearCost, point: Point) -> YearCost:
    """Return a year with these lines and all the sums over them."""
    summed = totals(structure, rows)
    return of._replace(
        rows=tuple(rows),
        totals=summed,
        full_year=_full_year(rows, summed.headline.complete),
        one_off=sum((row.price.headline for row in rows if not row.recurs and row.price), ZERO),
        by_component=_by_component(rows, point),
        by_basis=_by_basis(rows, point),
    )


def counted(rows: Iterable[CostRow]) -> Mapping[Price, int]:
    """Return each price with how many lines have it."""
    counts: dict[Price, int] = {}
    for row in rows:
        price = row.price
        if price is not None:
            counts[price] = counts.get(price, 0) + 1
    return counts


def totals(structure: Structure, rows: Iterable[CostRow]) -> CostTotals:
    """Add rows up at each point; what is not priced leaves a known part, unless a published total includes it."""
    rows = tuple(rows)
    fte, unknown_fte, unpriced = ZERO, set[str | None](), set[str | None]()
    for row in rows:
        if row.fte is None:
            unknown_fte.add(row.team)
        else:
            fte += row.fte
        if row.price is None and not row.priced_by:
            unpriced.add(row.team)
    whole = _made_good(structure, unpriced, lambda control: control.cost)
    bottom, mid, top, headline = ZERO, ZERO, ZERO, ZERO
    for price, times in counted(rows).items():
        bottom += price.bottom * times
        mid += price.mid * times
        top += price.top * times
        headline += price.headline * times
    return CostTotals(
        Sum(fte, _made_good(structure, unknown_fte, lambda control: control.fte)),
        Sum(bottom, whole),
        Sum(mid, whole),
        Sum(top, whole),
        Sum(headline, whole),
    )


def _made_good(structure: Structure, gaps: set[str | None], measure: tree.Measure) -> bool:
    """Whether published totals include all that is missing in some teams."""
    direct = dict.fromkeys(gaps, Sum(ZERO, complete=False))
    return not gaps or tree.roll_up(structure, direct, measure).totals[None].complete


def _full_year(rows: list[CostRow], complete: bool) -> Sum:
    """Add up what is there at the end of the year as if it had been there all year."""
    whole = (row._replace(price=row.full_year) if row.full_year is not row.price else row for row in rows)
    recurring = [row for row in whole if row.recurs]
    value = sum((price.headline * times for price, times in counted(recurring).items()), ZERO)
    return Sum(value, complete)


def _by_basis(rows: Iterable[CostRow], point: Point) -> dict[Basis, Decimal]:
    """Add the headline up by how its figures are known."""
    found = dict.fromkeys(Basis, ZERO)
    for price, times in counted(rows).items():
        for points in price.components.values():
            found[points[point].basis] += points[point].value * times
    return found


def _by_component(rows: Iterable[CostRow], point: Point) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for price, times in counted(rows).items():
        for name, points in price.components.items():
            found[name] = found.get(name, ZERO) + points[point].value * times
    return found
