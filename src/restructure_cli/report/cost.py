"""Costs for a reader: each structure at the bottom, mid and top of its grades, or year by year; then the change.

A published cost has no range. It stands in the headline's column only, and a row of its own carries all such
costs at the other points, so that every column adds up.
"""

from decimal import Decimal

from restructure_cli.analysis.cost_grouping import CostGroup, gather_costs
from restructure_cli.model.costs import Cost, CostRow, Cover, StructureCost, YearCost, in_order
from restructure_cli.model.grades import Point
from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.report import cost_changes
from restructure_cli.report.wording import (
    cell,
    known_part,
    plural,
    pounds,
    signed_pounds,
    sum_cell,
)

_FTE = Column("FTE", Kind.FTE, drop=1, key="fte")
_POINTS = (Point.BOTTOM, Point.MID, Point.TOP)


def report(result: Cost, by: str, detail: str, filled: bool = False) -> Report:
    """Build the report of costs, gathered by grade, team, post, title or fund; `filled`: of the people in post."""
    years = [year.year for year in result.structures[0].years]
    several = len(years) > 1
    build = _over_years if several else _in_one_year
    sections = [build(priced, by, detail) for priced in result.structures]
    if result.change is not None and result.change.totals.cost is not None:
        change = cost_changes.over_years(result) if several else cost_changes.in_one_year(result, by)
        sections.append(Section("Change", tables=(change,)))
    if result.undelayed:
        sections.append(Section("Delay", tables=(cost_changes.of_a_delay(result),)))
    sections += [
        Section(f"Agency cover of {cover.title}, {cover.year}", tables=(_agency(cover),)) for cover in result.covers
    ]
    notes = tuple(dict.fromkeys(note for priced in result.structures for year in priced.years for note in year.notes))
    name = f"{result.organisation}, {result.service}" if result.service else result.organisation
    span = f"{years[0]} to {years[-1]}" if several else years[0]
    return Report(
        f"{name}: cost {'of the people in post ' if filled else ''}in {span}",
        tuple(sections),
        _conclusion(result),
        (*_point_note(result), *notes),
    )


def _point_note(result: Cost) -> tuple[str, ...]:
    """Say at which point posts are costed, where it makes a difference."""
    priced = result.structures[0]
    ranged = any(year.totals.bottom.value != year.totals.top.value for side in result.structures for year in side.years)
    return (f"Posts are costed at the {priced.point} of their grade.",) if ranged else ()


def _in_one_year(priced: StructureCost, by: str, detail: str) -> Section:
    year = priced.years[0]
    if detail == "summary":
        return Section(priced.head.title, words=(cost_words(year),))
    groups = _groups(year, priced, by)
    if detail == "all":
        return Section(priced.head.title, tables=(_components(year, priced, by),))
    ranged = any(group.ranged for group in groups)
    rows = [Row((_label(group), *_cells(group, priced.point, ranged))) for group in groups]
    if ranged and (fixed := _without_range(groups, priced.point)) is not None:
        rows.append(fixed)
    rows.append(_total(year, ranged))
    columns = (Column(by.capitalize()), _FTE, *_columns(priced.point, ranged))
    notes = _unpriced(year) + _covered(year) + _parts_told(year)
    return Section(priced.head.title, tables=(Table(columns, tuple(rows), notes=notes),))


def _label(group: CostGroup) -> str:
    return known_part(group.label, bool(group.unpriced and group.headline))


def _groups(year: YearCost, priced: StructureCost, by: str) -> list[CostGroup]:
    return [
        group for group in gather_costs(year, priced.team_paths, by) if group.fte or group.headline or group.unpriced
    ]


def _components(year: YearCost, priced: StructureCost, by: str) -> Table:
    """Show each component in a column of its own, at the headline point."""
    names = list(year.by_component)
    groups = _groups(year, priced, by)
    rows = []
    for group in groups:
        parts = tuple(group.components.get(name, Mark.BLANK) for name in names)
        unknown: Cell = Mark.UNKNOWN if group.unpriced and not group.headline else group.headline
        rows.append(Row((_label(group), cell(group.fte), *parts, Mark.BLANK if group.elsewhere else unknown)))
    label = known_part("Total", not year.totals.headline.complete)
    sums = tuple(year.by_component[name] for name in names)
    rows.append(Row((label, sum_cell(year.totals.fte), *sums, sum_cell(year.totals.headline)), RowKind.TOTAL))
    columns = tuple(Column(f"{name.capitalize()} £", Kind.MONEY, drop=2, key=name) for name in names)
    all_columns = (Column(by.capitalize()), _FTE, *columns, Column("Cost £ a year", Kind.MONEY, key="headline"))
    return Table(all_columns, tuple(rows), notes=_unpriced(year) + _covered(year) + _parts_told(year))


