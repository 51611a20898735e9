"""The price of one line in one year, worked out once a pattern: grade, point, FTE, positions, weeks, share of year.

Each component (salary, National Insurance, pension and so on) is rounded half-up to the penny once; everything
above is a sum of pennies. National Insurance is per person, so the number of positions is part of the pattern.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.pay import FullTimePay, full_time_pay, salary_range
from restructure_cli.analysis.rates import FULL_TIME, LEVY, NATIONAL_INSURANCE, PENSION, Insurance, Rates
from restructure_cli.model.costs import Price
from restructure_cli.model.derivations import Derivation, Kind, Source, Step, weakest
from restructure_cli.model.grades import Grades, Point, Span
from restructure_cli.model.quantities import WEEKS_IN_YEAR, ZERO, Basis, to_the_penny
from restructure_cli.model.structures import TERM_TIME

SALARY, SUPPLEMENT, PUBLISHED, OTHER = "salary", "supplement", "published cost", "other cost"
POINTS = (Point.BOTTOM, Point.MID, Point.TOP)
YEAR = "£ a year"
_ONE = Decimal(1)


class Pattern(NamedTuple):
    """What two lines must share to have one price."""

    grade: tuple[str, ...]
    scp: int | None
    fte: Decimal
    positions: int | None
    """How many separate jobs; None where the file does not say, so that full-time ones are assumed."""
    weeks: Decimal | str | None
    supplement: Decimal | None
    """£ a year, full time; None where it is paid and not known."""
    share: Decimal
    """How much of the year the line is there."""
    basis: Basis = Basis.PUBLISHED
    """How the line's own figures are known: the weakest of its FTE, positions, weeks, point and supplement."""
    salary: Span | None = None
    """The range that is published for the post itself, £ a year, full time."""


