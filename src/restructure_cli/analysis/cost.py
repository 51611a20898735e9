"""What structures cost, year by year: each line priced to the penny, once, and added up.

`rates` says what a year costs, `pricing` what a line of a pattern costs in it. Here lines get their patterns: what
is in force when, at which point, for how many positions; and published costs stand as they were published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from restructure_cli.analysis import matching, sides, tree
from restructure_cli.analysis.agency import cover
from restructure_cli.analysis.delay import Side, day_before, delayed
from restructure_cli.analysis.diff import diff, grade_words, head
from restructure_cli.analysis.parts_of_years import WHOLE, share
from restructure_cli.analysis.pricing import (
    COMPUTED_PAY,
    OTHER,
    PART_OF_YEAR,
    POINTS,
    PUBLISHED,
    YEAR,
    Pattern,
    Pricing,
    one_figure,
    price_of,
    to_penny,
)
from restructure_cli.analysis.rates import Rates, rates
from restructure_cli.model.derivations import Derivation, Source, Step, weakest
from restructure_cli.model.grades import Grades, Point
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import WEEKS_IN_YEAR, ZERO, Basis, Quantity, Sum, known, to_the_penny
from restructure_cli.model.results import (
    Cost,
    CostRow,
    CostTotals,
    Cover,
    Diff,
    Price,
    Published,
    RowKind,
    StructureCost,
    YearCost,
)
from restructure_cli.model.structures import TERM_TIME, Control, OtherCost, Post, Structure, Team

_NO_FUNDING: Mapping[str, Decimal] = {}
_PER_YEAR = {"year": Decimal(1), "month": Decimal(12), "week": WEEKS_IN_YEAR, "day": Decimal(365)}


class Terms(NamedTuple):
    """What is asked of a costing: which years, whether posts or people, and from when the proposal holds."""

    years: tuple[FinancialYear, ...]
    filled: bool = False
    """Price the people in post instead of the establishment."""
    start: Moment | None = None
    """Before this day everything stays as it is now; None where each line says for itself."""
    until: Moment | None = None
    """The last day on which anything is priced; None where each line says for itself."""


def cost(structures: Iterable[Structure], grades: Grades, terms: Terms | None = None) -> Cost:
    """Price structures with one grades file; two of them are a current and a proposed one, and have a change.

    The rates of every year must be there: `rates.rates` tells what is absent.
    """
    given = tuple(structures)
    terms = terms or Terms((grades.year,))
    if len(given) != 2:
        alone = tuple(structure_cost(one, grades, terms) for one in given)
        return Cost(given[0].organisation, given[0].service or "", alone, covers=_covers(given, grades, terms))
    current, proposed = given
    at_once = terms._replace(start=None)
    before = structure_cost(current, grades, at_once)
    after = structure_cost(proposed, grades, at_once, current)
    undelayed: tuple[Diff, ...] = ()
    if terms.start is not None:
        undelayed = _changes(given, before, after)
        after = _delayed((before, after), (current, proposed), grades, terms)
    changes = _changes(given, before, after, terms)
    organisation, service = proposed.organisation, proposed.service or ""
    return Cost(organisation, service, (before, after), changes, _covers(given, grades, terms), undelayed)


def _changes(
    both: tuple[Structure, ...], before: StructureCost, after: StructureCost, terms: Terms | None = None
) -> tuple[Diff, ...]:
    found = []
    for number, (was, becomes) in enumerate(zip(before.years, after.years, strict=True)):
        proposed = both[1]
        if terms is not None and terms.start is not None:
            proposed = _held_in_part(proposed, becomes, share(terms.years[number], terms.start, None))
        found.append(diff(both[0], proposed, (was, becomes)))
    return tuple(found)


def _held_in_part(proposed: Structure, year: YearCost, held: Decimal) -> Structure:
    """Return a proposal whose published costs and changes in cost are those of the part of a year that it holds."""
    if held == WHOLE:
        return proposed
    paths = tree.paths(proposed)
    sums: dict[str | None, Decimal] = {}
    for row in year.rows:
        for node in (None, *(team for team, _ in paths.get(row.team, ()))):
            if row.price is not None and row.kind is not RowKind.VACANCY_FACTOR:
                sums[node] = sums.get(node, ZERO) + row.price.headline

    def part(change: Quantity | None) -> Quantity | None:
        return replace(change, value=to_the_penny(change.value * held)) if change and change.value else change

    remaining = {row.team if row.team in proposed.teams else None for row in year.rows
                 if row.kind is RowKind.NOT_ITEMISED and year.totals.headline.complete}  # fmt: skip

    def control(stated: Control | None, node: str | None) -> Control | None:
        if stated is None and node not in remaining:
            return None
        stated = stated or Control()
        cost = stated.cost
        if node in remaining or known(cost) is not None:
            cost = replace(cost or Quantity(None), value=sums.get(node, ZERO))
        return stated._replace(cost=cost, cost_change=part(stated.cost_change))

    teams = {id_: team._replace(control=control(team.control, id_)) for id_, team in proposed.teams.items()}
    posts = {id_: post._replace(cost_change=part(post.cost_change)) for id_, post in proposed.posts.items()}
    return proposed._replace(control=control(proposed.control, None), teams=teams, posts=posts)


def _covers(given: tuple[Structure, ...], grades: Grades, terms: Terms) -> tuple[Cover, ...]:
    """Price the vacancies of each structure both ways; a proposal's are those on implementation."""
    if grades.agency is None:
        return ()
    vacant: list[Mapping[str, Decimal | None]] = [
        {id_: figures.vacant for id_, figures in sides.figures(one).items()} for one in given
    ]
    if len(given) == 2:
        vacant[1] = {row.proposed: row.vacant.proposed for row in diff(*given).rows if row.proposed}
    covers = (cover(one, open_posts, grades, terms.years[0]) for one, open_posts in zip(given, vacant, strict=True))
    return tuple(found for found in covers if found is not None)


