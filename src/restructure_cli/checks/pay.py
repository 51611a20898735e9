"""PAY: grades that cannot be priced as they are written, and posts priced twice."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from restructure_cli.analysis.increments import Increments
from restructure_cli.analysis.rates import Rates, is_settled, rates
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.structures import Post, Structure

_ERROR = Severity.ERROR
_LEAST_SALARY = Decimal(1_000)
"""£ a year: no full-time salary of the years that the tool knows is less, and one in thousands is."""
_MOST_TOLD = 5


def _rates_missing(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find rates that the years to be priced need, and nobody states."""
    grades = subject.grades
    if grades is None:
        return
    told = dict.fromkeys(missing for year in subject.years or (grades.year,) for missing in rates(grades, year).absent)
    for missing in told:
        message = f"{missing.parameter} for {missing.year} is missing"
        yield Finding(rule, message, _where_stated(grades, missing.year), missing.hint)

    yield from _points_missing(rule, subject.structure, grades, subject.years)


def _where_stated(grades: Grades, year: FinancialYear) -> Place:
    """Point at where a rate of a year would stand: the year's entry, else all later years, else the file's year."""
    if str(year) in grades.years:
        return Place(grades.path, ("years", str(year)), on_key=True)
    if grades.years and year != grades.year:
        return Place(grades.path, ("years",), on_key=True)
    return Place(grades.path, ("year",))


