"""An expression is worked out as arithmetic has it, or refused at the character where it goes wrong; none runs code."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from organisation_made import CURRENT, of_the_claims, organisation

from restructure_cli.analysis.expressions import Unworkable, settled, value_of
from restructure_cli.checks.folders import check
from restructure_cli.files.expressions import expression
from restructure_cli.files.scalars import Unreadable
from restructure_cli.model.intervals import exactly
from running import Restructure

TERMS = {name: exactly(Decimal(value)) for name, value in {"a": 10, "b": 2, "team-managers": 31, "x2_y": 4}.items()}

COMPUTED = {
    "1 + 2": "3",
    "5.5 - 1.0 - 4.7": "-0.2",
    "10 - 3 - 2": "5",
    "24 / 4 / 2": "3",
    "2 + 3 * 4": "14",
    "(2 + 3) * 4": "20",
    "((2))": "2",
    "10 / 4": "2.5",
    "1 / 3 * 3": "1",
    "2 / 3": "0.666666666667",
    "20 * (£750 - £350) * 365 / 7": "417142.857142857143",
    "sum(1, 2, 3)": "6",
    "sum(5)": "5",
    "sum(1,000, 2)": "1002",
    "sum( 1 , 2 )": "3",
    "min(3, 1, 2)": "1",
    "max(3, 1, 2)": "3",
    "max(a, min(b, 1)) * 2": "20",
    "sum((1 + 2) * 3, a - b)": "17",
    "abs(-5)": "5",
    "ceil(2.1)": "3",
    "ceil(-2.1)": "-2",
    "ceil(2 / 3 * 3)": "2",
    "floor(2.9)": "2",
    "floor(-2.1)": "-3",
    "floor(1 / 3 * 3)": "1",
    "ceil(£592k / £86,000)": "7",
    "1,000,000 / 2": "500000",
    "£1.2m - £200k": "1000000",
    "£2.450m - £1.8m": "650000",
    "£86,000": "86000",
    "16.2% * 500": "81",
    "~5 * 2": "10",
    "-5 + 3": "-2",
    "2 - -3": "5",
    "-(2 + 3)": "-5",
    "-a": "-10",
    "--5": "5",
    "a": "10",
    "a / b": "5",
    "team-managers + 1": "32",
    "x2_y * 2": "8",
    "sum (1, 2)": "3",
    "  1 + 2  ": "3",
    "1\n+ 2": "3",
    "999,999,999,999,999 + 1": "1000000000000000",
}


@pytest.mark.parametrize(("text", "value"), list(COMPUTED.items()), ids=repr)
def test_a_good_expression_is_worked_out(text: str, value: str) -> None:
    worked_out = value_of(expression(text), TERMS).value
    assert worked_out is not None
    assert settled(worked_out) == Decimal(value)


REFUSED = [
    ("1+2", 2, "space on both sides of +"),
    ("5 -3", 3, "space on both sides of -"),
    ("a- b", 2, "space on both sides of -"),
    ("2 *(3)", 3, "space on both sides of *"),
    ("sum(1,2)", 5, "a comma and a space between arguments"),
    ("sum(a,b)", 6, "space after the comma"),
    ("10,00", 1, "three digits each"),
    ("1,0000", 1, "three digits each"),
    ("1 +", 4, "missing after +"),
    ("* 2", 1, "a figure or a name is missing"),
    ("1 + + 2", 5, "a figure or a name is missing"),
    ("", 1, "a figure or a name is missing"),
    ("()", 2, "a figure or a name is missing"),
    ("sum()", 5, "a figure or a name is missing"),
    ("sum(, 1)", 5, "a figure or a name is missing"),
    ("sum(1, 2, )", 11, "a figure or a name is missing"),
    ("1 2", 3, "an operator is missing"),
    ("2(3)", 2, "an operator is missing"),
    ("(2)(3)", 4, "an operator is missing"),
    ("a b", 3, "an operator is missing"),
    ("2 x 3", 3, "write *"),
    ("(1 + 2", 1, "not closed"),
    ("1 + (2 * (3 - 1)", 5, "not closed"),
    ("sum(1, 2", 4, "not closed"),
    ("1 + 2)", 6, "never opened"),
    ("(1, 2)", 3, "between the arguments of sum, min and max"),
    ("£86,000,", 8, "between the arguments of sum, min and max"),
    ("abs(1, 2)", 6, "abs takes one argument"),
    ("round(1.5)", 1, "sum, min, max, abs, ceil, floor"),
    ("Sum(1, 2)", 1, 'did you mean "sum"'),
    ("a(1)", 1, "not a function"),
    ("1e3", 1, "without an exponent"),
    ("9e999999999", 1, "without an exponent"),
    ("1_000", 1, "thousands with commas"),
    ("٣ + 1", 1, "digits 0 to 9"),
    ("1.5.2", 1, "figures as in money"),
    (".5 + 1", 1, "has no meaning here"),
    ("1234567890123456", 1, "at most 15 digits"),
    ("1 + 1234567890123456", 5, "at most 15 digits"),
    ("£ 5", 1, "next to the £"),
    ("1 × 2", 3, "write *"),
    ("10 ÷ 2", 4, "write /"),
    ("5 − 3", 3, "minus sign of the keyboard"),
    ("5 – 3", 3, "minus sign of the keyboard"),
    ("5\u00a0+ 3", 2, "plain space"),
    ("5\t+ 3", 2, "plain space"),
    ("7 % 2", 3, "% belongs to a figure"),
    ("2 ** 3", 3, "no **"),
    ("9 ** 9 ** 9", 3, "no **"),
    ("1 // 2", 3, "no //"),
    ("10^2", 3, "no powers"),
    ("5!", 2, "has no meaning here"),
    ("1 == 1", 3, "goes under `prints`"),
    ("1 < 2", 3, "goes under `prints`"),
    ("a = 5", 3, "goes under `prints`"),
    (">5 + 1", 1, "goes under `prints`"),
    ("max(1; 2)", 6, "has no meaning here"),
    ("change.cost * 2", 7, "under `let`"),
    ("a.real", 2, "under `let`"),
    ("a.__class__.__mro__", 2, "under `let`"),
    ("__import__('os')", 12, "no text in it"),
    ("eval(a)", 1, "not a function"),
    ("print(a)", 1, "not a function"),
    ("lambda: 1", 7, "has no meaning here"),
    ("[x for x in a]", 1, "round brackets"),
    ("(a for a in b)", 4, "an operator is missing"),
    ("f'{1}'", 2, "no text in it"),
    ('"1"', 1, "no text in it"),
    ("{a}", 1, "round brackets"),
    ("a[0]", 2, "round brackets"),
    ("not a", 5, "an operator is missing"),
    ("a if a else b", 3, "an operator is missing"),
    ("a and b", 3, "write + for a sum"),
    ("1 + `a`", 5, "has no meaning here"),
    ("a\x01", 2, "U+0001"),
]


@pytest.mark.parametrize(("text", "column", "hint"), REFUSED, ids=[repr(text) for text, _, _ in REFUSED])
def test_a_bad_expression_is_refused_at_its_column_and_says_what_to_do(text: str, column: int, hint: str) -> None:
    with pytest.raises(Unreadable) as refused:
        expression(text)
    assert (refused.value.offset + 1, hint in refused.value.hint) == (column, True), refused.value.hint


OUTSIZE = {
    "a million brackets": "(" * 1_000_000,
    "a million digits": "9" * 1_000_000,
    "a million characters": "1 + " * 250_000 + "1",
    "many digits": "9" * 1_999,
    "brackets in brackets": "(" * 999 + "1" + ")" * 999,
    "functions in functions": "abs(" * 400 + "1" + ")" * 400,
    "signs before signs": "-" * 1_999 + "1",
    "a long chain": "1 + " * 499 + "1",
    "a chain in each bracket": "(" * 39 + "1" + " + 1)" * 39 + " + 1" * 170,
    "commas without end": "sum(" + "1,1," * 400,
}


@pytest.mark.parametrize("text", OUTSIZE.values(), ids=OUTSIZE)
def test_an_outsize_expression_is_refused_at_once(text: str) -> None:
    began = time.process_time()
    with pytest.raises(Unreadable) as refused:
        expression(text)
    assert refused.value.hint
    assert time.process_time() - began < 0.5


def test_the_largest_expression_that_is_read_is_worked_out() -> None:
    assert value_of(expression("1" + " + 1" * 200), {}).value == 201
    assert value_of(expression("(" * 39 + "1" + ")" * 39), {}).value == 1
    assert value_of(expression("sum(" + ", ".join(["1"] * 600) + ")"), {}).value == 600


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 / 0", "divides by nil"),
        ("1 / (b - 2)", "divides by nil"),
        ("1 / (1 / 3 * 3 - 1)", "divides by nil"),
        (" * ".join(["999999999999999"] * 4), "more than forty digits"),
        (" * ".join(["999999999999999"] * 100), "more than forty digits"),
    ],
)
def test_what_has_no_value_says_why(text: str, reason: str) -> None:
    with pytest.raises(Unworkable, match=reason):
        value_of(expression(text), TERMS)


PLACES = [
    ("compute: 20 * £750 ** 2", "**"),
    ("compute: '20 * £750 ** 2'", "**"),
    ('compute: "20 * £750 ** 2"', "**"),
    ("compute:    20 * £750 ** 2 # a remark", "**"),
    ("compute: 20 *\n      £750\n      ** 2", "**"),
    ('compute: "20 *\n      £750\n      ** 2"', "**"),
    ("compute: >-\n      20 * £750\n      ** 2", "**"),
    ("compute: |\n      20 * £750\n      ** 2", "**"),
    ("compute: (20 * 2", "(20"),
    ("compute: '20 * (2 + (3 + 1)'", "(2 +"),
    ("compute: ceil(20, 3)", ", 3"),
    ("compute: 20 + grwth", "grwth"),
    ("let: {growth: '5'}\n    compute: 20 + grwth / growth", "grwth"),
    ("compute: 20 * 5 +", None),
]


@pytest.mark.parametrize(("entry", "fault"), PLACES, ids=[repr(entry) for entry, _ in PLACES])
def test_the_finding_points_at_the_character_in_the_file(tmp_path: Path, entry: str, fault: str | None) -> None:
    text = f"restructure: claims/1\nclaims:\n  it:\n    says: what it says\n    {entry}\n    prints: 1\n"
    folder = organisation(tmp_path, current=CURRENT, claims=text)
    (finding,) = of_the_claims(check([folder])).findings
    at = text.index(fault) if fault else text.index(" +\n") + 2
    before = text[:at].split("\n")
    assert (finding.place.line, finding.place.column) == (len(before), len(before[-1]) + 1)
    assert finding.hint


NAMES = [
    ("growth + grwth", 'did you mean "growth"?'),
    ("growth-posts", "put a space on both sides of -: growth - posts"),
    ("growth + posts * ceil", "ceil takes its arguments in brackets: ceil(…)"),
    ("growth + posts * other", "add `let: {other: {claim: other}}`"),
    ("growth + posts * Zebra", "add `Zebra` under `let`"),
]


@pytest.mark.parametrize(("text", "hint"), NAMES)
def test_a_name_that_let_does_not_have_is_told_what_it_may_be(tmp_path: Path, text: str, hint: str) -> None:
    claims = (
        "restructure: claims/1\nclaims:\n  other: {says: another, cannot: why, prints: 2}\n"
        f"  it: {{says: it, let: {{growth: 5, posts: 2}}, compute: {text}, prints: 1}}\n"
    )
    folder = organisation(tmp_path, current=CURRENT, claims=claims)
    assert any(hint in finding.hint for finding in check([folder]).findings)


def test_an_expression_of_a_million_characters_is_told_of_without_printing_it(
    tmp_path: Path, restructure: Restructure
) -> None:
    text = f"restructure: claims/1\nclaims:\n  it: {{says: it, compute: {'(' * 90_000}, prints: 1}}\n"
    ran = restructure("check", organisation(tmp_path, current=CURRENT, claims=text))
    assert ran.code == 3
    assert len(ran.out) < 5_000
    assert ran.seconds < 5
