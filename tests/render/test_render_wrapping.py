"""Lines break between words, inside a word only in a cell, and inside a figure never."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restructure_cli.render.wrapping import (
    narrowest,
    widest_figure,
    width_of,
    wrap_cell,
    wrap_words,
)

WORDS = st.text("abcdé社-/_ 0123456789.,£−", min_size=1).map(lambda text: " ".join(text.split()))


def test_prose_breaks_between_words() -> None:
    assert wrap_words("the posts it pays for are permanent", 14) == [
        "the posts it",
        "pays for are",
        "permanent",
    ]


def test_prose_leaves_a_long_word_whole() -> None:
    assert wrap_words("see https://example.org/a/long/path now", 10) == [
        "see",
        "https://example.org/a/long/path",
        "now",
    ]


def test_a_cell_cuts_a_long_word_after_a_mark_first() -> None:
    assert wrap_cell("Admin/Business-Support", 15) == ["Admin/Business-", "Support"]
    assert wrap_cell("Gwasanaethaucymdeithasol", 10) == ["Gwasanaeth", "aucymdeith", "asol"]


def test_a_figure_is_never_cut() -> None:
    assert wrap_cell("£1,234,567.00–£1,345,678.00", 14) == ["£1,234,567.00–", "£1,345,678.00"]
    assert wrap_cell("£1,234,567.00", 5) == ["£1,234,567.00"]


def test_a_unit_stays_with_its_word() -> None:
    assert wrap_words("Funding, £ Met, %", 8) == ["Funding, £", "Met, %"]
    assert wrap_words("Change in cost a year, £", 9) == ["Change in", "cost a", "year, £"]


def test_a_no_break_space_holds() -> None:
    assert wrap_words("from 1\u00a0April 2026", 8) == ["from", "1\u00a0April", "2026"]


def test_wide_characters_take_two_cells() -> None:
    assert wrap_cell("社会工作者", 4) == ["社会", "工作", "者"]


def test_narrowest_for_lines_of_a_heading() -> None:
    heading = "Change in cost a year"
    assert [narrowest(heading, lines) for lines in (1, 2, 3, 9)] == [21, 11, 7, 6]
    assert narrowest("", 1) == 0


@settings(deadline=None)
@given(WORDS, st.integers(1, 40))
def test_a_cell_loses_nothing_keeps_its_width_and_its_figures(text: str, width: int) -> None:
    lines = wrap_cell(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= max(width, widest_figure(text), 2) for line in lines)
    assert re.findall(r"\d[\d.,]*", "\n".join(lines)) == re.findall(r"\d[\d.,]*", text)


@pytest.mark.parametrize("text", ["+" * 50_000, "a" * 50_000, "1" * 50_000, "-1" * 25_000])
def test_a_hostile_word_takes_no_longer_than_its_length(text: str) -> None:
    begin = time.perf_counter()
    assert "".join(wrap_cell(text, 20)) == text
    assert widest_figure(text) <= len(text)
    assert time.perf_counter() - begin < 1
