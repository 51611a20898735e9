"""By how much a cost changes, in £ a year, for a reader: line by line or year by year, and what a delay makes of it."""

from restructure_cli.analysis.change_by_fund import by_fund
from restructure_cli.analysis.grouping import gather
from restructure_cli.model.costs import Cost
from restructure_cli.model.quantities import NOTHING, between
from restructure_cli.model.report import Column, Kind, Row, RowKind, Table
from restructure_cli.model.results import Diff
from restructure_cli.report import diff_costs
from restructure_cli.report.wording import cost_cells, covered_note, known_part_of_cost, left_out, two_sided


def over_years(result: Cost) -> Table:
    """Show what changes in all, year by year."""
    rows = tuple(_row(change.year, change) for change in result.changes)
    return Table((Column("Year"), *diff_costs.columns(result.changes[0])), rows, notes=_factor_note(result))


def _row(label: str, change: Diff) -> Row:
    """Show what changes in all, named by what it leaves out."""
    cost = change.totals.cost or NOTHING
    return Row((known_part_of_cost(label, left_out(change), cost), *two_sided(cost)))


def in_one_year(result: Cost, by: str) -> Table:
    """Show the change of the first year by line, or summed by fund, team, grade or title."""
    change = result.change
    assert change is not None
    if by == "post":
        rows = [Row((row.title, *cost_cells(row))) for row in change.rows if row.cost not in (None, NOTHING)]
    else:
        rows = diff_costs.rows_of(by_fund(result) if by == "fund" else gather(change, by))
    rows.append(_row("Total", change)._replace(kind=RowKind.TOTAL))
    notes = (*covered_note(change.rows), *_factor_note(result))
    return Table((Column(by.capitalize()), *diff_costs.columns(change)), tuple(rows), notes=notes)


def of_a_delay(result: Cost) -> Table:
    """Set the change from the start that is asked for beside the change without it."""
    rows = []
    for at_once, later in zip(result.undelayed, result.changes, strict=True):
        without = at_once.totals.cost.change if at_once.totals.cost is not None else None
        with_it = later.totals.cost.change if later.totals.cost is not None else None
        rows.append(Row((later.year, *two_sided(between(without, with_it)))))
    columns = (
        Column("Year"),
        Column("Change at once £", Kind.CHANGE_MONEY, key="at_once"),
        Column("Change delayed £", Kind.CHANGE_MONEY, key="delayed"),
        Column("The delay makes £", Kind.CHANGE_MONEY, key="difference"),
    )
    return Table(columns, tuple(rows))


def _factor_note(result: Cost) -> tuple[str, ...]:
    rows = (row for priced in result.structures for year in priced.years for row in year.rows)
    return ("Before the vacancy factor.",) if any(row.id == "vacancy-factor" for row in rows) else ()
