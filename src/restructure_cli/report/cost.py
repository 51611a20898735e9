"""Costs for a reader: each structure at the bottom, mid and top of its grades, then the change between two.

A published cost has no range. It stands in the headline's column only, and a row of its own carries all such
costs at the other points, so that every column adds up.
"""

from restructure_cli.analysis.grouping import CostGroup, gather, gather_costs
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import NOTHING, Sum
from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.model.results import Cost, CostRow, StructureCost
from restructure_cli.report.wording import cell, plural, pounds, signed_pounds, two_sided

_FTE = Column("FTE", Kind.FTE, drop=1, key="fte")
_POINTS = (Point.BOTTOM, Point.MID, Point.TOP)


def report(result: Cost, by: str, detail: str) -> Report:
    """Build the report of costs, gathered by grade, team, post, title or fund."""
    sections = [_structure(one, by, detail) for one in result.structures]
    if result.change is not None and result.change.totals.cost is not None:
        sections.append(Section("Change", tables=(_change(result, by),)))
    notes = tuple(dict.fromkeys(note for one in result.structures for note in one.notes))
    year = result.structures[0].year
    name = f"{result.organisation}, {result.service}" if result.service else result.organisation
    return Report(f"{name}: cost in {year}", tuple(sections), _conclusion(result), notes)


def _structure(one: StructureCost, by: str, detail: str) -> Section:
    if detail == "summary":
        return Section(one.head.title, words=(_told(one),))
    groups = [group for group in gather_costs(one, by) if group.fte or group.headline or group.unpriced]
    ranged = any(group.ranged for group in groups)
    rows = [Row((group.label, *_cells(group, one.point, ranged))) for group in groups]
    if ranged and (fixed := _without_range(groups, one.point)) is not None:
        rows.append(fixed)
    rows.append(_total(one, ranged))
    words = (f"Posts are costed at the {one.point} of their grade.",) if ranged else ()
    columns = (Column(by.capitalize()), _FTE, *_columns(one.point, ranged))
    return Section(
        one.head.title,
        words=words,
        tables=(Table(columns, tuple(rows), notes=_unpriced(one) + _covered(one)),),
    )


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
    """Return the row of what costs the same at every point, for the columns where it does not stand line by line."""
    fixed = [group for group in groups if not group.ranged and group.headline]
    if not fixed:
        return None
    sums = {Point.BOTTOM: fixed[0].bottom * 0, Point.TOP: fixed[0].top * 0, Point.MID: fixed[0].mid * 0}
    for group in fixed:
        for at, figure in ((Point.BOTTOM, group.bottom), (Point.MID, group.mid), (Point.TOP, group.top)):
            sums[at] += figure
    cells = tuple(Mark.BLANK if at is point else sums[at] for at in _POINTS)
    return Row(("lines above without a range", Mark.BLANK, *cells))


def _total(one: StructureCost, ranged: bool) -> Row:
    totals = one.totals
    label = "Total" if totals.headline.complete else "Total, known part"
    pounds_of = (totals.bottom, totals.mid, totals.top) if ranged else (totals.headline,)
    return Row((label, _sum(totals.fte), *(_sum(figure) for figure in pounds_of)), RowKind.TOTAL)


def _sum(figure: Sum) -> Cell:
    return figure.value if figure.complete or figure.value else Mark.UNKNOWN


def _unpriced(one: StructureCost) -> tuple[str, ...]:
    """Count what is not priced, by reason."""
    reasons: dict[str, list[CostRow]] = {}
    for row in one.rows:
        if row.price is None and not row.priced_by:
            reasons.setdefault(row.why_not, []).append(row)
    told = [
        f"{why}, {plural(len(rows), 'line')}"
        for why, rows in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    if not told:
        return ()
    word = "In the published total, but not priced by themselves" if one.totals.headline.complete else "Not priced"
    return (f"{word}: {'; '.join(told)}.",)


def _covered(one: StructureCost) -> tuple[str, ...]:
    covered = sum(1 for row in one.rows if row.priced_by)
    return (f"{plural(covered, 'post')} priced together with others, among the other costs.",) if covered else ()


def _change(result: Cost, by: str) -> Table:
    change = result.change
    assert change is not None
    columns = tuple(
        Column(f"{name} £ a year", kind, key=f"{name.lower()}_cost")
        for name, kind in (("Current", Kind.MONEY), ("Proposed", Kind.MONEY), ("Change", Kind.CHANGE_MONEY))
    )
    if by in ("post", "fund"):
        rows = [
            Row((row.title, *two_sided(row.cost, row.current is not None, row.proposed is not None)))
            for row in change.rows
            if row.cost is not None and row.cost != NOTHING
        ]
    else:
        rows = [
            Row((group.label, *two_sided(group.figures["cost"])))
            for group in gather(change, by)
            if group.figures.get("cost", NOTHING) != NOTHING
        ]
    rows.append(Row(("Total", *two_sided(change.totals.cost or NOTHING)), RowKind.TOTAL))
    notes = ("Before the vacancy factor.",) if _has_factor(result) else ()
    return Table((Column("Line" if by == "fund" else by.capitalize()), *columns), tuple(rows), notes=notes)


def _has_factor(result: Cost) -> bool:
    return any(row.id == "vacancy-factor" for one in result.structures for row in one.rows)


def _told(one: StructureCost) -> str:
    totals = one.totals
    if not totals.headline.complete and not totals.headline.value:
        return "nothing of its cost is known"
    text = f"{pounds(totals.headline.value)} a year"
    if totals.bottom.value != totals.top.value:
        text += f" ({pounds(totals.bottom.value)} to {pounds(totals.top.value)})"
    return text if totals.headline.complete else f"{text}, the known part"


def _conclusion(result: Cost) -> str:
    told = [f"{one.head.title}: {_told(one)}" for one in result.structures]
    cost = result.change.totals.cost if result.change is not None else None
    if cost is not None and result.change is not None:
        partial = any(gap.measure == "cost" and gap.side == "change" for gap in result.change.missing)
        change = "not known" if cost.change is None else signed_pounds(cost.change)
        told.append(f"change {change}{' (known part)' if partial and cost.change is not None else ''}")
    return f"{'; '.join(told)}."


def flat(result: Cost) -> Table:
    """Return every line of every structure on one flat table."""
    names = ("structure", "id", "title", "kind", "team", "grade")
    columns = (
        *(Column(key, key=key) for key in names),
        _FTE,
        *(Column(str(at), Kind.MONEY, key=str(at)) for at in (*_POINTS, "headline")),
        Column("why not priced", key="why_not_priced"),
        Column("counted", key="counted"),
    )
    rows = [
        _flat(row, one, counted)
        for one in result.structures
        for lines, counted in ((one.rows, "yes"), (one.outside, "no"))
        for row in lines
    ]
    return Table(columns, tuple(rows))


def _flat(row: CostRow, one: StructureCost, counted: str) -> Row:
    price = row.price
    figures: tuple[Cell, ...] = (Mark.UNKNOWN,) * 4
    if price is not None:
        figures = (price.bottom, price.mid, price.top, price.headline)
    elif row.priced_by:
        figures = (Mark.BLANK,) * 4
    why = row.why_not or (f"priced by {row.priced_by}" if row.priced_by else "")
    first = (one.head.title, row.id, row.title, row.kind.value, row.team or "", row.grade, cell(row.fte))
    return Row((*first, *figures, why, counted))
