"""Pools for a reader: whose holders may move into which posts, how, and what that leaves."""

from restructure_cli.model.report import Column, Kind, Row, Table
from restructure_cli.model.results import Diff, Pool
from restructure_cli.report.wording import cell, fte, plural

TITLE = "Pools"
_NIL = "nil slack. Every post is needed for somebody already here."
_MOST = 30
"""So many pools with nil slack are named under a table."""
COLUMNS = (
    Column("Holders of"),
    Column("may move into"),
    Column("People FTE", Kind.FTE, drop=-2, key="filled"),
    Column("Posts FTE", Kind.FTE, drop=-1, key="fte"),
    Column("Slack FTE", Kind.CHANGE_FTE, key="slack"),
)


def table(result: Diff, joined_only: bool) -> Table:
    """List pools that have holders; with `joined_only`, those that join several posts or leave people without one."""
    rows, notes = [], []
    told = not result.snapshots  # between two snapshots people leave; nobody is proposed to lose a post
    for pool in result.pools:
        if not pool.counted or not (pool.current or pool.filled):
            continue
        if joined_only and len(pool.current) + len(pool.proposed) < 3 and not (told and _leaves_people(pool)):
            continue
        if not pool.proposed and pool.filled == 0:
            continue
        rows.append(
            Row(
                (
                    _holders(pool, result),
                    _posts(pool, result),
                    cell(pool.filled),
                    cell(pool.fte),
                    cell(pool.slack),
                )
            )
        )
        notes += _told(pool, result)
    return Table(COLUMNS, tuple(rows), notes=_not_too_many(notes))


def _leaves_people(pool: Pool) -> bool:
    """Whether people are without a post, or may be: nobody says how many are in one that leads nowhere."""
    return bool(pool.displaced) or (not pool.proposed and pool.filled is None)


def _not_too_many(notes: list[str]) -> tuple[str, ...]:
    """Tell people without a post first, and of very many pools with nil slack some by name and how many more."""
    displaced = [note for note in notes if not note.endswith(_NIL)]
    nil = [note for note in notes if note.endswith(_NIL)]
    more = len(nil) - _MOST
    if more <= 0:
        return tuple(notes)
    return (*displaced, *nil[:_MOST], f"{plural(more, 'more pool')} with nil slack stand above with a slack of 0.")


def _ways(pool: Pool, side: str, id_: str) -> frozenset[str]:
    return frozenset(way.value for link in pool.links if getattr(link, side) == id_ for way in link.by)


def _told_by(pool: Pool) -> str:
    """Say on which side the ways are told: of the holders, where each has one way wherever they go."""
    by_link = {(link.current, frozenset(way.value for way in link.by)) for link in pool.links}
    return "current" if len(by_link) == len({link.current for link in pool.links}) else "proposed"


def _holders(pool: Pool, result: Diff, ways: bool = True) -> str:
    """Name whose holders they are; of posts of another pool, with how many come."""
    named = _named(pool, "current", pool.current, result, ways)
    coming = (
        f"{result.titles[f'current:{link.current}']} ({fte(link.fte)} FTE)"
        for link in pool.links
        if link.fte and link.proposed in (*pool.proposed, *pool.details)
    )
    return ", ".join(part for part in (named, *coming) if part)


def _posts(pool: Pool, result: Diff) -> str:
    return _named(pool, "proposed", pool.proposed, result, ways=True) or "nowhere"


def _named(pool: Pool, side: str, ids: tuple[str, ...], result: Diff, ways: bool) -> str:
    """Name posts, with how their holders move where that is told on this side."""
    told = []
    for id_ in ids:
        how = sorted(_ways(pool, side, id_)) if ways and _told_by(pool) == side else []
        title = result.titles[f"{side}:{id_}"]
        told.append(f"{title} ({', '.join(how)})" if how else title)
    return ", ".join(dict.fromkeys(told))


def _told(pool: Pool, result: Diff) -> list[str]:
    """Say aloud what a figure alone would hide: no slack, and people without a post."""
    name = _holders(pool, result, ways=False)
    if pool.slack == 0 and pool.fte:
        return [f"{name}: {_NIL}"]
    if pool.displaced:
        return [f"{name}: {fte(pool.displaced)} FTE of people have no post (displaced)."]
    if _leaves_people(pool):
        return [f"{name}: no proposed post takes the people in it, and how many they are is not known."]
    return []
