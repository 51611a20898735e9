"""Writes a report's flat table as CSV, for spreadsheets and scripts.

Figures are plain (ASCII minus, no commas, no units), an unknown figure says so, and no cell can run as a
formula. The byte order mark that Excel wants belongs to the encoding, which is the caller's.
"""

import csv
from decimal import Decimal
from io import StringIO

from restructure_cli.model.report import Cell, Column, Mark, Report, Table
from restructure_cli.render.figures import plain
from restructure_cli.render.printable import printable

UNKNOWN = "unknown"

_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render_csv(report: Report) -> str:
    r"""Write the report's `data` table, or else its first table, as CSV with `\r\n` line ends.

    The heading of a column is its key, or else its title. A figure nobody published is `unknown`; a figure
    that is absent or not of this row is empty. Text that a spreadsheet would take for a formula is
    prefixed with an apostrophe. Raises ValueError if the report has no table at all.
    """
    table = _flat_table(report)
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_heading(column) for column in table.columns)
    writer.writerows([_value(cell) for cell in row.cells] for row in table.rows)
    return written.getvalue()


def _flat_table(report: Report) -> Table:
    if report.data is not None:
        return report.data
    for section in report.sections:
        for table in section.tables:
            return table
    raise ValueError(f"The report {report.title!r} has no table to write as CSV.")


def _heading(column: Column) -> str:
    return _inert(column.key or column.title)


def _value(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, Mark):
        return UNKNOWN if cell is Mark.UNKNOWN else ""
    return _inert(cell)


def _inert(text: str) -> str:
    """Keep a spreadsheet from running a text: it takes what starts with = + - @ for a formula."""
    shown = printable(text)
    starts_a_formula = any(one.startswith(_RUNS_IN_A_SPREADSHEET) for one in (text, shown, shown.lstrip()))
    return "'" + shown if starts_a_formula else shown
