"""Who may move where: current and proposed posts joined into pools, and what each pool leaves.

A pool is a connected group. Holders are counted once: a detail (`of_which`) adds nothing where the post it details
is in the same pool; people who are away count at home.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.connected import Connected
from restructure_cli.analysis.remembering import Remembered
from restructure_cli.analysis.sides import Figures, moves_in, supply, wholes
from restructure_cli.model.quantities import ZERO, known, sum_if_all_known
from restructure_cli.model.results import Link, Pool
from restructure_cli.model.structures import Structure

Node = tuple[str, str]
"""A side ("current" or "proposed") and the id of a post."""


def links(current: Structure, proposed: Structure) -> tuple[Link, ...]:
    """List who may come from where, as the proposed posts say it; the order of the file plays no part."""
    return tuple(
        Link(move.post, id_, move.by, move.fte)
        for id_ in sorted(proposed.posts)
        for move in moves_in(proposed.posts[id_], current)
        if move.post in current.posts
    )


def pools(
    current: Structure,
    proposed: Structure,
    side: Mapping[str, Figures],
    fte: Mapping[str, Decimal | None],
) -> tuple[Pool, ...]:
    """Join posts into pools; a current post from which nothing leads on is a pool of its own."""
    return _JOINED.of((current, proposed, side, fte), lambda: _joined(current, proposed, side, fte))


_JOINED: Remembered[tuple[Pool, ...]] = Remembered()


def _joined(
    current: Structure,
    proposed: Structure,
    side: Mapping[str, Figures],
    fte: Mapping[str, Decimal | None],
) -> tuple[Pool, ...]:
    all_links = links(current, proposed)
    groups = _connected(current, proposed, all_links)
    of_group: dict[Node, list[Link]] = {}
    for link in all_links:
        for node in {groups.find(("current", link.current)), groups.find(("proposed", link.proposed))}:
            of_group.setdefault(node, []).append(link)
    sides = _Sides(current, proposed, side, fte)
    found = [
        sides.pool(members, tuple(of_group.get(top, ())))
        for top, members in sorted(groups.members().items(), key=lambda item: min(item[1]))
    ]
    found.sort(key=lambda pool: (pool.titles, pool.current, pool.proposed))
    return tuple(found)


def _connected(current: Structure, proposed: Structure, all_links: tuple[Link, ...]) -> Connected[Node]:
    """Join posts whose holders may move from one to the other, and details with what they detail.

    Where a stated number of FTE moves, the two posts are not joined by it.
    """
    groups = Connected[Node]()
    for post in proposed.posts.values():
        groups.add(("proposed", post.id))
        for above in wholes(proposed, post):
            if above in proposed.posts:
                groups.join(("proposed", post.id), ("proposed", above))
    for link in all_links:
        groups.add(("current", link.current))
        if link.fte is None:
            groups.join(("current", link.current), ("proposed", link.proposed))
    for post in current.posts.values():
        if post.in_totals:
            groups.add(("current", post.id))
    return groups


class _Sides(NamedTuple):
    """Both structures, the figures of the current posts and the FTE of the proposed ones."""

    current: Structure
    proposed: Structure
    side: Mapping[str, Figures]
    fte: Mapping[str, Decimal | None]

    def pool(self, members: list[Node], among: tuple[Link, ...]) -> Pool:
        """Make a pool of the posts of one group; `among` are the moves into it, out of it and within it."""
        all_before = {id_ for place, id_ in members if place == "current"}
        all_after = {id_ for place, id_ in members if place == "proposed"}
        before = sorted(id_ for id_ in all_before if not _within(self.current, id_, all_before))
        after = sorted(id_ for id_ in all_after if not _within(self.proposed, id_, all_after))
        filled = self._filled(before, among, all_before, all_after)
        places = sum_if_all_known(self.fte[id_] for id_ in after)
        slack = None if filled is None or places is None else places - filled
        if slack is None and len(after) == 1:
            slack = known(self.proposed.posts[after[0]].vacant)
        titles = [self.current.posts[id_].title for id_ in before] + [self.proposed.posts[id_].title for id_ in after]
        return Pool(
            tuple(before),
            tuple(after),
            tuple(dict.fromkeys(titles)),
            among,
            filled,
            places,
            slack,
            self._is_counted(before, after, among, all_after),
            details=tuple(sorted(all_after - set(after))),
        )

    def _filled(
        self, before: list[str], among: tuple[Link, ...], all_before: set[str], all_after: set[str]
    ) -> Decimal | None:
        """Return the FTE of the holders, with those who come from other pools, less those who go to them."""
        supplies = [supply(self.current.posts[id_], self.current, self.side) for id_ in before]
        for link in among:
            if link.fte is not None:
                inward, outward = link.proposed in all_after, link.current in all_before
                supplies.append(link.fte * (int(inward) - int(outward)))
        return sum_if_all_known(supplies)

    def _is_counted(self, before: list[str], after: list[str], among: tuple[Link, ...], all_after: set[str]) -> bool:
        """Whether any post of the pool is in the totals, or any from which a stated number comes."""
        coming = [link.current for link in among if link.fte is not None and link.proposed in all_after]
        return any(self.proposed.posts[id_].in_totals for id_ in after) or any(
            self.current.posts[id_].in_totals for id_ in (*before, *coming)
        )


def _within(structure: Structure, id_: str, members: set[str]) -> bool:
    """Whether a post details another post of the same pool, which counts it already."""
    return not members.isdisjoint(wholes(structure, structure.posts[id_]))


def vacancies(
    proposed: Structure, placed: tuple[Pool, ...], fte: Mapping[str, Decimal | None]
) -> tuple[dict[str, Decimal | None], dict[Pool, Decimal | None]]:
    """Return each proposed post's vacancy on implementation, and what several posts of a pool share.

    The only proposed post of a pool has the pool's slack, never below nil. Where there are several, each is
    unknown (unless stated) and the pool has the rest.
    """
    posts: dict[str, Decimal | None] = {}
    shared: dict[Pool, Decimal | None] = {}
    for pool in placed:
        stated = {id_: known(proposed.posts[id_].vacant) for id_ in (*pool.proposed, *pool.details)}
        posts.update(stated)
        open_posts = None if pool.slack is None else max(pool.slack, ZERO)
        if not pool.counted and not pool.current and proposed.posts[pool.proposed[0]].moves_in is None:
            continue
        if len(pool.proposed) == 1 and open_posts is not None:
            posts[pool.proposed[0]] = open_posts
        elif len(pool.proposed) > 1 and any(proposed.posts[id_].in_totals for id_ in pool.proposed):
            shared[pool] = None if open_posts is None else _shared(pool, open_posts, proposed, fte, stated)
    return posts, shared


def _shared(
    pool: Pool,
    open_posts: Decimal,
    proposed: Structure,
    fte: Mapping[str, Decimal | None],
    stated: Mapping[str, Decimal | None],
) -> Decimal | None:
    """Return the vacancies that posts share: those of the pool less what is stated, or outside the totals.

    How many of the open posts are outside is known only where none is open, where all are, or where they say so.
    """
    inside = [id_ for id_ in pool.proposed if proposed.posts[id_].in_totals]
    outside = [id_ for id_ in pool.proposed if not proposed.posts[id_].in_totals]
    told = sum((stated[id_] or ZERO for id_ in inside), ZERO)
    elsewhere: Decimal | None = ZERO
    if open_posts == pool.fte:
        elsewhere = sum_if_all_known([fte[id_] for id_ in outside])
    elif open_posts:
        elsewhere = sum_if_all_known([stated[id_] for id_ in outside])
    return None if elsewhere is None else open_posts - elsewhere - told
