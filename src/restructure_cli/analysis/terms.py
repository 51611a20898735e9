"""What is asked of a costing: which years, whether of posts or of people, and from when a proposal holds."""

from typing import NamedTuple

from restructure_cli.model.periods import FinancialYear, Moment


class Terms(NamedTuple):
    """The years to price, what of them, and between which days."""

    years: tuple[FinancialYear, ...]
    filled: bool = False
    """Price the people in post instead of the establishment."""
    start: Moment | None = None
    """Before this day everything stays as it is now; None where each line says for itself."""
    until: Moment | None = None
    """The last day on which anything is priced; None where each line says for itself."""