class Pricing:
    """Prices patterns with one grades file and one year's rates, each once."""

    def __init__(self, grades: Grades, rates: Rates) -> None:
        self.grades = grades
        self.rates = rates
        self._prices: dict[Pattern, Price | str] = {}
        self._pay: dict[tuple[str, ...], FullTimePay | None] = {}

    def price(self, pattern: Pattern) -> Price | str:
        """Return the price of a pattern, or in words why it has none."""
        found = self._prices.get(pattern)
        if found is None:
            found = self._prices[pattern] = self._worked_out(pattern)
        return found

    def _worked_out(self, pattern: Pattern) -> Price | str:
        if pattern.fte == ZERO or pattern.share == ZERO:
            return NO_FTE if pattern.fte == ZERO else NOT_THERE
        if pattern.salary is not None and self._rates_left_out():
            return self._rates_left_out()
        if not pattern.grade and pattern.scp is None and pattern.salary is None:
            return "grade not known"
        if pattern.weeks == TERM_TIME:
            return "weeks paid a year not known"
        if pattern.supplement is None:
            return "supplement not known"
        published = self._published_grade(pattern) if pattern.salary is None else None
        if published is not None:
            return published
        pay = self._full_time(pattern)
        if pay is None:
            return f"no price for grade {' & '.join(pattern.grade)}"
        components = {at: self._at(pattern, pay[at]) for at in POINTS}
        names = list(components[Point.MID])
        return price_of({name: {at: components[at][name] for at in POINTS} for name in names}, self.grades.point)

    def _full_time(self, pattern: Pattern) -> FullTimePay | None:
        if pattern.salary is not None:
            return salary_range(pattern.salary, self.rates.awards)
        if pattern.scp is not None:
            exact = self.rates.points.get(pattern.scp)
            return dict.fromkeys(POINTS, exact) if exact is not None else None
        if pattern.grade not in self._pay:
            self._pay[pattern.grade] = full_time_pay(pattern.grade, self.grades, self.rates)
        return self._pay[pattern.grade]

    def _rates_left_out(self) -> str:
        """Say which rates a post's own salary would need that were not gathered, as no grade is priced by one."""
        if self.rates.insurance is None and not self.rates.flat:
            return "on-costs not known"
        later = self.rates.year > self.grades.year
        return "pay award not known" if later and not self.rates.awards else ""

    def _at(self, pattern: Pattern, full_time: Derivation) -> dict[str, Derivation]:
        """Work out every component at one point of the grade."""
        amount = _amount(pattern)
        part = _part_of_year(pattern)
        salary = _product("pay", [full_time, *amount])
        found = {SALARY: to_penny(SALARY, [salary, *part])}
        paid = salary
        if pattern.supplement:
            extra = _product(
                "supplement", [Derivation("supplement", pattern.supplement, FULL_TIME, kind=Kind.SUPPLEMENT), *amount]
            )
            found[SUPPLEMENT] = to_penny(SUPPLEMENT, [extra, *part])
            paid = _made("pay with supplement", salary.value + extra.value, Step.SUM, (salary, extra))
        if self.rates.insurance is not None:
            found[NATIONAL_INSURANCE] = _insurance(self.rates.insurance, pattern, paid, part)
        if self.rates.pension is not None:
            found[PENSION] = to_penny(PENSION, [self.rates.pension, paid, *part])
        if self.rates.levy is not None:
            found[LEVY] = to_penny(LEVY, [self.rates.levy, paid, *part])
        for name, rate in self.rates.flat.items():
            found[name] = to_penny(name, [rate, paid, *part])
        return found

    def _published_grade(self, pattern: Pattern) -> Price | str | None:
        """Price a post at the published cost of its grade, on-costs included, in the weeks that it is paid for.

        What a supplement on top would make in on-costs cannot be told from a cost that has them in it.
        """
        grade = self.grades.grades.get(pattern.grade[0]) if len(pattern.grade) == 1 else None
        if grade is None or grade.cost is None or grade.cost.value is None:
            return None
        if pattern.supplement:
            return "a supplement on top of a published cost: what its on-costs are is not known"
        source = Source(self.grades.path, ("grades", grade.id, "cost"), grade.at)
        name = f"published cost of 1 FTE at {grade.id}"
        per_fte = Derivation(
            name, grade.cost.value, "£ a year, full time", source=source, basis=grade.basis, because=grade.because
        )
        parts = [per_fte, *_amount(pattern), *_part_of_year(pattern)]
        return one_figure(PUBLISHED, to_penny(PUBLISHED, parts))


def _amount(pattern: Pattern) -> list[Derivation]:
    """Return what full-time pay is multiplied by: FTE, and the weeks paid of term-time posts."""
    amount = [_fte(pattern)]
    if isinstance(pattern.weeks, Decimal):
        weeks = Derivation("weeks paid", pattern.weeks, "weeks a year", kind=Kind.WEEKS)
        year = Derivation("weeks in a year, 365/7", WEEKS_IN_YEAR, "weeks a year")
        share = pattern.weeks * 7 / 365
        amount.append(Derivation("weeks paid of the year", share, "share of a year", Step.QUOTIENT, (weeks, year)))
    return amount


def _fte(pattern: Pattern) -> Derivation:
    return Derivation("FTE", pattern.fte, "FTE", basis=pattern.basis, kind=Kind.FTE)


def _part_of_year(pattern: Pattern) -> list[Derivation]:
    return [] if pattern.share == _ONE else [part_of_year(pattern.share)]


def part_of_year(share: Decimal) -> Derivation:
    """Return the share of a year that something is there, as a step of a price."""
    return Derivation("part of the year", share, "share of a year", kind=Kind.PART_OF_YEAR)


