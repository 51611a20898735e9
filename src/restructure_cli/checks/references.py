"""REF: everything that is named exists, and nothing goes round in a circle."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from restructure_cli.checks.rule import Check, Subject, known_as, place
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.structures import OtherCost, Post, Team

_ERROR = Severity.ERROR
_DEEPEST_TEAM = 24
Entry = Team | Post | OtherCost


def _unknown(rule: Rule, entry: Entry, key: str, name: str, noun: str, names: Iterable[str]) -> Finding:
    message = f'{entry.id}: {key} names "{name}", and there is no such {noun}'
    return Finding(rule, message, place(entry, key), known_as(names, name))


def _teams(rule: Rule, subject: Subject) -> Iterator[Finding]:
    teams = subject.structure.teams
    for post in subject.structure.posts.values():
        if post.team is not None and post.team not in teams:
            yield _unknown(rule, post, "team", post.team, "team", teams)
    for cost in subject.structure.costs.values():
        if cost.team is not None and cost.team not in teams:
            yield _unknown(rule, cost, "team", cost.team, "team", teams)
    for team in teams.values():
        for key, name in (("within", team.within), ("counted_within", team.counted_within)):
            if name is not None and name not in teams:
                yield _unknown(rule, team, key, name, "team", teams)


def _posts(rule: Rule, subject: Subject) -> Iterator[Finding]:
    posts = subject.structure.posts
    for post in posts.values():
        if post.reports_to is not None and post.reports_to not in posts:
            yield _unknown(rule, post, "reports_to", post.reports_to, "post", posts)
        for host in post.away:
            if host not in posts:
                message = f'{post.id}: away names "{host}", and there is no such post'
                yield Finding(rule, message, place(post, "away", host, on_key=True), known_as(posts, host))
    for team in subject.structure.teams.values():
        if team.lead is not None and team.lead not in posts:
            yield _unknown(rule, team, "lead", team.lead, "post", posts)
    for cost in subject.structure.costs.values():
        for name in cost.covers:
            if name not in posts:
                yield _unknown(rule, cost, "covers", name, "post", posts)


def _details(rule: Rule, subject: Subject) -> Iterator[Finding]:
    structure = subject.structure
    names = {*structure.posts, *structure.teams, *structure.costs}
    entries: Iterable[Post | OtherCost] = (*structure.posts.values(), *structure.costs.values())
    for entry in entries:
        if entry.of_which is not None and entry.of_which not in names:
            yield _unknown(rule, entry, "of_which", entry.of_which, "post, team or cost", names)


def _moves(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.current is None:
        return
    posts = subject.current.posts
    for post in subject.structure.posts.values():
        for number, move in enumerate(post.moves_in or ()):
            if move.post not in posts:
                message = f'{post.id}: from names "{move.post}", and the current structure has no such post'
                where = place(post, "from", str(number))._replace(holds=move.post)
                yield Finding(rule, message, where, known_as(posts, move.post))


def _grades(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.grades is None:
        return
    scale = subject.grades.grades
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for post in subject.structure.posts.values():
        if post.grade not in seen:
            seen[post.grade] = tuple(name for name in post.grade if name not in scale)
        for name in seen[post.grade]:
            message = f'{post.id}: grade "{name}" has no row in {subject.grades.path}'
            also = (Place(subject.grades.path, ("grades",), on_key=True),)
            hint = known_as(scale, name, "add it to the scale; a grade without a price is `{}`")
            yield Finding(rule, message, place(post, "grade")._replace(holds=name), hint, also)


_Kind = TypeVar("_Kind", bound=Entry)


def _circles(
    rule: Rule, entries: Mapping[str, _Kind], above: Callable[[_Kind], str | None], key: str
) -> Iterator[Finding]:
    """Find each circle once, at its first entry in order of id."""
    settled: set[str] = set()
    for start in sorted(entries):
        trail: dict[str, None] = {}
        here: str | None = start
        while here is not None and here in entries and here not in settled and here not in trail:
            trail[here] = None
            here = above(entries[here])
        if here is not None and here in trail:
            circle = list(trail)[list(trail).index(here) :]
            first = entries[min(circle)]
            message = f"{key} goes round in a circle: {' → '.join([*circle, circle[0]])}"
            yield Finding(rule, message, place(first, key), "one of them must be at the top")
        settled.update(trail)


def _team_circles(rule: Rule, subject: Subject) -> Iterator[Finding]:
    teams = subject.structure.teams
    circles = list(_circles(rule, teams, lambda team: team.within, "within"))
    if any(team.counted_within is not None for team in teams.values()):
        circles += _circles(rule, teams, lambda team: team.parent, "counted_within")
    yield from circles or _too_deep(rule, teams)


def _too_deep(rule: Rule, teams: Mapping[str, Team]) -> Iterator[Finding]:
    """Find the first team that lies deeper than any council's; whoever walks the tree relies on this bound."""
    for team in teams.values():
        above, depth = team.parent, 0
        while above is not None and above in teams and depth <= _DEEPEST_TEAM:
            above, depth = teams[above].parent, depth + 1
        if depth > _DEEPEST_TEAM:
            message = f"{team.id} lies more than {_DEEPEST_TEAM} teams deep"
            yield Finding(rule, message, place(team, "within"), "mend within: a council has a few levels only")
            return


def _reporting_circles(rule: Rule, subject: Subject) -> Iterator[Finding]:
    reporting = {id_: post for id_, post in subject.structure.posts.items() if post.reports_to is not None}
    yield from _circles(rule, reporting, lambda post: post.reports_to, "reports_to")


def _detail_circles(rule: Rule, subject: Subject) -> Iterator[Finding]:
    entries: Iterable[Post | OtherCost] = (
        *subject.structure.costs.values(),
        *subject.structure.posts.values(),
    )
    details = {entry.id: entry for entry in entries if entry.of_which is not None}
    yield from _circles(rule, details, lambda entry: entry.of_which, "of_which")


CHECKS = (
    Check(Rule(
        "REF201", "ref.team", _ERROR, "a team that does not exist",
        "A line in no team is in no sub-total.", "team: asessment"), _teams),
    Check(Rule(
        "REF202", "ref.post", _ERROR, "a post that does not exist",
        "Reporting lines, secondments and prices hang on the posts they name.", "reports_to: team-manger"), _posts),
    Check(Rule(
        "REF203", "ref.of-which", _ERROR, "a detail of something that does not exist",
        "A detail is left out of the totals because what it details is in them.", "of_which: social-work"), _details),
    Check(Rule(
        "REF204", "ref.from", _ERROR, "a move from a post that does not exist",
        "The people who move would not be counted, and the vacancies would be overstated.", "from: [clerk-2]"), _moves),
    Check(Rule(
        "REF205", "ref.grade", _ERROR, "a grade that the scale does not have",
        "A post at an unknown grade is left out of the cost.", "grade: G9"), _grades),
    Check(Rule(
        "REF206", "ref.team-circle", _ERROR, "teams within each other",
        "Totals of teams in a circle have no end.", "a within b, b within a"), _team_circles),
    Check(Rule(
        "REF207", "ref.reporting-circle", _ERROR, "posts that report to each other",
        "Somebody must be at the top of a reporting line.", "a reports to b, b reports to a"), _reporting_circles),
    Check(Rule(
        "REF208", "ref.detail-circle", _ERROR, "lines that detail each other",
        "Each leaves itself out of the totals because of the other.", "a of_which b, b of_which a"), _detail_circles),
)  # fmt: skip
