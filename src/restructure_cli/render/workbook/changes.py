"""The sheets of the change: one a year, post by post and then by grade, current, proposed and the difference."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from restructure_cli.analysis.grouping import gather
from restructure_cli.analysis.labels import Key, label_key
from restructure_cli.model.quantities import ZERO, TwoSided
from restructure_cli.model.results import Diff, DiffRow, RowKind
from restructure_cli.render.workbook.costs import CostSheet
from restructure_cli.render.workbook.posts import FTE as POST_FTE
from restructure_cli.render.workbook.posts import VACANT as POST_VACANT
from restructure_cli.render.workbook.posts import PostSheet
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind, Look, letters

_COLUMNS = (
    Column("Id", width=22), Column("Line", width=36), Column("Team", width=30), Column("Changes", width=24),
    Column("Grade now", width=12), Column("Grade proposed", width=12), Column("FTE now", Kind.FTE, 10),
    Column("FTE proposed", Kind.FTE, 10), Column("Change in FTE", Kind.FTE, 10),
    Column("Vacant as proposed FTE", Kind.FTE, 12), Column("£ now", Kind.MONEY, 15),
    Column("£ proposed", Kind.MONEY, 15), Column("Change in £", Kind.MONEY, 15), Column("Paragraph", width=16),
)  # fmt: skip
NOW_GRADE, NEW_GRADE, NOW_FTE, NEW_FTE, FTE_CHANGE, VACANT, NOW, NEW, CHANGE = range(4, 13)
Refers = Callable[[DiffRow, int], Figure | None]
"""Finds the cell that a figure of a row comes from, on the current (0) or the proposed (1) side."""


class ChangeSheet:
    """The change of one year, and where its totals stand."""

    def __init__(self, book: Book, change: Diff, posts: Sequence[PostSheet], costs: Sequence[CostSheet] | None) -> None:
        self.change, self.posts, self.costs = change, posts, costs
        name = f"Change {change.year}".strip()
        told = [f"{change.current.title} → {change.proposed.title}"]
        self.columns = _COLUMNS if costs is not None else (*_COLUMNS[:NOW], _COLUMNS[-1])
        self.sheet = book.sheet(name, name, self.columns, told)
        self.totals: dict[str, Figure] = {}
        self.shared = {id_ for pool in change.pools if len(pool.proposed) > 1 for id_ in pool.proposed}
        for row in change.rows:
            self._row(row)
        self.last = self.sheet.row - 1
        self._total()
        self._by_grade()

    def _row(self, row: DiffRow) -> None:
        sheet, at = self.sheet, self.sheet.row
        team = " › ".join(title for _, title in self.change.team_paths.get(row.team, ()))
        (_, now), (_, new) = filed(row)
        words = (row.id, row.title, team, ", ".join(one.value for one in row.changes), now, new)
        for column, text in enumerate(words):
            if text:
                sheet.text(at, column, text)
        sheet.text(at, len(self.columns) - 1, ", ".join(row.at))
        self._both(row, row.fte, (NOW_FTE, NEW_FTE, FTE_CHANGE), self._fte)
        self._vacant(row)
        if self.costs is not None and row.cost is not None:
            self._both(row, row.cost, (NOW, NEW, CHANGE), self._cost)
        sheet.row += 1

    def _both(self, row: DiffRow, figures: TwoSided, columns: tuple[int, int, int], ref: Refers) -> None:
        """Write a figure on both sides, each as the cell it comes from, and the change between them."""
        sheet, at = self.sheet, self.sheet.row
        for column, side, value in ((columns[0], 0, figures.current), (columns[1], 1, figures.proposed)):
            cell = ref(row, side)
            if cell is not None and cell.value == value:
                sheet.worked(at, column, cell.ref, value)
            elif not value and value is not None and (row.proposed if side else row.current) is None:
                sheet.worked(at, column, "0", value)  # this side has no such line
            else:
                sheet.stated(at, column, value)
        now, new = (f"{letters(column)}{at + 1}" for column in columns[:2])
        known = figures.current is not None and figures.proposed is not None
        follows = (
            figures.change == (figures.proposed or ZERO) - (figures.current or ZERO) if known else not figures.change
        )
        if follows and (known or figures.change is None):
            formula = f'IF(AND(ISNUMBER({now}),ISNUMBER({new})),{new}-{now},"?")'
            sheet.worked(at, columns[2], formula, figures.change)
        else:
            sheet.stated(at, columns[2], figures.change)

    def _vacant(self, row: DiffRow) -> None:
        """Write the vacancy as proposed: that of the post, unless several proposed posts of a pool share it."""
        sheet, at, vacant = self.sheet, self.sheet.row, row.vacant.proposed
        if row.proposed is None or row.kind is RowKind.OTHER_COST:
            return
        if vacant is None and row.proposed in self.shared:
            sheet.text(at, VACANT, "in pool", kind=Kind.FTE)
        elif row.proposed in self.posts[1].rows and self.posts[1].figures[row.proposed].vacant == vacant:
            sheet.worked(at, VACANT, self.posts[1].ref(row.proposed, POST_VACANT), vacant)
        else:
            sheet.stated(at, VACANT, vacant)

    def _fte(self, row: DiffRow, side: int) -> Figure | None:
        id_ = row.proposed if side else row.current
        posts = self.posts[side]
        if row.kind is not RowKind.POST or id_ is None or id_ not in posts.rows:
            return None
        return Figure(posts.ref(id_, POST_FTE), posts.figures[id_].fte)

    def _cost(self, row: DiffRow, side: int) -> Figure | None:
        if self.costs is None:
            return None
        id_ = row.proposed if side else row.current
        if row.kind is RowKind.NOT_ITEMISED:
            id_ = row.id
        if row.kind is RowKind.POST and side and id_ is None:
            id_ = row.id  # what goes, and is paid until the start
        return self.costs[side].figures.get((row.kind, id_ or ""))

    def _total(self) -> None:
        sheet, missing = self.sheet, {(gap.measure, gap.side) for gap in self.change.missing}
        for column in range(len(self.columns)):
            sheet.text(sheet.row, column, "", Look.TOTAL)
        partial = any(measure in ("fte", "cost") for measure, _ in missing)
        sheet.text(sheet.row, 1, "Total, known part" if partial else "Total", Look.TOTAL)
        figures = [("fte", self.change.totals.fte, (NOW_FTE, NEW_FTE, FTE_CHANGE))]
        if self.costs is not None and self.change.totals.cost is not None:
            figures.append(("cost", self.change.totals.cost, (NOW, NEW, CHANGE)))
        for measure, both, columns in figures:
            for column, side in zip(columns, ("current", "proposed", "change"), strict=True):
                value = getattr(both, side)
                cell = sheet.total(sheet.row, column, sheet.first, self.last, value or Decimal(0),
                                   complete=(measure, side) not in missing)  # fmt: skip
                self.totals[f"{measure}.{side}"] = cell
        vacant, whole = self.change.totals.vacant.proposed, ("vacant", "proposed") not in missing
        self.totals["vacant"] = sheet.total(sheet.row, VACANT, sheet.first, self.last, vacant or ZERO, whole)
        sheet.row += 2

    def _by_grade(self) -> None:
        """Add the lines up by grade: those now by the grade they have, those proposed by the one they are to have."""
        sheet = self.sheet
        measures = [("fte", (NOW_FTE, NEW_FTE, FTE_CHANGE))]
        if self.costs is not None:
            measures.append(("cost", (NOW, NEW, CHANGE)))
        sheet.text(sheet.row, 1, "By grade", Look.TITLE)
        sheet.row += 1
        sheet.headings(sheet.row, (*(Column("") for _ in range(NOW_FTE)), *self.columns[NOW_FTE:-1]))
        sheet.row += 1
        first = sheet.row
        sheet.added.clear()
        sheet.lacking.clear()
        for group in gather(self.change, "grade"):
            sheet.text(sheet.row, 1, group.label)
            for measure, columns in measures:
                if measure in group.figures:
                    self._group(
                        group.figures[measure], columns, {side for name, side in group.partial if name == measure}
                    )
            if "vacant" in group.figures:
                self._vacant_of(group.figures["vacant"], ("vacant", "proposed") in group.partial)
            sheet.row += 1
        for column in range(len(self.columns)):
            sheet.text(sheet.row, column, "", Look.TOTAL)
        sheet.text(sheet.row, 1, "Total of the grades", Look.TOTAL)
        for column in range(NOW_FTE, len(self.columns) - 1):
            sheet.total(sheet.row, column, first, sheet.row - 1, complete=column not in sheet.lacking)

    def _vacant_of(self, figure: TwoSided, partial: bool) -> None:
        formula = self._of_label((NEW_GRADE,), VACANT)
        if partial:
            self.sheet.lacking.add(VACANT)
            formula = f'IF({formula}=0,"?",{formula})'
        self.sheet.worked(self.sheet.row, VACANT, formula, figure.proposed)

    def _group(self, figures: TwoSided, columns: tuple[int, int, int], partial: set[str]) -> None:
        sheet, at = self.sheet, self.sheet.row
        sheet.lacking |= set(columns) if partial else set()
        for column, label, side in ((columns[0], NOW_GRADE, "current"), (columns[1], NEW_GRADE, "proposed")):
            formula = self._of_label((label,), column)
            known = f'IF({formula}=0,"?",{formula})' if side in partial else formula
            sheet.worked(at, column, known, getattr(figures, side))
        now, new = (f"{letters(column)}{at + 1}" for column in columns[:2])
        if figures.change is not None and figures.change == (figures.proposed or ZERO) - (figures.current or ZERO):
            sheet.worked(at, columns[2], f"N({new})-N({now})", figures.change)
        else:
            sheet.stated(at, columns[2], figures.change)

    def _of_label(self, labels: tuple[int, ...], column: int) -> str:
        """Add up a column where the grade is that of the line, letter for letter."""
        sheet = self.sheet
        alike = ",".join(f"--EXACT({sheet.span(label, sheet.first, self.last)},$B{sheet.row + 1})" for label in labels)
        return f"SUMPRODUCT({alike},{sheet.span(column, sheet.first, self.last)})"


def filed(row: DiffRow) -> tuple[Key, Key]:
    """Return the grades that a row is filed under: the one it has now, and the one it is to have."""
    empty = "no grade stated"
    return label_key(row.current_grade or row.grade, row.kind, empty), label_key(row.grade, row.kind, empty)
