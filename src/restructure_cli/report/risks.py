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


def _conditional(one: Conditional) -> Row:
    figures = (Mark.BLANK, Mark.BLANK) if one.is_team else (cell(one.fte), cell(one.cost))
    return Row((one.title, one.condition, *figures, _COUNTED[one.counted], "; ".join(one.at)))


def _graded(one: NotEvaluated) -> Row:
    figures = (cell(one.fte), cell(one.bottom), cell(one.top))
    return Row((one.title, one.grade or "not stated", one.grading, *figures, _COUNTED[one.counted], "; ".join(one.at)))


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


def _unknown(one: UnknownFigures) -> Row:
    named = ", ".join(dict.fromkeys(one.titles[:_NAMED]))
    more = len(one.titles) - _NAMED
    told = f"{named} and {plural(more, 'other')}" if more > 0 else named
    return Row((_MEASURES.get(one.measure, one.measure), one.side, Decimal(len(one.titles)), told))


def _unpriced(one: Unpriced) -> Row:
    partial = "" if one.fte.complete or not one.fte.value else " (FTE: known part)"
    known = one.fte.value if one.fte.complete or one.fte.value else None
    return Row((f"{one.why}{partial}", Decimal(one.lines), cell(known)))


def _known(one: KnownDifference) -> Row:
    figure = one.difference.value
    told = "not stated" if figure is None else pounds(figure) if one.is_money else fte(figure)
    return Row((one.title, one.structure, told, one.because, "; ".join(one.at)))


def _of_files(findings: tuple[Finding, ...]) -> Iterable[tuple[str, Table]]:
    columns = (Column("Rule"), Column("It is"), Column("Where"), Column("What it says"))
    rows = tuple(
        Row((one.rule.code, one.rule.severity.value, _where(one), one.message))
        for one in findings
        if one.rule.severity is not Severity.NOTE
    )
    yield "What stands against the files", Table(columns, rows)


def _where(one: Finding) -> str:
    return f"{one.place.path}:{one.place.line}" if one.place.line is not None else one.place.path
