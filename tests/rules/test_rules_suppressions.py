"""What a suppression covers, how long, and what is told of one that is not in order; a total never rests on one."""

from pathlib import Path

import pytest

from restructure_cli.checks.folders import Checked, check
from restructure_cli.files.suppressions import suppressions
from restructure_cli.model.periods import Moment
from running import Restructure

TODAY = Moment(2026, 11, 30).last_day()
HEAD = "restructure: structure/1\norganisation: Ashdale Council\ntitle: Today\n"
EXCUSE = "# restructure: ignore EST201 until 2027-03-31 because two people share a desk"
BOTH = EXCUSE.replace("EST201", "EST202, EST201")
OVERFILLED = "{title: Clerk, fte: 2, filled: 3}"


def checked(folder: Path, text: str) -> Checked:
    (folder / "current.yaml").write_text(HEAD + text, "utf-8")
    return check([folder], TODAY)


def codes(folder: Path, text: str) -> list[str]:
    return [finding.rule.code for finding in checked(folder, text).findings]


@pytest.mark.parametrize(
    "text",
    [
        f"posts:\n  clerk: {OVERFILLED} {EXCUSE}\n",
        f"posts:\n  {EXCUSE}\n  clerk: {OVERFILLED}\n",
        f"posts:\n  {EXCUSE}\n\n  # a remark\n  clerk: {OVERFILLED}\n",
        f"posts:\n  {EXCUSE}\n  clerk:\n    title: Clerk\n    fte: 2\n    filled: 3\n",
        f"posts:\n  clerk:\n    title: Clerk\n    fte: 2\n    {EXCUSE}\n    filled: 3\n",
        f"posts:\n  clerk:\n    title: Clerk\n    fte: 2\n    filled: 3 {EXCUSE}\n",
        f"{EXCUSE}\nposts:\n  clerk: {OVERFILLED}\n",
        f"posts:\n  {BOTH}\n  clerk: {{title: C, fte: 2, filled: 3, people: 2}}\n",
    ],
)
def test_a_suppression_covers_its_line_or_the_entry_below_it(tmp_path: Path, text: str) -> None:
    result = checked(tmp_path, text)
    assert [finding.rule.code for finding in result.findings] == []
    assert "EST201" in {finding.rule.code for finding in result.suppressed}


@pytest.mark.parametrize(
    "text",
    [
        f"posts:\n  driver: {{title: Driver}} {EXCUSE}\n  clerk: {OVERFILLED}\n",
        f"posts:\n  {EXCUSE}\n  driver: {{title: Driver}}\n  clerk: {OVERFILLED}\n",
        f"posts:\n  clerk: {OVERFILLED}\n  {EXCUSE}\n",
        f"posts:\n  clerk:\n    title: Clerk\n    {EXCUSE}\n    fte: 2\n    filled: 3\n",
    ],
)
def test_a_suppression_elsewhere_covers_nothing_and_says_so(tmp_path: Path, text: str) -> None:
    assert sorted(codes(tmp_path, text)) == ["EST201", "SUP702"]


@pytest.mark.parametrize(
    "text",
    [
        f'posts:\n  clerk: {{title: Clerk, fte: 2, filled: 3, note: "{EXCUSE}"}}\n',
        f"posts:\n  clerk: {OVERFILLED}\nnote: >-\n  As a comment,\n  {EXCUSE}\n",
        f"posts:\n  clerk: {OVERFILLED}\nnote: |\n  {EXCUSE}\n",
    ],
)
def test_what_stands_in_a_text_is_no_comment(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == ["EST201"]


def test_a_comment_under_a_block_of_text_is_one(tmp_path: Path) -> None:
    text = f"posts:\n  driver:\n    title: Driver\n    note: |\n      Text\n  {EXCUSE}\n  clerk: {OVERFILLED}\n"
    assert codes(tmp_path, text) == []


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# restructure: ignore EST201 until 2027-03-31", "SUP701"),
        ("# restructure: ignore EST201 until 2027-03-31 because", "SUP701"),
        ("# restructure: ignore EST201 until 2027-03-31 because …", "SUP701"),
        ("# RESTRUCTURE: IGNORE EST201 until 2027-03-31 because a desk is shared", "SUP704"),
        ("# restructure: ignore EST201 because a desk is shared", "SUP704"),
        ("# restructure: ignore EST201", "SUP704"),
        ("# restructure: ignore", "SUP704"),
        ("# restructure: ignore est201 until 2027-03-31 because a desk is shared", "SUP704"),
        ("# restructure: ignore est.overfilled until 2027-03-31 because a desk is shared", "SUP704"),
        ("# restructure: ignore EST999 until 2027-03-31 because a desk is shared", "SUP704"),
        ("# restructure: ignore EST201 until Easter because a desk is shared", "SUP704"),
        ("# restructure: ignore EST201 until 2027-02-30 because a desk is shared", "SUP704"),
        ("# restructure: ignore EST201 because a desk is shared until 2027-03-31", "SUP704"),
        ("# restructure: skip EST201 until 2027-03-31 because a desk is shared", "SUP704"),
        ("# restructure ignore EST201 until 2027-03-31 because a desk is shared", "SUP704"),
        ("# restucture: ignore EST201 until 2027-03-31 because a desk is shared", "SUP704"),
        ("#restructure: ignore EST201 until 2027-03-31 because a desk is shared", "SUP704"),
        ("# restructure: ignore EST201 until 2026-11-29 because a desk is shared", "SUP703"),
        ("# restructure: ignore EST201 until 2026-10 because a desk is shared", "SUP703"),
        ("# restructure: ignore SUP703 until 2027-03-31 because it tells too much", "SUP705"),
        ("# restructure: ignore PAY404 until 2027-03-31 because it tells too much", "SUP705"),
    ],
)
def test_an_excuse_that_is_not_in_order_excuses_nothing(tmp_path: Path, comment: str, code: str) -> None:
    assert sorted(codes(tmp_path, f"posts:\n  {comment}\n  clerk: {OVERFILLED}\n")) == ["EST201", code]


