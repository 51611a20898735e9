"""What text from a file may be sent to a terminal or a spreadsheet: words, and nothing that acts.

Titles and notes come from files that other people wrote. An escape sequence in one could rewrite the
screen, and a bidirectional override could make a figure read backwards.
"""

import re

REPLACEMENT = "\ufffd"

_SPACES = re.compile("[ \t\n\r\u2028\u2029]+")
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, bidirectional embeddings, overrides and isolates, halves of surrogate pairs, byte order marks,
and what is no character at all (XML refuses it)."""


_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that show nothing: besides those that act, soft hyphens, joiners, marks of direction and tags."""


def escaped(json: str) -> str:
    """Write characters of a JSON text that nobody can see as its escapes, letters of every script as they are."""
    return _UNSEEN.sub(lambda found: "".join(f"\\u{unit:04x}" for unit in _units(found.group())), json)


def _units(character: str) -> tuple[int, ...]:
    """Return the UTF-16 units of a character, as JSON counts them."""
    raw = character.encode("utf-16-be", "surrogatepass")
    return tuple(int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))


def printable(text: str) -> str:
    """Make text fit to print on one line.

    Runs of spaces, tabs and line breaks become one space, and none is left at either end. Every other
    character that acts instead of showing becomes U+FFFD. Markup such as `[red]` is left as it stands.
    """
    return _ACTING.sub(REPLACEMENT, _SPACES.sub(" ", text).strip(" "))


_COMMANDS = re.compile(r"^((?:\x1b\[[\d;]*m|\s)*):(?=:)|##(?=\[)", re.MULTILINE)
"""What a CI runner obeys in what a program prints: `::error::` where a line starts, `##[error]` anywhere."""


def uncommanded(lines: str) -> str:
    """Put a space into what a CI runner would take for a command."""
    return _COMMANDS.sub(lambda found: f"{found.group()} ", lines)
