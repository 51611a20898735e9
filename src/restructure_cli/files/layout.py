"""YAML text to nodes that know their lines: what stands where, and which lines are comments or empty.

For `formatting`, which moves lines and never writes a value anew. A text that is built otherwise than lines on lines
(anchors, explicit keys, line breaks of other systems) has no layout here, with the reason.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from restructure_cli.files import tree

_OTHER_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_INDENT = re.compile(" *")
_HASH = re.compile(r"(?:(?<=[ \t])|^)#")


class NoLayout(Exception):
    """The text cannot be laid out; says why."""


class Spot(NamedTuple):
    """A line and a column, both from 0."""

    line: int
    column: int


class Node(NamedTuple):
    """A value and where it stands: text, or the entries of a mapping (keys with values) or list (values alone)."""

    kind: str
    """`scalar`, `mapping` or `list`."""
    start: Spot
    end: Spot
    style: str
    """Of text `plain`, `quoted` or `block`; of a collection `block` or `flow`."""
    entries: tuple[tuple["Node | None", "Node"], ...] = ()
    value: str = ""

    @property
    def in_lines(self) -> bool:
        """Whether it is a collection whose entries each begin a line."""
        return self.kind != "scalar" and self.style == "block"


class Layout(NamedTuple):
    """A text by its lines, its one mapping, and the comments in it by line: the column at which each begins."""

    lines: list[str]
    root: Node
    comments: dict[int, int]

    def comment(self, line: int) -> str:
        """Return the comment on a line, or nothing."""
        return self.lines[line][self.comments[line] :].rstrip() if line in self.comments else ""


def lay_out(text: str) -> Layout:
    """Return the layout of a text that reads without a fault.

    Raises:
        NoLayout: where it is not built of lines that can be moved.
    """
    if _OTHER_BREAKS.search(text):
        raise NoLayout("it has line breaks that are not those of a text file")
    lines = text.replace("\r\n", "\n").split("\n")
    taker = _Taker(lines, tree.parser(text).get_event)
    root = taker.document()
    if not root.in_lines:
        raise NoLayout("the whole file stands in braces")
    return Layout(lines, root, _comments(lines, taker.texts))


class _Taker:
    """Takes events and builds nodes; gathers the places of texts, in which no comment can begin."""

    def __init__(self, lines: list[str], next_event: Callable[[], Any]) -> None:
        self.lines = lines
        self.next = next_event
        self.texts: list[tuple[Spot, Spot]] = []

    def document(self) -> Node:
        while not isinstance(event := self.next(), DocumentStartEvent):
            pass
        if event.version or event.tags:
            raise NoLayout("it begins with a YAML directive")
        root = self._node(self.next(), -1)
        ended = self.next()
        if isinstance(ended, DocumentEndEvent) and ended.explicit:
            raise NoLayout("it ends with the mark of a document's end, ...")
        return root

    def _node(self, event: Any, indent: int) -> Node:
        """Take one node; `indent` is the column of the collection that it stands in."""
        if isinstance(event, AliasEvent) or event.anchor:
            raise NoLayout("it has anchors (& and *), whose order matters")
        start = _spot(event.start_mark)
        if isinstance(event, ScalarEvent):
            return self._text(event, start, indent)
        style = "flow" if event.flow_style else "block"
        kind = "mapping" if isinstance(event, MappingStartEvent) else "list"
        inside = start.column if style == "block" else indent
        entries: list[tuple[Node | None, Node]] = []
        while True:
            event = self.next()
            if not isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                break
            first = self._node(event, inside)
            entries.append((first, self._under(first, inside)) if kind == "mapping" else (None, first))
        if kind == "mapping" and style == "block":
            self._refuse_explicit(entries)
        return Node(kind, start, _spot(event.end_mark), style, tuple(entries))

    def _under(self, key: Node, indent: int) -> Node:
        """Take the value of a key; an empty one stands where its key ends, wherever the parser saw that it is."""
        value = self._node(self.next(), indent)
        return value if value.start != value.end else value._replace(start=key.end, end=key.end)

    def _refuse_explicit(self, entries: list[tuple[Node | None, Node]]) -> None:
        for key, _ in entries:
            if key is not None and not re.match(r"\s*:(\s|$)", self.lines[key.end.line][key.end.column :]):
                raise NoLayout("it has a key that begins with a question mark")

    def _text(self, event: Any, start: Spot, indent: int) -> Node:
        end = _spot(event.end_mark)
        style = {None: "plain", "": "plain", "|": "block", ">": "block"}.get(event.style, "quoted")
        if style == "block":
            end = _end_of_block(self.lines, start, indent)
            first = Spot(start.line + 1, 0)
            if end.line > start.line:
                self.texts.append((first, end))
        elif start != end:
            self.texts.append((start, end))
        return Node("scalar", start, end, style, value=event.value)


def _spot(mark: Any) -> Spot:
    return Spot(mark.line, mark.column)


def block_indent(lines: list[str], start: Spot, indent: int) -> int | None:
    """Return the column at which the lines of a block text begin, None where it has no text."""
    header = lines[start.line][start.column :]
    stated = re.match(r"[|>][+-]?([1-9])", header)
    if stated:
        return max(indent, 0) + int(stated[1])
    for line in lines[start.line + 1 :]:
        if line.strip(" "):
            column = _column(line)
            return column if column > indent else None
    return None


def _end_of_block(lines: list[str], start: Spot, indent: int) -> Spot:
    """Return where a block text ends: at the end of its last line that counts."""
    content = block_indent(lines, start, indent)
    last = number = start.line
    while content is not None and number + 1 < len(lines):
        number += 1
        if lines[number].strip(" ") and _column(lines[number]) < content:
            break
        if lines[number].strip(" ") or _keeps_empty_lines(lines, start, number):
            last = number
    return Spot(last, len(lines[last]))


def _keeps_empty_lines(lines: list[str], start: Spot, number: int) -> bool:
    header = lines[start.line][start.column :]
    return bool(re.match(r"[|>][1-9]?\+", header)) and number < len(lines) - 1


def _column(line: str) -> int:
    match = _INDENT.match(line)
    return match.end() if match else 0


def _comments(lines: list[str], texts: list[tuple[Spot, Spot]]) -> dict[int, int]:
    """Find where comments begin: at a # after a space, or first on its line, and not in a text."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for start, end in texts:
        for number in range(start.line, end.line + 1):
            first = start.column if number == start.line else 0
            last = end.column if number == end.line else len(lines[number])
            taken.setdefault(number, []).append((first, last))
    found = {}
    for number, line in enumerate(lines):
        hashes = (match.start() for match in _HASH.finditer(line))
        free = [at for at in hashes if not any(first <= at < last for first, last in taken.get(number, ()))]
        if free:
            found[number] = free[0]
    return found
