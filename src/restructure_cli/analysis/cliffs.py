"""What runs out when: money that stops while what it pays for goes on, and the posts that stand on it."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import pairwise

from restructure_cli.analysis.amounts import NIL, NOT_NEGATIVE, NOT_SAID
from restructure_cli.model.funding import Funding, Source
from restructure_cli.model.gaps import Cliff, NeedYear, PostUnder, Reckoned, SourceYear, Stop, YearGap
from restructure_cli.model.intervals import Interval, add, subtract
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.structures import Post, Structure


def cliffs(funding: Funding, years: Sequence[YearGap], structure: Structure | None) -> Iterator[Cliff]:
    """Find every cliff between two years that follow each other."""
    for before, after in pairwise(years):
        for was, becomes in zip(before.sources, after.sources, strict=True):
            stop = _stop(was, becomes)
            if stop is None:
                continue
            needs = _going_on(was.source, before, after)
            lost = Reckoned(*(_lost(was, becomes, needs, before, stop, known=known) for known in (False, True)))
            if needs and lost.whole.high > ZERO and lost.whole.value != ZERO:
                posts = posts_under(funding, was.source.id, structure, after.year)
                yield Cliff(after.year, was.source, stop, lost, needs, posts)


def _stop(was: SourceYear, becomes: SourceYear) -> Stop | None:
    """Tell whether a source ends, falls, or is not said to go on."""
    if not was.year.there or was.year.why_not == NOT_SAID:
        return None
    if not becomes.year.there:
        return Stop.ENDS
    if becomes.year.why_not == NOT_SAID:
        return Stop.NOT_SAID
    before, after = was.year.amount.whole, becomes.year.amount.whole
    fewer = after.low <= before.low and after.high < before.high
    return Stop.FALLS if fewer or (was.rest and becomes.year.there < was.year.there) else None


def _going_on(source: Source, before: YearGap, after: YearGap) -> tuple[NeedYear, ...]:
    """Return the needs that a source pays for and that are still there the year after.

    A need that only begins then, and lacks money, is among them where the source names it: a report may state the
    part of the first year and the full year apart.
    """
    paid = {need.need.id for need in before.needs if any(draw.source == source.id for draw in need.draws)}
    begins = {need.need.id for need in before.needs if need.year.amount.whole == NIL}
    found = []
    for need in after.needs:
        named = need.need.id in begins.intersection(source.pays_for or ()) and need.gap.whole.high > ZERO
        there = need.year.amount.whole != NIL and need.year.why_not != NOT_SAID
        if there and (need.need.id in paid or (paid and named)):
            found.append(need)
    return tuple(found)


def _lost(
    was: SourceYear, becomes: SourceYear, needs: tuple[NeedYear, ...], before: YearGap, stop: Stop, *, known: bool
) -> Interval:
    """Return by how much less a source pays for needs that go on: of the whole, or of the known part."""

    def of(figure: Reckoned) -> Interval:
        return figure.known if known else figure.whole

    drawn = {need.need.id: of(draw.amount) for need in before.needs for draw in need.draws
             if draw.source == was.source.id}  # fmt: skip
    after = {need.need.id: NOT_NEGATIVE if need.year.why_not and known else of(need.year.amount) for need in needs}
    freed = reduce(add, (amount for id_, amount in drawn.items() if id_ not in after), NIL)
    begin = reduce(add, (amount for id_, amount in after.items() if id_ not in drawn), NIL)
    at_stake = _least(freed, begin)
    for id_, amount in after.items():
        at_stake = add(at_stake, _least(drawn[id_], amount)) if id_ in drawn else at_stake
    if stop is not Stop.FALLS:
        return at_stake
    left = of(becomes.drawn) if becomes.rest else of(becomes.year.amount)
    lost = subtract(at_stake, left)
    value = None if lost.value is None else max(lost.value, ZERO)
    return Interval(value, max(lost.low, ZERO), max(lost.high, ZERO))


def _least(one: Interval, other: Interval) -> Interval:
    """Return the lesser of two amounts; a need may be unknown, and what is drawn for it not."""
    low, high = min(one.low, max(other.low, ZERO)), min(one.high, other.high)
    if one.value is None or other.value is None:
        return Interval(one.value if one.value is not None and other.high >= one.value else None, low, high)
    return Interval(min(one.value, other.value), low, high)


def posts_under(
    funding: Funding, source: str, structure: Structure | None, year: FinancialYear
) -> tuple[PostUnder, ...]:
    """Return the posts that name a source, or a part of it, as their money, and are still there in a year."""
    names = {source, *(one.id for one in funding.sources.values() if one.of_which == source)}
    found = []
    for post in structure.posts.values() if structure is not None else ():
        paying = [known(fte) for fund, fte in post.funding.items() if fund in names]
        if paying and structure is not None and post.in_totals and not _ended(post, structure, year):
            told = [fte for fte in paying if fte is not None]
            fte = sum(told, ZERO) if len(told) == len(paying) else None
            found.append(PostUnder(post.id, post.title, fte, post.is_permanent and not _ends(post, structure)))
    return tuple(sorted(found, key=lambda under: (under.title, under.id)))


def _ends(post: Post, structure: Structure) -> bool:
    team = structure.teams.get(post.team or "")
    return post.ends is not None or (team is not None and team.ends is not None)


def _ended(post: Post, structure: Structure, year: FinancialYear) -> bool:
    """Whether a post, or its team, ends before a year begins."""
    team = structure.teams.get(post.team or "")
    ends = [one for one in (post.ends, team.ends if team is not None else None) if one is not None]
    return any(one.last_day() < date(year.start, 4, 1) for one in ends)