def _delayed(
    priced: tuple[StructureCost, StructureCost],
    both: tuple[Structure, Structure],
    grades: Grades,
    terms: Terms,
) -> StructureCost:
    """Return what the proposal costs where it begins on a day of its own."""
    assert terms.start is not None
    leaving = structure_cost(both[0], grades, terms._replace(start=None, until=day_before(terms.start)))
    arriving = structure_cost(both[1], grades, terms, both[0])
    partners = {
        pair.proposed.id: pair.current.id if pair.current is not None else None
        for pair in matching.pairs(*both)
        if pair.proposed is not None
    }
    years = []
    sides_of_years = zip(terms.years, priced[0].years, leaving.years, priced[1].years, arriving.years, strict=True)
    for year, before, going, after, coming in sides_of_years:
        held = share(year, terms.start, None)
        rows = delayed(Side(before.rows, going.rows), Side(after.rows, coming.rows), partners, held)
        summed = _year_cost(both[1], grades, rows, after)
        years.append(summed._replace(notes=(*summed.notes, f"Everything new begins on {terms.start}.")))
    return priced[1]._replace(years=tuple(years))


def structure_cost(
    structure: Structure, grades: Grades, terms: Terms | None = None, current: Structure | None = None
) -> StructureCost:
    """Price every line of a structure; `current` lets FTE that are published as a change be worked out."""
    terms = terms or Terms((grades.year,))
    if terms.filled:
        structure = _with_people_controlled(structure)
    fte = _filled(structure, current) if terms.filled else _fte(structure, current)
    return StructureCost(
        head(structure),
        grades.point,
        tuple(_Year(structure, grades, year, terms, current).cost(fte) for year in terms.years),
        tree.paths(structure),
    )


def _year_cost(structure: Structure, grades: Grades, rows: list[CostRow], of: YearCost) -> YearCost:
    """Add the rows of a year up."""
    summed = totals(structure, rows)
    return of._replace(
        rows=tuple(rows),
        totals=summed,
        full_year=_full_year(rows, summed.headline.complete),
        one_off=sum((row.price.headline for row in rows if not row.recurs and row.price), ZERO),
        by_component=_by_component(rows, grades.point),
        by_basis=_by_basis(rows, grades.point),
    )


