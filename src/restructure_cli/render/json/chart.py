"""Structure charts as restructure.chart/1: every team and post with what it stands under and what becomes of it."""

from collections.abc import Iterable, Mapping

from restructure_cli.model.charts import Chart, Drawn
from restructure_cli.render.json.document import Json, decimal, document, head


def render_chart(charts: Iterable[Chart], inputs: Mapping[str, str]) -> str:
    """Write one chart, or those of both sides."""
    found = list(charts)
    about = found[0]
    body: Json = {
        "organisation": about.organisation,
        "service": about.service or None,
        "charts": [drawn(one) for one in found],
    }
    return document("chart", inputs, body)


def drawn(chart: Chart) -> Json:
    """Write one chart from the top down."""
    return {"side": chart.side, "structure": head(chart.head), "lines": [_line(line) for line in chart.lines]}


def _line(line: Drawn) -> Json:
    return {
        "kind": "team" if line.is_team else "post",
        "id": line.id,
        "title": line.title,
        "under": {"kind": line.above_kind, "id": line.above} if line.above_kind else None,
        "grade": line.grade or None,
        "fte": decimal(line.fte),
        "legend": line.legend.value if line.legend is not None else None,
        "changes": [told.change.value for told in line.differences],
        "starts": str(line.starts) if line.starts is not None else None,
        "joins": str(line.joins) if line.joins is not None else None,
        "subject_to": line.subject_to or None,
        "counted": line.counted,
    }
