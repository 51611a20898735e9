"""A UK government organogram as a structure: senior and junior posts, units as teams, grades with their pay.

Eliminated posts stand outside the totals. Junior posts are paid by their grade; a senior post states its own pay,
because a senior grade has several bands.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from restructure_cli.analysis.extract_rows import without_loops
from restructure_cli.analysis.imported_ids import EarlierIds, team_ids
from restructure_cli.analysis.organogram_junior import ids_given_before, junior_ids, junior_lines, junior_post
from restructure_cli.analysis.organogram_reporting import References, manager_of, spelled_otherwise, tops_at_fault
from restructure_cli.analysis.organogram_senior import NOT_IN_POST, senior_post, senior_posts
from restructure_cli.analysis.organogram_teams import TeamPaths
from restructure_cli.model.extracts import Organogram, SeniorPost
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.grades import Grade, Span
from restructure_cli.model.structures import Post, Team


class Drawn(NamedTuple):
    """What an organogram becomes: teams, posts and grades, with what each post reports to."""

    teams: dict[str, Team]
    posts: dict[str, Post]
    grades: dict[str, Grade]
    senior: Mapping[str, tuple[SeniorPost, ...]]
    """The rows of each senior post: several where it is shared."""
    reports: Mapping[str, str]
    """What each post reports to, as the organogram says, circles left out."""
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def draw(organogram: Organogram, earlier: EarlierIds) -> Drawn:
    """Make a structure of an organogram; lines that an earlier import named keep their ids."""
    findings: list[Finding] = []
    several_files = len({post.place.path for post in organogram.rows}) > 1
    paths = TeamPaths(organogram)
    teams = _teams(paths, organogram, earlier)
    senior = senior_posts(organogram.senior, earlier, findings)
    references = References(senior)
    findings += tops_at_fault(organogram.senior)
    ranges = _ranges(organogram)
    junior = junior_lines(organogram.junior, paths, references, findings)
    posts: dict[str, Post] = {}
    above: dict[str, str] = {}
    places: dict[str, Place] = {}
    for id_, rows in senior.items():
        posts[id_] = senior_post(id_, rows, teams.get(paths.of(rows[0])), several_files)
        places[id_] = rows[0].place
        manager = manager_of(rows[0], references, findings)
        if manager is not None:
            above[id_] = manager
    taken = ids_given_before(junior, references, earlier, posts)
    names = junior_ids(junior, posts, taken, earlier.own)
    for line, members in junior.items():
        id_ = names[line]
        own_pay = line.pay if len(ranges.get(line.grade, ())) > 1 else None
        posts[id_] = junior_post(id_, members, teams.get(line.unit), own_pay, several_files)
        places[id_] = members[0].place
        if line.reports_to in references.ids:
            above[id_] = references.ids[line.reports_to]
    reports, loops = without_loops(above, places)
    posts = {id_: post._replace(reports_to=reports.get(id_)) for id_, post in posts.items()}
    notes = (*_remarks(organogram, ranges), *spelled_otherwise(references))
    return Drawn(
        _team_entries(teams, paths), posts, _grades(organogram, ranges), senior, reports, (*findings, *loops), notes
    )


def _teams(paths: TeamPaths, organogram: Organogram, earlier: EarlierIds) -> dict[tuple[str, ...], str]:
    for post in organogram.rows:
        paths.of(post)
    return team_ids(paths.titles, {path: id_ for path, id_ in earlier.teams.items() if path in paths.titles})


def _team_entries(teams: Mapping[tuple[str, ...], str], paths: TeamPaths) -> dict[str, Team]:
    return {
        teams[path]: Team(teams[path], title, teams[path[:-1]] if len(path) > 1 else None)
        for path, title in sorted(paths.titles.items())
    }


def _ranges(organogram: Organogram) -> dict[str, set[Span]]:
    """Return the pay ranges that junior rows give for each grade."""
    ranges: dict[str, set[Span]] = {}
    for row in organogram.junior:
        if row.grade and row.pay is not None:
            ranges.setdefault(row.grade, set()).add(row.pay)
    return ranges


def _grades(organogram: Organogram, ranges: Mapping[str, set[Span]]) -> dict[str, Grade]:
    """List the grades; one with a single range is paid by it, one with several or none is known to exist."""
    senior = {row.grade for row in organogram.senior if row.grade}
    junior = {row.grade for row in organogram.junior if row.grade}
    grades = {}
    for name in sorted(senior | junior):
        paid = ranges.get(name, set())
        note = f"{len(paid)} ranges of pay: each post states its own" if len(paid) > 1 else None
        if name in senior and not paid:
            note = "what its posts are paid stands with each post, where it is published"
        grades[name] = Grade(name, salary=next(iter(paid)) if len(paid) == 1 else None, note=note)
    return grades


def _remarks(organogram: Organogram, ranges: Mapping[str, set[Span]]) -> Iterable[str]:
    vacant = sum(row.vacant for row in organogram.senior)
    eliminated = sum(row.eliminated for row in organogram.senior)
    if vacant:
        yield f"{vacant} senior {'post is' if vacant == 1 else 'posts are'} vacant."
    if eliminated:
        word = "post is" if eliminated == 1 else "posts are"
        yield f"{eliminated} senior {word} eliminated, and outside the totals."
    without = sum(row.reference == NOT_IN_POST for row in organogram.senior)
    if without:
        yield f"{without} {'person is' if without == 1 else 'people are'} paid and in no post, outside the totals."
    several = sorted(name for name, paid in ranges.items() if len(paid) > 1)
    if several:
        yield f"Several ranges of pay for {', '.join(several)}: each post states its own."
    if organogram.senior and not organogram.junior:
        yield "There are no junior posts: name the junior file as well, if there is one."
    if organogram.junior and not organogram.senior:
        yield "There are no senior posts: name the senior file as well, if there is one."
