"""The appendix of a Cabinet report: what changes, vacancies, costs, funding, risks, charts, assumptions, sources.

Name an organisation's folder. One run works everything out once and writes it to as many files as --output names:
Markdown (.md), a page (.html), Word (.docx), a workbook (.xlsx), every figure in one long table (.csv). What the
folder has no files for is left out, and the report says so.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from restructure_cli.cli import folder as whole_folder
from restructure_cli.cli import inputs
from restructure_cli.cli.options import OutputOption, YearOption, format_option
from restructure_cli.cli.output import Format, Writers, as_csv, as_html, as_markdown, as_text, write
from restructure_cli.cli.progress import Progress

if TYPE_CHECKING:
    from restructure_cli.model.cabinet import Appendix
    from restructure_cli.model.report import Report


def command(
    folder: Annotated[Path, typer.Argument(readable=False, metavar="FOLDER", help="An organisation's folder.")],
    year: YearOption = None,
    years: Annotated[
        int | None, typer.Option("--years", min=1, max=30, help="How many years; absent: as far as the files reach.")
    ] = None,
    form: Annotated[
        Format | None,
        format_option(Format.TEXT, Format.JSON, Format.CSV, Format.MARKDOWN, Format.HTML, Format.DOCX, Format.XLSX),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    progress = Progress()
    given = whole_folder.read(folder, whole_folder.Asked(year, years))
    from restructure_cli.report.cabinet import report

    found = whole_folder.appendix(given, progress)
    code = inputs.verdict(given)
    progress.tell("building the report")
    write(writers(found, given, report(found), progress), form, output, code)


def writers(found: "Appendix", given: whole_folder.Folder, built: "Report", progress: Progress) -> Writers:
    """Return how the report is written in each format it has."""
    formats: Writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(found),
        Format.CSV: lambda _: _csv(built),
        Format.MARKDOWN: lambda _: as_markdown(built),
        Format.HTML: lambda _: as_html(built),
        Format.DOCX: lambda _: _docx(built),
        Format.XLSX: lambda _: _xlsx(found, given),
    }
    return {form: progress.saying(f"writing {form}", writer) for form, writer in formats.items()}


def _json(found: "Appendix") -> str:
    from restructure_cli.render.json.cabinet import render_appendix

    return render_appendix(found)


def _csv(built: "Report") -> str:
    from restructure_cli.report.every_figure import every_figure

    return as_csv(built, every_figure(built))


def _docx(built: "Report") -> bytes:
    from restructure_cli.cli.extras import needed

    with needed("word", "docx", "a Word file"):
        from restructure_cli.render.word import render_word
    return render_word(built)


def _xlsx(found: "Appendix", given: whole_folder.Folder) -> bytes:
    from restructure_cli.cli.extras import needed

    with needed("excel", "xlsxwriter", "a workbook"):
        from restructure_cli.render.workbook import Contents, render_workbook
    structures = tuple(given.structures)
    return render_workbook(
        Contents(structures, given.grades, found.cost, found.diff, found.vacancies, found.gap, found.files)
    )
