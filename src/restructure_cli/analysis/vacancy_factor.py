"""The allowance for posts standing empty: a line of its own, on computed pay only."""

from collections.abc import Iterable

from restructure_cli.analysis.cost_sums import counted
from restructure_cli.analysis.pricing import POINTS, YEAR, price_of, to_penny
from restructure_cli.model.costs import CostRow, Price
from restructure_cli.model.derivations import Derivation, Kind, Step, weakest
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.results import RowKind

NAME = "vacancy factor"


def allowance(rate: Derivation | None, rows: list[CostRow], point: Point) -> list[CostRow]:
    """Return the line of the allowance; none where the grades file states no factor."""
    if rate is None:
        return []
    factor = rate._replace(name=NAME, value=-rate.value)
    price = full = _priced(factor, rows, point)
    if any(row.full_year is not row.price for row in rows):
        full = _priced(factor, [row._replace(price=row.full_year) for row in rows], point)
    return [CostRow("vacancy-factor", NAME, RowKind.VACANCY_FACTOR, None, "", ZERO, price, full_year=full)]


def _priced(factor: Derivation, rows: Iterable[CostRow], point: Point) -> Price:
    """Work the allowance out at each point, from the figures of the computed lines."""
    computed = [(price, times) for price, times in counted(rows).items() if price.computed]
    figures = {}
    for at in POINTS:
        parts = tuple(
            _times(by_point[at], times) for price, times in computed for by_point in price.components.values()
        )
        total = sum((part.value for part in parts), ZERO)
        pay = Derivation("computed pay", total, YEAR, Step.SUM, parts, basis=weakest(parts), kind=Kind.COMPUTED_PAY)
        figures[at] = to_penny(NAME, [factor, pay])
    return price_of({NAME: figures}, point, computed=False)


def _times(figure: Derivation, times: int) -> Derivation:
    """Return what so many lines of one pattern come to."""
    if times == 1:
        return figure
    lines = Derivation("lines alike", ZERO + times, "lines")
    return Derivation(figure.name, figure.value * times, YEAR, Step.PRODUCT, (figure, lines), basis=figure.basis)
