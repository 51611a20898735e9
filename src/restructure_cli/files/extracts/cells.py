"""Cells to values: text, figures, dates, each held to what its column takes; a cell that is not taken is a finding."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from restructure_cli.files import scalars
from restructure_cli.files.extracts import rules
from restructure_cli.files.extracts.layouts import Table, plain
from restructure_cli.files.extracts.numbers import number_text
from restructure_cli.files.extracts.unread_cells import NOT_WORKED_OUT
from restructure_cli.model.extracts import Row
from restructure_cli.model.findings import Finding
from restructure_cli.model.grades import Span
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import to_nine_places
from restructure_cli.model.structures import TERM_TIME

LONGEST_CELL = 2_000
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd\ufffe\uffff]")
"""What acts instead of showing, or stands for a character that was lost."""
_NOT_STATED = frozenset(
    {"", "n/d", "n/a", "nd", "na", "n.d.", "n.a.", "-", "–", "—", "?", "not disclosed", "not applicable", "not known",
     "unknown", "not stated", "tbc", "tba", "null"}
)  # fmt: skip
"""What cells say where a figure is not given."""
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|ERROR!|FIELD!|BLOCKED!)")
"""What a spreadsheet shows where a formula fails."""
_AROUND = " '\u2018\u2019"
"""Apostrophes that mark text in a spreadsheet, and stay around a word such as N/D when it is saved as CSV."""
_TOO_EXACT = re.compile(r"\d{1,9}\.\d{10,25}", re.ASCII)
_COMES_OUT = 12
"""A figure with more decimals than this is a fraction that has no end."""
_DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d/%m/%y", "%d-%b-%y")


def is_not_stated(text: str) -> bool:
    """Whether a cell says nothing, or says that nothing is disclosed."""
    return text.strip(_AROUND).lower() in _NOT_STATED


class Cells(NamedTuple):
    """Reads the cells of one table's rows, and gathers what is wrong with them."""

    table: Table
    findings: list[Finding]
    not_stated: Counter[str]
    shortened: Counter[str]
    """How many figures of a column do not come out, and are taken to nine decimals; by header."""

    def raw(self, row: Row, field: str) -> str:
        """Return the text of a field's cell as it stands; nothing where the table has no such column."""
        index = self.table.fields.get(field, -1)
        return row.cells[index] if 0 <= index < len(row.cells) else ""

    def failed(self, row: Row, field: str) -> bool:
        """Whether a cell holds a formula that gave an error or no value; it is then refused by name."""
        text = self.raw(row, field).strip()
        if not text.startswith("#"):
            return False
        if text == NOT_WORKED_OUT:
            hint = "open the workbook in Excel or LibreOffice, save it, and import it again"
            self._refused(row, field, "a value", "a formula that was never worked out", hint)
            return True
        if _ERROR.fullmatch(text):
            self._refused(row, field, "a value", f"the error {text}", "it stays unknown: mend the formula")
            return True
        return False

    def text(self, row: Row, field: str) -> str | None:
        """Return words; None where the cell says nothing."""
        raw = self.raw(row, field)
        if not raw or raw.isspace() or self.failed(row, field):
            return None
        if len(raw) > LONGEST_CELL:
            hint = "the row may have lost a quotation mark; mend the cell"
            self._refused(row, field, f"text of at most {LONGEST_CELL} characters", f"{len(raw):,} characters", hint)
            return None
        if _NO_TEXT.search(raw):
            raw = self._without_control_characters(row, field, raw)
        words = " ".join(raw.split())
        return None if is_not_stated(words) else words

    def figure(self, row: Row, field: str, read: Callable[[str], Any] = scalars.amount) -> Any:
        """Return a figure; None where the cell states none, and where it states one that cannot be read."""
        if field not in self.table.fields:
            return None
        if self.failed(row, field):
            return None
        text = self.raw(row, field).strip()
        if is_not_stated(text):
            header = self.table.header.cells[self.table.fields[field]].strip()
            self.not_stated[header] += 1
            return None
        if _TOO_EXACT.fullmatch(text[:LONGEST_CELL]):
            text = self._short(field, number_text(float(text)))
        try:
            return read(text if len(text) <= LONGEST_CELL else "?")
        except scalars.Unreadable as fault:
            shown = f'"{text}"' if len(text) <= 60 else f'"{text[:57]}…"'
            self._refused(row, field, fault.expected, shown, "the figure stays unknown: mend the cell, or leave it")
            return None

    def _short(self, field: str, text: str) -> str:
        """Take a spreadsheet's fraction that does not come out, such as 30 of 37 hours, to nine decimals."""
        if len(text.partition(".")[2]) <= _COMES_OUT:
            return text
        self.shortened[self.table.header.cells[self.table.fields[field]].strip()] += 1
        return f"{to_nine_places(Decimal(text)):f}"

    def pay(self, row: Row, low: str, high: str) -> Span | None:
        """Return a range of pay from its two columns; one that is nil, or lacks an end, is none."""
        ends = self.figure(row, low, pounds), self.figure(row, high, pounds)
        if ends[0] is None or ends[1] is None:
            return None
        if not ends[1]:
            for field in (low, high):
                self.not_stated[self.table.header.cells[self.table.fields[field]].strip()] += 1
            return None
        if ends[0] > ends[1]:
            self._refused(row, low, "the lower end of a range of pay", f"£{ends[0]:,} to £{ends[1]:,}", "mend the two")
            return None
        return Span(ends[0], ends[1])

    def kept(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Return what stands in the columns that were asked for by name."""
        found = []
        for header, index in self.table.kept:
            words = (
                " ".join(_NO_TEXT.sub("", row.cells[index][:LONGEST_CELL]).split()) if index < len(row.cells) else ""
            )
            if words:
                found.append((header, words))
        return tuple(found)

    def _without_control_characters(self, row: Row, field: str, raw: str) -> str:
        """Take control characters out of a text, with a finding that names them."""
        index = self.table.fields[field]
        codes = ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in _NO_TEXT.findall(raw)))
        message = f'a character that is no text in "{self.table.header.cells[index].strip()}": {codes}'
        place = self.table.sheet.place(row, index)
        self.findings.append(Finding(rules.CELL_CHARACTER, message, place, "it is left out; the file may be damaged"))
        return _NO_TEXT.sub("", raw)

    def _refused(self, row: Row, field: str, expected: str, found: str, hint: str) -> None:
        index = self.table.fields[field]
        header = self.table.header.cells[index].strip()
        message = f'"{_NO_TEXT.sub("", header)}": expected {expected}; found {_NO_TEXT.sub("", found)}'
        self.findings.append(Finding(rules.CELL, message, self.table.sheet.place(row, index), hint))


def pounds(text: str) -> Decimal:
    """Read whole money, nil or more, with or without its £."""
    figure: Decimal = scalars.amount(text.removeprefix("£").strip())
    return figure


def date(text: str) -> Moment:
    """Read a day as systems write it: 2026-04-01, 01/04/2026, 1 April 2026."""
    day = text.split("T")[0].split(" 00:00")[0]
    for form in _DATES:
        try:
            found = datetime.strptime(day, form)
        except ValueError:
            continue
        return Moment(found.year, found.month, found.day)
    moment: Moment = scalars.moment(day)
    return moment


def weeks(text: str) -> Decimal | str:
    """Read weeks paid a year, or that it is term time."""
    if plain(text) in ("term", "term time", "term time only", "tto"):
        return TERM_TIME
    found: Decimal = scalars.amount(text.lower().removesuffix("weeks").strip())
    if found > 53:
        raise scalars.Unreadable("weeks paid a year, 53 at most")
    return found
