"""Damages to the five councils' files, each made the same way every time; what `yaml` itself says of the result.

A damage that must be refused says so (`invalid`), and where it can, on which line. Of the others, such as a line
deleted, only this is known here: where PyYAML cannot compose what is left, it is invalid.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import yaml

STRUCTURES = Path(__file__).parents[2] / "structures"
FILES = ("current.yaml", "proposed.yaml", "grades.yaml")
MEGABYTES_10 = 10_000_000
_FIGURES = frozenset(
    {"fte", "filled", "positions", "people", "agency", "cost", "cost_change", "amount", "rate", "as_at", "counts"}
    | {"hours_per_week", "starts", "ends", "year", "point", "prices", "recurrent"}
)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_T = TypeVar("_T")


@dataclass(frozen=True)
class Damage:
    """One damaged variant of one file: how to make it, and what is known about it."""

    kind: str
    council: str
    file: str
    number: int
    make: Callable[[Path], None]
    invalid: bool = True
    """Whether the tool must refuse it; False: it may be valid all the same."""
    line: int | None = None
    """The line that a finding must name."""
    opens: bool = True
    """Whether the file can be opened at all, so that there are lines to name."""

    def __str__(self) -> str:
        return f"{self.council}-{self.file.removesuffix('.yaml')}-{self.kind.replace(' ', '-')}-{self.number}"


@dataclass(frozen=True)
class Entry:
    """A key of the format with its scalar value: where they stand in the text."""

    pointer: tuple[str, ...]
    key: Any
    value: Any

    @property
    def name(self) -> str:
        return self.pointer[-1]

    @property
    def line(self) -> int:
        return int(self.key.start_mark.line) + 1

    @property
    def one_line(self) -> bool:
        return bool(self.key.start_mark.line == self.value.end_mark.line) and self.value.style not in ("|", ">")


def entries(text: str) -> list[Entry]:
    """List the entries whose key is the format's own, not an id, and whose value is a scalar."""
    found = []
    for entry in _walk(yaml.compose(text, Loader=_LOADER), ()):
        depth = len(entry.pointer)
        if depth == 1 or (depth == 3 and entry.pointer[0] in ("teams", "posts", "costs", "grades")):
            found.append(entry)
    return found


def _walk(node: Any, above: tuple[str, ...]) -> Iterator[Entry]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            pointer = (*above, key.value)
            if isinstance(value, yaml.ScalarNode):
                yield Entry(pointer, key, value)
            else:
                yield from _walk(value, pointer)


