"""Rows of an HR extract, one a person or one a post, gathered into the posts of a structure.

Rows with one post number are one post. Posts with the same title, team, grade and terms are one line. A figure
that one row states and another does not keeps the two apart, so that a total never takes an unknown for nil.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.extract_rows import note_of, quantity, rows_of, without_loops
from restructure_cli.analysis.imported_ids import EarlierIds, team_ids
from restructure_cli.analysis.naming import named, slug
from restructure_cli.analysis.numbered_rows import NumberedRows, apart_by_stated_fte, numbered_rows, same
from restructure_cli.files.extracts import rules
from restructure_cli.model.extracts import HrExtract, HrRow
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import Quantity, sum_if_all_known
from restructure_cli.model.structures import PERMANENT, Post, Team


class Gathered(NamedTuple):
    """What the rows of an extract become; `notes` say what could not be carried over."""

    teams: dict[str, Team]
    posts: dict[str, Post]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


class _States(NamedTuple):
    """Which figures posts state."""

    fte: bool
    filled: bool
    agency: bool


class _Line(NamedTuple):
    """What posts of one line share."""

    title: str
    teams: tuple[str, ...]
    grade: tuple[str, ...]
    tenure: str
    code: str
    fund: str
    weeks: Decimal | str | None
    starts: Moment | None
    ends: Moment | None
    states: _States
    manager: str = ""
    """The line that its posts report to, by what those posts share."""
    hours: Decimal | None = None
    """A week, where no FTE is stated: posts of different hours are different lines, so that none is lost."""


def posts_of(extract: HrExtract, earlier: EarlierIds) -> Gathered:
    """Gather the rows of an HR extract into posts."""
    teams = _teams(extract.rows, earlier)
    findings: list[Finding] = []
    lines = _by_manager(_lines(numbered_rows(extract, findings)), findings)
    ids = _ids(lines, teams, earlier)
    several_files = len({row.place.path for row in extract.rows}) > 1
    managers = _managers(lines, ids, findings)
    posts = {
        ids[line]: _post(ids[line], line, members, teams, managers.get(ids[line]), several_files)
        for line, members in lines.items()
    }
    return Gathered(dict(_team_entries(teams)), posts, tuple(findings), tuple(_not_carried(lines)))


def _teams(rows: Iterable[HrRow], earlier: EarlierIds) -> dict[tuple[str, ...], tuple[str, str]]:
    """Give each team an id, by its path of plain titles; returns id and title."""
    titles: dict[tuple[str, ...], str] = {}
    for row in rows:
        for depth in range(1, len(row.teams) + 1):
            titles.setdefault(tuple(slug(title) for title in row.teams[:depth]), row.teams[depth - 1])
    taken = {path: id_ for path, id_ in earlier.teams.items() if path in titles}
    ids = team_ids(titles, taken)
    return {path: (ids[path], title) for path, title in titles.items()}


def _team_entries(teams: Mapping[tuple[str, ...], tuple[str, str]]) -> Iterable[tuple[str, Team]]:
    for path, (id_, title) in sorted(teams.items()):
        within = teams[path[:-1]][0] if len(path) > 1 else None
        yield id_, Team(id_, title, within)


_Lines = dict[_Line, list[NumberedRows]]


def _lines(members: list[NumberedRows]) -> _Lines:
    lines: _Lines = {}
    for numbered in members:
        for part in apart_by_stated_fte(numbered):
            lines.setdefault(_line_of(part), []).append(part)
    return lines


def _line_of(numbered: NumberedRows) -> _Line:
    row = numbered.first
    agency = any(row.agency is not None for row in numbered.rows)
    states = _States(numbered.fte is not None, numbered.filled is not None, agency)
    teams = tuple(slug(title) for title in row.teams)
    tenure = row.tenure if row.tenure not in (None, PERMANENT) else ""
    return _Line(
        row.title.casefold(), teams, row.grade, tenure or "", row.code or "", row.fund or "", row.weeks, row.starts,
        row.ends, states, hours=numbered.hours,
    )  # fmt: skip


def _by_manager(lines: _Lines, findings: list[Finding]) -> _Lines:
    """Take lines apart by the line that their posts report to."""
    of_number = {
        row.number: line
        for line, members in lines.items()
        for numbered in members
        for row in numbered.rows
        if row.number
    }
    apart: _Lines = {}
    reported: set[str] = set()
    for line, members in lines.items():
        for numbered in members:
            above = next((row.reports_to for row in numbered.rows if row.reports_to), None)
            if above and above == numbered.first.number:
                hint = "who it reports to is left out: mend the number"
                message = f"{numbered.first.title}: post {above} reports to itself"
                findings.append(Finding(rules.LOOP, message, numbered.first.place, hint))
                above = None
            manager = of_number.get(above) if above else None
            if above and manager is None and above not in reported:
                reported.add(above)
                message = f"{numbered.first.title} reports to post {above}, which the extract does not have"
                hint = "who it reports to is left out: add the post, or mend the number"
                findings.append(Finding(rules.ORPHAN, message, numbered.first.place, hint))
            named_by = "" if manager is None else "\n".join((manager.title, *manager.teams, *manager.grade))
            apart.setdefault(line._replace(manager=named_by), []).append(numbered)
    return apart


def _ids(lines: _Lines, teams: Mapping[tuple[str, ...], tuple[str, str]], earlier: EarlierIds) -> dict[_Line, str]:
    """Give each line the id it had before, else one of its title, and of its team, grade and terms where needed."""
    taken: dict[_Line, str] = {}
    used: set[str] = set()
    for line, members in lines.items():
        numbers = [row.number for numbered in members for row in numbered.rows if row.number]
        before = next((earlier.by_number[number] for number in numbers if number in earlier.by_number), None)
        if before is None:
            team = teams[line.teams][0] if line.teams else ""
            before = earlier.by_key.get((line.title, team, line.grade))
        if before is not None and before not in used:
            taken[line] = before
            used.add(before)

    def team_of(line: _Line) -> str:
        return teams[line.teams][0] if line.teams else ""

    tells: list[Callable[[_Line], str]] = [
        team_of, lambda line: "-".join(map(slug, line.grade)), lambda line: line.tenure, lambda line: line.code,
        lambda line: line.fund, lambda line: str(line.ends or ""), lambda line: str(line.starts or ""),
        lambda line: str(line.weeks or ""), lambda line: "" if line.states.fte else "fte-unknown",
        lambda line: "" if line.states.filled else "occupancy-unknown",
        lambda line: "agency" if line.states.agency else "",
        lambda line: f"under {line.manager.splitlines()[0]}" if line.manager else "",
        lambda line: f"{line.hours:f} hours" if line.hours is not None else "",
    ]  # fmt: skip

    def name(line: _Line, told: frozenset[int]) -> str:
        parts = [tells[0](line) if 0 in told else "", line.title]
        parts += [tells[number](line) for number in sorted(told - {0})]
        return "-".join(slug(part) for part in parts if part)

    return named(lines, tells, name, taken, earlier.own)


def _managers(lines: _Lines, ids: Mapping[_Line, str], findings: list[Finding]) -> dict[str, str]:
    """Return the line that each line reports to, circles left out."""
    of_number = {
        row.number: ids[line]
        for line, members in lines.items()
        for numbered in members
        for row in numbered.rows
        if row.number
    }
    above: dict[str, str] = {}
    places: dict[str, Place] = {}
    for line, members in lines.items():
        numbers = {row.reports_to for numbered in members for row in numbered.rows if row.reports_to in of_number}
        managers = {of_number[number] for number in numbers if number}
        places[ids[line]] = members[0].first.place
        if len(managers) == 1:
            above[ids[line]] = managers.pop()
    without_circles, loops = without_loops(above, places)
    findings += loops
    return without_circles


def _post(
    id_: str, line: _Line, members: list[NumberedRows], teams: Mapping[tuple[str, ...], tuple[str, str]],
    manager: str | None, several_files: bool,
) -> Post:  # fmt: skip
    rows = [row for numbered in members for row in numbered.rows]
    first = rows[0]
    numbers = tuple(dict.fromkeys(row.number for row in rows if row.number))
    fte = sum_if_all_known(numbered.fte for numbered in members)
    agency = sum_if_all_known(row.agency for row in rows if row.agency is not None)
    return Post(
        id=id_,
        title=first.title,
        team=teams[line.teams][0] if line.teams else None,
        grade=line.grade,
        tenure=first.tenure if first.tenure != PERMANENT else None,
        reports_to=manager,
        numbers=numbers,
        code=first.code,
        fte=quantity(fte),
        positions=quantity(sum_if_all_known(numbered.positions for numbered in members)),
        hours=quantity(line.hours if line.hours is not None else same(row.hours for row in rows)),
        weeks=_weeks(first.weeks),
        scp=quantity(same(row.scp for row in rows)),
        filled=quantity(sum_if_all_known(numbered.filled for numbered in members)),
        people=quantity(sum_if_all_known(numbered.people for numbered in members)),
        agency=quantity(agency if line.states.agency else None),
        starts=first.starts,
        ends=first.ends,
        funding={slug(line.fund): funded} if line.fund and (funded := quantity(fte)) is not None else {},
        at=rows_of((row.place for row in rows), several_files),
        note=note_of(row.kept for row in rows),
    )


def _weeks(weeks: Decimal | str | None) -> Quantity | str | None:
    return quantity(weeks) if isinstance(weeks, Decimal) else weeks


def _not_carried(lines: _Lines) -> list[str]:
    """Say which figures differ within a line, where a line has room for one; and what hours without FTE need."""
    notes = []
    if any(line.hours is not None for line in lines):
        notes.append("Posts with hours and no FTE: state the full-time week as hours_per_week, and their FTE follow.")
    for field, words in (("scp", "spinal column point"), ("hours", "weekly hours")):
        differing = 0
        for members in lines.values():
            stated = {getattr(row, field) for numbered in members for row in numbered.rows}
            differing += len(stated) > 1
        if differing:
            lines_word = "1 line, whose posts differ" if differing == 1 else f"{differing} lines whose posts differ"
            notes.append(f"No {words} for {lines_word} in it.")
    return notes
