"""Nothing that a file says may act on the terminal of the person who reads it."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restructure_cli.render.printable import escaped, printable


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


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Post \u202e21.01", "Post \\u202e21.01"),
        ("soft\u00adhyphen\u200b\ufeff", "soft\\u00adhyphen\\u200b\\ufeff"),
        ("\x7f\x85", "\\u007f\\u0085"),
        ("tag \U000e0041", "tag \\udb40\\udc41"),
        ("ŵ ŷ – £ 社工 😀", "ŵ ŷ – £ 社工 😀"),
    ],
)
def test_json_writes_out_what_nobody_can_see(text: str, written: str) -> None:
    assert escaped(json.dumps(text, ensure_ascii=False)) == f'"{written}"'


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_json_escaped_says_the_same(text: str) -> None:
    shown = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(shown) == text
    assert not any("\u202a" <= character <= "\u202e" for character in shown)
