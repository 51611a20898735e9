"""One figure with everything it was made of: a line, a team, a grade, a total, or the change between two.

It reads the derivations that made the figure; nothing is worked out a second time.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from restructure_cli.analysis.grouping import Paths
from restructure_cli.analysis.pricing import COMPUTED_PAY, PART_OF_YEAR
from restructure_cli.model.derivations import Derivation, Source, Step, weakest
from restructure_cli.model.findings import Pointer
from restructure_cli.model.quantities import ZERO, to_the_penny
from restructure_cli.model.results import CostRow, Diff, DiffRow, RowKind, StructureCost
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


def explained(name: str, cost: StructureCost, structure: Structure, chosen: Chosen) -> tuple[Derivation, ...]:
    """Return the derivation of what is chosen, year by year; lines without a price are left out of it."""
    return tuple(
        _sum(
            f"{name}, {year.year}",
            [_line(row, structure, year.rows) for row in _priced(year.rows, cost.team_paths, chosen)],
        )
        for year in cost.years
    )


def left_out(cost: StructureCost, chosen: Chosen) -> tuple[CostRow, ...]:
    """Return the chosen lines that have no price, which no explanation can include."""
    return tuple(
        row for row in cost.years[0].rows if row.price is None and not row.priced_by and chosen(row, cost.team_paths)
    )


def changed(
    name: str,
    sides: tuple[tuple[Derivation, ...], tuple[Derivation, ...]],
    changes: Iterable[Diff],
    chosen: Chosen,
    path: str,
) -> tuple[Derivation, ...]:
    """Return the change between two sides, year by year: proposed less current, and what is published beyond that.

    A report may publish a change whose sides it does not; that part stands by itself.
    """
    found = []
    for old, new, change in zip(*sides, changes, strict=True):
        rows = [row for row in change.rows if _is_chosen(row, change, chosen)]
        parts = []
        if old.parts or new.parts:
            parts.append(Derivation("proposed less current", new.value - old.value, YEAR, Step.DIFFERENCE, (new, old)))
        parts += [_published(row, path) for row in rows if _told_alone(row)]
        rest = sum((_change_of(row) for row in rows), ZERO) - sum((part.value for part in parts), ZERO)
        if rest:
            source = Source(path, ("control", "cost_change"))
            parts.append(Derivation("published beyond them", rest, YEAR, source=source))
        found.append(_sum(f"change in {name}, {change.year}", parts))
    return tuple(found)


def _told_alone(row: DiffRow) -> bool:
    """Whether a row's change is published and its sides are not."""
    cost = row.cost
    return cost is not None and bool(cost.change) and (cost.current is None or cost.proposed is None)


def _published(row: DiffRow, path: str) -> Derivation:
    """Return a change that is published by itself, of a post or of a team beyond its lines."""
    pointer: Pointer = ("posts", row.id, "cost_change")
    if row.kind is RowKind.NOT_ITEMISED:
        pointer = ("control", "cost_change") if row.team is None else ("teams", row.team, "control", "cost_change")
    name = f"published change, {row.title}"
    assert row.cost is not None
    in_the_sides = (row.cost.proposed or ZERO) - (row.cost.current or ZERO)
    return Derivation(name, _change_of(row) - in_the_sides, YEAR, source=Source(path, pointer, row.at))


def _change_of(row: DiffRow) -> Decimal:
    return row.cost.change if row.cost is not None and row.cost.change is not None else ZERO


def _is_chosen(row: DiffRow, change: Diff, chosen: Chosen) -> bool:
    """Whether a row of a diff is part of what is to be explained, as its priced line is."""
    line = CostRow(row.id, row.title, row.kind, row.team, row.grade, None, None)
    before = line._replace(team=row.current_team, grade=row.current_grade, id=row.current or row.id)
    return chosen(line, change.team_paths) or chosen(before, change.team_paths)


def _priced(rows: Iterable[CostRow], paths: Paths, chosen: Chosen) -> list[CostRow]:
    return [row for row in rows if row.price is not None and chosen(row, paths)]


def _line(row: CostRow, structure: Structure, rows: Iterable[CostRow]) -> Derivation:
    """Return the derivation of a line: its components at the headline point, its own figures with where they stand."""
    assert row.price is not None
    stands = _stands(row, structure)
    parts = [_placed(points[row.price.point], stands) for points in row.price.components.values()]
    if row.kind is RowKind.VACANCY_FACTOR:
        lines = tuple(
            _line(one, structure, ()) for one in rows if one.price is not None and one.price.computed and one.price.mid
        )
        parts = [_on_lines(part, lines) for part in parts]
    return parts[0]._replace(name=row.title) if len(parts) == 1 and not parts[0].parts else _sum(row.title, parts)


def _on_lines(figure: Derivation, lines: tuple[Derivation, ...]) -> Derivation:
    """Show the pay that an allowance is worked out on line by line; it is known by pattern."""
    told = sum((line.value for line in lines), ZERO)
    parts = tuple(
        part._replace(parts=lines) if part.name == COMPUTED_PAY and part.value == told else part
        for part in figure.parts
    )
    return figure._replace(parts=parts)


def _stands(row: CostRow, structure: Structure) -> Mapping[str, Source]:
    """Return where the figures of a line stand, by the names that prices give them."""
    if row.kind is RowKind.OTHER_COST and (line := structure.costs.get(row.id)) is not None:
        key = "from" if line.starts is not None else "until"
        return {PART_OF_YEAR: Source(line.path, ("costs", line.id, key), line.at)}
    post = structure.posts.get(row.id) if row.kind is RowKind.POST else None
    if post is None:
        return {}

    def at(key: str) -> Source:
        return Source(post.path, ("posts", post.id, key), post.at)

    fte = at("fte" if post.fte is not None else "fte_change")
    stands = dict.fromkeys(("FTE", "FTE they hold", "FTE of the line"), fte)
    stands["people"] = at("positions") if post.positions is not None else fte
    stands["weeks paid"], stands["supplement"] = at("weeks"), at("supplement")
    team = structure.teams.get(post.team or "")
    if post.starts is not None or post.ends is not None or team is None:
        stands[PART_OF_YEAR] = at("starts" if post.starts is not None else "ends")
    else:
        key = "starts" if team.starts is not None else "ends"
        stands[PART_OF_YEAR] = Source(team.path, ("teams", team.id, key), team.at)
    return stands


def _placed(figure: Derivation, stands: Mapping[str, Source]) -> Derivation:
    """Give the figures of a line their sources; prices are shared by pattern and do not know whose they are."""
    if not figure.parts:
        return figure._replace(source=stands[figure.name]) if figure.name in stands and not figure.source else figure
    return figure._replace(parts=tuple(_placed(part, stands) for part in figure.parts))


def _sum(name: str, parts: list[Derivation]) -> Derivation:
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
    Step.EXCESS: lambda parts: max(parts[0] - parts[1], ZERO),
    Step.LEAST: min,
    Step.PRODUCT_TO_THE_PENNY: _penny,
}
