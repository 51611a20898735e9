"""Small structures written by hand, for examples that a reader can follow with a pencil."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from structures_made import stated

from restructure_cli.analysis.cost import cost
from restructure_cli.model.grades import Grade, Grades, Point, Rate
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Quantity, TwoSided
from restructure_cli.model.results import Diff, DiffRow, Pool
from restructure_cli.model.structures import Control, Counts, MoveIn, OtherCost, Post, Structure, Team


def figure(text: str | None) -> Quantity | None:
    """Return a figure as a file states it; None where it says nothing."""
    return None if text is None else stated(Decimal(text))


def post(id_: str, fte: str | None = None, filled: str | None = None, **others: Any) -> Post:
    """Write a post; its title is its id."""
    return Post(id_, id_, fte=figure(fte), filled=figure(filled), **others)


def moves(*ids: str | MoveIn) -> tuple[MoveIn, ...]:
    """Write who may come into a post."""
    return tuple(MoveIn(id_) if isinstance(id_, str) else id_ for id_ in ids)


def so_many(id_: str, fte: str) -> MoveIn:
    """Write that just so many FTE come from a post."""
    return MoveIn(id_, fte=Decimal(fte))


def team(id_: str, within: str | None = None, **control: str) -> Team:
    """Write a team, with its published totals by name."""
    return Team(id_, id_, within=within, control=published(**control) if control else None)


def published(**totals: str) -> Control:
    """Write published totals by name."""
    figures: dict[str, Any] = {name: stated(Decimal(text)) for name, text in totals.items()}
    return Control(**figures)


def structure(
    *entries: Post | Team | OtherCost, control: Control | None = None, counts: Counts = Counts.ESTABLISHED
) -> Structure:
    """Write a structure of posts, teams and costs."""
    return Structure(
        path="structure.yaml",
        organisation="Ashdale Council",
        title="A structure",
        counts=counts,
        control=control,
        teams={entry.id: entry for entry in entries if isinstance(entry, Team)},
        posts={entry.id: entry for entry in entries if isinstance(entry, Post)},
        costs={entry.id: entry for entry in entries if isinstance(entry, OtherCost)},
    )


def pay(grades: Mapping[str, Grade] | None = None, point: Point = Point.MID, **others: Any) -> Grades:
    """Write a grades file of 2025-26, with a flat on-cost of nil unless it says more, so that pay is salary alone."""
    return Grades(
        path="grades.yaml",
        organisation="Ashdale Council",
        year=FinancialYear(2025),
        point=point,
        grades=dict(grades or {}),
        **{"on_costs": {"on-costs": Rate(Decimal(0))}, **others},
    )


def in_money(current: Structure, proposed: Structure, grades: Grades | None = None) -> Diff:
    """Compare two structures, with published costs as they are."""
    change = cost((current, proposed), grades or pay()).change
    assert change is not None
    return change


def row(found: Diff, id_: str) -> DiffRow:
    """Return the one row of a post."""
    (one,) = [one for one in (*found.rows, *found.outside) if one.id == id_]
    return one


def pool(found: Diff, proposed: str) -> Pool:
    """Return the pool that a proposed post is in."""
    (one,) = [one for one in found.pools if proposed in (*one.proposed, *one.details)]
    return one


def both(current: str | None, proposed: str | None, change: str | None) -> TwoSided:
    """Write a figure on both sides."""
    return TwoSided(*(None if text is None else Decimal(text) for text in (current, proposed, change)))
