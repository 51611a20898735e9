"""How one figure came about, from the figure down to the lines of files and the national rates it rests on.

Name a structure for what it costs, or two for the change between them; --post, --team or --grade for a part of it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from restructure_cli.cli import exits, inputs
from restructure_cli.cli.options import (
    GapOption,
    GradesOption,
    Of,
    OfOption,
    OutputOption,
    StartOption,
    YearOption,
    YearsOption,
    format_option,
)
from restructure_cli.cli.output import Format, Outputs, as_csv, as_text, write
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.derivations import Explanation, Source
from restructure_cli.model.periods import FinancialYear

if TYPE_CHECKING:
    from restructure_cli.analysis.explain import Chosen
    from restructure_cli.analysis.terms import Terms


def command(
    files: Annotated[
        list[Path], typer.Argument(readable=False, metavar="STRUCTURE", help="A structure, or two, or a folder.")
    ],
    post: Annotated[
        str | None, typer.Option("--post", metavar="ID", help="One post, or another line by its id.")
    ] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="ID", help="A team and the teams below it.")] = None,
    grade: Annotated[str | None, typer.Option("--grade", help="The posts of a grade.")] = None,
    claim: Annotated[
        str | None, typer.Option("--claim", metavar="ID", help="A claim of the folder's claims.yaml.")
    ] = None,
    gap: GapOption = None,
    grades: GradesOption = None,
    year: YearOption = None,
    years: YearsOption = 1,
    of: OfOption = Of.ESTABLISHED,
    start: StartOption = None,
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    if claim is not None:
        _only(files, (post, team, grade, gap), "--claim")
        _of_claim(files[0], claim, form, output)
    if gap is not None:
        _only(files, (post, team, grade), "--gap")
        _of_gap(files[0], grades, gap, (form, output))
    _refuse_words(files)
    paths, against, priced_with = _paths(files, grades)
    given = inputs.read([*against, *paths], priced_with, inputs.Span(year, years))
    inputs.can_start(start, given)
    chosen, name = _chosen(post, team, grade)
    from restructure_cli.analysis.terms import Terms
    from restructure_cli.report.explain import flat, report

    terms = Terms(given.years, filled=of is Of.FILLED, start=start)
    found, notes = _explained(given, chosen, name, terms, len(paths) == 2)
    if not any(explanation.figure is not None or explanation.left_out for explanation in found):
        raise typer.BadParameter(f"there is no line for {name}", param_hint="--post, --team or --grade")
    code = inputs.verdict(given)
    built = report(f"How {name} came about", found, notes, _place(given))
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.CSV: lambda _: as_csv(built, flat(found, _place(given))),
        Format.JSON: lambda _: _json(name, found, notes, given, terms.filled),
    }
    write(writers, form, output, code)


def _only(files: list[Path], others: tuple[object, ...], option: str) -> None:
    if len(files) != 1 or any(other is not None for other in others):
        raise typer.BadParameter(f"{option} takes one folder, and no other choice", param_hint=option)


def _of_gap(folder: Path, grades: Path | None, year: FinancialYear, where: tuple[Format | None, Outputs]) -> NoReturn:
    """Explain the gap of one year."""
    from restructure_cli.analysis.gap import gap
    from restructure_cli.analysis.gap_explained import explained
    from restructure_cli.cli import funded
    from restructure_cli.render.json.explain import render_explanation
    from restructure_cli.report.explain import flat, report
    from restructure_cli.report.gap import explained_notes

    given = funded.read(folder, grades)
    assert given.funding is not None
    result = gap(given.funding, given.beside, (year,), explained=True)
    found, notes = explained(result, year), explained_notes(result)
    name, code = f"the gap of {year}", inputs.verdict(given)
    built = report(f"How {name} came about", found, notes, _place(given))
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.CSV: lambda _: as_csv(built, flat(found, _place(given))),
        Format.JSON: lambda _: render_explanation(name, found, notes, _place(given), given.files(), filled=False),
    }
    write(writers, *where, code)


def _of_claim(folder: Path, id_: str, form: Format | None, output: Outputs) -> NoReturn:
    """Explain the printed figures of one claim."""
    from restructure_cli.cli.claims import checked, claims_file
    from restructure_cli.render.json.explain import render_explanation
    from restructure_cli.report.claims import explanations, told
    from restructure_cli.report.explain import flat, report

    result = checked(claims_file(folder))
    judged = tuple(figure for figure in result.claims if figure.id == id_)
    if not judged:
        raise typer.BadParameter(f"there is no claim {id_}", param_hint="--claim")
    found, notes = explanations(judged), tuple(told(figure) for figure in judged)

    def place(source: Source) -> str:
        line = result.line(source.path, source.pointer)
        return f"{source.path}:{line}" if line else source.path

    built = report(f"How {id_} came about", found, notes, place)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.CSV: lambda _: as_csv(built, flat(found, place)),
        Format.JSON: lambda _: render_explanation(id_, found, notes, place, result.sha256(), filled=False),
    }
    write(writers, form, output, exits.FINE)


def _explained(
    given: inputs.Inputs, chosen: "Chosen", name: str, terms: "Terms", change: bool
) -> "tuple[tuple[Explanation, ...], tuple[str, ...]]":
    """Explain the change between two structures, or the last of those that were read; with notes."""
    from restructure_cli.analysis.cost import cost
    from restructure_cli.analysis.explain import explained
    from restructure_cli.analysis.explain_change import changed

    assert given.grades is not None
    costed = cost(given.structures, given.grades, terms)
    if not change:
        return explained(name, costed.structures[-1], tuple(reversed(given.structures)), chosen), ()
    current, proposed = given.structures
    notes = ("The change is before the vacancy factor.",) if given.grades.vacancy_factor is not None else ()
    return changed(name, costed, (current, proposed), chosen), notes


def _refuse_words(files: list[Path]) -> None:
    """Say how to ask for a post, team or grade where its id is given as if it were a structure."""
    for word in files[1:]:
        if not word.suffix and word.parent == Path() and not is_there(word):
            told = f"{word} is no structure: for a part of one say --post {word}, --team {word} or --grade {word}"
            raise typer.BadParameter(told, param_hint="STRUCTURE")


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


def _json(
    name: str, found: "tuple[Explanation, ...]", notes: tuple[str, ...], given: inputs.Inputs, filled: bool
) -> str:
    from restructure_cli.render.json.explain import render_explanation

    return render_explanation(name, found, notes, _place(given), given.files(), filled)
