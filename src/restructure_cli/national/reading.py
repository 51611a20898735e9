"""A parameter's YAML to the model, held against the one shape that all of them have.

These files are part of the program: a fault in one is a fault of ours, so it is raised as `Malformed`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from restructure_cli.files import scalars
from restructure_cli.files.tree import build
from restructure_cli.model.national import Exceptional, Follows, Parameter, Unit, Value
from restructure_cli.model.quantities import Basis

FORMAT = "national/1"
_HEADER = ("restructure", "title", "unit", "complete_to", "values")
_HEADER_MAY = ("note", "beyond", "follows")
_ENTRY = ("from", "title", "source", "basis")
_EXCEPTION = ("points", "basis", "because")
_FOLLOWS = ("spine", "points", "source", "basis")
_FIRST_DAYS = (1, 6)
"""Values begin with a month, or with a tax month, which counts as the month it begins in."""
_MOST = {Unit.RATE: Decimal(1), Unit.POUNDS_AN_HOUR: Decimal(100), Unit.POUNDS_A_YEAR: Decimal(1_000_000)}

Stated = Mapping[str, Any]
_Word = TypeVar("_Word")


class Malformed(Exception):
    """A file of ours does not have the shape; says which, where and what."""


def read(name: str, path: str, text: str) -> Parameter:
    """Read one parameter; raises Malformed for whatever its shape does not allow."""
    stated, findings = build(path, text)
    if stated is None or findings:
        raise Malformed(f"{path}: {findings[0].message if findings else 'empty'}")
    try:
        return _parameter(name, path, stated)
    except (Malformed, scalars.Unreadable) as fault:
        raise Malformed(f"{path}: {fault}") from None


def _parameter(name: str, path: str, stated: Stated) -> Parameter:
    _keys(stated, _HEADER, _HEADER_MAY, "the header")
    if stated["restructure"] != FORMAT:
        raise Malformed(f"the header says {stated['restructure']}, not {FORMAT}")
    unit = _word(Unit, stated["unit"], "unit")
    values = tuple(_value(unit, entry) for entry in _list(stated["values"], "values"))
    complete_to = scalars.year(_text(stated["complete_to"], "complete_to"))
    _in_order(unit, [value.start for value in values])
    if values[-1].start > date(complete_to.start + 1, 3, 31):
        raise Malformed("complete_to lies before the last value")
    return Parameter(
        name=name,
        title=_text(stated["title"], "title"),
        unit=unit,
        values=values,
        complete_to=complete_to,
        path=path,
        note=_text(stated["note"], "note") if "note" in stated else "",
        beyond=_text(stated["beyond"], "beyond") if "beyond" in stated else "",
        follows=_follows(unit, stated["follows"]) if "follows" in stated else None,
    )


def _in_order(unit: Unit, starts: list[date]) -> None:
    """Hold values to one a month, oldest first; and a spine, after its first values, to one a year."""
    if any(later.replace(day=1) <= earlier.replace(day=1) for earlier, later in pairwise(starts)):
        raise Malformed("values stand oldest first, each in a month of its own")
    if unit is Unit.SPINE and any(start.month != 4 for start in starts[1:]):
        raise Malformed("a spine changes with the year, in April")


def _value(unit: Unit, stated: Any) -> Value:
    holds = "points" if unit is Unit.SPINE else "value"
    may = ("because", "except") if unit is Unit.SPINE else ("because",)
    _keys(stated, (*_ENTRY, holds), may, "a value")
    points = _points(stated["points"]) if unit is Unit.SPINE else {}
    basis, because = _basis(stated, stated["from"])
    return Value(
        start=_start(_text(stated["from"], "from")),
        title=_text(stated["title"], "title"),
        source=_texts(stated["source"], "source"),
        basis=basis,
        because=because,
        value=None if unit is Unit.SPINE else _figure(unit, _text(stated["value"], "value")),
        points=points,
        exceptions=tuple(_exception(entry, points) for entry in _list(stated.get("except", []), "except", empty=True)),
    )


def _start(text: str) -> date:
    moment = scalars.moment(text)
    if moment.day not in _FIRST_DAYS:
        raise Malformed(f"{text}: a value begins on the 1st of a month, or on the 6th with a tax month")
    return moment.first_day()


def _figure(unit: Unit, text: str) -> Decimal:
    figure = scalars.rate(text) if unit is Unit.RATE else scalars.money(text)[0]
    if not 0 <= figure <= _MOST[unit]:
        raise Malformed(f"{text} cannot be a {unit}")
    return figure


def _points(stated: Any) -> dict[int, Decimal]:
    """Read a spine: its points without a gap, each paid more than the one below."""
    if not isinstance(stated, dict) or not stated:
        raise Malformed("points is a mapping of points to £ a year")
    points = {int(scalars.scp(point)): scalars.money(_text(pay, point))[0] for point, pay in stated.items()}
    numbers, pay = list(points), list(points.values())
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise Malformed("points stand in order, without a gap")
    if any(higher <= lower for lower, higher in pairwise(pay)):
        raise Malformed("a point is paid more than the one below it")
    return points


def _exception(stated: Any, points: Mapping[int, Decimal]) -> Exceptional:
    _keys(stated, _EXCEPTION, (), "an exception")
    spans = [scalars.scp_span(span.strip()) for span in _text(stated["points"], "points").split(",")]
    numbers = frozenset(point for span in spans for point in range(int(span.low), int(span.high) + 1))
    if not numbers <= points.keys():
        raise Malformed(f"points {sorted(numbers - points.keys())} are excepted from a spine that has them not")
    basis, because = _basis(stated, "an exception")
    return Exceptional(numbers, basis, because or "")


def _follows(unit: Unit, stated: Any) -> Follows:
    _keys(stated, _FOLLOWS, ("because",), "follows")
    if unit is not Unit.SPINE:
        raise Malformed("only a spine follows another")
    points = {
        int(scalars.scp(old)): int(scalars.scp(_text(new, f"old point {old}"))) for old, new in stated["points"].items()
    }
    basis, because = _basis(stated, "follows")
    return Follows(_text(stated["spine"], "spine"), points, _texts(stated["source"], "source"), basis, because)


def _basis(stated: Stated, where: str) -> tuple[Basis, str | None]:
    """Read the basis; what is not published says why."""
    basis = _word(Basis, stated["basis"], "basis")
    because = _text(stated["because"], "because") if "because" in stated else None
    if (basis is Basis.PUBLISHED) != (because is None):
        raise Malformed(f"{where}: `because` stands with a basis of derived or assumed, and only there")
    return basis, because


def _keys(stated: Any, must: Iterable[str], may: Iterable[str], where: str) -> None:
    if not isinstance(stated, dict):
        raise Malformed(f"{where} is not a mapping")
    must, may = set(must), set(may)
    if not must <= stated.keys() <= must | may:
        missing, strange = sorted(must - stated.keys()), sorted(stated.keys() - must - may)
        raise Malformed(f"{where}: missing {missing}, strange {strange}")


def _list(stated: Any, key: str, empty: bool = False) -> list[Any]:
    if not isinstance(stated, list) or not (stated or empty):
        raise Malformed(f"{key} is a list with something in it")
    return stated


def _texts(stated: Any, key: str) -> tuple[str, ...]:
    return tuple(_text(item, key) for item in _list(stated, key))


def _text(stated: Any, key: str) -> str:
    if not isinstance(stated, str) or not stated.strip():
        raise Malformed(f"{key} says nothing")
    return stated.strip()


def _word(words: Callable[[str], _Word], stated: Any, key: str) -> _Word:
    try:
        return words(stated)
    except ValueError:
        raise Malformed(f"{stated} is no {key}") from None
