"""The options and arguments that several verbs share, declared once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from restructure_cli.cli.output import Format, Outputs
from restructure_cli.files import scalars
from restructure_cli.model.periods import FinancialYear, Moment


class Detail(StrEnum):
    """How much of a result is shown."""

    SUMMARY = "summary"
    CHANGES = "changes"
    ALL = "all"


class By(StrEnum):
    """What rows are gathered by."""

    POST = "post"
    TEAM = "team"
    GRADE = "grade"
    TITLE = "title"


class Of(StrEnum):
    """What is priced."""

    ESTABLISHED = "established"
    FILLED = "filled"


class CostBy(StrEnum):
    """What costs are gathered by."""

    GRADE = "grade"
    TEAM = "team"
    POST = "post"
    TITLE = "title"
    FUND = "fund"


def format_option(*written: Format) -> Any:
    """Declare --format for a verb that writes these; the first is what it writes unless told otherwise."""
    names = f"{', '.join(written[:-1])} or {written[-1]}"
    return typer.Option("--format", metavar="FORMAT", help=f"{names}; {written[0]} unless --output says otherwise.")


OutputOption = Annotated[
    Outputs,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file (repeatable); its extension picks the format.",
    ),
]
GradesOption = Annotated[
    Path | None, typer.Option("--grades", "-g", readable=False, metavar="FILE", help="The grades file to price with.")
]


def _year(text: str) -> FinancialYear:
    try:
        return scalars.year(text)
    except scalars.Unreadable as fault:
        raise typer.BadParameter(f"{text} is not {fault.expected}. {fault.hint}".strip()) from None


def _day(text: str) -> Moment:
    try:
        return scalars.moment(text)
    except scalars.Unreadable as fault:
        raise typer.BadParameter(f"{text} is not {fault.expected}. {fault.hint}".strip()) from None


YearOption = Annotated[
    FinancialYear | None,
    typer.Option("--year", metavar="YEAR", parser=_year, help="The (first) year to price, such as 2024-25."),
]
GapOption = Annotated[
    FinancialYear | None,
    typer.Option("--gap", metavar="YEAR", parser=_year, help="The gap between need and funding of a year."),
]
YearsOption = Annotated[int, typer.Option("--years", min=1, max=30, help="How many years to price.")]
StartOption = Annotated[
    Moment | None,
    typer.Option("--start", metavar="DATE", parser=_day, help="When everything new begins: what a delay costs."),
]
TodayOption = Annotated[
    Moment | None,
    typer.Option("--today", metavar="DATE", parser=_day, help="The day to check on; absent: today."),
]
OfOption = Annotated[Of, typer.Option("--of", help="Price the established posts, or the people in post.")]
DetailOption = Annotated[Detail, typer.Option("--detail", help="summary, changes, or all (unchanged posts too).")]
MomentOption = Annotated[
    Moment | None,
    typer.Option("--as-at", metavar="DATE", parser=_day, help="The day the extract is of, such as 2026-03-31."),
]
