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
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    SVG = "svg"
    MERMAID = "mermaid"
    XLSX = "xlsx"
    YAML = "yaml"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"
    AUTO = "auto"


_EXTENSIONS = {
    ".txt": Format.TEXT,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".docx": Format.DOCX,
    ".svg": Format.SVG,
    ".mmd": Format.MERMAID,
    ".xlsx": Format.XLSX,
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".xml": Format.JUNIT,
    ".sarif": Format.SARIF,
}
_IN_A_FILE = Terminal(None, False)

Outputs = list[Path] | None
"""The files that an answer goes to; none: to standard output."""
Writer = Callable[[Terminal], str | bytes]
Writers = Mapping[Format, Writer]
"""How an answer is written in each format it has; as bytes where it is no text, and then only to a file."""


def as_text(report: Report, screen: Terminal) -> str:
    """Write a report for people. Each format's module is imported only when it is asked for."""
    from restructure_cli.render.text import render_text

    return render_text(report, width=screen.width, colour=screen.colour, blocks=screen.blocks)


def as_csv(report: Report, data: Table) -> str:
    """Write the flat table of a report for a spreadsheet."""
    from restructure_cli.render.csv import render_csv

    return render_csv(report._replace(data=data))


def as_markdown(report: Report) -> str:
    """Write a report as Markdown."""
    from restructure_cli.render.markdown import render_markdown

    return render_markdown(report)


def as_html(report: Report) -> str:
    """Write a report as a page."""
    from restructure_cli.render.html import render_html

    return render_html(report)


def write(writers: Writers, chosen: Format | None, files: Outputs, code: int, beside: Format | None = None) -> NoReturn:
    """Write an answer to its files, or else to standard output, and end with the exit code of the verb.

    `beside` is the format in which standard output has the answer as well, though it goes to files.
    """
    forms = [(path, _format_of(path, chosen, writers)) for path in files or ()]
    ready: list[tuple[Path, bytes]] = []
    for path, form in forms:
        content = writers[form](_IN_A_FILE)
        encoding = "utf-8-sig" if form is Format.CSV else "utf-8"
        ready.append((path, content.encode(encoding) if isinstance(content, str) else content))
    refused = [error for path, raw in ready if (error := _saved(path, raw)) is not None]
    if refused and beside is None:
        raise refused[0]
    if beside is not None or not files:
        form = beside or chosen or Format.TEXT
        _refuse_unknown(form, writers, "--format")
        if form in _NO_TEXT:
            raise typer.BadParameter(f"{form} goes to a file: name one with --output", param_hint="--format")
        text = writers[form](terminal(sys.stdout))
        assert isinstance(text, str)
        _print(("\ufeff" if form is Format.CSV else "") + text, code)
    if refused:
        raise refused[0]
    raise typer.Exit(code)


def _saved(path: Path, content: bytes) -> typer.BadParameter | None:
    """Write a file, and say so; where it cannot be written, return why: others may be, and the screen has its own."""
    try:
        save(path, content)
    except typer.BadParameter as error:
        return error
    sys.stderr.write(f"Wrote {path}\n")
    return None


_NO_TEXT = (Format.DOCX, Format.XLSX)


def by_extension(path: Path) -> Format | None:
    """Return the format that a file's extension says; None where it says none."""
    return _EXTENSIONS.get(path.suffix.lower())


def _format_of(path: Path, chosen: Format | None, writers: Writers) -> Format:
    """Return the format of a file: the one that is asked for, else as its extension says."""
    form = chosen or by_extension(path)
    if form is None:
        known = ", ".join(extension for extension, one in _EXTENSIONS.items() if one in writers)
        raise typer.BadParameter(
            f"{path}: the extension says no format ({known}); give --format", param_hint="--output"
        )
    _refuse_unknown(form, writers, "--output" if chosen is None else "--format")
    return form


def _refuse_unknown(form: Format, writers: Writers, option: str) -> None:
    if form not in writers:
        known = ", ".join(one.value for one in writers)
        raise typer.BadParameter(f"this verb does not write {form}; it writes {known}", param_hint=option)


def _print(text: str, code: int) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        exits.quietly(code)
    except OSError as error:
        exits.cannot_write(error)


def save(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that nobody ever finds half of it; who may read it stays as it was.

    What is no file, such as /dev/null, is written to, and what a link leads to is replaced rather than the link.
    """
    import tempfile  # brings random and hashlib with it, and only --output needs it

    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        target = path.resolve()
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint="--output") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
