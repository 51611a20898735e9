"""What comparing structures answers: rows that add up to totals, pools, vacancies, and what a total leaves out."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.quantities import NOTHING, Quantity, Sum, TwoSided
from restructure_cli.model.structures import Counts, Way


class RowKind(StrEnum):
    """What a row of a result stands for."""

    POST = "post"
    NOT_ITEMISED = "not-itemised"
    OTHER_COST = "other-cost"
    VACANCY_FACTOR = "vacancy-factor"
    IN_POOLS = "in-pools"


class Change(StrEnum):
    """What happens to a post, in the words of the field."""

    NEW = "new"
    DELETED = "deleted"
    SPLIT = "split"
    MERGED = "merged"
    RETITLED = "retitled"
    REGRADED = "regraded"
    MOVED = "moved"
    MORE_FTE = "more-fte"
    LESS_FTE = "less-fte"
    HOURS = "hours"
    TENURE = "tenure"
    MADE_PERMANENT = "made-permanent"
    MADE_TEMPORARY = "made-temporary"
    FUNDING = "funding"
    REPORTS_TO = "reports-to"
    DATES = "dates"
    CONDITION = "condition"
    UNCHANGED = "unchanged"


class Difference(NamedTuple):
    """One change with what it was and what it becomes, as text ("" where a side says nothing)."""

    change: Change
    old: str = ""
    new: str = ""


class TeamChange(NamedTuple):
    """A team that comes, goes, or changes title, place, lead or condition."""

    id: str
    title: str
    differences: tuple[Difference, ...]


class Link(NamedTuple):
    """Holders of a current post who may come into a proposed one; `fte` where just that much moves."""

    current: str
    proposed: str
    by: tuple[Way, ...] = ()
    fte: Decimal | None = None


class Pool(NamedTuple):
    """Posts joined by who may move where. FTE; None where unknown.

    `slack` is the posts' FTE less the holders'; below nil, that many FTE of people are displaced.
    """

    current: tuple[str, ...]
    proposed: tuple[str, ...]
    titles: tuple[str, ...]
    links: tuple[Link, ...]
    filled: Decimal | None
    fte: Decimal | None
    slack: Decimal | None
    counted: bool = True
    """Whether a post or the people of a post of it are in a total; those of its people without a post are displaced."""
    details: tuple[str, ...] = ()
    """Proposed posts that detail one of the pool's, and are in its FTE already."""

    @property
    def displaced(self) -> Decimal | None:
        """People without a post, FTE; nil where there are no people, however many posts there are."""
        if self.filled == 0:
            return Decimal(0)
        return None if self.slack is None else max(-self.slack, Decimal(0))


class Missing(NamedTuple):
    """Figures that nobody published: a measure of a side, and the rows without it."""

    measure: str
    side: str
    ids: tuple[str, ...]


class Published(NamedTuple):
    """A published total of a team (None: of the structure) beside the sum of its parts."""

    node: str | None
    measure: str
    """`fte`, `filled`, `positions`, `cost` or `cost_change`: the key of its control."""
    stated: Quantity
    parts: Sum


class DiffRow(NamedTuple):
    """One post on both sides (or an item that completes a total). FTE, and £ a year under `cost`.

    `team` and `grade` are the proposed side's, or the current one's where the post is deleted.
    """

    id: str
    title: str
    kind: RowKind
    team: str | None
    grade: str
    current_team: str | None = None
    current_grade: str = ""
    current_title: str = ""
    current: str | None = None
    proposed: str | None = None
    """Ids of the posts compared; None where that side has none."""
    differences: tuple[Difference, ...] = ()
    fte: TwoSided = NOTHING
    filled: TwoSided = NOTHING
    shown: TwoSided = NOTHING
    vacant: TwoSided = NOTHING
    cost: TwoSided | None = None
    joins: str = ""
    """When the post joins, where it does so after the current structure's date: it is in no current figure."""
    joining: Decimal | None = None
    """FTE of the people who join with it."""
    covered: tuple[str, ...] = ()
    """The sides ("current", "proposed") on which a cost line has its price, so that it adds none of its own."""
    at: tuple[str, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """The words for what happens to the post."""
        return tuple(difference.change for difference in self.differences)

    @property
    def unchanged(self) -> bool:
        """Whether nothing that the files state differs."""
        return self.changes == (Change.UNCHANGED,)


class DiffTotals(NamedTuple):
    """Sums over the rows that count."""

    fte: TwoSided
    filled: TwoSided
    shown: TwoSided
    vacant: TwoSided
    displaced: Sum
    cost: TwoSided | None = None


class SideHead(NamedTuple):
    """What a structure says of itself."""

    path: str
    title: str
    counts: Counts
    as_at: str = ""
    document: str = ""


class Diff(NamedTuple):
    """What changes between two structures."""

    organisation: str
    service: str
    current: SideHead
    proposed: SideHead
    rows: tuple[DiffRow, ...]
    outside: tuple[DiffRow, ...]
    """Details of totals already counted, and lines that belong in no total."""
    totals: DiffTotals
    pools: tuple[Pool, ...]
    missing: tuple[Missing, ...]
    team_paths: Mapping[str | None, tuple[tuple[str, str], ...]]
    """Ids and titles from the top to each team, in the tree that totals follow."""
    titles: Mapping[str, str] = {}
    """Titles of posts by side and id: `current:clerk`, `proposed:clerk`."""
    suggestions: tuple[str, ...] = ()
    year: str = ""
    """The year of the prices, where there are any."""
    published_changes: tuple[Published, ...] = ()
    teams: tuple[TeamChange, ...] = ()
    snapshots: bool = False
    """Whether both sides are records of a day, and the second is no proposal: nobody moves, and none is displaced."""

    @property
    def complete(self) -> bool:
        """Whether no figure is missing from the totals of what the sides show, and of cost."""
        return not self.missing


class VacancyRow(NamedTuple):
    """A post's establishment and who is in it, FTE. None where unknown."""

    id: str
    title: str
    kind: RowKind
    team: str | None
    grade: str
    fte: Decimal | None
    filled: Decimal | None
    agency: Decimal | None
    vacant: Decimal | None
    rate: Decimal | None = None
    """Vacant of established, per cent to one decimal."""
    cover: Decimal = Decimal(0)
    """FTE of people seconded or acting up into it, counted at home."""
    at: tuple[str, ...] = ()


class VacancyTotals(NamedTuple):
    """Sums over the rows that count; the rate is over the posts of which both its parts are known, per cent."""

    fte: Sum
    filled: Sum
    agency: Sum
    vacant: Sum
    rate: Decimal | None
    rated: Decimal
    """The established FTE that the rate is over."""


class Vacancies(NamedTuple):
    """The vacancies of one structure."""

    organisation: str
    service: str
    head: SideHead
    rows: tuple[VacancyRow, ...]
    outside: tuple[VacancyRow, ...]
    totals: VacancyTotals
    missing: tuple[Missing, ...]
    team_paths: Mapping[str | None, tuple[tuple[str, str], ...]]
