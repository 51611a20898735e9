"""structure/1: teams, posts, other costs and published totals, key by key."""

from collections.abc import Callable
from types import GenericAlias
from typing import Annotated, Any

from pydantic import PlainValidator, WrapValidator

from restructure_cli.files import scalars
from restructure_cli.files.values import (
    BASIS,
    QUANTITY_KEYS,
    Amount,
    Change,
    Headcount,
    Hours,
    HoursFigure,
    Id,
    Moment,
    Money,
    Price,
    ScpPoint,
    Text,
    Texts,
    Weeks,
    Year,
    YesNo,
    from_text,
    mapping_of,
    one_of,
    quantity,
    read,
    shape,
    texts,
    word_of,
)
from restructure_cli.model.structures import Counts, Way


def _ways(value: object) -> tuple[Way, ...]:
    words = texts(value) or ()
    return tuple(read(one_of(Way, "a way"), word) for word in words)


def _move(value: object, handler: Callable[[object], Any]) -> Any:
    return {"post": value} if type(value) is str else handler(value)


_MOVE_KEYS: dict[str, Any] = {"post": Text, "by": Annotated[Any, PlainValidator(_ways)], "fte": Amount}
_MOVE: Any = Annotated[
    shape("MoveShape", _MOVE_KEYS),
    WrapValidator(_move),
]


def _moves(value: object, handler: Callable[[object], Any]) -> Any:
    if value is None:
        return None
    return handler([value] if type(value) in (str, dict) else value)


_KNOWN = shape("KnownShape", {"difference": quantity(scalars.money, "a number or money"), "because": Text})

CONTROL = shape(
    "ControlShape",
    {
        "fte": Amount, "filled": Amount, "positions": Headcount, "cost": Money, "cost_change": Money,
        "itemised": YesNo, "known": _KNOWN, "at": Texts,
    },
)  # fmt: skip

TEAM = shape(
    "TeamShape",
    {
        "title": Text, "within": Text, "counted_within": Text, "lead": Text, "starts": Moment, "ends": Moment,
        "subject_to": Text, "teams": Headcount, "control": CONTROL | None, "at": Texts, "note": Text,
        "deleted": YesNo,
    },
)  # fmt: skip

POST = shape(
    "PostShape",
    {
        "title": Text, "team": Text, "grade": Texts,
        "grading": from_text(word_of("evaluated", "indicative", "pending"), "text"),
        "tenure": Text, "reports_to": Text, "numbers": Texts, "code": Text,
        "fte": Amount, "fte_change": Change, "positions": Headcount, "hours": HoursFigure, "weeks": Weeks,
        "scp": ScpPoint,
        "salary": from_text(scalars.salary_span, "a salary or a range"), "supplement": Money, "cost": Price,
        "cost_change": Money, "prices": Year,
        "filled": Amount, "people": Headcount, "agency": Amount, "vacant": Amount,
        "away": mapping_of(Id, Amount) | None, "on_hold": Amount,
        "starts": Moment, "ends": Moment, "lasts": Text, "joins": Moment, "subject_to": Text,
        "from": Annotated[GenericAlias(list, (_MOVE,)), WrapValidator(_moves)],
        "funding": mapping_of(Id, Amount) | None,
        "of_which": Text, "counted": YesNo, "because": Text,
        "basis": BASIS,
        "at": Texts, "note": Text, "deleted": YesNo,
    },
)  # fmt: skip

COST = shape(
    "CostShape",
    {
        "title": Text, "team": Text, "amount": Money, "rate": Money, "times": Amount, "units": Amount,
        "per": from_text(word_of("year", "month", "week", "day"), "text"),
        "recurrent": YesNo, "from": Moment, "until": Moment, "covers": Texts, "of_which": Text, "counted": YesNo,
        "because": Text, "basis": BASIS, "at": Texts, "note": Text,
        "deleted": YesNo,
    },
)  # fmt: skip

SHAPE = shape(
    "StructureShape",
    {
        "restructure": Text, "based_on": Text, "organisation": Text, "service": Text, "title": Text,
        "as_at": Moment, "counts": from_text(one_of(Counts, "a count"), "text"), "hours_per_week": Hours,
        "document": Text, "control": CONTROL | None,
        "teams": mapping_of(Id, TEAM | None) | None, "posts": mapping_of(Id, POST | None) | None,
        "costs": mapping_of(Id, COST | None) | None, "note": Text,
    },
)  # fmt: skip


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {"teams": TEAM, "posts": POST, "costs": COST}
    if not loc:
        return list(SHAPE.__annotations__)
    if "control" in loc:
        return list((_KNOWN if loc[-1] == "known" else CONTROL).__annotations__)
    if len(loc) == 2 and loc[0] in places:
        return list(places[str(loc[0])].__annotations__)
    if "from" in loc:
        return list(_MOVE_KEYS)
    return list(QUANTITY_KEYS)
