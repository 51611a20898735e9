"""Measures over selections: FTE, headcounts, hours and money of a side, of the change, of pools, of a year's funding.

Each gives the figure, whether anything in it is unknown, and the parts it was added up from.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from restructure_cli.analysis import tree
from restructure_cli.analysis.evidence import Evidence, Line
from restructure_cli.analysis.funding_measures import of_funding
from restructure_cli.analysis.line_figures import OF_LINES, OF_ROWS, covered_by, part
from restructure_cli.analysis.measuring import Measured, Part
from restructure_cli.analysis.selections import selected
from restructure_cli.model.claims import Choice, Key, Measure, Selection, Side
from restructure_cli.model.derivations import Derivation, Source, Step
from restructure_cli.model.intervals import UNKNOWN, exactly
from restructure_cli.model.quantities import ZERO, Quantity, known
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import Control, OtherCost, Structure

ONE = Decimal(1)


def measured(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    """Work a measure out over a selection."""
    if measure.side in (Side.NEED, Side.FUNDING, Side.GAP, Side.AVAILABLE):
        return of_funding(evidence, measure, selection)
    if measure.side is Side.POOL:
        return _of_pools(evidence, measure, selection)
    if measure.side is Side.CHANGE:
        return _change(evidence, measure, selection)
    return _of_side(evidence, measure.side.value, measure, selection)


def _of_side(evidence: Evidence, side: str, measure: Measure, selection: Selection) -> Measured:
    if measure.name == "teams":
        return _teams(evidence, side, selection)
    if measure.name == "displaced":
        return _displaced(evidence, side, selection)
    lines = _adding(evidence, side, measure, selection)
    parts = tuple(part(evidence, side, line, measure) for line in lines)
    if measure.name == "reports":
        parts = tuple(_reports(evidence.structure(side), side, {line.id for line in lines}))
    unknown = [part for part in parts if part.value is None]
    made_good = _made_good(evidence, side, measure, selection, lines) if unknown else ()
    complete = all(id(part.line) in made_good for part in unknown) and not _loose(evidence, side, measure, lines)
    return _summed(parts, complete, measure, len(lines))


def _summed(parts: tuple[Part, ...], complete: bool, measure: Measure, chosen: int) -> Measured:
    """Add parts up; where no part of it is known there is no known part, and certainly no nil."""
    figures = [part.value for part in parts if part.value is not None]
    interval = exactly(sum(figures, ZERO)) if complete or figures else UNKNOWN
    return Measured(interval, complete, parts, UNITS[measure.name], chosen)


def _adding(evidence: Evidence, side: str, measure: Measure, selection: Selection) -> list[Line]:
    """Return the selected lines that a measure adds up; a detail of one of them is in it already."""
    lines = [line for line in selected(evidence, side, selection) if _adds(line, measure, selection)]
    if measure.name == "cost":
        lines = _with_covering(evidence, side, lines)
    ids = {line.id for line in lines}
    teams = {line.team for line in lines if line.counted}
    details = {line.id for line in lines if line.entry is not None and line.entry.of_which in ids | teams}
    return [line for line in lines if line.counted or measure.name == "lines" or line.id not in details]


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


UNITS = {
    "fte": "FTE", "filled": "FTE", "agency": "FTE", "vacant": "FTE", "displaced": "FTE", "slack": "FTE",
    "positions": "positions", "people": "people", "teams": "teams", "lines": "lines", "reports": "people",
    "hours": "hours a week", "cost": "£ a year", "": "£ a year",
}  # fmt: skip


def _adds(line: Line, measure: Measure, selection: Selection) -> bool:
    """Whether a line has a figure of this kind; of parts, what the total above them holds beyond them has none."""
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
    return {team for choice in selection for team in choice.keys.get(Key.TEAM, ())} or {None}


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


def _loose(evidence: Evidence, side: str, measure: Measure, lines: Iterable[Line]) -> bool:
    """Whether what a total has beyond its lines is here without a line whose unknown figure is in it."""
    lines = list(lines)
    chosen = {id(line) for line in lines}
    return any(
        id(line) not in chosen and line.counted and not _apart(evidence, side, measure, line)
        for rest in lines
        if rest.kind is RowKind.NOT_ITEMISED
        for line in evidence.lines[side]
        if line.kind in (RowKind.POST, RowKind.OTHER_COST) and _is_under(evidence, side, line, rest.team)
    )


def _is_under(evidence: Evidence, side: str, line: Line, node: str | None) -> bool:
    return node is None or node in evidence.above[side].get(line.team, frozenset())


def _reports(structure: Structure, side: str, posts: set[str]) -> Iterable[Part]:
    """Count the people who report to some posts: positions, or else FTE."""
    for post in structure.posts.values():
        if post.reports_to in posts and post.of_which is None and not (side == "current" and post.joins is not None):
            counted = known(post.positions)
            source = Source(post.path, ("posts", post.id), post.at)
            yield Part(post.title, counted if counted is not None else known(post.fte), source)


def _teams(evidence: Evidence, side: str, selection: Selection) -> Measured:
    """Count teams without teams under them, each for as many as it says it stands for."""
    structure = evidence.structure(side)
    below = tree.children(tree.parents(structure))
    parts = []
    for team in structure.teams.values():
        above = evidence.above[side][team.id]
        condition = any(structure.teams[id_].subject_to for id_ in above)
        if below.get(team.id) or (selection and not any(_is_team(choice, above, condition) for choice in selection)):
            continue
        stands_for = known(team.teams) if team.teams is not None else ONE
        parts.append(Part(team.title, stands_for, Source(team.path, ("teams", team.id), team.at)))
    complete = all(part.value is not None for part in parts)
    return _summed(tuple(parts), complete, Measure(Side(side), "teams"), len(parts))


def _is_team(choice: Choice, above: frozenset[str], condition: bool) -> bool:
    """Whether a team under some teams (itself among them) is one that a choice means."""
    teams, conditional = choice.keys.get(Key.TEAM), choice.keys.get(Key.CONDITIONAL)
    if (teams and above.isdisjoint(teams)) or (conditional and ("true" if condition else "false") not in conditional):
        return False
    return not any(_is_team(one, above, condition) for one in choice.excluded)


def _displaced(evidence: Evidence, side: str, selection: Selection) -> Measured:
    """Add up the people whom the pools of a selection leave without a post: nobody before the change."""
    if side == "current":
        return _summed((), True, Measure(Side(side), "displaced"), len(_pools_of(evidence, selection)))
    numbers = _pools_of(evidence, selection)
    parts = tuple(
        Part(" / ".join(evidence.pools[number].titles), evidence.pools[number].displaced)
        for number in numbers
        if evidence.pools[number].current
    )
    complete = all(part.value is not None for part in parts)
    return _summed(parts, complete, Measure(Side(side), "displaced"), len(numbers))


def _of_pools(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    pools = [evidence.pools[number] for number in _pools_of(evidence, selection)]
    parts = tuple(Part(" / ".join(pool.titles), getattr(pool, measure.name)) for pool in pools)
    return _summed(parts, all(part.value is not None for part in parts), measure, len(pools))


def _pools_of(evidence: Evidence, selection: Selection) -> list[int]:
    """Return the pools that a selection's lines of either side belong to, each once."""
    lines = [line for side in ("current", "proposed") for line in selected(evidence, side, selection)]
    return sorted({number for line in lines for number in line.pools})


