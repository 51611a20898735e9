"""A structure made safe to publish: nothing about persons, and no figure of a few people, nor one that gives it away.

Name a structure, or a folder for the current structure in it. As YAML it is the same structure, overlays resolved,
that `restructure` reads; as CSV the organisation chart of the Local Government Transparency Code, top tiers only.
What was left out is counted on standard error. Names in titles are not recognised: read what you publish.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.analysis.personal import Cleaned
from restructure_cli.analysis.suppression import Suppressed
from restructure_cli.cli import inputs
from restructure_cli.cli.options import GradesOption, OutputOption, format_option
from restructure_cli.cli.output import Format, Writers, as_csv, write
from restructure_cli.files.text import is_folder, is_there


def command(
    structure: Annotated[Path, typer.Argument(readable=False, metavar="STRUCTURE", help="A structure, or a folder.")],
    threshold: Annotated[
        int, typer.Option("--threshold", min=2, max=100, help="Figures of fewer people than this are left out.")
    ] = 5,
    tiers: Annotated[int, typer.Option("--tiers", min=1, max=20, help="How many tiers the chart shows.")] = 3,
    grades: GradesOption = None,
    form: Annotated[Format | None, format_option(Format.YAML, Format.CSV)] = None,
    output: OutputOption = [],  # noqa: B006
) -> None:
    """Run the verb."""
    path = structure / inputs.CURRENT if is_folder(structure) else structure
    beside = path.parent / inputs.GRADES
    given = inputs.read([path], grades or (beside if is_there(beside) else None))
    from restructure_cli.analysis.organisation_chart import chart
    from restructure_cli.analysis.personal import cleaned
    from restructure_cli.analysis.suppression import suppressed
    from restructure_cli.files.dump import dump_structure
    from restructure_cli.report.publish import charted

    clean = cleaned(given.structures[0])
    safe = suppressed(clean.structure, threshold)
    code = inputs.verdict(given)
    _tell(clean, safe)
    writers: Writers = {
        Format.YAML: lambda _: dump_structure(safe.structure),
        Format.CSV: lambda _: as_csv(*charted(chart(safe.structure, given.grades, tiers))),
    }
    write(writers, form or (None if output else Format.YAML), output, code)


def _tell(clean: Cleaned, safe: Suppressed) -> None:
    """Count what was left out."""
    for kind, number in clean.removed.items():
        sys.stderr.write(f"Removed: {number} {kind}\n")
    sys.stderr.write(
        f"Suppressed: {safe.small} figures of fewer than {safe.threshold} people, "
        f"and {safe.beside} that would give one of them away\n"
    )
