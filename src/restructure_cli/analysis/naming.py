"""Ids for what an extract names by titles: short words joined by hyphens, each once, whatever the order of the rows."""

import re
import unicodedata
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
    things: Iterable[Thing],
    tells: Sequence[Callable[[Thing], str]],
    name: Callable[[Thing, frozenset[int]], str],
    taken: Mapping[Thing, str] | None = None,
    reserved: Iterable[str] = (),
) -> dict[Thing, str]:
    """Give each thing an id of its own: as short a name as tells it from the others.

    `tells` are what things may differ in; `name` writes a name with some of those, by their numbers, in it. What is
    `taken` keeps its id; what is `reserved` is an id of something else. Things that differ in nothing are numbered.
    """
    found = dict(taken or {})
    used = {*found.values(), *reserved}
    left = [thing for thing in things if thing not in found]
    for alike in _by(left, lambda thing: name(thing, frozenset())).values():
        _name(alike, frozenset(), tells, name, found, used)
    return found


def _by(things: Iterable[Thing], key: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    groups: dict[str, list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def _name(
    alike: list[Thing], told: frozenset[int], tells: Sequence[Callable[[Thing], str]],
    name: Callable[[Thing, frozenset[int]], str], found: dict[Thing, str], used: set[str],
) -> None:  # fmt: skip
    """Name things that share a name so far, by the next thing that they differ in."""
    stem = name(alike[0], told)
    if len(alike) == 1 and stem not in used:
        found[alike[0]] = stem
        used.add(stem)
        return
    for number in range(max(told, default=-1) + 1, len(tells)):
        if len({tells[number](thing) for thing in alike}) > 1 or len(alike) == 1:
            _tell_apart(alike, told | {number}, tells, name, found, used)
            return
    for thing in alike:
        number = 1 if len(alike) > 1 else 2
        while (id_ := f"{stem}-{number}") in used:
            number += 1
        found[thing] = id_
        used.add(id_)


def _tell_apart(
    alike: list[Thing], told: frozenset[int], tells: Sequence[Callable[[Thing], str]],
    name: Callable[[Thing, frozenset[int]], str], found: dict[Thing, str], used: set[str],
) -> None:  # fmt: skip
    for group in _by(alike, lambda thing: name(thing, told)).values():
        _name(group, told, tells, name, found, used)
