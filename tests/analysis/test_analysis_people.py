"""Nobody is counted twice, and nobody is lost: pools hold every holder once, and so does the proposed side."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from structures_made import ANYTHING, COMPLETE, more, pairs, some
from worked import both, figure, moves, pool, post, row, so_many, structure, team

from restructure_cli.analysis import sides
from restructure_cli.analysis.diff import diff
from restructure_cli.checks.catalogue import findings
from restructure_cli.checks.rule import Subject
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import Quantity
from restructure_cli.model.results import Pool
from restructure_cli.model.structures import Counts, Post, Structure

ZERO = Decimal(0)


def known(figures: list[Decimal | None]) -> list[Decimal]:
    """Return figures, and pass over the example where one of them is unknown."""
    assume(None not in figures)
    return [figure_ for figure_ in figures if figure_ is not None]


@some
@given(pairs(ANYTHING))
def test_every_holder_is_in_one_pool(sides_: tuple[Structure, Structure]) -> None:
    current, proposed = sides_
    codes = {finding.rule.code for finding in findings(Subject(proposed, current))}
    assume(codes.isdisjoint({"MOV301", "MOV302"}))  # the checks that refuse to count somebody twice
    found = diff(current, proposed).pools
    assert len(once(found, "current")) <= len(current.posts)
    assert once(found, "proposed") == set(proposed.posts)
    lead_on = {move.post for post_ in proposed.posts.values() for move in sides.moves_in(post_, current)}

    def brings_people(post_: Post) -> bool:
        wholes = sides.wholes(current, post_)
        return post_.in_totals or (post_.id in lead_on and not any(whole in current.posts for whole in wholes))

    before = sides.figures(current)
    supply = known([sides.supply(post_, current, before) for post_ in current.posts.values() if brings_people(post_)])
    assert sum(known([pool_.filled for pool_ in found]), ZERO) == sum(supply, ZERO)


def once(found: tuple[Pool, ...], side: str) -> set[str]:
    """Return the posts of all pools on a side, each of them in one only."""
    ids = [id_ for pool_ in found for id_ in getattr(pool_, side)]
    ids += [id_ for pool_ in found for id_ in pool_.details if side == "proposed"]
    assert len(ids) == len(set(ids))
    return set(ids)


@more
@given(pairs(replace(COMPLETE, moves=True, partly=1, joins=True, counts=(Counts.ESTABLISHED,)), least_posts=4))
def test_people_are_in_a_post_afterwards_or_displaced(sides_: tuple[Structure, Structure]) -> None:
    current, proposed = sides_
    found = diff(current, proposed)
    codes = {finding.rule.code for finding in findings(Subject(proposed, current))}
    assume("MOV302" not in codes)
    totals = found.totals
    assert totals.displaced.complete
    assert not found.missing
    joining = sum(known([row_.joining for row_ in found.rows if row_.joins]), ZERO)
    assert totals.filled.current is not None and totals.filled.proposed is not None
    assert totals.filled.proposed + totals.displaced.value == totals.filled.current + joining
    assert totals.vacant.proposed == sum((max(pool_.slack or ZERO, ZERO) for pool_ in found.pools), ZERO)
    assert totals.vacant.change is not None and totals.vacant.current is not None
    assert totals.vacant.current + totals.vacant.change == totals.vacant.proposed


def test_so_many_who_move_to_a_smaller_post_are_displaced() -> None:
    current = structure(post("clerk", "5", "5"))
    proposed = structure(post("clerk", "3"), post("lead", "1", moves_in=moves(so_many("clerk", "2"))))
    found = diff(current, proposed)
    assert pool(found, "lead").slack == Decimal(-1)
    assert pool(found, "lead").current == (), "its people come from a post of another pool"
    assert found.totals.displaced.value == Decimal(1)
    assert found.totals.filled == both("5", "4", "-1")


def test_people_who_do_not_fit_a_post_outside_the_totals_are_displaced() -> None:
    current = structure(post("clerk", "5", "5"))
    proposed = structure(post("trainee", "3", counted=False, because="paid elsewhere", moves_in=moves("clerk")))
    found = diff(current, proposed)
    assert found.totals.displaced.value == Decimal(2)
    assert found.totals.vacant.proposed == ZERO


def test_a_new_post_of_unknown_size_displaces_nobody() -> None:
    found = diff(structure(post("clerk", "5", "5")), structure(post("clerk", "5"), post("lead", moves_in=())))
    assert found.totals.displaced.complete


def test_vacancies_of_a_pool_leave_out_posts_outside_the_totals() -> None:
    current = structure(post("clerk", "4", "4"))
    trainee = post("trainee", "10", counted=False, because="paid elsewhere", moves_in=moves("clerk"))
    found = diff(current, structure(post("clerk", "5"), trainee))
    assert row(found, "in-pools:clerk").vacant.proposed is None, "nobody says how many of the 11 are clerks"
    assert found.totals.vacant.proposed is None
    empty = diff(structure(post("clerk", "4", "0")), structure(post("clerk", "5"), trainee))
    assert empty.totals.vacant.proposed == Decimal(5)
    full = diff(structure(post("clerk", "15", "15")), structure(post("clerk", "5"), trainee))
    assert full.totals.vacant.proposed == ZERO
    assert full.totals.filled.proposed == Decimal(5)


def test_a_detail_of_a_detail_is_counted_once() -> None:
    senior, lead = post("senior", "5", "5", of_which="t"), post("lead", "2", "2", of_which="senior")
    current = structure(team("t", fte="9"), senior, lead, post("other", "1", "1"))
    proposed = structure(post("worker", "6", moves_in=moves("senior", "lead")), post("other", "1"))
    workers = pool(diff(current, proposed), "worker")
    assert (workers.current, workers.filled, workers.slack) == (("senior",), Decimal(5), Decimal(1))


def test_people_who_join_are_unknown_where_the_file_says_so() -> None:
    current = structure(post("tupe", "3", joins=JOINS)._replace(filled=Quantity(None)))
    found = diff(current, structure(post("worker", "3", moves_in=moves("tupe"))))
    assert pool(found, "worker").filled is None
    vacancy = structure(post("tupe", "3", joins=JOINS, vacant=figure("1")))
    assert pool(diff(vacancy, structure(post("worker", "3", moves_in=moves("tupe")))), "worker").filled == Decimal(2)


JOINS = Moment(2024, 9, 1)


def test_secondees_are_counted_at_home_and_those_who_join_once() -> None:
    # Sefton's senior early help workers: 9.39, of whom 2 are on secondment, and 0.61 who transfer, for 5 + 2 + 1 + 2
    current = structure(
        post("senior", filled="9.39", away={"family-time": figure("2")}),
        post("senior-tupe", filled="0.61", joins=JOINS),
        post("family-time", "2"),
    )
    home = moves("senior", "senior-tupe")
    proposed = structure(
        post("hub", "5", moves_in=home),
        post("family-time", "2", moves_in=home),
        post("fast", "1", moves_in=home),
        post("lead", "2", moves_in=home),
    )
    found = diff(current, proposed)
    seniors = pool(found, "hub")
    assert (seniors.filled, seniors.fte, seniors.slack) == (Decimal(10), Decimal(10), ZERO)
    assert set(seniors.proposed) == {"hub", "family-time", "fast", "lead"}
    assert row(found, "senior-tupe").filled == both("0", "0", "0"), "who joins later is in no current figure"
    assert found.totals.displaced.value == ZERO


def test_two_who_act_up_in_each_others_posts_are_counted_at_home() -> None:
    current = structure(
        post("clerk", "3", "3", away={"lead": figure("1")}), post("lead", "2", "2", away={"clerk": figure("1")})
    )
    found = diff(current, structure(post("clerk", "3"), post("lead", "2")))
    assert found.totals.filled == both("5", "5", "0")
    assert found.totals.vacant == both("0", "0", "0")


def test_holders_who_are_away_are_holders_though_nobody_says_how_many() -> None:
    current = structure(
        post("clerk", "3", away={"lead": figure("1")}), post("lead", "2", "2", away={"clerk": figure("1")})
    )
    clerk = row(diff(current, structure(post("clerk", "3"), post("lead", "2"))), "clerk")
    assert clerk.filled.current is None, "a host that says nothing is empty; this one says that somebody is away"
    assert clerk.vacant.proposed is None


def test_a_host_with_a_stated_vacancy_has_holders_of_its_own() -> None:
    current = structure(post("clerk", "3", "3", away={"lead": figure("1")}), post("lead", "3", vacant=figure("1")))
    lead = row(diff(current, structure(post("clerk", "3"), post("lead", "3"))), "lead")
    assert lead.filled.current == Decimal(2)
    assert lead.vacant.proposed == Decimal(1)


def test_a_detail_adds_nobody_and_no_post() -> None:
    current = structure(post("worker", "10", "8"), post("senior", "2", "2", of_which="worker"))
    proposed = structure(post("worker", "12"), post("senior", "3", of_which="worker"))
    found = diff(current, proposed)
    assert found.totals.fte == both("10", "12", "2")
    workers = pool(found, "senior")
    assert (workers.filled, workers.fte, workers.slack) == (Decimal(8), Decimal(12), Decimal(4))
    assert workers.details == ("senior",)


def test_so_many_who_move_into_a_detail_are_in_its_pool() -> None:
    current = structure(post("worker", "5", "5"), post("visitor", "1", "1"))
    proposed = structure(
        post("worker", "6"), post("senior", "1", of_which="worker", moves_in=moves(so_many("visitor", "1")))
    )
    found = diff(current, proposed)
    assert pool(found, "worker").filled == Decimal(6)
    assert found.totals.vacant.proposed == ZERO
    assert found.totals.displaced.value == ZERO


def test_so_many_move_and_the_two_posts_are_not_joined() -> None:
    current = structure(post("clerk", "5", "5"))
    proposed = structure(post("clerk", "3"), post("lead", "2", moves_in=moves(so_many("clerk", "1.5"))))
    found = diff(current, proposed)
    assert pool(found, "clerk").slack == Decimal("-0.5")
    assert pool(found, "lead").slack == Decimal("0.5")
    assert row(found, "lead").vacant.proposed == Decimal("0.5")
    assert found.totals.displaced.value == Decimal("0.5")


def test_a_change_against_so_many_who_move_starts_from_them() -> None:
    current = structure(post("clerk", "10"))
    lead = post("lead", fte_change=figure("0.5"), moves_in=moves(so_many("clerk", "1")))
    found = diff(current, structure(post("clerk", "9"), lead))
    assert row(found, "lead").fte == both("0", "1.5", "1.5")
    assert found.totals.fte == both("10", "10.5", "0.5")


def test_people_of_a_line_outside_the_totals_move_all_the_same() -> None:
    current = structure(post("pilot", "2", "2", counted=False, because="held elsewhere"))
    found = diff(current, structure(post("worker", "3", moves_in=moves("pilot"))))
    assert found.totals.fte == both("0", "3", "3")
    assert pool(found, "worker").filled == Decimal(2)
    assert found.totals.vacant.proposed == Decimal(1)


def test_a_pool_of_which_one_part_is_unknown_has_no_slack() -> None:
    current = structure(post("worker", "5", "5"), post("helper"))
    proposed = structure(post("worker", "8", moves_in=moves("worker", "helper")))
    workers = pool(diff(current, proposed), "worker")
    assert (workers.filled, workers.fte, workers.slack) == (None, Decimal(8), None)


def test_the_stated_vacancy_of_the_only_post_of_a_pool_is_its_slack() -> None:
    current = structure(post("worker", "5"))
    proposed = structure(post("worker", "8", vacant=figure("3")))
    found = diff(current, proposed)
    assert pool(found, "worker").slack == Decimal(3)
    assert row(found, "worker").filled.proposed == Decimal(5)


def test_posts_that_share_a_pool_leave_its_figures_to_one_row() -> None:
    current = structure(post("a", "3", "2"), post("b", "5", "3"))
    proposed = structure(post("a", "5", moves_in=moves("a", "b")), post("b", "5", moves_in=moves("a", "b")))
    found = diff(current, proposed)
    assert row(found, "a").vacant.proposed is None
    shared = row(found, "in-pools:a")
    assert shared.vacant == both("0", "5", "2"), "the change is from what was vacant in both"
    assert shared.filled == both("0", "5", "0")
    assert found.totals.vacant == both("3", "5", "2")
    assert found.totals.filled == both("5", "5", "0")
    assert found.complete, "what the pool tells is not missing"


def test_a_post_matched_by_its_id_has_the_holders_it_names() -> None:
    # the holder of the officer's post becomes the lead; the officer's post stays, and is empty
    current = structure(post("officer", "1", "1"), post("lead", "1", away={}), post("other", "1", "1"))
    proposed = structure(post("officer", "2", moves_in=()), post("lead", "1", moves_in=moves("officer")))
    found = diff(current, proposed)
    assert row(found, "officer").fte == both("1", "2", "1")
    assert row(found, "officer").vacant.proposed == Decimal(2)
    assert row(found, "lead").vacant.proposed == ZERO
    assert found.totals.displaced.value == Decimal(1), "the holder of the post from which nothing leads on"
    assert not found.totals.displaced.complete, "nobody knows who held the lead's post"
