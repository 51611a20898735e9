"""The vacancies of one structure: established less filled, with agency cover and the rate; and gathered."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from restructure_cli.analysis import sides, tree
from restructure_cli.analysis.diff import grade_words, head
from restructure_cli.analysis.labels import label_key, order, team_key
from restructure_cli.model.quantities import EMPTY, ZERO, Sum, known, total
from restructure_cli.model.results import Missing, RowKind, Vacancies, VacancyRow, VacancyTotals
from restructure_cli.model.structures import Structure


def vacancies(structure: Structure) -> Vacancies:
    """Return who is in post and what is vacant now; posts that join later are in none of it."""
    figures = sides.figures(structure)
    rows: list[VacancyRow] = []
    outside: list[VacancyRow] = []
    for post in structure.posts.values():
        if post.joins is not None:
            continue
        own = figures[post.id]
        row = VacancyRow(
            id=post.id,
            title=post.title,
            kind=RowKind.POST,
            team=post.team,
            grade=grade_words(post.grade),
            fte=own.fte,
            filled=own.filled,
            agency=known(post.agency),
            vacant=own.vacant,
            rate=rate(own.vacant, own.fte),
            cover=own.cover,
            at=post.at,
        )
        (rows if post.in_totals else outside).append(row)
    added = _AddedUp(structure, rows)
    rows += added.not_itemised()
    where = tree.paths(structure)
    key = _place(where)
    return Vacancies(
        organisation=structure.organisation,
        service=structure.service or "",
        head=head(structure),
        rows=tuple(sorted(rows, key=key)),
        outside=tuple(sorted(outside, key=key)),
        totals=added.totals(rows),
        missing=added.missing(rows),
        team_paths=where,
    )


def _place(
    where: Mapping[str | None, tuple[tuple[str, str], ...]],
) -> Callable[[VacancyRow], tuple[object, ...]]:
    kinds = list(RowKind)

    def place(row: VacancyRow) -> tuple[object, ...]:
        return (
            row.team is None,
            [(title, id_) for id_, title in where[row.team]],
            kinds.index(row.kind),
            row.title,
            row.id,
        )

    return place


class _AddedUp:
    """FTE, filled FTE and vacancies added up the teams, under published totals of FTE and of filled FTE."""

    def __init__(self, structure: Structure, rows: list[VacancyRow]) -> None:
        direct: dict[str, dict[tree.Node, Sum]] = {"fte": {}, "filled": {}, "vacant": {}}
        for row in rows:
            for measure, sums in direct.items():
                sums[row.team] = sums.get(row.team, EMPTY).plus(getattr(row, measure))
        self.fte = tree.roll_up(structure, direct["fte"], lambda control: control.fte)
        for node in (node for node, rest in self.fte.not_itemised.items() if rest):
            for sums in (direct["filled"], direct["vacant"]):
                sums[node] = sums.get(node, EMPTY).plus(None)
        self.filled = tree.roll_up(structure, direct["filled"], lambda control: control.filled)
        vacant, self.rest = tree.less(
            structure, direct["fte"], lambda control: control.fte, self.filled, direct["vacant"]
        )
        self.complete = {
            "fte": self.fte.totals[None].complete,
            "filled": self.filled.totals[None].complete,
            "vacant": vacant.complete,
        }
        self.made_good = {
            "fte": tree.governed(structure, lambda control: control.fte),
            "filled": tree.governed(structure, lambda control: control.filled),
            "vacant": tree.under(structure, self.rest.keys()),
        }

    def not_itemised(self) -> list[VacancyRow]:
        """Return what published totals hold beyond the posts."""
        nodes = {*self.fte.not_itemised, *self.filled.not_itemised, *(node for node, rest in self.rest.items() if rest)}
        rows = [self._rest(node) for node in sorted(nodes, key=lambda node: node or "")]
        return [row for row in rows if row.fte or row.filled or row.vacant]

    def _rest(self, node: tree.Node) -> VacancyRow:
        established = self.fte.not_itemised.get(node, ZERO)
        in_post = self.filled.not_itemised.get(node, None if established else ZERO)
        vacant = self.rest.get(node)
        by_itself = in_post is not None and vacant == established - in_post
        return VacancyRow(
            f"not-itemised:{node or 'structure'}", "not itemised", RowKind.NOT_ITEMISED, node, "",
            established, in_post, None, vacant, rate(vacant, established) if by_itself else None,
        )  # fmt: skip

    def totals(self, rows: list[VacancyRow]) -> VacancyTotals:
        """Add rows up; what a published total holds is not missing from its total."""
        sums = totals(rows)
        fte, filled, vacant = (
            replace(figure, complete=self.complete[measure])
            for measure, figure in (("fte", sums.fte), ("filled", sums.filled), ("vacant", sums.vacant))
        )
        if fte.complete and vacant.complete:
            return VacancyTotals(fte, filled, sums.agency, vacant, rate(vacant.value, fte.value), fte.value)
        return sums._replace(fte=fte, filled=filled, vacant=vacant)

    def missing(self, rows: list[VacancyRow]) -> tuple[Missing, ...]:
        """List the rows without a figure that no published total makes good."""
        found = []
        for measure in ("fte", "filled", "agency", "vacant"):
            made_good = self.made_good.get(measure, frozenset())
            ids = [row.id for row in rows if getattr(row, measure) is None and row.team not in made_good]
            if ids:
                found.append(Missing(measure, "current", tuple(sorted(ids))))
        return tuple(found)


def totals(rows: list[VacancyRow]) -> VacancyTotals:
    """Add rows up; the rate is over the posts whose establishment and vacancy are both known."""
    both = [
        (row.fte, row.vacant)
        for row in rows
        if row.fte is not None and row.vacant is not None and (row.kind is RowKind.POST or row.rate is not None)
    ]
    established = sum((fte for fte, _ in both), ZERO)
    vacant = sum((vacant for _, vacant in both), ZERO)
    return VacancyTotals(
        total(row.fte for row in rows),
        total(row.filled for row in rows),
        total(row.agency for row in rows),
        total(row.vacant for row in rows),
        rate(vacant, established),
        established,
    )


def rate(vacant: Decimal | None, fte: Decimal | None) -> Decimal | None:
    """Return the rate of vacancy, per cent to one decimal, None where it cannot be worked out."""
    if vacant is None or not fte:
        return None
    return (100 * vacant / fte).quantize(Decimal("0.1"), ROUND_HALF_UP)


class VacancyGroup(NamedTuple):
    """Posts gathered under one label, FTE."""

    label: str
    fte: Sum
    filled: Sum
    agency: Sum
    vacant: Sum
    rate: Decimal | None
    rated: Decimal
    """The established FTE that the rate is over."""
    known: frozenset[str]
    """The measures of which at least one figure is known."""


def gather_vacancies(result: Vacancies, by: str) -> tuple[VacancyGroup, ...]:
    """Gather the posts of a structure by team, grade or title."""
    rows: dict[tuple[object, ...], tuple[str, list[VacancyRow]]] = {}
    for row in result.rows:
        if by == "team":
            key, label = team_key(row.team, row.kind, result.team_paths)
        else:
            key, label = label_key(row.grade if by == "grade" else row.title, row.kind, "no grade stated")
        rows.setdefault(key, (label, []))[1].append(row)
    found = []
    for _, (label, members) in sorted(rows.items(), key=lambda kv: order(kv[0])):
        sums = totals(members)
        measures = ("fte", "filled", "agency", "vacant")
        known = frozenset(m for m in measures if any(getattr(row, m) is not None for row in members))
        figures = (sums.fte, sums.filled, sums.agency, sums.vacant, sums.rate, sums.rated)
        found.append(VacancyGroup(label, *figures, known))
    return tuple(found)
