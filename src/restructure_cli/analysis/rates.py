"""What one year costs an employer: pay at each point, and the rates on top, each with where it comes from.

A rate that is missing for a year is `Absent`, and names itself and the year: last year's is never used quietly.
The employer's own rates hold until its grades file states another; pay awards are stated year by year.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.model.derivations import Derivation, Kind, Source, Step, weakest
from restructure_cli.model.grades import Grades, LaterYear, Rate
from restructure_cli.model.national import InForce, SpineInForce
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis
from restructure_cli.national import years as national
from restructure_cli.national.parameters import spines

FULL_TIME = "£ a year, full time"
SHARE = "share of pay"
NATIONAL_INSURANCE, LEVY, PENSION = "national insurance", "apprenticeship levy", "pension"


class Absent(NamedTuple):
    """A rate that nobody states for a year; `hint` says where it could be stated."""

    parameter: str
    year: FinancialYear
    hint: str


class Insurance(NamedTuple):
    """Employer's National Insurance in a year: the rate, and the threshold of one person's pay, £ a year."""

    rate: Derivation
    threshold: Derivation


class Renumbered(NamedTuple):
    """Points that a year numbers in another way than the grades file: the new number of each, and since when."""

    numbers: Mapping[int, int]
    since: FinancialYear


class Rates(NamedTuple):
    """Everything that one year's prices are worked out from."""

    year: FinancialYear
    points: Mapping[int, Derivation]
    """Full-time pay, £ a year, by spinal column point, as the year numbers them."""
    renumbered: Renumbered | None
    """None where the year has the numbers of the grades file."""
    awards: tuple[Derivation, ...]
    """Pay awards between the year of the grades file and this one, for salaries that are not points."""
    insurance: Insurance | None
    levy: Derivation | None
    """Both None where the grades file states flat on-costs instead."""
    pension: Derivation | None
    flat: Mapping[str, Derivation]
    """Flat rates on pay that stand in place of National Insurance and the levy."""
    vacancy_factor: Derivation | None
    absent: tuple[Absent, ...]

    def number(self, point: int) -> int | None:
        """Return the number that the year has for a point of the grades file; None where it has none."""
        return self.renumbered.numbers.get(point) if self.renumbered is not None else point


def rates(grades: Grades, year: FinancialYear) -> Rates:
    """Gather what a year's prices need; what is missing stands under `absent`."""
    absent: list[Absent] = []
    later = tuple(_later_years(grades, year))
    points, awards = _pay(grades, year, later, absent)
    flat = {name: _own(name, rate, key, grades.path) for name, (rate, key) in _latest_on_costs(grades, later).items()}
    insurance = levy = None
    if not flat and _computes_pay(grades):
        insurance = _insurance(grades, year, later, absent)
        levy = _levy(grades, year, later, absent)
    pension = _latest(grades.pension, ("pension",), [(stated, stated.pension) for stated in later], "pension")
    factor = _latest(
        grades.vacancy_factor, ("vacancy_factor",), [(s, s.vacancy_factor) for s in later], "vacancy_factor"
    )
    return Rates(
        year,
        points,
        _renumbered(grades, points, year),
        awards,
        insurance,
        levy,
        _own(PENSION, *pension, grades.path) if pension else None,
        flat,
        _own("vacancy factor", *factor, grades.path) if factor else None,
        tuple(absent),
    )


def _later_years(grades: Grades, year: FinancialYear) -> Iterator[LaterYear]:
    """Return what the grades file states for single years, up to a year, in order."""
    for stated in sorted(grades.years.values(), key=lambda stated: stated.year):
        if stated.year <= year:
            yield stated


def _computes_pay(grades: Grades) -> bool:
    if grades.points or grades.spine is not None:
        return True  # a post may state its point
    return any(grade.salary is not None for grade in grades.grades.values())


