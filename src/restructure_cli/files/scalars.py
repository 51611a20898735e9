"""Text to exact figures: numbers, money, rates, hours, dates, years and ranges, as people write them.

Every reader takes text and returns a value, or raises `Unreadable` saying what was expected and what to do.
Nothing here guesses: ASCII digits, an optional sign, a point, thousands commas, at most fifteen digits.
"""

import re
from calendar import monthrange
from decimal import Decimal
from functools import lru_cache
from typing import Final

from restructure_cli.model.grades import Span
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import ZERO

MOST_DIGITS: Final = 15
_FIRST_YEAR, _LAST_YEAR = 1900, 2200

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_MONEY = re.compile(r"(~?)([+-]?)£?([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?([mk]?)", re.ASCII)
_RATE = re.compile(r"([+-]?\d{1,3}(?:\.\d{1,6})?)\s?%", re.ASCII)
_HOURS = re.compile(r"(\d{1,3}):([0-5]\d)", re.ASCII)
_MOMENT = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_YEAR = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_TIMES = {"": Decimal(1), "k": Decimal(1_000), "m": Decimal(1_000_000)}
_CURLY = "“”‘’"
_Cached = lru_cache(maxsize=65_536)


class Unreadable(ValueError):
    """The text is not what its key holds: `expected` says what is, `hint` what to do, `offset` at which character."""

    def __init__(self, expected: str, hint: str = "", offset: int = 0) -> None:
        super().__init__(expected)
        self.expected = expected
        self.hint = hint
        self.offset = offset


def _trap(text: str) -> str:
    """Return the hint for the usual mistakes with figures."""
    if any(mark in text for mark in _CURLY):
        return 'curly quotes are not quotes in YAML: use "…"'
    if re.search(r"\d[eE][+-]?\d", text):
        return "write the number out, without an exponent"
    written_out = _written_out(text.strip().lstrip("£~"))
    if written_out:
        return f"write {written_out}"
    if "_" in text:
        return "write thousands with commas, or without"
    if any(character.isdigit() and not character.isascii() for character in text):
        return "use the digits 0 to 9"
    if sum(character.isdigit() for character in text) > MOST_DIGITS:
        return f"at most {MOST_DIGITS} digits"
    if text.strip().lower() in {"tbc", "n/a", "na", "unknown", "?", "n/k", "none", "null", "~", "-"}:
        return "where a figure is not known, leave the value empty"
    return ""


def _written_out(text: str) -> str:
    """Return the decimal that `.5`, `1.`, `1/2` or `1½` stands for; nothing where it is none, or has no end."""
    if re.fullmatch(r"[+-]?(\d*\.\d+|\d+\.)", text, re.ASCII) and len(text) <= MOST_DIGITS:
        return f"{Decimal(text):f}"
    match = re.fullmatch(r"(\d{0,3}) ?(?:(\d{1,2})[/⁄](\d{1,2})|([¼½¾]))", text, re.ASCII)
    if match is None or match[3] in ("0", "00"):
        return ""
    parts = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
    part = parts[match[4]] if match[4] else Decimal(match[2]) / Decimal(match[3])
    whole = Decimal(match[1] or 0) if match[4] or " " in text or not match[1] else None
    return f"{whole + part:f}" if whole is not None and len(f"{part:f}") <= len("0.0625") else ""


def _words(text: str) -> str:
    """Return the hint where words stand with a figure, or in the place of one."""
    if any(character.isdigit() for character in text):
        return "write the figure alone; what is to be said of it goes into a note, or `{is: …, because: …}`"
    return "write the figure in digits; where it is not known, leave the value empty"


def _decimal(sign: str, whole: str, fraction: str | None, expected: str) -> Decimal:
    digits = whole.replace(",", "") + (fraction or "")
    if len(digits) - (fraction is not None) > MOST_DIGITS:
        raise Unreadable(expected, f"at most {MOST_DIGITS} digits")
    return Decimal(sign + digits)


def half_digit(figure: Decimal) -> Decimal:
    """Return half of the last printed digit of a figure: 0.05 for 137.4, 0.5 for 8."""
    exponent = figure.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


@_Cached
def number(text: str) -> Decimal:
    """Read a number that may be below nil, such as a change in FTE."""
    match = _NUMBER.fullmatch(text)
    if not match:
        hint = "this is not a sum of money: leave out the £" if "£" in text else _trap(text) or _words(text)
        raise Unreadable("a number, such as 2 or 10.5", hint)
    return _decimal(match[1], match[2], match[3], "a number")


@_Cached
def amount(text: str) -> Decimal:
    """Read a number of FTE or people, nil or more."""
    value = number(text)
    if value < ZERO:
        raise Unreadable("nil or more", "only a change can be below nil: fte_change, cost_change")
    return value


@_Cached
def whole_number(text: str) -> Decimal:
    """Read a headcount: a whole number, nil or more."""
    value = amount(text)
    if value != value.to_integral_value():
        raise Unreadable("a whole number (a headcount)", "FTE go under fte, filled and agency")
    return value


