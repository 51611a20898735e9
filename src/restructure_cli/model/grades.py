"""What posts are paid: grades, the employer's own points and flat on-cost rates, and the year they hold for."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis, Quantity


class Point(StrEnum):
    """A point of a grade's range."""

    BOTTOM = "bottom"
    MID = "mid"
    TOP = "top"


class Span(NamedTuple):
    """A range with both ends in it: of spinal column points, or of £ a year."""

    low: Decimal
    high: Decimal


class Grade(NamedTuple):
    """A grade: a range of points or of salary, a published cost per FTE, or known to exist and not priced."""

    id: str
    scp: Span | None = None
    salary: Span | None = None
    cost: Quantity | None = None
    """£ a year for 1 FTE, on-costs included."""
    prices: str | None = None
    basis: Basis = Basis.PUBLISHED
    because: str | None = None
    at: tuple[str, ...] = ()
    note: str | None = None

    @property
    def priced(self) -> bool:
        """Whether the file says anything of what it costs."""
        return self.scp is not None or self.salary is not None or (self.cost is not None)


class Rate(NamedTuple):
    """A flat rate on pay, as a fraction (19.8% is 0.198), with its basis."""

    value: Decimal
    basis: Basis = Basis.PUBLISHED
    because: str | None = None
    at: tuple[str, ...] = ()


class Agency(NamedTuple):
    """What cover by an agency worker costs: a day or hourly rate, or a premium on the post's own cost."""

    rate: Quantity | None = None
    per: str | None = None
    premium: Rate | None = None


class LaterYear(NamedTuple):
    """What is assumed for a later year: a pay award (a rate, or a flat sum in £) and rates that change."""

    year: FinancialYear
    pay_award: Rate | None = None
    flat_award: Quantity | None = None
    pension: Rate | None = None
    on_costs: Mapping[str, Rate] = {}
    vacancy_factor: Rate | None = None
    national_insurance: Rate | None = None
    """The employer's rate that is assumed where the law does not reach that far yet; so too the next two."""
    secondary_threshold: Rate | None = None
    """£ a year a person."""
    apprenticeship_levy: Rate | None = None


class Grades(NamedTuple):
    """An employer's pay in one year: grades, points of its own or a named spine, and flat on-costs."""

    path: str
    organisation: str
    year: FinancialYear
    spine: str | None = None
    points: Mapping[int, Decimal] = {}
    """£ a year, full time, by spinal column point."""
    hours_per_week: Decimal | None = None
    point: Point = Point.MID
    """The point at which posts are costed."""
    pension: Rate | None = None
    on_costs: Mapping[str, Rate] = {}
    vacancy_factor: Rate | None = None
    agency: Agency | None = None
    grades: Mapping[str, Grade] = {}
    years: Mapping[str, LaterYear] = {}
    note: str | None = None
