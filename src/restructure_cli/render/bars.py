"""Bars of characters, on one scale, with their words beside them: readable without colour, in a pipe, or aloud."""

from collections.abc import Sequence
from decimal import Decimal

from restructure_cli.model.report import Bar
from restructure_cli.render.fitting import GAP
from restructure_cli.render.printable import printable
from restructure_cli.render.wrapping import width_of, wrap_words

LONGEST, SHORTEST = 40, 10
BLOCKS, ASCII = "█▒░", "#?."
"""Full, doubtful and empty; the second for a stream that cannot show the first."""


def draw_bars(bars: Sequence[Bar], width: int | None, *, blocks: bool = True) -> list[str]:
    """Draw bars under each other; `width` is that of the terminal in cells, None a pipe."""
    labels = [printable(bar.label) for bar in bars]
    before = max(map(width_of, labels), default=0) + GAP
    room = LONGEST if width is None else max(min(LONGEST, (width - before) // 2), SHORTEST)
    longest = max((bar.length for bar in bars), default=Decimal(0))
    lines: list[str] = []
    for label, bar in zip(labels, bars, strict=True):
        drawn = draw_bar(bar, room, longest, BLOCKS if blocks else ASCII)
        start = label + " " * (before - width_of(label)) + drawn + " " * (room - len(drawn) + GAP)
        words = printable(bar.words)
        beside = None if width is None else max(width - before - room - GAP, SHORTEST)
        told = [words] if beside is None else wrap_words(words, beside)
        lines += [start + told[0], *(" " * (before + room + GAP) + line for line in told[1:])]
    return lines


def draw_bar(bar: Bar, room: int, longest: Decimal, characters: str = BLOCKS) -> str:
    """Draw one bar in at most `room` characters, on the scale on which `longest` fills them.

    A part that is there at all takes at least one character.
    """
    if not longest:
        return ""
    drawn = ""
    for part, character in zip(bar.parts, characters, strict=True):
        drawn += character * (max(int(part / longest * room + Decimal("0.5")), 1) if part else 0)
    return drawn if len(drawn) <= room else _shortened(drawn, room)


def _shortened(drawn: str, room: int) -> str:
    """Take characters off the longest part, where each part's least made the bar too long."""
    while len(drawn) > room:
        most = max(dict.fromkeys(drawn), key=drawn.count)
        drawn = drawn.replace(most, "", 1)
    return drawn
