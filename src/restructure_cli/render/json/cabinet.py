"""The appendix of a Cabinet report as restructure.report/1: the documents of the verbs, side by side."""

from restructure_cli.model.cabinet import Appendix, Taken
from restructure_cli.render.json.chart import drawn
from restructure_cli.render.json.check import finding_entry
from restructure_cli.render.json.claims import claim
from restructure_cli.render.json.cost import priced
from restructure_cli.render.json.diff import compared
from restructure_cli.render.json.document import Json, decimal, document
from restructure_cli.render.json.gap import funded
from restructure_cli.render.json.vacancies import vacant

_MANY = 1_000
"""Of so many lines and more, a document is for machines alone, and half of it would be spaces."""


def render_appendix(found: Appendix) -> str:
    """Write everything; what the folder has no files for is null."""
    body: Json = {
        "organisation": found.organisation,
        "service": found.service or None,
        "diff": compared(found.diff) if found.diff is not None else None,
        "vacancies": vacant(found.vacancies, None),
        "cost": _once(priced(found.cost)) if found.cost is not None else None,
        "gap": funded(found.gap) if found.gap is not None else None,
        "claims": [claim(judged) for judged in found.claims] if found.claims is not None else None,
        "charts": [drawn(chart) for chart in found.charts],
        "findings": [finding_entry(finding) for finding in found.findings],
        "assumptions": [_taken(assumption) for assumption in found.foundations.taken],
        "paragraphs": [
            {"path": cited.path, "at": cited.at, "titles": list(cited.titles)} for cited in found.foundations.cited
        ],
    }
    return document("report", found.files, body, compact=len(found.vacancies.rows) > _MANY)


def _once(cost: Json) -> Json:
    """Leave out the rows that stand elsewhere: those of a structure in its first year, those of a change in `diff`."""
    if "change" in cost:
        del cost["posts"]
    for structure in cost["structures"]:
        del structure["posts"]
    return cost


def _taken(assumption: Taken) -> Json:
    return {
        "title": assumption.title,
        "key": assumption.key,
        "figure": assumption.figure
        if assumption.figure is None or isinstance(assumption.figure, str)
        else decimal(assumption.figure),
        "unit": assumption.unit or None,
        "basis": assumption.basis.value,
        "because": assumption.because or None,
        "at": list(assumption.at),
        "path": assumption.path,
    }
