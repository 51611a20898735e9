"""What a decision rests on that may turn out otherwise, for a reader."""

from collections.abc import Iterable
from decimal import Decimal

from restructure_cli.model.cabinet import Appendix
from restructure_cli.model.findings import Finding, Severity
from restructure_cli.model.report import Column, Kind, Mark, Row, Section, Table
from restructure_cli.model.risks import Conditional, KnownDifference, NotEvaluated, Risks, UnknownFigures, Unpriced
from restructure_cli.report.wording import cell, fte, plural, pounds

_MEASURES = {"shown": "FTE", "filled": "filled FTE", "vacant": "vacancy", "cost": "cost", "agency": "agency cover"}
_NAMED = 12
"""So many lines are named where figures are not known; the others are counted, and stand in their tables as `?`."""
_COUNTED = ("no", "yes")


def sections(found: Appendix) -> list[Section]:
    """Build one section a kind of risk; what there is none of is left out."""
    return [
        Section(title, tables=(table,), level=2)
        for title, table in (*_of_posts(found.risks), *_of_figures(found.risks), *_of_files(found.findings))
        if table.rows
    ]


def _of_posts(risks: Risks) -> Iterable[tuple[str, Table]]:
    conditional = (
        Column("Post or team"), Column("Depends on"), Column("FTE", Kind.FTE, key="fte"),
        Column("Cost £ a year", Kind.MONEY, key="cost"), Column("In totals"), Column("At"),
    )  # fmt: skip
    yield "Posts that depend on a condition", Table(conditional, tuple(map(_conditional, risks.conditions)))
    graded = (
        Column("Post"), Column("Grade"), Column("The grade is"), Column("FTE", Kind.FTE, key="fte"),
        Column("Bottom £ a year", Kind.MONEY, key="bottom"), Column("Top £ a year", Kind.MONEY, key="top"),
        Column("In totals"), Column("At"),
    )  # fmt: skip
    yield "Grades that are not evaluated", Table(graded, tuple(map(_graded, risks.not_evaluated)))


def _conditional(line: Conditional) -> Row:
    figures = (Mark.BLANK, Mark.BLANK) if line.is_team else (cell(line.fte), cell(line.cost))
    return Row((line.title, line.condition, *figures, _COUNTED[line.counted], "; ".join(line.at)))


def _graded(post: NotEvaluated) -> Row:
    figures = (cell(post.fte), cell(post.bottom), cell(post.top))
    return Row(
        (post.title, post.grade or "not stated", post.grading, *figures, _COUNTED[post.counted], "; ".join(post.at))
    )


def _of_figures(risks: Risks) -> Iterable[tuple[str, Table]]:
    unknown = (Column("Not published"), Column("Side"), Column("Lines", Kind.COUNT, key="lines"), Column("Of"))
    yield "Figures that nobody published", Table(unknown, tuple(map(_unknown, risks.unknown)))
    unpriced = (
        Column("Not priced, because"),
        Column("Lines", Kind.COUNT, key="lines"),
        Column("FTE", Kind.FTE, key="fte"),
    )
    yield "Posts without a price", Table(unpriced, tuple(map(_unpriced, risks.unpriced)))
    known = (Column("Published total of"), Column("In"), Column("It differs from its parts by"), Column("Because"),
             Column("At"))  # fmt: skip
    yield "Published totals known to differ from their parts", Table(known, tuple(map(_known, risks.known_differences)))


def _unknown(group: UnknownFigures) -> Row:
    named = ", ".join(dict.fromkeys(group.titles[:_NAMED]))
    more = len(group.titles) - _NAMED
    told = f"{named} and {plural(more, 'other')}" if more > 0 else named
    return Row((_MEASURES.get(group.measure, group.measure), group.side, Decimal(len(group.titles)), told))


def _unpriced(group: Unpriced) -> Row:
    partial = "" if group.fte.complete or not group.fte.value else " (FTE: known part)"
    known = group.fte.value if group.fte.complete or group.fte.value else None
    return Row((f"{group.why}{partial}", Decimal(group.lines), cell(known)))


def _known(total: KnownDifference) -> Row:
    figure = total.difference.value
    told = "not stated" if figure is None else pounds(figure) if total.is_money else fte(figure)
    return Row((total.title, total.structure, told, total.because, "; ".join(total.at)))


def _of_files(findings: tuple[Finding, ...]) -> Iterable[tuple[str, Table]]:
    columns = (Column("Rule"), Column("It is"), Column("Where"), Column("What it says"))
    rows = tuple(
        Row((finding.rule.code, finding.rule.severity.value, _where(finding), finding.message))
        for finding in findings
        if finding.rule.severity is not Severity.NOTE
    )
    yield "What stands against the files", Table(columns, rows)


def _where(finding: Finding) -> str:
    return f"{finding.place.path}:{finding.place.line}" if finding.place.line is not None else finding.place.path
