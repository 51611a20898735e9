"""National parameters for a reader: the list, the values of one, or what is in force in a year; sources last."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from restructure_cli.model.national import InForce, Parameter, Shown, SpineInForce, Unit, Value
from restructure_cli.model.quantities import Basis
from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, Section, Table
from restructure_cli.report.wording import plural, pounds

_SHOWN_DECIMALS = Decimal("0.0001")
"""A rate that is the mean of a year's months is shown in words to so many decimals of a per cent."""


def report(shown: Shown, alone: bool) -> Report:
    """Build the report of all parameters, or of one that stands alone."""
    if not alone:
        return _list(shown)
    parameter = shown.parameters[0]
    answer = shown.in_force.get(parameter.name)
    if shown.year is None:
        return _values(parameter)
    assert answer is not None
    return _spine_year(parameter, answer) if isinstance(answer, SpineInForce) else _year(answer)


def _list(shown: Shown) -> Report:
    table = _in_year(shown) if shown.year is not None else _overview(shown)
    title = "National pay data" + (f", {shown.year}" if shown.year is not None else "")
    missing = tuple(f"{gap.message}. {gap.hint}".strip() for gap in shown.missing)
    told = f"{plural(len(shown.parameters), 'parameter')}"
    if shown.year is not None:
        told += f", {len(shown.in_force)} of them known for {shown.year}"
    conclusion = f"{told}. `restructure national NAME` shows the values of one with their sources."
    return Report(title, (Section("", tables=(table,)),), conclusion, notes=missing)


def _overview(shown: Shown) -> Table:
    columns = (
        Column("Name"), Column("What it is"), Column("Unit", drop=1), Column("First year"), Column("Last year"),
        Column("Values", Kind.COUNT, drop=2),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                parameter.name,
                parameter.title,
                parameter.unit.value,
                str(parameter.first_year),
                str(parameter.complete_to),
                Decimal(len(parameter.values)),
            )
        )
        for parameter in shown.parameters
    )
    return Table(
        columns,
        rows,
        notes=tuple(_took_over(parameter) for parameter in shown.parameters if parameter.follows is not None),
    )


def _took_over(parameter: Parameter) -> str:
    assert parameter.follows is not None
    return f"For years before {parameter.first_year}, {parameter.name} stands for {parameter.follows.spine}."


def _in_year(shown: Shown) -> Table:
    columns = (Column("Name"), Column("What it is"), Column("Value"), Column("Basis", drop=1))
    rows = []
    for parameter in shown.parameters:
        answer = shown.in_force.get(parameter.name)
        told: tuple[Cell, Cell] = (Mark.UNKNOWN, Mark.BLANK)
        if answer is not None:
            told = (_stands_at(answer), _bases(answer))
        rows.append(Row((parameter.name, parameter.title, *told)))
    return Table(columns, tuple(rows))


def _stands_at(answer: InForce | SpineInForce) -> str:
    if isinstance(answer, SpineInForce):
        return _span(answer.value)
    return _figure(answer.parameter.unit, answer.value)


def _bases(answer: InForce | SpineInForce) -> str:
    if isinstance(answer, InForce):
        return answer.derivation.basis.value
    return _bases_of(answer.value)


def _bases_of(value: Value) -> str:
    found = {value.basis, *(exception.basis for exception in value.exceptions)}
    return ", ".join(basis.value for basis in Basis if basis in found)


def _values(parameter: Parameter) -> Report:
    """Build the report of one parameter over the years."""
    columns = (Column("From"), Column("Value"), Column("What"), Column("Basis", drop=1))
    rows = tuple(
        Row((value.start.isoformat(), _value(parameter.unit, value), value.title, _bases_of(value)))
        for value in parameter.values
    )
    sections = [*_words(parameter.note, parameter.beyond), Section("Values", tables=(Table(columns, rows),))]
    if parameter.unit is Unit.SPINE:
        sections.append(Section("Points, £ a year full time", tables=(_points(parameter),)))
    sections.append(_sources(parameter.values))
    span = f"known for {parameter.first_year} to {parameter.complete_to}"
    known = f"{parameter.name}: {plural(len(parameter.values), 'value')}, {span}."
    return Report(f"{parameter.title} ({parameter.name})", tuple(sections), known, notes=_takes_over(parameter))


def _words(*texts: str) -> tuple[Section, ...]:
    words = tuple(text for text in texts if text)
    return (Section("", words=words),) if words else ()


def _takes_over(parameter: Parameter) -> tuple[str, ...]:
    return () if parameter.follows is None else (_took_over(parameter),)


def _points(parameter: Parameter) -> Table:
    """Set the points of a spine down the side and its years across, the last years staying longest."""
    numbers = sorted({point for value in parameter.values for point in value.points})
    years = [
        Column(str(value.first_year), Kind.MONEY, drop=len(parameter.values) - number)
        for number, value in enumerate(parameter.values)
    ]
    rows = tuple(
        Row((str(point), *(value.points.get(point, Mark.ABSENT) for value in parameter.values))) for point in numbers
    )
    return Table((Column("Point"), *years), rows)


def _year(answer: InForce) -> Report:
    """Build the report of a rate or sum of money in one year."""
    parameter = answer.parameter
    columns = (
        Column("From"), Column("Months", Kind.COUNT), Column("Value"), Column("What"), Column("Basis", drop=1)
    )  # fmt: skip
    rows = tuple(
        Row((
            share.value.start.isoformat(), Decimal(share.months), _value(parameter.unit, share.value),
            share.value.title, share.value.basis.value,
        ))
        for share in answer.shares
    )  # fmt: skip
    sections = (
        *_words(parameter.note),
        Section(f"In force in {answer.year}", tables=(Table(columns, rows),)),
        _sources(share.value for share in answer.shares),
    )
    return Report(
        f"{parameter.title}, {answer.year} ({parameter.name})",
        sections,
        f"{parameter.title}, {answer.year}: {_told(answer)}.",
    )


