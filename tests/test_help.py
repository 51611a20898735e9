"""Help is printed as it is written: no word, bracket or mark of it is taken for a style and left out."""

import itertools
import sys
from typing import Any

import pytest
import typer

from restructure_cli.cli import VERBS, app
from running import Restructure

WIDE = "2000"
"""Columns: every help text of an option then stands on one line."""


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", WIDE)


def words(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def command(verb: str) -> Any:
    group: Any = typer.main.get_command(app)
    return group.get_command(None, verb)


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_is_printed_as_it_is_written(verb: str, restructure: Restructure) -> None:
    printed = words(restructure(verb, "--help").out)
    asked = command(verb)
    texts = [sys.modules[asked.callback.__module__].__doc__, *(option.help for option in asked.params)]
    for text in texts:
        assert text
        assert words(text) in printed


def test_the_line_of_every_verb_is_printed_as_it_is_written(restructure: Restructure) -> None:
    printed = words(restructure("--help").out)
    assert all(line in printed for line in VERBS.values())


@pytest.mark.parametrize("verb", VERBS)
def test_the_paragraphs_of_a_help_fill_the_terminal(
    verb: str, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    prose = restructure(verb, "--help").out.partition("Usage:")[2].partition("╭")[0].splitlines()[2:]
    for line, below in itertools.pairwise(line.strip() for line in prose):
        assert not line or not below or len(f"{line} {below.split()[0]}") > 78
