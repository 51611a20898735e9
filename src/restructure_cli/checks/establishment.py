"""EST: FTE, people, hours and dates that cannot be."""

from collections.abc import Iterator
from decimal import Decimal

from restructure_cli.analysis import sides
from restructure_cli.analysis.parts_of_years import ALWAYS
from restructure_cli.analysis.standing import Standing, standings_in
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.checks.wording import number
from restructure_cli.model.findings import Finding, Rule, Severity
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import ZERO, Quantity, known
from restructure_cli.model.structures import Post, Structure, Team

_ERROR = Severity.ERROR
_HALF, _HALF_A_HUNDREDTH = Decimal("0.5"), Decimal("0.005")


def _more(rule: Rule, post: Post, structure: Structure, larger: str, smaller: str, hint: str) -> Iterator[Finding]:
    over, under = (
        sides.established(post, structure) if key == "fte" else known(getattr(post, key)) for key in (larger, smaller)
    )
    if over is not None and under is not None and over > under:
        message = f"{post.id}: {larger} {number(over)} is more than {smaller} {number(under)}"
        yield Finding(rule, message, place(post, larger), hint)


def _filled(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if post.filled is None or post.filled is post.fte:
            continue
        yield from _more(
            rule,
            post,
            subject.structure,
            "filled",
            "fte",
            "take out anyone counted twice; put agency workers under `agency`; if cover or over-establishment is real, "
            "excuse it with a reason and the day it ends",
        )


def _headcounts(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if post.positions is None and post.people is None and post.on_hold is None:
            continue
        yield from _more(rule, post, subject.structure, "fte", "positions", "one position is 1 FTE at most")
        yield from _more(rule, post, subject.structure, "filled", "people", "one person is 1 FTE at most")
        yield from _more(rule, post, subject.structure, "on_hold", "fte", "no more can be held than is established")


def _vacant(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if post.vacant is None:
            continue
        stated, filled = known(post.vacant), known(post.filled)
        fte = sides.established(post, subject.structure)
        if stated is not None and fte is not None and filled is not None and fte - filled != stated:
            made = f"fte {number(fte)} less filled {number(filled)} is {number(fte - filled)}"
            message = f"{post.id}: vacant {number(stated)}, but {made}"
            yield Finding(rule, message, place(post, "vacant"), "state two of the three, or mend one")
        elif stated is not None and fte is not None and stated > fte:
            message = f"{post.id}: vacant {number(stated)} is more than fte {number(fte)}"
            yield Finding(rule, message, place(post, "vacant"), "a vacancy is a part of the establishment")


def _hours(rule: Rule, subject: Subject) -> Iterator[Finding]:
    week = subject.structure.hours_per_week
    for post in subject.structure.posts.values():
        if post.hours is None:
            continue
        hours, fte, positions = known(post.hours), known(post.fte), known(post.positions)
        if not hours or fte is None or not week or post.fte is None or (not positions and fte > 1):
            continue  # several positions, how many nobody says
        worked = hours * (positions or Decimal(1)) / week
        if abs(worked - fte) > _as_printed(post.fte):
            told = number(worked.quantize(Decimal("0.001")))
            message = f"{post.id}: {number(hours)} hours of {number(week)} are {told} FTE, not {number(fte)}"
            yield Finding(rule, message, place(post, "hours"), "hours are weekly, of one position")


def _as_printed(fte: Quantity) -> Decimal:
    """Return how far from the printed FTE one that prints so may be; a whole number is meant to the hundredth."""
    return fte.half_digit if fte.half_digit < _HALF else _HALF_A_HUNDREDTH


def _hours_for_fte(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find FTE that are the full-time week: one post's hours in the wrong key, more likely than so large a team."""
    week = subject.structure.hours_per_week
    if week is None and subject.grades is not None:
        week = subject.grades.hours_per_week
    for post in subject.structure.posts.values():
        if week is None or post.fte is None or post.fte.value != week:
            continue
        if all(figure is None for figure in (post.positions, post.people, post.hours)):
            message = f"{post.id}: fte {number(week)} is the hours of the full-time week"
            hint = "one full-time post is `fte: 1`; if it is a large team, say how many `positions` it has"
            yield Finding(rule, message, place(post, "fte"), hint)


def _funding(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if not post.funding:
            continue
        funded = sum((known(fte) or ZERO for fte in post.funding.values()), ZERO)
        fte = sides.established(post, subject.structure)
        if fte is not None and funded > fte:
            message = f"{post.id}: funds pay for {number(funded)} FTE, and the post has {number(fte)}"
            yield Finding(
                rule, message, place(post, "funding"), "funding is FTE by fund, and no more than the post has"
            )


def _away(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if not post.away:
            continue
        away = sum((known(fte) or ZERO for fte in post.away.values()), ZERO)
        filled = known(post.filled)
        if filled is not None and away > filled:
            message = f"{post.id}: {number(away)} FTE are away, and only {number(filled)} filled"
            yield Finding(rule, message, place(post, "away"), "filled includes those who are away")


def _details(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find details that come to more than what they detail."""
    structure = subject.structure
    details: dict[str, list[Post]] = {}
    for post in structure.posts.values():
        if post.of_which is not None and sides.established(post, structure) is not None:
            details.setdefault(post.of_which, []).append(post)
    for whole, posts in details.items():
        limit = _whole_fte(structure, whole)
        told = sum((sides.established(post, structure) or ZERO for post in posts), ZERO)
        if limit is not None and told > limit:
            message = f"{whole} is {number(limit)} FTE, of which its details make {number(told)}"
            also = tuple(place(post, "of_which") for post in posts[1:])
            yield Finding(
                rule, message, place(posts[0], "of_which"), "a detail is no larger than what it details", also
            )
    yield from _cost_details(rule, structure)


def _whole_fte(structure: Structure, whole: str) -> Decimal | None:
    if whole in structure.posts:
        return sides.established(structure.posts[whole], structure)
    team = structure.teams.get(whole)
    return known(team.control.fte) if team is not None and team.control is not None else None


def _cost_details(rule: Rule, structure: Structure) -> Iterator[Finding]:
    for line in structure.costs.values():
        whole = structure.costs.get(line.of_which or "")
        part, limit = known(line.amount), known(whole.amount) if whole is not None else None
        if part is not None and limit is not None and part > limit:
            message = f"{line.id} is £{part:,f}, of which {line.of_which} has only £{limit:,f}"
            yield Finding(rule, message, place(line, "of_which"), "a detail is no larger than what it details")


def _dates(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find posts and teams that end before they start, by their own dates or by those of the teams above them."""
    standings = standings_in(subject.structure)
    for team in subject.structure.teams.values():
        yield from _backwards(rule, team, standings.of_team(team.id))
    for post in subject.structure.posts.values():
        yield from _backwards(rule, post, standings.of(post))


def _backwards(rule: Rule, entry: Post | Team, standing: Standing) -> Iterator[Finding]:
    """Find an entry whose own date does not go with the other, its own or one from above."""
    if standing.dates is ALWAYS:
        return
    (starts, ends), first, last = standing.dates, standing.starts_by, standing.ends_by
    if starts is None or ends is None or first is None or last is None or ends.last_day() >= starts.first_day():
        return
    if entry is not first and entry is not last:
        return
    end = f"ends {ends}" if last is entry else f"ends {ends}, as {last.id} says"
    start = f"it starts {starts}" if first is entry else f"it starts {starts}, as {first.id} says"
    here = place(entry, "ends" if last is entry else "starts")
    also = tuple(place(one, key) for one, key in ((first, "starts"), (last, "ends")) if one is not entry)
    yield Finding(rule, f"{entry.id}: {end}, before {start}", here, "mend one of the two dates", also)


def _ended(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find posts, and teams of posts, that ended before the date of the structure whose totals they are in."""
    structure = subject.structure
    date = structure.as_at or (subject.current.as_at if subject.current is not None else None)
    if date is None:
        return
    there: dict[str, Decimal] = {}
    for post in structure.posts.values():
        fte = known(post.fte)
        if not post.in_totals or not fte:
            continue
        if post.team is not None:
            there[post.team] = there.get(post.team, ZERO) + fte
        if post.ends is not None and post.ends.last_day() < date.first_day():
            yield _past(rule, post, date, fte)
    for team in structure.teams.values():
        if team.ends is not None and team.ends.last_day() < date.first_day() and there.get(team.id):
            yield _past(rule, team, date, there[team.id])


def _past(rule: Rule, entry: Post | Team, date: Moment, fte: Decimal) -> Finding:
    message = f"{entry.id}: ended {entry.ends}, before {date}, and its {number(fte)} FTE are in the totals"
    hint = "ask whether anyone is still in post: if so, correct the date; if not, delete it"
    return Finding(rule, message, place(entry, "ends"), hint)


def _occupied(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find people stated in a proposal, whose occupancy follows from who moves."""
    if subject.current is None:
        return
    for post in subject.structure.posts.values():
        for key in ("filled", "people", "away"):
            if getattr(post, key):
                message = f"{post.id}: {key} in a proposal is not used: who is in post follows from who moves"
                yield Finding(rule, message, place(post, key), "state it in the current structure, and `from` here")


CHECKS = (
    Check(Rule(
        "EST201", "est.overfilled", _ERROR, "more FTE in post than the post is established for",
        "Somebody is counted twice or in the wrong post, or covers for somebody away, or the post is over-established. "
        "Left unsaid, it hides vacancies elsewhere.",
        "fte: 2, filled: 3"), _filled),
    Check(Rule(
        "EST202", "est.headcount", _ERROR,
        "more FTE than positions or people can hold, or more on hold than established",
        "One position, and one person, is one FTE at most.", "positions: 2, fte: 2.5"), _headcounts),
    Check(Rule(
        "EST203", "est.vacant", _ERROR, "a stated vacancy that does not agree with FTE and filled FTE",
        "Two figures for one vacancy leave a reader to choose.", "fte: 5, filled: 3, vacant: 1"), _vacant),
    Check(Rule(
        "EST204", "est.hours", _ERROR, "hours and FTE that do not agree",
        "Hours divided by the full-time week are the FTE; where they are not, one of the three is wrong. For a "
        "term-time post state FTE by weekly hours; `weeks` makes the reduction.",
        "hours: 18.5 of 37, fte: 0.6"), _hours),
    Check(Rule(
        "EST205", "est.funding", _ERROR, "funds pay for more FTE than the post has",
        "Money would be drawn from a fund for nobody.", "fte: 1, funding: {core: 1, grant: 0.5}"), _funding),
    Check(Rule(
        "EST206", "est.away", _ERROR, "more FTE away than in post",
        "Somebody seconded or acting up is counted in their own post, so those away are among those in post.",
        "filled: 1, away: {lead: 2}"), _away),
    Check(Rule(
        "EST207", "est.details", _ERROR, "details larger than what they detail",
        "A detail is a part of a total already counted.", "of_which: team-manager with more FTE than it"), _details),
    Check(Rule(
        "EST209", "est.dates", _ERROR, "an end before the start",
        "A post that ends before it starts is there in no year, and costs nothing.",
        "starts: 2027-01, ends: 2026-12"), _dates),
    Check(Rule(
        "EST211", "est.hours-for-fte", Severity.WARNING, "FTE that are the hours of a full-time week",
        "One post with its weekly hours under fte counts as thirty-seven.", "fte: 37"), _hours_for_fte),
    Check(Rule(
        "EST212", "est.ended", Severity.WARNING, "an end that is past",
        "A post that is gone before the date of the structure is still in its totals.",
        "as_at: 2026-04-01, ends: 2026-01"), _ended),
    Check(Rule(
        "EST210", "est.proposed-people", Severity.WARNING, "a proposal that states who is in post",
        "Two accounts of who is in post differ once somebody moves.", "filled: 4 in proposed.yaml"), _occupied),
)  # fmt: skip
