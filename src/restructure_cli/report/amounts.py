"""How amounts that are rounded, bounded or unknown stand in a cell and in a sentence."""

from collections.abc import Callable
from decimal import Decimal

from restructure_cli.model.gaps import Reckoned
from restructure_cli.model.intervals import Interval
from restructure_cli.model.report import Cell, Mark
from restructure_cli.report.wording import pounds


def amount(figure: Reckoned) -> Cell:
    """Show an amount; where only a part is known that part, where nothing is `?`."""
    if figure.complete:
        return part(figure.whole)
    return part(figure.known) if figure.known.high or figure.known.low else Mark.UNKNOWN


def part(figure: Interval) -> Cell:
    """Show a figure, or its bounds where it has no single value."""
    if figure.value is not None:
        return figure.value
    return between(figure).replace("£", "") if figure.low.is_finite() else Mark.UNKNOWN


def between(figure: Interval, write: Callable[[Decimal], str] = pounds) -> str:
    """Write the bounds of a figure, each as `write` does."""
    if figure.low.is_infinite() and figure.high.is_infinite():
        return "not known"
    if figure.high.is_infinite():
        return f"{write(figure.low)} or more"
    if figure.low.is_infinite():
        return f"{write(figure.high)} or less"
    return f"{write(figure.low)} to {write(figure.high)}"


def in_doubt(figure: Reckoned) -> bool:
    """Whether there are bounds to tell beside a value."""
    bounds = figure.bounds
    finite = bounds.low.is_finite() and bounds.high.is_finite()
    return finite and bounds.low != bounds.high and figure.known.value is not None


def told_as(figure: Reckoned) -> str:
    """Write a figure of a sentence: its value, its bounds, or what is known of it."""
    shown = figure.shown
    if figure.unknown:
        return "not known"
    if shown.value is None:
        return between(shown) if figure.complete or figure.bounded else f"{between(shown)} (known part)"
    told = [between(figure.bounds)] if in_doubt(figure) else []
    told += [] if figure.complete else ["known part"]
    return f"{pounds(shown.value)} ({'; '.join(told)})" if told else pounds(shown.value)
