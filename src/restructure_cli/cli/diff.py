"""What changes between two structures, post by post: FTE, vacancies on implementation and, with grades, money.

Name two structure files, or an organisation's folder with current.yaml and proposed.yaml in it.
"""

from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.cli import exits, inputs
from restructure_cli.cli.options import By, Detail, DetailOption, FormatOption, GradesOption, OutputOption
from restructure_cli.cli.output import Format, as_csv, as_text, write
from restructure_cli.files.text import is_there
from restructure_cli.model.results import Diff


def command(
    current: Annotated[
        Path, typer.Argument(readable=False, metavar="CURRENT", help="The current structure, or a folder.")
    ],
    proposed: Annotated[
        Path | None, typer.Argument(readable=False, metavar="[PROPOSED]", help="The proposed structure.")
    ] = None,
    grades: GradesOption = None,
    by: Annotated[By, typer.Option("--by", help="Gather rows by post, team, grade or title.")] = By.POST,
    detail: DetailOption = Detail.CHANGES,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 where there are changes.")] = False,
    form: FormatOption = None,
    output: OutputOption = [],  # noqa: B006
) -> None:
    """Run the verb."""
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
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(result, given),
        Format.CSV: lambda _: as_csv(built, flat(result)),
    }
    write(writers, form, output, code)


def _missing_side(current: Path) -> Path:
    """Ask for the proposed structure, unless the one that is named cannot be read anyhow."""
    if not is_there(current):
        return current
    raise typer.BadParameter("name the proposed structure as well, or a folder that holds both", param_hint="PROPOSED")


def _json(result: Diff, given: inputs.Inputs) -> str:
    from restructure_cli.render.json.diff import render_diff

    return render_diff(result, given.files())
