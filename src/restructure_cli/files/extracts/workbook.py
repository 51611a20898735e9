"""Workbooks, by python-calamine: Excel's and OpenDocument's, each sheet's cells as text.

A number is written as Excel shows it at its most exact, so that 17.4 stays 17.4: the shortest decimal that is the
same number, at most fifteen digits. What the library gives as blank and is not, an error such as #N/A or a formula
that was never worked out, is put back, so that it is refused by name.
"""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from restructure_cli.files.extracts import rules
from restructure_cli.files.extracts.numbers import number_text
from restructure_cli.files.extracts.unread_cells import UnreadCell, unread_cells
from restructure_cli.model.extracts import Row, Sheet
from restructure_cli.model.findings import Finding, Place

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_LARGEST = 1024 * 1024 * 1024
"""How much a workbook may unpack to."""


def read_workbook(path: str, raw: bytes) -> tuple[Sheet, ...] | Finding:
    """Read every sheet of a workbook that is a table."""
    try:
        import python_calamine
    except ModuleNotFoundError:
        hint = "install it with `pip install 'restructure-cli[excel]'`, or save the sheet as CSV"
        return Finding(
            rules.WORKBOOK, "workbooks are read by python-calamine, which is not installed", Place(path), hint
        )
    if _unpacks_to(raw) > _LARGEST:
        hint = "save the sheet as CSV"
        return Finding(rules.WORKBOOK, f"it unpacks to more than {_LARGEST // 1024**2} MB", Place(path), hint)
    hint = "open it in Excel and save it again, or save the sheet as CSV"
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(raw))
        names = [(sheet.name, str(sheet.typ)) for sheet in workbook.sheets_metadata]
        unread = unread_cells(raw)
        return tuple(
            _sheet(path, name, workbook.get_sheet_by_name(name), None if unread is None else unread.get(name, ()))
            for name, kind in names
            if kind.endswith("WorkSheet")
        )
    except python_calamine.PasswordError:
        hint = "take its password off, or save the sheet as CSV"
        return Finding(rules.WORKBOOK, "the workbook is locked by a password", Place(path), hint)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        return Finding(rules.WORKBOOK, f"this is not a workbook that can be read: {error}", Place(path), hint)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library's Rust gives up on damage
            raise
        return Finding(rules.WORKBOOK, "the workbook is damaged", Place(path), hint)


def _unpacks_to(raw: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError):
        return 0  # not a packed workbook: the reader says what it makes of it


def _sheet(path: str, name: str, cells: Any, unread: tuple[UnreadCell, ...] | None) -> Sheet:
    rows = [[cell_text(cell) for cell in row] for row in cells.to_python(skip_empty_area=False)]
    for cell in unread or ():
        _put_back(rows, cell)
    read = tuple(Row(number, tuple(row)) for number, row in enumerate(rows, 1))
    return Sheet(path, name, read, errors_show=unread is not None)


def _put_back(rows: list[list[str]], cell: UnreadCell) -> None:
    """Put into a sheet what stands in a cell that came as blank."""
    rows += [[] for _ in range(cell.row + 1 - len(rows))]
    row = rows[cell.row]
    row += [""] * (cell.column + 1 - len(row))
    row[cell.column] = row[cell.column] or cell.text


def cell_text(cell: object) -> str:
    """Write a cell as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(cell)
