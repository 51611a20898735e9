"""Lines and columns of entries, found by walking the events again: only when there is something to point at."""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from restructure_cli.files.text import lines
from restructure_cli.files.tree import parser, place_at
from restructure_cli.model.findings import Place, Pointer

_STARTS = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)
_NODES = (ScalarEvent, AliasEvent, *_STARTS)

Marks = dict[Pointer, tuple[Any, Any]]
"""Where the key and the value of an entry begin."""


def marks(text: str, wanted: Iterable[Pointer]) -> Marks:
    """Find the entries that are wanted, and those above them."""
    paths = {pointer[:length] for pointer in wanted for length in range(len(pointer) + 1)}
    found: Marks = {}
    with suppress(yaml.YAMLError):  # a finding of its own tells of the break; what stands before it was found
        _walk(parser(text).get_event, paths, found)
    return found


def _walk(next_event: Any, paths: set[Pointer], found: Marks) -> None:
    trail: list[str] = []
    open_containers: list[list[Any]] = []
    while True:
        event = next_event()
        kind = event.__class__
        if event is None or kind is StreamEndEvent or len(found) == len(paths):
            return
        if kind in _ENDS:
            open_containers.pop()
            if open_containers:
                trail.pop()
            continue
        if kind not in _NODES:
            continue
        if open_containers:
            container = open_containers[-1]
            if container[0] == "mapping" and container[1] is None:
                container[1] = event
                continue
            name, key_mark = _entry(container)
            trail.append(name)
            pointer = tuple(trail)
            _note(pointer, key_mark or event, event, paths, found)
            if kind in _STARTS and pointer not in paths:  # which has every entry above one that is wanted
                _pass_over(next_event)
                trail.pop()
                continue
        else:
            _note((), event, event, paths, found)
        if kind is MappingStartEvent:
            open_containers.append(["mapping", None])
        elif kind is SequenceStartEvent:
            open_containers.append(["sequence", -1])
        elif open_containers:
            trail.pop()


def _pass_over(next_event: Any) -> None:
    """Go to the end of a container that has just begun."""
    depth = 1
    while depth:
        kind = next_event().__class__
        if kind in _STARTS:
            depth += 1
        elif kind in _ENDS:
            depth -= 1


def _entry(container: list[Any]) -> tuple[str, Any]:
    """Return the name of the entry that a value belongs to, and make the container ready for the next."""
    if container[0] == "mapping":
        key, container[1] = container[1], None
        return getattr(key, "value", "?"), key
    container[1] += 1
    return str(container[1]), None


def _note(pointer: Pointer, key: Any, value: Any, paths: set[Pointer], found: Marks) -> None:
    if pointer in paths and pointer not in found:
        found[pointer] = (key, value)


def located(place: Place, text: str, found: Marks) -> Place:
    """Give a place its line and column: those of its entry, else of the nearest entry above it."""
    pointer = place.pointer
    while pointer and pointer not in found:
        pointer = pointer[:-1]
    if pointer not in found:
        return Place(place.path, place.pointer, place.on_key, 1, 1, "")
    key, value = found[pointer]
    event = key if place.on_key or pointer != place.pointer else value
    if place.holds and event is value and isinstance(event, MappingStartEvent | SequenceStartEvent):
        event = _holding(place.holds, text, event) or event
    mark, end = event.start_mark, event.end_mark
    inside = _inside(place, event, text)
    if inside is not None:
        here = place_at(place.path, text, *inside)
        return Place(place.path, place.pointer, place.on_key, here.line, here.column, here.source)
    here = place_at(place.path, text, mark.line, mark.column)
    whole = end.column - mark.column if end.line == mark.line else len(here.source) - mark.column
    return Place(place.path, place.pointer, place.on_key, here.line, here.column, here.source, max(1, whole))


def _holding(wanted: str, text: str, entry: Any) -> Any:
    """Return the first text of an entry that is the wanted one."""
    next_event = parser(text).get_event
    event: Any
    while (event := next_event()) is not None and event.__class__ is not StreamEndEvent:
        begins = event.start_mark.index > entry.start_mark.index
        if begins and event.__class__ is ScalarEvent and event.value == wanted:
            return event
    return None


def _inside(place: Place, event: Any, text: str) -> tuple[int, int] | None:
    """Return the line and column of a fault inside a text, both from 0; None where the text is written otherwise.

    Quotes, and the blanks at which a text goes on in the next line, are no part of it: what is told by is how many
    characters that are not blank stand before the fault.
    """
    value = getattr(event, "value", "")
    if not place.offset or not isinstance(value, str):
        return None
    before = re.sub(r"\s", "", value[: place.offset])
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column + (event.style in ("'", '"'))
    if event.style in ("|", ">"):
        line, column = line + 1, 0
    written = lines(text)
    while line <= end.line and line < len(written):
        rest = written[line][column:]
        for character in rest:
            if not character.isspace():
                if not before:
                    return line, column
                if character != before[0]:
                    return None
                before = before[1:]
            column += 1
            if not before and place.offset >= len(value):
                return line, column
        line, column = line + 1, 0
    return None
