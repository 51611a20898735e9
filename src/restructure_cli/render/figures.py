"""How a figure is printed: signs, thousands commas, decimals and marks, without ever rounding it.

A column is printed with as many decimals as the cell of it that needs most, so that decimal points can
stand under each other. Figures are handled as text after the decimal is written out: nothing here
computes, so nothing here can change a figure.
"""

from collections.abc import Iterable
from decimal import Decimal

from restructure_cli.model.report import Cell, Column, Kind, Mark
from restructure_cli.render.printable import printable

MINUS = "−"

SIGNS = {Mark.UNKNOWN: "?", Mark.ABSENT: "–", Mark.BLANK: ""}
"""What stands in the place of a figure."""

_CHANGES = frozenset({Kind.CHANGE_FTE, Kind.CHANGE_MONEY})
_MONEY = frozenset({Kind.MONEY, Kind.CHANGE_MONEY})


def plain(figure: Decimal) -> str:
    """Write a figure as machines read it: all its decimals, ASCII minus, no commas and no exponent.

    Raises ValueError for an infinity or not-a-number, which no result may contain.
    """
    if not figure.is_finite():
        raise ValueError(f"{figure} is not a figure that can be printed.")
    return format(figure.copy_abs() if figure.is_zero() else figure, "f")


def decimals_needed(figure: Decimal) -> int:
    """Count the decimals that say something: 20.89 needs 2, 31.00 none."""
    return len(plain(figure).partition(".")[2].rstrip("0"))


def column_decimals(column: Column, cells: Iterable[Cell]) -> int:
    """Say how many decimals a column of figures is printed with.

    FTE and counts: as many as the cell that needs most. Percentages: the same, and at least one. Money, in
    pounds: none, or both pence as soon as one cell has pence; finer money raises ValueError.
    """
    figures = [cell for cell in cells if isinstance(cell, Decimal)]
    needed = max(map(decimals_needed, figures), default=0)
    if column.kind in _MONEY:
        if needed > 2:
            finest = max(figures, key=decimals_needed)
            raise ValueError(f"Column {column.title!r} holds {finest}: money goes to the penny, no further.")
        return 2 if needed else 0
    return max(needed, 1) if column.kind is Kind.PERCENT else needed


def printed(cell: Cell, kind: Kind, decimals: int) -> str:
    """Print one cell: a figure with `decimals` decimals, a mark as its sign, text made safe to print.

    The kind gives changes their sign. A figure in a column of text keeps its own decimals and takes no
    commas, for it may be a year. A unit (£, %) is never printed: it stands in the column's heading.
    """
    if isinstance(cell, Mark):
        return SIGNS[cell]
    if isinstance(cell, str):
        return printable(cell)
    whole, _, fraction = plain(cell.copy_abs()).partition(".")
    if kind is Kind.TEXT:
        number = f"{whole}.{fraction}" if fraction else whole
    else:
        number = f"{int(whole):,}" + (f".{fraction.rstrip('0'):0<{decimals}}" if decimals else "")
    return _sign(cell, kind) + number


def _sign(figure: Decimal, kind: Kind) -> str:
    if figure.is_zero():
        return ""
    if figure.is_signed():
        return MINUS
    return "+" if kind in _CHANGES else ""
