"""An establishment as an employer keeps it: teams, posts, other costs, and the totals it publishes."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.grades import Span
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import Basis, Quantity


class Counts(StrEnum):
    """What a document itself calls "current": which of `fte` and `filled` it shows."""

    ESTABLISHED = "established"
    FILLED = "filled"
    AFFECTED = "affected"


class Way(StrEnum):
    """How holders of a current post may come into a proposed one."""

    ASSIMILATE = "assimilate"
    SLOT_IN = "slot-in"
    RING_FENCE = "ring-fence"
    COMPETE = "compete"
    EXPRESS_INTEREST = "express-interest"


PERMANENT = "permanent"
TERM_TIME = "term"
"""`weeks: term`: paid in term time only, the number of weeks not published."""


class Known(NamedTuple):
    """A difference that a report is known to contain (control less parts), with the explanation."""

    difference: Quantity
    because: str


class Control(NamedTuple):
    """A published total: FTE, filled FTE, positions, £ a year, or the change in £ a year."""

    fte: Quantity | None = None
    filled: Quantity | None = None
    positions: Quantity | None = None
    cost: Quantity | None = None
    cost_change: Quantity | None = None
    itemised: bool = False
    """Whether the posts and costs below are said to be all there is."""
    known: Known | None = None
    at: tuple[str, ...] = ()


class Team(NamedTuple):
    """A node of the structure: directorate, service or team."""

    id: str
    title: str
    within: str | None = None
    counted_within: str | None = None
    """Where a table counts it, if not where it is managed; totals follow it."""
    lead: str | None = None
    starts: Moment | None = None
    ends: Moment | None = None
    subject_to: str | None = None
    teams: Quantity | None = None
    """How many teams it stands for, where they are not listed."""
    control: Control | None = None
    at: tuple[str, ...] = ()
    note: str | None = None
    path: str = ""

    @property
    def parent(self) -> str | None:
        """The team whose totals include this one's."""
        return self.counted_within if self.counted_within is not None else self.within


class MoveIn(NamedTuple):
    """A current post whose holders may come into a proposed post; `fte` where just that much moves."""

    post: str
    by: tuple[Way, ...] = ()
    fte: Decimal | None = None


class Post(NamedTuple):
    """A line of the structure: one job title, in one team, at one grade (or career grade).

    A named tuple, because a county has a hundred thousand of them. FTE are exact; `hours` are weekly,
    of one position; `weeks` are weeks paid a year; `cost` is the line's, £ a year, on-costs included.
    """

    id: str
    title: str
    team: str | None = None
    grade: tuple[str, ...] = ()
    grading: str | None = None
    tenure: str | None = None
    reports_to: str | None = None
    numbers: tuple[str, ...] = ()
    code: str | None = None
    fte: Quantity | None = None
    fte_change: Quantity | None = None
    positions: Quantity | None = None
    hours: Quantity | None = None
    weeks: Quantity | str | None = None
    scp: Quantity | None = None
    salary: Span | None = None
    """£ a year, full time: the range that is published for this post, in place of its grade's."""
    supplement: Quantity | None = None
    cost: Quantity | None = None
    cost_change: Quantity | None = None
    prices: str | None = None
    filled: Quantity | None = None
    people: Quantity | None = None
    agency: Quantity | None = None
    vacant: Quantity | None = None
    away: Mapping[str, Quantity] = {}
    on_hold: Quantity | None = None
    starts: Moment | None = None
    ends: Moment | None = None
    lasts: str | None = None
    joins: Moment | None = None
    subject_to: str | None = None
    moves_in: tuple[MoveIn, ...] | None = None
    """`from`: None where the file says nothing, empty where the post is to be recruited."""
    funding: Mapping[str, Quantity] = {}
    of_which: str | None = None
    counted: bool = True
    because: str | None = None
    basis: Basis | None = None
    at: tuple[str, ...] = ()
    note: str | None = None
    path: str = ""
    """The file that states the entry."""

    @property
    def in_totals(self) -> bool:
        """Whether the line adds to any total: not a detail of another, not set outside."""
        return self.counted and self.of_which is None

    @property
    def is_permanent(self) -> bool:
        """Whether the tenure is permanent, which it is unless the file says otherwise."""
        return self.tenure is None or self.tenure == PERMANENT


class OtherCost(NamedTuple):
    """A cost that is not one post's: a rota, a payment a head, ICT, the price of several posts together."""

    id: str
    title: str
    team: str | None = None
    amount: Quantity | None = None
    rate: Quantity | None = None
    times: Quantity | None = None
    units: Quantity | None = None
    per: str | None = None
    recurrent: bool | None = None
    starts: Moment | None = None
    until: Moment | None = None
    covers: tuple[str, ...] = ()
    of_which: str | None = None
    counted: bool = True
    because: str | None = None
    basis: Basis | None = None
    at: tuple[str, ...] = ()
    note: str | None = None
    path: str = ""

    @property
    def in_totals(self) -> bool:
        """Whether the line adds to any total."""
        return self.counted and self.of_which is None


class Structure(NamedTuple):
    """One version of an establishment, overlays resolved: teams, posts and other costs by id."""

    path: str
    organisation: str
    title: str
    service: str | None = None
    as_at: Moment | None = None
    counts: Counts = Counts.ESTABLISHED
    hours_per_week: Decimal | None = None
    document: str | None = None
    control: Control | None = None
    teams: Mapping[str, Team] = {}
    posts: Mapping[str, Post] = {}
    costs: Mapping[str, OtherCost] = {}
    note: str | None = None
    files: tuple[str, ...] = ()
    """The files it was read from: its own, then those it is based on."""
