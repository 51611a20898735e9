"""Which current post and which proposed post are one row: by id, then by what `from` declares.

Likeness of titles only ever suggests, in a note; it never decides. Of two snapshots, lines that are the same in all
that identifies them are one row, whatever their ids.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from restructure_cli.model.results import Change
from restructure_cli.model.structures import Post, Structure

_ALIKE = 0.85
_MOST_COMPARED = 40_000


class Pair(NamedTuple):
    """A post on both sides, or on one of them; `link` says whether it was split or merged."""

    current: Post | None
    proposed: Post | None
    link: Change | None = None

    @property
    def counts_current(self) -> bool:
        """Whether the row has the current post's figures: a line outside the totals has none where the other counts."""
        return _counts(self.current, self.proposed)

    @property
    def counts_proposed(self) -> bool:
        """Whether the row has the proposed post's figures."""
        return _counts(self.proposed, self.current)


def _counts(post: Post | None, other: Post | None) -> bool:
    return post is not None and (post.in_totals or other is None or not other.in_totals)


def pairs(current: Structure, proposed: Structure, same: Mapping[str, str] | None = None) -> tuple[Pair, ...]:
    """Match every post of both structures, each in one pair; `same`: proposed posts known to be current ones."""
    onward: dict[str, list[str]] = {}
    for post in proposed.posts.values():
        for move in post.moves_in or ():
            onward.setdefault(move.post, []).append(post.id)
    made: list[Pair] = []
    matched: set[str] = set()
    for post in proposed.posts.values():
        before = (same or {}).get(post.id) or _partner(post, current, proposed, onward)
        if before is not None:
            matched.add(before)
            made.append(Pair(current.posts[before], post, _link_of_matched(post, before, current, onward)))
        else:
            made.append(Pair(None, post, _link_of_new(post, current, onward)))
    left = (post for post in current.posts.values() if post.id not in matched)
    made.extend(Pair(post, None, _link_of_deleted(post, proposed, onward)) for post in left)
    return tuple(made)


def _partner(post: Post, current: Structure, proposed: Structure, onward: dict[str, list[str]]) -> str | None:
    """Return the current post of the same row: the one with the same id, or joined by a `from` that is one to one."""
    if post.id in current.posts:
        return post.id
    named = [move.post for move in post.moves_in or () if move.post in current.posts]
    if len(named) == 1 and named[0] not in proposed.posts and onward[named[0]] == [post.id]:
        return named[0]
    return None


def _link_of_matched(post: Post, before: str, current: Structure, onward: dict[str, list[str]]) -> Change | None:
    if len(onward.get(before, ())) > 1:
        return Change.SPLIT
    others = [move.post for move in post.moves_in or () if move.post != before and move.post in current.posts]
    return Change.MERGED if others and before in {move.post for move in post.moves_in or ()} else None


def _link_of_new(post: Post, current: Structure, onward: dict[str, list[str]]) -> Change | None:
    named = [move.post for move in post.moves_in or () if move.post in current.posts]
    if any(len(onward[id_]) > 1 for id_ in named):
        return Change.SPLIT
    return Change.MERGED if len(named) > 1 else None


def _link_of_deleted(post: Post, proposed: Structure, onward: dict[str, list[str]]) -> Change | None:
    led = [id_ for id_ in onward.get(post.id, ()) if id_ in proposed.posts]
    if len(led) > 1:
        return Change.SPLIT
    return Change.MERGED if led else None


def suggestions(made: tuple[Pair, ...]) -> tuple[str, ...]:
    """Name deleted and new posts whose titles are alike, in case a `from` was forgotten."""
    gone = [pair.current for pair in made if pair.current and not pair.proposed and pair.link is None]
    new = [
        pair.proposed
        for pair in made
        if pair.proposed and not pair.current and pair.link is None and pair.proposed.moves_in is None
    ]
    if len(gone) * len(new) > _MOST_COMPARED:
        return ()
    told = (
        f"{before.id} goes and {after.id} is new, with titles alike: if they are one post, "
        f"give the proposed one `from: [{before.id}]`"
        for before in gone
        for after in new
        if _alike(before.title.lower(), after.title.lower())
    )
    return tuple(sorted(told))


def _alike(before: str, after: str) -> bool:
    """Whether two titles are nearly the same text; what only bounds that is asked first, because it costs less."""
    match = SequenceMatcher(None, before, after)
    return match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE and match.ratio() >= _ALIKE
