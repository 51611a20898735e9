"""YAML text to plain mappings, lists and text, straight from libyaml's events.

Scalars stay text: what they are is for the model to say. An empty plain scalar becomes None (unknown).
Building from events costs little more than the events themselves, a tenth of what PyYAML's own loader takes.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from restructure_cli.files import rules
from restructure_cli.files.text import lines
from restructure_cli.model.findings import Finding, Place, Rule

Tree = dict[str, Any]
"""A mapping of text to text, None, lists and mappings of the same kind."""

LongestScalar = 100_000
DEEPEST = 24
MOST_ALIASED = 10_000
"""How many entries aliases may stand for, all copies counted."""

_NO_KEY = object()
_TRAPS = (
    (re.compile(r"^\s*[\w-]+:[^\s:/]"), "put a space after the colon"),
    (re.compile(r"[“”‘’]"), 'curly quotes are not quotes in YAML: use "…"'),
    (re.compile(r"\t"), "use spaces, not tabs, to indent and to separate"),
    (re.compile(r":\s+[^\"'{\[#]*:\s"), "a value with a colon and a space in it must stand in quotes"),
    (re.compile(r":\s+[%@`&*!|>]"), "a value that begins with a special character must stand in quotes"),
)


class _Refused(Exception):
    """Carries the finding that ends the reading of one file out of the builder; never leaves this module."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def parser(text: str) -> Any:
    """Return libyaml's event parser on a text, or PyYAML's own where libyaml is not built in."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return loader(text)


def build(path: str, text: str) -> tuple[Tree | None, list[Finding]]:
    """Build the tree of a file's one document; faults that end the reading come alone, others all at once."""
    builder = _Builder(path, text)
    try:
        builder.run(parser(text).get_event)
    except _Refused as refused:
        return None, [*builder.findings, refused.finding]
    except yaml.YAMLError as error:
        return None, [*builder.findings, _not_yaml(path, text, error)]
    except RecursionError:
        return None, [*builder.findings, Finding(rules.TOO_LARGE, "nested too deeply", Place(path, line=1, column=1))]
    tree = builder.root
    if isinstance(tree, dict):
        return tree, builder.findings
    if tree is None:
        empty = Finding(rules.EMPTY, "the file is empty", Place(path, line=1, column=1))
        return None, [*builder.findings, empty]
    found = Finding(rules.NOT_YAML, "expected a mapping of keys to values", Place(path, line=1, column=1))
    return None, [*builder.findings, found]


class _Builder:
    """The state of one build: the containers that are open, the anchors seen, the faults so far."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.root: Any = None
        self.findings: list[Finding] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.aliased = 0

    def run(self, next_event: Callable[[], Any]) -> None:
        """Take events until the stream ends. One loop, because it is the hot path of every command."""
        stack: list[tuple[Any, Any, str | None]] = []
        container: Any = None
        key: Any = _NO_KEY
        anchor: str | None = None
        while True:
            event = next_event()
            kind = event.__class__
            value: Any
            if kind is ScalarEvent:
                value = event.value
                if event.anchor or event.tag or len(value) > LongestScalar:
                    self._check_scalar(event)
                    if event.anchor:
                        self.anchors[event.anchor] = (value, 1)
                if not value and event.implicit[0] and container.__class__ is not dict:
                    value = None
                if container.__class__ is dict:
                    if key is _NO_KEY:
                        if value in container:
                            self._duplicate(event, value)
                        key = value
                        continue
                    if not value and event.implicit[0]:
                        value = None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.tag:
                    self._refuse(rules.NOT_PLAIN, f"tags such as {event.tag} are not used in these files", event)
                if container.__class__ is dict and key is _NO_KEY:
                    self._refuse(rules.NOT_PLAIN, "a key must be text", event, hint=_bracket_hint(event))
                if len(stack) >= DEEPEST:
                    self._refuse(rules.TOO_LARGE, f"nested more than {DEEPEST} deep", event)
                stack.append((container, key, anchor))
                container = {} if kind is MappingStartEvent else []
                anchor, key = event.anchor, _NO_KEY
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = container
                if anchor is not None:
                    self.anchors[anchor] = (value, _entries(value))
                container, key, anchor = stack.pop()
            elif kind is AliasEvent:
                if container.__class__ is dict and key is _NO_KEY:
                    self._refuse(rules.NOT_PLAIN, "a key must be text", event)
                value = self._alias(event)
            elif kind is StreamEndEvent:
                return
            else:
                if kind is DocumentStartEvent and self.root is not None:
                    self._refuse(rules.NOT_PLAIN, "a second document begins", event, hint="one file, one document")
                continue
            if container is None:
                self.root = value
            elif container.__class__ is dict:
                container[key] = value
                key = _NO_KEY
            else:
                container.append(value)

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return place_at(self.path, self.text, mark.line, mark.column)

    def _refuse(self, rule: Rule, message: str, event: Any, hint: str = "") -> None:
        raise _Refused(Finding(rule, message, self._place(event), hint))

    def _check_scalar(self, event: Any) -> None:
        if event.tag:
            self._refuse(rules.NOT_PLAIN, f"tags such as {event.tag} are not used in these files", event)
        if len(event.value) > LongestScalar:
            self._refuse(rules.TOO_LARGE, f"a value of more than {LongestScalar:,} characters", event)

    def _duplicate(self, event: Any, key: str) -> None:
        message = f'"{key}" stands twice here; the second would hide the first'
        self.findings.append(Finding(rules.DUPLICATE_KEY, message, self._place(event), "rename or delete one of them"))

    def _alias(self, event: Any) -> Any:
        """Return what an alias stands for, counting every copy it makes."""
        if event.anchor not in self.anchors:
            self._refuse(rules.NOT_YAML, f"*{event.anchor} names an anchor that is not set before it", event)
        value, size = self.anchors[event.anchor]
        self.aliased += size
        if self.aliased > MOST_ALIASED:
            message = f"aliases stand for more than {MOST_ALIASED:,} entries"
            self._refuse(rules.TOO_LARGE, message, event, hint="write the entries out")
        return value


def _entries(value: Any) -> int:
    """Count the entries below a value, every copy of an alias counted, no further than the limit."""
    count, waiting = 0, [value]
    while waiting and count <= MOST_ALIASED:
        item = waiting.pop()
        count += 1
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return count


def _bracket_hint(event: Any) -> str:
    return 'text in braces must stand in quotes: "{…}"' if isinstance(event, MappingStartEvent) else ""


def place_at(path: str, text: str, line: int, column: int) -> Place:
    """Return the place of libyaml's line and column (from 0), with the line itself."""
    source = lines(text)
    return Place(path, line=line + 1, column=column + 1, source=source[line] if line < len(source) else "")


def _not_yaml(path: str, text: str, error: yaml.YAMLError) -> Finding:
    """Turn libyaml's complaint into a finding at the place where it stopped."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "the text cannot be parsed"
    place = place_at(path, text, mark.line, mark.column) if mark else Place(path, line=1, column=1)
    before = getattr(error, "context_mark", None)
    also = (place_at(path, text, before.line, before.column),) if before and mark and before.line != mark.line else ()
    return Finding(rules.NOT_YAML, f"not well-formed YAML: {problem}", place, _hint(text, place), also)


def _hint(text: str, place: Place) -> str:
    """Name the usual trap that the line, or the one before it, looks like."""
    source = lines(text)
    number = place.line or 1
    for line in (place.source, *source[max(0, number - 2) : number - 1]):
        for trap, hint in _TRAPS:
            if trap.search(line):
                return hint
    return "look at the indentation, quotes and brackets of this line and the one before it"