def _pay(
    grades: Grades, year: FinancialYear, later: tuple[LaterYear, ...], absent: list[Absent]
) -> tuple[dict[int, Derivation], tuple[Derivation, ...]]:
    """Return full-time pay by point in a year, and the awards that salaries have had since the file's own year."""
    if year < grades.year:
        absent.append(Absent("pay", year, f"the grades file begins in {grades.year}"))
        return {}, ()
    has_salaries = any(grade.salary is not None for grade in grades.grades.values())
    wants_points = bool(grades.points) or grades.spine is not None
    if grades.points:
        points = {
            point: Derivation(
                f"point {point}, {grades.year}", pounds, FULL_TIME, source=Source(grades.path, ("points", str(point)))
            )
            for point, pounds in grades.points.items()
        }
        awards = _awards(grades, later, grades.year, year, absent)
        return {point: awarded(pay, awards) for point, pay in points.items()}, awards
    if not wants_points:
        return {}, _awards(grades, later, grades.year, year, absent) if has_salaries else ()
    points = _national_points(grades, year, later, absent)
    return points, _awards(grades, later, grades.year, year, absent) if has_salaries else ()


def _national_points(
    grades: Grades, year: FinancialYear, later: tuple[LaterYear, ...], absent: list[Absent]
) -> dict[int, Derivation]:
    """Return a national spine in a year: as settled, else the last settled one with the awards assumed since."""
    assert grades.spine is not None
    settled = year
    spine = _settled(grades.spine, settled)
    stated = {entry.year for entry in later}
    while spine is None and (settled > grades.year or settled in stated):
        settled = FinancialYear(settled.start - 1)
        spine = _settled(grades.spine, settled)
    if spine is None:
        absent.append(_no_spine(grades.spine, year))
        return {}
    awards = _awards(grades, later, settled, year, absent)
    return {point: awarded(pay, awards) for point in spine.points if (pay := spine.at(point)) is not None}


def _no_spine(name: str, year: FinancialYear) -> Absent:
    """Say what is missing of a spine: an award that is not settled, or the spine itself."""
    if name in spines():
        return Absent(f"{name} pay award", year, f"state what is assumed: `years: {{{year}: {{pay_award: …%}}}}`")
    known = ", ".join(spines())
    return Absent(f"pay spine {name}", year, f"national spines are {known}; an employer's own goes under `points`")


def is_settled(spine: str, year: FinancialYear) -> bool:
    """Whether a national spine is settled for a year, so that no award need be assumed."""
    return _settled(spine, year) is not None


def _settled(name: str, year: FinancialYear) -> SpineInForce | None:
    """Return a national spine in a year, None where it is not settled or there is no such spine."""
    found = national.spine(name, year) if name in spines() else None
    return found if isinstance(found, SpineInForce) else None


def _renumbered(grades: Grades, points: Mapping[int, Derivation], year: FinancialYear) -> Renumbered | None:
    """Return the new numbers of a national spine, where it took them on between the grades file's year and this."""
    own = _settled(grades.spine, grades.year) if grades.spine is not None and not grades.points and points else None
    if own is None:
        return None
    later = year
    while (spine := _settled(grades.spine or "", later)) is None and later > grades.year:
        later = FinancialYear(later.start - 1)
    numbers = national.renumbering(own, spine) if spine is not None else {}
    return Renumbered(numbers, spine.parameter.first_year) if spine is not None and numbers else None


def _awards(
    grades: Grades, later: tuple[LaterYear, ...], since: FinancialYear, year: FinancialYear, absent: list[Absent]
) -> tuple[Derivation, ...]:
    """Return the pay award of every year after `since`; a year without one is missing, never nil."""
    stated = {entry.year: entry for entry in later}
    found = []
    for start in range(since.start + 1, year.start + 1):
        each = FinancialYear(start)
        award = _award(grades, stated.get(each))
        if award is None:
            absent.append(Absent("pay award", each, f"state `pay_award` for {each} under `years` in {grades.path}"))
        else:
            found.append(award)
    return tuple(found)


def _award(grades: Grades, stated: LaterYear | None) -> Derivation | None:
    if stated is None:
        return None
    if stated.pay_award is not None:
        value, unit, because = stated.pay_award.value, SHARE, stated.pay_award.because
    elif stated.flat_award is not None and stated.flat_award.value is not None:
        value, unit, because = stated.flat_award.value, FULL_TIME, stated.flat_award.because
    else:
        return None
    return Derivation(
        f"pay award of {stated.year}",
        value,
        unit,
        source=Source(grades.path, ("years", str(stated.year), "pay_award")),
        basis=Basis.ASSUMED,
        because=because,
        kind=Kind.PAY_AWARD,
    )


