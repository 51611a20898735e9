"""The files of one import, read: each sheet held against the maps, its rows read, everything counted."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from restructure_cli.files import text
from restructure_cli.files.extracts import layouts, rules
from restructure_cli.files.extracts.cells import Cells
from restructure_cli.files.extracts.delimited import read_delimited
from restructure_cli.files.extracts.layouts import Layout, Table
from restructure_cli.files.extracts.occupancies import read_rows
from restructure_cli.files.extracts.organogram import read_junior, read_senior
from restructure_cli.files.extracts.workbook import ENDINGS, read_workbook
from restructure_cli.model.extracts import (
    Count,
    Extract,
    HrExtract,
    JuniorPosts,
    Organogram,
    Rows,
    SeniorPost,
    Sheet,
)
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.quantities import Sum, total


class Asked(NamedTuple):
    """What a call asks for: its own maps, one sheet of a workbook, columns to keep; and who is told of progress."""

    maps: tuple[Layout, ...] = ()
    sheet: str | None = None
    keep: tuple[str, ...] = ()
    tell: Callable[[str], None] = lambda stage: None


class _Gathered:
    """What has been read so far."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.not_stated: Counter[str] = Counter()
        self.shortened: Counter[str] = Counter()
        self.counts: list[Count] = []
        self.hr: list[HrExtract] = []
        self.senior: list[SeniorPost] = []
        self.junior: list[JuniorPosts] = []
        self.mapping: dict[str, str] = {}
        self.left: list[str] = []


def read(paths: Iterable[Path], asked: Asked) -> tuple[Extract, dict[str, bytes]]:
    """Read extracts; returns what they hold, and their bytes for the record."""
    gathered = _Gathered()
    raw: dict[str, bytes] = {}
    for path in paths:
        asked.tell(f"reading {path.name}")
        found = text.read_bytes(path)
        if isinstance(found, Finding):
            gathered.findings.append(found)
            continue
        raw[str(path)] = found
        sheets = _sheets(path, found)
        if isinstance(sheets, Finding):
            gathered.findings.append(sheets)
        else:
            _take(sheets, path, asked, gathered)
    kinds = {count.rows.of_an_organogram for count in gathered.counts}
    if len(kinds) > 1:
        message = "an HR extract and an organogram cannot be one structure"
        hint = "import them one by one, or say with --map what the columns of each are"
        gathered.findings.append(
            Finding(rules.NO_COLUMN, message, Place(gathered.counts[-1].path, line=1, column=1), hint)
        )
    return _extract(gathered), raw


def _sheets(path: Path, raw: bytes) -> tuple[Sheet, ...] | Finding:
    packed = raw[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    if packed or path.suffix.lower() in ENDINGS:
        return read_workbook(str(path), raw)
    sheet = read_delimited(str(path), raw)
    return sheet if isinstance(sheet, Finding) else (sheet,)


def _take(sheets: tuple[Sheet, ...], path: Path, asked: Asked, gathered: _Gathered) -> None:
    """Read the sheets of one file that are tables of posts."""
    wanted = [sheet for sheet in sheets if asked.sheet is None or sheet.name in ("", asked.sheet)]
    if not wanted:
        names = ", ".join(sheet.name for sheet in sheets)
        message = f"there is no sheet {asked.sheet}"
        gathered.findings.append(Finding(rules.NO_COLUMN, message, Place(str(path)), f"the workbook has {names}"))
        return
    tables: list[Table] = []
    for sheet in wanted:
        table, doubts = layouts.table(sheet, (*asked.maps, *layouts.shipped()), asked.keep)
        if table is None:
            gathered.left.append(f"{path.name} {sheet.name}".strip())
        else:
            tables.append(table)
            gathered.findings += doubts
    if not tables:
        gathered.findings.append(_no_table(wanted[0]))
    several = [table for table in tables if not table.layout.rows.of_an_organogram]
    if len(several) > 1:
        names = ", ".join(table.sheet.name for table in several)
        message = f"{len(several)} sheets look like extracts: {names}"
        place = several[1].sheet.place(several[1].header)
        gathered.findings.append(Finding(rules.NO_COLUMN, message, place, "name the one that is meant with --sheet"))
        return
    for table in tables:
        _read_table(table, asked, gathered)


def _no_table(sheet: Sheet) -> Finding:
    first = next((row for row in sheet.rows if any(cell.strip() for cell in row.cells)), None)
    if first is None:
        return Finding(rules.NO_COLUMN, "there is nothing in the file", Place(sheet.path), "export it again")
    headers = ", ".join(cell.strip()[:40] for cell in first.cells if cell.strip())[:300]
    message = "no row is a header that says which column holds the titles of posts"
    hint = f"the first row has {headers}. Name the column in a map: `columns: {{title: [its header]}}`, and give --map"
    return Finding(rules.NO_COLUMN, message, sheet.place(first), hint)


def _read_table(table: Table, asked: Asked, gathered: _Gathered) -> None:
    sheet = table.sheet
    asked.tell(f"{len(table.rows):,} rows of {sheet.name or Path(sheet.path).name}")
    cells = Cells(table, gathered.findings, gathered.not_stated, gathered.shortened)
    kind = table.layout.rows
    fte: Sum | None = None
    if kind is Rows.SENIOR:
        senior, rejected = read_senior(table, cells)
        gathered.senior += senior
        fte = total(post.fte for post in senior)
    elif kind is Rows.JUNIOR:
        junior, rejected = read_junior(table, cells)
        gathered.junior += junior
        fte = total(post.fte for post in junior)
    else:
        hr, rejected = read_rows(table, cells)
        gathered.hr.append(hr)
        kind = hr.kind
        if not hr.fte_of_post and "fte" in table.fields:
            fte = total(row.fte for row in hr.rows)
    used = len(table.rows) - rejected
    count = Count(
        sheet.path,
        sheet.name,
        kind,
        len(table.rows),
        used,
        rejected,
        table.blank,
        table.above,
        sheet.encoding,
        table.uses,
        fte,
        sheet.errors_show,
    )
    gathered.counts.append(count)
    for field, index in table.fields.items():
        gathered.mapping.setdefault(field, table.header.cells[index].strip())


def _extract(gathered: _Gathered) -> Extract:
    hr = None
    if gathered.hr:
        rows = tuple(row for one in gathered.hr for row in one.rows)
        hr = gathered.hr[0]._replace(rows=rows)
    organogram = None
    if any(count.rows.of_an_organogram for count in gathered.counts):
        organogram = Organogram(tuple(gathered.senior), tuple(gathered.junior))
    return Extract(
        hr, organogram, tuple(gathered.counts), tuple(dict.fromkeys(gathered.findings)), dict(gathered.not_stated),
        tuple(gathered.left), gathered.mapping, dict(gathered.shortened),
    )  # fmt: skip
