"""A derivation for a reader: the figure, under it what it is made of, down to the lines of files it rests on."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from restructure_cli.model.derivations import Derivation, Source, Step
from restructure_cli.model.quantities import Basis
from restructure_cli.model.report import Column, Report, Row, RowKind, Section, Table
from restructure_cli.report.wording import fte, pounds

Place = Callable[[Source], str]
"""Turns a source into the file and line it stands on."""

_STEP_WORDS = {
    Step.SUM: "sum of",
    Step.DIFFERENCE: "the first less the other",
    Step.MEAN: "mean of",
    Step.PRODUCT: "product of",
    Step.QUOTIENT: "the first divided by the other",
    Step.EXCESS: "the first less the other, never below nil",
    Step.LEAST: "the least of",
    Step.PRODUCT_TO_THE_PENNY: "product of, to the penny",
}


def report(title: str, figures: tuple[Derivation, ...], notes: tuple[str, ...], place: Place, complete: bool) -> Report:
    """Build the report of one figure, or of one a year; `complete` where nothing is left out of them."""
    columns = (Column("Figure"), Column("Is"), Column("How, or where it stands"))
    sections = [
        Section(
            figure.name if len(figures) > 1 else "", tables=(Table(columns, tuple(_rows(figure, place, 0, set()))),)
        )
        for figure in figures
    ]
    told = ", ".join(f"{figure.name}: {_figure(figure)}" for figure in figures)
    known = "Known part: " if figures and not complete else ""
    conclusion = f"{known}{told}." if figures else "Not known: no line of it has a price."
    return Report(title, tuple(sections), conclusion, notes)


def _rows(figure: Derivation, place: Place, depth: int, shown: set[Derivation]) -> Iterator[Row]:
    """Write a figure and what it is made of; what was taken apart once is not taken apart again."""
    kind = RowKind.SUBTOTAL if depth == 0 else RowKind.LINE
    again = bool(figure.parts) and figure in shown
    yield Row((figure.name, _figure(figure), "as above" if again else _told(figure, place)), kind, depth)
    if not again:
        shown.add(figure)
        for part in figure.parts:
            yield from _rows(part, place, depth + 1, shown)


def _told(figure: Derivation, place: Place) -> str:
    """Say how a figure follows from those under it, or where it stands and how it is known."""
    words = []
    if figure.parts:
        words.append(_STEP_WORDS.get(figure.step, ""))
    elif figure.source is not None:
        words.append(place(figure.source))
        if figure.source.at:
            more = f", and {len(figure.source.at) - 1} more" if len(figure.source.at) > 1 else ""
            words.append(f"({figure.source.at[0]}{more})")
    else:
        words.append("a convention of costing" if figure.unit != "people" else "counted from the FTE")
    if figure.basis is not Basis.PUBLISHED or (figure.because and not figure.parts):
        words.append(f"{figure.basis}{f': {figure.because}' if figure.because else ''}")
    return " ".join(word for word in words if word)


def _figure(figure: Derivation) -> str:
    """Write a figure in its unit."""
    if figure.unit.startswith("£"):
        return pounds(_shown(figure.value))
    if figure.unit == "share of pay":
        return f"{fte(_shown(figure.value * 100))}%"
    return f"{fte(_shown(figure.value))} {figure.unit}" if figure.unit != "FTE" else f"{fte(figure.value)} FTE"


def _shown(value: Decimal) -> Decimal:
    """Cut a figure on the way, such as 39 weeks of 365/7, to the digits that fit a page."""
    exponent = value.as_tuple().exponent
    return round(value, 6) if isinstance(exponent, int) and exponent < -6 else value


def flat(figures: tuple[Derivation, ...], place: Place) -> Table:
    """Return every step on one flat table, `depth` saying what is made of what."""
    columns = tuple(Column(key, key=key) for key in ("depth", "name", "value", "unit", "step", "basis", "place"))
    return Table(columns, tuple(row for figure in figures for row in _flat(figure, place, 0)))


def _flat(figure: Derivation, place: Place, depth: int) -> Iterator[Row]:
    where = place(figure.source) if figure.source is not None else ""
    told = (figure.unit, figure.step.value, figure.basis.value, where)
    yield Row((str(depth), figure.name, figure.value, *told))
    for part in figure.parts:
        yield from _flat(part, place, depth + 1)
