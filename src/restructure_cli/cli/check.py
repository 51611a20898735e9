"""Every fault of files and folders: YAML, shape, references, establishment, moves, pay, funding and claims.

Folders are walked. Ends with 1 where something at or above --fail-on stands against the files, and with 3 where
a file cannot be read or is not valid. `restructure rule` documents every rule. The screen shows the findings whatever
--output writes to files: text, or with --format github annotations of a GitHub workflow; auto is github where GitHub
runs it, and text elsewhere.

A finding can be suppressed by a comment in the YAML file, with the code (or several, with commas), an end date and a
reason, in this order: `# restructure: ignore FND504 until 2027-03-31 because the bid is with the department`. At the
end of a line it covers that line; on a line of its own it covers the entry below it, with all that is indented under
it. Past its date it covers nothing. Rules SYN, SCH, REF and SUP cannot be suppressed, nor can one that settings lock.

Settings stand in restructure.yaml (first line `restructure: settings/1`) or under [tool.restructure] of a
pyproject.toml, in the folder of a file or any above it, up to the one with .git in it: severities, locked,
publication, targets, thresholds. What stands nearer goes first; what is locked further up cannot be lowered.
"""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from restructure_cli.cli import exits
from restructure_cli.cli.options import OutputOption, TodayOption, format_option
from restructure_cli.cli.output import Format, Writers, by_extension, write
from restructure_cli.cli.progress import Progress, Stopwatch
from restructure_cli.cli.terminal import Terminal
from restructure_cli.model.findings import Finding, Severity

if TYPE_CHECKING:
    from restructure_cli.checks.folders import Checked

_ORDER = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
_STEPS = 20
"""How often a long check says how far it has come."""
_FOR_THE_SCREEN = (Format.TEXT, Format.GITHUB)


def command(
    paths: Annotated[list[Path], typer.Argument(readable=False, metavar="PATH", help="Files, or folders to walk.")],
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="The lowest severity at which the check fails (exit code 1).")
    ] = Severity.ERROR,
    today: TodayOption = None,
    timings: Annotated[bool, typer.Option("--timings", help="Say how long it took, on standard error.")] = False,
    form: Annotated[
        Format | None,
        format_option(Format.TEXT, Format.JSON, Format.CSV, Format.JUNIT, Format.SARIF, Format.GITHUB, Format.AUTO),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    watch = Stopwatch()

    def stands_against(finding: Finding) -> bool:
        return finding.rule.blocks or _ORDER.index(finding.rule.severity) >= _ORDER.index(fail_on)

    screen, of_files = formats(form, bool(output), os.environ)
    in_full = Format.JSON in (screen, of_files, *map(by_extension, output or ()))
    result = _checked(paths, today.last_day() if today is not None else date.today(), watch, in_full)
    code = exits.FINE
    if any(finding.rule.blocks for finding in result.findings):
        code = exits.NOT_VALID
    elif any(map(stands_against, result.findings)):
        code = exits.GATE_SAYS_NO
    if timings:
        sys.stderr.write(watch.told(len(result.files)))
    write(_writers(result, stands_against), of_files, output, code, beside=screen)


def _checked(paths: list[Path], today: date, watch: Stopwatch, claims_in_full: bool) -> "Checked":
    """Check with as many processes as there are cores, and say how far it has come."""
    from restructure_cli.checks.many_folders import check_many

    progress = Progress()
    steps = 0

    def told(done: int, of: int) -> None:
        nonlocal steps
        watch.folders = of
        if done * _STEPS // of > steps:
            steps = done * _STEPS // of
            progress.tell(f"{done:,} of {of:,} folders checked")

    watch.processes = _cores()
    result = check_many(paths, today, watch.processes, told, claims_in_full=claims_in_full)
    progress.done()
    return result


def _cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def formats(asked: Format | None, to_files: bool, around: Mapping[str, str]) -> tuple[Format, Format | None]:
    """Return the format of the screen, and that of files where their extension is not to say.

    Text and github are for the screen, and any other format is for the files: whoever reads the log of a run sees
    what stands against the files whatever is written beside it.
    """
    if asked is Format.AUTO:
        asked = Format.GITHUB if around.get("GITHUB_ACTIONS") == "true" else Format.TEXT
    if asked is None or asked in _FOR_THE_SCREEN:
        return asked or Format.TEXT, None
    return (Format.TEXT, asked) if to_files else (asked, None)


def _writers(result: "Checked", stands_against: Callable[[Finding], bool]) -> Writers:
    """Return how the findings are written in each format; its module is imported only when it is asked for."""
    from restructure_cli.report.check import report

    def text(screen: Terminal) -> str:
        from restructure_cli.render.findings import render_check

        return render_check(result, report(result), colour=screen.colour, width=screen.width)

    def json(_: Terminal) -> str:
        from restructure_cli.render.json.check import render_check

        return render_check(result)

    def csv(_: Terminal) -> str:
        from restructure_cli.render.csv import render_csv

        return render_csv(report(result))

    def junit(_: Terminal) -> str:
        from restructure_cli.checks.rulebook import RULES
        from restructure_cli.render.junit import render_junit

        return render_junit(result, RULES, stands_against)

    def sarif(_: Terminal) -> str:
        from restructure_cli.checks.rulebook import RULES
        from restructure_cli.render.json.sarif import render_sarif

        return render_sarif(result, RULES, address=_addresses())

    def github(_: Terminal) -> str:
        from restructure_cli.render.github import render_github

        return render_github(result, report(result), address=_addresses())

    return {
        Format.TEXT: text, Format.JSON: json, Format.CSV: csv,
        Format.JUNIT: junit, Format.SARIF: sarif, Format.GITHUB: github,
    }  # fmt: skip


def _addresses() -> Callable[[str], str]:
    """Return how a path is told from the top of the repository around us; without one, from where we are."""
    here = Path.cwd()
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)

    def address(path: str) -> str:
        whole = Path(os.path.normpath(here / path))
        return (whole.relative_to(top) if whole.is_relative_to(top) else whole).as_posix()

    return address
