"""Settings: which files hold them, found upwards from a folder, and what they state.

They stand in `restructure.yaml`, or under `[tool.restructure]` of a `pyproject.toml`; a repository's top folder, the
one with `.git` in it, is the last that is looked into, so that a check says the same for everybody who has the files.
"""

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from restructure_cli.files import faults, rules, shapes, text
from restructure_cli.model.findings import Finding, Place, Pointer
from restructure_cli.model.settings import SettingsFile

OTHER_ENDING = "restructure.yml"
"""The same file, by the other ending that YAML files have."""
NAME, PYPROJECT, HEADER = "restructure.yaml", "pyproject.toml", "settings/1"
_OUR_TABLE = re.compile(
    rb"tool\b[^\n]*\brest\w*ct\w*re|^\s*[\"']?restructure[\"']?\s*(?:\.|=\s*\{)", re.MULTILINE | re.IGNORECASE
)
"""What a pyproject.toml holds that has, or may have, a table of ours; most have none, and are not parsed."""


_TABLE = "restructure"

Seen = dict[tuple[str, bool], tuple[Path, ...]]
"""The settings files of each folder looked into, and whether they are named from the current folder."""


def found(folder: Path, seen: Seen) -> tuple[Path, ...]:
    """Return the settings files that hold for a folder, the outermost first; `seen` remembers, from call to call."""
    return _found(os.path.abspath(folder), not folder.is_absolute(), seen)  # noqa: PTH100 - it must not follow links


def _found(folder: str, relative: bool, seen: Seen) -> tuple[Path, ...]:
    if (folder, relative) not in seen:
        above = os.path.dirname(folder)  # noqa: PTH120 - a Path for every folder above every file takes its time
        is_top = above == folder or os.path.lexists(f"{folder}/.git")
        here = tuple(_shown(path, relative) for path in _in(folder))
        seen[folder, relative] = (() if is_top else _found(above, relative, seen)) + here
    return seen[folder, relative]


def _in(folder: str) -> list[str]:
    named = [f"{folder}{os.sep}{name}" for name in (PYPROJECT, OTHER_ENDING, NAME)]
    return [path for path in named if os.path.lexists(path) and (not path.endswith(PYPROJECT) or _has_our_table(path))]


def _has_our_table(path: str) -> bool:
    raw = text.read_bytes(Path(path))
    return not isinstance(raw, Finding) and _OUR_TABLE.search(raw) is not None


def _shown(path: str, relative: bool) -> Path:
    """Name a file as the call names its own: from the current folder, or in full."""
    try:
        return Path(os.path.relpath(path)) if relative else Path(path)
    except ValueError:  # another drive
        return Path(path)


def to_model(name: str, stated: Mapping[str, Any], at: Mapping[str, Place] | None = None) -> SettingsFile:
    """Build the model of a file that keeps its shape."""
    targets, thresholds = stated.get("targets") or {}, stated.get("thresholds") or {}
    severities = {code: word for code, word in (stated.get("severities") or {}).items() if word is not None}
    return SettingsFile(
        name,
        severities,
        stated.get("locked") or (),
        stated.get("publication"),
        targets.get("span"),
        targets.get("layers"),
        thresholds.get("shortfall"),
        thresholds.get("occupants"),
        at or {},
    )


def place(file: SettingsFile, *keys: str, on_key: bool = False) -> Place:
    """Point at an entry of a settings file."""
    return _nearest(file.at, keys) if file.at else Place(file.path, keys, on_key)


def _nearest(at: Mapping[str, Place], keys: Pointer) -> Place:
    """Return the place of an entry, else of the one above it; an inline table names its keys without its own."""
    known = [".".join(keys[:length]) for length in range(len(keys), 0, -1)] + list(keys[-1:])
    return next((at[key] for key in known if key in at), at[""])


def of_pyproject(path: Path) -> tuple[SettingsFile | None, list[Finding]]:
    """Read the table of a pyproject.toml: the same keys, but for the header."""
    import tomllib

    name, raw = str(path), text.read_bytes(path)
    decoded = raw if isinstance(raw, Finding) else text.decode(name, raw)
    if isinstance(decoded, Finding):
        return None, [decoded]
    try:
        tools = tomllib.loads(decoded, parse_float=str).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(where[1]), int(where[2])) if where else (len(decoded.splitlines()), 1)
        message = f"not well-formed TOML: {str(error).partition(' (at')[0].lower()}"
        place = _place(name, decoded, line, column)
        return None, [Finding(rules.NOT_YAML, message, place, "mend the line, or whatever stands open above it")]
    table = tools.get(_TABLE)
    close = get_close_matches(_TABLE, [tool.casefold() for tool in tools], n=1, cutoff=0.87) if table is None else []
    at = _places(name, decoded)
    if close or (table is not None and not isinstance(table, dict)):
        slip = next((tool for tool in tools if tool.casefold() in close), "")
        message = f"[tool.{slip}] is no table of ours" if slip else "[[tool.restructure]] is a list, and not our table"
        line = next((number for number, line in enumerate(decoded.splitlines(), 1) if (slip or _TABLE) in line), 1)
        place = _place(name, decoded, line, 1)
        return None, [Finding(rules.HEADER, message, place, "call the table [tool.restructure]")]
    if table is None:
        return SettingsFile(name), []
    tree = {key: _as_text(value) for key, value in table.items()}
    try:
        stated = shapes.adapter(HEADER).validate_python(tree)
    except ValidationError as error:
        told = faults.findings(name, HEADER, error, tree)
        return None, [one._replace(place=_nearest(at, one.place.pointer)) for one in told]
    return to_model(name, stated, at), []


def _as_text(value: Any) -> Any:
    """Write a value of TOML as it would stand in YAML, where every scalar is text."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _place(name: str, decoded: str, line: int, column: int, width: int = 1) -> Place:
    source = decoded.splitlines()[line - 1 : line]
    return Place(name, (), False, line, column, source[0] if source else "", width)


def _places(name: str, decoded: str) -> dict[str, Place]:
    """Find the lines of our table: its header's under "", and each key's by its name and that of its table."""
    places: dict[str, Place] = {}
    table: str | None = None
    for number, line in enumerate(decoded.splitlines(), 1):
        header = re.match(r"\s*\[\s*([^\]]+?)\s*\]", line)
        if header:
            path = re.sub(r"[\s\"']", "", header[1]).split(".")
            table = ".".join(path[2:]) if path[:2] == ["tool", "restructure"] else None
            if table is not None:
                places.setdefault(table, _place(name, decoded, number, 1, len(line)))
                places.setdefault("", places[table])
        elif table is not None:
            for key in re.finditer(r"(?:^|[{,])\s*[\"']?([\w.-]+)[\"']?\s*=", line):
                pointer = f"{table}.{key[1]}" if table else key[1]
                places.setdefault(pointer, _place(name, decoded, number, key.start(1) + 1, len(key[1])))
    places.setdefault("", _place(name, decoded, 1, 1))
    return places