def awarded(pay: Derivation, awards: tuple[Derivation, ...]) -> Derivation:
    """Raise full-time pay by each award in turn; nothing is rounded on the way."""
    for award in awards:
        name, basis = f"with the {award.name}", weakest((pay, award))
        if award.unit == SHARE:
            before = Derivation("pay before it", Decimal(1), SHARE)
            parts = (before, award)
            growth = Derivation(f"1 and the {award.name}", 1 + award.value, SHARE, Step.SUM, parts, basis=award.basis)
            pay = Derivation(name, pay.value * growth.value, FULL_TIME, Step.PRODUCT, (pay, growth), basis=basis)
        else:
            pay = Derivation(name, pay.value + award.value, FULL_TIME, Step.SUM, (pay, award), basis=basis)
    return pay


def _latest(
    own: Rate | None, key: tuple[str, ...], later: list[tuple[LaterYear, Rate | None]], name: str
) -> tuple[Rate, tuple[str, ...]] | None:
    """Return the last rate stated up to a year, with the keys it stands under."""
    found = (own, key) if own is not None else None
    for stated, rate in later:
        if rate is not None:
            found = (rate, ("years", str(stated.year), name))
    return found


def _latest_on_costs(grades: Grades, later: tuple[LaterYear, ...]) -> dict[str, tuple[Rate, tuple[str, ...]]]:
    """Return the flat on-costs stated up to a year, the last of each."""
    found: dict[str, tuple[Rate, tuple[str, ...]]] = {
        name: (rate, ("on_costs", name)) for name, rate in grades.on_costs.items()
    }
    for stated in later:
        for name, rate in stated.on_costs.items():
            found[name] = (rate, ("years", str(stated.year), "on_costs", name))
    return found


def _own(name: str, rate: Rate, key: tuple[str, ...], path: str) -> Derivation:
    source = Source(path, key, rate.at)
    return Derivation(f"rate of {name}", rate.value, SHARE, source=source, basis=rate.basis, because=rate.because)


def _insurance(
    grades: Grades, year: FinancialYear, later: tuple[LaterYear, ...], absent: list[Absent]
) -> Insurance | None:
    assumed_rate = _assumed(grades, [(s, s.national_insurance) for s in later], "national_insurance", SHARE)
    assumed_threshold = _assumed(grades, [(s, s.secondary_threshold) for s in later], "secondary_threshold", "£ a year")
    rate = _national("ni-rate", year, "employer's National Insurance rate", assumed_rate, absent)
    threshold = _national("ni-threshold", year, "National Insurance secondary threshold", assumed_threshold, absent)
    return Insurance(rate, threshold) if rate is not None and threshold is not None else None


def _levy(grades: Grades, year: FinancialYear, later: tuple[LaterYear, ...], absent: list[Absent]) -> Derivation | None:
    assumed = _assumed(grades, [(s, s.apprenticeship_levy) for s in later], "apprenticeship_levy", SHARE)
    return _national("apprenticeship-levy", year, "apprenticeship levy", assumed, absent)


def _assumed(grades: Grades, later: list[tuple[LaterYear, Rate | None]], key: str, unit: str) -> Derivation | None:
    """Return what the grades file assumes of a national rate, the last that it states."""
    found = _latest(None, (), later, key)
    if found is None:
        return None
    rate, pointer = found
    name = key.replace("_", " ")
    source = Source(grades.path, pointer, rate.at)
    return Derivation(name, rate.value, unit, source=source, basis=Basis.ASSUMED, because=rate.because)


def _national(
    name: str, year: FinancialYear, words: str, assumed: Derivation | None, absent: list[Absent]
) -> Derivation | None:
    """Return a national rate in a year; where the law does not reach that far, what the grades file assumes."""
    found = national.for_year(name, year)
    if isinstance(found, InForce):
        return found.derivation
    if assumed is None:
        key = {"ni-rate": "national_insurance", "ni-threshold": "secondary_threshold"}.get(name, "apprenticeship_levy")
        absent.append(Absent(words, year, f"state what is assumed under `years`, as `{key}`; {found.known} are known"))
    return assumed