def spread(items: Sequence[_T], count: int) -> list[_T]:
    """Take some of the items, evenly from the first to the last."""
    count = min(count, len(items))
    return [items[(2 * number + 1) * len(items) // (2 * count)] for number in range(count)]


def readable(content: bytes) -> bool:
    """Whether PyYAML makes anything of these bytes."""
    try:
        return yaml.compose(content.decode("utf-8-sig"), Loader=_LOADER) is not None
    except (yaml.YAMLError, UnicodeDecodeError):
        return False


def put(text: str, node: Any, new: str) -> str:
    """Put another text in the place of a key or a value."""
    return text[: node.start_mark.index] + new + text[node.end_mark.index :]


def all_damages() -> list[Damage]:
    """Make every damage to every file; what is large is made only when it is asked for."""
    return [
        damage
        for council in sorted(folder.name for folder in STRUCTURES.iterdir() if folder.is_dir())
        for file in FILES
        for damage in _Damages(council, file).all()
    ]


class _Damages:
    """The damages to one file."""

    def __init__(self, council: str, file: str) -> None:
        self.council = council
        self.file = file
        self.raw = (STRUCTURES / council / file).read_bytes()
        self.text = self.raw.decode("utf-8")
        self.lines = self.text.splitlines(keepends=True)
        self.entries = entries(self.text)
        self.numbers: dict[str, int] = {}

    def all(self) -> Iterator[Damage]:
        yield from self.misspelt()
        yield from self.other_values()
        yield from self.lines_and_spaces()
        yield from self.bytes_of_another_kind()
        yield from self.too_much()
        yield from self.not_a_file()

    def to_text(self, kind: str, text: str, line: int | None) -> Damage:
        """Return a damage that the tool must refuse, on this line."""
        return self.to_bytes(kind, text.encode(), True, line)

    def judged(self, kind: str, content: bytes) -> Damage:
        """Return a damage that may leave a valid file: PyYAML says when it surely does not."""
        return self.to_bytes(kind, content, not readable(content), None)

    def to_bytes(self, kind: str, content: bytes, invalid: bool, line: int | None) -> Damage:
        return Damage(kind, self.council, self.file, self.next(kind), lambda path: _write(path, content), invalid, line)

    def next(self, kind: str) -> int:
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return self.numbers[kind]

    def misspelt(self) -> Iterator[Damage]:
        keys = [entry for entry in self.entries if entry.name != "restructure"]
        for entry in spread(keys, 3):
            wrong = entry.name[0] + entry.name[2:] if len(entry.name) > 3 else entry.name + entry.name[-1]
            yield self.to_text("a key misspelt", put(self.text, entry.key, wrong), entry.line)
        header = next(entry for entry in self.entries if entry.name == "restructure")
        for wrong in (f"restucture: {header.value.value}", "restructure: structre/1", "restructure: structure/2"):
            text = self.text[: header.key.start_mark.index] + wrong + self.text[header.value.end_mark.index :]
            yield self.to_text("a header misspelt", text, header.line)
        without = self.lines[: header.line - 1] + self.lines[header.line :]
        yield self.to_text("no header", "".join(without), header.line)

    def other_values(self) -> Iterator[Damage]:
        figures = [entry for entry in self.entries if entry.name in _FIGURES and entry.one_line]
        wrong_figures = ("about 3", "[1, 2]", "٣", "1_000", "0x1F", "{a: b}")
        for entry, wrong in zip(spread(figures, 4), wrong_figures * 4, strict=False):
            yield self.to_text("a value of the wrong kind", put(self.text, entry.value, wrong), entry.line)
        for entry in spread(figures, 1):
            yield self.to_text("1e999999999", put(self.text, entry.value, "1e999999999"), entry.line)
        texts = [entry for entry in self.entries if entry.name in ("title", "organisation") and entry.one_line]
        for entry in spread(texts, 1):
            yield self.to_text("a list for a text", put(self.text, entry.value, "[a, {b: c}]"), entry.line)
        for entry in spread(texts, 1):
            yield self.to_text("a tag", put(self.text, entry.value, "!!python/object:os.system x"), entry.line)

    def lines_and_spaces(self) -> Iterator[Damage]:
        for number in spread(range(1, len(self.lines)), 4):
            yield self.judged("a line deleted", "".join(self.lines[:number] + self.lines[number + 1 :]).encode())
        for number in spread(range(1, len(self.lines)), 1):
            yield self.judged("a line twice", "".join(self.lines[: number + 1] + self.lines[number:]).encode())
        keyed = [number for number, line in enumerate(self.lines) if number and ":" in line and line[0] != "#"]
        indented = [number for number in keyed if self.lines[number].startswith("  ")] or keyed
        for number, spaces in zip(spread(indented, 3), (" ", "   ", ""), strict=False):
            shifted = spaces + self.lines[number] if spaces else self.lines[number][1:]
            yield self.judged("a bad indent", self.with_line(number, shifted).encode())
        for number in spread(indented, 1):
            tabbed = "\t" + self.lines[number].lstrip()
            yield self.judged("a tab", self.with_line(number, tabbed).encode())
        for index in spread(range(len(self.text)), 1):
            yield self.judged("a file cut off", self.text[:index].encode())

    def with_line(self, number: int, line: str) -> str:
        return "".join([*self.lines[:number], line, *self.lines[number + 1 :]])

    def bytes_of_another_kind(self) -> Iterator[Damage]:
        for number in spread(range(len(self.lines)), 2):
            line = self.lines[number]
            middle = len(line) // 2
            text = self.with_line(number, line[:middle] + "\0" + line[middle:])
            yield self.to_text("a NUL byte", text, number + 1)
        for entry in spread([entry for entry in self.entries if entry.name == "title"], 1):
            before, after = self.text[: entry.value.start_mark.index], self.text[entry.value.end_mark.index :]
            content = before.encode() + b"Caf\xe9 \xa35" + after.encode()
            yield self.to_bytes("not UTF-8", content, True, entry.line)
        yield self.to_bytes("not UTF-8", self.text.encode("utf-16"), True, 1)
        chance = Random(f"{self.council} {self.file}")
        for _ in range(3):
            changed = bytearray(self.raw)
            changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield self.judged("a byte changed", bytes(changed))

    def too_much(self) -> Iterator[Damage]:
        here = len(self.lines) + 1
        bomb = ["bomb:\n", "  - &b0 [x, x, x, x, x, x, x, x, x, x]\n"]
        bomb += [f"  - &b{number} [{', '.join([f'*b{number - 1}'] * 10)}]\n" for number in range(1, 10)]
        yield self.to_text("an alias bomb", self.text + "".join(bomb), None)
        entry = spread([entry for entry in self.entries if entry.one_line and entry.name != "restructure"], 1)[0]
        yield self.large("a 10 MB scalar", lambda: put(self.text, entry.value, "x" * MEGABYTES_10), entry.line)
        for deep in ("[" * 10_000, "{a: " * 10_000, "- " * 10_000):
            line = here if deep[0] == "-" else entry.line
            text = self.text + "deep:\n  " + deep if deep[0] == "-" else put(self.text, entry.value, deep)
            yield self.to_text("nesting 10,000 deep", text, line + (deep[0] == "-"))

    def large(self, kind: str, text: Callable[[], str], line: int) -> Damage:
        """Return a damage whose text is made only when it is written."""
        return Damage(
            kind, self.council, self.file, self.next(kind), lambda path: _write(path, text().encode()), True, line
        )

    def not_a_file(self) -> Iterator[Damage]:
        yield self.to_bytes("empty", b"", True, 1)
        yield self.to_bytes("empty", b"# nothing but this\n\n", True, 1)
        makers: dict[str, Callable[[Path], None]] = {
            "a missing file": lambda path: None,
            "a directory": lambda path: path.mkdir(),
            "no permission": _closed,
            "a FIFO": _fifo,
        }
        for kind, make in makers.items():
            yield Damage(kind, self.council, self.file, self.next(kind), make, opens=False)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _closed(path: Path) -> None:
    path.write_bytes(b"restructure: structure/1\n")
    path.chmod(0)


def _fifo(path: Path) -> None:
    os.mkfifo(path)
