"""What an extract holds before it is an establishment: sheets of cells, rows of people and posts, published lines.

An extract is a table from another system: an HR system's posts or occupancies, or a UK government organogram.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.grades import Span
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import Sum
from restructure_cli.model.results import Diff
from restructure_cli.model.structures import Structure


class Rows(StrEnum):
    """What one row of an extract stands for."""

    OCCUPANCY = "occupancy"
    """One person in one post, or one vacancy: an HR extract."""
    POST = "post"
    """One post, or several alike: an HR extract."""
    SENIOR = "senior"
    """One senior post of a UK government organogram."""
    JUNIOR = "junior"
    """Junior posts of one kind in a UK government organogram."""

    @property
    def of_an_organogram(self) -> bool:
        """Whether it is part of a UK government organogram."""
        return self in (Rows.SENIOR, Rows.JUNIOR)


class Row(NamedTuple):
    """One row as it stands: its line (or row of a sheet) from 1, its cells, and where those begin on a line."""

    line: int
    cells: tuple[str, ...]
    starts: tuple[tuple[int, int], ...] | None = None
    """Line and column of each cell; None where the cells, as they stand, make up the line."""


class Sheet(NamedTuple):
    """A table as it stands in a file: a CSV, or one sheet of a workbook (which then has a name)."""

    path: str
    name: str
    rows: tuple[Row, ...]
    encoding: str = ""
    """How a text file was read, where not as UTF-8."""
    errors_show: bool = True
    """Whether a cell with an error, such as #REF!, can be told from a blank one."""

    def place(self, row: Row, index: int = 0) -> Place:
        """Name a cell: `file:line:column`, or `Sheet!C14`."""
        if self.name:
            sheet = self.name if self.name.isalnum() else "'" + self.name.replace("'", "''") + "'"
            return Place(self.path, cell=f"{sheet}!{column_letters(index)}{row.line}")
        if row.starts is not None:
            line, column = row.starts[min(index, len(row.starts) - 1)] if row.starts else (row.line, 1)
            return Place(self.path, line=line, column=column)
        starts = (1, *accumulate((len(cell) + 1 for cell in row.cells), initial=1))[1:]
        return Place(self.path, line=row.line, column=starts[min(index, len(starts) - 1)])


