"""What a proposal costs when it begins later: until then everything stays as it is now.

A line that both sides have costs what it does now for the part of the year before the start, and what is proposed
for the rest; what goes is paid until the start; what is new begins with it, or later where it says so itself.
"""

from collections.abc import Mapping
from decimal import Decimal

from restructure_cli.analysis.parts_of_years import WHOLE
from restructure_cli.analysis.pricing import price_of, to_penny
from restructure_cli.model.derivations import Derivation, Step
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.results import CostRow, Price

SHARE = "share of a year"


def delayed(
    current: tuple[CostRow, ...], proposed: tuple[CostRow, ...], partners: Mapping[str, str | None], after: Decimal
) -> list[CostRow]:
    """Blend two sides' rows of a year; `after` is the share of it that the proposal holds.

    `partners` gives the current post of each proposed one, None where it is new: new posts are priced from their
    start already. Other lines are partners where their ids are the same.
    """
    if after == WHOLE:
        return list(proposed)
    before = {row.id: row for row in current}
    rows = []
    for row in proposed:
        partner = partners.get(row.id, row.id)
        was = before.pop(partner, None) if partner is not None else None
        if partner is None or (was is None and row.id in partners):
            rows.append(row)
        else:
            rows.append(_blended(row, was, after))
    return [*rows, *(_until(row, after) for row in before.values())]


def _blended(row: CostRow, was: CostRow | None, after: Decimal) -> CostRow:
    """Price a line as it is now up to the start, and as proposed from then on."""
    if was is None:
        return row._replace(price=part_of(row.price, after) if row.price is not None else None)
    if row.price is None or was.price is None or row.price == was.price:
        same = row.price == was.price
        return row if same else row._replace(price=None, why_not=row.why_not or was.why_not)
    return row._replace(price=_sum(part_of(was.price, WHOLE - after), part_of(row.price, after)))


def _until(row: CostRow, after: Decimal) -> CostRow:
    """Price a line that goes, up to the start."""
    return row._replace(price=part_of(row.price, WHOLE - after) if row.price is not None else None, full_year=None)


def part_of(price: Price, share: Decimal) -> Price:
    """Return the price of a part of the year, rounded once: from what its pennies were made of."""
    part = Derivation("part of the year", share, SHARE)

    def leaf(figure: Derivation) -> Derivation:
        if figure.step is Step.PRODUCT_TO_THE_PENNY:
            return to_penny(figure.name, [*figure.parts, part])
        return to_penny(figure.name, [figure, part])

    components = {
        name: {at: leaf(figure) for at, figure in points.items()} for name, points in price.components.items()
    }
    return price_of(components, price.point)._replace(computed=price.computed)


def _sum(one: Price, other: Price) -> Price:
    names = dict.fromkeys((*one.components, *other.components))
    components = {name: {at: _both(name, at, one, other) for at in Point} for name in names}
    return price_of(components, one.point)._replace(computed=one.computed and other.computed)


def _both(name: str, at: Point, one: Price, other: Price) -> Derivation:
    parts = tuple(price.components[name][at] for price in (one, other) if name in price.components)
    return parts[0] if len(parts) == 1 else Derivation(
        name, sum((part.value for part in parts), ZERO), parts[0].unit, Step.SUM, parts
    )  # fmt: skip
