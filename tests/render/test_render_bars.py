"""Bars share one scale, show every part that is there, and say the same in words."""

from decimal import Decimal

import pytest

from restructure_cli.model.report import Bar, Report, Section
from restructure_cli.render.bars import draw_bars
from restructure_cli.render.text import render_text


def bar(full: int, doubtful: int, empty: int, words: str = "so much", label: str = "2024-25") -> Bar:
    return Bar(label, Decimal(full), Decimal(doubtful), Decimal(empty), words)


def test_the_longest_bar_takes_the_room_and_the_others_their_share() -> None:
    first, second = draw_bars([bar(30, 0, 10), bar(10, 10, 0)], None)
    assert first == "2024-25  " + "█" * 30 + "░" * 10 + "  so much"
    assert second == "2024-25  " + "█" * 10 + "▒" * 10 + " " * 20 + "  so much"


def test_what_is_there_is_seen_however_little_it_is() -> None:
    (line,) = draw_bars([bar(1_000_000, 0, 1)], None)
    assert line == "2024-25  " + "█" * 39 + "░  so much"


def test_nothing_draws_nothing() -> None:
    (line,) = draw_bars([bar(0, 0, 0)], None)
    assert line.split() == ["2024-25", "so", "much"]


@pytest.mark.parametrize("width", [30, 60, 100])
def test_on_a_terminal_no_line_is_wider_unless_a_word_is(width: int) -> None:
    lines = draw_bars([bar(5, 0, 3, "£6,500,000 of £7,150,000 paid; gap £650,000")], width)
    assert all(len(line) <= max(width, 34) for line in lines)
    assert "".join(lines[0].split()[1]) == lines[0].split()[1]


def test_a_stream_without_blocks_gets_ascii() -> None:
    told = Report("Title", (Section("Each year", bars=(bar(1, 1, 2),)),), "The end.")
    drawn = render_text(told, width=60, colour=False, blocks=False).split("\n")[5]
    assert drawn.isascii() and drawn.startswith("2024-25  ###")
    assert "?" in drawn and "." in drawn
