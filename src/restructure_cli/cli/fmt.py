"""Files in their canonical order and layout; no value, comment or meaning is changed.

Keys stand in the order of the format, two spaces deeper than what they belong to; ids keep their order, entries stay
on one line or several as they are, and nothing is wrapped. A file is written whole, and only if it reads as before.
Ends with 1 where --check finds a file that would change, and with 3 where one cannot be read or is not valid YAML.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from restructure_cli.cli import exits

if TYPE_CHECKING:
    from restructure_cli.files.reader import Reader
    from restructure_cli.model.findings import Finding


def command(
    paths: Annotated[list[Path], typer.Argument(readable=False, metavar="PATH", help="Files, or folders to walk.")],
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say which files would change.")] = False,
) -> None:
    """Run the verb."""
    from restructure_cli.checks.folders import sorted_out
    from restructure_cli.cli.output import save
    from restructure_cli.files.reader import Reader
    from restructure_cli.render.printable import printable

    reader = Reader()
    ours, _, _, found = sorted_out(reader, paths)
    changed = 0
    for path in ours:
        done = _formatted(reader, path)
        if done is None:
            continue
        changed += 1
        if not check:
            save(path.resolve(), done.encode())
        sys.stdout.write(printable(f"{'would change' if check else 'formatted'} {path}") + "\n")
    files = "1 file" if len(ours) == 1 else f"{len(ours)} files"
    sys.stdout.write(f"{changed} of {files} {'would change' if check else 'formatted'}.\n")
    _show(reader, found)
    if found or reader.blocked:
        raise typer.Exit(exits.NOT_VALID)
    raise typer.Exit(exits.GATE_SAYS_NO if check and changed else exits.FINE)


def _formatted(reader: "Reader", path: Path) -> str | None:
    """Return a file in its layout, None where it stands in it, cannot be laid out, or does not read."""
    from restructure_cli.files.formatting import NoLayout, formatted
    from restructure_cli.render.printable import printable

    text = reader.read_text(path)
    if text is None or reader.kind(path) is None or _at_fault(reader, path):
        return None
    try:
        done = formatted(text)
    except NoLayout as reason:
        sys.stderr.write(printable(f"{path} is left as it is: {reason}") + "\n")
        return None
    return done if done != text else None


def _at_fault(reader: "Reader", path: Path) -> bool:
    return any(finding.rule.blocks and finding.place.path == str(path) for finding in reader.findings)


def _show(reader: "Reader", found: "list[Finding]") -> None:
    """Write to standard error why files cannot be read."""
    from restructure_cli.cli.terminal import terminal
    from restructure_cli.render.findings import render_findings

    against = reader.located([finding for finding in (*reader.findings, *found) if finding.rule.blocks])
    screen = terminal(sys.stderr)
    sys.stderr.write(render_findings(against, colour=screen.colour, width=screen.width))