def _too_small(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find salaries, points and costs that are nobody's pay for a year of full-time work."""
    grades = subject.grades
    if grades is None:
        return
    for point, pay in grades.points.items():
        if ZERO < pay < _LEAST_SALARY:
            yield _thousands(rule, f"point {point}", pay, Place(grades.path, ("points", str(point))))
    for grade in grades.grades.values():
        pointer = ("grades", grade.id)
        if grade.salary is not None and ZERO < grade.salary.low < _LEAST_SALARY:
            yield _thousands(rule, f"grade {grade.id}", grade.salary.low, Place(grades.path, (*pointer, "salary")))
        cost = known(grade.cost)
        if cost is not None and ZERO < cost < _LEAST_SALARY:
            yield _thousands(rule, f"grade {grade.id}", cost, Place(grades.path, (*pointer, "cost")))


def _thousands(rule: Rule, what: str, pay: Decimal, where: Place) -> Finding:
    hint = f"in thousands? write {pay.normalize():f}k, or the pounds in full"
    return Finding(rule, f"{what}: £{pay:,f} is not a full-time salary for a year", where, hint)


def _points_missing(
    rule: Rule, structure: Structure, grades: Grades, years: tuple[FinancialYear, ...]
) -> Iterator[Finding]:
    """Find points that the posts of a later year need, and that the spine no longer has in it."""
    posts = [post for post in structure.posts.values() if known(post.cost) is None]
    used = {name for post in posts if known(post.scp) is None for name in post.grade}
    spans = {name: grades.grades[name].scp for name in sorted(used) if name in grades.grades}
    stated = [post for post in posts if known(post.scp) is not None]
    for year in (year for year in years if year > grades.year):
        found = rates(grades, year)
        points = Increments(grades, found)
        needed = {_in_year(found, end): _of_grade(grades, name) for name, span in spans.items() for end in span or ()}
        needed |= {_stated_in_year(points, post): _of_post(post) for post in stated}
        for (point, told), (who, where) in needed.items():
            if found.points and point not in found.points:
                spine = "own" if grades.points else grades.spine
                message = f"{spine} point {told} for {year} is missing, and {who} needs it"
                hint = f"{year} has points {min(found.points)} to {max(found.points)}: price it with its own grades"
                yield Finding(rule, message, where, hint)


_Needed = tuple[int | None, str]
"""A point by the number of the year, None where it has none; and as it is told."""


def _in_year(found: Rates, end: Decimal) -> _Needed:
    point = found.number(int(end))
    return point, str(point if point is not None else int(end))


def _stated_in_year(points: Increments, post: Post) -> _Needed:
    point = points.point(post)
    return point, str(point if point is not None else known(post.scp))


def _of_grade(grades: Grades, name: str) -> tuple[str, Place]:
    return f"grade {name}", Place(grades.path, ("grades", name, "scp"))


def _of_post(post: Post) -> tuple[str, Place]:
    return f"post {post.id}", place(post, "scp")


def _unused(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find awards that are stated for a year whose pay is known without them."""
    grades = subject.grades
    if grades is None:
        return
    for key, stated in grades.years.items():
        if stated.pay_award is None and stated.flat_award is None:
            continue
        why = _why_unused(grades, stated.year)
        if why:
            message = f"the pay award of {stated.year} is not used: {why}"
            place_ = Place(grades.path, ("years", key, "pay_award"))
            yield Finding(rule, message, place_, "delete it, or give the points it leads to under `points`")


def _why_unused(grades: Grades, year: FinancialYear) -> str:
    """Say why the award of a year changes no pay; nothing where it does."""
    spine, on_spine = grades.spine or "", grades.spine is not None and not grades.points
    if on_spine and not any(is_settled(spine, each) for each in (year, max(year, grades.year))):
        return ""  # the last settled spine is priced with it, in the file's own year too
    if year <= grades.year:
        return f"the grades file's pay is that of {grades.year}"
    if not on_spine or any(grade.salary is not None for grade in grades.grades.values()):
        return ""
    return f"{grades.spine} is settled for that year"


def _uneven(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find ranges whose points have a gap, or of which one is paid less than the one below it."""
    grades = subject.grades
    if grades is None or not grades.points:
        return
    for grade in grades.grades.values():
        if grade.scp is None:
            continue
        low, high = int(grade.scp.low), int(grade.scp.high)
        if not {low, high} <= grades.points.keys():
            continue  # that is PAY401
        here = Place(grades.path, ("grades", grade.id, "scp"))
        gaps = [point for point in range(low, high + 1) if point not in grades.points]
        if gaps:
            told = ", ".join(map(str, gaps[:_MOST_TOLD]))
            message = f"grade {grade.id}: there is no salary for point {told}, inside its range"
            yield Finding(rule, message, here, f"add `{gaps[0]}: …` under points, or mend the range")
        inside = [point for point in range(low, high + 1) if point in grades.points]
        for below, above in pairwise(inside):
            if grades.points[above] < grades.points[below]:
                message = f"grade {grade.id}: point {above} is paid less than point {below}"
                yield Finding(rule, message, here, "mend the salary of one of the two points")


def _without_spine(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find ranges of points where the file has no points for them."""
    grades = subject.grades
    if grades is None or grades.points or grades.spine is not None:
        return
    for grade in grades.grades.values():
        if grade.scp is not None:
            message = f"grade {grade.id} is a range of points, and the file has none: neither `spine` nor `points`"
            here = Place(grades.path, ("grades", grade.id, "scp"))
            yield Finding(rule, message, here, "name the spine, such as `spine: njc`, or list the points")


def _points(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find ranges whose ends the spine does not have; their posts could not be priced."""
    grades = subject.grades
    if grades is None:
        return
    points = rates(grades, grades.year).points
    for grade in grades.grades.values():
        if grade.scp is None or not points:
            continue
        for point in dict.fromkeys((int(grade.scp.low), int(grade.scp.high))):
            if point not in points:
                message = f"grade {grade.id}: there is no salary for point {point} in {grades.year}"
                hint = (
                    f"add `{point}: …` under points" if grades.points else "the spine does not have it: see its points"
                )
                yield Finding(rule, message, Place(grades.path, ("grades", grade.id, "scp")), hint)


def _outside(rule: Rule, subject: Subject) -> Iterator[Finding]:
    grades = subject.grades
    if grades is None:
        return
    points = rates(grades, grades.year).points
    for post in subject.structure.posts.values():
        point = known(post.scp)
        if point is None or not points:
            continue
        if int(point) not in points:
            message = f"{post.id}: there is no salary for point {point} in {grades.year}"
            yield Finding(rule, message, place(post, "scp"), "add it under points in the grades file")
            continue
        spans = [grades.grades[name].scp for name in post.grade if name in grades.grades]
        within = [span for span in spans if span is not None]
        if within and not any(span.low <= point <= span.high for span in within):
            message = f"{post.id}: point {point} is outside grade {' & '.join(post.grade)}"
            hint = (
                "mend the point, or the grade; where pay is protected leave it, and excuse it with a reason and the "
                "day it ends"
            )
            yield Finding(rule, message, place(post, "scp"), hint)


def _twice(rule: Rule, subject: Subject) -> Iterator[Finding]:
    structure = subject.structure
    priced: dict[str, str] = {}
    for line in structure.costs.values():
        for id_ in line.covers:
            post = structure.posts.get(id_)
            if post is None or post.in_totals is not line.in_totals:
                continue
            if known(post.cost) is not None:
                message = f"{id_} has a cost of its own and is covered by {line.id}"
                yield Finding(rule, message, place(post, "cost"), "keep one of the two", (place(line, "covers"),))
            if id_ in priced:
                message = f"{id_} is covered by both {priced[id_]} and {line.id}"
                yield Finding(rule, message, place(line, "covers"), "a post has one price")
            priced[id_] = line.id


CHECKS = (
    Check(Rule(
        "PAY401", "pay.point", _ERROR, "a grade with a spinal column point that has no salary",
        "A grade that reaches beyond the spine has no bottom or top to cost at.", "scp: 25-28 with points 1-26"),
        _points),
    Check(Rule(
        "PAY402", "pay.outside-grade", _ERROR, "a post's point is outside its grade",
        "The person may be on protected pay, on another grade, or the point is wrong: a reader should know which.",
        "grade: H (25-28), scp: 31"), _outside),
    Check(Rule(
        "PAY404", "pay.rate-missing", _ERROR, "a rate or award of the year is missing",
        "Last year's rate used quietly is a wrong cost that looks right.", "--year 2027-28 without a pay_award for it",
        no_total=True), _rates_missing),
    Check(Rule(
        "PAY403", "pay.priced-twice", _ERROR, "a post priced twice",
        "The total would count it twice, or leave one of the prices out.", "cost: £40,000 and covered by a cost line"),
        _twice),
    Check(Rule(
        "PAY405", "pay.award-unused", Severity.WARNING, "a pay award that is not used",
        "Whoever states an award expects it in the prices, but the pay of that year is known without it.",
        "years: {2024-25: {pay_award: 3%}} where the spine is settled for 2024-25"), _unused),
    Check(Rule(
        "PAY406", "pay.uneven", _ERROR, "a range with a point missing, or paid less than the one below",
        "The middle of the range, and an increment, would be somewhere else.",
        "scp: 25-28 with points 25, 26 and 28"), _uneven),
    Check(Rule(
        "PAY407", "pay.no-spine", _ERROR, "a grade of spinal column points, and no pay spine",
        "Its posts have no price, and the total is a part only.", "scp: 25-28 without spine or points"),
        _without_spine),
    Check(Rule(
        "PAY408", "pay.thousands", Severity.WARNING, "a salary too small for a year",
        "A salary in thousands read as pounds makes a structure that costs next to nothing.", "salary: 61-68"),
        _too_small),
)  # fmt: skip
