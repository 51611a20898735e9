"""Findings for people are as many as a person can read, and the rest are counted; in CSV and JSON they are whole."""

import json
from pathlib import Path

import pytest

from restructure_cli.render.findings import MOST_OF_A_RULE
from running import Restructure

HEADER = "restructure: structure/1\norganisation: Ashdale Council\ntitle: Current\nposts:\n"
NUMBER = MOST_OF_A_RULE + 23


@pytest.fixture
def overfilled(tmp_path: Path) -> Path:
    """A file with more findings of one rule than anybody reads, and one of another."""
    posts = [f"  p{number}: {{title: Clerk, fte: 1, filled: 2}}\n" for number in range(NUMBER)]
    path = tmp_path / "current.yaml"
    path.write_text(HEADER + "".join(posts) + "  last: {title: Clerk, fte: 2, positions: 1}\n", "utf-8")
    return path


def test_the_rest_of_a_rule_is_counted(overfilled: Path, restructure: Restructure) -> None:
    told = restructure("check", overfilled)
    assert told.code == 1
    assert told.out.count("error[EST201]") == MOST_OF_A_RULE
    assert "… and 23 more EST201 in" in told.out
    assert "error[EST202]" in told.out, "the findings of other rules are not crowded out"
    assert f"{NUMBER + 1} errors, 0 warnings, 0 notes." in told.out.splitlines()[-1], "the count is of all"


def test_other_verbs_count_them_as_well(overfilled: Path, restructure: Restructure) -> None:
    told = restructure("vacancies", overfilled)
    assert told.err.count("error[EST201]") == MOST_OF_A_RULE
    assert "… and 23 more EST201 in" in told.err


def test_data_is_whole(overfilled: Path, restructure: Restructure) -> None:
    listed = json.loads(restructure("check", overfilled, "--format", "json").out)["findings"]
    assert len(listed) == NUMBER + 1
    assert restructure("check", overfilled, "--format", "csv").out.count("EST201") == NUMBER
