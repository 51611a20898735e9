"""What changed since a revision, for a reader: a chapter a structure, and at the end what did not change."""

from collections import Counter
from collections.abc import Iterator

from restructure_cli.model.quantities import NOTHING
from restructure_cli.model.report import Column, Report, Row, Section, Table
from restructure_cli.model.results import Change, Diff, DiffRow
from restructure_cli.model.results import RowKind as Line
from restructure_cli.model.revisions import Against, Revised, Status
from restructure_cli.report import diff as diffs
from restructure_cli.report.wording import COUNTED_WORDS, fte_on_both_sides, missing_note, plural, pounds_on_both_sides

WHEN = BEFORE, AFTER = "before", "now"
_SIDES = (("Current", "Before"), ("Proposed", "Now"))
_STATUS = {
    Status.CHANGED: "changed",
    Status.NEW: "new",
    Status.DELETED: "deleted",
}


def report(result: Against, by: str, detail: str) -> Report:
    """Build the report of a comparison with a revision; `by` and `detail` are those of a diff."""
    sections: list[Section] = []
    for revised in result.structures:
        if revised.diff is not None and revised.status is not Status.UNCHANGED:
            sections += _chapter(revised, revised.diff, by, detail)
    return Report(f"What changed since {result.ref}", tuple(sections), conclusion(result), notes(result))


def conclusion(result: Against) -> str:
    """Count the structures that changed."""
    counts = Counter(revised.status for revised in result.structures)
    told = [f"{counts[status]} {status.value}" for status in Status if counts[status]]
    return f"{plural(len(result.structures), 'structure')} since {result.ref}: {', '.join(told)}."


def notes(result: Against) -> tuple[str, ...]:
    """Say what was not compared, and why; at which prices; and which structures did not change."""
    told = [f"{revised.path} is not compared: {revised.because}." for revised in result.structures if revised.because]
    told += [
        f"{revised.path}: {BEFORE} at {revised.years[0]} prices, {AFTER} at those of {revised.years[1]}."
        for revised in result.structures
        if revised.years is not None
    ]
    return tuple(told)


def headline(revised: Revised) -> str:
    """Say in one line what changed in a structure: posts, FTE, vacancies and money."""
    result = revised.diff
    if result is None:
        return f"Not compared: {revised.because}."
    totals = result.totals
    parts = [counted(result, revised), f"FTE {fte_on_both_sides(totals.shown)}"]
    vacant = totals.vacant
    if vacant.current != vacant.proposed:
        parts.append(f"vacant {fte_on_both_sides(vacant)}")
    if totals.cost is not None:
        parts.append(f"{pounds_on_both_sides(totals.cost)} a year")
    told = "; ".join(part for part in parts if part)
    known = "" if result.complete else " Known part."
    return f"{told[:1].upper()}{told[1:]}.{known}"


def counted(result: Diff, revised: Revised) -> str:
    """Count what happened to posts, word by word, and the posts of which something else changed."""
    counts = Counter[Change](change for row in result.rows for change in row.changes)
    words = (change for change in Change if change is not Change.UNCHANGED)
    told = [f"{counts[change]} {COUNTED_WORDS[change]}" for change in words if counts[change]]
    told += [f"{plural(len(revised.also), 'post')} with other details"] if revised.also else []
    told += [f"{plural(len(result.teams), 'team')} changed"] if result.teams else []
    return ", ".join(told) or "no post changed"


def other_details(row: DiffRow, keys: tuple[str, ...]) -> str:
    """Name the keys of a post that differ, people in post with their figures."""
    told = []
    for key in keys:
        figure = {"filled": row.filled, "vacant": row.vacant}.get(key, NOTHING)
        told.append(f"{key} {fte_on_both_sides(figure)}" if figure.change else key)
    return ", ".join(told)


def flat(result: Against) -> Table:
    """Return every row of every structure on one flat table, the structure first."""
    first = (Column("structure", key="structure"), Column("status", key="status"))
    columns: tuple[Column, ...] = ()
    rows = []
    for revised in result.structures:
        table = diffs.flat(revised.diff) if revised.diff is not None else Table((), ())
        columns = table.columns or columns
        rows += [Row((revised.path, revised.status.value, *row.cells)) for row in table.rows]
    return Table((*first, *columns), tuple(rows))


def _chapter(revised: Revised, result: Diff, by: str, detail: str) -> Iterator[Section]:
    built = diffs.report(result, by, detail)
    yield Section(
        f"{revised.path}: {_STATUS[revised.status]}", words=(headline(revised), *missing_note(result.missing, WHEN))
    )
    for section in built.sections[1:]:
        yield section._replace(tables=tuple(map(_of_two_times, section.tables)))
    if revised.also:
        yield Section("Other details", tables=(_other_details(revised, result),))


def _other_details(revised: Revised, result: Diff) -> Table:
    rows = {row.id: row for row in (*result.rows, *result.outside) if row.kind is Line.POST}
    told = tuple(Row((rows[id_].title, other_details(rows[id_], keys))) for id_, keys in revised.also.items())
    return Table((Column("Post"), Column("What differs")), told)


def _of_two_times(table: Table) -> Table:
    """Head the columns of a diff by when, not by the side that they have in it."""
    return table._replace(columns=tuple(column._replace(title=_when(column.title)) for column in table.columns))


def _when(title: str) -> str:
    for side, when in _SIDES:
        if title.startswith(f"{side} "):
            return f"{when} {title.removeprefix(f'{side} ')}"
    return title
