"""grades/1: a pay scale, the employer's rates and what is assumed for later years, key by key."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import PlainValidator, WrapValidator

from restructure_cli.files import scalars
from restructure_cli.files.values import (
    BASIS,
    QUANTITY_KEYS,
    Hours,
    Price,
    RateFigure,
    Text,
    Texts,
    Year,
    from_text,
    mapping_of,
    one_of,
    quantity,
    read,
    refuse,
    shape,
    word_of,
)
from restructure_cli.model.grades import Point

GRADE = shape(
    "GradeShape",
    {
        "scp": from_text(scalars.scp_span, "a range of points"),
        "salary": from_text(scalars.salary_span, "a salary or a range"),
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


_RATES: Any = Annotated[mapping_of(Text, RateFigure), WrapValidator(_rates)]
_AWARD_TEXT = quantity(
    lambda text: scalars.rate(text) if text.strip().endswith("%") else scalars.money(text), "a rate or a sum"
)
_AGENCY = shape(
    "AgencyShape",
    {"rate": Price, "per": from_text(word_of("hour", "day"), "text"), "premium": RateFigure},
)
_LATER = shape(
    "LaterYearShape",
    {
        "pay_award": Annotated[_AWARD_TEXT, WrapValidator(_award)], "pension": RateFigure, "on_costs": _RATES,
        "vacancy_factor": RateFigure, "national_insurance": RateFigure, "secondary_threshold": Price,
        "apprenticeship_levy": RateFigure,
    },
)  # fmt: skip


def _point_key(value: object) -> int:
    if type(value) is not str:
        raise refuse("a spinal column point")
    return int(read(scalars.scp, value))


_POINT: Any = Annotated[int, PlainValidator(_point_key)]
_YEAR: Any = Annotated[str, PlainValidator(lambda text: str(read(scalars.year, text)))]

SHAPE = shape(
    "GradesShape",
    {
        "restructure": Text, "organisation": Text, "year": Year, "spine": Text,
        "points": mapping_of(_POINT, Price), "hours_per_week": Hours,
        "point": from_text(one_of(Point, "a point"), "text"), "pension": RateFigure, "on_costs": _RATES,
        "vacancy_factor": RateFigure, "agency": _AGENCY, "grades": mapping_of(str, GRADE | None) | None,
        "years": mapping_of(_YEAR, _LATER),
        "note": Text,
    },
)  # fmt: skip


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {"grades": GRADE, "years": _LATER}
    if not loc:
        return list(SHAPE.__annotations__)
    if len(loc) == 2 and loc[0] in places:
        return list(places[str(loc[0])].__annotations__)
    return list(QUANTITY_KEYS)
