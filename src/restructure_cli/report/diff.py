"""What a diff shows its reader: each change by team with sub-totals, money, pools, and a closing line."""

from collections import Counter
from collections.abc import Iterator

from restructure_cli.analysis.grouping import Branch, Figures, Partial, branches, gather, sum_rows
from restructure_cli.model.quantities import NOTHING, TwoSided
from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.model.results import Change, Diff, DiffRow, DiffTotals
from restructure_cli.model.results import RowKind as Line
from restructure_cli.report import diff_costs, pools
from restructure_cli.report.wording import (
    COUNTED_WORDS,
    counting_note,
    difference,
    displaced,
    fte,
    fte_on_both_sides,
    known_part,
    left_out,
    missing_note,
    of_which_some,
    plural,
    pounds_on_both_sides,
    side,
    signed_pounds,
    two_sided,
)

_WHAT = Column("What changes", drop=-4)


_TITLES = ("Current FTE", "Proposed FTE", "Vacant FTE")


def _fte_columns(result: Diff) -> tuple[Column, ...]:
    titles = ("FTE then", "FTE now", "Vacant FTE now") if result.snapshots else _TITLES
    before, after, vacant = titles
    return (
        Column(before, Kind.FTE, drop=-2, key="current_fte"),
        Column(after, Kind.FTE, drop=-1, key="proposed_fte"),
        Column("Change FTE", Kind.CHANGE_FTE, key="change_fte"),
        Column(vacant, Kind.FTE, drop=-3, key="vacant_fte"),
    )


_CELLS = 4
"""So many columns of FTE."""


def report(result: Diff, by: str, detail: str) -> Report:
    """Build the report of a diff; `by` gathers rows, `detail` is summary, changes or all."""
    tables = [_changes(result, detail) if by == "post" else _gathered(result, by)]
    sections = [Section("Posts", tables=tuple(tables))]
    if result.totals.cost is not None:
        if by == "post" and detail != "summary":
            money = diff_costs.by_line(result, detail)
        else:
            money = diff_costs.gathered(result, "team" if by == "post" else by)
        sections.append(Section(f"Cost at {result.year} prices", tables=(money,)))
    if detail != "summary":
        joined = pools.table(result, joined_only=True)
        sections += [Section(pools.TITLE, tables=(joined,))] if joined.rows else []
        sections += [Section("Teams", tables=(_teams(result),))] if result.teams else []
        sections += [Section("Outside the totals", tables=(_outside(result, detail),))] if result.outside else []
    return Report(
        title=f"{result.organisation}, {result.service}: what changes"
        if result.service
        else f"{result.organisation}: what changes",
        sections=(_heads(result), *sections),
        conclusion=_conclusion(result),
        notes=_notes(result),
    )


def _heads(result: Diff) -> Section:
    before, after = ("Then:", "Now:") if result.snapshots else ("Current:", "Proposed:")
    words = (f"{before:<9} {side(result.current)}", f"{after:<9} {side(result.proposed)}")
    return Section("", words=(*words, *counting_note(result.current, result.proposed)))


def _changes(result: Diff, detail: str) -> Table:
    rows: list[Row] = []
    for branch in branches(result, _in_fte_table):
        rows += _branch(branch, detail, 0)
    rows.append(Row((_total_of(result), "", *_fte_cells(_totals(result))), RowKind.TOTAL))
    if detail == "summary":
        without = tuple(row._replace(cells=(row.cells[0], *row.cells[2:])) for row in rows)
        return Table((Column("Team"), *_fte_columns(result)), without, notes=_moved_note(result))
    columns = (Column("Post"), _WHAT, *_fte_columns(result))
    return Table(columns, tuple(rows), notes=_moved_note(result))


def _total_of(result: Diff) -> str:
    """Name the total row by what it leaves out."""
    return _labelled("Total", left_out(result), _totals(result))


def _labelled(label: str, partial: Partial, figures: Figures) -> str:
    """Name a sum: a known part, where FTE are missing; only its vacancies, where some of them are known."""
    if _in_part(partial, "shown"):
        return known_part(label, _some_vacancies(partial, figures) or of_which_some(figures["shown"]))
    return f"{label} (vacancies: known part)" if _some_vacancies(partial, figures) else label


def _some_vacancies(partial: Partial, figures: Figures) -> bool:
    """Whether a sum of vacancies leaves some out and shows the others."""
    return figures.get("vacant", NOTHING).proposed is not None and ("vacant", "proposed") in partial


