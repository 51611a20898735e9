"""Whatever the amounts: no need draws more than it lacks, no source is spent twice, and intervals hold the truth."""

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from restructure_cli.analysis.allocation import (
    Allocation,
    allocate,
    between,
    drawn,
    lacking,
    needed,
    paid,
    remaining,
)
from restructure_cli.model.gaps import Payable, Plan
from restructure_cli.model.intervals import UNBOUNDED, Interval, exactly

NEEDS, SOURCES = "abc", "xyz"
pounds = st.integers(0, 12).map(Decimal)


@st.composite
def amounts(draw: st.DrawFn) -> Interval:
    """Draw an amount: exact, rounded, a range, or with one bound only."""
    low, middle, high = sorted(draw(st.tuples(pounds, pounds, pounds)))
    kind = draw(st.sampled_from(["exact", "rounded", "range", "bound"]))
    if kind == "exact":
        return exactly(middle)
    return Interval(middle if kind == "rounded" else None, low, UNBOUNDED if kind == "bound" else high)


@st.composite
def plans(draw: st.DrawFn, bounded: bool = False) -> Plan:
    """Draw a year: up to three needs, up to three sources, who may pay what, and one that may pay the rest."""

    def amount() -> Interval:
        found = draw(amounts())
        return Interval(None, found.low, found.low + 3) if bounded and found.high == UNBOUNDED else found

    needs = tuple((id_, amount()) for id_ in NEEDS[: draw(st.integers(1, 3))])
    sources = []
    for id_ in SOURCES[: draw(st.integers(0, 3))]:
        pays = frozenset(need for need, _ in needs if draw(st.booleans()))
        rest = {need: Decimal(draw(st.sampled_from(["0", "0.5", "1"]))) for need, _ in needs}
        sources.append(Payable(id_, amount(), pays, rest if draw(st.integers(0, 5)) == 0 else None))
    return Plan(needs, tuple(sources))


def chosen(plan: Plan, numbers: list[Decimal]) -> Allocation:
    """Allocate at stated amounts, needs first."""
    ids = [*(id_ for id_, _ in plan.needs), *(source.id for source in plan.sources)]
    at = dict(zip(ids, numbers, strict=True))
    return allocate(plan, lambda id_, _: at[id_], lambda id_, _: at[id_])


@st.composite
def plans_with_amounts(draw: st.DrawFn) -> tuple[Plan, list[Decimal]]:
    """Draw a year, and one way its amounts may be."""
    plan = draw(plans())
    every = [*(amount for _, amount in plan.needs), *(source.amount for source in plan.sources)]
    return plan, [min(one.low + draw(st.integers(0, 12)) * Decimal("0.5"), one.high) for one in every]


@given(plans_with_amounts())
@settings(max_examples=300, deadline=None)
def test_draws_stay_within_needs_and_sources_and_make_the_gap(case: tuple[Plan, list[Decimal]]) -> None:
    plan, numbers = case
    done = chosen(plan, numbers)
    for (need, _), amount in zip(plan.needs, numbers, strict=False):
        drawn_for = sum((drawn for (one, _), drawn in done.draws.items() if one == need), Decimal(0))
        assert drawn_for + done.lacks[need] == amount
        assert 0 <= drawn_for <= amount
    for source, amount in zip(plan.sources, numbers[len(plan.needs) :], strict=True):
        taken = sum((drawn for (_, one), drawn in done.draws.items() if one == source.id), Decimal(0))
        if source.rest is None:
            assert taken + done.left[source.id] == amount and done.left[source.id] >= 0
        assert all(need in source.pays for need, one in done.draws if one == source.id)


@given(plans_with_amounts(), st.sets(st.sampled_from(NEEDS)), st.sets(st.sampled_from(SOURCES)))
@settings(max_examples=400, deadline=None)
def test_every_interval_holds_whatever_the_amounts_turn_out_to_be(
    case: tuple[Plan, list[Decimal]], needs: set[str], sources: set[str]
) -> None:
    plan, numbers = case
    done = chosen(plan, numbers)
    needs &= {id_ for id_, _ in plan.needs}
    sources &= {source.id for source in plan.sources}
    true = {
        "lacking": (lacking(plan, needs), sum(done.lacks[need] for need in needs)),
        "paid": (paid(plan, needs), sum(drawn for (need, _), drawn in done.draws.items() if need in needs)),
        "drawn": (drawn(plan, sources), sum(drawn for (_, one), drawn in done.draws.items() if one in sources)),
        "between": (
            between(plan, needs, sources),
            sum(drawn for (need, one), drawn in done.draws.items() if need in needs and one in sources),
        ),
        **{one: (remaining(plan, one), done.left[one]) for one in sources},
    }
    for name, (interval, figure) in true.items():
        assert interval.low <= figure <= interval.high, name
        assert interval.value is None or interval.low <= interval.value <= interval.high, name


@given(plans(bounded=True))
@settings(max_examples=150, deadline=None)
def test_the_ends_of_the_gap_are_reached_and_no_wider(plan: Plan) -> None:
    every = [*(amount for _, amount in plan.needs), *(source.amount for source in plan.sources)]
    ids = {id_ for id_, _ in plan.needs}
    corners = [sum(chosen(plan, list(corner)).lacks.values()) for corner in product(*((a.low, a.high) for a in every))]
    assert lacking(plan, ids)[1:] == (min(corners), max(corners))
    paying = [sum(chosen(plan, list(corner)).draws.values()) for corner in product(*((a.low, a.high) for a in every))]
    assert paid(plan, ids)[1:] == (min(paying), max(paying))


@given(plans(), st.integers(0, 5), st.integers(1, 5))
@settings(max_examples=200, deadline=None)
def test_more_need_never_means_less_gap_and_more_money_never_more(plan: Plan, which: int, more: int) -> None:
    ids = {id_ for id_, _ in plan.needs}
    before = lacking(plan, ids)
    number = which % len(plan.needs)
    needs = [(id_, _more(amount, more) if at == number else amount) for at, (id_, amount) in enumerate(plan.needs)]
    needier = lacking(Plan(tuple(needs), plan.sources), ids)
    assert needier.low >= before.low and needier.high >= before.high
    if plan.sources:
        number = which % len(plan.sources)
        richer = [one._replace(amount=_more(one.amount, more)) if at == number else one
                  for at, one in enumerate(plan.sources)]  # fmt: skip
        after = lacking(Plan(plan.needs, tuple(richer)), ids)
        assert after.low <= before.low and after.high <= before.high


def _more(amount: Interval, more: int) -> Interval:
    return Interval(None if amount.value is None else amount.value + more, amount.low + more, amount.high + more)


@given(plans(), st.permutations(range(3)), st.permutations(range(3)))
@settings(max_examples=200, deadline=None)
def test_where_any_source_may_pay_any_need_the_order_changes_no_total(
    plan: Plan, of_needs: list[int], of_sources: list[int]
) -> None:
    ids = frozenset(id_ for id_, _ in plan.needs)
    free = [one._replace(pays=ids, rest=None) for one in plan.sources]
    shuffled = Plan(
        tuple(plan.needs[number] for number in of_needs if number < len(plan.needs)),
        tuple(free[number] for number in of_sources if number < len(free)),
    )
    straight = Plan(plan.needs, tuple(free))
    assert lacking(shuffled, ids) == lacking(straight, ids)
    assert paid(shuffled, ids) == paid(straight, ids)
    assert needed(shuffled, ids) == needed(straight, ids)
