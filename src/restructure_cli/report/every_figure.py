"""A whole report as one long table: a row a figure, with the chapter, section, row and column that it stands in."""

from collections.abc import Iterator

from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table

_COLUMNS = tuple(
    Column(key, key=key) for key in ("chapter", "section", "under", "row", "words", "kind", "column", "unit", "value")
)
_UNITS = {
    Kind.FTE: "FTE",
    Kind.CHANGE_FTE: "FTE",
    Kind.MONEY: "£",
    Kind.CHANGE_MONEY: "£",
    Kind.PERCENT: "%",
    Kind.COUNT: "number",
}
_NONE = (Mark.BLANK, Mark.ABSENT)


def every_figure(report: Report) -> Table:
    """Gather the figures of every table, in the order in which they stand; one that nobody published is unknown.

    `under` names the headings within a table that a row stands under (and the row that a memo is about), `words` what
    its other columns say in words, and `kind` whether it is a line, a sub-total, a total, or a memo, which belongs in
    no total.
    """
    rows: list[Row] = []
    chapter = ""
    for section in report.sections:
        chapter = section.title if section.level == 1 else chapter
        for table in section.tables:
            rows += _figures(chapter, section, table)
    return Table(_COLUMNS, tuple(rows))


def _figures(chapter: str, section: Section, table: Table) -> Iterator[Row]:
    above: list[Row] = []
    for row in table.rows:
        above = [one for one in above if _is_under(row, one)]
        if row.kind is RowKind.HEADING:
            above.append(row)
            continue
        under = " › ".join(str(one.cells[0]) for one in above)
        label, *words = _texts(row, table)
        place = (chapter, table.title or section.title, under, label, "; ".join(words), row.kind.value)
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.kind is not Kind.TEXT and cell not in _NONE:
                yield Row((*place, column.key or column.title, _UNITS[column.kind], cell))
        if row.kind is not RowKind.MEMO:
            above.append(row)


def _is_under(row: Row, above: Row) -> bool:
    """Whether a row stands under one above it: a heading less far in, or one that it closes; of a memo, any row."""
    if above.kind is not RowKind.HEADING:
        return row.kind is RowKind.MEMO and above.indent < row.indent
    closes = row.kind is RowKind.SUBTOTAL and row.indent == above.indent
    return above.indent < row.indent or closes


def _texts(row: Row, table: Table) -> list[str]:
    """Return what stands in the columns of words: first the name of the row, then whatever else is said of it."""
    first, *others = (
        _word(cell) for column, cell in zip(table.columns, row.cells, strict=True) if column.kind is Kind.TEXT
    )
    return [first, *(words for words in others if words)]


def _word(cell: Cell) -> str:
    return "" if isinstance(cell, Mark) else str(cell)
