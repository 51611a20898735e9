"""The canonical order and layout of a file: its lines moved and indented, no value written anew.

Keys stand in the order of the format's table (`shapes`), two spaces deeper than what they belong to; ids, and whatever
else is not a key of ours, stay in their order. A comment goes with the line below it, one at the end of an entry stays
there. Entries stay on one line or on several as their author had them, and nothing is wrapped. What comes out reads as
what went in, comment for comment, or it is not given out.
"""

import re
from collections import Counter
from typing import Any, NamedTuple, get_args, get_origin

from restructure_cli.files import shapes, tree
from restructure_cli.files.layout import Layout, Node, NoLayout, Spot, block_indent, lay_out
from restructure_cli.files.values import QUANTITY_KEYS

__all__ = ["NoLayout", "formatted"]
_STEP = 2


def formatted(text: str) -> str:
    """Return a file, which reads without a fault, in its canonical order and layout.

    Raises:
        NoLayout: where it cannot be laid out, or would not read as before.
    """
    layout = lay_out(text)
    before, _ = tree.build("", text)
    header = (before or {}).get("restructure")
    shape = shapes.shape(shapes.FORMATS[header]) if header in shapes.FORMATS else None
    writer = _Writer(layout)
    done = "\n".join(writer.document(shape)) + "\n"
    after, faults = tree.build("", done)
    if faults or not _same(before, after):
        raise NoLayout("it would not read as before")
    if _comments(layout) != _comments(lay_out(done)):
        raise NoLayout("a comment would be lost")
    return done.replace("\n", "\r\n") if "\r\n" in text else done


def _same(before: Any, after: Any) -> bool:
    """Whether two trees are the same, with every id in its place."""
    return bool(before == after) and list(before["restructure"]) == list(after["restructure"])


def _comments(layout: Layout) -> Counter[str]:
    return Counter(layout.comment(line) for line in layout.comments)


class _Entry(NamedTuple):
    """One entry of a block collection as it will stand: comments and empty lines above it, then its own lines."""

    above: list[str]
    own: list[str]


