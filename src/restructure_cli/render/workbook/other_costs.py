"""The sheets of other costs: one a structure, each line's amount or rate, and what of it falls in each year."""

from decimal import Decimal

from restructure_cli.analysis.other_costs import amount
from restructure_cli.model.costs import CostRow, StructureCost
from restructure_cli.model.derivations import Derivation
from restructure_cli.model.derivations import Kind as What
from restructure_cli.model.quantities import Quantity
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import OtherCost
from restructure_cli.render.workbook.pay import Pay
from restructure_cli.render.workbook.posts import PostSheet
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind

_COLUMNS = (
    Column("Id", width=22), Column("Cost", width=40), Column("Team", width=30), Column("Amount, £ a year", Kind.MONEY),
    Column("Rate, £", Kind.MONEY), Column("Times or units", Kind.NUMBER), Column("Per year", Kind.NUMBER, 11),
    Column("£ in a full year", Kind.MONEY), Column("Recurs", width=9), Column("From", width=11),
    Column("Until", width=11), Column("Prices the posts", width=30),
)  # fmt: skip
ID, TITLE, TEAM, AMOUNT, RATE, TIMES, PER, FULL, RECURS, FROM, UNTIL, COVERS = range(len(_COLUMNS))


class OtherCostSheet:
    """One structure's costs that are no post's, and where what falls in each year stands."""

    def __init__(self, book: Book, posts: PostSheet, priced: StructureCost, pay: Pay, side: str) -> None:
        self.posts, self.pay = posts, pay
        self.refs: dict[tuple[str, str], Figure] = {}
        """By line and year."""
        years = [
            column
            for year in priced.years
            for column in (Column(f"Part of {year.year}", Kind.NUMBER, 11), Column(f"£ in {year.year}", Kind.MONEY))
        ]
        columns = (*_COLUMNS, *years, Column("Basis", width=10), Column("Because", width=34), Column("Paragraph"))
        name = f"Other costs {side}".strip()
        self.sheet = book.sheet(name, name, columns)
        rows = [
            {row.id: row for row in (*year.rows, *year.outside) if row.kind is RowKind.OTHER_COST}
            for year in priced.years
        ]
        lines = sorted(posts.structure.costs.values(), key=lambda line: (line.team or "\uffff", line.title, line.id))
        for line in lines:
            full = self._line(line)
            for number, year in enumerate(priced.years):
                cell = self._in_year(rows[number][line.id], full, len(_COLUMNS) + 2 * number, amount(line))
                self.refs[line.id, year.year] = cell
            last = len(columns) - 3
            self.sheet.text(self.sheet.row, last, line.basis.value if line.basis else "")
            self.sheet.text(self.sheet.row, last + 1, line.because or "")
            self.sheet.text(self.sheet.row, last + 2, ", ".join(line.at))
            self.sheet.row += 1

    def _line(self, line: OtherCost) -> Figure:
        """Write a line as stated and what it comes to in a full year."""
        sheet, row = self.sheet, self.sheet.row
        recurs = {True: "yes", False: "no", None: "not said"}[line.recurrent]
        posts = self.posts.structure.posts
        titles = (posts[id_].title for id_ in line.covers if id_ in posts)
        words = ((ID, line.id), (TITLE, line.title), (TEAM, self.posts.team(line.team)), (RECURS, recurs),
                 (FROM, str(line.starts or "")), (UNTIL, str(line.until or "")),
                 (COVERS, ", ".join(titles)))  # fmt: skip
        for column, text in words:
            sheet.text(row, column, text)
        figure = amount(line)
        value = figure.value if figure is not None else None
        if line.amount is not None:
            own = sheet.stated(row, AMOUNT, line.amount.value)
            return sheet.worked(row, FULL, f'IF(ISNUMBER({own.ref}),ROUND({own.ref},2),"?")', value)
        factors = [(RATE, line.rate), (TIMES, line.times if line.times is not None else line.units)]
        refs = [sheet.stated(row, column, _of(quantity)).ref for column, quantity in factors]
        refs += self._per(row, line, figure)
        known = ",".join(f"ISNUMBER({ref})" for ref in refs)
        return sheet.worked(row, FULL, f'IF(AND({known}),ROUND({"*".join(refs)},2),"?")', value)

    def _per(self, row: int, line: OtherCost, figure: Derivation | None) -> list[str]:
        """Write how many weeks, months or days a year has, where the price is a week's, month's or day's."""
        if line.per is None or line.per == "year":
            return []
        count = {"week": self.pay.weeks, "month": "12", "day": "365"}[line.per]
        value = figure.parts[2].value if figure is not None else None
        return [self.sheet.worked(row, PER, count, value).ref]

    def _in_year(self, priced: CostRow, full: Figure, column: int, whole: Derivation | None) -> Figure:
        """Write what part of a year a line is there, and what it comes to."""
        sheet, row = self.sheet, self.sheet.row
        if priced.price is None:
            sheet.text(row, column + 1, "?", kind=Kind.MONEY)
            return Figure(sheet.ref(row, column + 1), None)
        (points,) = priced.price.components.values()
        figure = points[priced.price.point]
        part = _part(figure, whole)
        if part is None:
            return sheet.worked(row, column + 1, self.pay.cells[_year(self.pay)].formula(figure), figure.value)
        share = sheet.stated(row, column, part)
        formula = f"ROUND({full.ref}*{share.ref},2)" if full.value is not None else "0"
        return sheet.worked(row, column + 1, formula, figure.value)


def _of(quantity: Quantity | None) -> Decimal | None:
    return quantity.value if quantity is not None else None


def _year(pay: Pay) -> str:
    return str(pay.years[0])


def _part(figure: Derivation, whole: Derivation | None) -> Decimal | None:
    """Return the part of the year that a figure is of its whole; None where it is made otherwise."""
    if figure == whole:
        return Decimal(1)
    if not figure.parts and not figure.value:
        return Decimal(0)
    if len(figure.parts) == 2 and figure.parts[0] == whole and figure.parts[1].kind is What.PART_OF_YEAR:
        return figure.parts[1].value
    return None
