"""Writes a comment for a pull request: Markdown that GitHub and GitLab show, within the limit that GitHub sets.

The first line is a comment that nobody sees, by which a CI job finds the comment it wrote before and replaces it.
Nothing from a file acts: titles cannot notify anybody, refer to an issue, close a table or be markup.
"""

import html
from collections.abc import Callable
from typing import Protocol

from restructure_cli.model.report import Report, Section
from restructure_cli.render.markdown import render_table
from restructure_cli.render.markup import in_markdown
from restructure_cli.render.printable import printable

MARKER = "<!-- restructure:diff -->"
LIMIT = 65_536
"""GitHub takes so many characters; counted in bytes here, which are never fewer."""
_GAP = "&#8203;"
"""A space without width, which breaks a mention or a reference and shows as nothing."""


class _Drafts(Protocol):
    @property
    def structures(self) -> int: ...
    @property
    def changes(self) -> int: ...
    @property
    def build(self) -> Callable[[int, int], Report]: ...


def render_comment(drafts: _Drafts, limit: int = LIMIT) -> str:
    """Write a comment with as many changes as fit, the smallest left out first; then with fewer structures."""
    structures = drafts.structures
    whole = _written(drafts.build(structures, drafts.changes))
    if _fits(whole, limit):
        return whole
    while structures > 1 and not _fits(_written(drafts.build(structures, 0)), limit):
        structures //= 2
    fewest, most = 0, drafts.changes
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if _fits(_written(drafts.build(structures, middle)), limit):
            fewest = middle
        else:
            most = middle - 1
    return _written(drafts.build(structures, fewest))


def _fits(text: str, limit: int) -> bool:
    return len(text.encode("utf-8", "replace")) <= limit


def _written(report: Report) -> str:
    first, *details = report.sections
    blocks = [f"### {_inert(report.title)}", f"**{_inert(report.conclusion)}**", *_blocks(first)]
    for section in details:
        blocks.append(f"<details><summary>{_in_html(section.title)}</summary>")
        blocks += [*_blocks(section), "</details>"]
    blocks += [_inert(note) for note in report.notes]
    return MARKER + "\n" + "\n\n".join(block for block in blocks if block) + "\n"


def _blocks(section: Section) -> list[str]:
    return [*map(_inert, section.words), *(_quiet(render_table(table)) for table in section.tables)]


def _inert(text: str) -> str:
    return _quiet(in_markdown(text))


def _in_html(text: str) -> str:
    """Write text where Markdown is not read, between tags of HTML."""
    return _quiet(html.escape(printable(text), quote=False).replace("#", f"#{_GAP}"))


def _quiet(text: str) -> str:
    """Break what would notify a person or refer to an issue: @name, #12, GH-12, !12."""
    for sign in ("@", "\\#", "GH-", "gh-", "!"):
        text = text.replace(sign, f"{sign}{_GAP}")
    return text
