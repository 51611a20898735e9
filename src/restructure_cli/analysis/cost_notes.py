"""What prices hold and what they rest on that is assumed, in words to be printed under them."""

from collections.abc import Iterator

from restructure_cli.analysis.other_costs import undated
from restructure_cli.analysis.rates import SHARE, Rates
from restructure_cli.model.derivations import Derivation, Kind
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import Basis, known
from restructure_cli.model.structures import Structure

_CONTRACTED_OUT_UNTIL = FinancialYear(2016)


def notes(structure: Structure, grades: Grades, rates: Rates) -> tuple[str, ...]:
    """Say what the prices of a year hold, what they do not, and what they assume."""
    told = []
    paid = [name for name, there in (("National Insurance", rates.insurance), ("pension", rates.pension),
                                     ("the apprenticeship levy", rates.levy)) if there is not None]  # fmt: skip
    own = any(post.salary is not None for post in structure.posts.values())
    if rates.points or own or any(grade.salary for grade in grades.grades.values()):
        on_costs = [*paid, *(name for name, rate in rates.flat.items() if rate.value)]
        what = f"with {', '.join(on_costs)}" if on_costs else "alone, without on-costs"
        none_stated = "; the grades file states no pension rate, so none is in it"
        pension = none_stated if on_costs and rates.pension is None else ""
        told.append(f"Computed pay is salary {what}{pension}.")
    other = sorted(_price_years(structure, grades) - {str(rates.year)})
    if other:
        told.append(f"Published costs are at prices of {', '.join(other)}, as published.")
    once = undated(structure)
    if once:
        titles = ", ".join(sorted(line.title for line in once))
        told.append(f"Assumed: one-off costs without a date are of {grades.year}: {titles}.")
    return (*told, *_assumptions(rates), *_on_renumbering(structure, rates), *_contracted_out(rates))


def _on_renumbering(structure: Structure, rates: Rates) -> Iterator[str]:
    if rates.renumbered is not None and any(known(post.scp) is not None for post in structure.posts.values()):
        since = rates.renumbered.since.start
        yield f"Assumed: on 1 April {since} posts take the new number of their point first, and their increment then."


def _contracted_out(rates: Rates) -> Iterator[str]:
    """Say what National Insurance of before April 2016 leaves out: the rebate for those contracted out."""
    if rates.insurance is not None and rates.year < _CONTRACTED_OUT_UNTIL:
        yield (
            "Assumed: National Insurance at the full rate. Until April 2016 it was lower on a part of the pay of "
            "members of the pension schemes, who were contracted out; that rebate is not worked out."
        )


def _price_years(structure: Structure, grades: Grades) -> set[str]:
    """Return the years at whose prices costs of posts and grades were published: that of the grades file, or theirs."""
    own = {post.prices or str(grades.year) for post in structure.posts.values() if known(post.cost) is not None}
    used = {name for post in structure.posts.values() if len(post.grade) == 1 for name in post.grade}
    priced = (grades.grades[name] for name in used if name in grades.grades)
    return {str(year) for year in own} | {
        grade.prices or str(grades.year) for grade in priced if grade.cost is not None
    }


def _assumptions(found: Rates) -> Iterator[str]:
    """Put into words every rate that is assumed, to be printed under the prices it makes."""
    points = (award for pay in list(found.points.values())[:1] for award in _awards_in(pay))
    for award in dict.fromkeys((*points, *found.awards)):
        yield f"Assumed: {award.name} of {_told(award)}{_why(award)}."
    insured = (found.insurance.rate, found.insurance.threshold) if found.insurance is not None else ()
    own = (found.pension, *found.flat.values(), found.vacancy_factor, found.levy, *insured)
    for rate in own:
        if rate is not None and rate.basis is Basis.ASSUMED:
            yield f"Assumed: {rate.name} of {_told(rate)}{_why(rate)}."


def _awards_in(pay: Derivation) -> Iterator[Derivation]:
    """Return the awards that full-time pay has had, first to last."""
    for part in pay.parts:
        yield from _awards_in(part)
    if pay.kind is Kind.PAY_AWARD:
        yield pay


def _told(figure: Derivation) -> str:
    return f"{(figure.value * 100).normalize():f}%" if figure.unit == SHARE else f"£{figure.value:,f}"


def _why(figure: Derivation) -> str:
    return f", because {figure.because}" if figure.because else ""
