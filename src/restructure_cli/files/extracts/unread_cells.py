"""Cells of an Excel workbook that its reader gives as blank and that are not: errors, and formulas without a value.

A formula has no value where the workbook was written by a program that does not calculate. Taken for blank, either
would make a figure unknown without a word; so both are found in the workbook's own XML, and come as text.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

NOT_WORKED_OUT = "#formula"
"""What stands for a formula that was never worked out."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>([^<]*<(?:\w+:)?(?:f|v)\b.*?)</(?:\w+:)?c>", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")


class UnreadCell(NamedTuple):
    """A cell by its row and column, counted from 0, and what stands in it."""

    row: int
    column: int
    text: str


def unread_cells(raw: bytes) -> dict[str, tuple[UnreadCell, ...]] | None:
    """Find such cells, by sheet; None where the workbook is of a kind that cannot be looked into."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                return None
            return {name: tuple(_of_sheet(packed.read(path))) for name, path in _sheets(packed)}
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError, NotImplementedError):
        return None


def _sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """List the sheets of a workbook, with the part that each stands in."""
    relations = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    parts = {one.get("Id"): one.get("Target", "") for one in relations}
    workbook = ElementTree.fromstring(packed.read("xl/workbook.xml"))
    there = set(packed.namelist())
    for sheet in workbook.iter():
        target = parts.get(sheet.get(_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if sheet.tag.endswith("}sheet") and path in there:
            yield sheet.get("name", ""), path


def _of_sheet(xml: bytes) -> Iterator[UnreadCell]:
    if b't="e"' not in xml and not _FORMULA.search(xml):
        return
    for found in _CELL.finditer(xml):
        attributes, content = found.groups()
        place = _REFERENCE.search(attributes)
        text = _unread(attributes, content)
        if place is not None and text:
            yield UnreadCell(int(place[2]) - 1, _column(place[1].decode()), text)


def _unread(attributes: bytes, content: bytes) -> str:
    """Return what a cell holds that is not read; nothing where it is read."""
    value = _VALUE.search(content)
    if b't="e"' in attributes:
        return value[1].decode("utf-8", "replace") if value is not None and value[1] else "#ERROR!"
    if b't="str"' in attributes or (value is not None and value[1]):
        return ""  # a formula that gives text may give none
    return NOT_WORKED_OUT if _FORMULA.search(content) else ""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
