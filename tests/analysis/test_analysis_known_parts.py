"""A sum that leaves something out says so where it stands: sub-totals, groups, funds, and posts priced with others."""

from decimal import Decimal

from worked import figure, in_money, moves, pay, post, so_many, structure, team

from restructure_cli.analysis.change_by_fund import NOT_SHARED, by_fund
from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.diff import diff
from restructure_cli.analysis.vacancies import vacancies
from restructure_cli.model.quantities import TwoSided
from restructure_cli.model.results import Diff
from restructure_cli.model.structures import Control, OtherCost, Structure
from restructure_cli.render.text import render_text
from restructure_cli.report import cost as cost_report
from restructure_cli.report import diff as diff_report
from restructure_cli.report import vacancies as vacancies_report


def printed(found: Diff, by: str = "post", detail: str = "changes") -> list[str]:
    return render_text(diff_report.report(found, by, detail), width=None, colour=False).splitlines()


def line(lines: list[str], begins: str) -> str:
    """Return the only line that begins so, with one space between its cells."""
    (found,) = [" ".join(told.split()) for told in lines if told.strip().startswith(begins)]
    return found


KNOWN, UNKNOWN = post("clerk", "5", "3", team="north"), post("lead", "2", team="north")
NOW = structure(team("north"), KNOWN, UNKNOWN)
THEN = structure(team("north"), post("clerk", "6", team="north"), post("lead", "2", team="north"))


def test_a_sub_total_of_vacancies_some_of_which_are_unknown_is_marked() -> None:
    found = diff(NOW, THEN)
    assert line(printed(found), "Sub-total") == "Sub-total vacancies: known part 7 8 +1 3"
    assert line(printed(found, by="team"), "north") == "north (vacancies: known part) 7 8 +1 3"
    assert line(printed(found, detail="summary"), "north") == "north (vacancies: known part) 7 8 +1 3"


def test_a_sub_total_of_vacancies_all_of_which_are_known_is_not() -> None:
    known = structure(team("north"), KNOWN, post("lead", "2", "1", team="north"))
    assert line(printed(diff(known, THEN)), "Sub-total") == "Sub-total 7 8 +1 4"


def test_vacancies_that_a_pool_tells_in_the_same_team_are_not_missing_from_its_sub_total() -> None:
    both_ = moves("clerk", "lead")
    current = structure(team("north"), KNOWN, post("lead", "2", "2", team="north"), post("other", "1", "1"))
    clerk = post("clerk", "6", team="north", moves_in=both_)
    here = structure(team("north"), clerk, post("lead", "2", team="north", moves_in=both_), post("other", "1"))
    assert line(printed(diff(current, here)), "Sub-total") == "Sub-total 7 8 +1 3"
    assert line(printed(diff(current, here), by="team"), "north") == "north 7 8 +1 3"
    elsewhere = post("lead", "2", team="south", moves_in=both_)
    deputy = post("deputy", "1", team="north", moves_in=())
    apart = structure(team("north"), team("south"), clerk, elsewhere, deputy, post("other", "1"))
    told = "Sub-total vacancies: known part 5 7 +2 1"
    assert line(printed(diff(current, apart)), "Sub-total") == told, "the pool spans two teams, and stands in neither"


def test_groups_of_vacancies_say_what_they_leave_out() -> None:
    report = vacancies_report.report(vacancies(NOW), diff(NOW, THEN), "team")
    lines = render_text(report, width=None, colour=False).splitlines()
    now, then = (" ".join(told.split()) for told in lines if told.startswith("north"))
    assert now == "north (filled and vacant: known part) 7 3 ? 2 ?", "a rate over a part is no rate of the group"
    assert then == "north (vacancies: known part) 8 3"


def test_people_who_come_in_stated_numbers_are_named_in_their_pool() -> None:
    current = structure(post("clerk", "5", "5"))
    proposed = structure(post("clerk", "3"), post("lead", "1", moves_in=moves(so_many("clerk", "2"))))
    report = vacancies_report.report(vacancies(current), diff(current, proposed), "post")
    lines = render_text(report, width=None, colour=False).splitlines()
    assert line(lines, "clerk (2 FTE) ") == "clerk (2 FTE) lead 2 1 −1"
    assert "clerk (2 FTE): 1 FTE of people have no post (displaced)." in lines


def costed(id_: str, cost_: str | None, **funds: str) -> Structure:
    funding = {fund: figure(fte) for fund, fte in funds.items()}
    return structure(post(id_, "2", cost=figure(cost_), funding=funding))


def test_a_post_priced_with_others_has_no_cost_of_its_own_which_is_not_nil() -> None:
    current = structure(post("clerk", "1", cost=figure("50")))
    together = OtherCost("all", "All of them", amount=figure("80"), covers=("clerk",))
    proposed = structure(post("clerk", "1"), together)
    found = in_money(current, proposed)
    lines = printed(found)[printed(found).index("Cost at 2025-26 prices") :]
    assert line(lines, "clerk") == "clerk 50 −50"
    assert "1 post priced together with others, among the other costs." in lines
    change = cost_report.report(cost((current, proposed), pay()), "post", "changes")
    assert "clerk 50 −50" in [
        " ".join(told.split()) for told in render_text(change, width=None, colour=False).split("\n")
    ]


def funds(current: Structure, proposed: Structure) -> dict[str, TwoSided]:
    return {group.label: group.figures["cost"] for group in by_fund(cost((current, proposed), pay()))}


def money(current: str | None, proposed: str | None, change: str | None) -> TwoSided:
    return TwoSided(*(None if text is None else Decimal(text) for text in (current, proposed, change)))


def test_the_change_by_fund_is_what_each_fund_pays_more_or_less() -> None:
    found = funds(costed("clerk", "100", core="1", grant="1"), costed("clerk", "140", core="1.5"))
    assert found == {
        "core": money("50", "105", "55"),
        "grant": money("50", "0", "-50"),
        "no fund stated": money("0", "35", "35"),
    }


def test_a_change_published_alone_is_no_funds() -> None:
    proposed = structure(control=Control(cost_change=figure("75")))
    found = funds(structure(control=Control()), proposed)
    assert found[NOT_SHARED] == money("0", "0", "75")


def test_a_line_without_a_price_leaves_the_change_of_its_fund_a_known_part() -> None:
    current, proposed = costed("clerk", "100", core="2"), costed("clerk", None, core="2")
    (core,) = by_fund(cost((current, proposed), pay()))
    assert core.figures["cost"] == money("100", None, None)
    assert core.partial
