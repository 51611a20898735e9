"""What comes of holding claims against the files: printed, computed, difference, verdict."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.derivations import Trace
from restructure_cli.model.intervals import Interval
from restructure_cli.model.printed import Printed


class Verdict(StrEnum):
    """Whether a printed figure can be worked out again."""

    HOLDS = "holds"
    TO_ROUNDING = "holds to rounding"
    AS_FAR_AS_KNOWN = "holds as far as known"
    """The known part of a total that is not known in full agrees."""
    BROKEN = "does not hold"
    KNOWN = "known not to hold"
    CANNOT = "cannot be computed"

    @property
    def holds(self) -> bool:
        """Whether the printed figure is the computed one, as far as anybody can tell."""
        return self in (Verdict.HOLDS, Verdict.TO_ROUNDING, Verdict.AS_FAR_AS_KNOWN)


class Judged(NamedTuple):
    """One printed figure of a claim with what it comes to. A claim that expects three measures is judged thrice."""

    id: str
    at: tuple[str, ...]
    says: str
    what: str
    """The measure, `compute` or `same as …`; empty where it cannot be worked out."""
    printed: Printed | None
    verdict: Verdict
    computed: Interval | None = None
    difference: Decimal | None = None
    """Printed less computed; None where either is unknown or a range."""
    known: Printed | None = None
    """The difference that the report is known to contain."""
    because: str = ""
    """Why it differs, or cannot be computed."""
    note: str = ""
    """What a reader should know beside the verdict: that rounding of the parts could explain a difference."""
    selects_nothing: str = ""
    """The measure whose selection nothing meets."""
    trace: Trace | None = None
