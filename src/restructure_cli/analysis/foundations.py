"""What the figures of an organisation rest on: assumptions, paragraphs of documents, national rates."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from restructure_cli.model.cabinet import Cited, Foundations, National, Taken
from restructure_cli.model.costs import Cost
from restructure_cli.model.derivations import Derivation
from restructure_cli.model.funding import Funding, Need, Source
from restructure_cli.model.grades import Grades, LaterYear, Rate
from restructure_cli.model.printed import Printed
from restructure_cli.model.quantities import Basis, Quantity
from restructure_cli.model.structures import Control, OtherCost, Post, Structure, Team

_MONEY = ("supplement", "cost", "cost_change", "amount", "rate", "salary")
_OF_POSTS = (
    "fte", "fte_change", "positions", "hours", "weeks", "scp", "supplement", "cost", "cost_change", "filled",
    "people", "agency", "vacant", "on_hold",
)  # fmt: skip
_OF_COSTS = ("amount", "rate", "times", "units")
_OF_FUNDING = ("amount", "total", "rate", "times", "units")
_OF_CONTROLS = ("fte", "filled", "positions", "cost", "cost_change")
_NATIONAL = "national/"


class Files(NamedTuple):
    """What was read."""

    structures: tuple[Structure, ...]
    grades: Grades | None = None
    funding: Funding | None = None


def foundations(files: Files, cost: Cost | None) -> Foundations:
    """Gather what the figures rest on; `cost` is what was priced, if anything was."""
    leaves = list(_leaves(cost)) if cost is not None else []
    taken = tuple(dict.fromkeys(_taken(files)))
    said = {assumption.because for assumption in taken}
    reasons = (leaf.because for leaf in leaves if leaf.basis is Basis.ASSUMED and leaf.because)
    return Foundations(
        taken,
        tuple(sorted({reason for reason in reasons if reason not in said})),
        tuple(_cited(files)),
        tuple(_national(leaves)),
    )


def _taken(files: Files) -> Iterator[Taken]:
    """Give every figure that a file calls derived or assumed."""
    for structure in files.structures:
        for post in structure.posts.values():
            yield from _of_entry(post, _OF_POSTS, post.path)
        for line in structure.costs.values():
            yield from _of_entry(line, _OF_COSTS, line.path)
        for team in structure.teams.values():
            yield from _of_control(team.control, team.title, structure)
        yield from _of_control(structure.control, structure.title, structure)
    if files.grades is not None:
        yield from _of_grades(files.grades)
    if files.funding is not None:
        for entry in _funded(files.funding):
            yield from _of_entry(entry, _OF_FUNDING, files.funding.path)


_Entry = Post | OtherCost | Need | Source


def _funded(funding: Funding) -> Iterator[Need | Source]:
    yield from funding.needs.values()
    yield from funding.sources.values()


def _of_entry(entry: _Entry, keys: Iterable[str], path: str) -> Iterator[Taken]:
    if isinstance(entry, Post | OtherCost) and entry.basis in (Basis.ASSUMED, Basis.DERIVED):
        yield Taken(entry.title, "the entry", None, "", entry.basis, entry.because or "", entry.at, path)
    for key in keys:
        figure = getattr(entry, key)
        if not isinstance(figure, Quantity | Printed) or figure.basis not in (Basis.ASSUMED, Basis.DERIVED):
            continue
        stated = figure.text if isinstance(figure, Printed) else figure.value
        unit = "£" if key in _MONEY and isinstance(figure, Quantity) else ""
        at = figure.at or entry.at
        yield Taken(entry.title, key, stated, unit, figure.basis, figure.because or "", at, path)


def _of_control(control: Control | None, title: str, structure: Structure) -> Iterator[Taken]:
    for key in _OF_CONTROLS if control is not None else ():
        figure: Quantity | None = getattr(control, key)
        if figure is not None and figure.basis in (Basis.ASSUMED, Basis.DERIVED):
            unit = "£" if key in _MONEY else ""
            at = figure.at or (control.at if control is not None else ())
            yield Taken(
                title, f"total {key}", figure.value, unit, figure.basis, figure.because or "", at, structure.path
            )


def _of_grades(grades: Grades) -> Iterator[Taken]:
    for grade in grades.grades.values():
        if grade.basis in (Basis.ASSUMED, Basis.DERIVED):
            span = grade.scp or grade.salary
            shown = f"{span.low:f} to {span.high:f}" if span is not None and span.low != span.high else None
            figure = grade.cost.value if grade.cost is not None else shown or (span.low if span is not None else None)
            unit = "" if grade.scp is not None else "£"
            name = "points" if grade.scp is not None else "pay"
            yield Taken(
                f"Grade {grade.id}", name, figure, unit, grade.basis, grade.because or "", grade.at, grades.path
            )
    rates = {"pension": grades.pension, **grades.on_costs, "vacancy factor": grades.vacancy_factor}
    for name, rate in rates.items():
        yield from _of_rate(f"{grades.year}", name, rate, grades.path, always=False)
    for later in sorted(grades.years.values(), key=lambda one: one.year):
        yield from _of_later(later, grades.path)


def _of_later(later: LaterYear, path: str) -> Iterator[Taken]:
    """Give what is assumed for a later year: a pay award is an assumption by itself."""
    year = str(later.year)
    yield from _of_rate(year, "pay award", later.pay_award, path, always=True)
    if later.flat_award is not None:
        flat = later.flat_award
        yield Taken(year, "pay award", flat.value, "£", Basis.ASSUMED, flat.because or "", flat.at, path)
    named = {
        "pension": later.pension, **later.on_costs, "vacancy factor": later.vacancy_factor,
        "national insurance": later.national_insurance, "apprenticeship levy": later.apprenticeship_levy,
    }  # fmt: skip
    for name, rate in named.items():
        yield from _of_rate(year, name, rate, path, always=True)
    if later.secondary_threshold is not None:
        rate = later.secondary_threshold
        yield Taken(year, "secondary threshold", rate.value, "£", Basis.ASSUMED, rate.because or "", rate.at, path)


def _of_rate(year: str, name: str, rate: Rate | None, path: str, *, always: bool) -> Iterator[Taken]:
    if rate is not None and (always or rate.basis in (Basis.ASSUMED, Basis.DERIVED)):
        basis = Basis.ASSUMED if always and rate.basis is Basis.PUBLISHED else rate.basis
        yield Taken(year, name, rate.value * 100, "%", basis, rate.because or "", rate.at, path)


def _cited(files: Files) -> Iterator[Cited]:
    """Give every paragraph with the entries taken from it, in the order of the files and of paragraphs."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for path, title, paragraphs in _stated(files):
        for paragraph in paragraphs:
            found.setdefault((path, paragraph), {})[title] = None
    for (path, at), titles in sorted(found.items(), key=lambda item: (item[0][0], _by_number(item[0][1]))):
        yield Cited(path, at, tuple(titles))


