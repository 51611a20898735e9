"""What the posts of an organogram report to, and what is wrong where that is nobody, or nobody who is there."""

import re
from collections.abc import Iterable, Mapping

from restructure_cli.analysis.naming import slug
from restructure_cli.analysis.organogram_senior import NOT_IN_POST
from restructure_cli.files.extracts import rules
from restructure_cli.model.extracts import SeniorPost
from restructure_cli.model.findings import Finding, Place

_SPELLINGS_SHOWN = 5


class References:
    """Which line a reference means: as it is written, or else ignoring capitals, spaces and leading noughts.

    What is read as another spelling is remembered in `read_as`, so that the import can say so.
    """

    def __init__(self, senior: Mapping[str, tuple[SeniorPost, ...]]) -> None:
        self.ids: dict[str, str] = {}
        self.eliminated: set[str] = set()
        for id_, rows in senior.items():
            if rows[0].reference and self.ids.setdefault(rows[0].reference, id_) == id_ and rows[0].eliminated:
                self.eliminated.add(id_)
        loose: dict[str, set[str]] = {}
        for reference in self.ids:
            loose.setdefault(_loosely(reference), set()).add(reference)
        self.loose = {key: spelled.pop() for key, spelled in loose.items() if len(spelled) == 1}
        self.read_as: dict[str, str] = {}

    def meant(self, written: str | None) -> str | None:
        """Return a reference as its own row has it; what no row has, as it is written."""
        if written is None or written in self.ids:
            return written
        other = self.loose.get(_loosely(written))
        if other is None:
            return written
        self.read_as[written] = other
        return other


def _loosely(reference: str) -> str:
    return re.sub(r"\s|\.0+$", "", reference.casefold()).lstrip("0")


def tops_at_fault(rows: tuple[SeniorPost, ...]) -> list[Finding]:
    """Report a file in which no post is at the top, and an organisation that has several posts there."""
    findings = []
    tops: dict[str, list[SeniorPost]] = {}
    for row in rows:
        tops.setdefault(slug(row.organisation or ""), [])
        if row.top and not row.eliminated:
            tops[slug(row.organisation or "")].append(row)
    if rows and not any(tops.values()):
        message = "no post reports to XX, so none is at the top"
        findings.append(Finding(rules.TOP, message, rows[0].place, "write XX where the most senior post reports to"))
    for several in tops.values():
        if len({row.reference for row in several}) > 1:
            message = f"{len(several)} posts of one organisation report to XX"
            hint = "one is the top; the others report to it"
            others = tuple(row.place for row in several[:1])
            findings.append(Finding(rules.TOP, message, several[1].place, hint, others))
    return findings


def manager_of(row: SeniorPost, references: References, findings: list[Finding]) -> str | None:
    """Return the id of the post that a senior post reports to; what is wrong with it goes to `findings`."""
    if row.reports_to is None:
        if not row.top and not row.eliminated and row.reference != NOT_IN_POST:
            message = f"{row.title} ({row.reference}) does not say what it reports to"
            hint = "write the reference of the post above, or XX at the top"
            findings.append(Finding(rules.ORPHAN, message, row.place, hint))
        return None
    above = references.ids.get(references.meant(row.reports_to) or "")
    if above is None:
        findings.append(orphan(row.title, row.reports_to, row.place, 1))
    elif above in references.eliminated and not row.eliminated:
        findings.append(left_behind(row.title, row.reports_to, row.place, 1))
    return above


def orphan(title: str, above: str, place: Place, rows: int) -> Finding:
    """Report rows, of which `title` is the first, that report to nobody, or to a reference that no post has."""
    who = f"{title} reports" if rows == 1 else f"{rows} rows, of which {title} is the first, report"
    if not above:
        hint = "write the reference of a senior post; until then the posts have no reporting line"
        return Finding(rules.ORPHAN, f"{who} to nobody: the cell is blank", place, hint)
    message = f"{who} to {above}, and no senior post has that reference"
    return Finding(rules.ORPHAN, message, place, "kept without a reporting line: mend the reference")


def left_behind(title: str, above: str, place: Place, rows: int) -> Finding:
    """Report rows, of which `title` is the first, that report to a post that is eliminated."""
    who = f"{title} reports" if rows == 1 else f"{rows} rows, of which {title} is the first, report"
    message = f"{who} to {above}, and that post is eliminated"
    return Finding(rules.ORPHAN, message, place, "kept as it is: name the post they report to now")


def spelled_otherwise(references: References) -> Iterable[str]:
    """Say which references were found only by ignoring capitals, spaces and leading noughts."""
    if references.read_as:
        told = [f"{written} as {meant}" for written, meant in sorted(references.read_as.items())]
        more = f", and {len(told) - _SPELLINGS_SHOWN} more" if len(told) > _SPELLINGS_SHOWN else ""
        shown = ", ".join(told[:_SPELLINGS_SHOWN])
        yield f"References spelled otherwise where posts report to them, and read so: {shown}{more}."
