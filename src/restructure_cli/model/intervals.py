"""Figures good only to their printed digits, and what sums and products of such figures may lie between."""

from decimal import Decimal
from itertools import product
from typing import NamedTuple

from restructure_cli.model.quantities import ZERO

UNBOUNDED = Decimal("Infinity")


class Interval(NamedTuple):
    """A figure, and the least and the most that the rounding of its sources allows (infinite where nothing does).

    `value` is None where only bounds are published: a range, or "more than £2.143m".
    """

    value: Decimal | None
    low: Decimal
    high: Decimal

    @property
    def exact(self) -> bool:
        """Whether it can be no other figure."""
        return self.value is not None and self.low == self.high

    def __neg__(self) -> "Interval":
        """Turn the sign."""
        return Interval(None if self.value is None else -self.value, -self.high, -self.low)


UNKNOWN = Interval(None, -UNBOUNDED, UNBOUNDED)
"""A figure of which nothing is known."""


def one_or_range(interval: Interval) -> tuple[Decimal, Interval | None]:
    """Return the one figure that it is, else nil and what it lies between."""
    return (ZERO, interval) if interval.value is None else (interval.value, None)


def exactly(value: Decimal) -> Interval:
    """Return a figure without doubt."""
    return Interval(value, value, value)


def add(left: Interval, right: Interval) -> Interval:
    """Add two figures."""
    value = None if left.value is None or right.value is None else left.value + right.value
    return Interval(value, left.low + right.low, left.high + right.high)


def subtract(left: Interval, right: Interval) -> Interval:
    """Take the right figure from the left one."""
    return add(left, -right)


def multiply(left: Interval, right: Interval) -> Interval:
    """Multiply two figures."""
    value = None if left.value is None or right.value is None else left.value * right.value
    corners = [_times(a, b) for a, b in product(left[1:], right[1:])]
    return Interval(value, min(corners), max(corners))


def divide(left: Interval, right: Interval) -> Interval:
    """Divide the left figure by the right one.

    Raises:
        ZeroDivisionError: the divisor is nil.
    """
    if right.value == ZERO or (right.low == ZERO == right.high):
        raise ZeroDivisionError
    value = None if left.value is None or right.value is None else left.value / right.value
    if right.low <= ZERO <= right.high:
        return Interval(value, -UNBOUNDED, UNBOUNDED)
    corners = [_times(a, ZERO if b.is_infinite() else 1 / b) for a, b in product(left[1:], right[1:])]
    if value is not None:  # a quotient is cut at 28 digits, and so may its own bounds be
        corners.append(value)
    return Interval(value, min(corners), max(corners))


def _times(left: Decimal, right: Decimal) -> Decimal:
    return ZERO if ZERO in (left, right) else left * right
