"""EST: parts that do not make their published total, unless the difference is known and explained."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from restructure_cli.analysis import sides, tree
from restructure_cli.analysis.cost import cost, structure_cost
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.checks.wording import number, pounds
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.grades import Grades
from restructure_cli.model.quantities import EMPTY, ZERO, Quantity, Sum, known
from restructure_cli.model.results import Published
from restructure_cli.model.structures import Control, Structure


def _control_place(structure: Structure, node: str | None, key: str) -> Place:
    if node is None:
        return Place(structure.path, ("control", key))
    return place(structure.teams[node], "control", key)


def _published_totals(subject: Subject) -> tuple[Published, ...]:
    """Set every published total of a structure beside the sum of its parts."""
    structure = subject.structure
    if all(tree.control_of(structure, node) is None for node in (None, *structure.teams)):
        return ()
    fte = _stated_fte(subject)
    found = [
        *_totals(structure, fte, lambda control: control.fte, "fte"),
        *_totals(structure, _stated_filled(subject), lambda control: control.filled, "filled"),
        *_totals(structure, _stated_positions(subject), lambda control: control.positions, "positions"),
    ]
    if subject.grades is not None and any(
        control is not None and (control.cost is not None or control.cost_change is not None)
        for control in (tree.control_of(structure, node) for node in (None, *structure.teams))
    ):
        found += _published_costs(subject, subject.grades)
    return tuple(found)


def _published_costs(subject: Subject, grades: Grades) -> Iterator[Published]:
    """Set published costs beside what the lines cost, and published changes in cost beside what they come to."""
    structure, current = subject.structure, subject.current
    if current is None or not _state(structure, lambda control: control.cost_change):
        yield from structure_cost(structure, grades, current=current).years[0].published
        return
    priced = cost((current, structure), grades)
    yield from priced.structures[1].years[0].published
    if priced.change is not None:
        yield from priced.change.published_changes


def _stated_fte(subject: Subject) -> Mapping[str, Decimal | None]:
    if subject.current is None:
        return sides.established_ftes(subject.structure)
    return sides.proposed_ftes(subject.structure, subject.current, sides.figures(subject.current))


def _stated_filled(subject: Subject) -> Mapping[str, Decimal | None]:
    """Return who is in post; of a proposal, what it states, because the rest follows from who moves."""
    if subject.current is None:
        return {id_: figures.filled for id_, figures in sides.figures(subject.structure).items()}
    return {post.id: known(post.filled) for post in subject.structure.posts.values()}


def _stated_positions(subject: Subject) -> Mapping[str, Decimal | None]:
    posts = subject.structure.posts.values()
    joining = {post.id for post in posts if post.joins is not None and subject.current is None}
    return {post.id: ZERO if post.id in joining else known(post.positions) for post in posts}


def _totals(
    structure: Structure,
    figures: Mapping[str, Decimal | None],
    measure: Callable[[Control], Quantity | None],
    name: str,
) -> tuple[Published, ...]:
    if not _state(structure, measure):
        return ()
    direct: dict[str | None, Sum] = {}
    for post in structure.posts.values():
        if post.in_totals:
            direct[post.team] = direct.get(post.team, EMPTY).plus(figures[post.id])
    return tree.published(structure, tree.roll_up(structure, direct, measure).parts, measure, name)


def _state(structure: Structure, measure: Callable[[Control], Quantity | None]) -> bool:
    """Whether any control of a structure states this."""
    controls = (tree.control_of(structure, node) for node in (None, *structure.teams))
    return any(measure(control) is not None for control in controls if control is not None)


def _controls(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find parts that do not make their published total, unless the difference is known and explained."""
    structure = subject.structure
    of_node: dict[str | None, list[Published]] = {}
    for published in _published_totals(subject):
        of_node.setdefault(published.node, []).append(published)
    for node, totals in of_node.items():
        control = tree.control_of(structure, node)
        assert control is not None
        explained = known(control.known.difference) if control.known is not None else None
        seen = False
        for published in totals:
            rest = (published.stated.value or ZERO) - published.parts.value
            if published.parts.complete and tree.agrees(published.stated, published.parts.value):
                continue
            if explained is not None and rest == explained:
                seen = True
            elif rest < -published.stated.half_digit or (control.itemised and published.parts.complete):
                yield _misses(rule, structure, published, rest)
        if explained is not None and not seen and _would_show(control, totals):
            told = number(explained) if any(not p.measure.startswith("cost") for p in totals) else pounds(explained)
            message = f"{node or 'the structure'}: the known difference of {told} is no longer there"
            hint = "delete it, or state the difference as it is"
            yield Finding(rule, message, _control_place(structure, node, "known"), hint)


def _would_show(control: Control, totals: list[Published]) -> bool:
    """Whether every total of a control was worked out: without grades, or a current side, some are not."""
    worked_out = {published.measure for published in totals}
    measures = ("fte", "filled", "positions", "cost", "cost_change")
    return worked_out.issuperset(measure for measure in measures if known(getattr(control, measure)) is not None)


def _misses(rule: Rule, structure: Structure, published: Published, rest: Decimal) -> Finding:
    in_money = published.measure.startswith("cost")
    told = [
        pounds(figure) if in_money else number(figure)
        for figure in (published.stated.value or ZERO, published.parts.value, abs(rest))
    ]
    word = "more" if rest < 0 else "less"
    where = published.node or "the structure"
    message = f"{where}: {published.measure} is published as {told[0]}, and its parts make {told[1]}, {told[2]} {word}"
    hint = f"mend a part, or state `known: {{difference: {number(rest)}, because: …}}`"
    return Finding(rule, message, _control_place(structure, published.node, published.measure), hint)


CHECKS = (
    Check(Rule(
        "EST208", "est.control", Severity.ERROR, "parts that do not make their published total",
        "A reader who adds up the parts should reach the published total, or be told why not.",
        "control: {fte: 10} over posts of 12 FTE"), _controls),
)  # fmt: skip
