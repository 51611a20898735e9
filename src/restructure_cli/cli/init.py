"""A folder to begin with: small files of a made-up service, whose comments teach the formats.

NAME is that of the employer, or a path whose last part is. The folder has current, proposed, grades, funding and
claims, clean under check, and the schemas that let an editor complete and explain the keys. Nothing is overwritten.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.cli import exits

_LONGEST = 100
"""Characters of a folder's name; some systems take no more than 255 bytes of a name, or of a whole path."""


def command(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help='The employer: "Ashdale Council", or structures/ashdale.')
    ],
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="TEXT", help="Its name in the files, if not NAME.")
    ] = None,
) -> None:
    """Run the verb."""
    from restructure_cli.files.starter import NAMES, starter

    folder = _folder(name)
    title = organisation if organisation is not None else _title(Path(name).name)
    if not title.strip() or not title.isprintable():
        raise typer.BadParameter("a name is some text on one line", param_hint="--organisation")
    if len(folder.name) > _LONGEST:
        raise typer.BadParameter(f"a folder's name has {_LONGEST} characters at most", param_hint="NAME")
    if folder.exists() or folder.is_symlink():
        raise typer.BadParameter(f"{folder} is there already, and nothing is overwritten", param_hint="NAME")
    try:
        _write(folder, starter(title.strip()))
    except OSError as error:
        raise typer.BadParameter(f"{folder} cannot be written: {error.strerror}", param_hint="NAME") from None
    sys.stdout.write(
        f"Made {folder}: {', '.join(NAMES[:-1])} and {NAMES[-1]}, and schemas for your editor.\n"
        f"Put your own posts in place of the made-up ones, and after each change:\n"
        f"  restructure check {folder}\n"
        f"  restructure diff {folder}\n"
    )
    raise typer.Exit(exits.FINE)


def _folder(name: str) -> Path:
    """Return the folder that a name stands for: its last part in small letters, with hyphens for spaces."""
    last = re.sub(r"[^\w.]+", "-", Path(name).name.lower()).strip("-.")
    if not last:
        raise typer.BadParameter(f'"{name}" has no name for a folder', param_hint="NAME")
    return Path(name).parent / last


def _title(last: str) -> str:
    """Return the name of the employer; what is written as a folder becomes words."""
    return last.replace("-", " ").replace("_", " ").title() if last == last.lower() else last


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write a folder whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        inside = made / folder.name
        for name, text in files.items():
            (inside / name).parent.mkdir(parents=True, exist_ok=True)
            (inside / name).write_text(text, "utf-8", newline="\n")
        inside.rename(folder)
    finally:
        shutil.rmtree(made)
