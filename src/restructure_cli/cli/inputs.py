"""From the paths of a call to the model, with every finding about them."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from restructure_cli.checks.catalogue import findings
from restructure_cli.checks.rule import Subject
from restructure_cli.cli import exits
from restructure_cli.files.reader import Reader
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.findings import Finding, Severity
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.structures import Structure

if TYPE_CHECKING:
    from restructure_cli.model.funding import Funding

CURRENT, PROPOSED, GRADES, CLAIMS = "current.yaml", "proposed.yaml", "grades.yaml", "claims.yaml"


@dataclass(slots=True)
class Inputs:
    """What a verb works on: structures in order, the grades file, and the reading they come from."""

    reader: Reader
    structures: list[Structure] = field(default_factory=list)
    grades: Grades | None = None
    findings: list[Finding] = field(default_factory=list)
    years: tuple[FinancialYear, ...] = ()
    """The years to price: by default that of the grades file."""

    def files(self) -> dict[str, str]:
        """Return the SHA-256 of the files read, by path."""
        return self.reader.sha256()


class Span(NamedTuple):
    """The years that a call asks for: how many, from which on."""

    first: FinancialYear | None
    number: int

    def years(self, of_the_grades: FinancialYear) -> tuple[FinancialYear, ...]:
        """Return the years; the first is that of the grades file where the call names none."""
        start = (self.first or of_the_grades).start
        return tuple(FinancialYear(start + later) for later in range(self.number))


def sides(first: Path, second: Path | None, grades: Path | None) -> tuple[list[Path], Path | None]:
    """Return the current and proposed files of a call, and its grades file: a folder stands for the files in it."""
    if second is None and is_folder(first):
        beside = first / GRADES
        return [first / CURRENT, first / PROPOSED], grades or (beside if is_there(beside) else None)
    if second is None:
        return [first], grades
    return [first, second], grades


def read(structures: list[Path], grades: Path | None, span: Span | None = None) -> Inputs:
    """Read and check the files of a call; where something is not valid, show it and end with 3."""
    inputs = Inputs(Reader())
    read_structures = [inputs.reader.structure(path) for path in structures]
    if grades is not None:
        inputs.grades = inputs.reader.grades(grades)
    inputs.structures = [structure for structure in read_structures if structure is not None]
    if span is not None and inputs.grades is not None:
        inputs.years = span.years(inputs.grades.year)
    inputs.findings = list(inputs.reader.findings)
    if not inputs.reader.blocked:
        inputs.findings += checked(inputs)
    inputs.findings = after_suppressions(inputs.reader, inputs.findings)
    if any(finding.rule.blocks for finding in inputs.findings):
        show(inputs, inputs.findings)
        raise typer.Exit(exits.NOT_VALID)
    return inputs


def after_suppressions(reader: Reader, found: list[Finding]) -> list[Finding]:
    """Leave out what a file is excused from, and give the rest the severities of the settings that hold for it.

    No suppression is past here: what a verb other than check says does not depend on the day.
    """
    if not found:
        return found
    from restructure_cli.checks.suppressions import Judge

    judge = Judge(reader)
    return [*judge.after_suppressions(found), *judge.settings.findings]


def checked(inputs: Inputs, funding: "Funding | None" = None) -> list[Finding]:
    """Check each structure; of two, the second is the proposal against the first."""
    found: list[Finding] = []
    current = inputs.structures[0] if len(inputs.structures) == 2 else None
    for structure in inputs.structures:
        against = current if structure is not current else None
        found += findings(Subject(structure, against, inputs.grades, inputs.years, funding, structure is current))
    return found


def can_start(start: Moment | None, inputs: Inputs) -> None:
    """Refuse a start of what is proposed where nothing is: one structure alone has nothing to put off."""
    if start is not None and len(inputs.structures) != 2:
        raise typer.BadParameter(
            "a later start needs the current and the proposed structure: name both", param_hint="--start"
        )


def show(inputs: Inputs, found: list[Finding]) -> None:
    """Write findings to standard error, notes left out."""
    from restructure_cli.cli.terminal import terminal
    from restructure_cli.render.findings import render_findings

    telling = [finding for finding in found if finding.rule.severity is not Severity.NOTE]
    screen = terminal(sys.stderr)
    if telling:
        sys.stderr.write(render_findings(inputs.reader.located(telling), colour=screen.colour, width=screen.width))


def verdict(inputs: Inputs) -> int:
    """Show what stands against the files of a verb that ran; return 1 where it is an error."""
    show(inputs, inputs.findings)
    errors = any(finding.rule.severity is Severity.ERROR for finding in inputs.findings)
    return exits.GATE_SAYS_NO if errors else exits.FINE
