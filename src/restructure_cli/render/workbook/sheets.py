"""Sheets of a workbook: cells with their formats, formulas with their cached values, and how a sheet prints.

Text is written as text whatever it begins with, so that a title of `=HYPERLINK(…)` stays a title; a formula is only
what this package itself makes. A figure nobody published is the text `?`, which no sum counts.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import xlsxwriter.utility
from xlsxwriter.worksheet import Worksheet

from restructure_cli.render.printable import printable

UNKNOWN = "?"
LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Kind(StrEnum):
    """What a column holds, which decides how its cells look."""

    TEXT = "text"
    MONEY = "money"
    FTE = "fte"
    RATE = "rate"
    NUMBER = "number"


class Look(StrEnum):
    """What a cell is: words, a figure somebody stated, one worked out, or a total."""

    PLAIN = "plain"
    STATED = "stated"
    WORKED = "worked"
    TOTAL = "total"
    HEAD = "head"
    TITLE = "title"
    NOTE = "note"


FORMATS = {
    Kind.TEXT: "General",
    Kind.MONEY: "#,##0.00;-#,##0.00",
    Kind.FTE: "#,##0.00##;-#,##0.00##",
    Kind.RATE: "0.00##%",
    Kind.NUMBER: "#,##0.######",
}
_LOOKS: dict[Look, dict[str, Any]] = {
    Look.PLAIN: {},
    Look.STATED: {"font_color": "#0000C0", "bg_color": "#FFF9DB"},
    Look.WORKED: {},
    Look.TOTAL: {"bold": True, "top": 1, "bg_color": "#EDEDED"},
    Look.HEAD: {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"},
    Look.TITLE: {"bold": True, "font_size": 14},
    Look.NOTE: {"italic": True, "font_color": "#404040"},
}


_LONGEST_TEXT = 32_767 // 2
"""Characters that a cell takes, were each two units of UTF-16; a longer text is cut, and ends with dots."""
_A4, _A3 = 9, 8
_TOO_WIDE = 220
"""Characters that A4 does not hold at a size to be read."""
_AT_THE_EDGE = (Look.TITLE, Look.NOTE)


class Column(NamedTuple):
    """A column: its heading, what it holds and how wide it is, in characters."""

    title: str
    kind: Kind = Kind.TEXT
    width: float = 14


class Figure(NamedTuple):
    """Where a figure stands in the book, and what it is."""

    ref: str
    value: Decimal | None


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self.of = cache(self._made)
        self._workbook = workbook

    def _made(self, kind: Kind, look: Look) -> Any:
        numbers = {"num_format": FORMATS[kind]} if kind is not Kind.TEXT and look is not Look.HEAD else {}
        right = (
            {"align": "right"}
            if kind is not Kind.TEXT
            else {"align": "left", "indent": 0 if look in _AT_THE_EDGE else 1}
        )
        wrapped = {"text_wrap": True, "valign": "top"} if look is Look.NOTE else {}
        return self._workbook.add_format({"font_name": "Arial", "font_size": 10, **numbers, **right, **wrapped,
                                          **_LOOKS[look]})  # fmt: skip


class Sheet:
    """One sheet under construction: a title, a frozen heading, rows from `first` on."""

    def __init__(
        self, page: Worksheet, looks: Looks, title: str, columns: Sequence[Column], words: Sequence[str]
    ) -> None:
        self.page, self.columns, self.name = page, tuple(columns), page.get_name()
        self._of = looks.of
        self._quoted = "'" + self.name.replace("'", "''") + "'!"
        self.text(0, 0, title, Look.TITLE)
        for number, line in enumerate(words, 1):
            self.text(number, 0, line, Look.PLAIN)
        self.heading = len(words) + 2
        self.row = self.first = self.heading + 1
        self.added: dict[int, Decimal] = {}
        self.lacking: set[int] = set()
        """Columns in which a figure is not known: what they add up to is not complete."""
        for number, column in enumerate(columns):
            page.set_column(number, number, column.width)
        self.headings(self.heading, columns)
        page.freeze_panes(self.heading + 1, 2 if len(columns) > 3 else 0)
        self._printed()

    def _printed(self) -> None:
        """Set up printing: across, as wide as the paper (A3 for a broad sheet), the heading on every page."""
        page = self.page
        page.set_landscape()
        page.set_paper(_A4 if sum(column.width for column in self.columns) < _TOO_WIDE else _A3)
        page.fit_to_pages(1, 0)
        page.repeat_rows(self.heading)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.set_footer("&L&8&F&C&8&A&R&8&P / &N")
        page.hide_gridlines(1)

    def headings(self, row: int, columns: Sequence[Column]) -> None:
        """Write the heading of a table."""
        lines = 1
        for number, column in enumerate(columns):
            width = self.columns[number].width
            lines = max(lines, -(-len(column.title) * 5 // int(width * 4)))
            self.page.write_string(row, number, printable(column.title), self._of(column.kind, Look.HEAD))
        self.page.set_row(row, 4 + 13 * lines)

    def text(self, row: int, column: int, words: str, look: Look = Look.PLAIN, kind: Kind = Kind.TEXT) -> None:
        """Write words, as words and nothing else."""
        if words:
            shown = printable(words)
            cut = shown if len(shown) <= _LONGEST_TEXT else f"{shown[: _LONGEST_TEXT - 1]}…"
            self.page.write_string(row, column, cut, self._of(kind, look))
        elif look is Look.TOTAL:
            self.page.write_blank(row, column, None, self._of(kind, look))

    def stated(self, row: int, column: int, value: Decimal | None, kind: Kind | None = None) -> Figure:
        """Write a figure that a file states (or `?`); changing it changes all that follows from it."""
        kind = kind or self.columns[column].kind
        if value is None:
            self.lacking.add(column)
            self.page.write_string(row, column, UNKNOWN, self._of(kind, Look.STATED))
        else:
            self._add(column, value)
            self.page.write_number(row, column, float(value), self._of(kind, Look.STATED))
        return Figure(self.ref(row, column), value)

    def worked(
        self, row: int, column: int, formula: str, value: Decimal | None, kind: Kind | None = None,
        look: Look = Look.WORKED,
    ) -> Figure:  # fmt: skip
        """Write a formula with what it comes to, `?` where a part of it is not known."""
        kind = kind or self.columns[column].kind
        if value is None:
            self.lacking.add(column)
        elif look is not Look.TOTAL:
            self._add(column, value)
        cached = UNKNOWN if value is None else float(value)
        self.page.write_formula(row, column, "=" + formula, self._of(kind, look), cached)
        return Figure(self.ref(row, column), value)

    def _add(self, column: int, value: Decimal) -> None:
        self.added[column] = self.added.get(column, Decimal(0)) + value

    def total(
        self, row: int, column: int, first: int, last: int, value: Decimal | None = None, complete: bool = True
    ) -> Figure:
        """Add up a column; a sum that is not complete and of which nothing is known is `?`, a known nil is 0."""
        added = self.added.get(column, Decimal(0)) if value is None else value
        span = self.span(column, first, last)
        if last < first:
            return self.worked(row, column, "0", Decimal(0), look=Look.TOTAL)
        formula = f"SUM({span})" if complete else f'IF(SUM({span})=0,"?",SUM({span}))'
        return self.worked(row, column, formula, added if complete or added else None, look=Look.TOTAL)

    def span(self, column: int, first: int, last: int) -> str:
        """Return a part of a column, as formulas of this sheet write it."""
        name = letters(column)
        return f"{name}${first + 1}:{name}${last + 1}"

    def ref(self, row: int, column: int) -> str:
        """Return a cell, as formulas of any sheet write it."""
        return f"{self._quoted}${letters(column)}${row + 1}"

    def range(self, column: int, first: int, last: int) -> str:
        """Return a part of a column, as formulas of any sheet write it."""
        name = letters(column)
        return f"{self._quoted}${name}${first + 1}:${name}${last + 1}"


@cache
def letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    return str(xlsxwriter.utility.xl_col_to_name(column))


class _Page(Worksheet):  # type: ignore[misc] # XlsxWriter says nothing of its types
    """A sheet whose formulas are written as they are: ours use no function that later versions of Excel renamed.

    The library would look for some thirty of them in every formula, which takes most of the time of a large book.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Book:
    """The workbook under construction, and the names its sheets may have."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.looks = Looks(workbook)

    def sheet(self, name: str, title: str, columns: Sequence[Column], words: Sequence[str] = ()) -> Sheet:
        """Add a sheet at the end."""
        safe = name.translate(_NOT_IN_NAMES).strip(" '")[:LONGEST_NAME]
        return Sheet(self.workbook.add_worksheet(safe, _Page), self.looks, title, columns, words)


def plain(value: Decimal) -> str:
    """Write a number as formulas do: a point, no exponent, no thousands."""
    return f"{value:f}"
