"""Everything that the appendix of a Cabinet report shows, worked out once from one reading of a folder."""

from collections.abc import Callable, Sequence

from restructure_cli.analysis.chart import charts
from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.diff import diff
from restructure_cli.analysis.foundations import Files, foundations
from restructure_cli.analysis.gap import Beside, gap
from restructure_cli.analysis.rates import rates
from restructure_cli.analysis.risks import risks
from restructure_cli.analysis.terms import Terms
from restructure_cli.analysis.vacancies import vacancies
from restructure_cli.model.cabinet import Appendix
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear

_MOST = 6
"""As many years are priced where nobody asks for a number, and no more."""


def appendix(
    files: Files,
    years: Sequence[FinancialYear],
    funded: Sequence[FinancialYear],
    say: Callable[[str], None] = lambda _: None,
) -> Appendix:
    """Work out everything that the files allow.

    `years` are the years to price, `funded` those of the gap; `say` is told what comes next.
    """
    current, *others = files.structures
    proposed = others[0] if others else None
    priced = None
    if files.grades is not None:
        say("pricing")
        priced = cost(files.structures, files.grades, Terms(tuple(years)))
    say("comparing")
    compared = None
    if proposed is not None:
        compared = priced.change if priced is not None else diff(current, proposed)
    now = vacancies(current)
    found = None
    if files.funding is not None:
        say("setting funding against need")
        found = gap(files.funding, Beside(current, proposed, files.grades), funded)
    later = priced.structures[-1].years[0] if priced is not None else None
    about = proposed or current
    return Appendix(
        organisation=about.organisation,
        service=about.service or current.service or "",
        heads=(compared.current, compared.proposed) if compared is not None else (now.head,),
        vacancies=now,
        charts=charts(current, proposed, compared),
        risks=risks(current, proposed, compared or now, later),
        foundations=foundations(files, priced),
        diff=compared,
        cost=priced,
        gap=found,
    )


def priced_years(grades: Grades, funded: Sequence[FinancialYear]) -> tuple[FinancialYear, ...]:
    """Return the years to price where the call names none: from that of the grades file, as long as rates are known.

    They end with the last year of the gap, or the last for which the grades file states something.
    """
    told = [grades.year, *funded, *(later.year for later in grades.years.values())]
    last = min(max(told).start, grades.year.start + _MOST - 1)
    found = []
    for start in range(grades.year.start, last + 1):
        if start > grades.year.start and rates(grades, FinancialYear(start)).absent:
            break
        found.append(FinancialYear(start))
    return tuple(found)
