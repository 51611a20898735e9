"""Vacancies for a reader: what is established, filled, covered and vacant now; pools and vacancies after a proposal."""

from decimal import Decimal

from restructure_cli.analysis.grouping import gather
from restructure_cli.analysis.vacancies import VacancyGroup, gather_vacancies
from restructure_cli.model.quantities import NOTHING
from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.model.results import Diff, DiffRow, Vacancies, VacancyRow, VacancyTotals
from restructure_cli.model.results import RowKind as Line
from restructure_cli.report import pools
from restructure_cli.report.wording import cell, counting_note, displaced, fte, known_part, plural, side, sum_cell

_NOW = (
    Column("Established FTE", Kind.FTE, drop=-2, key="fte"),
    Column("Filled FTE", Kind.FTE, drop=-1, key="filled"),
    Column("Agency FTE", Kind.FTE, drop=1, key="agency"),
    Column("Vacant FTE", Kind.FTE, key="vacant"),
    Column("Rate %", Kind.PERCENT, drop=2, key="rate_percent"),
)


def report(now: Vacancies, moves: Diff | None, by: str) -> Report:
    """Build the report of vacancies; `moves` compares with a proposal."""
    snapshots = moves is not None and moves.snapshots
    first = "Vacancies then" if snapshots else "Vacancies now"
    sections = [Section("", words=(side(now.head),)), Section(first, tables=(_now(now, by),))]
    notes = []
    if any(row.cover for row in now.rows):
        notes.append("Cover: people seconded or acting up are counted in post at home, and vacant where they help out.")
    if moves is not None:
        words = (side(moves.proposed), *counting_note(moves.current, moves.proposed))
        if snapshots:
            sections.append(Section("Vacancies now", words=words, tables=(_after(moves, by),)))
        else:
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
        rows = _under_teams(now)
    else:
        rows = [
            Row((_total_of(_gaps(group), group.label), *_group_cells(group))) for group in gather_vacancies(now, by)
        ]
    sums = now.totals
    total = (
        sum_cell(sums.fte),
        sum_cell(sums.filled),
        sum_cell(sums.agency),
        sum_cell(sums.vacant),
        _rate_of(sums),
    )
    rows.append(Row((_total_of({gap.measure for gap in now.missing}), *total), RowKind.TOTAL))
    return Table((Column(by.capitalize()), *_NOW), tuple(rows), notes=_rate_note(sums))


def _total_of(gaps: set[str], label: str = "Total") -> str:
    """Name a sum by what it leaves out: all of it a known part, or only its vacancies."""
    if "fte" in gaps:
        return known_part(label, partial=True)
    return f"{label} (filled and vacant: known part)" if not gaps.isdisjoint(("filled", "vacant")) else label


def _gaps(group: VacancyGroup) -> set[str]:
    """Return the measures of which a group shows a part only; of one that is not known at all it shows none."""
    sums = (("fte", group.fte), ("filled", group.filled), ("vacant", group.vacant))
    return {name for name, figure in sums if name in group.known and not figure.complete}


def _rate_note(sums: VacancyTotals) -> tuple[str, ...]:
    if sums.rate is None or sums.rated == sums.fte.value:
        return ()
    return (f"Of the {fte(sums.rated)} FTE whose establishment and vacancy are both known, {sums.rate}% is vacant.",)


def _rate_of(sums: VacancyTotals | VacancyGroup) -> Cell:
    """Show the rate of a sum, unless it is that of a part of the FTE beside it: that stands in a note."""
    if sums.rate is not None and sums.rated != sums.fte.value:
        return Mark.UNKNOWN
    return _percent(sums.rate)


def _under_teams(now: Vacancies) -> list[Row]:
    """List the posts under a heading for each team."""
    rows: list[Row] = []
    team: str | None = ""
    for row in now.rows:
        if row.team != team:
            team = row.team
            path = now.team_paths.get(team, ())
            heading = " › ".join(title for _, title in path[-2:]) or "In no team"
            rows.append(Row((heading, *(Mark.BLANK,) * len(_NOW)), RowKind.HEADING))
        rows.append(Row((_named(row), *_cells(row)), indent=1))
    return rows


def _named(row: VacancyRow) -> str:
    return f"{row.title} (cover {fte(row.cover)})" if row.cover else row.title


def _cells(row: VacancyRow) -> tuple[Cell, ...]:
    return cell(row.fte), cell(row.filled), cell(row.agency), cell(row.vacant), _percent(row.rate)


