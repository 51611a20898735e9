"""A diff is fair: nothing changes against itself, back is the reverse of there, and order in a file means nothing."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from structures_made import ANYTHING, PLAIN, pairs, pay, shuffled, shuffled_pay, some, structures

from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.diff import diff
from restructure_cli.analysis.vacancies import vacancies
from restructure_cli.model.grades import Grades
from restructure_cli.model.quantities import NOTHING, TwoSided
from restructure_cli.model.results import Change, Diff, DiffRow, RowKind
from restructure_cli.model.structures import Counts, Structure
from restructure_cli.render.json.cost import render_cost
from restructure_cli.render.json.diff import render_diff
from restructure_cli.render.json.vacancies import render_vacancies

Both = tuple[Structure, Structure]
MEASURES = ("fte", "filled", "shown", "vacant", "cost")
NOT_THERE = DiffRow("", "", RowKind.POST, None, "", cost=NOTHING)


def figure(row: DiffRow, measure: str) -> TwoSided:
    found = getattr(row, measure)
    return found if isinstance(found, TwoSided) else NOTHING


def changed(both: Both, grades: Grades) -> Diff:
    change = cost(both, grades).change
    assert change is not None
    return change


# A line that joins later is in no current figure and in every proposed one, so it differs from itself by design;
# so does what only a proposal can say (who moves in, a change in place of a figure).
@some
@given(structures(PLAIN), pay())
def test_nothing_changes_against_itself(structure: Structure, grades: Grades) -> None:
    found = changed((structure, structure), grades)
    for row in (*found.rows, *found.outside):
        for measure in MEASURES:
            assert figure(row, measure).change in (None, Decimal(0)), (row.id, measure)
        if row.kind is RowKind.POST:
            assert row.changes == (Change.UNCHANGED,)
        if row in found.rows and row.kind is RowKind.POST and row.vacant.current is not None:
            assert row.vacant.proposed == row.vacant.current, "slack is what is vacant now"
    totals = found.totals
    for total in (totals.fte, totals.filled, totals.shown, totals.vacant, totals.cost):
        assert total is not None
        assert total.change in (None, Decimal(0))


# People are stated on the current side and follow from who moves on the other, so neither they nor vacancies are
# each other's reverse; nor is what `shown` is of a side that counts people.
@some
@given(pairs(replace(PLAIN, counts=(Counts.ESTABLISHED, Counts.AFFECTED))), pay())
def test_back_is_the_reverse_of_there(both: Both, grades: Grades) -> None:
    there, back = changed(both, grades), changed((both[1], both[0]), grades)
    left, right = ({(row.kind, row.id): row for row in (*found.rows, *found.outside)} for found in (there, back))
    for key in {*left, *right}:
        for measure in ("fte", "shown", "cost"):
            forward = figure(left.get(key, NOT_THERE), measure)
            assert reverse(figure(right.get(key, NOT_THERE), measure)) == forward, (key, measure)
    assert there.totals.cost is not None and back.totals.cost is not None
    assert reverse(back.totals.fte) == there.totals.fte
    assert reverse(back.totals.shown) == there.totals.shown
    assert reverse(back.totals.cost) == there.totals.cost


def reverse(figure_: TwoSided) -> TwoSided:
    return TwoSided(figure_.proposed, figure_.current, None if figure_.change is None else -figure_.change)


@some
@given(st.data(), pairs(ANYTHING), pay())
def test_order_in_a_file_means_nothing(data: st.DataObject, both: Both, grades: Grades) -> None:
    again = data.draw(shuffled(both[0])), data.draw(shuffled(both[1]))
    first, second = answers(both, grades), answers(again, data.draw(shuffled_pay(grades)))
    for name, answer in first.items():
        assert second[name] == answer, name


def answers(both: Both, grades: Grades) -> dict[str, Any]:
    """Return what each verb answers in JSON; it names no input, so that there is no hash to differ."""
    current = both[0]
    priced = cost(both, grades)
    moves, now = diff(*both), vacancies(current)
    assert priced.change is not None
    told = {
        "diff": render_diff(moves, {}),
        "diff in money": render_diff(priced.change, {}),
        "vacancies": render_vacancies(now, None, {}),
        "vacancies on implementation": render_vacancies(now, moves, {}),
        "cost": render_cost(cost((current,), grades), {}),
        "cost of both": render_cost(priced, {}),
    }
    return {name: json.loads(text) for name, text in told.items()}
