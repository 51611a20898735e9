"""Figures are read exactly as they are written, or refused with what was expected and what to do; never guessed."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restructure_cli.files import scalars
from restructure_cli.files.scalars import Unreadable
from restructure_cli.model.grades import Span
from restructure_cli.model.periods import FinancialYear, Moment

Reader = Callable[[str], Any]
READERS: dict[str, Reader] = {
    "number": scalars.number,
    "amount": scalars.amount,
    "whole_number": scalars.whole_number,
    "money": scalars.money,
    "rate": scalars.rate,
    "hours": scalars.hours,
    "moment": scalars.moment,
    "year": scalars.year,
    "scp": scalars.scp,
    "scp_span": scalars.scp_span,
    "salary_span": scalars.salary_span,
}


def same(found: Decimal, expected: str) -> bool:
    """Whether two figures are the same to the last printed digit."""
    return found.as_tuple() == Decimal(expected).as_tuple()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("2", "2"),
        ("10.50", "10.50"),
        ("-0.61", "-0.61"),
        ("+3", "3"),
        ("1,234,567.8", "1234567.8"),
        ("007", "7"),
        ("999999999999999", "999999999999999"),
        ("0.00000000000001", "0.00000000000001"),
    ],
)
def test_a_number_is_read_to_its_last_digit(text: str, value: str) -> None:
    assert same(scalars.number(text), value)


@pytest.mark.parametrize(
    ("text", "pounds", "half"),
    [
        ("£30", "30", "0.5"),
        ("£30.50", "30.50", "0.005"),
        ("£86,000", "86000", "0.5"),
        ("2450000", "2450000", "0.5"),
        ("-2648", "-2648", "0.5"),
        ("-£2,648", "-2648", "0.5"),
        ("£-2,648", "-2648", "0.5"),
        ("+£5", "5", "0.5"),
        ("592k", "592000", "500"),
        ("£2.450m", "2450000", "500"),
        ("£5.5m", "5500000", "50000"),
        ("£28.000m", "28000000", "500"),
        ("£5.5 m", "5500000", "50000"),
        (" £30 ", "30", "0.5"),
        ("~£1,200", "1200", "50"),
        ("~£1.5m", "1500000", "50000"),
    ],
)
def test_money_is_exact_and_knows_its_last_printed_digit(text: str, pounds: str, half: str) -> None:
    found, half_digit = scalars.money(text)
    assert found == Decimal(pounds)
    assert half_digit == Decimal(half)


@pytest.mark.parametrize(
    ("text", "fraction"),
    [("19.8%", "0.198"), ("4 %", "0.04"), ("-1.5%", "-0.015"), ("100%", "1"), ("0.000001%", "0.00000001")],
)
def test_a_rate_is_a_fraction(text: str, fraction: str) -> None:
    assert scalars.rate(text) == Decimal(fraction)


@pytest.mark.parametrize(
    ("text", "hours"), [("29:36", "29.6"), ("0:30", "0.5"), ("29.6", "29.6"), ("37", "37"), ("168", "168")]
)
def test_hours_are_written_both_ways(text: str, hours: str) -> None:
    assert scalars.hours(text) == Decimal(hours)


@pytest.mark.parametrize(
    ("text", "moment"),
    [("2024-05-01", Moment(2024, 5, 1)), ("2023-01", Moment(2023, 1)), ("2024-02-29", Moment(2024, 2, 29))],
)
def test_a_date_is_a_day_or_a_month(text: str, moment: Moment) -> None:
    assert scalars.moment(text) == moment
    assert str(scalars.moment(text)) == text


@pytest.mark.parametrize("text", ["2024-25", "1999-00", "2099-00", "1900-01", "2200-01"])
def test_a_financial_year_names_both_its_years(text: str) -> None:
    assert scalars.year(text) == FinancialYear(int(text[:4]))
    assert str(scalars.year(text)) == text


@pytest.mark.parametrize(
    ("reader", "text", "low", "high"),
    [
        (scalars.scp_span, "25-28", "25", "28"),
        (scalars.scp_span, "25 – 28", "25", "28"),
        (scalars.scp_span, "31", "31", "31"),
        (scalars.salary_span, "£61,000-£68,000", "61000", "68000"),
        (scalars.salary_span, "£61,000 – £68,000", "61000", "68000"),
        (scalars.salary_span, "£35,235", "35235", "35235"),
    ],
)
def test_a_range_has_both_its_ends(reader: Reader, text: str, low: str, high: str) -> None:
    assert reader(text) == Span(Decimal(low), Decimal(high))


def test_true_and_false_are_the_only_words_of_their_kind() -> None:
    assert scalars.boolean("true") is True
    assert scalars.boolean("false") is False


REFUSED = [
    ("number", "about 3", "a number", "write the figure alone"),
    ("number", "two", "a number", "in digits"),
    ("number", "", "a number", "leave the value empty"),
    ("number", "1e3", "a number", "without an exponent"),
    ("number", "1e999999999", "a number", "without an exponent"),
    ("number", "1E+2", "a number", "without an exponent"),
    ("number", "1_000", "a number", "write thousands with commas"),
    ("number", "٣", "a number", "use the digits 0 to 9"),
    ("number", "２", "a number", "use the digits 0 to 9"),
    ("number", "1,00", "a number", "write the figure alone"),
    ("number", "1,0000", "a number", "write the figure alone"),
    ("number", "1.", "a number", ""),
    ("number", ".5", "a number", ""),
    ("number", "--1", "a number", ""),
    ("number", "1 000", "a number", ""),
    ("number", "1.2.3", "a number", ""),
    ("number", "0x1F", "a number", ""),
    ("number", "½", "a number", ""),
    ("number", "NaN", "a number", ""),
    ("number", "Infinity", "a number", ""),
    ("number", "£2", "a number", "leave out the £"),
    ("number", "TBC", "a number", "leave the value empty"),
    ("number", "n/a", "a number", "leave the value empty"),
    ("number", "“2”", "a number", "curly quotes"),
    ("number", "1234567890123456", "a number", "at most 15 digits"),
    ("number", "0.3333333333333333", "a number", "at most 15 digits"),
    ("amount", "-1", "nil or more", "only a change"),
    ("whole_number", "2.5", "a whole number", "FTE go under"),
    ("whole_number", "-1", "nil or more", "only a change"),
    ("money", "£50.680", "two decimals", "£50,680"),
    ("money", "£50,000-£60,000", "money", "only in funding and claims"),
    ("money", ">£2.143m", "money", "only in funding and claims"),
    ("money", "-£-5", "money", ""),
    ("money", "£5bn", "money", ""),
    ("money", "$5", "money", ""),
    ("money", "£1e3", "money", "without an exponent"),
    ("money", "£1_000", "money", "write thousands with commas"),
    ("money", "£٣", "money", "use the digits 0 to 9"),
    ("rate", "19.8", "a rate", "write 19.8%"),
    ("rate", "0.198", "a rate", "write 19.8% for a share of 0.198, or 0.198% if that is meant"),
    ("rate", "1e1%", "a rate", "without an exponent"),
    ("rate", "1000%", "a rate", ""),
    ("hours", "29:60", "a number", ""),
    ("hours", "168.5", "168 at most", ""),
    ("hours", "999:59", "168 at most", ""),
    ("hours", "-1", "nil or more", ""),
    ("moment", "01/09/2024", "a date", "write 2024-09-01"),
    ("moment", "1.9.2024", "a date", "write 2024-09-01"),
    ("moment", "2024-02-30", "a date", "2024-02 has 29 days"),
    ("moment", "2023-02-29", "a date", "2023-02 has 28 days"),
    ("moment", "2024-25", "a date", "2024-25 begins with 2024-04-01 and ends with 2025-03-31"),
    ("moment", "2024-00", "a date", ""),
    ("moment", "2024", "a date", "write the year first"),
    ("moment", "1 September 2024", "a date", "write the year first"),
    ("moment", "0001-01-01", "a date", ""),
    ("moment", "٢٠٢٤-05", "a date", "use the digits 0 to 9"),
    ("year", "2025", "a financial year", "write 2025-26"),
    ("year", "2025/26", "a financial year", "write 2025-26"),
    ("year", "2024-26", "a financial year", "write 2024-25"),
    ("year", "next", "a financial year", ""),
    ("year", "9999-00", "a financial year", ""),
    ("year", "0001-02", "a financial year", ""),
    ("moment", "9999-12-31", "a date", ""),
    ("scp", "1000", "a spinal column point", ""),
    ("scp", "25.5", "a whole number", ""),
    ("scp_span", "28-25", "the lower first", "write 25-28"),
    ("scp_span", "25-28-30", "a range of points", ""),
    ("scp_span", "25-", "a number", ""),
    ("salary_span", "£68,000-£61,000", "the lower first", "£61,000-£68,000"),
    ("salary_span", "-£5", "a salary", ""),
]


@pytest.mark.parametrize(("reader", "text", "expected", "hint"), REFUSED)
def test_what_is_refused_says_what_was_expected_and_what_to_do(
    reader: str, text: str, expected: str, hint: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        READERS[reader](text)
    assert expected in refused.value.expected
    assert hint in refused.value.hint


@pytest.mark.parametrize("text", ["yes", "no", "True", "TRUE", "1", "on", ""])
def test_other_words_are_not_true_or_false(text: str) -> None:
    with pytest.raises(Unreadable):
        scalars.boolean(text)


def test_yes_and_no_are_told_what_to_write() -> None:
    for text, word in (("yes", "true"), ("No", "false"), ("TRUE", "true")):
        with pytest.raises(Unreadable) as refused:
            scalars.boolean(text)
        assert refused.value.hint == f"write {word}"


@st.composite
def decimal_texts(draw: st.DrawFn) -> str:
    """Write any decimal of up to fifteen digits, with or without a point and thousands commas."""
    digits = draw(st.text("0123456789", min_size=1, max_size=15))
    point = draw(st.integers(1, len(digits)))
    whole, fraction = digits[:point], digits[point:]
    if draw(st.booleans()):
        whole = f"{int(whole):,}"
    return draw(st.sampled_from(["", "+", "-"])) + whole + (f".{fraction}" if fraction else "")


@given(decimal_texts())
def test_any_decimal_of_fifteen_digits_reads_exactly(text: str) -> None:
    assert same(scalars.number(text), text.replace(",", ""))


@given(decimal_texts())
def test_half_of_the_last_digit_is_what_rounding_allows(text: str) -> None:
    figure = scalars.number(text)
    half = scalars.half_digit(figure)
    assert half > 0
    assert 2 * half == Decimal(1).scaleb(int(figure.as_tuple().exponent))


@given(decimal_texts(), st.sampled_from("eE_٣३３²½"), st.data())
def test_no_exponent_underscore_or_other_digit_is_ever_read(text: str, mark: str, data: st.DataObject) -> None:
    where = data.draw(st.integers(0, len(text)))
    damaged = text[:where] + mark + text[where:]
    for reader in READERS.values():
        with pytest.raises(Unreadable):
            reader(damaged)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    for reader in (*READERS.values(), scalars.boolean):
        try:
            reader(text)
        except Unreadable as refused:
            assert refused.expected


@given(st.text("0123456789.,-£mk%~:- ", max_size=20))
def test_what_looks_like_a_figure_is_never_more_than_fifteen_digits(text: str) -> None:
    try:
        value = scalars.number(text)
    except Unreadable:
        return
    assert len(value.as_tuple().digits) <= scalars.MOST_DIGITS
    assert same(value, text.replace(",", ""))
