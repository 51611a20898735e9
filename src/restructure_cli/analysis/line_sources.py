"""Where the figures of a line stand in its file: its price, shared by lines of one pattern, cannot say."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from restructure_cli.analysis.sides import hours_worked
from restructure_cli.analysis.standing import Standing, standings_in
from restructure_cli.model.costs import CostRow
from restructure_cli.model.derivations import Derivation, Kind, Source, Step
from restructure_cli.model.quantities import Basis, known, to_nine_places
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import OtherCost, Post, Structure, Team

Stands = Mapping[Kind, Callable[[Derivation], Derivation]]
"""What a figure of each kind is with its source; a kind that is absent has none in the files."""


class LineSources:
    """Where the figures of lines stand: in the structure itself, or for a deleted line in the one before it."""

    def __init__(self, structures: tuple[Structure, ...], filled: bool) -> None:
        self._structures = tuple((structure, standings_in(structure)) for structure in structures)
        self._filled = filled

    def of(self, row: CostRow) -> Stands:
        """Return where the figures of a line stand."""
        for structure, standings in self._structures:
            if row.kind is RowKind.OTHER_COST and row.id in structure.costs:
                return _of_cost(structure.costs[row.id])
            if row.kind is RowKind.POST and row.id in structure.posts:
                post = structure.posts[row.id]
                own = _of_people(post) if self._filled else _established(post, structure)
                return {**own, **_paid(post), **_when(standings.of(post))}
        return {}


def _of_cost(cost: OtherCost) -> Stands:
    if cost.starts is None and cost.until is None:
        return {}
    key = "from" if cost.starts is not None else "until"
    return {Kind.PART_OF_YEAR: _at(Source(cost.path, ("costs", cost.id, key), cost.at))}


def _paid(post: Post) -> Stands:
    keys = {Kind.WEEKS: "weeks", Kind.SUPPLEMENT: "supplement", Kind.OWN_SALARY: "salary"}
    return {kind: _at(_key(post, key)) for kind, key in keys.items()}


def _when(standing: Standing) -> Stands:
    by, key = (standing.starts_by, "starts") if standing.starts_by is not None else (standing.ends_by, "ends")
    if by is None:
        return {}
    kind = "teams" if isinstance(by, Team) else "posts"
    return {Kind.PART_OF_YEAR: _at(Source(by.path, (kind, by.id, key), by.at))}


def _of_people(post: Post) -> Stands:
    """Return where the people in post stand; of a post that does not say, they follow from others and from moves."""
    if known(post.filled) is not None:
        fte = _at(_key(post, "filled"))
    else:
        fte = _because(Source(post.path, ("posts", post.id), post.at), "who is in post follows from what is vacant")
    return {Kind.FTE: fte, Kind.PEOPLE: _at(_key(post, "people")) if post.people is not None else fte}


def _established(post: Post, structure: Structure) -> Stands:
    """Return where FTE and positions stand; FTE as stated, or worked out from hours."""
    worked = hours_worked(post, structure) if known(post.fte) is None else None
    fte = _at(_key(post, "fte" if post.fte is not None else "fte_change"))
    if worked is not None:
        fte = partial(_in_full, worked, _from_hours(post, structure))
    return {Kind.FTE: fte, Kind.PEOPLE: _at(_key(post, "positions")) if post.positions is not None else fte}


def _in_full(worked: Decimal, from_hours: Derivation, figure: Derivation) -> Derivation:
    """Take FTE apart into hours and positions, where they are the FTE that these make."""
    return from_hours if figure.value == worked else figure


def _at(source: Source) -> Callable[[Derivation], Derivation]:
    return lambda figure: figure._replace(source=source)


def _because(source: Source, because: str) -> Callable[[Derivation], Derivation]:
    return lambda figure: figure._replace(source=source, because=because)


def _key(post: Post, key: str) -> Source:
    return Source(post.path, ("posts", post.id, key), post.at)


def _from_hours(post: Post, structure: Structure) -> Derivation:
    """Return FTE as hours of a position by positions, divided by the full-time week."""
    hours, positions, week = known(post.hours), known(post.positions), structure.hours_per_week
    assert hours is not None
    assert positions is not None
    assert week is not None
    both = (
        Derivation("hours of a position", hours, "hours a week", source=_key(post, "hours")),
        Derivation("positions", positions, "positions", source=_key(post, "positions")),
    )
    worked = Derivation("hours of all", hours * positions, "hours a week", Step.PRODUCT, both)
    whole = Derivation("full-time week", week, "hours a week", source=Source(structure.path, ("hours_per_week",)))
    fte = to_nine_places(worked.value / week)
    step = Step.QUOTIENT_TO_NINE_PLACES
    return Derivation("FTE", fte, "FTE", step, (worked, whole), basis=Basis.DERIVED, kind=Kind.FTE)
