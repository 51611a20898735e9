"""Rows of an HR extract, one a person or one a post, gathered into the posts of a structure.

Rows with one post number are one post. Posts with the same title, team, grade and terms are one line. A figure
that one row states and another does not keeps the two apart, so that a total never takes an unknown for nil.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.extract_rows import quantity, rows_of, without_loops
from restructure_cli.analysis.naming import named, slug
from restructure_cli.analysis.snapshots import Identity
from restructure_cli.files.extracts import rules
from restructure_cli.model.extracts import HrExtract, HrRow, Rows
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import ZERO, Quantity
from restructure_cli.model.structures import PERMANENT, Post, Team

_ONE = Decimal(1)


class Kept(NamedTuple):
    """Ids that a file of an earlier import has already: of posts by number, of posts by title, team and grade."""

    by_number: Mapping[str, str] = {}
    by_key: Mapping[tuple[str, str, tuple[str, ...]], str] = {}
    teams: Mapping[tuple[str, ...], str] = {}
    by_identity: Mapping[Identity, tuple[str, ...]] = {}
    """Ids of lines by title, team, grade and the post above; of several those paid less first."""
    own: frozenset[str] = frozenset()
    """Ids of posts that people added themselves: nothing else may have them."""


class Made(NamedTuple):
    """What came of the rows: teams, posts, findings, and what could not be carried over."""

    teams: dict[str, Team]
    posts: dict[str, Post]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


class _Unit(NamedTuple):
    """The rows of one post number; a row without one is a unit of its own."""

    rows: tuple[HrRow, ...]
    fte: Decimal | None
    filled: Decimal | None
    positions: Decimal | None
    people: Decimal | None
    hours: Decimal | None = None
    """A week, where they stand in for FTE: those of all its rows."""

    @property
    def first(self) -> HrRow:
        return self.rows[0]


class _Key(NamedTuple):
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
    states: tuple[bool, ...]
    """Which figures are stated: FTE, filled, agency."""
    manager: str = ""
    hours: Decimal | None = None
    """A week, where no FTE is stated: posts of different hours are different lines, so that none is lost."""


def posts_of(extract: HrExtract, kept: Kept) -> Made:
    """Gather the rows of an HR extract into posts."""
    teams = _teams(extract.rows, kept)
    found: list[Finding] = []
    units = _units(extract, found)
    lines = _lines(units)
    lines = _by_manager(lines, found)
    ids = _ids(lines, teams, kept)
    files = len({row.place.path for row in extract.rows}) > 1
    notes: list[str] = []
    managers = _managers(lines, ids, found)
    posts = {
        ids[key]: _post(ids[key], key, members, teams, managers.get(ids[key]), files, extract.kind)
        for key, members in lines.items()
    }
    notes += _not_carried(lines)
    return Made(dict(_team_entries(teams)), posts, tuple(found), tuple(notes))


def _teams(rows: Iterable[HrRow], kept: Kept) -> dict[tuple[str, ...], tuple[str, str]]:
    """Give each team an id, by its path of plain titles; returns id and title."""
    titles: dict[tuple[str, ...], str] = {}
    for row in rows:
        for depth in range(1, len(row.teams) + 1):
            titles.setdefault(tuple(slug(title) for title in row.teams[:depth]), row.teams[depth - 1])
    taken = {path: id_ for path, id_ in kept.teams.items() if path in titles}
    ids = team_ids(titles, taken)
    return {path: (ids[path], title) for path, title in titles.items()}


def team_ids(paths: Iterable[tuple[str, ...]], taken: Mapping[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Give each team, by the titles that lead to it, an id: its own title, with those above where others share it."""
    above = [lambda path, depth=depth: "-".join(path[:-1][-depth:]) for depth in (1, 2)]

    def name(path: tuple[str, ...], told: frozenset[int]) -> str:
        return "-".join(path[-2 - max(told) :]) if told else path[-1]

    return named(paths, above, name, taken)


def _team_entries(teams: Mapping[tuple[str, ...], tuple[str, str]]) -> Iterable[tuple[str, Team]]:
    for path, (id_, title) in sorted(teams.items()):
        within = teams[path[:-1]][0] if len(path) > 1 else None
        yield id_, Team(id_, title, within)


