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
from restructure_cli.model.intervals import UNBOUNDED, Interval, exactly
from restructure_cli.model.quantities import ZERO
from restructure_cli.render.workbook.sheets import Book, Column, Figure, Kind, Look, Sheet, letters, plain

_WORDS = (Column("Need or source", width=46), Column("What it is", width=16), Column("Status", width=12))
AMOUNT, LEAST, MOST = 3, 4, 5
_FEWEST = 9
_PRINTED, _LOW, _HIGH = range(3)
"""The ends of an interval, and the cells of an entry, in their order."""
End = Callable[[Interval], int]
"""Picks an end of what is known of an amount."""


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
                 Column("Paragraph"), Column("What is not known of it"))  # fmt: skip
        for title, entries in (("Needs", self.year.needs), ("Sources", self.year.sources)):
            sheet.headings(sheet.row, (Column(title), *_WORDS[1:], *heads))
            sheet.row += 1
            for entry in entries:
                self._entry(entry)
            sheet.row += 1

    def _entry(self, entry: NeedYear | SourceYear) -> None:
        sheet, at = self.sheet, self.sheet.row
        stated = entry.need if isinstance(entry, NeedYear) else entry.source
        kind = entry.source.kind if isinstance(entry, SourceYear) else None
        sheet.text(at, 0, stated.title)
        sheet.text(at, 1, kind.value if kind is not None else entry.lasting.value)
        sheet.text(at, 2, entry.status.value if isinstance(entry, SourceYear) else "")
        sheet.text(at, AMOUNT + 3, ", ".join(stated.at))
        sheet.text(at, AMOUNT + 4, entry.year.why_not)
        if isinstance(entry, SourceYear) and entry.rest:
            sheet.text(at, AMOUNT, "the rest", kind=Kind.MONEY)
            sheet.row += 1
            return
        known = entry.year.amount.known
        value = self._amount(entry.year, known, stated.amount is Formula.CHANGE_COST)
        if known.exact:
            ends = [sheet.worked(at, column, value.ref, known.value) for column in (LEAST, MOST)]
        else:
            ends = [self._end(at, LEAST, known.low, value), self._end(at, MOST, known.high, value)]
        self.cells[stated.id] = (value, ends[0], ends[1])
        self._factors(entry.year)

    def _end(self, row: int, column: int, end: Decimal, printed: Figure) -> Figure:
        """Write the least or the most, as far from the printed figure as its rounding allows.

        An end without bound is words, which no formula takes for a figure.
        """
        if end.is_infinite():
            self.sheet.text(row, column, "no bound", Look.STATED, Kind.MONEY)
            return Figure(self.sheet.ref(row, column), None)
        if printed.value is None:
            return self.sheet.stated(row, column, end)
        sign, beyond = "-" if end < printed.value else "+", abs(end - printed.value)
        return self.sheet.worked(row, column, f"{printed.ref}{sign}{plain(beyond)}", end)

    def _amount(self, year: YearAmount, known: Interval, is_change: bool) -> Figure:
        """Write an amount: the cost of the change as the cell it has, a product as the product it is."""
        at = self.sheet.row
        if is_change and self.change is not None and self.change.value == known.value:
            return self.sheet.worked(at, AMOUNT, self.change.ref, known.value)
        if known.value is not None and _is_product(year):
            return self.sheet.worked(at, AMOUNT, self._product(year), known.value)
        return self.sheet.stated(at, AMOUNT, known.value)

    def _product(self, year: YearAmount) -> str:
        """Return an amount as the product of the cells below it, to the penny; less what fell before."""
        cells = (self.sheet.ref(self.sheet.row + 1 + number, AMOUNT) for number in range(_count(year)))
        return "-".join(f"ROUND({'*'.join(next(cells) for _ in term)},2)" for term in year.terms)

    def _factors(self, year: YearAmount) -> None:
        """Write what an amount is the product of below it, each figure in a cell of its own."""
        sheet = self.sheet
        sheet.row += 1
        if not _is_product(year):
            return
        for number, term in enumerate(year.terms):
            for factor in term:
                words = "less, of what fell before" if number else "the product of"
                sheet.text(sheet.row, 0, f"{words}: {factor.name}{f', {factor.unit}' if factor.unit else ''}")
                sheet.stated(sheet.row, AMOUNT, factor.figure.value, Kind.NUMBER)
                sheet.row += 1

    def _gaps(self) -> Mapping[str, Figure]:
        """Write the draws for the gap, and beside it for the gaps with less and with more of the money."""
        totals = self._scope("What approved, identified and forecast money pays", Scope.COUNTED)
        for scope, words in (
            (Scope.APPROVED, "What approved money pays"),
            (Scope.ALL, "What all money pays, bids too"),
        ):
            if self.year.known[scope] != self.year.known[Scope.COUNTED]:
                self._scope(words, scope)
        return totals or self._unknown()

    def _scope(self, words: str, scope: Scope) -> Mapping[str, Figure]:
        """Write the draws as printed, where that makes one gap, and at both ends where rounding leaves more than one.

        The totals of the first are `need`, `funding` and `gap`, the gaps at both ends `gap.least` and `gap.most`.
        """
        plan, gap = self.year.known[scope], self.year.gaps[scope].known
        found: dict[str, Figure] = {}
        if gap.value is not None:
            found |= self._block(f"{words}: as printed", plan, _printed_or_most, _printed_or_least)
        if not gap.exact:
            for name, needs, sources in (("least", _least, _most), ("most", _most, _least)):
                block = self._block(f"{words}: gap at its {name}", plan, needs, sources)
                if block:
                    found[f"gap.{name}"] = block["gap"]
                if block and self.year.need.known.exact:
                    found.setdefault("need", block["need"])
        return found

    def _unknown(self) -> Mapping[str, Figure]:
        self.sheet.text(self.sheet.row, 0, "The gap has no single figure and no bound on either side.")
        self.sheet.row += 2
        return {}

    def _block(self, title: str, plan: Plan, needs: End, sources: End) -> Mapping[str, Figure]:
        """Write who pays for what where each amount is the one that is picked; nothing where one is without bound."""
        ends = {id_: needs(amount) for id_, amount in plan.needs}
        ends |= {one.id: sources(one.amount) for one in plan.sources if one.rest is None}
        amounts = {id_: amount[ends[id_]] for id_, amount in plan.needs}
        held = {one.id: ZERO if one.rest is not None else one.amount[ends[one.id]] for one in plan.sources}
        if not all(_finite(amount) for amount in amounts.values()):
            return {}
        if not all(_finite(amount) or amount == UNBOUNDED for amount in held.values()):
            return {}
        exact = Plan(
            tuple((id_, exactly(amount or ZERO)) for id_, amount in amounts.items()),
            tuple(one._replace(amount=exactly(held[one.id] or ZERO)) for one in plan.sources),
        )
        done = allocate(exact, lambda _, amount: amount.low, lambda _, amount: amount.low)
        return self._draws(title, plan, ends, done)

    def _draws(self, title: str, plan: Plan, ends: Mapping[str, int], done: Allocation) -> Mapping[str, Figure]:
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
                cell = self.cells[one.id][ends[one.id]]
                if cell.value is None:
                    sheet.text(sheet.row + 1, column, "no bound", kind=Kind.MONEY)
                else:
                    sheet.worked(sheet.row + 1, column, cell.ref, cell.value)
        sheet.row += 2
        first = sheet.row
        sheet.added.clear()
        for id_, _ in plan.needs:
            self._need(id_, plan, self.cells[id_][ends[id_]], done, first)
            sheet.row += 1
        return self._sums(plan, first, paid)

    def _need(self, id_: str, plan: Plan, amount: Figure, done: Allocation, first: int) -> None:
        """Write one need: from each source the least of what it still lacks and what is left there."""
        sheet, at, paid = self.sheet, self.sheet.row, AMOUNT + 1 + len(plan.sources)
        sheet.text(at, 0, self.titles[id_])
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

    def _sums(self, plan: Plan, first: int, paid: int) -> Mapping[str, Figure]:
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


def _is_product(year: YearAmount) -> bool:
    """Whether an amount is made of several figures, all of them known."""
    figures = [factor.figure.value for term in year.terms for factor in term]
    return len(figures) > 1 and None not in figures


def _count(year: YearAmount) -> int:
    return sum(len(term) for term in year.terms)


def _finite(amount: Decimal | None) -> bool:
    return amount is not None and amount.is_finite()


def _least(_: Interval) -> int:
    return _LOW


def _most(_: Interval) -> int:
    return _HIGH


def _printed_or_least(amount: Interval) -> int:
    """Pick the printed figure; a source without one is taken at its least, for the gap has one figure all the same."""
    return _PRINTED if amount.value is not None else _LOW


def _printed_or_most(amount: Interval) -> int:
    return _PRINTED if amount.value is not None else _HIGH
