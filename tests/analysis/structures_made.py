"""Structures, proposals and pay that hypothesis makes up: every kind of line, figure and gap that files can hold."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from restructure_cli.model.grades import Grade, Grades, Point, Rate, Span
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import Basis, Quantity
from restructure_cli.model.structures import (
    TERM_TIME,
    Control,
    Counts,
    MoveIn,
    OtherCost,
    Post,
    Structure,
    Team,
    Way,
)

TEAMS = tuple(f"t{number}" for number in range(5))
POSTS = tuple(f"p{number}" for number in range(7))
COSTS = ("p0", "c1", "c2")
"""A cost line may have the id of a post: they are different entries."""
TITLES = ("Clerk", "Manager", "Social Worker", "Adviser")
GRADES = ("G1", "G2", "G3", "G4", "G5")
FUNDS = ("core", "grant")

Entry = TypeVar("Entry")

some = settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""A failing structure is shown as it was made: making it smaller takes long."""

more = settings(some, max_examples=80)
"""For what only a few structures in a thousand would show."""


@dataclass(frozen=True)
class Allowed:
    """What a structure that is made may hold."""

    controls: bool = True
    unknowns: bool = True
    joins: bool = True
    details: bool = True
    moves: bool = True
    partly: int = 4
    """How much rarer a move that says how many FTE is than one that does not."""
    changes_alone: bool = True
    """Figures of which only the change is published."""
    counts: tuple[Counts, ...] = tuple(Counts)


ANYTHING = Allowed()
PLAIN = Allowed(moves=False, changes_alone=False, joins=False)
"""Nothing that only one side can say."""
COMPLETE = Allowed(controls=False, unknowns=False, joins=False, details=False, moves=False, changes_alone=False)
"""Every figure stated, and every line in the totals."""


def stated(value: Decimal) -> Quantity:
    """Return a figure as a file states it, good to half of its last digit."""
    exponent = int(value.as_tuple().exponent)
    return Quantity(value, half_digit=Decimal(5).scaleb(exponent - 1))