class _Year:
    """One structure in one year."""

    def __init__(
        self, structure: Structure, grades: Grades, year: FinancialYear, terms: Terms, current: Structure | None
    ) -> None:
        self.structure, self.grades, self.year, self.terms = structure, grades, year, terms
        self.current = current
        self.start = terms.start if current is not None else None
        self.rates = rates(grades, year)
        self.pricing = Pricing(grades, self.rates)
        self.tops = _tops(grades)
        self._words: dict[tuple[str, ...], str] = {}

    def cost(self, fte: Mapping[str, Decimal | None]) -> YearCost:
        """Price every line and add them up."""
        structure, point = self.structure, self.grades.point
        covered = _covered(structure)
        rows: list[CostRow] = []
        outside: list[CostRow] = []
        for post in structure.posts.values():
            if post.joins is not None and self.current is None:
                post = post._replace(cost=None)  # it is in no current measure
            row = self._post(post, fte[post.id], covered.get(post.id))
            (rows if post.in_totals else outside).append(row)
        for line in structure.costs.values():
            (rows if line.in_totals else outside).append(self._other(line))
        rows += _not_itemised(structure, rows, self.grades)
        rows += self._vacancy_factor(rows)
        empty = totals(structure, ())
        notes = (*_notes(structure, self.grades, self.rates), *self.rates.assumptions)
        unsummed = YearCost(str(self.year), (), tuple(outside), empty, empty.headline, ZERO, {}, {}, notes)
        return _year_cost(structure, self.grades, rows, unsummed)._replace(published=_published(structure, rows, point))

    def _post(self, post: Post, fte: Decimal | None, covering: OtherCost | None) -> CostRow:
        """Price a post: by the cost line that covers it, its own published cost, or its grade."""
        starts, ends = self._dates(post)
        part = WHOLE if starts is None and ends is None else share(self.year, starts, ends)
        price = full = self._price(post, fte, WHOLE) if covering is None else ""
        there_at_the_end = True
        if part is not WHOLE and covering is None:
            price = self._price(post, fte, part)
            there_at_the_end = self._at_the_end(ends)
        funding = _NO_FUNDING
        if post.funding:
            funding = {fund: figure.value for fund, figure in post.funding.items() if figure.value is not None}
        return CostRow(
            id=post.id,
            title=post.title,
            kind=RowKind.POST,
            team=post.team,
            grade=self._grade_words(post.grade),
            fte=fte,
            price=price if isinstance(price, Price) else None,
            why_not=price if isinstance(price, str) else "",
            priced_by=covering.id if covering is not None else "",
            funding=funding,
            at=post.at,
            full_year=full if isinstance(full, Price) and there_at_the_end and part else None,
        )

    def _dates(self, post: Post) -> tuple[Moment | None, Moment | None]:
        """Return from when to when a post is there, its team's dates and its own taken together."""
        starts, ends = _later(post.starts, self.start), _earlier(post.ends, self.terms.until)
        team: Team | None = self.structure.teams.get(post.team or "")
        if team is not None:
            starts, ends = _later(starts, team.starts), _earlier(ends, team.ends)
        return starts, ends

    def _at_the_end(self, ends: Moment | None) -> bool:
        """Whether what ends on a day, or does not end, is there on the last day of the year."""
        return ends is None or ends.last_day() >= date(self.year.start + 1, 3, 31)

    def _grade_words(self, grade: tuple[str, ...]) -> str:
        if grade not in self._words:
            self._words[grade] = grade_words(grade)
        return self._words[grade]

    def _price(self, post: Post, fte: Decimal | None, part: Decimal) -> Price | str:
        if post.cost is not None and post.cost.value is not None and not self.terms.filled:
            return self._published_cost(post, post.cost.value, part)
        if fte is None:
            return "FTE not known"
        scp = self._scp(post)
        positions = known(post.people if self.terms.filled else post.positions)
        weeks = post.weeks if isinstance(post.weeks, str) else known(post.weeks)
        if post.weeks is not None and weeks is None:
            weeks = TERM_TIME  # paid for weeks that nobody published
        supplement = post.supplement.value if post.supplement is not None else ZERO
        people = int(positions) if positions else None
        pattern = Pattern(post.grade, scp, fte, people, weeks, supplement, part, _basis(post, self.terms.filled))
        return self.pricing.price(pattern)

    def _scp(self, post: Post) -> int | None:
        """Return a post's point in the year: one up each 1 April, to the top of its grade."""
        stated = known(post.scp)
        if stated is None:
            return None
        point = int(stated) + self.year.start - self.grades.year.start
        tops = [self.tops[name] for name in post.grade if name in self.tops]
        return min(point, max(int(stated), *tops)) if tops else int(stated)

    def _published_cost(self, post: Post, pounds: Decimal, part: Decimal) -> Price:
        """Carry a published cost as it was published: nothing is uprated silently."""
        assert post.cost is not None
        source = Source(post.path, ("posts", post.id, "cost"), post.cost.at or post.at)
        basis = post.cost.basis or post.basis or Basis.PUBLISHED
        name = f"published cost of {post.title}"
        leaf = Derivation(name, to_the_penny(pounds), YEAR, source=source, basis=basis, because=post.cost.because)
        if part != WHOLE:
            leaf = to_penny(PUBLISHED, [leaf, Derivation(PART_OF_YEAR, part, "share of a year")])
        return one_figure(PUBLISHED, leaf)

    def _other(self, line: OtherCost) -> CostRow:
        """Price a cost that is not one post's: in the years it is there, and once where it does not recur."""
        figure = _other_amount(line)
        starts, until = _later(line.starts, self.start), _earlier(line.until, self.terms.until)
        part = share(self.year, starts, until)
        first = self.year == self._first_year(line)
        recurs = line.recurrent is not False
        why_not = "" if figure is not None else "amount not known"
        price = one_figure(OTHER, figure) if figure is not None else None
        if line.recurrent is False:
            price = price if first and self._before_the_end(line) else _nothing()
        elif line.recurrent is None and line.until is None and part and not first:
            price, why_not = None, "not stated whether it recurs"
        elif figure is not None and part != WHOLE:
            in_part = to_penny(line.title, [figure, Derivation(PART_OF_YEAR, part, "share of a year")])
            price = one_figure(OTHER, in_part)
        return CostRow(
            id=line.id,
            title=line.title,
            kind=RowKind.OTHER_COST,
            team=line.team,
            grade="",
            fte=ZERO,
            price=price,
            why_not="" if price is not None else why_not,
            at=line.at,
            full_year=one_figure(OTHER, figure)
            if figure is not None and price is not None and recurs and part and self._at_the_end(until)
            else None,
            recurs=recurs,
        )

    def _first_year(self, line: OtherCost) -> FinancialYear:
        """Return the year in which a cost line begins: the first that is priced, where it does not say."""
        first = _year_of(line.starts) or self.grades.year
        return max(first, _year_of(self.start) or first)

    def _before_the_end(self, line: OtherCost) -> bool:
        """Whether a cost of one year only arises before the last day that is priced."""
        begins = line.starts.first_day() if line.starts is not None else date(self.terms.years[0].start, 4, 1)
        return self.terms.until is None or begins <= self.terms.until.last_day()

    def _vacancy_factor(self, rows: list[CostRow]) -> list[CostRow]:
        """Return the allowance for posts standing empty, as a line of its own: on computed pay only."""
        rate = self.rates.vacancy_factor
        if rate is None:
            return []
        factor = rate._replace(name="vacancy factor", value=-rate.value)
        price = self._allowance(factor, rows)
        full = price
        if any(row.full_year is not row.price for row in rows):
            full = self._allowance(factor, [row._replace(price=row.full_year) for row in rows])
        return [
            CostRow("vacancy-factor", "vacancy factor", RowKind.VACANCY_FACTOR, None, "", ZERO, price, full_year=full)
        ]

    def _allowance(self, factor: Derivation, rows: Iterable[CostRow]) -> Price:
        """Work the allowance out at each point, from the figures of the computed lines."""
        computed = [(price, times) for price, times in _counted(rows) if price.computed]
        figures = {}
        for point in POINTS:
            parts = tuple(
                _times(by_point[point], times) for price, times in computed for by_point in price.components.values()
            )
            pay = Derivation(
                COMPUTED_PAY, sum((part.value for part in parts), ZERO), YEAR, Step.SUM, parts, basis=weakest(parts)
            )
            figures[point] = to_penny("vacancy factor", [factor, pay])
        return price_of({"vacancy factor": figures}, self.grades.point)._replace(computed=False)


