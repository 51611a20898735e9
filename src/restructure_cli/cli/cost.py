"""What structures cost in a year, by grade, team, post or fund, at the bottom, mid and top of each grade.

With no structure named, the current and proposed structures beside the grades file are priced.
"""

from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.cli import inputs
from restructure_cli.cli.options import (
    CostBy,
    Detail,
    DetailOption,
    GradesOption,
    Of,
    OfOption,
    OutputOption,
    StartOption,
    YearOption,
    YearsOption,
    format_option,
)
from restructure_cli.cli.output import Format, Writers, as_csv, as_text, write
from restructure_cli.cli.progress import Progress
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.costs import Cost


def command(
    structures: Annotated[
        list[Path] | None, typer.Argument(readable=False, metavar="STRUCTURE", help="Structures, or one folder.")
    ] = None,
    grades: GradesOption = None,
    by: Annotated[CostBy, typer.Option("--by", help="Gather rows by grade, team, post, title or fund.")] = CostBy.GRADE,
    detail: DetailOption = Detail.CHANGES,
    year: YearOption = None,
    years: YearsOption = 1,
    of: OfOption = Of.ESTABLISHED,
    start: StartOption = None,
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV, Format.XLSX)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    paths, priced_with = _paths(structures or [], grades)
    progress = Progress()
    given = inputs.read(paths, priced_with, inputs.Span(year, years))
    inputs.can_start(start, given)
    from restructure_cli.analysis.cost import cost
    from restructure_cli.analysis.terms import Terms
    from restructure_cli.report.cost import flat, report

    assert given.grades is not None
    terms = Terms(given.years, filled=of is Of.FILLED, start=start)
    progress.tell("pricing")
    result = cost(given.structures, given.grades, terms)
    progress.done()
    code = inputs.verdict(given)
    built = report(result, by.value, detail.value, filled=of is Of.FILLED)
    writers: Writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(result, given),
        Format.CSV: lambda _: as_csv(built, flat(result)),
        Format.XLSX: lambda _: _workbook(result, given, start is not None),
    }
    write({form: progress.saying(f"writing {form}", writer) for form, writer in writers.items()}, form, output, code)


def _paths(structures: list[Path], grades: Path | None) -> tuple[list[Path], Path]:
    """Return the structures to price and the grades file; what is not named is looked for beside what is."""
    if len(structures) == 1 and is_folder(structures[0]):
        folder = structures[0]
        return _beside(folder), grades or folder / inputs.GRADES
    if grades is None:
        raise typer.BadParameter("name the grades file to price with", param_hint="--grades")
    return structures or _beside(grades.parent), grades


def _beside(folder: Path) -> list[Path]:
    """Return the current and proposed structures of a folder: those that are there, the current one at least."""
    return [path for path in (folder / inputs.CURRENT, folder / inputs.PROPOSED) if is_there(path)] or [
        folder / inputs.CURRENT
    ]


def _json(result: Cost, given: inputs.Inputs) -> str:
    from restructure_cli.render.json.cost import render_cost

    return render_cost(result, given.files())


def _workbook(result: Cost, given: inputs.Inputs, by_start: bool) -> bytes:
    from restructure_cli.analysis.vacancies import vacancies
    from restructure_cli.cli.extras import needed

    with needed("excel", "xlsxwriter", "a workbook"):
        from restructure_cli.render.workbook import Contents, render_workbook

    structures = tuple(given.structures)
    now = vacancies(structures[0])
    return render_workbook(
        Contents(structures, given.grades, result, vacancies=now, inputs=given.files(), by_start=by_start)
    )