def _told(answer: InForce) -> str:
    unit = answer.parameter.unit
    figure = _figure(unit, answer.value)
    if unit is not Unit.RATE:
        figure += f" {unit.value.removeprefix('£ ')}"
    if len(answer.shares) == 1:
        return figure
    parts = ", ".join(f"{plural(share.months, 'month')} at {_value(unit, share.value)}" for share in answer.shares)
    return f"{figure} ({parts})"


def _spine_year(asked: Parameter, answer: SpineInForce) -> Report:
    """Build the report of a spine in one year, each point with its basis."""
    value = answer.value
    columns = (Column("Point"), Column("£ a year full time", Kind.MONEY), Column("Basis"))
    rows = tuple(Row((str(point), pay, value.known_by(point)[0].value)) for point, pay in answer.points.items())
    parameter = answer.parameter
    words = (value.title,)
    sections = (
        *_words(parameter.note),
        Section(f"In force in {answer.year}", words=words, tables=(Table(columns, rows),)),
        _sources((value,)),
    )
    notes = _takes_over(asked) if asked.name != parameter.name else ()
    conclusion = f"{parameter.title}, {answer.year}: {_span(value)}."
    return Report(f"{parameter.title}, {answer.year} ({parameter.name})", sections, conclusion, notes=notes)


def _sources(values: Iterable[Value]) -> Section:
    return Section("Sources", words=tuple(_source(value) for value in values))


def _source(value: Value) -> str:
    """Tell in one paragraph where a value comes from and how it is known."""
    told = [f"{value.start.isoformat()}: {'; '.join(value.source)}."]
    if value.because:
        told.append(f"{value.basis.value.capitalize()}: {_sentence(value.because)}")
    told += [
        f"{_ranges(exception.points)} {exception.basis.value}: {_sentence(exception.because)}"
        for exception in value.exceptions
    ]
    return " ".join(told)


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _ranges(points: Iterable[int]) -> str:
    """Write points as ranges: Points 20-28, Point 43."""
    numbers = sorted(points)
    starts = [numbers[0], *(later for earlier, later in pairwise(numbers) if later > earlier + 1)]
    ends = [*(earlier for earlier, later in pairwise(numbers) if later > earlier + 1), numbers[-1]]
    told = [str(low) if low == high else f"{low}-{high}" for low, high in zip(starts, ends, strict=True)]
    return f"{'Point' if len(numbers) == 1 else 'Points'} {', '.join(told)}"


def _value(unit: Unit, value: Value) -> str:
    return _span(value) if value.value is None else _figure(unit, value.value)


def _span(value: Value) -> str:
    """Write the ends of a spine."""
    pay = list(value.points.values())
    return f"{plural(len(pay), 'point')}, {pounds(pay[0])} to {pounds(pay[-1])}"


def _figure(unit: Unit, figure: Decimal) -> str:
    """Write a rate with its sign, or money; what does not come out, to four decimals."""
    if unit is Unit.RATE:
        figure *= 100
    if figure != figure.quantize(_SHOWN_DECIMALS, ROUND_HALF_UP):
        figure = figure.quantize(_SHOWN_DECIMALS, ROUND_HALF_UP)
    if unit is not Unit.RATE:
        return pounds(figure)
    plain = f"{figure:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) + "%"


_FLAT = ("name", "title", "unit", "year", "from", "point", "value", "basis", "because", "what", "source")


def flat(shown: Shown) -> Table:
    """Return every value on one flat table, a row a point of a spine; rates are fractions."""
    columns = tuple(Column(key, key=key) for key in _FLAT)
    if shown.year is None:
        rows = [
            row
            for parameter in shown.parameters
            for value in parameter.values
            for row in _flat_value(parameter, "", value)
        ]
    else:
        rows = [row for parameter in shown.parameters for row in _flat_year(shown, parameter)]
    return Table(columns, tuple(rows))


def _flat_year(shown: Shown, parameter: Parameter) -> list[Row]:
    answer, year = shown.in_force.get(parameter.name), str(shown.year)
    if answer is None:
        gap = next(missing for missing in shown.missing if missing.parameter == parameter.name)
        return [Row((*_head(parameter), year, Mark.BLANK, Mark.BLANK, Mark.UNKNOWN, Mark.BLANK, gap.hint, "", ""))]
    if isinstance(answer, SpineInForce):
        return _flat_value(answer.parameter, year, answer.value)
    if len(answer.shares) == 1:
        return _flat_value(parameter, year, answer.shares[0].value)
    values = [share.value for share in answer.shares]
    source = "; ".join(dict.fromkeys(text for value in values for text in value.source))
    what = "; ".join(value.title for value in values)
    told = answer.derivation
    because = f"{told.because}: {_told(answer)}"
    return [Row((*_head(parameter), year, "", "", answer.value, told.basis.value, because, what, source))]


def _flat_value(parameter: Parameter, year: str, value: Value) -> list[Row]:
    head, tail = (*_head(parameter), year, value.start.isoformat()), (value.title, "; ".join(value.source))
    if value.value is not None:
        return [Row((*head, "", value.value, value.basis.value, value.because or "", *tail))]
    rows = []
    for point, pay in value.points.items():
        basis, because = value.known_by(point)
        rows.append(Row((*head, str(point), pay, basis.value, because or "", *tail)))
    return rows


def _head(parameter: Parameter) -> tuple[str, str, str]:
    return parameter.name, parameter.title, parameter.unit.value
