"""What a structure costs in one year: each line priced to the penny, once, and added up.

A price is built once for each grade, point and pattern of FTE and weeks; lines of the same pattern share it.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from restructure_cli.analysis import sides, tree
from restructure_cli.analysis.diff import diff, grade_words, head
from restructure_cli.analysis.pay import FullTimePay, at_point, full_time_pay
from restructure_cli.model.derivations import Derivation, Source, Step
from restructure_cli.model.grades import Grades, Point, Rate
from restructure_cli.model.quantities import (
    WEEKS_IN_YEAR,
    ZERO,
    Basis,
    Quantity,
    Sum,
    known,
    to_the_penny,
)
from restructure_cli.model.results import Cost, CostRow, CostTotals, Price, Published, RowKind, StructureCost
from restructure_cli.model.structures import TERM_TIME, OtherCost, Post, Structure

SALARY, SUPPLEMENT, PENSION, PUBLISHED, OTHER = (
    "salary",
    "supplement",
    "pension",
    "published cost",
    "other cost",
)
_NO_FUNDING: Mapping[str, Decimal] = {}
_POINTS = (Point.BOTTOM, Point.MID, Point.TOP)
_PER_YEAR = {"year": Decimal(1), "month": Decimal(12), "week": WEEKS_IN_YEAR, "day": Decimal(365)}


def cost(structures: Iterable[Structure], grades: Grades) -> Cost:
    """Price structures with one grades file; two of them are a current and a proposed one, and have a change."""
    given = tuple(structures)
    if len(given) == 2:
        current, proposed = given
        priced = (structure_cost(current, grades), structure_cost(proposed, grades, current))
        return Cost(proposed.organisation, proposed.service or "", priced, diff(current, proposed, priced))
    first = given[0]
    return Cost(first.organisation, first.service or "", tuple(structure_cost(one, grades) for one in given))


def structure_cost(structure: Structure, grades: Grades, current: Structure | None = None) -> StructureCost:
    """Price every line of a structure; `current` lets FTE that are published as a change be worked out."""
    pricing = _Pricing(grades)
    fte = _fte(structure, current)
    covered = _covered(structure)
    rows: list[CostRow] = []
    outside: list[CostRow] = []
    for post in structure.posts.values():
        if post.joins is not None and current is None:
            post = post._replace(cost=None)  # it is in no current measure
        row = pricing.post(post, fte[post.id], covered.get(post.id))
        (rows if post.in_totals else outside).append(row)
    for line in structure.costs.values():
        (rows if line.in_totals else outside).append(pricing.other(line))
    rows += _not_itemised(structure, rows, grades)
    rows += _vacancy_factor(rows, grades)
    return StructureCost(
        head=head(structure),
        year=str(grades.year),
        point=grades.point,
        rows=tuple(rows),
        outside=tuple(outside),
        totals=totals(structure, rows),
        by_component=_by_component(rows, grades.point),
        team_paths=tree.paths(structure),
        notes=_notes(structure, grades),
        published=_published(structure, rows, grades.point),
    )


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

    def whole(measure: tree.Measure, figures: Iterable[tuple[str | None, Decimal | None]]) -> Sum:
        direct: dict[str | None, Sum] = {}
        value = ZERO
        for team, figure in figures:
            if figure is None:
                direct[team] = Sum(ZERO, complete=False)
            else:
                value += figure
        return Sum(value, tree.roll_up(structure, direct, measure).totals[None].complete)

    def priced(read: Callable[[Price], Decimal]) -> Sum:
        lines = ((row.team, read(row.price) if row.price else None) for row in rows if not row.priced_by)
        return whole(lambda control: control.cost, lines)

    return CostTotals(
        whole(lambda control: control.fte, ((row.team, row.fte) for row in rows)),
        priced(lambda price: price.bottom),
        priced(lambda price: price.mid),
        priced(lambda price: price.top),
        priced(lambda price: price.headline),
    )


def _by_component(rows: Iterable[CostRow], point: Point) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in rows:
        for name, points in row.price.components.items() if row.price else ():
            found[name] = found.get(name, ZERO) + points[point].value
    return found


class _Pricing:
    """Prices lines with one grades file, each pattern once."""

    def __init__(self, grades: Grades) -> None:
        self.grades = grades
        self._patterns: dict[tuple[object, ...], Price | str] = {}
        self._words: dict[tuple[str, ...], str] = {}
        self._full_time: dict[tuple[str, ...], FullTimePay | None] = {}

    def post(self, post: Post, fte: Decimal | None, covering: OtherCost | None) -> CostRow:
        """Price a post: by the cost line that covers it, its own published cost, or its grade."""
        price: Price | str
        if covering is not None:
            price = ""
        elif post.cost is not None and post.cost.value is not None:
            price = self._published(post, post.cost)
        else:
            price = self._by_grade(post, fte)
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
        )

    def _grade_words(self, grade: tuple[str, ...]) -> str:
        if grade not in self._words:
            self._words[grade] = grade_words(grade)
        return self._words[grade]

    def _published(self, post: Post, stated: Quantity) -> Price:
        source = Source(post.path, ("posts", post.id, "cost"), stated.at or post.at)
        basis = stated.basis or post.basis or Basis.PUBLISHED
        pounds = to_the_penny(stated.value or ZERO)
        leaf = Derivation(f"published cost of {post.title}", pounds, "£ a year", source=source, basis=basis)
        return _one_figure(PUBLISHED, leaf)

    def _by_grade(self, post: Post, fte: Decimal | None) -> Price | str:
        if fte is None:
            return "FTE not known"
        if fte == ZERO:
            return _one_figure(SALARY, Derivation("no FTE", ZERO, "£ a year"))
        if not post.grade and post.scp is None:
            return "grade not known"
        if post.scp is None and post.weeks is None and post.supplement is None:
            return self._pattern(post, (post.grade, fte), fte, None, ZERO)
        weeks = post.weeks if isinstance(post.weeks, str) else known(post.weeks)
        if post.weeks is not None and weeks is None:
            return "weeks paid a year not known"
        supplement = post.supplement.value if post.supplement is not None else ZERO
        key = (post.grade, known(post.scp), fte, weeks, supplement)
        return self._pattern(post, key, fte, weeks, supplement)

    def _pattern(
        self,
        post: Post,
        key: tuple[object, ...],
        fte: Decimal,
        weeks: Decimal | str | None,
        supplement: Decimal | None,
    ) -> Price | str:
        """Return the price of a pattern, worked out the first time it is met."""
        price = self._patterns.get(key)
        if price is None:
            price = self._patterns[key] = self._worked_out(post, fte, weeks, supplement)
        return price

    def _worked_out(
        self, post: Post, fte: Decimal, weeks: Decimal | str | None, supplement: Decimal | None
    ) -> Price | str:
        if weeks == TERM_TIME:
            return "weeks paid a year not known"
        if supplement is None:
            return "supplement not known"
        by_cost = self._cost_of_grade(post.grade, fte)
        if by_cost is not None:
            return by_cost
        pay = self._pay(post)
        if pay is None:
            return f"grade {self._grade_words(post.grade)} not priced"
        how_much = [Derivation("FTE", fte, "FTE")]
        if isinstance(weeks, Decimal):
            how_much += [Derivation("weeks paid, of 365/7 a year", weeks * 7 / 365, "share of a year")]
        components = {SALARY: {point: _leaf(SALARY, [pay[point], *how_much]) for point in _POINTS}}
        if supplement:
            extra = _leaf(SUPPLEMENT, [Derivation("supplement", supplement, "£ a year, full time"), *how_much])
            components[SUPPLEMENT] = dict.fromkeys(_POINTS, extra)
        for name, rate in self._on_costs().items():
            components[name] = {point: _on_cost(name, rate, point, components) for point in _POINTS}
        return _price(components, self.grades.point)

    def _pay(self, post: Post) -> FullTimePay | None:
        stated = known(post.scp)
        if stated is not None:
            exact = at_point(int(stated), self.grades)
            return dict.fromkeys(_POINTS, exact) if exact is not None else None
        if post.grade not in self._full_time:
            self._full_time[post.grade] = full_time_pay(post.grade, self.grades)
        return self._full_time[post.grade]

    def _on_costs(self) -> dict[str, tuple[Rate, Source]]:
        found = {}
        if self.grades.pension is not None:
            found[PENSION] = (
                self.grades.pension,
                Source(self.grades.path, ("pension",), self.grades.pension.at),
            )
        for name, rate in self.grades.on_costs.items():
            found[name] = (rate, Source(self.grades.path, ("on_costs", name), rate.at))
        return found

    def _cost_of_grade(self, names: tuple[str, ...], fte: Decimal) -> Price | None:
        """Price a post at the published cost of its grade, on-costs included."""
        grade = self.grades.grades.get(names[0]) if len(names) == 1 else None
        if grade is None or grade.cost is None or grade.cost.value is None:
            return None
        source = Source(self.grades.path, ("grades", grade.id, "cost"), grade.at)
        per_fte = Derivation(
            f"published cost of 1 FTE at {grade.id}", grade.cost.value, "£ a year, full time",
            source=source, basis=grade.basis, because=grade.because,
        )  # fmt: skip
        return _one_figure(PUBLISHED, _leaf(PUBLISHED, [per_fte, Derivation("FTE", fte, "FTE")]))

    def other(self, line: OtherCost) -> CostRow:
        """Price a cost that is not one post's."""
        figure = _other_amount(line)
        return CostRow(
            id=line.id,
            title=line.title,
            kind=RowKind.OTHER_COST,
            team=line.team,
            grade="",
            fte=ZERO,
            price=_one_figure(OTHER, figure) if figure is not None else None,
            why_not="" if figure is not None else "amount not known",
            at=line.at,
        )


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
        Derivation(name, known(figure) or ZERO, unit, source=Source(line.path, ("costs", line.id, name), line.at))
        for (name, unit), figure in zip(names, counted, strict=True)
    ]
    if line.per is not None and line.per != "year":
        parts.append(Derivation(f"{line.per}s in a year", _PER_YEAR[line.per], "number"))
    return _leaf(line.title, parts)._replace(source=source, basis=basis)


