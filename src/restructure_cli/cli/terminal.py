"""What the stream at the other end can show: its width and whether it takes colour."""

import os
import shutil
from typing import NamedTuple, TextIO


class Terminal(NamedTuple):
    """`width` in characters, None where it is not a terminal; `colour` as the terminal and NO_COLOR say."""

    width: int | None
    colour: bool
    blocks: bool = True
    """Whether the stream can show block characters."""


def terminal(stream: TextIO) -> Terminal:
    """Look at a stream: a pipe has no width and takes no colour; COLUMNS gives a width all the same."""
    is_terminal = stream.isatty()
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdigit() and int(columns) > 0 else None
    if is_terminal and width is None:
        width = shutil.get_terminal_size().columns
    colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(width, colour, _shows_blocks(stream))


def _shows_blocks(stream: TextIO) -> bool:
    try:
        "█▒░".encode(stream.encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
