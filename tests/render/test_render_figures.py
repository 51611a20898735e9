"""A figure is printed exactly, whatever its column asks for."""

from decimal import Decimal

import pytest

from restructure_cli.model.report import Cell, Column, Kind, Mark
from restructure_cli.render.figures import column_decimals, plain, printed


def as_column(kind: Kind, *cells: Cell | int) -> list[str]:
    values = [Decimal(cell) if isinstance(cell, int) else cell for cell in cells]
    decimals = column_decimals(Column("Column", kind), values)
    return [printed(cell, kind, decimals) for cell in values]


def test_fte_takes_the_decimals_of_the_cell_that_needs_most() -> None:
    cells = (Decimal("20.89"), 31, Decimal("31.00"), Decimal("0.5"))
    assert as_column(Kind.FTE, *cells) == ["20.89", "31.00", "31.00", "0.50"]


def test_noughts_at_the_end_ask_for_no_decimals() -> None:
    assert as_column(Kind.FTE, Decimal("31.00"), Decimal("4.0")) == ["31", "4"]


def test_fte_is_exact_to_its_last_decimal() -> None:
    assert as_column(Kind.FTE, Decimal("0.6486486"), 1) == ["0.6486486", "1.0000000"]


def test_money_is_in_pounds_until_one_cell_has_pence() -> None:
    assert as_column(Kind.MONEY, 2450000, Decimal("-2648.00")) == ["2,450,000", "−2,648"]
    assert as_column(Kind.MONEY, 2450000, Decimal("-2648.5")) == ["2,450,000.00", "−2,648.50"]


@pytest.mark.parametrize("kind", [Kind.MONEY, Kind.CHANGE_MONEY])
def test_money_finer_than_a_penny_is_our_bug(kind: Kind) -> None:
    with pytest.raises(ValueError, match=r"'Column' holds 5496\.125"):
        as_column(kind, Decimal("5496.125"), 2)


def test_a_change_carries_its_sign_and_nought_has_none() -> None:
    assert as_column(Kind.CHANGE_FTE, Decimal("10.11"), -2, 0) == ["+10.11", "−2.00", "0.00"]
    assert as_column(Kind.CHANGE_MONEY, 5496, Decimal("-0.00")) == ["+5,496", "0"]


def test_what_is_not_a_change_has_no_plus() -> None:
    assert as_column(Kind.COUNT, 1200, -3) == ["1,200", "−3"]


def test_a_percentage_has_one_decimal_or_more_where_it_is_finer() -> None:
    assert as_column(Kind.PERCENT, 4, Decimal("19.8")) == ["4.0", "19.8"]
    assert as_column(Kind.PERCENT, Decimal("13.75"), 4) == ["13.75", "4.00"]


def test_marks_are_signs_and_words_of_the_same_spelling_are_words() -> None:
    assert as_column(Kind.FTE, Mark.UNKNOWN, Mark.ABSENT, Mark.BLANK) == ["?", "–", ""]
    assert as_column(Kind.TEXT, "unknown", "absent", "blank") == ["unknown", "absent", "blank"]


def test_a_figure_among_words_is_left_as_it_is() -> None:
    assert as_column(Kind.TEXT, 2024, Decimal("-19.80"), "H") == ["2024", "−19.80", "H"]


def test_no_figure_is_rounded_by_the_decimal_context() -> None:
    long = Decimal("-1234567890123456789012345678901234567890.25")
    assert as_column(Kind.MONEY, long) == ["−1,234,567,890,123,456,789,012,345,678,901,234,567,890.25"]


@pytest.mark.parametrize(
    ("figure", "written"),
    [("1E+3", "1000"), ("-2648", "-2648"), ("-0.00", "0.00"), ("31.00", "31.00"), ("1E-7", "0.0000001")],
)
def test_plain_has_no_exponent_and_no_negative_nought(figure: str, written: str) -> None:
    assert plain(Decimal(figure)) == written


@pytest.mark.parametrize("figure", ["NaN", "Infinity"])
def test_what_is_no_figure_is_refused(figure: str) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        plain(Decimal(figure))
