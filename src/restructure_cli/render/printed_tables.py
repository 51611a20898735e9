"""A table with its cells printed, for formats that lay tables out themselves: Markdown, HTML, Word.

Every format prints the same characters for the same figure, because all of them print it here.
"""

from typing import NamedTuple

from restructure_cli.model.report import Kind, Mark, Row, RowKind, Table
from restructure_cli.render.figures import column_decimals, printed

SHORT = 20
"""A table of so many rows or fewer is kept on one page where paper is turned."""


class PrintedRow(NamedTuple):
    """A row with its cells as text, in the order of the columns."""

    cells: tuple[str, ...]
    kind: RowKind
    indent: int
    unknown: frozenset[int]
    """The cells that nobody published."""
    spans: bool
    """Whether it is a heading with words in its first cell and nothing in the others."""


class PrintedTable(NamedTuple):
    """A table as text; `numbers` are the columns of figures, which stand to the right."""

    headings: tuple[str, ...]
    numbers: frozenset[int]
    rows: tuple[PrintedRow, ...]

    @property
    def is_short(self) -> bool:
        """Whether it is to stand on one page."""
        return len(self.rows) <= SHORT

    @property
    def shows_unknown(self) -> bool:
        """Whether a `?` stands in it."""
        return any(row.unknown for row in self.rows)


def print_table(table: Table) -> PrintedTable:
    """Print the cells of a table, each column with the decimals that it needs.

    Raises ValueError for a figure that could not be printed without rounding it.
    """
    decimals = [
        0 if column.kind is Kind.TEXT else column_decimals(column, (row.cells[index] for row in table.rows))
        for index, column in enumerate(table.columns)
    ]
    return PrintedTable(
        headings=tuple(printed(column.title, Kind.TEXT, 0) for column in table.columns),
        numbers=frozenset(index for index, column in enumerate(table.columns) if column.kind is not Kind.TEXT),
        rows=tuple(_row(row, table, decimals) for row in table.rows),
    )


def _row(row: Row, table: Table, decimals: list[int]) -> PrintedRow:
    cells = tuple(
        printed(cell, column.kind, places)
        for cell, column, places in zip(row.cells, table.columns, decimals, strict=True)
    )
    return PrintedRow(
        cells,
        row.kind,
        row.indent,
        frozenset(index for index, cell in enumerate(row.cells) if cell is Mark.UNKNOWN),
        row.kind is RowKind.HEADING and bool(cells[0]) and not any(cells[1:]),
    )
