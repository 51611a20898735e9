"""settings/1: what a repository asks of its check, key by key."""

from typing import Annotated, Any

from pydantic import PlainValidator

from restructure_cli.files import scalars
from restructure_cli.files.values import Text, YesNo, from_text, mapping_of, refuse, shape, texts, word_of


def _whole(text: str) -> int:
    return int(scalars.whole_number(text))


def _span(text: str) -> tuple[int, int]:
    """Read how many people are to report to one post: `6` for at most six, `4-8` for a range."""
    low, dash, high = text.partition("-")
    least, most = (_whole(low), _whole(high)) if dash else (0, _whole(low))
    if least > most:
        raise scalars.Unreadable("the lesser number first, such as 4-8", f"did you mean {most}-{least}?")
    return least, most


def _code(value: object) -> str:
    if type(value) is not str:
        raise refuse("the code of a rule, such as EST201")
    return value


def _codes(value: object) -> tuple[str, ...]:
    return texts(value) or ()


_WORD = from_text(word_of("error", "warning", "note", "off"), "error, warning, note or off")
TARGETS = shape(
    "TargetsShape",
    {
        "span": from_text(_span, "how many people report to one post, such as 6 or 4-8"),
        "layers": from_text(_whole, "a whole number"),
    },
)
THRESHOLDS = shape(
    "ThresholdsShape",
    {
        "shortfall": from_text(scalars.amount, "FTE, nil or more"),
        "occupants": from_text(_whole, "a whole number"),
    },
)
SHAPE = shape(
    "SettingsShape",
    {
        "restructure": Text, "publication": YesNo,
        "severities": mapping_of(Annotated[str, PlainValidator(_code)], _WORD) | None,
        "locked": Annotated[Any, PlainValidator(_codes)],
        "targets": TARGETS | None, "thresholds": THRESHOLDS | None, "note": Text,
    },
)  # fmt: skip


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {"targets": TARGETS, "thresholds": THRESHOLDS}
    return list(places[str(loc[0])].__annotations__ if loc else SHAPE.__annotations__)
