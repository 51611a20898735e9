"""What published totals hold beyond the lines under them, as formulas: the total less the lines and totals beneath."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis import tree
from restructure_cli.model.costs import CostRow
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import Control, Structure
from restructure_cli.render.workbook.sheets import Sheet

STRUCTURE = "(the structure)"
Node = str | None


class Columns(NamedTuple):
    """Where a sheet has a measure, the published totals of it, and at each line the total that it is under."""

    figure: int
    published: int
    under: int


class Rests:
    """The lines "not itemised" of one sheet, in one measure: FTE, or money at a point."""

    def __init__(
        self, structure: Structure, rows: Sequence[CostRow], measure: Callable[[Control], Decimal | None],
        of: Callable[[CostRow], Decimal | None],
    ) -> None:  # fmt: skip
        self.structure, self.of = structure, of
        paths = tree.paths(structure)
        self.above = {node: (None, *(id_ for id_, _ in path)) for node, path in paths.items()}
        rests = (row for row in rows if row.kind is RowKind.NOT_ITEMISED and row.team in self.above)
        self.nodes = {row.team: of(row) for row in rests if of(row) is not None}
        controls = {node: tree.control_of(structure, node) for node in self.nodes}
        self.stated = {node: measure(control) for node, control in controls.items() if control is not None}
        self.lines: dict[Node, Decimal] = {}
        for row in rows:
            for node in self.over(row):
                self.lines[node] = self.lines.get(node, ZERO) + (of(row) or ZERO)

    def over(self, row: CostRow) -> list[Node]:
        """Return the published total that a line is under, if it is under one."""
        if row.priced_by or row.kind not in (RowKind.POST, RowKind.OTHER_COST):
            return []
        return self._nearest(self.above.get(row.team, (None,)))

    def _nearest(self, line: tuple[Node, ...]) -> list[Node]:
        return [node for node in reversed(line) if node in self.nodes][:1]

    def beneath(self, node: Node) -> list[Node]:
        """Return the published totals directly under one."""
        return [one for one in self.nodes if one != node and self._nearest(self.above[one][:-1]) == [node]]

    def formula(
        self, node: Node, sheet: Sheet, columns: Columns, lines: tuple[int, int], at: Mapping[Node, int]
    ) -> str:
        """Return the formula of what a total holds beyond its lines, "" where it is not made of them alone."""
        whole, below = self.stated.get(node), self.beneath(node)
        if whole is None or any(self.stated.get(one) is None for one in below):
            return ""
        parts = [self.lines.get(node, ZERO), *(self.stated[one] or ZERO for one in below)]
        if whole - sum(parts, ZERO) != self.nodes[node]:
            return ""
        cells = [sheet.ref(at[one], columns.published) for one in (node, *below)]
        if lines[1] < lines[0]:
            return "-".join(cells)
        under = f'--EXACT({sheet.range(columns.under, *lines)},"{name(node)}")'
        return "-".join((cells[0], f"SUMPRODUCT({under},{sheet.range(columns.figure, *lines)})", *cells[1:]))


def name(node: Node) -> str:
    """Name a published total."""
    return STRUCTURE if node is None else node


def of_cost(control: Control) -> Decimal | None:
    """Return a published cost."""
    return known(control.cost)


def of_fte(control: Control) -> Decimal | None:
    """Return a published FTE."""
    return known(control.fte)
