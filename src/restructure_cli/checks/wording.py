"""How messages write figures, name several posts, and say what FTE they have together."""

from collections.abc import Iterable
from decimal import Decimal

from restructure_cli.model.quantities import ZERO
from restructure_cli.model.structures import Post

MOST_NAMED = 6


def number(figure: Decimal) -> str:
    """Write a figure as it is, without trailing noughts or exponent."""
    return f"{figure.normalize():f}"


def pounds(figure: Decimal) -> str:
    """Write £ as one would type it into a file: whole pounds, or pence where there are any."""
    sign, size = "-" if figure < 0 else "", abs(figure)
    return f"{sign}£{size:,.0f}" if size == size.to_integral_value() else f"{sign}£{size:,.2f}"


def named(posts: Iterable[Post]) -> str:
    """Name posts by their ids, the first few where there are many."""
    ids = [post.id for post in posts]
    more = len(ids) - MOST_NAMED
    return ", ".join(ids[:MOST_NAMED]) + (f" and {more} other{'s' if more > 1 else ''}" if more > 0 else "")


def together(figures: Iterable[Decimal | None]) -> str:
    """Write the FTE that several posts have together; what is not known is said to be more, and never nil."""
    every = list(figures)
    there = [figure for figure in every if figure is not None]
    if not there:
        return "FTE not known,"
    total = f"{number(sum(there, ZERO))} FTE"
    return total if len(there) == len(every) else f"{total}, and more that is not known,"
