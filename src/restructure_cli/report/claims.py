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


def report(title: str, verdicts: tuple[Judged, ...]) -> Report:
    """Build the report of the claims of one organisation: what each claim says, and under it its figures."""
    sections = [Section("Every claim", tables=(_every_claim(verdicts),))]
    different = [judged for judged in verdicts if judged.verdict in (Verdict.KNOWN, Verdict.BROKEN)]
    if different:
        table = Table(_DIFFERENT, _under_claims(different, _explained))
        sections.append(Section(DIFFERENT, tables=(table,)))
    unworkable = [judged for judged in verdicts if judged.verdict is Verdict.CANNOT]
    if unworkable:
        table = Table(_NOT_COMPUTED, _under_claims(unworkable, lambda judged: (judged.id, _why(judged))))
        sections.append(Section("Figures that cannot be computed", tables=(table,)))
    return Report(title, tuple(sections), conclusion(verdicts))


def _every_claim(verdicts: tuple[Judged, ...]) -> Table:
    """Set out every claim; what rounding allows has a column where it allows anything."""
    shown = [number for number in range(len(_COLUMNS)) if number != _ALLOWED or any(map(_allowed, verdicts))]
    rows = _under_claims(verdicts, lambda judged: tuple(_figures(judged)[number] for number in shown))
    return Table(tuple(_COLUMNS[number] for number in shown), rows)


def _under_claims(verdicts: Iterable[Judged], cells: Callable[[Judged], tuple[str, ...]]) -> tuple[Row, ...]:
    """Set the figures of each claim under what it says, which runs on over all columns."""
    rows: list[Row] = []
    above = ""
    for judged in verdicts:
        told = cells(judged)
        if judged.id != above:
            heading = f"{_places(judged)}: {judged.says}" if judged.at else judged.says
            rows.append(Row((heading, *("" for _ in told[1:])), RowKind.HEADING))
        above = judged.id
        rows.append(Row(told, indent=1))
    return tuple(rows)


_HOW_FAR = ((Verdict.TO_ROUNDING, "to rounding"), (Verdict.AS_FAR_AS_KNOWN, "as far as known"))
_OTHERWISE = ((Verdict.KNOWN, "known not to hold"), (Verdict.CANNOT, "cannot be computed"))


def conclusion(verdicts: Iterable[Judged]) -> str:
    """Count the printed figures by verdict."""
    counts = Counter(judged.verdict for judged in verdicts)
    holding = sum(count for verdict, count in counts.items() if verdict.holds)
    how_far = ", ".join(f"{counts[verdict]} {word}" for verdict, word in _HOW_FAR if counts[verdict])
    told = [f"{holding} hold" + (f" ({how_far})" if how_far else "")]
    told += [f"{counts[verdict]} {word}" for verdict, word in _OTHERWISE if counts[verdict]]
    broken = counts[Verdict.BROKEN]
    told.append(f"{broken} {'does' if broken == 1 else 'do'} not hold" if broken else "none fails")
    return f"{plural(counts.total(), 'printed figure')}: {', '.join(told)}."


def explanations(verdicts: Iterable[Judged]) -> tuple[Explanation, ...]:
    """Return how the figures of a claim came about."""
    return tuple(
        Explanation(judged.what or judged.id, judged.trace() if judged.trace is not None else None)
        for judged in verdicts
    )


def told(judged: Judged) -> str:
    """Say of one printed figure what is printed, what it comes to and what follows."""
    if judged.printed is None or judged.computed is None:
        return f"{judged.says}: cannot be computed. {_why(judged)}".strip()
    difference = f", a difference of {_difference(judged)}" if judged.difference else ""
    comparison = f"printed as {judged.printed.text}, comes to {_comes_to(judged)}{difference}"
    return f"{judged.says}: {comparison}: {judged.verdict.value}."


def _figures(judged: Judged) -> tuple[str, ...]:
    printed = judged.printed.text if judged.printed is not None else ""
    verdict = _SHORT.get(judged.verdict, judged.verdict.value)
    return _what(judged), printed, _value(judged), _allowed(judged), _difference(judged), verdict


def _comes_to(judged: Judged) -> str:
    """Write a computed figure; where rounding leaves more open than the printed figure shows, with its bounds."""
    allowed = _allowed(judged)
    if not _value(judged):
        return allowed
    return f"{_value(judged)} ({allowed})" if allowed else _value(judged)


def _explained(judged: Judged) -> tuple[str, ...]:
    printed = judged.printed.text if judged.printed is not None else ""
    return judged.id, printed, _value(judged), _difference(judged), _why(judged) or "nobody has said why"


def _what(judged: Judged) -> str:
    """Name the figure as a reader would: `current.fte` is the current FTE."""
    if judged.what == "compute":
        return "worked out"
    if judged.what.startswith("same as"):
        return "printed elsewhere"
    words = judged.what.replace(".", " ").replace("_", " ").replace("fte", "FTE")
    return words or "as printed"


def _places(judged: Judged) -> str:
    return "; ".join(judged.at)


def _why(judged: Judged) -> str:
    words = [word for word in (judged.because, judged.note) if word]
    if judged.known is not None and judged.verdict is Verdict.BROKEN:
        words.insert(0, f"no longer the {judged.known.text} that is known:")
    return " ".join(words)


def _difference(judged: Judged) -> str:
    if not judged.difference:
        return ""
    told = _figure(judged.difference, judged.printed)
    return f"+{told}" if judged.difference > 0 else told


def _value(judged: Judged) -> str:
    figure = judged.computed
    return "" if figure is None or figure.value is None else _figure(figure.value, judged.printed)


def _allowed(judged: Judged) -> str:
    """Write what rounding, or a range, leaves open where that is more than the printed figure shows."""
    figure = judged.computed
    if figure is None:
        return ""
    shown = judged.printed.most - judged.printed.least if judged.printed is not None else ZERO
    return _between(figure, judged.printed) if figure.value is None or figure.high - figure.low > shown else ""


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


def flat(verdicts: tuple[Judged, ...]) -> Table:
    """Return every claim on one flat table."""
    keys = ("id", "at", "says", "measure", "printed", "computed", "low", "high", "difference", "verdict", "because")
    rows = []
    for judged in verdicts:
        figure = judged.computed
        ends = (figure.value, figure.low, figure.high) if figure is not None else (None, None, None)
        told = tuple("" if end is None or end.is_infinite() else end for end in ends)
        rows.append(Row((
            judged.id, _places(judged), judged.says, judged.what, judged.printed.text if judged.printed else "", *told,
            "" if judged.difference is None else judged.difference, judged.verdict.value, _why(judged),
        )))  # fmt: skip
    return Table(tuple(Column(key, key=key) for key in keys), tuple(rows))