def _leaf(name: str, parts: list[Derivation]) -> Derivation:
    """Multiply parts and round to the penny: the one place where money is rounded."""
    value = parts[0].value
    for part in parts[1:]:
        value *= part.value
    weakest = _weakest(parts)
    return Derivation(name, to_the_penny(value), "£ a year", Step.PRODUCT_TO_THE_PENNY, tuple(parts), basis=weakest)


def _weakest(parts: Iterable[Derivation]) -> Basis:
    order = (Basis.PUBLISHED, Basis.DERIVED, Basis.ASSUMED)
    return order[max((order.index(part.basis) for part in parts), default=0)]


def _on_cost(
    name: str, stated: tuple[Rate, Source], point: Point, components: Mapping[str, Mapping[Point, Derivation]]
) -> Derivation:
    """Work out a flat on-cost on pay, supplements included, from the pay before it was rounded."""
    rate, source = stated
    paid = [components[part][point] for part in (SALARY, SUPPLEMENT) if part in components]
    exact = [part._replace(value=_exact(part), step=Step.PRODUCT, name=f"{part.name}, exact") for part in paid]
    base = Derivation("pay", sum((part.value for part in exact), ZERO), "£ a year", Step.SUM, tuple(exact))
    flat = Derivation(
        f"rate of {name}", rate.value, "share of pay", source=source, basis=rate.basis, because=rate.because
    )
    return _leaf(name, [flat, base._replace(basis=_weakest(exact))])


