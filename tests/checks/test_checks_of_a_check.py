"""The rules that only a check tells of, and that judge how a structure is built, fire where broken and nowhere else."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restructure_cli.checks import evaluation, organisation, personal_data, placing
from restructure_cli.checks.catalogue import findings, findings_of_a_check
from restructure_cli.checks.rule import Subject
from restructure_cli.model.grades import Grade, Grades, Span
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import Quantity
from restructure_cli.model.settings import Settings
from restructure_cli.model.structures import Control, MoveIn, OtherCost, Post, Structure, Team

FAMILIES = (organisation.CHECKS, placing.CHECKS, evaluation.CHECKS, personal_data.CHECKS)
FIGURES = ("fte", "filled", "vacant", "people", "positions", "scp", "cost", "supplement")


def figure(text: str) -> Quantity:
    return Quantity(Decimal(text))


def post(id_: str = "clerk", title: str = "", **stated: Any) -> Post:
    """Write a post; figures may stand as text, `moves_in` as ids."""
    figures = {key: figure(stated.pop(key)) for key in FIGURES if key in stated}
    if "moves_in" in stated:
        stated["moves_in"] = tuple(MoveIn(id_) for id_ in stated["moves_in"])
    return Post(id_, title or id_, **{**stated, **figures})


def structure(*entries: Post | Team | OtherCost, **stated: Any) -> Structure:
    return Structure(
        path="structure.yaml",
        organisation="Ashdale Council",
        title="A structure",
        teams={entry.id: entry for entry in entries if isinstance(entry, Team)},
        posts={entry.id: entry for entry in entries if isinstance(entry, Post)},
        costs={entry.id: entry for entry in entries if isinstance(entry, OtherCost)},
        **stated,
    )


def current(*entries: Post | Team | OtherCost, settings: Settings | None = None, **stated: Any) -> Subject:
    return Subject(structure(*entries, **stated), settings=settings or Settings())


def proposal(now: tuple[Post, ...], *entries: Post, settings: Settings | None = None) -> Subject:
    return Subject(structure(*entries), structure(*now), settings=settings or Settings())


def priced(subject: Subject, *scale: Grade, week: str | None = "37", **stated: Any) -> Subject:
    given = {
        "pension": None, "hours_per_week": Decimal(week) if week else None, "grades": {one.id: one for one in scale},
        **stated,
    }  # fmt: skip
    return subject._replace(grades=Grades("grades.yaml", "Ashdale Council", FinancialYear(2025), **given))


def codes(subject: Subject) -> set[str]:
    return {finding.rule.code for finding in findings_of_a_check(subject)}


def published(**stated: Any) -> Subject:
    return current(post(**stated), settings=Settings(publication=True))


SPAN, SPANS, LAYERS = Settings(span=(0, 6)), Settings(span=(4, 8)), Settings(layers=2)
LEAD = post("lead", fte="1")
TWO = post("clerk", fte="2", filled="2")
COST = Grade("C", cost=figure("33000"))
FLOOR = Decimal("24_000")
"""£12.44 an hour in a week of 37 hours; the floor of 2025-26 is £12.21."""


def staff(fte: str, **stated: Any) -> Post:
    return post("staff", fte=fte, reports_to="lead", **stated)


def salary(pounds: str) -> Grade:
    return Grade("C", salary=Span(Decimal(pounds), Decimal(pounds)))


HOLDING = {
    "no target": ("EST213", current(LEAD, staff("60"))),
    "as many as the target": ("EST213", current(LEAD, staff("6"), settings=SPAN)),
    "for each lead": ("EST213", current(post("lead", fte="2"), staff("12"), settings=SPAN)),
    "positions before FTE": ("EST213", current(LEAD, staff("7", positions="6"), settings=SPAN)),
    "a detail is in its whole": ("EST213", current(LEAD, staff("7", of_which="lead"), settings=SPAN)),
    "a range": ("EST213", current(LEAD, staff("4"), settings=SPANS)),
    "too few as far as known": ("EST213", current(LEAD, post("a", reports_to="lead"), settings=SPANS)),
    "joins later": ("EST213", current(LEAD, staff("9", joins=Moment(2027, 1)), settings=SPAN)),
    "two layers": ("EST214", current(LEAD, staff("1"), settings=LAYERS)),
    "no layers asked for": ("EST214", current(LEAD, staff("1"), post("c", reports_to="staff"))),
    "other words": ("EST215", current(post("a", "Team Manager"), post("b", "Team Leader"))),
    "numbers": ("EST215", current(post("a", "Social Worker Level 3"), post("b", "Social Worker Level 4"))),
    "short words": ("EST215", current(post("a", "Clerk East"), post("b", "Clerk West"))),
    "trainer and trainee": ("EST215", current(post("a", "Trainer"), post("b", "Trainee"))),
    "the same title": ("EST215", current(post("a", "Clerk"), post("b", "Clerk"))),
    "a team with a total": ("EST216", current(Team("a", "A", control=Control(fte=figure("2"))))),
    "a team of teams": ("EST216", current(Team("a", "A"), Team("b", "B", within="a"), post(team="b"))),
    "a team with a cost": ("EST216", current(Team("a", "A"), OtherCost("c", "C", team="a"))),
    "not in the totals": ("EST217", current(post(fte="1", subject_to="funding", counted=False, because="…"))),
    "not there yet": ("EST217", current(post(fte="1", subject_to="a school", joins=Moment(2027, 1)))),
    "from": ("MOV305", proposal((TWO,), post("lead", fte="2", moves_in=["clerk"]))),
    "nobody in post": ("MOV305", proposal((post(fte="2", filled="0"),), post("lead", fte="2", moves_in=[]))),
    "not counted": ("MOV305", proposal((TWO._replace(counted=False, because="…"),), post("lead", moves_in=[]))),
    "unknown is not MOV305": ("MOV305", proposal((post(fte="2"),), post("lead", moves_in=[]))),
    "room for all": ("MOV306", proposal((TWO,), post("clerk", fte="2"))),
    "a shortfall that is allowed": (
        "MOV306", proposal((TWO,), post("clerk", fte="1.5"), settings=Settings(shortfall=Decimal("0.5")))
    ),
    "known not to be filled": ("MOV307", proposal((post(fte="2", filled="0"),), post("lead", moves_in=[]))),
    "the same grade": ("PAY409", proposal((post(grade=("C",)),), post(grade=("C",), grading="pending"))),
    "a new post": ("PAY409", proposal((TWO,), post("lead", grade=("D",), grading="pending", moves_in=[]))),
    "two come together": (
        "PAY409",
        proposal((post("a", grade=("C",)), post("b", grade=("C",))),
                 post("c", grade=("D",), grading="pending", moves_in=["a", "b"])),
    ),
    "evaluated, and said so": ("PAY413", proposal((post(grade=("C",)),), post(grade=("D",), grading="evaluated"))),
    "not evaluated, and said so": ("PAY413", proposal((post(grade=("C",)),), post(grade=("D",), grading="pending"))),
    "the grade stays": ("PAY413", proposal((post(grade=("C",)),), post(grade=("C",)))),
    "a grade that nobody stated": ("PAY413", proposal((post(),), post(grade=("C",)))),
    "no price": ("PAY410", priced(current(post(grade=("C",), grading="pending")), Grade("C"))),
    "above the floor": ("PAY411", priced(current(post(grade=("C",))), salary("24000"), pension=None)),
    "no week": ("PAY411", priced(current(post(grade=("C",))), salary("20000"), week=None)),
    "an apprentice": ("PAY411", priced(current(post(grade=("C",), tenure="apprentice")), salary("14000"))),
    "a grade nobody has": ("PAY411", priced(current(post(cost="30000")), salary("14000"))),
    "on-costs are no pay": ("PAY411", priced(current(post(grade=("C",))), Grade("C", cost=figure("2000")))),
    "nothing is priced": ("PAY412", priced(current(post(fte="1", grade=("L",))), Grade("L"))),
    "priced together": (
        "PAY412",
        priced(current(post(fte="1"), OtherCost("c", "C", amount=figure("9"), covers=("clerk",)))),
    ),
    "a published total": (
        "PAY412",
        priced(current(post(fte="1", grade=("C",)), post("l", fte="1"), control=Control(cost=figure("90000"))), COST),
    ),
    "a published total of the team": (
        "PAY412",
        priced(current(post(fte="1", grade=("C",)), post("l", fte="1", team="b"), Team("b", "B", within="a"),
                       Team("a", "A", control=Control(cost=figure("90000")))), COST),
    ),
    "not for publication": ("PRV804", current(post(fte="1", scp="7"))),
    "several people": ("PRV804", current(post(fte="2", scp="7"), settings=Settings(publication=True))),
    "nobody": ("PRV804", published(fte="1", filled="0", scp="7")),
    "all of it vacant": ("PRV804", published(fte="3", vacant="3", scp="7")),
    "more in post than one": ("PRV804", published(fte="3", filled="1.2", scp="7")),
    "one post with two in it": ("PRV804", published(fte="1", filled="2", scp="7")),
    "said to be two people": ("PRV804", published(fte="3", filled="1", people="2", scp="7")),
}  # fmt: skip
BROKEN = {
    "one too many": ("EST213", current(LEAD, staff("6.5"), settings=SPAN)),
    "as far as known too many": ("EST213", current(LEAD, staff("7"), post("a", reports_to="lead"), settings=SPAN)),
    "too few": ("EST213", current(LEAD, staff("3"), settings=SPANS)),
    "three layers": ("EST214", current(LEAD, staff("1"), post("c", reports_to="staff"), settings=LAYERS)),
    "capitals": ("EST215", current(post("a", "Team Manager"), post("b", "Team manager"))),
    "an ampersand": ("EST215", current(post("a", "Adults & Health"), post("b", "Adults and Health"))),
    "a letter too few": ("EST215", current(post("a", "Assessment Officer"), post("b", "Assesment Officer"))),
    "a letter too many": ("EST215", current(post("a", "Assesment Officer"), post("b", "Assessment Officer"))),
    "another letter": ("EST215", current(post("a", "Independent Officer"), post("b", "Independant Officer"))),
    "a plural": ("EST215", current(post("a", "Social Worker"), post("b", "Social Workers"))),
    "a plural of a short word": ("EST215", current(post("a", "Senior Cook"), post("b", "Senior Cooks"))),
    "a short word of a plural": ("EST215", current(post("a", "Senior Cooks"), post("b", "Senior Cook"))),
    "an empty team": ("EST216", current(Team("a", "A"))),
    "a condition of the team above": (
        "EST217", current(post(fte="1", team="b"), Team("b", "B", within="a"), Team("a", "A", subject_to="funding"))
    ),
    "deleted with people": ("MOV305", proposal((TWO,), post("lead", fte="2", moves_in=[]))),
    "too small": ("MOV306", proposal((TWO,), post("clerk", fte="1.5"))),
    "deleted and unknown": ("MOV307", proposal((post(fte="2"),), post("lead", moves_in=[]))),
    "pending": ("PAY409", proposal((post(grade=("C",)),), post(grade=("D",), grading="pending"))),
    "by another id": (
        "PAY409", proposal((post(grade=("C",)),), post("x", grade=("D",), grading="indicative", moves_in=["clerk"]))
    ),
    "nothing said": ("PAY413", proposal((post(grade=("C",)),), post(grade=("D",)))),
    "indicative": ("PAY410", priced(current(post(grade=("C",), grading="indicative")), COST)),
    "a published cost of it": ("PAY410", priced(current(post(cost="30000", grading="pending")))),
    "below the floor": ("PAY411", priced(current(post(grade=("C",))), salary("23000"))),
    "a longer week": ("PAY411", priced(current(post(grade=("C",))), salary("24000"), week="39")),
    "a point below it": (
        "PAY411", priced(current(post(scp="1")), points={1: Decimal(20_000), 2: Decimal(25_000)})
    ),
    "one of two": (
        "PAY412", priced(current(post(fte="1", grade=("C",)), post("l", fte="1", grade=("L",))), COST, Grade("L"))
    ),
    "a cost of one": ("PRV804", current(post(fte="1", cost="50000"), settings=Settings(publication=True))),
    "one person in a larger line": (
        "PRV804", current(post(fte="3", people="1", scp="7"), settings=Settings(publication=True))
    ),
    "one filled of three": ("PRV804", published(fte="3", filled="1", scp="7")),
    "one filled of three positions": ("PRV804", published(fte="3", positions="3", filled="1", scp="7")),
    "nobody says how many": ("PRV804", published(scp="7")),
    "all but one vacant": ("PRV804", published(fte="3", vacant="2", scp="7")),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_rule_fires_where_it_is_broken(case: str) -> None:
    code, subject = BROKEN[case]
    assert code in codes(subject)


@pytest.mark.parametrize("case", HOLDING)
def test_a_rule_holds_its_peace_where_it_is_kept(case: str) -> None:
    code, subject = HOLDING[case]
    assert code not in codes(subject)


def test_every_rule_has_a_case_of_both_kinds() -> None:
    every = {check.rule.code for family in FAMILIES for check in family}
    assert {code for code, _ in BROKEN.values()} == every == {code for code, _ in HOLDING.values()}


def test_other_verbs_are_not_kept_waiting_by_them() -> None:
    every = {check.rule.code for family in FAMILIES for check in family}
    for _, subject in BROKEN.values():
        assert every.isdisjoint(finding.rule.code for finding in findings(subject))


def test_the_floor_is_that_of_the_year_and_of_an_hour() -> None:
    (told,) = [f for f in findings_of_a_check(BROKEN["below the floor"][1]) if f.rule.code == "PAY411"]
    assert told.message == "grade C: £23,000.00 is £11.92 an hour, below the £12.21 that 2025-26 asks for"


@pytest.mark.parametrize(("case", "span"), [("one too many", "wider"), ("too few", "narrower")])
def test_a_span_is_wider_or_narrower_than_the_target(case: str, span: str) -> None:
    (told,) = [f for f in findings_of_a_check(BROKEN[case][1]) if f.rule.code == "EST213"]
    assert told.hint == f"the span is {span} than the target: see whether the reporting lines are right"


def test_regrades_that_say_nothing_are_told_together() -> None:
    now = tuple(post(id_, grade=("C",)) for id_ in "abc")
    then = (post("a", grade=("D",)), post("b", grade=("D",), grading="pending"), post("c", grade=("E",)))
    (told,) = [f for f in findings_of_a_check(proposal(now, *then)) if f.rule.code == "PAY413"]
    assert told.message == "a, c are regraded, and nothing says whether the new grade is evaluated"
    assert [where.pointer for where in (told.place, *told.also)] == [("posts", "a", "grade"), ("posts", "c", "grade")]


def test_what_is_not_known_is_told_as_not_known() -> None:
    (told,) = findings_of_a_check(current(post(subject_to="funding")))
    assert told.message == "clerk: FTE not known, in the totals, subject to funding"


_WORDS = st.sampled_from(
    ["senior", "seniors", "cook", "cooks", "nurse", "nurses", "nrse", "officer", "oficer", "1", "east"]
)


@given(st.lists(st.lists(_WORDS, min_size=1, max_size=3).map(" ".join), unique=True, max_size=8))
def test_titles_in_company_only_are_compared_and_none_is_missed(titles: list[str]) -> None:
    """Looking for slips of every word, alone as it may be, finds the same titles."""
    found = list(organisation._alike(titles))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(organisation, "Counter", lambda rests: dict.fromkeys(rests, 2))
        assert found == list(organisation._alike(titles))


NAMES = (
    "Mr J Smith", "Mr. J. Smith", "MRS SMITH", "mrs Smith", "Mrs de Souza", "Mx Smith", "Rev. Smith", "Sir John Smith",
    "Mr  Smith", "Dr Jane Smith",
)  # fmt: skip
NUMBERS = ("AB123456C", "ab 12 34 56 c", "AB-12-34-56-C", "AB12 3456C")


@pytest.mark.parametrize(("code", "text"), [*(("PRV803", name) for name in NAMES), *(("PRV802", n) for n in NUMBERS)])
def test_what_tells_of_a_person_is_found_however_it_is_written(code: str, text: str) -> None:
    (found,) = personal_data.findings_in_text("a.yaml", f"note: held by {text}, who is on leave\n")
    assert found.rule.code == code


@pytest.mark.parametrize("text", ["Mr and Mrs", "the mr team", "Miss out on", "Drs", "Sir and Madam", "AB12 345"])
def test_what_tells_of_nobody_is_left_alone(text: str) -> None:
    assert list(personal_data.findings_in_text("a.yaml", f"note: {text}, they said\n")) == []
