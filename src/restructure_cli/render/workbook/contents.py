"""What a workbook is written from: the results of the analyses, and the structures and the grades they are about."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis import sides
from restructure_cli.analysis.sides import Figures
from restructure_cli.model.costs import Cost
from restructure_cli.model.gaps import Gap
from restructure_cli.model.grades import Grades
from restructure_cli.model.results import Diff, RowKind, Vacancies
from restructure_cli.model.structures import Structure


class Contents(NamedTuple):
    """What goes into a workbook; a part that is None or empty has no sheet."""

    structures: tuple[Structure, ...]
    """One, a current and a proposed one, or several to compare."""
    grades: Grades | None = None
    cost: Cost | None = None
    diff: Diff | None = None
    """The change, where there is no cost; with a cost, the changes are in it."""
    vacancies: Vacancies | None = None
    gap: Gap | None = None
    inputs: Mapping[str, str] = {}
    """The SHA-256 of the files, by path."""
    by_start: bool = False
    """Whether the proposal begins on a day of its own, so that lines change inside a year."""

    @property
    def changes(self) -> tuple[Diff, ...]:
        """The change of each year, or the only one."""
        if self.cost is not None and self.cost.changes:
            return self.cost.changes
        return (self.diff,) if self.diff is not None else ()

    def side(self, number: int) -> str:
        """Return the word that tells the sheets of one structure from another's."""
        if len(self.structures) == 1:
            return ""
        return ("current", "proposed")[number] if len(self.structures) == 2 else str(number + 1)

    def figures(self, number: int) -> Mapping[str, Figures]:
        """Return the FTE of a structure's posts; a proposal's follow from who moves."""
        own = sides.figures(self.structures[number])
        if number == 1 and len(self.structures) == 2 and self.changes:
            return {**own, **_proposed(self.changes[0])}
        return own


def _proposed(change: Diff) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    for row in (*change.rows, *change.outside):
        if row.kind is RowKind.POST and row.proposed is not None:
            found[row.proposed] = Figures(
                row.fte.proposed, row.filled.proposed, row.vacant.proposed, row.shown.proposed, None, Decimal(0)
            )
    return found
