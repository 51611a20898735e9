"""Every rule there is, family by family, and the one function that runs them."""

from restructure_cli.checks import establishment, moves, pay, references
from restructure_cli.checks.rule import Check, Subject
from restructure_cli.files.rules import RULES as FILE_RULES
from restructure_cli.model.findings import Finding, Rule

FAMILIES: tuple[tuple[Check, ...], ...] = (
    references.CHECKS,
    establishment.CHECKS,
    moves.CHECKS,
    pay.CHECKS,
)
"""In order: what is named must exist before anything can be added up."""

RULES: tuple[Rule, ...] = (*FILE_RULES, *(check.rule for family in FAMILIES for check in family))


def findings(subject: Subject) -> list[Finding]:
    """Run every rule on a structure; with broken references, only those, because nothing can be added up."""
    found = [finding for check in references.CHECKS for finding in check.find(check.rule, subject)]
    if any(finding.rule.blocks for finding in found):
        return found
    for family in FAMILIES[1:]:
        for check in family:
            found.extend(check.find(check.rule, subject))
    return found
