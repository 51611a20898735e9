"""What a report prints, written down so that it can be worked out again: claims, selections, measures, expressions."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Union

from restructure_cli.model.printed import Printed


class Key(StrEnum):
    """What lines may be selected by."""

    POST = "post"
    TEAM = "team"
    GRADE = "grade"
    TENURE = "tenure"
    FUND = "fund"
    CHANGES = "changes"
    COST = "cost"
    POOL = "pool"
    NEED = "need"
    SOURCE = "source"
    CONDITIONAL = "conditional"
    COUNTED = "counted"


class Choice(NamedTuple):
    """Lines that meet every key: one of its values each; without those of `excluded`."""

    keys: tuple[tuple[Key, tuple[str, ...]], ...] = ()
    excluded: tuple["Choice", ...] = ()

    def of(self, key: Key) -> tuple[str, ...]:
        """Return the values of a key, none where it is left out."""
        for own, values in self.keys:
            if own is key:
                return values
        return ()


Selection = tuple[Choice, ...]
"""Lines that meet one of the choices, each once; an empty selection is everything counted."""


class Side(StrEnum):
    """What a measure is of: a side, the change between them, the pools, or a year of funding."""

    CURRENT = "current"
    PROPOSED = "proposed"
    CHANGE = "change"
    POOL = "pool"
    NEED = "need"
    FUNDING = "funding"
    GAP = "gap"
    AVAILABLE = "available"
    """What sources hold, whoever may draw on them."""


class Measure(NamedTuple):
    """A figure that the tool works out: `current.fte`, `change.cost.top`, `pool.slack`, `gap.approved.2024-25`."""

    side: Side
    name: str = ""
    """`fte`, `cost` and so on; of a gap `""`, `approved` or `all`."""
    part: str = ""
    """Of `fte` `parts`; of `cost` also `bottom`, `mid`, `top`, `one_off` or `full_year`."""
    year: str = ""

    def __str__(self) -> str:
        """Return it as it is written in a file."""
        return ".".join(filter(None, self))


class Operation(StrEnum):
    """What an expression does with its operands."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    NEGATE = "negate"
    SUM = "sum"
    MIN = "min"
    MAX = "max"
    ABS = "abs"
    CEIL = "ceil"
    FLOOR = "floor"


class Literal(NamedTuple):
    """A figure written into an expression."""

    figure: Printed


class Name(NamedTuple):
    """A term that `let` names."""

    name: str
    at: int = 0
    """At which character of the expression it stands, from 0."""


class Calculation(NamedTuple):
    """An operation on expressions."""

    operation: Operation
    operands: tuple["Expression", ...]


Expression = Union[Literal, Name, Calculation]  # noqa: UP007 - it refers to itself


class Take(NamedTuple):
    """A term of `let`: a measure of the files over a selection."""

    measure: Measure
    of: Selection = ()


class FromClaim(NamedTuple):
    """A term of `let`: what another claim prints."""

    claim: str


Term = Take | FromClaim | Printed


class KnownDifference(NamedTuple):
    """A difference that the report is known to contain, printed less computed, with the explanation."""

    difference: Printed
    because: str


class Claim(NamedTuple):
    """A figure, or several, that a report prints in one place."""

    id: str
    says: str
    at: tuple[str, ...] = ()
    of: Selection = ()
    expect: Mapping[Measure, Printed] = {}
    let: Mapping[str, Term] = {}
    compute: Expression | None = None
    prints: Printed | None = None
    same_as: str | None = None
    cannot: str | None = None
    known: KnownDifference | None = None

    @property
    def printed(self) -> Printed | None:
        """The one value that it prints; None where it prints several, or none."""
        if self.prints is not None:
            return self.prints
        return next(iter(self.expect.values())) if len(self.expect) == 1 else None

    @property
    def uses(self) -> tuple[str, ...]:
        """The claims whose printed figures it is worked out from."""
        taken = tuple(term.claim for term in self.let.values() if isinstance(term, FromClaim))
        return taken if self.same_as is None else (self.same_as, *taken)


class Claims(NamedTuple):
    """A claims file: claims by id, in the order of the file."""

    path: str
    claims: Mapping[str, Claim] = {}
    note: str | None = None
