"""Which header of a table is which field: maps that come with the tool, and maps of the user's own.

Headers are compared without regard to capitals, punctuation and what stands in brackets, so that `Actual Pay
Floor (£)`, `actual pay floor` and a £ that lost its encoding on the way are one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from restructure_cli.files import shapes, tree
from restructure_cli.files.extracts import rules
from restructure_cli.model.extracts import ColumnUse, Row, Rows, Sheet, column_letters
from restructure_cli.model.findings import Finding

SHIPPED = ("organogram-senior.yaml", "organogram-junior.yaml", "hr.yaml")
"""The maps that come with the tool, in the order in which a table is held against them."""
REQUIRED = {
    Rows.SENIOR: (("reference",), ("title",), ("cost_of_reports", "pay_floor", "pay_ceiling")),
    Rows.JUNIOR: (("title",), ("reports_to",), ("pay_minimum", "pay_maximum")),
    Rows.OCCUPANCY: (("title",),),
    Rows.POST: (("title",),),
}
"""Of each group of fields a table of the kind has at least one."""
_READ_ONLY = frozenset({"employee", "name"})
"""Fields about people: read to tell a vacancy or a repeat, and dropped."""
_HEADER_WITHIN = 30
"""How many rows may stand above the header, besides blank ones."""


class Layout(NamedTuple):
    """A map: what a row is, the headers of each field, what says vacant, and headers of columns about people."""

    rows: Rows
    columns: Mapping[str, tuple[str, ...]]
    vacant: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    own: bool = False
    """Whether the user named it."""
    says_rows: bool = False
    """Whether the user said what a row is."""


class Table(NamedTuple):
    """A sheet held against a map: its header, the field of each column, its rows below the header."""

    sheet: Sheet
    layout: Layout
    header: Row
    fields: Mapping[str, int]
    uses: tuple[ColumnUse, ...]
    rows: tuple[Row, ...]
    blank: int
    above: int
    kept: tuple[tuple[str, int], ...]
    """Columns that were asked for by name."""
    personal: tuple[int, ...]
    """Columns about people, which may say that there is nobody."""


@lru_cache(maxsize=65_536)
def plain(header: str) -> str:
    """Return a header without capitals, accents, punctuation and what stands in brackets."""
    bare = re.sub(r"\(.*?\)", " ", header) or header
    letters = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode().lower().replace("'", "")
    return " ".join(re.findall(r"[a-z0-9]+", letters)) or " ".join(re.findall(r"[a-z0-9]+", header.lower()))


def shipped() -> tuple[Layout, ...]:
    """Return the maps that come with the tool."""
    return tuple(_shipped(name) for name in SHIPPED)


@lru_cache(maxsize=4)
def _shipped(name: str) -> Layout:
    text = files("restructure_cli.files.extracts").joinpath("maps", name).read_text("utf-8")
    built, _ = tree.build(name, text)
    return layout(shapes.adapter("map/1").validate_python(built))


def layout(stated: Mapping[str, Any], base: Layout | None = None) -> Layout:
    """Freeze a map; one of the user's own goes before the spellings that come with the tool, and keeps the rest."""
    own = {field: tuple(headers or ()) for field, headers in (stated.get("columns") or {}).items()}
    kind = stated.get("rows") or (base.rows if base is not None else Rows.OCCUPANCY)
    if base is None:
        return Layout(kind, own, stated.get("vacant") or (), stated.get("personal") or ())
    taken = {plain(header) for headers in own.values() for header in headers}
    rest = {
        field: tuple(header for header in headers if plain(header) not in taken)
        for field, headers in base.columns.items()
        if field not in own
    }
    vacant = stated.get("vacant") or base.vacant
    return Layout(
        kind,
        {**own, **rest},
        vacant,
        (*(stated.get("personal") or ()), *base.personal),
        own=True,
        says_rows=bool(stated.get("rows")),
    )


def own_layout(stated: Mapping[str, Any]) -> Layout:
    """Freeze a map of the user's own, over the one that comes with the tool for the same kind of rows."""
    kind = stated.get("rows") or Rows.OCCUPANCY
    of_kind = kind if kind.of_an_organogram else Rows.OCCUPANCY
    base = next(layout for layout in shipped() if layout.rows is of_kind)
    return layout(stated, base)


