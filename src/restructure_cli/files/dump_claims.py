"""Claims back to YAML: a full file that reads back as the same claims."""

from collections.abc import Mapping
from typing import Any

from restructure_cli.files.writing import write_tree
from restructure_cli.model.claims import (
    Calculation,
    Choice,
    Claim,
    Claims,
    Expression,
    FromClaim,
    Literal,
    Name,
    Operation,
    Selection,
    Take,
    Term,
)
from restructure_cli.model.printed import Printed

_BETWEEN = {Operation.ADD: 1, Operation.SUBTRACT: 1, Operation.MULTIPLY: 2, Operation.DIVIDE: 2}
"""Operators that stand between their operands, with how tightly they bind."""
_TIGHTEST = 3


def dump_claims(claims: Claims) -> str:
    """Write a claims file."""
    return write_tree(claims_tree(claims))


def claims_tree(claims: Claims) -> dict[str, Any]:
    """Return a claims file as keys, text, lists and mappings."""
    tree: dict[str, Any] = {"restructure": "claims/1"}
    if claims.note is not None:
        tree["note"] = claims.note
    tree["claims"] = {id_: _claim(claim) for id_, claim in claims.claims.items()}
    return tree


def _claim(claim: Claim) -> dict[str, Any]:
    known = claim.known
    entry = {
        "at": _one_or_many(claim.at),
        "says": claim.says or None,
        "of": _selection(claim.of),
        "expect": {str(measure): _printed(figure) for measure, figure in claim.expect.items()},
        "let": {name: _term(term) for name, term in claim.let.items()},
        "compute": written(claim.compute) if claim.compute is not None else None,
        "same_as": claim.same_as,
        "cannot": claim.cannot,
        "prints": _printed(claim.prints) if claim.prints is not None else None,
        "known": {"difference": _printed(known.difference), "because": known.because} if known is not None else None,
    }
    return {key: value for key, value in entry.items() if value not in (None, {})}


def _one_or_many(values: tuple[str, ...]) -> Any:
    return values[0] if len(values) == 1 else list(values) or None


def _printed(figure: Printed) -> Any:
    told = {
        "basis": figure.basis.value if figure.basis is not None else None,
        "because": figure.because,
        "at": _one_or_many(figure.at),
    }
    more = {key: value for key, value in told.items() if value is not None}
    return {"is": figure.text, **more} if more else figure.text


def _selection(selection: Selection) -> Any:
    choices = [_choice(choice) for choice in selection]
    return choices[0] if len(choices) == 1 else choices or None


def _choice(choice: Choice) -> Mapping[str, Any]:
    keys: dict[str, Any] = {key.value: _one_or_many(values) for key, values in choice.keys}
    return {**keys, "except": _selection(choice.excluded)} if choice.excluded else keys


def _term(term: Term) -> Any:
    if isinstance(term, FromClaim):
        return {"claim": term.claim}
    if isinstance(term, Take):
        of = _selection(term.of)
        return {"take": str(term.measure), "of": of} if of else {"take": str(term.measure)}
    return term.text


def written(tree: Expression) -> str:
    """Write an expression as people write it: `floor(reports + £2)`."""
    return _at_least(tree, 0)


def _at_least(tree: Expression, tightness: int) -> str:
    """Write an expression, in brackets where it binds less tightly than what it stands in."""
    if isinstance(tree, Literal):
        return tree.figure.text
    if isinstance(tree, Name):
        return tree.name
    assert isinstance(tree, Calculation)
    if tree.operation is Operation.NEGATE:
        return f"-{_at_least(tree.operands[0], _TIGHTEST)}"
    binds = _BETWEEN.get(tree.operation)
    if binds is None:
        return f"{tree.operation.value}({', '.join(_at_least(operand, 0) for operand in tree.operands)})"
    first, *rest = tree.operands
    operands = [_at_least(first, binds), *(_at_least(operand, binds + 1) for operand in rest)]
    text = f" {tree.operation.value} ".join(operands)
    return f"({text})" if binds < tightness else text
