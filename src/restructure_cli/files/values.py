"""One value of a file: text, an id, a date, a figure plain or with what is known of it, held to what its key takes.

The shapes of entries (`shapes`) are put together from these. Text becomes figures through `scalars`. Beside each
reader stands what a YAML editor makes of the value (`seen`).
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from types import GenericAlias
from typing import Annotated, Any

from pydantic import ConfigDict, PlainValidator, ValidationError, WrapValidator
from pydantic_core import InitErrorDetails, PydanticCustomError
from typing_extensions import TypedDict

from restructure_cli.files import patterns, scalars, seen
from restructure_cli.files.seen import Schema, Seen
from restructure_cli.model.printed import Printed
from restructure_cli.model.quantities import ZERO, Basis, Quantity
from restructure_cli.model.structures import PERMANENT, TERM_TIME

LONGEST_ID = 120
_STRICT = ConfigDict(extra="forbid", strict=True)


def refuse(expected: str, hint: str = "", offset: int = 0) -> PydanticCustomError:
    """Make the fault of a value that its key does not take; `offset` is the character at which it goes wrong."""
    return PydanticCustomError("unreadable", "{expected}", {"expected": expected, "hint": hint, "offset": offset})


def read(reader: Callable[[str], Any], text: str) -> Any:
    """Read text; what the reader refuses becomes a fault of the file."""
    try:
        return reader(text)
    except scalars.Unreadable as fault:
        raise refuse(fault.expected, fault.hint, fault.offset) from None


def _scalar(reader: Callable[[str], Any], expected: str) -> Callable[[object], Any]:
    """Make a reader of one scalar; an empty value stays None."""

    def validate(value: object) -> Any:
        if value is None:
            return None
        if type(value) is not str:
            raise refuse(expected)
        return read(reader, value)

    return validate


def from_text(reader: Callable[[str], Any], expected: str, as_seen: Seen) -> Any:
    """Make a validator of one scalar."""
    return Annotated[Any, PlainValidator(_scalar(reader, expected)), as_seen]


def of_words(words: type[StrEnum], what: str) -> Any:
    """Make a validator of the words of an enumeration."""
    return from_text(one_of(words), what, Seen(seen.words(words)))


def of_certain(*words: str) -> Any:
    """Make a validator of certain words."""
    return from_text(word_of(*words), "text", Seen(seen.words(words)))


def _text(value: str) -> str:
    if not value.strip():
        raise scalars.Unreadable("some text")
    return value.strip()


def one_of(words: type[Any]) -> Callable[[str], Any]:
    """Make a reader of the words of an enumeration."""

    def read_word(text: str) -> Any:
        try:
            return words(text)
        except ValueError:
            listed = ", ".join(str(word) for word in words)
            raise scalars.Unreadable(f"one of these: {listed}", close_to(text, [str(word) for word in words])) from None

    return read_word


def word_of(*words: str) -> Callable[[str], str]:
    """Make a reader of certain words."""

    def read_word(text: str) -> str:
        if text not in words:
            raise scalars.Unreadable(f"one of these: {', '.join(words)}", close_to(text, words))
        return text

    return read_word


def close_to(text: str, words: Any) -> str:
    """Suggest the word that was meant."""
    from difflib import get_close_matches

    close = get_close_matches(text, list(words), n=1)
    return f'did you mean "{close[0]}"?' if close else "use one of them as it is written here"


def texts(value: object) -> tuple[str, ...] | None:
    """Read one text or a list of texts."""
    if type(value) is str:
        return (value,) if value else None
    if value is None:
        return None
    if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
        return tuple(value)
    raise refuse("text, or a list of texts")


_ID = re.compile(rf"\S{{1,{LONGEST_ID}}}")


def _an_id(value: object) -> str:
    if type(value) is str and _ID.fullmatch(value):
        return value
    raise refuse("an id: text without spaces, such as team-manager", "the title may have spaces; the id may not")


Text = from_text(_text, "text", Seen(seen.TEXT, "text"))


def _tenure(value: str) -> str:
    """Read a tenure; `Permanent` is permanent, because rules and claims ask for the word."""
    text = _text(value)
    return PERMANENT if text.casefold() == PERMANENT else text


Tenure = from_text(_tenure, "text", Seen(seen.TEXT, "text"))
Texts = Annotated[Any, PlainValidator(texts), Seen(seen.TEXTS, "texts")]
Id: Any = Annotated[
    str,
    PlainValidator(_an_id),
    Seen({"pattern": f"^\\S{{1,{LONGEST_ID}}}$", "errorMessage": "expected an id: text without spaces"}, "id"),
]
YesNo = from_text(scalars.boolean, "true or false", Seen(seen.YES_NO, "yes-no"))
BASIS = of_words(Basis, "a basis")
Moment = from_text(scalars.moment, "a date", Seen(seen.MOMENT, "date"))
Year = from_text(scalars.year, "a financial year", Seen(seen.YEAR, "financial-year"))


def _week(text: str) -> Decimal:
    found = scalars.hours(text)
    if found == ZERO:
        raise scalars.Unreadable("hours a week, more than nil", "leave it out where nobody says how long a week is")
    return found


FullTimeWeek = from_text(
    _week,
    "hours a week",
    Seen(
        seen.digits(patterns.FULL_TIME_WEEK, "hours a week, such as 37 or 29:36", exclusiveMinimum=0, maximum=168),
        "full-time-week",
    ),
)

SalarySpan = from_text(
    scalars.salary_span,
    "a salary or a range",
    Seen(seen.digits(patterns.SALARY_SPAN, 'a salary, or a range such as "£61,000-£68,000"', minimum=0), "salary"),
)

Keys = Mapping[str, tuple[Any, str]]
"""The keys of an entry, each with the kind of its value and one sentence: its meaning and unit."""


def shape(name: str, keys: Keys) -> Any:
    """Make the shape of one kind of entry: these keys, any of them left out, no others.

    Editors show the sentences of the keys, and `fmt` puts keys into this order.
    """
    make: Any = TypedDict  # its name and keys are known only here, which a type checker cannot follow
    made = make(name, {key: kind for key, (kind, _) in keys.items()}, total=False)
    made.__pydantic_config__ = _STRICT
    made.sentences = {key: sentence for key, (_, sentence) in keys.items()}
    return made


def mapping_of(key: Any, value: Any) -> Any:
    """Make the shape of a mapping whose keys and values have shapes of their own."""
    return GenericAlias(dict, (key, value))


def _figure(text: str, reader: Callable[[str], Any]) -> tuple[Decimal, Decimal]:
    value = read(reader, text)
    return value if isinstance(value, tuple) else (value, scalars.half_digit(value))


QUANTITY_KEYS = {
    "is": "The figure itself, in the unit of its key; empty where it is not known.",
    "basis": "How the figure is known: published, derived from others, or assumed.",
    "because": "Why it is derived or assumed.",
    "at": "The paragraph of the document that says so, or a list of paragraphs.",
}


def with_more(figure: Schema, name: str = "", of_is: Schema | None = None) -> Seen:
    """Return what an editor sees of a figure that may be a mapping; `of_is` where `is` takes less than the key."""
    kinds = {"is": of_is or figure, "basis": seen.words(Basis), "because": seen.TEXT, "at": seen.TEXTS}
    return Seen(seen.with_more(figure, {key: {**kinds[key], "description": told} for key, told in
                                        QUANTITY_KEYS.items()}), name)  # fmt: skip


def quantity(reader: Callable[[str], Any], expected: str, as_seen: Seen) -> Any:
    """Make a validator of a figure: plain text, or a mapping with `is`, `basis`, `because` and `at`.

    Written by hand where a shape would do, because a post has fifteen of them and building shapes takes time.
    """
    plain: dict[str, Quantity] = {}

    def figure(value: object) -> Quantity:
        if value is None:
            return Quantity(None)
        if type(value) is not str:
            raise refuse(expected)
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
            raise refuse(f"{expected}, or a mapping with is, basis, because and at")
        if "is" not in value:
            raise refuse("the figure itself, under `is:`", "leave `is:` empty where it is not known")
        told = _told(value, figure)
        inner: Quantity = told["is"]
        return Quantity(inner.value, told["basis"], told["because"], told["at"], inner.half_digit)

    return Annotated[Any, PlainValidator(validate), as_seen]


def _told(entry: Mapping[str, Any], figure: Callable[[object], Any]) -> dict[str, Any]:
    """Read a figure written as a mapping; its faults come all at once, each with the key it stands under."""
    readers: dict[str, Callable[[Any], Any]] = {
        "is": figure,
        "basis": _scalar(one_of(Basis), "a basis"),
        "because": _scalar(_text, "text"),
        "at": texts,
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
    return {"basis": None, "because": None, **parts, "at": parts.get("at") or ()}


def _figure_of(
    reader: Callable[[str], Any], expected: str, name: str, pattern: str, unit: str = "", **bounds: Any
) -> Any:
    """Make a validator of a figure that stands in many places, under the name by which a schema keeps it."""
    return quantity(reader, expected, with_more(seen.digits(pattern, unit or expected, **bounds), name))


Amount = _figure_of(scalars.amount, "a number, nil or more", "amount", patterns.AMOUNT, minimum=0)
Change = _figure_of(scalars.number, "a number", "change", patterns.NUMBER)
Headcount = _figure_of(
    scalars.whole_number, "a whole number", "headcount", patterns.WHOLE_NUMBER, type="integer", minimum=0
)
Money = _figure_of(scalars.money, "money", "money", patterns.MONEY, 'money, such as £30, "£86,000", 592k or £2.450m')
HoursFigure = _figure_of(
    scalars.hours, "hours a week", "hours", patterns.HOURS, "hours a week, such as 37 or 29:36", minimum=0, maximum=168
)
ScpPoint = _figure_of(
    scalars.scp, "a spinal column point", "scp", patterns.SCP, type="integer", minimum=0, maximum=999
)  # fmt: skip


def _share(text: str) -> Decimal:
    value = scalars.rate(text)
    if value < ZERO:
        raise scalars.Unreadable("a rate, nil or more", f"write {text.strip().lstrip('-')}")
    return value


RateFigure = quantity(
    _share, "a rate, such as 19.8%", with_more(seen.only_text(patterns.SHARE, "a rate, such as 19.8%"), "rate")
)


def _positive_money(text: str) -> tuple[Decimal, Decimal]:
    value, half = scalars.money(text)
    if value < ZERO:
        raise scalars.Unreadable("money, nil or more", "only a change can be below nil: cost_change")
    return value, half


Price = _figure_of(_positive_money, "money, nil or more", "price", patterns.PRICE, minimum=0)


def _weeks(value: object, handler: Callable[[object], Any]) -> Any:
    """Read weeks paid a year, or `term`."""
    if value == TERM_TIME:
        return TERM_TIME
    figure = handler(value)
    if figure.value is not None and figure.value > 53:
        raise refuse("weeks paid a year, 53 at most, or term")
    return figure


_WEEKS_SEEN = seen.digits(patterns.WEEKS, "weeks paid a year, 53 at most", minimum=0, maximum=53)
_OR_TERM = seen.digits(patterns.WEEKS_OR_TERM, "weeks paid a year, 53 at most, or term", minimum=0, maximum=53)
Weeks: Any = Annotated[Amount, WrapValidator(_weeks), with_more(_OR_TERM, "weeks", _WEEKS_SEEN)]


def printed_figure(reader: Callable[[str], Printed], expected: str) -> Callable[[object], Printed | None]:
    """Make a reader of a printed figure: plain text, or a mapping with `is`, `basis`, `because` and `at`."""

    def figure(value: object) -> Printed | None:
        if value is None:
            return None
        if type(value) is not str:
            raise refuse(expected)
        found: Printed = read(reader, value)
        return found

    def validate(value: object) -> Printed | None:
        if type(value) is not dict:
            return figure(value)
        if "is" not in value:
            raise refuse("the figure itself, under `is:`", "leave `is:` empty where it is not known")
        told = _told(value, figure)
        inner: Printed | None = told.pop("is")
        return inner._replace(**told) if inner is not None else None

    return validate
