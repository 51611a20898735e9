"""What published totals hold beyond the rows of a diff, and which unknown figures they make good.

For each measure (FTE, filled, cost) both sides are added up under their controls, and so is the change, which a
report may publish alone. The rest is a row "not itemised" of the team whose total it completes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from restructure_cli.analysis import tree
from restructure_cli.analysis.tree import Node
from restructure_cli.model.quantities import ZERO, Quantity, Sum, TwoSided, known
from restructure_cli.model.results import DiffRow
from restructure_cli.model.structures import Control, Structure

Read = Callable[[DiffRow], TwoSided]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: how a row holds it, and which published totals govern it."""

    name: str
    read: Read
    control: Callable[[Control], Quantity | None]
    control_change: Callable[[Control], Quantity | None] = lambda control: None


@dataclass(frozen=True, slots=True)
class Completion:
    """The rest of each team's total, and the teams whose own total is published (None: the structure)."""

    rest: Mapping[Node, TwoSided]
    governed: Mapping[str, frozenset[Node]]
    """By side ("current", "proposed", "change"): teams under a published total, directly or further up."""
    change_parts: Mapping[Node, Sum]
    """What the changes under each node come to."""


def complete(
    current: Structure,
    proposed: Structure,
    rows: Iterable[DiffRow],
    measure: Measure,
    unknown: Mapping[Node, TwoSided],
) -> Completion:
    """Add one measure up on both sides; `unknown` says where FTE that nobody itemised bring unknown figures."""
    direct = _direct(rows, measure.read, unknown)
    before = tree.roll_up(current, direct["current"], measure.control)
    after = tree.roll_up(proposed, direct["proposed"], measure.control)
    changes = _Changes((current, proposed), direct["change"], before.totals, after.totals, measure)
    change = changes.rest
    nodes = {*before.not_itemised, *after.not_itemised, *(node for node, rest in change.items() if rest)}
    rest = {
        node: TwoSided(
            _side_rest(node, before, unknown, "current", measure, current),
            _side_rest(node, after, unknown, "proposed", measure, proposed),
            change.get(node),
        )
        for node in nodes
    }
    both = _governed(current, measure.control) & _governed(proposed, measure.control)
    governed = {
        "current": _governed(current, measure.control),
        "proposed": _governed(proposed, measure.control),
        "change": both | _governed(proposed, measure.control_change),
    }
    return Completion(rest, governed, changes.parts)


def _side_rest(
    node: Node,
    side: tree.RollUp,
    unknown: Mapping[Node, TwoSided],
    name: str,
    measure: Measure,
    structure: Structure,
) -> Decimal | None:
    if node in side.not_itemised:
        return side.not_itemised[node]
    if node is not None and node not in structure.teams:
        return ZERO
    return None if getattr(unknown.get(node), name, None) or not _settled(side, node) else ZERO


def _settled(side: tree.RollUp, node: Node) -> bool:
    return side.totals.get(node, Sum()).complete


def _direct(rows: Iterable[DiffRow], read: Read, unknown: Mapping[Node, TwoSided]) -> dict[str, dict[Node, Sum]]:
    """Add up each team's own rows, by side; a post that moves takes its figure from one team to the other."""
    sums: dict[str, dict[Node, Sum]] = {"current": {}, "proposed": {}, "change": {}}

    def add(side: str, node: Node, figure: Decimal | None) -> None:
        sums[side][node] = sums[side].get(node, _NONE).plus(figure)

    for row in rows:
        figures = read(row)
        if row.current is not None:
            add("current", row.current_team, figures.current)
        if row.proposed is not None:
            add("proposed", row.team, figures.proposed)
        if row.current_team == row.team:
            add("change", row.team, figures.change)
        else:
            both = figures.current is not None and figures.proposed is not None
            add("change", row.current_team, -figures.current if both and figures.current is not None else None)
            add("change", row.team, figures.proposed if both else figures.change)
    for node, rest in unknown.items():
        for side, figure in (("current", rest.current), ("proposed", rest.proposed)):
            if figure:
                add(side, node, None)
        if rest.change or rest.current or rest.proposed:
            add("change", node, None)
    return sums


