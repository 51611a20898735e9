"""What happened to a post, in words, with what it was and what it becomes.

Where one side does not say (a grade, a team, a fund), nothing is known to have changed.
"""

from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.matching import Pair
from restructure_cli.analysis.parts_of_years import Dates
from restructure_cli.analysis.standing import Standings
from restructure_cli.model.quantities import ZERO, TwoSided, known
from restructure_cli.model.results import Change, Difference, TeamChange
from restructure_cli.model.structures import PERMANENT, Post, Structure, Team


class Compared(NamedTuple):
    """Two structures that are compared, with when their posts are there and on what condition."""

    current: Structure
    proposed: Structure
    before: Standings
    after: Standings


def differences(pair: Pair, fte: TwoSided, shown: TwoSided, compared: Compared) -> tuple[Difference, ...]:
    """Name every change of one row; `unchanged` where there is none."""
    current, proposed = compared.current, compared.proposed
    before, after = pair.current, pair.proposed
    link = (_link(pair, current, proposed),) if pair.link else ()
    if before is None:
        return link or (Difference(Change.NEW),)
    if after is None:
        return link or (Difference(Change.DELETED),)
    found = (
        *link,
        *_texts(before, after, current, proposed),
        *_amounts(before, after, fte, shown),
        *_terms(before, after),
        *_standing(before, after, compared),
    )
    return found or (Difference(Change.UNCHANGED),)


def _link(pair: Pair, current: Structure, proposed: Structure) -> Difference:
    """Say what a post was split or merged into, or what it came from."""
    assert pair.link is not None
    if pair.proposed is None and pair.current is not None:
        left = pair.current.id
        into = [post for post in proposed.posts.values() if any(move.post == left for move in post.moves_in or ())]
        return Difference(pair.link, "", _titles(sorted(into, key=lambda post: post.id)))
    assert pair.proposed is not None
    own = pair.current.id if pair.current is not None else ""
    named = [move.post for move in pair.proposed.moves_in or () if move.post != own]
    return Difference(pair.link, _titles([current.posts[id_] for id_ in named if id_ in current.posts]), "")


def _titles(posts: list[Post]) -> str:
    return ", ".join(dict.fromkeys(post.title for post in posts))


def team_changes(current: Structure, proposed: Structure) -> tuple[TeamChange, ...]:
    """Name the teams that come, go, change title, place, lead or condition."""
    found = []
    for id_ in sorted({*current.teams, *proposed.teams}):
        before, after = current.teams.get(id_), proposed.teams.get(id_)
        team = after or before
        assert team is not None
        told = _team_differences(before, after, current, proposed)
        if told:
            found.append(TeamChange(id_, team.title, told))
    return tuple(sorted(found, key=lambda change: (change.title, change.id)))


def _team_differences(
    before: Team | None, after: Team | None, current: Structure, proposed: Structure
) -> tuple[Difference, ...]:
    if before is None or after is None:
        return (Difference(Change.NEW if before is None else Change.DELETED),)
    pairs = (
        (Change.RETITLED, before.title, after.title),
        (Change.MOVED, _team(current, before.within), _team(proposed, after.within)),
        (Change.REPORTS_TO, _title(current, before.lead), _title(proposed, after.lead)),
        (Change.DATES, _dates(Dates(before.starts, before.ends)), _dates(Dates(after.starts, after.ends))),
        (Change.CONDITION, before.subject_to or "", after.subject_to or ""),
    )
    return tuple(Difference(change, old, new) for change, old, new in pairs if old != new)


def _texts(before: Post, after: Post, current: Structure, proposed: Structure) -> list[Difference]:
    found = []
    if before.title != after.title:
        found.append(Difference(Change.RETITLED, before.title, after.title))
    if before.grade and after.grade and before.grade != after.grade:
        found.append(Difference(Change.REGRADED, _grade(before), _grade(after)))
    elif not before.grade and after.grade and _dearer_or_cheaper(before, after):
        found.append(Difference(Change.REGRADED, "", _grade(after)))
    if before.team and after.team and before.team != after.team:
        found.append(Difference(Change.MOVED, _team(current, before.team), _team(proposed, after.team)))
    if before.reports_to and after.reports_to and before.reports_to != after.reports_to:
        old, new = _title(current, before.reports_to), _title(proposed, after.reports_to)
        found.append(Difference(Change.REPORTS_TO, old, new))
    return found


def _grade(post: Post) -> str:
    return " & ".join(post.grade)


def _dearer_or_cheaper(before: Post, after: Post) -> bool:
    """Whether the published cost differs at the same FTE, which only another grade explains."""
    costs = known(before.cost), known(after.cost)
    return None not in costs and costs[0] != costs[1] and known(before.fte) == known(after.fte)


def _team(structure: Structure, team: str | None) -> str:
    return structure.teams[team].title if team is not None and team in structure.teams else ""


def _title(structure: Structure, post: str | None) -> str:
    return structure.posts[post].title if post is not None and post in structure.posts else ""


def _amounts(before: Post, after: Post, fte: TwoSided, shown: TwoSided) -> list[Difference]:
    """Compare FTE (as established where both sides say so, else as each side shows it) and hours."""
    found = []
    compared = fte if fte.change is not None else shown
    if compared.change:
        change = Change.MORE_FTE if compared.change > ZERO else Change.LESS_FTE
        found.append(Difference(change, _number(compared.current), _number(compared.proposed)))
    hours = known(before.hours), known(after.hours)
    if None not in hours and hours[0] != hours[1]:
        found.append(Difference(Change.HOURS, _number(hours[0]), _number(hours[1])))
    return found


def _number(figure: Decimal | None) -> str:
    return "" if figure is None else f"{figure.normalize():f}"


def _terms(before: Post, after: Post) -> list[Difference]:
    found = []
    if before.is_permanent != after.is_permanent:
        change = Change.MADE_PERMANENT if after.is_permanent else Change.MADE_TEMPORARY
        found.append(Difference(change, before.tenure or PERMANENT, after.tenure or PERMANENT))
    elif (before.tenure or PERMANENT) != (after.tenure or PERMANENT):
        found.append(Difference(Change.TENURE, before.tenure or PERMANENT, after.tenure or PERMANENT))
    if before.funding and after.funding and _funds(before) != _funds(after):
        found.append(Difference(Change.FUNDING, ", ".join(_funds(before)), ", ".join(_funds(after))))
    return found


def _standing(before: Post, after: Post, compared: Compared) -> list[Difference]:
    """Compare when a post is there and on what condition, whether it says so itself or its team does."""
    was, becomes = compared.before.of(before), compared.after.of(after)
    dates = _dates(was.dates, before.lasts), _dates(becomes.dates, after.lasts)
    found = [Difference(Change.DATES, *dates)] if dates[0] != dates[1] else []
    if was.subject_to != becomes.subject_to:
        found.append(Difference(Change.CONDITION, was.subject_to, becomes.subject_to))
    return found


def _funds(post: Post) -> tuple[str, ...]:
    return tuple(sorted(f"{fund} {_number(known(fte))}".strip() for fund, fte in post.funding.items()))


def _dates(dates: Dates, lasts: str | None = None) -> str:
    told = (("starts", dates.starts), ("ends", dates.ends), ("lasts", lasts))
    return " ".join(f"{word} {date}" for word, date in told if date is not None)
