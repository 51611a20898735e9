"""The formats structure/1 and grades/1, key by key, for pydantic to hold files against.

Each shape lists the keys of one kind of entry; what the file does not state stays out of the result, which is
what overlays need. Text becomes figures through `scalars`; every fault of a file comes out of one validation.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import GenericAlias
from typing import Annotated, Any

from pydantic import ConfigDict, PlainValidator, TypeAdapter, ValidationError, WrapValidator
from pydantic_core import InitErrorDetails, PydanticCustomError
from typing_extensions import TypedDict

from restructure_cli.files import scalars
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import ZERO, Basis, Quantity
from restructure_cli.model.structures import TERM_TIME, Counts, Way

LONGEST_ID = 120
_STRICT = ConfigDict(extra="forbid", strict=True)


def _refuse(expected: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError("unreadable", "{expected}", {"expected": expected, "hint": hint})


def _read(reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except scalars.Unreadable as fault:
        raise _refuse(fault.expected, fault.hint) from None


def _scalar(reader: Callable[[str], Any], expected: str) -> Callable[[object], Any]:
    """Make a reader of one scalar; an empty value stays None."""

    def validate(value: object) -> Any:
        if value is None:
            return None
        if type(value) is not str:
            raise _refuse(expected)
        return _read(reader, value)

    return validate


def _from_text(reader: Callable[[str], Any], expected: str) -> Any:
    """Make a validator of one scalar."""
    return Annotated[Any, PlainValidator(_scalar(reader, expected))]


def _text(value: str) -> str:
    if not value.strip():
        raise scalars.Unreadable("some text")
    return value.strip()


def _one_of(words: type[Any], what: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return words(text)
        except ValueError:
            listed = ", ".join(str(word) for word in words)
            raise scalars.Unreadable(f"one of these: {listed}", _close(text, [str(word) for word in words])) from None

    return read


def _word_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise scalars.Unreadable(f"one of these: {', '.join(words)}", _close(text, words))
        return text

    return read


def _close(text: str, words: Any) -> str:
    from difflib import get_close_matches

    close = get_close_matches(text, list(words), n=1)
    return f'did you mean "{close[0]}"?' if close else "use one of them as it is written here"


def _texts(value: object) -> tuple[str, ...] | None:
    """Read one text or a list of texts."""
    if type(value) is str:
        return (value,) if value else None
    if value is None:
        return None
    if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
        return tuple(value)
    raise _refuse("text, or a list of texts")


_ID = re.compile(rf"\S{{1,{LONGEST_ID}}}")


def _an_id(value: object) -> str:
    if type(value) is str and _ID.fullmatch(value):
        return value
    raise _refuse("an id: text without spaces, such as team-manager", "the title may have spaces; the id may not")


Text = _from_text(_text, "text")
Texts = Annotated[Any, PlainValidator(_texts)]
Id: Any = Annotated[str, PlainValidator(_an_id)]
YesNo = _from_text(scalars.boolean, "true or false")
BASIS = _from_text(_one_of(Basis, "a basis"), "a basis")
Moment = _from_text(scalars.moment, "a date")
Year = _from_text(scalars.year, "a financial year")
Hours = _from_text(scalars.hours, "hours a week")


def _shape(name: str, keys: dict[str, Any]) -> Any:
    """Make the shape of one kind of entry: these keys, any of them left out, no others."""
    make: Any = TypedDict  # its name and keys are known only here, which a type checker cannot follow
    shape = make(name, keys, total=False)
    shape.__pydantic_config__ = _STRICT
    return shape


def _mapping(key: Any, value: Any) -> Any:
    """Make the shape of a mapping whose keys and values have shapes of their own."""
    return GenericAlias(dict, (key, value))


def _figure(text: str, reader: Callable[[str], Any]) -> tuple[Decimal, Decimal]:
    value = _read(reader, text)
    return value if isinstance(value, tuple) else (value, scalars.half_digit(value))


_QUANTITY_KEYS = ("is", "basis", "because", "at")


def _quantity(reader: Callable[[str], Any], expected: str) -> Any:
    """Make a validator of a figure: plain text, or a mapping with `is`, `basis`, `because` and `at`.

    Written by hand where a shape would do, because a post has fifteen of them and building shapes takes time.
    """
    plain: dict[str, Quantity] = {}

    def figure(value: object) -> Quantity:
        if value is None:
            return Quantity(None)
        if type(value) is not str:
            raise _refuse(expected)
        found, half = _figure(value, reader)
        return Quantity(found, half_digit=half)

    def validate(value: object) -> Quantity:
        if type(value) is str:
            found = plain.get(value)
            if found is None:
                found = plain[value] = figure(value)
            return found
        if value is None:
            return Quantity(None)
        if type(value) is not dict:
            raise _refuse(f"{expected}, or a mapping with is, basis, because and at")
        if "is" not in value:
            raise _refuse("the figure itself, under `is:`", "leave `is:` empty where it is not known")
        return _told_more(value, figure)

    return Annotated[Any, PlainValidator(validate)]


def _told_more(entry: Mapping[str, Any], figure: Callable[[object], Quantity]) -> Quantity:
    """Read a figure written as a mapping; its faults come all at once, each with the key it stands under."""
    readers: dict[str, Callable[[Any], Any]] = {
        "is": figure,
        "basis": _scalar(_one_of(Basis, "a basis"), "a basis"),
        "because": _scalar(_text, "text"),
        "at": _texts,
    }
    faults: list[InitErrorDetails] = []
    parts: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in readers:
            faults.append({"type": "extra_forbidden", "loc": (key,), "input": value})
            continue
        try:
            parts[key] = readers[key](value)
        except PydanticCustomError as fault:
            faults.append({"type": fault, "loc": (key,), "input": value})
    if faults:
        raise ValidationError.from_exception_data("figure", faults)
    inner: Quantity = parts["is"]
    return Quantity(inner.value, parts.get("basis"), parts.get("because"), parts.get("at") or (), inner.half_digit)


Amount = _quantity(scalars.amount, "a number, nil or more")
Change = _quantity(scalars.number, "a number")
Headcount = _quantity(scalars.whole_number, "a whole number")
Money = _quantity(scalars.money, "money")
HoursFigure = _quantity(scalars.hours, "hours a week")
ScpPoint = _quantity(scalars.scp, "a spinal column point")
RateFigure = _quantity(scalars.rate, "a rate, such as 19.8%")


def _positive_money(text: str) -> tuple[Decimal, Decimal]:
    value, half = scalars.money(text)
    if value < ZERO:
        raise scalars.Unreadable("money, nil or more", "only a change can be below nil: cost_change")
    return value, half


Price = _quantity(_positive_money, "money, nil or more")


def _weeks(value: object, handler: Callable[[object], Any]) -> Any:
    """Read weeks paid a year, or `term`."""
    if value == TERM_TIME:
        return TERM_TIME
    figure = handler(value)
    if figure.value is not None and figure.value > 53:
        raise _refuse("weeks paid a year, 53 at most, or term")
    return figure


Weeks: Any = Annotated[Amount, WrapValidator(_weeks)]


def _ways(value: object) -> tuple[Way, ...]:
    words = _texts(value) or ()
    return tuple(_read(_one_of(Way, "a way"), word) for word in words)


def _move(value: object, handler: Callable[[object], Any]) -> Any:
    return {"post": value} if type(value) is str else handler(value)


_MOVE: Any = Annotated[
    _shape("MoveShape", {"post": Text, "by": Annotated[Any, PlainValidator(_ways)], "fte": Amount}),
    WrapValidator(_move),
]


def _moves(value: object, handler: Callable[[object], Any]) -> Any:
    if value is None:
        return None
    return handler([value] if type(value) in (str, dict) else value)


_KNOWN = _shape("KnownShape", {"difference": _quantity(scalars.money, "a number or money"), "because": Text})

CONTROL = _shape(
    "ControlShape",
    {
        "fte": Amount, "filled": Amount, "positions": Headcount, "cost": Money, "cost_change": Money,
        "itemised": YesNo, "known": _KNOWN, "at": Texts,
    },
)  # fmt: skip

TEAM = _shape(
    "TeamShape",
    {
        "title": Text, "within": Text, "counted_within": Text, "lead": Text, "starts": Moment, "ends": Moment,
        "subject_to": Text, "teams": Headcount, "control": CONTROL | None, "at": Texts, "note": Text,
        "deleted": YesNo,
    },
)  # fmt: skip

POST = _shape(
    "PostShape",
    {
        "title": Text, "team": Text, "grade": Texts,
        "grading": _from_text(_word_of("evaluated", "indicative", "pending"), "text"),
        "tenure": Text, "reports_to": Text, "numbers": Texts, "code": Text,
        "fte": Amount, "fte_change": Change, "positions": Headcount, "hours": HoursFigure, "weeks": Weeks,
        "scp": ScpPoint, "supplement": Money, "cost": Price, "cost_change": Money, "prices": Year,
        "filled": Amount, "people": Headcount, "agency": Amount, "vacant": Amount,
        "away": _mapping(Id, Amount) | None, "on_hold": Amount,
        "starts": Moment, "ends": Moment, "lasts": Text, "joins": Moment, "subject_to": Text,
        "from": Annotated[GenericAlias(list, (_MOVE,)), WrapValidator(_moves)], "funding": _mapping(Id, Amount) | None,
        "of_which": Text, "counted": YesNo, "because": Text,
        "basis": BASIS,
        "at": Texts, "note": Text, "deleted": YesNo,
    },
)  # fmt: skip

COST = _shape(
    "CostShape",
    {
        "title": Text, "team": Text, "amount": Money, "rate": Money, "times": Amount, "units": Amount,
        "per": _from_text(_word_of("year", "month", "week", "day"), "text"),
        "recurrent": YesNo, "from": Moment, "until": Moment, "covers": Texts, "of_which": Text, "counted": YesNo,
        "because": Text, "basis": BASIS, "at": Texts, "note": Text,
        "deleted": YesNo,
    },
)  # fmt: skip

STRUCTURE = _shape(
    "StructureShape",
    {
        "restructure": Text, "based_on": Text, "organisation": Text, "service": Text, "title": Text,
        "as_at": Moment, "counts": _from_text(_one_of(Counts, "a count"), "text"), "hours_per_week": Hours,
        "document": Text, "control": CONTROL | None,
        "teams": _mapping(Id, TEAM | None) | None, "posts": _mapping(Id, POST | None) | None,
        "costs": _mapping(Id, COST | None) | None, "note": Text,
    },
)  # fmt: skip

GRADE = _shape(
    "GradeShape",
    {
        "scp": _from_text(scalars.scp_span, "a range of points"),
        "salary": _from_text(scalars.salary_span, "a salary or a range"),
        "cost": Price, "prices": Year, "basis": BASIS,
        "because": Text, "at": Texts, "note": Text,
    },
)  # fmt: skip


def _rates(value: object, handler: Callable[[object], Any]) -> Any:
    """Let one flat rate stand for all on-costs together."""
    return handler({"on-costs": value} if type(value) is str else value)


def _award(value: object, handler: Callable[[object], Any]) -> Any:
    """Read a pay award: a rate with a percent sign, or a flat sum."""
    text = value if type(value) is str else value.get("is") if type(value) is dict else None
    return ("rate" if type(text) is str and text.strip().endswith("%") else "sum", handler(value))


_RATES: Any = Annotated[_mapping(Text, RateFigure), WrapValidator(_rates)]
_AWARD_TEXT = _quantity(
    lambda text: scalars.rate(text) if text.strip().endswith("%") else scalars.money(text), "a rate or a sum"
)
_AGENCY = _shape(
    "AgencyShape",
    {"rate": Price, "per": _from_text(_word_of("hour", "day"), "text"), "premium": RateFigure},
)
_LATER = _shape(
    "LaterYearShape",
    {
        "pay_award": Annotated[_AWARD_TEXT, WrapValidator(_award)], "pension": RateFigure, "on_costs": _RATES,
        "vacancy_factor": RateFigure, "national_insurance": RateFigure, "secondary_threshold": Price,
        "apprenticeship_levy": RateFigure,
    },
)  # fmt: skip


def _point_key(value: object) -> int:
    if type(value) is not str:
        raise _refuse("a spinal column point")
    return int(_read(scalars.scp, value))


_POINT: Any = Annotated[int, PlainValidator(_point_key)]
_YEAR: Any = Annotated[str, PlainValidator(lambda text: str(_read(scalars.year, text)))]

GRADES = _shape(
    "GradesShape",
    {
        "restructure": Text, "organisation": Text, "year": Year, "spine": Text,
        "points": _mapping(_POINT, Price), "hours_per_week": Hours,
        "point": _from_text(_one_of(Point, "a point"), "text"), "pension": RateFigure, "on_costs": _RATES,
        "vacancy_factor": RateFigure, "agency": _AGENCY, "grades": _mapping(str, GRADE | None) | None,
        "years": _mapping(_YEAR, _LATER),
        "note": Text,
    },
)  # fmt: skip

SHAPES: dict[str, Any] = {"structure/1": STRUCTURE, "grades/1": GRADES}
"""The formats this version reads, by what their header says."""


def adapter(header: str) -> TypeAdapter[Any]:
    """Return the validator of a format; built when first asked for, because building takes time."""
    return TypeAdapter(SHAPES[header])


def keys_at(header: str, loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {
        "structure/1": {"teams": TEAM, "posts": POST, "costs": COST},
        "grades/1": {"grades": GRADE, "years": _LATER},
    }[header]
    if not loc:
        return list(SHAPES[header].__annotations__)
    last = str(loc[-1])
    if "control" in loc:
        return list((_KNOWN if last == "known" else CONTROL).__annotations__)
    if len(loc) >= 2 and loc[0] in places:
        if len(loc) == 2:
            return list(places[str(loc[0])].__annotations__)
        if "from" in loc:
            return ["post", "by", "fte"]
    return list(_QUANTITY_KEYS)
