"""Reads tables back from what is printed in a pipe: the figures of every column, and how the rows lie in teams."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

RULE = "─"
_NUMBER = re.compile(r"([+−]?)(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?$")
_COLUMN = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True)
class Line:
    """A row: its indent, its words, and its figures by column; a column without a figure is not there."""

    indent: int
    label: str
    figures: dict[str, Decimal]
    unknown: frozenset[str]

    @property
    def is_heading(self) -> bool:
        return not self.figures and not self.unknown

    @property
    def adds(self) -> bool:
        """Whether the row is a part of the total, and not a sub-total or a detail of one."""
        return not self.label.startswith(("Sub-total ", "of which "))


@dataclass
class Printed:
    """A table with its columns of figures; `total` is its last row, where it has one."""

    columns: list[str]
    lines: list[Line] = field(default_factory=list)
    total: Line | None = None


def tables(text: str) -> list[Printed]:
    """Find the tables of figures in a report that was printed for a pipe: headings on one line, a rule, rows."""
    lines = text.splitlines()
    return [
        _table(columns, lines[number + 1 :])
        for number, line in enumerate(lines)
        if number and _is_rule(line) and (columns := _columns(lines[number - 1]))
    ]


def _is_rule(line: str) -> bool:
    return set(line) == {RULE}


def _columns(headings: str) -> list[tuple[str, int]]:
    """Return the columns of figures with where each ends; no row of a table looks like its headings."""
    found = [(match.group(), match.end()) for match in _COLUMN.finditer(headings)]
    return [(name, end) for name, end in found if name.endswith((" FTE", "FTE", "£ a year", "%"))]


def _table(columns: list[tuple[str, int]], below: list[str]) -> Printed:
    """Read rows until the total, or until no row follows an empty line."""
    printed = Printed([name for name, _ in columns])
    for number, line in enumerate(below):
        if line.startswith("Total") and (number == 0 or _is_rule(below[number - 1])):
            printed.total = _line(line, columns)
            break
        if line and not _is_rule(line):
            printed.lines.append(_line(line, columns))
        elif not line and not _goes_on(below[number + 1 :]):
            break
    return printed


def _goes_on(below: list[str]) -> bool:
    """Whether the rows go on after an empty line: then a rule comes before another heading with a rule."""
    rules = [number for number, line in enumerate(below) if _is_rule(line)]
    return bool(rules) and below[rules[0] + 1].startswith("Total") and not _columns(below[rules[0] - 1])


def _line(line: str, columns: list[tuple[str, int]]) -> Line:
    figures: dict[str, Decimal] = {}
    unknown = set()
    for (name, end), start in zip(columns, (0, *(end for _, end in columns)), strict=False):
        cell = line[start:end].rstrip() if start else line[:end]
        match = _NUMBER.search(line[start:end]) if len(line) >= end else None
        if match is not None:
            figures[name] = Decimal(match[2].replace(",", "") + (match[3] or "")) * (-1 if match[1] == "−" else 1)
        elif re.search(r"(^|\s)[?–]\s*$", cell):
            unknown.add(name)
    label = re.split(r"\s{2,}", line.strip())[0]
    return Line(len(line) - len(line.lstrip()), label, figures, frozenset(unknown))


def missed(table: Printed) -> list[str]:
    """Name the columns of which the printed parts do not make the printed total."""
    assert table.total is not None
    return [
        f"{column}: {_sum(table.lines, column)} is not {table.total.figures.get(column)}"
        for column in table.columns
        if not column.endswith("%") and _sum(table.lines, column) != table.total.figures.get(column, Decimal(0))
    ]


def _sum(lines: list[Line], column: str) -> Decimal:
    return sum((line.figures.get(column, Decimal(0)) for line in lines if line.adds), Decimal(0))


def missed_subtotals(table: Printed) -> list[str]:
    """Name the sub-totals that the rows under their team's heading do not make."""
    found = []
    for number, line in enumerate(table.lines):
        if not line.label.startswith("Sub-total "):
            continue
        title = line.label.removeprefix("Sub-total ")
        starts = max(
            place
            for place, above in enumerate(table.lines[:number])
            if above.is_heading and above.indent == line.indent and above.label == title
        )
        under = table.lines[starts + 1 : number]
        found += [
            f"{line.label}, {column}: {_sum(under, column)} is not {line.figures.get(column)}"
            for column in table.columns
            if _sum(under, column) != line.figures.get(column, Decimal(0))
        ]
    return found