def _basis(post: Post, filled: bool) -> Basis:
    """Return how the figures of a post that its price is worked out from are known: the weakest of them."""
    own = (post.filled, post.people) if filled else (post.fte or post.fte_change, post.positions)
    found = post.basis or Basis.PUBLISHED
    for figure in (*own, post.supplement, post.scp, post.weeks):
        if figure is None or isinstance(figure, str) or figure.basis is None or found is Basis.ASSUMED:
            continue
        if figure.basis is not Basis.PUBLISHED:
            found = figure.basis
    return found


def _tops(grades: Grades) -> dict[str, int]:
    """Return the highest point of each grade that is a range of points."""
    return {grade.id: int(grade.scp.high) for grade in grades.grades.values() if grade.scp is not None}


def _later(one: Moment | None, other: Moment | None) -> Moment | None:
    if one is None or other is None:
        return one or other
    return one if one.first_day() >= other.first_day() else other


def _earlier(one: Moment | None, other: Moment | None) -> Moment | None:
    if one is None or other is None:
        return one or other
    return one if one.last_day() <= other.last_day() else other


def _year_of(moment: Moment | None) -> FinancialYear | None:
    """Return the financial year a date lies in."""
    if moment is None:
        return None
    day = moment.first_day()
    return FinancialYear(day.year if day.month >= 4 else day.year - 1)


