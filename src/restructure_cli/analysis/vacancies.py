"""The vacancies of one structure: established less filled, with agency cover and the rate."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from restructure_cli.analysis import sides, tree
from restructure_cli.analysis.diff import grade_words, head
from restructure_cli.model.quantities import ZERO, Sum, known, total
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
    rows += _not_itemised(structure, rows)
    where = tree.paths(structure)
    key = _place(where)
    return Vacancies(
        organisation=structure.organisation,
        service=structure.service or "",
        head=head(structure),
        rows=tuple(sorted(rows, key=key)),
        outside=tuple(sorted(outside, key=key)),
        totals=totals(rows),
        missing=_missing(rows),
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


def _not_itemised(structure: Structure, rows: list[VacancyRow]) -> list[VacancyRow]:
    """Return what published totals of FTE and of filled FTE hold beyond the posts."""
    fte: dict[str | None, Sum] = {}
    filled: dict[str | None, Sum] = {}
    for row in rows:
        fte[row.team] = fte.get(row.team, Sum()).plus(row.fte)
        filled[row.team] = filled.get(row.team, Sum()).plus(row.filled)
    in_fte = tree.roll_up(structure, fte, lambda control: control.fte).not_itemised
    in_filled = tree.roll_up(structure, filled, lambda control: control.filled).not_itemised
    made = []
    for node in sorted({*in_fte, *in_filled}, key=lambda node: node or ""):
        established = in_fte.get(node, ZERO)
        in_post = in_filled.get(node, None if established else ZERO)
        vacant = None if in_post is None else established - in_post
        if established or in_post:
            made.append(
                VacancyRow(
                    f"not-itemised:{node or 'structure'}", "not itemised", RowKind.NOT_ITEMISED, node, "",
                    established, in_post, None, vacant, rate(vacant, established),
                )
            )  # fmt: skip
    return made


def totals(rows: list[VacancyRow]) -> VacancyTotals:
    """Add rows up; the rate is over the posts whose establishment and vacancy are both known."""
    both = [(row.fte, row.vacant) for row in rows if row.fte is not None and row.vacant is not None]
    established = sum((fte for fte, _ in both), ZERO)
    vacant = sum((vacant for _, vacant in both), ZERO)
    return VacancyTotals(
        total(row.fte for row in rows),
        total(row.filled for row in rows),
        total(row.agency for row in rows),
        total(row.vacant for row in rows),
        rate(vacant, established),
    )


def rate(vacant: Decimal | None, fte: Decimal | None) -> Decimal | None:
    """Return the rate of vacancy, per cent to one decimal, None where it cannot be worked out."""
    if vacant is None or not fte:
        return None
    return (100 * vacant / fte).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _missing(rows: list[VacancyRow]) -> tuple[Missing, ...]:
    found = []
    for measure in ("fte", "filled", "agency", "vacant"):
        ids = tuple(sorted(row.id for row in rows if getattr(row, measure) is None))
        if ids:
            found.append(Missing(measure, "current", ids))
    return tuple(found)
