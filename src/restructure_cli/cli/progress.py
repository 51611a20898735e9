"""How far a long run has come, on standard error: at once on a terminal, elsewhere only where it takes long."""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
_LONG = 1.0
"""Seconds after which a pipe is told as well, and between what it is told."""


class Progress:
    """Tells the stage a run is at; on a terminal each stage takes the place of the one before."""

    def __init__(self) -> None:
        self._told = time.monotonic()
        self._on_terminal = sys.stderr.isatty()
        self._shown = False

    def tell(self, stage: str) -> None:
        """Say what is being done now."""
        if self._on_terminal:
            from restructure_cli.render.printable import printable

            sys.stderr.write(f"\r\x1b[K{printable(stage)[:70]} …")
            sys.stderr.flush()
            self._shown = True
        elif time.monotonic() - self._told > _LONG:
            sys.stderr.write(f"{stage} …\n")
            self._told = time.monotonic()

    def saying(self, stage: str, work: Callable[[Given], Made]) -> Callable[[Given], Made]:
        """Return work that says what it does before it does it."""

        def told(given: Given) -> Made:
            self.tell(stage)
            made = work(given)
            self.done()
            return made

        return told

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            self._shown = False


class Stopwatch:
    """How long a run took, told with what it did: `folders` were shared out among `processes`, where there are many."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.folders = 0
        self.processes = 1

    def told(self, files: int) -> str:
        """Say how long it took so far."""
        seconds = time.monotonic() - self._began
        each = f", {seconds / files * 1000:.1f} ms a file" if files else ""
        shared = f", {self.folders:,} groups of folders in {self.processes} processes" if self.folders else ""
        return f"{files:,} files checked in {seconds:.2f} s{each}{shared}\n"
