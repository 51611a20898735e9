"""EST: how a structure is built: spans and layers against a target, titles, teams without posts, open conditions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from restructure_cli.analysis import sides
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.checks.wording import named, number, together
from restructure_cli.model.findings import Finding, Rule, Severity
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.structures import Post, Team

_SHORTEST_WORD = 5
"""Letters of a word in which a slip is looked for; `East` and `West` are no slips of each other."""


def _reports(subject: Subject) -> dict[str, list[Post]]:
    """List who reports to each post; a detail is in what it details, and who joins later is not there yet."""
    reports: dict[str, list[Post]] = {}
    for post in subject.structure.posts.values():
        joining = post.joins is not None and subject.current is None
        if post.reports_to is not None and post.of_which is None and not joining:
            reports.setdefault(post.reports_to, []).append(post)
    return reports


def _people(post: Post) -> Decimal | None:
    """Return how many people a line is for: positions, or else FTE."""
    positions = known(post.positions)
    return positions if positions is not None else known(post.fte)


def _span(rule: Rule, subject: Subject) -> Iterator[Finding]:
    target = subject.settings.span
    if target is None:
        return
    least, most = target
    told = f"{least} to {most}" if least else f"{most} at most"
    for id_, reports in _reports(subject).items():
        lead = subject.structure.posts[id_]
        counts = [_people(post) for post in reports]
        staff, leads = sum((count for count in counts if count is not None), ZERO), _people(lead) or Decimal(1)
        too_few = staff < least * leads and None not in counts
        if staff > most * leads or too_few:
            message = f"{id_}: {number(staff)} report to {number(leads)}, and the target is {told}"
            wide = "narrower" if too_few else "wider"
            hint = f"the span is {wide} than the target: see whether the reporting lines are right"
            also = tuple(place(post, "reports_to") for post in reports)
            yield Finding(rule, message, place(lead), hint, also)


def _layers(rule: Rule, subject: Subject) -> Iterator[Finding]:
    most = subject.settings.layers
    if most is None:
        return
    posts = subject.structure.posts
    depths: dict[str, int] = {}
    for post in posts.values():
        line: list[str] = []
        here: str | None = post.id
        while here is not None and here not in depths:
            line.append(here)
            here = posts[here].reports_to
        depth = depths[here] if here is not None else 0
        for id_ in reversed(line):
            depth += 1
            depths[id_] = depth
    for id_, depth in depths.items():
        if depth == most + 1:
            line = [id_]
            while (above := posts[line[-1]].reports_to) is not None:
                line.append(above)
            message = f"{id_} is in layer {depth}, and the target is {most}: {' → '.join(line)}"
            yield Finding(rule, message, place(posts[id_], "reports_to"), "check the reporting line against the target")


def _titles(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find titles that are one but for capitals, blanks and marks, or for one letter of a longer word."""
    first: dict[str, Post] = {}
    for post in subject.structure.posts.values():
        first.setdefault(post.title, post)
    told: set[str] = set()
    for one, other in _alike(first):
        if other not in told:
            told.add(other)
            message = f'"{other}" and "{one}" are almost the same title'
            hint = "if they are one job, use one spelling; if they are different jobs, leave them and excuse this"
            yield Finding(rule, message, place(first[other], "title"), hint, (place(first[one], "title"),))