def _group_cells(group: VacancyGroup) -> tuple[Cell, ...]:
    told = ((group.fte, "fte"), (group.filled, "filled"), (group.agency, "agency"), (group.vacant, "vacant"))
    return (
        *(sums.value if name in group.known else Mark.UNKNOWN for sums, name in told),
        _rate_of(group),
    )


def _percent(rate: Decimal | None) -> Cell:
    return Mark.BLANK if rate is None else rate


_AFTER = (
    Column("Proposed FTE", Kind.FTE, key="proposed_fte"),
    Column("Vacant on implementation FTE", Kind.FTE, key="proposed_vacant"),
)

_IN_POOL = ("in pool: people may move into several posts, and what is left vacant of these stands in one row of them.",)

_LATER = (_AFTER[0]._replace(title="FTE now"), _AFTER[1]._replace(title="Vacant FTE now"))


def _after(moves: Diff, by: str) -> Table:
    """List the proposed posts with what is vacant; posts that share a pool stand in a row of the pool."""
    rows: list[Row] = []
    notes: tuple[str, ...] = ()
    if by == "post":
        for row in moves.rows:
            if row.proposed is None or row.kind is Line.OTHER_COST:
                continue
            in_pool = row.kind is Line.IN_POOLS
            fte_cell: Cell = Mark.BLANK if in_pool else cell(row.fte.proposed)
            shared = row.vacant.proposed is None and not in_pool and _in_shared_pool(row.proposed, moves)
            notes = _IN_POOL if shared else notes
            rows.append(Row((_line(row, moves), fte_cell, "in pool" if shared else cell(row.vacant.proposed))))
    else:
        for group in gather(moves, by):
            fte_sum, vacant = group.figures.get("fte", NOTHING), group.figures.get("vacant", NOTHING)
            told = {name for name, side_ in group.partial if side_ == "proposed" and name in ("fte", "vacant")}
            told -= {"vacant"} if vacant.proposed is None else set()
            rows.append(Row((_after_of(told, group.label), cell(fte_sum.proposed), cell(vacant.proposed))))
    total = (cell(moves.totals.fte.proposed), cell(moves.totals.vacant.proposed))
    gaps = {gap.measure for gap in moves.missing if gap.side == "proposed"} - {"filled"}
    rows.append(Row((_after_of(gaps, "Total"), *total), RowKind.TOTAL))
    return Table((Column(by.capitalize()), *(_LATER if moves.snapshots else _AFTER)), tuple(rows), notes=notes)


def _after_of(gaps: set[str], label: str) -> str:
    """Name a sum of what is proposed by what it leaves out."""
    if "fte" in gaps:
        return known_part(label, partial=True)
    return f"{label} (vacancies: known part)" if "vacant" in gaps else label


def _line(row: DiffRow, moves: Diff) -> str:
    """Name a line of the proposal; what nobody itemised is named with its team."""
    path = moves.team_paths.get(row.team, ())
    return f"{path[-1][1]}, {row.title}" if row.kind is Line.NOT_ITEMISED and path else row.title


def _in_shared_pool(id_: str, moves: Diff) -> bool:
    return any(id_ in pool.proposed and len(pool.proposed) > 1 for pool in moves.pools)


def _conclusion(now: Vacancies, moves: Diff | None) -> str:
    sums = now.totals
    snapshots = moves is not None and moves.snapshots
    told = [_vacant_now(sums, "then" if snapshots else "now")]
    if moves is not None:
        after = moves.totals.vacant.proposed
        partial = any(gap.measure == "vacant" and gap.side == "proposed" for gap in moves.missing)
        known = " (known part)" if partial and after is not None else ""
        when = "now" if snapshots else "on implementation"
        told.append(f"{fte(after)} FTE vacant {when}{known}" if after is not None else f"vacancies {when} not known")
        told += [] if snapshots else [displaced(moves.totals.displaced)]
        told += [f"{plural(_nil(moves), 'pool')} with nil slack"] if _nil(moves) else []
    return f"{'; '.join(told)}."


def _vacant_now(sums: VacancyTotals, when: str) -> str:
    """Tell the vacancies of the first side, with the rate over the FTE of which it is known."""
    if not sums.vacant.complete and not sums.rated:
        return f"Vacancies {when} not known"
    told = f"{fte(sums.vacant.value)} FTE vacant {when}{'' if sums.vacant.complete else ' (known part)'}"
    if sums.rate is None:
        return told
    over = "" if sums.rated == sums.fte.value else f" of the {fte(sums.rated)} FTE of which both are known"
    return f"{told}, {sums.rate}%{over}"


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
