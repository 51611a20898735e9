"""How much of a financial year a line is there: whole months, and days inside a month."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.model.periods import FinancialYear, Moment

WHOLE = Decimal(1)


class Dates(NamedTuple):
    """From when to when something is there; None on either side is open."""

    starts: Moment | None = None
    ends: Moment | None = None

    def between(self, start: Moment | None, until: Moment | None) -> "Dates":
        """Return what of the dates lies between two others."""
        if start is None and until is None:
            return self
        return Dates(_later(self.starts, start), _earlier(self.ends, until))

    def share(self, year: FinancialYear) -> Decimal:
        """Return the share of a year that lies between the dates."""
        return WHOLE if self is ALWAYS else share(year, self.starts, self.ends)

    def reach_the_end(self, year: FinancialYear) -> bool:
        """Whether what is there is still there on the last day of a year."""
        return self.ends is None or self.ends.last_day() >= date(year.start + 1, 3, 31)


ALWAYS = Dates()


def share(year: FinancialYear, starts: Moment | None, ends: Moment | None) -> Decimal:
    """Return the share of a year, April to March, between two dates; None on either side is open.

    A month stands for its first day where something starts and for its last where it ends. A month that is partly
    in counts by its days.
    """
    first = starts.first_day() if starts is not None else date.min
    last = ends.last_day() if ends is not None else date.max
    if first <= date(year.start, 4, 1) and last >= date(year.start + 1, 3, 31):
        return WHOLE
    months = sum((_of_month(year, month, first, last) for month in range(12)), Decimal(0))
    return months / 12


def year_of(moment: Moment) -> FinancialYear:
    """Return the financial year that a date begins in."""
    day = moment.first_day()
    return FinancialYear(day.year if day.month >= 4 else day.year - 1)


def _later(one: Moment | None, other: Moment | None) -> Moment | None:
    if one is None or other is None:
        return one or other
    return one if one.first_day() >= other.first_day() else other


def _earlier(one: Moment | None, other: Moment | None) -> Moment | None:
    if one is None or other is None:
        return one or other
    return one if one.last_day() <= other.last_day() else other


def _of_month(year: FinancialYear, number: int, first: date, last: date) -> Decimal:
    """Return how much of the year's month (0 is April) lies between two days, both included."""
    start_year, month = (year.start, number + 4) if number < 9 else (year.start + 1, number - 8)
    days = monthrange(start_year, month)[1]
    begin, end = date(start_year, month, 1), date(start_year, month, days)
    inside = (min(end, last) - max(begin, first)).days + 1
    return Decimal(max(inside, 0)) / days