def _times(figure: Derivation, times: int) -> Derivation:
    """Return what so many lines of one pattern come to."""
    if times == 1:
        return figure
    lines = Derivation("lines alike", Decimal(times), "lines")
    return Derivation(figure.name, figure.value * times, YEAR, Step.PRODUCT, (figure, lines), basis=figure.basis)


def _nothing() -> Price:
    return one_figure(OTHER, Derivation("nothing of it this year", ZERO, YEAR))


def _filled(structure: Structure, current: Structure | None) -> Mapping[str, Decimal | None]:
    """Return the FTE of the people in post; of a proposal, of those who are after everybody has moved."""
    if current is None:
        return {id_: figures.filled for id_, figures in sides.figures(structure).items()}
    moved = diff(current, structure)
    return {row.proposed: row.filled.proposed for row in (*moved.rows, *moved.outside) if row.proposed}


def _with_people_controlled(structure: Structure) -> Structure:
    """Return a structure whose published totals are those of the people in post; its costs are of all its posts."""

    def of_people(control: Control | None) -> Control | None:
        return None if control is None else Control(fte=control.filled, at=control.at)

    teams = {id_: team._replace(control=of_people(team.control)) for id_, team in structure.teams.items()}
    return structure._replace(control=of_people(structure.control), teams=teams)


def _full_year(rows: list[CostRow], complete: bool) -> Sum:
    """Add up what is there at the end of the year as if it had been there all year."""
    whole = (row._replace(price=row.full_year) if row.full_year is not row.price else row for row in rows)
    counting = [row for row in whole if row.recurs]
    value = sum((price.headline * times for price, times in _counted(counting)), ZERO)
    return Sum(value, complete)


def _by_basis(rows: Iterable[CostRow], point: Point) -> dict[Basis, Decimal]:
    """Add the headline up by how its figures are known."""
    found = dict.fromkeys(Basis, ZERO)
    for price, times in _counted(rows):
        for points in price.components.values():
            found[points[point].basis] += points[point].value * times
    return found


def _covered(structure: Structure) -> dict[str, OtherCost]:
    """Return the cost line that prices each post, leaving posts that count to lines that count."""
    return {
        id_: line
        for line in structure.costs.values()
        if line.amount is not None
        for id_ in line.covers
        if id_ in structure.posts and (line.in_totals or not structure.posts[id_].in_totals)
    }


def _fte(structure: Structure, current: Structure | None) -> Mapping[str, Decimal | None]:
    if current is None:
        return {post.id: ZERO if post.joins is not None else known(post.fte) for post in structure.posts.values()}
    before = sides.figures(current)
    return {post.id: sides.proposed_fte(post, current, before) for post in structure.posts.values()}


