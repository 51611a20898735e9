"""The sheets of vacancies: who is in post now, the pools of a proposal, and what agency cover costs."""

from collections.abc import Sequence

from restructure_cli.model.costs import Cover
from restructure_cli.model.quantities import Sum
from restructure_cli.model.results import Diff, Pool, RowKind, Vacancies, VacancyRow
from restructure_cli.render.workbook.posts import FILLED, FTE, PostSheet
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind, Look, Sheet, letters

_COLUMNS = (
    Column("Id", width=22), Column("Post", width=36), Column("Team", width=34), Column("Grade", width=12),
    Column("Established FTE", Kind.FTE, 12), Column("Filled FTE", Kind.FTE, 12), Column("Agency FTE", Kind.FTE, 12),
    Column("Vacant FTE", Kind.FTE, 12), Column("Rate", Kind.RATE, 10), Column("Paragraph", width=16),
)  # fmt: skip
_POOLS = (
    Column("Pool", width=8), Column("Holders of", width=44), Column("may move into", width=44),
    Column("People FTE", Kind.FTE, 12), Column("Posts FTE", Kind.FTE, 12), Column("Slack FTE", Kind.FTE, 12),
    Column("Displaced FTE", Kind.FTE, 12), Column("In the totals", width=12),
)  # fmt: skip
_COVER = (
    Column("Id", width=22), Column("Post", width=40), Column("Vacant FTE", Kind.FTE, 12),
    Column("Filling, £ a year", Kind.MONEY, 16), Column("Agency, £ a year", Kind.MONEY, 16),
    Column("Agency dearer by", Kind.MONEY, 16),
)  # fmt: skip


class VacancySheet:
    """The vacancies of the current structure, and where their totals stand."""

    def __init__(self, book: Book, result: Vacancies, posts: PostSheet) -> None:
        self.posts, self.result = posts, result
        self.sheet = book.sheet("Vacancies", "Vacancies now, FTE", _COLUMNS, [result.head.title])
        self.totals: dict[str, Figure] = {}
        for row in result.rows:
            self._row(row)
            self.sheet.row += 1
        self._total()

    def _row(self, row: VacancyRow) -> None:
        sheet, at = self.sheet, self.sheet.row
        team = " › ".join(title for _, title in self.result.team_paths.get(row.team, ()))
        for column, text in enumerate((row.id, row.title, team, row.grade)):
            if text:
                sheet.text(at, column, text)
        for column, value, own in ((4, row.fte, FTE), (5, row.filled, FILLED)):
            if row.kind is RowKind.POST and row.id in self.posts.rows:
                sheet.worked(at, column, self.posts.ref(row.id, own), value)
            else:
                sheet.stated(at, column, value)
        if row.agency is not None:
            sheet.stated(at, 6, row.agency)
        fte, filled, vacant = (f"{letters(column)}{at + 1}" for column in (4, 5, 7))
        if row.fte is not None and row.filled is not None and row.vacant == row.fte - row.filled:
            sheet.worked(at, 7, f"{fte}-{filled}", row.vacant)
        else:
            sheet.stated(at, 7, row.vacant)
        if row.rate is not None:
            sheet.worked(at, 8, _rate(vacant, fte), row.rate / 100)
        sheet.text(at, 9, ", ".join(row.at))

    def _total(self) -> None:
        sheet, last, sums = self.sheet, self.sheet.row - 1, self.result.totals
        partial = {gap.measure for gap in self.result.missing}
        for column in range(len(_COLUMNS)):
            sheet.text(sheet.row, column, "", Look.TOTAL)
        sheet.text(sheet.row, 1, "Total, known part" if partial - {"agency"} else "Total", Look.TOTAL)
        named: tuple[tuple[int, str, Sum], ...] = (
            (4, "fte", sums.fte), (5, "filled", sums.filled), (6, "agency", sums.agency), (7, "vacant", sums.vacant),
        )  # fmt: skip
        for column, name, figure in named:
            self.totals[name] = sheet.total(sheet.row, column, sheet.first, last, figure.value, figure.complete)
        if sums.rate is not None and sums.rated == sums.fte.value:
            formula = _rate(f"H{sheet.row + 1}", f"E{sheet.row + 1}")
            sheet.worked(sheet.row, 8, formula, sums.rate / 100, look=Look.TOTAL)
        sheet.row += 2


