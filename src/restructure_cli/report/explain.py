"""A derivation for a reader: the figure, under it what it is made of, down to the lines of files it rests on."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from restructure_cli.model.derivations import Derivation, Explanation, Kind, Source, Step
from restructure_cli.model.quantities import Basis
from restructure_cli.model.report import Column, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.report.amounts import between
from restructure_cli.report.wording import fte, pounds

Place = Callable[[Source], str]
"""Turns a source into the file and line it stands on."""

_STEP_WORDS = {
    Step.SUM: "sum of",
    Step.DIFFERENCE: "the first less the other",
    Step.MEAN: "mean of",
    Step.PRODUCT: "product of",
    Step.QUOTIENT: "the first divided by the other",
    Step.QUOTIENT_TO_NINE_PLACES: "the first divided by the other",
    Step.EXCESS: "the first less the other, never below nil",
    Step.PRODUCT_TO_THE_PENNY: "product of, to the penny",
    Step.NEGATED: "with the other sign",
    Step.LEAST: "the smallest of",
    Step.GREATEST: "the largest of",
    Step.SIZE: "without its sign",
    Step.ROUNDED_UP: "rounded up to a whole number",
    Step.ROUNDED_DOWN: "rounded down to a whole number",
}


_BARE = "number"
"""The unit of what has none."""
_WITHOUT_SOURCE = {
    Kind.PEOPLE: "counted from the FTE",
    Kind.MOVES: "follows from who moves where",
    Kind.CLAIM: "written in the claim",
    Kind.PART_OF_YEAR: "up to the start that is asked for, or from it",
}


def report(title: str, found: tuple[Explanation, ...], notes: tuple[str, ...], place: Place) -> Report:
    """Build the report of one figure, or of one a year."""
    columns = (Column("Figure"), Column("Is"), Column("How, or where it stands"))
    sections = [
        Section(
            explanation.name if len(found) > 1 else "",
            tables=(Table(columns, tuple(_rows(explanation.figure, place, 0, set()))),)
            if explanation.figure is not None
            else (),
            words=() if explanation.figure is not None else ("Not known: no line of it has a price.",),
        )
        for explanation in found
    ]
    left_out = dict.fromkeys(
        f"{line.title} is not in it: {line.why}." for explanation in found for line in explanation.left_out
    )
    return Report(title, tuple(sections), _conclusion(found), (*left_out, *notes))


def _conclusion(found: tuple[Explanation, ...]) -> str:
    """Say each year's figure, and of which a part only is known."""
    if all(explanation.figure is None for explanation in found):
        return "Not known: no line of it has a price."
    told = []
    for explanation in found:
        figure = "not known" if explanation.figure is None else _figure(explanation.figure)
        partial = explanation.left_out and explanation.figure is not None
        told.append(f"{explanation.name}: {figure}{' (known part)' if partial else ''}")
    return f"{', '.join(told)}."


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
    """Say how a figure follows from those under it, or where it stands; and how it is known, if not as published."""
    if figure.parts:
        told = _STEP_WORDS.get(figure.step, "")
        return told if figure.basis is Basis.PUBLISHED else f"{told} ({figure.basis} in part)"
    if figure.source is None:
        told = _WITHOUT_SOURCE.get(figure.kind, "a convention of costing")
    else:
        more = f", and {len(figure.source.at) - 1} more" if len(figure.source.at) > 1 else ""
        told = place(figure.source) + (f" ({figure.source.at[0]}{more})" if figure.source.at else "")
    if figure.basis is Basis.PUBLISHED and not figure.because:
        return told
    return f"{told}, {figure.basis}{f': {figure.because}' if figure.because else ''}"


def _figure(figure: Derivation) -> str:
    """Write a figure in its unit, or what it lies between."""
    if figure.between is not None:
        return between(figure.between, lambda value: _figure(figure._replace(value=value, between=None)))
    if figure.unit.startswith("£"):
        return pounds(_shown(figure.value))
    if figure.unit == "share of pay":
        return f"{fte(_shown(figure.value * 100))}%"
    unit = "" if figure.unit == _BARE else f" {figure.unit}"
    return f"{fte(_shown(figure.value))}{unit}"


def _shown(value: Decimal) -> Decimal:
    """Cut a figure on the way, such as 39 weeks of 365/7, to the digits that fit a page."""
    exponent = value.as_tuple().exponent
    return round(value, 6) if isinstance(exponent, int) and exponent < -6 else value


def flat(found: tuple[Explanation, ...], place: Place) -> Table:
    """Return every step on one flat table, `depth` saying what is made of what; then the lines left out."""
    columns = tuple(Column(key, key=key) for key in ("depth", "name", "value", "unit", "step", "basis", "place"))
    rows = [row for explanation in found for row in _flat_year(explanation, place)]
    return Table(columns, tuple(rows))


def _flat_year(explanation: Explanation, place: Place) -> Iterator[Row]:
    if explanation.figure is not None:
        yield from _flat(explanation.figure, place, 0)
    else:
        yield Row(("0", explanation.name, Mark.UNKNOWN, "£ a year", "", "", ""))
    for line in explanation.left_out:
        yield Row(("1", line.title, Mark.UNKNOWN, "£ a year", "left out", "", line.why))


def _flat(figure: Derivation, place: Place, depth: int) -> Iterator[Row]:
    where = place(figure.source) if figure.source is not None else ""
    told = (figure.unit, figure.step.value, figure.basis.value, where)
    value = figure.value if figure.between is None else Mark.UNKNOWN
    yield Row((str(depth), figure.name, value, *told))
    for part in figure.parts:
        yield from _flat(part, place, depth + 1)
