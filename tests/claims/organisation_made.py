"""An invented organisation small enough to work every figure out by hand, and claims held against it.

Current: 20 FTE in seven posts, 16.9 filled. Proposed: 22 FTE in eight posts; half an FTE of people displaced.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from restructure_cli.checks.folders import Checked, check
from restructure_cli.model.verdicts import Judged, Verdict

CURRENT = """\
restructure: structure/1
organisation: Ashdale Council
title: Today
as_at: 2026-04-01
hours_per_week: 40
teams:
  service: {title: Service}
  east: {title: East, within: service}
  west: {title: West, within: service, subject_to: a grant}
  duty: {title: Duty, within: service, teams: 3}
posts:
  manager: {title: Manager, team: service, grade: K, fte: 1, positions: 1, people: 1, filled: 1, agency: 0}
  lead: {title: Lead, team: east, grade: J, fte: 2, positions: 2, people: 2, filled: 2, agency: 0, reports_to: manager}
  worker:
    {title: Worker, team: east, grade: [H, I], fte: 10.5, positions: 12, people: 9, filled: 8.9, agency: 1,
     reports_to: lead, funding: {core: 9.5, grant: 1}}
  clerk:
    {title: Clerk, team: west, grade: D, fte: 1.5, positions: 3, people: 2, filled: 1, agency: 0, hours: 20,
     reports_to: manager}
  typist: {title: Typist, team: west, grade: D, fte: 1, positions: 1, people: 1, filled: 1, agency: 0}
  visitor:
    {title: Visitor, team: duty, grade: E, tenure: temporary, fte: 3, positions: 3, people: 2, filled: 2, agency: 0.5,
     reports_to: manager, funding: {grant: 3}}
  driver: {title: Driver, team: east, grade: D, fte: 1, positions: 1, people: 1, filled: 1, agency: 0}
  student: {title: Student, team: east, grade: H, fte: 2, positions: 2, filled: 1, reports_to: lead, of_which: worker}
  helper:
    {title: Helper, team: east, grade: D, tenure: volunteer, fte: 4, positions: 4, filled: 4, reports_to: lead,
     counted: false, because: volunteers are no employees}
"""

PROPOSED = """\
restructure: structure/1
based_on: current.yaml
title: Proposed
posts:
  lead: {fte: 3, positions: 3}
  worker: {fte: 12, positions: 14, funding: {core: 12}}
  clerk: {deleted: true}
  typist: {deleted: true}
  officer: {title: Officer, team: west, grade: D, fte: 1.5, positions: 2, from: [clerk, typist]}
  visitor: {fte: 1, positions: 1}
  adviser:
    {title: Adviser, team: duty, grade: F, fte: 1.5, positions: 2, from: [visitor], reports_to: manager,
     funding: {grant: 1.5}}
  planner: {title: Planner, team: service, grade: F, fte: 1, positions: 1, from: [], subject_to: the budget}
  driver: {team: west}
"""

GRADES = """\
restructure: grades/1
organisation: Ashdale Council
year: 2026-27
hours_per_week: 40
point: mid
points: {1: 20000, 2: 30000, 3: 40000}
pension: 10%
on_costs: {levy: 0%}
grades:
  D: {cost: "£20,000"}
  E: {cost: "£30,000"}
  F: {cost: "£35,000"}
  H: {scp: 1-2}
  I: {scp: 3}
  J: {scp: 1-3}
  K: {cost: "£80,000"}
"""


def claims_text(claims: Mapping[str, Any]) -> str:
    """Write a claims file; whatever a claim does not say about itself is made up."""
    entries = {id_: {"says": f"what {id_} says", **claim} for id_, claim in claims.items()}
    return yaml.safe_dump({"restructure": "claims/1", "claims": entries}, sort_keys=False, allow_unicode=True)


def organisation(folder: Path, **files: str) -> Path:
    """Write an organisation's files: `current="…"`, `claims="…"` and so on."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def checked(folder: Path, claims: Mapping[str, Any], **files: str) -> Checked:
    """Hold claims against an organisation: this one, where no files are given."""
    stated = files or {"current": CURRENT, "proposed": PROPOSED, "grades": GRADES}
    return of_the_claims(check([organisation(folder, **stated, claims=claims_text(claims))]))


def of_the_claims(told: Checked) -> Checked:
    """Leave out what the structures themselves are judged by, unless it stops every total."""
    return told._replace(
        findings=tuple(
            finding for finding in told.findings if finding.rule.blocks or finding.place.path.endswith("claims.yaml")
        )
    )


def verdicts(folder: Path, claims: Mapping[str, Any], **files: str) -> dict[str, Judged]:
    """Return what comes of claims, each of one printed figure, by id."""
    told = checked(folder, claims, **files)
    blocking = [finding.message for finding in told.findings if finding.rule.blocks]
    assert blocking == []
    return {judged.id: judged for judged in told.claims}


def figures(folder: Path, measures: Iterable[str], **files: str) -> dict[str, str]:
    """Work measures out, each written `current.fte {team: east}`.

    A figure comes as it is, a known part with `+?`, and what is not known at all as `?`.
    """
    claims: dict[str, Any] = {}
    for measure in measures:
        name, _, of = measure.partition(" ")
        claims[measure.replace(" ", "_")] = {"expect": {name: "987654321"}}
        if of:
            claims[measure.replace(" ", "_")]["of"] = yaml.load(of, yaml.BaseLoader)
    told = verdicts(folder, claims, **files)
    return {measure: _shown(told[measure.replace(" ", "_")]) for measure in measures}


def _shown(judged: Judged) -> str:
    if judged.computed is None or judged.computed.value is None:
        return "?"
    value = judged.computed.value
    told = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return told if judged.verdict is Verdict.BROKEN else f"{told}+?"
