"""The first page of the appendix: the figures that everybody asks for, and each verb's own conclusion."""

from restructure_cli.model.cabinet import Appendix
from restructure_cli.model.costs import StructureCost
from restructure_cli.model.quantities import NOTHING, TwoSided, between
from restructure_cli.model.report import Cell, Column, Kind, Mark, Row, Section, Table
from restructure_cli.model.results import Diff
from restructure_cli.report.amounts import amount
from restructure_cli.report.wording import cell, known_part, side, sum_cell, two_sided

_MEASURES = (
    ("fte", "Established posts"),
    ("filled", "People in post"),
    ("shown", "As each side counts"),
    ("vacant", "Vacant (proposed: on implementation)"),
)


def sections(found: Appendix, conclusions: tuple[str, ...], left_out: tuple[str, ...]) -> list[Section]:
    """Build the summary: what each verb concludes, what cannot be told, and the headline figures."""
    names = ("Current", "Proposed") if len(found.heads) > 1 else ("Structure",)
    if found.diff is not None and found.diff.snapshots:
        names = ("Then", "Now")
    heads = tuple(f"{name}: {side(head)}" for name, head in zip(names, found.heads, strict=True))
    opening = Section("Summary", words=(*heads, *conclusions, *left_out))
    tables = [_fte(found), *([_money(found)] if found.cost is not None or found.gap is not None else [])]
    titles = ("Headline figures, FTE", "Headline figures, £ a year")
    below = [Section(title, tables=(table,), level=2) for title, table in zip(titles, tables, strict=False)]
    return [opening, *below]


def _fte(found: Appendix) -> Table:
    if found.diff is None:
        sums = found.vacancies.totals
        shown = (("fte", "Established posts", sums.fte), ("filled", "People in post", sums.filled),
                 ("agency", "Covered by agency workers", sums.agency), ("vacant", "Vacant", sums.vacant))  # fmt: skip
        rows = tuple(Row((known_part(label, not figure.complete), sum_cell(figure))) for _, label, figure in shown)
        return Table((Column("FTE"), Column("Current FTE", Kind.FTE, key="current_fte")), rows)
    totals = found.diff.totals
    figures = {"fte": totals.fte, "filled": totals.filled, "shown": totals.shown, "vacant": totals.vacant}
    counts = {found.diff.current.counts, found.diff.proposed.counts}
    measures = [(name, label) for name, label in _MEASURES if name != "shown" or len(counts) > 1]
    if found.diff.snapshots:
        measures = [(name, "Vacant" if name == "vacant" else label) for name, label in measures]
    before, after = ("FTE then", "FTE now") if found.diff.snapshots else ("Current FTE", "Proposed FTE")
    columns = (
        Column("FTE"),
        Column(before, Kind.FTE, key="current_fte"),
        Column(after, Kind.FTE, key="proposed_fte"),
        Column("Change FTE", Kind.CHANGE_FTE, key="change_fte"),
    )
    rows = tuple(
        Row((known_part(label, _partial(found.diff, name) and _some(figures[name])), *_cells(figures[name])))
        for name, label in measures
    )
    blank = any(_differs(figures[name]) for name, _ in measures)
    return Table(columns, rows, notes=(_NO_CHANGE,) if blank else ())


_NO_CHANGE = "No change is told where the two sides leave out different posts."


def _cells(figure: TwoSided) -> tuple[Cell, ...]:
    current, proposed, change = two_sided(figure)
    return current, proposed, Mark.BLANK if _differs(figure) else change


def _differs(figure: TwoSided) -> bool:
    """Whether a known part of a change is not that between the known parts of both sides."""
    known = None not in (figure.current, figure.proposed, figure.change)
    return known and figure != between(figure.current, figure.proposed)


def _partial(result: Diff, measure: str) -> bool:
    return any(gap.measure == measure for gap in result.missing)


def _some(figure: TwoSided) -> bool:
    return figure != TwoSided(None, None, None)


def _money(found: Appendix) -> Table:
    """Show cost, need, funding and gap, a year a column."""
    priced = [year.year for year in found.cost.structures[0].years] if found.cost is not None else []
    funded = [str(year.year) for year in found.gap.years] if found.gap is not None else []
    years = sorted({*priced, *funded})
    rows = [] if found.cost is None else [_cost(structure, years) for structure in found.cost.structures]
    if found.cost is not None and found.cost.changes:
        partial = any(
            gap.measure == "cost" and gap.side == "change" for change in found.cost.changes for gap in change.missing
        )
        changes = {change.year: cell((change.totals.cost or NOTHING).change) for change in found.cost.changes}
        rows.append(_row("Change in cost", partial, changes, years))
    if found.gap is not None:
        for label, name in (("Need", "need"), ("Funding", "funding"), ("Gap", "gap")):
            reckoned = {str(year.year): getattr(year, name) for year in found.gap.years}
            partial = not all(figure.complete for figure in reckoned.values())
            rows.append(_row(label, partial, {year: amount(figure) for year, figure in reckoned.items()}, years))
    columns = (Column("£ a year"), *(Column(f"{year} £", Kind.MONEY, key=year) for year in years))
    return Table(columns, tuple(rows))


def _cost(priced: StructureCost, years: list[str]) -> Row:
    partial = not all(year.totals.headline.complete for year in priced.years)
    return _row(
        f"Cost: {priced.head.title}",
        partial,
        {year.year: sum_cell(year.totals.headline) for year in priced.years},
        years,
    )


def _row(label: str, partial: bool, figures: dict[str, Cell], years: list[str]) -> Row:
    """Write a row; where nothing of it is known its question marks say enough."""
    some = any(figure is not Mark.UNKNOWN for figure in figures.values())
    return Row((known_part(label, partial and some), *(figures.get(year, Mark.BLANK) for year in years)))
