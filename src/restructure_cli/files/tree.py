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

LONGEST_SCALAR = 100_000
DEEPEST = 24
MOST_ALIASED = 10_000
"""How many entries aliases may stand for, all copies counted."""

_NODES = (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)
_NO_SPACE = re.compile(r"^\s*[\w-]+:(?=[^\s:/])")
_TRAPS = (
    (_NO_SPACE, "put a space after the colon"),
    (re.compile(r"[“”‘’]"), 'curly quotes are not quotes in YAML: use "…"'),
    (re.compile(r"\t"), "use spaces, not tabs, to indent and to separate"),
    (re.compile(r":\s+[^\"'{\[#]*:\s"), "a value with a colon and a space in it must stand in quotes"),
    (re.compile(r":\s+[%@`&*!|>]"), "a value that begins with a special character must stand in quotes"),
)
_LONGEST_TRAP = 300
"""Traps are looked for in the first characters of a line; a damaged one may have millions."""
_LEFT_OPEN = {
    "did not find expected ',' or '}'": ("a brace is not closed, or a comma is missing after it", "close it with }"),
    "did not find expected ',' or ']'": ("a bracket is not closed, or a comma is missing after it", "close it with ]"),
    "found unexpected end of stream": ("a quote is not closed", "put the same quote at the end of the text"),
}
"""What libyaml says where something was opened on an earlier line: in plain words, and what to do."""
_PROBLEMS = {
    "mapping values are not allowed in this context": "a key stands where none can",
    "did not find expected key": "this does not line up with what stands above it",
    "did not find expected '-' indicator": "this does not line up with the list above it",
    "found character that cannot start any token": "no value can begin with this character",
    "could not find expected ':'": "a key without a colon",
    "block sequence entries are not allowed in this context": "a list cannot begin here",
}
"""What libyaml says, in plain words."""


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
    tree = builder.root
    if isinstance(tree, dict):
        return tree, builder.findings
    if tree is None:
        hint = "begin with `restructure: structure/1`, or delete the file"
        empty = Finding(rules.EMPTY, "there is nothing in the file", place_at(path, text, 0, 0), hint)
        return None, [*builder.findings, empty]
    hint = "a file begins with `restructure: structure/1`, and a key and its value follow on each line"
    found = Finding(rules.NOT_YAML, "expected keys with their values", place_at(path, text, 0, 0), hint)
    return None, [*builder.findings, found]


class _Builder:
    """The state of one build: the anchors seen, the depth, the faults so far."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.root: Any = None
        self.findings: list[Finding] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.unused: dict[str, Finding] = {}
        """Anchors on text that no alias names so far: more likely the beginning of the text."""
        self.aliased = 0
        self.depth = 0
        self.next: Callable[[], Any] = lambda: None

    def run(self, next_event: Callable[[], Any]) -> None:
        """Take events until the stream ends."""
        self.next = next_event
        documents = 0
        while True:
            event = next_event()
            kind = event.__class__
            if kind is StreamEndEvent:
                self.findings.extend(self.unused.values())
                return
            if kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refuse(rules.NOT_PLAIN, "a second document begins", event, hint="one file, one document")
            elif kind in _NODES:
                self.root = self._scalar(event) if kind is ScalarEvent else self._collection(event)

    def _mapping(self) -> Tree:
        """Take the keys and values of a mapping. The hot path of every command: a county's posts come by here."""
        found: Tree = {}
        next_event = self.next
        while True:
            event = next_event()
            if event.__class__ is not ScalarEvent:
                if event.__class__ is MappingEndEvent:
                    return found
                self._refuse(rules.NOT_PLAIN, "a key must be text", event, hint=_bracket_hint(event))
            key = event.value
            if event.anchor or event.tag or len(key) > LONGEST_SCALAR:
                self._check_scalar(event)
            into = found
            if key in found:
                self._duplicate(event, key)
                into = {}
            event = next_event()
            if event.__class__ is ScalarEvent:
                value: str | None = event.value
                if not value or event.anchor or event.tag or len(value) > LONGEST_SCALAR:
                    value = self._scalar(event)
                into[key] = value
            else:
                into[key] = self._collection(event)

    def _sequence(self) -> list[Any]:
        """Take the items of a list."""
        found: list[Any] = []
        while True:
            event = self.next()
            if event.__class__ is SequenceEndEvent:
                return found
            found.append(self._scalar(event) if event.__class__ is ScalarEvent else self._collection(event))

    def _scalar(self, event: Any) -> str | None:
        """Return the text of a scalar; one that is empty and not in quotes is nothing."""
        self._check_scalar(event)
        value: str | None = event.value or ("" if not event.implicit[0] else None)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
            rule, message = rules.CUT_BY_ANCHOR, f"the & makes a name of {event.anchor}, so the text begins after it"
            if value is None:
                rule, message = rules.NOT_PLAIN, f"the & makes a name of {event.anchor}, and there is no text after it"
            self.unused[event.anchor] = Finding(rule, message, self._place(event), "put the text in quotes")
        return value

    def _collection(self, event: Any) -> Any:
        """Take a mapping, a list, or what an alias stands for."""
        if event.__class__ is AliasEvent:
            return self._alias(event)
        if event.tag:
            self._refuse_tag(event)
        if self.depth >= DEEPEST:
            hint = "look for brackets, or dashes, that should not be there"
            self._refuse(rules.TOO_LARGE, f"nested more than {DEEPEST} deep", event, hint)
        self.depth += 1
        found = self._mapping() if event.__class__ is MappingStartEvent else self._sequence()
        self.depth -= 1
        if event.anchor:
            self.anchors[event.anchor] = (found, _entries(found))
        return found

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return place_at(self.path, self.text, mark.line, mark.column)

    def _refuse(self, rule: Rule, message: str, event: Any, hint: str = "") -> None:
        raise _Refused(Finding(rule, message, self._place(event), hint))

    def _refuse_tag(self, event: Any) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        hint = "delete it: a value is read as it is written; text that begins with ! must stand in quotes"
        self._refuse(rules.NOT_PLAIN, f"tags such as {tag} are not used in these files", event, hint)

    def _check_scalar(self, event: Any) -> None:
        if event.tag:
            self._refuse_tag(event)
        if len(event.value) > LONGEST_SCALAR:
            hint = "look for a quote that is not closed; the file may be damaged"
            self._refuse(rules.TOO_LARGE, f"a value of more than {LONGEST_SCALAR:,} characters", event, hint)

    def _duplicate(self, event: Any, key: str) -> None:
        message = f'"{key}" stands twice here; the second would hide the first'
        place, hint = self._place(event), "rename or delete one of them"
        also = (_first_of_two(self.path, self.text, event),)
        self.findings.append(Finding(rules.DUPLICATE_KEY, message, place, hint, also))

    def _alias(self, event: Any) -> Any:
        """Return what an alias stands for, counting every copy it makes."""
        if event.anchor not in self.anchors:
            hint = "text that begins with * must stand in quotes"
            self._refuse(rules.NOT_YAML, f"*{event.anchor} names an anchor that is not set before it", event, hint)
        self.unused.pop(event.anchor, None)
        value, size = self.anchors[event.anchor]
        self.aliased += size
        if self.aliased > MOST_ALIASED:
            message = f"aliases stand for more than {MOST_ALIASED:,} entries"
            self._refuse(rules.TOO_LARGE, message, event, hint="write the entries out")
        return value


