"""Reads reports back from the formats they were written in: tables as rows of text, whatever the format."""

import csv
import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown_it import MarkdownIt
from markdown_it.token import Token

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIGURE = re.compile(r"[+−-]?[\d,]+(?:\.\d+)?")


@dataclass
class Read:
    """A table that was read back: the heading above it, its headings and its rows, and which row is the total."""

    heading: str
    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    """How far in each row is, where the format says it: a page."""
    numbers: list[int] = field(default_factory=list)
    """The columns of figures, where the format says it: a page."""


class Page(HTMLParser):
    """Reads a page: its tables, headings, tags and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[Read] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.text: list[str] = []
        self._inside: list[str] = []
        self._cell: list[str] | None = None
        self._heading: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.tags.append((tag, given))
        if tag != "meta":
            self._inside.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self._heading = []
        if tag == "table":
            self.tables.append(Read(self.headings[-1][1]))
        if tag == "tr" and "tbody" in self._inside:
            self.tables[-1].rows.append([])
            self.tables[-1].kinds.append(given.get("class", "line"))
            self.tables[-1].indents.append(0)
        if tag in ("td", "th"):
            self._cell = []
            if "thead" in self._inside and given.get("class") == "number":
                self.tables[-1].numbers.append(len(self.tables[-1].headings))
            if given.get("style", "").startswith("--in:"):
                self.tables[-1].indents[-1] = int(given["style"].removeprefix("--in:"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._inside and self._inside[-1] == tag, f"</{tag}> inside {self._inside}"
        self._inside.pop()
        if tag in ("h1", "h2", "h3", "h4") and self._heading is not None:
            self.headings.append((int(tag[1]), "".join(self._heading)))
            self._heading = None
        if tag in ("td", "th") and self._cell is not None:
            text = "".join(self._cell).replace("\u00a0", " ")
            (self.tables[-1].headings if "thead" in self._inside else self.tables[-1].rows[-1]).append(text)
            self._cell = None

    def handle_data(self, data: str) -> None:
        if "style" not in self._inside:
            self.text.append(data)
        for kept in (self._cell, self._heading):
            if kept is not None:
                kept.append(data)

    @property
    def open(self) -> list[str]:
        """What was opened and never closed."""
        return self._inside


def markdown(text: str) -> list[Token]:
    """Parse Markdown with the tables of GitHub's, and with HTML, so that hostile text could act."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def markdown_tables(text: str) -> list[Read]:
    """Read the tables of a Markdown file, each under the heading above it."""
    found: list[Read] = []
    heading, tokens = "", markdown(text)
    for number, token in enumerate(tokens):
        inline = tokens[number + 1] if number + 1 < len(tokens) else token
        if token.type == "heading_open":
            heading = plain(inline)
        elif token.type == "table_open":
            found.append(Read(heading))
        elif token.type == "tr_open":
            found[-1].rows.append([])
        elif token.type in ("td_open", "th_open"):
            found[-1].rows[-1].append(plain(inline).strip("\u2003"))
            if token.type == "td_open" and len(found[-1].rows[-1]) == 1:
                bold = bool(inline.children) and any(child.type == "strong_open" for child in inline.children or ())
                slanted = any(child.type == "em_open" for child in inline.children or ())
                found[-1].kinds.append("bold" if bold else "memo" if slanted else "line")
    for one in found:
        one.headings = one.rows.pop(0)
    return found


def plain(inline: Token) -> str:
    """Return the text of an inline token, its markup left aside."""
    return "".join(child.content for child in inline.children or () if child.type in ("text", "text_special"))


_CELL = re.compile(r"\S+(?: \S+)*")


def text_tables(text: str, titles: set[str]) -> list[Read]:
    """Read the tables of a report in text: under headings that are known, cells apart by two spaces and more.

    A table ends where a line neither has several cells nor is the heading of the lines further in below it.
    """
    found: list[Read] = []
    heading, lines, inside = "", text.splitlines(), False
    columns: list[re.Match[str]] = []
    for line, below in pairwise(lines):
        cells = list(_CELL.finditer(line))
        if not inside and below and set(below) == {"─"} and len(cells) > 1:
            columns, inside = cells, True
            found.append(Read(heading, [cell[0] for cell in cells]))
        elif line in titles and not inside:
            heading = line
        elif not line or set(line) == {"─"}:
            continue
        elif inside and (len(cells) > 1 or _depth(below) > _depth(line)):
            found[-1].rows.append(_under(columns, cells))
        else:
            inside = False
            heading = line if line in titles else heading
    return found


