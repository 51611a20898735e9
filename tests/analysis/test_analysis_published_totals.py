"""Published totals hold: at several levels, where teams come, go and move, and where the sides count differently."""

from decimal import Decimal
from typing import Any

from worked import both, figure, in_money, moves, pay, post, published, row, structure, team

from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.diff import diff
from restructure_cli.analysis.grouping import branches, gather
from restructure_cli.analysis.vacancies import vacancies
from restructure_cli.model.grades import Grade, Point, Span
from restructure_cli.model.periods import Moment
from restructure_cli.model.results import Diff, RowKind
from restructure_cli.model.structures import Counts, OtherCost


def rests(found: Diff, measure: str) -> dict[str, Any]:
    return {one.id: getattr(one, measure) for one in found.rows if one.kind is RowKind.NOT_ITEMISED}


def test_each_level_carries_what_its_own_parts_do_not_itemise() -> None:
    current = structure(
        team("service", fte="20"), team("a", "service", fte="10"), team("b", "service"),
        post("p", "6", team="a"), post("q", team="b"),
        control=published(fte="30"),
    )  # fmt: skip
    found = diff(current, current)
    assert {id_: fte.current for id_, fte in rests(found, "fte").items()} == {
        "not-itemised:a": Decimal(4),
        "not-itemised:service": Decimal(10),
        "not-itemised:structure": Decimal(10),
    }
    assert found.totals.fte == both("30", "30", "0")
    assert not {gap for gap in found.missing if gap.measure == "fte"}, "what nobody itemised is not missing"


def test_parts_that_print_as_the_published_total_stand_in_its_place() -> None:
    one = structure(team("a", fte="137.4"), post("p", "137.35", team="a"))
    found = diff(one, one)
    assert found.totals.fte == both("137.35", "137.35", "0.00")
    assert not rests(found, "fte")


def test_a_team_that_goes_takes_all_of_its_published_total_with_it() -> None:
    current = structure(
        team("t", fte="10"), team("s"), post("a", "6", team="t"), post("b", "1", team="s"), post("c", team="t")
    )
    found = diff(current, structure(team("s"), post("b", "1", team="s")))
    assert found.totals.fte == both("11", "1", "-10")
    assert rests(found, "fte") == {"not-itemised:t": both("4", "0", "-4")}
    assert ("fte", "change") not in {(gap.measure, gap.side) for gap in found.missing}


def test_a_team_that_comes_brings_all_of_its_published_total() -> None:
    proposed = structure(team("t", fte="10"), post("a", "6", team="t"), post("c", team="t"))
    found = diff(structure(), proposed)
    assert found.totals.fte == both("0", "10", "10")
    assert rests(found, "fte") == {"not-itemised:t": both("0", "4", "4")}


def test_a_team_that_moves_between_published_totals_leaves_one_and_joins_the_other() -> None:
    current = structure(
        team("x", fte="20"), team("y", fte="30"), team("t", "x", fte="8"), post("p", "5", team="t"), post("q", team="x")
    )
    proposed = structure(
        team("x", fte="11"), team("y", fte="40"), team("t", "y", fte="9"), post("p", "6", team="t"), post("q", team="x")
    )
    found = diff(current, proposed)
    assert found.totals.fte == both("50", "51", "1")
    assert rests(found, "fte") == {
        "not-itemised:t": both("3", "3", "0"),
        "not-itemised:x": both("12", "11", "-1"),
        "not-itemised:y": both("30", "31", "1"),
    }


def test_a_post_whose_team_goes_and_whose_fte_become_unknown_is_counted_once() -> None:
    current = structure(
        team("u"), team("t"), post("p", "5", team="u"), post("q", "3", team="t"), control=published(fte="10")
    )
    proposed = structure(team("t"), post("p", team="t"), post("q", "4", team="t"), control=published(fte="12"))
    found = diff(current, proposed)
    assert row(found, "p").fte == both("5", None, None)
    assert found.totals.fte == both("10", "12", "2")


def test_teams_that_change_places_keep_the_total() -> None:
    current = structure(
        team("a", fte="10"), team("b", "a", fte="4"), post("p", "3", team="b"), post("q", "2", team="a")
    )
    proposed = structure(
        team("b", fte="12"), team("a", "b", fte="5"), post("p", "3", team="b"), post("q", "2", team="a")
    )
    found = diff(current, proposed)
    assert found.totals.fte == both("10", "12", "2")


def test_the_change_of_a_published_change_is_the_published_one() -> None:
    current = structure(team("a"), team("b", "a"), post("p", cost=figure("100"), team="b"), post("q", team="b"))
    proposed = structure(
        team("a", cost_change="50"), team("b", "a", cost_change="20"),
        post("p", cost=figure("115"), team="b"), post("q", team="b"),
        control=published(cost_change="60"),
    )  # fmt: skip
    found = in_money(current, proposed)
    assert found.totals.cost is not None
    assert found.totals.cost.change == Decimal(60)
    assert {id_: money.change for id_, money in rests(found, "cost").items()} == {
        "not-itemised:b": Decimal(5), "not-itemised:a": Decimal(30), "not-itemised:structure": Decimal(10)
    }  # fmt: skip


