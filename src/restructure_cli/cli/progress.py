"""What a run that takes long is doing, on standard error; a short one says nothing."""

import sys
import time

AFTER = 2.0
"""Seconds after which a run begins to say what it does."""


class Progress:
    """Tells what comes next, once a run has taken a while."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, doing: str) -> None:
        """Say what comes next."""
        seconds = time.monotonic() - self._began
        if seconds >= AFTER:
            sys.stderr.write(f"{seconds:.0f} s: {doing} …\n")
            sys.stderr.flush()
