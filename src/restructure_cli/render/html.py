"""Writes a report as one page of HTML: no script, nothing fetched, readable aloud, on a phone and on paper.

Text from files is inert (`markup`), and a policy in the head forbids the page to run or fetch anything at all.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from restructure_cli.model.report import Legend, Report, RowKind, Section, Table, Tree, TreeLine
from restructure_cli.render.markup import in_markup
from restructure_cli.render.page_style import STYLE
from restructure_cli.render.printed_tables import PrintedRow, PrintedTable, print_table
from restructure_cli.render.svg import bar_shapes, key_shapes

BROAD = 8
"""A table with so many columns or more is printed across the long side of the paper."""
_FIGURE = re.compile(r"[+−]£[\d,.]+[mk]?|\d{4}-\d\d(?:-\d\d)?")
"""What a browser would break after its sign or dash."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class _Placed(NamedTuple):
    """A section and the name by which the contents lead to it."""

    section: Section
    name: str


def render_html(report: Report) -> str:
    """Write a report as a whole page.

    Raises ValueError for a figure that could not be printed without rounding it.
    """
    placed = [_Placed(section, f"part-{number}") for number, section in enumerate(report.sections, 1)]
    title = in_markup(report.title)
    body = [f"<h1>{title}</h1>"]
    body += _contents(placed)
    for one in placed:
        body += _section(one)
    body += [_paragraph(note, "note") for note in report.notes]
    if any(print_table(table).shows_unknown for one in placed for table in one.section.tables):
        body.append(_paragraph("? = not published", "note"))
    body += [_paragraph(report.conclusion, "conclusion")] if report.conclusion else []
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{STYLE}</style>",
    )
    whole = ("<!DOCTYPE html>", '<html lang="en-GB">', "<head>", *head, "</head>", "<body>")
    skip = '<a class="skip" href="#report">Skip to the report</a>'
    return "\n".join((*whole, skip, '<main id="report">', *body, "</main>", "</body>", "</html>")) + "\n"


def _contents(placed: list[_Placed]) -> Iterator[str]:
    """List the sections of a report that has sections within sections; a short one needs no contents."""
    if not any(one.section.level > 1 for one in placed):
        return
    yield '<nav aria-label="Contents"><ul>'
    for one in placed:
        if one.section.level == 1 and one.section.title:
            yield f'<li><a href="#{one.name}">{in_markup(one.section.title)}</a></li>'
    yield "</ul></nav>"


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{_words(text)}</p>' if kind else f"<p>{_words(text)}</p>"


def _words(text: str) -> str:
    """Write words, in which no figure or date is broken over two lines."""
    return _FIGURE.sub(lambda found: f'<span class="figure">{found.group()}</span>', in_markup(text))


def _section(placed: _Placed) -> Iterator[str]:
    section, level = placed.section, placed.section.level + 1
    if section.title:
        yield f'<h{level} id="{placed.name}">{in_markup(section.title)}</h{level}>'
    for words in section.words:
        yield _paragraph(words)
    if section.bars:
        yield from _bars(section)
    for tree in section.trees:
        yield from _tree(tree)
    for number, table in enumerate(section.tables, 1):
        yield from _table(table, section.title, f"{placed.name}-{number}")
        for note in table.notes:
            yield _paragraph(note, "note")
    for note in section.notes:
        yield _paragraph(note, "note")


def _table(table: Table, heading: str, id_: str) -> Iterator[str]:
    """Write a table in a box of its own, which scrolls where the screen is narrow and can be reached by keyboard.

    A table without a title of its own is named after the heading above it, which need not be seen twice.
    """
    printed = print_table(table)
    kinds = f"wide{' broad' if len(table.columns) >= BROAD else ''}{' short' if printed.is_short else ''}"
    yield f'<div class="{kinds}" role="region" aria-labelledby="{id_}" tabindex="0">'
    unseen = "" if table.title else ' class="unseen"'
    yield f'<table><caption id="{id_}"{unseen}>{in_markup(table.title or heading or "Figures")}</caption>'
    headings = "".join(
        f'<th scope="col"{_number(index, printed)}>{_with_its_unit(heading)}</th>'
        for index, heading in enumerate(printed.headings)
    )
    yield f"<thead><tr>{headings}</tr></thead>"
    yield "<tbody>"
    for row in printed.rows:
        yield _row(row, printed)
    yield "</tbody></table></div>"


