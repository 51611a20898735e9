"""CSV as real systems write it: UTF-8 or Windows-1252, commas, semicolons or tabs, line breaks inside of quotes.

Read by hand, because a rejected cell must be named by its line and column, which csv.reader forgets.
"""

import re

from restructure_cli.files.extracts import rules
from restructure_cli.model.extracts import Row, Sheet
from restructure_cli.model.findings import Finding, Place

_BREAK = re.compile("\r\n|\r|\n")
_DELIMITERS = ",;\t|"
_LOOKED_AT = 20
"""How many lines the delimiter is told from."""


def read_delimited(path: str, raw: bytes) -> Sheet | Finding:
    """Read a CSV; a quotation mark that is never closed ends the reading, as what follows it is in doubt."""
    text, encoding = decoded(raw)
    lines = _BREAK.split(text)
    delimiter = _delimiter(lines[:_LOOKED_AT])
    rows: list[Row] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if '"' not in line:
            rows.append(Row(number + 1, tuple(line.split(delimiter))))
            number += 1
            continue
        row, after = _quoted(lines, number, delimiter)
        if row is None:
            message = "a quotation mark opens here and is not closed before the end of the file"
            column = lines[number].index('"') + 1
            return Finding(rules.OPEN_QUOTE, message, Place(path, line=number + 1, column=column),
                           hint="close it, or double it where it is part of the text")  # fmt: skip
        rows.append(row)
        number = after
    if rows and rows[-1].cells == ("",):
        rows.pop()  # what follows the last line break is no row
    return Sheet(path, "", tuple(rows), encoding)


def decoded(raw: bytes) -> tuple[str, str]:
    """Turn bytes into text: UTF-8, else line by line UTF-8 or Windows-1252, as files put together by hand are.

    Returns the text, and how it was read where not as UTF-8.
    """
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace"), "UTF-16"
    if 0 in raw[:2] and any(raw[:2]):  # every other byte of plain text is nil in UTF-16
        return raw.decode("utf-16-be" if raw[0] == 0 else "utf-16-le", errors="replace"), "UTF-16"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    others = 0
    read = []
    for line in lines:
        try:
            read.append(line.decode("utf-8"))
            others += not line.isascii()
        except UnicodeDecodeError:
            read.append(line.decode("cp1252", errors="replace"))
    return "\n".join(read), "Windows-1252 and UTF-8, line by line" if others else "Windows-1252"


def _delimiter(lines: list[str]) -> str:
    """Return the character that stands between the cells: the one that the first lines have most of."""
    counts = {mark: sum(_outside_quotes(line).count(mark) for line in lines) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: counts[mark])


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _quoted(lines: list[str], first: int, delimiter: str) -> tuple[Row | None, int]:
    """Read a row with quotation marks in it, over as many lines as it takes; None where one is left open."""
    cells: list[str] = []
    starts: list[tuple[int, int]] = []
    number, at = first, 0
    while True:
        line = lines[number]
        starts.append((number + 1, at + 1))
        if not line.startswith('"', at):
            end = line.find(delimiter, at)
            cells.append(line[at:] if end < 0 else line[at:end])
        else:
            closed = _to_the_closing_quote(lines, number, at + 1)
            if closed is None:
                return None, number
            cell, number, end = closed
            line = lines[number]
            after = line.find(delimiter, end)
            cells.append(cell + (line[end:] if after < 0 else line[end:after]))
            end = after
        if end < 0:
            return Row(first + 1, tuple(cells), tuple(starts)), number + 1
        at = end + 1


def _to_the_closing_quote(lines: list[str], number: int, at: int) -> tuple[str, int, int] | None:
    """Return a quoted text, and the line and column after its closing mark; a doubled mark is part of it."""
    parts: list[str] = []
    while True:
        line = lines[number]
        end = line.find('"', at)
        if end < 0:
            parts.append(line[at:] + "\n")
            number, at = number + 1, 0
            if number == len(lines):
                return None
        elif line.startswith('""', end):
            parts.append(line[at : end + 1])
            at = end + 2
        else:
            parts.append(line[at:end])
            return "".join(parts), number, end + 1
