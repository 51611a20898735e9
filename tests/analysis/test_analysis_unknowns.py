"""Unknown is never nil: take a figure out of a file, and its total is a known part, and no other total moves."""

from decimal import Decimal

import worked
from hypothesis import assume, given
from hypothesis import strategies as st
from structures_made import COMPLETE, pairs, pay, some, stated, structures, with_posts
from worked import figure, post, structure

from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.diff import diff
from restructure_cli.analysis.vacancies import vacancies
from restructure_cli.model.costs import CostTotals
from restructure_cli.model.grades import Grade, Grades, Span
from restructure_cli.model.quantities import Quantity
from restructure_cli.model.structures import TERM_TIME, Control, Post, Structure

UNKNOWN = Quantity(None)


def without(structure_: Structure, id_: str, key: str) -> Structure:
    """Return a structure in which one figure of a post is stated as unknown."""
    one = structure_.posts[id_]
    left = one._replace(fte=UNKNOWN) if key == "fte" else one._replace(filled=UNKNOWN)
    return with_posts(structure_, {**structure_.posts, id_: left})


def some_post(data: st.DataObject, structure_: Structure) -> Post:
    return structure_.posts[data.draw(st.sampled_from(sorted(structure_.posts)))]


def costs_of(structure_: Structure, grades: Grades) -> CostTotals:
    return cost((structure_,), grades).structures[0].years[0].totals


@some
@given(st.data(), structures(COMPLETE, least_posts=1))
def test_a_missing_figure_leaves_a_known_part(data: st.DataObject, whole: Structure) -> None:
    left_out = some_post(data, whole)
    before = vacancies(whole).totals
    assert before.fte.complete and before.filled.complete and before.vacant.complete
    for key, other in (("fte", "filled"), ("filled", "fte")):
        after = vacancies(without(whole, left_out.id, key))
        total, was = getattr(after.totals, key), getattr(before, key)
        assert not total.complete
        assert total.value == was.value - getattr(left_out, key).value
        assert getattr(after.totals, other) == getattr(before, other)
        assert not after.totals.vacant.complete
        assert {gap.measure for gap in after.missing if left_out.id in gap.ids} >= {key, "vacant"}


@some
@given(st.data(), pairs(COMPLETE))
def test_a_diff_names_what_is_missing_and_moves_nothing_else(
    data: st.DataObject, both: tuple[Structure, Structure]
) -> None:
    current, proposed = both
    assume(current.posts)
    left_out = some_post(data, current)
    whole, found = diff(current, proposed), diff(without(current, left_out.id, "fte"), proposed)
    assert ("fte", "current") in {(gap.measure, gap.side) for gap in found.missing if left_out.id in gap.ids}
    assert not found.complete
    assert found.totals.filled == whole.totals.filled
    assert found.totals.vacant.proposed == whole.totals.vacant.proposed
    assert found.totals.fte.proposed == whole.totals.fte.proposed


@some
@given(st.data(), structures(COMPLETE, least_posts=1), pay())
def test_a_cost_without_a_figure_is_a_known_part(data: st.DataObject, whole: Structure, grades: Grades) -> None:
    posts = {id_: one._replace(cost=None, weeks=None, scp=None, grade=("G2",)) for id_, one in whole.posts.items()}
    bare = with_posts(whole, posts)._replace(costs={})
    left_out = some_post(data, bare)
    assume(left_out.fte is not None and left_out.fte.value)
    before, after = costs_of(bare, grades), costs_of(without(bare, left_out.id, "fte"), grades)
    assert before.headline.complete
    assert not after.headline.complete
    assert after.headline.value < before.headline.value


@some
@given(st.data(), structures(COMPLETE, least_posts=1), pay())
def test_a_published_total_makes_a_missing_figure_good(data: st.DataObject, whole: Structure, grades: Grades) -> None:
    grades = grades._replace(vacancy_factor=None)  # a line of its own, outside every published total
    governed = whole._replace(control=Control(fte=stated(Decimal(500)), cost=stated(Decimal(90_000_000))))
    left_out = some_post(data, governed)
    before, after = costs_of(governed, grades), costs_of(without(governed, left_out.id, "fte"), grades)
    assert (after.fte, after.headline) == (before.fte, before.headline)
    assert after.fte.complete and after.headline.complete


def test_a_grade_without_a_price_is_not_free() -> None:
    one = structure(post("p", "1", grade=("G",)), post("q", "1", cost=figure("5")))
    year = cost((one,), worked.pay({"G": Grade("G")})).structures[0].years[0]
    assert year.totals.headline.value == Decimal(5)
    assert not year.totals.headline.complete
    assert [row.id for row in year.rows if row.price is None and "G" in row.why_not] == ["p"]


def test_weeks_that_nobody_published_are_not_a_whole_year() -> None:
    grades = worked.pay({"G": Grade("G", salary=Span(Decimal(20_000), Decimal(30_000)))})
    for weeks in (UNKNOWN, TERM_TIME):
        year = cost((structure(post("p", "1", grade=("G",), weeks=weeks)),), grades).structures[0].years[0]
        assert not year.totals.headline.complete
        assert [row.id for row in year.rows if row.price is None and "weeks" in row.why_not] == ["p"]
