"""Formats that need a library of their own: without it, the call ends with what to install."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def needed(extra: str, library: str, for_what: str) -> Iterator[None]:
    """Import a library that an extra brings; where it is missing, say how to get it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != library:
            raise
        raise typer.BadParameter(
            f"{for_what} needs the extra [{extra}]: python -m pip install 'restructure-cli[{extra}]'",
            param_hint="--output",
        ) from None
