"""A derivation as a formula: each step as a spreadsheet writes it, each figure that stands in a cell as the cell."""

from collections.abc import Callable, Mapping

from restructure_cli.model.derivations import Derivation, Step
from restructure_cli.render.workbook.sheets import plain


class Cells:
    """Where figures stand that several formulas use: rates, points, grades."""

    def __init__(self) -> None:
        self._cells: dict[Derivation, str] = {}

    def stands(self, figure: Derivation, ref: str) -> None:
        """Say where a figure stands; the first place is the one that is traced."""
        self._cells.setdefault(figure, ref)

    def of(self, figure: Derivation) -> str | None:
        """Return where a figure stands."""
        return self._cells.get(figure)

    def formula(self, figure: Derivation) -> str:
        """Return the formula of a figure: its cell, or its step over its parts, down to numbers."""
        ref = self._cells.get(figure)
        if ref is not None:
            return ref
        if not figure.parts:
            return plain(figure.value)
        return self.step(figure)

    def step(self, figure: Derivation) -> str:
        """Return the formula of a figure's own step, whether or not it has a cell."""
        parts = [self.formula(part) for part in figure.parts]
        if figure.step is Step.MEAN:
            return _mean(parts)
        return _STEPS[figure.step](parts)


def _mean(parts: list[str]) -> str:
    counts: dict[str, int] = {}
    for part in parts:
        counts[part] = counts.get(part, 0) + 1
    times = "+".join(f"{part}*{times}" if times > 1 else part for part, times in counts.items())
    return f"({times})/{len(parts)}"


def _over(parts: list[str]) -> str:
    divisors = (f"({part})" if "*" in part else part for part in parts[1:])
    return f"({'/'.join((parts[0], *divisors))})"


_STEPS: Mapping[Step, Callable[[list[str]], str]] = {
    Step.SUM: lambda parts: parts[0] if len(parts) == 1 else f"({'+'.join(parts)})",
    Step.DIFFERENCE: lambda parts: f"({'-'.join(parts)})",
    Step.PRODUCT: "*".join,
    Step.QUOTIENT: _over,
    Step.QUOTIENT_TO_NINE_PLACES: lambda parts: f"ROUND({_over(parts)},9)",
    Step.EXCESS: lambda parts: f"MAX(0,{parts[0]}-{parts[1]})",
    Step.LEAST: lambda parts: f"MIN({','.join(parts)})",
    Step.PRODUCT_TO_THE_PENNY: lambda parts: f"ROUND({'*'.join(parts)},2)",
    Step.NEGATED: lambda parts: f"(-{parts[0]})",
    Step.GREATEST: lambda parts: f"MAX({','.join(parts)})",
    Step.SIZE: lambda parts: f"ABS({parts[0]})",
    Step.ROUNDED_UP: lambda parts: f"CEILING({parts[0]},1)",
    Step.ROUNDED_DOWN: lambda parts: f"FLOOR({parts[0]},1)",
}
