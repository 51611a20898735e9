"""The options and arguments that several verbs share, declared once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from restructure_cli.cli.output import Format


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


class CostBy(StrEnum):
    """What costs are gathered by."""

    GRADE = "grade"
    TEAM = "team"
    POST = "post"
    TITLE = "title"
    FUND = "fund"


FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Format of the answer; text unless --output says otherwise.")
]
OutputOption = Annotated[
    list[Path],
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file (repeatable); .txt, .json or .csv picks the format.",
    ),
]
GradesOption = Annotated[
    Path | None, typer.Option("--grades", "-g", readable=False, metavar="FILE", help="The grades file to price with.")
]
DetailOption = Annotated[Detail, typer.Option("--detail", help="summary, changes, or all (unchanged posts too).")]