def hundredths(least: int, most: int) -> st.SearchStrategy[Decimal]:
    """Make figures with up to two decimals."""
    return st.integers(least, most).map(lambda number: Decimal(number).scaleb(-2)) | st.integers(
        -(-least // 100), most // 100
    ).map(Decimal)


FTE = hundredths(0, 1200)
MONEY = hundredths(0, 9_000_000)


def figures(values: st.SearchStrategy[Decimal], allowed: Allowed) -> st.SearchStrategy[Quantity | None]:
    """Make a figure that is stated, or where unknowns are allowed left out, or empty."""
    known = values.map(stated)
    return known | st.sampled_from((None, Quantity(None))) if allowed.unknowns else known


def _sometimes(strategy: st.SearchStrategy[Entry], rarity: int = 4) -> st.SearchStrategy[Entry | None]:
    """Make an entry once in a while, and None otherwise."""
    return st.one_of(*[st.none()] * rarity, strategy)


@st.composite
def controls(draw: st.DrawFn, allowed: Allowed, is_proposal: bool) -> Control | None:
    """Make published totals, which their parts need not make; None where not one is stated."""
    change = is_proposal and allowed.changes_alone
    made = Control(
        fte=draw(_sometimes(hundredths(0, 4000).map(stated), 1)),
        filled=draw(_sometimes(hundredths(0, 3000).map(stated), 2)),
        cost=draw(_sometimes(hundredths(0, 40_000_000).map(stated), 1)),
        cost_change=draw(_sometimes(hundredths(-900_000, 900_000).map(stated), 2)) if change else None,
    )
    return None if made == Control() else made


@st.composite
def teams(draw: st.DrawFn, allowed: Allowed, is_proposal: bool) -> dict[str, Team]:
    """Make a tree of teams, some of them counted elsewhere than they are managed."""
    made: dict[str, Team] = {}
    for id_ in draw(st.lists(st.sampled_from(TEAMS), unique=True)):
        above = st.sampled_from((None, *made))
        made[id_] = Team(
            id=id_,
            title=draw(st.sampled_from(("North", "South", "East"))),
            within=draw(above),
            counted_within=draw(_sometimes(above)),
            control=draw(_sometimes(controls(allowed, is_proposal), 2)) if allowed.controls else None,
        )
    return made


@st.composite
def _figures_of(draw: st.DrawFn, allowed: Allowed) -> tuple[Quantity | None, Quantity | None, Quantity | None]:
    """Make FTE, people in post who are no more than that, and a vacancy where they are not stated."""
    fte = draw(figures(FTE, allowed))
    most = int((fte.value if fte is not None and fte.value is not None else Decimal(12)) * 100)
    filled = draw(figures(hundredths(0, most), allowed))
    if allowed.unknowns and filled is None:
        return fte, None, draw(_sometimes(hundredths(0, most).map(stated), 2))
    return fte, filled, None


@st.composite
def moves_in(draw: st.DrawFn, allowed: Allowed) -> tuple[MoveIn, ...] | None:
    """Make who may come into a post: nothing said, nobody, or holders of posts, all of them or so many FTE."""
    if not draw(st.booleans()):
        return None
    move = st.builds(
        MoveIn,
        post=st.sampled_from(POSTS),
        by=st.lists(st.sampled_from(Way), max_size=2, unique=True).map(tuple),
        fte=_sometimes(hundredths(0, 300), allowed.partly),
    )
    return tuple(draw(st.lists(move, max_size=3, unique_by=lambda made: made.post)))


@st.composite
def _post(draw: st.DrawFn, id_: str, teams_: tuple[str, ...], allowed: Allowed, is_proposal: bool) -> Post:
    fte, filled, vacant = draw(_figures_of(allowed))
    unknown_weeks = (TERM_TIME, Quantity(None)) if allowed.unknowns else ()
    weeks: Quantity | str | None = draw(st.sampled_from((*[None] * 9, stated(Decimal(39)), *unknown_weeks)))
    post = Post(
        id=id_,
        title=draw(st.sampled_from(TITLES)),
        team=draw(st.sampled_from((None, *teams_))),
        grade=tuple(draw(st.lists(st.sampled_from(GRADES), max_size=2, unique=True))),
        tenure=draw(st.sampled_from((None, "permanent", "temporary"))),
        cost=draw(_sometimes(MONEY.map(stated))),
        fte=fte,
        filled=filled,
        vacant=vacant,
        weeks=weeks,
        scp=draw(_sometimes(st.sampled_from((stated(Decimal(3)), stated(Decimal(7)))), 5)),
        agency=draw(_sometimes(hundredths(0, 200).map(stated))),
        subject_to=draw(_sometimes(st.just("consultation"))),
    )
    if draw(st.booleans()):
        post = post._replace(funding={fund: stated(draw(hundredths(0, 300))) for fund in FUNDS})
    if allowed.joins and draw(st.integers(0, 6)) == 0:
        post = post._replace(joins=Moment(2026, 9))
    if allowed.details and draw(st.integers(0, 8)) == 0:
        post = post._replace(counted=False, because="held elsewhere")
    if is_proposal and allowed.moves:
        post = post._replace(moves_in=draw(moves_in(allowed)))
    if is_proposal and allowed.changes_alone and draw(st.integers(0, 4)) == 0:
        post = post._replace(fte=None, fte_change=stated(draw(hundredths(-100, 300))))
    return post


def _with_details(posts: dict[str, Post], draw: st.DrawFn) -> dict[str, Post]:
    """Let some posts detail another: the ends of chains that lead to a post that counts."""
    for before, id_ in zip(list(posts), list(posts)[1:], strict=False):
        if posts[id_].counted and posts[before].counted and draw(st.integers(0, 7)) == 0:
            posts[id_] = posts[id_]._replace(of_which=before)
    return posts


def _with_people_away(posts: dict[str, Post], draw: st.DrawFn) -> dict[str, Post]:
    """Let holders of some posts help out in others."""
    for id_ in list(posts):
        if len(posts) > 1 and draw(st.integers(0, 7)) == 0:
            host = draw(st.sampled_from([other for other in posts if other != id_]))
            posts[id_] = posts[id_]._replace(away={host: stated(draw(hundredths(0, 100)))})
    return posts


@st.composite
def costs(draw: st.DrawFn, teams_: tuple[str, ...], posts_: tuple[str, ...], allowed: Allowed) -> dict[str, OtherCost]:
    """Make costs that are not one post's, some of them the price of posts, each post with one price at most."""
    made: dict[str, OtherCost] = {}
    covered = draw(st.lists(st.sampled_from(posts_), max_size=2, unique=True)) if posts_ else []
    for id_ in draw(st.lists(st.sampled_from(COSTS), unique=True)):
        line = OtherCost(id=id_, title=f"Cost {id_}", team=draw(st.sampled_from((None, *teams_))), because="as told")
        if allowed.details:
            line = line._replace(counted=draw(st.integers(0, 5)) > 0)
        kind = draw(st.integers(0, 3))
        if kind == 0:
            made[id_] = line._replace(rate=stated(draw(MONEY)), times=stated(Decimal(365)))
        elif kind == 1:
            made[id_] = line._replace(rate=stated(draw(MONEY)), units=stated(Decimal(20)), per="week")
        else:
            amount = Quantity(None) if allowed.unknowns and kind == 2 else stated(draw(MONEY))
            made[id_] = line._replace(amount=amount, covers=tuple(covered))
            covered = []
    return made


@st.composite
def structures(
    draw: st.DrawFn, allowed: Allowed = ANYTHING, is_proposal: bool = False, least_posts: int = 0
) -> Structure:
    """Make a structure."""
    teams_ = draw(teams(allowed, is_proposal))
    ids = draw(st.lists(st.sampled_from(POSTS), unique=True, min_size=least_posts))
    posts = {id_: draw(_post(id_, tuple(teams_), allowed, is_proposal)) for id_ in ids}
    if allowed.details:
        posts = _with_details(posts, draw)
    if not is_proposal:
        posts = _with_people_away(posts, draw)
    structure_control = draw(_sometimes(controls(allowed, is_proposal), 2)) if allowed.controls else None
    return Structure(
        path="proposed.yaml" if is_proposal else "current.yaml",
        organisation="Ashdale Council",
        title="Proposed" if is_proposal else "Current",
        counts=draw(st.sampled_from(allowed.counts)),
        control=structure_control,
        teams=teams_,
        posts=posts,
        costs=draw(costs(tuple(teams_), tuple(ids), allowed)),
    )


@st.composite
def pairs(draw: st.DrawFn, allowed: Allowed = ANYTHING, least_posts: int = 0) -> tuple[Structure, Structure]:
    """Make a current and a proposed structure; what moves in comes from posts that are there."""
    current = draw(structures(allowed, least_posts=least_posts))
    proposed = draw(structures(allowed, is_proposal=True, least_posts=least_posts))
    posts = {
        id_: post._replace(
            moves_in=None if post.moves_in is None else tuple(m for m in post.moves_in if m.post in current.posts)
        )
        for id_, post in proposed.posts.items()
    }
    return current, with_posts(proposed, posts)


def with_posts(structure: Structure, posts: dict[str, Post]) -> Structure:
    """Return a structure with other posts."""
    return structure._replace(posts=posts)


@st.composite
def pay(draw: st.DrawFn) -> Grades:
    """Make a grades file with points, salaries, a published cost, a grade without a price, and rates."""
    rate = hundredths(0, 3000).map(lambda percent: Rate(percent / 100))
    steps = draw(st.lists(hundredths(1, 90_000), min_size=12, max_size=12))
    points = {number: Decimal(20_000) + sum(steps[:number], Decimal(0)) for number in range(1, 13)}
    low, high = sorted((draw(hundredths(3_000_000, 6_000_000)), draw(hundredths(3_000_000, 6_000_000))))
    grades = (
        Grade("G1", scp=Span(Decimal(1), Decimal(4)), basis=Basis.ASSUMED, because="not published"),
        Grade("G2", scp=Span(Decimal(3), Decimal(9))),
        Grade("G3", salary=Span(low, high)),
        Grade("G4", cost=stated(draw(MONEY))),
        Grade("G5"),
    )
    return Grades(
        path="grades.yaml",
        organisation="Ashdale Council",
        year=FinancialYear(2025),
        points=points,
        point=draw(st.sampled_from(Point)),
        pension=draw(_sometimes(rate, 1)),
        on_costs=draw(st.dictionaries(st.sampled_from(("levy", "insurance")), rate)),
        vacancy_factor=draw(_sometimes(rate, 2)),
        grades={grade.id: grade for grade in grades},
    )


@st.composite
def shuffled(draw: st.DrawFn, structure: Structure) -> Structure:
    """Return the same structure with its entries, and the entries of its entries, in another order."""
    posts = {
        id_: post._replace(
            away=dict(draw(st.permutations(list(post.away.items())))),
            funding=dict(draw(st.permutations(list(post.funding.items())))),
        )
        for id_, post in draw(st.permutations(list(structure.posts.items())))
    }
    teams_ = dict(draw(st.permutations(list(structure.teams.items()))))
    lines = dict(draw(st.permutations(list(structure.costs.items()))))
    return structure._replace(posts=posts, teams=teams_, costs=lines)


@st.composite
def shuffled_pay(draw: st.DrawFn, grades: Grades) -> Grades:
    """Return the same grades in another order."""
    return grades._replace(
        points=dict(draw(st.permutations(list(grades.points.items())))),
        grades=dict(draw(st.permutations(list(grades.grades.items())))),
    )
