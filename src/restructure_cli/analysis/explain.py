"""One figure with everything it was made of: a line, a team, a grade, a total.

It reads the derivations that made the figure; nothing is worked out a second time. `explain_change` does so for the
change between two structures.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from restructure_cli.analysis.labels import Paths
from restructure_cli.analysis.line_sources import LineSources, Stands
from restructure_cli.model.costs import CostRow, StructureCost, YearCost
from restructure_cli.model.derivations import Derivation, Explanation, Kind, LeftOut, Step, weakest
from restructure_cli.model.quantities import ZERO, to_nine_places, to_the_penny
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import Structure

YEAR = "£ a year"

Chosen = Callable[[CostRow, Paths], bool]
"""Whether a line is part of what is to be explained."""


def everything(row: CostRow, paths: Paths) -> bool:
    """Choose every line."""
    return True


def of_post(id_: str) -> Chosen:
    """Choose one post, or another line by its id."""
    return lambda row, paths: row.id == id_


def of_team(id_: str) -> Chosen:
    """Choose the lines of a team and of all the teams below it."""
    return lambda row, paths: any(team == id_ for team, _ in paths.get(row.team, ()))


def of_grade(grade: str) -> Chosen:
    """Choose the posts of a grade."""
    return lambda row, paths: row.grade == grade


def explained(
    name: str, cost: StructureCost, structures: tuple[Structure, ...], chosen: Chosen
) -> tuple[Explanation, ...]:
    """Return how what is chosen came about, year by year; lines without a price are left out of it.

    `structures` are those whose lines are priced: the one itself first, and after it the one it takes over from.
    """
    sources = LineSources(structures, cost.filled)
    return tuple(_of_year(name, year, cost.team_paths, sources, chosen) for year in cost.years)


def _of_year(name: str, year: YearCost, paths: Paths, sources: LineSources, chosen: Chosen) -> Explanation:
    rows = [row for row in year.rows if chosen(row, paths)]
    lines = [line(row, sources, year.rows) for row in rows if row.price is not None]
    left_out = _unpriced(rows, paths, whole=chosen is everything and year.totals.headline.complete)
    if not lines:
        left_out += [
            LeftOut(row.title, f"it is priced with others, in {row.priced_by}") for row in rows if row.priced_by
        ]
    titled = f"{name}, {year.year}"
    return Explanation(titled, summed(titled, lines) if lines else None, tuple(left_out))


def _unpriced(rows: list[CostRow], paths: Paths, whole: bool) -> list[LeftOut]:
    """Return the lines without a price, but for those that a published total among the lines includes."""
    if whole:
        return []
    totalled = {row.team for row in rows if row.kind is RowKind.NOT_ITEMISED and row.price is not None}
    return [
        LeftOut(row.title, row.why_not)
        for row in rows
        if row.price is None and not row.priced_by and not included(row.team, paths, totalled)
    ]


def included(team: str | None, paths: Paths, totalled: set[str | None]) -> bool:
    """Whether a line of a team is in one of the published totals of some teams."""
    return None in totalled or any(id_ in totalled for id_, _ in paths.get(team, ()))


def line(row: CostRow, sources: LineSources, rows: Iterable[CostRow]) -> Derivation:
    """Return the derivation of a line: its components at the headline point, its own figures with where they stand."""
    assert row.price is not None
    stands = sources.of(row)
    parts = [_placed(points[row.price.point], stands) for points in row.price.components.values()]
    if row.kind is RowKind.VACANCY_FACTOR:
        computed = (one for one in rows if one.price is not None and one.price.computed and one.price.mid)
        lines = tuple(line(one, sources, ()) for one in computed)
        parts = [_on_lines(part, lines) for part in parts]
    if len(parts) > 1 or parts[0].parts:
        return summed(row.title, parts)
    nil = parts[0].value == ZERO and parts[0].kind in (Kind.FTE, Kind.PART_OF_YEAR)
    return parts[0]._replace(name=f"{row.title}, {parts[0].name}" if nil else row.title)


def _on_lines(figure: Derivation, lines: tuple[Derivation, ...]) -> Derivation:
    """Show line by line the pay that the vacancy factor is taken of; its own derivation has that pay by pattern."""
    told = sum((one.value for one in lines), ZERO)
    parts = tuple(
        part._replace(parts=lines) if part.kind is Kind.COMPUTED_PAY and part.value == told else part
        for part in figure.parts
    )
    return figure._replace(parts=parts)


def _placed(figure: Derivation, stands: Stands) -> Derivation:
    """Give the figures of a line their sources, which a price lacks because lines of one pattern share it."""
    if not figure.parts:
        stand = stands.get(figure.kind)
        return stand(figure) if stand is not None and figure.source is None else figure
    return figure._replace(parts=tuple(_placed(part, stands) for part in figure.parts))


def summed(name: str, parts: list[Derivation]) -> Derivation:
    """Return the sum of figures of a year."""
    value = sum((part.value for part in parts), ZERO)
    return Derivation(name, value, YEAR, Step.SUM, tuple(parts), basis=weakest(parts))


def again(figure: Derivation) -> Decimal:
    """Work a figure out anew from its leaves, step by step: what a reader with a calculator would get."""
    parts = [again(part) for part in figure.parts]
    return _STEPS[figure.step](parts) if parts else figure.value


def _product(parts: list[Decimal]) -> Decimal:
    value = Decimal(1)
    for part in parts:
        value *= part
    return value


def _quotient(parts: list[Decimal]) -> Decimal:
    value = parts[0]
    for part in parts[1:]:
        value /= part
    return value


def _penny(parts: list[Decimal]) -> Decimal:
    return to_the_penny(_product(parts))


_STEPS: Mapping[Step, Callable[[list[Decimal]], Decimal]] = {
    Step.SUM: lambda parts: sum(parts, ZERO),
    Step.DIFFERENCE: lambda parts: parts[0] - sum(parts[1:], ZERO),
    Step.MEAN: lambda parts: sum(parts, ZERO) / len(parts),
    Step.PRODUCT: _product,
    Step.QUOTIENT: _quotient,
    Step.QUOTIENT_TO_NINE_PLACES: lambda parts: to_nine_places(_quotient(parts)),
    Step.EXCESS: lambda parts: max(parts[0] - parts[1], ZERO),
    Step.LEAST: min,
    Step.PRODUCT_TO_THE_PENNY: _penny,
    Step.NEGATED: lambda parts: -parts[0],
    Step.GREATEST: max,
    Step.SIZE: lambda parts: abs(parts[0]),
    Step.ROUNDED_UP: lambda parts: parts[0].to_integral_value(ROUND_CEILING),
    Step.ROUNDED_DOWN: lambda parts: parts[0].to_integral_value(ROUND_FLOOR),
}
