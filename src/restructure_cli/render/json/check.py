"""Findings as restructure.check/1, each with its place, and the verdicts on claims."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.verdicts import Judged
from restructure_cli.render.json.claims import claim
from restructure_cli.render.json.document import Json, document


class _Checked(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def sha256(self) -> Callable[[], Mapping[str, str]]: ...
    @property
    def passed_over(self) -> tuple[str, ...]: ...
    @property
    def suppressed(self) -> tuple[Finding, ...]: ...
    @property
    def claims(self) -> tuple[Judged, ...]: ...


def render_check(result: _Checked) -> str:
    """Write findings as restructure.check/1."""
    body: Json = {
        "findings": [finding_entry(finding) for finding in result.findings],
        "suppressed": [finding_entry(finding) for finding in result.suppressed],
        "claims": [claim(one) for one in result.claims],
        "passed_over": list(result.passed_over),
    }
    return document("check", result.sha256(), body)


def finding_entry(finding: Finding) -> Json:
    """Write one finding with its place."""
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.rule.severity.value,
        "message": finding.message,
        **_place(finding.place),
        "hint": finding.hint or None,
        "also": _places(finding.also),
    }


def _place(place: Place) -> Json:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "key": ".".join(place.pointer) or None,
        **({"cell": place.cell} if place.cell else {}),
    }


def _places(places: Iterable[Place]) -> list[Json]:
    return [_place(place) for place in places]
