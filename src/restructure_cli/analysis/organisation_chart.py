"""The organisation chart that the Local Government Transparency Code 2015 asks for: the posts of the top tiers.

The Code (paragraph 45) asks for grade, title, department and team, permanent or temporary, contact details, salary in
£5,000 brackets and the salary ceiling. Contact details and the salary of one person are not in a structure, and are
left to whoever publishes; the ceiling is the top of the grade.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis import sides, tree
from restructure_cli.analysis.diff import grade_words
from restructure_cli.analysis.pay import full_time_pay
from restructure_cli.analysis.rates import rates
from restructure_cli.model.grades import Grades, Point
from restructure_cli.model.structures import Post, Structure


class ChartRow(NamedTuple):
    """A post of the chart. `tier` counts from 1 at the top; `ceiling` is £ a year, full time, None where not known."""

    id: str
    tier: int
    title: str
    grade: str
    department: str
    team: str
    permanent: bool
    fte: Decimal | None
    reports_to: str
    ceiling: Decimal | None


class Chart(NamedTuple):
    """The posts of the top tiers."""

    organisation: str
    title: str
    rows: tuple[ChartRow, ...]


def chart(structure: Structure, grades: Grades | None, tiers: int) -> Chart:
    """Return the posts of the top tiers, from the top down."""
    paths = tree.paths(structure)
    ceilings = _ceilings(structure, grades)
    rows = []
    for post in structure.posts.values():
        if not post.in_totals:
            continue
        path = paths.get(post.team, ())
        tier = _tier(post, structure, paths)
        if tier > tiers:
            continue
        above = structure.posts.get(post.reports_to or "")
        rows.append(ChartRow(
            post.id, tier, post.title, grade_words(post.grade), path[0][1] if path else "",
            path[-1][1] if len(path) > 1 else "", post.is_permanent, sides.established(post, structure),
            above.title if above is not None else "", ceilings.get(post.grade),
        ))  # fmt: skip
    ordered = sorted(rows, key=lambda row: (row.tier, row.department, row.team, row.title, row.id))
    return Chart(structure.organisation, structure.title, tuple(ordered))


def _tier(post: Post, structure: Structure, paths: Mapping[str | None, tuple[tuple[str, str], ...]]) -> int:
    """Count the tiers from the top down to a post: those it reports through, below the team of the topmost of them."""
    seen = {post.id}
    top = post
    while (above := structure.posts.get(top.reports_to or "")) is not None and above.id not in seen:
        seen.add(above.id)
        top = above
    return max(len(paths.get(top.team, ())), 1) + len(seen) - 1


def _ceilings(structure: Structure, grades: Grades | None) -> Mapping[tuple[str, ...], Decimal]:
    """Return the top of each grade that has a range, in the year of the grades file."""
    if grades is None:
        return {}
    own = rates(grades, grades.year)
    found = {}
    for names in {post.grade for post in structure.posts.values()}:
        pay = full_time_pay(names, grades, own) if names else None
        if pay is not None:
            found[names] = pay[Point.TOP].value
    return found
