"""How figures came about that no file states as they are: a vacancy, a change, what a pool of posts has to spare."""

from collections.abc import Mapping
from decimal import Decimal

from restructure_cli.analysis.measuring import Measured, Part
from restructure_cli.model.claims import Measure
from restructure_cli.model.derivations import Derivation, Kind, Source, Step, weakest
from restructure_cli.model.intervals import one_or_range
from restructure_cli.model.quantities import ZERO, Basis, Quantity, known
from restructure_cli.model.results import Pool
from restructure_cli.model.structures import Post, Structure

_FTE = "FTE"


def of_measure(measure: Measure, measured: Measured) -> Derivation:
    """Return how a measure came about: the sum of its parts, as far as they are known."""
    parts = tuple(part.trace() for part in measured.parts if part.value is not None)
    value, between = one_or_range(measured.interval)
    return Derivation(str(measure), value, measured.unit, Step.SUM, parts, between=between)


def of_vacancy(name: str, post: Post, vacant: Decimal) -> Derivation | None:
    """Return a vacancy as the post's FTE less those filled; None where it is known in another way."""
    if post.fte is None or post.filled is None or post.vacant is not None:
        return None
    fte, filled = _stated("established", post, "fte", post.fte), _stated("filled", post, "filled", post.filled)
    if fte is None or filled is None or fte.value - filled.value != vacant:
        return None
    return _less(name, fte, filled)


def of_change(name: str, change: Decimal, before: Part | None, after: Part | None, unit: str) -> Derivation | None:
    """Return a line's change as what it will be less what it is; None where the change is known in another way."""
    if any(part is not None and part.value is None for part in (before, after)):
        return None
    old = None if before is None else before.trace()._replace(name="current")
    new = None if after is None else after.trace()._replace(name="proposed")
    if (ZERO if new is None else new.value) - (ZERO if old is None else old.value) != change:
        return None
    if new is None:
        return None if old is None else Derivation(name, change, unit, Step.NEGATED, (old,), basis=old.basis)
    return new._replace(name=name) if old is None else _less(name, new, old)


def of_pool(pool: Pool, value: Decimal, structures: Mapping[str, Structure]) -> Derivation:
    """Return the slack or the displaced of a pool: its posts' FTE, and the people who may move into them."""
    name = " / ".join(pool.titles)
    posts = _posts("posts", structures["proposed"], pool.proposed, "fte")
    people = _posts("people who may move into them", structures["current"], pool.current, "filled")
    if posts.value == pool.fte and people.value == pool.filled:
        if value == posts.value - people.value:
            return _less(name, posts, people)
        if value == people.value - posts.value:
            return _less(name, people, posts)
    return Derivation(name, value, _FTE, kind=Kind.MOVES)


def _posts(name: str, structure: Structure, ids: tuple[str, ...], key: str) -> Derivation:
    """Add up what posts state of themselves; a post that states nothing adds nothing."""
    posts = (structure.posts[id_] for id_ in ids)
    stated = (_stated(post.title, post, key, getattr(post, key)) for post in posts)
    leaves = tuple(leaf for leaf in stated if leaf is not None)
    return Derivation(name, sum((leaf.value for leaf in leaves), ZERO), _FTE, Step.SUM, leaves, basis=weakest(leaves))


def _stated(name: str, post: Post, key: str, figure: Quantity | None) -> Derivation | None:
    value = known(figure)
    if figure is None or value is None:
        return None
    source = Source(post.path, ("posts", post.id, key), figure.at or post.at)
    basis = figure.basis or Basis.PUBLISHED
    return Derivation(name, value, _FTE, source=source, basis=basis, because=figure.because)


def _less(name: str, first: Derivation, other: Derivation) -> Derivation:
    both = (first, other)
    return Derivation(name, first.value - other.value, first.unit, Step.DIFFERENCE, both, basis=weakest(both))
