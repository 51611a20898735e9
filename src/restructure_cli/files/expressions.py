"""The language of claims: expressions, measures and selections, text to trees.

An expression becomes a tree of `Calculation`s that knows eleven operations and nothing else; no text of a file is
ever run. A fault says at which character it stands.
"""

import re
from difflib import get_close_matches
from typing import NamedTuple

from restructure_cli.files import printed
from restructure_cli.files.expression_faults import no_operator, why_not
from restructure_cli.files.scalars import Unreadable
from restructure_cli.model.claims import Calculation, Expression, Literal, Name, Operation
from restructure_cli.model.printed import Printed

_LONGEST = 2_000
_DEEPEST = 40
_MOST_OPERATIONS = 200
_BLANK = " \n"
_FIGURE = r"~?£?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[mk]?%?(?![\w£%.]|,\d)"
_TOKEN = re.compile(rf"(?P<figure>{_FIGURE})|(?P<name>[A-Za-z_](?:[\w-]*\w)?)|(?P<sign>[-+*/(),])", re.ASCII)
FUNCTIONS = {op.value: op for op in (Operation.SUM, Operation.MIN, Operation.MAX, Operation.ABS, Operation.CEIL,
                                       Operation.FLOOR)}  # fmt: skip
_OF_ONE = (Operation.ABS, Operation.CEIL, Operation.FLOOR)
_EXPECTED = "an expression of figures and names, such as 20 * (£750 - £350) * 365 / 7"


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def expression(text: str) -> Expression:
    """Read an expression.

    Raises:
        Unreadable: with `offset`, the character at which it goes wrong.
    """
    if len(text) > _LONGEST:
        raise Unreadable(_EXPECTED, f"{_LONGEST} characters at most: name its parts in claims of their own")
    parser = _Parser(text)
    found = parser.sum()
    parser.end()
    return found


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        if text[at] in _BLANK:
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(_EXPECTED, why_not(text, at, FUNCTIONS), offset=at)
        kind = match.lastgroup or ""
        tokens.append(_Token(kind, match[0], at))
        at = match.end()
    tokens.append(_Token("end", "", len(text)))
    return tokens


class _Parser:
    """Reads tokens from left to right: sums of products of factors."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.next = 0
        self.depth = 0
        self.operations = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.next]

    def sum(self) -> Expression:
        found = self._product()
        while self.here.text in ("+", "-"):
            operation = self._operator()
            found = Calculation(operation, (found, self._product()))
        return found

    def end(self) -> None:
        if self.here.text == ",":
            raise self._refused("a comma stands between the arguments of sum, min and max, and nowhere else")
        if self.here.kind != "end":
            raise self._refused(no_operator(self.here.text))

    def _product(self) -> Expression:
        found = self._factor()
        while self.here.text in ("*", "/"):
            operation = self._operator()
            found = Calculation(operation, (found, self._factor()))
        return found

    def _operator(self) -> Operation:
        """Take an operator, which has a space on both sides so that a name may have a hyphen."""
        token = self.here
        if self.tokens[self.next + 1].kind == "end":
            self.next += 1
            raise self._refused(f"a figure or a name is missing after {token.text}")
        before, after = self.text[token.at - 1], self.text[token.at + 1]
        if after == token.text and after in "*/":
            raise self._refused(f"there is no {after * 2} here: there are + - * /")
        if before not in _BLANK or after not in _BLANK:
            raise self._refused(f"put a space on both sides of {token.text}")
        self._count()
        self.next += 1
        return Operation(token.text)

    def _count(self) -> None:
        self.operations += 1
        if self.operations > _MOST_OPERATIONS:
            raise self._refused(f"{_MOST_OPERATIONS} operations at most: name its parts in claims of their own")

    def _factor(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._refused(f"{_DEEPEST} levels of brackets at most")
        found = self._one()
        self.depth -= 1
        return found

    def _one(self) -> Expression:
        token = self.here
        self.next += token.kind != "end"
        if token.kind == "figure":
            return Literal(_figure(token))
        if token.text == "-":
            self._count()
            return Calculation(Operation.NEGATE, (self._factor(),))
        if token.text == "(":
            found = self.sum()
            self._close(token)
            return found
        if token.kind == "name":
            return self._call(token) if self.here.text == "(" else Name(token.text, token.at)
        self.next -= token.kind != "end"
        raise self._refused("a figure or a name is missing here")

    def _call(self, token: _Token) -> Expression:
        if token.text not in FUNCTIONS:
            close = get_close_matches(token.text, FUNCTIONS, n=1)
            hint = f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(FUNCTIONS)}"
            raise Unreadable(_EXPECTED, f'"{token.text}" is not a function here; {hint}', offset=token.at)
        operation = FUNCTIONS[token.text]
        self._count()
        opened = self.here
        self.next += 1
        operands = [self.sum()]
        while self.here.text == ",":
            if operation in _OF_ONE:
                raise self._refused(f"{token.text} takes one argument")
            if self.text[self.here.at + 1 : self.here.at + 2] not in _BLANK:
                raise self._refused("put a space after the comma between two arguments")
            self.next += 1
            operands.append(self.sum())
        self._close(opened)
        return Calculation(operation, tuple(operands))

    def _close(self, opened: _Token) -> None:
        if self.here.kind == "end":
            raise Unreadable(_EXPECTED, "this bracket is not closed: a ) is missing", offset=opened.at)
        if self.here.text != ")":
            self.end()
        self.next += 1

    def _refused(self, hint: str) -> Unreadable:
        return Unreadable(_EXPECTED, hint, offset=self.here.at)


def _figure(token: _Token) -> Printed:
    try:
        return printed.printed(token.text)
    except Unreadable as fault:
        raise Unreadable(fault.expected, fault.hint, offset=token.at) from None