def _exact(leaf: Derivation) -> Decimal:
    value = Decimal(1)
    for part in leaf.parts:
        value *= part.value
    return value


def _price(components: Mapping[str, Mapping[Point, Derivation]], point: Point) -> Price:
    sums = {at: sum((by_point[at].value for by_point in components.values()), ZERO) for at in _POINTS}
    return Price(
        sums[Point.BOTTOM],
        sums[Point.MID],
        sums[Point.TOP],
        sums[point],
        components,
        computed=True,
        point=point,
    )


def _one_figure(name: str, figure: Derivation) -> Price:
    """Return a price that has no range: the same figure at every point."""
    components = {name: dict.fromkeys(_POINTS, figure)}
    return Price(figure.value, figure.value, figure.value, figure.value, components, computed=False)


def _not_itemised(structure: Structure, rows: list[CostRow], grades: Grades) -> list[CostRow]:
    """Return what published totals hold beyond the lines: FTE, and £ where the cost is published."""
    if all(tree.control_of(structure, node) is None for node in (None, *structure.teams)):
        return []
    fte_direct: dict[str | None, Sum] = {}
    for row in rows:
        if row.kind is RowKind.POST:
            fte_direct[row.team] = fte_direct.get(row.team, Sum()).plus(row.fte)
    in_fte = tree.roll_up(structure, fte_direct, lambda control: control.fte).not_itemised
    in_cost = {point: _cost_rest(structure, rows, in_fte, point) for point in _POINTS}
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
    source = Source(path, pointer, control.at if control is not None else ())
    figures = {
        at: Derivation(
            "published total less its parts",
            to_the_penny(rest[at].get(node, ZERO)),
            "£ a year",
            source=source,
        )
        for at in _POINTS
    }
    values = [figures[at].value for at in _POINTS]
    return Price(
        values[0],
        values[1],
        values[2],
        figures[point].value,
        {PUBLISHED: figures},
        computed=False,
        point=point,
    )


