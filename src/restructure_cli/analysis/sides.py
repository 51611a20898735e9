"""The figures of one structure: what is established, filled, covered, vacant, and shown as "current"."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.remembering import Remembered
from restructure_cli.model.quantities import ZERO, known, to_nine_places
from restructure_cli.model.structures import Counts, MoveIn, OtherCost, Post, Structure


class Figures(NamedTuple):
    """FTE of one post on one side; None where unknown."""

    fte: Decimal | None
    filled: Decimal | None
    vacant: Decimal | None
    shown: Decimal | None
    agency: Decimal | None = None
    cover: Decimal = ZERO
    """Seconded or acting up into it, counted at home."""


NOT_THERE = Figures(ZERO, ZERO, ZERO, ZERO)
"""A post that this side does not have."""


def covers(structure: Structure) -> dict[str, Decimal]:
    """Sum the FTE that is away to each post; unknown FTE away counts as a host all the same."""
    hosts: dict[str, Decimal] = {}
    for post in structure.posts.values():
        for host, fte in post.away.items():
            hosts[host] = hosts.get(host, ZERO) + (fte.value or ZERO)
    return hosts


def hours_worked(post: Post, structure: Structure) -> Decimal | None:
    """Return the FTE that stated hours make: of a position, by positions, of the full-time week.

    A quotient that does not come out, such as 10 of 37 hours, is taken to nine decimals.
    """
    hours, positions, week = known(post.hours), known(post.positions), structure.hours_per_week
    if hours is None or positions is None or not week:
        return None
    return to_nine_places(hours * positions / week)


def established(post: Post, structure: Structure) -> Decimal | None:
    """Return a post's FTE as stated, else as its hours make it."""
    fte = known(post.fte)
    if post.hours is None or fte is not None or post.fte_change is not None:
        return fte
    return hours_worked(post, structure)


def established_ftes(structure: Structure) -> Mapping[str, Decimal | None]:
    """Return each post's FTE on the current side; a post that joins later has none yet."""
    return _ESTABLISHED.of(
        (structure,),
        lambda: {
            post.id: ZERO if post.joins is not None else established(post, structure)
            for post in structure.posts.values()
        },
    )


def figures(structure: Structure) -> Mapping[str, Figures]:
    """Return each post's figures on the current side; a post that joins later is in none of them."""

    def work() -> dict[str, Figures]:
        hosts = covers(structure)
        by_filled = structure.counts is Counts.FILLED
        return {
            post.id: NOT_THERE
            if post.joins is not None
            else _figures(post, established(post, structure), hosts, by_filled)
            for post in structure.posts.values()
        }

    return _FIGURES.of((structure,), work)


_ESTABLISHED: Remembered[Mapping[str, Decimal | None]] = Remembered()
_PROPOSED: Remembered[Mapping[str, Decimal | None]] = Remembered()
_FIGURES: Remembered[Mapping[str, Figures]] = Remembered()


def _figures(post: Post, fte: Decimal | None, hosts: Mapping[str, Decimal], by_filled: bool) -> Figures:
    filled, vacant = known(post.filled), known(post.vacant)
    if post.filled is None:
        if fte is not None and vacant is not None:
            filled = fte - vacant
        elif post.id in hosts and not post.away:
            filled = ZERO
    if fte is not None and filled is not None:
        vacant = fte - filled
    return Figures(fte, filled, vacant, filled if by_filled else fte, known(post.agency), hosts.get(post.id, ZERO))


def supply(post: Post, structure: Structure, side: Mapping[str, Figures]) -> Decimal | None:
    """Return the FTE of the people a current post brings to its pool, those who join later included.

    A post that joins brings its people, or its FTE where it says nothing of people; stated as unknown, they are so.
    """
    if post.joins is None:
        return side[post.id].filled
    fte, vacant = established(post, structure), known(post.vacant)
    if post.filled is not None:
        return known(post.filled)
    if post.vacant is not None:
        return None if fte is None or vacant is None else fte - vacant
    return fte


def moves_in(post: Post, current: Structure) -> tuple[MoveIn, ...]:
    """Return who may come into a proposed post: what it says, else the holders of the post with its id."""
    if post.moves_in is not None:
        return post.moves_in
    return (MoveIn(post.id),) if post.id in current.posts else ()


def proposed_ftes(proposed: Structure, current: Structure, side: Mapping[str, Figures]) -> Mapping[str, Decimal | None]:
    """Return the FTE of every proposed post; `side` has the figures of the current ones."""
    return _PROPOSED.of(
        (proposed, current, side),
        lambda: {post.id: proposed_fte(post, proposed, current, side) for post in proposed.posts.values()},
    )


def proposed_fte(post: Post, proposed: Structure, current: Structure, side: Mapping[str, Figures]) -> Decimal | None:
    """Return a proposed post's FTE: as stated or as its hours make it, else what it is `from` with the change."""
    change = known(post.fte_change)
    if post.fte is not None or change is None:
        return established(post, proposed)
    total = ZERO
    for move in moves_in(post, current):
        before = side.get(move.post, NOT_THERE)
        figure = move.fte
        if figure is None:
            figure = before.fte if before.fte is not None else before.shown
        if figure is None:
            return None
        total += figure
    return total + change


def wholes(structure: Structure, post: Post) -> tuple[str, ...]:
    """List what a detail is part of (posts, teams or costs), from the next above to the top; nothing where it is none.

    Above a detail of a detail stands more than one, and each of them counts it already.
    """
    found: dict[str, None] = {}
    entry: Post | OtherCost | None = post
    while entry is not None and entry.of_which is not None and entry.of_which not in found:
        found[entry.of_which] = None
        entry = structure.posts.get(entry.of_which) or structure.costs.get(entry.of_which)
    return tuple(found)
