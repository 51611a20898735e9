"""How one figure came about, from the figure down to the lines of files and the national rates it rests on.

Name a structure for what it costs, or two for the change between them; --post, --team or --grade for a part of it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from restructure_cli.cli import exits, inputs
from restructure_cli.cli.options import FormatOption, GradesOption, OutputOption, StartOption, YearOption, YearsOption
from restructure_cli.cli.output import Format, as_csv, as_text, write
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.derivations import Derivation, Source

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
    claim: Annotated[
        str | None, typer.Option("--claim", metavar="ID", help="A claim of the folder's claims.yaml.")
    ] = None,
    grades: GradesOption = None,
    year: YearOption = None,
    years: YearsOption = 1,
    start: StartOption = None,
    form: FormatOption = None,
    output: OutputOption = [],  # noqa: B006
) -> None:
    """Run the verb."""
    if claim is not None:
        _of_claim(files[0], claim, form, output)
    paths, against, priced_with = _paths(files, grades)
    given = inputs.read([*against, *paths] if len(paths) == 1 else paths, priced_with, inputs.Span(year, years))
    from restructure_cli.analysis import explain
    from restructure_cli.analysis.cost import cost
    from restructure_cli.analysis.terms import Terms
    from restructure_cli.report.explain import flat, report

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
    code = inputs.verdict(given)
    built = report(f"How {name} came about", figures, notes, _place(given))
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.CSV: lambda _: as_csv(built, flat(figures, _place(given))),
        Format.JSON: lambda _: _json(name, figures, notes, given),
    }
    write(writers, form, output, code)


def _of_claim(folder: Path, id_: str, form: Format | None, output: list[Path]) -> NoReturn:
    """Explain the printed figures of one claim."""
    from restructure_cli.cli.claims import checked, claims_file
    from restructure_cli.report.claims import told
    from restructure_cli.report.explain import flat, report

    result = checked(claims_file(folder))
    judged = [one for one in result.claims if one.id == id_]
    if not judged:
        raise typer.BadParameter(f"there is no claim {id_}", param_hint="--claim")
    figures = tuple(one.derivation for one in judged if one.derivation is not None)
    notes = tuple(told(one) for one in judged)

    def place(source: Source) -> str:
        line = result.line(source.path, source.pointer)
        return f"{source.path}:{line}" if line else source.path

    built = report(f"How {id_} came about", figures, notes, place)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.CSV: lambda _: as_csv(built, flat(figures, place)),
        Format.JSON: lambda _: _document(id_, figures, notes, place, result.sha256()),
    }
    write(writers, form, output, exits.FINE)


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
    return _document(name, figures, notes, _place(given), given.files())


def _document(
    name: str,
    figures: tuple[Derivation, ...],
    notes: tuple[str, ...],
    place: Callable[[Source], str],
    files: Mapping[str, str],
) -> str:
    from restructure_cli.render.json.explain import render_explanation

    return render_explanation(name, figures, notes, place, files)
