"""The workbook: the same figures as every other answer, each total a formula that leads to the cells it is made of.

It is written from the results and their derivations: what was stated stands in a cell of its own, what was worked out
is a formula with the value the tool worked out, so that a reader without recalculation sees the same figures. Changing
a rate, an award, the pay of a grade or the FTE of a post re-costs the whole book.
"""

from datetime import datetime
from io import BytesIO

import xlsxwriter

from restructure_cli.model.results import Diff
from restructure_cli.render.workbook.changes import ChangeSheet
from restructure_cli.render.workbook.contents import Contents
from restructure_cli.render.workbook.costs import CostSheet
from restructure_cli.render.workbook.funding import FundingSheet
from restructure_cli.render.workbook.origins import sources
from restructure_cli.render.workbook.other_costs import OtherCostSheet
from restructure_cli.render.workbook.pay import Pay
from restructure_cli.render.workbook.posts import PostSheet
from restructure_cli.render.workbook.priced_lines import Given, PricedLines
from restructure_cli.render.workbook.ranges import RangeSheet, has_range
from restructure_cli.render.workbook.sheets import Book, Figure
from restructure_cli.render.workbook.summary import Summary
from restructure_cli.render.workbook.vacancies import CoverSheet, PoolSheet, VacancySheet

__all__ = ["Contents", "render_workbook"]

_NO_CLOCK = datetime(2000, 1, 1)
"""The same files make the same workbook, byte for byte, whenever it is written."""


def render_workbook(contents: Contents) -> bytes:
    """Write a workbook (XLSX)."""
    written = BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_urls": False})
    workbook.set_properties({"created": _NO_CLOCK, "title": contents.structures[-1].organisation})
    workbook.set_calc_mode("auto")
    _Written(Book(workbook), contents)
    workbook.close()
    return written.getvalue()


class _Written:
    """The sheets in their order, each given the sheets that it refers to."""

    def __init__(self, book: Book, contents: Contents) -> None:
        self.book, self.contents = book, contents
        self.summary = Summary(book, contents)
        self.posts = [PostSheet(book, contents, number) for number in range(len(contents.structures))]
        self.pay = self._pay()
        self.costs = self._costs()
        self.ranges = {costs.sheet.name: RangeSheet(book, costs)
                       for of_structure in self.costs for costs in of_structure if has_range(costs)}  # fmt: skip
        changes = [self._change(number, change) for number, change in enumerate(contents.changes)]
        vacancies = VacancySheet(book, contents.vacancies, self.posts[0]) if contents.vacancies is not None else None
        pools = PoolSheet(book, contents.changes[0]) if contents.changes else None
        self._covers()
        funding = self._funding(changes)
        sources(book, contents, self.pay)
        if self.costs:
            self.summary.costs(self.costs, self.ranges)
            self.summary.components(self.costs)
        if changes:
            self.summary.changes(changes)
        if vacancies is not None or pools is not None:
            self.summary.people(vacancies, pools, changes)
        if funding:
            self.summary.funding(funding)
        self.summary.notes()

    def _pay(self) -> Pay | None:
        cost, grades = self.contents.cost, self.contents.grades
        if cost is None or grades is None:
            return None
        years = [year.year for year in cost.structures[0].years]
        return Pay(self.book, grades, years, self.contents.structures)

    def _costs(self) -> list[list[CostSheet]]:
        cost, pay = self.contents.cost, self.pay
        if cost is None or pay is None:
            return []
        found = []
        for number, priced in enumerate(cost.structures):
            side, posts = self.contents.side(number), self.posts[number]
            others = OtherCostSheet(self.book, posts, priced, pay, side) if posts.structure.costs else None
            given = Given(priced, posts, others, pay, side, self.contents.by_start)
            lines = PricedLines(given)
            found.append([CostSheet(self.book, given, year, lines) for year in priced.years])
        return found

    def _change(self, number: int, change: Diff) -> ChangeSheet:
        costs = [of_structure[number] for of_structure in self.costs] if self.costs else None
        return ChangeSheet(self.book, change, self.posts, costs)

    def _covers(self) -> None:
        covers = self.contents.cost.covers if self.contents.cost is not None else ()
        for number, cover in enumerate(covers):
            CoverSheet(self.book, cover, self.contents.side(number))

    def _funding(self, changes: list[ChangeSheet]) -> list[FundingSheet]:
        gap = self.contents.gap
        if gap is None:
            return []
        by_year: dict[str, Figure] = {
            sheet.change.year: sheet.totals["cost.change"] for sheet in changes if "cost.change" in sheet.totals
        }
        return [FundingSheet(self.book, gap, year, by_year.get(str(year.year))) for year in gap.years]
