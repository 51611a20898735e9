"""PAY: grades that are not final in a total of money, pay below the legal floor, and posts without a price."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from restructure_cli.analysis.rates import Rates, rates
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.checks.wording import MOST_NAMED, named, together
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.grades import Grades
from restructure_cli.model.national import InForce
from restructure_cli.model.quantities import PENNY, WEEKS_IN_YEAR, ZERO, known
from restructure_cli.model.structures import Post, Team
from restructure_cli.national.years import for_year

_NOT_FINAL = ("indicative", "pending")
_NO_WAGE = ("apprentice", "volunteer", "casual", "agency", "office-holder")
"""Tenures whose pay is under other rules than the National Living Wage, or not by the year."""
_FLOOR = "national-living-wage"


def _regrades(subject: Subject) -> Iterator[tuple[Post, Post]]:
    """Give each post of a proposal that has another grade than the one post it comes from, with that post."""
    if subject.current is None:
        return
    for post in subject.structure.posts.values():
        before = subject.current.posts.get(post.id)
        if before is None and post.moves_in is not None and len(post.moves_in) == 1:
            before = subject.current.posts.get(post.moves_in[0].post)
        if before is not None and before.grade and post.grade and before.grade != post.grade:
            yield post, before


def _regraded(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post, before in _regrades(subject):
        if post.grading in _NOT_FINAL:
            told = f"{' & '.join(before.grade)} → {' & '.join(post.grade)}"
            message = f"{post.id} is regraded, {told}, and its grading is {post.grading}"
            hint = "the change of cost is an estimate until it is evaluated; then write `grading: evaluated`"
            yield Finding(rule, message, place(post, "grading"), hint, (place(before, "grade"),))


def _unevaluated(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find regrades of which nobody says whether the job was evaluated: one finding names them all."""
    posts = [post for post, _ in _regrades(subject) if post.grading is None]
    if posts:
        are = "is" if len(posts) == 1 else "are"
        message = f"{named(posts)} {are} regraded, and nothing says whether the new grade is evaluated"
        also = tuple(place(post, "grade") for post in posts[1:])
        hint = "say `grading: evaluated`; until it is, `indicative` or `pending`"
        yield Finding(rule, message, place(posts[0], "grade"), hint, also)


def _not_final(rule: Rule, subject: Subject) -> Iterator[Finding]:
    priced = [post for post in _priced(subject) if post.grading in _NOT_FINAL]
    if priced:
        fte = together(known(post.fte) for post in priced)
        message = f"{named(priced)}: {fte} in the cost at a grade that is not evaluated"
        also = tuple(place(post, "grading") for post in priced[1:])
        hint = "say so beside the total, and price the grades they may come out at"
        yield Finding(rule, message, place(priced[0], "grading"), hint, also)


def _priced(subject: Subject) -> list[Post]:
    """List the posts in the totals that have a price of their own, or by their grade."""
    grades = subject.grades
    if grades is None:
        return []
    covered = {id_ for line in subject.structure.costs.values() for id_ in line.covers}
    posts = [post for post in subject.structure.posts.values() if post.in_totals]
    return [post for post in posts if post.id in covered or _has_price(post, grades)]


def _has_price(post: Post, grades: Grades) -> bool:
    if known(post.cost) is not None or known(post.cost_change) is not None:
        return True
    if known(post.scp) is not None:
        return True
    return bool(post.grade) and all(name in grades.grades and grades.grades[name].priced for name in post.grade)


