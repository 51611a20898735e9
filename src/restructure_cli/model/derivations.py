"""How a figure came about: a small tree of named steps whose leaves carry sources.

The value of a figure is the value of its derivation; there is no second calculation.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.findings import Pointer
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
    EXCESS = "excess"
    """The first part less the second, never below nil."""
    LEAST = "least"
    """The least of the parts: what a need lacks, or what a source has left."""
    PRODUCT_TO_THE_PENNY = "product, to the penny"
    """A product rounded half-up to the penny, which happens once on the way to any total."""


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


def weakest(figures: Iterable[Derivation]) -> Basis:
    """Return the weakest basis among figures: assumed before derived before published."""
    order = (Basis.PUBLISHED, Basis.DERIVED, Basis.ASSUMED)
    return order[max((order.index(figure.basis) for figure in figures), default=0)]
