"""A chart shows every team and post once, where it is managed, with what becomes of it."""

from decimal import Decimal

from restructure_cli.analysis.chart import charts
from restructure_cli.model.charts import Chart, Drawn
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import Quantity
from restructure_cli.model.report import Legend
from restructure_cli.model.structures import Post, Structure, Team


def fte(figure: int) -> Quantity:
    return Quantity(Decimal(figure))


def structure(posts: list[Post], teams: list[Team] | None = None, as_at: Moment | None = None) -> Structure:
    return Structure(
        path="a.yaml",
        organisation="Ashdale",
        title="A",
        as_at=as_at,
        teams={team.id: team for team in teams or []},
        posts={post.id: post for post in posts},
    )


def outline(chart: Chart) -> list[str]:
    return [f"{'.' * line.depth}{line.id}" for line in chart.lines]


def of(chart: Chart, id_: str) -> Drawn:
    return next(line for line in chart.lines if line.id == id_)


def test_posts_stand_under_whom_they_report_to_within_their_team_and_details_under_the_whole() -> None:
    teams = [Team("top", "Top"), Team("sub", "Sub", within="top", lead="head")]
    posts = [
        Post("clerk", "Clerk", "sub", reports_to="head"),
        Post("head", "Head", "sub", reports_to="director"),
        Post("director", "Director", "top"),
        Post("detail", "Detail", "top", of_which="clerk"),
        Post("a-worker", "A worker", "sub"),
        Post("nobody", "Nobody's"),
    ]
    (chart,) = charts(structure(posts, teams))
    assert outline(chart) == ["nobody", "top", ".director", ".sub", "..head", "...clerk", "....detail", "..a-worker"]
    assert of(chart, "sub").lead == "Head" and of(chart, "top").posts == 5
    assert {line.legend for line in chart.lines} == {None}


def test_nothing_is_lost_in_a_circle() -> None:
    posts = [Post("a", "A", reports_to="b"), Post("b", "B", of_which="a"), Post("c", "C", reports_to="a")]
    teams = [Team("x", "X", within="y"), Team("y", "Y", within="x")]
    (chart,) = charts(structure(posts, teams))
    assert sorted(line.id for line in chart.lines) == ["a", "b", "c", "x", "y"]


def test_a_very_long_line_of_reports_is_drawn() -> None:
    posts = [
        Post(f"p{number}", f"P{number}", reports_to=f"p{number - 1}" if number else None) for number in range(3000)
    ]
    (chart,) = charts(structure(posts))
    assert chart.lines[-1].depth == 2999


def test_each_word_of_the_legend() -> None:
    teams = [Team("x", "X"), Team("y", "Y")]
    now = [
        Post("same", "Same", "x", fte=fte(1)),
        Post("more", "More", "x", fte=fte(1)),
        Post("gone", "Gone", "x", fte=fte(1)),
        Post("moved", "Moved", "x", fte=fte(1)),
        Post("joins", "Joins", "x", fte=fte(2), joins=Moment(2026, 9, 1)),
        Post("begun", "Begun", "x", fte=fte(1), starts=Moment(2020, 1, 1)),
    ]
    then = [
        now[0],
        Post("more", "More", "x", fte=fte(2)),
        Post("moved", "Moved", "y", fte=fte(1)),
        Post("joins", "Joins", "x", fte=fte(2)),
        now[5],
        Post("new", "New", "x", fte=fte(1), moves_in=()),
        Post("later", "Later", "x", fte=fte(1), moves_in=(), starts=Moment(2027, 1, 1)),
        Post("perhaps", "Perhaps", "x", fte=fte(1), moves_in=(), subject_to="funding"),
    ]
    before, after = charts(structure(now, teams, Moment(2026, 4, 1)), structure(then, teams))
    assert {line.id: line.legend for line in before.lines if not line.is_team} == {
        "same": Legend.UNCHANGED,
        "more": Legend.CHANGED,
        "gone": Legend.DELETED,
        "moved": Legend.TRANSFERRED,
        "joins": Legend.TRANSFERRED,
        "begun": Legend.UNCHANGED,
    }
    assert {line.id: line.legend for line in after.lines if not line.is_team} == {
        "same": Legend.UNCHANGED,
        "more": Legend.CHANGED,
        "moved": Legend.TRANSFERRED,
        "joins": Legend.TRANSFERRED,
        "begun": Legend.UNCHANGED,
        "new": Legend.CHANGED,
        "later": Legend.IN_DEVELOPMENT,
        "perhaps": Legend.IN_DEVELOPMENT,
    }
    assert of(before, "more").fte == 1
    assert of(after, "more").fte == 2
    assert of(before, "joins").fte == 2


def test_what_a_team_depends_on_its_posts_depend_on() -> None:
    now, then = (
        structure([]),
        structure(
            [Post("new", "New", "x", fte=fte(1), moves_in=())],
            [Team("x", "X", subject_to="a bid"), Team("y", "Y", within="x")],
        ),
    )
    _, after = charts(now, then)
    assert {line.id: line.legend for line in after.lines} == dict.fromkeys(("x", "new", "y"), Legend.IN_DEVELOPMENT)
