"""A figure as a report prints it: to how many digits, in which unit, and which computed figures print so."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.intervals import Interval, exactly
from restructure_cli.model.quantities import Basis


class Unit(StrEnum):
    """What a printed figure is in, as far as it says so."""

    NUMBER = ""
    MONEY = "£"
    PERCENT = "%"
    """The figure itself is a share: 19.8% is 0.198."""


class Printed(NamedTuple):
    """A printed figure.

    `interval` is what it stands for in a sum: exact, unless it was written in m or k with a decimal, or with `~`,
    or is a range or a bound. `least` and `most` are the computed figures that agree with it: those that round to
    it, or for whole numbers and pounds the figure alone.
    """

    text: str
    interval: Interval
    least: Decimal
    most: Decimal
    unit: Unit = Unit.NUMBER
    open_ended: bool = False
    """Whether `least` and `most` themselves do not agree: "more than £2.143m"."""
    basis: Basis | None = None
    because: str | None = None
    at: tuple[str, ...] = ()
    ends: tuple[Decimal, Decimal] | None = None
    """Of a range, its two figures as printed."""

    @property
    def value(self) -> Decimal | None:
        """The figure, or None for a range or a bound."""
        return self.interval.value

    def agrees(self, computed: Decimal) -> bool:
        """Whether a computed figure prints so."""
        if self.open_ended:
            return self.least < computed < self.most
        return self.least <= computed <= self.most

    def agrees_with_range(self, low: Decimal, high: Decimal) -> bool:
        """Whether what lies between two figures prints so: a range by both its ends, a bound by what it leaves open."""
        if self.value is not None or not self.least <= low <= high <= self.most:
            return False
        if self.ends is None:
            return True
        first, last = self.ends
        return (low == first or low < 2 * first - self.least) and (high == last or high > 2 * last - self.most)


def exact_figure(text: str, value: Decimal, unit: Unit = Unit.NUMBER) -> Printed:
    """Return a figure that is printed in full."""
    return Printed(text, exactly(value), value, value, unit)
