"""What a measure comes to: a figure, whether all of it is known, and the parts it was added up from."""

from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.evidence import Line
from restructure_cli.model.claims import Measure
from restructure_cli.model.derivations import Derivation, Source, Trace
from restructure_cli.model.intervals import UNKNOWN, Interval, exactly
from restructure_cli.model.quantities import ZERO


class Part(NamedTuple):
    """One line's share of a measure; None where it is unknown."""

    name: str
    value: Decimal | None
    trace: Trace
    """How it came about, where its value is known."""
    line: Line | None = None


def stated(name: str, value: Decimal | None, unit: str, source: Source) -> Part:
    """Return a part that stands in a file as it is."""

    def trace() -> Derivation:
        assert value is not None
        return Derivation(name, value, unit, source=source)

    return Part(name, value, trace)


class Measured(NamedTuple):
    """A measure worked out: the figure with what rounding allows, and whether all of it is known."""

    interval: Interval
    complete: bool
    parts: tuple[Part, ...]
    unit: str
    chosen: int
    """How many lines, pools, teams, needs or sources it is over."""


UNITS = {
    "fte": "FTE", "filled": "FTE", "agency": "FTE", "vacant": "FTE", "displaced": "FTE", "slack": "FTE",
    "positions": "positions", "people": "people", "teams": "teams", "lines": "lines", "reports": "people",
    "hours": "hours a week", "cost": "£ a year", "": "£ a year",
}  # fmt: skip


def summed(parts: tuple[Part, ...], complete: bool, measure: Measure, chosen: int) -> Measured:
    """Add parts up; where no part of it is known there is no known part, and certainly no nil."""
    figures = [part.value for part in parts if part.value is not None]
    interval = exactly(sum(figures, ZERO)) if complete or figures else UNKNOWN
    return Measured(interval, complete, parts, UNITS[measure.name], chosen)
