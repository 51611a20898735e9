"""The canonical layout, by examples: what comes out of what, what is left alone and why."""

import pytest

from restructure_cli.files.formatting import NoLayout, formatted

HEAD = "restructure: structure/1\n"
LAID_OUT = {
    "keys in the order of the format": (
        "posts:\n  a:\n    at: 1\n    fte: 2\n    title: x\n",
        "posts:\n  a:\n    title: x\n    fte: 2\n    at: 1\n",
    ),
    "keys in braces as well": (
        "posts:\n  a: { at: 1,fte: {at: 2, is: 3} , title: x }\n",
        "posts:\n  a: {title: x, fte: {is: 3, at: 2}, at: 1}\n",
    ),
    "the note with the header": ("posts: {}\nnote: x\ntitle: y\n", "title: y\nnote: x\nposts: {}\n"),
    "ids in the order of their author": (
        "posts:\n  b: {title: x}\n  a: {title: y}\n",
        "posts:\n  b: {title: x}\n  a: {title: y}\n",
    ),
    "two spaces": (
        "posts:\n      a:\n         title: x\n         from:\n         - b\n         -   c\n",
        "posts:\n  a:\n    title: x\n    from:\n      - b\n      - c\n",
    ),
    "items of several keys": (
        "posts:\n  a:\n    from:\n    - by: compete\n      # whose\n      post: b\n    -\n      post: c\n",
        "posts:\n  a:\n    from:\n      # whose\n      - post: b\n        by: compete\n      - post: c\n",
    ),
    "one empty line, none at either end": (
        "\n\ntitle: x\n\n\n\nposts:\n\n  a: {}\n\n\n  b: {}\n\n\n",
        "\ntitle: x\n\nposts:\n  a: {}\n\n  b: {}\n",
    ),
    "no space at the end of a line, one before a comment": (
        "title: x   \nnote:    y      # why\n",
        "title: x\nnote: y # why\n",
    ),
    "an empty value": ("posts:\n  a: {ends: , title: x}\n  b:   \n", "posts:\n  a: {title: x, ends: }\n  b:\n"),
    "a comment goes with what is below it": (
        "posts:\n  a:\n    # how many\n    fte: 2\n    # what\n    title: x\n",
        "posts:\n  a:\n    # what\n    title: x\n    # how many\n    fte: 2\n",
    ),
    "a comment at the end stays there": (
        "posts:\n  a:\n    fte: 2\n    title: x\n    # more to come\n  # the others\n  b: {}\n",
        "posts:\n  a:\n    title: x\n    fte: 2\n    # more to come\n  # the others\n  b: {}\n",
    ),
    "a heading stays with its section": (
        "posts:\n  a:\n    title: x\n    from:\n    - b\n    # then\n    fte: 2\n\n# Money\ncosts: {}\n# The end\n",
        "posts:\n  a:\n    title: x\n    # then\n    fte: 2\n    from:\n      - b\n\n# Money\ncosts: {}\n# The end\n",
    ),
    "a comment beside a section": ("posts: # all\n    a: {} # one\n", "posts: # all\n  a: {} # one\n"),
    "a value on a line of its own stays on it": (
        "posts:\n    a: # long\n      {fte: 2, title: x}\n",
        "posts:\n  a: # long\n    {title: x, fte: 2}\n",
    ),
    "text in blocks": (
        "note: >-\n      one\n        two\n\n      three\ntitle: |2\n    x\n",
        "title: |2\n    x\nnote: >-\n  one\n    two\n\n  three\n",
    ),
    "text in blocks that keep their empty lines": (
        "title: |+\n    x\n\n\nnote: y\n",
        "title: |+\n  x\n\n\nnote: y\n",
    ),
    "text over several lines": (
        "note: one\n        two\n      three # four\ntitle: 'x\n\n   y'\n",
        "title: 'x\n\n  y'\nnote: one\n  two\n  three # four\n",
    ),
    "braces over several lines": (
        "posts:\n    a: {title: x, # why\n        fte: 2,\n    }\n",
        "posts:\n  a: {title: x, # why\n      fte: 2,\n  }\n",
    ),
    "no line break at the end": ("title: x", "title: x\n"),
}
"""What comes out of what, each after the header."""


@pytest.mark.parametrize("name", LAID_OUT)
def test_the_layout(name: str) -> None:
    before, after = LAID_OUT[name]
    assert formatted(HEAD + before) == HEAD + after
    assert formatted(HEAD + after) == HEAD + after


@pytest.mark.parametrize("style", ["|", "|-", ">", ">-"])
def test_a_text_at_the_end_of_a_file_gets_the_end_of_its_line(style: str) -> None:
    text = HEAD + f"title: {style}\n  x"
    assert formatted(text) == text + "\n"


def test_what_stands_before_the_header_stays_there() -> None:
    text = "# yaml-language-server: $schema=x.json\n# Ashdale\n\n---\n# Posts\nrestructure: structure/1\ntitle: x\n"
    assert formatted(text) == text


def test_line_breaks_are_those_of_the_file() -> None:
    before = "restructure: structure/1\r\nposts:\r\n    a: {fte: 2, title: x}\r\nnote: >-\r\n    y\r\n    z\r\n"
    after = "restructure: structure/1\r\nnote: >-\r\n  y\r\n  z\r\nposts:\r\n  a: {title: x, fte: 2}\r\n"
    assert formatted(before) == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD + "posts: &all {}\ncosts: *all\n", "anchors"),
        (HEAD + "posts:\n  a: &one\n    title: x\n", "anchors"),
        ("%YAML 1.1\n---\n" + HEAD, "directive"),
        (HEAD + "title: x\n...\n", "document's end"),
        (HEAD + "? title\n: x\n", "question mark"),
        ("{restructure: structure/1}\n", "braces"),
        (HEAD + 'title: "x\u2028y"\n', "line breaks"),
    ],
)
def test_what_cannot_be_laid_out_is_left_alone(text: str, why: str) -> None:
    with pytest.raises(NoLayout, match=why):
        formatted(text)


def test_a_change_of_meaning_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "restructure_cli.files.formatting._in_order", lambda entries, _: [one for _, one in entries[:1]]
    )
    with pytest.raises(NoLayout, match="would not read as before"):
        formatted(HEAD + "title: x\n")


def test_a_lost_comment_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("restructure_cli.files.formatting._Writer._lead", lambda *_: [])
    with pytest.raises(NoLayout, match="a comment would be lost"):
        formatted(HEAD + "# why\ntitle: x\n")
