"""Findings as annotations of a GitHub workflow, and after them the same in full, as the log of a step shows it.

GitHub shows the first ten annotations of a kind in each step. The gravest come first, and where there are more the
tenth says how many are left out. Nothing from a file can act: it is escaped inside an annotation, and the full text
stands between `::stop-commands::` and its end, where a line such as `::error::` is text.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Protocol

from restructure_cli.model.findings import Finding, Place, Severity
from restructure_cli.model.report import Report
from restructure_cli.render.findings import render_check
from restructure_cli.render.printable import printable

MOST_OF_A_KIND = 10
"""How many annotations of one kind GitHub shows of a step."""
LONGEST_MESSAGE = 2_000
"""How many characters of a message, or of a hint, an annotation shows; the log has the whole."""
_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_IN_A_PROPERTY = {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"}
_IN_A_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}


class _HasFindings(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...


def render_github(result: _HasFindings, told: Report, *, address: Callable[[str], str]) -> str:
    """Write the annotations of a check, and its text; `address` tells a path from the top of the repository."""
    lines: list[str] = []
    for severity in Severity:
        lines += _of_a_kind([finding for finding in result.findings if finding.rule.severity is severity], address)
    text = render_check(result, told, colour=False, width=None)
    stop = f"restructure-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"
    return "\n".join([*lines, f"::stop-commands::{stop}", f"{text}::{stop}::"]) + "\n"


def _of_a_kind(found: list[Finding], address: Callable[[str], str]) -> Iterable[str]:
    """Write the annotations of one severity, in the order of the findings: by file and line."""
    if len(found) <= MOST_OF_A_KIND:
        return [_annotation(finding, address) for finding in found]
    shown = found[: MOST_OF_A_KIND - 1]
    more = f"{len(found) - len(shown):,} more {found[0].rule.severity.value}s, not shown here: see the log of this step"
    return [*(_annotation(finding, address) for finding in shown), f"::{_KINDS[found[0].rule.severity]}::{more}"]


def _annotation(finding: Finding, address: Callable[[str], str]) -> str:
    place, rule = finding.place, finding.rule
    properties = {"file": address(place.path), "title": f"{rule.code} {rule.name}"}
    if place.line is not None:
        properties |= {"line": str(place.line), "endLine": str(place.line)}
    if place.column is not None:
        properties |= {"col": str(place.column), "endColumn": str(place.column + place.width)}
    message = [_shortened(finding.message), *(f"also: {_position(also)}" for also in finding.also[:MOST_OF_A_KIND])]
    message += [f"hint: {_shortened(finding.hint)}"] if finding.hint else []
    head = ",".join(f"{key}={_escaped(printable(value), _IN_A_PROPERTY)}" for key, value in properties.items())
    return f"::{_KINDS[rule.severity]} {head}::{_escaped(chr(10).join(map(printable, message)), _IN_A_MESSAGE)}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return "".join(signs.get(character, character) for character in text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:LONGEST_MESSAGE]}…"


def _position(place: Place) -> str:
    return place.path if place.line is None else f"{place.path}:{place.line}:{place.column}"