def totals(structure: Structure, rows: Iterable[CostRow]) -> CostTotals:
    """Add rows up at each point; what is not priced leaves a known part, unless a published total includes it."""
    rows = tuple(rows)
    fte, unknown_fte, unpriced = ZERO, set[str | None](), set[str | None]()
    for row in rows:
        if row.fte is None:
            unknown_fte.add(row.team)
        else:
            fte += row.fte
        if row.price is None and not row.priced_by:
            unpriced.add(row.team)
    whole = _made_good(structure, unpriced, lambda control: control.cost)
    bottom, mid, top, headline = ZERO, ZERO, ZERO, ZERO
    for price, times in _counted(rows):
        bottom += price.bottom * times
        mid += price.mid * times
        top += price.top * times
        headline += price.headline * times
    return CostTotals(
        Sum(fte, _made_good(structure, unknown_fte, lambda control: control.fte)),
        Sum(bottom, whole),
        Sum(mid, whole),
        Sum(top, whole),
        Sum(headline, whole),
    )


def _made_good(structure: Structure, gaps: set[str | None], measure: tree.Measure) -> bool:
    """Whether published totals include all that is missing in some teams."""
    direct = dict.fromkeys(gaps, Sum(ZERO, complete=False))
    return not gaps or tree.roll_up(structure, direct, measure).totals[None].complete


def _counted(rows: Iterable[CostRow]) -> list[tuple[Price, int]]:
    """Return each price with how many lines have it; lines of one pattern share one."""
    counts: dict[int, list[Any]] = {}
    for row in rows:
        price = row.price
        if price is not None:
            found = counts.get(id(price))
            if found is None:
                counts[id(price)] = [price, 1]
            else:
                found[1] += 1
    return [(price, times) for price, times in counts.values()]


def _by_component(rows: Iterable[CostRow], point: Point) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for price, times in _counted(rows):
        for name, points in price.components.items():
            found[name] = found.get(name, ZERO) + points[point].value * times
    return found


def _other_amount(line: OtherCost) -> Derivation | None:
    """Work out a cost line: an amount a year, a rate by times, or units by rate by weeks."""
    source = Source(line.path, ("costs", line.id), line.at)
    basis = line.basis or Basis.PUBLISHED
    if line.amount is not None:
        if line.amount.value is None:
            return None
        basis = line.amount.basis or basis
        pounds = to_the_penny(line.amount.value)
        return Derivation(line.title, pounds, "£ a year", source=source, basis=basis, because=line.because)
    counted = [line.rate, line.times if line.times is not None else line.units]
    if any(known(figure) is None for figure in counted):
        return None
    names = (("rate", "£"), ("times" if line.times is not None else "units", "number"))
    parts = [
        Derivation(
            name,
            known(figure) or ZERO,
            unit,
            source=Source(line.path, ("costs", line.id, name), line.at),
            basis=(figure.basis if figure is not None else None) or basis,
        )
        for (name, unit), figure in zip(names, counted, strict=True)
    ]
    if line.per is not None and line.per != "year":
        parts.append(Derivation(f"{line.per}s in a year", _PER_YEAR[line.per], "number"))
    return to_penny(line.title, parts)._replace(source=source)


def _not_itemised(structure: Structure, rows: list[CostRow], grades: Grades) -> list[CostRow]:
    """Return what published totals hold beyond the lines: FTE, and £ where the cost is published."""
    if all(tree.control_of(structure, node) is None for node in (None, *structure.teams)):
        return []
    fte_direct: dict[str | None, Sum] = {}
    for row in rows:
        if row.kind is RowKind.POST:
            fte_direct[row.team] = fte_direct.get(row.team, Sum()).plus(row.fte)
    in_fte = tree.roll_up(structure, fte_direct, lambda control: control.fte).not_itemised
    in_cost = {point: _cost_rest(structure, rows, in_fte, point) for point in POINTS}
    made = []
    for node in sorted({*in_fte, *in_cost[grades.point]}, key=lambda node: node or ""):
        fte = in_fte.get(node, ZERO)
        controlled = node in in_cost[grades.point]
        if not fte and not controlled:
            continue
        price = _rest_price(structure, node, in_cost, grades.point) if controlled else None
        made.append(
            CostRow(
                id=f"not-itemised:{node or 'structure'}",
                title="not itemised",
                kind=RowKind.NOT_ITEMISED,
                team=node,
                grade="",
                fte=fte,
                price=price,
                why_not="" if controlled else "FTE that nobody itemised",
                full_year=price,
            )
        )
    return made


