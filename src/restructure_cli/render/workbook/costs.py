"""The sheets of costs: one a structure and year, each line priced from its post, its grade and the rates.

A component is rounded to the penny once, in its own cell; everything to its right and below adds pennies up. A line
that is made otherwise (in part before a later start and in part after it) carries its derivation as one formula.
"""

from collections.abc import Callable
from decimal import Decimal

from restructure_cli.analysis.pricing import OTHER, PUBLISHED, SALARY, SUPPLEMENT
from restructure_cli.analysis.rates import LEVY, NATIONAL_INSURANCE, PENSION
from restructure_cli.analysis.vacancy_factor import NAME as FACTOR
from restructure_cli.model.costs import CostRow, Price, YearCost, in_order
from restructure_cli.model.derivations import Derivation, Step
from restructure_cli.model.derivations import Kind as What
from restructure_cli.model.grades import Point
from restructure_cli.model.results import RowKind
from restructure_cli.render.workbook import posts as post_columns
from restructure_cli.render.workbook.pay import leaves
from restructure_cli.render.workbook.priced_lines import Given, PricedLine, PricedLines
from restructure_cli.render.workbook.rests import Columns, Rests, of_cost, of_fte
from restructure_cli.render.workbook.rests import name as total_name
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind, Look, letters

_HEAD = (Column("Id", width=20), Column("Line", width=34), Column("Team", width=26), Column("Grade", width=11),
         Column("Kind", width=12), Column("FTE", Kind.FTE, 9))  # fmt: skip
ID, LINE, TEAM, GRADE, KIND, FTE = range(len(_HEAD))
_PAY = (Column("Positions", Kind.NUMBER, 9), Column("Full-time pay, £ a year", Kind.MONEY, 12),
        Column("Weeks paid of the year", Kind.NUMBER, 9), Column("Supplement, full time", Kind.MONEY, 12),
        Column("Part of the year", Kind.NUMBER, 9), Column("Pay in a full year", Kind.MONEY, 13))  # fmt: skip
_RESTS = (Column("Published total", Kind.MONEY, 14), Column("Published FTE", Kind.FTE, 10),
          Column("Under the published cost of", width=15), Column("Under the published FTE of", width=15))  # fmt: skip
POSITIONS, FULL_TIME, WEEKS, EXTRA, PART, PAID = range(len(_HEAD), len(_HEAD) + len(_PAY))
COMPUTED = (SALARY, SUPPLEMENT, NATIONAL_INSURANCE, PENSION, LEVY)
_OTHERS = (PUBLISHED, OTHER, FACTOR)


