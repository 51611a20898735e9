"""settings/1: what a repository asks of its check, key by key."""

from typing import Annotated, Any

from pydantic import PlainValidator

from restructure_cli.files import patterns, scalars, seen
from restructure_cli.files.seen import Seen
from restructure_cli.files.values import Text, YesNo, from_text, mapping_of, of_certain, shape, texts


def _whole(text: str) -> int:
    return int(scalars.whole_number(text))


def _span(text: str) -> tuple[int, int]:
    """Read how many people are to report to one post: `6` for at most six, `4-8` for a range."""
    low, dash, high = text.partition("-")
    least, most = (_whole(low), _whole(high)) if dash else (0, _whole(low))
    if least > most:
        raise scalars.Unreadable("the lesser number first, such as 4-8", f"did you mean {most}-{least}?")
    return least, most


def _codes(value: object) -> tuple[str, ...]:
    return texts(value) or ()


_WHOLE = Seen(seen.digits(patterns.WHOLE_NUMBER, "a whole number", type="integer", minimum=0))
_PEOPLE = "how many people report to one post, such as 6 or 4-8"
_SPAN = Seen(seen.digits(patterns.SPAN, _PEOPLE, type="integer", minimum=0))
_FTE = Seen(seen.digits(patterns.AMOUNT, "FTE, nil or more", minimum=0))
TARGETS = shape(
    "TargetsShape",
    {
        "span": (
            from_text(_span, _PEOPLE, _SPAN),
            "How many people are to report to one post, a headcount: 6 for at most six, or a range, 4-8.",
        ),
        "layers": (
            from_text(_whole, "a whole number", _WHOLE),
            "How many posts may stand in one line of reporting, from the top to the last.",
        ),
    },
)
THRESHOLDS = shape(
    "ThresholdsShape",
    {
        "shortfall": (from_text(scalars.amount, "FTE, nil or more", _FTE), "What a pool may lack unsaid, in FTE."),
        "occupants": (
            from_text(_whole, "a whole number", _WHOLE),
            "A headcount: a line with so many people, or fewer, tells what each of them is paid.",
        ),
    },
)
SHAPE = shape(
    "SettingsShape",
    {
        "restructure": (Text, "What the file is and the version of its format: settings/1. The first key."),
        "note": (Text, "What else a reader should know of the file; a remark, read by nobody but people."),
        "publication": (YesNo, "Whether the files are to be published: true looks for what would tell of a person."),
        "severities": (
            mapping_of(str, of_certain("error", "warning", "note", "off")) | None,
            "The severity of rules, each under its code: error, warning, note or off.",
        ),
        "locked": (
            Annotated[Any, PlainValidator(_codes), Seen(seen.TEXTS)],
            "The codes of rules that no settings further down may lower.",
        ),
        "targets": (TARGETS | None, "What structures are held to, such as people for one lead."),
        "thresholds": (THRESHOLDS | None, "Up to where rules say nothing."),
    },
)


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {"targets": TARGETS, "thresholds": THRESHOLDS}
    return list(places[str(loc[0])].__annotations__ if loc else SHAPE.__annotations__)
