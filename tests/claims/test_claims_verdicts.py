"""A printed figure holds, holds to rounding or as far as known, or does not; a known difference excuses only itself."""

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from organisation_made import CURRENT, check_claims, checked, claims_text, organisation, verdicts

from restructure_cli.model.intervals import Interval
from restructure_cli.model.verdicts import Verdict
from running import Restructure

ALONE = {"current": CURRENT}
HOLDS, ROUNDED, BROKEN = Verdict.HOLDS, Verdict.TO_ROUNDING, Verdict.BROKEN

PRINTED = [
    ("2 + 3", "5", HOLDS, "0"),
    ("2 + 3", "5.0", HOLDS, "0"),
    ("0.505 + 0.505", "1.01", HOLDS, "0"),
    # half of the last printed digit, inclusive, both ways
    ("2 / 3", "0.67", ROUNDED, "0.003333333333"),
    ("1.25", "1.3", ROUNDED, "0.05"),
    ("1.25", "1.2", ROUNDED, "-0.05"),
    ("1.2500001", "1.2", BROKEN, "-0.0500001"),
    ("1.1499999", "1.2", BROKEN, "0.0500001"),
    ("-1.25", "-1.3", ROUNDED, "-0.05"),
    ("1.04", "1.0", ROUNDED, "-0.04"),
    # whole numbers and pounds exactly
    ("4.9999", "5", BROKEN, "0.0001"),
    ("450.40", "£450", BROKEN, "-0.4"),
    ("450", "£450", HOLDS, "0"),
    ("5494", "£5,496", BROKEN, "2"),
    ("592001", "592k", BROKEN, "-1"),
    ("12.345", "£12.35", ROUNDED, "0.005"),
    ("12.344", "£12.35", BROKEN, "0.006"),
    # m and k with a decimal
    ("20 * (£750 - £350) * 365 / 7", "£0.417m", ROUNDED, "-142.857142857143"),
    ("417,500", "£0.417m", ROUNDED, "-500"),
    ("417,501", "£0.417m", BROKEN, "-501"),
    ("£1.2m - £200k", "£1.0m", HOLDS, "0"),
    # about
    ("14,500,000", "~£15m", ROUNDED, "500000"),
    ("14,499,999", "~£15m", BROKEN, "500001"),
    ("24", "~20", ROUNDED, "-4"),
    ("26", "~20", BROKEN, "-6"),
    # shares
    ("81 / 500", "16.2%", HOLDS, "0"),
    ("81 / 500", "16%", ROUNDED, "-0.002"),
    ("81 / 500", "17%", BROKEN, "0.008"),
    ("1 / 3", "33.3%", ROUNDED, "-0.000333333333"),
    # bounds
    ("2,000,000", '">=£2m"', HOLDS, None),
    ("2,000,000", '">£2m"', BROKEN, None),
    ("2,000,001", '">£2m"', HOLDS, None),
    ("5", '"<=5"', HOLDS, None),
    ("5", '"<5"', BROKEN, None),
    # ranges
    ("£700k", "£0.506m-£1.238m", HOLDS, None),
    ("£505,500", "£0.506m-£1.238m", HOLDS, None),
    ("£505,499", "£0.506m-£1.238m", BROKEN, None),
    ("£1.3m", "£0.506m-£1.238m", BROKEN, None),
]


@pytest.mark.parametrize(("compute", "prints", "verdict", "difference"), PRINTED)
def test_a_printed_value_holds_where_the_computed_one_rounds_to_it(
    tmp_path: Path, compute: str, prints: str, verdict: Verdict, difference: str | None
) -> None:
    judged = verdicts(tmp_path, {"it": {"compute": compute, "prints": prints.strip('"')}}, **ALONE)["it"]
    assert judged.verdict is verdict
    assert judged.difference == (Decimal(difference) if difference else None)


