"""What the analyses answer: rows that add up to totals, pools, and what a total leaves out."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.derivations import Derivation
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import NOTHING, Basis, Quantity, Sum, TwoSided
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


Points = Mapping[Point, Decimal | None]
"""£ a year at the bottom, mid and top of the grade."""


class Price(NamedTuple):
    """What a line costs, £ a year: at three points, by component, with the derivation of each figure."""

    bottom: Decimal
    mid: Decimal
    top: Decimal
    headline: Decimal
    components: Mapping[str, Mapping[Point, Derivation]]
    """Salary, pension and so on, at each point; one component for a published cost."""
    computed: bool
    """Worked out from pay (so that a vacancy factor applies), rather than published."""
    point: Point = Point.MID
    """Where the headline stands."""

    def headline_of(self, component: str) -> Decimal:
        """Return one component at the headline point."""
        return self.components[component][self.point].value

    def at(self, point: Point) -> Decimal:
        """Return the cost at a point."""
        return {Point.BOTTOM: self.bottom, Point.MID: self.mid, Point.TOP: self.top}[point]


class CostRow(NamedTuple):
    """A line priced in one year. `price` None: not priced, for the reason given."""

    id: str
    title: str
    kind: RowKind
    team: str | None
    grade: str
    fte: Decimal | None
    price: Price | None
    why_not: str = ""
    priced_by: str = ""
    """The cost line whose amount covers the post."""
    funding: Mapping[str, Decimal] = {}
    at: tuple[str, ...] = ()
    full_year: Price | None = None
    """What it costs in a full year, where it is there for part of this one; else the same price."""
    recurs: bool = True
    """False for a cost of one year only."""


def in_order(rows: Iterable[CostRow]) -> list[CostRow]:
    """Order priced lines by team, kind, title and id: the order of the file plays no part."""
    kinds = list(RowKind)
    return sorted(rows, key=lambda row: (row.team is None, row.team or "", kinds.index(row.kind), row.title, row.id))


class CostTotals(NamedTuple):
    """Sums over the rows, £ a year; not complete where a line is not priced."""

    fte: Sum
    bottom: Sum
    mid: Sum
    top: Sum
    headline: Sum


class YearCost(NamedTuple):
    """What a structure costs in one financial year."""

    year: str
    rows: tuple[CostRow, ...]
    outside: tuple[CostRow, ...]
    totals: CostTotals
    full_year: Sum
    """What is there at the end of the year would cost in a whole one, at the headline."""
    one_off: Decimal
    """How much of the headline is for this year only."""
    by_component: Mapping[str, Decimal]
    """£ a year at the headline point, by component."""
    by_basis: Mapping[Basis, Decimal]
    """£ a year at the headline point, by how the figures are known."""
    notes: tuple[str, ...] = ()
    published: tuple[Published, ...] = ()


class StructureCost(NamedTuple):
    """What a structure costs, year by year."""

    head: SideHead
    point: Point
    years: tuple[YearCost, ...]
    team_paths: Mapping[str | None, tuple[tuple[str, str], ...]]


class CoverRow(NamedTuple):
    """A post's vacancy priced both ways, £ a year."""

    id: str
    title: str
    team: str | None
    vacant: Decimal
    filling: Decimal
    agency: Decimal
    derivation: Derivation

    @property
    def dearer(self) -> Decimal:
        """How much more the agency costs."""
        return self.agency - self.filling


class Cover(NamedTuple):
    """What covering a structure's vacancies by agency costs in a year, against filling them."""

    title: str
    year: str
    rows: tuple[CoverRow, ...]
    left_out: int
    """Posts with a vacancy that is not known, or without a price."""

    @property
    def vacant(self) -> Decimal:
        """Vacant FTE of the rows."""
        return sum((row.vacant for row in self.rows), Decimal(0))

    @property
    def filling(self) -> Decimal:
        """What filling them costs."""
        return sum((row.filling for row in self.rows), Decimal(0))

    @property
    def agency(self) -> Decimal:
        """What covering them by agency costs."""
        return sum((row.agency for row in self.rows), Decimal(0))

    @property
    def dearer(self) -> Decimal:
        """How much more the agency costs."""
        return self.agency - self.filling


class Cost(NamedTuple):
    """What one or more structures cost, and the change where there are two."""

    organisation: str
    service: str
    structures: tuple[StructureCost, ...]
    changes: tuple[Diff, ...] = ()
    """One a year, where there are two structures."""
    covers: tuple[Cover, ...] = ()
    """One a structure, in the first year, where the grades file states what agency workers cost."""
    undelayed: tuple[Diff, ...] = ()
    """The changes as they would be without the delay that the call asks for."""

    @property
    def change(self) -> Diff | None:
        """The change of the first year."""
        return self.changes[0] if self.changes else None