def test_sides_that_count_different_things_change_by_what_they_show() -> None:
    current = structure(post("p", filled="30"), post("q"), control=published(filled="100"), counts=Counts.FILLED)
    proposed = structure(post("p"), post("q"), control=published(fte="120"))
    found = diff(current, proposed)
    assert found.totals.shown == both("100", "120", "20")
    assert ("shown", "change") not in {(gap.measure, gap.side) for gap in found.missing}


def test_a_change_alone_against_posts_that_come_together_is_counted_once() -> None:
    current = structure(post("a", cost=figure("100")), post("b", "2", cost=figure("50")))
    merged = post("c", fte_change=figure("1"), cost_change=figure("10"), moves_in=moves("a", "b"))
    found = in_money(current, structure(merged))
    assert found.totals.fte.change == Decimal(1)
    assert found.totals.cost is not None
    assert found.totals.cost.change == Decimal(10)


def test_published_vacancies_are_those_of_the_published_totals() -> None:
    current = structure(post("p", "3"), post("q"), control=published(fte="10", filled="8"))
    now = vacancies(current)
    assert [total.value for total in (now.totals.fte, now.totals.filled, now.totals.vacant)] == [10, 8, 2]
    assert now.totals.vacant.complete
    assert now.totals.rate == Decimal("20.0")
    found = diff(current, structure(post("p", "3"), post("q")))
    assert found.totals.vacant.current == Decimal(2)


def test_people_beyond_the_listed_posts_are_no_vacancy_below_nil() -> None:
    now = vacancies(structure(post("p", "3", "3"), control=published(filled="8")))
    assert now.totals.filled.value == 8
    assert now.totals.vacant.value == 0
    assert not now.totals.vacant.complete


def test_a_team_under_one_that_moved_is_printed_once() -> None:
    current = structure(
        team("p"),
        team("q"),
        team("t", "p"),
        post("a", "6", team="t"),
        post("b", "1", team="p"),
        post("c", "2", team="q"),
    )
    proposed = structure(team("q"), team("p", "q"), post("b", "1", team="p"), post("c", "2", team="q"))
    found = diff(current, proposed)
    (top,) = branches(found, lambda row_: True)
    assert top.id == "q"
    assert top.figures["fte"] == both("9", "3", "-6")
    assert [below.id for below in top.below] == ["p"]
    assert [below.id for below in top.below[0].below] == ["t"]


def test_a_post_that_moves_leaves_its_team_by_an_unknown_amount_where_it_becomes_unknown() -> None:
    current = structure(team("a"), team("b"), post("p", "5", team="a"))
    found = diff(current, structure(team("a"), team("b"), post("p", team="b")))
    by_team = {group.label: group.figures["fte"] for group in gather(found, "team")}
    assert by_team["a"] == both("5", "0", None)
    assert by_team["b"] == both("0", None, None)


def test_a_cost_line_may_have_the_id_of_a_post() -> None:
    one = structure(post("rota", "1", cost=figure("100")), OtherCost("rota", "A rota", amount=figure("7")))
    found = in_money(one, one)
    assert found.totals.cost == both("107", "107", "0")


def test_a_line_that_joins_later_costs_nothing_yet() -> None:
    current = structure(post("p", "1", cost=figure("100")), post("j", "1", cost=figure("40"), joins=Moment(2026, 1)))
    proposed = structure(post("p", "1", cost=figure("100")), post("j", "1", cost=figure("40")))
    found = in_money(current, proposed)
    assert found.totals.cost == both("100", "140", "40")


def test_a_published_cost_is_the_total_at_whatever_point_is_costed() -> None:
    grades = {"G": Grade("G", salary=Span(Decimal(80), Decimal(120)))}
    one = structure(post("p", "1", grade=("G",)), control=published(cost="100"))
    for point in Point:
        year = cost((one,), pay(grades, point)).structures[0].years[0]
        assert year.totals.headline.value == Decimal(100), point


def test_a_team_of_unknown_size_that_goes_under_a_new_one_leaves_the_change_of_the_whole_unknown() -> None:
    """The new team's published total is all its own; what the team that moved brings is already in the current side."""
    current = structure(team("moving"), post("clerk", team="moving"))
    proposed = structure(team("new", fte="20"), team("moving", "new"), post("clerk", "5", team="moving"))
    for found in (diff(current, proposed), diff(proposed, current)):
        assert ("fte", "change") in {(gap.measure, gap.side) for gap in found.missing}
