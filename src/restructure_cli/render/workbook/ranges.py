"""The sheets of ranges: each line at the bottom, mid and top of its grade, in the rows that the sheet of costs has.

The total of a line adds up its components, each to the penny, in one formula: a county has too many lines for a cell
each.
"""

from decimal import Decimal

from restructure_cli.analysis.pricing import SALARY, SUPPLEMENT
from restructure_cli.model.costs import CostRow, Price
from restructure_cli.model.grades import Point
from restructure_cli.model.results import RowKind
from restructure_cli.render.workbook.costs import EXTRA, FTE, WEEKS, CostSheet
from restructure_cli.render.workbook.pay import POINTS
from restructure_cli.render.workbook.priced_lines import PricedLine
from restructure_cli.render.workbook.rests import Columns, Rests, of_cost
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind, Look, letters

_HEAD = (Column("Id", width=22), Column("Line", width=36), Column("Grade", width=11))
_PAY = ("full-time pay", "pay in a full year")


class RangeSheet:
    """One structure in one year at three points; it is there where a line has a range."""

    def __init__(self, book: Book, costs: CostSheet) -> None:
        self.costs = costs
        self.width = len(_PAY) + 1
        blocks = [Column(f"{point.value.capitalize()}: {name}", Kind.MONEY, 13)
                  for point in POINTS for name in (*_PAY, "total")]  # fmt: skip
        name = costs.sheet.name.replace("Costs", "Range", 1)
        words = ["", *([""] if costs.given.priced.filled else [])]  # so that the rows are those of the costs
        self.sheet = book.sheet(name, f"{name}: £ a year at the bottom, mid and top of each grade",
                                (*_HEAD, *blocks), words)  # fmt: skip
        self.sheet.text(1, 0, f"Each line stands in the same row as on the sheet {costs.sheet.name}.")
        self.totals: dict[Point, Figure] = {}
        for number, point in enumerate(POINTS):
            self._block(point, len(_HEAD) + number * self.width)
        for line in costs.lines:
            self._heads(line.row)
        self._total_heads()

    def _heads(self, row: CostRow) -> None:
        at = self.costs.rows[row.kind, row.id]
        for column, text in enumerate((row.id, row.title, row.grade)):
            if text:
                self.sheet.text(at, column, text)

    def _block(self, point: Point, start: int) -> None:
        """Write one point: every line, what published totals hold beyond, the vacancy factor, the total."""
        costs, sheet, total = self.costs, self.sheet, start + self.width - 1
        for line in costs.lines:
            at = costs.rows[line.row.kind, line.row.id]
            if line.row.kind is RowKind.NOT_ITEMISED:
                continue
            if line.row.kind is RowKind.VACANCY_FACTOR:
                self._factor(line.row, point, start, at)
            elif line.shape is None:
                sheet.text(at, total, "" if line.row.priced_by else "?", kind=Kind.MONEY)
            else:
                self._line(line, point, start, at)
        self._rests(point, total)
        whole = costs.year.totals
        value = {Point.BOTTOM: whole.bottom, Point.MID: whole.mid, Point.TOP: whole.top}[point]
        row = costs.rows[RowKind.POST, ""]
        self.totals[point] = sheet.total(row, total, sheet.first, row - 1, value.value, value.complete)

    def _line(self, line: PricedLine, point: Point, start: int, at: int) -> None:
        sheet, shape, row = self.sheet, line.shape, line.row
        assert shape is not None
        total = start + self.width - 1
        guard = f'IF(ISNUMBER({self.costs.sheet.ref(at, FTE)}),{{}},"?")' if row.price is None else "{}"
        value = row.price.at(point) if row.price is not None else None
        if not line.paid:
            sheet.worked(at, total, self._same(line, point, at), value)
            return
        pay = shape.components[SALARY][point].parts[0]
        sheet.worked(at, start, self.costs.cells.formula(pay.parts[0]), pay.parts[0].value)
        self._paid(line, shape, start, at, point)
        own = (f"{letters(column)}{at + 1}" for column in (start, start + 1))
        formulas = self.costs.parts(shape, lambda column: self.costs.sheet.ref(at, column), point, *own)
        sheet.worked(at, total, guard.format("+".join(formulas.values())), value)

    def _paid(self, line: PricedLine, shape: Price, start: int, at: int, point: Point) -> None:
        """Write the pay of a line in a full year: as on the sheet of costs, at this point."""
        costs, own = self.costs.sheet, f"{letters(start)}{at + 1}"
        pay = shape.components[SALARY][point].parts[0]
        value = pay.value
        if SUPPLEMENT in shape.components:
            own = f"({own}+{costs.ref(at, EXTRA)})"
            value += shape.components[SUPPLEMENT][point].parts[0].value
        factors = [own, costs.ref(at, FTE), *([costs.ref(at, WEEKS)] if len(pay.parts) > 2 else [])]
        formula = "*".join(factors)
        known = line.row.price is not None
        worth = (value if line.row.fte else Decimal(0)) if known else None
        self.sheet.worked(at, start + 1, formula if known else f'IF(ISNUMBER({factors[1]}),{formula},"?")', worth)

    def _same(self, line: PricedLine, point: Point, at: int) -> str:
        """Return the total of a line that is no computed pay: that of the sheet of costs, unless it has a range."""
        price = line.row.price
        if price is None or price.at(point) == price.headline:
            return self.costs.sheet.ref(at, self.costs.total)
        figures = (points[point] for points in price.components.values())
        return "+".join(self.costs.cells.formula(figure) for figure in figures)

    def _rests(self, point: Point, total: int) -> None:
        costs, sheet = self.costs, self.sheet
        rows = [line.row for line in costs.lines]
        rests = Rests(
            costs.given.posts.structure, rows, of_cost, lambda row: row.price.at(point) if row.price else None
        )
        for row in (row for row in rows if row.kind is RowKind.NOT_ITEMISED):
            at = costs.rows[row.kind, row.id]
            if row.price is None:
                sheet.text(at, total, "?", kind=Kind.MONEY)
                continue
            columns = Columns(costs.total, costs.of_cost.published, costs.of_cost.under)
            lines = (costs.sheet.first, costs.last)
            formula = rests.formula(row.team, costs.sheet, columns, lines, costs.rest_rows)
            if formula:
                own, other = sheet.range(total, *lines), costs.sheet.range(costs.total, *lines)
                sheet.worked(at, total, formula.replace(other, own), row.price.at(point))
            else:
                sheet.stated(at, total, row.price.at(point))

    def _factor(self, row: CostRow, point: Point, start: int, at: int) -> None:
        rate = self.costs.pay.of[self.costs.year.year].vacancy_factor
        assert rate is not None
        assert row.price is not None
        lines = (self.sheet.first, self.costs.last)
        paid, totals = (self.sheet.span(start + column, *lines) for column in (1, self.width - 1))
        pay = f'SUMIF({paid},">=0",{totals})'
        if self.costs.given.by_start:
            self.sheet.stated(at, start + self.width - 1, row.price.at(point))
            return
        formula = f"-ROUND({self.costs.cells.formula(rate)}*{pay},2)"
        self.sheet.worked(at, start + self.width - 1, formula, row.price.at(point))

    def _total_heads(self) -> None:
        row = self.costs.rows[RowKind.POST, ""]
        self.sheet.text(row, 1, "Total", Look.TOTAL)


def has_range(costs: CostSheet) -> bool:
    """Whether any line of a sheet of costs has a range, or computed pay that could have one."""
    prices = (line.row.price for line in costs.lines)
    return costs.has_pay or any(price is not None and price.bottom != price.top for price in prices)
