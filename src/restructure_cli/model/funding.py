"""What has to be paid for and what pays for it: needs and sources, as a funding file states them."""

from collections.abc import Mapping
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


class Need(NamedTuple):
    """Something that has to be paid for. Amounts are £ a year, unless `total`, which spans its years."""

    id: str
    title: str
    amount: Printed | Formula | None = None
    total: Printed | None = None
    rate: Printed | None = None
    times: Printed | None = None
    units: Printed | None = None
    per: str | None = None
    starts: Moment | None = None
    until: Moment | None = None
    recurrent: bool | None = None
    """None: nobody says whether it goes on, so that later years are unknown."""
    status: Status | None = None
    call: int | None = None
    """Its place in the order in which needs are met, or sources drawn; those without one come last."""
    of_which: str | None = None
    at: tuple[str, ...] = ()
    note: str | None = None


class Source(NamedTuple):
    """Money that pays for needs: as a `Need`, and what kind of money it is and what it may pay for."""

    id: str
    title: str
    amount: Printed | Formula | None = None
    total: Printed | None = None
    rate: Printed | None = None
    times: Printed | None = None
    units: Printed | None = None
    per: str | None = None
    starts: Moment | None = None
    until: Moment | None = None
    recurrent: bool | None = None
    status: Status | None = None
    call: int | None = None
    of_which: str | None = None
    at: tuple[str, ...] = ()
    note: str | None = None
    kind: SourceKind | None = None
    cashable: bool | None = None
    pays_for: tuple[str, ...] | None = None
    """`for`: the needs it may pay; None: any; empty: it is shown and never drawn."""


class Funding(NamedTuple):
    """A funding file: needs and sources by id, in the order of the file."""

    path: str
    needs: Mapping[str, Need] = {}
    sources: Mapping[str, Source] = {}
    note: str | None = None
