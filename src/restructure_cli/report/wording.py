"""How figures, changes and gaps are put into words."""

from collections.abc import Callable, Collection, Iterable
from decimal import Decimal

from restructure_cli.model.quantities import NOTHING, Sum, TwoSided
from restructure_cli.model.report import Cell, Mark
from restructure_cli.model.results import Change, Diff, Difference, DiffRow, Missing, SideHead
from restructure_cli.model.structures import Counts

CHANGE_WORDS = {
    Change.NEW: "new",
    Change.DELETED: "deleted",
    Change.SPLIT: "split",
    Change.MERGED: "merged",
    Change.RETITLED: "retitled",
    Change.REGRADED: "regraded",
    Change.MOVED: "moved",
    Change.MORE_FTE: "more FTE",
    Change.LESS_FTE: "less FTE",
    Change.HOURS: "hours",
    Change.TENURE: "tenure",
    Change.MADE_PERMANENT: "made permanent",
    Change.MADE_TEMPORARY: "made temporary",
    Change.FUNDING: "funding",
    Change.REPORTS_TO: "reports to",
    Change.DATES: "dates",
    Change.CONDITION: "condition",
    Change.UNCHANGED: "unchanged",
}

COUNTED_WORDS = {
    **CHANGE_WORDS,
    Change.HOURS: "with other hours",
    Change.TENURE: "with another tenure",
    Change.FUNDING: "with other funding",
    Change.REPORTS_TO: "reporting elsewhere",
    Change.DATES: "with other dates",
    Change.CONDITION: "with another condition",
}
"""The same words where changes are counted: "2 with other dates"."""

COUNTS_WORDS = {
    Counts.ESTABLISHED: "established posts",
    Counts.FILLED: "people in post",
    Counts.AFFECTED: "posts affected",
}

_NEEDS_BOTH_ENDS = (Change.RETITLED, Change.REGRADED, Change.MOVED, Change.REPORTS_TO, Change.HOURS, Change.TENURE,
                    Change.DATES, Change.FUNDING, Change.CONDITION)  # fmt: skip


def fte(figure: Decimal) -> str:
    """Write FTE as it is, without trailing noughts."""
    plain = f"{figure:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def signed(figure: Decimal) -> str:
    """Write a change in FTE with its sign."""
    return f"+{fte(figure)}" if figure > 0 else fte(figure).replace("-", "−")


def pounds(figure: Decimal) -> str:
    """Write money with its sign before the £; pence only where there are any."""
    whole = figure == figure.to_integral_value()
    digits = f"{abs(figure):,.0f}" if whole else f"{abs(figure):,.2f}"
    return f"{'−' if figure < 0 else ''}£{digits}"


def signed_pounds(figure: Decimal) -> str:
    """Write a change in money with its sign."""
    return f"+{pounds(figure)}" if figure > 0 else pounds(figure)


def difference(told: Difference) -> str:
    """Write one change with what it was and what it becomes."""
    word = CHANGE_WORDS[told.change]
    if told.change in (Change.SPLIT, Change.MERGED):
        return f"{word} into {told.new}" if told.new else f"{word} from {told.old}" if told.old else word
    if told.change not in _NEEDS_BOTH_ENDS or not (told.old or told.new):
        return word
    nothing = "open-ended" if told.change is Change.DATES else "not stated"
    return f"{word}: {told.old or nothing} → {told.new or nothing}"


def cell(figure: Decimal | None, there: bool = True) -> Cell:
    """Return the cell of a figure: unknown where it is None, absent where there is nothing to have one."""
    if not there:
        return Mark.ABSENT
    return Mark.UNKNOWN if figure is None else figure


def sum_cell(figure: Sum) -> Cell:
    """Return the cell of a sum: unknown where no part of it is known."""
    return figure.value if figure.complete or figure.value else Mark.UNKNOWN


def fte_on_both_sides(figure: TwoSided) -> str:
    """Write FTE of both sides and the change between them: 24.6 → 26.1 (+1.5)."""
    return _on_both_sides(figure, fte, signed)


def pounds_on_both_sides(figure: TwoSided) -> str:
    """Write £ of both sides and the change between them."""
    return _on_both_sides(figure, pounds, signed_pounds)


