"""Every rule there is, family by family, and the one function that runs them."""

from restructure_cli.checks import establishment, funding, funding_references, moves, pay, references
from restructure_cli.checks.rule import Check, Subject
from restructure_cli.files.rules import RULES as FILE_RULES
from restructure_cli.model.findings import Finding, Rule

FAMILIES: tuple[tuple[Check, ...], ...] = (
    references.CHECKS,
    establishment.CHECKS,
    moves.CHECKS,
    pay.CHECKS,
    funding_references.CHECKS,
    funding.CHECKS,
)
"""In order: what is named must exist before anything can be added up."""

RULES: tuple[Rule, ...] = (*FILE_RULES, *(check.rule for family in FAMILIES for check in family))


def findings(subject: Subject) -> list[Finding]:
    """Run every rule on a structure and the funding file beside it.

    With broken references only those are told, because nothing can be added up; where they are the funding
    file's, nothing is said of money.
    """
    found = _found(references.CHECKS, subject)
    if any(finding.rule.blocks for finding in found):
        return found + _found(funding_references.CHECKS, subject)
    for family in (establishment.CHECKS, moves.CHECKS, pay.CHECKS, funding_references.CHECKS):
        found += _found(family, subject)
    if not any(finding.rule in _OF_FUNDING for finding in found):
        found += _found(funding.CHECKS, subject)
    return found


_OF_FUNDING = {check.rule for check in funding_references.CHECKS}


def _found(family: tuple[Check, ...], subject: Subject) -> list[Finding]:
    return [finding for check in family for finding in check.find(check.rule, subject)]