def test_a_range_worked_out_prints_as_a_range(tmp_path: Path) -> None:
    let = {"each": "£25k-£60k"}
    claims = {
        "within": {"let": let, "compute": "20 * each", "prints": "£500k-£1200k"},
        "beyond": {"let": let, "compute": "21 * each", "prints": "£500k-£1200k"},
        "not-one": {"let": let, "compute": "20 * each", "prints": "£500k"},
    }
    told = verdicts(tmp_path, claims, **ALONE)
    assert [one.verdict for one in told.values()] == [HOLDS, BROKEN, BROKEN]


def test_a_known_part_is_held_against_as_far_as_it_is_known(tmp_path: Path) -> None:
    current = CURRENT + "  mystery: {title: Mystery, team: duty, grade: D, filled: 1}\n"
    claims = {
        "agrees": {"expect": {"current.fte": "20.0"}},
        "prints-more": {"expect": {"current.fte": "21.0"}},
        "of-the-unknown": {"of": {"post": "mystery"}, "expect": {"current.fte": "0"}},
        "worked-on": {"let": {"all": {"take": "current.fte"}}, "compute": "all / 2", "prints": "10.0"},
        "worked-wrong": {"let": {"all": {"take": "current.fte"}}, "compute": "all / 2", "prints": "11.0"},
        "known": {"of": {"team": "east"}, "expect": {"current.fte": "13.5"}},
    }
    told = checked(tmp_path, claims, current=current)
    assert {judged.id: judged.verdict for judged in told.claims} == {
        "agrees": Verdict.AS_FAR_AS_KNOWN,
        "prints-more": Verdict.CANNOT,
        "of-the-unknown": Verdict.CANNOT,
        "worked-on": Verdict.AS_FAR_AS_KNOWN,
        "worked-wrong": Verdict.CANNOT,
        "known": HOLDS,
    }
    assert [finding.rule.code for finding in told.findings] == ["CLM605"] * 3


KNOWN = [
    ("5,494", "£5,496", "£2", Verdict.KNOWN, []),
    ("5,494", "£5,490", "-£4", Verdict.KNOWN, []),
    ("5,496", "£5,496", "£2", HOLDS, ["CLM602"]),
    ("2 / 3", "0.67", "0.01", ROUNDED, ["CLM602"]),
    ("5,476", "£5,496", "£2", BROKEN, ["CLM603"]),
    ("5,498", "£5,496", "£2", BROKEN, ["CLM603"]),
    ("1.26", "1.2", "-0.06", Verdict.KNOWN, []),
    ("1.2649", "1.2", "-0.06", Verdict.KNOWN, []),  # the difference is printed to two digits
    ("1.266", "1.2", "-0.06", BROKEN, ["CLM603"]),
]


@pytest.mark.parametrize(("compute", "prints", "difference", "verdict", "codes"), KNOWN)
def test_a_known_difference_excuses_itself_and_no_other(
    tmp_path: Path, compute: str, prints: str, difference: str, verdict: Verdict, codes: list[str]
) -> None:
    known = {"difference": difference, "because": "the row's own two costs give less"}
    told = checked(tmp_path, {"it": {"compute": compute, "prints": prints, "known": known}}, **ALONE)
    assert (told.claims[0].verdict, [finding.rule.code for finding in told.findings]) == (verdict, codes)


def test_a_broken_claim_is_told_with_what_it_comes_to_at_its_figure(tmp_path: Path) -> None:
    told = checked(tmp_path, {"it": {"expect": {"current.fte": "21", "current.filled": "16.9"}}}, **ALONE)
    (finding,) = told.findings
    assert (finding.rule.code, finding.place.pointer) == ("CLM601", ("claims", "it", "expect", "current.fte"))
    assert finding.message == "it: current.fte is printed as 21, and comes to 20: a difference of 1"
    assert "known: {difference: 1," in finding.hint


def test_rounding_in_the_parts_is_told_and_excuses_nothing(tmp_path: Path) -> None:
    claims = {"it": {"let": {"a": "£5.5m", "b": "£3.7m"}, "compute": "a - b", "prints": "£1.9m"}}
    told = checked(tmp_path, claims, **ALONE)
    (judged,) = told.claims
    assert (judged.verdict, judged.note) == (BROKEN, "within what the rounding of its parts allows")
    assert judged.note in told.findings[0].message


