"""Exit codes, and how a run ends that cannot end well."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

FINE, GATE_SAYS_NO, USAGE, NOT_VALID, OWN_FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""It ran; the gate says no; the call is wrong; the input cannot be read or is not valid; our fault; Ctrl-C."""


def open_streams() -> None:
    """Give a run whose caller closed its output somewhere to write: what it ends with is an answer too."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open until the run ends)


def own_fault(error: Exception) -> NoReturn:
    """Say that the fault is ours, where it happened and how to report it."""
    where = "?"
    trace = error.__traceback__
    while trace is not None:
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(
        f"This is a fault of restructure, not of your files: {type(error).__name__} at {where}: {error}\n"
        "No figure was printed that rests on it. Please report it with this line, the command you gave\n"
        "and, if you can, the file, where you got restructure from.\n"
    )
    if os.environ.get("RESTRUCTURE_TRACEBACK"):
        raise error
    sys.exit(OWN_FAULT)


def at_once(code: int) -> NoReturn:
    """Leave with everything written and nothing tidied up."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError, ValueError):  # whoever was reading may have gone
            stream.flush()
    os._exit(code)


def cannot_write(error: OSError) -> NoReturn:
    """Say that the answer could not be written where it was sent, such as a full disk."""
    sys.stderr.write(f"error: the answer cannot be written: {error.strerror or error}\n")
    quietly(USAGE)


def quietly(code: int = FINE) -> NoReturn:
    """End without a word when whoever reads our output has stopped reading."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
