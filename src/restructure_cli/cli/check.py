"""Every fault of files and folders: YAML, shape, references, establishment, moves, pay and funding.

Folders are walked. Ends with 1 where something at or above --fail-on stands against the files, and with 3 where
a file cannot be read or is not valid. `restructure rule` documents every rule.

A finding can be suppressed by a comment in the YAML file, with the code (or several, with commas), an end date and a
reason, in this order: `# restructure: ignore FND504 until 2027-03-31 because the report says so`. At the end of a
line it covers that line; on a line of its own it covers the entry below it, with all that is indented under it. Past
its date it covers nothing. Rules SYN, SCH, REF and SUP cannot be suppressed, nor can one that settings lock.

Settings stand in restructure.yaml (first line `restructure: settings/1`) or under [tool.restructure] of a
pyproject.toml, in the folder of a file or any above it, up to the one with .git in it: severities, locked,
publication, targets, thresholds. What stands nearer goes first; what is locked further up cannot be lowered.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.cli import exits
from restructure_cli.cli.options import FormatOption, OutputOption, TodayOption
from restructure_cli.cli.output import Format, write
from restructure_cli.model.findings import Severity

_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


def command(
    paths: Annotated[list[Path], typer.Argument(readable=False, metavar="PATH...", help="Files, or folders to walk.")],
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="The least severity that ends with 1.")
    ] = Severity.ERROR,
    today: TodayOption = None,
    form: FormatOption = None,
    output: OutputOption = [],  # noqa: B006
) -> None:
    """Run the verb."""
    from restructure_cli.checks.folders import check
    from restructure_cli.render.csv import render_csv
    from restructure_cli.render.findings import render_check
    from restructure_cli.render.json.check import render_check as render_check_json
    from restructure_cli.report.check import report

    result = check(paths, today.last_day() if today is not None else date.today())
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
