"""Measures of the change between two sides: of whole selections, or where one side is unknown line by line."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial

from restructure_cli.analysis.came_about import of_change
from restructure_cli.analysis.evidence import Evidence, Line
from restructure_cli.analysis.line_figures import OF_LINES, OF_ROWS, covered_by, part, stands
from restructure_cli.analysis.measuring import UNITS, Measured, Part, summed
from restructure_cli.analysis.side_measures import adding, is_under, loose_in, of_side
from restructure_cli.model.claims import Measure, Selection
from restructure_cli.model.derivations import Derivation, Step
from restructure_cli.model.intervals import UNKNOWN
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.results import RowKind


def change(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    """Take the current side of a selection from its proposed side; where one of them is unknown, line by line.

    A line on both sides changes by its own change, which may be published where its figures are not.
    """
    own = measure.name in OF_ROWS and measure.part in ("", "parts")
    by_line = _change_of_rows(evidence, measure, selection) if measure.name in OF_LINES else None
    if own and by_line is not None and by_line.complete:
        return by_line
    before, after = (of_side(evidence, side, measure, selection) for side in ("current", "proposed"))
    if not (before.complete and after.complete):
        return by_line or Measured(UNKNOWN, False, (), UNITS[measure.name], max(before.chosen, after.chosen))
    parts = (*_before_factor(after.parts), *map(_minus, _before_factor(before.parts)))
    return summed(parts, True, measure, max(before.chosen, after.chosen))


def _minus(part: Part) -> Part:
    """Turn the sign of what a line is today, and of how it came about."""
    value = None if part.value is None else -part.value
    return part._replace(value=value, trace=partial(_turned, part))


def _turned(part: Part) -> Derivation:
    today = part.trace()
    return Derivation(part.name, -today.value, today.unit, Step.NEGATED, (today,), basis=today.basis)


def _before_factor(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Leave the vacancy factor out: a change in cost is before it."""
    return tuple(part for part in parts if part.line is None or part.line.kind is not RowKind.VACANCY_FACTOR)


def _change_of_rows(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    chosen = {}
    loose = False
    for side in ("current", "proposed"):
        lines = adding(evidence, side, measure, selection)
        loose = loose or loose_in(evidence, side, measure, lines)
        chosen[side] = {line.row.kind + line.row.id: line for line in lines}
    parts = []
    for key in dict.fromkeys((*chosen["proposed"], *chosen["current"])):
        old, new = chosen["current"].get(key), chosen["proposed"].get(key)
        line = new or old
        assert line is not None
        if line.kind is RowKind.VACANCY_FACTOR:
            continue
        change = _row_change(evidence, line, old, new, measure)
        parts.append(Part(line.row.title, change, partial(_changed, evidence, change, old, new, measure), line))
    unknown = [part for part in parts if part.value is None]
    made_good = _change_made_good(evidence, measure, chosen) if unknown else ()
    complete = all(part.line is not None and part.line.row.id in made_good for part in unknown) and not loose
    return summed(tuple(parts), complete, measure, len(parts))


def _changed(
    evidence: Evidence, change: Decimal | None, old: Line | None, new: Line | None, measure: Measure
) -> Derivation:
    """Return how a line's change came about; a published change stands where its line does."""
    line, side = (new, "proposed") if new is not None else (old, "current")
    assert line is not None
    assert change is not None
    before, after = (
        None if one is None else part(evidence, side, one, measure)
        for side, one in (("current", old), ("proposed", new))
    )
    unit = UNITS[measure.name]
    found = of_change(line.row.title, change, before, after, unit)
    return found or Derivation(line.row.title, change, unit, source=stands(evidence, side, line, measure))


def _row_change(evidence: Evidence, line: Line, old: Line | None, new: Line | None, measure: Measure) -> Decimal | None:
    partly = any(one is not None and one.paid_by is not None for one in (old, new))
    if not line.counted or partly or measure.name not in OF_ROWS or measure.part not in ("", "parts"):
        before = ZERO if old is None else part(evidence, "current", old, measure).value
        after = ZERO if new is None else part(evidence, "proposed", new, measure).value
        return None if before is None or after is None else after - before
    figures = getattr(line.row, measure.name)
    if figures is None or (new is not None and covered_by(new)) or (old is not None and covered_by(old)):
        return None
    only_before = new is None and line.row.proposed is not None
    only_after = old is None and line.row.current is not None
    if only_before:
        return None if figures.current is None else -figures.current
    found: Decimal | None = figures.proposed if only_after else figures.change
    return found


def _change_made_good(evidence: Evidence, measure: Measure, chosen: Mapping[str, Mapping[str, Line]]) -> set[str]:
    """Return the rows whose unknown change in cost is in a published change that is selected whole."""
    if measure.name != "cost":
        return set()
    missing = {id_ for gap in evidence.diff.missing if (gap.measure, gap.side) == ("cost", "change") for id_ in gap.ids}
    sides = {side: adding(evidence, side, measure, ()) for side in ("current", "proposed")}
    everything = {line.row.id for lines in sides.values() for line in lines}
    rows = {line.row.id for lines in chosen.values() for line in lines.values()}
    good = everything - missing if everything <= rows else set()
    for team in evidence.structure("proposed").teams.values():
        if team.control is None or known(team.control.cost_change) is None:
            continue
        under = {
            line.row.id for side, lines in sides.items() for line in lines if is_under(evidence, side, line, team.id)
        }
        if under <= rows:
            good |= under
    return good
