"""What to do about an expression that cannot be read: what a character that has no meaning in one was meant to be."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

_GROUPS = "a comma and a space between arguments; a comma between digits is thousands, three digits each"
_FIGURES = "write figures as in money: £2.450m, 592k, 16.2%"
_SIGNS = {
    **dict.fromkeys("−–—‐‑", "write the minus sign of the keyboard: -"), "×": "write * for times",
    "÷": "write / for divided by", "^": "there are no powers: write the factors out", "⁄": "write / for divided by",
    "%": "% belongs to a figure, as in 16.2%", "£": "write the figure next to the £: £592,000",
    "~": "write the figure next to the ~: ~£15m",
    **dict.fromkeys("‘’“”'\"", "an expression has no text in it: a term is named under `let`"),
    **dict.fromkeys("<>=", "an expression is one figure, not a comparison: what is printed goes under `prints`"),
    **dict.fromkeys("[]{}", "write round brackets: ( )"),
}  # fmt: skip
_WORDS = {"x": "write * for times", "of": "write * for a share of", "plus": "write +", "minus": "write -",
          "times": "write *", "and": "write + for a sum"}  # fmt: skip
_KINDS = (
    (re.compile(r"\d+(\.\d+)?[eE]", re.ASCII), "write the number out, without an exponent"),
    (re.compile(r"\d+_", re.ASCII), "write thousands with commas, or without"),
    (re.compile(r"£?\d[\d.]*,", re.ASCII), _GROUPS),
    (re.compile(r"[~£]*\d", re.ASCII), _FIGURES),
)


def why_not(text: str, at: int, functions: Iterable[str]) -> str:
    """Say what is wrong with an expression at a character that begins nothing that it may hold."""
    rest, mark = text[at:], text[at]
    for kind, hint in _KINDS:
        if kind.match(rest):
            return hint
    if mark.isdigit():
        return "use the digits 0 to 9"
    if mark.isspace():
        return "write a plain space here: this is a tab, or a space of another kind"
    if mark == "." and re.search(r"\w$", text[:at]):
        return "a measure is named under `let`, as in `let: {growth: {take: change.fte}}`, and used by that name"
    if mark in _SIGNS:
        return _SIGNS[mark]
    shown = f'"{mark}"' if mark.isprintable() else f"character U+{ord(mark):04X}"
    return f"{shown} has no meaning here: there are + - * / ( ), {', '.join(functions)}"


def no_operator(found: str) -> str:
    """Say what is wrong where a term follows a term."""
    if found == ")":
        return "this bracket was never opened"
    return _WORDS.get(found.lower(), "an operator is missing before this: + - * /")


def not_named(name: str, let: Collection[str], claims: Collection[str], functions: Collection[str]) -> str:
    """Say what a name was meant to be that `let` does not have."""
    pieces = name.split("-")
    for cut in range(1, len(pieces)):
        left, right = "-".join(pieces[:cut]), "-".join(pieces[cut:])
        if left in let and (right in let or right.isdigit()):
            return f"put a space on both sides of -: {left} - {right}"
    if name.lower() in functions:
        return f"{name.lower()} takes its arguments in brackets: {name.lower()}(…)"
    close = get_close_matches(name, let, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    if name in claims:
        return f"to take what that claim prints, add `let: {{{name}: {{claim: {name}}}}}`"
    return f"add `{name}` under `let`"