def _on_both_sides(figure: TwoSided, write: Callable[[Decimal], str], write_change: Callable[[Decimal], str]) -> str:
    current, proposed = ("not known" if value is None else write(value) for value in (figure.current, figure.proposed))
    change = "change not known" if figure.change is None else write_change(figure.change)
    return f"{current} → {proposed} ({change})"


def two_sided(figure: TwoSided, current: bool = True, proposed: bool = True) -> tuple[Cell, Cell, Cell]:
    """Return the three cells of a figure on both sides."""
    return cell(figure.current, current), cell(figure.proposed, proposed), cell(figure.change)


def cost_cells(row: DiffRow) -> tuple[Cell, ...]:
    """Return what a line costs on both sides; one that a cost line prices has nothing of its own, which is not nil."""
    cost = row.cost or NOTHING
    current, proposed, change = two_sided(cost, row.current is not None, row.proposed is not None)
    return (
        Mark.BLANK if "current" in row.covered else current,
        Mark.BLANK if "proposed" in row.covered else proposed,
        change,
    )


def covered_note(rows: Iterable[DiffRow]) -> tuple[str, ...]:
    """Say where the price of posts stands that a cost line has."""
    number = sum(1 for row in rows if row.covered)
    return (f"{plural(number, 'post')} priced together with others, among the other costs.",) if number else ()


def side(head: SideHead) -> str:
    """Describe a structure in one line."""
    date = f" ({head.as_at})" if head.as_at else ""
    document = f". {head.document}" if head.document else ""
    return f"{head.title}{date}: counts {COUNTS_WORDS[head.counts]}{document}"


def counting_note(current: SideHead, proposed: SideHead) -> tuple[str, ...]:
    """Say so where the two sides count different things."""
    if current.counts is proposed.counts:
        return ()
    return (
        f"The two sides count different things: current is {COUNTS_WORDS[current.counts]}, proposed is "
        f"{COUNTS_WORDS[proposed.counts]}. A change between them is not all growth.",
    )


def missing_note(missing: Iterable[Missing], when: tuple[str, str] = ("now", "as proposed")) -> tuple[str, ...]:
    """Count the lines that the totals leave out, measure by measure; `when` names the two sides."""
    words = {"shown": "FTE", "vacant": "vacancy", "cost": "cost"}
    sides = {"current": when[0], "proposed": when[1]}
    gaps = {(gap.measure, gap.side): len(gap.ids) for gap in missing}
    told = []
    for measure, word in words.items():
        of_sides = [
            f"{plural(gaps[measure, side_], 'line')} {side_words}"
            for side_, side_words in sides.items()
            if (measure, side_) in gaps
        ]
        told += [f"{word} of {' and '.join(of_sides)}"] if of_sides else []
    return (f"Not known, and in no total: {'; '.join(told)}.",) if told else ()


def displaced(people: Sum) -> str:
    """Say how many FTE of people have no post."""
    if people.value:
        return f"{fte(people.value)} FTE of people displaced{'' if people.complete else ' (known part)'}"
    return f"nobody displaced{'' if people.complete else ' as far as known'}"


def of_which_some(figure: TwoSided) -> bool:
    """Whether some of a sum that leaves something out is known; otherwise its question marks say enough."""
    return any((figure.current, figure.proposed, figure.change))


def known_part(label: str, partial: bool) -> str:
    """Name a sum; one that leaves out what is not known is a known part."""
    return f"{label}, known part" if partial else label


def left_out(result: Diff) -> frozenset[tuple[str, str]]:
    """Return each measure and side whose total leaves something out."""
    return frozenset((gap.measure, gap.side) for gap in result.missing)


def known_part_of_cost(label: str, partial: Collection[tuple[str, str]], cost: TwoSided) -> str:
    """Name a sum of costs on both sides; where its change is whole, a side that leaves something out is named.

    `partial` has a measure and a side of each figure that leaves something out.
    """
    if ("cost", "change") in partial:
        return known_part(label, of_which_some(cost))
    shown = {"current": cost.current, "proposed": cost.proposed}
    sides = [name for name, figure in shown.items() if ("cost", name) in partial and figure is not None]
    return f"{label} ({' and '.join(sides)}: known part)" if sides else label


def plural(number: int, noun: str, nouns: str = "") -> str:
    """Write a number with its noun."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
