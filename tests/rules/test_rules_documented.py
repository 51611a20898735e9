"""Every rule is documented: `restructure rule`, and docs/rules.md, which `--update` writes anew."""

import csv
import io
import json
from pathlib import Path

import pytest

from restructure_cli.checks.rulebook import EVERY_RULE, GROUPS, RULES, documented
from restructure_cli.model.findings import Rule
from restructure_cli.render.rules import rules_page
from running import Restructure

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_of_rules_says_what_the_rules_say(updating: bool) -> None:
    page = rules_page(map(documented, EVERY_RULE))
    if updating:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page, "utf-8", newline="\n")
    assert page == PAGE.read_text("utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_is_and_why(rule: Rule, restructure: Restructure) -> None:
    told = restructure("rule", rule.code)
    assert told.code == 0
    assert told.out.startswith(f"{rule.code}  {rule.name}  ({rule.severity})\n")
    assert " ".join(rule.why.split()) in " ".join(told.out.split())
    assert "\nFails\n" in told.out and "\nPasses\n" in told.out
    shown = documented(rule)
    written = [line for text in (*shown.fails.values(), *shown.mended.values()) for line in text.splitlines()]
    assert {line.rstrip() for line in written} <= {line.removeprefix("    ") for line in told.out.splitlines()}
    assert rule.title and rule.example and rule.why.endswith((".", "`."))


def test_a_code_and_a_name_are_used_once_and_have_a_group() -> None:
    codes, names = [rule.code for rule in EVERY_RULE], [rule.name for rule in RULES]
    assert len(set(codes)) == len(codes) and len(set(names)) == len(names)
    assert list(dict.fromkeys(code[:3] for code in codes)) == list(GROUPS)
    assert all(rule.name.startswith(f"{rule.code[:3].lower()}.") for rule in EVERY_RULE)


def test_a_list_holds_every_rule(restructure: Restructure) -> None:
    codes = [rule.code for rule in EVERY_RULE]
    assert [row["code"] for row in json.loads(restructure("rule", "--format", "json").out)["rules"]] == codes
    table = csv.DictReader(io.StringIO(restructure("rule", "--format", "csv").out.removeprefix("\ufeff")))
    assert [row["code"] for row in table] == codes
    printed = restructure("rule").out
    assert all(rule.code in printed and rule.name in printed for rule in EVERY_RULE)


def test_a_rule_is_found_by_its_name_in_any_case(restructure: Restructure) -> None:
    by_code = restructure("rule", "EST203").out
    assert restructure("rule", "est203").out == by_code
    assert restructure("rule", "est.vacant").out == by_code


@pytest.mark.parametrize(("asked", "meant"), [("EST9203", "EST203"), ("est.vacent", "est.vacant")])
def test_the_rule_that_was_meant_is_suggested(asked: str, meant: str, restructure: Restructure) -> None:
    told = restructure("rule", asked)
    assert told.code == 2
    assert f'did you mean "{meant}"' in " ".join(told.err.replace("│", " ").split())
