"""A diff as restructure.diff/1: both sides of every row, the totals, pools, and what is missing."""

from collections.abc import Iterable, Mapping

from restructure_cli.model.results import Diff, Difference, DiffRow, Missing, Pool
from restructure_cli.render.json.document import Json, both, both_in_money, decimal, document, head, summed


def render_diff(result: Diff, inputs: Mapping[str, str]) -> str:
    """Write a diff as restructure.diff/1."""
    return document("diff", inputs, compared(result))


def compared(result: Diff) -> Json:
    """Write both sides of everything, the inputs left aside."""
    totals = result.totals
    return {
        "organisation": result.organisation,
        "service": result.service or None,
        "current": head(result.current),
        "proposed": head(result.proposed),
        "year": result.year or None,
        "complete": result.complete,
        "missing": [missing(gap) for gap in result.missing],
        "totals": {
            "fte": both(totals.fte),
            "filled": both(totals.filled),
            "shown": both(totals.shown),
            "vacant": both(totals.vacant),
            "displaced": {"fte": summed(totals.displaced), "complete": totals.displaced.complete},
            "cost": both_in_money(totals.cost),
        },
        "posts": [_diff_row(row) for row in result.rows],
        "outside": [_diff_row(row) for row in result.outside],
        "teams": [
            {"id": team.id, "title": team.title, "differences": _differences(team.differences)} for team in result.teams
        ],
        "pools": [_pool(pool) for pool in result.pools if pool.current],
        "suggestions": list(result.suggestions),
    }


def missing(gap: Missing) -> Json:
    """Write which rows have no figure of a measure on a side."""
    return {"measure": gap.measure, "side": gap.side, "ids": list(gap.ids)}


def _diff_row(row: DiffRow) -> Json:
    return {
        "id": row.id,
        "title": row.title,
        "team": row.team,
        "grade": row.grade or None,
        "kind": row.kind.value,
        "changes": [change.value for change in row.changes],
        "differences": _differences(row.differences),
        "current": row.current or None,
        "proposed": row.proposed or None,
        "fte": both(row.fte),
        "filled": both(row.filled),
        "shown": both(row.shown),
        "vacant": both(row.vacant),
        "cost": both_in_money(row.cost),
        "at": list(row.at),
    }


def _differences(differences: Iterable[Difference]) -> list[Json]:
    return [{"change": told.change.value, "old": told.old or None, "new": told.new or None} for told in differences]


def _pool(pool: Pool) -> Json:
    return {
        "titles": list(pool.titles),
        "current": list(pool.current),
        "proposed": list(pool.proposed),
        "links": [
            {
                "current": link.current,
                "proposed": link.proposed,
                "by": [way.value for way in link.by],
                "fte": decimal(link.fte),
            }
            for link in pool.links
        ],
        "filled": decimal(pool.filled),
        "fte": decimal(pool.fte),
        "slack": decimal(pool.slack),
        "displaced": decimal(pool.displaced),
        "counted": pool.counted,
    }