class CostSheet:
    """What one structure costs in one year, and where each line's total stands."""

    def __init__(self, book: Book, given: Given, year: YearCost, lines: PricedLines) -> None:
        self.given, self.year, self.pay = given, year, given.pay
        self.cells = given.pay.cells[year.year]
        self.lines = [lines.of(row, year) for row in in_order(year.rows)]
        self.outside = [lines.of(row, year) for row in in_order(year.outside)]
        self.has_pay = any(line.paid for line in (*self.lines, *self.outside))
        self.components = self._components()
        self.start = len(_HEAD) + (len(_PAY) if self.has_pay else 0)
        self.total = self.start + len(self.components)
        self.has_rests = any(line.row.kind is RowKind.NOT_ITEMISED for line in self.lines)
        self.why = self.total + 1 + (len(_RESTS) if self.has_rests else 0)
        self.totals: dict[str, Figure] = {}
        self.rows: dict[tuple[RowKind, str], int] = {}
        self.figures: dict[tuple[RowKind, str], Figure] = {}
        rows = [line.row for line in self.lines]
        structure = given.posts.structure
        self.in_cost = Rests(structure, rows, of_cost, lambda row: row.price.headline if row.price else None)
        self.in_fte = Rests(
            structure, rows, of_fte, lambda row: row.fte if row.kind is not RowKind.OTHER_COST else None
        )
        self.of_cost = Columns(self.total, self.total + 1, self.total + 3)
        self.of_fte = Columns(FTE, self.total + 2, self.total + 4)
        self.rest_rows: dict[str | None, int] = {}
        name = f"Costs {given.side} {year.year}".replace("  ", " ")
        self.sheet = book.sheet(name, f"{name}: £ a year", self._columns(), self._words())
        self._write()

    def _columns(self) -> tuple[Column, ...]:
        pay = _PAY if self.has_pay else ()
        components = (Column(name.capitalize(), Kind.MONEY, 13) for name in self.components)
        rests = _RESTS if self.has_rests else ()
        return (*_HEAD, *pay, *components, Column("Total", Kind.MONEY, 15), *rests,
                Column("Why not priced, or priced in", width=34))  # fmt: skip

    def _words(self) -> list[str]:
        told = [f"{self.given.priced.head.title}, at the {self.pay.grades.point} of each grade."] if self.has_pay else [
            self.given.priced.head.title
        ]  # fmt: skip
        if self.given.priced.filled:
            told.append("The people in post are priced, not the established posts.")
        return told

    def _components(self) -> list[str]:
        found = dict.fromkeys(
            name for line in (*self.lines, *self.outside) if line.shape is not None for name in line.shape.components
        )
        flat = [name for name in found if name not in COMPUTED and name not in _OTHERS]
        return [name for name in (*COMPUTED, *flat, *_OTHERS) if name in found]

    def _write(self) -> None:
        sheet = self.sheet
        ends = (RowKind.NOT_ITEMISED, RowKind.VACANCY_FACTOR)
        for line in (line for line in self.lines if line.row.kind not in ends):
            self._under(line.row)
            self._line(line)
        self.last = sheet.row - 1
        self._rests([line.row for line in self.lines if line.row.kind is RowKind.NOT_ITEMISED])
        for line in (line for line in self.lines if line.row.kind is RowKind.VACANCY_FACTOR):
            self._heads(line.row)
            self._factor(line.row)
            sheet.row += 1
        self._totals()
        if self.outside:
            sheet.row += 1
            sheet.text(sheet.row, 0, "Details of lines above, and lines that are in no total", Look.NOTE)
            sheet.row += 1
            for line in self.outside:
                self._line(line)

    def _under(self, row: CostRow) -> None:
        """Say at a line which published totals it is part of."""
        for rests, columns in ((self.in_cost, self.of_cost), (self.in_fte, self.of_fte)):
            for node in rests.over(row):
                self.sheet.text(self.sheet.row, columns.under, total_name(node))

    def _rests(self, rows: list[CostRow]) -> None:
        """Write what published totals hold beyond the lines."""
        sheet = self.sheet
        self.rest_rows = {row.team: sheet.row + number for number, row in enumerate(rows)}
        for row in rows:
            self._heads(row)
            self._rest(row, self.in_fte, self.of_fte, row.fte)
            if row.price is None:
                sheet.text(sheet.row, self.total, "?", kind=Kind.MONEY)
                sheet.text(sheet.row, self.why, row.why_not)
            else:
                columns = self.of_cost._replace(figure=self.column(PUBLISHED))
                value = row.price.headline
                cell = self._rest(row, self.in_cost, self.of_cost, value, columns.figure)
                self.figures[row.kind, row.id] = sheet.worked(sheet.row, self.total, cell.ref, value)
            sheet.row += 1

    def _rest(
        self, row: CostRow, rests: Rests, columns: Columns, value: Decimal | None, column: int | None = None
    ) -> Figure:
        sheet = self.sheet
        column = columns.figure if column is None else column
        formula = ""
        if row.team in rests.nodes and rests.stated.get(row.team) is not None:
            sheet.stated(sheet.row, columns.published, rests.stated[row.team])
            formula = rests.formula(row.team, sheet, columns, (sheet.first, self.last), self.rest_rows)
        if formula:
            return sheet.worked(sheet.row, column, formula, value)
        return sheet.stated(sheet.row, column, value)

    def _heads(self, row: CostRow) -> None:
        sheet = self.sheet
        words = (row.id, row.title, self.given.posts.team(row.team), row.grade, row.kind.value)
        for column, text in enumerate(words):
            if text:
                sheet.text(sheet.row, column, text)
        self.rows[row.kind, row.id] = sheet.row

    def _line(self, line: PricedLine) -> None:
        """Write one line: what it is, what its pay is made of, its components, their sum."""
        sheet, row = self.sheet, line.row
        self._heads(row)
        if row.kind is RowKind.POST:
            self._fte(row)
        if line.shape is not None:
            self._priced(line, line.shape)
        else:
            covering = self.given.posts.structure.costs.get(row.priced_by)
            told = f"in {covering.title}" if covering is not None else row.why_not
            if not row.priced_by:
                sheet.text(sheet.row, self.total, "?", kind=Kind.MONEY)
            sheet.text(sheet.row, self.why, told)
        sheet.row += 1

    def _fte(self, row: CostRow) -> None:
        column = post_columns.FILLED if self.given.priced.filled else post_columns.FTE
        value = self.given.posts.figures.get(row.id)
        own = value and (value.filled if self.given.priced.filled else value.fte)
        if own == row.fte and value is not None:
            self.sheet.worked(self.sheet.row, FTE, self.given.posts.ref(row.id, column), row.fte)
        else:
            self.sheet.stated(self.sheet.row, FTE, row.fte)

    def _priced(self, line: PricedLine, shape: Price) -> None:
        sheet, at, row = self.sheet, self.sheet.row, line.row
        unknown = row.price is None
        guard = f'IF(ISNUMBER({letters(FTE)}{at + 1}),{{}},"?")' if unknown else "{}"
        formulas = self._formulas(line, shape)
        for name, formula in formulas.items():
            value = _component(row.price, name)
            sheet.worked(at, self.column(name), guard.format(formula), value)
        first, last = (f"{letters(column)}{at + 1}" for column in (self.start, self.total - 1))
        value = row.price.headline if row.price is not None else None
        cell = sheet.worked(at, self.total, guard.format(f"SUM({first}:{last})"), value)
        self.figures[row.kind, row.id] = cell
        if unknown:
            sheet.text(at, self.why, row.why_not)

    def _formulas(self, line: PricedLine, shape: Price) -> dict[str, str]:
        """Return the formula of each component."""
        if line.paid:
            self._pay(line.row, shape)
            return self.parts(shape, self._here, shape.point)
        components = shape.components.items()
        if not line.own:
            return {name: self.cells.formula(points[shape.point]) for name, points in components}
        return {name: self._published(line.row, points[shape.point], name) for name, points in components}

    def _here(self, column: int) -> str:
        """Return a cell of the row being written."""
        return f"{letters(column)}{self.sheet.row + 1}"

    def _pay(self, row: CostRow, shape: Price) -> None:
        """Write what pay is made of: positions, full-time pay, weeks, supplement, part of the year."""
        sheet, at, posts = self.sheet, self.sheet.row, self.given.posts
        post = posts.structure.posts[row.id]
        salary = shape.components[SALARY][shape.point]
        mid = shape.components[SALARY][Point.MID]
        full_time = salary.parts[0].parts[0]
        column = post_columns.PEOPLE if self.given.priced.filled else post_columns.POSITIONS
        stated = post.people if self.given.priced.filled else post.positions
        if stated is not None and stated.value is not None:
            sheet.worked(at, POSITIONS, posts.ref(row.id, column), stated.value)
        costed = self.pay.costed.get((self.year.year, mid.parts[0].parts[0])) or self.cells.formula(full_time)
        sheet.worked(at, FULL_TIME, costed, full_time.value)
        amount = [f"{letters(FULL_TIME)}{at + 1}"]
        if len(salary.parts[0].parts) > 2:
            weeks = salary.parts[0].parts[2]
            sheet.worked(at, WEEKS, f"{posts.ref(row.id, post_columns.WEEKS)}/{self.pay.weeks}", weeks.value)
        paid = salary.parts[0].value
        if SUPPLEMENT in shape.components:
            extra = shape.components[SUPPLEMENT][shape.point].parts[0]
            sheet.worked(at, EXTRA, posts.ref(row.id, post_columns.SUPPLEMENT), extra.parts[0].value)
            amount.append(f"{letters(EXTRA)}{at + 1}")
            paid += extra.value
        if len(salary.parts) > 1:
            sheet.stated(at, PART, salary.parts[1].value)
        factors = [f"({'+'.join(amount)})" if len(amount) > 1 else amount[0], f"{letters(FTE)}{at + 1}"]
        factors += [f"{letters(WEEKS)}{at + 1}"] if len(salary.parts[0].parts) > 2 else []
        known = row.price is not None
        formula = "*".join(factors) if known else f'IF(ISNUMBER({letters(FTE)}{at + 1}),{"*".join(factors)},"?")'
        sheet.worked(at, PAID, formula, (paid if row.fte else Decimal(0)) if known else None)

    def parts(
        self, shape: Price, cell: Callable[[int], str], point: Point, full_time: str = "", paid: str = ""
    ) -> dict[str, str]:
        """Return the formulas of computed pay; `full_time` and `paid` stand elsewhere for another point."""
        salary = shape.components[SALARY][point]
        full_time, paid = full_time or cell(FULL_TIME), paid or cell(PAID)
        part = f"*{cell(PART)}" if len(salary.parts) > 1 else ""
        weeks = f"*{cell(WEEKS)}" if len(salary.parts[0].parts) > 2 else ""
        found = {}
        for name, points in shape.components.items():
            if name == SALARY:
                formula = f"{full_time}*{cell(FTE)}{weeks}{part}"
            elif name == SUPPLEMENT:
                formula = f"{cell(EXTRA)}*{cell(FTE)}{weeks}{part}"
            elif name == NATIONAL_INSURANCE and self.pay.of[self.year.year].insurance is not None:
                one = f"({full_time}+{cell(EXTRA)})" if SUPPLEMENT in shape.components else full_time
                formula = self._insurance(paid, f"{one}{weeks}", cell) + part
            else:
                formula = f"{self.cells.formula(points[point].parts[0])}*{paid}{part}"
            found[name] = f"ROUND({formula},2)"
        return found

    def _insurance(self, paid: str, one: str, cell: Callable[[int], str]) -> str:
        """Write National Insurance: of so many positions alike; else of full-time ones and one for the remainder."""
        insurance = self.pay.of[self.year.year].insurance
        assert insurance is not None
        rate, threshold = self.cells.formula(insurance.rate), self.cells.formula(insurance.threshold)
        fte, positions = cell(FTE), cell(POSITIONS)
        alike = f"MAX(0,{paid}-{positions}*{threshold})"
        full = f"INT({fte})*MAX(0,{one}-{threshold})"
        rest = f"MAX(0,{one}*({fte}-INT({fte}))-{threshold})"
        return f"{rate}*IF(N({positions})>0,{alike},{full}+{rest})"

    def _published(self, row: CostRow, figure: Derivation, name: str) -> str:
        """Return the formula of a figure that is not computed pay: published, another cost, or a mixture."""
        if row.kind is RowKind.OTHER_COST and name == OTHER:
            cell = self.given.others.refs.get((row.id, self.year.year)) if self.given.others is not None else None
            if cell is not None and cell.value == figure.value:  # a line that goes may share its id with a detail
                return cell.ref
        leaf = next(leaves(figure))
        pointer = leaf.source.pointer if leaf.source is not None else ()
        simple = figure.step in (Step.STATED, Step.PRODUCT_TO_THE_PENNY) and not any(p.parts for p in figure.parts)
        if simple and row.kind is RowKind.POST and pointer[:1] == ("posts",) and pointer[1] == row.id:
            return self._of_year(self.given.posts.ref(row.id, post_columns.COST), figure)
        if simple and pointer[:1] == ("grades",) and pointer[1] in self.pay.published:
            return self._of_year(f"{self.pay.published[pointer[1]]}*{self._here(FTE)}", figure)
        return self.cells.formula(figure)

    def _of_year(self, formula: str, figure: Derivation) -> str:
        """Take the part of the year, where a line is there for a part of it, and round."""
        part = next((one for one in figure.parts if one.kind is What.PART_OF_YEAR), None)
        return f"ROUND({formula}{f'*{part.value:f}' if part is not None else ''},2)"

    def _factor(self, row: CostRow) -> None:
        """Write the vacancy factor: its rate on all computed pay, taken off."""
        sheet, at = self.sheet, self.sheet.row
        assert row.price is not None
        rate = self.pay.of[self.year.year].vacancy_factor
        assert rate is not None
        if self.given.by_start:  # in part that of what the proposal takes over from
            cell = sheet.stated(at, self.column(FACTOR), row.price.headline)
        else:
            formula = f"-ROUND({self.cells.formula(rate)}*{self.computed_pay(sheet.first, self.last)},2)"
            cell = sheet.worked(at, self.column(FACTOR), formula, row.price.headline)
        self.figures[row.kind, row.id] = sheet.worked(at, self.total, cell.ref, row.price.headline)

    def computed_pay(self, first: int, last: int) -> str:
        """Return the sum of all computed pay, as a formula."""
        names = [name for name in self.components if name not in _OTHERS]
        if not names or last < first:
            return "0"
        columns = letters(self.column(names[0])), letters(self.column(names[-1]))
        return f"SUM({columns[0]}{first + 1}:{columns[1]}{last + 1})"

    def _totals(self) -> None:
        sheet, year = self.sheet, self.year
        whole = year.totals.headline.complete
        for column in range(len(sheet.columns)):
            sheet.text(sheet.row, column, "", Look.TOTAL)
        sheet.text(sheet.row, LINE, total_words(whole, self.unpriced), Look.TOTAL)
        last = sheet.row - 1
        sums = year.totals
        self.totals["fte"] = sheet.total(sheet.row, FTE, sheet.first, last, sums.fte.value, sums.fte.complete)
        for name in self.components:
            value = year.by_component.get(name, Decimal(0))
            self.totals[name] = sheet.total(sheet.row, self.column(name), sheet.first, last, value)
        self.totals["headline"] = sheet.total(sheet.row, self.total, sheet.first, last, sums.headline.value, whole)
        self.rows[RowKind.POST, ""] = sheet.row
        sheet.row += 1

    @property
    def unpriced(self) -> int:
        """How many lines that count have no price."""
        return sum(line.row.price is None and not line.row.priced_by for line in self.lines)

    def column(self, name: str) -> int:
        """Return the column of a component."""
        return self.start + self.components.index(name)


def _component(price: Price | None, name: str) -> Decimal | None:
    """Return a component at the headline point; nil where a price has no such part."""
    if price is None:
        return None
    points = price.components.get(name)
    return points[price.point].value if points is not None else Decimal(0)


def total_words(complete: bool, unpriced: int) -> str:
    """Name a total by what it leaves out."""
    if complete:
        return "Total"
    return f"Total, known part: {unpriced} line{'s' if unpriced != 1 else ''} not priced"
