"""Days, months and financial years as councils write them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A date as written: a day, or a whole month where `day` is None."""

    year: int
    month: int
    day: int | None = None

    def first_day(self) -> date:
        """Return the day on which it begins: `starts`, `joins` and `from` count from here."""
        return date(self.year, self.month, self.day or 1)

    def last_day(self) -> date:
        """Return the day on which it ends: `ends` and `until` count to here."""
        return date(self.year, self.month, self.day or monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        """Return it as it is written in a file."""
        month = f"{self.year:04}-{self.month:02}"
        return month if self.day is None else f"{month}-{self.day:02}"


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """1 April of `start` to 31 March of the next year; written `2024-25`."""

    start: int

    def __str__(self) -> str:
        """Return it as it is written in a file."""
        return f"{self.start}-{(self.start + 1) % 100:02}"