def _alike(titles: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give each title that nearly is an earlier one, after that one.

    Slips of a word are looked for only where another title is the same but for that word.
    """
    plain: dict[str, str] = {}
    slips: dict[tuple[str, tuple[str, ...]], str] = {}
    read = {title: _read(title) for title in titles}
    company = Counter(rest for one in read.values() for _, rest in one.but_for_one)
    for title, one in read.items():
        before = plain.setdefault("".join(one.words), title)
        if before is not title:
            yield before, title
            continue
        for kind, key in _slips(one.words, [place_ for place_, rest in one.but_for_one if company[rest] > 1]):
            before = slips.get((_MEETS[kind], key), title)
            slips.setdefault((kind, key), title)
            if before is not title:
                yield before, title
                break


class _Title(NamedTuple):
    """The words of a title, and the places of those that may be slips with what the title is but for each."""

    words: tuple[str, ...]
    but_for_one: tuple[tuple[int, tuple[str, ...]], ...]


@lru_cache(maxsize=4096)
def _read(title: str) -> _Title:
    """Read a title; it is kept, because both sides of a change have most titles."""
    words = tuple(re.findall(r"[^\W_]+", title.casefold().replace("&", " and ")))
    places = [place_ for place_, word in enumerate(words) if len(word) >= _SHORTEST_WORD - 1 and word.isalpha()]
    return _Title(words, tuple((place_, (*words[:place_], "·", *words[place_ + 1 :])) for place_ in places))


_MEETS = {"any": "any", "whole": "cut", "cut": "whole"}
"""A word without its last letter is a slip of the whole word, and of no other so cut: a trainer is no trainee."""


def _slips(words: tuple[str, ...], places: list[int]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what a title has in common with those that differ from it by one letter of one of its longer words.

    A wrong letter is found by the word with a gap in its place, and a letter too many by the word without it. Neither
    the first letter nor the last may be a different one.
    """
    if places and any(len(word) >= _SHORTEST_WORD and word.isalpha() for word in words):
        yield "whole", words
    for place_ in places:
        before, word, after = words[:place_], words[place_], words[place_ + 1 :]
        if len(word) >= _SHORTEST_WORD:
            yield "any", (*before, f"-{word}", *after)
            yield "cut", (*before, word[:-1], *after)
            for letter in range(1, len(word) - 1):
                yield "any", (*before, f"-{word[:letter]}{word[letter + 1 :]}", *after)
                yield "any", (*before, f"{word[:letter]}·{word[letter + 1 :]}", *after)


def _empty_teams(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find teams of which a structure says nothing: no post, cost, total or number of teams, no source and no note."""
    structure = subject.structure
    used = {post.team for post in structure.posts.values()} | {cost.team for cost in structure.costs.values()}
    used |= {above for team in structure.teams.values() for above in (team.within, team.counted_within)}
    for team in structure.teams.values():
        says = team.control or team.teams or team.at or team.note or team.lead
        if team.id not in used and not says:
            message = f"{team.id} has no post, cost or total, and nothing says where it stands"
            yield Finding(rule, message, place(team), "name its posts, say where it stands (`at`), or delete it")


def _conditions(rule: Rule, subject: Subject) -> Iterator[Finding]:
    structure = subject.structure
    open_: dict[str, list[Post]] = {}
    places: dict[str, Post | Team] = {}
    for post in structure.posts.values():
        if not post.in_totals or (post.joins is not None and subject.current is None):
            continue
        for entry in _with_teams_above(post, structure.teams):
            if entry.subject_to:
                open_.setdefault(entry.subject_to, []).append(post)
                places.setdefault(entry.subject_to, entry)
    for condition, posts in open_.items():
        fte = together(sides.established(post, structure) for post in posts)
        message = f"{named(posts)}: {fte} in the totals, subject to {condition}"
        hint = "a total that rests on it is right only once it is met; then delete `subject_to`"
        yield Finding(rule, message, place(places[condition], "subject_to"), hint)


def _with_teams_above(post: Post, teams: Mapping[str, Team]) -> Iterator[Post | Team]:
    yield post
    team = teams.get(post.team or "")
    while team is not None:
        yield team
        team = teams.get(team.parent or "")


CHECKS = (
    Check(Rule(
        "EST213", "est.span", Severity.WARNING, "a span of control outside the target",
        "A council that reorganises states how many people should report to one manager (one to six, say). Where the "
        "reporting lines make more, or fewer, the structure does not do what it was made for. It is reported where "
        "settings state `targets: {span: 6}` or a range (`4-8`); positions are counted, else FTE, for each position of "
        "the lead.",
        "span: 6 with nine posts that report to one"), _span),
    Check(Rule(
        "EST214", "est.layers", Severity.WARNING, "more layers of posts than the target",
        "Every layer between the front line and the top costs money and time. The front line counts as a layer. It is "
        "reported where settings state `targets: {layers: 5}`, once for each post that is the first below the last "
        "layer.",
        "layers: 2 with a clerk under a team manager under a head of service"), _layers),
    Check(Rule(
        "EST215", "est.titles", Severity.NOTE, "titles that are almost the same",
        "Two spellings of one job are two rows in every table by title, and a claim over one of them leaves the other "
        "out. Capitals, blanks and punctuation are ignored, and so is one letter of a longer word.",
        "Co-ordinator beside Coordinator"), _titles),
    Check(Rule(
        "EST216", "est.empty-team", Severity.NOTE, "a team of which nothing is said",
        "A team without posts, costs, a total or a source is a slip or a leftover. One that a report names says where "
        "(`at`), and is left in peace.", "voids: {title: Voids} that no post names"), _empty_teams),
    Check(Rule(
        "EST217", "est.condition", Severity.NOTE, "posts in the totals whose condition is not met",
        "A post that is subject to funding, approval or an evaluation is in the totals like any other; whoever decides "
        "should know how much of them hangs on what.", "subject_to: funding"), _conditions),
)  # fmt: skip