def _cost_rest(
    structure: Structure, rows: list[CostRow], in_fte: Mapping[str | None, Decimal], point: Point
) -> Mapping[str | None, Decimal]:
    direct: dict[str | None, Sum] = {node: Sum(ZERO, complete=False) for node, fte in in_fte.items() if fte}
    for row in rows:
        if not row.priced_by:
            direct[row.team] = direct.get(row.team, Sum()).plus(row.price.at(point) if row.price else None)
    return tree.roll_up(structure, direct, lambda control: control.cost).not_itemised


def _published(structure: Structure, rows: list[CostRow], point: Point) -> tuple[Published, ...]:
    """Set published costs beside what their lines come to at the headline point."""
    if not any(_has_cost(structure, node) for node in (None, *structure.teams)):
        return ()
    direct: dict[str | None, Sum] = {}
    for row in rows:
        if not row.priced_by and row.kind in (RowKind.POST, RowKind.OTHER_COST):
            direct[row.team] = direct.get(row.team, Sum()).plus(row.price.at(point) if row.price else None)
    parts = tree.roll_up(structure, direct, lambda control: control.cost).parts
    return tree.published(structure, parts, lambda control: control.cost, "cost")


def _has_cost(structure: Structure, node: str | None) -> bool:
    control = tree.control_of(structure, node)
    return control is not None and control.cost is not None


def _rest_price(
    structure: Structure,
    node: str | None,
    rest: Mapping[Point, Mapping[str | None, Decimal]],
    point: Point,
) -> Price:
    control = tree.control_of(structure, node)
    pointer = ("control", "cost") if node is None else ("teams", node, "control", "cost")
    path = structure.path if node is None else structure.teams[node].path
    stated = known(control.cost) if control is not None else None
    assert control is not None
    assert stated is not None
    published = Derivation("published total", stated, YEAR, source=Source(path, pointer, control.at))
    figures = {}
    for at in POINTS:
        left = to_the_penny(rest[at].get(node, ZERO))
        parts = Derivation("the lines and published totals under it", stated - left, YEAR)
        name = "published total less its parts"
        figures[at] = Derivation(name, left, YEAR, Step.DIFFERENCE, (published, parts))
    values = [figures[at].value for at in POINTS]
    return Price(
        values[0],
        values[1],
        values[2],
        figures[point].value,
        {PUBLISHED: figures},
        computed=False,
        point=point,
    )


def _price_years(structure: Structure, grades: Grades) -> set[str]:
    """Return the years at whose prices costs of posts and grades were published: that of the grades file, or theirs."""
    own = {post.prices or str(grades.year) for post in structure.posts.values() if known(post.cost) is not None}
    used = {name for post in structure.posts.values() if len(post.grade) == 1 for name in post.grade}
    priced = (grades.grades[name] for name in used if name in grades.grades)
    return {str(year) for year in own} | {
        grade.prices or str(grades.year) for grade in priced if grade.cost is not None
    }


def _notes(structure: Structure, grades: Grades, rates: Rates) -> tuple[str, ...]:
    """Say what the prices hold and what they do not."""
    notes = []
    paid = [name for name, there in (("National Insurance", rates.insurance), ("pension", rates.pension),
                                     ("the apprenticeship levy", rates.levy)) if there is not None]  # fmt: skip
    if rates.points or any(grade.salary for grade in grades.grades.values()):
        on_costs = [*paid, *rates.flat]
        what = f"with {', '.join(on_costs)}" if on_costs else "without on-costs"
        pension = "" if rates.pension is not None else "; the grades file states no pension rate, so none is in it"
        notes.append(f"Computed pay is salary {what}{pension}.")
    other = sorted(_price_years(structure, grades) - {str(rates.year)})
    if other:
        notes.append(f"Published costs are at prices of {', '.join(other)}, as published.")
    return tuple(notes)
