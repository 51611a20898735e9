"""The sheets of posts: one a structure, each figure that a price rests on in a cell of its own."""

from collections.abc import Iterable, Mapping

from restructure_cli.analysis import tree
from restructure_cli.analysis.sides import Figures
from restructure_cli.model.quantities import Quantity, known
from restructure_cli.model.structures import Post, Structure
from restructure_cli.render.workbook.contents import Contents
from restructure_cli.render.workbook.sheets import Book, Column, Kind, Look

COLUMNS = (
    Column("Id", width=22), Column("Post", width=38), Column("Team", width=34), Column("Grade", width=12),
    Column("Tenure", width=12), Column("Point", Kind.NUMBER, 8), Column("FTE", Kind.FTE, 10),
    Column("Positions", Kind.NUMBER, 10), Column("Weeks paid", Kind.FTE, 10),
    Column("Supplement, full time £ a year", Kind.MONEY, 14), Column("Filled FTE", Kind.FTE, 10),
    Column("People", Kind.NUMBER, 10), Column("Agency FTE", Kind.FTE, 10), Column("Vacant FTE", Kind.FTE, 10),
    Column("Published cost, £ a year", Kind.MONEY, 15), Column("Starts", width=11), Column("Ends", width=11),
    Column("Reports to", width=20), Column("Basis", width=10),
    Column("Paragraph", width=16), Column("Because", width=34),
)  # fmt: skip
(ID, TITLE, TEAM, GRADE, TENURE, POINT, FTE, POSITIONS, WEEKS, SUPPLEMENT, FILLED, PEOPLE, AGENCY, VACANT, COST,
 STARTS, ENDS, REPORTS, BASIS, AT, BECAUSE) = range(len(COLUMNS))  # fmt: skip


class PostSheet:
    """One structure's posts, and where the figures of each stand."""

    def __init__(self, book: Book, contents: Contents, number: int) -> None:
        structure = contents.structures[number]
        self.structure, self.figures = structure, contents.figures(number)
        self.paths = tree.paths(structure)
        self.rows: dict[str, int] = {}
        told = [f"{structure.organisation}: {structure.title}", *_counting(structure)]
        side = contents.side(number)
        self.sheet = book.sheet(f"Posts {side}".strip(), f"Posts {side}".strip(), COLUMNS, told)
        posts = sorted(structure.posts.values(), key=self._place)
        last = self._block(post for post in posts if post.in_totals)
        self._total(last)
        outside = [post for post in posts if not post.in_totals]
        if outside:
            self.sheet.row += 1
            self.sheet.text(self.sheet.row, 0, "Details of lines above, and lines that are in no total", Look.NOTE)
            self.sheet.row += 1
            self._block(outside)

    def _place(self, post: Post) -> tuple[object, ...]:
        path = [(title, id_) for id_, title in self.paths.get(post.team, ())]
        return (post.team is None, path, post.title, post.id)

    def _block(self, posts: Iterable[Post]) -> int:
        for post in posts:
            self._post(post, self.figures[post.id])
            self.rows[post.id] = self.sheet.row
            self.sheet.row += 1
        return self.sheet.row - 1

    def _post(self, post: Post, figures: Figures) -> None:
        sheet, row = self.sheet, self.sheet.row
        words = ((ID, post.id), (TITLE, post.title), (TEAM, self.team(post.team)), (GRADE, " & ".join(post.grade)),
                 (TENURE, post.tenure or ""), (STARTS, str(post.starts or "")), (ENDS, str(post.ends or "")),
                 (REPORTS, post.reports_to or ""), (BASIS, post.basis.value if post.basis else ""),
                 (BECAUSE, _because(post)), (AT, ", ".join(post.at)))  # fmt: skip
        for column, text in words:
            if text:
                sheet.text(row, column, text)
        sheet.stated(row, FTE, figures.fte)
        sheet.stated(row, FILLED, figures.filled)
        sheet.stated(row, POSITIONS, known(post.positions))
        agency = known(post.agency)
        if agency is not None or post.agency is not None:
            sheet.stated(row, AGENCY, agency)
        else:
            sheet.lacking.add(AGENCY)
        optional: tuple[tuple[int, Quantity | str | None], ...] = (
            (POINT, post.scp), (WEEKS, post.weeks), (SUPPLEMENT, post.supplement), (PEOPLE, post.people),
            (COST, post.cost),
        )  # fmt: skip
        for column, figure in optional:
            if figure is not None:
                sheet.stated(row, column, None if isinstance(figure, str) else figure.value)
        self._vacant(row, figures)

    def _vacant(self, row: int, figures: Figures) -> None:
        """Write the vacancy: established less filled, unless only the vacancy is published."""
        fte, filled = (f"{name}{row + 1}" for name in ("G", "K"))
        both = figures.fte is not None and figures.filled is not None
        if both or figures.vacant is None:
            formula = f'IF(AND(ISNUMBER({fte}),ISNUMBER({filled})),{fte}-{filled},"?")'
            self.sheet.worked(row, VACANT, formula, figures.vacant if both else None)
        else:
            self.sheet.stated(row, VACANT, figures.vacant)

    def _total(self, last: int) -> None:
        sheet = self.sheet
        whole = all(self.figures[id_].fte is not None for id_ in self.rows)
        for column in range(len(COLUMNS)):
            sheet.text(sheet.row, column, "", Look.TOTAL)
        label = "Total of the posts listed" if whole else "Total of the posts listed, known part"
        sheet.text(sheet.row, TITLE, label, Look.TOTAL)
        for column in (FTE, FILLED, AGENCY, VACANT):
            sheet.total(sheet.row, column, sheet.first, last, complete=column not in sheet.lacking)
        sheet.row += 1

    def team(self, id_: str | None) -> str:
        """Name a team by the path that leads to it."""
        return " › ".join(title for _, title in self.paths.get(id_, ()))

    def ref(self, id_: str, column: int) -> str:
        """Return where a figure of a post stands."""
        return self.sheet.ref(self.rows[id_], column)


def _counting(structure: Structure) -> list[str]:
    about = [f"as at {structure.as_at}" if structure.as_at else "", structure.document or "", structure.path]
    return ["; ".join(part for part in about if part)]


def _because(post: Post) -> str:
    """Say why the figures of a post are what they are, where the file does."""
    figures: Mapping[str, Quantity | None] = {"FTE": post.fte, "filled": post.filled, "positions": post.positions}
    told = [f"{name}: {figure.because}" for name, figure in figures.items() if figure and figure.because]
    return "; ".join([*([post.because] if post.because else []), *told])
