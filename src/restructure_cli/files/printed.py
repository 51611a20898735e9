"""Text to figures as reports print them: rounded money, percentages, ranges, bounds, "about"."""

import re
from decimal import Decimal
from functools import lru_cache

from restructure_cli.files import scalars
from restructure_cli.files.scalars import Unreadable
from restructure_cli.model.intervals import UNBOUNDED, Interval
from restructure_cli.model.printed import Printed, Unit, exact_figure
from restructure_cli.model.quantities import ZERO

_BOUND = re.compile(r"(>=|<=|>|<)\s*(.+)")
_RANGE = re.compile(r"(\S+)\s*[-–]\s*(£\S+|\d\S*)")
_FIRST_DIGIT = re.compile(r"(\d)")
_ABOUT = re.compile(r"~\s?(.+)")
_EXPECTED = 'a figure as it is printed, such as 20.89, 16%, £2.450m, ~£15m, £0.5m-£1.2m or ">£2m"'


@lru_cache(maxsize=4096)
def printed(text: str) -> Printed:
    """Read any printed figure: a number, money or a percentage; exact, about, a range or a bound."""
    written = text.strip()
    bound = _BOUND.fullmatch(written)
    if bound:
        return _bound(text, bound[1], printed(bound[2]))
    ends = _RANGE.fullmatch(written)
    if ends and not _FIRST_DIGIT.search(ends[1]):
        unsigned = written.replace(ends[1], "", 1).lstrip().removeprefix("-").removeprefix("–").strip()
        pounds = "£" if "£" in ends[1] else ""
        raise Unreadable(_EXPECTED, f"the minus stands first, and without ~: -{pounds}{unsigned}")
    if ends and not written.startswith(("-", "+")):
        return _range(text, printed(ends[1]), printed(ends[2]))
    return _figure(written)


@lru_cache(maxsize=4096)
def money(text: str) -> Printed:
    """Read printed money, with or without its £: exact or rounded, a range or a bound."""
    if "%" in text:
        raise Unreadable("money, such as £2.450m", "a share goes into a note: funding is in pounds")
    figure = printed(text if "£" in text else _FIRST_DIGIT.sub(r"£\1", text, count=1))
    return figure._replace(text=text)


def _figure(text: str) -> Printed:
    about = _ABOUT.fullmatch(text)
    if "%" in text:
        return _percentage(text, about[1] if about else text)
    in_money = "£" in text or text.rstrip().endswith(("m", "k"))
    if not in_money:
        return _number(text, about)
    value, half = scalars.money(text)
    rounded = bool(about) or (text.rstrip().endswith(("m", "k")) and "." in text)
    return _rounded(text, value, half if rounded or "." in text else ZERO, half if rounded else ZERO, Unit.MONEY)


def _percentage(text: str, share: str) -> Printed:
    value = scalars.rate(share)
    half = scalars.half_digit(Decimal(share.strip().rstrip("%").strip())) / 100
    return _rounded(text, value, half, ZERO, Unit.PERCENT)


def _number(text: str, about: re.Match[str] | None) -> Printed:
    try:
        value = scalars.number(about[1] if about else text)
    except Unreadable as fault:
        raise Unreadable(_EXPECTED, fault.hint) from None
    if about:
        half = scalars.half_digit(value.normalize())
        return _rounded(text, value, half, half, Unit.NUMBER)
    if value == value.to_integral_value() and "." not in text:
        return exact_figure(text, value)
    return _rounded(text, value, scalars.half_digit(value), ZERO, Unit.NUMBER)


def _rounded(text: str, value: Decimal, agrees: Decimal, spread: Decimal, unit: Unit) -> Printed:
    return Printed(text, Interval(value, value - spread, value + spread), value - agrees, value + agrees, unit)


def _bound(text: str, sign: str, figure: Printed) -> Printed:
    if figure.value is None:
        raise Unreadable(_EXPECTED, "one bound is enough: a range is written low-high")
    at_least = sign.startswith(">")
    low, high = (figure.value, UNBOUNDED) if at_least else (-UNBOUNDED, figure.value)
    return Printed(text, Interval(None, low, high), low, high, figure.unit, open_ended="=" not in sign)


def _range(text: str, low: Printed, high: Printed) -> Printed:
    if low.value is None or high.value is None or low.value > high.value:
        raise Unreadable(_EXPECTED, "a range is written with the lower figure first")
    spread = Interval(None, low.interval.low, high.interval.high)
    return Printed(text, spread, low.least, high.most, high.unit, ends=(low.value, high.value))
