"""What published totals hold beyond the rows of a diff, and which unknown figures they make good.

For each measure (FTE, filled, cost) both sides are added up under their controls, and so is the change, which a
report may publish alone. The rest is a row "not itemised" of the team whose total it completes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis import tree
from restructure_cli.analysis.remembering import Remembered
from restructure_cli.analysis.tree import Node, RollUp
from restructure_cli.model.quantities import EMPTY, NOTHING, ZERO, Sum, TwoSided, known
from restructure_cli.model.results import DiffRow
from restructure_cli.model.structures import Structure

Read = Callable[[DiffRow], TwoSided]
Line = frozenset[Node]
"""A node and all the nodes above it."""


class Measure(NamedTuple):
    """One measure: how a row holds it, and which published totals govern each side of it and its change."""

    name: str
    read: Read
    before: tree.Measure
    after: tree.Measure
    change: tree.Measure = lambda control: None


FTE = Measure("fte", lambda row: row.fte, lambda control: control.fte, lambda control: control.fte)
FILLED = Measure("filled", lambda row: row.filled, lambda control: control.filled, lambda control: control.filled)
COST = Measure(
    "cost",
    lambda row: row.cost or NOTHING,
    lambda control: control.cost,
    lambda control: control.cost,
    lambda control: control.cost_change,
)
READS: Mapping[str, Read] = {
    "fte": FTE.read,
    "filled": FILLED.read,
    "shown": lambda row: row.shown,
    "vacant": lambda row: row.vacant,
    "cost": COST.read,
}
"""Every measure of a row, by the name that results give it."""


class Completion(NamedTuple):
    """The rest of each team's total, and the teams whose own total is published (None: the structure)."""

    rest: Mapping[Node, TwoSided]
    governed: Mapping[str, Collection[Node]]
    """By side ("current", "proposed", "change"): teams under a published total, directly or further up."""
    change_parts: Mapping[Node, Sum]
    """What the changes under each node come to."""
    sides: tuple[RollUp, RollUp]
    """The current and the proposed side, added up."""


def complete(
    current: Structure,
    proposed: Structure,
    rows: Iterable[DiffRow],
    measure: Measure,
    unknown: Mapping[Node, TwoSided],
) -> Completion:
    """Add one measure up on both sides; `unknown` has the FTE not itemised, of which this measure is unknown."""
    rows = tuple(rows)
    direct = _direct(rows, measure.read, unknown, proposed)
    before = tree.roll_up(current, direct["current"], measure.before)
    after = tree.roll_up(proposed, direct["proposed"], measure.after)
    changes = _Changes((current, proposed), (before, after), measure)
    changes.add_up(rows, direct["change"])
    change = changes.rest
    nodes = {*before.not_itemised, *after.not_itemised, *(node for node, rest in change.items() if rest)}
    rest = {
        node: TwoSided(
            _side_rest(node, before, unknown, "current", current),
            _side_rest(node, after, unknown, "proposed", proposed),
            change.get(node),
        )
        for node in nodes
    }
    governed = {
        "current": tree.governed(current, measure.before),
        "proposed": tree.governed(proposed, measure.after),
        "change": changes.governed(),
    }
    return Completion(rest, governed, changes.parts, (before, after))


def _side_rest(
    node: Node, side: RollUp, unknown: Mapping[Node, TwoSided], name: str, structure: Structure
) -> Decimal | None:
    if node in side.not_itemised:
        return side.not_itemised[node]
    if node is not None and node not in structure.teams:
        return ZERO
    return None if getattr(unknown.get(node), name, None) or not _settled(side, node) else ZERO


def _settled(side: RollUp, node: Node) -> bool:
    return side.totals.get(node, EMPTY).complete


def _direct(
    rows: tuple[DiffRow, ...], read: Read, unknown: Mapping[Node, TwoSided], proposed: Structure
) -> dict[str, dict[Node, Sum]]:
    """Add up each team's own rows, by side; a post that moves takes its figure from one team to the other.

    A post that goes may still cost something on the proposed side, where that begins inside the year.
    """
    sums: dict[str, dict[Node, Sum]] = {"current": {}, "proposed": {}, "change": {}}

    def add(side: str, node: Node, figure: Decimal | None) -> None:
        sums[side][node] = sums[side].get(node, EMPTY).plus(figure)

    for row in rows:
        figures = read(row)
        if row.current is not None:
            add("current", row.current_team, figures.current)
        if row.proposed is not None:
            add("proposed", row.team, figures.proposed)
        elif row.current is not None and figures.proposed != ZERO:
            add("proposed", row.team if row.team in proposed.teams else None, figures.proposed)
        for node in {row.current_team, row.team}:
            add("change", node, figures.change)
    for node, rest in unknown.items():
        for side, figure in (("current", rest.current), ("proposed", rest.proposed)):
            if figure:
                add(side, node, None)
        if rest.change or rest.current or rest.proposed:
            add("change", node, None)
    return sums


