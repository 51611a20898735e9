"""The grammar of `scalars` and `printed` once more, as patterns that a JSON Schema can carry.

What a reader takes, its pattern takes, and nothing else, as far as a pattern can tell: it cannot say which end of a
range is the greater. Tests hold the two against each other. Written for JavaScript's Unicode mode, which editors
use, and for Python's `re` alike: no class of digits (other scripts have them too) and no escape that is not needed.
"""

from typing import Final

_SPACE = "[ \\t\\n\\r\\f\\v]"
_WHOLE = "(?!(?:[,.]?[0-9]){16})(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
"""Pounds or pieces, with thousands commas or none; with what stands behind the point, fifteen digits at most."""
_NOT_BELOW_NIL = "(?![^1-9]*-[^1-9]*[1-9])"
_PENCE = "(?:\\.(?![0-9]{3}(?![0-9]))[0-9]+)?"
"""Decimals of pounds, which are not three: those would be thousands, misprinted."""
_PERCENT = "[0-9]{1,3}(?:\\.[0-9]{1,6})?"


def _all_of(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _up_to(least_digits: str, most: str) -> str:
    """Match a number whose whole part is one of some, or that is exactly the most."""
    return f"(?={_NUMBER}$)[+-]?[0,]*(?:(?:{least_digits})(?:\\.[0-9]+)?|{most}(?:\\.0+)?)"


_NUMBER = f"[+-]?{_WHOLE}(?:\\.[0-9]+)?"
NUMBER: Final = _all_of(_NUMBER)
AMOUNT: Final = _all_of(_NOT_BELOW_NIL + _NUMBER)
WHOLE_NUMBER: Final = _all_of(f"{_NOT_BELOW_NIL}[+-]?{_WHOLE}(?:\\.0+)?")
SPAN: Final = _all_of(f"\\+?{_WHOLE}(?:\\.0+)?(?:-(?:\\+?|-(?=[0,.]+$)){_WHOLE}(?:\\.0+)?)?")
"""How many at most, or a range; a minus before a nil changes nothing."""

_TIME = "(?:0?[0-9]{1,2}|1[0-5][0-9]|16[0-7]):[0-5][0-9]|168:00"
HOURS: Final = _all_of(f"{_TIME}|{_NOT_BELOW_NIL}(?:{_up_to('[0-9]{1,2}|1[0-5][0-9]|16[0-7]', '168')})")
FULL_TIME_WEEK: Final = f"^(?=[^1-9]*[1-9]){HOURS.removeprefix('^')}"
_WEEKS = f"{_NOT_BELOW_NIL}(?:{_up_to('[0-9]|[1-4][0-9]|5[0-2]', '53')})"
WEEKS: Final = _all_of(_WEEKS)
WEEKS_OR_TERM: Final = _all_of(f"term|{_WEEKS}")

_POINT = f"\\+?(?={_WHOLE}(?:\\.0+)?(?:\\s|[-–]|$))[0,]*[0-9]{{1,3}}(?:\\.0+)?"
SCP: Final = _all_of(f"{_NOT_BELOW_NIL}[+-]?(?={_WHOLE}(?:\\.0+)?$)[0,]*[0-9]{{1,3}}(?:\\.0+)?")
SCP_SPAN: Final = _all_of(f"\\s*{_POINT}\\s*(?:[-–]\\s*{_POINT}\\s*)?")


def _money(sign: str, space: str = f"{_SPACE}?") -> str:
    return f"{sign}(?:{_WHOLE}{_PENCE}|{_WHOLE}(?:\\.[0-9]+)?{space}[mk])"


_SIGNED, _UNSIGNED = "~?(?:[+-]?£?|£[+-])", "~?(?:\\+?£?|£\\+)"
_ANY_MONEY, _SALARY = _money(_SIGNED), _money(_UNSIGNED)
MONEY: Final = _all_of(f"\\s*{_ANY_MONEY}\\s*")
PRICE: Final = _all_of(f"{_NOT_BELOW_NIL}\\s*{_ANY_MONEY}\\s*")
SALARY_SPAN: Final = _all_of(f"\\s*{_SALARY}\\s*(?:[-–]\\s*{_SALARY}\\s*)?")

_RATE = f"[+-]?{_PERCENT}{_SPACE}?%"
RATE: Final = _all_of(_RATE)
SHARE: Final = _all_of(_NOT_BELOW_NIL + _RATE)
PART: Final = _all_of(f"{_NOT_BELOW_NIL}[+-]?0?[0-9]{{1,2}}(?:\\.[0-9]{{1,6}})?{_SPACE}?%")
AWARD: Final = _all_of(f"{_RATE}|\\s*{_ANY_MONEY}\\s*")

_LEAP = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"
_MONTH = "(?:(?:19|20|21)[0-9]{2}|2200)-(?:0[1-9]|1[0-2])"
_DAY = (
    "(?:(?:19|20|21)[0-9]{2}|2200)-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_MOMENT = f"{_MONTH}|{_DAY}|{_LEAP}-02-29"
MOMENT: Final = _all_of(_MOMENT)

_FOLLOWING = "|".join(f"{year:02}-{(year + 1) % 100:02}" for year in range(100))
_YEAR = f"(?:(?:19|20|21)(?:{_FOLLOWING})|2200-01)"
YEAR: Final = _all_of(_YEAR)
EDGE: Final = _all_of(f"{_YEAR}|{_MOMENT}")


def of_a_year(words: str) -> str:
    """Make the pattern of words that a financial year follows."""
    return _all_of(f"(?:{words})\\.{_YEAR}")


_SIGN = "(?:~\\s?\\+?|[+-]?)"
"""A minus after `~` or `£` is read as the dash of a range, unless a space follows in the figure."""
_POUNDS = "(?:~?(?:\\+?£|£\\+)|-£)"
_SCALED = f"(?:~?(?:\\+?£?|£\\+)|-£?){_WHOLE}(?:\\.[0-9]+)?{_SPACE}?[mk]"
_PLAIN = f"{_SIGN}{_WHOLE}(?:\\.[0-9]+)?"
_SPACED = f"{_SIGNED}{_WHOLE}(?:\\.[0-9]+)?{_SPACE}[mk]"
_FIGURE = (
    f"{_SIGN}{_PERCENT}{_SPACE}?%|(?:~\\s?)?[+-]?{_PERCENT}{_SPACE}%"
    f"|{_PLAIN}|{_POUNDS}{_WHOLE}{_PENCE}|{_SCALED}|{_SPACED}"
)

_UNSIGNED_NUMBER = f"~?\\+?{_WHOLE}(?:\\.[0-9]+)?"
_FROM = (
    f"~?\\+?{_PERCENT}%|{_UNSIGNED_NUMBER}|~?(?:\\+?£|£\\+){_WHOLE}{_PENCE}|{_UNSIGNED_NUMBER}[mk]"
    f"|~?(?:\\+?£|£\\+){_WHOLE}(?:\\.[0-9]+)?[mk]"
)
_TO_POUNDS = f"£\\+?(?:{_WHOLE}{_PENCE}|{_WHOLE}(?:\\.[0-9]+)?[mk])"
_TO_NUMBER = f"{_WHOLE}(?:\\.[0-9]+)?[mk]?"
_DASH = "\\s*[-–]\\s*"
_RANGE = f"(?![+-])(?:{_FROM}){_DASH}(?:{_PERCENT}%|{_TO_POUNDS}|{_TO_NUMBER})"
_BOUND = "(?:>=|<=|>|<)\\s*"
PRINTED: Final = _all_of(f"\\s*(?:(?:{_BOUND})?(?:{_FIGURE})|{_RANGE})\\s*")

_ONE_SUM = f"(?:~?(?:\\+?£?|£\\+)|-£?)(?:{_WHOLE}{_PENCE}|{_WHOLE}(?:\\.[0-9]+)?{_SPACE}?[mk])|{_SPACED}"
_FROM_POUNDS = f"~?(?:\\+?£?|£\\+)(?:{_WHOLE}{_PENCE}|{_WHOLE}(?:\\.[0-9]+)?[mk])"
_RANGE_OF_MONEY = (
    f"(?![+-])(?:(?:{_FROM_POUNDS}){_DASH}(?:{_TO_POUNDS}|{_TO_NUMBER})|(?:{_UNSIGNED_NUMBER}){_DASH}(?:{_TO_POUNDS}))"
)
_NO_MOST_BELOW_NIL = "(?!\\s*(?:<=?\\s*)?[~£+\\s]*-[^1-9]*[1-9])"
"""A figure, or the most that it can be, is nil or more; a least may be below."""
PRINTED_POUNDS: Final = _all_of(f"{_NO_MOST_BELOW_NIL}\\s*(?:(?:{_BOUND})?(?:{_ONE_SUM})|{_RANGE_OF_MONEY})\\s*")
_RANGE_OF_COUNTS = f"(?![+-])(?:{_UNSIGNED_NUMBER}){_DASH}{_WHOLE}(?:\\.[0-9]+)?"
PRINTED_COUNT: Final = _all_of(f"{_NO_MOST_BELOW_NIL}\\s*(?:(?:{_BOUND})?(?:{_PLAIN})|{_RANGE_OF_COUNTS})\\s*")

NAME: Final = _all_of("[A-Za-z_][A-Za-z0-9_-]*")
EXPRESSION: Final = _all_of("[A-Za-z0-9_ £~%.,+*/()-]*[A-Za-z0-9_%)] *")
"""The characters of an expression; whether its brackets close and its operators have operands, no pattern can say."""
