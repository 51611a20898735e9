"""One line's figure of a measure: its FTE, people, hours or money on one side, and where the file states it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from restructure_cli.analysis import explain, tree
from restructure_cli.analysis.came_about import of_vacancy
from restructure_cli.analysis.evidence import Evidence, Line
from restructure_cli.analysis.measuring import UNITS, Part
from restructure_cli.model.claims import Measure
from restructure_cli.model.derivations import Derivation, Source
from restructure_cli.model.findings import Pointer
from restructure_cli.model.grades import Point
from restructure_cli.model.quantities import EMPTY, ZERO, Quantity, Sum, known, to_the_penny
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import Post

ONE = Decimal(1)


def part(evidence: Evidence, side: str, line: Line, measure: Measure) -> Part:
    """Work out what a line adds to a measure."""
    value = FIGURES[measure.name](evidence, side, line, measure)
    if line.paid_by is not None and value is not None and measure.name not in ("lines", "reports"):
        value = _paid(line, value, measure)
    return Part(line.row.title, value, partial(_trace, evidence, side, line, measure, value), line)


def _trace(evidence: Evidence, side: str, line: Line, measure: Measure, value: Decimal | None) -> Derivation:
    """Say how a line's figure came about: what it is in a file, its price, or its FTE less those filled."""
    assert value is not None
    name = line.row.title
    found = None
    if measure.name == "vacant" and side == "current" and isinstance(line.entry, Post):
        found = of_vacancy(name, line.entry, value)
    price = line.price.price if line.price is not None else None
    if measure.name == "cost" and line.price is not None and price is not None and value == price.headline:
        found = explain.line(line.price, evidence.sources(side), ())
    return found or Derivation(name, value, UNITS[measure.name], source=stands(evidence, side, line, measure))


def _paid(line: Line, figure: Decimal, measure: Measure) -> Decimal | None:
    """Return how much of a post's figure some funds pay for; None where nobody says which of its people are whose."""
    if line.paid_by is None or not isinstance(line.entry, Post) or measure.name not in ("fte", "hours", "cost"):
        return None
    fte, funding = known(line.entry.fte), {fund: known(paid) for fund, paid in line.entry.funding.items()}
    rest = None if fte is None or None in funding.values() else fte - sum(filter(None, funding.values()), ZERO)
    shares = [rest if fund == "" else funding[fund] for fund in line.paid_by]
    paid = None if None in shares else sum(filter(None, shares), ZERO)
    if paid is None or measure.name == "fte":
        return paid
    if not fte:
        return None
    return to_the_penny(figure * paid / fte) if measure.name == "cost" else figure * paid / fte


def stands(evidence: Evidence, side: str, line: Line, measure: Measure) -> Source | None:
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
            return _stated_vacancy(line.entry, side) if name == "vacant" else known(getattr(line.entry, name))
        found: Decimal | None = getattr(getattr(line.row, name), side)
        return found

    return figure


def _stated_vacancy(post: Post, side: str) -> Decimal | None:
    """Return the vacancy that a post outside the totals states, or of a current one that follows from its figures."""
    stated, fte, filled = known(post.vacant), known(post.fte), known(post.filled)
    if stated is not None or side == "proposed" or fte is None or filled is None:
        return stated
    return max(fte - filled, ZERO)


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
            direct[post.team] = direct.get(post.team, EMPTY).plus(known(read(post)))
    return tree.roll_up(structure, direct, control).not_itemised.get(line.team, ZERO)


def _hours(evidence: Evidence, side: str, line: Line, measure: Measure) -> Decimal | None:
    """Return weekly hours: as stated, of every position, else FTE by the full-time week."""
    if isinstance(line.entry, Post):
        hours, positions = known(line.entry.hours), known(line.entry.positions)
        if hours is not None and positions is not None and not (side == "current" and line.entry.joins is not None):
            return hours * positions
    fte, week = getattr(line.row.fte, side), evidence.structure(side).hours_per_week
    return None if fte is None or week is None else fte * week


def _cost(evidence: Evidence, side: str, line: Line, measure: Measure) -> Decimal | None:
    row = line.price
    if row is None:
        return None if line.kind is RowKind.POST or evidence.cost is None else ZERO
    if measure.part == "one_off" and row.recurs:
        return ZERO
    if row.price is None:
        return None
    if measure.part == "full_year":
        return row.full_year.headline if row.full_year is not None else ZERO
    points = {"bottom": Point.BOTTOM, "mid": Point.MID, "top": Point.TOP}
    return row.price.at(points[measure.part]) if measure.part in points else row.price.headline


def covered_by(line: Line) -> str:
    """Return the id of the cost that a post's price is part of; empty where it has a price of its own, or none."""
    return line.price.priced_by if line.price is not None and line.price.price is None else ""


FIGURES: Mapping[str, _Figure] = {
    "fte": _of_row("fte"),
    "filled": _of_row("filled"),
    "vacant": _of_row("vacant"),
    "agency": _stated(lambda post: post.agency),
    "positions": _stated(lambda post: post.positions, lambda control: control.positions),
    "people": _stated(lambda post: post.people),
    "lines": _stated(lambda post: Quantity(ONE)),
    "hours": _hours,
    "cost": _cost,
    "reports": lambda evidence, side, line, measure: ZERO,
}
OF_LINES = tuple(name for name in FIGURES if name != "reports")
"""Measures that each line has a figure of; reports are figures of other lines."""

OF_ROWS = ("fte", "filled", "vacant", "cost")
"""Measures of which the rows of a diff have both sides and the change."""
