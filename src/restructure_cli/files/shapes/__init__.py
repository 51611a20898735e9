"""The formats of our files, key by key, for pydantic to hold files against: one module a format.

Each shape lists the keys of one kind of entry; what the file does not state stays out of the result, which is
what overlays need. Every fault of a file comes out of one validation.
"""

from importlib import import_module
from typing import Any

from pydantic import TypeAdapter

FORMATS = {
    "structure/1": "structure",
    "grades/1": "grades",
    "funding/1": "funding",
    "claims/1": "claims",
    "map/1": "map",
    "settings/1": "settings",
}
"""The formats this version reads, by what their header says, and the module of each, imported when it is needed."""


def _module(name: str) -> Any:
    return import_module(f"restructure_cli.files.shapes.{name}")


def shape(name: str) -> Any:
    """Return the shape of a whole file, by the name of its module."""
    return _module(name).SHAPE


def adapter(header: str) -> TypeAdapter[Any]:
    """Return the validator of a format."""
    return TypeAdapter(shape(FORMATS[header]))


def keys_at(header: str, loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry of a format may have, for a did-you-mean."""
    keys: list[str] = _module(FORMATS[header]).keys_at(loc)
    return keys