def _units(extract: HrExtract, found: list[Finding]) -> list[_Unit]:
    """Join the rows of each post number; a number whose rows are not alike stands for several posts."""
    joined: dict[tuple[object, ...], list[HrRow]] = {}
    first_of: dict[str, tuple[object, ...]] = {}
    for row in extract.rows:
        alike = (row.title.casefold(), tuple(map(slug, row.teams)), row.grade)
        key: tuple[object, ...] = (row.number, *alike) if row.number else (id(row),)
        joined.setdefault(key, []).append(row)
        if row.number and first_of.setdefault(row.number, key) != key and len(joined[key]) == 1:
            other = joined[first_of[row.number]][0]
            message = f"post number {row.number} is {row.title} here and {other.title} elsewhere"
            if row.title == other.title:
                message = f"post number {row.number} stands in several teams or grades"
            hint = "both are kept as posts of their own: mend the number, or the row"
            found.append(Finding(rules.NUMBER, message, row.place, hint, (other.place,)))
    return [_unit(tuple(rows), extract, found) for rows in joined.values()]


def _unit(rows: tuple[HrRow, ...], extract: HrExtract, found: list[Finding]) -> _Unit:
    filled = _sum(row.filled for row in rows)
    fte = _fte_of_post(rows, found) if extract.fte_of_post else _sum(row.fte for row in rows)
    if extract.fte_may_be_of_post and _may_be_repeated(rows, fte, found):
        fte = filled = None
    if extract.fte_of_post and fte is not None and filled is not None and filled > fte and len(rows) > 1:
        found.append(_over_filled(rows, fte, filled))
    positions = _sum(row.positions for row in rows)
    hours = None
    if fte is None and not any(row.fte is not None for row in rows):
        hours = _same(row.hours for row in rows) if extract.hours_of_post and rows[0].number else None
        hours = _sum(row.hours for row in rows) if hours is None else hours
    at_most_one = (fte is not None and fte <= _ONE) or hours is not None
    if positions is None and not any(row.positions is not None for row in rows) and at_most_one:
        positions = _ONE if rows[0].number or (extract.kind is Rows.POST and len(rows) == 1) else None
    people = _sum(row.people for row in rows)
    if people is None and extract.kind is Rows.OCCUPANCY and all(row.occupied is not None for row in rows):
        holders = [row.holder or f"row {row.line}" for row in rows if row.occupied]
        people = Decimal(len(set(holders)))
    return _Unit(rows, fte, filled, positions, people, hours)


def _fte_of_post(rows: tuple[HrRow, ...], found: list[Finding]) -> Decimal | None:
    """Return a post's FTE where each of its rows repeats it; rows that differ leave it unknown."""
    if rows[0].number is None:
        return _sum(row.fte for row in rows)
    stated = {row.fte for row in rows if row.fte is not None}
    if len(stated) > 1:
        first = rows[0]
        told = " and ".join(f"{fte:f}" for fte in sorted(stated))
        message = f"post {first.number}: its rows give different FTE for it, {told}"
        others = tuple(row.place for row in rows[1:])
        hint = "its FTE stays unknown: give the post's own FTE on each of its rows"
        found.append(Finding(rules.NUMBER, message, first.place, hint, others))
        return None
    return stated.pop() if stated else None


def _may_be_repeated(rows: tuple[HrRow, ...], fte: Decimal | None, found: list[Finding]) -> bool:
    """Find a post whose rows all have one figure that is the post's by its header: its own once, or a share each."""
    first = rows[0]
    if first.number is None or len(rows) == 1 or fte is None or fte <= _ONE or len({row.fte for row in rows}) > 1:
        return False
    message = f"post {first.number}: each of its {len(rows)} rows has {first.fte:,f} FTE, the post's or its own"
    hint = (
        "its FTE stays unknown: head the column FTE where each row has its own, or add one of the holders' FTE, "
        "such as Contracted FTE"
    )
    found.append(Finding(rules.NUMBER, message, first.place, hint, tuple(row.place for row in rows[1:])))
    return True