def _stated(files: Files) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for structure in files.structures:
        entries: Iterable[Team | Post | OtherCost] = (
            *structure.teams.values(), *structure.posts.values(), *structure.costs.values()
        )  # fmt: skip
        for entry in entries:
            yield entry.path or structure.path, entry.title, entry.at
            if isinstance(entry, Team) and entry.control is not None:
                yield entry.path or structure.path, f"total of {entry.title}", entry.control.at
        if structure.control is not None:
            yield structure.path, "total of the structure", structure.control.at
    if files.grades is not None:
        for grade in files.grades.grades.values():
            yield files.grades.path, f"grade {grade.id}", grade.at
    if files.funding is not None:
        for need in _funded(files.funding):
            yield files.funding.path, need.title, need.at


def _by_number(at: str) -> tuple[tuple[int, str], ...]:
    """Order paragraphs as people do: 4.2 before 4.10."""
    parts, digits, letters = [], "", ""
    for character in at + " ":
        if character.isascii() and character.isdigit():
            digits += character
        else:
            if digits:
                parts.append((int(digits), letters))
                digits = letters = ""
            letters += character
    return (*parts, (0, letters))


def _leaves(cost: Cost) -> Iterator[Derivation]:
    """Give every leaf that prices rest on, once."""
    seen: set[int] = set()
    waiting: list[Derivation] = []
    for priced in cost.structures:
        for year in priced.years:
            for price in {id(row.price): row.price for row in year.rows if row.price is not None}.values():
                waiting += [figure for points in price.components.values() for figure in points.values()]
    while waiting:
        figure = waiting.pop()
        if id(figure) in seen:
            continue
        seen.add(id(figure))
        waiting += figure.parts
        if not figure.parts:
            yield figure


def _national(leaves: Iterable[Derivation]) -> Iterator[National]:
    found = {
        National(leaf.source.path, leaf.source.at, leaf.basis)
        for leaf in leaves
        if leaf.source is not None and leaf.source.path.startswith(_NATIONAL)
    }
    yield from sorted(found)
