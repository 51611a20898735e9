"""Where an answer goes: standard output, or files written whole or not at all."""

import os
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

import typer

from restructure_cli.cli import exits
from restructure_cli.cli.terminal import Terminal, terminal
from restructure_cli.model.report import Report, Table


class Format(StrEnum):
    """The formats of an answer."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    YAML = "yaml"


_EXTENSIONS = {".txt": Format.TEXT, ".json": Format.JSON, ".csv": Format.CSV, ".xlsx": Format.XLSX,
               ".yaml": Format.YAML, ".yml": Format.YAML}  # fmt: skip
_ONLY_IN_FILES = {Format.XLSX}
_IN_A_FILE = Terminal(None, False)

Writers = Mapping[Format, Callable[[Terminal], str | bytes]]
"""How an answer is written in each format it has: text, or for a format that is no text its bytes."""


def as_text(report: Report, screen: Terminal) -> str:
    """Write a report for people. Each format's module is imported only when it is asked for."""
    from restructure_cli.render.text import render_text

    return render_text(report, width=screen.width, colour=screen.colour, blocks=screen.blocks)


def as_csv(report: Report, data: Table) -> str:
    """Write the flat table of a report for a spreadsheet."""
    from restructure_cli.render.csv import render_csv

    return render_csv(report._replace(data=data))


def write(writers: Writers, chosen: Format | None, files: list[Path], code: int) -> NoReturn:
    """Write an answer to its files, or else to standard output, and end with the exit code of the verb."""
    ready: list[tuple[Path, bytes]] = []
    for path in files:
        form = chosen or _EXTENSIONS.get(path.suffix.lower())
        if form is None:
            known = ", ".join(_EXTENSIONS)
            raise typer.BadParameter(
                f"{path}: the extension says no format ({known}); give --format", param_hint="--output"
            )
        ready.append((path, _encoded(_written(writers, form, _IN_A_FILE), form)))
    for path, content in ready:
        _save(path, content)
        sys.stderr.write(f"Wrote {path}\n")
    if not files:
        form = chosen or Format.TEXT
        if form in _ONLY_IN_FILES:
            raise typer.BadParameter(f"{form} goes to a file: give --output FILE.{form}", param_hint="--format")
        text = _written(writers, form, terminal(sys.stdout))
        assert isinstance(text, str)
        _print(("\ufeff" if form is Format.CSV else "") + text, code)
    raise typer.Exit(code)


def _written(writers: Writers, form: Format, screen: Terminal) -> str | bytes:
    """Write an answer in one of the formats that it has."""
    if form not in writers:
        has = ", ".join(writers)
        raise typer.BadParameter(f"there is no {form} of this answer; it has {has}", param_hint="--format")
    try:
        return writers[form](screen)
    except ModuleNotFoundError as missing:
        extra = _EXTRAS.get(missing.name or "")
        if extra is None:
            raise
        told = f"{form} needs {missing.name}: install it with `python -m pip install 'restructure-cli[{extra}]'`"
        raise typer.BadParameter(told, param_hint="--format") from None


_EXTRAS = {"xlsxwriter": "excel"}
"""What to install for a library that only some formats need."""


def _encoded(answer: str | bytes, form: Format) -> bytes:
    if isinstance(answer, bytes):
        return answer
    return answer.encode("utf-8-sig" if form is Format.CSV else "utf-8")


def _print(text: str, code: int) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        exits.quietly(code)
    except OSError as error:
        exits.cannot_write(error)


def _save(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that nobody ever finds half of it."""
    import tempfile  # brings random and hashlib with it, and only --output needs it

    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint="--output") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
