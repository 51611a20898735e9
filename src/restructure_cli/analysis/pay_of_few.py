"""What a few people are paid, left out of what is published: pay points, supplements, salaries and costs of lines.

A line is of few people where fewer than the threshold hold it, or may: where nobody says how many, its positions or
FTE are counted. A grade stays, as it belongs to the post. A published cost can be worked out from the costs
beside it and the totals above, so where one has to go all published costs of posts and totals go.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from restructure_cli.analysis import sides
from restructure_cli.model.quantities import known
from restructure_cli.model.structures import Control, Post, Structure

_PAY = ("scp", "supplement", "salary")
_COSTS = ("cost", "cost_change", "prices")


class WithoutPay(NamedTuple):
    """A structure without the pay of a few people, and how many figures of each kind were taken out."""

    structure: Structure
    removed: Mapping[str, int]


def without_pay(structure: Structure, threshold: int) -> WithoutPay:
    """Take out of a structure what tells what a few people are paid."""
    few = {id_ for id_, post in structure.posts.items() if _may_be_few(post, structure, threshold)}
    pay = sum(getattr(structure.posts[id_], key) is not None for id_ in few for key in _PAY)
    posts = {id_: post._replace(**_none(post, _PAY)) if id_ in few else post for id_, post in structure.posts.items()}
    made = structure._replace(posts=posts)
    together = {id_ for cost in structure.costs.values() for id_ in cost.covers}
    priced = {id_ for id_, post in structure.posts.items() if post.cost is not None or post.cost_change is not None}
    costs = 0
    if few & (together | priced):
        costs = len(priced) + sum(bool(cost.covers) for cost in structure.costs.values()) + _totals(structure)
        made = _without_costs(made)
    removed = {"pay points, supplements and salaries of a few people": pay,
               "published costs of posts and of totals, as some are of a few people": costs}  # fmt: skip
    return WithoutPay(made, {kind: number for kind, number in removed.items() if number})


def _may_be_few(post: Post, structure: Structure, threshold: int) -> bool:
    """Whether somebody may hold a line, and fewer people than the threshold."""
    heads = held_by(post, structure)
    return heads is None or 0 < heads < threshold


def held_by(post: Post, structure: Structure) -> Decimal | None:
    """Return how many hold a line, as far as it says: people, else FTE in post, else its positions or FTE."""
    for figure in (known(post.people), in_post(post, structure), known(post.positions)):
        if figure is not None:
            return figure
    return sides.established(post, structure)


def in_post(post: Post, structure: Structure) -> Decimal | None:
    """Return the FTE of the people in post: as stated, or established less vacant."""
    stated, vacant = known(post.filled), known(post.vacant)
    if stated is not None or vacant is None:
        return stated
    fte = sides.established(post, structure)
    return None if fte is None else fte - vacant


def _none(post: Post, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: None for key in keys if getattr(post, key) is not None}


def _totals(structure: Structure) -> int:
    controls = (structure.control, *(team.control for team in structure.teams.values()))
    return sum(control is not None and (control.cost or control.cost_change) is not None for control in controls)


def _without_costs(structure: Structure) -> Structure:
    """Take every published cost of posts and of totals out; rotas, ICT and the like are nobody's pay."""
    posts = {id_: post._replace(**_none(post, _COSTS)) for id_, post in structure.posts.items()}
    teams = {id_: team._replace(control=_uncosted(team.control)) for id_, team in structure.teams.items()}
    costs = {id_: cost for id_, cost in structure.costs.items() if not cost.covers}
    return structure._replace(posts=posts, teams=teams, costs=costs, control=_uncosted(structure.control))


def _uncosted(control: Control | None) -> Control | None:
    if control is None or (control.cost is None and control.cost_change is None):
        return control
    left = control._replace(cost=None, cost_change=None)
    return left if any((left.fte, left.filled, left.positions)) else None