def _with_its_unit(heading: str) -> str:
    """Keep the unit of a heading on the line of the word before it."""
    return _words(heading).replace(" £", "&nbsp;£").replace(" %", "&nbsp;%")


def _number(index: int, printed: PrintedTable) -> str:
    return ' class="number"' if index in printed.numbers else ""


def _row(row: PrintedRow, printed: PrintedTable) -> str:
    kind = f' class="{row.kind.value}"' if row.kind is not RowKind.LINE else ""
    indent = f' style="--in: {row.indent}"' if row.indent else ""
    if row.spans:
        return f'<tr{kind}><th scope="rowgroup" colspan="{len(row.cells)}"{indent}>{in_markup(row.cells[0])}</th></tr>'
    cells = [f'<th scope="row"{indent}>{_words(row.cells[0])}</th>']
    for index, cell in enumerate(row.cells[1:], 1):
        text = '<abbr title="not published">?</abbr>' if index in row.unknown else _words(cell)
        cells.append(f"<td{_number(index, printed)}>{text}</td>")
    return f"<tr{kind}>{''.join(cells)}</tr>"


def _bars(section: Section) -> Iterator[str]:
    """Draw bars, each under its own words and figures."""
    longest = max(bar.length for bar in section.bars)
    yield f"<figure><figcaption>{in_markup(section.title)}, as bars on one scale</figcaption>"
    if section.bars_key:
        yield '<ul class="key">'
        for number, words in enumerate(section.bars_key):
            if words:
                yield f"<li>{key_shapes(number)}<span>{in_markup(words)}</span></li>"
        yield "</ul>"
    yield '<ul class="bars">'
    for bar in section.bars:
        yield f"<li><b>{in_markup(bar.label)}</b> {_words(bar.words)}{bar_shapes(bar, longest)}</li>"
    yield "</ul></figure>"


def _tree(tree: Tree) -> Iterator[str]:
    """Write a structure chart as nested lists, which a reader aloud follows as well as the eye does."""
    yield f'<ul class="tree" aria-label="{in_markup(tree.title)}">'
    depth = 0
    for number, line in enumerate(tree.lines):
        below = tree.lines[number + 1].depth if number + 1 < len(tree.lines) else 0
        yield _leaf(line)
        if below > line.depth:
            yield "<ul>" * (below - line.depth)
        else:
            yield "</li>" + "</ul></li>" * (line.depth - below)
        depth = below
    yield "</ul></li>" * depth + "</ul>"


def _leaf(line: TreeLine) -> str:
    kind = "team" if line.is_team else "post"
    gone = " gone" if line.legend is Legend.DELETED else ""
    told = [f'<span class="{kind}{gone}">{in_markup(line.title)}</span>']
    told += [f'<span class="words">{_words(line.words)}</span>'] if line.words else []
    told += [legend_mark(line.legend)] if line.legend is not None and line.legend is not Legend.UNCHANGED else []
    return f"<li>{' '.join(told)}"


CLASSES = {
    Legend.UNCHANGED: "unchanged",
    Legend.CHANGED: "changed",
    Legend.TRANSFERRED: "transferred",
    Legend.IN_DEVELOPMENT: "in-development",
    Legend.DELETED: "deleted",
}


def legend_mark(legend: Legend) -> str:
    """Write a word of the legend in its colour."""
    return f'<span class="legend {CLASSES[legend]}">{legend.value}</span>'
