"""How a YAML editor sees values: the JSON Schema of each kind, kept beside the reader that decides.

An editor types what it reads as YAML 1.2 does (a grade `12` is a number to it, `true` a truth, an empty value
null), where our readers see text. So a kind that may be written in digits takes numbers too, one that is text takes
numbers and truths. What an editor no longer sees it cannot hold against a file: how a number was spelled (`1e3`,
`0x1F`, more than fifteen digits), whether null was written as a word, which end of a range is the greater, and
whether an expression holds together.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from restructure_cli.files import patterns

Schema = dict[str, Any]


class Seen(NamedTuple):
    """What stands beside a reader in its annotation, for an editor."""

    schema: Schema | Callable[[Schema], Schema]
    """That of the value, or how it is made from that of what the reader wraps."""
    name: str = ""
    """Under which a schema keeps it, to be named from several places; without one it stands where it is used."""

    def of(self, wrapped: Schema) -> Schema:
        """Return the schema of the value."""
        return self.schema(wrapped) if callable(self.schema) else self.schema


_OUT_OF_BOUNDS = 10**15
"""The first number that is too long to be read."""


def digits(pattern: str, expected: str, **bounds: Any) -> Schema:
    """Return the schema of a figure: a number within bounds, or text of a pattern; empty is unknown."""
    least = {} if "minimum" in bounds else {"exclusiveMinimum": -_OUT_OF_BOUNDS}
    most = {} if "maximum" in bounds else {"exclusiveMaximum": _OUT_OF_BOUNDS}
    kind = bounds.pop("type", "number")
    return {
        "type": [kind, "string", "null"], **least, **bounds, **most, "pattern": pattern,
        "errorMessage": f"expected {expected}",
    }  # fmt: skip


def only_text(pattern: str, expected: str) -> Schema:
    """Return the schema of a value that YAML takes for text however it is written, such as a date or a rate."""
    return {"type": ["string", "null"], "pattern": pattern, "errorMessage": f"expected {expected}"}


def words(listed: Iterable[object]) -> Schema:
    """Return the schema of one of certain words, or nothing."""
    return {"enum": [*(str(word) for word in listed), None]}


TEXT: Schema = {
    "type": ["string", "number", "boolean", "null"], "pattern": "\\S", "errorMessage": "expected text"
}  # fmt: skip
TEXTS: Schema = {
    "type": ["string", "number", "boolean", "null", "array"],
    "items": {"type": ["string", "number", "boolean"], "minLength": 1},
    "errorMessage": "expected text, or a list of texts",
}
YES_NO: Schema = {"enum": [True, False, "true", "false", None], "errorMessage": "expected true or false"}
MOMENT = only_text(patterns.MOMENT, "a date, such as 2024-09-01, or a month, such as 2024-09")
YEAR = only_text(patterns.YEAR, "a financial year, such as 2024-25")


def with_more(figure: Schema, parts: Schema) -> Schema:
    """Return the schema of a figure that may be a mapping, with what is known of it beside the figure itself."""
    return {
        **figure, "type": [*figure["type"], "object"], "properties": parts, "required": ["is"],
        "additionalProperties": False,
    }  # fmt: skip
