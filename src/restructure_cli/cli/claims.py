"""Every figure that a report prints, worked out again: printed, computed, difference, verdict.

Name an organisation's folder: its claims are held against the structures, grades and funding beside them. Ends
with 1 where a claim does not hold, or a known difference is no longer the one that is known.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from restructure_cli.cli import exits, inputs
from restructure_cli.cli.options import OutputOption, format_option
from restructure_cli.cli.output import Format, as_csv, as_text, write
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.findings import Severity

if TYPE_CHECKING:
    from restructure_cli.checks.folders import Checked


def command(
    folder: Annotated[Path, typer.Argument(readable=False, metavar="FOLDER", help="An organisation's folder.")],
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    from restructure_cli.report.claims import flat, report

    claims = claims_file(folder)
    result = checked(claims)
    broken = any(finding.rule.severity is Severity.ERROR for finding in result.findings)
    built = report(f"Claims of {claims}", result.claims)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(result),
        Format.CSV: lambda _: as_csv(built, flat(result.claims)),
    }
    write(writers, form, output, exits.GATE_SAYS_NO if broken else exits.FINE)


def claims_file(folder: Path) -> Path:
    """Return the claims file that a folder stands for."""
    return folder / inputs.CLAIMS if is_folder(folder) else folder


def checked(claims: Path) -> "Checked":
    """Check a claims file with what stands beside it; where something is not valid, show it and end with 3."""
    from restructure_cli.checks.folders import OUR_NAMES, check

    beside = [path for path in (claims.parent / name for name in OUR_NAMES) if path != claims and is_there(path)]
    result = check([*beside, claims])
    _show(result)
    if any(finding.rule.blocks for finding in result.findings):
        raise typer.Exit(exits.NOT_VALID)
    return result


def _show(result: "Checked") -> None:
    """Write to standard error what stands against the files; a claim that does not hold stands in the answer."""
    from restructure_cli.cli.terminal import terminal
    from restructure_cli.render.findings import render_findings

    told = [finding for finding in result.findings if finding.rule.severity is not Severity.NOTE]
    shown = [finding for finding in told if finding.rule.code != "CLM601"]
    screen = terminal(sys.stderr)
    sys.stderr.write(render_findings(shown, colour=screen.colour, width=screen.width))


def _json(result: "Checked") -> str:
    from restructure_cli.render.json.claims import render_claims

    return render_claims(result.claims, result.sha256())
