"""The sheets of funding: one a year, needs and sources, and who pays for what as live formulas.

Each need draws on the sources that may pay it, in their order, no more than it lacks and no more than is left: so a
changed amount moves every draw after it. Where amounts are known to their rounding only, the gap is worked out at its
least and at its most as well.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from restructure_cli.analysis.allocation import Allocation, allocate
from restructure_cli.model.funding import Formula
from restructure_cli.model.gaps import Gap, NeedYear, Payable, Plan, Scope, SourceYear, YearAmount, YearGap
from restructure_cli.model.intervals import Interval, exactly
from restructure_cli.model.quantities import ZERO
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind, Look, Sheet, letters, plain

_WORDS = (Column("Need or source", width=46), Column("What it is", width=16), Column("Status", width=12))
AMOUNT, LEAST, MOST = 3, 4, 5
_FEWEST = 9
Pick = Callable[[Interval], Decimal | None]


class FundingSheet:
    """One year of funding, and where its totals stand."""

    def __init__(self, book: Book, result: Gap, year: YearGap, change: Figure | None) -> None:
        self.year, self.change = year, change
        wide = max(_FEWEST, 3 + max((len(plan.sources) for plan in year.known.values()), default=0) + 3)
        money = (Column("", Kind.MONEY, 15) for _ in range(wide - len(_WORDS)))
        name = f"Funding {year.year}"
        self.sheet: Sheet = book.sheet(name, f"{name}: £", (*_WORDS, *money), [result.path])
        self.cells: dict[str, tuple[Figure, Figure, Figure]] = {}
        """What each entry comes to: as printed, at its least, at its most."""
        self.titles = {entry.need.id: entry.need.title for entry in year.needs}
        self.titles |= {entry.source.id: entry.source.title for entry in year.sources}
        self._entries()
        self.totals = self._gaps()

    def _entries(self) -> None:
        sheet = self.sheet
        heads = (Column("As printed", Kind.MONEY), Column("At least", Kind.MONEY), Column("At most", Kind.MONEY),
                 Column("What is not known of it"), Column("Paragraph"))  # fmt: skip
        for title, entries in (("Needs", self.year.needs), ("Sources", self.year.sources)):
            sheet.headings(sheet.row, (Column(title), *_WORDS[1:], *heads))
            sheet.row += 1
            for entry in entries:
                self._entry(entry)
                sheet.row += 1
            sheet.row += 1

    def _entry(self, entry: NeedYear | SourceYear) -> None:
        sheet, at = self.sheet, self.sheet.row
        stated = entry.need if isinstance(entry, NeedYear) else entry.source
        kind = entry.source.kind if isinstance(entry, SourceYear) else None
        sheet.text(at, 0, stated.title)
        sheet.text(at, 1, kind.value if kind is not None else entry.lasting.value)
        sheet.text(at, 2, entry.status.value if isinstance(entry, SourceYear) else "")
        sheet.text(at, AMOUNT + 3, entry.year.why_not)
        sheet.text(at, AMOUNT + 4, ", ".join(stated.at))
        if isinstance(entry, SourceYear) and entry.rest:
            sheet.text(at, AMOUNT, "the rest", kind=Kind.MONEY)
            return
        known = entry.year.amount.known
        value = self._amount(entry.year, known, stated.amount is Formula.CHANGE_COST)
        if known.exact:
            ends = [sheet.worked(at, column, value.ref, known.value) for column in (LEAST, MOST)]
        else:
            ends = [self._end(at, LEAST, known.low), self._end(at, MOST, known.high)]
        self.cells[stated.id] = (value, ends[0], ends[1])

    def _end(self, row: int, column: int, end: Decimal) -> Figure:
        """Write the least or the most; an end without bound is words, which no formula takes for a figure."""
        if end.is_infinite():
            self.sheet.text(row, column, "no bound", Look.STATED, Kind.MONEY)
            return Figure(self.sheet.ref(row, column), None)
        return self.sheet.stated(row, column, end)

    def _amount(self, year: YearAmount, known: Interval, is_change: bool) -> Figure:
        """Write an amount: the cost of the change as the cell it has, a product as the product it is."""
        at = self.sheet.row
        if is_change and self.change is not None and self.change.value == known.value:
            return self.sheet.worked(at, AMOUNT, self.change.ref, known.value)
        formula = _product(year) if known.value is not None else ""
        if formula:
            return self.sheet.worked(at, AMOUNT, formula, known.value)
        return self.sheet.stated(at, AMOUNT, known.value)

    def _gaps(self) -> Mapping[str, Figure]:
        """Write the draws: as printed, where rounding leaves more than one gap at its ends, and by other scopes."""
        known = self.year.known[Scope.COUNTED]
        told = "What approved, identified and forecast money pays"
        totals = self._block(f"{told}: as printed", known, 0, 0, lambda amount: amount.value,
                             lambda amount: amount.value)  # fmt: skip
        if totals is None or not self.year.gap.known.exact:
            least = self._block(f"{told}: gap at its least", known, 1, 2, _low, _high)
            most = self._block(f"{told}: gap at its most", known, 2, 1, _high, _low)
            totals = totals or most or least
        for scope, words in (
            (Scope.APPROVED, "What approved money pays"),
            (Scope.ALL, "What all money pays, bids too"),
        ):
            plan = self.year.known[scope]
            if plan != known:
                self._block(
                    f"{words}: as printed", plan, 0, 0, lambda amount: amount.value, lambda amount: amount.value
                )
        return totals or self._unknown()

    def _unknown(self) -> Mapping[str, Figure]:
        row = self.sheet.row
        self.sheet.text(row, 0, "The gap has no single figure and no bound on either side.")
        for column in (AMOUNT, LEAST, MOST):
            self.sheet.text(row, column, "?", kind=Kind.MONEY)
        self.sheet.row += 2
        names = zip(("need", "funding", "gap"), (AMOUNT, LEAST, MOST), strict=True)
        return {name: Figure(self.sheet.ref(row, column), None) for name, column in names}

    def _block(
        self, title: str, plan: Plan, need: int, source: int, needs: Pick, sources: Pick
    ) -> Mapping[str, Figure] | None:
        """Write who pays for what at one corner of what the amounts may be; None where it is not known there."""
        picked = {id_: needs(amount) for id_, amount in plan.needs}
        held = {one.id: None if one.rest is not None else sources(one.amount) for one in plan.sources}
        open_ended = {one.id for one in plan.sources if one.rest is None and _infinite(held[one.id])}
        if any(value is None or value.is_infinite() for value in picked.values()):
            return None
        if any(held[one.id] is None for one in plan.sources if one.rest is None):
            return None
        exact = Plan(
            tuple((id_, exactly(value or ZERO)) for id_, value in picked.items()),
            tuple(one._replace(amount=exactly(held[one.id] or ZERO)) for one in plan.sources),
        )
        done = allocate(exact, lambda _, amount: amount.low, lambda _, amount: amount.low)
        return self._draws(title, plan, (need, source), done, open_ended)

    def _draws(
        self, title: str, plan: Plan, corner: tuple[int, int], done: Allocation, open_ended: set[str]
    ) -> Mapping[str, Figure]:
        sheet = self.sheet
        paid = AMOUNT + 1 + len(plan.sources)
        names = [Column(self.titles[one.id], Kind.MONEY) for one in plan.sources]
        heads = (Column(title), *_WORDS[1:], Column("Amount", Kind.MONEY), *names, Column("Paid", Kind.MONEY),
                 Column("Lacking", Kind.MONEY))  # fmt: skip
        sheet.headings(sheet.row, (heads[0], Column(""), Column(""), *heads[3:]))
        sheet.text(sheet.row + 1, 0, "Money there is", Look.NOTE)
        for column, one in enumerate(plan.sources, AMOUNT + 1):
            if one.rest is not None:
                sheet.text(sheet.row + 1, column, "the rest", kind=Kind.MONEY)
            else:
                cell = self.cells[one.id][corner[1]]
                if one.id in open_ended:
                    sheet.text(sheet.row + 1, column, "no bound", kind=Kind.MONEY)
                else:
                    sheet.worked(sheet.row + 1, column, cell.ref, cell.value)
        sheet.row += 2
        first = sheet.row
        sheet.added.clear()
        for id_, _ in plan.needs:
            self._need(id_, plan, corner[0], done, first)
            sheet.row += 1
        return self._sums(plan, first, paid, done)

    def _need(self, id_: str, plan: Plan, corner: int, done: Allocation, first: int) -> None:
        """Write one need: from each source the least of what it still lacks and what is left there."""
        sheet, at, paid = self.sheet, self.sheet.row, AMOUNT + 1 + len(plan.sources)
        sheet.text(at, 0, self.titles[id_])
        amount = self.cells[id_][corner]
        own = f"{letters(AMOUNT)}{at + 1}"
        sheet.worked(at, AMOUNT, amount.ref, amount.value)
        for column, one in enumerate(plan.sources, AMOUNT + 1):
            if id_ in one.pays:
                before = (
                    f"SUM({letters(AMOUNT + 1)}{at + 1}:{letters(column - 1)}{at + 1})" if column > AMOUNT + 1 else "0"
                )
                lacking = f"MAX(0,{own}-{before})"
                sheet.worked(
                    at, column, _draw(one, id_, lacking, column, first, at), done.draws.get((id_, one.id), ZERO)
                )
        drawn = sum((value for (need, _), value in done.draws.items() if need == id_), ZERO)
        last = letters(paid - 1)
        formula = f"SUM({letters(AMOUNT + 1)}{at + 1}:{last}{at + 1})" if plan.sources else "0"
        sheet.worked(at, paid, formula, drawn)
        sheet.worked(at, paid + 1, f"{own}-{letters(paid)}{at + 1}", done.lacks[id_])

    def _sums(self, plan: Plan, first: int, paid: int, done: Allocation) -> Mapping[str, Figure]:
        sheet, last = self.sheet, self.sheet.row - 1
        for column in range(paid + 2):
            sheet.text(sheet.row, column, "", Look.TOTAL)
        whole = not self.year.missing
        sheet.text(sheet.row, 0, "Total" if whole else "Total, known part", Look.TOTAL)
        cells = {name: sheet.total(sheet.row, column, first, last)
                 for name, column in (("need", AMOUNT), ("funding", paid), ("gap", paid + 1))}  # fmt: skip
        for column, _ in enumerate(plan.sources, AMOUNT + 1):
            sheet.total(sheet.row, column, first, last)
        sheet.row += 2
        return cells


def _draw(one: Payable, need: str, lacking: str, column: int, first: int, at: int) -> str:
    """Return the formula of a draw."""
    if one.rest is not None:
        share = one.rest[need]
        return lacking if share == 1 else f"ROUND({lacking}*{plain(share)},2)"
    name = letters(column)
    before = f"-SUM({name}{first + 1}:{name}{at})" if at > first else ""
    left = f"{name}{first}{before}"
    return f"IF(ISNUMBER({name}{first}),MIN({lacking},MAX(0,{left})),{lacking})"


def _product(year: YearAmount) -> str:
    """Return an amount as the product that it is, "" where it is one figure."""
    factors = [[factor.figure.value for factor in term] for term in year.terms]
    figures = [figure for term in factors for figure in term]
    if len(figures) < 2 or None in figures:
        return ""
    return "-".join(f"ROUND({'*'.join(plain(figure or ZERO) for figure in term)},2)" for term in factors)


def _infinite(value: Decimal | None) -> bool:
    return value is not None and value.is_infinite()


def _low(amount: Interval) -> Decimal:
    return amount.low


def _high(amount: Interval) -> Decimal:
    return amount.high