@pytest.mark.parametrize("until", ["2026-11-30", "2026-11", "2026-12-01"])
def test_an_excuse_holds_to_the_end_of_its_last_day(tmp_path: Path, until: str) -> None:
    comment = EXCUSE.replace("2027-03-31", until)
    assert codes(tmp_path, f"posts:\n  {comment}\n  clerk: {OVERFILLED}\n") == []


@pytest.mark.parametrize(
    "remark", ["# we ignore the older report", "# restructured in 2024", "# see the restructure report", "# EST201"]
)
def test_a_remark_is_no_excuse(tmp_path: Path, remark: str) -> None:
    assert codes(tmp_path, f"posts:\n  {remark}\n  clerk: {OVERFILLED}\n") == ["EST201"]


def test_what_cannot_be_suppressed_stops_every_total(tmp_path: Path, restructure: Restructure) -> None:
    comment = EXCUSE.replace("EST201", "REF201")
    text = f"posts:\n  {comment}\n  clerk: {{title: Clerk, team: nowhere}}\n"
    assert sorted(codes(tmp_path, text)) == ["REF201", "SUP705"]
    assert restructure("vacancies", tmp_path / "current.yaml").code == 3


def test_one_file_alone_does_not_show_what_is_unused(tmp_path: Path) -> None:
    checked(tmp_path, f"posts:\n  {EXCUSE}\n  clerk: {{title: Clerk}}\n")
    assert [finding.rule.code for finding in check([tmp_path], TODAY).findings] == ["SUP702"]
    assert check([tmp_path / "current.yaml"], TODAY).findings == ()


def test_where_rules_were_not_run_nothing_is_said_to_be_unused(tmp_path: Path) -> None:
    text = f"posts:\n  {EXCUSE}\n  clerk: {{title: Clerk, team: nowhere}}\n"
    assert codes(tmp_path, text) == ["REF201"]


def test_other_verbs_heed_an_excuse_and_not_the_day(tmp_path: Path, restructure: Restructure) -> None:
    text = f"posts:\n  {EXCUSE.replace('2027', '2020')}\n  clerk: {OVERFILLED}\n"
    assert sorted(codes(tmp_path, text)) == ["EST201", "SUP703"]
    told = restructure("vacancies", tmp_path / "current.yaml")
    assert (told.code, told.err) == (0, "")
    checked(tmp_path, f"posts:\n  clerk: {OVERFILLED}\n")
    assert restructure("vacancies", tmp_path / "current.yaml").code == 1


def test_the_day_can_be_given(tmp_path: Path, restructure: Restructure) -> None:
    checked(tmp_path, f"posts:\n  {EXCUSE}\n  clerk: {OVERFILLED}\n")
    assert restructure("check", tmp_path, "--today", "2027-03-31").code == 0
    assert restructure("check", tmp_path, "--today", "2027-04-01").code == 1
    assert restructure("check", tmp_path, "--today", "tomorrow").code == 2


def test_what_is_suppressed_is_counted(tmp_path: Path, restructure: Restructure) -> None:
    checked(tmp_path, f"posts:\n  {EXCUSE}\n  clerk: {OVERFILLED}\n")
    assert "1 finding suppressed" in restructure("check", tmp_path, "--today", "2026-11-30").out


def test_a_thousand_excuses_take_no_time(restructure: Restructure, tmp_path: Path) -> None:
    post = f"  {EXCUSE}\n  clerk-%d: {OVERFILLED}\n"
    (tmp_path / "current.yaml").write_text(HEAD + "posts:\n" + "".join(post % n for n in range(1_000)), "utf-8")
    told = restructure("check", tmp_path, "--today", "2026-11-30")
    assert "1,000 findings suppressed" in told.out or "1000 findings suppressed" in told.out
    assert told.seconds < 5


def test_a_comment_is_read_with_its_place_and_its_parts() -> None:
    (one,) = suppressions("current.yaml", f"posts:\n  clerk: {OVERFILLED}  {EXCUSE}\n")
    assert (one.place.line, one.place.column, one.first, one.last) == (2, 45, 2, 2)
    assert (one.codes, one.until, one.because) == (("EST201",), Moment(2027, 3, 31), "two people share a desk")