SAME = [
    ("1.80", "1.8", HOLDS),
    ("£1.8m", "£1,800,000", HOLDS),
    ("19.8%", "0.198", HOLDS),
    ("~£15m", "£15m", HOLDS),
    ("£0.5m-£1.2m", "£0.5m-£1.2m", HOLDS),
    (">=£2m", ">=£2m", HOLDS),
    ("1.8", "1.9", BROKEN),
    ("0.67", "0.667", BROKEN),  # what is printed twice is printed alike, rounding or not
    ("£0.5m-£1.2m", "£0.5m-£1.3m", BROKEN),
    ("£0.5m-£1.2m", "£0.5m", BROKEN),
]


@pytest.mark.parametrize(("first", "again", "verdict"), SAME)
def test_the_same_figure_is_the_same_number(tmp_path: Path, first: str, again: str, verdict: Verdict) -> None:
    claims = {
        "again": {"same_as": "first", "prints": again},
        "first": {"cannot": "it is a target", "prints": first},
    }
    assert verdicts(tmp_path, claims, **ALONE)["again"].verdict is verdict


def test_the_same_figure_may_differ_knowingly(tmp_path: Path) -> None:
    claims = {
        "first": {"cannot": "it is a target", "prints": "16"},
        "again": {
            "same_as": "first",
            "prints": "17",
            "known": {"difference": "1", "because": "the letter counts one more"},
        },
    }
    judged = verdicts(tmp_path, claims, **ALONE)["again"]
    assert (judged.verdict, judged.difference) == (Verdict.KNOWN, Decimal(1))


SEFTON: dict[str, dict[str, Any]] = {
    "available": {
        "let": {"saving": "£5.5m", "growth": "£1.0m", "realigned": "£4.7m"},
        "compute": "saving + growth - realigned",
        "prints": "£1.8m",
    },
    "need": {"cannot": "it is the report's own sum", "prints": "£2.450m"},
    "gap": {
        "let": {"need": {"claim": "need"}, "there": {"claim": "available"}},
        "compute": "need - there",
        "prints": "£0.650m",
    },
}


def interval(value: int, low: int, high: int) -> Interval:
    return Interval(Decimal(value), Decimal(low), Decimal(high))


def test_a_figure_taken_from_another_claim_is_no_surer_than_what_that_is_worked_out_from(tmp_path: Path) -> None:
    told = verdicts(tmp_path, SEFTON, **ALONE)
    there, gap = told["available"].computed, told["gap"].computed
    assert there == interval(1_800_000, 1_650_000, 1_950_000)
    assert gap == interval(650_000, 499_500, 800_500)
    assert told["gap"].verdict is HOLDS


def test_doubt_is_carried_through_a_repetition(tmp_path: Path) -> None:
    again = {"same_as": "available", "prints": "£1.8m"}
    gap = {**SEFTON["gap"], "let": {"need": {"claim": "need"}, "there": {"claim": "again"}}}
    told = verdicts(tmp_path, {**SEFTON, "again": again, "gap": gap}, **ALONE)
    assert told["gap"].computed == interval(650_000, 499_500, 800_500)


@pytest.mark.parametrize("compute", ["5 / (2 - 2)", "1 / nothing", "5 / (1 / 3 * 3 - 1)"])
def test_a_division_by_nil_cannot_be_computed(tmp_path: Path, compute: str) -> None:
    claim: dict[str, Any] = {"compute": compute, "prints": "5"}
    if "nothing" in compute:
        claim["let"] = {"nothing": {"take": "current.fte", "of": {"post": "clerk", "except": {"team": "west"}}}}
    told = checked(tmp_path, {"it": claim}, **ALONE)
    assert (told.claims[0].verdict, told.claims[0].because) == (Verdict.CANNOT, "it divides by nil")
    assert "CLM605" in [finding.rule.code for finding in told.findings]