class _Writer:
    """Writes the nodes of one layout anew; `indent` is always the new column."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lines = layout.lines

    def document(self, shape: Any) -> list[str]:
        """Write the whole file."""
        root = self.layout.root
        first = self._gap(0, root.start.line)
        written, rest = self._collection(root, 0, shape, self._gap(self._last(root) + 1, len(self.lines)))
        return _trimmed([*self._lead(first, 0), *written, *self._lead(rest, 0)])

    def _collection(self, node: Node, indent: int, shape: Any, after: list[int]) -> tuple[list[str], list[int]]:
        """Write a block collection; of the comments after it, those as deep as it are its own, the rest are given back."""
        entries: list[tuple[str, _Entry]] = []
        above: list[int] = []
        for index, (key, value) in enumerate(node.entries):
            head = key if key is not None else value
            last = index == len(node.entries) - 1
            following = after if last else self._gap(self._last(value) + 1, self._first(node, index + 1))
            inner = _inner(shape, key.value if key is not None else None, value)
            own, rest = self._entry(node, key, value, indent, inner, following)
            entries.append((head.value, _Entry(self._lead(above, indent), own)))
            above = rest
        tail, rest = self._tail(above, node.start.column)
        in_order = _in_order(entries, _order(shape, [name for name, _ in entries]) if node.kind == "mapping" else None)
        written = [line for entry in in_order for line in (*entry.above, *entry.own)]
        return [*_without_empty_start(written), *self._lead(tail, indent)], rest

    def _first(self, node: Node, index: int) -> int:
        key, value = node.entries[index]
        if key is not None:
            return key.start.line
        return self._dash(value)

    def _dash(self, value: Node) -> int:
        """Return the line of the dash before an item: that of the item, or above it where comments stand between."""
        line = value.start.line
        while not re.match(r"\s*(- +)*-(\s|$)", self.lines[line]):
            line -= 1
        return line

    def _entry(
        self, node: Node, key: Node | None, value: Node, indent: int, shape: Any, following: list[int]
    ) -> tuple[list[str], list[int]]:
        """Write one entry, from its key or dash to the end of its value, with the comments around its key."""
        if key is None:
            return self._item(value, indent, shape, following)
        start = f"{' ' * indent}{self._source(key)}:"
        between = self._gap(key.end.line + 1, value.start.line) if value.start.line > key.end.line else []
        beside = self.layout.comment(key.end.line) if value.start.line > key.end.line else ""
        if value.in_lines:
            head = f"{start} {beside}".rstrip()
            written, rest = self._collection(value, indent + _STEP, shape, following)
            return [head, *_without_empty_start([*self._lead(between, indent + _STEP), *written])], rest
        above = [f"{' ' * indent}{beside}"] if beside else []
        lines = self._value(start, value, node.start.column, indent, shape)
        return [*above, *self._lead([line for line in between if self.lines[line].strip()], indent), *lines], following

    def _item(self, value: Node, indent: int, shape: Any, following: list[int]) -> tuple[list[str], list[int]]:
        """Write one item of a list; a block collection begins on the line of the dash."""
        dash = self._dash(value)
        between = [line for line in self._gap(dash, value.start.line) if line in self.layout.comments]
        above = self._lead(between, indent)
        if not value.in_lines:
            return [*above, *self._value(f"{' ' * indent}-", value, self._column_of_dash(dash), indent, shape)], following
        written, rest = self._collection(value, indent + _STEP, shape, following)
        comments = 0
        while written[comments].lstrip().startswith("#") or not written[comments]:
            comments += 1
        first = f"{' ' * indent}- {written[comments].lstrip()}"
        hoisted = [f"{' ' * indent}{line.lstrip()}".rstrip() for line in written[:comments]]
        return [*above, *hoisted, first, *written[comments + 1 :]], rest

    def _column_of_dash(self, line: int) -> int:
        return self.lines[line].index("-")

    def _value(self, start: str, value: Node, old: int, indent: int, shape: Any) -> list[str]:
        """Write a value that begins on the line of its key or dash, with the comment that ends it."""
        comment = self.layout.comment(value.start.line if value.style == "block" else value.end.line)
        if value.start == value.end:
            return [f"{start} {comment}".rstrip()]
        if value.style == "block":
            return self._block(start, value, old, indent)
        if value.start.line == value.end.line:
            return [f"{start} {self._inline(value, shape)} {comment}".rstrip()]
        if value.kind == "scalar":
            return self._folded(start, value, indent, comment)
        return self._braces(start, value, old, indent)

    def _block(self, start: str, value: Node, old: int, indent: int) -> list[str]:
        """Write a block text: its lines at a new column, each with what it has beyond the old one."""
        header = self.lines[value.start.line][value.start.column :].rstrip()
        header = re.sub(r"\s+#", " #", header, count=1)
        content = block_indent(self.lines, value.start, old)
        if content is None:
            return [f"{start} {header}"]
        stated = re.match(r"[|>][+-]?([1-9])", header)
        column = " " * (indent + (int(stated[1]) if stated else _STEP))
        lines = [line[content:] for line in self.lines[value.start.line + 1 : value.end.line + 1]]
        return [f"{start} {header}", *(f"{column}{line}" if line else "" for line in lines)]

    def _folded(self, start: str, value: Node, indent: int, comment: str) -> list[str]:
        """Write text that goes on over several lines, whose indentation means nothing."""
        first, *more = self._source(value).split("\n")
        column = " " * (indent + _STEP)
        lines = [f"{start} {first.rstrip()}", *(f"{column}{line.strip()}".rstrip() for line in more)]
        lines[-1] = f"{lines[-1]} {comment}".rstrip()
        return lines

    def _braces(self, start: str, value: Node, old: int, indent: int) -> list[str]:
        """Write braces or brackets that go on over several lines: the lines as they are, as deep as before."""
        first, *more = self.lines[value.start.line : value.end.line + 1]
        lines = [f"{start} {first[value.start.column :].rstrip()}"]
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
            return f"[{', '.join(self._inline(item, _inner(shape, None, item)) for _, item in node.entries)}]"
        order = _order(shape, [key.value for key, _ in node.entries if key is not None])
        written = [
            (key.value, f"{self._source(key)}: {self._inline(value, _inner(shape, key.value, value))}")
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

    def _last(self, node: Node) -> int:
        """Return the last line on which something of a node stands."""
        if node.in_lines and node.entries:
            return max(self._last(value) if value.start != value.end else self._where(key, value)
                       for key, value in node.entries[-1:])  # fmt: skip
        return node.end.line

    def _where(self, key: Node | None, value: Node) -> int:
        """Return the line of an entry whose value is empty."""
        return key.end.line if key is not None else self._dash(value)

    def _gap(self, first: int, until: int) -> list[int]:
        """List the lines from one up to another."""
        return list(range(first, until))

    def _lead(self, numbers: list[int], indent: int) -> list[str]:
        """Write comments and empty lines, of which one at a time is kept."""
        written: list[str] = []
        for number in numbers:
            line = self.lines[number].strip()
            if line or (written and written[-1]) or not written:
                written.append(f"{' ' * indent}{line}" if line else "")
        return written

    def _tail(self, numbers: list[int], column: int) -> tuple[list[int], list[int]]:
        """Tell the comments at the end of a collection, as deep as it is, from those that lead to what comes next."""
        mine = 0
        for index, number in enumerate(numbers):
            if number in self.layout.comments:
                if self.layout.comments[number] < column:
                    break
                mine = index + 1
        return numbers[:mine], numbers[mine:]


def _inner(shape: Any, key: str | None, value: Node) -> Any:
    """Return the shape of what stands under a key, or in a list."""
    shape = _bare(shape, value if key is None else None)
    if key is None:
        return get_args(shape)[0] if get_origin(shape) is list else shape
    if hasattr(shape, "sentences"):
        return shape.__annotations__.get(key)
    return get_args(shape)[1] if get_origin(shape) is dict else None


def _bare(shape: Any, _: Node | None = None) -> Any:
    """Take readers and alternatives off a shape."""
    while True:
        if hasattr(shape, "__metadata__"):
            shape = shape.__origin__
        elif len(alternatives := [one for one in get_args(shape) if one is not type(None)]) < len(get_args(shape)):
            shape = alternatives[0]
        else:
            return shape


def _order(shape: Any, names: list[str]) -> list[str] | None:
    """Return the order of an entry's keys, None where they are ids."""
    shape = _bare(shape)
    if get_origin(shape) is list:
        shape = _bare(get_args(shape)[0])
    if hasattr(shape, "sentences"):
        return list(shape.sentences)
    return list(QUANTITY_KEYS) if shape is Any and "is" in names else None


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
