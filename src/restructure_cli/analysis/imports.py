"""An extract as the files it becomes: a structure; of an organogram also its grades and its claims."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from restructure_cli.analysis import occupancies, organogram_claims, organograms
from restructure_cli.analysis.imported_ids import EarlierIds
from restructure_cli.model.claims import Claims
from restructure_cli.model.extracts import Extract, Organogram
from restructure_cli.model.findings import Finding
from restructure_cli.model.grades import Grades, Rate
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import ZERO, Basis
from restructure_cli.model.structures import Post, Structure, Team

OURS = "Imported: "
"""How a note of an import begins; what people write instead is theirs."""


class Header(NamedTuple):
    """What the call says of the structure; None where it leaves it to the extract."""

    organisation: str | None = None
    title: str | None = None
    as_at: Moment | None = None
    document: str = ""


class Imported(NamedTuple):
    """The files that an extract becomes; None where it holds nothing for one."""

    structure: Structure
    grades: Grades | None
    claims: Claims | None
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def organisation_of(extract: Extract) -> str | None:
    """Return the organisation that an organogram names: the only one, else the department above them all."""
    if extract.organogram is None:
        return None
    rows = extract.organogram.rows
    names = list(dict.fromkeys(row.organisation for row in rows if row.organisation))
    if len(names) == 1:
        return names[0]
    departments = list(dict.fromkeys(row.department for row in rows if row.department))
    return departments[0] if len(departments) == 1 else None


def organisations_in(extract: Extract) -> tuple[str, ...]:
    """List the organisations that an organogram names, those with most rows first."""
    rows = extract.organogram.rows if extract.organogram is not None else ()
    return tuple(name for name, _ in Counter(row.organisation for row in rows if row.organisation).most_common())


def made_of(extract: Extract, header: Header, earlier: EarlierIds) -> Imported:
    """Make the files of an extract."""
    note = _note(extract)
    if extract.organogram is not None:
        return _of_organogram(extract.organogram, header, note, earlier)
    assert extract.hr is not None
    made = occupancies.posts_of(extract.hr, earlier)
    structure = _structure(header, made.teams, made.posts, note)
    return Imported(structure, None, None, made.findings, made.notes)


def _structure(header: Header, teams: dict[str, Team], posts: dict[str, Post], note: str | None) -> Structure:
    title = header.title or (f"Structure at {_day(header.as_at)}" if header.as_at is not None else "Current structure")
    return Structure(
        path="", organisation=header.organisation or "", title=title, as_at=header.as_at,
        document=header.document or None, teams=teams, posts=posts, note=note,
    )  # fmt: skip


def _day(moment: Moment) -> str:
    day: date = moment.first_day()
    return f"{day.day} {day:%B %Y}" if moment.day is not None else f"{day:%B %Y}"


def _note(extract: Extract) -> str | None:
    """Say in the file itself what is not in it: rows that were rejected."""
    rejected = sum(count.rejected for count in extract.counts)
    if not rejected:
        return None
    came_in = sum(count.came_in for count in extract.counts)
    return f"{OURS}{came_in - rejected} of {came_in} rows; {rejected} rejected, and in no total."


def _of_organogram(organogram: Organogram, header: Header, note: str | None, earlier: EarlierIds) -> Imported:
    drawn = organograms.draw(organogram, earlier)
    structure = _structure(header, drawn.teams, drawn.posts, note)
    carried = organogram_claims.salary_claims(drawn)
    notes: Iterable[str] = (*drawn.notes, *carried.notes)
    grades = None
    if header.as_at is not None:
        because = "organograms publish pay without on-costs: state the employer's own to cost the posts"
        none = Rate(ZERO, Basis.ASSUMED, because)
        grades = Grades(
            path="", organisation=structure.organisation, year=_year(header.as_at), on_costs={"on-costs": none},
            grades=drawn.grades,
        )  # fmt: skip
    claims = Claims("", carried.claims) if carried.claims else None
    return Imported(structure, grades, claims, drawn.findings, tuple(notes))


def _year(moment: Moment) -> FinancialYear:
    """Return the financial year that a day lies in: from April to March."""
    return FinancialYear(moment.year if moment.month >= 4 else moment.year - 1)
