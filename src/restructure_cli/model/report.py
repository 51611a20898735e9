"""What a reader is shown: sections, tables, cells and notes, with no arithmetic left to do.

A builder in ``report/`` turns a result into a `Report`; a format in ``render/`` writes it out.
Whatever a cell shows was computed before it came here.
"""

from decimal import Decimal
from enum import Enum, StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a column holds, which decides how its cells are printed and aligned."""

    TEXT = "text"
    FTE = "fte"
    CHANGE_FTE = "change-fte"
    MONEY = "money"
    CHANGE_MONEY = "change-money"
    PERCENT = "percent"
    COUNT = "count"


class Mark(Enum):
    """A cell that is neither words nor a number."""

    UNKNOWN = "unknown"
    """Nobody published the figure. Printed `?`, and never added."""
    ABSENT = "absent"
    """There is nothing here to have a figure: a new post has no current side. Printed `–`."""
    BLANK = "blank"
    """Not a figure of this row."""


Cell = str | Decimal | Mark


class RowKind(StrEnum):
    """What a row is, for emphasis and rules."""

    LINE = "line"
    HEADING = "heading"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    MEMO = "memo"
    """Shown, belongs in no total."""


class Column(NamedTuple):
    """A column: its heading with the unit in it, and when it may go on a narrow terminal."""

    title: str
    kind: Kind = Kind.TEXT
    drop: int = 0
    """0: never dropped. On a narrow terminal the column with the highest number goes first; those below 0 go last,
    the lowest of them first."""
    key: str = ""
    """Its machine name, the heading in CSV."""


class Row(NamedTuple):
    """A row of a table: one cell a column."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.LINE
    indent: int = 0


class Table(NamedTuple):
    """Rows under columns. A total row stands last; every column adds up to it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    notes: tuple[str, ...] = ()


class Bar(NamedTuple):
    """A plain bar: amounts that lie end to end, the first full and the last empty, and the same in words."""

    label: str
    full: Decimal
    doubtful: Decimal
    """What is full or empty, nobody knows which."""
    empty: Decimal
    words: str

    @property
    def parts(self) -> tuple[Decimal, Decimal, Decimal]:
        """What is drawn of each part: nothing where it is below nil."""
        full, doubtful, empty = (max(part, Decimal(0)) for part in (self.full, self.doubtful, self.empty))
        return full, doubtful, empty

    @property
    def length(self) -> Decimal:
        """How long the whole bar is."""
        return sum(self.parts, Decimal(0))


class Legend(StrEnum):
    """What becomes of a post or team, in the words of a structure chart's legend."""

    UNCHANGED = "unchanged"
    CHANGED = "new or changed"
    TRANSFERRED = "transferred"
    """It joins the organisation, or moves to another team."""
    IN_DEVELOPMENT = "in development"
    """It starts later, or depends on a condition."""
    DELETED = "deleted"


class TreeLine(NamedTuple):
    """A team or a post of a structure chart, under the last line above it that is less deep."""

    depth: int
    title: str
    words: str = ""
    """FTE, grade, and what changes."""
    legend: Legend | None = None
    """None where there is no proposal to compare with."""
    is_team: bool = False


class Tree(NamedTuple):
    """A structure drawn as a tree: its lines from the top down."""

    title: str
    lines: tuple[TreeLine, ...]
    notes: tuple[str, ...] = ()


class Section(NamedTuple):
    """A heading, words, bars on one scale, structure charts and tables under it."""

    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    bars: tuple[Bar, ...] = ()
    bars_key: tuple[str, ...] = ()
    """What the full, the doubtful and the empty part of a bar stand for; empty for a part that no bar has."""
    trees: tuple[Tree, ...] = ()
    notes: tuple[str, ...] = ()
    """What has to be said under all of it."""
    level: int = 1
    """1 right under the title of the report; 2 within the section of level 1 before it."""


class Report(NamedTuple):
    """A whole answer for a reader; `conclusion` is the line that says it all, and stands last."""

    title: str
    sections: tuple[Section, ...]
    conclusion: str
    notes: tuple[str, ...] = ()
    data: Table | None = None
    """The same answer as one flat table, for CSV and spreadsheets."""
