"""What a funding file comes to, year by year: needs, what pays for them, the gap, and what runs out when. £."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from restructure_cli.model.derivations import Derivation
from restructure_cli.model.derivations import Source as Stands
from restructure_cli.model.funding import Need, Source, Status
from restructure_cli.model.intervals import Interval
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis
from restructure_cli.model.results import SideHead


class Scope(StrEnum):
    """Which money a gap counts."""

    COUNTED = "gap"
    """Approved, identified and forecast money."""
    APPROVED = "gap.approved"
    ALL = "gap.all"
    """Bids too, and money of which nobody says how certain it is."""


COUNTED_STATUSES: Mapping[Scope, frozenset[Status]] = {
    Scope.APPROVED: frozenset({Status.APPROVED}),
    Scope.COUNTED: frozenset({Status.APPROVED, Status.IDENTIFIED, Status.FORECAST}),
    Scope.ALL: frozenset(Status),
}


class Lasting(StrEnum):
    """Whether a need or a source goes on."""

    RECURRENT = "recurrent"
    """Said to be recurrent, and without an end."""
    ONE_OFF = "one-off"
    """For one year, or with an end."""
    NOT_SAID = "not said"


class Reckoned(NamedTuple):
    """A figure, and the part of it that is known: without the entries of which nobody published the amount."""

    whole: Interval
    known: Interval

    @property
    def complete(self) -> bool:
        """Whether nothing is left out of the known part."""
        return self.whole == self.known

    @property
    def bounded(self) -> bool:
        """Whether the whole lies between two figures."""
        return self.whole.low.is_finite() and self.whole.high.is_finite()

    @property
    def bounds(self) -> Interval:
        """Between what it lies: the whole, or where nothing bounds that the known part."""
        return self.whole if self.bounded else self.known

    @property
    def shown(self) -> Interval:
        """The figure to tell where only one is told: the whole where it lies between bounds, else the known part."""
        return self.known if self.complete or not self.bounded else self.whole

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of it."""
        return not self.complete and not self.bounded and not self.known.low and not self.known.high


class Factor(NamedTuple):
    """A figure that an amount is the product of."""

    name: str
    figure: Interval
    unit: str
    source: Stands | None = None
    """Where it stands; None for a convention."""
    basis: Basis = Basis.PUBLISHED
    because: str | None = None
    worked_out: Derivation | None = None
    """How it came about, where it is not stated."""


class YearAmount(NamedTuple):
    """What an entry of a funding file comes to in one year, £.

    `terms` are products of factors, each to the penny: the amount is the first less the others (a total that
    spans several years: what of it falls up to the end of the year, less what fell before).
    """

    amount: Reckoned
    terms: tuple[tuple[Factor, ...], ...] = ()
    why_not: str = ""
    """Why it, or a part of it, is not known."""
    there: Decimal = Decimal(1)
    """The share of the year in which the entry is there."""


class Payable(NamedTuple):
    """A source in one year: what it holds, which needs it may pay, and how far where it pays their rest."""

    id: str
    amount: Interval
    pays: frozenset[str]
    rest: Mapping[str, Decimal] | None = None
    """For a source that pays whatever is lacking: the share of each need's time in which it is there."""