class _Changes:
    """The change of every team: of the rows that stay under it, and the figures of rows that come to it or leave it.

    A row, or the rest of a team below, that stands under a node on both sides changes it by its own change; one that
    stands under it on one side only, by the whole figure of that side.
    """

    def __init__(self, sides: tuple[Structure, Structure], added: tuple[RollUp, RollUp], measure: Measure) -> None:
        self.current, self.proposed = sides
        self.before, self.after = added
        self.measure = measure
        self.lines_before, self.lines_after = _lines(self.current), _lines(self.proposed)
        self.below_before = tree.children(tree.parents(self.current))
        self.below = tree.children(tree.parents(self.proposed))
        self.values: dict[Node, Decimal] = {}
        self.totals: dict[Node, Sum] = {}
        self.parts: dict[Node, Sum] = {}
        self.rest: dict[Node, Decimal] = {}
        """What each published change, or pair of totals, holds beyond its parts."""
        self.made_good: set[Node] = set()
        """Where it does: nothing unknown under these is missing from the change."""

    def add_up(self, rows: tuple[DiffRow, ...], direct: Mapping[Node, Sum]) -> None:
        """Add rows up, then the rests of teams from the bottom; `direct` says where a row's change is unknown."""
        self._count_rows(rows)
        self._count_rests()
        bottom_up = tree.bottom_up(self.below)
        lonely = not any(tree.publishes(self.proposed, node, self.measure.change) for node in bottom_up)
        for node in bottom_up:
            parts = Sum(self.values.get(node, ZERO), self._known(node, direct))
            self._close(node, parts, node is None and lonely)

    def _count_rows(self, rows: tuple[DiffRow, ...]) -> None:
        alike: dict[tuple[Node, Node, bool, bool], list[Decimal]] = {}
        for row in rows:
            key = (row.current_team, row.team, row.current is not None, row.proposed is not None)
            figures = self.measure.read(row)
            sums = alike.setdefault(key, [ZERO, ZERO, ZERO])
            for number, figure in enumerate((figures.current, figures.proposed, figures.change)):
                sums[number] += figure or ZERO
        for (old, new, was_there, is_there), sums in alike.items():
            before, after = self.lines_before.get(old), self.lines_after.get(new)
            self._spread(TwoSided(*sums), before if was_there else after, after if is_there else before)

    def _count_rests(self) -> None:
        """Count what is not itemised where it stands on one side only; by how much it changes `_close` settles."""
        for node in {*self.before.not_itemised, *self.after.not_itemised}:
            was, becomes = (side.not_itemised.get(node, ZERO) for side in (self.before, self.after))
            old, new = self.lines_before.get(node), self.lines_after.get(node)
            if new is None:
                self.rest[node] = -was
                self.made_good.add(node)
                self._spread(TwoSided(was, ZERO, -was), old, old)
            elif old is not None:
                self._spread(TwoSided(was, becomes, ZERO), old, new)

    def _spread(self, figures: TwoSided, before: Line | None, after: Line | None) -> None:
        before, after = before or _TOP, after or _TOP
        for node in before | after:
            if node in before and node in after:
                figure = figures.change or ZERO
            else:
                figure = figures.proposed or ZERO if node in after else -(figures.current or ZERO)
            self.values[node] = self.values.get(node, ZERO) + figure

    def _close(self, node: Node, parts: Sum, at_the_top: bool) -> None:
        """Settle the change of a node: the published change, or the difference of its totals, or else its parts'."""
        control = tree.control_of(self.proposed, node)
        stated = self.measure.change(control) if control is not None else None
        published = known(stated)
        whole = self._whole(node, at_the_top)
        self.parts[node] = self.totals[node] = parts
        if stated is not None and published is not None and not (parts.complete and tree.agrees(stated, parts.value)):
            self.totals[node] = Sum(published)
            self.made_good.add(node)
        elif published is None and whole is not None:
            self.totals[node] = Sum(whole)
            self.made_good.add(node)
        if self.totals[node].complete:
            rest = self.rest[node] = self.totals[node].value - parts.value
            after = self.lines_after[node]
            for above in (self.lines_before.get(node, after) & after) - {node}:
                self.values[above] = self.values.get(above, ZERO) + rest

    def _known(self, node: Node, direct: Mapping[Node, Sum]) -> bool:
        """Whether nothing under a node is left out of its change."""
        if not direct.get(node, EMPTY).complete:
            return False
        if not all(self.totals[team].complete or self._in_full(team) for team in self.below.get(node, ())):
            return False
        lost = [team for team in self.below_before.get(node, ()) if team not in self.below.get(node, ())]
        return all(self._in_full(team) or self._changes_within(team, node) for team in lost)

    def _changes_within(self, team: Node, node: Node) -> bool:
        """Whether a team that went deeper below a node is still under it, and its own change is known."""
        return node in self.lines_after.get(team, ()) and self.totals[team].complete

    def _in_full(self, team: Node) -> bool:
        return _settled(self.before, team) and _settled(self.after, team)

    def _whole(self, node: Node, at_the_top: bool) -> Decimal | None:
        """Return the change of a team whose total is published on either side, where both totals are complete."""
        published = tree.publishes(self.current, node, self.measure.before) or tree.publishes(
            self.proposed, node, self.measure.after
        )
        if not (published or at_the_top) or not self._in_full(node):
            return None
        return self.after.totals.get(node, EMPTY).value - self.before.totals.get(node, EMPTY).value

    def governed(self) -> set[Node]:
        """Return the nodes whose unknown figures are in a change at or above them, on each side they stand on."""
        lines = [(side, node) for side in (self.lines_before, self.lines_after) for node in side]
        left_out = {node for side, node in lines if self.made_good.isdisjoint(side[node])}
        return {node for _, node in lines} - left_out


_TOP: Line = frozenset({None})


def _lines(structure: Structure) -> Mapping[Node, Line]:
    """Return the line of every node."""

    def work() -> Mapping[Node, Line]:
        above = tree.parents(structure)
        found: dict[Node, Line] = {None: _TOP}
        for node in reversed(tree.bottom_up(tree.children(above))):
            if node is not None:
                found[node] = found[above[node]] | {node}
        return found

    return _LINES.of((structure,), work)


_LINES: Remembered[Mapping[Node, Line]] = Remembered()
