"""Which columns of a table stay at a width, and how wide each is.

The order of giving way is fixed. Headings wrap first; then columns of text narrow, the widest first, as far
as is comfortable; then columns are left out, the highest `drop` first; then text narrows to its least; then
columns with a `drop` below 0 go, the lowest first; and if that is not enough the table is wider than asked,
because a figure is never cropped or wrapped.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

GAP = 2
"""Spaces between two columns."""


class Demand(NamedTuple):
    """The widths that suit a column, in cells of a terminal, from the widest to the least."""

    whole: tuple[int, ...]
    """No cell wraps. First the heading stands on one line, then on two, and so on."""
    comfortable: int
    """Text is not made narrower than this while another column can be left out instead."""
    least: int
    """Text is not made narrower than this at all."""
    drop: int = 0
    """0: never left out. The highest goes first; those below 0 only where narrow text is not enough."""


def fit(demands: Sequence[Demand], width: int | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Choose the columns that stay, as indices, and the width of each.

    A width of None asks for every column at its natural width. The first column always stays, for it says
    what a row is. All demands tell as many ways to be whole.
    """
    if width is None:
        return tuple(range(len(demands))), tuple(demand.whole[0] for demand in demands)
    kept = list(range(len(demands)))
    while True:
        staying = [demands[index] for index in kept]
        for widths in zip(*(demand.whole for demand in staying), strict=True):
            if total_width(widths) <= width:
                return tuple(kept), widths
        if total_width(demand.comfortable for demand in staying) <= width:
            return tuple(kept), _narrow(staying, [demand.comfortable for demand in staying], width)
        first = [index for index in kept[1:] if demands[index].drop > 0]
        last = [index for index in kept[1:] if demands[index].drop < 0]
        if not first and (not last or total_width(demand.least for demand in staying) <= width):
            return tuple(kept), _narrow(staying, [demand.least for demand in staying], width)
        kept.remove(max(first or last, key=lambda index: (abs(demands[index].drop), index)))


def total_width(widths: Iterable[int]) -> int:
    """Add up the widths of columns and the gaps between them."""
    taken = list(widths)
    return sum(taken) + GAP * max(len(taken) - 1, 0)


def _narrow(demands: Sequence[Demand], floors: Sequence[int], width: int) -> tuple[int, ...]:
    """Take from the widest column, one cell at a time and never below its floor, until all fit."""
    widths = [max(floor, min(demand.whole[-1], width)) for demand, floor in zip(demands, floors, strict=True)]
    for _ in range(total_width(widths) - width):
        can_give = [index for index, floor in enumerate(floors) if widths[index] > floor]
        if not can_give:
            break
        widths[max(can_give, key=widths.__getitem__)] -= 1
    return tuple(widths)
