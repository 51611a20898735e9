"""What claims are held against: the lines of both sides with everything they may be selected by, pools and funding."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from restructure_cli.analysis import tree
from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.diff import diff
from restructure_cli.analysis.gap import Beside, each_year, each_years_amounts
from restructure_cli.analysis.line_sources import LineSources
from restructure_cli.analysis.standing import Standings, standings_in
from restructure_cli.model.claims import Key, Selection
from restructure_cli.model.costs import Cost, CostRow
from restructure_cli.model.funding import Funding
from restructure_cli.model.gaps import Gap, YearAmounts
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.results import Diff, DiffRow, Pool, RowKind
from restructure_cli.model.structures import OtherCost, Post, Structure, Team


class Line(NamedTuple):
    """A line of one side: a post, another cost, or what a published total holds beyond them."""

    row: DiffRow
    kind: RowKind
    id: str
    team: str | None
    entry: Post | OtherCost | None
    counted: bool
    price: CostRow | None
    pools: tuple[int, ...] = ()
    """The pools it belongs to, by their number."""
    paid_by: frozenset[str] | None = None
    """Of a line selected by who pays: the funds meant ("" is what no fund is stated for); None: the whole line."""


class LowestTeam(NamedTuple):
    """A team without teams under it."""

    team: Team
    within: frozenset[str]
    """The teams that it stands in, itself among them."""
    conditional: bool
    """Whether one of those is subject to a condition."""


class Evidence:
    """An organisation's files, and what is worked out from them when a claim first asks for it."""

    def __init__(
        self,
        current: Structure,
        proposed: Structure | None = None,
        grades: Grades | None = None,
        funding: Funding | None = None,
    ) -> None:
        self.current, self.proposed, self.grades, self.funding = current, proposed, grades, funding
        self._gaps: dict[FinancialYear, Gap] = {}
        self._amounts: dict[FinancialYear, YearAmounts] = {}
        self.chosen: dict[tuple[str, Selection], tuple[Line, ...]] = {}
        """The lines that selections mean, by side and selection: many claims are about the same ones."""
        self.by_word: dict[tuple[str, Key], Mapping[str, list[int]]] = {}
        """The numbers of the lines of a side that each word of a key stands for."""

    def structure(self, side: str) -> Structure:
        """Return the structure of a side."""
        return self.current if side == "current" or self.proposed is None else self.proposed

    def sources(self, side: str) -> LineSources:
        """Say where the figures of priced lines stand."""
        return LineSources((self.structure(side),), filled=False)

    @cached_property
    def cost(self) -> Cost | None:
        """What the structures cost in the year of the grades file."""
        if self.grades is None:
            return None
        both = [self.current] if self.proposed is None else [self.current, self.proposed]
        return cost(both, self.grades)

    def amounts(self, year: FinancialYear) -> YearAmounts:
        """Return what needs and sources come to in one year."""
        assert self.funding is not None
        if year not in self._amounts:
            beside = Beside(self.current, self.proposed, self.grades)
            self._amounts = {**each_years_amounts(self.funding, beside, year), **self._amounts}
        return self._amounts[year]

    def gap(self, year: FinancialYear) -> Gap:
        """Set funding against need in one year."""
        assert self.funding is not None
        if year not in self._gaps:
            beside = Beside(self.current, self.proposed, self.grades)
            self._gaps = {**each_year(self.funding, beside, year), **self._gaps}
        return self._gaps[year]

    @cached_property
    def diff(self) -> Diff:
        """What changes; of a current structure alone, nothing."""
        if self.cost is not None and self.cost.change is not None:
            return self.cost.change
        return diff(self.current, self.structure("proposed"))

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """The pools that count."""
        return tuple(pool for pool in self.diff.pools if pool.counted)

    @cached_property
    def pools_of_posts(self) -> Mapping[str, list[int]]:
        """The numbers of the pools that count, by the posts of either side that belong to them."""
        found: dict[str, list[int]] = {}
        for number, pool in enumerate(self.pools):
            for id_ in {*pool.current, *pool.proposed}:
                found.setdefault(id_, []).append(number)
        return found

    @cached_property
    def lines(self) -> Mapping[str, tuple[Line, ...]]:
        """The lines of each side."""
        return {side: tuple(self._lines(side)) for side in ("current", "proposed")}

    @cached_property
    def in_pools(self) -> Mapping[str, tuple[int, ...]]:
        """Of each side, the numbers of the rows of what pools share."""
        return {
            side: tuple(number for number, line in enumerate(lines) if line.kind is RowKind.IN_POOLS)
            for side, lines in self.lines.items()
        }

    @cached_property
    def payers(self) -> Mapping[str, tuple[frozenset[str], ...]]:
        """Of each side, who pays for each line: its funds, and "" for whoever pays for what they leave."""
        return {side: tuple(map(_payers, lines)) for side, lines in self.lines.items()}

    @cached_property
    def under(self) -> Mapping[str, Mapping[str | None, tuple[Line, ...]]]:
        """Of each side, the lines that count under each team with a published total, and under the structure's."""
        found: dict[str, dict[str | None, tuple[Line, ...]]] = {}
        for side, lines in self.lines.items():
            structure = self.structure(side)
            nodes = [node for node in (None, *structure.teams) if tree.control_of(structure, node) is not None]
            found[side] = {
                node: tuple(
                    line
                    for line in lines
                    if line.counted and (node is None or node in self.above[side].get(line.team, ()))
                )
                for node in nodes
            }
        return found

    @cached_property
    def standings(self) -> Mapping[str, Standings]:
        """Of each side, from when to when and on what condition its posts are there."""
        return {side: standings_in(self.structure(side)) for side in ("current", "proposed")}

    @cached_property
    def above(self) -> Mapping[str, Mapping[str | None, frozenset[str]]]:
        """Of each side, the teams from the top down to each team."""
        return {
            side: {team: frozenset(id_ for id_, _ in path) for team, path in tree.paths(self.structure(side)).items()}
            for side in ("current", "proposed")
        }

    @cached_property
    def lowest_teams(self) -> Mapping[str, tuple[LowestTeam, ...]]:
        """Of each side, the teams that have no teams under them."""
        found: dict[str, tuple[LowestTeam, ...]] = {}
        for side, above in self.above.items():
            teams = self.structure(side).teams
            below = tree.children(tree.parents(self.structure(side)))
            conditional = {id_ for id_, team in teams.items() if team.subject_to}
            found[side] = tuple(
                LowestTeam(team, above[id_], not conditional.isdisjoint(above[id_]))
                for id_, team in teams.items()
                if not below.get(id_)
            )
        return found

    def _lines(self, side: str) -> Iterator[Line]:
        structure = self.structure(side)
        prices = self._prices(side)
        inside = {(row.kind, row.id) for row in self.diff.rows}
        pooled = self._pooled(side)
        for row in (*self.diff.rows, *self.diff.outside):
            id_ = row.current if side == "current" else row.proposed
            if id_ is None:
                continue
            if row.kind is RowKind.NOT_ITEMISED:
                id_ = row.id
            entry = _entry(structure, row.kind, id_)
            if row.kind in (RowKind.POST, RowKind.OTHER_COST) and entry is None:
                continue
            counted = (row.kind, row.id) in inside and (entry is None or entry.in_totals)
            team = row.current_team if side == "current" else row.team
            pools = pooled.get(id_, ()) if row.kind is not RowKind.IN_POOLS else self._of_row(row)
            yield Line(row, row.kind, id_, team, entry, counted, prices.get((row.kind, id_)), pools)
        yield from self._costs_alone(side, prices)

    def _costs_alone(self, side: str, prices: Mapping[tuple[RowKind, str], CostRow]) -> Iterator[Line]:
        """Carry priced lines that are in no row of a diff: a vacancy factor, other costs outside the totals."""
        in_diff = {(row.kind, row.id) for row in (*self.diff.rows, *self.diff.outside)}
        for (kind, id_), price in prices.items():
            if kind is RowKind.POST or (kind, id_) in in_diff:
                continue
            entry = self.structure(side).costs.get(id_)
            row = DiffRow(id_, price.title, kind, price.team, "", price.team)
            yield Line(row, kind, id_, price.team, entry, entry is None or entry.in_totals, price)

    def _prices(self, side: str) -> dict[tuple[RowKind, str], CostRow]:
        if self.cost is None:
            return {}
        of_side = self.cost.structures[0 if side == "current" else -1].years[0]
        return {(row.kind, row.id): row for row in (*of_side.rows, *of_side.outside)}

    def _pooled(self, side: str) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for number, pool in enumerate(self.pools):
            for id_ in pool.current if side == "current" else pool.proposed:
                found[id_] = (*found.get(id_, ()), number)
        return found

    def _of_row(self, row: DiffRow) -> tuple[int, ...]:
        """Return the pool whose posts a row "in pools" stands for."""
        return tuple(
            number for number, pool in enumerate(self.pools) if row.id == f"in-pools:{''.join(pool.proposed[:1])}"
        )


def _payers(line: Line) -> frozenset[str]:
    if not isinstance(line.entry, Post) or not line.entry.funding:
        return _NOBODY_NAMED
    paid = [known(figure) for figure in line.entry.funding.values()]
    fully = None not in paid and sum(filter(None, paid), ZERO) == known(line.entry.fte)
    return frozenset(line.entry.funding if fully else {"", *line.entry.funding})


_NOBODY_NAMED = frozenset({""})


def _entry(structure: Structure, kind: RowKind, id_: str) -> Post | OtherCost | None:
    if kind is RowKind.POST:
        return structure.posts.get(id_)
    return structure.costs.get(id_) if kind is RowKind.OTHER_COST else None
