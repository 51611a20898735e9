"""grades/1: a pay scale, the employer's rates and what is assumed for later years, key by key."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

from pydantic import PlainValidator, WrapValidator

from restructure_cli.files import patterns, scalars, seen
from restructure_cli.files.seen import Schema, Seen
from restructure_cli.files.values import (
    BASIS,
    QUANTITY_KEYS,
    FullTimeWeek,
    Price,
    RateFigure,
    SalarySpan,
    Text,
    Texts,
    Year,
    from_text,
    mapping_of,
    of_certain,
    of_words,
    quantity,
    read,
    refuse,
    shape,
    with_more,
)
from restructure_cli.model.grades import Point

_SPAN_OF_POINTS = seen.digits(patterns.SCP_SPAN, "a range of points, such as 25-28", type="integer", minimum=0,
                              maximum=999)  # fmt: skip

GRADE = shape(
    "GradeShape",
    {
        "scp": (
            from_text(scalars.scp_span, "a range of points", Seen(_SPAN_OF_POINTS)),
            "The spinal column points of the grade: a range, 25-28, or one point.",
        ),
        "salary": (
            SalarySpan,
            'Full-time pay in £ a year: a range, "£61,000-£68,000", or one salary.',
        ),
        "cost": (Price, "The published cost of one FTE, on-costs included, in £ a year."),
        "prices": (Year, "The financial year whose prices the published cost is in; absent: the file's."),
        "basis": (BASIS, "How the grade's figures are known: published, derived from others, or assumed."),
        "because": (Text, "Why they are derived or assumed."),
        "at": (Texts, "The paragraph of the document that says so, or a list of paragraphs."),
        "note": (Text, "What else a reader should know; a remark, read by nobody but people."),
    },
)


def _rates(value: object, handler: Callable[[object], Any]) -> Any:
    """Let one flat rate stand for all on-costs together; an on-cost that is named twice would be paid twice."""
    if value is None:
        return None
    if type(value) is dict:
        _each_once(value, lambda name: re.sub(r"[\W_]+", " ", name).strip().casefold(), "on-cost")
    return handler({"on-costs": value} if type(value) is str else value)


def _points(value: object, handler: Callable[[object], Any]) -> Any:
    """Refuse a point that stands twice, as 5 and as 05: the second would hide the first."""
    if value is None:
        return None
    if type(value) is dict:
        _each_once(value, _number_of, "point")
    return handler(value)


def _or_nothing(entry: Schema) -> Schema:
    return {**entry, "type": ["object", "null"]}


def _number_of(point: str) -> str:
    with suppress(scalars.Unreadable):  # what is wrong with it is told where it stands
        return f"{scalars.scp(point).normalize():f}"
    return point


def _each_once(entries: dict[str, Any], meaning: Callable[[str], str], what: str) -> None:
    first: dict[str, str] = {}
    for key in entries:
        same = first.setdefault(meaning(key), key)
        if same != key:
            raise refuse(f"each {what} once", f'"{key}" is "{same}" again: delete one of them')


def _or_one_rate(rates: Schema) -> Schema:
    """Let an editor take one rate for all on-costs, or nothing."""
    return {**rates, **_RATE, "type": ["string", "object", "null"]}


def _award(value: object, handler: Callable[[object], Any]) -> Any:
    """Read a pay award: a rate with a percent sign, or a flat sum."""
    text = value if type(value) is str else value.get("is") if type(value) is dict else None
    return ("rate" if type(text) is str and text.strip().endswith("%") else "sum", handler(value))


def _part(value: object, handler: Callable[[object], Any]) -> Any:
    """Read a share that leaves something."""
    figure = handler(value)
    if figure.value is not None and figure.value >= 1:
        raise refuse("a share below 100%", "of all that is always vacant nothing is left to pay for")
    return figure


_PART: Any = Annotated[
    RateFigure, WrapValidator(_part), with_more(seen.only_text(patterns.PART, "a share below 100%, such as 4%"), "part")
]
_RATE = seen.only_text(patterns.RATE, "a rate, such as 19.8%")
_RATES: Any = Annotated[mapping_of(Text, RateFigure), WrapValidator(_rates), Seen(_or_one_rate, "on-costs")]
_AWARD_TEXT = quantity(
    lambda text: scalars.rate(text) if text.strip().endswith("%") else scalars.money(text),
    "a rate or a sum",
    with_more(seen.digits(patterns.AWARD, "a rate, such as 3.2%, or a sum, such as £1,925")),
)
_AGENCY = shape(
    "AgencyShape",
    {
        "rate": (Price, "What an agency worker costs, in £ an hour or a day."),
        "per": (of_certain("hour", "day"), "What the rate is for: an hour or a day."),
        "premium": (RateFigure, "What an agency worker costs above an employee, as a share of the employee's cost."),
    },
)
_PENSION = (RateFigure, "The employer's pension contribution, as a share of pensionable pay.")
_ON_COSTS = (_RATES, "What the employer pays on top of pay: shares of pay by name, or one for all together.")
_VACANCY_FACTOR = (_PART, "The share of computed pay that is not budgeted, because some posts are always vacant.")
_LATER = shape(
    "LaterYearShape",
    {
        "pay_award": (
            Annotated[_AWARD_TEXT, WrapValidator(_award)],
            "The pay award assumed for the year: a rate, 3.2%, or a flat sum in £ a year.",
        ),
        "pension": _PENSION,
        "on_costs": _ON_COSTS,
        "vacancy_factor": _VACANCY_FACTOR,
        "national_insurance": (RateFigure, "The employer's rate of National Insurance, while it is not law yet."),
        "secondary_threshold": (Price, "The pay above which it is due, in £ a year, while it is not law yet."),
        "apprenticeship_levy": (RateFigure, "The apprenticeship levy as a share of pay, while it is not law yet."),
    },
)


def _point_key(value: object) -> int:
    if type(value) is not str:
        raise refuse("a spinal column point")
    return int(read(scalars.scp, value))


_POINT: Any = Annotated[
    int,
    PlainValidator(_point_key),
    Seen({"pattern": patterns.SCP, "errorMessage": "expected a spinal column point, such as 28"}),
]
_POINTS: Any = Annotated[mapping_of(_POINT, Price), WrapValidator(_points), Seen(_or_nothing, "points")]
_YEAR: Any = Annotated[
    str,
    PlainValidator(lambda text: str(read(scalars.year, text))),
    Seen({"pattern": patterns.YEAR, "errorMessage": "expected a financial year, such as 2024-25"}),
]

SHAPE = shape(
    "GradesShape",
    {
        "restructure": (Text, "What the file is and the version of its format: grades/1. The first key."),
        "organisation": (Text, "The name of the employer."),
        "year": (Year, "The financial year of the pay scale and the rates."),
        "hours_per_week": (FullTimeWeek, "Hours in a full-time week: 37, 36.5 or 36:30."),
        "point": (of_words(Point, "a point"), "The point of a grade at which posts are costed: bottom, mid or top."),
        "note": (Text, "What else a reader should know of the file; a remark, read by nobody but people."),
        "spine": (Text, "A national pay spine that comes with the tool, such as njc; or `points` of the employer's."),
        "points": (_POINTS, "The employer's pay spine: full-time pay in £ a year, by point."),
        "pension": _PENSION,
        "on_costs": _ON_COSTS,
        "vacancy_factor": _VACANCY_FACTOR,
        "agency": (_AGENCY | None, "What agency workers cost, by the hour or day, or above an employee."),
        "grades": (
            mapping_of(str, GRADE | None) | None,
            "The grades: points, a salary, a published cost, or `{}` for one that is not priced.",
        ),
        "years": (
            mapping_of(_YEAR, _LATER | None) | None,
            "What is assumed for later financial years, each under its year.",
        ),
    },
)


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {"grades": GRADE, "years": _LATER}
    if not loc:
        return list(SHAPE.__annotations__)
    if len(loc) == 2 and loc[0] in places:
        return list(places[str(loc[0])].__annotations__)
    return list(QUANTITY_KEYS)
