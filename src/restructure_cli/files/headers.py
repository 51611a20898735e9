"""The header of a file, its first key `restructure`: whether the file is one of ours, and what is wrong with it."""

import re
from difflib import get_close_matches

from restructure_cli.files import rules, shapes, tree
from restructure_cli.model.findings import Finding, Place

_FORMAT = re.compile(r":\s*[\"']?(structure|grades|funding|claims|map|settings)\s*/\s*\d+")
_FIRST_LEVEL = re.compile(r"^[\"']?([\w-]+)[\"']?\s*:", re.MULTILINE)
_TOP_KEYS = frozenset(
    {"based_on", "organisation", "service", "counts", "teams", "posts", "as_at", "hours_per_week"}
    | {"grades", "spine", "year", "point", "pension", "vacancy_factor", "needs", "sources"}
)
_A_SLIP = 0.8
"""How like our header a key must be to be a slip of it."""
_OTHER_WORDS = {"structure", "structures", "infrastructure"}
"""Keys of other tools' files that are like our header, and no slip of it."""
_SURELY_OURS = 3
"""A file with so many of our keys has lost its header."""


def looks_like_ours(text: str) -> bool:
    """Whether a text has our header, or nearly, or so many of our keys that passing over it would hide a slip."""
    if _FORMAT.search(text):
        return True
    keys = set(_FIRST_LEVEL.findall(text)) - _OTHER_WORDS
    return bool(get_close_matches("restructure", keys, cutoff=_A_SLIP)) or len(_TOP_KEYS & keys) >= _SURELY_OURS


def says_nothing(text: str) -> bool:
    """Whether a text has no key at all: an empty file, a pointer to one kept elsewhere, a page of a web server."""
    return _FIRST_LEVEL.search(text) is None


def fault(path: str, built: tree.Tree, expected: str | None) -> Finding | None:
    """Say what is wrong with a file's header, if anything; `expected` is the format the command needs."""
    known = list(shapes.FORMATS)
    example = expected or ("grades/1" if "grades" in built or "year" in built else "structure/1")
    first = next(iter(built), "")
    if "restructure" not in built:
        close = get_close_matches("restructure", list(built), n=1, cutoff=0.7)
        pointer = (close[0],) if close else ()
        meant = 'did you mean "restructure"? ' if close else ""
        hint = f"{meant}the first line is `restructure: {example}`"
        message = "the file does not say what it is"
        return Finding(rules.HEADER, message, Place(path, pointer, on_key=True), hint)
    header = built["restructure"]
    place = Place(path, ("restructure",))
    if not isinstance(header, str) or header not in shapes.FORMATS:
        shown = f'"{header}"' if isinstance(header, str) else "this"
        version = isinstance(header, str) and _FORMAT.fullmatch(f": {header}")
        close = get_close_matches(header, known, n=1) if isinstance(header, str) and not version else []
        hint = f"did you mean {close[0]}?" if close else f"this version reads {', '.join(known[:-1])} and {known[-1]}"
        return Finding(rules.HEADER, f"{shown} is not a format that this version reads", place, hint)
    if expected is not None and header != expected:
        noun, needed = header.split("/")[0], expected.split("/")[0]
        hint = f"name a {needed} file, or mend the header"
        return Finding(rules.HEADER, f"this is a {noun} file, and a {needed} file is needed here", place, hint)
    if first != "restructure":
        return Finding(rules.HEADER, "the header is not the first key", place, hint="move this line to the top")
    return None
