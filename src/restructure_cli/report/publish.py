"""The organisation chart as one flat table, a row a post, with the headings that the Transparency Code asks for."""

from restructure_cli.analysis.organisation_chart import Chart, ChartRow
from restructure_cli.model.report import Column, Kind, Mark, Report, Row, Table

_COLUMNS = (
    Column("Organisation", key="organisation"), Column("Tier", Kind.COUNT, key="tier"),
    Column("Job title", key="job_title"), Column("Grade", key="grade"),
    Column("Department", key="department"), Column("Team", key="team"),
    Column("Permanent or temporary", key="permanent_or_temporary"), Column("FTE", Kind.FTE, key="fte"),
    Column("Reports to", key="reports_to"), Column("Salary ceiling £", Kind.MONEY, key="salary_ceiling"),
    Column("Id", key="id"),
)  # fmt: skip


def charted(result: Chart) -> tuple[Report, Table]:
    """Build the chart as a report, and the flat table that it is."""
    table = Table(_COLUMNS, tuple(_row(result, row) for row in result.rows))
    return Report(f"{result.organisation}: organisation chart", (), result.title), table


def _row(result: Chart, row: ChartRow) -> Row:
    """Write one post."""
    unknown = Mark.UNKNOWN
    cells = (result.organisation, str(row.tier), row.title, row.grade or unknown, row.department or Mark.BLANK,
             row.team or Mark.BLANK, "permanent" if row.permanent else "temporary",
             row.fte if row.fte is not None else unknown, row.reports_to or Mark.BLANK,
             row.ceiling if row.ceiling is not None else unknown, row.id)  # fmt: skip
    return Row(cells)
