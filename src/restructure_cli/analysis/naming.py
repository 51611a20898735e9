"""Ids for what an extract names by titles: short words joined by hyphens, each once, whatever the order of the rows."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

_LONGEST = 60
Thing = TypeVar("Thing", bound=Hashable)


@lru_cache(maxsize=65_536)
def slug(title: str) -> str:
    """Return a title as an id has it: Strategy & Quality becomes strategy-and-quality."""
    bare = unicodedata.normalize("NFKD", title.replace("&", " and ").replace("'", "").replace("’", "")).lower()
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", letters)
    return "-".join(words)[:_LONGEST].strip("-") or "unnamed"


def named(
    things: Iterable[Thing], names: Sequence[Callable[[Thing], str]], taken: Mapping[Thing, str] | None = None
) -> dict[Thing, str]:
    """Give each thing an id: the first of its names that no other thing has; of those that share all, a number more.

    What is `taken` already keeps its id.
    """
    found = dict(taken or {})
    used = set(found.values())
    left = [thing for thing in things if thing not in found]
    for name in names:
        counts = Counter(name(thing) for thing in left)
        unique = [thing for thing in left if counts[name(thing)] == 1 and name(thing) not in used]
        for thing in unique:
            found[thing] = name(thing)
            used.add(found[thing])
        left = [thing for thing in left if thing not in found]
    for thing in left:
        stem, number = names[-1](thing), 1
        while (id_ := f"{stem}-{number}") in used:
            number += 1
        found[thing] = id_
        used.add(id_)
    return found
