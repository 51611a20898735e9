"""A table as blocks of padded text: figures point under point, words wrapped, headings above them.

What a format for people needs before it draws anything, and no more: no colours, no rules.
"""

from typing import NamedTuple

from restructure_cli.model.report import Column, Kind, Mark, Row, RowKind, Table
from restructure_cli.render.figures import column_decimals, printed
from restructure_cli.render.fitting import GAP, Demand, fit
from restructure_cli.render.printable import printable
from restructure_cli.render.wrapping import (
    narrowest,
    widest_figure,
    widest_word,
    width_of,
    wrap_cell,
    wrap_words,
)

COMFORTABLE = 24
NARROWEST = 18
INDENT = 2
"""Spaces a level, in the first column."""
HEADING_LINES = (1, 2, 3)
"""A heading takes this many lines before text narrows; after that, as many as it needs."""
BESIDE_INDENT = 12
"""Text keeps this much however deeply it is indented."""


class GridRow(NamedTuple):
    """A row ready to draw: a block of lines a column, or one label across them all."""

    kind: RowKind
    blocks: tuple[str, ...]
    label: str = ""
    """The words of a heading row, which run on over the columns beside the first."""


class Grid(NamedTuple):
    """A table ready to draw. Every line of a block is as wide as its column and the gap after it."""

    widths: tuple[int, ...]
    """Of each column with the gap after it, in cells of a terminal."""
    header: tuple[str, ...]
    rows: tuple[GridRow, ...]
    left_out: tuple[str, ...]
    """Headings of the columns for which there was no room."""
    shows_unknown: bool
    """Whether a `?` stands in it."""

    @property
    def width(self) -> int:
        """The cells of a terminal from the first column to the last."""
        return max(sum(self.widths) - GAP, 0)


class _PrintedColumn(NamedTuple):
    """A column with its heading and cells printed, but not yet wrapped or padded."""

    column: Column
    heading: str
    cells: tuple[str, ...]
    indents: tuple[int, ...]
    """Spaces before each cell."""

    @property
    def is_text(self) -> bool:
        return self.column.kind is Kind.TEXT

    def demand(self) -> Demand:
        """Say which widths suit the column. Only words give way: figures and headings' words do not."""
        widest = max(map(width_of, self.cells), default=0)
        word = widest_word(self.heading)
        if self.is_text:
            widest = max(map(sum, zip(map(width_of, self.cells), self.indents, strict=True)), default=0)
        return Demand(
            whole=tuple(max(widest, narrowest(self.heading, lines)) for lines in HEADING_LINES),
            comfortable=max(self._narrowed_to(COMFORTABLE, widest), word),
            least=max(self._narrowed_to(NARROWEST, widest), word),
            drop=self.column.drop,
        )

    def _narrowed_to(self, floor: int, widest: int) -> int:
        """Give the width the cells need when text is narrowed as far as `floor`."""
        if not self.is_text or widest <= floor:
            return widest
        return max(
            indent + min(width_of(text), max(floor - indent, BESIDE_INDENT, widest_figure(text)))
            for text, indent in zip(self.cells, self.indents, strict=True)
        )

    def block(self, number: int, width: int) -> str:
        """Lay out one cell: figures to the right, text to the left and wrapped under itself."""
        text, indent = self.cells[number], self.indents[number]
        if not self.is_text:
            return " " * (width - width_of(text)) + text + " " * GAP
        lines = wrap_cell(text, max(width - indent, 1))
        return "\n".join(_to_the_left(" " * indent + line, width) for line in lines)

    def heading_lines(self, width: int) -> list[str]:
        """Lay out the heading, aligned as the cells under it are."""
        lines = wrap_words(self.heading, width)
        if self.is_text:
            return [_to_the_left(line, width) for line in lines]
        return [" " * (width - width_of(line)) + line + " " * GAP for line in lines]


def lay_out(table: Table, width: int | None) -> Grid:
    """Fit a table to a width in cells of a terminal; None is a pipe, which takes any width.

    Raises ValueError for a figure that could not be printed without rounding it.
    """
    columns = [_print_column(table, index) for index in range(len(table.columns))]
    kept, widths = fit([column.demand() for column in columns], width)
    staying = [(columns[index], wide) for index, wide in zip(kept, widths, strict=True)]
    return Grid(
        widths=tuple(wide + GAP for wide in widths),
        header=_header(staying),
        rows=tuple(
            GridRow(
                row.kind,
                tuple(column.block(number, wide) for column, wide in staying),
                label=_label(row, width) if _spans(row) else "",
            )
            for number, row in enumerate(table.rows)
        ),
        left_out=tuple(column.heading for index, column in enumerate(columns) if index not in kept),
        shows_unknown=any(row.cells[index] is Mark.UNKNOWN for row in table.rows for index in kept),
    )


def _spans(row: Row) -> bool:
    """Tell whether a row is a heading with nothing in it but words in the first column."""
    return (
        row.kind is RowKind.HEADING
        and not isinstance(row.cells[0], Mark)
        and all(cell is Mark.BLANK or cell == "" for cell in row.cells[1:])
    )


def _label(row: Row, width: int | None) -> str:
    """Lay out the words of a heading row, which may run on as far as the width goes."""
    indent = " " * (INDENT * row.indent)
    words = printable(str(row.cells[0]))
    lines = [words] if width is None else wrap_words(words, max(width - len(indent), NARROWEST))
    return "\n".join(indent + line for line in lines)


def _print_column(table: Table, index: int) -> _PrintedColumn:
    """Print the cells of a column. A label that spans the table is not this column's to make room for."""
    column = table.columns[index]
    cells = [Mark.BLANK if _spans(row) else row.cells[index] for row in table.rows]
    decimals = 0 if column.kind is Kind.TEXT else column_decimals(column, cells)
    after_units = " " * (decimals + 1) if decimals else ""
    return _PrintedColumn(
        column=column,
        heading=printable(column.title),
        cells=tuple(
            printed(cell, column.kind, decimals) + (after_units if cell is Mark.UNKNOWN or cell is Mark.ABSENT else "")
            for cell in cells
        ),
        indents=tuple(0 if index or _spans(row) else INDENT * row.indent for row in table.rows),
    )


def _header(columns: list[tuple[_PrintedColumn, int]]) -> tuple[str, ...]:
    """Lay out the headings so that their last lines stand level."""
    headings = [(column.heading_lines(wide), wide) for column, wide in columns]
    height = max((len(lines) for lines, _ in headings), default=0)
    return tuple("\n".join([" " * (wide + GAP)] * (height - len(lines)) + lines) for lines, wide in headings)


def _to_the_left(line: str, width: int) -> str:
    return line + " " * (width + GAP - width_of(line))
