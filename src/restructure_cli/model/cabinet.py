"""Everything that the appendix of a Cabinet report rests on: one run's results, side by side."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.model.charts import Chart
from restructure_cli.model.costs import Cost
from restructure_cli.model.findings import Finding
from restructure_cli.model.gaps import Gap
from restructure_cli.model.quantities import Basis
from restructure_cli.model.results import Diff, SideHead, Vacancies
from restructure_cli.model.risks import Risks
from restructure_cli.model.verdicts import Judged


class Taken(NamedTuple):
    """A figure that was worked out or assumed, with the reason that its file gives."""

    title: str
    """The entry it belongs to."""
    key: str
    """Its key in the file."""
    figure: Decimal | str | None
    unit: str
    """`£`, `%` or nothing."""
    basis: Basis
    because: str
    at: tuple[str, ...]
    path: str


class Cited(NamedTuple):
    """A paragraph that entries of a file were taken from, and the titles of the entries."""

    path: str
    at: str
    titles: tuple[str, ...]


class National(NamedTuple):
    """A national rate or spine that prices rest on, and where it was published."""

    name: str
    sources: tuple[str, ...]
    basis: Basis


class Foundations(NamedTuple):
    """What the figures rest on."""

    taken: tuple[Taken, ...]
    reasons: tuple[str, ...]
    """Why prices take something as it is not published, where no entry of a file says so."""
    cited: tuple[Cited, ...]
    national: tuple[National, ...]


class Appendix(NamedTuple):
    """The results of one run on one folder. None where the folder does not have the files for it."""

    organisation: str
    service: str
    heads: tuple[SideHead, ...]
    """The current structure, and the proposed one where there is one."""
    vacancies: Vacancies
    charts: tuple[Chart, ...]
    risks: Risks
    foundations: Foundations
    diff: Diff | None = None
    cost: Cost | None = None
    gap: Gap | None = None
    claims: tuple[Judged, ...] | None = None
    findings: tuple[Finding, ...] = ()
    """What stands against the files, with lines."""
    files: Mapping[str, str] = {}
    """The SHA-256 of every file read, by path."""