@dataclass(frozen=True)
class Plan:
    """The needs and sources of one year, in order of call."""

    needs: tuple[tuple[str, Interval], ...]
    sources: tuple[Payable, ...]
    worked_out: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out from it so far: a year asks for the same allocations many times over."""


class Draw(NamedTuple):
    """What one need takes from one source."""

    source: str
    amount: Reckoned


class NeedYear(NamedTuple):
    """A need in one year."""

    need: Need
    lasting: Lasting
    year: YearAmount
    funding: Reckoned
    gap: Reckoned
    draws: tuple[Draw, ...]


class SourceYear(NamedTuple):
    """A source in one year."""

    source: Source
    lasting: Lasting
    year: YearAmount
    drawn: Reckoned
    left: Reckoned
    """What of it no need takes."""
    counted: bool
    """Whether it is certain enough for the gap."""
    rest: bool = False
    """Whether it pays whatever its needs still lack, so that nobody states how much it holds."""

    @property
    def status(self) -> Status:
        """How certain it is: unknown where nobody says."""
        return self.source.status or Status.UNKNOWN


class Part(NamedTuple):
    """The needs that last in one way, the drawn money that does, and what lies between."""

    need: Reckoned
    funding: Reckoned
    difference: Reckoned

    @property
    def nothing(self) -> bool:
        """Whether there are no such needs and no such money."""
        return not any(figure.whole.high or figure.whole.low for figure in (self.need, self.funding))


class YearAmounts(NamedTuple):
    """What the needs and sources of one year come to, £, and how they are allocated: what its measures rest on."""

    needs: Mapping[str, Reckoned]
    """By id, details (`of_which`) among them."""
    sources: Mapping[str, Reckoned]
    counted_needs: tuple[str, ...]
    counted_sources: tuple[str, ...]
    whole: Mapping[Scope, Plan]
    known: Mapping[Scope, Plan]


class YearGap(NamedTuple):
    """One financial year. Details (`of_which`) stand among `details`, and are in no sum."""

    year: FinancialYear
    needs: tuple[NeedYear, ...]
    sources: tuple[SourceYear, ...]
    details: tuple[NeedYear | SourceYear, ...]
    need: Reckoned
    funding: Reckoned
    gaps: Mapping[Scope, Reckoned]
    by_status: Mapping[Status, Reckoned]
    """What is drawn for the gap, by how certain it is; what bids and unknowns would add stands beside."""
    lasting: Mapping[Lasting, Part]
    amounts: YearAmounts
    """The year as it is allocated: with every amount, and with what is known of them."""

    @property
    def whole(self) -> Mapping[Scope, Plan]:
        """Return the allocation with every amount, by the money that counts."""
        return self.amounts.whole

    @property
    def known(self) -> Mapping[Scope, Plan]:
        """Return the allocation with what is known of the amounts."""
        return self.amounts.known

    @property
    def gap(self) -> Reckoned:
        """The need less what approved, identified and forecast money brings."""
        return self.gaps[Scope.COUNTED]

    @property
    def paid(self) -> Interval:
        """What is drawn, as it is told beside the gap: of the whole, or of the known part."""
        return self.funding.shown if self.gap.bounded else self.funding.known

    @property
    def parts(self) -> tuple[Decimal, Decimal, Decimal]:
        """What of the need is paid for sure, what may be paid or lacking, and what is lacking for sure."""
        paid, lacks, need = self.paid, self.gap.shown, self.need.shown
        if paid.value is not None and lacks.value is not None:
            return paid.value, Decimal(0), lacks.value
        return paid.low, need.high - paid.low - lacks.low if need.high.is_finite() else Decimal(0), lacks.low

    @property
    def missing(self) -> tuple[NeedYear | SourceYear, ...]:
        """The needs of which not everything is known, and such sources as may pay one."""
        paying = {source.id for source in self.whole[Scope.ALL].sources if source.pays}
        sources = (source for source in self.sources if source.source.id in paying)
        every: tuple[NeedYear | SourceYear, ...] = (*self.needs, *sources)
        return tuple(entry for entry in every if entry.year.why_not)


class PostUnder(NamedTuple):
    """A post that a source pays for, FTE of it; None where it does not say."""

    id: str
    title: str
    fte: Decimal | None
    permanent: bool


class Stop(StrEnum):
    """How a source comes to bring less."""

    ENDS = "ends"
    FALLS = "falls"
    NOT_SAID = "not said to go on"


class Cliff(NamedTuple):
    """Money that stops while what it pays for goes on."""

    year: FinancialYear
    """The first year without it."""
    source: Source
    stop: Stop
    amount: Reckoned
    """What of the money drawn the year before no longer comes, £ a year."""
    needs: tuple[NeedYear, ...]
    """The needs it paid for, in the year they go without it."""
    posts: tuple[PostUnder, ...]


class Gap(NamedTuple):
    """The years asked for, and every cliff that the file tells of up to the last date in it."""

    path: str
    organisation: str
    service: str
    years: tuple[YearGap, ...]
    cliffs: tuple[Cliff, ...]
    change: tuple[SideHead, SideHead] | None = None
    """The structures whose difference a need is, where one is."""

    @property
    def complete(self) -> bool:
        """Whether every amount of the years shown is known."""
        return not any(year.missing for year in self.years)
