"""A second, naive count of people: what a sceptical auditor would do with a pencil, group by group.

It shares no line with the analysis. People are `Fraction`s; None is a figure that cannot be known.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from restructure_cli.model.quantities import Quantity
from restructure_cli.model.structures import Post, Structure

Place = tuple[str, str]
Number = Fraction | None
NIL = Fraction(0)


class Group(NamedTuple):
    """Posts of both sides whose holders may mix."""

    people: Number
    places: Number
    left: Number
    """Places less people; stated by the only post where it cannot be worked out."""
    counted: tuple[Post, ...]
    """Proposed posts that are in the totals."""
    aside: tuple[Post, ...]
    """Proposed posts that are not, and detail none of the others."""
    people_count: bool


class Count(NamedTuple):
    """What becomes of everybody; None where somebody cannot be placed for want of a figure."""

    groups: tuple[Group, ...]
    displaced: Number
    vacant: Number
    filled: Number


def number(quantity: Quantity | None) -> Number:
    return None if quantity is None or quantity.value is None else Fraction(quantity.value)


def add(figures: Iterable[Number]) -> Number:
    total = NIL
    for figure in figures:
        if figure is None:
            return None
        total += figure
    return total


def holders(post: Post, current: Structure) -> Number:
    """Return who holds a current post: what it says, what it leaves open, or only those who help out."""
    fte, filled, vacant = number(post.fte), number(post.filled), number(post.vacant)
    if post.filled is not None:
        return filled
    if fte is not None and vacant is not None:
        return fte - vacant
    if post.joins is not None:
        return fte if post.vacant is None else None
    hosting = any(post.id in other.away for other in current.posts.values())
    return NIL if hosting and not post.away else None


def established(post: Post, current: Structure) -> Number:
    """Return a proposed post's FTE: stated, or what it comes from and the change."""
    if post.fte is not None or number(post.fte_change) is None:
        return number(post.fte)
    parts: list[Number] = [number(post.fte_change)]
    for source, amount in comes_from(post, current):
        if amount is not None:
            parts.append(amount)
        elif current.posts[source].joins is not None:
            parts.append(NIL)
        else:
            before = current.posts[source]
            shown = number(before.fte)
            by_people = current.counts.value == "filled"
            parts.append(holders(before, current) if shown is None and by_people else shown)
    return add(parts)


def comes_from(post: Post, current: Structure) -> list[tuple[str, Number]]:
    """List the posts whose holders may come, with how many where that is stated."""
    if post.moves_in is None:
        return [(post.id, None)] if post.id in current.posts else []
    return [(m.post, None if m.fte is None else Fraction(m.fte)) for m in post.moves_in if m.post in current.posts]


def above(structure: Structure, post: Post) -> list[str]:
    """List the posts that a post is a detail of, directly or through others."""
    found: list[str] = []
    while post.of_which is not None and post.of_which in structure.posts and post.of_which not in found:
        found.append(post.of_which)
        post = structure.posts[post.of_which]
    return found


def gathered(current: Structure, proposed: Structure) -> list[set[Place]]:
    """Gather posts that are joined, by walking from each as far as one can."""
    beside: dict[Place, set[Place]] = {("after", id_): set() for id_ in proposed.posts}
    beside |= {("before", id_): set() for id_, post in current.posts.items() if post.in_totals}
    for id_, post in proposed.posts.items():
        joined = [("before", source) for source, amount in comes_from(post, current) if amount is None]
        joined += [("after", whole) for whole in above(proposed, post)]
        for source, _ in comes_from(post, current):
            beside.setdefault(("before", source), set())
        for other in joined:
            beside[other].add(("after", id_))
            beside["after", id_].add(other)
    found: list[set[Place]] = []
    while beside:
        reached: set[Place] = set()
        edge = {next(iter(beside))}
        while edge:
            reached |= edge
            edge = {other for place in edge for other in beside[place]} - reached
        found.append(reached)
        for place in reached:
            del beside[place]
    return found


def group(places: set[Place], current: Structure, proposed: Structure) -> Group:
    before = {id_ for side, id_ in places if side == "before"}
    after = {id_ for side, id_ in places if side == "after"}
    sources = [current.posts[id_] for id_ in before]
    people = [holders(post, current) for post in sources if not before & {*above(current, post)}]
    people_count = any(post.in_totals for post in sources)
    for id_, post in proposed.posts.items():
        for source, amount in comes_from(post, current):
            if amount is not None and id_ in after:
                people.append(amount)
                people_count |= current.posts[source].in_totals
            if amount is not None and source in before:
                people.append(-amount)
    tops = [proposed.posts[id_] for id_ in after if not after & {*above(proposed, proposed.posts[id_])}]
    counted = tuple(post for post in tops if post.in_totals)
    there, room = add(people), add(established(post, current) for post in tops)
    left = None if there is None or room is None else room - there
    if left is None and len(tops) == 1:
        left = number(tops[0].vacant)
    aside = tuple(post for post in tops if not post.in_totals)
    return Group(there, room, left, counted, aside, people_count or bool(counted))


def nobody_placed(one: Group) -> Number:
    if one.people == 0:
        return NIL
    return None if one.left is None else max(-one.left, NIL)


def open_places(one: Group, current: Structure) -> Number:
    """Return how many counted places stay open."""
    if not one.counted:
        return NIL
    told = [number(post.vacant) for post in one.counted]
    if one.left is None:
        return add(told)
    left = max(one.left, NIL)
    if not one.aside or left == 0:
        return left
    if left == one.places:
        return add(established(post, current) for post in one.counted)
    outside = add(number(post.vacant) for post in one.aside)
    return None if outside is None else left - outside


def count(current: Structure, proposed: Structure) -> Count:
    groups = tuple(group(places, current, proposed) for places in gathered(current, proposed))
    vacant = [open_places(one, current) for one in groups]
    room = [add(established(post, current) for post in one.counted) for one in groups]
    filled = [None if open_ is None or fte is None else fte - open_ for open_, fte in zip(vacant, room, strict=True)]
    displaced = add(nobody_placed(one) for one in groups if one.people_count)
    return Count(groups, displaced, add(vacant), add(filled))