def _columns(point: Point, ranged: bool) -> tuple[Column, ...]:
    """Return one column a point, or a single one where nothing has a range."""
    if not ranged:
        return (Column("Cost £ a year", Kind.MONEY, key="headline"),)
    return tuple(
        Column(f"{at.capitalize()} £ a year", Kind.MONEY, drop=0 if at is point else 2, key=at.value) for at in _POINTS
    )


def _cells(group: CostGroup, point: Point, ranged: bool) -> tuple[Cell, ...]:
    unknown = group.unpriced and not group.headline
    if group.elsewhere:
        return cell(group.fte), *(Mark.BLANK for _ in (_POINTS if ranged else (point,)))
    if not ranged:
        return cell(group.fte), Mark.UNKNOWN if unknown else group.headline
    if unknown:
        return cell(group.fte), *(Mark.UNKNOWN if at is point else Mark.BLANK for at in _POINTS)
    if not group.ranged:
        return cell(group.fte), *(group.headline if at is point else Mark.BLANK for at in _POINTS)
    return cell(group.fte), group.bottom, group.mid, group.top


def _without_range(groups: list[CostGroup], point: Point) -> Row | None:
    """Return the row of what costs the same at every point, where that does not stand line by line."""
    fixed = [group for group in groups if not group.ranged and group.headline]
    if not fixed:
        return None
    sums = {Point.BOTTOM: fixed[0].bottom * 0, Point.TOP: fixed[0].top * 0, Point.MID: fixed[0].mid * 0}
    for group in fixed:
        for at, figure in ((Point.BOTTOM, group.bottom), (Point.MID, group.mid), (Point.TOP, group.top)):
            sums[at] += figure
    cells = tuple(Mark.BLANK if at is point else sums[at] for at in _POINTS)
    return Row(("no range: the same at each point", Mark.BLANK, *cells))


def _total(year: YearCost, ranged: bool) -> Row:
    totals = year.totals
    label = known_part("Total", not totals.headline.complete)
    pounds_of = (totals.bottom, totals.mid, totals.top) if ranged else (totals.headline,)
    return Row((label, sum_cell(totals.fte), *(sum_cell(figure) for figure in pounds_of)), RowKind.TOTAL)


