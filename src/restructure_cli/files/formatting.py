"""The canonical order and layout of a file: its lines moved and indented, no value written anew.

Keys stand in the order of the format's table (`shapes`), two spaces deeper than what they belong to; ids, and whatever
else is not a key of ours, stay in their order. A comment goes with the line below it, one at the end of an entry stays
there. Entries stay on one line or on several as their author had them, and nothing is wrapped. What comes out reads as
what went in, comment for comment, or it is not given out.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from restructure_cli.files import shapes, tree
from restructure_cli.files.layout import Layout, Node, NoLayout, block_indent, lay_out
from restructure_cli.files.shapes.order import order_of, within

__all__ = ["NoLayout", "formatted"]
_STEP = 2
_DASH = re.compile(r"\s*(- +)*-(\s|$)")
Lines = Sequence[int]
"""Lines of the text as it was, by number."""


def formatted(text: str) -> str:
    """Return a file, which reads without a fault, in its canonical order and layout.

    Raises:
        NoLayout: where it cannot be laid out, or would not read as before.
    """
    if not text.endswith("\n"):
        text += "\n"  # which a text in | or > that ends there would get as well; blanks at its end are not read
    layout = lay_out(text)
    before, _ = tree.build("", text)
    header = (before or {}).get("restructure")
    shape = shapes.shape(shapes.FORMATS[header]) if header in shapes.FORMATS else None
    writer = _Writer(layout)
    done = "\n".join(writer.document(shape)) + "\n"
    after, faults = tree.build("", done)
    if faults or after != before:
        raise NoLayout("it would not read as before")
    if _comments(layout) != _comments(lay_out(done)):
        raise NoLayout("a comment would be lost")
    return done.replace("\n", "\r\n") if "\r\n" in text else done


def _comments(layout: Layout) -> Counter[str]:
    return Counter(layout.comment(line) for line in layout.comments)


class _Writer:
    """Writes the nodes of one layout anew; `indent` is always the new column."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lines = layout.lines

    def document(self, shape: Any) -> list[str]:
        """Write the whole file."""
        root = self.layout.root
        above, after = range(root.start.line), range(_last(root) + 1, len(self.lines))
        written, rest = self._collection(root, 0, shape, above, after)
        return _trimmed([*written, *self._lead(rest, 0)])

    def _collection(
        self, node: Node, indent: int, shape: Any, above: Lines, after: Lines, least: int = 0
    ) -> tuple[list[str], Lines]:
        """Write a block collection with the comments above its first entry.

        Of the comments after it those that are as deep as it, and no less deep than `least`, are its own; the others
        are given back.
        """
        entries: list[tuple[str, list[str]]] = []
        for index, (key, value) in enumerate(node.entries):
            last = index == len(node.entries) - 1
            following = after if last else range(_last(value) + 1, self._first(node, index + 1))
            lead = self._lead(above, indent)
            if key is None:
                own, above = self._item(value, indent, within(shape, None), following)
            else:
                own, above = self._entry(key, value, (node.start.column, indent), within(shape, key.value), following)
            entries.append((key.value if key is not None else "", [*lead, *own]))
        tail, rest = self._tail(above, max(node.start.column, least))
        order = order_of(shape, [name for name, _ in entries]) if node.kind == "mapping" else None
        written = [line for entry in _in_order(entries, order) for line in entry]
        return [*_without_empty_start(written), *self._lead(tail, indent)], rest

    def _first(self, node: Node, index: int) -> int:
        """Return the line on which an entry begins."""
        key, value = node.entries[index]
        return key.start.line if key is not None else self._dash(value)

    def _dash(self, value: Node) -> int:
        """Return the line of the dash before an item: that of the item, or above it where comments stand between."""
        line = value.start.line
        while not _DASH.match(self.lines[line]):
            line -= 1
        return line

    def _entry(
        self, key: Node, value: Node, columns: tuple[int, int], shape: Any, following: Lines
    ) -> tuple[list[str], Lines]:
        """Write a key and its value; `columns` are those of the key before and now."""
        old, indent = columns
        start = f"{' ' * indent}{self._source(key)}:"
        if value.start.line == key.end.line:
            return self._value(f"{start} ", value, columns, shape), following
        head = f"{start} {self.layout.comment(key.end.line)}".rstrip()
        between = range(key.end.line + 1, value.start.line)
        if value.in_lines:
            written, rest = self._collection(value, indent + _STEP, shape, between, following, least=old + 1)
            return [head, *written], rest
        lead = _without_empty_start(self._lead(between, indent + _STEP))
        return [head, *lead, *self._value(" " * (indent + _STEP), value, columns, shape)], following

    def _item(self, value: Node, indent: int, shape: Any, following: Lines) -> tuple[list[str], Lines]:
        """Write one item of a list; a block collection begins on the line of the dash."""
        dash = self._dash(value)
        above = self._lead([line for line in range(dash, value.start.line) if line in self.layout.comments], indent)
        if not value.in_lines:
            columns = (self.lines[dash].index("-"), indent)
            return [*above, *self._value(f"{' ' * indent}- ", value, columns, shape)], following
        written, rest = self._collection(value, indent + _STEP, shape, (), following)
        comments = next(number for number, line in enumerate(written) if line and not line.lstrip().startswith("#"))
        hoisted = [f"{' ' * indent}{line.lstrip()}".rstrip() for line in written[:comments]]
        first = f"{' ' * indent}- {written[comments].lstrip()}"
        return [*above, *hoisted, first, *written[comments + 1 :]], rest

    def _value(self, start: str, value: Node, columns: tuple[int, int], shape: Any) -> list[str]:
        """Write a value after what stands before it on its line, with the comment that ends it.

        `columns` are those of its key, or dash, before and now.
        """
        old, indent = columns
        comment = self.layout.comment(value.start.line if value.style == "block" else value.end.line)
        if value.start == value.end:
            return [f"{start}{comment}".rstrip()]
        if value.style == "block":
            return self._block(start, value, old, indent)
        if value.start.line == value.end.line:
            return [f"{start}{self._inline(value, shape)} {comment}".rstrip()]
        if value.kind == "scalar":
            return self._folded(start, value, indent, comment)
        return self._braces(start, value, old, indent)

    def _block(self, start: str, value: Node, old: int, indent: int) -> list[str]:
        """Write a block text: its lines at a new column, each with what it has beyond the old one."""
        header = self.lines[value.start.line][value.start.column :].rstrip()
        header = re.sub(r"\s+#", " #", header, count=1)
        content = block_indent(self.lines, value.start, old)
        if content is None:
            return [f"{start}{header}"]
        stated = re.match(r"[|>][+-]?([1-9])", header)
        column = " " * (indent + (int(stated[1]) if stated else _STEP))
        lines = [line[content:] for line in self.lines[value.start.line + 1 : value.end.line + 1]]
        return [f"{start}{header}", *(f"{column}{line}" if line else "" for line in lines)]

    def _folded(self, start: str, value: Node, indent: int, comment: str) -> list[str]:
        """Write text that goes on over several lines, whose indentation means nothing."""
        first, *more = self._source(value).split("\n")
        column = " " * (indent + _STEP)
        lines = [f"{start}{first.rstrip()}", *(f"{column}{line.strip()}".rstrip() for line in more)]
        lines[-1] = f"{lines[-1]} {comment}".rstrip()
        return lines

    def _braces(self, start: str, value: Node, old: int, indent: int) -> list[str]:
        """Write braces or brackets that go on over several lines: the lines as they are, as deep as before."""
        first, *more = self.lines[value.start.line : value.end.line + 1]
        lines = [f"{start}{first[value.start.column :].rstrip()}"]
        for line in more:
            column = max(len(line) - len(line.lstrip(" ")) + indent - old, 0)
            lines.append(f"{' ' * column}{line.strip()}".rstrip())
        return lines

    def _inline(self, node: Node, shape: Any) -> str:
        """Write a value on one line: text as it is, braces and brackets with their keys in order."""
        source = self._source(node)
        if node.kind == "scalar" or source[:1] not in "{[":
            return source
        if node.kind == "list":
            return f"[{', '.join(self._inline(item, within(shape, None)) for _, item in node.entries)}]"
        order = order_of(shape, [key.value for key, _ in node.entries if key is not None])
        written = [
            (key.value, f"{self._source(key)}: {self._inline(value, within(shape, key.value))}")
            for key, value in node.entries
            if key is not None
        ]
        return f"{{{', '.join(_in_order(written, order))}}}"

    def _source(self, node: Node) -> str:
        """Return a node as it is written."""
        lines = self.lines[node.start.line : node.end.line + 1]
        if not lines:
            return ""
        lines[-1] = lines[-1][: node.end.column]
        lines[0] = lines[0][node.start.column :]
        return "\n".join(lines)

    def _lead(self, numbers: Lines, indent: int) -> list[str]:
        """Write comments and empty lines, of which one at a time is kept, and the mark of a document's beginning."""
        written: list[str] = []
        for number in numbers:
            line = self.lines[number].strip()
            if not line.startswith("---"):
                line = self.layout.comment(number)
            if line or not written or written[-1]:
                written.append(f"{' ' * indent}{line}" if line else "")
        return written

    def _tail(self, numbers: Lines, column: int) -> tuple[Lines, Lines]:
        """Tell the comments at the end of a collection, as deep as it is, from those that lead to what comes next."""
        mine = 0
        for index, number in enumerate(numbers):
            if number in self.layout.comments:
                if self.layout.comments[number] < column:
                    break
                mine = index + 1
        return numbers[:mine], numbers[mine:]


def _last(node: Node) -> int:
    """Return the last line on which something of a node stands."""
    return _last(node.entries[-1][1]) if node.in_lines else node.end.line


def _in_order(entries: list[tuple[str, Any]], order: list[str] | None) -> list[Any]:
    """Put entries in an order; those that it does not name stay in theirs, after the others."""
    if order is None:
        return [entry for _, entry in entries]
    places = {name: place for place, name in enumerate(order)}
    return [entry for _, entry in sorted(entries, key=lambda one: places.get(one[0], len(places)))]


def _without_empty_start(lines: list[str]) -> list[str]:
    start = next((number for number, line in enumerate(lines) if line), len(lines))
    return lines[start:]


def _trimmed(lines: list[str]) -> list[str]:
    lines = _without_empty_start(lines)
    while lines and not lines[-1]:
        lines.pop()
    return lines
