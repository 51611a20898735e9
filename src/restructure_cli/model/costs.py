"""What costing answers: the price of a line, the cost of a structure year by year, agency cover, the change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.model.derivations import Derivation
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import Basis, Sum
from restructure_cli.model.results import Diff, Published, RowKind, SideHead


@dataclass(frozen=True, slots=True, eq=False)
class Price:
    """What a line costs, £ a year: at three points, by component, with the derivation of each figure.

    Lines of one pattern share one price. Prices are compared by identity, so that lines can be counted by them;
    `same_as` compares what two of them say.
    """

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

    def same_as(self, other: "Price | None") -> bool:
        """Whether two prices say the same of a line, and for the same reasons."""
        return self is other or (other is not None and _told(self) == _told(other))

    def headline_of(self, component: str) -> Decimal:
        """Return one component at the headline point."""
        return self.components[component][self.point].value

    def at(self, point: Point) -> Decimal:
        """Return the cost at a point."""
        return {Point.BOTTOM: self.bottom, Point.MID: self.mid, Point.TOP: self.top}[point]


def _told(price: Price) -> tuple[object, ...]:
    return price.headline, price.components, price.computed, price.point


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

    @property
    def range(self) -> Sum:
        """How much more it is at the top of grades than at the bottom."""
        return Sum(self.top.value - self.bottom.value, self.top.complete and self.bottom.complete)


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
    filled: bool = False
    """Whether the people in post are priced, instead of the established posts."""


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