def _unpriced(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find FTE that a total of money leaves out; where nothing is priced, or the total is published, it leaves none."""
    control = subject.structure.control
    priced = _priced(subject)
    if not priced or (control is not None and known(control.cost) is not None):
        return
    there = {post.id for post in priced}
    published = _under_a_published_cost(subject)
    posts = [
        post
        for post in subject.structure.posts.values()
        if post.in_totals and post.id not in there and post.team not in published and known(post.fte) != ZERO
    ]
    if posts:
        fte = together(known(post.fte) for post in posts)
        message = f"{named(posts)}: {fte} without a price, so the cost is a known part"
        hint = "price the grade, or state the post's `cost`; `restructure cost` says what it leaves out"
        also = tuple(place(post) for post in posts[1:MOST_NAMED])
        yield Finding(rule, message, place(posts[0]), hint, also)


def _under_a_published_cost(subject: Subject) -> set[str | None]:
    """List the teams whose cost is published, and those within them."""
    teams = subject.structure.teams
    found: set[str | None] = set()
    for team in teams.values():
        above: Team | None = team
        while above is not None:
            if above.control is not None and known(above.control.cost) is not None:
                found.add(team.id)
                break
            above = teams.get(above.parent or "")
    return found


def _below_the_floor(rule: Rule, subject: Subject) -> Iterator[Finding]:
    grades = subject.grades
    week = (grades.hours_per_week if grades is not None else None) or subject.structure.hours_per_week
    if grades is None or not week:
        return
    posts = [post for post in subject.structure.posts.values() if post.tenure not in _NO_WAGE]
    if not any(_on_points_or_salary(post, grades) for post in posts):
        return
    floor = for_year(_FLOOR, grades.year)
    if not isinstance(floor, InForce):
        return
    seen: set[Place] = set()
    for post in posts:
        for what, where, pay in _least_pay(post, grades, rates(grades, grades.year)):
            hourly = (pay / WEEKS_IN_YEAR / week).quantize(PENNY, ROUND_HALF_UP)
            if hourly < floor.derivation.value and where not in seen:
                seen.add(where)
                law = f"£{floor.derivation.value:.2f}"
                message = f"{what}: £{pay:,.2f} is £{hourly} an hour, below the {law} that {grades.year} asks for"
                yield Finding(rule, message, where, "mend the pay, the year or the full-time week")


def _on_points_or_salary(post: Post, grades: Grades) -> bool:
    if known(post.scp) is not None:
        return True
    named = [grades.grades[name] for name in post.grade if name in grades.grades]
    return any(grade.scp is not None or grade.salary is not None for grade in named)


def _least_pay(post: Post, grades: Grades, found: Rates) -> Iterator[tuple[str, Place, Decimal]]:
    """Give the least that a post may be paid, £ a year for full-time work, with where it is stated."""
    scp = known(post.scp)
    if scp is not None:
        point = found.points.get(int(scp))
        if point is not None:
            yield f"point {scp}", place(post, "scp"), point.value
        return
    for name in post.grade:
        grade = grades.grades.get(name)
        if grade is not None and grade.scp is not None and int(grade.scp.low) in found.points:
            where = Place(grades.path, ("grades", name, "scp"))
            yield f"grade {name}", where, found.points[int(grade.scp.low)].value
        elif grade is not None and grade.salary is not None:
            yield f"grade {name}", Place(grades.path, ("grades", name, "salary")), grade.salary.low


CHECKS = (
    Check(Rule(
        "PAY409", "pay.regrade", Severity.WARNING, "a regrade whose evaluation is not done",
        "A grade changes by job evaluation. Until that is done the new grade may come out otherwise, and what it costs "
        "is an estimate.",
        "grade: K in the proposal for J today, grading: indicative"), _regraded),
    Check(Rule(
        "PAY410", "pay.indicative", Severity.NOTE, "grades that are not evaluated in a total of money",
        "The total is exact to the penny and rests on grades that may come out otherwise. Whoever reads it should know "
        "for how many posts.", "grading: indicative of a post with a price"), _not_final),
    Check(Rule(
        "PAY411", "pay.floor", Severity.WARNING, "pay below the legal floor of the year",
        "No grade may pay less an hour than the National Living Wage; its hour is the year's pay over 365/7 weeks of "
        "full-time hours. A lower one is an old scale, a wrong year, or a wrong week. Apprentices, volunteers, "
        "casual and agency staff and office-holders are passed over, and so is a file without `hours_per_week`.",
        "salary: £21,000 for 37 hours in 2025-26"), _below_the_floor),
    Check(Rule(
        "PAY412", "pay.unpriced", Severity.NOTE, "posts without a price in a total of money",
        "A cost that leaves posts out is a known part, and looks like a whole once it is copied into a report.",
        "grade: L, which the scale knows and does not price"), _unpriced),
    Check(Rule(
        "PAY413", "pay.unevaluated", Severity.NOTE, "regrades that say nothing of their evaluation",
        "A grade changes by job evaluation. A new grade without `grading` is costed as if it were evaluated; whoever "
        "decides should know whether it is.",
        "grade: K in the proposal for J today, without `grading`"), _unevaluated),
)  # fmt: skip
