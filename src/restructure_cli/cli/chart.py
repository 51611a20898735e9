"""The structure as a tree of teams and posts: in the terminal, as Mermaid or as SVG.

Name a structure; a current and a proposed one; or a folder that holds both. With a proposal, every team and post is
unchanged, new or changed, transferred, in development (starts later, or depends on a condition) or deleted.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from restructure_cli.cli import inputs
from restructure_cli.cli.options import OutputOption, format_option
from restructure_cli.cli.output import Format, as_csv, as_html, as_markdown, as_text, write
from restructure_cli.files.text import is_there

if TYPE_CHECKING:
    from restructure_cli.model.charts import Chart
    from restructure_cli.model.report import Report


def command(
    structure: Annotated[Path, typer.Argument(readable=False, metavar="STRUCTURE", help="A structure, or a folder.")],
    proposed: Annotated[
        Path | None, typer.Argument(readable=False, metavar="PROPOSED", help="The proposed structure.")
    ] = None,
    form: Annotated[
        Format | None,
        format_option(Format.TEXT, Format.JSON, Format.CSV, Format.MERMAID, Format.SVG, Format.MARKDOWN, Format.HTML),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    paths, _ = inputs.sides(structure, proposed, None)
    given = inputs.read([path for number, path in enumerate(paths) if not number or proposed or is_there(path)], None)
    from restructure_cli.analysis.chart import charts
    from restructure_cli.report.chart import flat, report

    found = charts(given.structures[0], given.structures[1] if len(given.structures) > 1 else None)
    built = report(found)
    code = inputs.verdict(given)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(found, given),
        Format.CSV: lambda _: as_csv(built, flat(found)),
        Format.MERMAID: lambda _: _mermaid(built),
        Format.SVG: lambda _: _svg(built),
        Format.MARKDOWN: lambda _: as_markdown(built),
        Format.HTML: lambda _: as_html(built),
    }
    write(writers, form, output, code)


def _mermaid(built: "Report") -> str:
    from restructure_cli.render.mermaid import render_mermaid

    return render_mermaid(built)


def _svg(built: "Report") -> str:
    from restructure_cli.render.svg import render_svg

    return render_svg(built)


def _json(found: "tuple[Chart, ...]", given: inputs.Inputs) -> str:
    from restructure_cli.render.json.chart import render_chart

    return render_chart(found, given.files())
