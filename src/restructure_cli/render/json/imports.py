"""An import as restructure.import/1: rows in, used and rejected, columns, posts, findings, files."""

from collections.abc import Mapping

from restructure_cli.model.extracts import Count, Outcome
from restructure_cli.model.quantities import known, total
from restructure_cli.render.json.check import finding_entry
from restructure_cli.render.json.diff import compared
from restructure_cli.render.json.document import Json, document, summed


def render_import(outcome: Outcome, inputs: Mapping[str, str]) -> str:
    """Write what an import came to."""
    posts = [post for post in outcome.structure.posts.values() if post.in_totals]
    established, filled = total(known(post.fte) for post in posts), total(known(post.filled) for post in posts)
    body: Json = {
        "organisation": outcome.organisation,
        "rows": {"in": outcome.came_in, "used": outcome.used, "rejected": outcome.rejected},
        "complete": established.complete and not outcome.rejected,
        "totals": {"lines": len(posts), "fte": summed(established), "filled": summed(filled)},
        "extracts": [_extract(count) for count in outcome.extract.counts],
        "not_stated": dict(outcome.extract.not_stated),
        "findings": [finding_entry(finding) for finding in outcome.findings],
        "notes": list(outcome.notes),
        "changes": None if outcome.changes is None else compared(outcome.changes),
        "keys": [{"id": one.id, "key": one.key, "is": one.old, "becomes": one.new} for one in outcome.keys],
        "gone": list(outcome.gone),
        "stayed": list(outcome.stayed),
        "files": [{"path": path, "state": state.value} for path, state in outcome.files],
    }
    return document("import", inputs, body)


def _extract(count: Count) -> Json:
    return {
        "path": count.path,
        "sheet": count.sheet or None,
        "row_is": count.rows.value,
        "rows": {"in": count.came_in, "used": count.used, "rejected": count.rejected},
        "blank": count.blank,
        "above_the_header": count.above,
        "encoding": count.encoding or "UTF-8",
        "columns": [
            {"column": use.letters, "header": use.header, "read_as": use.field or None, "personal": use.personal,
             "kept": use.kept}
            for use in count.columns
        ],
    }  # fmt: skip
