"""A UK government organogram as a structure: senior and junior posts, units as teams, grades with their pay.

A senior post keeps its published reference as its id, so that two snapshots can be compared; a junior line is
named by the reference it reports to, its grade and its title. Eliminated posts stand outside the totals. What
juniors are paid is their grade's; what seniors are paid is each post's own, as their grades have no one range.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.extract_rows import quantity, rows_of, without_loops
from restructure_cli.analysis.naming import named, slug
from restructure_cli.analysis.occupancies import Kept, team_ids
from restructure_cli.analysis.snapshots import Identity
from restructure_cli.files.extracts import rules
from restructure_cli.model.extracts import JuniorPosts, Organogram, SeniorPost
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.grades import Grade, Span
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.structures import Post, Team

NOT_IN_POST = "0"
"""The reference of people who are paid and are in no post, such as on gardening leave: one for all of them."""


_FEW = 5
"""So many spellings are told."""


class Drawn(NamedTuple):
    """What came of an organogram."""

    teams: dict[str, Team]
    posts: dict[str, Post]
    grades: dict[str, Grade]
    senior: Mapping[str, tuple[SeniorPost, ...]]
    """The rows of each senior post: several where it is shared."""
    reports: Mapping[str, str]
    """What each post reports to, as the organogram says, circles left out."""
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


class _Line(NamedTuple):
    """What junior posts of one line share."""

    reports_to: str
    grade: str
    title: str
    unit: tuple[str, ...]
    pay: Span | None
    states: bool


def draw(organogram: Organogram, kept: Kept) -> Drawn:
    """Make a structure of an organogram; lines that an earlier import named keep their ids."""
    found: list[Finding] = []
    several_files = len({post.place.path for post in organogram.rows}) > 1
    paths = _Paths(organogram)
    teams = _teams(paths, organogram, kept)
    senior = _senior_posts(organogram.senior, kept, found)
    references = _References(senior)
    found += _tops(organogram.senior)
    ranges = _ranges(organogram)
    junior = _junior_lines(organogram.junior, paths, references, found)
    posts: dict[str, Post] = {}
    above: dict[str, str] = {}
    places: dict[str, Place] = {}
    for id_, rows in senior.items():
        posts[id_] = _senior_post(id_, rows, teams.get(paths.of(rows[0])), several_files)
        places[id_] = rows[0].place
        manager = _above(rows[0], references, found)
        if manager is not None:
            above[id_] = manager
    taken = _named_before(junior, references, kept, posts)
    names = _junior_ids(junior, posts, taken, kept.own)
    for line, members in junior.items():
        id_ = names[line]
        own_pay = line.pay if len(ranges.get(line.grade, ())) > 1 else None
        posts[id_] = _junior_post(id_, members, teams.get(line.unit), own_pay, several_files)
        places[id_] = members[0].place
        if line.reports_to in references.ids:
            above[id_] = references.ids[line.reports_to]
    reports, loops = without_loops(above, places)
    posts = {id_: post._replace(reports_to=reports.get(id_)) for id_, post in posts.items()}
    notes = (*_remarks(organogram, ranges), *_spelled(references))
    return Drawn(
        _team_entries(teams, paths), posts, _grades(organogram, ranges), senior, reports, (*found, *loops), notes
    )


class _Paths:
    """The teams that rows stand in: organisation (where there are several) and unit, as plain titles."""

    def __init__(self, organogram: Organogram) -> None:
        self.organisations = dict.fromkeys(slug(post.organisation) for post in organogram.rows if post.organisation)
        self.titles: dict[tuple[str, ...], str] = {}

    def of(self, post: SeniorPost | JuniorPosts) -> tuple[str, ...]:
        """Return the path of a row's team, and remember the title it goes by."""
        named_: list[str] = []
        if post.organisation and len(self.organisations) > 1:
            named_.append(post.organisation)
        if post.unit and (not named_ or slug(post.unit) != slug(named_[0])):
            named_.append(post.unit)
        path: tuple[str, ...] = ()
        for title in named_:
            path = (*path, slug(title))
            self.titles.setdefault(path, title)
        return path


def _teams(paths: _Paths, organogram: Organogram, kept: Kept) -> dict[tuple[str, ...], str]:
    for post in organogram.rows:
        paths.of(post)
    return team_ids(paths.titles, {path: id_ for path, id_ in kept.teams.items() if path in paths.titles})


