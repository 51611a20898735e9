"""Senior rows of an organogram as posts: a reference is one post, shared by the rows that are alike.

A senior post keeps its published reference as its id, so that two snapshots can be compared.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from restructure_cli.analysis.extract_rows import note_of, quantity, rows_of
from restructure_cli.analysis.imported_ids import EarlierIds
from restructure_cli.analysis.naming import named, slug
from restructure_cli.files.extracts import rules
from restructure_cli.model.extracts import SeniorPost
from restructure_cli.model.findings import Finding
from restructure_cli.model.quantities import ZERO, sum_if_all_known
from restructure_cli.model.structures import Post

NOT_IN_POST = "0"
"""The reference of people who are paid and are in no post, such as on gardening leave: one for all of them."""


def senior_posts(
    rows: tuple[SeniorPost, ...], earlier: EarlierIds, findings: list[Finding]
) -> dict[str, tuple[SeniorPost, ...]]:
    """Gather senior rows by reference, into lines by id: rows that are alike share a job, others are a line each.

    Rows of a job share that are paid differently are also a line each, so that each keeps its pay. The order of the
    rows plays no part in their ids; of several lines the first is the one that others report to.
    """
    of_reference: dict[str, dict[object, list[SeniorPost]]] = {}
    for row in rows:
        if not row.reference:
            message = f"{row.title} has no reference"
            findings.append(Finding(rules.NO_REFERENCE, message, row.place, "give it one that it keeps"))
        by_itself = row.reference in ("", NOT_IN_POST)
        lines = of_reference.setdefault(row.reference, {})
        lines.setdefault(row.place if by_itself else _about(row), []).append(row)
    members: dict[SeniorPost, tuple[SeniorPost, ...]] = {}
    taken: dict[SeniorPost, str] = {}
    stems = {id_ for id_ in earlier.own if id_ not in earlier.by_number.values()}
    for reference, lines in of_reference.items():
        ordered = sorted(lines.values(), key=_precedence) if reference not in ("", NOT_IN_POST) else [*lines.values()]
        members.update((line[0], tuple(line)) for line in ordered)
        if (stem := _stem(ordered[0][0])) not in stems:
            taken[ordered[0][0]] = stem
            stems.add(stem)
        if reference not in ("", NOT_IN_POST):
            findings += _repeated(ordered)
    ids = named(members, _MAY_DIFFER_IN, _senior_name, taken, stems)
    return {ids[first]: shared for first, shared in members.items()}


def _about(row: SeniorPost) -> object:
    """Return what rows of one reference have in common where they share a job: all but the person and the FTE."""
    above = (row.reports_to, row.top)
    state = (row.vacant, row.eliminated, row.holder is None, row.fte is None)
    return (row.title, row.grade, row.organisation, row.unit, above, state, row.pay)


def _precedence(line: list[SeniorPost]) -> tuple[object, ...]:
    """Order the lines of one reference: what is there first, then by title and pay."""
    first = line[0]
    pay = (first.pay.low, first.pay.high) if first.pay is not None else (ZERO, ZERO)
    return (first.eliminated, first.vacant, first.title, tuple(-end for end in pay), first.unit or "")


def _stem(row: SeniorPost) -> str:
    return row.reference.replace(" ", "-") or slug(row.title)


_MAY_DIFFER_IN: tuple[Callable[[SeniorPost], str], ...] = (
    lambda row: slug(row.title) if row.reference else "",
    lambda row: f"{row.pay.low:f}-{row.pay.high:f}" if row.pay else "",
    lambda row: "eliminated" if row.eliminated else "vacant" if row.vacant else "",
    lambda row: slug(row.unit) if row.unit else "",
    lambda row: "" if row.fte is not None else "fte-unknown",
)
"""What lines of one reference may differ in."""


def _senior_name(row: SeniorPost, told: frozenset[int]) -> str:
    return "-".join([_stem(row), *(word for number in sorted(told) if (word := _MAY_DIFFER_IN[number](row)))])


def _repeated(lines: list[list[SeniorPost]]) -> Iterable[Finding]:
    """Tell what became of a reference that stands on several rows."""
    first = lines[0][0]
    for line in lines:
        for row in line[1:]:
            message = f"reference {row.reference} stands on several rows alike: read as a job share, its FTE added up"
            hint = "take one of the rows out if it is a repeat"
            yield Finding(rules.REPEAT, message, row.place, hint, (line[0].place,))
    for line in lines[1:]:
        row = line[0]
        message = f"reference {row.reference} is {row.title} here and {first.title} elsewhere"
        if row.title == first.title:
            why = "paid differently" if row.pay != first.pay else "not alike"
            message = f"reference {row.reference}, {row.title}, stands on several rows that are {why}"
        hint = "each is kept as a line of its own: mend the reference if it is not a job share"
        yield Finding(rules.NUMBER, message, row.place, hint, (first.place,))


def senior_post(id_: str, rows: tuple[SeniorPost, ...], team: str | None, several_files: bool) -> Post:
    """Make a post of the rows that share it; somebody named in it fills it."""
    first = rows[0]
    fte = sum_if_all_known(row.fte for row in rows)
    filled = ZERO if first.vacant else fte if first.holder and not first.eliminated else None
    because = None
    if first.eliminated:
        because = "eliminated: reported last time, and no longer there"
    elif first.reference == NOT_IN_POST:
        because = "paid, and in no post, such as on long leave"
    return Post(
        id=id_,
        title=first.title,
        team=team,
        grade=(first.grade,) if first.grade else (),
        numbers=(first.reference,) if first.reference else (),
        fte=quantity(fte),
        filled=quantity(filled),
        people=quantity(Decimal(len(rows))) if len(rows) > 1 and not first.vacant else None,
        salary=first.pay,
        counted=because is None,
        because=because,
        at=rows_of((row.place for row in rows), several_files),
        note=note_of(row.kept for row in rows),
    )
