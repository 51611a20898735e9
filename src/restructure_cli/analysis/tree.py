"""Adding up under published totals: the tree of teams, and what a control total holds beyond its parts.

A stated control is the total of its team, and complete. Parts that are complete and agree with it as printed
stand in its place, because they are the more exact. The rest is carried as "not itemised".
"""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.remembering import Remembered
from restructure_cli.model.quantities import EMPTY, Quantity, Sum
from restructure_cli.model.results import Published
from restructure_cli.model.structures import Control, Structure

Node = str | None
"""A team's id; None is the structure itself."""

Measure = Callable[[Control], Quantity | None]
"""Picks one published total out of a control."""


class RollUp(NamedTuple):
    """Totals of every team (and of the structure, under None), and what their controls do not itemise."""

    totals: Mapping[Node, Sum]
    not_itemised: Mapping[Node, Decimal]
    parts: Mapping[Node, Sum]
    """What the lines and teams under each node come to, its own control left aside."""


def parents(structure: Structure) -> Mapping[str, Node]:
    """Return the node that each team's totals go to; a team within no other goes to the structure."""
    return _PARENTS.of(
        (structure,),
        lambda: {
            team.id: team.parent if team.parent in structure.teams and team.parent != team.id else None
            for team in structure.teams.values()
        },
    )


def children(above: Mapping[str, Node]) -> Mapping[Node, list[str]]:
    """Return the teams directly under each node."""

    def work() -> dict[Node, list[str]]:
        below: dict[Node, list[str]] = {}
        for team, parent in above.items():
            below.setdefault(parent, []).append(team)
        return below

    return _CHILDREN.of((above,), work)


_PARENTS: Remembered[Mapping[str, Node]] = Remembered()
_CHILDREN: Remembered[Mapping[Node, list[str]]] = Remembered()


def control_of(structure: Structure, node: Node) -> Control | None:
    """Return the control of a team, or of the structure."""
    return structure.control if node is None else structure.teams[node].control


def roll_up(structure: Structure, direct: Mapping[Node, Sum], measure: Measure) -> RollUp:
    """Add up each team's own lines and the teams below it, under the controls of one measure."""
    below = children(parents(structure))
    totals: dict[Node, Sum] = {}
    rest: dict[Node, Decimal] = {}
    beneath: dict[Node, Sum] = {}
    for node in bottom_up(below):
        parts = direct.get(node, EMPTY)
        for team in below.get(node, ()):
            parts = parts + totals[team]
        beneath[node] = parts
        control = control_of(structure, node)
        stated = measure(control) if control is not None else None
        if stated is None or stated.value is None or (parts.complete and agrees(stated, parts.value)):
            totals[node] = parts
        else:
            totals[node] = Sum(stated.value)
            rest[node] = stated.value - parts.value
    return RollUp(totals, rest, beneath)


def less(
    structure: Structure, direct: Mapping[Node, Sum], measure: Measure, part: RollUp, left: Mapping[Node, Sum]
) -> tuple[Sum, dict[Node, Decimal]]:
    """Add up a measure less a part of it (FTE less filled is vacant), under the published totals of both.

    `direct` has the measure of each team's own lines, `left` what is left of it. Where a published part holds more than
    its lines, so does the measure; how much more is unknown unless it is published as well. Returns the total, and for
    each team of which both are complete what is left beyond the lines and teams under it.
    """
    loose = {
        node: direct.get(node, EMPTY).plus(None)
        for node, rest in part.not_itemised.items()
        if rest and not publishes(structure, node, measure)
    }
    whole = roll_up(structure, {**direct, **loose}, measure).totals
    below = children(parents(structure))
    totals: dict[Node, Sum] = {}
    rest: dict[Node, Decimal] = {}
    for node in bottom_up(below):
        parts = left.get(node, EMPTY)
        for team in below.get(node, ()):
            parts = parts + totals[team]
        totals[node] = parts.plus(None) if node in loose else parts
        if whole[node].complete and part.totals[node].complete:
            totals[node] = Sum(whole[node].value - part.totals[node].value)
            rest[node] = totals[node].value - parts.value
    return totals[None], rest


def published(structure: Structure, parts: Mapping[Node, Sum], measure: Measure, name: str) -> tuple[Published, ...]:
    """Set each published total of one measure beside what its parts come to."""
    found = []
    for node in (None, *structure.teams):
        control = control_of(structure, node)
        stated = measure(control) if control is not None else None
        if stated is not None and stated.value is not None:
            found.append(Published(node, name, stated, parts.get(node, EMPTY)))
    return tuple(found)


def agrees(stated: Quantity, parts: Decimal) -> bool:
    """Whether a sum prints as the stated figure: within half of its last printed digit."""
    return stated.value is not None and abs(stated.value - parts) <= stated.half_digit


def bottom_up(below: Mapping[Node, list[str]]) -> tuple[Node, ...]:
    """Order the nodes so that every team comes before the one above it."""

    def work() -> tuple[Node, ...]:
        order: list[Node] = [None]
        for node in order:
            order.extend(below.get(node, ()))
        return tuple(reversed(order))

    return _BOTTOM_UP.of((below,), work)


_BOTTOM_UP: Remembered[tuple[Node, ...]] = Remembered()


def under(structure: Structure, nodes: Collection[Node]) -> frozenset[Node]:
    """Return these nodes and every node below one of them."""
    above = parents(structure)
    found: set[Node] = set()
    for node in reversed(bottom_up(children(above))):
        if node in nodes or (node is not None and above[node] in found):
            found.add(node)
    return frozenset(found)


def governed(structure: Structure, measure: Measure) -> frozenset[Node]:
    """Return the nodes under a published total: their unknown figures are in it."""
    return under(structure, {node for node in (None, *structure.teams) if publishes(structure, node, measure)})


def publishes(structure: Structure, node: Node, measure: Measure) -> bool:
    """Whether a node of a structure has a published total."""
    if node is not None and node not in structure.teams:
        return False
    control = control_of(structure, node)
    stated = measure(control) if control is not None else None
    return stated is not None and stated.value is not None


def paths(structure: Structure) -> dict[Node, tuple[tuple[str, str], ...]]:
    """Return the ids and titles from the top down to each team."""
    above = parents(structure)
    found: dict[Node, tuple[tuple[str, str], ...]] = {None: ()}
    for node in reversed(bottom_up(children(above))):
        if node is not None:
            found[node] = (*found[above[node]], (node, structure.teams[node].title))
    return found


def joint_paths(current: Structure, proposed: Structure) -> dict[Node, tuple[tuple[str, str], ...]]:
    """Return the paths of the proposed side; a team that is gone stands under what is left of the line above it."""
    found = paths(proposed)
    above = parents(current)
    for node in reversed(bottom_up(children(above))):
        if node is not None and node not in found:
            found[node] = (*found[above[node]], (node, current.teams[node].title))
    return found
