"""What a decision on a structure rests on that may turn out otherwise: conditions, grades, unknowns, prices."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from restructure_cli.analysis import tree
from restructure_cli.analysis.standing import standings_in
from restructure_cli.model.costs import CostRow, YearCost
from restructure_cli.model.quantities import total
from restructure_cli.model.results import Diff, Vacancies
from restructure_cli.model.risks import (
    Conditional,
    KnownDifference,
    NotEvaluated,
    Risks,
    UnknownFigures,
    Unpriced,
)
from restructure_cli.model.structures import Post, Structure

EVALUATED = "evaluated"


def risks(current: Structure, proposed: Structure | None, compared: Diff | Vacancies, price: YearCost | None) -> Risks:
    """Gather what the later of two structures rests on; `price` is what it costs in the first year."""
    later = proposed or current
    fte = _ftes(compared)
    prices = {row.id: row for row in price.rows + price.outside} if price is not None else {}
    return Risks(
        tuple(_conditions(later, fte, prices)),
        tuple(_not_evaluated(later, fte, prices)),
        tuple(_unknown(compared)),
        tuple(_unpriced(price)) if price is not None else (),
        tuple(_known_differences(current, proposed)),
    )


def _ftes(compared: Diff | Vacancies) -> Mapping[str, Decimal | None]:
    if isinstance(compared, Vacancies):
        return {row.id: row.fte for row in (*compared.rows, *compared.outside)}
    return {row.proposed: row.fte.proposed for row in (*compared.rows, *compared.outside) if row.proposed is not None}


def _conditions(
    structure: Structure, fte: Mapping[str, Decimal | None], prices: Mapping[str, CostRow]
) -> Iterator[Conditional]:
    """Give every post that depends on a condition, its own or that of a team above it."""
    standings = standings_in(structure)
    for post in _ordered(structure.posts.values()):
        condition = standings.of(post).subject_to
        if condition:
            yield Conditional(
                post.title, condition, fte.get(post.id), _cost(prices.get(post.id)), post.in_totals, post.at
            )
    below = {post.team for post in structure.posts.values()}
    for team in sorted(structure.teams.values(), key=lambda team: (team.title, team.id)):
        if team.subject_to and team.id not in below:
            yield Conditional(team.title, team.subject_to, None, None, True, team.at, is_team=True)


def _not_evaluated(
    structure: Structure, fte: Mapping[str, Decimal | None], prices: Mapping[str, CostRow]
) -> Iterator[NotEvaluated]:
    for post in _ordered(structure.posts.values()):
        if post.grading is not None and post.grading != EVALUATED:
            row = prices.get(post.id)
            price = row.price if row is not None else None
            yield NotEvaluated(
                post.title,
                " & ".join(post.grade),
                post.grading,
                fte.get(post.id),
                price.bottom if price is not None else None,
                price.top if price is not None else None,
                post.in_totals,
                post.at,
            )


def _ordered(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: (post.title, post.id))


def _cost(row: CostRow | None) -> Decimal | None:
    return row.price.headline if row is not None and row.price is not None else None


def _unknown(compared: Diff | Vacancies) -> Iterator[UnknownFigures]:
    """Name the lines without a figure, by measure and side."""
    titles = {row.id: row.title for row in compared.rows}
    for gap in compared.missing:
        if gap.side != "change" and gap.measure not in ("fte", "agency"):
            yield UnknownFigures(gap.measure, gap.side, tuple(sorted(titles.get(id_, id_) for id_ in gap.ids)))


def _unpriced(year: YearCost) -> Iterator[Unpriced]:
    """Add up the FTE without a price, by the reason."""
    reasons: dict[str, list[CostRow]] = {}
    for row in year.rows:
        if row.price is None and not row.priced_by:
            reasons.setdefault(row.why_not, []).append(row)
    for why, rows in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Unpriced(why, len(rows), total(row.fte for row in rows))


def _known_differences(current: Structure, proposed: Structure | None) -> Iterator[KnownDifference]:
    """Give the published totals that are known to differ from their parts, with the explanation."""
    for structure in (current, proposed) if proposed is not None else (current,):
        for node in (None, *structure.teams):
            control = tree.control_of(structure, node)
            if control is not None and control.known is not None:
                title = structure.title if node is None else structure.teams[node].title
                known = control.known
                money = control.fte is None and control.filled is None and control.positions is None
                yield KnownDifference(title, structure.title, known.difference, known.because, control.at, money)
