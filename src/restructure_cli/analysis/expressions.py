"""Working out the expressions of claims: exact figures with the interval that rounded ones allow."""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import reduce

from restructure_cli.model.claims import Expression, Literal, Name, Operation
from restructure_cli.model.derivations import Derivation, Kind, Step, Trace
from restructure_cli.model.intervals import Interval, add, divide, multiply, one_or_range, subtract
from restructure_cli.model.quantities import ZERO

_PLACES = Decimal("1e-12")
_WIDE = Context(prec=64)
_TOO_LARGE = Decimal("1e40")


class Unworkable(Exception):
    """The expression has no value, for the reason given: as dividing by nil. Never leaves this analysis."""


def settled(figure: Decimal) -> Decimal:
    """Mend the last digits of a quotient that was cut at 28: two thirds by three are two."""
    return figure if figure.is_infinite() else figure.quantize(_PLACES, context=_WIDE).normalize()


def value_of(tree: Expression, terms: Mapping[str, Interval]) -> Interval:
    """Work an expression out.

    Raises:
        Unworkable: it divides by nil, or comes to a figure beyond all accounts.
    """
    if isinstance(tree, Literal):
        return tree.figure.interval
    if isinstance(tree, Name):
        return terms[tree.name]
    operands = [value_of(operand, terms) for operand in tree.operands]
    try:
        found = _OPERATIONS[tree.operation](operands)
    except ZeroDivisionError:
        raise Unworkable("it divides by nil") from None
    if any(end is not None and end.is_finite() and abs(end) > _TOO_LARGE for end in found):
        raise Unworkable("it comes to a figure of more than forty digits")
    return found


def _quotient(operands: list[Interval]) -> Interval:
    """Divide; by what is nil but for the digits that were cut, not at all."""
    left, right = operands
    if right.value is not None and settled(right.value) == ZERO:
        raise ZeroDivisionError
    return divide(left, right)


def derived(tree: Expression, terms: Mapping[str, Trace], values: Mapping[str, Interval]) -> Derivation:
    """Return the derivation of an expression, over those of its terms."""
    if isinstance(tree, Literal):
        figure = tree.figure
        one, between = one_or_range(figure.interval)
        told = f"{figure.text}, as the claim has it"
        return Derivation(told, one, figure.unit.value or "number", kind=Kind.CLAIM, between=between)
    if isinstance(tree, Name):
        return terms[tree.name]()
    parts = tuple(derived(operand, terms, values) for operand in tree.operands)
    value, between = one_or_range(value_of(tree, values))
    name, step = _STEPS[tree.operation]
    return Derivation(name, settled(value), _unit(tree.operation, parts), step, parts, between=between)


def _unit(operation: Operation, parts: tuple[Derivation, ...]) -> str:
    """Return the unit of a result: that of its parts where they have one in common, or of the only one with any."""
    units = {part.unit for part in parts} - {"number", "%"}
    if operation is Operation.DIVIDE and len(parts) == 2 and parts[0].unit == parts[1].unit:
        return "number"
    if operation is Operation.DIVIDE and parts[1].unit not in ("number", "%"):
        return parts[0].unit
    return units.pop() if len(units) == 1 else "number"


def _each(pick: Callable[[Iterable[Decimal]], Decimal]) -> Callable[[list[Interval]], Interval]:
    """Make a function of one end at a time, for what grows with each of its arguments."""

    def apply(operands: list[Interval]) -> Interval:
        values = [operand.value for operand in operands if operand.value is not None]
        value = pick(values) if len(values) == len(operands) else None
        return Interval(
            value, pick([operand.low for operand in operands]), pick([operand.high for operand in operands])
        )

    return apply


def _whole(rounding: str) -> Callable[[Iterable[Decimal]], Decimal]:
    def pick(figures: Iterable[Decimal]) -> Decimal:
        (figure,) = figures
        return figure if figure.is_infinite() else settled(figure).to_integral_value(rounding)

    return pick


def _size(operands: list[Interval]) -> Interval:
    value, low, high = operands[0]
    sizes = (abs(low), abs(high))
    return Interval(None if value is None else abs(value), ZERO if low <= ZERO <= high else min(sizes), max(sizes))


_OPERATIONS: Mapping[Operation, Callable[[list[Interval]], Interval]] = {
    Operation.ADD: lambda operands: add(*operands),
    Operation.SUBTRACT: lambda operands: subtract(*operands),
    Operation.MULTIPLY: lambda operands: multiply(*operands),
    Operation.DIVIDE: _quotient,
    Operation.NEGATE: lambda operands: -operands[0],
    Operation.SUM: lambda operands: reduce(add, operands),
    Operation.MIN: _each(min),
    Operation.MAX: _each(max),
    Operation.ABS: _size,
    Operation.CEIL: _each(_whole(ROUND_CEILING)),
    Operation.FLOOR: _each(_whole(ROUND_FLOOR)),
}

_STEPS: Mapping[Operation, tuple[str, Step]] = {
    Operation.ADD: ("sum", Step.SUM),
    Operation.SUBTRACT: ("difference", Step.DIFFERENCE),
    Operation.MULTIPLY: ("product", Step.PRODUCT),
    Operation.DIVIDE: ("quotient", Step.QUOTIENT),
    Operation.NEGATE: ("the other way round", Step.NEGATED),
    Operation.SUM: ("sum", Step.SUM),
    Operation.MIN: ("smallest", Step.LEAST),
    Operation.MAX: ("largest", Step.GREATEST),
    Operation.ABS: ("size", Step.SIZE),
    Operation.CEIL: ("rounded up", Step.ROUNDED_UP),
    Operation.FLOOR: ("rounded down", Step.ROUNDED_DOWN),
}
