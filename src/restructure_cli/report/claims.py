"""Claims for a reader: every printed figure, what it comes to, the difference and the verdict."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from restructure_cli.model.derivations import Explanation
from restructure_cli.model.intervals import Interval
from restructure_cli.model.printed import Printed, Unit
from restructure_cli.model.report import Column, Report, Row, Section, Table
from restructure_cli.model.verdicts import Judged, Verdict
from restructure_cli.report.wording import fte, plural, pounds

_COLUMNS = (
    Column("What is printed"),
    Column("At", drop=2),
    Column("Printed"),
    Column("Computed"),
    Column("Difference", drop=1),
    Column("Verdict"),
)
DIFFERENT = "Figures that do not hold"
_EXPLAINED = (Column("What is printed"), Column("At", drop=1), Column("Difference"), Column("Why"))
_SHORT = {Verdict.TO_ROUNDING: "holds (rounded)", Verdict.AS_FAR_AS_KNOWN: "holds (known part)",
          Verdict.KNOWN: "differs, known", Verdict.BROKEN: "DOES NOT HOLD", Verdict.CANNOT: "not computed"}  # fmt: skip


def report(title: str, judged: tuple[Judged, ...]) -> Report:
    """Build the report of the claims of one organisation."""
    sections = [Section("Every claim", tables=(Table(_COLUMNS, tuple(_row(one) for one in judged)),))]
    different = [one for one in judged if one.verdict in (Verdict.KNOWN, Verdict.BROKEN)]
    if different:
        rows = tuple(Row((one.says, _places(one), _difference(one), _why(one))) for one in different)
        sections.append(Section(DIFFERENT, tables=(Table(_EXPLAINED, rows),)))
    unworkable = [one for one in judged if one.verdict is Verdict.CANNOT]
    if unworkable:
        rows = tuple(Row((one.says, _places(one), _why(one))) for one in unworkable)
        columns = (Column("What is printed"), Column("At", drop=1), Column("Why"))
        sections.append(Section("Figures that cannot be computed", tables=(Table(columns, rows),)))
    return Report(title, tuple(sections), conclusion(judged))


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
    told.append(f"{broken or 'none'} {'does' if broken in (0, 1) else 'do'} not hold")
    return f"{plural(counts.total(), 'printed figure')}: {', '.join(told)}."


def explanations(judged: Iterable[Judged]) -> tuple[Explanation, ...]:
    """Return how the figures of a claim came about."""
    return tuple(Explanation(one.what or one.id, one.derivation) for one in judged)


def told(one: Judged) -> str:
    """Say of one printed figure what is printed, what it comes to and what follows."""
    if one.printed is None or one.computed is None:
        return f"{one.says}: cannot be computed. {_why(one)}".strip()
    difference = f", a difference of {_difference(one)}" if one.difference else ""
    return f"{one.says}: printed as {one.printed.text}, comes to {_computed(one)}{difference}: {one.verdict.value}."


def _row(one: Judged) -> Row:
    computed = _computed(one) if one.computed is not None else ""
    printed = one.printed.text if one.printed is not None else ""
    return Row(
        (one.says, _places(one), printed, computed, _difference(one), _SHORT.get(one.verdict, one.verdict.value))
    )


def _places(one: Judged) -> str:
    return "; ".join(one.at)


def _why(one: Judged) -> str:
    return " ".join(word for word in (one.because, one.note) if word)


def _difference(one: Judged) -> str:
    if not one.difference:
        return ""
    told = _figure(one.difference, one.printed)
    return f"+{told}" if one.difference > 0 else told


def _computed(one: Judged) -> str:
    """Write a computed figure; where rounding leaves more open than the printed figure shows, with its bounds."""
    figure = one.computed
    assert figure is not None
    if figure.value is None:
        return _between(figure, one.printed)
    told = _figure(figure.value, one.printed)
    if one.printed is not None and figure.high - figure.low > one.printed.most - one.printed.least:
        return f"{told} ({_between(figure, one.printed)})"
    return told


def _between(figure: Interval, like: Printed | None) -> str:
    if figure.low.is_infinite() and figure.high.is_infinite():
        return "?"
    if figure.high.is_infinite():
        return f"{_figure(figure.low, like)} or more"
    if figure.low.is_infinite():
        return f"{_figure(figure.high, like)} or less"
    return f"{_figure(figure.low, like)} to {_figure(figure.high, like)}"


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
