"""The command line, run in the tests' own process: fast enough for thousands of calls."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from restructure_cli.cli import main


@dataclass(frozen=True)
class Ran:
    """How a command ended, what it wrote, and the processor time it took in seconds."""

    code: int
    out: str
    err: str
    seconds: float


Restructure = Callable[..., Ran]


def in_this_process(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    """Run a command from its arguments to its exit code; whatever else it raises fails the test."""
    capsys.readouterr()
    before, sys.argv = sys.argv, ["restructure", *map(str, arguments)]
    began = time.process_time()
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = before
    seconds = time.process_time() - began
    written = capsys.readouterr()
    code = ended.value.code
    return Ran(code if isinstance(code, int) else 0, written.out, written.err, seconds)