def table(sheet: Sheet, layouts: Iterable[Layout], keep: tuple[str, ...]) -> tuple[Table | None, list[Finding]]:
    """Find the header of a sheet and the map it meets; None where it meets none."""
    looked_at = 0
    for index, row in enumerate(sheet.rows):
        if _is_blank(row):
            continue
        for layout in layouts:
            fields = _fields(row, layout)
            enough = len(fields) >= (1 if layout.own else 2)
            if enough and all(any(field in fields for field in group) for group in REQUIRED[layout.rows]):
                return _table(sheet, layout, index, fields, keep)
        looked_at += 1
        if looked_at > _HEADER_WITHIN:
            break
    return None, []


def _says_something(row: Row, read: list[int], width: int) -> bool:
    """Whether a row has anything in a column that is read, or beyond the header; what a template filled in is none."""
    cells = row.cells
    return any(at < len(cells) and cells[at].strip() for at in read) or any(cell.strip() for cell in cells[width:])


def _is_blank(row: Row) -> bool:
    return not any(cell and not cell.isspace() for cell in row.cells)


def _fields(row: Row, layout: Layout) -> dict[str, int]:
    """Return the column of each field: the first of its spellings that the header has."""
    headers: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        if cell and not cell.isspace():
            headers.setdefault(plain(cell), index)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for field, spellings in layout.columns.items():
        for spelling in spellings:
            index = headers.get(plain(spelling), -1)
            if index >= 0 and index not in taken:
                found[field] = index
                taken.add(index)
                break
    return found


def _table(
    sheet: Sheet, layout: Layout, index: int, fields: dict[str, int], keep: tuple[str, ...]
) -> tuple[Table, list[Finding]]:
    header, below = sheet.rows[index], sheet.rows[index + 1 :]
    read = sorted(fields.values())
    rows = tuple(row for row in below if _says_something(row, read, len(header.cells)))
    wanted = {plain(name) for name in keep}
    kept = tuple((cell.strip(), at) for at, cell in enumerate(header.cells) if plain(cell) in wanted)
    uses = _uses(header, layout, fields, {at for _, at in kept})
    above = sum(not _is_blank(row) for row in sheet.rows[:index])
    letters = {use.letters for use in uses if use.personal}
    personal = tuple(at for at in range(len(header.cells)) if column_letters(at) in letters)
    made = Table(sheet, layout, header, fields, uses, rows, len(below) - len(rows), above, kept, personal)
    return made, list(_doubtful(made))


def _uses(header: Row, layout: Layout, fields: Mapping[str, int], kept: set[int]) -> tuple[ColumnUse, ...]:
    by_index = {index: field for field, index in fields.items()}
    personal = {plain(name) for name in layout.personal}
    for field in _READ_ONLY:
        personal |= {plain(name) for name in layout.columns.get(field, ())}
    uses = []
    for index, cell in enumerate(header.cells):
        if not cell.strip():
            continue
        field = by_index.get(index, "")
        about_people = field in _READ_ONLY or (not field and plain(cell) in personal)
        uses.append(ColumnUse(cell.strip(), column_letters(index), field, about_people, index in kept))
    return tuple(uses)


def _doubtful(made: Table) -> Iterable[Finding]:
    """Find columns that could be read as a field which another column was taken for."""
    by_spelling: dict[str, list[str]] = {}
    for field, names in made.layout.columns.items():
        for name in names:
            by_spelling.setdefault(plain(name), []).append(field)
    used = set(made.fields.values())
    for index, cell in enumerate(made.header.cells):
        could_be = by_spelling.get(plain(cell), []) if cell.strip() and index not in used else []
        field = next((name for name in could_be if name in made.fields), "")
        if not field:
            continue
        taken = made.header.cells[made.fields[field]].strip()
        message = f'"{cell.strip()}" could be {field} as well; it was read from "{taken}"'
        hint = f"if that is wrong, write `columns: {{{field}: [{cell.strip()}]}}` in a map, and name it with --map"
        if plain(cell) == plain(taken):
            message = f'a second column is headed "{cell.strip()}"; the first was read as {field}, this one not at all'
            hint = "head the two columns differently, so that each can be told"
        yield Finding(rules.TWO_COLUMNS, message, made.sheet.place(made.header, index), hint)