def test_what_cannot_be_computed_gives_its_reason_and_may_lend_its_figure(tmp_path: Path) -> None:
    claims = {
        "aim": {"cannot": "it is an aim", "prints": "6"},
        "without": {"cannot": "nobody published it"},
        "twice": {"let": {"aim": {"claim": "aim"}}, "compute": "aim * 2", "prints": "12"},
    }
    told = verdicts(tmp_path, claims, **ALONE)
    assert [one.verdict for one in told.values()] == [Verdict.CANNOT, Verdict.CANNOT, HOLDS]
    assert told["aim"].because == "it is an aim"


CIRCLES: list[tuple[dict[str, Any], list[str]]] = [
    ({"a": {"same_as": "a", "prints": "1"}}, ["a → a"]),
    ({"a": {"same_as": "b", "prints": "1"}, "b": {"same_as": "a", "prints": "1"}}, ["a → b → a"]),
    (
        {
            "a": {"let": {"x": {"claim": "b"}, "y": {"claim": "b"}}, "compute": "x + y", "prints": "1"},
            "b": {"let": {"x": {"claim": "c"}}, "compute": "x", "prints": "1"},
            "c": {"same_as": "a", "prints": "1"},
            "d": {"same_as": "e", "prints": "1"},
            "e": {"same_as": "d", "prints": "1"},
        },
        ["a → b → c → a", "d → e → d"],
    ),
]


@pytest.mark.parametrize(("claims", "circles"), CIRCLES, ids=str)
def test_every_circle_of_claims_is_told_once(tmp_path: Path, claims: dict[str, Any], circles: list[str]) -> None:
    told = checked(tmp_path, claims, **ALONE)
    assert [finding.rule.code for finding in told.findings] == ["REF211"] * len(circles)
    assert [finding.message.split(": ", 1)[1] for finding in told.findings] == circles
    assert told.claims == ()


def test_claims_that_use_each_other_a_thousand_deep_are_worked_out_at_once(tmp_path: Path) -> None:
    claims: dict[str, Any] = {
        f"c{number}": {
            "let": {"x": {"claim": f"c{number + 1}"}, "y": {"claim": f"c{number + 1}"}},
            "compute": "(x + y) / 2",
            "prints": "1",
        }
        for number in range(1_000)
    }
    claims["c1000"] = {"cannot": "it is given", "prints": "1"}
    folder = organisation(tmp_path, **ALONE, claims=claims_text(claims))
    began = time.process_time()
    told = check_claims(folder)
    assert [judged.verdict for judged in told.claims] == [HOLDS] * 1_000 + [Verdict.CANNOT]
    assert time.process_time() - began < 10


MISSPELT: list[tuple[dict[str, Any], str, str]] = [
    ({"of": {"post": "wroker"}, "expect": {"current.fte": "1"}}, "REF209", 'did you mean "worker"?'),
    ({"of": {"team": "eastt"}, "expect": {"current.fte": "1"}}, "REF209", 'did you mean "east"?'),
    ({"of": {"grade": ["D", "HH"]}, "expect": {"current.fte": "1"}}, "REF209", 'did you mean "H"?'),
    ({"of": {"tenure": "temporarily"}, "expect": {"current.fte": "1"}}, "REF209", 'did you mean "temporary"?'),
    ({"of": {"fund": "grants"}, "expect": {"current.fte": "1"}}, "REF209", 'did you mean "grant"?'),
    ({"of": {"pool": "drivers"}, "expect": {"pool.slack": "1"}}, "REF209", 'did you mean "driver"?'),
    ({"of": {"changes": "regrade"}, "expect": {"change.fte": "1"}}, "REF209", 'did you mean "regraded"?'),
    ({"of": {"team": "east", "except": {"post": "wroker"}}, "expect": {"current.fte": "1"}}, "REF209", '"worker"?'),
    (
        {"let": {"x": {"take": "current.fte", "of": {"post": "wroker"}}}, "compute": "x", "prints": "1"},
        "REF209",
        'did you mean "worker"?',
    ),
    ({"same_as": "frist", "prints": "1"}, "REF210", 'did you mean "first"?'),
    ({"let": {"x": {"claim": "frist"}}, "compute": "x", "prints": "1"}, "REF210", 'did you mean "first"?'),
    ({"same_as": "two", "prints": "1"}, "REF210", "one figure each"),
]


