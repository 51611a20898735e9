"""A comment for a pull request: what changed in each structure, with as many of its changes as there is room for.

The largest changes come first. Those for which there is no room are one row with their sums, so that every table
still adds up to its total.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.diff import added
from restructure_cli.model.quantities import NOTHING, TwoSided
from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.model.results import Diff, DiffRow
from restructure_cli.model.results import RowKind as Line
from restructure_cli.model.revisions import Against, Revised, Status
from restructure_cli.report import diff as diffs
from restructure_cli.report import revisions
from restructure_cli.report.wording import (
    cost_cells,
    counting_note,
    difference,
    known_part,
    missing_note,
    plural,
    two_sided,
)

LONGEST = 160
"""How many characters of a title, a path or a description the comment shows."""
MOST_STRUCTURES, MOST_NOTES, MOST_TEAMS = 40, 20, 12
_UNKNOWN = Decimal("Infinity")
"""How large a change is that nobody knows: it is never among the smallest."""


class Drafts(NamedTuple):
    """A comment that can be written at any length: `build` takes how many structures and changes it shows."""

    structures: int
    changes: int
    build: Callable[[int, int], Report]


class _Ranked(NamedTuple):
    """A changed line of one of the structures."""

    structure: int
    row: DiffRow


def drafts(result: Against) -> Drafts:
    """Return the comment on a comparison with a revision, or on one diff, which has no revision."""
    changed = [revised for revised in result.structures if revised.status is not Status.UNCHANGED]
    changed.sort(key=lambda revised: (_size_of_all(revised), revised.path))
    ranked = [
        _Ranked(number, row)
        for number, revised in enumerate(changed)
        if revised.diff is not None
        for row in _changed(revised, revised.diff, bool(result.ref))
    ]
    ranked.sort(key=lambda line: _size(line.row))

    def build(structures: int, changes: int) -> Report:
        return _comment(result, changed[:structures], len(changed) - structures, ranked[:changes])

    return Drafts(min(len(changed), MOST_STRUCTURES), len(ranked), build)


def _size(row: DiffRow) -> tuple[object, ...]:
    """Order changes: the largest in money first, then in FTE; one that nobody knows is large."""
    cost, shown = (row.cost or NOTHING).change, row.shown.change
    in_money, in_fte = (-_UNKNOWN if change is None else -abs(change) for change in (cost, shown))
    return in_money, in_fte, row.title, row.id


def _size_of_all(revised: Revised) -> tuple[Decimal, Decimal]:
    if revised.diff is None:
        return -_UNKNOWN, -_UNKNOWN
    totals = revised.diff.totals
    changes = (totals.cost or NOTHING).change, totals.shown.change
    in_money, in_fte = (-_UNKNOWN if change is None else -abs(change) for change in changes)
    return in_money, in_fte


def _changed(revised: Revised, result: Diff, in_time: bool) -> list[DiffRow]:
    """Pick the lines that changed; between two times also those of which only a figure did."""

    def differs(row: DiffRow) -> bool:
        figures = [row.cost or NOTHING, row.shown, *((row.filled, row.vacant) if in_time else ())]
        told = bool(row.changes) and not row.unchanged
        moved = row.kind is not Line.IN_POOLS and any(figure.current != figure.proposed for figure in figures)
        return told or row.id in revised.also or (moved and (in_time or row.kind is not Line.POST or _dearer(row)))

    return [row for row in result.rows if differs(row)]


def _dearer(row: DiffRow) -> bool:
    cost = row.cost or NOTHING
    return cost.current != cost.proposed


def _comment(result: Against, shown: list[Revised], left_out: int, ranked: list[_Ranked]) -> Report:
    sections = [_summary(result, shown, left_out)]
    for number, revised in enumerate(shown):
        if revised.diff is not None:
            rows = [each.row for each in ranked if each.structure == number]
            sections.append(_detail(revised, revised.diff, rows, bool(result.ref)))
    if result.ref:
        title, headline = f"What changed since {_clipped(result.ref)}", revisions.conclusion(result)
        headline = revisions.headline(shown[0]) if len(result.structures) == len(shown) == 1 else headline
    else:
        (revised,) = result.structures
        assert revised.diff is not None
        built = diffs.report(revised.diff, "post", "summary")
        title, headline = _clipped(built.title), built.conclusion
    notes = [_clipped(note) for note in revisions.notes(result)]
    if notes[MOST_NOTES:]:
        notes = [*notes[:MOST_NOTES], f"And {len(notes) - MOST_NOTES} more notes, which the text form of this has."]
    return Report(title, tuple(sections), headline, tuple(notes))


def _summary(result: Against, shown: list[Revised], left_out: int) -> Section:
    """List the structures that changed, with their totals."""
    in_money = any(revised.diff is not None and revised.diff.totals.cost is not None for revised in shown)
    told = tuple(Row((_clipped(revised.path), _what_of(revised), *_totals(revised, in_money))) for revised in shown)
    columns = (Column("Structure"), Column("What changed"), *_columns(bool(result.ref), in_money))
    words = [f"{plural(left_out, 'structure')} that change less are left out here."] if left_out > 0 else []
    return Section("", words=tuple(words), tables=(Table(columns, told),) if told else ())


def _what_of(revised: Revised) -> str:
    if revised.diff is None:
        return "not compared"
    word = "" if revised.status is Status.CHANGED else f"{revised.status.value}: "
    return _clipped(word + revisions.counted(revised.diff, revised))


def _totals(revised: Revised, in_money: bool) -> tuple[Cell, ...]:
    if revised.diff is None:
        return (Mark.UNKNOWN,) * (6 if in_money else 3)
    totals = revised.diff.totals
    money: tuple[Cell, ...] = (Mark.BLANK,) * 3 if totals.cost is None else two_sided(totals.cost)
    return (*two_sided(totals.shown), *(money if in_money else ()))


def _columns(in_time: bool, in_money: bool) -> tuple[Column, ...]:
    before, after = ("Before", "Now") if in_time else ("Current", "Proposed")
    fte = (Column(f"{before} FTE", Kind.FTE), Column(f"{after} FTE", Kind.FTE), Column("Change FTE", Kind.CHANGE_FTE))
    money = (
        Column(f"{before} £ a year", Kind.MONEY), Column(f"{after} £ a year", Kind.MONEY),
        Column("Change £ a year", Kind.CHANGE_MONEY),
    )  # fmt: skip
    return (*fte, *(money if in_money else ()))


def _detail(revised: Revised, result: Diff, shown: list[DiffRow], in_time: bool) -> Section:
    """List the changes of a structure, the largest first; then what is left out, what is unchanged, and the total."""
    changed = _changed(revised, result, in_time)
    kept = {id(row) for row in shown}
    smaller = [row for row in changed if id(row) not in kept]
    moved = {id(row) for row in changed}
    unchanged = [row for row in result.rows if id(row) not in moved]
    in_money = result.totals.cost is not None
    rows = [Row((_named(row, result), _what(row, revised), *_cells(row, in_money))) for row in shown]
    if smaller:
        told = f"{plural(len(smaller), 'smaller change')}, not shown"
        rows.append(_summed(told, smaller, in_money))
    if unchanged:
        rows.append(_summed(f"{plural(len(unchanged), 'unchanged line')}", unchanged, in_money))
    total = (known_part("Total", not result.complete), "", *_totals(revised, in_money))
    rows.append(Row(total, RowKind.TOTAL))
    columns = (Column("Line"), Column("What changed"), *_columns(in_time, in_money))
    missing = missing_note(result.missing, revisions.WHEN) if in_time else missing_note(result.missing)
    words = [*missing, *counting_note(result.current, result.proposed), *_teams(result)]
    return Section(
        f"{_clipped(revised.path)}: {plural(len(changed), 'change')}",
        words=tuple(map(_clipped, words)),
        tables=(Table(columns, tuple(rows)),),
    )


def _teams(result: Diff) -> tuple[str, ...]:
    told = [f"{_clipped(team.title)} ({', '.join(map(difference, team.differences))})" for team in result.teams]
    more = f"; and {len(told) - MOST_TEAMS} more" if told[MOST_TEAMS:] else ""
    return (f"Teams: {'; '.join(told[:MOST_TEAMS])}{more}.",) if told else ()


def _named(row: DiffRow, result: Diff) -> str:
    path = result.team_paths.get(row.team, ())
    return _clipped(f"{row.title} ({path[-1][1]})" if path else row.title)


def _what(row: DiffRow, revised: Revised) -> str:
    told = [difference(each) for each in row.differences if not row.unchanged]
    if row.id in revised.also and row.kind is Line.POST:
        told.append(revisions.other_details(row, revised.also[row.id]))
    return _clipped("; ".join(told))


def _cells(row: DiffRow, in_money: bool) -> tuple[Cell, ...]:
    there = row.current is not None and not row.joins, row.proposed is not None
    shown: tuple[Cell, ...] = (Mark.BLANK,) * 3
    if row.kind is Line.POST:
        shown = two_sided(row.shown, *there)
    elif row.shown != NOTHING:
        shown = two_sided(row.shown)
    return (*shown, *(cost_cells(row) if in_money else ()))


def _summed(label: str, rows: list[DiffRow], in_money: bool) -> Row:
    """Add lines up; where one has no figure, the sums are known parts."""
    figures: list[TwoSided] = [added(row.shown for row in rows)]
    if in_money:
        figures.append(added(row.cost or NOTHING for row in rows))
    unknown = any(None in (row.shown.change, (row.cost or NOTHING).change) for row in rows)
    return Row((known_part(label, unknown), "", *(cell for figure in figures for cell in two_sided(figure))))


def _clipped(text: str) -> str:
    """Shorten words, never figures: no title or path is so long that a comment could not hold it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
