"""Rows of an HR extract to what they say of people and posts."""

import re
from collections.abc import Iterator, Mapping

from restructure_cli.files import scalars
from restructure_cli.files.extracts import rules
from restructure_cli.files.extracts.cells import Cells, date, weeks
from restructure_cli.files.extracts.layouts import Table, plain
from restructure_cli.model.extracts import HrExtract, HrRow, Row, Rows
from restructure_cli.model.findings import Finding
from restructure_cli.model.quantities import ZERO

_TOTALS = re.compile(
    r"\W*((grand|sub|overall|report)[\s-]*)?totals?(\W+(fte|wte|posts?|staff|headcount|rows?|for\b.*|of\b.*))?\W*"
    r"|.{1,80}\b(sub-?)?totals?\W*",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[£\d,.\s%-]*")
_SHORT = 100
_MOST_WORDS = 2
"""How many cells with words a row of totals has; one that also has a grade, a team and so on is a post."""
_TENURES = {
    "permanent": "permanent", "perm": "permanent", "p": "permanent", "temporary": "temporary", "temp": "temporary",
    "t": "temporary", "fixed term": "fixed-term", "fixed": "fixed-term", "ft": "fixed-term", "ftc": "fixed-term",
    "fixed term contract": "fixed-term", "apprentice": "apprentice", "apprenticeship": "apprentice",
    "casual": "casual", "relief": "casual", "bank": "casual", "secondment": "seconded-in",
    "seconded": "seconded-in", "seconded in": "seconded-in", "volunteer": "volunteer",
}  # fmt: skip
_OF_POSTS = frozenset({"post", "position", "established", "establishment", "budgeted", "budget", "approved", "funded"})
"""Words by which a header speaks of posts, not of the people in them."""
_AGENCY = re.compile(r"agency( (worker|workers|staff|cover|temp))?")
"""What a status, tenure or name says of somebody whom an agency employs."""
_BLANK = "blank"
"""In a map's `vacant`: a row that names nobody is a vacancy."""


def read_rows(table: Table, cells: Cells) -> tuple[HrExtract, int]:
    """Read the rows of an HR extract; returns those that are used, and how many are rejected."""
    kind = _kind(table)
    used: list[HrRow] = []
    seen: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        why = no_post(table, cells, row)
        if why is not None:
            cells.findings.append(why)
            continue
        repeated = _repeat(table, cells, row, kind, seen)
        if repeated is not None:
            cells.findings.append(repeated)
            continue
        used.append(_row(table, cells, row))
        if kind is Rows.OCCUPANCY:
            cells.findings.extend(_more_than_full_time(used[-1]))
    of_people = kind is Rows.OCCUPANCY
    of_post = {"fte", "filled"} <= set(table.fields)
    extract = HrExtract(
        tuple(used), kind, of_post and of_people, of_people and not of_post and _speaks_of_post(table, "fte"),
        of_people and _speaks_of_post(table, "hours"),
    )  # fmt: skip
    return extract, len(table.rows) - len(used)


def _speaks_of_post(table: Table, field: str) -> bool:
    """Tell whether the header of a column says that its figures are the post's, as `Post FTE` does."""
    if field not in table.fields:
        return False
    return not _OF_POSTS.isdisjoint(plain(table.header.cells[table.fields[field]]).split())


def _kind(table: Table) -> Rows:
    """Return what a row is: a post where no column is about people, unless the user's map says otherwise."""
    if table.layout.says_rows or table.layout.rows is Rows.POST:
        return table.layout.rows
    return Rows.OCCUPANCY if {"employee", "name"} & set(table.fields) else Rows.POST


def no_post(table: Table, cells: Cells, row: Row) -> Finding | None:
    """Say why a row is no post: totals, the header again, cells beyond the header, no title."""
    title = table.fields["title"]
    place = table.sheet.place(row)
    words = [cell.strip() for cell in row.cells if not _FIGURE.fullmatch(cell[:_SHORT])]
    if words and len(words) <= _MOST_WORDS and _TOTALS.fullmatch(words[0][:_SHORT]):
        return Finding(rules.NO_POST, "this is a row of totals", place, "it is left out: its parts are counted")
    if [plain(cell) for cell in row.cells] == [plain(cell) for cell in table.header.cells]:
        return Finding(rules.NO_POST, "this is the header again", place, "it is left out")
    beyond = [index for index in range(len(table.header.cells), len(row.cells)) if row.cells[index].strip()]
    if beyond:
        message = f"the row has {beyond[-1] + 1} cells, and the header {len(table.header.cells)}"
        hint = "its cells may stand in the wrong columns: put text with a comma in it in quotes"
        return Finding(rules.ROW, message, table.sheet.place(row, beyond[0]), hint)
    if cells.text(row, "title") is None:
        hint = "give the post a title; the row is left out until it has one"
        return Finding(rules.ROW, "the row has no title", table.sheet.place(row, title), hint)
    return None


def _repeat(table: Table, cells: Cells, row: Row, kind: Rows, seen: dict[tuple[str, ...], Row]) -> Finding | None:
    """Find a row that repeats another: the same cells throughout, with the number of a person or a post."""
    telling = cells.raw(row, "number" if kind is Rows.POST else "employee").strip()
    if not telling:
        return None
    same = tuple(cell.strip() for cell in row.cells)
    first = seen.setdefault(same, row)
    if first is row:
        return None
    message = "the row is another again, cell by cell"
    also = (table.sheet.place(first),)
    return Finding(rules.REPEAT, message, table.sheet.place(row), "it is counted once", also)


def _row(table: Table, cells: Cells, row: Row) -> HrRow:
    occupied, holder = _occupied(table, cells, row)
    fte, filled = cells.figure(row, "fte"), cells.figure(row, "filled")
    if filled is None and occupied is not None and "filled" not in table.fields:
        filled = fte if occupied else ZERO
    elif filled is None and occupied is False:
        filled = ZERO
    agency, tenure = cells.figure(row, "agency"), _tenure(cells.text(row, "tenure"))
    if occupied and _is_agency(table, cells, row):
        agency, filled = filled if agency is None else agency, ZERO
        occupied, holder, tenure = False, None, None if _AGENCY.fullmatch(plain(tenure or "")) else tenure
    return HrRow(
        place=table.sheet.place(row),
        line=row.line,
        title=cells.text(row, "title") or "",
        teams=_teams(cells, row),
        number=cells.text(row, "number"),
        grade=_grades(cells.text(row, "grade")),
        tenure=tenure,
        reports_to=cells.text(row, "reports_to"),
        code=cells.text(row, "code"),
        fund=cells.text(row, "fund"),
        fte=fte,
        filled=filled,
        positions=cells.figure(row, "positions", scalars.whole_number),
        people=cells.figure(row, "people", scalars.whole_number),
        agency=agency,
        hours=cells.figure(row, "hours", scalars.hours),
        weeks=cells.figure(row, "weeks", weeks),
        scp=cells.figure(row, "scp", scalars.scp),
        starts=cells.figure(row, "starts", date),
        ends=cells.figure(row, "ends", date),
        occupied=occupied,
        holder=holder,
        kept=cells.kept(row),
    )


def _more_than_full_time(row: HrRow) -> Iterator[Finding]:
    """Find one person of more than 1 FTE: a column of hours, or a row of several people."""
    if row.occupied and row.filled is not None and row.filled > 1 and row.people in (None, 1):
        message = f"{row.title}: one person of {row.filled:,f} FTE"
        hint = "counted as it stands: mend it, or say in a map what the column holds, as in `columns: {hours: [FTE]}`"
        yield Finding(rules.PERSON, message, row.place, hint)


def _occupied(table: Table, cells: Cells, row: Row) -> tuple[bool | None, str | None]:
    """Tell whether somebody is in the post, as far as the row says, and what identifies them."""
    failed = [field for field in ("status", "name", "employee") if cells.failed(row, field)]
    if failed:
        return None, None
    about: Mapping[str, str] = {
        field: plain(cells.raw(row, field)) for field in ("status", "name", "employee") if field in table.fields
    }
    vacant = {plain(word) for word in table.layout.vacant}
    about_people = (plain(row.cells[index]) for index in table.personal if index < len(row.cells))
    said = {*about.values(), *about_people, plain(cells.raw(row, "title"))}
    if said & (vacant - {_BLANK}):
        return False, None
    status = about.get("status", "")
    if status in ("yes", "y", "true") and "status" in table.fields:
        asks_for_vacancy = "vac" in plain(table.header.cells[table.fields["status"]])
        return (not asks_for_vacancy), about.get("employee") or about.get("name")
    holder = about.get("employee") or about.get("name") or None
    if holder or status in ("filled", "occupied", "active", "in post"):
        return True, holder
    if _BLANK in vacant and {"name", "employee"} & set(about):
        return False, None
    return None, None


def _is_agency(table: Table, cells: Cells, row: Row) -> bool:
    """Tell whether an agency worker covers the post: nobody who fills it, because agencies employ their own."""
    said = (plain(cells.raw(row, field)) for field in ("status", "tenure", "name") if field in table.fields)
    return any(_AGENCY.fullmatch(words) for words in said)


def _teams(cells: Cells, row: Row) -> tuple[str, ...]:
    """Return the teams a row stands in, the outermost first; the same name twice is one team."""
    found: list[str] = []
    for field in ("directorate", "service", "team"):
        title = cells.text(row, field)
        if title is not None and title not in found:
            found.append(title)
    return tuple(found)


def _grades(text: str | None) -> tuple[str, ...]:
    """Return a grade, or the several of a career grade, written G6/G7."""
    if text is None:
        return ()
    parts = tuple(part.strip() for part in text.split("/"))
    return parts if len(parts) <= 4 and all(parts) and " " not in text.strip() else (text,)


def _tenure(text: str | None) -> str | None:
    return None if text is None else _TENURES.get(plain(text), text)
