"""Two records of one employer, each of a day of its own: whether two structures are that, and which lines are the same.

Of a proposal, who is in post follows from who moves; of a later record it is what the record states, and nobody in it
is displaced. Lines that an import named by as little as tells them apart may have another id a year later: they are the
same where title, team, grade and the post above are, and where as many are so alike on both days.
"""

from collections.abc import Iterable, Mapping

from restructure_cli.analysis import tree
from restructure_cli.analysis.naming import slug
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.structures import Post, Structure

Identity = tuple[str, tuple[str, ...], tuple[str, ...], str]
"""Title, titles of the teams above, grade, and the post above: what a line is, whatever its id."""


def are_snapshots(current: Structure, proposed: Structure) -> bool:
    """Whether both are whole structures with different days of their own, and neither says who moves in."""
    if current.as_at is None or proposed.as_at is None or current.as_at == proposed.as_at:
        return False
    whole = len(current.files) <= 1 and len(proposed.files) <= 1
    return whole and not any(
        post.moves_in is not None or post.fte_change is not None or post.cost_change is not None
        for post in proposed.posts.values()
    )


def lines_by_identity(structure: Structure) -> Mapping[Identity, tuple[str, ...]]:
    """Return the ids of the lines of each identity; of several, those paid less first."""
    paths = {team: tuple(slug(title) for _, title in path) for team, path in tree.paths(structure).items()}
    found: dict[Identity, list[Post]] = {}
    for post in structure.posts.values():
        path = paths.get(post.team, ())
        found.setdefault((post.title.casefold(), path, post.grade, post.reports_to or ""), []).append(post)
    return {identity: tuple(post.id for post in sorted(posts, key=_paid)) for identity, posts in found.items()}


def _paid(post: Post) -> tuple[object, ...]:
    pay = post.salary
    return (pay.low, pay.high, post.id) if pay is not None else (ZERO, ZERO, post.id)


def same_lines(current: Structure, proposed: Structure) -> Mapping[str, str]:
    """Return, of each proposed line whose id is new, the current one that it is."""
    before = _left(lines_by_identity(current), proposed.posts)
    after = _left(lines_by_identity(proposed), current.posts)
    found: dict[str, str] = {}
    for identity, ids in after.items():
        were = before.get(identity, ())
        if len(were) == len(ids):
            found.update(zip(ids, were, strict=True))
    return found


def _left(lines: Mapping[Identity, tuple[str, ...]], elsewhere: Iterable[str]) -> Mapping[Identity, tuple[str, ...]]:
    there = set(elsewhere)
    return {identity: tuple(id_ for id_ in ids if id_ not in there) for identity, ids in lines.items()}
