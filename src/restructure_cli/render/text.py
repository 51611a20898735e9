"""Writes a report for a terminal, or for a pipe, as text with tables.

Every width is settled in `grid` before rich is asked to draw: rich left to itself crops a figure to
`5,49…` where a table is too wide. Colour only repeats what the words and rules say.
"""

import re
from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console, RenderableType
from rich.segment import Segment, Segments
from rich.table import Table as Drawing
from rich.text import Text

from restructure_cli.model.report import Report, RowKind, Section, Table
from restructure_cli.render.bars import ASCII, BLOCKS, draw_bars
from restructure_cli.render.fitting import GAP
from restructure_cli.render.grid import Grid, GridRow, lay_out
from restructure_cli.render.printable import printable, uncommanded
from restructure_cli.render.trees import draw_tree
from restructure_cli.render.wrapping import width_of, wrap_words

PROSE_WIDTH = 100
"""Words are not set wider than this, for nobody reads lines that long."""
NARROWEST_PROSE = 20

_STYLES = {
    RowKind.LINE: "",
    RowKind.HEADING: "bold",
    RowKind.SUBTOTAL: "bold",
    RowKind.TOTAL: "bold",
    RowKind.MEMO: "dim",
}
_RULE, _DOUBLE_RULE = "─", "═"
_SAME_STYLE_AGAIN = re.compile(r"\x1b\[0m\x1b\[[12]m")
_BACK_TO_PLAIN = "\x1b[0m"

_Block = list[RenderableType]
"""What belongs together, with no empty line inside it."""


def render_text(report: Report, *, width: int | None, colour: bool, blocks: bool = True) -> str:
    """Write a report as text that ends with its conclusion and one line break.

    `width` is that of the terminal in cells. None stands for a pipe: tables take the width they need, with
    every column and nothing wrapped, and the conclusion stays on one line. Without `colour` the text
    holds no escape sequence; without `blocks` bars are drawn in ASCII. Raises ValueError for a figure that could
    not be printed without rounding it.
    """
    grids = [[lay_out(table, width) for table in section.tables] for section in report.sections]
    prose = PROSE_WIDTH if width is None else max(min(width, PROSE_WIDTH), NARROWEST_PROSE)
    parts = [_title(report.title, prose)]
    has_parts = any(section.level > 1 for section in report.sections)
    for section, tables in zip(report.sections, grids, strict=True):
        parts += _section(section, tables, prose, underlined=has_parts and section.level == 1)
        parts.append([Text(line) for line in draw_bars(section.bars, width, blocks=blocks)])
        parts.append(_words(_key_of_bars(section, blocks=blocks), prose, "dim") if section.bars else [])
        for tree in section.trees:
            parts.append([Text(line.text, line.style) for line in draw_tree(tree, width, blocks=blocks)])
        parts.append(_words(section.notes, prose, "dim"))
    notes = list(report.notes)
    if any(grid.shows_unknown for tables in grids for grid in tables):
        notes.append("? = not published")
    parts.append(_words(notes, prose, "dim"))
    parts.append(_words([report.conclusion], prose if width is not None else None, "bold"))
    widest = max((grid.width for tables in grids for grid in tables), default=0)
    return _draw([part for part in parts if part], max(widest + GAP, prose), colour)


def _title(title: str, width: int) -> _Block:
    """Set the report's title with a double line under it."""
    lines = wrap_words(printable(title), width)
    return [Text(line, "bold") for line in [*lines, _DOUBLE_RULE * max(map(width_of, lines))]]


def _key_of_bars(section: Section, *, blocks: bool) -> list[str]:
    """Say what the parts of bars stand for, where the section does."""
    drawn = zip(BLOCKS if blocks else ASCII, section.bars_key, strict=False)
    return ["; ".join(f"{character} {words}" for character, words in drawn if words)]


def _section(section: Section, grids: Iterable[Grid], prose: int, *, underlined: bool) -> Iterator[_Block]:
    """Set a section's heading, then its words, then its tables."""
    heading = _words([section.title], prose, "bold")
    yield heading + ([Text(_RULE * max(map(width_of, map(str, heading))), "bold")] if underlined and heading else [])
    for paragraph in section.words:
        yield _words([paragraph], prose)
    for table, grid in zip(section.tables, grids, strict=True):
        yield from _table(table, grid, prose)


def _table(table: Table, grid: Grid, prose: int) -> Iterator[_Block]:
    """Set a table's title, the table itself, and what has to be said under it."""
    yield _words([table.title], prose, "bold") + list(_rows(grid))
    notes = list(table.notes)
    if grid.left_out:
        left_out = ("; " if "," in "".join(grid.left_out) else ", ").join(grid.left_out)
        notes.insert(0, f"Columns left out at this width: {left_out}. Widen the window, or use --format csv.")
    yield _words(notes, prose, "dim")


def _words(paragraphs: Iterable[str], width: int | None, style: str = "") -> _Block:
    """Set paragraphs under each other; without a width each is one line."""
    return [
        Text(line, style)
        for paragraph in map(printable, paragraphs)
        if paragraph
        for line in ([paragraph] if width is None else wrap_words(paragraph, width))
    ]


def _rows(grid: Grid) -> Iterator[RenderableType]:
    """Draw a table: its headings, a rule, its rows, and a rule above the total."""
    if any(heading.strip() for heading in grid.header):
        yield _drawing(grid, [GridRow(RowKind.HEADING, grid.header)])
        yield Text(_RULE * grid.width)
    together: list[GridRow] = []
    above: RowKind | None = None
    for row in grid.rows:
        if row.kind is RowKind.TOTAL and above not in (RowKind.TOTAL, None):
            yield _drawing(grid, together)
            yield Text(_RULE * grid.width)
            together = []
        if row.label:
            yield _drawing(grid, together)
            if above is not None and above is not RowKind.HEADING:
                yield Text("")
            yield Text(row.label, _STYLES[row.kind])
            together = []
        else:
            together.append(row)
        above = row.kind
    yield _drawing(grid, together)


def _drawing(grid: Grid, rows: Iterable[GridRow]) -> Drawing:
    """Hand rows to rich: columns of fixed width, whose cells already carry their own padding."""
    drawing = Drawing(box=None, padding=0, show_header=False)
    for width in grid.widths:
        drawing.add_column(width=width)
    for row in rows:
        drawing.add_row(*(Segments([Segment(block)]) for block in row.blocks), style=_STYLES[row.kind])
    return drawing


def _draw(blocks: Iterable[_Block], width: int, colour: bool) -> str:
    """Let rich draw the blocks, an empty line between two.

    It is told everything it would otherwise ask the environment, and neither to wrap nor to crop.
    """
    console = Console(
        file=StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        force_jupyter=False,
        force_interactive=False,
        no_color=False,
        legacy_windows=False,
        highlight=False,
    )
    with console.capture() as captured:
        for number, block in enumerate(blocks):
            if number:
                console.print()
            for renderable in block:
                console.print(renderable, soft_wrap=True)
    drawn = _SAME_STYLE_AGAIN.sub("", captured.get())
    return uncommanded("\n".join(map(_trimmed, drawn.split("\n"))).strip("\n")) + "\n"


def _trimmed(line: str) -> str:
    """Take the spaces off the end of a line, before the end of its style where it has one."""
    if line.endswith(_BACK_TO_PLAIN):
        return line.removesuffix(_BACK_TO_PLAIN).rstrip(" ") + _BACK_TO_PLAIN
    return line.rstrip(" ")