def _team_entries(teams: Mapping[tuple[str, ...], str], paths: _Paths) -> dict[str, Team]:
    return {
        teams[path]: Team(teams[path], title, teams[path[:-1]] if len(path) > 1 else None)
        for path, title in sorted(paths.titles.items())
    }


def _senior_posts(rows: tuple[SeniorPost, ...], kept: Kept, found: list[Finding]) -> dict[str, tuple[SeniorPost, ...]]:
    """Gather senior rows by reference: alike, they share a job; otherwise they are lines of their own, and told.

    A job share whose rows are paid differently is a line each as well, so that each keeps its pay. The order of the
    rows plays no part in their ids; of several lines the first is the one that others report to.
    """
    of_reference: dict[str, dict[object, list[SeniorPost]]] = {}
    for row in rows:
        if not row.reference:
            message = f"{row.title} has no reference"
            found.append(Finding(rules.NO_REFERENCE, message, row.place, "give it one that it keeps"))
        by_itself = row.reference in ("", NOT_IN_POST)
        lines = of_reference.setdefault(row.reference, {})
        lines.setdefault(row.place if by_itself else _about(row), []).append(row)
    members: dict[SeniorPost, tuple[SeniorPost, ...]] = {}
    taken: dict[SeniorPost, str] = {}
    stems = {id_ for id_ in kept.own if id_ not in kept.by_number.values()}
    for reference, lines in of_reference.items():
        ordered = sorted(lines.values(), key=_precedence) if reference not in ("", NOT_IN_POST) else [*lines.values()]
        members.update((line[0], tuple(line)) for line in ordered)
        if (stem := _stem(ordered[0][0])) not in stems:
            taken[ordered[0][0]] = stem
            stems.add(stem)
        if reference not in ("", NOT_IN_POST):
            found += _repeated(ordered)
    ids = named(members, _TELLS, _senior_name, taken, stems)
    return {ids[first]: shared for first, shared in members.items()}


def _about(row: SeniorPost) -> object:
    """Return what rows of one reference have in common where they share a job: all but the person and the FTE."""
    above = (row.reports_to, row.top)
    state = (row.vacant, row.eliminated, row.holder is None, row.fte is None)
    return (row.title, row.grade, row.organisation, row.unit, above, state, row.pay)


def _precedence(line: list[SeniorPost]) -> tuple[object, ...]:
    """Order the lines of one reference: what is there first, then by title and pay."""
    first = line[0]
    pay = (first.pay.low, first.pay.high) if first.pay is not None else (ZERO, ZERO)
    return (first.eliminated, first.vacant, first.title, tuple(-end for end in pay), first.unit or "")


def _stem(row: SeniorPost) -> str:
    return row.reference.replace(" ", "-") or slug(row.title)


_TELLS: tuple[Callable[[SeniorPost], str], ...] = (
    lambda row: slug(row.title) if row.reference else "",
    lambda row: f"{row.pay.low:f}-{row.pay.high:f}" if row.pay else "",
    lambda row: "eliminated" if row.eliminated else "vacant" if row.vacant else "",
    lambda row: slug(row.unit) if row.unit else "",
    lambda row: "" if row.fte is not None else "fte-unknown",
)
"""What lines of one reference may differ in."""


def _senior_name(row: SeniorPost, told: frozenset[int]) -> str:
    return "-".join([_stem(row), *(word for number in sorted(told) if (word := _TELLS[number](row)))])


def _repeated(lines: list[list[SeniorPost]]) -> Iterable[Finding]:
    """Tell what became of a reference that stands on several rows."""
    first = lines[0][0]
    for line in lines:
        for row in line[1:]:
            message = f"reference {row.reference} stands on several rows alike: read as a job share, its FTE added up"
            hint = "take one of the rows out if it is a repeat"
            yield Finding(rules.REPEAT, message, row.place, hint, (line[0].place,))
    for line in lines[1:]:
        row = line[0]
        message = f"reference {row.reference} is {row.title} here and {first.title} elsewhere"
        if row.title == first.title:
            why = "paid differently" if row.pay != first.pay else "not alike"
            message = f"reference {row.reference}, {row.title}, stands on several rows that are {why}"
        hint = "each is kept as a line of its own: mend the reference if it is not a job share"
        yield Finding(rules.NUMBER, message, row.place, hint, (first.place,))