_NONE = Sum()


class _Changes:
    """The change of every team, added up the tree of the proposed side."""

    def __init__(
        self,
        sides: tuple[Structure, Structure],
        direct: Mapping[Node, Sum],
        before: Mapping[Node, Sum],
        after: Mapping[Node, Sum],
        measure: Measure,
    ) -> None:
        self.current, self.proposed = sides
        self.direct, self.before, self.after, self.measure = direct, before, after, measure
        self.above_before, self.above_after = tree.parents(self.current), tree.parents(self.proposed)
        self.below_before = tree.children(self.above_before)
        self.below = tree.children(self.above_after)
        self.totals: dict[Node, Sum] = {}
        self.parts: dict[Node, Sum] = {}
        self.rest: dict[Node, Decimal] = {}
        """What each published change, or pair of totals, holds beyond its parts."""
        for node in tree.bottom_up(self.below):
            self._add_up(node)

    def _add_up(self, node: Node) -> None:
        parts = self.parts[node] = self._parts(node)
        control = tree.control_of(self.proposed, node)
        stated = self.measure.control_change(control) if control is not None else None
        published = known(stated)
        whole = self._whole(node)
        if stated is not None and published is not None and not (parts.complete and tree.agrees(stated, parts.value)):
            self.totals[node] = Sum(published)
        elif stated is None and whole is not None:
            self.totals[node] = Sum(whole)
        else:
            self.totals[node] = parts
        if self.totals[node].complete:
            self.rest[node] = self.totals[node].value - parts.value

    def _parts(self, node: Node) -> Sum:
        parts = self.direct.get(node, _NONE)
        for team in self.below.get(node, ()):
            parts = parts + self._gained(team)
        for team in self.below_before.get(node, ()):
            if self.above_after.get(team, team) != node:
                parts = parts + self._lost(team, node)
        return parts

    def _in_full(self, team: str) -> bool:
        return self.before.get(team, _NONE).complete and self.after.get(team, _NONE).complete

    def _gained(self, team: str) -> Sum:
        """Return what a team of the proposed side brings to the node above it."""
        elsewhere = team not in self.above_before or self.above_before[team] != self.above_after[team]
        if team not in self.above_before or (elsewhere and self._in_full(team)):
            return self.after.get(team, _NONE)
        return self.totals[team]

    def _lost(self, team: str, node: Node) -> Sum:
        """Return what goes from a node with a team that was under it, and is gone or counted elsewhere."""
        lost = self.before.get(team, _NONE)
        if team not in self.above_after or self._in_full(team):
            return Sum(-lost.value, lost.complete)
        return Sum(complete=node in _line(team, self.above_after))

    def _whole(self, node: Node) -> Decimal | None:
        """Return the change of a team whose total is published on either side, where both totals are complete."""
        published = any(_has(structure, node, self.measure.control) for structure in (self.current, self.proposed))
        was, becomes = self.before.get(node, _NONE), self.after.get(node, _NONE)
        return becomes.value - was.value if published and was.complete and becomes.complete else None


def _line(team: str, above: Mapping[str, Node]) -> set[Node]:
    """Return the nodes above a team, up to the structure itself."""
    found: set[Node] = {None}
    here: Node = above[team]
    while here is not None and here not in found:
        found.add(here)
        here = above[here]
    return found


def _has(structure: Structure, node: Node, read: Callable[[Control], Quantity | None]) -> bool:
    if node is not None and node not in structure.teams:
        return False
    control = tree.control_of(structure, node)
    return control is not None and known(read(control)) is not None


def _governed(structure: Structure, read: Callable[[Control], Quantity | None]) -> frozenset[Node]:
    """Return the nodes under a published total: their unknown figures are in it."""
    above = tree.parents(structure)
    found: set[Node] = set()
    for node in reversed(tree.bottom_up(tree.children(above))):
        if _has(structure, node, read) or (node is not None and above[node] in found):
            found.add(node)
    return frozenset(found)
