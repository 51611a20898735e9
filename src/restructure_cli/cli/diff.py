"""What changes between two structures, post by post: FTE, vacancies on implementation and, with grades, money.

Name two structure files, or an organisation's folder with current.yaml and proposed.yaml in it. With --against REF
name one structure, or a folder: each structure is compared with itself at that revision of the git repository.
--format markdown is a comment for a pull request: it fits the platform's limit and carries a hidden marker.
"""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from restructure_cli.cli import exits, inputs
from restructure_cli.cli.options import By, Detail, DetailOption, GradesOption, OutputOption, format_option
from restructure_cli.cli.output import Format, Outputs, Writers, as_csv, as_text, write
from restructure_cli.files.text import is_there
from restructure_cli.model.results import Diff
from restructure_cli.model.revisions import Against, Revised, Status


def command(
    current: Annotated[
        Path | None, typer.Argument(readable=False, metavar="CURRENT", help="The current structure, or a folder.")
    ] = None,
    proposed: Annotated[
        Path | None, typer.Argument(readable=False, metavar="PROPOSED", help="The proposed structure.")
    ] = None,
    grades: GradesOption = None,
    by: Annotated[By, typer.Option("--by", help="Gather rows by post, team, grade or title.")] = By.POST,
    detail: DetailOption = Detail.CHANGES,
    since: Annotated[
        str | None,
        typer.Option("--against", metavar="REF", help="Compare with itself at a revision: main, HEAD~1, a tag."),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 where there are changes.")] = False,
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV, Format.MARKDOWN)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    if since is not None:
        if proposed is not None:
            raise typer.BadParameter("with --against name one structure, or a folder", param_hint="PROPOSED")
        _since(since, current or Path(), grades, (by.value, detail.value), exit_code, form, output)
    if current is None:
        raise typer.BadParameter("name the current structure, or a folder; or give --against", param_hint="CURRENT")
    paths, priced_with = inputs.sides(current, proposed, grades)
    if len(paths) == 1:
        paths.append(_missing_side(current))
    given = inputs.read(paths, priced_with)
    from restructure_cli.analysis.cost import structure_cost
    from restructure_cli.analysis.diff import diff
    from restructure_cli.report.diff import flat, report

    before, after = given.structures
    priced = None
    if given.grades is not None:
        sides = (structure_cost(before, given.grades), structure_cost(after, given.grades, current=before))
        priced = (sides[0].years[0], sides[1].years[0])
    result = diff(before, after, priced)
    built = report(result, by.value, detail.value)
    code = inputs.verdict(given)
    if code == exits.FINE and exit_code and any(not row.unchanged for row in (*result.rows, *result.outside)):
        code = exits.GATE_SAYS_NO
    writers: Writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(result, given),
        Format.CSV: lambda _: as_csv(built, flat(result)),
        Format.MARKDOWN: lambda _: _comment(Against("", "", (Revised(paths[1].as_posix(), Status.CHANGED, result),))),
    }
    write(writers, form, output, code)


def _since(
    ref: str, path: Path, grades: Path | None, shown: tuple[str, str], exit_code: bool, form: Format | None,
    output: Outputs,
) -> NoReturn:  # fmt: skip
    """Compare with a revision; `shown` is how rows are gathered and how many are shown."""
    from restructure_cli.cli.against import against
    from restructure_cli.report.revisions import flat, report

    result, given = against(ref, path, grades)
    built = report(result, *shown)
    code = inputs.verdict(given)
    if code == exits.FINE and exit_code and any(one.status is not Status.UNCHANGED for one in result.structures):
        code = exits.GATE_SAYS_NO
    writers: Writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json_against(result, given),
        Format.CSV: lambda _: as_csv(built, flat(result)),
        Format.MARKDOWN: lambda _: _comment(result),
    }
    write(writers, form, output, code)


def _json_against(result: Against, given: inputs.Inputs) -> str:
    from restructure_cli.render.json.revisions import render_against

    return render_against(result, given.files())


def _comment(result: Against) -> str:
    from restructure_cli.render.pull_request import render_comment
    from restructure_cli.report.pull_request import drafts

    return render_comment(drafts(result))


def _missing_side(current: Path) -> Path:
    """Ask for the proposed structure, unless the one that is named cannot be read anyhow."""
    if not is_there(current):
        return current
    raise typer.BadParameter("name the proposed structure as well, or a folder that holds both", param_hint="PROPOSED")


def _json(result: Diff, given: inputs.Inputs) -> str:
    from restructure_cli.render.json.diff import render_diff

    return render_diff(result, given.files())
