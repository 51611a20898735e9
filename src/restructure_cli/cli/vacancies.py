"""Vacancies of a structure: established, filled, covered by agency, vacant, and the rate.

With a proposal (a second file, or a folder with both), also the pools: whose holders may move into which posts,
how, the slack of each pool, who is displaced, and what is vacant on implementation.
"""

from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.cli import inputs
from restructure_cli.cli.options import By, OutputOption, format_option
from restructure_cli.cli.output import Format, as_csv, as_text, write
from restructure_cli.files.text import is_there
from restructure_cli.model.results import Diff, Vacancies


def command(
    structure: Annotated[Path, typer.Argument(readable=False, metavar="STRUCTURE", help="A structure, or a folder.")],
    proposed: Annotated[
        Path | None, typer.Argument(readable=False, metavar="PROPOSED", help="The proposed structure.")
    ] = None,
    by: Annotated[By, typer.Option("--by", help="Gather rows by post, team, grade or title.")] = By.POST,
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    paths, _ = inputs.sides(structure, proposed, None)
    given = inputs.read(
        [path for path in paths if path is not paths[-1] or len(paths) == 1 or _wanted(path, proposed)], None
    )
    from restructure_cli.analysis.diff import diff
    from restructure_cli.analysis.vacancies import vacancies
    from restructure_cli.report.vacancies import flat, report

    result = vacancies(given.structures[0])
    moves = diff(given.structures[0], given.structures[1]) if len(given.structures) == 2 else None
    code = inputs.verdict(given)
    built = report(result, moves, by.value)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(result, moves, given),
        Format.CSV: lambda _: as_csv(built, flat(result, moves)),
    }
    write(writers, form, output, code)


def _wanted(path: Path, proposed: Path | None) -> bool:
    """Whether a second structure is to be read: one that was named, or one that the folder has."""
    return proposed is not None or is_there(path)


def _json(result: Vacancies, moves: Diff | None, given: inputs.Inputs) -> str:
    from restructure_cli.render.json.vacancies import render_vacancies

    return render_vacancies(result, moves, given.files())
