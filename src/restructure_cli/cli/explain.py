"""How one figure came about, from the figure down to the lines of files and the national rates it rests on.

Name a structure for what it costs, or two for the change between them; --post, --team or --grade for a part of it.
With --gap, a folder: what a year's gap between need and funding is made of.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn

import typer

from restructure_cli.cli import inputs
from restructure_cli.cli.options import (
    FormatOption,
    GapOption,
    GradesOption,
    OutputOption,
    StartOption,
    YearOption,
    YearsOption,
)
from restructure_cli.cli.output import Format, as_csv, as_text, write
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.derivations import Derivation, Source
from restructure_cli.model.periods import FinancialYear

if TYPE_CHECKING:
    from restructure_cli.analysis.explain import Chosen


def command(
    files: Annotated[
        list[Path], typer.Argument(readable=False, metavar="STRUCTURE...", help="A structure, or two, or a folder.")
    ],
    post: Annotated[
        str | None, typer.Option("--post", metavar="ID", help="One post, or another line by its id.")
    ] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="ID", help="A team and the teams below it.")] = None,
    grade: Annotated[str | None, typer.Option("--grade", help="The posts of a grade.")] = None,
    gap: GapOption = None,
    grades: GradesOption = None,
    year: YearOption = None,
    years: YearsOption = 1,
    start: StartOption = None,
    form: FormatOption = None,
    output: OutputOption = [],  # noqa: B006
) -> None:
    """Run the verb."""
    if gap is not None:
        _gap(files, grades, gap, (post, team, grade), (form, output))
    paths, against, priced_with = _paths(files, grades)
    given = inputs.read([*against, *paths] if len(paths) == 1 else paths, priced_with, inputs.Span(year, years))
    from restructure_cli.analysis import explain
    from restructure_cli.analysis.cost import Terms, cost

    assert given.grades is not None
    chosen, name = _chosen(post, team, grade)
    costed = cost(given.structures, given.grades, Terms(given.years, start=start))
    both = zip(costed.structures, given.structures, strict=True)
    words = ("the current side of", "the proposed side of") if len(paths) == 2 else ("", "")
    named = [f"{word} {name}".strip() for word in words][-len(costed.structures) :]
    sides = [
        explain.explained(title, one, structure, chosen) for title, (one, structure) in zip(named, both, strict=True)
    ]
    left_out = [row for one in costed.structures[-len(paths) :] for row in explain.left_out(one, chosen)]
    figures = sides[-1]
    if len(paths) == 2:
        figures = explain.changed(name, (sides[0], sides[1]), costed.changes, chosen, str(paths[1]))
    if not any(figure.parts for figure in figures):
        if not left_out:
            raise typer.BadParameter(f"there is no line for {name}", param_hint="--post, --team or --grade")
        figures = ()
    notes = tuple(dict.fromkeys(f"{row.title} is not in it: {row.why_not}." for row in left_out))
    _write(name, figures, _Told(notes, not notes), given, (form, output))


def _gap(
    files: list[Path],
    grades: Path | None,
    year: FinancialYear,
    others: tuple[str | None, ...],
    where: tuple[Format | None, list[Path]],
) -> NoReturn:
    """Explain the gap of one year."""
    if len(files) != 1 or any(others):
        raise typer.BadParameter("--gap takes one folder, or one funding file, and no other choice", param_hint="--gap")
    from restructure_cli.analysis.gap import gap
    from restructure_cli.analysis.gap_explained import explained
    from restructure_cli.cli import funded
    from restructure_cli.report.gap import explained_notes

    given = funded.read(files[0], grades)
    assert given.funding is not None
    result = gap(given.funding, given.beside, (year,), explained=True)
    told = _Told(explained_notes(result), result.complete)
    _write(f"the gap of {year}", explained(result, year), told, given, where)


class _Told(NamedTuple):
    """What is said beside figures, and whether they leave nothing out."""

    notes: tuple[str, ...]
    complete: bool


def _write(
    name: str,
    figures: tuple[Derivation, ...],
    told: _Told,
    given: inputs.Inputs,
    where: tuple[Format | None, list[Path]],
) -> NoReturn:
    from restructure_cli.report.explain import flat, report

    code = inputs.verdict(given)
    built = report(f"How {name} came about", figures, told.notes, _place(given), told.complete)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.CSV: lambda _: as_csv(built, flat(figures, _place(given))),
        Format.JSON: lambda _: _json(name, figures, told.notes, given),
    }
    write(writers, *where, code)


def _paths(files: list[Path], grades: Path | None) -> tuple[list[Path], list[Path], Path]:
    """Return the structures to explain, the current one a proposal is measured against, and the grades file."""
    whole = len(files) == 1 and is_folder(files[0])
    folder = files[0] if whole else files[0].parent
    paths = [folder / inputs.CURRENT, folder / inputs.PROPOSED] if whole else files
    if len(paths) > 2:
        raise typer.BadParameter("name one structure, or two for the change", param_hint="STRUCTURE")
    beside = folder / inputs.CURRENT
    against = [beside] if len(paths) == 1 and paths[0].name != inputs.CURRENT and is_there(beside) else []
    return paths, against, grades or folder / inputs.GRADES


def _chosen(post: str | None, team: str | None, grade: str | None) -> "tuple[Chosen, str]":
    from restructure_cli.analysis import explain

    asked = [(post, explain.of_post), (team, explain.of_team), (grade, explain.of_grade)]
    named = [(name, choose) for name, choose in asked if name is not None]
    if len(named) > 1:
        raise typer.BadParameter("one of --post, --team and --grade", param_hint="--post, --team or --grade")
    return (named[0][1](named[0][0]), named[0][0]) if named else (explain.everything, "the total")


def _place(given: inputs.Inputs) -> Callable[[Source], str]:
    def place(source: Source) -> str:
        line = given.reader.line(source.path, source.pointer)
        return f"{source.path}:{line}" if line else source.path

    return place


def _json(name: str, figures: tuple[Derivation, ...], notes: tuple[str, ...], given: inputs.Inputs) -> str:
    from restructure_cli.render.json import render_explanation

    return render_explanation(name, figures, notes, _place(given), given.files())
