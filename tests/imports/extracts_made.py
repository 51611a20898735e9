"""Extracts for the tests: all of them invented, in the formats that HR systems and organograms have."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from restructure_cli.files.reader import Reader
from restructure_cli.model.structures import Structure

SENIOR = (
    "Post Unique Reference", "Name", "Grade (or equivalent)", "Job Title", "Job/Team Function", "Parent Department",
    "Organisation", "Unit", "Contact Phone", "Contact E-mail", "Reports to Senior Post", "Salary Cost of Reports (£)",
    "FTE", "Actual Pay Floor (£)", "Actual Pay Ceiling (£)", "", "Professional/Occupational Group", "Notes", "Valid?",
)  # fmt: skip
JUNIOR = (
    "Parent Department", "Organisation", "Unit", "Reporting Senior Post", "Grade", "Payscale Minimum (£)",
    "Payscale Maximum (£)", "Generic Job Title", "Number of Posts in FTE", "Professional/Occupational Group",
)  # fmt: skip


def senior(reference: str, title: str, above: str, **said: str) -> list[str]:
    """Return a row of a senior organogram of the Lighthouse Board, which does not exist."""
    cells = dict.fromkeys(SENIOR, "")
    cells.update({
        "Post Unique Reference": reference, "Name": "A Person", "Grade (or equivalent)": "SCS1", "Job Title": title,
        "Job/Team Function": "Looks after lamps.", "Parent Department": "Department for Light",
        "Organisation": "Lighthouse Board", "Unit": "Lamps", "Contact Phone": "01632 960000",
        "Contact E-mail": "a.person@example.org", "Reports to Senior Post": above,
        "Salary Cost of Reports (£)": "0", "FTE": "1", "Actual Pay Floor (£)": "70000",
        "Actual Pay Ceiling (£)": "74999",
    })  # fmt: skip
    cells.update(said)
    return list(cells.values())


def junior(above: str, title: str, fte: str, **said: str) -> list[str]:
    """Return a row of a junior organogram of the same board."""
    cells = dict.fromkeys(JUNIOR, "")
    cells.update({
        "Parent Department": "Department for Light", "Organisation": "Lighthouse Board", "Unit": "Lamps",
        "Reporting Senior Post": above, "Grade": "Keeper", "Payscale Minimum (£)": "20000",
        "Payscale Maximum (£)": "25001", "Generic Job Title": title, "Number of Posts in FTE": fte,
    })  # fmt: skip
    cells.update(said)
    return list(cells.values())


def write_csv(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8") -> Path:
    """Write rows as a CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def organogram(folder: Path, seniors: Iterable[Sequence[str]], juniors: Iterable[Sequence[str]]) -> tuple[Path, Path]:
    """Write both files of an organogram, of 31 March 2020."""
    return (
        write_csv(folder / "board-2020-03-31-senior.csv", [SENIOR, *seniors]),
        write_csv(folder / "board-2020-03-31-junior.csv", [JUNIOR, *juniors]),
    )


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook: text as text, numbers as numbers, days as days."""
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                else:
                    sheet.write(at, column, cell)
    workbook.close()
    return path


def structure(path: Path) -> Structure:
    """Read a structure that was written, which must be valid."""
    reader = Reader()
    found = reader.structure(path)
    assert found is not None, reader.findings
    assert not reader.findings
    return found
