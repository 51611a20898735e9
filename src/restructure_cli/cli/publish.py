"""A structure made safe to publish: nothing about persons, and no figure of a few people, nor one that gives it away.

Name a structure, or a folder for the current structure in it; proposals beside it are published one by one, each by
its name. As YAML it is the same structure, overlays resolved, that `restructure` reads; as CSV the organisation chart
of the Local Government Transparency Code, top tiers only. What was left out is counted on standard error. Names
without a Mr, Mrs or Dr before them are not recognised: read what you publish.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

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
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    path = structure / inputs.CURRENT if is_folder(structure) else structure
    beside = path.parent / inputs.GRADES
    given = inputs.read([path], grades or (beside if is_there(beside) else None))
    from restructure_cli.analysis.organisation_chart import chart
    from restructure_cli.analysis.pay_of_few import without_pay
    from restructure_cli.analysis.personal import cleaned
    from restructure_cli.analysis.suppression import suppressed
    from restructure_cli.files.dump import dump_structure
    from restructure_cli.report.publish import charted

    clean = cleaned(given.structures[0])
    unpaid = without_pay(clean.structure, threshold)
    safe = suppressed(unpaid.structure, threshold)
    code = inputs.verdict(given)
    _tell({**clean.removed, **unpaid.removed}, safe)
    if is_folder(structure):
        _tell_of_others(structure)
    writers: Writers = {
        Format.YAML: lambda _: dump_structure(safe.structure),
        Format.CSV: lambda _: as_csv(*charted(chart(safe.structure, given.grades, tiers))),
    }
    write(writers, form or (None if output else Format.YAML), output, code)


def _tell_of_others(folder: Path) -> None:
    """Say which structures of a folder are not in what was published."""
    others = sorted(path.name for path in (folder / inputs.PROPOSED, *folder.glob("option-*.yaml")) if is_there(path))
    if others:
        sys.stderr.write(f"Published {inputs.CURRENT} alone; not in it: {', '.join(others)}. Name one to publish it\n")


def _tell(removed: Mapping[str, int], safe: Suppressed) -> None:
    """Count what was left out."""
    for kind, number in removed.items():
        sys.stderr.write(f"Removed: {kind} ({number:,})\n")
    sys.stderr.write(
        f"Suppressed: {safe.small} figures of fewer than {safe.threshold} people, "
        f"and {safe.beside} that would give one of them away\n"
    )