def _over_filled(rows: tuple[HrRow, ...], fte: Decimal, filled: Decimal) -> Finding:
    """Find a post that more people are in than it has FTE; in a line of several posts it would hide a vacancy."""
    first = rows[0]
    told = f"post {first.number}" if first.number else first.title
    message = f"{told}: {filled:,f} FTE in post, and it has {fte:,f}"
    hint = "counted as it stands, and so it hides a vacancy of its line: leave out who only covers for somebody away"
    return Finding(rules.OVER_FILLED, message, first.place, hint, tuple(row.place for row in rows[1:]))


def _sum(figures: Iterable[Decimal | None]) -> Decimal | None:
    """Add figures up; None where any is unknown."""
    total = ZERO
    for figure in figures:
        if figure is None:
            return None
        total += figure
    return total


_Lines = dict[_Key, list[_Unit]]


def _lines(units: list[_Unit]) -> _Lines:
    lines: _Lines = {}
    for unit in units:
        for part in _stated_apart(unit):
            lines.setdefault(_key(part), []).append(part)
    return lines


def _stated_apart(unit: _Unit) -> list[_Unit]:
    """Take a unit apart by which of its rows state their FTE, so that what is known of it is not lost."""
    if unit.fte is not None or len(unit.rows) == 1 or len({row.fte is None for row in unit.rows}) == 1:
        return [unit]
    if len({row.fte for row in unit.rows if row.fte is not None}) > 1 and unit.first.number is not None:
        return [unit]
    parts = []
    for known in (True, False):
        rows = tuple(row for row in unit.rows if (row.fte is not None) is known)
        parts.append(_Unit(rows, _sum(row.fte for row in rows), _sum(row.filled for row in rows), None, None))
    return parts


def _key(unit: _Unit) -> _Key:
    row = unit.first
    states = (unit.fte is not None, unit.filled is not None, any(each.agency is not None for each in unit.rows))
    teams = tuple(slug(title) for title in row.teams)
    tenure = row.tenure if row.tenure not in (None, PERMANENT) else ""
    return _Key(
        row.title.casefold(), teams, row.grade, tenure or "", row.code or "", row.fund or "", row.weeks, row.starts,
        row.ends, states, hours=unit.hours,
    )  # fmt: skip


def _by_manager(lines: _Lines, found: list[Finding]) -> _Lines:
    """Take lines apart by the line that their posts report to."""
    of_number = {row.number: key for key, units in lines.items() for unit in units for row in unit.rows if row.number}
    apart: _Lines = {}
    told: set[str] = set()
    for key, units in lines.items():
        for unit in units:
            above = next((row.reports_to for row in unit.rows if row.reports_to), None)
            if above and above == unit.first.number:
                hint = "who it reports to is left out: mend the number"
                message = f"{unit.first.title}: post {above} reports to itself"
                found.append(Finding(rules.LOOP, message, unit.first.place, hint))
                above = None
            manager = of_number.get(above) if above else None
            if above and manager is None and above not in told:
                told.add(above)
                message = f"{unit.first.title} reports to post {above}, which the extract does not have"
                hint = "who it reports to is left out: add the post, or mend the number"
                found.append(Finding(rules.ORPHAN, message, unit.first.place, hint))
            word = "" if manager is None else "\n".join((manager.title, *manager.teams, *manager.grade))
            apart.setdefault(key._replace(manager=word), []).append(unit)
    return apart


def _ids(lines: _Lines, teams: Mapping[tuple[str, ...], tuple[str, str]], kept: Kept) -> dict[_Key, str]:
    """Give each line the id it had before, else one of its title, and of its team, grade and terms where needed."""
    taken: dict[_Key, str] = {}
    used: set[str] = set()
    for key, units in lines.items():
        numbers = [row.number for unit in units for row in unit.rows if row.number]
        before = next((kept.by_number[number] for number in numbers if number in kept.by_number), None)
        if before is None:
            team = teams[key.teams][0] if key.teams else ""
            before = kept.by_key.get((key.title, team, key.grade))
        if before is not None and before not in used:
            taken[key] = before
            used.add(before)

    def team_of(key: _Key) -> str:
        return teams[key.teams][0] if key.teams else ""

    tells: list[Callable[[_Key], str]] = [
        team_of, lambda key: "-".join(map(slug, key.grade)), lambda key: key.tenure, lambda key: key.code,
        lambda key: key.fund, lambda key: str(key.ends or ""), lambda key: str(key.starts or ""),
        lambda key: str(key.weeks or ""), lambda key: "" if key.states[0] else "fte-unknown",
        lambda key: "" if key.states[1] else "occupancy-unknown",
        lambda key: "agency" if key.states[2] else "",
        lambda key: f"under {key.manager.splitlines()[0]}" if key.manager else "",
        lambda key: f"{key.hours:f} hours" if key.hours is not None else "",
    ]  # fmt: skip

    def name(key: _Key, told: frozenset[int]) -> str:
        parts = [tells[0](key) if 0 in told else "", key.title]
        parts += [tells[number](key) for number in sorted(told - {0})]
        return "-".join(slug(part) for part in parts if part)

    return named(lines, tells, name, taken, kept.own)


