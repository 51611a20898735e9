"""National parameters: dated values with their sources, and what is in force in a financial year.

Rates are fractions (13.8% is 0.138); money is £ a year or £ an hour; a spine has £ a year, full time, for each point.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.derivations import Derivation, Source
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis


class Unit(StrEnum):
    """What the values of a parameter are."""

    RATE = "rate"
    POUNDS_A_YEAR = "£ a year"
    POUNDS_AN_HOUR = "£ an hour"
    SPINE = "£ a year by point"


class Exceptional(NamedTuple):
    """Points of a spine that are known in another way than the rest."""

    points: frozenset[int]
    basis: Basis
    because: str


class Value(NamedTuple):
    """What a parameter stands at from a day on, until the next value begins. A rate or money, or a spine's points."""

    start: date
    title: str
    """What announced it."""
    source: tuple[str, ...]
    basis: Basis
    because: str | None = None
    value: Decimal | None = None
    points: Mapping[int, Decimal] = {}
    exceptions: tuple[Exceptional, ...] = ()

    @property
    def first_year(self) -> FinancialYear:
        """The first year in which it holds from the first day."""
        opens = self.start.month == 4 and self.start.day <= 6
        return FinancialYear(self.start.year + (0 if opens or self.start.month < 4 else 1))

    def known_by(self, point: int) -> tuple[Basis, str | None]:
        """Say how the pay at a point of the spine is known, and why it is taken so."""
        for exception in self.exceptions:
            if point in exception.points:
                return exception.basis, exception.because
        return self.basis, self.because


class Follows(NamedTuple):
    """The spine that this one replaced, and the new number of each of its points."""

    spine: str
    points: Mapping[int, int]
    source: tuple[str, ...]
    basis: Basis
    because: str | None = None


class Parameter(NamedTuple):
    """One national parameter: its values, oldest first, complete to the end of a year and unknown after it."""

    name: str
    title: str
    unit: Unit
    values: tuple[Value, ...]
    complete_to: FinancialYear
    path: str
    note: str = ""
    beyond: str = ""
    """What to do for a year after the last one."""
    follows: Follows | None = None

    @property
    def first_year(self) -> FinancialYear:
        """The first year that is covered from its first day."""
        return self.values[0].first_year


class Share(NamedTuple):
    """A value in force in a year, and for how many of its months."""

    value: Value
    months: int


class InForce(NamedTuple):
    """A rate or money in force in a year; where it changes inside the year, the mean of the year's months."""

    parameter: Parameter
    year: FinancialYear
    shares: tuple[Share, ...]
    derivation: Derivation

    @property
    def value(self) -> Decimal:
        """The figure: a rate as a fraction, or £."""
        return self.derivation.value


class SpineInForce(NamedTuple):
    """The points of a spine in a year. `parameter` has the numbering: of `njc` in 2018-19 it is `njc-2015`."""

    parameter: Parameter
    year: FinancialYear
    value: Value
    source: Source

    @property
    def points(self) -> Mapping[int, Decimal]:
        """£ a year, full time, by point."""
        return self.value.points

    def at(self, point: int) -> Derivation | None:
        """Return the pay at a point with its source and basis; None where the spine does not have the point."""
        pay = self.value.points.get(point)
        if pay is None:
            return None
        basis, because = self.value.known_by(point)
        source = self.source._replace(pointer=(*self.source.pointer, str(point)))
        name = f"{self.parameter.name} point {point}, {self.year}"
        return Derivation(name, pay, "£ a year, full time", source=source, basis=basis, because=because)


class NotKnown(NamedTuple):
    """A parameter has no value for a year. Nothing is taken over from another year."""

    parameter: str
    year: FinancialYear
    known: str
    """The years it is known for."""
    hint: str = ""

    @property
    def message(self) -> str:
        """What is missing, in a sentence that names the parameter and the year."""
        return f"{self.parameter} is not known for {self.year}: it is known for {self.known}"


class Shown(NamedTuple):
    """What somebody looks up: parameters, and where a year is given what each stands at in it."""

    parameters: tuple[Parameter, ...]
    year: FinancialYear | None
    in_force: Mapping[str, InForce | SpineInForce]
    missing: tuple[NotKnown, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the parameters that were read for it."""
        answered = (answer.parameter.name for answer in self.in_force.values())
        return tuple(dict.fromkeys((*(parameter.name for parameter in self.parameters), *answered)))
