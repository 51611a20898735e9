"""Drawings: the bars of a report, and structure charts as a picture of their own.

Nothing is told by colour alone: a bar stands beside its words and figures, and every line of a structure chart that
is not as it was carries its word and its sign.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.model.report import Bar, Legend, Report, Tree, TreeLine
from restructure_cli.render.legend import COLOURS, SIGNS
from restructure_cli.render.markup import in_markup
from restructure_cli.render.printable import printable
from restructure_cli.render.wrapping import width_of, wrap_words

_WIDTH, _HEIGHT = 600, 16
_FILLS = ("#1f4e79", "#9db8d2", "#ffffff")
_STROKE = 'stroke="#1f4e79" stroke-width="1" vector-effect="non-scaling-stroke"'


def bar_shapes(bar: Bar, longest: Decimal) -> str:
    """Draw one bar, `longest` being the length that fills it. Its words stand beside it, so it is silent aloud."""
    if not bar.length:
        return ""
    drawn, at = [], Decimal(0)
    for number, part in enumerate(bar.parts):
        if part:
            drawn.append(_part(number, at / longest * _WIDTH, part / longest * _WIDTH))
        at += part
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none"'
    return f'<svg {size} aria-hidden="true">{"".join(drawn)}</svg>'


def key_shapes(number: int) -> str:
    """Draw what a part of a bar looks like, for the words beside it."""
    return f'<svg viewBox="0 0 30 {_HEIGHT}" aria-hidden="true">{_part(number, Decimal(0), Decimal(30))}</svg>'


def _part(number: int, at: Decimal, length: Decimal) -> str:
    place = f'x="{at:.1f}" y="1" width="{length:.1f}" height="{_HEIGHT - 2}"'
    return f'<rect {place} fill="{_FILLS[number]}" {_STROKE}/>'


_STEP, _LEFT, _TOP, _GAP = 22, 16, 20, 48
_LINE, _SMALL = 17, 15
_LETTER, _SMALL_LETTER = 8.8, 7.6
"""How far letters of 14 and of 12 pixels reach, on the safe side: whoever looks may have wider ones than ours."""
_MOST = 64
"""Words are broken into lines of so many letters."""
_FONT = 'font-family="Arial, Liberation Sans, Helvetica, sans-serif"'
_INK, _QUIET, _ACCENT, _RULE = "#1d1d1b", "#4a4f55", "#1f4e79", "#b5bcc4"


class _Column(NamedTuple):
    """A structure chart that is drawn: its shapes, and how wide and tall they are."""

    shapes: tuple[str, ...]
    width: float
    height: int


def render_svg(report: Report) -> str:
    """Draw the structure charts of a report side by side, with the legend above them."""
    drawn = [(section.title, tree) for section in report.sections for tree in section.trees]
    columns = [_column(tree, title) for title, tree in drawn]
    compared = any(line.legend is not None for _, tree in drawn for line in tree.lines)
    head, under = _legend(_TOP + 2 * _LINE) if compared else ([], _TOP + 2 * _LINE)
    groups, x = [], _LEFT
    for column in columns:
        groups.append(f'<g transform="translate({x} {under})">{"".join(column.shapes)}</g>')
        x += round(column.width) + _GAP
    width = max(x, round(width_of(report.title) * 11.5) + 2 * _LEFT, 720 if compared else 0)
    height = under + max((column.height for column in columns), default=0) + _TOP
    title = in_markup(report.title)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="title description" {_FONT} font-size="14" fill="{_INK}">'
    )
    named = (f'<title id="title">{title}</title>', f'<desc id="description">{in_markup(report.conclusion)}</desc>')
    paper = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    heading = f'<text x="{_LEFT}" y="{_TOP + 4}" font-size="18" font-weight="bold">{title}</text>'
    return "\n".join((opening, *named, paper, heading, *head, *groups, "</svg>")) + "\n"


def _legend(y: int) -> tuple[list[str], int]:
    """Write the legend on one line; return it with where the charts begin under it."""
    words = "".join(f'<tspan dx="{16 if number else 0}">{_word(one)}</tspan>' for number, one in enumerate(Legend))
    return [f'<text x="{_LEFT}" y="{y}" font-size="13">{words}</text>'], y + 2 * _LINE


def _word(legend: Legend) -> str:
    words = in_markup(f"{SIGNS[legend]} {legend.value}")
    return f'<tspan fill="{COLOURS[legend]}" font-weight="bold">{words}</tspan>'


def _column(tree: Tree, title: str) -> _Column:
    shapes = [f'<text x="0" y="0" font-size="16" font-weight="bold">{in_markup(title)}</text>']
    widest, y = width_of(title) * 10.0, _LINE + 8
    tops: dict[int, int] = {}
    for line in tree.lines:
        words = _told(line)
        shapes += _joined(line, y, tops)
        shapes += _line(line, words, y)
        start = line.depth * _STEP + 14
        title_width = width_of(printable(line.title)) * _LETTER
        widest = max(widest, start + title_width, *(start + width_of(one) * _SMALL_LETTER for one in words))
        tops[line.depth] = y
        y += _LINE + len(words) * _SMALL + 6
    return _Column(tuple(shapes), widest + 4, y)


def _told(line: TreeLine) -> list[str]:
    """Break what stands under a title into lines; the word of the legend comes first."""
    word = f"{SIGNS[line.legend]} {line.legend.value}" if line.legend is not None else ""
    told = " · ".join(part for part in (word, printable(line.words)) if part)
    return wrap_words(told, _MOST) if told else []


def _joined(line: TreeLine, y: int, tops: dict[int, int]) -> Iterator[str]:
    """Join a line to the one it stands under."""
    if not line.depth:
        return
    x, above = (line.depth - 1) * _STEP + 5, tops.get(line.depth - 1, y)
    yield f'<path d="M{x} {above + 6}V{y - 5}H{x + _STEP - 5}" fill="none" stroke="{_RULE}"/>'


def _line(line: TreeLine, words: list[str], y: int) -> Iterator[str]:
    x = line.depth * _STEP
    colour = COLOURS[line.legend] if line.legend is not None else _ACCENT
    shape = f'<rect x="{x}" y="{y - 10}" width="10" height="10" fill="{colour}"/>'
    yield shape if line.is_team else f'<circle cx="{x + 5}" cy="{y - 5}" r="4" fill="{colour}"/>'
    weight = ' font-weight="bold"' if line.is_team else ""
    struck = ' text-decoration="line-through"' if line.legend is Legend.DELETED else ""
    yield f'<text x="{x + 14}" y="{y}"{weight}{struck}>{in_markup(line.title)}</text>'
    for number, told in enumerate(words, 1):
        place = f'x="{x + 14}" y="{y + number * _SMALL}" font-size="12" fill="{_QUIET}"'
        yield f"<text {place}>{_coloured(told, line) if number == 1 else in_markup(told)}</text>"


def _coloured(told: str, line: TreeLine) -> str:
    """Write the first line under a title with the word of the legend in its colour."""
    if line.legend is None:
        return in_markup(told)
    word = f"{SIGNS[line.legend]} {line.legend.value}"
    return _word(line.legend) + f"<tspan> {in_markup(told.removeprefix(word))}</tspan>"
