"""Pools for a reader: whose holders may move into which posts, how, and what that leaves."""

from restructure_cli.model.report import Column, Kind, Row, Table
from restructure_cli.model.results import Diff, Pool
from restructure_cli.report.wording import cell, fte

COLUMNS = (
    Column("Holders of"),
    Column("may move into"),
    Column("People FTE", Kind.FTE, key="filled"),
    Column("Posts FTE", Kind.FTE, key="fte"),
    Column("Slack FTE", Kind.CHANGE_FTE, key="slack"),
)


def table(result: Diff, joined_only: bool) -> Table:
    """List pools that have holders; with `joined_only`, those that join several posts."""
    rows, notes = [], []
    for pool in result.pools:
        if not pool.counted or not pool.current or (joined_only and len(pool.current) + len(pool.proposed) < 3):
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
    return Table(COLUMNS, tuple(rows), notes=tuple(notes))


def _holders(pool: Pool, result: Diff) -> str:
    return ", ".join(dict.fromkeys(result.titles[f"current:{id_}"] for id_ in pool.current))


def _posts(pool: Pool, result: Diff) -> str:
    """Name the posts with how their holders come into them."""
    told = []
    for id_ in pool.proposed:
        ways = sorted({way.value for link in pool.links if link.proposed == id_ for way in link.by})
        title = result.titles[f"proposed:{id_}"]
        told.append(f"{title} ({', '.join(ways)})" if ways else title)
    return ", ".join(dict.fromkeys(told)) or "nowhere"


def _told(pool: Pool, result: Diff) -> list[str]:
    """Say aloud what a figure alone would hide: no slack, and people without a post."""
    name = _holders(pool, result)
    if pool.slack == 0 and pool.fte:
        return [f"{name}: nil slack. Every post is needed for somebody already here."]
    if pool.displaced:
        return [f"{name}: {fte(pool.displaced)} FTE of people have no post (displaced)."]
    return []
