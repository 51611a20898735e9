"""What structures cost, year by year: each line priced to the penny, once, and added up.

`rates` says what a year costs, `pricing` what a line of a pattern costs in it; `post_costs` and `other_costs` price
the lines, `cost_controls` and `vacancy_factor` add the lines that complete a total. Here they come together, and two
structures are compared.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from restructure_cli.analysis import cost_controls, delay, matching, sides, tree
from restructure_cli.analysis.agency import cover
from restructure_cli.analysis.cost_notes import notes
from restructure_cli.analysis.cost_sums import added_up, totals
from restructure_cli.analysis.diff import diff, head
from restructure_cli.analysis.other_costs import OtherCosts, covered
from restructure_cli.analysis.parts_of_years import WHOLE, share
from restructure_cli.analysis.post_costs import PostCosts
from restructure_cli.analysis.pricing import Pricing
from restructure_cli.analysis.rates import rates
from restructure_cli.analysis.remembering import Remembered
from restructure_cli.analysis.terms import Terms
from restructure_cli.analysis.vacancy_factor import allowance
from restructure_cli.model.costs import Cost, CostRow, Cover, StructureCost, YearCost
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.results import Diff
from restructure_cli.model.structures import Control, Structure

_Both = tuple[Structure, Structure]


def cost(structures: Iterable[Structure], grades: Grades, terms: Terms | None = None) -> Cost:
    """Price structures with one grades file; two of them are a current and a proposed one, and have a change.

    The rates of every year must be there: `rates.rates` tells what is absent.
    """
    given = tuple(structures)
    terms = terms or Terms((grades.year,))
    if len(given) != 2:
        alone = tuple(structure_cost(structure, grades, terms) for structure in given)
        return Cost(given[0].organisation, given[0].service or "", alone, covers=_covers(given, grades, terms))
    current, proposed = given
    at_once = terms._replace(start=None)
    before = structure_cost(current, grades, at_once)
    after = structure_cost(proposed, grades, at_once, current)
    undelayed: tuple[Diff, ...] = ()
    compared: list[_Both] = [(current, proposed)] * len(terms.years)
    if terms.start is not None:
        undelayed = _changes(compared, before, after)
        after, compared = _delayed((before, after), (current, proposed), grades, terms)
    changes = _changes(compared, before, after)
    if terms.start is not None:
        changes = tuple(map(delay.with_remainders, changes, after.years))
    organisation, service = proposed.organisation, proposed.service or ""
    return Cost(organisation, service, (before, after), changes, _covers(given, grades, terms), undelayed)


def _changes(compared: list[_Both], before: StructureCost, after: StructureCost) -> tuple[Diff, ...]:
    """Compare the structures of each year in money."""
    found = []
    for both, was, becomes in zip(compared, before.years, after.years, strict=True):
        current, proposed = both
        if before.filled:
            current, proposed = _without_published_costs(current), _without_published_costs(proposed)
        found.append(diff(current, proposed, (was, becomes))._replace(proposed=after.head))
    return tuple(found)


def _covers(given: tuple[Structure, ...], grades: Grades, terms: Terms) -> tuple[Cover, ...]:
    """Price the vacancies of each structure both ways; a proposal's are those on implementation."""
    if grades.agency is None:
        return ()
    vacant: list[Mapping[str, Decimal | None]] = [
        {id_: figures.vacant for id_, figures in sides.figures(structure).items()} for structure in given
    ]
    if len(given) == 2:
        vacant[1] = {row.proposed: row.vacant.proposed for row in diff(*given).rows if row.proposed}
    covers = (
        cover(structure, open_posts, grades, terms.years[0])
        for structure, open_posts in zip(given, vacant, strict=True)
    )
    return tuple(found for found in covers if found is not None)


def _delayed(
    priced: tuple[StructureCost, StructureCost], both: _Both, grades: Grades, terms: Terms
) -> tuple[StructureCost, list[_Both]]:
    """Return what the proposal costs where it begins on a day of its own, and the structures to compare each year."""
    assert terms.start is not None
    current, proposed = both
    leaving = structure_cost(current, grades, terms._replace(start=None, until=delay.day_before(terms.start)))
    arriving = structure_cost(proposed, grades, terms, current)
    pairs = (pair for pair in matching.pairs(*both) if pair.proposed is not None)
    partners = {pair.proposed.id: pair.current.id if pair.current else None for pair in pairs if pair.proposed}
    years, compared = [], list[_Both]()
    beneath = delay.totalled(current), delay.totalled(proposed)
    sides_of_years = zip(terms.years, priced[0].years, leaving.years, priced[1].years, arriving.years, strict=True)
    for year, before, going, after, coming in sides_of_years:
        held = share(year, terms.start, None)
        found, with_ = after, proposed
        if held == ZERO:
            rows = delay.not_begun(before.rows, after.rows, partners)
            found, with_ = added_up(current, rows, before, grades.point), current
        elif held != WHOLE:
            now, then = delay.Side(before.rows, going.rows, beneath[0]), delay.Side(after.rows, coming.rows, beneath[1])
            joined, halves = delay.delayed(now, then, partners, held)
            parts = delay.Parts(going, coming, added_up(proposed, joined, after, grades.point), halves, held)
            found = parts.joined._replace(totals=parts.totals())
            with_ = delay.published_in_part(current, proposed, parts)
        said = f"Everything new begins on {terms.start}; FTE are those at the end of a year."
        years.append(found._replace(notes=(*found.notes, said)))
        compared.append((current, with_))
    return priced[1]._replace(years=tuple(years), team_paths=tree.joint_paths(*both)), compared


