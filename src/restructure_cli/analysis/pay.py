"""What one full-time position is paid: the bottom, mid and top of a grade, each with how it came about."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from restructure_cli.analysis.rates import FULL_TIME, Rates, awarded
from restructure_cli.model.derivations import Derivation, Kind, Source, Step
from restructure_cli.model.grades import Grade, Grades, Point, Span
from restructure_cli.model.quantities import Basis

FullTimePay = Mapping[Point, Derivation]
"""£ a year, full time, at each point of a grade."""

_TWO = Decimal(2)


def full_time_pay(names: tuple[str, ...], grades: Grades, rates: Rates) -> FullTimePay | None:
    """Return the pay of a grade, or of a career grade from the bottom of its lowest to the top of its highest.

    None where a grade has no range. Mid of an even number of points is the mean of the middle two.
    """
    found = [grades.grades[name] for name in names if name in grades.grades]
    if not found or len(found) != len(names):
        return None
    if all(grade.scp is not None for grade in found):
        return _from_points(found, grades, rates)
    if all(grade.salary is not None for grade in found):
        return _from_salaries(found, grades, rates)
    return None


def _from_points(found: Sequence[Grade], grades: Grades, rates: Rates) -> FullTimePay | None:
    spans = [grade.scp for grade in found if grade.scp is not None]
    low, high = (rates.number(int(point)) for point in (min(s.low for s in spans), max(s.high for s in spans)))
    if low is None or high is None:
        return None
    on_spine = [point for point in sorted(rates.points) if low <= point <= high]
    if not on_spine or on_spine[0] != low or on_spine[-1] != high:
        return None
    paid = [rates.points[point] for point in on_spine]
    middle = paid[(len(paid) - 1) // 2 : len(paid) // 2 + 1]
    return _three(found, grades, paid[0], middle, paid[-1])


def _from_salaries(found: Sequence[Grade], grades: Grades, rates: Rates) -> FullTimePay:
    spans: list[tuple[Grade, Span]] = [(grade, grade.salary) for grade in found if grade.salary is not None]
    lowest, highest = min(spans, key=lambda pair: pair[1].low), max(spans, key=lambda pair: pair[1].high)
    bottom = awarded(_salary(lowest[0], lowest[1].low, "lowest salary", grades), rates.awards)
    top = awarded(_salary(highest[0], highest[1].high, "highest salary", grades), rates.awards)
    return _three(found, grades, bottom, [bottom, top], top)


def salary_range(salary: Span, awards: tuple[Derivation, ...]) -> FullTimePay:
    """Return the pay of a post whose own salary, or range of it, is published."""
    bottom = awarded(Derivation("lowest salary of the post", salary.low, FULL_TIME, kind=Kind.OWN_SALARY), awards)
    top = awarded(Derivation("highest salary of the post", salary.high, FULL_TIME, kind=Kind.OWN_SALARY), awards)
    value = (bottom.value + top.value) / _TWO
    mid = Derivation("mid of the post's salary", value, FULL_TIME, Step.MEAN, (bottom, top), basis=bottom.basis)
    return {Point.BOTTOM: bottom, Point.MID: mid, Point.TOP: top}


def _salary(grade: Grade, pounds: Decimal, name: str, grades: Grades) -> Derivation:
    source = Source(grades.path, ("grades", grade.id, "salary"), grade.at)
    return Derivation(
        f"{name} of {grade.id}", pounds, FULL_TIME, source=source, basis=grade.basis, because=grade.because
    )


def _three(
    found: Sequence[Grade], grades: Grades, bottom: Derivation, middle: Sequence[Derivation], top: Derivation
) -> FullTimePay:
    """Name the three points of a grade, with the grade's own range as their source."""
    name = " & ".join(grade.id for grade in found)
    mid = middle[0] if len(middle) == 1 else None
    value = middle[0].value if mid else sum((part.value for part in middle), Decimal(0)) / _TWO
    basis, because = _basis([*found, bottom, *middle, top])
    first = found[0]
    source = Source(grades.path, ("grades", first.id), first.at)

    def named(point: Point, step: Step, figure: Decimal, parts: tuple[Derivation, ...]) -> Derivation:
        return Derivation(f"{point} of grade {name}", figure, FULL_TIME, step, parts, source, basis, because)

    return {
        Point.BOTTOM: named(Point.BOTTOM, Step.SUM, bottom.value, (bottom,)),
        Point.MID: named(Point.MID, Step.SUM if mid else Step.MEAN, value, tuple(middle)),
        Point.TOP: named(Point.TOP, Step.SUM, top.value, (top,)),
    }


def _basis(found: Sequence[Grade | Derivation]) -> tuple[Basis, str | None]:
    """Return the weakest basis among the grades and their points: assumed before derived before published."""
    for basis in (Basis.ASSUMED, Basis.DERIVED):
        for figure in found:
            if figure.basis is basis:
                return basis, figure.because
    return Basis.PUBLISHED, None
