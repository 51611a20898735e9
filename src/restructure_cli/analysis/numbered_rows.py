"""Rows of an HR extract joined by their post number, with what they say together: FTE, positions, people, hours."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.naming import slug
from restructure_cli.files.extracts import rules
from restructure_cli.model.extracts import HrExtract, HrRow, Rows
from restructure_cli.model.findings import Finding
from restructure_cli.model.quantities import sum_if_all_known

_ONE = Decimal(1)


class NumberedRows(NamedTuple):
    """The rows of one post number, or a single row without a number, with the figures of them together."""

    rows: tuple[HrRow, ...]
    fte: Decimal | None
    filled: Decimal | None
    positions: Decimal | None
    people: Decimal | None
    hours: Decimal | None = None
    """Weekly hours of all its rows together, where no row states FTE."""

    @property
    def first(self) -> HrRow:
        """The first of its rows in the extract."""
        return self.rows[0]


def numbered_rows(extract: HrExtract, findings: list[Finding]) -> list[NumberedRows]:
    """Join the rows of each post number; a number whose rows are not alike stands for several posts."""
    joined: dict[tuple[object, ...], list[HrRow]] = {}
    first_of: dict[str, tuple[object, ...]] = {}
    for row in extract.rows:
        alike = (row.title.casefold(), tuple(map(slug, row.teams)), row.grade)
        key: tuple[object, ...] = (row.number, *alike) if row.number else (id(row),)
        joined.setdefault(key, []).append(row)
        if row.number and first_of.setdefault(row.number, key) != key and len(joined[key]) == 1:
            other = joined[first_of[row.number]][0]
            message = f"post number {row.number} is {row.title} here and {other.title} elsewhere"
            if row.title == other.title:
                message = f"post number {row.number} stands in several teams or grades"
            hint = "both are kept as posts of their own: mend the number, or the row"
            findings.append(Finding(rules.NUMBER, message, row.place, hint, (other.place,)))
    return [_of_number(tuple(rows), extract, findings) for rows in joined.values()]


def _of_number(rows: tuple[HrRow, ...], extract: HrExtract, findings: list[Finding]) -> NumberedRows:
    filled = sum_if_all_known(row.filled for row in rows)
    fte = _fte_of_post(rows, findings) if extract.fte_of_post else sum_if_all_known(row.fte for row in rows)
    if extract.fte_may_be_of_post and _may_be_repeated(rows, fte, findings):
        fte = filled = None
    if extract.fte_of_post and fte is not None and filled is not None and filled > fte and len(rows) > 1:
        findings.append(_over_filled(rows, fte, filled))
    positions = sum_if_all_known(row.positions for row in rows)
    no_fte = all(row.fte is None for row in rows)
    hours = _hours(rows, extract.hours_of_post) if fte is None and no_fte else None
    at_most_one = (fte is not None and fte <= _ONE) or hours is not None
    if positions is None and all(row.positions is None for row in rows) and at_most_one:
        positions = _ONE if rows[0].number or (extract.kind is Rows.POST and len(rows) == 1) else None
    people = sum_if_all_known(row.people for row in rows)
    if people is None and extract.kind is Rows.OCCUPANCY and all(row.occupied is not None for row in rows):
        holders = [row.holder or f"row {row.line}" for row in rows if row.occupied]
        people = Decimal(len(set(holders)))
    return NumberedRows(rows, fte, filled, positions, people, hours)


def _fte_of_post(rows: tuple[HrRow, ...], findings: list[Finding]) -> Decimal | None:
    """Return a post's FTE where each of its rows repeats it; rows that differ leave it unknown."""
    if rows[0].number is None:
        return sum_if_all_known(row.fte for row in rows)
    stated = {row.fte for row in rows if row.fte is not None}
    if len(stated) > 1:
        first = rows[0]
        told = " and ".join(f"{fte:f}" for fte in sorted(stated))
        message = f"post {first.number}: its rows give different FTE for it, {told}"
        others = tuple(row.place for row in rows[1:])
        hint = "its FTE stays unknown: give the post's own FTE on each of its rows"
        findings.append(Finding(rules.NUMBER, message, first.place, hint, others))
        return None
    return stated.pop() if stated else None


def _hours(rows: tuple[HrRow, ...], of_post: bool) -> Decimal | None:
    """Return the weekly hours of a post: as each of its rows repeats them, or else those of its rows added up."""
    repeated = same(row.hours for row in rows) if of_post and rows[0].number else None
    return repeated if repeated is not None else sum_if_all_known(row.hours for row in rows)


def _may_be_repeated(rows: tuple[HrRow, ...], fte: Decimal | None, findings: list[Finding]) -> bool:
    """Find a post whose rows all have one figure that is the post's by its header: its own once, or a share each."""
    first = rows[0]
    if first.number is None or len(rows) == 1 or fte is None or fte <= _ONE or len({row.fte for row in rows}) > 1:
        return False
    message = f"post {first.number}: each of its {len(rows)} rows has {first.fte:,f} FTE, the post's or its own"
    hint = (
        "its FTE stays unknown: head the column FTE where each row has its own, or add one of the holders' FTE, "
        "such as Contracted FTE"
    )
    findings.append(Finding(rules.NUMBER, message, first.place, hint, tuple(row.place for row in rows[1:])))
    return True


def _over_filled(rows: tuple[HrRow, ...], fte: Decimal, filled: Decimal) -> Finding:
    """Report a post that more people are in than it has FTE; in a line of several posts it would hide a vacancy."""
    first = rows[0]
    named = f"post {first.number}" if first.number else first.title
    message = f"{named}: {filled:,f} FTE in post, and it has {fte:,f}"
    hint = "counted as it stands, and so it hides a vacancy of its line: leave out who only covers for somebody away"
    return Finding(rules.OVER_FILLED, message, first.place, hint, tuple(row.place for row in rows[1:]))


def same(figures: Iterable[Decimal | None]) -> Decimal | None:
    """Return the figure that all rows state; None where they differ, or any is silent."""
    stated = set(figures)
    return stated.pop() if len(stated) == 1 else None


def apart_by_stated_fte(numbered: NumberedRows) -> list[NumberedRows]:
    """Set the rows that state their FTE apart from those that do not, so that what is known is not lost."""
    if numbered.fte is not None or len(numbered.rows) == 1 or len({row.fte is None for row in numbered.rows}) == 1:
        return [numbered]
    if len({row.fte for row in numbered.rows if row.fte is not None}) > 1 and numbered.first.number is not None:
        return [numbered]
    with_fte = tuple(row for row in numbered.rows if row.fte is not None)
    without_fte = tuple(row for row in numbered.rows if row.fte is None)
    return [
        NumberedRows(
            rows, sum_if_all_known(row.fte for row in rows), sum_if_all_known(row.filled for row in rows), None, None
        )
        for rows in (with_fte, without_fte)
    ]
