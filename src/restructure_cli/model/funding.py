"""What has to be paid for and what pays for it: needs and sources, as a funding file states them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.periods import Moment
from restructure_cli.model.printed import Printed


class Status(StrEnum):
    """How certain money is, or how far a need is decided."""

    APPROVED = "approved"
    IDENTIFIED = "identified"
    FORECAST = "forecast"
    BID = "bid"
    UNKNOWN = "unknown"


class SourceKind(StrEnum):
    """Where money comes from."""

    BASE_BUDGET = "base budget"
    GROWTH = "growth"
    GRANT = "grant"
    RESERVE = "reserve"
    SAVING = "saving"
    COST_AVOIDANCE = "cost avoidance"
    INCOME = "income"


class Formula(StrEnum):
    """An amount that is not stated but follows."""

    CHANGE_COST = "change.cost"
    """A need: the computed cost of the change, part years and all."""
    REST = "rest"
    """A source: whatever its needs still lack."""


@dataclass(frozen=True, slots=True)
class FundingEntry:
    """What needs and sources have in common. Amounts are £ a year, unless `total`, which spans its years."""

    id: str
    title: str
    amount: Printed | Formula | None = None
    total: Printed | None = None
    rate: Printed | None = None
    """£ for one unit, or for one occasion."""
    times: Printed | None = None
    """How many times a year the rate is paid."""
    units: Printed | None = None
    per: str | None = None
    """What the rate of a unit is for: a year, month, week or day."""
    starts: Moment | None = None
    until: Moment | None = None
    recurrent: bool | None = None
    """None: nobody says whether it goes on, so that later years are unknown."""
    status: Status | None = None
    call: int | None = None
    """Its place in the order in which needs are met, or sources drawn; those without one come last."""
    of_which: str | None = None
    """The entry that already counts this one."""
    at: tuple[str, ...] = ()
    """The paragraphs of the document that say so."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Need(FundingEntry):
    """Something that has to be paid for."""


@dataclass(frozen=True, slots=True)
class Source(FundingEntry):
    """Money that pays for needs."""

    kind: SourceKind | None = None
    cashable: bool | None = None
    """Whether it can be spent; money that cannot is drawn only by needs that `pays_for` names."""
    pays_for: tuple[str, ...] | None = None
    """`for`: the needs it may pay; None: any; empty: it is shown and never drawn."""


class Funding(NamedTuple):
    """A funding file: needs and sources by id, in the order of the file."""

    path: str
    needs: Mapping[str, Need] = {}
    sources: Mapping[str, Source] = {}
    note: str | None = None