def _rate(vacant: str, fte: str) -> str:
    return f'IF(N({fte})=0,"?",ROUND(N({vacant})/{fte},3))'


class PoolSheet:
    """The pools of a proposal, and the people for whom there is no post."""

    def __init__(self, book: Book, change: Diff) -> None:
        self.change = change
        self.sheet = book.sheet("Pools", "Pools: who may move where, FTE", _POOLS, [change.proposed.title])
        counted = [pool for pool in change.pools if pool.counted]
        for number, pool in enumerate(counted, 1):
            self._pool(number, pool)
        self.displaced = self._total()
        others = [pool for pool in change.pools if not pool.counted]
        if others:
            self.sheet.row += 1
            for number, pool in enumerate(others, len(counted) + 1):
                self._pool(number, pool)

    def _pool(self, number: int, pool: Pool) -> None:
        sheet, at = self.sheet, self.sheet.row
        sheet.text(at, 0, str(number))
        sheet.text(at, 1, self._titles("current", pool.current))
        sheet.text(at, 2, self._titles("proposed", pool.proposed))
        sheet.stated(at, 3, pool.filled)
        sheet.stated(at, 4, pool.fte)
        filled, fte, slack = (f"{letters(column)}{at + 1}" for column in (3, 4, 5))
        if pool.slack is not None and pool.fte is not None and pool.filled is not None:
            sheet.worked(at, 5, f"{fte}-{filled}", pool.slack)
            sheet.worked(at, 6, f"IF({filled}=0,0,MAX(0,-{slack}))", pool.displaced)
        else:
            sheet.stated(at, 5, pool.slack)
            sheet.stated(at, 6, pool.displaced)
        sheet.text(at, 7, "yes" if pool.counted else "no")
        sheet.row += 1

    def _titles(self, side: str, ids: Sequence[str]) -> str:
        return ", ".join(self.change.titles.get(f"{side}:{id_}", id_) for id_ in ids)

    def _total(self) -> Figure:
        sheet, last = self.sheet, self.sheet.row - 1
        for column in range(len(_POOLS)):
            sheet.text(sheet.row, column, "", Look.TOTAL)
        sums = self.change.totals.displaced
        sheet.text(sheet.row, 1, "Displaced" if sums.complete else "Displaced, known part", Look.TOTAL)
        cell = sheet.total(sheet.row, 6, sheet.first, last, sums.value, sums.complete)
        sheet.row += 1
        return cell


class CoverSheet:
    """What covering the vacancies of one structure by agency costs, against filling them."""

    def __init__(self, book: Book, cover: Cover, side: str) -> None:
        name = f"Agency cover {side}".strip()
        told = [
            f"{cover.title}, {cover.year}",
            f"{cover.left_out} posts are left out: their vacancy or price is not known.",
        ]
        self.sheet: Sheet = book.sheet(name, f"{name}: £ a year", _COVER, told)
        sheet = self.sheet
        for row in sorted(cover.rows, key=lambda row: row.id):
            sheet.text(sheet.row, 0, row.id)
            sheet.text(sheet.row, 1, row.title)
            for column, value in ((2, row.vacant), (3, row.filling), (4, row.agency)):
                sheet.stated(sheet.row, column, value)
            sheet.worked(sheet.row, 5, f"E{sheet.row + 1}-D{sheet.row + 1}", row.dearer)
            sheet.row += 1
        last = sheet.row - 1
        for column in range(len(_COVER)):
            sheet.text(sheet.row, column, "", Look.TOTAL)
        sheet.text(sheet.row, 1, "Total", Look.TOTAL)
        sums = (cover.vacant, cover.filling, cover.agency, cover.dearer)
        self.totals = [sheet.total(sheet.row, column, sheet.first, last, value) for column, value in enumerate(sums, 2)]