def _change(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    """Take the current side of a selection from its proposed side; where one of them is unknown, line by line.

    A line on both sides changes by its own change, which may be published where its figures are not.
    """
    own = measure.name in OF_ROWS and measure.part in ("", "parts")
    by_line = _change_of_rows(evidence, measure, selection) if measure.name in OF_LINES else None
    if own and by_line is not None and by_line.complete:
        return by_line
    before, after = (_of_side(evidence, side, measure, selection) for side in ("current", "proposed"))
    if not (before.complete and after.complete):
        return by_line or Measured(UNKNOWN, False, (), UNITS[measure.name], max(before.chosen, after.chosen))
    parts = (*_before_factor(after.parts), *map(_minus, _before_factor(before.parts)))
    return _summed(parts, True, measure, max(before.chosen, after.chosen))


def _minus(part: Part) -> Part:
    """Turn the sign of what a line is today, and of how it came about."""
    value = None if part.value is None else -part.value
    came_about = part.derivation
    if came_about is not None:
        came_about = Derivation(part.name, -came_about.value, came_about.unit, Step.NEGATED, (came_about,))
    return part._replace(value=value, derivation=came_about)


def _before_factor(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Leave the vacancy factor out: a change in cost is before it."""
    return tuple(part for part in parts if part.line is None or part.line.kind is not RowKind.VACANCY_FACTOR)


def _change_of_rows(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    chosen = {}
    loose = False
    for side in ("current", "proposed"):
        lines = _adding(evidence, side, measure, selection)
        loose = loose or _loose(evidence, side, measure, lines)
        chosen[side] = {line.row.kind + line.row.id: line for line in lines}
    parts = []
    for key in dict.fromkeys((*chosen["proposed"], *chosen["current"])):
        old, new = chosen["current"].get(key), chosen["proposed"].get(key)
        line = new or old
        assert line is not None
        if line.kind is RowKind.VACANCY_FACTOR:
            continue
        parts.append(Part(line.row.title, _row_change(evidence, line, old, new, measure), line=line))
    unknown = [part for part in parts if part.value is None]
    made_good = _change_made_good(evidence, measure, chosen) if unknown else ()
    complete = all(part.line is not None and part.line.row.id in made_good for part in unknown) and not loose
    return _summed(tuple(parts), complete, measure, len(parts))


def _row_change(evidence: Evidence, line: Line, old: Line | None, new: Line | None, measure: Measure) -> Decimal | None:
    partly = any(one is not None and one.paid_by is not None for one in (old, new))
    if not line.counted or partly or measure.name not in OF_ROWS or measure.part not in ("", "parts"):
        before = ZERO if old is None else part(evidence, "current", old, measure).value
        after = ZERO if new is None else part(evidence, "proposed", new, measure).value
        return None if before is None or after is None else after - before
    figures = getattr(line.row, measure.name)
    if figures is None or (new is not None and covered_by(new)) or (old is not None and covered_by(old)):
        return None
    only_before = new is None and line.row.proposed is not None
    only_after = old is None and line.row.current is not None
    if only_before:
        return None if figures.current is None else -figures.current
    found: Decimal | None = figures.proposed if only_after else figures.change
    return found


def _change_made_good(evidence: Evidence, measure: Measure, chosen: Mapping[str, Mapping[str, Line]]) -> set[str]:
    """Return the rows whose unknown change in cost is in a published change that is selected whole."""
    if measure.name != "cost":
        return set()
    missing = {id_ for gap in evidence.diff.missing if (gap.measure, gap.side) == ("cost", "change") for id_ in gap.ids}
    sides = {side: _adding(evidence, side, measure, ()) for side in ("current", "proposed")}
    everything = {line.row.id for lines in sides.values() for line in lines}
    rows = {line.row.id for lines in chosen.values() for line in lines.values()}
    good = everything - missing if everything <= rows else set()
    for team in evidence.structure("proposed").teams.values():
        if team.control is None or known(team.control.cost_change) is None:
            continue
        under = {
            line.row.id for side, lines in sides.items() for line in lines if _is_under(evidence, side, line, team.id)
        }
        if under <= rows:
            good |= under
    return good
