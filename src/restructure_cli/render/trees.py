"""Structure charts in a terminal: branches of characters, each line with its words and the word of the legend."""

from collections.abc import Iterator
from typing import NamedTuple

from restructure_cli.model.report import Legend, Tree, TreeLine
from restructure_cli.render.legend import IN_A_TERMINAL, SIGNS
from restructure_cli.render.printable import printable
from restructure_cli.render.wrapping import wrap_words

_BRANCHES, _IN_ASCII = ("├─ ", "└─ ", "│  ", "   "), ("|- ", "`- ", "|  ", "   ")
"""One of several, the last, beside those that follow, under the last; the second for a stream without the first."""
_LEAST = 24
"""Words keep this much however deep they stand."""


class DrawnLine(NamedTuple):
    """A line of text, and its style: the colour of its legend, bold for a team."""

    text: str
    style: str


def draw_tree(tree: Tree, width: int | None, *, blocks: bool = True) -> list[DrawnLine]:
    """Draw a structure chart; `width` is that of the terminal in cells, None a pipe."""
    one, last, beside, under = _BRANCHES if blocks else _IN_ASCII
    drawn: list[DrawnLine] = []
    follows: list[bool] = []
    for line, is_last in zip(tree.lines, _last_of_their_kin(tree.lines), strict=True):
        del follows[line.depth :]
        before = "".join(beside if more else under for more in follows[1:])
        start = before + (last if is_last else one) if line.depth else ""
        rest = before + (under if is_last else beside) if line.depth else ""
        follows.append(not is_last)
        drawn += _wrapped(line, start, rest, width)
    return drawn


def _last_of_their_kin(lines: tuple[TreeLine, ...]) -> list[bool]:
    """Tell of each line whether nothing else follows under what it stands under."""
    found = []
    later: set[int] = set()
    for line in reversed(lines):
        found.append(line.depth not in later)
        later = {depth for depth in later if depth < line.depth} | {line.depth}
    return found[::-1]


def _wrapped(line: TreeLine, start: str, rest: str, width: int | None) -> Iterator[DrawnLine]:
    style = " ".join(part for part in ("bold" if line.is_team else "", _colour(line)) if part)
    words = _words(line)
    told = [words] if width is None else wrap_words(words, max(width - len(start) - 2, _LEAST))
    for number, text in enumerate(told):
        yield DrawnLine((start if not number else rest + "  ") + text, style)


def _colour(line: TreeLine) -> str:
    return IN_A_TERMINAL[line.legend] if line.legend is not None else ""


def _words(line: TreeLine) -> str:
    """Write the sign, the title, the word of the legend and more words; what has no legend begins with a dot."""
    sign = SIGNS[line.legend] if line.legend is not None else "·"
    words = f": {printable(line.words)}" if line.words else ""
    told = "" if line.legend in (None, Legend.UNCHANGED) else f" [{line.legend}]"
    return f"{sign} {printable(line.title)}{told}{words}"
