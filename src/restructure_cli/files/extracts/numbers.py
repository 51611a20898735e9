"""Numbers of spreadsheets, which are binary fractions, as the decimals that were meant."""

from decimal import Decimal

_MOST_DIGITS = 15
"""Digits that Excel itself tells apart and shows."""


def number_text(number: float) -> str:
    """Write a number of Excel's: the shortest decimal that is the same number, at most fifteen digits."""
    shortest = Decimal(repr(number))
    if len(shortest.as_tuple().digits) > _MOST_DIGITS:
        shortest = Decimal(f"{number:.{_MOST_DIGITS}g}")
    text = f"{shortest:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
