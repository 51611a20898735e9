"""Measures of pools: their slack, and the people whom they leave without a post."""

from functools import partial

from restructure_cli.analysis.came_about import of_pool
from restructure_cli.analysis.evidence import Evidence
from restructure_cli.analysis.measuring import Measured, Part, summed
from restructure_cli.analysis.selections import selected
from restructure_cli.model.claims import Measure, Selection, Side


def of_pools(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    """Add up a measure of the pools of a selection."""
    numbers = _pools_of(evidence, selection)
    parts = tuple(_of_pool(evidence, number, measure.name) for number in numbers)
    return summed(parts, all(part.value is not None for part in parts), measure, len(numbers))


def displaced(evidence: Evidence, side: str, selection: Selection) -> Measured:
    """Add up the people whom the pools of a selection leave without a post: nobody before the change."""
    if side == "current":
        return summed((), True, Measure(Side(side), "displaced"), len(_pools_of(evidence, selection)))
    numbers = _pools_of(evidence, selection)
    parts = tuple(_of_pool(evidence, number, "displaced") for number in numbers if evidence.pools[number].current)
    complete = all(part.value is not None for part in parts)
    return summed(parts, complete, Measure(Side(side), "displaced"), len(numbers))


def _of_pool(evidence: Evidence, number: int, measure: str) -> Part:
    pool = evidence.pools[number]
    sides = {side: evidence.structure(side) for side in ("current", "proposed")}
    value = getattr(pool, measure)
    return Part(" / ".join(pool.titles), value, partial(of_pool, pool, value, sides))


def _pools_of(evidence: Evidence, selection: Selection) -> list[int]:
    """Return the pools that a selection's lines of either side belong to, each once."""
    lines = [line for side in ("current", "proposed") for line in selected(evidence, side, selection)]
    return sorted({number for line in lines for number in line.pools})
