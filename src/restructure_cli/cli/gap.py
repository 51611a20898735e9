"""What has to be paid for, what pays for it and what is lacking, year by year; and what runs out when.

Name the folder with funding.yaml, or a funding file; the structures and the grades beside it price a need that is
the cost of the change.
"""

from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.cli import funded, inputs
from restructure_cli.cli.options import Detail, DetailOption, GradesOption, OutputOption, YearOption, format_option
from restructure_cli.cli.output import Format, as_csv, as_text, write
from restructure_cli.model.gaps import Gap


def command(
    folder: Annotated[Path, typer.Argument(readable=False, metavar="FOLDER", help="A folder, or a funding file.")],
    grades: GradesOption = None,
    year: YearOption = None,
    years: Annotated[
        int | None, typer.Option("--years", min=1, max=30, help="How many years; absent: until nothing changes.")
    ] = None,
    detail: DetailOption = Detail.CHANGES,
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    given = funded.read(folder, grades)
    from restructure_cli.analysis.gap import gap
    from restructure_cli.report.gap import flat, report

    assert given.funding is not None
    result = gap(given.funding, given.beside, given.years_asked(year, years))
    built = report(result, detail.value)
    code = inputs.verdict(given)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(result, given),
        Format.CSV: lambda _: as_csv(built, flat(result)),
    }
    write(writers, form, output, code)


def _json(result: Gap, given: funded.Funded) -> str:
    from restructure_cli.render.json.gap import render_gap

    return render_gap(result, given.files())
