"""Writes a report as Markdown (GitHub's), to be pasted into a document or read as it is.

Tables are pipe tables with figures to the right; a structure chart is a nested list, and bars are characters, so
that nothing in it needs a picture. Text from files is inert: see `markup`.
"""

from collections.abc import Iterator

from restructure_cli.model.report import Bar, Report, RowKind, Section, Table, Tree
from restructure_cli.render.bars import BLOCKS, draw_bar
from restructure_cli.render.markup import in_markdown
from restructure_cli.render.printed_tables import PrintedRow, print_table

_INDENT = "&emsp;"
_LONGEST = 20
"""The longest bar, in characters."""
_STRONG = (RowKind.SUBTOTAL, RowKind.TOTAL, RowKind.HEADING)


def render_markdown(report: Report) -> str:
    """Write a report as Markdown that ends with its conclusion and one line break.

    Raises ValueError for a figure that could not be printed without rounding it.
    """
    blocks = [f"# {in_markdown(report.title)}"]
    unknown = False
    for section in report.sections:
        blocks += _section(section)
        unknown |= any(print_table(table).shows_unknown for table in section.tables)
    blocks += [in_markdown(note) for note in report.notes]
    blocks += ["? = not published"] if unknown else []
    blocks += [f"**{in_markdown(report.conclusion)}**"] if report.conclusion else []
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield f"{'#' * (section.level + 1)} {in_markdown(section.title)}"
    yield from map(in_markdown, section.words)
    yield _bars(section)
    for tree in section.trees:
        yield _tree(tree)
    for table in section.tables:
        yield f"**{in_markdown(table.title)}**" if table.title else ""
        yield _table(table)
        yield from map(in_markdown, table.notes)
    yield from map(in_markdown, section.notes)


def _table(table: Table) -> str:
    printed = print_table(table)
    rules = ("---:" if index in printed.numbers else ":---" for index in range(len(table.columns)))
    headings = (in_markdown(heading) for heading in printed.headings)
    lines = [f"| {' | '.join(headings)} |", f"| {' | '.join(rules)} |"]
    lines += [_row(row, printed.numbers) for row in printed.rows]
    return "\n".join(lines)


def _row(row: PrintedRow, numbers: frozenset[int]) -> str:
    """Write a row; figures stand as they are, for nothing in them is markup."""
    cells = []
    for index, cell in enumerate(row.cells):
        text = cell if index in numbers and _is_figure(cell) else in_markdown(cell)
        strong = text and (row.kind in _STRONG)
        text = f"**{text}**" if strong else f"*{text}*" if text and row.kind is RowKind.MEMO else text
        cells.append(_INDENT * row.indent + text if index == 0 else text)
    return f"| {' | '.join(cells)} |"


def _is_figure(cell: str) -> bool:
    return all(character in "0123456789,.+−–?" for character in cell)


def _bars(section: Section) -> str:
    """Write bars as a table, each with its words beside it."""
    if not section.bars:
        return ""
    lines = ["| | | |", "| :--- | :--- | :--- |"]
    longest = max((bar.length for bar in section.bars), default=None)
    lines += [_bar(bar, draw_bar(bar, _LONGEST, longest)) for bar in section.bars if longest is not None]
    key = [
        f"{character} {in_markdown(words)}" for character, words in zip(BLOCKS, section.bars_key, strict=False) if words
    ]
    return "\n".join(lines) + ("\n\n" + "; ".join(key) if key else "")


def _bar(bar: Bar, drawn: str) -> str:
    return f"| {in_markdown(bar.label)} | {drawn} | {in_markdown(bar.words)} |"


def _tree(tree: Tree) -> str:
    """Write a structure chart as a nested list, the legend's word last on each line."""
    lines = []
    for line in tree.lines:
        title = in_markdown(line.title)
        told = [f"**{title}**" if line.is_team else title]
        told += [in_markdown(line.words)] if line.words else []
        told += [f"*{line.legend.value}*"] if line.legend is not None else []
        lines.append(f"{'  ' * line.depth}- {' — '.join(told)}")
    return "\n".join(lines)


def render_table(table: Table) -> str:
    """Write one table by itself."""
    return _table(table)