def _in_part(partial: Partial, measure: str) -> bool:
    return any(name == measure for name, _ in partial)


def _in_fte_table(row: DiffRow) -> bool:
    """Whether a row has to do with posts; a published cost beyond its parts has not."""
    told = row.fte != NOTHING or row.shown != NOTHING or bool(row.vacant.proposed)
    return row.kind in (Line.POST, Line.IN_POOLS) or (row.kind is Line.NOT_ITEMISED and told)


def _moved_note(result: Diff) -> tuple[str, ...]:
    if any(row.current and row.proposed and row.current_team != row.team for row in result.rows):
        return ("A post that moves stands under the team it moves to.",)
    return ()


def _totals(result: Diff) -> Figures:
    totals = result.totals
    figures = {"fte": totals.fte, "filled": totals.filled, "shown": totals.shown, "vacant": totals.vacant}
    return {**figures, "cost": totals.cost} if totals.cost is not None else figures


def _branch(branch: Branch, detail: str, depth: int) -> Iterator[Row]:
    """Write a team: its heading, its rows, the teams below it, its sub-total."""
    blank = (Mark.BLANK,) * _CELLS
    if detail == "summary":
        yield Row(
            (_labelled(branch.title, branch.partial, branch.figures), "", *_fte_cells(branch.figures)), indent=depth
        )
        for below in branch.below:
            yield from _memo(_branch(below, detail, depth + 1))
        return
    hidden = [row for row in branch.rows if row.unchanged and detail == "changes"]
    if len(hidden) == len(branch.rows) and not branch.below:
        yield Row(
            (
                branch.title,
                f"{plural(len(hidden), 'unchanged post')}, not shown",
                *_fte_cells(branch.figures),
            ),
            indent=depth,
        )
        return
    yield Row((branch.title, "", *blank), RowKind.HEADING, depth)
    for row in branch.rows:
        if not (row.unchanged and detail == "changes"):
            yield Row((row.title, _what(row), *_row_cells(row)), indent=depth + 1)
    if hidden:
        told = f"{plural(len(hidden), 'unchanged post')}, not shown"
        yield Row((told, "", *_fte_cells(sum_rows(hidden))), indent=depth + 1)
    for below in branch.below:
        yield from _branch(below, detail, depth + 1)
    lines = len(branch.rows) - len(hidden) + bool(hidden) + len(branch.below)
    if lines > 1 and branch.id is not None:
        beside = _vacancies_in_part(branch)
        label = "Sub-total" if beside else _labelled("Sub-total", branch.partial, branch.figures)
        cells = (label, beside, *_fte_cells(branch.figures))
        yield Row(cells, RowKind.SUBTOTAL, depth)


def _vacancies_in_part(branch: Branch) -> str:
    """Say beside a sub-total, where there is room, that only its vacancies are a known part."""
    only = not _in_part(branch.partial, "shown") and _some_vacancies(branch.partial, branch.figures)
    return "vacancies: known part" if only else ""


def _memo(rows: Iterator[Row]) -> Iterator[Row]:
    """Mark the rows of teams below a team, whose figures include them already."""
    for row in rows:
        yield row._replace(kind=RowKind.MEMO)


def _what(row: DiffRow) -> str:
    if row.kind is not Line.POST:
        return ""
    joins = (f"joins {row.joins} with {fte(row.joining)} FTE" if row.joining is not None else f"joins {row.joins}",)
    return "; ".join((*(difference(told) for told in row.differences), *(joins if row.joins else ())))


def _row_cells(row: DiffRow) -> tuple[Cell, ...]:
    there = row.current is not None and not row.joins, row.proposed is not None
    if row.kind is Line.IN_POOLS:
        shown = (Mark.BLANK,) * 3 if row.shown == NOTHING else two_sided(row.shown)
        return (*shown, _vacant(row.vacant))
    if row.kind is Line.OTHER_COST:
        return (Mark.BLANK,) * _CELLS
    vacant: Cell = _vacant(row.vacant) if there[1] else Mark.ABSENT
    return (*two_sided(row.shown, *there), vacant)


def _vacant(figure: TwoSided) -> Cell:
    return Mark.UNKNOWN if figure.proposed is None else figure.proposed


def _fte_cells(figures: Figures) -> tuple[Cell, ...]:
    return (*two_sided(figures.get("shown", NOTHING)), _vacant(figures.get("vacant", NOTHING)))


