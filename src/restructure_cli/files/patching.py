"""A file changed where it has to be, and nowhere else: what people wrote around it, comments too, stays as it is.

Works entry by entry on the lines of the file. The comments of an entry that changes are kept above it. What comes
out is read again and must be the tree that was wanted; otherwise the file is written anew.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent

from restructure_cli.files import tree as trees
from restructure_cli.files.text import lines as split
from restructure_cli.files.writing import write_tree

_INDENT = "  "


class _Lines(NamedTuple):
    """The lines of an entry, from 0, the last one included; where its entries stand, if it has any of its own."""

    first: int
    last: int
    entries: "dict[str, _Lines] | None"
    """None where it is a single value, or written in braces."""


def patched(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the text of a file changed from one tree to another, and whether everything around was kept."""
    if before == after:
        return text, True
    changed = _patched(text, before, after)
    if changed is not None:
        built, faults = trees.build("", changed)
        if built == after and list(built) == list(after) and not faults:
            return changed, True
    return write_tree(after), "#" not in text


def _patched(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """Change the lines of a file; None where they cannot be told apart."""
    lines = list(split(text))
    found = _standing(text)
    if found is None or set(found) != set(before):
        return None
    edits: list[tuple[int, int, list[str]]] = []
    below = None
    for key in reversed(list(after)):
        where = found.get(key)
        if where is None:
            at = found[below].first if below is not None else _end(lines)
            edits.append((at, at, _written({key: after[key]}, "")))
            continue
        below = key
        if before[key] == after[key]:
            continue
        if where.entries is None or not isinstance(after[key], dict) or not isinstance(before[key], dict):
            edits.append((where.first, where.last + 1, _anew(lines, where, {key: after[key]}, "")))
        else:
            edits += _section(lines, where, before[key], after[key])
    edits += [(where.first, where.last + 1, []) for key, where in found.items() if key not in after]
    for first, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        lines[first:end] = new
    return "\n".join(lines)


def _end(lines: list[str]) -> int:
    return len(lines) - 1 if lines and not lines[-1] else len(lines)


def _section(
    lines: list[str], where: _Lines, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[int, int, list[str]]]:
    """Change the entries of a section: those that differ anew, those that are gone out, new ones at its end."""
    assert where.entries is not None
    for id_, entry in where.entries.items():
        if id_ not in after:
            yield entry.first, entry.last + 1, []
        elif before.get(id_) != after[id_]:
            yield entry.first, entry.last + 1, _anew(lines, entry, {id_: after[id_]}, _INDENT)
    new = {id_: entry for id_, entry in after.items() if id_ not in where.entries}
    if new:
        yield where.last + 1, where.last + 1, _written(new, _INDENT)


def _anew(lines: list[str], where: _Lines, entry: Mapping[str, Any], indent: str) -> list[str]:
    """Write an entry anew, the comments that stood in it above."""
    comments = [f"{indent}{comment}" for comment in _comments(lines[where.first : where.last + 1])]
    return [*comments, *_written(entry, indent)]


def _written(entry: Mapping[str, Any], indent: str) -> list[str]:
    return [indent + line if line else line for line in write_tree(entry).rstrip("\n").split("\n")]


def _comments(lines: list[str]) -> list[str]:
    """Find the comments of some lines: what follows a # after the last token of a line."""
    parser = trees.parser("\n".join(lines))
    covered = [0] * len(lines)
    while parser.check_token():
        token = parser.get_token()
        start, end = token.start_mark, token.end_mark
        if end.line < len(lines):
            covered[end.line] = max(covered[end.line], end.column)
        for number in range(start.line, min(end.line, len(lines))):
            covered[number] = len(lines[number])
    found = []
    for line, to in zip(lines, covered, strict=True):
        rest = line[to:].strip()
        if rest.startswith("#"):
            found.append(rest)
    return found


def _standing(text: str) -> dict[str, _Lines] | None:
    """Find the lines of each key of a file, and of each entry below it; None for a file that is not laid out so."""
    walk = _Walk(trees.parser(text))
    return walk.mapping() if walk.opens() else None


class _Walk:
    """Walks the events of a file two levels deep."""

    def __init__(self, parser: Any) -> None:
        self._next = parser.get_event
        self._last = 0

    def opens(self) -> bool:
        """Go to the file's own mapping; False where it is none in lines of its own."""
        for _ in range(3):
            event = self._next()
        return isinstance(event, MappingStartEvent) and not event.flow_style

    def mapping(self, depth: int = 0) -> dict[str, _Lines] | None:
        """Take the keys of a mapping that was opened."""
        found: dict[str, _Lines] = {}
        while True:
            key: Any = self._next()
            if type(key).__name__ != "ScalarEvent":
                return found
            value: Any = self._next()
            self._last = key.end_mark.line
            inner = None
            if isinstance(value, MappingStartEvent) and not value.flow_style and depth == 0:
                inner = self.mapping(1)
            else:
                self._over(value)
            found[key.value] = _Lines(key.start_mark.line, self._last, inner)

    def _over(self, event: Any) -> None:
        """Pass over a value, noting the line it ends on."""
        depth = 0
        while True:
            name = type(event).__name__
            start, end = event.start_mark, event.end_mark
            closes_a_bracket = name.endswith("EndEvent") and start.index != end.index
            says_something = isinstance(event, ScalarEvent | AliasEvent) and start.index != end.index
            if says_something or closes_a_bracket:
                beyond = end.column == 0 and end.line > start.line  # text in lines of its own ends with its last line
                self._last = max(self._last, end.line - beyond)
            depth += name.endswith("StartEvent")
            depth -= name.endswith("EndEvent")
            if depth == 0:
                return
            event = self._next()
