"""Findings as JUnit XML: one test case a rule, so that the rules that held show as well as those that did not.

A case fails where a finding of its rule stands against the gate, and then lists them all. Findings below the gate
stand in a case that passes. Where a file is not valid, a rule without findings is skipped, not passed: it was not
held against everything there is.
"""

import html
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from restructure_cli.model.findings import Finding, Rule
from restructure_cli.render.findings import render_findings
from restructure_cli.render.markup import in_markup
from restructure_cli.render.printable import REPLACEMENT

NAME = "restructure check"
_NOT_IN_FULL = "not every file could be looked at: some are not valid"


class _HasFindings(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...


def render_junit(result: _HasFindings, rules: Iterable[Rule], stands_against: Callable[[Finding], bool]) -> str:
    """Write the findings of a check as JUnit XML, the rules in order of the catalogue, a suite a family."""
    of_rule: dict[str, list[Finding]] = {}
    for finding in result.findings:
        of_rule.setdefault(finding.rule.code, []).append(finding)
    in_full = not any(finding.rule.blocks for finding in result.findings)
    families: dict[str, list[_Case]] = {}
    for rule in rules:
        case = _Case(rule, of_rule.get(rule.code, []), stands_against, in_full)
        families.setdefault(_family(rule), []).append(case)
    everything = [case for cases in families.values() for case in cases]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="{NAME}"{_counts(everything)}>']
    for family, cases in families.items():
        lines.append(f'  <testsuite name="{NAME} {family}"{_counts(cases)}>')
        lines += [line for case in cases for line in case.lines()]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _family(rule: Rule) -> str:
    return rule.code.rstrip("0123456789")


class _Case:
    """A rule with what was found of it."""

    def __init__(self, rule: Rule, found: list[Finding], stands_against: Callable[[Finding], bool], full: bool) -> None:
        self.rule = rule
        self.found = found
        self.against = [finding for finding in found if stands_against(finding)]
        self.skipped = not found and not full

    def lines(self) -> Iterator[str]:
        """Write the case: its failure with every finding, or what it says beside passing."""
        rule = self.rule
        name = in_markup(f"{rule.code} {rule.name}")
        head = f'    <testcase classname="restructure.{_family(rule)}" name="{name}"'
        if not self.found and not self.skipped:
            yield f"{head}/>"
            return
        yield f"{head}>"
        if self.skipped:
            yield f'      <skipped message="{_NOT_IN_FULL}"/>'
        elif self.against:
            first, more = self.against[0], len(self.found) - 1
            message = in_markup(first.message) + (f" (and {more} more)" if more else "")
            yield f'      <failure type="{first.rule.severity.value}" message="{message}">{_told(self.found)}</failure>'
        else:
            yield f"      <system-out>{_told(self.found)}</system-out>"
        yield "    </testcase>"


def _told(found: Iterable[Finding]) -> str:
    """Write findings as a person reads them, each line with its spaces, and no character that XML does not have."""
    shown = render_findings(found, colour=False, width=None).rstrip("\n")
    return html.escape(shown.replace("\ufffe", REPLACEMENT).replace("\uffff", REPLACEMENT), quote=False)


def _counts(cases: list[_Case]) -> str:
    failures = sum(1 for case in cases if case.against)
    skipped = sum(1 for case in cases if case.skipped)
    return f' tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}"'
