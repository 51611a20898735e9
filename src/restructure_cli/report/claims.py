"""Claims for a reader: every printed figure, what it comes to, the difference and the verdict."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from restructure_cli.model.derivations import Explanation
from restructure_cli.model.intervals import Interval
from restructure_cli.model.printed import Printed, Unit
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.report import Column, Report, Row, RowKind, Section, Table
from restructure_cli.model.verdicts import Judged, Verdict
from restructure_cli.report.amounts import between
from restructure_cli.report.wording import fte, plural, pounds

_COLUMNS = (
    Column("Figure"),
    Column("Printed"),
    Column("Computed"),
    Column("Rounding allows", drop=2),
    Column("Difference", drop=1),
    Column("Verdict"),
)
_ALLOWED = 3
"""Which of them is what rounding allows."""
DIFFERENT = "Figures that do not hold"
_DIFFERENT = (
    Column("Claim"), Column("Printed", drop=2), Column("Computed", drop=1), Column("Difference"), Column("Why"),
)  # fmt: skip
_NOT_COMPUTED = (Column("Claim"), Column("Why"))
_SHORT = {Verdict.TO_ROUNDING: "holds (rounded)", Verdict.AS_FAR_AS_KNOWN: "holds (known part)",
          Verdict.KNOWN: "differs, known", Verdict.BROKEN: "DOES NOT HOLD", Verdict.CANNOT: "not computed"}  # fmt: skip


def report(title: str, judged: tuple[Judged, ...]) -> Report:
    """Build the report of the claims of one organisation: what each claim says, and under it its figures."""
    sections = [Section("Every claim", tables=(_every_claim(judged),))]
    different = [one for one in judged if one.verdict in (Verdict.KNOWN, Verdict.BROKEN)]
    if different:
        table = Table(_DIFFERENT, _under_claims(different, _explained))
        sections.append(Section(DIFFERENT, tables=(table,)))
    unworkable = [one for one in judged if one.verdict is Verdict.CANNOT]
    if unworkable:
        table = Table(_NOT_COMPUTED, _under_claims(unworkable, lambda one: (one.id, _why(one))))
        sections.append(Section("Figures that cannot be computed", tables=(table,)))
    return Report(title, tuple(sections), conclusion(judged))


def _every_claim(judged: tuple[Judged, ...]) -> Table:
    """Set out every claim; what rounding allows has a column where it allows anything."""
    shown = [number for number in range(len(_COLUMNS)) if number != _ALLOWED or any(map(_allowed, judged))]
    rows = _under_claims(judged, lambda one: tuple(_figures(one)[number] for number in shown))
    return Table(tuple(_COLUMNS[number] for number in shown), rows)


def _under_claims(judged: Iterable[Judged], cells: Callable[[Judged], tuple[str, ...]]) -> tuple[Row, ...]:
    """Set the figures of each claim under what it says, which runs on over all columns."""
    rows: list[Row] = []
    above = ""
    for one in judged:
        told = cells(one)
        if one.id != above:
            heading = f"{_places(one)}: {one.says}" if one.at else one.says
            rows.append(Row((heading, *("" for _ in told[1:])), RowKind.HEADING))
        above = one.id
        rows.append(Row(told, indent=1))
    return tuple(rows)


_HOW_FAR = ((Verdict.TO_ROUNDING, "to rounding"), (Verdict.AS_FAR_AS_KNOWN, "as far as known"))
_OTHERWISE = ((Verdict.KNOWN, "known not to hold"), (Verdict.CANNOT, "cannot be computed"))


def conclusion(judged: Iterable[Judged]) -> str:
    """Count the printed figures by verdict."""
    counts = Counter(one.verdict for one in judged)
    holding = sum(count for verdict, count in counts.items() if verdict.holds)
    how_far = ", ".join(f"{counts[verdict]} {word}" for verdict, word in _HOW_FAR if counts[verdict])
    told = [f"{holding} hold" + (f" ({how_far})" if how_far else "")]
    told += [f"{counts[verdict]} {word}" for verdict, word in _OTHERWISE if counts[verdict]]
    broken = counts[Verdict.BROKEN]
    told.append(f"{broken} {'does' if broken == 1 else 'do'} not hold" if broken else "none fails")
    return f"{plural(counts.total(), 'printed figure')}: {', '.join(told)}."


def explanations(judged: Iterable[Judged]) -> tuple[Explanation, ...]:
    """Return how the figures of a claim came about."""
    return tuple(Explanation(one.what or one.id, one.trace() if one.trace is not None else None) for one in judged)


def told(one: Judged) -> str:
    """Say of one printed figure what is printed, what it comes to and what follows."""
    if one.printed is None or one.computed is None:
        return f"{one.says}: cannot be computed. {_why(one)}".strip()
    difference = f", a difference of {_difference(one)}" if one.difference else ""
    return f"{one.says}: printed as {one.printed.text}, comes to {_comes_to(one)}{difference}: {one.verdict.value}."


def _figures(one: Judged) -> tuple[str, ...]:
    printed = one.printed.text if one.printed is not None else ""
    verdict = _SHORT.get(one.verdict, one.verdict.value)
    return _what(one), printed, _value(one), _allowed(one), _difference(one), verdict


def _comes_to(one: Judged) -> str:
    allowed = _allowed(one)
    if not _value(one):
        return allowed
    return f"{_value(one)} ({allowed})" if allowed else _value(one)


def _explained(one: Judged) -> tuple[str, ...]:
    printed = one.printed.text if one.printed is not None else ""
    return one.id, printed, _value(one), _difference(one), _why(one) or "nobody has said why"


def _what(one: Judged) -> str:
    """Name the figure as a reader would: `current.fte` is the current FTE."""
    if one.what == "compute":
        return "worked out"
    if one.what.startswith("same as"):
        return "printed elsewhere"
    words = one.what.replace(".", " ").replace("_", " ").replace("fte", "FTE")
    return words or "as printed"


def _places(one: Judged) -> str:
    return "; ".join(one.at)


def _why(one: Judged) -> str:
    words = [word for word in (one.because, one.note) if word]
    if one.known is not None and one.verdict is Verdict.BROKEN:
        words.insert(0, f"no longer the {one.known.text} that is known:")
    return " ".join(words)


def _difference(one: Judged) -> str:
    if not one.difference:
        return ""
    told = _figure(one.difference, one.printed)
    return f"+{told}" if one.difference > 0 else told


def _computed(one: Judged) -> str:
    """Write a computed figure; where rounding leaves more open than the printed figure shows, with its bounds."""
    value, allowed = _value(one), _allowed(one)
    return f"{value} ({allowed})" if value and allowed else value or allowed


def _value(one: Judged) -> str:
    figure = one.computed
    return "" if figure is None or figure.value is None else _figure(figure.value, one.printed)


def _allowed(one: Judged) -> str:
    """Write what rounding, or a range, leaves open where that is more than the printed figure shows."""
    figure = one.computed
    if figure is None:
        return ""
    shown = one.printed.most - one.printed.least if one.printed is not None else ZERO
    return _between(figure, one.printed) if figure.value is None or figure.high - figure.low > shown else ""


def _between(figure: Interval, like: Printed | None) -> str:
    if figure.low.is_infinite() and figure.high.is_infinite():
        return "?"
    return between(figure, lambda value: _figure(value, like))


def _figure(value: Decimal, like: Printed | None) -> str:
    """Write a figure in the unit that the report prints, cut to what a reader can use."""
    unit = like.unit if like is not None else Unit.NUMBER
    if unit is Unit.MONEY:
        return pounds(_cut(value, 2))
    if unit is Unit.PERCENT:
        return f"{fte(_cut(value * 100, 2))}%"
    return fte(_cut(value, 4)).replace("-", "−")


def _cut(value: Decimal, places: int) -> Decimal:
    exponent = value.as_tuple().exponent
    return round(value, places) if isinstance(exponent, int) and exponent < -places else value


def flat(judged: tuple[Judged, ...]) -> Table:
    """Return every claim on one flat table."""
    keys = ("id", "at", "says", "measure", "printed", "computed", "low", "high", "difference", "verdict", "because")
    rows = []
    for one in judged:
        figure = one.computed
        ends = (figure.value, figure.low, figure.high) if figure is not None else (None, None, None)
        told = tuple("" if end is None or end.is_infinite() else end for end in ends)
        rows.append(Row((
            one.id, _places(one), one.says, one.what, one.printed.text if one.printed else "", *told,
            "" if one.difference is None else one.difference, one.verdict.value, _why(one),
        )))  # fmt: skip
    return Table(tuple(Column(key, key=key) for key in keys), tuple(rows))
