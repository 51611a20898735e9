"""What an entry of a funding file comes to in a year: its dates, part years, units and rates, totals, and doubts."""

from decimal import Decimal
from pathlib import Path

import pytest
from files_of_funding import gap_of, pounds


def amounts(folder: Path, entry: str, first: str = "2024-25", number: int = 3) -> list[str]:
    """Return what a need comes to, year by year; another need fixes the first year of the file."""
    file = (
        f"needs:\n  it: {{title: It, {entry}}}\n  other: {{title: Other, amount: £1, from: 2024-25, recurrent: true}}\n"
    )
    found = gap_of(folder, file, first, number)
    return [pounds(need.year.amount.whole) for year in found.years for need in year.needs if need.need.id == "it"]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("amount: £12k, from: 2024-25, recurrent: true", "12,000 | 12,000 | 12,000"),
        ("amount: £12k, recurrent: true", "12,000 | 12,000 | 12,000"),
        ("amount: £12k, from: 2025-26, recurrent: true", "0 | 12,000 | 12,000"),
        ("amount: £12k, from: 2024-25, until: 2025-26", "12,000 | 12,000 | 0"),
        ("amount: £12k, from: 2024-10, until: 2025-09", "6,000 | 6,000 | 0"),
        ("amount: £12k, from: 2024-09-16, recurrent: true", "6,500 | 12,000 | 12,000"),  # half of September
        ("amount: £12k, from: 2025-26, recurrent: false", "0 | 12,000 | 0"),
        ("amount: £12k, from: 2025-10, recurrent: false", "0 | 12,000 | 0"),  # one payment, whole
        ("amount: £12k, recurrent: false", "12,000 | 0 | 0"),
        ("amount: £12k, recurrent: false, until: 2025-26", "12,000 | 12,000 | 0"),
        ("amount: £12k, from: 2024-25", "12,000 | ? [0, 12,000] | ? [0, 12,000]"),  # goes on, or does not
        ("amount: £12k, from: 2025-10", "0 | 6,000 | ? [0, 12,000]"),
    ],
)
def test_an_amount_is_a_years_from_its_beginning_to_its_end(tmp_path: Path, entry: str, told: str) -> None:
    assert " | ".join(amounts(tmp_path, entry)) == told


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("rate: £400, units: 20, per: week", "417,142.86"),  # 365/7 weeks
        ("rate: £30, times: 365", "10,950"),
        ("rate: £30, per: day", "10,950"),
        ("rate: £250, units: 2, per: month", "6,000"),
        ("amount: £1,000, per: month", "12,000"),
        ("rate: £0.4k, units: 20, per: week", "417,142.86 [365,000, 469,285.71]"),
        ("amount: £0.506m-£1.238m", "? [505,500, 1,238,500]"),
        ('amount: ">£2.143m"', "? [2,143,000, ∞]"),
        ('amount: "<£2m"', "? [0, 2,000,000]"),
        ("amount: ~£15m", "15,000,000 [14,500,000, 15,500,000]"),
        ("amount: £0.0m", "0 [0, 50,000]"),  # nothing is needed below nil
        ("rate: £400", "400"),
        ("units: 20", "? [0, ∞]"),
        ("amount: ", "? [0, ∞]"),
    ],
)
def test_units_times_rate_and_figures_good_to_their_digits(tmp_path: Path, entry: str, told: str) -> None:
    quoted = entry.replace("amount: £1,000", 'amount: "£1,000"')
    assert amounts(tmp_path, f"{quoted}, from: 2024-25, recurrent: true", number=1) == [told]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("total: £100, from: 2024-25, until: 2026-27", "33.33 | 33.34 | 33.33"),
        ("total: £100, from: 2024-10, until: 2025-26", "33.33 | 66.67 | 0"),
        ("total: £100, from: 2025-26, recurrent: false", "0 | 100 | 0"),
        ("total: £100, from: 2024-25", "? [0, ∞] | ? [0, ∞] | ? [0, ∞]"),  # over which years nobody says
    ],
)
def test_a_total_is_spread_over_its_years_and_they_add_up_to_it(tmp_path: Path, entry: str, told: str) -> None:
    assert " | ".join(amounts(tmp_path, entry)) == told


def test_what_is_not_known_is_named_with_the_reason(tmp_path: Path) -> None:
    file = """
needs:
  cover: {title: Cover, from: 2024-25, until: 2024-25}
  grant: {title: Grant, amount: £5, from: 2024-25}
  spread: {title: Spread, total: £5, from: 2024-25, recurrent: true}
  change: {title: Change, amount: change.cost, from: 2024-25}
"""
    found = gap_of(tmp_path, file, "2024-25", 2)
    why = [{entry.year.why_not for entry in year.missing} for year in found.years]
    assert why[0] == {
        "the amount is not stated",
        "not said over which years its total is spread",
        "two structures and a grades file are needed to price it",
    }
    assert "not said whether it goes on" in why[1]
    assert "the amount is not stated" not in why[1]
    assert not found.complete


def test_an_unknown_amount_is_never_nil(tmp_path: Path) -> None:
    found = gap_of(
        tmp_path, "needs:\n  cover: {title: Cover, from: 2024-25}\n  it: {title: It, amount: £5}\n", "2024-25"
    )
    (year,) = found.years
    assert pounds(year.need.whole) == "? [5, ∞]"
    assert pounds(year.gap.whole) == "? [5, ∞]"
    assert year.gap.known.value == Decimal(5)