def _insurance(insurance: Insurance, pattern: Pattern, paid: Derivation, part: list[Derivation]) -> Derivation:
    """Work out National Insurance person by person: rate on each one's pay above the threshold, never below nil."""
    kinds = [_of_persons(insurance, people, fte, pattern, paid) for people, fte in _persons(pattern)]
    whole = kinds[0]
    if len(kinds) > 1:
        both = sum((kind.value for kind in kinds), ZERO)
        whole = Derivation(NATIONAL_INSURANCE, both, YEAR, Step.SUM, tuple(kinds), basis=weakest(kinds))
    leaf = to_penny(NATIONAL_INSURANCE, [whole, *part])
    if pattern.positions is None and pattern.fte != _ONE:
        because = "positions are not stated: full-time ones, and one part-time for the rest"
        return leaf._replace(basis=Basis.ASSUMED, because=because)
    return leaf


def _persons(pattern: Pattern) -> list[tuple[Decimal, Decimal]]:
    """Return how many people share the FTE, kind by kind, and the FTE that each kind holds together.

    Where positions are not stated: full-time ones and one part-time, which makes the insurance the most it can be.
    """
    if pattern.positions:
        return [(Decimal(pattern.positions), pattern.fte)]
    full, rest = pattern.fte // 1, pattern.fte % 1
    return [(people, fte) for people, fte in ((full, full), (_ONE, rest)) if fte]


def _of_persons(insurance: Insurance, people: Decimal, fte: Decimal, pattern: Pattern, paid: Derivation) -> Derivation:
    """Work out the insurance of people who share some FTE equally: their pay less a threshold each."""
    held = Derivation("FTE they hold", fte, "FTE", kind=Kind.FTE)
    whole = Derivation("FTE of the line", pattern.fte, "FTE", kind=Kind.FTE)
    pay = paid
    if fte != pattern.fte:
        both = (_product("pay by the FTE they hold", [paid, held]), whole)
        pay = _made("their pay", paid.value * fte / pattern.fte, Step.QUOTIENT, both)
    number = Derivation("people", people, "people", kind=Kind.PEOPLE)
    below = _product("thresholds, one for each", [number, insurance.threshold])
    above = _made("pay above the thresholds", max(pay.value - below.value, ZERO), Step.EXCESS, (pay, below))
    return _product(
        f"{NATIONAL_INSURANCE} of {people} {'person' if people == 1 else 'people'} with {fte.normalize():f} FTE",
        [insurance.rate, above],
    )


def _product(name: str, parts: list[Derivation]) -> Derivation:
    value = parts[0].value
    for part in parts[1:]:
        value *= part.value
    return Derivation(name, value, YEAR, Step.PRODUCT, tuple(parts), basis=weakest(parts))


def _made(name: str, value: Decimal, step: Step, parts: tuple[Derivation, ...]) -> Derivation:
    """Return a figure whose basis is the weakest among its parts."""
    return Derivation(name, value, YEAR, step, parts, basis=weakest(parts))


def to_penny(name: str, parts: list[Derivation]) -> Derivation:
    """Multiply parts and round to the penny: the one place where money is rounded."""
    exact = _product(name, parts)
    return exact._replace(value=to_the_penny(exact.value), step=Step.PRODUCT_TO_THE_PENNY)


def price_of(components: Mapping[str, Mapping[Point, Derivation]], point: Point, computed: bool = True) -> Price:
    """Add components up at each point."""
    sums = {at: sum((by_point[at].value for by_point in components.values()), ZERO) for at in POINTS}
    return Price(
        sums[Point.BOTTOM], sums[Point.MID], sums[Point.TOP], sums[point], components, computed=computed, point=point
    )


def one_figure(name: str, figure: Derivation) -> Price:
    """Return a price that has no range: the same figure at every point."""
    components = {name: dict.fromkeys(POINTS, figure)}
    return Price(figure.value, figure.value, figure.value, figure.value, components, computed=False)


NO_FTE = one_figure(SALARY, Derivation("no FTE", ZERO, YEAR, kind=Kind.FTE))
"""The price of a post without FTE."""
NOT_THERE = one_figure(SALARY, Derivation("not there in the year", ZERO, YEAR, kind=Kind.PART_OF_YEAR))
"""The price of what ends before a year or begins after it."""
