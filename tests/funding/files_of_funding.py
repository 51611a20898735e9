"""Writes a funding file and reads it back; answers in pounds, as short as a test wants them."""

from decimal import Decimal
from pathlib import Path

from restructure_cli.analysis.gap import Beside, gap
from restructure_cli.files.reader import Reader
from restructure_cli.model.funding import Funding
from restructure_cli.model.gaps import Gap
from restructure_cli.model.intervals import Interval
from restructure_cli.model.periods import FinancialYear

SEFTON = """
needs:
  structure: {title: The new structure, amount: £2.450m, from: 2024-25, recurrent: true, call: 2}
  realignment: {title: Realigned budgets, amount: £4.7m, from: 2024-25, recurrent: true, call: 1}
sources:
  placements: {title: Homes, kind: saving, amount: £5.5m, from: 2024-25, recurrent: true, status: forecast, call: 2}
  growth: {title: Growth, kind: growth, amount: £1.0m, from: 2024-25, recurrent: true, status: approved, call: 1}
"""


def written(folder: Path, entries: str) -> Path:
    """Write a funding file into a folder."""
    path = folder / "funding.yaml"
    path.write_text(f"restructure: funding/1\n{entries.strip()}\n", encoding="utf-8")
    return path


def funding(folder: Path, entries: str) -> Funding:
    """Write a funding file and read it; it must be without fault."""
    reader = Reader()
    found = reader.funding(written(folder, entries))
    assert found is not None and not reader.findings, reader.findings
    return found


def years(first: str, number: int = 1) -> tuple[FinancialYear, ...]:
    """Return financial years from one on."""
    start = int(first[:4])
    return tuple(FinancialYear(start + later) for later in range(number))


def gap_of(folder: Path, entries: str, first: str, number: int = 1) -> Gap:
    """Set the funding of a file against its need."""
    return gap(funding(folder, entries), Beside(), years(first, number))


def pounds(figure: Interval) -> str:
    """Write a figure as `value`, or as `value [low, high]` where it may be another."""

    def text(amount: Decimal | None) -> str:
        return "?" if amount is None else "∞" if amount.is_infinite() else f"{amount:,.2f}".removesuffix(".00")

    return text(figure.value) if figure.exact else f"{text(figure.value)} [{text(figure.low)}, {text(figure.high)}]"
