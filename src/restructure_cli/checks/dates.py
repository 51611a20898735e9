"""EST, of dates: entries that end before they start, or ended before the date of the structure they are in."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from restructure_cli.checks.establishment import number
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.model.findings import Finding, Rule, Severity
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.structures import Post, Team


def _dates(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find posts and teams that end before they start."""
    entries: Iterable[Post | Team] = (*subject.structure.posts.values(), *subject.structure.teams.values())
    for entry in entries:
        starts, ends = entry.starts, entry.ends
        if starts is not None and ends is not None and ends.last_day() < starts.first_day():
            message = f"{entry.id}: ends {ends}, before it starts {starts}"
            yield Finding(rule, message, place(entry, "ends"), "mend one of the two dates")


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
    return Finding(rule, message, place(entry, "ends"), "delete it here, or mend the date")


CHECKS = (
    Check(Rule(
        "EST209", "est.dates", Severity.ERROR, "an end before the start",
        "A post that ends before it starts is there in no year, and costs nothing.",
        "starts: 2027-01, ends: 2026-12"), _dates),
    Check(Rule(
        "EST212", "est.ended", Severity.WARNING, "an end that is past",
        "A post that is gone before the date of the structure is still in its totals.",
        "as_at: 2026-04-01, ends: 2026-01"), _ended),
)  # fmt: skip