def structure_cost(
    structure: Structure, grades: Grades, terms: Terms | None = None, current: Structure | None = None
) -> StructureCost:
    """Price every line of a structure; `current` lets FTE that are published as a change be worked out."""
    terms = terms or Terms((grades.year,))
    if terms.filled:
        structure = _with_people_controlled(structure)
    if current is None:
        terms = terms._replace(start=None)  # there is nothing that it could put off
    fte = _filled(structure, current) if terms.filled else _fte(structure, current)
    return StructureCost(
        head(structure),
        grades.point,
        tuple(_year_cost(structure, grades, year, terms, current is None, fte) for year in terms.years),
        tree.paths(structure),
        terms.filled,
    )


def _year_cost(
    structure: Structure,
    grades: Grades,
    year: FinancialYear,
    terms: Terms,
    is_current: bool,
    fte: Mapping[str, Decimal | None],
) -> YearCost:
    """Price every line of a structure in one year, and add them up."""
    asked = (year, terms._replace(years=()), is_current)
    return _PRICED.of(
        (structure, grades, fte), lambda: _priced(structure, grades, year, terms, is_current, fte), *asked
    )


_PRICED: Remembered[YearCost] = Remembered()


def _priced(
    structure: Structure,
    grades: Grades,
    year: FinancialYear,
    terms: Terms,
    is_current: bool,
    fte: Mapping[str, Decimal | None],
) -> YearCost:
    found = rates(grades, year)
    posts = PostCosts(structure, grades, Pricing(grades, found), terms)
    others = OtherCosts(year, grades.year, terms)
    covering = covered(structure)
    rows: list[CostRow] = []
    outside: list[CostRow] = []
    for post in structure.posts.values():
        if post.joins is not None and is_current:
            post = post._replace(cost=None)  # it is in no current measure
        row = posts.row(post, fte[post.id], covering.get(post.id))
        (rows if post.in_totals else outside).append(row)
    for line in structure.costs.values():
        (rows if line.in_totals else outside).append(others.row(line))
    rows += cost_controls.not_itemised(structure, rows, grades.point)
    rows += allowance(found.vacancy_factor, rows, grades.point)
    empty = totals(structure, ())
    told = notes(structure, grades, found)
    unsummed = YearCost(str(year), (), tuple(outside), empty, empty.headline, ZERO, {}, {}, told)
    summed = added_up(structure, rows, unsummed, grades.point)
    return summed._replace(published=cost_controls.published(structure, rows, grades.point))


def _fte(structure: Structure, current: Structure | None) -> Mapping[str, Decimal | None]:
    if current is None:
        return sides.established_ftes(structure)
    return sides.proposed_ftes(structure, current, sides.figures(current))


def _filled(structure: Structure, current: Structure | None) -> Mapping[str, Decimal | None]:
    """Return the FTE of the people in post; of a proposal, of those who are after everybody has moved."""
    if current is None:
        return {id_: figures.filled for id_, figures in sides.figures(structure).items()}
    moved = diff(current, structure)
    return {row.proposed: row.filled.proposed for row in (*moved.rows, *moved.outside) if row.proposed}


def _without_published_costs(structure: Structure) -> Structure:
    """Return a structure without the costs, and changes in cost, that are published of all its posts."""

    def without(control: Control | None) -> Control | None:
        return control._replace(cost=None, cost_change=None) if control is not None else None

    teams = {id_: team._replace(control=without(team.control)) for id_, team in structure.teams.items()}
    posts = {id_: post._replace(cost_change=None) for id_, post in structure.posts.items()}
    return structure._replace(control=without(structure.control), teams=teams, posts=posts)


def _with_people_controlled(structure: Structure) -> Structure:
    """Return a structure whose only published totals are those of people in post: published costs are of all posts."""

    def of_people(control: Control | None) -> Control | None:
        return None if control is None else Control(fte=control.filled, at=control.at)

    teams = {id_: team._replace(control=of_people(team.control)) for id_, team in structure.teams.items()}
    return structure._replace(control=of_people(structure.control), teams=teams)