class _References:
    """Which line a reference means: as it is written, else as it would be without capitals, spaces and leading noughts.

    A reference that only so is found is remembered, to be told.
    """

    def __init__(self, senior: Mapping[str, tuple[SeniorPost, ...]]) -> None:
        self.ids: dict[str, str] = {}
        self.eliminated: set[str] = set()
        for id_, rows in senior.items():
            if rows[0].reference and self.ids.setdefault(rows[0].reference, id_) == id_ and rows[0].eliminated:
                self.eliminated.add(id_)
        loose: dict[str, set[str]] = {}
        for reference in self.ids:
            loose.setdefault(_loosely(reference), set()).add(reference)
        self.loose = {key: found.pop() for key, found in loose.items() if len(found) == 1}
        self.read_as: dict[str, str] = {}

    def meant(self, written: str | None) -> str | None:
        """Return a reference as its own row has it; what no row has, as it is written."""
        if written is None or written in self.ids:
            return written
        other = self.loose.get(_loosely(written))
        if other is None:
            return written
        self.read_as[written] = other
        return other


def _loosely(reference: str) -> str:
    return re.sub(r"\s|\.0+$", "", reference.casefold()).lstrip("0")


def _tops(rows: tuple[SeniorPost, ...]) -> list[Finding]:
    """Find an organogram without a top, or with several: of each organisation, as several may share a file."""
    found = []
    tops: dict[str, list[SeniorPost]] = {}
    for row in rows:
        tops.setdefault(slug(row.organisation or ""), [])
        if row.top and not row.eliminated:
            tops[slug(row.organisation or "")].append(row)
    if rows and not any(tops.values()):
        message = "no post reports to XX, so none is at the top"
        found.append(Finding(rules.TOP, message, rows[0].place, "write XX where the most senior post reports to"))
    for several in tops.values():
        if len({row.reference for row in several}) > 1:
            message = f"{len(several)} posts of one organisation report to XX"
            hint = "one is the top; the others report to it"
            others = tuple(row.place for row in several[:1])
            found.append(Finding(rules.TOP, message, several[1].place, hint, others))
    return found


def _above(row: SeniorPost, references: _References, found: list[Finding]) -> str | None:
    if row.reports_to is None:
        if not row.top and not row.eliminated and row.reference != NOT_IN_POST:
            message = f"{row.title} ({row.reference}) does not say what it reports to"
            hint = "write the reference of the post above, or XX at the top"
            found.append(Finding(rules.ORPHAN, message, row.place, hint))
        return None
    above = references.ids.get(references.meant(row.reports_to) or "")
    if above is None:
        found.append(_orphan(row.title, row.reports_to, row.place, 1))
    elif above in references.eliminated and not row.eliminated:
        found.append(_left_behind(row.title, row.reports_to, row.place, 1))
    return above


def _orphan(title: str, above: str, place: Place, rows: int) -> Finding:
    who = f"{title} reports" if rows == 1 else f"{rows} rows, of which {title} is the first, report"
    if not above:
        hint = "write the reference of a senior post; until then the posts have no reporting line"
        return Finding(rules.ORPHAN, f"{who} to nobody: the cell is blank", place, hint)
    message = f"{who} to {above}, and no senior post has that reference"
    return Finding(rules.ORPHAN, message, place, "kept without a reporting line: mend the reference")


def _left_behind(title: str, above: str, place: Place, rows: int) -> Finding:
    who = f"{title} reports" if rows == 1 else f"{rows} rows, of which {title} is the first, report"
    message = f"{who} to {above}, and that post is eliminated"
    return Finding(rules.ORPHAN, message, place, "kept as it is: name the post they report to now")


def _junior_lines(
    rows: tuple[JuniorPosts, ...], paths: _Paths, references: _References, found: list[Finding]
) -> dict[_Line, list[JuniorPosts]]:
    lines: dict[_Line, list[JuniorPosts]] = {}
    of_above: dict[str, list[JuniorPosts]] = {}
    for row in rows:
        above = references.meant(row.reports_to) or ""
        of_above.setdefault(above, []).append(row)
        line = _Line(above, row.grade or "", row.title, paths.of(row), row.pay, row.fte is not None)
        lines.setdefault(line, []).append(row)
    for above, members in of_above.items():
        first, number = members[0], len(members)
        if above not in references.ids:
            found.append(_orphan(first.title, above, first.place, number))
        elif references.ids[above] in references.eliminated:
            found.append(_left_behind(first.title, above, first.place, number))
    return lines


