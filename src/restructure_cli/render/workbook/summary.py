"""The first sheet: what it costs, what changes, who is where, what is lacking; each figure the cell it comes from."""

from collections.abc import Mapping, Sequence

from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import Sum
from restructure_cli.render.workbook.changes import ChangeSheet
from restructure_cli.render.workbook.contents import Contents
from restructure_cli.render.workbook.costs import CostSheet
from restructure_cli.render.workbook.funding import FundingSheet
from restructure_cli.render.workbook.ranges import RangeSheet
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind, Look, Sheet
from restructure_cli.render.workbook.vacancies import PoolSheet, VacancySheet

COLUMNS = (Column("", width=60), Column("Year", width=10), Column("FTE", Kind.FTE, 17),
           Column("Bottom", Kind.MONEY, 17), Column("Mid", Kind.MONEY, 17), Column("Top", Kind.MONEY, 17),
           Column("As costed, £", Kind.MONEY, 17), Column("What it leaves out", width=52))  # fmt: skip


class Summary:
    """The first sheet, made first so that it stands first, and written last."""

    def __init__(self, book: Book, contents: Contents) -> None:
        self.contents = contents
        about = contents.structures[-1]
        told = [
            f"{about.organisation}{f', {about.service}' if about.service else ''}",
            "Blue on yellow: stated in a file, in the national data, or assumed. Change one, and every figure follows.",
            "Black: a formula. ? : nobody published the figure; no total counts it, and a total that leaves one out is"
            " called a known part.",
        ]
        self.sheet: Sheet = book.sheet("Summary", "Summary", COLUMNS, told)

    def costs(self, sheets: Sequence[Sequence[CostSheet]], ranges: Mapping[str, RangeSheet]) -> None:
        """Tell what each structure costs in each year."""
        for of_structure in sheets:
            for costs in of_structure:
                self._cost(costs, ranges.get(costs.sheet.name))
        self.sheet.row += 1

    def _cost(self, costs: CostSheet, ranged: RangeSheet | None) -> None:
        sheet, at = self.sheet, self.sheet.row
        sheet.text(at, 0, f"{costs.given.side.capitalize()}: {costs.given.priced.head.title}".lstrip(": "))
        sheet.text(at, 1, costs.year.year)
        self._link(at, 2, costs.totals["fte"])
        sums = costs.year.totals
        by_point: dict[Point, Sum] = {Point.BOTTOM: sums.bottom, Point.MID: sums.mid, Point.TOP: sums.top}
        for column, point in ((3, Point.BOTTOM), (4, Point.MID), (5, Point.TOP)):
            cell = ranged.totals[point] if ranged is not None else costs.totals["headline"]
            known = by_point[point].value if cell.value is not None else None
            self._link(at, column, Figure(cell.ref, known))
        self._link(at, 6, costs.totals["headline"])
        if not sums.headline.complete:
            lines = costs.unpriced
            sheet.text(at, 7, f"known part: {lines} line{'s' if lines != 1 else ''} without a price")
        sheet.row += 1

    def _link(self, row: int, column: int, cell: Figure, kind: Kind | None = None) -> None:
        self.sheet.worked(row, column, cell.ref, cell.value, kind)

    def components(self, sheets: Sequence[Sequence[CostSheet]]) -> None:
        """Tell what the cost is made of."""
        self._table("What the cost is made of", "Year", "£ a year")
        for costs in (costs for of_structure in sheets for costs in of_structure):
            for name in costs.components:
                self.sheet.text(self.sheet.row, 0, f"{costs.given.side} {name}".strip().capitalize())
                self.sheet.text(self.sheet.row, 1, costs.year.year)
                self._link(self.sheet.row, 6, costs.totals[name])
                self.sheet.row += 1
        self.sheet.row += 1

    def _table(self, title: str, *names: str) -> None:
        sheet = self.sheet
        sheet.headings(sheet.row, (Column(title), *(Column(name, Kind.TEXT) for name in names[:1]),
                                   *(Column("", Kind.TEXT) for _ in range(4)), Column(names[-1], Kind.MONEY),
                                   Column("What it leaves out")))  # fmt: skip
        sheet.row += 1

    def changes(self, sheets: Sequence[ChangeSheet]) -> None:
        """Tell what changes, year by year: current, proposed, the difference."""
        sheet = self.sheet
        sheet.headings(sheet.row, (Column("Change"), Column("Year"), Column(""), Column("Current", Kind.MONEY),
                                   Column("Proposed", Kind.MONEY), Column(""), Column("Change", Kind.MONEY),
                                   Column("What it leaves out")))  # fmt: skip
        sheet.row += 1
        for change in sheets:
            for measure, words, kind in (("fte", "FTE", Kind.FTE), ("cost", "Cost, £ a year", Kind.MONEY)):
                if f"{measure}.change" not in change.totals:
                    continue
                sheet.text(sheet.row, 0, words)
                sheet.text(sheet.row, 1, change.change.year)
                for column, side in ((3, "current"), (4, "proposed"), (6, "change")):
                    self._link(sheet.row, column, change.totals[f"{measure}.{side}"], kind)
                missing = {id_ for gap in change.change.missing for id_ in gap.ids
                           if gap.measure == measure and gap.side == "change"}  # fmt: skip
                if missing:
                    told = f"known part: {len(missing)} line{'s' if len(missing) != 1 else ''} with a change not known"
                    sheet.text(sheet.row, 7, told)
                sheet.row += 1
        sheet.row += 1

    def people(self, now: VacancySheet | None, pools: PoolSheet | None, changes: Sequence[ChangeSheet]) -> None:
        """Tell who is in post, and for whom there is none."""
        self._table("People and vacancies", "", "FTE")
        rows: list[tuple[str, Figure, bool]] = []
        if now is not None:
            partial = {gap.measure for gap in now.result.missing}
            rows += [(words, now.totals[name], name in partial) for words, name in (
                ("Established now", "fte"), ("Filled now", "filled"), ("Vacant now", "vacant"),
            )]  # fmt: skip
        for first in changes[:1]:
            partial_ = any(gap.measure == "vacant" and gap.side == "proposed" for gap in first.change.missing)
            rows.append(("Vacant on implementation", first.totals["vacant"], partial_))
        if pools is not None:
            rows.append(("Displaced by the proposal", pools.displaced, not pools.change.totals.displaced.complete))
        for words, cell, partial_ in rows:
            self.sheet.text(self.sheet.row, 0, words)
            self._link(self.sheet.row, 6, cell, Kind.FTE)
            self.sheet.text(self.sheet.row, 7, "known part" if partial_ and cell.value is not None else "")
            self.sheet.row += 1
        self.sheet.row += 1

    def funding(self, sheets: Sequence[FundingSheet]) -> None:
        """Tell what is needed, what pays for it and what is lacking, year by year, and between what the gap lies."""
        sheet = self.sheet
        heads = ("Need", "Funding", "Gap at its least", "Gap at its most", "Gap, £")
        sheet.headings(sheet.row, (Column("Need, what approved, identified and forecast money pays, and the gap"),
                                   Column("Year"), *(Column(words, Kind.MONEY) for words in heads),
                                   Column("What it leaves out")))  # fmt: skip
        sheet.row += 1
        for funding in sheets:
            self._year(funding)
            sheet.row += 1
        sheet.row += 1

    def _year(self, funding: FundingSheet) -> None:
        sheet, year = self.sheet, funding.year
        sheet.text(sheet.row, 0, "Need, funding and gap")
        sheet.text(sheet.row, 1, str(year.year))
        single = {"need": year.need.known, "funding": year.funding.known, "gap": year.gap.known}
        for column, name in ((2, "need"), (3, "funding"), (6, "gap")):
            if name in funding.totals and single[name].value is not None:
                self._link(sheet.row, column, funding.totals[name], Kind.MONEY)
            else:
                sheet.text(sheet.row, column, "no single figure", kind=Kind.MONEY)
        for column, name in ((4, "gap.least"), (5, "gap.most")):
            if name in funding.totals:
                self._link(sheet.row, column, funding.totals[name], Kind.MONEY)
        missing = len(year.missing)
        told = f"known part: {missing} amount{'s' if missing != 1 else ''} not known"
        sheet.text(sheet.row, 7, told if missing else "")

    def notes(self) -> None:
        """Write what the figures rest on, as the answers in text say it."""
        costs = self.contents.cost.structures if self.contents.cost is not None else ()
        every = dict.fromkeys(note for one in costs for year in one.years for note in year.notes)
        for note in every:
            self.sheet.text(self.sheet.row, 0, note, Look.PLAIN)
            self.sheet.row += 1
