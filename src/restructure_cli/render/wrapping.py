"""Where a line breaks: at spaces, inside a word only when it must, inside a figure never.

Widths are cells of a terminal, in which some characters take two and some none. Text is expected to have
been through `printable`. Only the plain space separates words; a no-break space holds them together, and
a unit that stands alone, as in `Cost, £`, stays with the word before it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells

_BETWEEN_WORDS = re.compile(r" (?![£%](?: |$))")
_FIGURE = r"[£~<>+−-]{0,3}\d[\d.,:]*[mk%]?"
_FIGURES = re.compile(_FIGURE)
_PARTS = re.compile(rf"{_FIGURE}|(?:(?!{_FIGURE})[^/_–-])*[/_–-]?")
"""A figure, or letters up to a mark after which a long word may break."""


def width_of(text: str) -> int:
    """Count the cells of a terminal that the text takes."""
    return len(text) if text.isascii() else cell_len(text)


def widest_figure(text: str) -> int:
    """Give the width of the widest figure in a text: a column narrower than that would break it."""
    return max((width_of(figure) for figure in _FIGURES.findall(text)), default=0)


def widest_word(text: str) -> int:
    """Give the width of the longest word of a text."""
    return max(map(width_of, _words(text)))


def narrowest(text: str, lines: int) -> int:
    """Give the least width at which a text takes at most so many lines, no word being cut."""
    widths = range(widest_word(text), width_of(text))
    return widths.start + bisect_left(widths, True, key=lambda width: len(wrap_words(text, width)) <= lines)


def wrap_words(text: str, width: int) -> list[str]:
    """Break prose into lines of at most `width`; a word that is longer stands on a line of its own."""
    return _fill(_words(text), width)


def wrap_cell(text: str, width: int) -> list[str]:
    """Break the text of a cell into lines of at most `width`, cutting words that are longer.

    A figure is never cut: one that is wider than `width` stands on a line of its own.
    """
    if width_of(text) <= width:
        return [text]
    pieces: list[str] = []
    for word in _words(text):
        pieces += [word] if width_of(word) <= width else _cut(word, width)
    return _fill(pieces, width)


def _words(text: str) -> list[str]:
    return _BETWEEN_WORDS.split(text)


def _cut(word: str, width: int) -> list[str]:
    """Cut a word that is longer than a line, rather after a hyphen or a slash than elsewhere."""
    return _fill(_smallest_parts(word, width), width, joined_by="")


def _smallest_parts(word: str, width: int) -> Iterator[str]:
    for part in _PARTS.findall(word):
        if _FIGURES.fullmatch(part):
            yield part
        else:
            yield from chop_cells(part, width)


def _fill(pieces: Iterable[str], width: int, joined_by: str = " ") -> list[str]:
    """Put as many pieces on each line as fit."""
    lines: list[str] = []
    line, used = "", 0
    for piece in pieces:
        size = width_of(piece)
        if line and used + len(joined_by) + size > width:
            lines.append(line)
            line, used = piece, size
        elif line:
            line, used = line + joined_by + piece, used + len(joined_by) + size
        else:
            line, used = piece, size
    return [*lines, line]
