"""Text from files in markup: it shows as it stands, whatever it would mean there."""

import html
import re

from restructure_cli.render.printable import printable

_MARKDOWN = re.compile(r"([\\`*_\[\]|~$#])")
"""Punctuation that means something anywhere in Markdown; a backslash makes it a character like any other."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
"""What would be read as the name of another character."""
_LINKS = re.compile(r"(?<=:)//|(?<=[wW]{3})\.")
"""What would turn an address into a link."""
_OPENS_A_BLOCK = re.compile(r"^([-+=:]|\d+(?=[.)](?:\s|$)))")
"""What makes a list, a rule, a heading or a command of CI at the start of a line."""


def in_markup(text: str) -> str:
    """Write text for HTML and XML, in content and in quoted attributes."""
    return html.escape(printable(text), quote=True)


def in_markdown(text: str) -> str:
    """Write text for Markdown: no markup, no HTML, no link, no end of a cell, no new block."""
    plain = _ENTITY.sub("&amp;", printable(text)).replace("<", "&lt;").replace(">", "&gt;")
    plain = _MARKDOWN.sub(r"\\\1", plain)
    plain = _LINKS.sub(lambda found: "\\" + found.group(), plain)
    return _OPENS_A_BLOCK.sub(_opened, plain)


def _opened(found: re.Match[str]) -> str:
    mark = found.group()
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"
