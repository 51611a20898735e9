"""Every fault of files and folders: YAML, shape, references, establishment, moves, pay and funding.

Folders are walked. Ends with 1 where something at or above --fail-on stands against the files, and with 3 where
a file cannot be read or is not valid.
"""

from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.cli import exits
from restructure_cli.cli.options import FormatOption, OutputOption
from restructure_cli.cli.output import Format, write
from restructure_cli.model.findings import Severity

_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


def command(
    paths: Annotated[list[Path], typer.Argument(readable=False, metavar="PATH...", help="Files, or folders to walk.")],
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="The least severity that ends with 1.")
    ] = Severity.ERROR,
    form: FormatOption = None,
    output: OutputOption = [],  # noqa: B006
) -> None:
    """Run the verb."""
    from restructure_cli.checks.folders import check
    from restructure_cli.render.csv import render_csv
    from restructure_cli.render.findings import render_check
    from restructure_cli.render.json.check import render_check as render_check_json
    from restructure_cli.report.check import report

    result = check(paths)
    failing = [f for f in result.findings if _ORDER.index(f.rule.severity) >= _ORDER.index(fail_on)]
    code = exits.FINE
    if any(finding.rule.blocks for finding in result.findings):
        code = exits.NOT_VALID
    elif failing:
        code = exits.GATE_SAYS_NO
    writers = {
        Format.TEXT: lambda screen: render_check(result, report(result), colour=screen.colour, width=screen.width),
        Format.JSON: lambda screen: render_check_json(result),
        Format.CSV: lambda screen: render_csv(report(result)),
    }
    write(writers, form, output, code)
