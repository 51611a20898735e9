"""What text from a file may be sent to a terminal or a spreadsheet: words, and nothing that acts.

Titles and notes come from files that other people wrote. An escape sequence in one could rewrite the
screen, and a bidirectional override could make a figure read backwards.
"""

import re

REPLACEMENT = "\ufffd"

_SPACES = re.compile("[ \t\n\r\u2028\u2029]+")
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, bidirectional embeddings, overrides and isolates, and halves of surrogate pairs."""


def printable(text: str) -> str:
    """Make text fit to print on one line.

    Runs of spaces, tabs and line breaks become one space, and none is left at either end. Every other
    character that acts instead of showing becomes U+FFFD. Markup such as `[red]` is left as it stands.
    """
    return _ACTING.sub(REPLACEMENT, _SPACES.sub(" ", text).strip(" "))
