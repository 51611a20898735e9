"""Exact figures: a quantity with what is known about it, sums that know what they leave out, the penny."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

ZERO = Decimal(0)
PENNY = Decimal("0.01")
_NINE_PLACES = Decimal("1e-9")
_TWELVE_PLACES = Decimal("1e-12")
_WIDE = Context(prec=64)
WEEKS_IN_YEAR = Decimal(365) / 7
"""A year is 365/7 weeks: the convention for weekly prices and term time."""


class Basis(StrEnum):
    """How we know a figure."""

    PUBLISHED = "published"
    DERIVED = "derived"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure of a file: FTE, £ a year, hours a week or a headcount, as its key says.

    `value` None means that nobody published it. `half_digit` is half of the last printed digit,
    within which another figure agrees with this one as printed.
    """

    value: Decimal | None
    basis: Basis | None = None
    because: str | None = None
    at: tuple[str, ...] = ()
    half_digit: Decimal = ZERO


def known(quantity: Quantity | None) -> Decimal | None:
    """Return the figure, or None where it is not stated or stated as unknown."""
    return quantity.value if quantity is not None else None


def to_the_penny(pounds: Decimal) -> Decimal:
    """Round £ half-up to the penny: done once, at the leaf.

    A share such as 7/12 is cut at 28 digits, so half a penny may come out a hair less; twelve places mend that.
    """
    return pounds.quantize(_TWELVE_PLACES, context=_WIDE).quantize(PENNY, ROUND_HALF_UP, _WIDE)


def to_nine_places(fte: Decimal) -> Decimal:
    """Take FTE that was divided out of hours to nine decimals, which no year's pay can tell from the quotient."""
    return fte.quantize(_NINE_PLACES, ROUND_HALF_UP, _WIDE).normalize()


@dataclass(frozen=True, slots=True)
class Sum:
    """A total over figures some of which may be unknown: then it is a known part, and not `complete`."""

    value: Decimal = ZERO
    complete: bool = True

    def __add__(self, other: "Sum") -> "Sum":
        """Add two totals; the whole is complete only where both are."""
        return Sum(self.value + other.value, self.complete and other.complete)

    def plus(self, figure: Decimal | None) -> "Sum":
        """Add one figure; an unknown one makes the total a known part."""
        return Sum(self.value, False) if figure is None else Sum(self.value + figure, self.complete)


EMPTY = Sum()
"""The total of no figures."""


def total(figures: Iterable[Decimal | None]) -> Sum:
    """Sum figures; any unknown one makes the total a known part."""
    value, complete = ZERO, True
    for figure in figures:
        if figure is None:
            complete = False
        else:
            value += figure
    return Sum(value, complete)


def sum_if_all_known(figures: Iterable[Decimal | None]) -> Decimal | None:
    """Sum figures; None where any is unknown. Where a known part can be shown as one, use `total`."""
    summed = total(figures)
    return summed.value if summed.complete else None


@dataclass(frozen=True, slots=True)
class TwoSided:
    """A figure on both sides and the change between them; None where unknown.

    `change` is not always proposed less current: a report may publish only the change.
    """

    current: Decimal | None
    proposed: Decimal | None
    change: Decimal | None

    def __add__(self, other: "TwoSided") -> "TwoSided":
        """Add the known parts of each side and of the change."""
        return TwoSided(
            _add_known(self.current, other.current),
            _add_known(self.proposed, other.proposed),
            _add_known(self.change, other.change),
        )


NOTHING = TwoSided(ZERO, ZERO, ZERO)


def _add_known(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if left is None:
        return right
    return left if right is None else left + right


def between(current: Decimal | None, proposed: Decimal | None, stated: Decimal | None = None) -> TwoSided:
    """Compare two figures; where either is unknown the change is unknown, unless it is published by itself."""
    change = stated if current is None or proposed is None else proposed - current
    return TwoSided(current, proposed, change)
