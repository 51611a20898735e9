"""What a diff shows of money, in £ a year: the lines that cost something, or sums by team, grade or title."""

from collections.abc import Iterable

from restructure_cli.analysis.grouping import Group, gather, sum_rows
from restructure_cli.model.quantities import NOTHING
from restructure_cli.model.report import Column, Kind, Row, RowKind, Table
from restructure_cli.model.results import Diff, DiffRow
from restructure_cli.model.results import RowKind as Line
from restructure_cli.report.wording import cost_cells, covered_note, known_part_of_cost, left_out, plural, two_sided


def columns(result: Diff) -> tuple[Column, ...]:
    """Return the columns of both sides and the change; two records of different days are then and now."""
    before, after = ("£ a year then", "£ a year now") if result.snapshots else ("Current £ a year", "Proposed £ a year")
    return (
        Column(before, Kind.MONEY, drop=-2, key="current_cost"),
        Column(after, Kind.MONEY, drop=-1, key="proposed_cost"),
        Column("Change £ a year", Kind.CHANGE_MONEY, key="change_cost"),
    )


def by_line(result: Diff, detail: str) -> Table:
    """List the lines that cost something, or change in cost; lines without a price are counted in a note."""
    shown, same = [], []
    for row in result.rows:
        cost = row.cost
        if cost is None or cost == NOTHING:
            continue
        figures = (cost.current, cost.proposed, cost.change)
        if not any(figures) and None in figures:
            continue
        if cost.change == 0 and detail == "changes":
            same.append(row)
        else:
            shown.append(row)
    rows = [Row((_named(row, result), *cost_cells(row))) for row in shown]
    if same:
        told = f"{plural(len(same), 'line')} that cost the same, not shown"
        rows.append(Row((told, *two_sided(sum_rows(same)["cost"]))))
    rows.append(_total(result))
    return Table((Column("Line"), *columns(result)), tuple(rows), notes=covered_note(shown))


def _total(result: Diff) -> Row:
    cost = result.totals.cost or NOTHING
    return Row((known_part_of_cost("Total", left_out(result), cost), *two_sided(cost)), RowKind.TOTAL)


def _named(row: DiffRow, result: Diff) -> str:
    """Name a line; what belongs to no single post is named with its team."""
    if row.kind is not Line.NOT_ITEMISED:
        return row.title
    path = result.team_paths.get(row.team, ())
    return f"{path[-1][1]}, not itemised" if path else "Whole structure, not itemised"


def gathered(result: Diff, by: str) -> Table:
    """Sum what lines cost by team, grade or title."""
    rows = [*rows_of(gather(result, by)), _total(result)]
    return Table((Column(by.capitalize()), *columns(result)), tuple(rows), notes=covered_note(result.rows))


def rows_of(groups: Iterable[Group]) -> list[Row]:
    """Write a row for each group that costs something, or changes in cost."""
    costs = [(group, group.figures.get("cost", NOTHING)) for group in groups]
    return [
        Row((known_part_of_cost(group.label, group.partial, cost), *two_sided(cost)))
        for group, cost in costs
        if cost != NOTHING
    ]
