"""Vacancies for a reader: what is established, filled, covered and vacant now; pools and vacancies after a proposal."""

from decimal import Decimal

from restructure_cli.analysis.grouping import VacancyGroup, gather, gather_vacancies
from restructure_cli.model.quantities import NOTHING, Sum
from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.model.results import Diff, Vacancies, VacancyRow
from restructure_cli.model.results import RowKind as Line
from restructure_cli.report import pools
from restructure_cli.report.wording import cell, counting_note, fte, plural, side

_NOW = (
    Column("Established FTE", Kind.FTE, key="fte"),
    Column("Filled FTE", Kind.FTE, key="filled"),
    Column("Agency FTE", Kind.FTE, drop=1, key="agency"),
    Column("Vacant FTE", Kind.FTE, key="vacant"),
    Column("Rate %", Kind.PERCENT, drop=2, key="rate_percent"),
)


def report(now: Vacancies, moves: Diff | None, by: str) -> Report:
    """Build the report of vacancies; `moves` compares with a proposal."""
    sections = [Section("", words=(side(now.head),)), Section("Vacancies now", tables=(_now(now, by),))]
    notes = []
    if any(row.cover for row in now.rows):
        notes.append("Cover: people seconded or acting up are counted in post at home, and vacant where they help out.")
    if moves is not None:
        words = (side(moves.proposed), *counting_note(moves.current, moves.proposed))
        sections.append(Section("Who may move where", words=words, tables=(pools.table(moves, joined_only=False),)))
        sections.append(Section("Vacant on implementation", tables=(_after(moves, by),)))
    return Report(
        title=f"{now.organisation}, {now.service}: vacancies" if now.service else f"{now.organisation}: vacancies",
        sections=tuple(sections),
        conclusion=_conclusion(now, moves),
        notes=tuple(notes) + _unknowns(now),
    )


def _now(now: Vacancies, by: str) -> Table:
    if by == "post":
        rows = [Row((_named(row), *_cells(row))) for row in now.rows]
    else:
        rows = [Row((group.label, *_group_cells(group))) for group in gather_vacancies(now, by)]
    sums = now.totals
    total = (_sum(sums.fte), _sum(sums.filled), _sum(sums.agency), _sum(sums.vacant), _percent(sums.rate))
    rows.append(Row(("Total", *total), RowKind.TOTAL))
    notes = ("The rate is over the posts whose establishment and vacancy are both known.",)
    return Table((Column(by.capitalize()), *_NOW), tuple(rows), notes=notes if sums.rate is not None else ())


def _named(row: VacancyRow) -> str:
    return f"{row.title} (cover {fte(row.cover)})" if row.cover else row.title


def _cells(row: VacancyRow) -> tuple[Cell, ...]:
    return cell(row.fte), cell(row.filled), cell(row.agency), cell(row.vacant), _percent(row.rate)


def _group_cells(group: VacancyGroup) -> tuple[Cell, ...]:
    told = ((group.fte, "fte"), (group.filled, "filled"), (group.agency, "agency"), (group.vacant, "vacant"))
    return (
        *(sums.value if name in group.known else Mark.UNKNOWN for sums, name in told),
        _percent(group.rate),
    )


def _sum(figure: Sum) -> Cell:
    return figure.value if figure.complete or figure.value else Mark.UNKNOWN


def _percent(rate: Decimal | None) -> Cell:
    return Mark.BLANK if rate is None else rate


_AFTER = (
    Column("Proposed FTE", Kind.FTE, key="proposed_fte"),
    Column("Vacant on implementation FTE", Kind.FTE, key="proposed_vacant"),
)


def _after(moves: Diff, by: str) -> Table:
    """List the proposed posts with what is vacant; posts that share a pool stand in a row of the pool."""
    rows: list[Row] = []
    if by == "post":
        for row in moves.rows:
            if row.proposed is None or row.kind is Line.OTHER_COST:
                continue
            in_pool = row.kind is Line.IN_POOLS
            fte_cell: Cell = Mark.BLANK if in_pool else cell(row.fte.proposed)
            shared = row.vacant.proposed is None and not in_pool and _in_shared_pool(row.proposed, moves)
            rows.append(Row((row.title, fte_cell, Mark.BLANK if shared else cell(row.vacant.proposed))))
    else:
        for group in gather(moves, by):
            fte_sum, vacant = group.figures.get("fte", NOTHING), group.figures.get("vacant", NOTHING)
            rows.append(Row((group.label, cell(fte_sum.proposed), cell(vacant.proposed))))
    total = (cell(moves.totals.fte.proposed), cell(moves.totals.vacant.proposed))
    rows.append(Row(("Total", *total), RowKind.TOTAL))
    return Table((Column(by.capitalize()), *_AFTER), tuple(rows))


def _in_shared_pool(id_: str, moves: Diff) -> bool:
    return any(id_ in pool.proposed and len(pool.proposed) > 1 for pool in moves.pools)


def _conclusion(now: Vacancies, moves: Diff | None) -> str:
    sums = now.totals
    vacant = fte(sums.vacant.value) if sums.vacant.complete or sums.vacant.value else "an unknown number of"
    rate = f", {sums.rate}% of the posts where both are known" if sums.rate is not None else ""
    told = f"{vacant} FTE vacant now{'' if sums.vacant.complete else ' (known part)'}{rate}"
    if moves is not None:
        after = moves.totals.vacant.proposed
        told += f"; {fte(after) if after is not None else 'an unknown number of'} FTE vacant on implementation"
        unknown = any(row.vacant.proposed is None and row.proposed is not None for row in moves.rows)
        told += " (known part)" if unknown else ""
        displaced = moves.totals.displaced
        told += f"; {fte(displaced.value)} FTE displaced" if displaced.value else "; nobody displaced"
        told += "" if displaced.complete else " as far as known"
        told += f"; {plural(_nil(moves), 'pool')} with nil slack" if _nil(moves) else ""
    return f"{told[0].upper()}{told[1:]}."


def _nil(moves: Diff) -> int:
    return sum(1 for pool in moves.pools if pool.counted and pool.current and pool.fte and pool.slack == 0)


def _unknowns(now: Vacancies) -> tuple[str, ...]:
    words = {"fte": "established FTE", "filled": "filled FTE", "agency": "agency cover", "vacant": "vacancy"}
    told = [f"{words[gap.measure]} of {plural(len(gap.ids), 'line')}" for gap in now.missing]
    return (f"Not published: {', '.join(told)}. Totals are the known part.",) if told else ()


def flat(now: Vacancies, moves: Diff | None) -> Table:
    """Return every row on one flat table: now, and after where there is a proposal."""
    columns = (
        *(Column(key, key=key) for key in ("when", "id", "title", "kind", "team", "grade")),
        *_NOW,
        Column("counted", key="counted"),
    )
    rows = [_flat(row, "yes") for row in now.rows] + [_flat(row, "no") for row in now.outside]
    for row in moves.rows if moves is not None else ():
        if row.proposed is not None and row.kind is not Line.OTHER_COST:
            cells = (
                cell(row.fte.proposed),
                cell(row.filled.proposed),
                Mark.BLANK,
                cell(row.vacant.proposed),
                Mark.BLANK,
            )
            rows.append(Row(("proposed", row.id, row.title, row.kind.value, row.team or "", row.grade, *cells, "yes")))
    return Table(columns, tuple(rows))


def _flat(row: VacancyRow, counted: str) -> Row:
    return Row(("current", row.id, row.title, row.kind.value, row.team or "", row.grade, *_cells(row), counted))
