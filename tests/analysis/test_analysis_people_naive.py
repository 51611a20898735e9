"""People as the tool counts them are people as a naive second count has them: none is lost, and none is there twice."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, event, given
from naive_people import Count, Number, count
from structures_made import ANYTHING, more, pairs

from restructure_cli.analysis.diff import diff
from restructure_cli.checks.catalogue import findings
from restructure_cli.checks.rule import Subject
from restructure_cli.model.results import Diff
from restructure_cli.model.structures import Structure

Both = tuple[Structure, Structure]
WITHOUT_TOTALS = replace(ANYTHING, controls=False, partly=2)
"""A published total would stand in the place of the sum of people."""


def counted_once(both: Both) -> tuple[Diff, Count]:
    """Count people twice over, where no check says that the files have somebody in two places."""
    current, proposed = both
    codes = {finding.rule.code for finding in findings(Subject(proposed, current))}
    assume(codes.isdisjoint({"MOV301", "MOV302", "MOV304"}))
    return diff(current, proposed), count(current, proposed)


def same(figure: Decimal | None, other: Number) -> bool:
    return (None if figure is None else Fraction(figure)) == other


@more
@given(pairs(WITHOUT_TOTALS, least_posts=3))
def test_pools_are_the_groups_of_a_naive_count(both: Both) -> None:
    found, naive = counted_once(both)
    pools = Counter((fraction(pool.filled), fraction(pool.fte), fraction(pool.slack)) for pool in found.pools)
    assert pools == Counter((one.people, one.places, one.left) for one in naive.groups)


def fraction(figure: Decimal | None) -> Number:
    return None if figure is None else Fraction(figure)


@more
@given(pairs(WITHOUT_TOTALS, least_posts=3))
def test_the_displaced_the_filled_and_the_vacant_are_those_of_a_naive_count(both: Both) -> None:
    found, naive = counted_once(both)
    gaps = {gap.measure for gap in found.missing if gap.side == "proposed"}
    displaced = found.totals.displaced
    assert displaced.complete == (naive.displaced is not None)
    assert not displaced.complete or same(displaced.value, naive.displaced)
    for measure, other in (("vacant", naive.vacant), ("filled", naive.filled)):
        event(f"{measure} {'known' if other is not None else 'unknown'}")
        assert (measure in gaps) == (other is None), measure
        assert other is None or same(getattr(found.totals, measure).proposed, other), measure