def column_letters(index: int) -> str:
    """Return the letters of a column, counted from 0: A to Z, AA and so on."""
    letters = ""
    index += 1
    while index:
        index, left = divmod(index - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


class ColumnUse(NamedTuple):
    """What became of one column."""

    header: str
    letters: str
    field: str = ""
    """What it was read as; empty where nothing was read from it."""
    personal: bool = False
    """Whether it is about people and was dropped, or read only to tell a vacancy or a repeat."""
    kept: bool = False
    """Whether it was asked for and goes into notes."""


class Count(NamedTuple):
    """The rows of one table: in = used + rejected. Blank rows, and rows above the header, are not rows in."""

    path: str
    sheet: str
    rows: Rows
    came_in: int
    used: int
    rejected: int
    blank: int
    above: int
    """Rows above the header."""
    encoding: str
    columns: tuple[ColumnUse, ...]
    fte: Sum | None = None
    """The FTE that its used rows state, added up; None where rows repeat what is one post's."""
    errors_show: bool = True
    """Whether a cell with an error, such as #REF!, can be told from a blank one."""


class HrRow(NamedTuple):
    """One used row of an HR extract. What the row does not say is None; figures are exact."""

    place: Place
    line: int
    title: str
    teams: tuple[str, ...]
    """From the outermost in."""
    number: str | None = None
    grade: tuple[str, ...] = ()
    tenure: str | None = None
    reports_to: str | None = None
    """The post number of the manager."""
    code: str | None = None
    fund: str | None = None
    fte: Decimal | None = None
    filled: Decimal | None = None
    positions: Decimal | None = None
    people: Decimal | None = None
    agency: Decimal | None = None
    hours: Decimal | None = None
    """A week, of one position."""
    weeks: Decimal | str | None = None
    scp: Decimal | None = None
    starts: Moment | None = None
    ends: Moment | None = None
    occupied: bool | None = None
    """Whether somebody is in the post, as far as the row says."""
    holder: str | None = None
    """What identifies the person, to tell two people from one; never written anywhere."""
    kept: tuple[tuple[str, str], ...] = ()
    """Columns that were asked for, each with its header."""


class HrExtract(NamedTuple):
    """The used rows of an HR extract, and what their figures mean."""

    rows: tuple[HrRow, ...]
    kind: Rows
    fte_of_post: bool
    """Whether `fte` is the post's and repeated on each of its rows, because `filled` is each row's own."""
    fte_may_be_of_post: bool = False
    """Whether the header of `fte` speaks of the post, and no column has each row's own: it may be either."""
    hours_of_post: bool = False
    """Whether the header of `hours` speaks of the post, each of whose rows repeats them."""


class SeniorPost(NamedTuple):
    """One used row of a senior organogram. Money is £ a year."""

    place: Place
    line: int
    reference: str
    title: str
    grade: str | None = None
    department: str | None = None
    organisation: str | None = None
    unit: str | None = None
    reports_to: str | None = None
    """The reference of the post above; None for the top."""
    top: bool = False
    fte: Decimal | None = None
    pay: Span | None = None
    cost_of_reports: Decimal | None = None
    holder: str | None = None
    """Who is in it, where a name is published; read to tell a repeat from a job share."""
    vacant: bool = False
    eliminated: bool = False
    kept: tuple[tuple[str, str], ...] = ()


class JuniorPosts(NamedTuple):
    """One used row of a junior organogram: posts of one kind under one senior post. Money is £ a year."""

    place: Place
    line: int
    title: str
    reports_to: str | None = None
    grade: str | None = None
    department: str | None = None
    organisation: str | None = None
    unit: str | None = None
    fte: Decimal | None = None
    pay: Span | None = None
    kept: tuple[tuple[str, str], ...] = ()


class Organogram(NamedTuple):
    """The used rows of an organogram."""

    senior: tuple[SeniorPost, ...]
    junior: tuple[JuniorPosts, ...]

    @property
    def rows(self) -> tuple[SeniorPost | JuniorPosts, ...]:
        """All rows, the senior ones first."""
        return (*self.senior, *self.junior)


class Extract(NamedTuple):
    """Everything read from the files of one call."""

    hr: HrExtract | None
    organogram: Organogram | None
    counts: tuple[Count, ...]
    findings: tuple[Finding, ...]
    not_stated: Mapping[str, int]
    """How many cells of a column that was read are blank, or say that the figure is not disclosed; by header."""
    sheets_left: tuple[str, ...] = ()
    """Sheets of a workbook in which nothing is known."""
    mapping: Mapping[str, str] = {}
    """The header that each field was read from."""
    shortened: Mapping[str, int] = {}
    """How many figures of a column do not come out, and are taken to nine decimals; by header."""


class FileState(StrEnum):
    """What became of a file of an import."""

    WRITTEN = "written"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WOULD_BE_WRITTEN = "would be written"
    WOULD_BE_UPDATED = "would be updated"
    HELD_BACK = "not updated"
    """It is there already and differs, and nobody said that it may be updated."""


class KeyChange(NamedTuple):
    """One key of an entry that an import changes in a file that is there."""

    id: str
    key: str
    old: str
    new: str


class Outcome(NamedTuple):
    """What an import came to, for whoever is told of it."""

    organisation: str
    extract: Extract
    structure: Structure
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    files: tuple[tuple[str, FileState], ...] = ()
    changes: Diff | None = None
    """Against the file that is there already."""
    keys: tuple[KeyChange, ...] = ()
    """The same, key by key, for posts that stay."""
    gone: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()

    @property
    def came_in(self) -> int:
        """Rows in."""
        return sum(count.came_in for count in self.extract.counts)

    @property
    def used(self) -> int:
        """Rows used."""
        return sum(count.used for count in self.extract.counts)

    @property
    def rejected(self) -> int:
        """Rows rejected, each named by a finding."""
        return sum(count.rejected for count in self.extract.counts)

    @property
    def cells_refused(self) -> int:
        """Cells that their columns cannot hold, each named by a finding; their figures are unknown."""
        return sum(finding.rule.left_out and finding.rule.name == "sch.cell" for finding in self.extract.findings)
