"""What of a structure is about persons and not about posts, taken out before anything is published.

Human-resources numbers and notes go altogether. E-mail addresses, National Insurance numbers, telephone numbers and
names with a form of address are cut out of the texts that stay. A bare name in a title is a word like any other:
nothing here finds it, and the reader is told so.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from restructure_cli.model.quantities import Quantity
from restructure_cli.model.structures import Structure

REMOVED = "[removed]"
FORMS_OF_ADDRESS = "Mr|MR|Mrs|MRS|Ms|Miss|MISS|Mx|Dr|Prof|Professor|Sir|Dame|Cllr|Councillor"
"""DR and MS in capitals are disaster recovery and a maker of software."""
CAPITALS = "A-ZÀ-ÖØ-ÞĀ-Ž"
_PATTERNS = {
    "e-mail addresses": re.compile(r"[^\s@<>,;:\"'()\[\]]+@[^\s@<>,;:\"'()\[\]]+\.[^\s@<>,;:\"'()\[\]]+"),
    "National Insurance numbers": re.compile(r"\b[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE),
    "telephone numbers": re.compile(r"(?<![\w.])(?:\+44|0044|\(?0)[\s.-]?(?:\(0\))?(?:\(?\d\)?[\s.-]?){8,10}\d(?!\w)"),
    "names with a form of address": re.compile(
        rf"\b(?:{FORMS_OF_ADDRESS})\b\.?\s+(?:[{CAPITALS}][\w'’-]*\.?\s?){{1,3}}(?<!\s)"
    ),
}
_FREE_TEXT = ("title", "because", "subject_to", "lasts", "grading", "code", "document", "service", "on_hold")


class Cleaned(NamedTuple):
    """A structure without what is personal, and how much of each kind was taken out."""

    structure: Structure
    removed: Mapping[str, int]


def cleaned(structure: Structure) -> Cleaned:
    """Return a structure without personal fields, nor what is recognised as personal in its texts."""
    removed: Counter[str] = Counter()
    teams = {id_: _without(team, removed) for id_, team in structure.teams.items()}
    posts = {}
    for id_, post in structure.posts.items():
        removed["human-resources post numbers"] += len(post.numbers)
        posts[id_] = _without(post, removed)._replace(numbers=())
    costs = {id_: _without(cost, removed) for id_, cost in structure.costs.items()}
    whole = _without(structure, removed)._replace(teams=teams, posts=posts, costs=costs)
    return Cleaned(whole, {kind: number for kind, number in removed.items() if number})


def _without(entry: Any, removed: Counter[str]) -> Any:
    """Return an entry without its note, its texts cut."""
    changed: dict[str, Any] = {}
    if entry.note is not None:
        removed["notes"] += 1
        changed["note"] = None
    for key, value in entry._asdict().items():
        if key in _FREE_TEXT and isinstance(value, str):
            changed[key] = _cut(value, removed)
        elif key == "at":
            changed[key] = tuple(_cut(text, removed) for text in value)
        elif isinstance(value, Quantity) and value.because:
            changed[key] = replace(value, because=_cut(value.because, removed))
    return entry._replace(**changed)


def _cut(text: str, removed: Counter[str]) -> str:
    for kind, pattern in _PATTERNS.items():
        text, number = pattern.subn(REMOVED, text)
        removed[kind] += number
    return text
