"""The sheets Rates, Points and Grades: every assumption in a cell of its own, and what grades are paid year by year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from restructure_cli.analysis.pay import FullTimePay, full_time_pay
from restructure_cli.analysis.rates import Rates, rates
from restructure_cli.model.derivations import Derivation
from restructure_cli.model.derivations import Kind as What
from restructure_cli.model.grades import Grade, Grades, Point
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import WEEKS_IN_YEAR, Basis
from restructure_cli.model.structures import Structure
from restructure_cli.render.workbook.formulas import Cells
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind, Look, Sheet

POINTS = (Point.BOTTOM, Point.MID, Point.TOP)
_NUMBERED = {Point.BOTTOM: Decimal(1), Point.MID: Decimal(2), Point.TOP: Decimal(3)}


class Pay:
    """What a year costs, in cells: the rates and, by derivation, the full-time pay of each grade and point."""

    def __init__(self, book: Book, grades: Grades, years: Sequence[str], structures: Sequence[Structure]) -> None:
        self.grades = grades
        self.years = tuple(FinancialYear(int(year[:4])) for year in years)
        self.of: dict[str, Rates] = {str(year): rates(grades, year) for year in self.years}
        self.cells: dict[str, Cells] = {str(year): Cells() for year in self.years}
        self.costed: dict[tuple[str, Derivation], str] = {}
        """The cell of full-time pay at the point that is costed, by year and the derivation of its mid."""
        self.published: dict[str, str] = {}
        """The cell of the published cost of 1 FTE, by grade."""
        self.weeks = self.point = ""
        self._rates(book)
        self._points(book)
        self._grades(book, _scales(grades, structures))

    def _rates(self, book: Book) -> None:
        years = [Column(str(year), Kind.RATE, 13) for year in self.years]
        columns = (Column("Rate", width=44), Column("Unit", width=20), *years, Column("Basis", width=11),
                   Column("Because", width=40), Column("Where it stands", width=60))  # fmt: skip
        sheet = book.sheet(
            "Rates", "Rates and other assumptions", columns,
            ["A cell in blue on yellow is stated in a file or in the national data: change it, and the book follows."],
        )  # fmt: skip
        self._conventions(sheet)
        for name in _names(self.of.values()):
            self._rate(sheet, name)
        for award, years_with_it in self._awards().items():
            figure = self._line(sheet, award, self.years.index(years_with_it[0]))
            for year in years_with_it:
                self.cells[str(year)].stands(award, figure.ref)
            sheet.row += 1

    def _conventions(self, sheet: Sheet) -> None:
        """Write the point that is costed, its number, and how long a year is."""
        row, number = sheet.row, sheet.row + 1
        sheet.text(row, 0, "Point of the grade at which posts are costed")
        sheet.text(row, 1, "bottom, mid or top")
        sheet.text(row, 2, self.grades.point.value, Look.STATED)
        sheet.page.data_validation(row, 2, row, 2, {"validate": "list", "source": [point.value for point in POINTS]})
        sheet.text(number, 0, "The same as a number")
        formula = f'MATCH({sheet.ref(row, 2)},{{"bottom","mid","top"}},0)'
        self.point = sheet.worked(number, 2, formula, _NUMBERED[self.grades.point], Kind.NUMBER).ref
        sheet.text(number + 1, 0, "Weeks in a year, of weekly prices and term time")
        sheet.text(number + 1, 1, "weeks")
        self.weeks = sheet.worked(number + 1, 2, "365/7", WEEKS_IN_YEAR, Kind.NUMBER).ref
        sheet.row = number + 2

    def _rate(self, sheet: Sheet, name: str) -> None:
        """Write one rate of every year; a year that takes over another's refers to its cell."""
        before: tuple[Derivation, Figure] | None = None
        written = False
        for column, year in enumerate(self.years):
            figure = _rates_of(self.of[str(year)]).get(name)
            if figure is None:
                continue
            cells = self.cells[str(year)]
            if before is not None and before[0] == figure:
                kind = _kind(figure)
                cell = sheet.worked(sheet.row, column + 2, before[1].ref, figure.value, kind)
            elif figure.parts:
                self._told(sheet, figure, name)
                cell = sheet.worked(sheet.row, column + 2, cells.step(figure), figure.value, _kind(figure))
            else:
                cell = self._line(sheet, figure, column, name)
            before, written = (figure, cell), True
            cells.stands(figure, cell.ref)
        sheet.row += written

    def _line(self, sheet: Sheet, figure: Derivation, column: int, name: str = "") -> Figure:
        self._told(sheet, figure, name)
        return sheet.stated(sheet.row, column + 2, figure.value, _kind(figure))

    def _told(self, sheet: Sheet, figure: Derivation, name: str) -> None:
        """Say what a rate is, how it is known and where it stands."""
        last = len(self.years) + 2
        leaf = next(iter(leaves(figure)))
        sheet.text(sheet.row, 0, name or figure.name)
        sheet.text(sheet.row, 1, figure.unit)
        sheet.text(sheet.row, last, figure.basis.value)
        sheet.text(sheet.row, last + 1, figure.because or "")
        sheet.text(sheet.row, last + 2, where(leaf))

    def _awards(self) -> Mapping[Derivation, list[FinancialYear]]:
        """Return every pay award that any year's pay rests on, with the years that do."""
        found: dict[Derivation, list[FinancialYear]] = {}
        for year in self.years:
            own = self.of[str(year)]
            every = dict.fromkeys([*own.awards, *(leaf for pay in own.points.values() for leaf in leaves(pay))])
            for award in every:
                if award.kind is What.PAY_AWARD:
                    found.setdefault(award, []).append(year)
        return found

    def _points(self, book: Book) -> None:
        """Write full-time pay by point: as stated, and for a year with awards as what they make of it."""
        if not any(own.points for own in self.of.values()):
            return
        stated = self._stated_columns()
        titles = [Column(f"Stated, {name}", Kind.MONEY) for name in stated]
        columns = (Column("Point", Kind.NUMBER, 9), *titles, *(Column(str(year), Kind.MONEY) for year in self.years))
        sheet = book.sheet("Points", "Full-time pay by spinal column point, £ a year", columns)
        for point in sorted({point for own in self.of.values() for point in own.points}):
            sheet.worked(sheet.row, 0, str(point), Decimal(point))
            for number, base in enumerate(stated.values(), 1):
                if point in base:
                    ref = sheet.stated(sheet.row, number, base[point].value).ref
                    for cells in self.cells.values():
                        cells.stands(base[point], ref)
            self._point(sheet, point, len(stated) + 1)
            sheet.row += 1

    def _stated_columns(self) -> Mapping[str, Mapping[int, Derivation]]:
        """Return pay as stated for a year that has no column of its own."""
        found: dict[str, Mapping[int, Derivation]] = {}
        own = {pay for one in self.of.values() for pay in one.points.values() if not pay.parts}
        for one in self.of.values():
            base = {point: next(iter(leaves(pay))) for point, pay in one.points.items()}
            if any(leaf not in own for leaf in base.values()):
                found.setdefault(next(iter(base.values())).name.rpartition(", ")[2], base)
        return found

    def _point(self, sheet: Sheet, point: int, column: int) -> None:
        for number, year in enumerate(self.years, column):
            pay = self.of[str(year)].points.get(point)
            if pay is None:
                continue
            cells = self.cells[str(year)]
            if pay.parts:
                cells.stands(pay, sheet.worked(sheet.row, number, cells.step(pay), pay.value).ref)
            elif cells.of(pay) is None:
                ref = sheet.stated(sheet.row, number, pay.value).ref
                for every in self.cells.values():
                    every.stands(pay, ref)
            else:
                sheet.worked(sheet.row, number, cells.formula(pay), pay.value)

    def _grades(self, book: Book, scales: Mapping[tuple[str, ...], Sequence[Grade]]) -> None:
        """Write each grade, and each career grade that a post has, with its pay at three points."""
        years = [Column(f"{words}, {year}", Kind.MONEY, 13)
                 for year in self.years for words in ("Bottom", "Mid", "Top", "Costed")]  # fmt: skip
        columns = (Column("Grade", width=16), Column("Points", width=10), Column("Salary from", Kind.MONEY),
                   Column("Salary to", Kind.MONEY), Column("Published cost of 1 FTE", Kind.MONEY, 16), *years,
                   Column("Basis", width=11), Column("Because", width=44), Column("Paragraph", width=20))  # fmt: skip
        words = ["Full-time pay, £ a year. Costed: at the point that the sheet Rates states."]
        sheet = book.sheet("Grades", "Grades", columns, words)
        for names, scale in scales.items():
            self._scale(sheet, names, scale, len(columns) - 3)
            sheet.row += 1

    def _scale(self, sheet: Sheet, names: tuple[str, ...], scale: Sequence[Grade], last: int) -> None:
        sheet.text(sheet.row, 0, " & ".join(names))
        if len(scale) == 1:
            self._stated_of(sheet, scale[0])
        for number, year in enumerate(self.years):
            pay = full_time_pay(names, self.grades, self.of[str(year)]) if scale else None
            self._paid(sheet, pay, str(year), 5 + 4 * number, unknown=not any(one.cost for one in scale))
        assumed = next((one for one in scale if one.basis is not Basis.PUBLISHED), scale[0] if scale else None)
        if assumed is not None and assumed.priced:
            sheet.text(sheet.row, last, assumed.basis.value)
            sheet.text(sheet.row, last + 1, assumed.because or "")
        sheet.text(sheet.row, last + 2, ", ".join(dict.fromkeys(at for one in scale for at in one.at)))

    def _stated_of(self, sheet: Sheet, grade: Grade) -> None:
        """Write what the grades file says of a grade: its points, its salaries, its published cost."""
        if grade.scp is not None:
            sheet.text(sheet.row, 1, f"{grade.scp.low:f}–{grade.scp.high:f}")
        if grade.salary is not None:
            low = sheet.stated(sheet.row, 2, grade.salary.low).ref
            high = sheet.stated(sheet.row, 3, grade.salary.high).ref
            for year, own in self.of.items():
                pay = full_time_pay((grade.id,), self.grades, own)
                if pay is not None:
                    self.cells[year].stands(next(iter(leaves(pay[Point.BOTTOM]))), low)
                    self.cells[year].stands(next(iter(leaves(pay[Point.TOP]))), high)
        if grade.cost is not None:
            self.published[grade.id] = sheet.stated(sheet.row, 4, grade.cost.value).ref

    def _paid(self, sheet: Sheet, pay: FullTimePay | None, year: str, column: int, unknown: bool) -> None:
        if pay is None:
            for number in range(4 if unknown else 0):
                sheet.text(sheet.row, column + number, "?", kind=Kind.MONEY)
            return
        cells = self.cells[year]
        for number, point in enumerate(POINTS):
            cell = sheet.worked(sheet.row, column + number, cells.step(pay[point]), pay[point].value)
            cells.stands(pay[point], cell.ref)
        first, last = sheet.ref(sheet.row, column), sheet.ref(sheet.row, column + 2)
        chosen = f"INDEX({first}:{last.rpartition('!')[2]},1,{self.point})"
        costed = sheet.worked(sheet.row, column + 3, chosen, pay[self.grades.point].value)
        self.costed[year, pay[Point.MID]] = costed.ref


