"""Measures over selections: FTE, headcounts, hours and money of a side, of the change, of pools, of a year's funding.

Each gives the figure, whether anything in it is unknown, and the parts it was added up from.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from restructure_cli.analysis import explain, tree
from restructure_cli.analysis.evidence import Evidence, Line
from restructure_cli.analysis.funding_measures import of_funding
from restructure_cli.analysis.measuring import Measured, Part
from restructure_cli.analysis.selections import selected
from restructure_cli.model.claims import Choice, Key, Measure, Selection, Side
from restructure_cli.model.derivations import Source
from restructure_cli.model.findings import Pointer
from restructure_cli.model.grades import Point
from restructure_cli.model.intervals import exactly
from restructure_cli.model.quantities import ZERO, Quantity, Sum, known
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import Control, Post, Structure

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
    lines = [line for line in selected(evidence, side, selection) if _adds(line, measure, selection)]
    parts = tuple(_part(evidence, side, line, measure, selection) for line in lines)
    if measure.name == "reports":
        parts = tuple(_reports(evidence.structure(side), {line.id for line in lines}))
    made_good = _made_good(evidence, side, measure, lines)
    complete = all(part.value is not None or id(part.line) in made_good for part in parts)
    return _summed(parts, complete, measure, len(lines))


def _summed(parts: tuple[Part, ...], complete: bool, measure: Measure, chosen: int) -> Measured:
    value = sum((part.value for part in parts if part.value is not None), ZERO)
    return Measured(exactly(value), complete, parts, UNITS[measure.name], chosen)


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
        return True
    if line.kind is RowKind.NOT_ITEMISED:
        return measure.name in ("fte", "filled", "vacant", "positions", "hours")
    if line.kind is RowKind.IN_POOLS:
        return measure.name in ("vacant", "filled")
    return line.kind is RowKind.POST


def _nodes(selection: Selection) -> set[str | None]:
    """Return the teams whose totals a selection is about; without any, the structure's."""
    return {team for choice in selection for team in choice.keys.get(Key.TEAM, ())} or {None}


def _part(evidence: Evidence, side: str, line: Line, measure: Measure, selection: Selection) -> Part:
    value = _FIGURES[measure.name](evidence, side, line, measure)
    share = _share(line, selection)
    if share is None and value is not None:
        value = None
    elif share is not None and value is not None and share != ONE:
        value = value * share if measure.name in ("fte", "cost", "hours") else None
    came_about = None
    if measure.name == "cost" and measure.part in ("", "parts") and line.price is not None and line.price.price:
        came_about = explain.line(line.price, evidence.sources(side), ())
    told = came_about if came_about is not None and came_about.value == value else None
    return Part(line.row.title, value, _source(evidence, side, line, measure), line, told)


def _share(line: Line, selection: Selection) -> Decimal | None:
    """Return how much of a post the funds of a selection pay for; None where the post's FTE is unknown."""
    funds = {fund for choice in selection for fund in choice.keys.get(Key.FUND, ())}
    if not funds or not isinstance(line.entry, Post):
        return ONE
    fte = known(line.entry.fte)
    paid = [known(figure) for fund, figure in line.entry.funding.items() if fund in funds]
    if not fte or None in paid:
        return None
    return sum((figure for figure in paid if figure is not None), ZERO) / fte


def _source(evidence: Evidence, side: str, line: Line, measure: Measure) -> Source | None:
    """Point at the key of the line that states the figure; what follows from moves points at the entry."""
    if line.kind is RowKind.NOT_ITEMISED:
        above: Pointer = () if line.team is None else ("teams", line.team)
        team = evidence.structure(side).teams.get(line.team or "")
        return Source(
            team.path if team is not None else evidence.structure(side).path, (*above, "control", measure.name)
        )
    if line.entry is None:
        return None
    kind = "posts" if isinstance(line.entry, Post) else "costs"
    stated = kind == "posts" and getattr(line.entry, measure.name, None) is not None
    pointer: Pointer = (kind, line.id, measure.name) if stated else (kind, line.id)
    return Source(line.entry.path, pointer, line.entry.at)


