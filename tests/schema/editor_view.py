"""A file as a YAML editor sees it, and as the loader does: the two sides that a schema has to bring together.

The editor's side is YAML 1.2's core schema and a validator that is not ours. ECMAScript's `$` is the end of a text;
Python's also stands before a last line break, so the validator here is given ECMAScript's.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from pydantic import ValidationError as ShapeError

from restructure_cli.files import shapes, tree
from restructure_cli.files.schemas import SCHEMAS, json_schema

_PLAIN_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_TAG = "tag:yaml.org,2002:"


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema: null, true and false, numbers, and everything else text; keys as they are written."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


_CORE = (
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
)
for _name, _spelling, _first in _CORE:
    Core.add_implicit_resolver(_TAG + _name, re.compile(f"^(?:{_spelling})$"), _first)


def _integer(_: Core, node: yaml.ScalarNode) -> int:
    base = {"0o": 8, "0x": 16}.get(node.value[:2], 10)
    return int(node.value[2:] if base != 10 else node.value, base)


def _float(_: Core, node: yaml.ScalarNode) -> float:
    return float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan"))


def _mapping(loader: Core, node: yaml.MappingNode) -> dict[str, Any]:
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


Core.add_constructor(_TAG + "int", _integer)
Core.add_constructor(_TAG + "float", _float)
Core.add_constructor(_TAG + "map", _mapping)


def _pattern(validator: Any, pattern: str, instance: object, schema: object) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not re.search(re.sub(r"\$(?=\)|$)", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})


@cache
def schema_of(kind: str) -> Any:
    return json.loads(json_schema(kind))


@cache
def _validator(kind: str) -> Any:
    return _Validator(schema_of(kind))


@cache
def _adapter(kind: str) -> Any:
    return shapes.adapter(SCHEMAS[kind])


def typed(text: str) -> Any:
    """Return a file as an editor types it."""
    return yaml.load(text, Loader=Core)


def editor_faults(kind: str, text: str) -> list[str]:
    """Return what an editor with the schema says against a file."""
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in _validator(kind).iter_errors(typed(text))]


def built(text: str) -> dict[str, Any]:
    """Return a file as the loader builds it, all of it text."""
    made, faults = tree.build("file.yaml", text)
    assert made is not None and not faults, (text, faults)
    return made


def loader_faults(kind: str, text: str) -> list[str]:
    """Return what the loader says against the keys and values of a file."""
    try:
        _adapter(kind).validate_python(built(text))
    except ShapeError as error:
        details = error.errors(include_url=False)
        return [
            " ".join(str(part) for part in (detail.get("ctx") or detail["type"], detail["loc"])) for detail in details
        ]
    return []


def _scalars(text_side: Any, typed_side: Any) -> Iterator[tuple[str | None, Any]]:
    """Give each scalar of a file as it is written, with what an editor makes of it."""
    if isinstance(text_side, dict):
        for key, value in text_side.items():
            yield from _scalars(value, typed_side[key])
    elif isinstance(text_side, list):
        for value, other in zip(text_side, typed_side, strict=True):
            yield from _scalars(value, other)
    else:
        yield text_side, typed_side


def _hidden(text: str | None, value: object) -> bool:
    """Whether an editor no longer sees how a scalar is written."""
    if text is None or isinstance(value, str):
        return False
    if isinstance(value, bool):
        return text not in ("true", "false")
    if value is None:
        return True
    plain = _PLAIN_NUMBER.fullmatch(text)
    if text.startswith("-") and not value:
        return True
    return not plain or sum(map(str.isdigit, text)) > 15 or len((plain[1] or "").rstrip("0")) == 4 or plain[1] == ".000"


def unseen(kind: str, text: str) -> bool:
    """Whether a file has what no schema can hold against it: see `restructure_cli.files.seen`."""
    if any(_hidden(written, value) for written, value in _scalars(built(text), typed(text))):
        return True
    told = " ".join(loader_faults(kind, text))
    return any(word in told for word in ("lower", "lesser", "'compute')"))
