"""Findings as SARIF 2.1.0 (OASIS), which code-scanning services and editors read.

Every rule is listed with what it is for, so that a reader of the file needs nothing else. Columns are counted in
characters (`unicodeCodePoints`), as everywhere here. Braces and the start of a link mean something in the messages
of SARIF, and are written so that they do not.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol
from urllib.parse import quote

from restructure_cli import __version__
from restructure_cli.model.findings import Finding, Place, Rule
from restructure_cli.render.json.document import Json
from restructure_cli.render.printable import escaped, printable

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "restructureFinding/v1"
"""Tells the same finding in two runs: rule, file, entry and message, whatever line it has moved to."""


Address = Callable[[str], str]
"""Tells a path from the top of the repository, with slashes; one that stands outside it whole."""


class _Checked(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def sha256(self) -> Callable[[], Mapping[str, str]]: ...


def render_sarif(result: _Checked, rules: Iterable[Rule], *, address: Address) -> str:
    """Write the findings of a check as one SARIF run; `address` tells a path from the top of the repository."""
    rules = list(rules)
    index = {rule.code: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "restructure",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": _artifact(path, address), "hashes": {"sha-256": sha256}}
            for path, sha256 in sorted(result.sha256().items())
        ],
        "results": [_result(finding, index, address) for finding in result.findings],
    }
    log = {"$schema": SCHEMA, "version": VERSION, "runs": [run]}
    return escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\nFor example: {rule.example}"},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.code.rstrip("0123456789")]},
    }


def _result(finding: Finding, index: Mapping[str, int], address: Address) -> Json:
    rule = finding.rule
    told = f"{finding.message}\nhint: {finding.hint}" if finding.hint else finding.message
    result: Json = {
        "ruleId": rule.code,
        "ruleIndex": index[rule.code],
        "level": rule.severity.value,
        "message": _message(told),
        "locations": [_location(finding.place, address)],
        "partialFingerprints": {FINGERPRINT: _fingerprint(finding, address)},
    }
    if finding.also:
        result["relatedLocations"] = [
            {"id": number, **_location(place, address), "message": _message("the other end of it")}
            for number, place in enumerate(finding.also, 1)
        ]
    return result


def _location(place: Place, address: Address) -> Json:
    physical: Json = {"artifactLocation": _artifact(place.path, address)}
    if place.line is not None:
        physical["region"] = _region(place)
        if place.source:
            physical["contextRegion"] = {"startLine": place.line, "snippet": {"text": place.source}}
    location: Json = {"physicalLocation": physical}
    if place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": printable(".".join(place.pointer)), "kind": "member"}]
    return location


def _region(place: Place) -> Json:
    region: Json = {"startLine": place.line}
    if place.column is not None:
        region |= {"startColumn": place.column, "endColumn": place.column + place.width}
    return region


def _artifact(path: str, address: Address) -> Json:
    return {"uri": _uri(path, address)}


def _uri(path: str, address: Address) -> str:
    told = quote(address(path).encode("utf-8", "surrogateescape"))
    return f"file://{told}" if told.startswith("/") else told


def _message(text: str) -> Json:
    """Write text in which braces stand for themselves, and nothing is a link."""
    lines = "\n".join(printable(line) for line in text.split("\n"))
    return {"text": lines.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _fingerprint(finding: Finding, address: Address) -> str:
    parts = (finding.rule.code, _uri(finding.place.path, address), ".".join(finding.place.pointer), finding.message)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
