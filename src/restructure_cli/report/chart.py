"""Structure charts for a reader: each structure as a tree, with the legend that reports use, in words."""

from collections.abc import Sequence
from decimal import Decimal

from restructure_cli.model.charts import Chart, Drawn
from restructure_cli.model.report import (
    Column,
    Kind,
    Legend,
    Mark,
    Report,
    Row,
    RowKind,
    Section,
    Table,
    Tree,
    TreeLine,
)
from restructure_cli.model.results import Change, Difference
from restructure_cli.report.wording import COUNTS_WORDS, cell, difference, fte, plural, side

EXPLAINED = {
    Legend.UNCHANGED: "nothing that the files state differs",
    Legend.CHANGED: "new, or with another title, grade, FTE or terms",
    Legend.TRANSFERRED: "joins the organisation, or moves to another team",
    Legend.IN_DEVELOPMENT: "starts later, or depends on a condition",
    Legend.DELETED: "not in the proposed structure",
}
_QUIET = (Change.UNCHANGED, Change.DELETED, Change.CONDITION)
"""Changes that the legend or other words of a line tell already."""


def report(charts: Sequence[Chart]) -> Report:
    """Build the report of one or two structure charts."""
    first = charts[0]
    name = f"{first.organisation}, {first.service}" if first.service else first.organisation
    sections = [
        Section(_heading(one), words=(side(one.head),), trees=(tree(one),), notes=tree(one).notes) for one in charts
    ]
    sections += legend(charts)
    return Report(f"{name}: structure chart", tuple(sections), _conclusion(charts), data=flat(charts))


def _heading(chart: Chart) -> str:
    return f"{chart.side.capitalize()} structure" if chart.compared else chart.head.title


def tree(chart: Chart, teams_only: bool = False) -> Tree:
    """Write a chart as the lines of a tree; `teams_only` leaves the posts out."""
    lines = [line for line in chart.lines if line.is_team or not teams_only]
    counted = f" FTE are those of {COUNTS_WORDS[chart.head.counts]}." if not teams_only else ""
    notes = (f"Teams stand where they are managed.{counted}",) if lines else ("There is nothing in it.",)
    return Tree(f"{chart.head.title}, as a tree", tuple(map(_line, lines)), notes)


def _line(drawn: Drawn) -> TreeLine:
    return TreeLine(drawn.depth, drawn.title, _words(drawn), drawn.legend, drawn.is_team)


def _words(drawn: Drawn) -> str:
    """Say how large a post is and at which grade, or how many posts a team has; then what becomes of it."""
    if drawn.is_team:
        told = [plural(drawn.posts, "post")] if drawn.posts else []
        told += [f"led by {drawn.lead}"] if drawn.lead else []
    else:
        told = ["FTE not known" if drawn.fte is None else f"{fte(drawn.fte)} FTE"]
        told += [f"grade {drawn.grade}"] if drawn.grade else []
        told += [] if drawn.counted else ["in no total"]
    return "; ".join([", ".join(told), *_becomes(drawn)] if told else _becomes(drawn))


def _becomes(drawn: Drawn) -> list[str]:
    told = [_told(one) for one in drawn.differences if one.change not in _QUIET]
    told += [f"joins {drawn.joins}"] if drawn.joins is not None else []
    told += [f"starts {drawn.starts}"] if drawn.starts is not None and drawn.legend is not None else []
    return told + ([f"subject to {drawn.subject_to}"] if drawn.subject_to else [])


def _told(one: Difference) -> str:
    """Write a change; of FTE with what it was, for a chart has no columns for that."""
    if one.change in (Change.MORE_FTE, Change.LESS_FTE) and one.old and one.new:
        return f"{difference(one)}: {one.old} → {one.new}"
    return difference(one)


def legend(charts: Sequence[Chart]) -> list[Section]:
    """Count the posts and teams under each word of the legend."""
    if not charts[0].compared:
        return []
    every = [(chart, is_team) for chart in charts for is_team in (True, False)]
    rows = [
        Row((word.value, EXPLAINED[word], *(_count(chart, is_team, word) for chart, is_team in every)))
        for word in Legend
    ]
    rows.append(Row(("Total", "", *(_count(chart, is_team) for chart, is_team in every)), RowKind.TOTAL))
    numbers = (
        Column(f"{chart.side.capitalize()} {'teams' if is_team else 'posts'}", Kind.COUNT) for chart, is_team in every
    )
    return [Section("Legend", tables=(Table((Column("Legend"), Column("Meaning"), *numbers), tuple(rows)),))]


def _count(chart: Chart, is_team: bool, word: Legend | None = None) -> Decimal:
    lines = (line for line in chart.lines if line.is_team is is_team)
    return Decimal(sum(1 for line in lines if word is None or line.legend is word))


def _conclusion(charts: Sequence[Chart]) -> str:
    told = []
    for chart in charts:
        teams = sum(1 for line in chart.lines if line.is_team)
        told.append(f"{chart.head.title}: {plural(teams, 'team')}, {plural(len(chart.lines) - teams, 'post')}")
    return f"{'; '.join(told)}."


def flat(charts: Sequence[Chart]) -> Table:
    """Return every team and post with what it stands under, as programs that draw charts read them."""
    keys = ("side", "kind", "id", "title", "under_kind", "under", "grade")
    columns = (
        *(Column(key, key=key) for key in keys),
        Column("fte", Kind.FTE, key="fte"),
        Column("legend", key="legend"),
        Column("what_changes", key="what_changes"),
    )
    rows = [
        Row(
            (
                chart.side,
                "team" if line.is_team else "post",
                line.id,
                line.title,
                line.above_kind,
                line.above,
                line.grade,
                Mark.BLANK if line.is_team else cell(line.fte),
                line.legend.value if line.legend is not None else "",
                "; ".join(_becomes(line)),
            )
        )
        for chart in charts
        for line in chart.lines
    ]
    return Table(columns, tuple(rows))