def _unpriced(year: YearCost) -> tuple[str, ...]:
    """Count what is not priced, by reason."""
    reasons: dict[str, list[CostRow]] = {}
    for row in year.rows:
        if row.price is None and not row.priced_by:
            reasons.setdefault(row.why_not, []).append(row)
    told = [
        f"{why}, {plural(len(rows), 'line')}"
        for why, rows in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    if not told:
        return ()
    word = "In the published total, but not priced by themselves" if year.totals.headline.complete else "Not priced"
    return (f"{word}: {'; '.join(told)}.",)


def _covered(year: YearCost) -> tuple[str, ...]:
    covered = sum(1 for row in year.rows if row.priced_by)
    return (f"{plural(covered, 'line')} priced together with others, among the other costs.",) if covered else ()


def _parts_told(year: YearCost) -> tuple[str, ...]:
    """Say what the total rests on, what of it does not recur, and what it would be in a full year."""
    told = []
    based = [f"{basis} {pounds(figure)}" for basis, figure in year.by_basis.items() if figure]
    if len(based) > 1 or "published" not in "".join(based):
        told += [f"The total rests on figures {', '.join(based)}."] if based else []
    if year.one_off:
        told.append(f"Of it, {pounds(year.one_off)} is for this year only.")
    recurring = year.totals.headline.value - year.one_off
    if year.full_year.value != recurring and year.full_year.value:
        told.append(f"In a full year, what is there at its end would cost {pounds(year.full_year.value)}.")
    return tuple(told)


def _over_years(priced: StructureCost, by: str, detail: str) -> Section:
    """Show the headline year by year."""
    by_year = [_groups(year, priced, by) for year in priced.years]
    labels = list(dict.fromkeys(group.label for groups in by_year for group in groups))
    found = [{group.label: group for group in groups} for groups in by_year]
    shown = labels if detail != "summary" else []
    rows = [Row((label, *(_in_year(groups.get(label)) for groups in found))) for label in shown]
    label = known_part("Total", not all(year.totals.headline.complete for year in priced.years))
    rows.append(Row((label, *(sum_cell(year.totals.headline) for year in priced.years)), RowKind.TOTAL))
    rows += _memos(priced)
    first = "£ a year" if detail == "summary" else by.capitalize()
    columns = (Column(first), *(Column(f"{year.year} £", Kind.MONEY, key=year.year) for year in priced.years))
    notes = _by_year([(str(year.year), _unpriced(year)) for year in priced.years])
    return Section(priced.head.title, tables=(Table(columns, tuple(rows), notes=notes),))


def _by_year(notes: list[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """Tell a note of all years once, and one of some years with the years it is of."""
    years_of: dict[str, list[str]] = {}
    for year, told in notes:
        for note in told:
            years_of.setdefault(note, []).append(year)
    return tuple(
        note if len(years) == len(notes) else f"{', '.join(years)}: {note[0].lower()}{note[1:]}"
        for note, years in years_of.items()
    )


def _in_year(group: CostGroup | None) -> Cell:
    if group is None or group.elsewhere:
        return Mark.BLANK
    return Mark.UNKNOWN if group.unpriced and not group.headline else group.headline


def _memos(priced: StructureCost) -> list[Row]:
    """Return what stands beside the totals of the years and adds to none of them."""
    lines = (
        ("at the bottom of grades", [sum_cell(year.totals.bottom) for year in priced.years]),
        ("at the top of grades", [sum_cell(year.totals.top) for year in priced.years]),
        ("of it for one year only", [year.one_off for year in priced.years]),
        ("full year of what is there at its end", [sum_cell(year.full_year) for year in priced.years]),
    )
    return [Row((label, *cells), RowKind.MEMO) for label, cells in lines]


def _agency(cover: Cover) -> Table:
    """Show each vacancy priced both ways."""
    rows = [Row((row.title, row.vacant, row.filling, row.agency, row.dearer)) for row in cover.rows]
    rows.append(Row(("Total", cover.vacant, cover.filling, cover.agency, cover.dearer), RowKind.TOTAL))
    columns = (
        Column("Post"),
        Column("Vacant FTE", Kind.FTE, key="vacant"),
        Column("Filling £ a year", Kind.MONEY, key="filling"),
        Column("Agency £ a year", Kind.MONEY, key="agency"),
        Column("Agency is dearer by £", Kind.CHANGE_MONEY, key="difference"),
    )
    left = (f"{plural(cover.left_out, 'line')} left out: vacancy or price not known.",) if cover.left_out else ()
    return Table(columns, tuple(rows), notes=left)


def cost_words(year: YearCost) -> str:
    """Write what a structure costs in a year, and between what."""
    totals = year.totals
    if not totals.headline.complete and not totals.headline.value:
        return "nothing of its cost is known"
    text = f"{pounds(totals.headline.value)} a year"
    if totals.bottom.value != totals.top.value:
        text += f" ({pounds(totals.bottom.value)} to {pounds(totals.top.value)})"
    return text if totals.headline.complete else f"{text}, the known part"


def _conclusion(result: Cost) -> str:
    told = [f"{priced.head.title}: {_of_years(priced)}" for priced in result.structures]
    for change in result.changes:
        cost: Decimal | None = change.totals.cost.change if change.totals.cost is not None else None
        partial = any(gap.measure == "cost" and gap.side == "change" for gap in change.missing)
        in_year = f" in {change.year}" if len(result.changes) > 1 else ""
        figure = "not known" if cost is None else signed_pounds(cost)
        told.append(f"change{in_year} {figure}{' (known part)' if partial and cost is not None else ''}")
    return f"{'; '.join(told)}."


def _of_years(priced: StructureCost) -> str:
    if len(priced.years) == 1:
        return cost_words(priced.years[0])
    return ", ".join(f"{year.year} {cost_words(year)}" for year in (priced.years[0], priced.years[-1]))


def flat(result: Cost) -> Table:
    """Return every line of every structure and year on one flat table."""
    names = ("structure", "year", "id", "title", "kind", "team", "grade")
    columns = (
        *(Column(key, key=key) for key in names),
        _FTE,
        *(Column(str(at), Kind.MONEY, key=str(at)) for at in (*_POINTS, "headline")),
        Column("why not priced", key="why_not_priced"),
        Column("counted", key="counted"),
        Column("of", key="of"),
    )
    rows = [
        _flat(row, priced, year, counted)
        for priced in result.structures
        for year in priced.years
        for lines, counted in ((year.rows, "yes"), (year.outside, "no"))
        for row in in_order(lines)
    ]
    return Table(columns, tuple(rows))


def _flat(row: CostRow, priced: StructureCost, year: YearCost, counted: str) -> Row:
    price = row.price
    figures: tuple[Cell, ...] = (Mark.UNKNOWN,) * 4
    if price is not None:
        figures = (price.bottom, price.mid, price.top, price.headline)
    elif row.priced_by:
        figures = (Mark.BLANK,) * 4
    why = row.why_not or (f"priced by {row.priced_by}" if row.priced_by else "")
    first = (priced.head.title, year.year, row.id, row.title, row.kind.value, row.team or "", row.grade, cell(row.fte))
    return Row((*first, *figures, why, counted, "filled" if priced.filled else "established"))