def _under(columns: list[re.Match[str]], cells: list[re.Match[str]]) -> list[str]:
    """Put the cells of a line into their columns: words begin where the heading does, figures end near its end."""
    row = [cells[0][0], *("" for _ in columns[1:])]
    for cell in cells[1:]:
        begins = [number for number, head in enumerate(columns) if head.start() == cell.start()]
        ends = sorted(range(1, len(columns)), key=lambda number: abs(columns[number].end() - cell.end()))
        row[[*begins, *ends][0]] = cell[0]
    return row


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def word_tables(raw: bytes) -> list[Read]:
    """Read the tables of a Word file, each under the heading above it."""
    found: list[Read] = []
    heading = ""
    for part in word_body(raw):
        if part.tag == f"{WORD}p" and _style(part).startswith(("Heading", "Title")):
            heading = _text(part)
        if part.tag == f"{WORD}tbl":
            found.append(_word_table(heading, part))
    return found


def _word_table(heading: str, part: Any) -> Read:
    first, *rows = part.findall(f"{WORD}tr")
    read = Read(heading, [_text(cell).replace("\u00a0", " ") for cell in first.findall(f"{WORD}tc")])
    for row in rows:
        read.rows.append([_text(cell) for cell in row.findall(f"{WORD}tc")])
        slanted, bold = row.find(f".//{WORD}i") is not None, row.find(f".//{WORD}b") is not None
        read.kinds.append("memo" if slanted else "bold" if bold else "line")
    return read


def word_part(raw: bytes, name: str = "word/document.xml") -> Any:
    """Parse a part of a Word file."""
    with zipfile.ZipFile(BytesIO(raw)) as file:
        return ElementTree.fromstring(file.read(name))


def word_body(raw: bytes) -> Any:
    """Return the paragraphs and tables of a Word file."""
    return word_part(raw).find(f"{WORD}body")


def _text(part: Any) -> str:
    return "".join(node.text or "" for node in part.iter(f"{WORD}t"))


def _style(part: Any) -> str:
    style = part.find(f"{WORD}pPr/{WORD}pStyle")
    return "" if style is None else style.get(f"{WORD}val", "")


def figure(text: str) -> Decimal | None:
    """Read a printed figure; None for words, marks and ranges."""
    if not FIGURE.fullmatch(text):
        return None
    return Decimal(text.replace("−", "-").replace(",", "").lstrip("+"))


def csv_tables(text: str) -> list[Read]:
    """Put the figures of a report's CSV back into tables: a row of figures for each row, a column for each column."""
    found: list[Read] = []
    figures: list[dict[str, str]] = []
    last: tuple[str, ...] = ()
    for entry in csv.DictReader(StringIO(text)):
        place = (entry["chapter"], entry["section"], entry["under"], entry["row"], entry["words"])
        column = entry["column"]
        if place[:2] != last[:2]:
            found.append(Read(entry["section"], ["row"]))
        if place != last or column in figures[-1]:
            figures.append({"row": entry["row"]})
            found[-1].rows.append([])
            found[-1].kinds.append(entry["kind"])
        if column not in found[-1].headings:
            found[-1].headings.append(column)
        figures[-1][column] = entry["value"]
        last = place
    every = iter(figures)
    for table in found:
        table.rows = [
            [told.get(name, "") for name in table.headings] for _, told in zip(table.rows, every, strict=False)
        ]
    return found


def read(path: Path) -> list[Read]:
    """Read the tables of a report from its file; those in text with the page beside it, which has the headings."""
    if path.suffix == ".html":
        return Page(path.read_text("utf-8")).tables
    if path.suffix == ".md":
        return markdown_tables(path.read_text("utf-8"))
    if path.suffix == ".csv":
        return csv_tables(path.read_text("utf-8-sig"))
    if path.suffix == ".txt":
        page = Page(path.with_suffix(".html").read_text("utf-8"))
        return text_tables(path.read_text("utf-8"), {title for _, title in page.headings})
    return word_tables(path.read_bytes())
