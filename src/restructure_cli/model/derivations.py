"""How a figure came about: a small tree of named steps whose leaves carry sources.

The value of a figure is the value of its derivation; there is no second calculation.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.findings import Pointer
from restructure_cli.model.intervals import Interval
from restructure_cli.model.quantities import Basis


class Step(StrEnum):
    """How a value follows from its parts."""

    STATED = "stated"
    """A leaf: it stands in a file, or is a convention of costing."""
    SUM = "sum"
    DIFFERENCE = "difference"
    """The first part less the others."""
    MEAN = "mean"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    """The first part divided by the others."""
    QUOTIENT_TO_NINE_PLACES = "quotient, to nine decimals"
    """FTE worked out from hours, which need not come out."""
    EXCESS = "excess"
    """The first part less the second, never below nil."""
    LEAST = "least"
    """The least of the parts: what a need lacks, or what a source has left."""
    PRODUCT_TO_THE_PENNY = "product, to the penny"
    """A product rounded half-up to the penny, which happens once on the way to any total."""
    NEGATED = "negated"
    GREATEST = "greatest"
    SIZE = "size"
    """Without its sign."""
    ROUNDED_UP = "rounded up"
    ROUNDED_DOWN = "rounded down"


class Kind(StrEnum):
    """What a figure is, where somebody needs to find it among the others: its name is for readers only."""

    FIGURE = "figure"
    FTE = "FTE"
    PEOPLE = "people"
    WEEKS = "weeks paid"
    SUPPLEMENT = "supplement"
    OWN_SALARY = "salary of the post"
    PART_OF_YEAR = "part of the year"
    COMPUTED_PAY = "computed pay"
    PAY_AWARD = "pay award"
    MOVES = "who moves where"
    CLAIM = "written in a claim"


class Source(NamedTuple):
    """Where a leaf stands: the file and the keys that lead there, and the paragraph it was published in."""

    path: str
    pointer: Pointer
    at: tuple[str, ...] = ()


class Derivation(NamedTuple):
    """One figure, its unit, and the figures it was made of."""

    name: str
    value: Decimal
    unit: str
    step: Step = Step.STATED
    parts: tuple["Derivation", ...] = ()
    source: Source | None = None
    basis: Basis = Basis.PUBLISHED
    because: str | None = None
    kind: Kind = Kind.FIGURE
    between: Interval | None = None
    """What it lies between where it is no one figure, as of "more than £2m": then `value` stands for nothing."""


Trace = Callable[[], Derivation]
"""Says how a figure came about, to whoever asks: most figures of a check are asked for by nobody."""


def weakest(figures: Iterable[Derivation]) -> Basis:
    """Return the weakest basis among figures: assumed before derived before published."""
    order = (Basis.PUBLISHED, Basis.DERIVED, Basis.ASSUMED)
    return order[max((order.index(figure.basis) for figure in figures), default=0)]


class LeftOut(NamedTuple):
    """A line that no explanation can include, and why."""

    title: str
    why: str


class Explanation(NamedTuple):
    """How one figure of one year came about, with the lines that are not in it."""

    name: str
    figure: Derivation | None
    """None where nothing of it is known."""
    left_out: tuple[LeftOut, ...] = ()
