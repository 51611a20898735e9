"""The JSON Schema of a format: structure, grades, funding, claims, map or settings.

An editor that reads it completes keys, explains them and marks faults while a file is written. It holds keys and
values; what an entry lacks, and what does not agree with something elsewhere, is for check to say. VS Code with
its YAML extension finds the schema through the first line of a file:

# yaml-language-server: $schema=schemas/structure-1.json

where the path leads from the file to what this verb wrote with --output.
"""

from difflib import get_close_matches
from typing import Annotated

import typer

from restructure_cli.cli import exits
from restructure_cli.cli.output import Format, Outputs, write


def command(
    kind: Annotated[str, typer.Argument(metavar="FORMAT", help="structure, grades, funding, claims, map or settings.")],
    output: Annotated[
        Outputs, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead (repeatable).")
    ] = None,
) -> None:
    """Run the verb."""
    from restructure_cli.files.schemas import SCHEMAS, json_schema

    if kind not in SCHEMAS:
        close = get_close_matches(kind.lower(), SCHEMAS, n=1, cutoff=0.5)
        hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(SCHEMAS)}"
        raise typer.BadParameter(f'there is no schema of "{kind}"; {hint}', param_hint="FORMAT")
    write({Format.JSON: lambda _: json_schema(kind)}, Format.JSON, output, exits.FINE)
