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


def kinds() -> tuple[str, ...]:
    """Return what there are schemas of: structure, grades and so on."""
    return tuple(shapes.FORMATS.values())


def file_name(kind: str) -> str:
    """Return the name under which a schema is kept, such as structure-1.json."""
    return _header(kind).replace("/", "-") + ".json"


def json_schema(kind: str) -> str:
    """Write the schema of a format as JSON."""
    kept: dict[str, Schema] = {}
    entry = _entry(shapes.shape(_header(kind)), kept)
    header = {"const": _header(kind), "description": entry["properties"]["restructure"]["description"]}
    whole = {
        "$schema": _DIALECT,
        "title": f"restructure: {_header(kind)}",
        **entry,
        "properties": {**entry["properties"], "restructure": header},
        "required": ["restructure"],
        "$defs": dict(sorted(kept.items())),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _header(kind: str) -> str:
    return next(header for header, module in shapes.FORMATS.items() if module == kind)


def _schema(kind: Any, kept: dict[str, Schema]) -> Schema:
    """Return the schema of one kind of value; what has a name is kept under it."""
    if hasattr(kind, "__metadata__"):
        return _annotated(kind, kept)
    if hasattr(kind, "sentences"):
        return _keep(_kebab(kind.__name__), _entry(kind, kept), kept)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is dict:
        names = _schema(inner[0], kept)
        return {"type": "object", "propertyNames": names, "additionalProperties": _schema(inner[1], kept)}
    if origin is list:
        return {"type": "array", "items": _schema(inner[0], kept)}
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(one, kept) for one in inner]}
    plain: dict[Any, Schema] = {str: {"type": "string"}, type(None): {"type": "null"}}
    return plain[kind]


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
    """Return the schema of what a reader wraps, which is built upon, so not by its name."""
    return _entry(kind, kept) if hasattr(kind, "sentences") else _schema(kind, kept)


def _entry(shape: Any, kept: dict[str, Schema]) -> Schema:
    """Return the schema of an entry: its keys, each with its sentence, and no others."""
    keys = {
        key: {**_schema(kind, kept), "description": shape.sentences[key]}
        for key, kind in shape.__annotations__.items()
    }
    return {"type": "object", "properties": keys, "additionalProperties": False}


def _keep(name: str, schema: Schema, kept: dict[str, Schema]) -> Schema:
    if kept.setdefault(name, schema) != schema:
        raise TypeError(f'two kinds of value are called "{name}"')
    return {"$ref": f"#/$defs/{name}"}


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name.removesuffix("Shape")).lower()