@_Cached
def money(text: str) -> tuple[Decimal, Decimal]:
    """Read money as people write it; returns £ and half of its last printed digit in £."""
    match = _MONEY.fullmatch(text.strip())
    if not match or (match[2] and match[3]):
        hint = _trap(text) or _words(text)
        if re.match(r"[<>]|.*\d\s?[-–]\s?£?\d", text):
            hint = "a range or a bound stands only in funding and claims"
        raise Unreadable('money, such as £30, "£86,000", 592k or £2.450m', hint)
    about, sign, inner_sign, whole, fraction, scale = match.groups()
    if fraction and not scale and len(fraction) == 4:
        raise Unreadable(
            "pounds, or pounds and pence with two decimals",
            f'three decimals may be a misprint: "£{whole},{fraction[1:]}"?',
        )
    figure = _decimal(sign or inner_sign, whole, fraction, "money")
    multiplier = _TIMES[scale]
    exact = figure * multiplier
    if about:
        significant = figure.normalize()
        return exact, Decimal(5).scaleb(int(significant.as_tuple().exponent) - 1) * multiplier
    return exact, half_digit(figure) * multiplier


@_Cached
def rate(text: str) -> Decimal:
    """Read a rate with its percent sign; returns a fraction: 19.8% is 0.198."""
    match = _RATE.fullmatch(text)
    if not match:
        hint = _percent(text) if _NUMBER.fullmatch(text) else _trap(text)
        raise Unreadable("a rate, such as 19.8%", hint)
    return Decimal(match[1]) / 100


def _percent(text: str) -> str:
    """Suggest the rate that a bare number stands for; below 1 it was meant as a share."""
    figure = number(text)
    if ZERO < figure < 1:
        return f"write {(figure * 100).normalize():f}% for a share of {text}, or {text}% if that is meant"
    return f"write {text}%"


@_Cached
def hours(text: str) -> Decimal:
    """Read weekly hours, `29:36` or `29.6`."""
    match = _HOURS.fullmatch(text)
    value = Decimal(match[1]) + Decimal(match[2]) / 60 if match else amount(text)
    if value > 168:
        raise Unreadable("hours a week, 168 at most", "hours are weekly, and of one position")
    return value


@_Cached
def moment(text: str) -> Moment:
    """Read a day, `2024-05-01`, or a month, `2023-01`."""
    match = _MOMENT.fullmatch(text)
    expected = "a date, such as 2024-09-01, or a month, such as 2024-09"
    if not match:
        raise Unreadable(expected, _date_hint(text))
    year, month, day = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        raise Unreadable(expected, _year_hint(year) if month == (year + 1) % 100 else "")
    if day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise Unreadable(expected, f"{year}-{month:02} has {monthrange(year, month)[1]} days")
    return Moment(year, month, day)


def _year_hint(year: int) -> str:
    years = f"{year}-{(year + 1) % 100:02}"
    return f"a financial year has no place here: {years} begins with {year}-04-01 and ends with {year + 1}-03-31"


def _date_hint(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    if match:
        return f"write {match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return _trap(text) or "write the year first, then month and day: 2024-09-01 is 1 September 2024"


@_Cached
def year(text: str) -> FinancialYear:
    """Read a financial year, `2024-25`."""
    match = _YEAR.fullmatch(text)
    if not match or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR or (int(match[1]) + 1) % 100 != int(match[2]):
        hint = ""
        if re.fullmatch(r"(19|20|21)\d\d([/-]\d{2,4})?", text, re.ASCII):
            start = int(text[:4])
            hint = f"write {FinancialYear(start)} for the year from April {start}"
        raise Unreadable("a financial year, such as 2024-25", hint)
    return FinancialYear(int(match[1]))


@_Cached
def scp(text: str) -> Decimal:
    """Read one spinal column point."""
    value = whole_number(text)
    if value > 999:
        raise Unreadable("a spinal column point, such as 28")
    return value


@_Cached
def scp_span(text: str) -> Span:
    """Read a range of spinal column points, `25-28`, or one point."""
    ends = [part.strip() for part in re.split("[-–]", text)]
    if not 1 <= len(ends) <= 2:
        raise Unreadable("a range of points, such as 25-28")
    low, high = scp(ends[0]), scp(ends[-1])
    if low > high:
        raise Unreadable("a range of points, the lower first", f"write {high}-{low}")
    return Span(low, high)


@_Cached
def salary_span(text: str) -> Span:
    """Read a range of full-time salaries, `£61,000-£68,000`, or one salary."""
    ends = [part.strip() for part in re.split("[-–]", text)]
    if not 1 <= len(ends) <= 2 or not all(ends):
        raise Unreadable('a salary, or a range such as "£61,000-£68,000"')
    low, high = money(ends[0])[0], money(ends[-1])[0]
    if low > high or low < ZERO:
        raise Unreadable("a range of salaries, the lower first", f'write "{ends[-1]}-{ends[0]}"' if low > high else "")
    return Span(low, high)


def boolean(text: str) -> bool:
    """Read `true` or `false`."""
    if text in ("true", "false"):
        return text == "true"
    word = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}.get(text.lower())
    raise Unreadable(
        "true or false", f"write {word or text.lower()}" if word or text.lower() in ("true", "false") else ""
    )
