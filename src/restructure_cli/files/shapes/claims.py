"""claims/1: what a report prints, key by key."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import PlainValidator, WrapValidator

from restructure_cli.files import printed, scalars
from restructure_cli.files.expressions import expression
from restructure_cli.files.values import (
    QUANTITY_KEYS,
    Id,
    Text,
    Texts,
    close_to,
    from_text,
    mapping_of,
    printed_figure,
    read,
    refuse,
    shape,
    texts,
)
from restructure_cli.model.claims import Key, Measure, Side

_OF_A_SIDE = (
    "fte", "positions", "people", "filled", "agency", "vacant", "displaced", "teams", "lines", "reports", "hours",
    "cost",
)  # fmt: skip
_PARTS = {"fte": ("parts",), "cost": ("bottom", "mid", "top", "one_off", "full_year", "parts")}
_OF_A_POOL = ("filled", "fte", "slack")
_OF_A_YEAR = (Side.NEED, Side.FUNDING, Side.GAP, Side.AVAILABLE)
_OF_A_GAP = ("approved", "all")
_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)


def _measure(text: str) -> Measure:
    """Read a measure, such as `current.fte`, `change.cost.top`, `pool.slack` or `gap.approved.2024-25`."""
    head, *words = text.split(".")
    if head not in list(Side):
        raise scalars.Unreadable("a measure, such as current.fte or gap.2024-25", close_to(head, list(Side)))
    side = Side(head)
    if side in _OF_A_YEAR:
        name = words.pop(0) if side is Side.GAP and words and words[0] in _OF_A_GAP else ""
        year = scalars.year(words[0]) if len(words) == 1 else None
        if year is None:
            raise scalars.Unreadable(f"{head} of a year, such as {head}.2024-25")
        return Measure(side, name, year=str(year))
    names = _OF_A_POOL if side is Side.POOL else _OF_A_SIDE
    if not words or words[0] not in names:
        raise scalars.Unreadable(f"{head} and one of: {', '.join(names)}", close_to(words[0] if words else "", names))
    parts = () if side is Side.POOL else _PARTS.get(words[0], ())
    if len(words) > 2 or (len(words) == 2 and words[1] not in parts):
        told = f"{head}.{words[0]}" + (f", or with one of: {', '.join(parts)}" if parts else "")
        raise scalars.Unreadable(told, close_to(words[1], parts))
    return Measure(side, *words)


def _choice(value: object) -> Any:
    """Read one choice: a mapping of keys to a value or several, and `except`."""
    if not isinstance(value, dict) or not value:
        raise refuse("a selection, such as {team: assessment, grade: [H, I]}")
    for key in value:
        if key not in [*Key, "except"]:
            raise refuse(f"{', '.join(Key)} or except; found {key}", close_to(str(key), [*Key, "except"]))
    found: dict[str, Any] = {key: _values(key, given) for key, given in value.items() if key != "except"}
    if "except" in value:
        found["except"] = _choices(value["except"])
    return found


def _values(key: str, value: object) -> tuple[str, ...]:
    given = texts(value)
    if not given:
        raise refuse(f"one value of {key}, or a list of them")
    if key in (Key.CONDITIONAL, Key.COUNTED):
        for text in given:
            read(scalars.boolean, text)
    return given


def _choices(value: object) -> list[Any]:
    return [_choice(one) for one in value] if isinstance(value, list) and value else [_choice(value)]


def _term_name(value: object) -> str:
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    raise refuse("a name of letters, digits, - and _, a letter first")


_FIGURE: Any = Annotated[Any, PlainValidator(printed_figure(printed.printed, "a figure"))]
_SELECTION: Any = Annotated[Any, PlainValidator(_choices)]
_TAKE = shape("TakeShape", {"take": from_text(_measure, "a measure"), "of": _SELECTION, "claim": Text})


def _term(value: object, handler: Callable[[object], Any]) -> Any:
    """Read a term of `let`: a figure, what another claim prints, or a measure over a selection."""
    if isinstance(value, str):
        return read(printed.printed, value)
    if not isinstance(value, dict) or ("take" in value) == ("claim" in value) or ("claim" in value and len(value) > 1):
        raise refuse("a figure, `{take: measure, of: …}` or `{claim: id}`")
    return handler(value)


CLAIM = shape(
    "ClaimShape",
    {
        "at": Texts, "says": Text, "of": _SELECTION,
        "expect": mapping_of(Annotated[Any, PlainValidator(lambda text: read(_measure, text))], _FIGURE),
        "let": mapping_of(
            Annotated[str, PlainValidator(_term_name)], Annotated[_TAKE, WrapValidator(_term)]
        ),
        "compute": from_text(expression, "an expression"), "prints": _FIGURE, "same_as": Text, "cannot": Text,
        "known": shape("KnownDifferenceShape", {"difference": _FIGURE, "because": Text}),
    },
)  # fmt: skip

SHAPE = shape("ClaimsShape", {"restructure": Text, "claims": mapping_of(Id, CLAIM | None) | None, "note": Text})


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    if not loc:
        return list(SHAPE.__annotations__)
    if len(loc) == 2 and loc[0] == "claims":
        return list(CLAIM.__annotations__)
    if loc[-1] == "known":
        return ["difference", "because"]
    return ["take", "of", "claim"] if "let" in loc else list(QUANTITY_KEYS)