def _scales(grades: Grades, structures: Sequence[Structure]) -> Mapping[tuple[str, ...], Sequence[Grade]]:
    """Return every grade of the file, and every other grade or career grade that posts have, in order."""
    used = {post.grade for structure in structures for post in structure.posts.values() if post.grade}
    every = [(name,) for name in grades.grades] + sorted(used)
    return {names: [grades.grades[name] for name in names if name in grades.grades] for names in dict.fromkeys(every)}


def _rates_of(own: Rates) -> dict[str, Derivation]:
    """Return the rates of a year by the names that rows of the sheet have."""
    found: dict[str, Derivation | None] = {
        "national insurance, employer's rate": own.insurance.rate if own.insurance else None,
        "national insurance, secondary threshold": own.insurance.threshold if own.insurance else None,
        "apprenticeship levy": own.levy,
        "pension, employer's rate": own.pension,
        **{f"{name}, on-cost": rate for name, rate in own.flat.items()},
        "vacancy factor": own.vacancy_factor,
    }
    return {name: figure for name, figure in found.items() if figure is not None}


def _names(years: Iterable[Rates]) -> list[str]:
    return list(dict.fromkeys(name for own in years for name in _rates_of(own)))


def _kind(figure: Derivation) -> Kind:
    return Kind.RATE if figure.unit == "share of pay" else Kind.MONEY


def leaves(figure: Derivation) -> Iterator[Derivation]:
    """Return the figures that a figure rests on and that rest on no other, in order."""
    if not figure.parts:
        yield figure
    for part in figure.parts:
        yield from leaves(part)


def where(figure: Derivation) -> str:
    """Say where a figure stands: its file, the keys that lead there, the paragraph."""
    if figure.source is None:
        return ""
    keys = ".".join(figure.source.pointer)
    at = f" ({', '.join(figure.source.at)})" if figure.source.at else ""
    return f"{figure.source.path}: {keys}{at}"
