"""Nothing that a file says may act on the terminal of the person who reads it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restructure_cli.render.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Clerk\x1b[2J", "Clerk�[2J"),
        ("\x07bell\x00", "�bell�"),
        ("\x9b31m", "�31m"),
        ("Post \u202e21.01\u202c", "Post �21.01�"),
        ("\u2066isolated\u2069", "�isolated�"),
        ("half \ud83d", "half �"),
        ("two\nlines\r\nand\ta tab", "two lines and a tab"),
        ("  Team   Manager ", "Team Manager"),
        ("line\u2028separator", "line separator"),
    ],
)
def test_what_acts_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("text", ["[red]Clerk[/red]", ":smile:", "Swyddog Gwaith Ieuenctid – ŵ ŷ", "社工", "a\u00a0b"])
def test_what_only_shows_is_left_alone(text: str) -> None:
    assert printable(text) == text


@settings(deadline=None)
@given(st.text(st.characters(codec=None)))
def test_one_line_without_controls_that_can_be_encoded(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in shown)
    assert printable(shown) == shown
    shown.encode()
