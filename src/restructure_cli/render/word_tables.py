"""A table as the XML that Word stores: widths that no figure outgrows, a header row that repeats, figures right."""

from restructure_cli.model.report import RowKind, Table
from restructure_cli.render.markup import in_markup
from restructure_cli.render.printed_tables import PrintedRow, PrintedTable, print_table
from restructure_cli.render.wrapping import width_of

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SIZE, _SMALLEST = 17, 9
"""Half points."""
_LETTER, _OF_WORDS, _PADDING = 124, 100, 160
"""Twips that a letter of that size takes at most in a figure (bold, in the widest face a machine may put in the place
of ours) and on average in words; and what stands beside it in a cell."""
_PORTRAIT_LETTERS = 78
"""How many letters a line across the short side holds beside the padding of a few columns."""
_NARROWEST, _WIDEST = 14, 46
"""Letters that a column of words asks for at least and at most."""
_INDENT = 160
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="EEF1F4"/>'
_BOLD = (RowKind.HEADING, RowKind.SUBTOTAL, RowKind.TOTAL)


def is_broad(table: Table) -> bool:
    """Whether a table wants the long side of the paper."""
    return sum(_wanted(print_table(table))) > _PORTRAIT_LETTERS


def _wanted(printed: PrintedTable) -> list[int]:
    """Say how many letters each column would like: a figure all of its own, words as many as suit them."""
    wanted = []
    for index, heading in enumerate(printed.headings):
        cells = [row.cells[index] for row in printed.rows if not row.spans]
        widest = max((width_of(cell) for cell in cells), default=0)
        if index in printed.numbers:
            longest_word = max(map(width_of, _with_its_unit(heading).split(" ")), default=0)
            wanted.append(max(min(widest, _WIDEST // 2), longest_word, 6))
        else:
            least = min(_NARROWEST, max(widest, width_of(heading)))
            wanted.append(max(min(widest, _WIDEST), least, 4))
    return wanted


def _with_its_unit(heading: str) -> str:
    """Keep the unit of a heading on the line of the word before it."""
    return heading.replace(" £", "\u00a0£").replace(" %", "\u00a0%")


def _widths(printed: PrintedTable, room: int) -> tuple[list[int], int]:
    """Share out the room: figures get what they need, words what is left; letters shrink before a figure breaks.

    Returns the widths in twips and the size of letters in half points.
    """
    wanted = [
        letters * (_LETTER if index in printed.numbers or letters <= _NARROWEST else _OF_WORDS) + _PADDING
        for index, letters in enumerate(_wanted(printed))
    ]
    figures = sum(wanted[index] for index in printed.numbers)
    words = [index for index in range(len(wanted)) if index not in printed.numbers]
    least = sum(min(wanted[index], _NARROWEST * _LETTER) for index in words)
    size = _SIZE
    if figures + least > room:
        size = max(_SMALLEST, _SIZE * room // (figures + least))
        wanted = [width * size // _SIZE for width in wanted]
        figures = sum(wanted[index] for index in printed.numbers)
    left, asked = max(room - figures, len(words) * 600), sum(wanted[index] for index in words)
    if asked > left:
        for index in words:
            wanted[index] = max(wanted[index] * left // asked, 500)
    return wanted, size


def table_xml(table: Table, name: str, room: int) -> str:
    """Write a table `room` twips wide at most; `name` is what is read out for it."""
    printed = print_table(table)
    widths, size = _widths(printed, room)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edge = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="{}"/>'
    borders = edge.format("top", 8, "1D1D1B") + edge.format("bottom", 8, "1D1D1B") + edge.format("insideH", 4, "D0D5DA")
    parts = [
        f'<w:tbl {NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1"/>'
        f'<w:tblCaption w:val="{in_markup(name or "Figures")}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>',
        _heading(printed, widths, size),
    ]
    last = len(printed.rows) - 1
    parts += [
        _row(row, printed, widths, size, keep=printed.is_short and number != last)
        for number, row in enumerate(printed.rows)
    ]
    return "".join((*parts, "</w:tbl>"))


def _heading(printed: PrintedTable, widths: list[int], size: int) -> str:
    cells = "".join(
        _cell(
            _with_its_unit(heading),
            widths[index],
            size,
            right=index in printed.numbers,
            bold=True,
            shade=True,
            no_break=False,
            keep=True,
        )
        for index, heading in enumerate(printed.headings)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(row: PrintedRow, printed: PrintedTable, widths: list[int], size: int, *, keep: bool) -> str:
    """Write a row; `keep` holds it on the page of the next one."""
    bold, italic = row.kind in _BOLD, row.kind is RowKind.MEMO
    keep |= row.kind is RowKind.HEADING
    if row.spans:
        first = _cell(row.cells[0], sum(widths), size, bold=True, indent=row.indent, span=len(widths), keep=True)
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{first}</w:tr>"
    cells = []
    for index, text in enumerate(row.cells):
        number = index in printed.numbers
        cells.append(
            _cell(
                text, widths[index], size, right=number, bold=bold, italic=italic, indent=0 if index else row.indent,
                keep=keep, no_break=number and not any(character.isalpha() for character in text),
            )
        )  # fmt: skip
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str,
    width: int,
    size: int,
    *,
    right: bool = False,
    bold: bool = False,
    italic: bool = False,
    shade: bool = False,
    indent: int = 0,
    span: int = 1,
    keep: bool = False,
    no_break: bool = False,
) -> str:
    cell = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    cell += (_SHADE if shade else "") + ("<w:noWrap/>" if no_break else "")
    paragraph = ("<w:keepNext/>" if keep else "") + '<w:spacing w:before="20" w:after="20"/>'
    paragraph += f'<w:ind w:left="{min(indent, 10) * _INDENT}"/>' if indent else ""
    paragraph += '<w:jc w:val="right"/>' if right else ""
    run = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + f'<w:sz w:val="{size}"/>'
    words = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{in_markup(text)}</w:t></w:r>' if text else ""
    return f"<w:tc><w:tcPr>{cell}</w:tcPr><w:p><w:pPr>{paragraph}</w:pPr>{words}</w:p></w:tc>"