@pytest.mark.parametrize(("claim", "code", "hint"), MISSPELT)
def test_an_id_that_does_not_exist_is_an_error_with_what_was_meant(
    tmp_path: Path, claim: dict[str, Any], code: str, hint: str
) -> None:
    claims = {
        "it": claim,
        "first": {"cannot": "it is given", "prints": "1"},
        "two": {"expect": {"current.fte": "20.0", "current.filled": "16.9"}},
    }
    told = checked(tmp_path, claims, **ALONE)
    (finding,) = told.findings
    assert (finding.rule.code, hint in finding.hint) == (code, True), finding.hint
    assert told.claims == ()


SHAPES = [
    ("{compute: 1, prints: 1, cannot: why}", "SCH105", "compute"),
    ("{expect: {current.fte: 1}, same_as: other, prints: 1}", "SCH105", "expect"),
    ("{compute: 1 + 1}", "SCH104", "prints"),
    ("{prints: 1}", "SCH104", "one of: expect, compute, same_as, cannot"),
    ("{expect: {current.fte: }}", "SCH104", "the value as printed"),
    ("{expect: {current.fte: 1}, prints: 1}", "SCH105", "leave `prints` out"),
    ("{compute: 1, prints: 1, known: {difference: 1}}", "SCH104", "what is missing"),
    ("{compute: 1, prints: 1, known: {because: why}}", "SCH104", "what is missing"),
    ('{compute: 1, prints: 1, known: {difference: ">1", because: why}}', "SCH105", "printed less computed"),
    (
        "{expect: {current.fte: 1, current.filled: 2}, known: {difference: 1, because: why}}",
        "SCH105",
        "one expectation",
    ),
    ("{cannot: why, prints: 1, known: {difference: 1, because: why}}", "SCH105", "keep one of them"),
    ("{let: {x: 1}, compute: 1 + 1, prints: 2}", "SCH105", "leave it out"),
    ("{of: {team: east}, let: {x: {take: current.fte}}, compute: x, prints: 2}", "SCH105", "an `of` of its own"),
    ("{expect: {curent.fte: 1}}", "SCH103", 'did you mean "current"?'),
    ("{expect: {current.ftes: 1}}", "SCH103", 'did you mean "fte"?'),
    ("{expect: {current: 1}}", "SCH103", ""),
    ("{expect: {current.fte.top: 1}}", "SCH103", ""),
    ("{expect: {change.cost.topp: 1}}", "SCH103", 'did you mean "top"?'),
    ("{expect: {pool.vacant: 1}}", "SCH103", ""),
    ("{expect: {gap: 1}}", "SCH103", ""),
    ("{expect: {gap.2024: 1}}", "SCH103", ""),
    ("{of: {temas: east}, expect: {current.fte: 1}}", "SCH102", 'did you mean "team"?'),
    ("{of: {team: east, except: [{grade: D}, {pots: a}]}, expect: {current.fte: 1}}", "SCH102", 'did you mean "post"?'),
    ("{of: {team: }, expect: {current.fte: 1}}", "SCH103", ""),
    ("{of: east, expect: {current.fte: 1}}", "SCH103", ""),
    ("{of: {counted: yes}, expect: {current.fte: 1}}", "SCH103", "write true"),
    ("{expects: {current.fte: 1}}", "SCH102", 'did you mean "expect"?'),
    ("{let: {x: {takes: current.fte}}, compute: x, prints: 1}", "SCH103", ""),
    ("{let: {1x: 5}, compute: 1, prints: 1}", "SCH103", ""),
    ("{compute: 1, prints: one}", "SCH103", "in digits"),
]


