"""The JSON Schema of each format, for editors, made from the same shapes that files are held against.

A schema holds the keys of every entry and the kind of every value. What an entry lacks, and what contradicts
something elsewhere, is for `check` to say.
"""

import json
import re
from types import UnionType
from typing import Any, Union, get_args, get_origin

from restructure_cli.files import shapes
from restructure_cli.files.seen import Schema, Seen

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


SCHEMAS = {kind: header for header, kind in shapes.FORMATS.items()}
"""What there are schemas of, each with the header of its files, or an empty one for files without; its shape is in
the module of the same name."""


def file_name(kind: str) -> str:
    """Return the name under which a schema is kept, such as structure-1.json."""
    return (SCHEMAS[kind] or kind).replace("/", "-") + ".json"


def json_schema(kind: str) -> str:
    """Write the schema of a format as JSON."""
    header = SCHEMAS[kind]
    kept: dict[str, Schema] = {}
    entry = _entry(shapes.shape(kind), kept)
    if header:
        entry["properties"]["restructure"].pop("$ref")
        entry["properties"]["restructure"]["const"] = header
        entry["required"] = ["restructure"]
    whole = {"$schema": _DIALECT, "title": header or kind, **entry, "$defs": dict(sorted(kept.items()))}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _schema(kind: Any, kept: dict[str, Schema]) -> Schema:
    """Return the schema of one kind of value; what has a name is kept under it."""
    if hasattr(kind, "__metadata__"):
        return _annotated(kind, kept)
    if hasattr(kind, "sentences"):
        return _keep(_kebab(kind.__name__), _entry(kind, kept), kept)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is dict:
        return {"type": "object", **_names(inner[0], kept), "additionalProperties": _schema(inner[1], kept)}
    if origin is list:
        return {"type": "array", "items": _schema(inner[0], kept)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(one, kept) for one in inner]}
    if kind is type(None):
        return {"type": "null"}
    raise TypeError(f"{kind} has no schema")


def _names(kind: Any, kept: dict[str, Schema]) -> Schema:
    """Return what holds for the keys of a mapping; any text may be a key that is not held to anything.

    No type is asked of a key: editors see the number in a grade `12`, where JSON has only text.
    """
    return {} if kind is str else {"propertyNames": _schema(kind, kept)}


def _annotated(kind: Any, kept: dict[str, Schema]) -> Schema:
    """Return the schema that stands beside the readers of a value, the outermost last."""
    marks = [mark for mark in kind.__metadata__ if isinstance(mark, Seen)]
    wrapped = {} if all(not callable(mark.schema) for mark in marks) else _written_out(kind.__origin__, kept)
    for mark in marks:
        wrapped = mark.of(wrapped)
    if not wrapped:
        raise TypeError(f"{kind} has no schema beside its reader")
    return _keep(marks[-1].name, wrapped, kept) if marks[-1].name else wrapped


def _written_out(kind: Any, kept: dict[str, Schema]) -> Schema:
    """Return the schema of the value that a reader wraps, in full and not by its name, because it is built upon."""
    return _entry(kind, kept) if hasattr(kind, "sentences") else _schema(kind, kept)


def _entry(shape: Any, kept: dict[str, Schema]) -> Schema:
    """Return the schema of an entry: its keys, each with its sentence, and no others."""
    keys = {
        key: {**_schema(kind, kept), "description": shape.sentences[key]} for key, kind in shape.__annotations__.items()
    }
    return {"type": "object", "properties": keys, "additionalProperties": False}


def _keep(name: str, schema: Schema, kept: dict[str, Schema]) -> Schema:
    if kept.setdefault(name, schema) != schema:
        raise TypeError(f'two kinds of value are called "{name}"')
    return {"$ref": f"#/$defs/{name}"}


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name.removesuffix("Shape")).lower()
