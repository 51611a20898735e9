"""What a measure comes to: a figure, whether all of it is known, and the parts it was added up from."""

from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.evidence import Line
from restructure_cli.model.derivations import Derivation, Source
from restructure_cli.model.intervals import Interval


class Part(NamedTuple):
    """One line's share of a measure; None where it is unknown."""

    name: str
    value: Decimal | None
    source: Source | None = None
    line: Line | None = None
    derivation: Derivation | None = None
    """How it came about, where that is more than one figure of a file."""


class Measured(NamedTuple):
    """A measure worked out: the figure with what rounding allows, and whether all of it is known."""

    interval: Interval
    complete: bool
    parts: tuple[Part, ...]
    unit: str
    chosen: int
    """How many lines, pools, teams, needs or sources it is over."""