def _named_before(
    lines: Iterable[_Line], references: _References, kept: Kept, posts: Mapping[str, Post]
) -> dict[_Line, str]:
    """Return the ids that junior lines have in the file that is there: as many alike, by their pay."""
    alike: dict[Identity, list[_Line]] = {}
    for line in lines:
        above = references.ids.get(line.reports_to, "")
        grade = tuple(one for one in (line.grade,) if one)
        identity: Identity = (line.title.casefold(), line.unit, grade, above)
        alike.setdefault(identity, []).append(line)
    taken: dict[_Line, str] = {}
    for same, members in alike.items():
        ids = [id_ for id_ in kept.by_identity.get(same, ()) if id_ not in posts]
        if len(ids) == len(members):
            members.sort(key=lambda line: (line.pay.low, line.pay.high) if line.pay else (ZERO, ZERO))
            taken.update(zip(members, ids, strict=True))
    return taken


def _junior_ids(
    lines: Mapping[_Line, list[JuniorPosts]],
    posts: Mapping[str, Post],
    before: Mapping[_Line, str],
    own: frozenset[str],
) -> dict[_Line, str]:
    """Name junior lines by what they report to, grade and title, then unit, then pay: never by their place."""
    tells: list[Callable[[_Line], str]] = [
        lambda line: line.unit[-1] if line.unit else "",
        lambda line: f"{line.pay.low:f}-{line.pay.high:f}" if line.pay else "",
        lambda line: "" if line.states else "fte-unknown",
        lambda line: "-".join(line.unit),
    ]

    def name(line: _Line, told: frozenset[int]) -> str:
        words = [slug(word) for word in (line.reports_to, line.grade, line.title) if word]
        return "-".join([*words, *(told_ for number in sorted(told) if (told_ := tells[number](line)))])

    ordered = sorted(lines, key=str)  # the order of the rows plays no part in their ids
    senior = {_Line("", "", id_, (), None, True): id_ for id_ in posts}
    return named(ordered, tells, name, {**senior, **before}, own)


def _senior_post(id_: str, rows: tuple[SeniorPost, ...], team: str | None, several_files: bool) -> Post:
    first = rows[0]
    fte = _total(row.fte for row in rows)
    filled = ZERO if first.vacant else fte if first.holder and not first.eliminated else None
    because = None
    if first.eliminated:
        because = "eliminated: reported last time, and no longer there"
    elif first.reference == NOT_IN_POST:
        because = "paid, and in no post, such as on long leave"
    return Post(
        id=id_,
        title=first.title,
        team=team,
        grade=(first.grade,) if first.grade else (),
        numbers=(first.reference,) if first.reference else (),
        fte=quantity(fte),
        filled=quantity(filled),
        people=quantity(Decimal(len(rows))) if len(rows) > 1 and not first.vacant else None,
        salary=first.pay,
        counted=because is None,
        because=because,
        at=rows_of((row.place for row in rows), several_files),
        note=_note(rows),
    )


def _junior_post(
    id_: str, rows: list[JuniorPosts], team: str | None, own_pay: Span | None, several_files: bool
) -> Post:
    first = rows[0]
    return Post(
        id=id_,
        title=first.title,
        team=team,
        grade=(first.grade,) if first.grade else (),
        fte=quantity(_total(row.fte for row in rows)),
        salary=own_pay if own_pay is not None or first.grade else first.pay,
        at=rows_of((row.place for row in rows), several_files),
        note=_note(rows),
    )


def _total(figures: Iterable[Decimal | None]) -> Decimal | None:
    total = ZERO
    for figure in figures:
        if figure is None:
            return None
        total += figure
    return total


def _note(rows: Iterable[SeniorPost | JuniorPosts]) -> str | None:
    texts: dict[str, dict[str, None]] = {}
    for row in rows:
        for header, words in row.kept:
            texts.setdefault(header, {})[words] = None
    return "; ".join(f"{header}: {', '.join(words)}" for header, words in texts.items()) or None


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
    found = {}
    for name in sorted(senior | junior):
        paid = ranges.get(name, set())
        note = f"{len(paid)} ranges of pay: each post states its own" if len(paid) > 1 else None
        if name in senior and not paid:
            note = "what its posts are paid stands with each post, where it is published"
        found[name] = Grade(name, salary=next(iter(paid)) if len(paid) == 1 else None, note=note)
    return found


def _spelled(references: _References) -> Iterable[str]:
    """Tell which references were found only after capitals, spaces and noughts were left aside."""
    if references.read_as:
        told = [f"{written} as {meant}" for written, meant in sorted(references.read_as.items())]
        more = f", and {len(told) - _FEW} more" if len(told) > _FEW else ""
        yield f"References spelled otherwise where posts report to them, and read so: {', '.join(told[:_FEW])}{more}."


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
