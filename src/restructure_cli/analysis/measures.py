"""Measures over selections: FTE, headcounts, hours and money of a side, of the change, of pools, of a year's funding.

Each gives the figure, whether anything in it is unknown, and the parts it was added up from.
"""

from restructure_cli.analysis.change_measures import change
from restructure_cli.analysis.evidence import Evidence
from restructure_cli.analysis.funding_measures import of_funding
from restructure_cli.analysis.measuring import Measured
from restructure_cli.analysis.pool_measures import of_pools
from restructure_cli.analysis.side_measures import of_side
from restructure_cli.model.claims import Measure, Selection, Side


def measured(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    """Work a measure out over a selection."""
    if measure.side in (Side.NEED, Side.FUNDING, Side.GAP, Side.AVAILABLE):
        return of_funding(evidence, measure, selection)
    if measure.side is Side.POOL:
        return of_pools(evidence, measure, selection)
    if measure.side is Side.CHANGE:
        return change(evidence, measure, selection)
    return of_side(evidence, measure.side.value, measure, selection)