def _vacancy_factor(rows: list[CostRow], grades: Grades) -> list[CostRow]:
    """Return the allowance for posts standing empty, as a line of its own: on computed pay only."""
    rate = grades.vacancy_factor
    if rate is None:
        return []
    computed = [row.price for row in rows if row.price is not None and row.price.computed]
    factor = Derivation(
        "vacancy factor", -rate.value, "share of computed pay",
        source=Source(grades.path, ("vacancy_factor",), rate.at), basis=rate.basis, because=rate.because,
    )  # fmt: skip
    figures = {
        point: _leaf(
            "vacancy factor",
            [
                factor,
                Derivation("computed pay", sum((price.at(point) for price in computed), ZERO), "£ a year", Step.SUM),
            ],
        )
        for point in _POINTS
    }
    values = [figures[point].value for point in _POINTS]
    price = Price(
        values[0],
        values[1],
        values[2],
        figures[grades.point].value,
        {"vacancy factor": figures},
        False,
        grades.point,
    )
    return [CostRow("vacancy-factor", "vacancy factor", RowKind.VACANCY_FACTOR, None, "", ZERO, price)]


def _notes(structure: Structure, grades: Grades) -> tuple[str, ...]:
    """Say what the prices hold and what they do not."""
    notes = []
    on_costs = [*(["pension"] if grades.pension else []), *grades.on_costs]
    if grades.points or any(grade.salary for grade in grades.grades.values()):
        what = f"with {', '.join(on_costs)}" if on_costs else "without on-costs: the grades file states no rate"
        notes.append(f"Computed pay is salary {what}.")
    years = sorted({str(post.prices) for post in structure.posts.values() if post.prices is not None})
    other = [year for year in years if year != str(grades.year)]
    if other:
        notes.append(f"Published costs are at prices of {', '.join(other)}, as published.")
    return tuple(notes)
