"""Somebody who tries every way of filling the posts finds no suppressed figure of a few people.

The attacker knows the published file: FTE of every post, the people of those that stayed, and the published totals.
Whole people fill posts between nil and the FTE of each. A figure is told where all that fits agrees on it.
"""

from decimal import Decimal
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_publish_properties import _under

from restructure_cli.analysis.suppression import suppressed
from restructure_cli.model.quantities import Quantity, known
from restructure_cli.model.structures import Control, Post, Structure, Team

STEADY = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def establishments(draw: st.DrawFn) -> Structure:
    """Make a few posts of whole people in up to two teams, one within the other or not, under true totals."""
    names = ["t0", "t1"][: draw(st.integers(0, 2))]
    teams = {name: Team(name, name, within=draw(st.sampled_from([None, *names[:at]]))) for at, name in enumerate(names)}
    posts = {}
    for number in range(draw(st.integers(2, 5))):
        filled = draw(st.integers(0, 6))
        vacant = draw(st.integers(0, 2))
        id_ = f"p{number}"
        team = draw(st.sampled_from([None, *names]))
        posts[id_] = Post(id_, id_, team=team, fte=Quantity(Decimal(filled + vacant)), filled=Quantity(Decimal(filled)))
    bare = Structure("s.yaml", "A", "S", teams=teams, posts=posts)
    for name in names:
        if draw(st.booleans()):
            teams[name] = teams[name]._replace(control=_total(bare, name))
    return bare._replace(teams=teams, control=_total(bare, None) if draw(st.booleans()) else None)


def _total(structure: Structure, node: str | None) -> Control:
    return Control(filled=Quantity(sum((known(structure.posts[id_].filled) or Decimal(0)
                                        for id_ in _under(structure, node)), Decimal(0))))  # fmt: skip


def what_fits(published: Structure) -> list[dict[str, int]]:
    """Try every way of filling the posts; return those that agree with everything published."""
    ids = list(published.posts)
    choices = []
    for id_ in ids:
        post = published.posts[id_]
        stated = known(post.filled)
        choices.append([int(stated)] if stated is not None else range(int(known(post.fte) or 0) + 1))
    totals = []
    for node in (None, *published.teams):
        control = published.control if node is None else published.teams[node].control
        stated = known(control.filled) if control is not None else None
        if stated is not None:
            totals.append((_under(published, node), int(stated)))
    return [
        world
        for figures in product(*choices)
        if (world := dict(zip(ids, figures, strict=True)))
        and all(sum(world[id_] for id_ in under) == stated for under, stated in totals)
    ]


@STEADY
@given(establishments(), st.integers(2, 8))
def test_trying_every_way_of_filling_the_posts_tells_no_figure_of_a_few(structure: Structure, threshold: int) -> None:
    worlds = what_fits(suppressed(structure, threshold).structure)
    truth = {id_: int(known(post.filled) or 0) for id_, post in structure.posts.items()}
    assert truth in worlds
    for id_, figure in truth.items():
        if 0 < figure < threshold:
            assert len({world[id_] for world in worlds}) > 1, f"{id_} can only be {figure}"