def _managers(lines: _Lines, ids: Mapping[_Key, str], found: list[Finding]) -> dict[str, str]:
    """Return the line that each line reports to, circles left out."""
    of_number = {
        row.number: ids[key] for key, units in lines.items() for unit in units for row in unit.rows if row.number
    }
    above: dict[str, str] = {}
    places: dict[str, Place] = {}
    for key, units in lines.items():
        numbers = {row.reports_to for unit in units for row in unit.rows if row.reports_to in of_number}
        managers = {of_number[number] for number in numbers if number}
        places[ids[key]] = units[0].first.place
        if len(managers) == 1:
            above[ids[key]] = managers.pop()
    kept, loops = without_loops(above, places)
    found += loops
    return kept


def _post(
    id_: str, key: _Key, units: list[_Unit], teams: Mapping[tuple[str, ...], tuple[str, str]],
    manager: str | None, several_files: bool, kind: Rows,
) -> Post:  # fmt: skip
    rows = [row for unit in units for row in unit.rows]
    first = rows[0]
    numbers = tuple(dict.fromkeys(row.number for row in rows if row.number))
    fte = _sum(unit.fte for unit in units)
    return Post(
        id=id_,
        title=first.title,
        team=teams[key.teams][0] if key.teams else None,
        grade=key.grade,
        tenure=first.tenure if first.tenure != PERMANENT else None,
        reports_to=manager,
        numbers=numbers,
        code=first.code,
        fte=quantity(fte),
        positions=quantity(_sum(unit.positions for unit in units)),
        hours=quantity(key.hours if key.hours is not None else _same(row.hours for row in rows)),
        weeks=_weeks(first.weeks),
        scp=quantity(_same(row.scp for row in rows)),
        filled=quantity(_sum(unit.filled for unit in units)),
        people=quantity(_sum(unit.people for unit in units)),
        agency=quantity(_sum(row.agency for row in rows if row.agency is not None)) if key.states[2] else None,
        starts=first.starts,
        ends=first.ends,
        funding={slug(key.fund): funded} if key.fund and (funded := quantity(fte)) is not None else {},
        at=rows_of((row.place for row in rows), several_files),
        note=_note(rows),
    )


def _same(figures: Iterable[Decimal | None]) -> Decimal | None:
    """Return the figure that all rows state; None where they differ, or any is silent."""
    found = set(figures)
    return found.pop() if len(found) == 1 else None


def _weeks(weeks: Decimal | str | None) -> Quantity | str | None:
    return quantity(weeks) if isinstance(weeks, Decimal) else weeks


def _note(rows: list[HrRow]) -> str | None:
    """Write what was asked for by name: each column's texts, each once."""
    texts: dict[str, dict[str, None]] = {}
    for row in rows:
        for header, words in row.kept:
            texts.setdefault(header, {})[words] = None
    return "; ".join(f"{header}: {', '.join(words)}" for header, words in texts.items()) or None


def _not_carried(lines: _Lines) -> list[str]:
    """Say which figures differ within a line, where a line has room for one; and what hours without FTE need."""
    told = []
    if any(key.hours is not None for key in lines):
        told.append("Posts with hours and no FTE: state the full-time week as hours_per_week, and their FTE follow.")
    for field, words in (("scp", "spinal column point"), ("hours", "weekly hours")):
        differing = 0
        for units in lines.values():
            stated = {getattr(row, field) for unit in units for row in unit.rows}
            differing += len(stated) > 1
        if differing:
            lines_word = "1 line, whose posts differ" if differing == 1 else f"{differing} lines whose posts differ"
            told.append(f"No {words} for {lines_word} in it.")
    return told
