"""Nothing that is published gives away a figure of a few people, however published figures are added and subtracted.

Each published figure of people is an equation over the posts under it. A figure that was left out is told if these
equations have it as their only solution; a group of figures is, if they tell its sum and that is small itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from restructure_cli.analysis import sides
from restructure_cli.analysis.suppression import suppressed
from restructure_cli.model.quantities import Quantity, known
from restructure_cli.model.structures import Control, Post, Structure, Team

STEADY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def establishments(draw: st.DrawFn) -> Structure:
    """Make a structure of which every filled FTE is known, under true published totals, some nested, some details."""
    names = ["t0", "t1", "t2", "t3"][: draw(st.integers(0, 4))]
    parents = {name: draw(st.sampled_from([None, *names[:number]])) for number, name in enumerate(names)}
    posts = {}
    for number in range(draw(st.integers(1, 7))):
        id_ = f"p{number}"
        in_post = Decimal(draw(st.sampled_from(["0", "0.5", "1", "2", "3.6", "4", "5", "6", "9.2", "14"])))
        vacant = Decimal(draw(st.integers(0, 2)))
        stated_as = draw(st.booleans())
        posts[id_] = Post(
            id_, id_, team=draw(st.sampled_from([None, *names])), fte=Quantity(in_post + vacant),
            filled=Quantity(in_post) if stated_as else None, vacant=None if stated_as else Quantity(vacant),
            people=Quantity(Decimal(int(in_post) + 1)) if in_post and draw(st.booleans()) else None,
        )  # fmt: skip
    if draw(st.booleans()):
        whole = draw(st.sampled_from(sorted(posts)))
        rest = known(posts[whole].filled)
        if rest:
            share = (rest / 3).quantize(Decimal("0.1"))
            for name, part in (("d0", share), ("d1", rest - share)):
                posts[name] = Post(name, name, fte=Quantity(part), filled=Quantity(part), of_which=whole)
    controlled = [name for name in names if draw(st.booleans())]
    teams = {name: Team(name, name, within=parents[name]) for name in names}
    bare = Structure("s.yaml", "A", "S", teams=teams, posts=posts)
    for name in controlled:
        teams[name] = teams[name]._replace(control=Control(filled=Quantity(_sum(bare, _under(bare, name)))))
    control = Control(filled=Quantity(_sum(bare, _under(bare, None)))) if draw(st.booleans()) else None
    return bare._replace(teams=teams, control=control)


def _under(structure: Structure, node: str | None) -> list[str]:
    """List the posts under a node, details aside."""

    def line(team: str | None) -> list[str | None]:
        found: list[str | None] = [team]
        while team is not None:
            team = structure.teams[team].within
            found.append(team)
        return found

    return [post.id for post in structure.posts.values() if post.of_which is None and node in line(post.team)]


def _in_post(structure: Structure, id_: str) -> Decimal:
    figure = sides.figures(structure)[id_].filled
    assert figure is not None
    return figure


def _sum(structure: Structure, ids: Iterable[str]) -> Decimal:
    return sum((_in_post(structure, id_) for id_ in ids), Decimal(0))


@dataclass
class Equations:
    """What somebody who has the published file knows: sums of figures of people, row by row."""

    names: list[str]
    rows: list[list[Fraction]]

    def tells(self, wanted: list[Fraction]) -> bool:
        """Whether a sum of figures follows from the rows: whether it is in the space that they span."""
        return _rank([*self.rows, wanted]) == _rank(self.rows)


def _rank(rows: list[list[Fraction]]) -> int:
    matrix, rank = [list(row) for row in rows], 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((at for at in range(rank, len(matrix)) if matrix[at][column]), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        for at in range(len(matrix)):
            if at != rank and matrix[at][column]:
                factor = matrix[at][column] / matrix[rank][column]
                matrix[at] = [a - factor * b for a, b in zip(matrix[at], matrix[rank], strict=True)]
        rank += 1
    return rank


def what_is_told(true: Structure, published: Structure) -> Equations:
    """Write down every equation that the published figures make."""
    names = sorted(published.posts)
    rows = []

    def equation(ids: Iterable[str], less: str = "") -> None:
        row = [Fraction(0)] * len(names)
        for id_ in ids:
            row[names.index(id_)] += 1
        if less:
            row[names.index(less)] -= 1
        rows.append(row)

    for id_, post in published.posts.items():
        if known(post.filled) is not None or (known(post.fte) is not None and known(post.vacant) is not None):
            equation([id_])
        details = [one.id for one in published.posts.values() if one.of_which == id_]
        if details:
            equation(details, less=id_)
    for node in (None, *published.teams):
        control = published.control if node is None else published.teams[node].control
        if control is not None and known(control.filled) is not None:
            equation(_under(true, node))
    return Equations(names, rows)


@STEADY
@given(establishments(), st.integers(2, 10))
def test_no_suppressed_figure_follows_from_published_ones(structure: Structure, threshold: int) -> None:
    safe = suppressed(structure, threshold).structure
    told = what_is_told(structure, safe)
    for id_ in structure.posts:
        few = 0 < _in_post(structure, id_) < threshold
        people = known(structure.posts[id_].people)
        if few or (people and people < threshold):
            wanted = [Fraction(name == id_) for name in told.names]
            assert not told.tells(wanted), f"{id_} is told"


@STEADY
@given(establishments(), st.integers(2, 10))
def test_no_published_totals_tell_that_a_few_people_are_left(structure: Structure, threshold: int) -> None:
    """What a published total comes to beyond the figures shown under it is nil, or not a few people."""
    safe = suppressed(structure, threshold).structure
    told = what_is_told(structure, safe)
    gone = [id_ for id_ in told.names if not told.tells([Fraction(name == id_) for name in told.names])]
    for first in gone:
        for second in gone:
            if first < second and told.tells([Fraction(name in (first, second)) for name in told.names]):
                assert _sum(structure, (first, second)) >= threshold


@STEADY
@given(establishments(), st.integers(2, 10))
def test_no_small_figure_of_people_stays(structure: Structure, threshold: int) -> None:
    safe = suppressed(structure, threshold).structure
    for post in safe.posts.values():
        for figure in (known(post.filled), known(post.people), known(post.agency)):
            assert figure is None or figure == 0 or figure >= threshold
    for control in (safe.control, *(team.control for team in safe.teams.values())):
        stated = known(control.filled) if control is not None else None
        assert stated is None or stated == 0 or stated >= threshold


@STEADY
@given(establishments())
def test_without_a_small_figure_everything_stays(structure: Structure) -> None:
    shown = suppressed(structure, 1)  # no figure of people is above nil and below 1, but halves
    if all(figure == 0 or figure >= 1 for figure in (_in_post(structure, id_) for id_ in structure.posts)):
        assert shown.structure == structure
        assert (shown.small, shown.beside) == (0, 0)
