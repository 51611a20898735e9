"""MOV: people whom a proposal leaves without a post, by the pools that it makes."""

from collections.abc import Iterator

from restructure_cli.checks.moves import placed
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.checks.wording import number
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.results import Pool


def _counted(subject: Subject) -> tuple[Pool, ...]:
    if subject.current is None:
        return ()
    return tuple(pool for pool in placed(subject.current, subject.structure) if pool.counted and pool.current)


def _where(subject: Subject, ids: tuple[str, ...]) -> tuple[Place, ...]:
    assert subject.current is not None
    return tuple(place(subject.current.posts[id_]) for id_ in ids)


def _nowhere(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for pool in _counted(subject):
        if not pool.proposed and pool.filled is not None and pool.filled > ZERO:
            first, *others = _where(subject, pool.current)
            message = f"no proposed post takes the holders of {', '.join(pool.current)}: {number(pool.filled)} FTE"
            hint = (
                "name it under `from` of the posts they may go to; if they are meant to be displaced, excuse this with "
                "a reason and a date"
            )
            yield Finding(rule, message, first, hint, tuple(others))


def _nowhere_known(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for pool in _counted(subject):
        if not pool.proposed and pool.filled is None:
            first, *others = _where(subject, pool.current)
            told = ", ".join(pool.current)
            message = f"no proposed post takes the holders of {told}, and how many there are is not known"
            hint = "state `filled` (0 where nobody is in post), or name it under `from` of the posts they may go to"
            yield Finding(rule, message, first, hint, tuple(others))


def _shortfall(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for pool in _counted(subject):
        if pool.proposed and pool.displaced is not None and pool.displaced > subject.settings.shortfall:
            assert pool.filled is not None
            first, *others = (place(subject.structure.posts[id_]) for id_ in pool.proposed)
            posts = number(pool.filled - pool.displaced)
            message = (
                f"{', '.join(pool.proposed)}: {number(pool.filled)} FTE of people for {posts} FTE of posts, "
                f"{number(pool.displaced)} FTE of people without a post"
            )
            hint = "they are displaced unless another post takes them; `restructure vacancies` shows the pool"
            yield Finding(rule, message, first, hint, (*others, *_where(subject, pool.current)))


CHECKS = (
    Check(Rule(
        "MOV305", "mov.nowhere", Severity.WARNING, "people in post whom no proposed post takes",
        "No proposed post takes them, so they count as displaced. Either that is meant, and the report should say so, "
        "or a `from` was forgotten and vacancies elsewhere are overstated.",
        "clerk: {deleted: true} with two people in post, and no `from: [clerk]`"), _nowhere),
    Check(Rule(
        "MOV306", "mov.shortfall", Severity.WARNING, "more FTE of people in a pool than of posts",
        "More FTE of people may move into these posts than the posts hold, so some count as displaced. This is FTE: "
        "consultation counts people. A smaller shortfall is not reported where settings say so: "
        "`thresholds: {shortfall: 0.5}`. Half a post can be somebody's whole job.",
        "fte: 1, from: [clerk] with two clerks in post"), _shortfall),
    Check(Rule(
        "MOV307", "mov.nowhere-unknown", Severity.NOTE,
        "a post that no proposed post follows, and whose occupancy is not known",
        "Unknown is not nobody: the number of people displaced is only the known part.",
        "clerk: {deleted: true} without `filled` in the current structure"), _nowhere_known),
)  # fmt: skip
