"""What a decision rests on that may turn out otherwise."""

from decimal import Decimal
from typing import NamedTuple

from restructure_cli.model.quantities import Quantity, Sum


class Conditional(NamedTuple):
    """A post, or a team without listed posts, that depends on a condition. FTE and £ a year; None: not known."""

    title: str
    condition: str
    fte: Decimal | None
    cost: Decimal | None
    counted: bool
    at: tuple[str, ...]
    is_team: bool = False


class NotEvaluated(NamedTuple):
    """A post whose grade is indicative or pending: its FTE, and £ a year at the bottom and top of the grade."""

    title: str
    grade: str
    grading: str
    fte: Decimal | None
    bottom: Decimal | None
    top: Decimal | None
    counted: bool
    at: tuple[str, ...]


class UnknownFigures(NamedTuple):
    """The lines of which nobody published a measure on a side."""

    measure: str
    side: str
    titles: tuple[str, ...]


class Unpriced(NamedTuple):
    """How many lines, and how much FTE, have no price for one reason."""

    why: str
    lines: int
    fte: Sum


class KnownDifference(NamedTuple):
    """A published total that is known not to agree with its parts (total less parts)."""

    title: str
    structure: str
    difference: Quantity
    because: str
    at: tuple[str, ...]
    is_money: bool = False
    """Whether the total, so the difference, is £ a year; else FTE or positions."""


class Risks(NamedTuple):
    """Everything of the kind in one organisation's files."""

    conditions: tuple[Conditional, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    unknown: tuple[UnknownFigures, ...]
    unpriced: tuple[Unpriced, ...]
    known_differences: tuple[KnownDifference, ...]
