"""A structure as a chart shows it: teams and posts from the top down, and what becomes of each."""

from decimal import Decimal
from typing import NamedTuple

from restructure_cli.model.periods import Moment
from restructure_cli.model.report import Legend
from restructure_cli.model.results import Difference, SideHead


class Drawn(NamedTuple):
    """A team or a post of a chart, `depth` levels below the top. FTE None: unknown."""

    id: str
    title: str
    depth: int
    above: str = ""
    """The id of what it stands under; empty at the top."""
    above_kind: str = ""
    """Whether that is a team or a post."""
    is_team: bool = False
    lead: str = ""
    """The title of the post that leads a team."""
    posts: int = 0
    """How many posts a team has, with the teams below it."""
    fte: Decimal | None = None
    grade: str = ""
    legend: Legend | None = None
    differences: tuple[Difference, ...] = ()
    starts: Moment | None = None
    joins: Moment | None = None
    subject_to: str = ""
    counted: bool = True
    """Whether it adds to the totals."""


class Chart(NamedTuple):
    """One structure as a chart; `side` is current or proposed."""

    organisation: str
    service: str
    head: SideHead
    side: str
    lines: tuple[Drawn, ...]
    compared: bool
    """Whether there is a proposal to compare with."""