_Figure = Callable[[Evidence, str, Line, Measure], Decimal | None]


def _of_row(name: str) -> _Figure:
    """Read a figure that the rows of a diff have for both sides."""

    def figure(evidence: Evidence, side: str, line: Line, measure: Measure) -> Decimal | None:
        if isinstance(line.entry, Post) and not line.counted:  # its row may count for the other side only
            return known(getattr(line.entry, name))
        found: Decimal | None = getattr(getattr(line.row, name), side)
        return found

    return figure


def _stated(read: Callable[[Post], Quantity | None], control: tree.Measure | None = None) -> _Figure:
    """Read a figure that only the post states; a published total's rest is worked out from it."""

    def figure(evidence: Evidence, side: str, line: Line, measure: Measure) -> Decimal | None:
        if isinstance(line.entry, Post):
            return ZERO if line.entry.joins is not None and side == "current" else known(read(line.entry))
        return _rest(evidence, side, line, read, control) if control is not None else ZERO

    return figure


def _rest(
    evidence: Evidence, side: str, line: Line, read: Callable[[Post], Quantity | None], control: tree.Measure
) -> Decimal | None:
    structure = evidence.structure(side)
    direct: dict[str | None, Sum] = {}
    for post in structure.posts.values():
        if post.in_totals:
            direct[post.team] = direct.get(post.team, Sum()).plus(known(read(post)))
    return tree.roll_up(structure, direct, control).not_itemised.get(line.team, ZERO)


def _hours(evidence: Evidence, side: str, line: Line, measure: Measure) -> Decimal | None:
    """Return weekly hours: as stated, of every position, else FTE by the full-time week."""
    if isinstance(line.entry, Post) and known(line.entry.hours) is not None:
        return (known(line.entry.hours) or ZERO) * (known(line.entry.positions) or ONE)
    fte, week = getattr(line.row.fte, side), evidence.structure(side).hours_per_week
    return None if fte is None or week is None else fte * week


def _cost(evidence: Evidence, side: str, line: Line, measure: Measure) -> Decimal | None:
    row = line.price
    if row is None:
        return None if line.kind is RowKind.POST or evidence.cost is None else ZERO
    if row.price is None:
        covering = evidence.structure(side).costs.get(row.priced_by)
        return ZERO if covering is not None and len(covering.covers) > 1 else None
    if measure.part == "one_off":
        return ZERO if row.recurs else row.price.headline
    if measure.part == "full_year":
        return row.full_year.headline if row.full_year is not None else ZERO
    points = {"bottom": Point.BOTTOM, "mid": Point.MID, "top": Point.TOP}
    return row.price.at(points[measure.part]) if measure.part in points else row.price.headline


_FIGURES: Mapping[str, _Figure] = {
    "fte": _of_row("fte"),
    "filled": _of_row("filled"),
    "vacant": _of_row("vacant"),
    "agency": _stated(lambda post: post.agency),
    "positions": _stated(lambda post: post.positions, lambda control: control.positions),
    "people": _stated(lambda post: post.people),
    "lines": lambda evidence, side, line, measure: ONE,
    "hours": _hours,
    "cost": _cost,
    "reports": lambda evidence, side, line, measure: ZERO,
}

_CONTROLS: Mapping[str, Callable[[Control], Quantity | None]] = {
    "fte": lambda control: control.fte,
    "filled": lambda control: control.filled,
    "positions": lambda control: control.positions,
    "cost": lambda control: control.cost,
}


def _made_good(evidence: Evidence, side: str, measure: Measure, lines: Iterable[Line]) -> set[int]:
    """Return the lines whose unknown figures are in a published total, or a pool's row, that is selected whole."""
    lines = list(lines)
    good = {number for line in lines if line.kind is RowKind.IN_POOLS for number in line.pools}
    found = {id(line) for line in lines if line.kind is RowKind.POST and good.intersection(line.pools)}
    names = ("fte", "filled") if measure.name == "vacant" else (measure.name,)
    if measure.part == "parts" or not all(name in _CONTROLS for name in names):
        return found
    structure = evidence.structure(side)
    chosen = {id(line) for line in lines}
    for node in (None, *structure.teams):
        if not all(tree.publishes(structure, node, _CONTROLS[name]) for name in names):
            continue
        under = [line for line in evidence.lines[side] if line.counted and _is_under(evidence, side, line, node)]
        if all(id(line) in chosen or line.kind is RowKind.IN_POOLS or not _adds(line, measure, ()) for line in under):
            found |= {id(line) for line in under}
    return found


