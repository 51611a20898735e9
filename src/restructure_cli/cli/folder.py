"""An organisation's whole folder: structures, grades, funding and claims, each where it is there."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from restructure_cli.cli import exits, funded, inputs
from restructure_cli.cli.progress import Progress
from restructure_cli.files.reader import Reader
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.claims import Claims
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.verdicts import Judged

if TYPE_CHECKING:
    from restructure_cli.analysis.foundations import Files
    from restructure_cli.model.cabinet import Appendix


class Asked(NamedTuple):
    """The years that a call asks for; None: as the files say."""

    first: FinancialYear | None
    number: int | None


@dataclass(slots=True)
class Folder(funded.Funded):
    """What a verb about a whole folder works on."""

    claims: Claims | None = None
    gap_years: tuple[FinancialYear, ...] = ()

    @property
    def its_files(self) -> "Files":
        """The models, as the analysis takes them."""
        from restructure_cli.analysis.foundations import Files

        return Files(tuple(self.structures), self.grades, self.funding)


def read(path: Path, asked: Asked) -> Folder:
    """Read and check everything of ours in a folder; where something is not valid, end with 3."""
    if is_there(path) and not is_folder(path):
        raise typer.BadParameter(f"{path} is a file; name the folder that it is in", param_hint="FOLDER")
    given = Folder(Reader())
    reader = given.reader
    current = reader.structure(path / inputs.CURRENT)
    proposed = reader.structure(path / inputs.PROPOSED) if is_there(path / inputs.PROPOSED) else None
    given.structures = [one for one in (current, proposed) if one is not None]
    if is_there(path / inputs.GRADES):
        given.grades = reader.grades(path / inputs.GRADES)
    if is_there(path / funded.FUNDING):
        given.funding = reader.funding(path / funded.FUNDING)
    if is_there(path / inputs.CLAIMS):
        given.claims = reader.claims(path / inputs.CLAIMS)
    given.findings = list(reader.findings)
    if not reader.blocked:
        _choose_years(given, asked)
        given.findings += inputs.checked(given, given.funding)
    if any(finding.rule.blocks for finding in given.findings):
        inputs.show(given, given.findings)
        raise typer.Exit(exits.NOT_VALID)
    return given


def _choose_years(given: Folder, asked: Asked) -> None:
    """Settle the years of the gap and of costs: those the call names, else as far as the files reach."""
    from restructure_cli.analysis.cabinet import priced_years

    if given.funding is not None:
        given.gap_years = given.years_asked(asked.first, asked.number)
    if given.grades is not None and (asked.first is not None or asked.number is not None):
        given.years = inputs.Span(asked.first, asked.number or 1).years(given.grades.year)
    elif given.grades is not None:
        given.years = priced_years(given.grades, given.gap_years)


def appendix(given: Folder, progress: Progress) -> "Appendix":
    """Work out everything that the folder allows, and hold its claims against it."""
    from restructure_cli.analysis import cabinet

    found = cabinet.appendix(given.its_files, given.years, given.gap_years, progress.tell)
    judged = None
    if given.claims is not None:
        progress.tell("holding claims against the files")
        judged = _judged(given)
    told = given.reader.located(given.findings)
    return found._replace(claims=judged, findings=tuple(told), files=given.files())


def _judged(given: Folder) -> tuple[Judged, ...]:
    """Hold the claims against what was read; what does not hold is among the findings."""
    from restructure_cli.analysis.evidence import Evidence
    from restructure_cli.checks.claims import check_claims

    assert given.claims is not None
    current, *others = given.structures
    checked_claims = check_claims(
        given.claims, Evidence(current, others[0] if others else None, given.grades, given.funding)
    )
    given.findings += checked_claims.findings
    if any(finding.rule.blocks for finding in checked_claims.findings):
        inputs.show(given, given.findings)
        raise typer.Exit(exits.NOT_VALID)
    return checked_claims.judged
