"""PAY: grades that cannot be priced as they are written, and posts priced twice."""

from collections.abc import Iterator
from decimal import Decimal

from restructure_cli.analysis.rates import rates
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO, known

_ERROR = Severity.ERROR
_LEAST_SALARY = Decimal(1_000)
"""£ a year: no full-time salary of the years that the tool knows is less, and one in thousands is."""


def _rates_missing(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find rates that the years to be priced need, and nobody states."""
    grades = subject.grades
    if grades is None:
        return
    told = dict.fromkeys(missing for year in subject.years or (grades.year,) for missing in rates(grades, year).absent)
    for missing in told:
        message = f"{missing.parameter} for {missing.year} is missing"
        yield Finding(rule, message, _where_stated(grades, missing.year), missing.hint)


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
            yield Finding(rule, message, place(post, "scp"), "mend the point, or the grade")


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
        "PAY401", "pay.point", _ERROR, "a point without a salary",
        "A grade that reaches beyond the spine has no bottom or top to cost at.", "scp: 25-28 with points 1-26"),
        _points),
    Check(Rule(
        "PAY402", "pay.outside-grade", _ERROR, "a post's point is outside its grade",
        "Either the person is paid on another grade, or the cost is wrong.", "grade: H (25-28), scp: 31"), _outside),
    Check(Rule(
        "PAY404", "pay.rate-missing", _ERROR, "a rate or award of the year is missing",
        "Last year's rate used quietly is a wrong cost that looks right.", "--year 2027-28 without a pay_award for it",
        no_total=True), _rates_missing),
    Check(Rule(
        "PAY403", "pay.priced-twice", _ERROR, "a post priced twice",
        "The total would count it twice, or leave one of the prices out.", "cost: £40,000 and covered by a cost line"),
        _twice),
    Check(Rule(
        "PAY405", "pay.thousands", Severity.WARNING, "a salary too small for a year",
        "A salary in thousands read as pounds makes a structure that costs next to nothing.", "salary: 61-68"),
        _too_small),
)  # fmt: skip