def _is_under(evidence: Evidence, side: str, line: Line, node: str | None) -> bool:
    return node is None or node in evidence.above[side].get(line.team, frozenset())


def _reports(structure: Structure, posts: set[str]) -> Iterable[Part]:
    """Count the people who report to some posts: positions, or else FTE."""
    for post in structure.posts.values():
        if post.reports_to in posts and post.of_which is None:
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
    """Add up the people whom the pools of a selection leave without a post."""
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
    """Take the current side of a selection from its proposed side; a line on both sides changes by its own change."""
    if measure.name in ("fte", "filled", "vacant", "cost") and measure.part in ("", "parts"):
        return _change_of_rows(evidence, measure, selection)
    before, after = (_of_side(evidence, side, measure, selection) for side in ("current", "proposed"))
    difference = (after.interval.value or ZERO) - (before.interval.value or ZERO)
    parts = (*after.parts, *(part._replace(value=None if part.value is None else -part.value) for part in before.parts))
    complete = before.complete and after.complete
    return Measured(exactly(difference), complete, parts, UNITS[measure.name], max(before.chosen, after.chosen))


def _change_of_rows(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    chosen = {}
    for side in ("current", "proposed"):
        lines = (line for line in selected(evidence, side, selection) if _adds(line, measure, selection))
        chosen[side] = {line.row.kind + line.row.id: line for line in lines}
    parts = []
    for key in dict.fromkeys((*chosen["proposed"], *chosen["current"])):
        old, new = chosen["current"].get(key), chosen["proposed"].get(key)
        line = new or old
        assert line is not None
        if line.kind is RowKind.VACANCY_FACTOR:
            continue
        parts.append(Part(line.row.title, _row_change(evidence, line, old, new, measure), line=line))
    made_good = _change_made_good(evidence, measure, chosen)
    complete = all(part.value is not None or (part.line and part.line.row.id in made_good) for part in parts)
    return _summed(tuple(parts), complete, measure, len(parts))


def _row_change(evidence: Evidence, line: Line, old: Line | None, new: Line | None, measure: Measure) -> Decimal | None:
    if not line.counted:
        figure = _FIGURES[measure.name]
        before = ZERO if old is None else figure(evidence, "current", old, measure)
        after = ZERO if new is None else figure(evidence, "proposed", new, measure)
        return None if before is None or after is None else after - before
    figures = getattr(line.row, measure.name)
    if figures is None:
        return None
    only_before = new is None and line.row.proposed is not None
    only_after = old is None and line.row.current is not None
    if only_before:
        return None if figures.current is None else -figures.current
    found: Decimal | None = figures.proposed if only_after else figures.change
    return found


def _change_made_good(evidence: Evidence, measure: Measure, chosen: Mapping[str, Mapping[str, Line]]) -> set[str]:
    """Return the rows whose unknown change is in a published total that is selected whole."""
    missing = {gap_id for gap in evidence.diff.missing if (gap.measure, gap.side) == (measure.name, "change")
               for gap_id in gap.ids}  # fmt: skip
    everything = {line.row.id for side in ("current", "proposed") for line in evidence.lines[side] if line.counted}
    rows = {line.row.id for lines in chosen.values() for line in lines.values()}
    good: set[str] = set()
    if everything <= rows:
        good |= everything - missing
    for team in evidence.structure("proposed").teams.values():
        control = team.control
        if control is None or measure.name != "cost" or known(control.cost_change) is None:
            continue
        under = {line.row.id for line in evidence.lines["proposed"] if line.counted
                 and _is_under(evidence, "proposed", line, team.id)}  # fmt: skip
        if under <= rows:
            good |= under
    return good
