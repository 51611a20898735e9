"""A structure as a tree of teams and posts, each with what becomes of it in the words of a chart's legend.

Teams stand where they are managed (`within`). A post stands under its team; under the post it reports to where
that is in the same team, and a detail under the post it details.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis import sides
from restructure_cli.analysis.diff import diff, grade_words, head
from restructure_cli.analysis.standing import Standing, Standings, standings_in
from restructure_cli.model.charts import Chart, Drawn
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import known
from restructure_cli.model.report import Legend
from restructure_cli.model.results import Change, Diff, Difference, DiffRow
from restructure_cli.model.structures import Post, Structure, Team

_Node = tuple[str, str]
"""A kind (`team` or `post`) and an id; `top` stands for what is above everything."""
_TOP: _Node = ("top", "")


class _Side(NamedTuple):
    """One structure, and what a comparison says of its posts and teams; without one, nothing."""

    structure: Structure
    standings: Standings
    since: Moment | None
    """The day after which what starts is still to come."""
    rows: Mapping[str, DiffRow] = {}
    teams: Mapping[str, tuple[Difference, ...]] = {}
    name: str = ""
    """Current or proposed; empty where nothing is compared."""


def charts(current: Structure, proposed: Structure | None = None, compared: Diff | None = None) -> tuple[Chart, ...]:
    """Draw one structure, or a current and a proposed one with what becomes of each of their posts and teams.

    `compared` is the diff of the two, where somebody has made it already.
    """
    since = current.as_at
    if proposed is None:
        return (_chart(_Side(current, standings_in(current), since), current),)
    compared = compared or diff(current, proposed)
    teams = {change.id: change.differences for change in compared.teams}
    rows = (*compared.rows, *compared.outside)
    found = []
    for name, structure in (("current", current), ("proposed", proposed)):
        of_side = {id_: row for row in rows if (id_ := getattr(row, name)) is not None}
        found.append(_chart(_Side(structure, standings_in(structure), since, of_side, teams, name), proposed))
    return tuple(found)


def _chart(side: _Side, about: Structure) -> Chart:
    structure = side.structure
    children = _children(structure)
    posts = _posts_below(structure)
    figures = {} if side.name else {id_: one.shown for id_, one in sides.figures(structure).items()}
    lines = []
    for node, above, depth in _walk(children, structure):
        kind, id_ = node
        if kind == "team":
            lines.append(_team(structure.teams[id_], side, above, depth, posts.get(id_, 0)))
        else:
            lines.append(_post(structure.posts[id_], side, above, depth, figures.get(id_)))
    service = about.service or structure.service or ""
    return Chart(about.organisation, service, head(structure), side.name or "current", tuple(lines), bool(side.name))


def _children(structure: Structure) -> dict[_Node, list[_Node]]:
    """Return what stands directly under each team and post, in order."""
    found: dict[_Node, list[_Node]] = {}
    leads = {team.lead for team in structure.teams.values()}
    for post in sorted(structure.posts.values(), key=lambda post: (post.id not in leads, post.title, post.id)):
        found.setdefault(_above(post, structure), []).append(("post", post.id))
    for team in sorted(structure.teams.values(), key=lambda team: (team.title, team.id)):
        above = ("team", team.within) if team.within in structure.teams and team.within != team.id else _TOP
        found.setdefault((above[0], above[1] or ""), []).append(("team", team.id))
    return found


def _above(post: Post, structure: Structure) -> _Node:
    if post.of_which in structure.posts and post.of_which != post.id:
        return ("post", post.of_which or "")
    boss = structure.posts.get(post.reports_to or "")
    if boss is not None and boss.id != post.id and boss.team == post.team:
        return ("post", boss.id)
    return ("team", post.team) if post.team is not None and post.team in structure.teams else _TOP


def _walk(children: Mapping[_Node, list[_Node]], structure: Structure) -> Iterator[tuple[_Node, _Node, int]]:
    """Go from the top down, with what each stands under and how deep; entries in a circle come last."""
    seen: set[_Node] = set()
    every: Iterable[_Node] = (*(("team", id_) for id_ in structure.teams), *(("post", id_) for id_ in structure.posts))
    for start in (_TOP, *every):
        if start in seen:
            continue
        waiting = [(start, _TOP, -1 if start == _TOP else 0)]
        while waiting:
            node, above, depth = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if node != _TOP:
                yield node, above, depth
            waiting += [(below, node, depth + 1) for below in reversed(children.get(node, ()))]


def _posts_below(structure: Structure) -> dict[str, int]:
    """Count the posts of each team, with those of the teams below it."""
    found: dict[str, int] = {}
    for post in structure.posts.values():
        here, seen = post.team, set()
        while here is not None and here in structure.teams and here not in seen:
            seen.add(here)
            found[here] = found.get(here, 0) + 1
            here = structure.teams[here].within
    return found


def _team(team: Team, side: _Side, above: _Node, depth: int, posts: int) -> Drawn:
    lead = side.structure.posts.get(team.lead or "")
    differences = side.teams.get(team.id, ())
    standing = side.standings.of_team(team.id)
    return Drawn(
        id=team.id,
        title=team.title,
        depth=depth,
        above=above[1],
        above_kind=above[0] if above != _TOP else "",
        is_team=True,
        lead=lead.title if lead is not None else "",
        posts=posts,
        legend=_legend(differences, standing, side, joins=False),
        differences=differences,
        starts=_still_to_come(standing, side) if team.starts is not None else None,
        subject_to=team.subject_to or "",
    )


def _post(post: Post, side: _Side, above: _Node, depth: int, fte: Decimal | None) -> Drawn:
    row = side.rows.get(post.id)
    if row is not None:
        fte = getattr(row.shown, side.name)
    joins = row.joins if row is not None else str(post.joins or "")
    if post.joins is not None:
        fte = known(post.filled) if known(post.filled) is not None else known(post.fte)
    differences = row.differences if row is not None else ()
    standing = side.standings.of(post)
    return Drawn(
        id=post.id,
        title=post.title,
        depth=depth,
        above=above[1],
        above_kind=above[0] if above != _TOP else "",
        fte=fte,
        grade=grade_words(post.grade),
        legend=_legend(differences, standing, side, joins=bool(joins)),
        differences=differences,
        starts=_still_to_come(standing, side) if post.starts is not None else None,
        joins=post.joins,
        subject_to=post.subject_to or "",
        counted=post.in_totals,
    )


def _legend(differences: tuple[Difference, ...], standing: Standing, side: _Side, *, joins: bool) -> Legend | None:
    """Choose the word of the legend; of several that apply: deleted, in development, transferred, then the others."""
    if not side.name:
        return None
    changes = {told.change for told in differences}
    if Change.DELETED in changes:
        return Legend.DELETED
    if standing.subject_to or _still_to_come(standing, side) is not None:
        return Legend.IN_DEVELOPMENT
    if joins or Change.MOVED in changes:
        return Legend.TRANSFERRED
    return Legend.CHANGED if changes - {Change.UNCHANGED} else Legend.UNCHANGED


def _still_to_come(standing: Standing, side: _Side) -> Moment | None:
    """Return when something starts, where that is after the day of the current structure."""
    starts = standing.dates.starts
    if starts is None or (side.since is not None and starts.first_day() <= side.since.first_day()):
        return None
    return starts
