"""Suppressions: the comments in a file that excuse it from a rule, and the lines that each of them covers."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import yaml
from yaml.events import ScalarEvent

from restructure_cli.files import scalars
from restructure_cli.files.text import lines
from restructure_cli.files.tree import parser, place_at
from restructure_cli.model.findings import Place
from restructure_cli.model.suppressions import Suppression

_CODE = r"[A-Z]{3}[0-9]{3}"
_COMMENT = re.compile(
    rf"#+[ \t]*(?:restructure[ \t]*:|restructure[ \t]+ignor|[\w-]+[ \t]*:?[ \t]*ignore[ \t]+{_CODE}\b).*", re.IGNORECASE
)
"""What is meant as a suppression, however it is written."""
_WRITTEN = re.compile(
    rf"# restructure: ignore (?P<codes>{_CODE}(?:(?:, ?| ){_CODE})*)"
    r"(?: until (?P<until>\S+))?(?: because(?P<because>.*))?"
)
EXAMPLE = "# restructure: ignore FND504 until 2027-03-31 because …"


def suppressions(path: str, text: str) -> list[Suppression]:
    """Read the suppressions of a file, in order. What stands inside a text is no comment."""
    if "#" not in text or not _COMMENT.search(text):
        return []
    return [_read(path, text, *candidate) for candidate in _outside_of_texts(text, list(_candidates(text)))]


_Candidate = tuple[int, int, str]
"""Line and column of a comment, from 0, and the comment."""


def _candidates(text: str) -> Iterator[_Candidate]:
    for number, line in enumerate(lines(text)):
        for mark in re.finditer(r"(?:^|(?<=\s))#", line):
            found = _COMMENT.match(line, mark.start())
            if found is not None:
                yield number, mark.start(), found.group().rstrip()


def _outside_of_texts(text: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """Leave out what looks like a comment and stands inside a text, in quotes or in a block; keep one of a line."""
    inside: set[tuple[int, int]] = set()
    spots = [candidate[:2] for candidate in candidates]
    with suppress(yaml.YAMLError):  # a finding of its own tells of the break
        for start, end in _texts(text):
            inside.update(spots[bisect_left(spots, start) : bisect_left(spots, end)])
    outside: dict[int, _Candidate] = {}
    for candidate in candidates:
        if candidate[:2] not in inside:
            outside.setdefault(candidate[0], candidate)
    return list(outside.values())


def _texts(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    next_event = parser(text).get_event
    while (event := next_event()) is not None and event.__class__.__name__ != "StreamEndEvent":
        if isinstance(event, ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            yield (start.line, start.column), (end.line, end.column)


def _read(path: str, text: str, line: int, column: int, comment: str) -> Suppression:
    place = place_at(path, text, line, column)._replace(width=len(comment))
    first, last = covered(lines(text), line, column)
    written = _WRITTEN.fullmatch(comment)
    if written is None:
        return Suppression(place, fault="this suppression is not written as one", hint=f"write `{EXAMPLE}`")
    codes = tuple(re.findall(_CODE, written["codes"]))
    because = (written["because"] or "").strip()
    because = because if because.strip("….") else ""
    made = Suppression(place, codes, None, because, first, last)
    if written["until"] is None:
        return made._replace(fault="a suppression without an end", hint=f"say until when: `{EXAMPLE}`")
    try:
        return made._replace(until=scalars.moment(written["until"]))
    except scalars.Unreadable as fault:
        told = f'"{written["until"]}" is not {fault.expected}'
        return made._replace(fault=told, hint=fault.hint or f"write `{EXAMPLE}`")


def covered(all_lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Return the first and last line, from 1, that a comment covers.

    At the end of a line it covers that line. On a line of its own it covers the entry below it, comments in between
    passed over: the next line and what is indented under it.
    """
    if all_lines[line][:column].strip():
        return line + 1, line + 1
    start = line + 1
    while start < len(all_lines) and _is_blank(all_lines[start]):
        start += 1
    if start == len(all_lines):
        return line + 1, line + 1
    indent, last = _indent(all_lines[start]), start
    for number in range(start + 1, len(all_lines)):
        below = all_lines[number]
        if _is_blank(below):
            continue
        if _indent(below) < indent or (_indent(below) == indent and not below.lstrip().startswith("- ")):
            break
        last = number
    return start + 1, last + 1


def _is_blank(line: str) -> bool:
    """Whether a line holds nothing, or a comment only."""
    return not line.strip() or line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def at_line(suppression: Suppression, place: Place) -> bool:
    """Whether a place, its line found, stands where a suppression covers it."""
    here = place.path == suppression.place.path and place.line is not None
    return here and suppression.first <= (place.line or 0) <= suppression.last
