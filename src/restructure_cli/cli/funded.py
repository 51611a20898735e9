"""A funding file with the structures and the grades that stand beside it, and the years a call asks for."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from restructure_cli.checks.catalogue import findings
from restructure_cli.checks.rule import Subject
from restructure_cli.cli import exits, inputs
from restructure_cli.cli.inputs import CURRENT, GRADES, PROPOSED, Inputs
from restructure_cli.files.reader import Reader
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.funding import Funding
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.structures import Structure

if TYPE_CHECKING:
    from restructure_cli.analysis.gap import Beside

FUNDING = "funding.yaml"


@dataclass(slots=True)
class Funded(Inputs):
    """What a verb about funding works on."""

    funding: Funding | None = None

    @property
    def beside(self) -> "Beside":
        """The structures and the grades, as the analysis takes them."""
        from restructure_cli.analysis.gap import Beside

        named = {Path(structure.path).name: structure for structure in self.structures}
        return Beside(named.get(CURRENT), named.get(PROPOSED), self.grades)

    def years_asked(self, first: FinancialYear | None, number: int | None) -> tuple[FinancialYear, ...]:
        """Return the years of a call; those it does not name follow from the dates of the funding file."""
        from restructure_cli.analysis.gap import first_year, told_years

        assert self.funding is not None
        first = first or first_year(self.funding, self.beside)
        if first is None:
            message = f"no entry of {self.funding.path} says from when; name the first year"
            raise typer.BadParameter(message, param_hint="--year")
        return inputs.Span(first, number).years(first) if number else told_years(self.funding, self.beside, first)


def read(path: Path, grades: Path | None) -> Funded:
    """Read and check a funding file and what stands beside it; where something is not valid, end with 3."""
    folder, file = (path, path / FUNDING) if is_folder(path) else (path.parent, path)
    given = Funded(Reader())
    given.funding = given.reader.funding(file)
    beside = [folder / name for name in (CURRENT, PROPOSED) if is_there(folder / name)]
    read_structures = [given.reader.structure(one) for one in beside]
    given.structures = [structure for structure in read_structures if structure is not None]
    if grades is not None or is_there(folder / GRADES):
        given.grades = given.reader.grades(grades or folder / GRADES)
    given.findings = list(given.reader.findings)
    if not given.reader.blocked:
        given.findings += inputs.checked(given, given.funding)
        if given.funding is not None and not given.structures:
            nothing = Structure(path=given.funding.path, organisation="", title="")
            given.findings += findings(Subject(nothing, funding=given.funding))
    given.findings = inputs.after_suppressions(given.reader, given.findings)
    if any(finding.rule.blocks for finding in given.findings):
        inputs.show(given, given.findings)
        raise typer.Exit(exits.NOT_VALID)
    return given
