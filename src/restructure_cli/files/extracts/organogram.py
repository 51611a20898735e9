"""Rows of a UK government organogram to posts, senior and junior.

The format is the Cabinet Office's, as its published schema describes it: `XX` is above the top post, N/D is not
disclosed, the name says Vacant or Eliminated, the pay of a vacant post is 0.
"""

from restructure_cli.files.extracts import rules
from restructure_cli.files.extracts.cells import Cells, is_not_stated, pounds
from restructure_cli.files.extracts.layouts import Table, plain
from restructure_cli.files.extracts.occupancies import no_post
from restructure_cli.model.extracts import JuniorPosts, Row, SeniorPost
from restructure_cli.model.findings import Finding

TOP = "XX"
_ELIMINATED = frozenset({"post eliminated", "abolished", "post abolished", "deleted", "post deleted"})
_NOBODY_SAYS = frozenset({"", "n a", "na", "not applicable", "tbc", "tba", "unknown", "nan"})
"""Names that do not say whether anybody is in the post; N/D is somebody who is not named."""


def read_senior(table: Table, cells: Cells) -> tuple[list[SeniorPost], int]:
    """Read the rows of a senior organogram; returns those that are used, and how many are rejected."""
    used: list[SeniorPost] = []
    seen: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        fault = no_post(table, cells, row) or _repeat(table, cells, row, seen)
        if fault is not None:
            cells.findings.append(fault)
            continue
        used.append(_senior(table, cells, row))
    return used, len(table.rows) - len(used)


def _repeat(table: Table, cells: Cells, row: Row, seen: dict[tuple[str, ...], Row]) -> Finding | None:
    """Find a row that repeats another with the same person named; without a name it may be a job share."""
    name = cells.raw(row, "name").strip()
    if is_not_stated(name) or plain(name) in {"named", *map(plain, table.layout.vacant)}:
        return None
    same = tuple(cell.strip() for cell in row.cells)
    first = seen.setdefault(same, row)
    if first is row:
        return None
    also = (table.sheet.place(first),)
    return Finding(rules.REPEAT, "the row is another again, cell by cell", table.sheet.place(row),
                   "it is counted once", also)  # fmt: skip


def _senior(table: Table, cells: Cells, row: Row) -> SeniorPost:
    above = cells.text(row, "reports_to")
    name = "" if cells.failed(row, "name") else plain(cells.raw(row, "name"))
    vacant = {plain(word) for word in table.layout.vacant}
    return SeniorPost(
        place=table.sheet.place(row),
        line=row.line,
        reference=_reference(cells.text(row, "reference")),
        title=cells.text(row, "title") or "",
        grade=cells.text(row, "grade"),
        department=cells.text(row, "department"),
        organisation=cells.text(row, "organisation"),
        unit=_unit(cells.text(row, "unit")),
        reports_to=None if above is None or above.upper() == TOP else above,
        top=above is not None and above.upper() == TOP,
        fte=cells.figure(row, "fte"),
        pay=cells.pay(row, "pay_floor", "pay_ceiling"),
        cost_of_reports=cells.figure(row, "cost_of_reports", pounds),
        holder=name if name not in _NOBODY_SAYS else None,
        vacant=name in vacant or name.startswith("vacan"),
        eliminated=name.startswith("eliminated") or name in _ELIMINATED,
        kept=cells.kept(row),
    )


def _reference(text: str | None) -> str:
    """Return a post's reference; what stands above the top post is no reference of one."""
    return "" if text is None or text.upper() == TOP else text


def _unit(text: str | None) -> str | None:
    return None if text is None or text.upper() == TOP else text


def read_junior(table: Table, cells: Cells) -> tuple[list[JuniorPosts], int]:
    """Read the rows of a junior organogram; returns those that are used, and how many are rejected."""
    used: list[JuniorPosts] = []
    for row in table.rows:
        fault = no_post(table, cells, row)
        if fault is not None:
            cells.findings.append(fault)
            continue
        used.append(
            JuniorPosts(
                place=table.sheet.place(row),
                line=row.line,
                title=cells.text(row, "title") or "",
                reports_to=cells.text(row, "reports_to"),
                grade=cells.text(row, "grade"),
                department=cells.text(row, "department"),
                organisation=cells.text(row, "organisation"),
                unit=_unit(cells.text(row, "unit")),
                fte=cells.figure(row, "fte"),
                pay=cells.pay(row, "pay_minimum", "pay_maximum"),
                kept=cells.kept(row),
            )
        )
    return used, len(table.rows) - len(used)