def _index(event: Any) -> int:
    """Return at which character of the text an event begins."""
    return int(event.start_mark.index)


def _first_of_two(path: str, text: str, second: Any) -> Place:
    """Find the key of the same mapping that is written as this one is, before it."""
    open_: list[dict[str, Any] | None] = []
    values = [False]
    next_event = parser(text).get_event
    while True:
        event = next_event()
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            open_.pop()
            values.pop()
        elif isinstance(event, _NODES) and open_ and open_[-1] is not None and not values[-1]:
            if _index(event) == _index(second):
                mark = open_[-1][second.value].start_mark
                return place_at(path, text, mark.line, mark.column)
            open_[-1].setdefault(getattr(event, "value", ""), event)
            values[-1] = True
            continue
        if isinstance(event, _NODES):
            values[-1] = False
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            open_.append({} if isinstance(event, MappingStartEvent) else None)
            values.append(False)


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
    if isinstance(event, MappingStartEvent):
        return 'text in braces must stand in quotes: "{…}"'
    return "write the key as plain text, such as team-manager"


def place_at(path: str, text: str, line: int, column: int) -> Place:
    """Return the place of libyaml's line and column (from 0), with the line itself."""
    source = lines(text)
    return Place(path, line=line + 1, column=column + 1, source=source[line] if line < len(source) else "")


def _not_yaml(path: str, text: str, error: yaml.YAMLError) -> Finding:
    """Turn libyaml's complaint into a finding, at the place where the fault is rather than where it shows."""
    problem = getattr(error, "problem", None) or "the text cannot be parsed"
    shows, opened = (
        place_at(path, text, mark.line, mark.column) if mark else Place(path, line=1, column=1)
        for mark in (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    )
    elsewhere = getattr(error, "context_mark", None) is not None and opened.line != shows.line
    if elsewhere and problem in _LEFT_OPEN:
        problem, hint = _LEFT_OPEN[problem]
        return Finding(rules.NOT_YAML, f"not well-formed YAML: {problem}", opened, hint, (shows,))
    above = lines(text)[max(0, (shows.line or 1) - 2)][:_LONGEST_TRAP]
    run_on = _NO_SPACE.search(above) if (shows.line or 1) > 1 else None
    problem = _PROBLEMS.get(problem, _LEFT_OPEN.get(problem, (problem,))[0])
    if run_on:
        at = place_at(path, text, (shows.line or 1) - 2, run_on.end() - 1)
        return Finding(rules.NOT_YAML, "not well-formed YAML: a colon without a space after it", at, _TRAPS[0][1])
    quote = _open_quote(path, text, opened, shows)
    if quote is not None:
        problem, hint = _LEFT_OPEN["found unexpected end of stream"]
        return Finding(rules.NOT_YAML, f"not well-formed YAML: {problem}", quote, hint, (shows,))
    if shows.source[(shows.column or 1) - 1 :].startswith("\t"):
        problem = "a tab stands where only spaces can"
    also = (opened,) if elsewhere else ()
    return Finding(rules.NOT_YAML, f"not well-formed YAML: {problem}", shows, _hint(shows.source), also)


def _open_quote(path: str, text: str, opened: Place, shows: Place) -> Place | None:
    """Find the quote that an earlier line opens and none closes, so that a later one seems to."""
    first, last = (opened.line or 1) - 1, (shows.line or 1)
    odd = [number for number, line in enumerate(lines(text)[first:last], first) if line.count('"') % 2]
    if len(odd) % 2 == 0 or odd[0] == last - 1:
        return None
    return place_at(path, text, odd[0], lines(text)[odd[0]].rindex('"'))


def _hint(line: str) -> str:
    """Name the usual trap that the line looks like."""
    for trap, hint in _TRAPS:
        if trap.search(line[:_LONGEST_TRAP]):
            return hint
    return "look at the indentation, quotes and brackets of this line and the one before it"
