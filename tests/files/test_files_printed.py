"""Printed figures: what each way of writing stands for in a sum, and which computed figures agree with it."""

from decimal import Decimal

import pytest

from restructure_cli.files.printed import money, printed
from restructure_cli.files.scalars import Unreadable
from restructure_cli.model.printed import Unit


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("£5.5m", "5450000", "5550000"),
        ("£2.450m", "2449500", "2450500"),
        ("~£15m", "14500000", "15500000"),
        ("£592k", "592000", "592000"),
        ("£86,000", "86000", "86000"),
        ("20.89", "20.89", "20.89"),
        ("16.2%", "0.162", "0.162"),
        ("£0.506m-£1.238m", "505500", "1238500"),
        (">£2.143m", "2143000", "Infinity"),
        ("<=5", "-Infinity", "5"),
    ],
)
def test_only_rounded_money_ranges_and_bounds_leave_doubt_in_a_sum(text: str, low: str, high: str) -> None:
    figure = printed(text).interval
    assert (figure.low, figure.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "agreeing", "not_agreeing"),
    [
        ("20.89", "20.885 20.8949", "20.8951 20.88"),
        ("31", "31 31.0", "31.01 30.99"),
        ("£5,496", "5496", "5494 5496.01"),
        ("~17", "16.5 17.4", "17.6"),
        ("£0.417m", "417142.86 416500", "416499 417501"),
        ("16%", "0.155 0.1649", "0.17"),
        (">£2.143m", "2143000.01", "2143000"),
        (">=5", "5 6", "4.99"),
        ("£0.5m-£1.2m", "450000 800000 1250000", "449999 1250001"),
    ],
)
def test_a_figure_agrees_with_what_rounds_to_it_and_whole_figures_only_with_themselves(
    text: str, agreeing: str, not_agreeing: str
) -> None:
    figure = printed(text)
    assert all(figure.agrees(Decimal(computed)) for computed in agreeing.split())
    assert not any(figure.agrees(Decimal(computed)) for computed in not_agreeing.split())


def test_money_may_leave_out_its_pound_sign() -> None:
    assert money("2450000") == money("£2450000")._replace(text="2450000")
    assert printed("2450000").unit is Unit.NUMBER


@pytest.mark.parametrize(
    "text", ["", "about five", "1e3", "1_000", "٣", "£1-£2-£3", ">>5", "> £1m-£2m", "£3m-£2m", "£50.680"]
)
def test_what_is_no_printed_figure_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        printed(text)


def test_a_share_is_no_money() -> None:
    with pytest.raises(Unreadable):
        money("3%")


@pytest.mark.parametrize(
    ("low", "high", "agrees"),
    [
        ("505500", "1238500", True),
        ("506000", "1238000", True),
        ("506500", "1238500", False),
        ("600000", "900000", False),
    ],
)
def test_a_computed_range_prints_as_the_one_whose_ends_it_rounds_to(low: str, high: str, agrees: bool) -> None:
    assert printed("£0.506m-£1.238m").agrees_with_range(Decimal(low), Decimal(high)) is agrees


def test_a_computed_bound_agrees_with_a_weaker_one() -> None:
    assert printed(">£2m").agrees_with_range(Decimal("2143000"), Decimal("Infinity"))
    assert not printed(">£3m").agrees_with_range(Decimal("2143000"), Decimal("Infinity"))
