"""Junior rows of an organogram as posts: rows alike under one senior post are a line, named by what it is."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from restructure_cli.analysis.extract_rows import note_of, quantity, rows_of
from restructure_cli.analysis.imported_ids import EarlierIds
from restructure_cli.analysis.naming import named, slug
from restructure_cli.analysis.organogram_reporting import References, left_behind, orphan
from restructure_cli.analysis.organogram_teams import TeamPaths
from restructure_cli.analysis.snapshots import Identity
from restructure_cli.model.extracts import JuniorPosts
from restructure_cli.model.findings import Finding
from restructure_cli.model.grades import Span
from restructure_cli.model.quantities import ZERO, sum_if_all_known
from restructure_cli.model.structures import Post


class JuniorLine(NamedTuple):
    """What junior posts of one line share; `pay` is £ a year."""

    reports_to: str
    grade: str
    title: str
    unit: tuple[str, ...]
    pay: Span | None
    states_fte: bool


def junior_lines(
    rows: tuple[JuniorPosts, ...], paths: TeamPaths, references: References, findings: list[Finding]
) -> dict[JuniorLine, list[JuniorPosts]]:
    """Gather junior rows into lines; what is wrong with whom they report to goes to `findings`, a finding a manager."""
    lines: dict[JuniorLine, list[JuniorPosts]] = {}
    of_above: dict[str, list[JuniorPosts]] = {}
    for row in rows:
        above = references.meant(row.reports_to) or ""
        of_above.setdefault(above, []).append(row)
        line = JuniorLine(above, row.grade or "", row.title, paths.of(row), row.pay, row.fte is not None)
        lines.setdefault(line, []).append(row)
    for above, members in of_above.items():
        first, number = members[0], len(members)
        if above not in references.ids:
            findings.append(orphan(first.title, above, first.place, number))
        elif references.ids[above] in references.eliminated:
            findings.append(left_behind(first.title, above, first.place, number))
    return lines


def ids_given_before(
    lines: Iterable[JuniorLine], references: References, earlier: EarlierIds, posts: Mapping[str, Post]
) -> dict[JuniorLine, str]:
    """Return the ids that an earlier import gave these lines; several that are alike are matched by their pay."""
    alike: dict[Identity, list[JuniorLine]] = {}
    for line in lines:
        above = references.ids.get(line.reports_to, "")
        grade = (line.grade,) if line.grade else ()
        identity: Identity = (line.title.casefold(), line.unit, grade, above)
        alike.setdefault(identity, []).append(line)
    taken: dict[JuniorLine, str] = {}
    for same, members in alike.items():
        ids = [id_ for id_ in earlier.by_identity.get(same, ()) if id_ not in posts]
        if len(ids) == len(members):
            members.sort(key=lambda line: (line.pay.low, line.pay.high) if line.pay else (ZERO, ZERO))
            taken.update(zip(members, ids, strict=True))
    return taken


def junior_ids(
    lines: Mapping[JuniorLine, list[JuniorPosts]],
    posts: Mapping[str, Post],
    before: Mapping[JuniorLine, str],
    own: frozenset[str],
) -> dict[JuniorLine, str]:
    """Name junior lines by what they report to, grade and title, then unit, then pay: never by their order."""
    tells: list[Callable[[JuniorLine], str]] = [
        lambda line: line.unit[-1] if line.unit else "",
        lambda line: f"{line.pay.low:f}-{line.pay.high:f}" if line.pay else "",
        lambda line: "" if line.states_fte else "fte-unknown",
        lambda line: "-".join(line.unit),
    ]

    def name(line: JuniorLine, told: frozenset[int]) -> str:
        words = [slug(word) for word in (line.reports_to, line.grade, line.title) if word]
        return "-".join([*words, *(told_ for number in sorted(told) if (told_ := tells[number](line)))])

    ordered = sorted(lines, key=str)  # the order of the rows plays no part in their ids
    senior = {JuniorLine("", "", id_, (), None, True): id_ for id_ in posts}
    return named(ordered, tells, name, {**senior, **before}, own)


def junior_post(id_: str, rows: list[JuniorPosts], team: str | None, own_pay: Span | None, several_files: bool) -> Post:
    """Make a post of the rows of one line; `own_pay` is its range where its grade has several."""
    first = rows[0]
    return Post(
        id=id_,
        title=first.title,
        team=team,
        grade=(first.grade,) if first.grade else (),
        fte=quantity(sum_if_all_known(row.fte for row in rows)),
        salary=own_pay if own_pay is not None or first.grade else first.pay,
        at=rows_of((row.place for row in rows), several_files),
        note=note_of(row.kept for row in rows),
    )
