"""claims/1: what a report prints, key by key."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationError, WrapValidator
from pydantic_core import InitErrorDetails, PydanticCustomError

from restructure_cli.files import patterns, printed, scalars, seen
from restructure_cli.files.expressions import expression
from restructure_cli.files.seen import Schema, Seen
from restructure_cli.files.values import (
    QUANTITY_KEYS,
    Id,
    Keys,
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
    with_more,
)
from restructure_cli.model.claims import Choice, Key, Measure, Selection, Side

_OF_A_SIDE = (
    "fte", "positions", "people", "filled", "agency", "vacant", "displaced", "teams", "lines", "reports", "hours",
    "cost",
)  # fmt: skip
_PARTS = {"fte": ("parts",), "cost": ("bottom", "mid", "top", "one_off", "full_year", "parts")}
_OF_A_POOL = ("filled", "fte", "slack")
_OF_A_YEAR = (Side.NEED, Side.FUNDING, Side.GAP, Side.AVAILABLE)
_OF_A_GAP = ("approved", "all")
_Loc = tuple[str | int, ...]
_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
SELECTED_BY = {
    Key.POST: "The id of a post, or a list of ids.",
    Key.TEAM: "The id of a team, or a list: the lines of it and of every team below it.",
    Key.GRADE: "A grade, or a list of grades.",
    Key.TENURE: "A tenure, such as permanent, or a list of them.",
    Key.FUND: "A fund that pays for the post, or a list of funds.",
    Key.CHANGES: "What changes, in the words of `diff`, such as new or regraded, or a list of them.",
    Key.COST: "The id of a cost that is not a post's, or a list of ids.",
    Key.POOL: "The id of any post of a pool, or a list of ids: the lines of the whole pool.",
    Key.NEED: "The id of a need in the funding file, or a list of ids.",
    Key.SOURCE: "The id of a source in the funding file, or a list of ids.",
    Key.CONDITIONAL: "True for lines that depend on a condition, false for those that do not.",
    Key.COUNTED: "True for lines that are in the totals, false for those that are left out.",
}
"""What lines are selected by, each key with one sentence for an editor."""
_KEYS: Mapping[str, Key] = {key.value: key for key in SELECTED_BY}


_NAME_A_KEY = "name the key: team, post, grade…"
_NO_SELECTION = "name what is meant; a claim about every line has no `of` at all"
_SIDES = {side.value: side for side in Side}


@lru_cache(maxsize=1024)
def _measure(text: str) -> Measure:
    """Read a measure, such as `current.fte`, `change.cost.top`, `pool.slack` or `gap.approved.2024-25`."""
    head, *words = text.split(".")
    if head not in _SIDES:
        raise scalars.Unreadable("a measure, such as current.fte or gap.2024-25", close_to(head, list(Side)))
    side = _SIDES[head]
    if side in _OF_A_YEAR:
        name = words.pop(0) if side is Side.GAP and words and words[0] in _OF_A_GAP else ""
        year = scalars.year(words[0]) if len(words) == 1 else None
        if year is None:
            raise scalars.Unreadable(f"{head} of a year, such as {head}.2024-25", "name the year after a point")
        return Measure(side, name, year=str(year))
    names = _OF_A_POOL if side is Side.POOL else _OF_A_SIDE
    if not words or words[0] not in names:
        raise scalars.Unreadable(f"{head} and one of: {', '.join(names)}", close_to(words[0] if words else "", names))
    parts = () if side is Side.POOL else _PARTS.get(words[0], ())
    if len(words) > 2 or (len(words) == 2 and words[1] not in parts):
        told = f"{head}.{words[0]}" + (f", or with one of: {', '.join(parts)}" if parts else "")
        raise scalars.Unreadable(told, close_to(words[1], parts))
    return Measure(side, *words)


def _measures(**of_the_year: Any) -> Schema:
    """Return the schema of a measure: those of a side or a pool by name, those of a year by what stands before it."""
    named: list[str | None] = []
    for side in (side for side in Side if side not in _OF_A_YEAR):
        for name in _OF_A_POOL if side is Side.POOL else _OF_A_SIDE:
            parts = () if side is Side.POOL else _PARTS.get(name, ())
            named += [f"{side}.{name}", *(f"{side}.{name}.{part}" for part in parts)]
    of_gaps = [f"{Side.GAP}\\.{name}" for name in _OF_A_GAP]
    of_years = patterns.of_a_year("|".join([*_OF_A_YEAR, *of_gaps]))
    return {
        "anyOf": [{"enum": named}, {"pattern": of_years, **of_the_year}],
        "errorMessage": "expected a measure, such as current.fte or gap.2024-25",
    }


def _selection(value: object) -> Selection:
    """Read a selection; its faults come all at once, each at the key it stands under."""
    faults: list[InitErrorDetails] = []
    found = _choices(value, (), faults)
    if faults:
        raise ValidationError.from_exception_data("selection", faults)
    return found


def _choices(value: object, loc: _Loc, faults: list[InitErrorDetails]) -> Selection:
    if isinstance(value, list) and value:
        return tuple(_choice(one, (*loc, number), faults) for number, one in enumerate(value))
    return (_choice(value, loc, faults),)


def _choice(value: object, loc: _Loc, faults: list[InitErrorDetails]) -> Choice:
    """Read one choice: a mapping of keys to a value or several, and `except`."""
    found: dict[Key, tuple[str, ...]] = {}
    excluded: Selection = ()
    if not isinstance(value, dict) or not value:
        fault = refuse(
            "a selection, such as {team: assessment, grade: [H, I]}", _NAME_A_KEY if value else _NO_SELECTION
        )
        faults.append({"type": fault, "loc": loc, "input": value})
        return Choice()
    for key, given in value.items():
        if key == "except":
            excluded = _choices(given, (*loc, key), faults)
        elif key not in _KEYS:
            faults.append({"type": "extra_forbidden", "loc": (*loc, key), "input": given})
        else:
            try:
                found[_KEYS[key]] = _values(_KEYS[key], given)
            except PydanticCustomError as error:
                faults.append({"type": error, "loc": (*loc, key), "input": given})
    return Choice(tuple(found.items()), excluded)


def _values(key: Key, value: object) -> tuple[str, ...]:
    given = texts(value)
    if not given:
        raise refuse(f"one value of {key}, or a list of them", "where any will do, leave the key out")
    if key is Key.CONDITIONAL or key is Key.COUNTED:
        for text in given:
            read(scalars.boolean, text)
    return given


def _term_name(value: object) -> str:
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    raise refuse("a name of letters, digits, - and _, a letter first", "call it after what it stands for: saving")


_ONE_OR_MORE: Schema = {
    "type": ["string", "number", "boolean", "array"], "minLength": 1, "minItems": 1,
    "items": {"type": ["string", "number", "boolean"], "minLength": 1},
}  # fmt: skip
_TRUTHS: Schema = {"enum": [value for value in seen.YES_NO["enum"] if value is not None]}
_SELECTIONS: Schema = {"$ref": "#/$defs/selection"}
_CHOICE: Schema = {
    "type": "object",
    "minProperties": 1,
    "properties": {
        **{key: {**_ONE_OR_MORE, "description": told} for key, told in SELECTED_BY.items()},
        **{
            key: {
                "anyOf": [_TRUTHS, {"type": "array", "minItems": 1, "items": _TRUTHS}],
                "description": SELECTED_BY[key],
            }
            for key in (Key.CONDITIONAL, Key.COUNTED)
        },
        "except": {**_SELECTIONS, "description": "Lines to leave out: a selection, or a list of them."},
    },
    "additionalProperties": False,
}

_PRINTED_FIGURE = seen.digits(patterns.PRINTED, 'a figure as it is printed, such as 20.89, 16%, £2.450m or ">£2m"')
_FIGURE: Any = Annotated[
    Any, PlainValidator(printed_figure(printed.printed, "a figure")), with_more(_PRINTED_FIGURE, "figure")
]
_SELECTION: Any = Annotated[
    Any,
    PlainValidator(_selection),
    Seen({"anyOf": [_CHOICE, {"type": "array", "minItems": 1, "items": _CHOICE}]}, "selection"),
]
_OF = (_SELECTION, "Which lines: a mapping whose keys must all be met, or a list of such; absent: everything counted.")
_OTHER_CLAIM: Any = Annotated[Text, Seen({**seen.TEXT, "type": ["string", "number", "boolean"]})]
_TAKE_KEYS: Keys = {
    "take": (
        from_text(_measure, "a measure", Seen(_measures(type="string"))),
        "A measure that the tool works out, such as change.cost.",
    ),
    "of": _OF,
    "claim": (_OTHER_CLAIM, "The id of another claim, whose printed figure is meant."),
}


def _term(value: object, handler: Callable[[object], Any]) -> Any:
    """Read a term of `let`: a figure, what another claim prints, or a measure over a selection."""
    if isinstance(value, str):
        return read(printed.printed, value)
    if isinstance(value, dict) and None in (value.get("take", ""), value.get("claim", "")):
        raise refuse("a measure under `take`, or the id of a claim under `claim`", "nothing stands after the colon")
    if not isinstance(value, dict) or ("take" in value) == ("claim" in value) or ("claim" in value and len(value) > 1):
        raise refuse("a figure, `{take: measure, of: …}` or `{claim: id}`")
    return handler(value)


def _or_a_figure(entry: Schema) -> Schema:
    """Let an editor take a figure for a term, and one of `take` and `claim`, not both."""
    one_of_them = [{"required": ["take"], "not": {"required": ["claim"]}}, {"required": ["claim"], "maxProperties": 1}]
    figure = {**_PRINTED_FIGURE, "type": ["number", "string"]}
    return {"anyOf": [figure, {**entry, "anyOf": one_of_them}]}


_KNOWN = shape(
    "KnownDifferenceShape",
    {
        "difference": (_FIGURE, "What is printed less what is computed, in the unit of the figure."),
        "because": (Text, "Why the two do not agree."),
    },
)
_EXPRESSION: Schema = {
    "type": ["string", "number", "boolean", "null"], "pattern": patterns.EXPRESSION,
    "errorMessage": "expected an expression of figures and names, such as 20 * (£750 - £350) * 365 / 7",
}  # fmt: skip

CLAIM = shape(
    "ClaimShape",
    {
        "at": (Texts, "The paragraph of the document that prints the figure, or a list of paragraphs."),
        "says": (Text, "What is claimed, in our own words."),
        "of": _OF,
        "expect": (
            mapping_of(
                Annotated[Any, PlainValidator(lambda text: read(_measure, text)), Seen(_measures(), "measure")],
                _FIGURE,
            )
            | None,
            "Measures of the selected lines, each with the value as the document prints it.",
        ),
        "let": (
            mapping_of(
                Annotated[str, PlainValidator(_term_name), Seen({"pattern": patterns.NAME})],
                Annotated[shape("TakeShape", _TAKE_KEYS), WrapValidator(_term), Seen(_or_a_figure, "term")],
            )
            | None,
            "The terms of the expression by name: a figure, a measure of lines, or what another claim prints.",
        ),
        "compute": (
            from_text(expression, "an expression", Seen(_EXPRESSION)),
            "An expression of figures and of the names under `let`, such as 20 * (£750 - £350) * 365 / 7.",
        ),
        "same_as": (Text, "The id of another claim that prints the same number."),
        "cannot": (Text, "Why the figure cannot be computed."),
        "prints": (_FIGURE, "The value as the document prints it, with its unit: 31, 16%, £0.417m."),
        "known": (_KNOWN | None, "A difference that is known and explained; if it changes, that is an error."),
    },
)

SHAPE = shape(
    "ClaimsShape",
    {
        "restructure": (Text, "What the file is and the version of its format: claims/1. The first key."),
        "note": (Text, "What else a reader should know of the file; a remark, read by nobody but people."),
        "claims": (mapping_of(Id, CLAIM | None) | None, "The figures that a report prints, each under its own id."),
    },
)


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    if not loc:
        return list(SHAPE.__annotations__)
    if len(loc) == 2 and loc[0] == "claims":
        return list(CLAIM.__annotations__)
    if loc[-1] == "known":
        return ["difference", "because"]
    if "of" in loc:
        return [*Key, "except"]
    return ["take", "of", "claim"] if "let" in loc else list(QUANTITY_KEYS)
