"""Measures of the lines of one side: FTE, headcounts, hours and money, and what published totals make good."""

from collections.abc import Callable, Iterable, Mapping

from restructure_cli.analysis import tree
from restructure_cli.analysis.evidence import Evidence, Line
from restructure_cli.analysis.line_figures import covered_by, part
from restructure_cli.analysis.measuring import UNITS, Measured, Part, stated, summed
from restructure_cli.analysis.pool_measures import displaced
from restructure_cli.analysis.selections import selected
from restructure_cli.analysis.team_measures import teams
from restructure_cli.model.claims import Key, Measure, Selection
from restructure_cli.model.derivations import Source
from restructure_cli.model.quantities import Quantity, known
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import Control, OtherCost, Structure


def of_side(evidence: Evidence, side: str, measure: Measure, selection: Selection) -> Measured:
    """Add up a measure of the lines of a side."""
    if measure.name == "teams":
        return teams(evidence, side, selection)
    if measure.name == "displaced":
        return displaced(evidence, side, selection)
    lines = adding(evidence, side, measure, selection)
    parts = tuple(part(evidence, side, line, measure) for line in lines)
    if measure.name == "reports":
        parts = tuple(_reports(evidence.structure(side), side, {line.id for line in lines}))
    unknown = [part for part in parts if part.value is None]
    made_good = _made_good(evidence, side, measure, selection, lines) if unknown else ()
    complete = all(id(part.line) in made_good for part in unknown) and not loose_in(evidence, side, measure, lines)
    return summed(parts, complete, measure, len(lines))


def adding(evidence: Evidence, side: str, measure: Measure, selection: Selection) -> list[Line]:
    """Return the selected lines that a measure adds up; a detail of one of them is in it already."""
    lines = [line for line in selected(evidence, side, selection) if _adds(line, measure, selection)]
    if measure.name == "cost":
        lines = _with_covering(evidence, side, lines)
    if measure.name == "lines" or all(line.counted for line in lines):
        return lines
    ids = {line.id for line in lines}
    whole = {line.team for line in lines if line.counted}
    details = {line.id for line in lines if line.entry is not None and line.entry.of_which in ids | whole}
    return [line for line in lines if line.counted or line.id not in details]


def _with_covering(evidence: Evidence, side: str, lines: list[Line]) -> list[Line]:
    """Put the cost that is the price of several posts in their place, where they are all among the lines."""
    posts = {line.id for line in lines if line.kind is RowKind.POST and line.paid_by is None}
    chosen = {line.id for line in lines if line.kind is RowKind.OTHER_COST}
    covering = [
        line
        for line in evidence.lines[side]
        if isinstance(line.entry, OtherCost)
        and line.counted
        and (line.id in chosen or (line.entry.covers and posts.issuperset(line.entry.covers)))
    ]
    ids = {line.id for line in covering}
    own = [line for line in lines if line.kind is not RowKind.POST or covered_by(line) not in ids]
    return own + [line for line in covering if line.id not in chosen]


def _adds(line: Line, measure: Measure, selection: Selection) -> bool:
    """Whether a line adds to a measure; what a total holds beyond its parts adds nothing to a measure of the parts."""
    if measure.part == "parts" and line.kind is RowKind.NOT_ITEMISED and line.team in _nodes(selection):
        return False
    if measure.name == "cost":
        return line.kind is not RowKind.IN_POOLS
    if line.kind is RowKind.NOT_ITEMISED:
        return measure.name in ("fte", "filled", "vacant", "positions", "hours")
    if line.kind is RowKind.IN_POOLS:
        return measure.name in ("vacant", "filled")
    return line.kind is RowKind.POST


def _nodes(selection: Selection) -> set[str | None]:
    """Return the teams whose totals a selection is about; without any, the structure's."""
    return {team for choice in selection for team in choice.of(Key.TEAM)} or {None}


_CONTROLS: Mapping[str, Callable[[Control], Quantity | None]] = {
    "fte": lambda control: control.fte,
    "filled": lambda control: control.filled,
    "positions": lambda control: control.positions,
    "cost": lambda control: control.cost,
}


def _made_good(
    evidence: Evidence, side: str, measure: Measure, selection: Selection, lines: Iterable[Line]
) -> set[int]:
    """Return the lines whose unknown figures are in a published total, or a pool's row, that is selected whole."""
    lines = list(lines)
    pooled = measure.name in ("vacant", "filled")
    good = {number for line in lines if pooled and line.kind is RowKind.IN_POOLS for number in line.pools}
    found = {id(line) for line in lines if line.kind is RowKind.POST and good.intersection(line.pools)}
    names = ("fte", "filled") if measure.name == "vacant" else (measure.name,)
    if not all(name in _CONTROLS for name in names):
        return found
    structure = evidence.structure(side)
    chosen = {id(line) for line in lines}
    left_aside = _nodes(selection) if measure.part == "parts" else ()
    for node, under in evidence.under[side].items():
        if node in left_aside or not all(tree.publishes(structure, node, _CONTROLS[name]) for name in names):
            continue
        if all(id(line) in chosen or _apart(evidence, side, measure, line) for line in under):
            found |= {id(line) for line in under}
    return found


def _apart(evidence: Evidence, side: str, measure: Measure, line: Line) -> bool:
    """Whether a line can be left out of a published total: its own figure is known, or it has none."""
    if line.kind is RowKind.IN_POOLS or not _adds(line, measure, ()) or (measure.name == "cost" and covered_by(line)):
        return True
    return line.kind is not RowKind.NOT_ITEMISED and part(evidence, side, line, measure).value is not None


def loose_in(evidence: Evidence, side: str, measure: Measure, lines: Iterable[Line]) -> bool:
    """Whether the lines have what a total holds beyond its parts, but lack a part whose unknown figure is in it."""
    lines = list(lines)
    nodes = {line.team for line in lines if line.kind is RowKind.NOT_ITEMISED}
    if not nodes:
        return False
    chosen = {id(line) for line in lines}
    return any(
        id(line) not in chosen and line.counted and not _apart(evidence, side, measure, line)
        for line in evidence.lines[side]
        if line.kind in (RowKind.POST, RowKind.OTHER_COST)
        and any(is_under(evidence, side, line, node) for node in nodes)
    )


def is_under(evidence: Evidence, side: str, line: Line, node: str | None) -> bool:
    """Whether a line counts under a team; under the structure every line does."""
    return node is None or node in evidence.above[side].get(line.team, frozenset())


def _reports(structure: Structure, side: str, posts: set[str]) -> Iterable[Part]:
    """Count the people who report to some posts: positions, or else FTE."""
    for post in structure.posts.values():
        if post.reports_to in posts and post.of_which is None and not (side == "current" and post.joins is not None):
            counted = known(post.positions)
            people = counted if counted is not None else known(post.fte)
            source = Source(post.path, ("posts", post.id), post.at)
            yield stated(post.title, people, UNITS["reports"], source)
