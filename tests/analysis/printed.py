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
    def is_subtotal(self) -> bool:
        return self.label.startswith("Sub-total")


@dataclass
class Printed:
    """A table with its columns of figures; `total` is its last row, where it has one."""

    about: str
    """What its rows are: posts, teams, grades."""
    columns: list[str]
    lines: list[Line] = field(default_factory=list)
    total: Line | None = None

    @property
    def parts(self) -> list[Line]:
        """The rows that the total is made of: neither sub-totals, nor teams under a team that includes them."""
        outline = self.about == "Team"
        return [line for line in self.lines if not line.is_subtotal and not (outline and line.indent)]


def tables(text: str) -> list[Printed]:
    """Find the tables of figures in a report that was printed for a pipe: headings on one line, a rule, rows."""
    lines = text.splitlines()
    return [
        _table(lines[number - 1].split("  ")[0], columns, lines[number + 1 :])
        for number, line in enumerate(lines)
        if number > 1 and _is_rule(line) and not lines[number - 2] and (columns := _columns(lines[number - 1]))
    ]


def _is_rule(line: str) -> bool:
    return set(line) == {RULE}


def _columns(headings: str) -> list[tuple[str, int]]:
    """Return the columns of figures with where each ends; a row that tells of "0.61 FTE" is not a heading."""
    found = [(match.group(), match.end()) for match in _COLUMN.finditer(headings)]
    headed = [(name, end) for name, end in found if name.endswith((" FTE", "FTE", "£ a year", "%"))]
    return [] if any(character.isdigit() for name, _ in headed for character in name) else headed


def _table(about: str, columns: list[tuple[str, int]], below: list[str]) -> Printed:
    """Read rows until the total, or until no row follows an empty line."""
    printed = Printed(about, [name for name, _ in columns])
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
        f"{column}: {_sum(table.parts, column)} is not {table.total.figures.get(column)}"
        for column in table.columns
        if not column.endswith("%") and _sum(table.parts, column) != table.total.figures.get(column, Decimal(0))
    ]


def _sum(lines: list[Line], column: str) -> Decimal:
    return sum((line.figures.get(column, Decimal(0)) for line in lines if not line.is_subtotal), Decimal(0))


def missed_subtotals(table: Printed) -> list[str]:
    """Name the sub-totals that the rows under their team's heading do not make."""
    found = []
    for number, line in enumerate(table.lines):
        if line.is_subtotal:
            above = enumerate(table.lines[:number])
            start = max(place for place, other in above if other.is_heading and other.indent == line.indent)
            under = table.lines[start + 1 : number]
            found += [
                f"{column}: {_sum(under, column)} under {table.lines[start].label} is not {line.figures.get(column)}"
                for column in table.columns
                if _sum(under, column) != line.figures.get(column, Decimal(0))
            ]
    return found
