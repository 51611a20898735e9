"""Pydantic's errors to findings: the entry's place, what was expected there, and what to do."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from restructure_cli.files import rules
from restructure_cli.files.shapes import keys_at
from restructure_cli.model.findings import Finding, Place

_EXPECTED = {
    "dict_type": "a mapping of keys to values",
    "list_type": "a list",
    "string_type": "text",
    "missing": "a value",
}


def findings(path: str, header: str, error: ValidationError, tree: Mapping[str, Any]) -> list[Finding]:
    """Turn every error of one validation into a finding, in the order of the file's entries."""
    return [_finding(path, header, detail, tree) for detail in error.errors(include_url=False)]


def _finding(path: str, header: str, detail: Any, tree: Mapping[str, Any]) -> Finding:
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    pointer = tuple(str(part) for part in loc)
    if detail["type"] == "extra_forbidden":
        message = f'"{pointer[-1]}" is not a key here'
        hint = key_hint(pointer[-1], keys_at(header, loc[:-1]), detail["input"])
        return Finding(rules.UNKNOWN_KEY, message, Place(path, pointer, on_key=True), hint)
    context = detail.get("ctx") or {}
    expected = context.get("expected") if detail["type"] == "unreadable" else _EXPECTED.get(detail["type"])
    if expected is None:
        expected = "a value of another kind"
    message = f"expected {expected}; found {_shown(detail['input'])}"
    hint = context.get("hint") or _mapping_hint(pointer, tree, detail["type"])
    place = Place(path, pointer, on_key="[key]" in detail["loc"], offset=context.get("offset") or 0)
    return Finding(rules.WRONG_VALUE, message, place, hint)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}…"'
    return "a mapping" if isinstance(value, dict) else "a list"


def _mapping_hint(pointer: tuple[str, ...], tree: Mapping[str, Any], fault: str) -> str:
    """Explain what a mapping or list where text belongs usually comes from."""
    value: Any = tree
    for part in pointer:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return ""
    if isinstance(value, dict) and len(value) == 1:
        return "a colon and a space made a mapping of it: put the text in quotes"
    if isinstance(value, list) and fault == "unreadable":
        return "one value belongs here; text in square brackets must stand in quotes"
    if isinstance(value, list):
        return "give each entry a key (`clerk: {title: Clerk}`) instead of a dash"
    return "check the indentation of this entry" if isinstance(value, dict) else ""


def contradiction(entry: Place, one: str, other: str, message: str) -> Finding:
    """Tell of two keys of an entry that cannot both hold: the second is where it goes wrong."""
    first, second = (Place(entry.path, (*entry.pointer, key), on_key=True) for key in (one, other))
    return Finding(rules.CONTRADICTION, message, second, "keep the one that is published", (first,))


def key_hint(key: str, known: Iterable[str], value: object = "") -> str:
    """Suggest the key that was meant, or explain the comma that cut a sum of money in two."""
    if any(mark in key for mark in "“”‘’"):
        return 'curly quotes are not quotes in YAML: use "…"'
    if key[:3].isdigit() and value is None:
        if len(key) < len("000"):
            return f"a comma ends a value in braces; decimals take a point: ….{key}"
        return f'a comma ends a value in braces: put the sum in quotes, "£…,{key}"'
    known = list(known)
    if ":" in key:
        return "put a space after the colon"
    close = get_close_matches(key, known, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    if value is None and " " in key:
        return 'a comma ends a value in braces: put text with a comma in it in quotes, "…"'
    if key == "<<":
        return "merge keys are not used in these files: write the entry out"
    return f"the keys here are: {', '.join(known)}"
