"""PAY: grades that cannot be priced as they are written, and posts priced twice."""

from collections.abc import Iterator

from restructure_cli.analysis.rates import rates
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.quantities import known

_ERROR = Severity.ERROR


def _rates_missing(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find rates that the years to be priced need, and nobody states."""
    grades = subject.grades
    if grades is None:
        return
    told = dict.fromkeys(missing for year in subject.years or (grades.year,) for missing in rates(grades, year).absent)
    for missing in told:
        message = f"{missing.parameter} for {missing.year} is missing"
        yield Finding(rule, message, Place(grades.path, ("year",)), missing.hint)


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
)  # fmt: skip
