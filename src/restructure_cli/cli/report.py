"""The appendix of a Cabinet report: what changes, vacancies, costs, funding, risks, charts, assumptions, sources.

Name an organisation's folder. One run works everything out once and writes it to as many files as --output names:
Markdown (.md), a page (.html), Word (.docx). What the folder has no files for is left out, and the report says so.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from restructure_cli.cli import folder as whole_folder
from restructure_cli.cli import inputs
from restructure_cli.cli.options import FormatOption, OutputOption, YearOption
from restructure_cli.cli.output import Format, Writers, as_html, as_markdown, as_text, write
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
    form: FormatOption = None,
    output: OutputOption = [],  # noqa: B006
) -> None:
    """Run the verb."""
    say = Progress()
    given = whole_folder.read(folder, whole_folder.Asked(year, years))
    from restructure_cli.report.cabinet import report

    found = whole_folder.appendix(given, say)
    code = inputs.verdict(given)
    say("building the report")
    write(writers(found, report(found), say), form, output, code)


def writers(found: "Appendix", built: "Report", say: Progress) -> Writers:
    """Return how the report is written in each format it has. A workbook is one more row."""

    def told(form: Format) -> None:
        say(f"writing {form}")

    return {
        Format.TEXT: lambda screen: told(Format.TEXT) or as_text(built, screen),
        Format.JSON: lambda _: told(Format.JSON) or _json(found),
        Format.MARKDOWN: lambda _: told(Format.MARKDOWN) or as_markdown(built),
        Format.HTML: lambda _: told(Format.HTML) or as_html(built),
        Format.DOCX: lambda _: told(Format.DOCX) or _docx(built),
        # Format.XLSX: lambda _: told(Format.XLSX) or _xlsx(found),
    }


def _json(found: "Appendix") -> str:
    from restructure_cli.render.json.cabinet import render_appendix

    return render_appendix(found)


def _docx(built: "Report") -> bytes:
    from restructure_cli.cli.extras import needed

    with needed("word", "docx", "a Word file"):
        from restructure_cli.render.word import render_word
    return render_word(built)