@pytest.mark.parametrize(("claim", "code", "hint"), SHAPES)
def test_a_claim_that_cannot_be_read_is_refused_with_a_hint_and_nothing_is_judged(
    tmp_path: Path, claim: str, code: str, hint: str
) -> None:
    entry = {"says": "what it says", **yaml.load(claim, yaml.BaseLoader)}
    text = claims_text({"it": entry, "other": {"compute": "2", "prints": "3"}}).replace("''", "")
    told = check_claims(organisation(tmp_path, **ALONE, claims=text))
    first = told.findings[0]
    assert (first.rule.code, hint in first.message + first.hint) == (code, True), (first.message, first.hint)
    assert first.hint
    assert told.claims == ()


def test_a_claim_says_what_it_claims(tmp_path: Path) -> None:
    told = checked(tmp_path, {"it": {"compute": "1", "prints": "1", "says": ""}}, **ALONE)
    assert {finding.rule.code for finding in told.findings} == {"SCH103"}


def test_nothing_is_judged_where_a_file_beside_is_not_valid(tmp_path: Path) -> None:
    told = checked(tmp_path, {"it": {"compute": "1", "prints": "2"}}, current=CURRENT.replace("fte: 10.5", "fte: ten"))
    assert told.claims == ()
    assert [finding.rule.code for finding in told.findings] == ["SCH103"]


@pytest.mark.parametrize(
    ("compute", "prints", "hint"),
    [
        ("5,494", "£5,496", "{difference: £2,"),
        ("5,500", "£5,496", "{difference: -£4,"),
        ("4,000", "£5,496", '{difference: "£1,496",'),
        ("£5,496.33", "£5,496", "{difference: -£0.33,"),
        ("20 * £750 / 7", "£2,143", "{difference: £0.14,"),
        ("2 / 3", "0.7% ", "{difference: -65.966667%,"),
        ("2 / 3", "1", "{difference: 0.333333,"),
    ],
)
def test_the_difference_in_the_hint_can_be_copied_into_the_file(
    tmp_path: Path, compute: str, prints: str, hint: str
) -> None:
    claim: dict[str, Any] = {"compute": compute, "prints": prints.strip()}
    (finding,) = checked(tmp_path, {"it": claim}, **ALONE).findings
    assert hint in finding.hint
    told = finding.hint[finding.hint.index("{") : finding.hint.rindex("}") + 1]
    claim["known"] = yaml.load(told.replace("…", "the report is wrong"), yaml.BaseLoader)
    assert verdicts(tmp_path, {"it": claim}, **ALONE)["it"].verdict is Verdict.KNOWN


@pytest.mark.parametrize(
    "arguments", [(), ("here", "there"), ("here", "--format", "parquet"), ("here", "--fail-on", "x")]
)
def test_a_wrong_call_ends_with_two_and_prints_no_figure(restructure: Restructure, arguments: tuple[str, ...]) -> None:
    ran = restructure("claims", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ({"compute": "2", "prints": "2"}, 0),
        ({"compute": "2", "prints": "3"}, 1),
        ({"compute": "2", "prints": "3", "known": {"difference": "1", "because": "why"}}, 0),
        ({"compute": "2", "prints": "2", "known": {"difference": "1", "because": "why"}}, 1),
        ({"compute": "2 / 0", "prints": "2"}, 0),
        ({"of": {"post": "driver", "grade": "K"}, "expect": {"current.fte": "0"}}, 1),
        ({"same_as": "nothing", "prints": "2"}, 3),
        ({"compute": "2 +", "prints": "2"}, 3),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_the_exit_code_is_the_same_in_every_format_and_in_a_check(
    tmp_path: Path, restructure: Restructure, claim: dict[str, Any], code: int, form: str
) -> None:
    folder = organisation(tmp_path, **ALONE, claims=claims_text({"it": claim}))
    ran = restructure("claims", folder, "--format", form)
    assert (ran.code, bool(ran.out)) == (code, code != 3)
    assert restructure("check", folder).code == code
