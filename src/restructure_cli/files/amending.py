"""An import laid over a file that is there already: what the extract says is taken, what people added is kept.

Works on the trees of both files, so that figures stay as people wrote them. A column that the extract has owns its
key, a blank included; keys that it has no column for are left alone, and so is what a person assumed where the
extract is silent.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from restructure_cli.files import scalars
from restructure_cli.model.extracts import KeyChange

Tree = dict[str, Any]

_KINDS = ("teams", "posts", "costs")
_ALWAYS = ("title", "team")
_OWNED_BY = {
    "grade": ("grade",), "tenure": ("tenure",), "reports_to": ("reports_to",), "numbers": ("number", "reference"),
    "code": ("code",), "fte": ("fte",), "positions": ("number", "positions", "fte"), "hours": ("hours",),
    "weeks": ("weeks",), "scp": ("scp",), "salary": ("pay_floor", "pay_minimum"),
    "filled": ("filled", "employee", "name", "status"), "people": ("people", "employee", "name"),
    "agency": ("agency",), "starts": ("starts",), "ends": ("ends",),
    "counted": ("reference",), "because": ("reference",),
}  # fmt: skip
"""Which columns of an extract own a key of a post: those it is read or worked out from."""


_IMPORTED = frozenset({*_ALWAYS, *_OWNED_BY, "at"})
"""Keys that an import writes; others are what people added."""


class Amended(NamedTuple):
    """A file as it will be, and what became of its entries."""

    tree: Tree
    gone: tuple[str, ...]
    """Posts of the file that came from an import, and that the extract has no longer."""
    stayed: tuple[str, ...]
    """Posts of the file that the extract does not have, and that people added or placed themselves."""
    lost: tuple[str, ...] = ()
    """Posts that are gone and said more than an import says, each with those keys."""


def structure(before: Tree, imported: Tree, fields: Iterable[str], is_ours: Callable[[Any], bool]) -> Amended:
    """Lay an imported structure over one that is there."""
    columns = set(fields)
    owned = (*_ALWAYS, *(key for key, needed in _OWNED_BY.items() if columns.intersection(needed)))
    tree = dict(before)
    for key in ("as_at", "document"):
        if imported.get(key) is not None:
            tree[key] = imported[key]
    if is_ours(before.get("note")) or before.get("note") is None:
        tree.pop("note", None)
        if imported.get("note") is not None:
            tree["note"] = imported["note"]
    tree["teams"] = _teams(before.get("teams") or {}, imported.get("teams") or {})
    posts, gone, stayed, lost = _posts(before.get("posts") or {}, imported.get("posts") or {}, owned, is_ours)
    tree["posts"] = posts
    first = next((place for place, key in enumerate(before) if key in _KINDS), len(before))
    new = [key for key in ("as_at", "document", "note") if key not in before]
    keys = dict.fromkeys([*list(before)[:first], *new, *list(before)[first:], *_KINDS])
    return Amended({key: tree[key] for key in keys if tree.get(key) not in (None, {})}, gone, stayed, lost)


def _teams(before: Mapping[str, Any], imported: Mapping[str, Any]) -> Tree:
    teams = {id_: dict(entry or {}) for id_, entry in before.items()}
    for id_, entry in imported.items():
        teams[id_] = {**teams.get(id_, {}), **entry}
    return teams


def _posts(
    before: Mapping[str, Any], imported: Mapping[str, Any], owned: Iterable[str], is_ours: Callable[[Any], bool]
) -> tuple[Tree, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    posts: Tree = {}
    gone: list[str] = []
    stayed: list[str] = []
    lost: list[str] = []
    for id_, entry in before.items():
        if id_ in imported:
            posts[id_] = _post(dict(entry or {}), imported[id_], owned, is_ours)
        elif is_ours((entry or {}).get("at")):
            gone.append(id_)
            added = [key for key in entry or {} if key not in _IMPORTED]
            lost += [f"{id_} ({', '.join(added)})"] if added else []
        else:
            posts[id_] = entry
            stayed.append(id_)
    posts.update((id_, entry) for id_, entry in imported.items() if id_ not in before)
    return posts, tuple(gone), tuple(stayed), tuple(lost)


def _post(before: Tree, imported: Tree, owned: Iterable[str], is_ours: Callable[[Any], bool]) -> Tree:
    post = dict(before)
    for key in owned:
        stated = imported.get(key)
        if stated is None:
            if key in post and not _assumed(post[key]):
                del post[key]
        elif not _same(post.get(key), stated):
            post[key] = stated
    for key in ("funding", "note"):
        if key in imported and key not in post:
            post[key] = imported[key]
    if is_ours(before.get("at")) or before.get("at") is None:
        post["at"] = imported.get("at")
    return {key: value for key, value in post.items() if key in before or value is not None}


def _assumed(value: object) -> bool:
    return isinstance(value, dict) and bool(value.get("basis") or value.get("because"))


def _same(before: object, imported: object) -> bool:
    """Whether two values mean the same, however they are written: 4, 4.0 and {is: 4, at: "3.1"}."""
    stated = before.get("is") if isinstance(before, dict) else before
    if stated == imported:
        return True
    if isinstance(stated, list) or isinstance(imported, list):
        return _listed(stated) == _listed(imported)
    return _number(stated) is not None and _number(stated) == _number(imported)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def _number(value: object) -> Decimal | None:
    try:
        number: Decimal = scalars.number(str(value))
    except scalars.Unreadable:
        return None
    return number


def key_changes(before: Tree, after: Tree) -> tuple[KeyChange, ...]:
    """List what changes in the posts and teams that a file has before and after; where their rows stand is no news."""
    found = []
    for kind in ("teams", "posts"):
        olds, news = before.get(kind) or {}, after.get(kind) or {}
        for id_, old in olds.items():
            if id_ in news and old != news[id_]:
                found += [KeyChange(id_, *change) for change in _changed(old or {}, news[id_] or {})]
    return tuple(found)


def _changed(old: Tree, new: Tree) -> Iterable[tuple[str, str, str]]:
    for key in dict.fromkeys((*old, *new)):
        if key != "at" and old.get(key) != new.get(key):
            yield key, _shown(old.get(key)), _shown(new.get(key))


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    return "" if value is None else str(value)


def grades(before: Tree, imported: Tree) -> Tree:
    """Lay imported grades over a grades file: the year and what a grade is paid are taken, the rest is kept."""
    tree = {**imported, **before, "year": imported["year"]}
    found = {id_: dict(entry or {}) for id_, entry in (before.get("grades") or {}).items()}
    for id_, entry in (imported.get("grades") or {}).items():
        kept = found.get(id_, {})
        if "salary" in entry or not kept:
            kept = {**{key: value for key, value in kept.items() if key not in ("scp", "cost")}, **entry}
        found[id_] = kept
    tree["grades"] = found
    return {key: tree[key] for key in dict.fromkeys([*before, *imported]) if key in tree}


def claims(before: Tree, imported: Tree, prefix: str) -> Tree:
    """Lay imported claims over a claims file: those of an import are taken anew, with what people know of them."""
    theirs = before.get("claims") or {}
    found = {id_: entry for id_, entry in theirs.items() if not id_.startswith(prefix)}
    for id_, entry in (imported.get("claims") or {}).items():
        known = (theirs.get(id_) or {}).get("known")
        found[id_] = {**entry, "known": known} if known is not None else entry
    return {**before, "claims": found}
