"""The change between two structures with everything it was made of: proposed less current, and what is published alone.

Only lines whose change is known are in it. A line that one side does not price, or whose FTE nobody itemised, is left
out on both sides: what is unknown is not nil. What stands in a published total is in that total. A line that leaves
what is explained, or comes to it, changes it by all that it costs; a change that is published
alone goes where the line goes.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.explain import YEAR, Chosen, everything, included, line, summed
from restructure_cli.analysis.line_sources import LineSources
from restructure_cli.model.costs import Cost, CostRow, YearCost
from restructure_cli.model.derivations import Derivation, Explanation, LeftOut, Source, Step, weakest
from restructure_cli.model.findings import Pointer
from restructure_cli.model.quantities import ZERO, TwoSided
from restructure_cli.model.results import Diff, DiffRow, RowKind
from restructure_cli.model.structures import Structure

_Key = tuple[RowKind, str]


def changed(name: str, cost: Cost, structures: tuple[Structure, Structure], chosen: Chosen) -> tuple[Explanation, ...]:
    """Return how the change of what is chosen came about, year by year."""
    current, proposed = structures
    filled = cost.structures[0].filled
    sources = LineSources((current,), filled), LineSources((proposed, current), filled)
    before, after = cost.structures
    years = zip(before.years, after.years, cost.changes, strict=True)
    return tuple(
        _Change(name, change, (_Side(was, sources[0]), _Side(becomes, sources[1])), chosen, proposed).explanation()
        for was, becomes, change in years
    )


class _Side(NamedTuple):
    """The lines of a side in a year, and where their figures stand."""

    year: YearCost
    sources: LineSources

    def rows(self) -> Mapping[_Key, CostRow]:
        return {(row.kind, row.id): row for row in self.year.rows}


class _Change:
    """The change of one year."""

    def __init__(
        self, name: str, change: Diff, sides: tuple[_Side, _Side], chosen: Chosen, proposed: Structure
    ) -> None:
        self.name, self.change, self.sides, self.chosen, self.proposed = name, change, sides, chosen, proposed
        self.before, self.after = (side.rows() for side in sides)
        self.lines: tuple[list[CostRow], list[CostRow]] = ([], [])
        self.alone: list[Derivation] = []
        self.unknown: list[DiffRow] = []
        self.totalled: set[str | None] = set()
        """The teams whose published totals are among what is chosen."""

    def explanation(self) -> Explanation:
        """Sort the rows into lines of both sides, changes published alone and what is unknown; and add up."""
        for row in self.change.rows:
            if row.cost is not None:
                self._sort(row, row.cost)
        title = f"change in {self.name}, {self.change.year}"
        left_out = tuple(LeftOut(row.title, self._why(row)) for row in self.unknown if not self._made_good(row))
        if not any((*self.lines, self.alone)):
            return Explanation(title, None, left_out)
        return Explanation(title, summed(title, [*self._between(), *self.alone]), left_out)

    def _sort(self, row: DiffRow, cost: TwoSided) -> None:
        was, becomes = _current_key(row), _proposed_key(row, cost)
        leaves = was is not None and self._is_chosen(row, was, row.current_team, row.current_grade)
        comes = becomes is not None and self._is_chosen(row, becomes, row.team, row.grade)
        if not leaves and not comes:
            return
        both = (leaves and comes) or was is None or becomes is None
        change, one_unknown = cost.change, None in (cost.current, cost.proposed)
        if change is None or (one_unknown and not (both or comes)):
            self.unknown.append(row)
            return
        if row.kind is RowKind.NOT_ITEMISED:
            self.totalled.add(row.team)
        if (both or one_unknown) and _told_alone(cost):
            if change:
                self.alone.append(_published(row, change, self.proposed))
            return
        for key, there, side, rows in ((was, leaves, self.before, 0), (becomes, comes, self.after, 1)):
            if there and key is not None and key in side and side[key].price is not None:
                self.lines[rows].append(side[key])

    def _is_chosen(self, row: DiffRow, key: _Key, team: str | None, grade: str) -> bool:
        return self.chosen(CostRow(key[1], row.title, row.kind, team, grade, None, None), self.change.team_paths)

    def _between(self) -> list[Derivation]:
        """Return proposed less current, over the lines whose change is known."""
        old, new = (
            summed(
                f"the {word} side of {self.name}, {self.change.year}",
                [line(row, side.sources, ()) for row in rows],
            )
            for word, side, rows in zip(("current", "proposed"), self.sides, self.lines, strict=True)
        )
        if not old.parts and not new.parts:
            return []
        value, basis = new.value - old.value, weakest((new, old))
        return [Derivation("proposed less current", value, YEAR, Step.DIFFERENCE, (new, old), basis=basis)]

    def _made_good(self, row: DiffRow) -> bool:
        """Whether the change of a line that is unknown is in a published total that is explained."""
        gaps = {id_ for gap in self.change.missing if (gap.measure, gap.side) == ("cost", "change") for id_ in gap.ids}
        if row.id in gaps:
            return False
        return self.chosen is everything or included(row.team, self.change.team_paths, self.totalled)

    def _why(self, row: DiffRow) -> str:
        """Say what keeps the change of a line unknown."""
        assert row.cost is not None
        for key, side, word in (
            (_current_key(row), self.before, "current"),
            (_proposed_key(row, row.cost), self.after, "proposed"),
        ):
            priced = side.get(key) if key is not None else None
            if priced is not None and priced.price is None and not priced.priced_by:
                return f"its {word} cost is not known ({priced.why_not})"
        return "its change is not known"


def _current_key(row: DiffRow) -> _Key | None:
    if row.kind is RowKind.POST:
        return (row.kind, row.current) if row.current is not None else None
    return row.kind, row.id


def _proposed_key(row: DiffRow, cost: TwoSided) -> _Key | None:
    """Return the line of the proposed side; a post that goes may have one until the proposal begins."""
    if row.kind is not RowKind.POST:
        return row.kind, row.id
    if row.proposed is not None:
        return row.kind, row.proposed
    return (row.kind, row.current) if row.current is not None and cost.proposed != ZERO else None


def _told_alone(cost: TwoSided) -> bool:
    """Whether a change is published, and is not what the two sides make."""
    return cost.current is None or cost.proposed is None or cost.change != cost.proposed - cost.current


def _published(row: DiffRow, change: Decimal, proposed: Structure) -> Derivation:
    """Return a change that is published by itself, of a post or of a team beyond its lines."""
    path = proposed.path
    pointer: Pointer = ("posts", row.id, "cost_change")
    if row.kind is RowKind.NOT_ITEMISED:
        path, pointer = _of_team(row.team, proposed)
    elif row.id in proposed.posts:
        path = proposed.posts[row.id].path
    return Derivation(f"published change, {row.title}", change, YEAR, source=Source(path, pointer, row.at))


def _of_team(team: str | None, proposed: Structure) -> tuple[str, Pointer]:
    if team is None or team not in proposed.teams:
        return proposed.path, ("control", "cost_change")
    return proposed.teams[team].path, ("teams", team, "control", "cost_change")
