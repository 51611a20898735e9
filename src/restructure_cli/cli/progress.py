"""How far a long run has come, on standard error: at once on a terminal, elsewhere only where it takes long."""

import sys
import time

_LONG = 10.0
"""Seconds after which a pipe is told as well."""


class Progress:
    """Tells the stage a run is at; on a terminal each stage takes the place of the one before."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._on_terminal = sys.stderr.isatty()
        self._shown = False

    def tell(self, stage: str) -> None:
        """Say what is being done now."""
        if self._on_terminal:
            from restructure_cli.render.printable import printable

            sys.stderr.write(f"\r\x1b[K{printable(stage)[:70]} …")
            sys.stderr.flush()
            self._shown = True
        elif time.monotonic() - self._began > _LONG:
            sys.stderr.write(f"{stage} …\n")

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            self._shown = False