def _gathered(result: Diff, by: str) -> Table:
    rows = [
        Row((_labelled(group.label, group.partial, group.figures), *_fte_cells(group.figures)))
        for group in gather(result, by)
        if _has_fte(group.figures)
    ]
    rows.append(Row((_total_of(result), *_fte_cells(_totals(result))), RowKind.TOTAL))
    return Table((Column(by.capitalize()), *_fte_columns(result)), tuple(rows))


def _has_fte(figures: Figures) -> bool:
    return any(figures.get(measure, NOTHING) != NOTHING for measure in ("shown", "vacant"))


def _teams(result: Diff) -> Table:
    """List the teams that come, go or change."""
    rows = tuple(Row((team.title, "; ".join(difference(told) for told in team.differences))) for team in result.teams)
    return Table((Column("Team"), Column("What changes")), rows)


def _outside(result: Diff, detail: str) -> Table:
    """List details of totals already counted, and lines that belong in no total."""
    shown = [row for row in result.outside if detail == "all" or not row.unchanged]
    rows = tuple(Row((row.title, _what(row), *_row_cells(row)[:3]), RowKind.MEMO) for row in shown)
    hidden = len(result.outside) - len(shown)
    notes = ["Details of posts counted above, and lines that the files set outside."]
    notes += [f"{plural(hidden, 'unchanged line')}, not shown."] if hidden else []
    columns = (Column("Line"), _WHAT, *_fte_columns(result)[:3])
    return Table(columns, rows, notes=tuple(notes))


def _conclusion(result: Diff) -> str:
    """Say it all in one line: what happens to posts, FTE, vacancies, people and money."""
    totals = result.totals
    parts = [
        _counted(result),
        f"FTE {fte_on_both_sides(totals.shown)}",
        *(_vacant_told(totals.vacant) if result.snapshots else _placed_told(totals)),
        _money_told(totals.cost) if totals.cost is not None else "",
    ]
    told = "; ".join(part for part in parts if part)
    known = "" if result.complete else " Known part: see the notes."
    return f"{told[0].upper()}{told[1:]}.{known}"


def _placed_told(totals: DiffTotals) -> tuple[str, ...]:
    """Say what a proposal leaves vacant, and whom it leaves without a post."""
    vacant = totals.vacant.proposed
    return (f"{fte(vacant)} vacant on implementation" if vacant is not None else "", displaced(totals.displaced))


def _vacant_told(vacant: TwoSided) -> tuple[str, ...]:
    """Say what was vacant on either day."""
    if vacant.current is None and vacant.proposed is None:
        return ("vacancies not known",)
    days = ((vacant.current, "then"), (vacant.proposed, "now"))
    told = [f"{'not known' if figure is None else fte(figure)} {day}" for figure, day in days]
    return (f"vacant {', '.join(told)}",)


def _counted(result: Diff) -> str:
    counts = Counter(change for row in result.rows for change in row.changes)
    return ", ".join(f"{counts[change]:,} {COUNTED_WORDS[change]}" for change in Change if counts[change])


def _money_told(cost: TwoSided) -> str:
    """Tell both costs and the change; where a report prints only the change, that alone."""
    if cost.current is not None and cost.proposed is not None:
        return f"{pounds_on_both_sides(cost)} a year"
    return "cost not known" if cost.change is None else f"cost {signed_pounds(cost.change)} a year"


def _notes(result: Diff) -> tuple[str, ...]:
    when = ("then", "now") if result.snapshots else ("now", "as proposed")
    return (*missing_note(result.missing, when), *(() if result.snapshots else result.suggestions))


def flat(result: Diff) -> Table:
    """Return every row on one flat table."""
    columns = (
        *(Column(key, key=key) for key in ("id", "title", "kind", "team", "grade", "changes")),
        *(Column(f"{side_}_{measure}", Kind.CHANGE_FTE, key=f"{side_}_{measure}")
          for measure in ("fte", "filled", "shown", "vacant", "cost") for side_ in ("current", "proposed", "change")),
        Column("counted", key="counted"),
    )  # fmt: skip
    rows = [_flat(row, "yes") for row in result.rows] + [_flat(row, "no") for row in result.outside]
    return Table(columns, tuple(rows))


def _flat(row: DiffRow, counted: str) -> Row:
    measures = (row.fte, row.filled, row.shown, row.vacant)
    cells = [cell for measure in measures for cell in two_sided(measure)]
    cells += two_sided(row.cost) if row.cost is not None else (Mark.BLANK,) * 3
    words = " ".join(change.value for change in row.changes)
    return Row((row.id, row.title, row.kind.value, row.team or "", row.grade, words, *cells, counted))
