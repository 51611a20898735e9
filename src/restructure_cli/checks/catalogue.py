"""The rules of structures, grades and the funding beside them, and the one function that runs them."""

from restructure_cli.checks import controls, establishment, moves, pay, references
from restructure_cli.checks.rule import Check, Subject
from restructure_cli.model.findings import Finding

FAMILIES: tuple[tuple[Check, ...], ...] = (
    references.CHECKS,
    establishment.CHECKS,
    controls.CHECKS,
    moves.CHECKS,
    pay.CHECKS,
)
"""In order: what is named must exist before anything can be added up."""


def findings(subject: Subject) -> list[Finding]:
    """Run every rule on a structure and the funding file beside it.

    With broken references only those are told, because nothing can be added up; where they are the funding
    file's, nothing is said of money.
    """
    found = _found(references.CHECKS, subject)
    if not any(finding.rule.blocks for finding in found):
        for family in FAMILIES[1:]:
            found += _found(family, subject)
        return found + (_of_funding(subject) if subject.funding is not None else [])
    return found + (_of_funding(subject, sound=False) if subject.funding is not None else [])


def findings_of_a_check(subject: Subject) -> list[Finding]:
    """Run those rules as well that only a check tells of: they judge a structure, and stop no total."""
    found = findings(subject)
    if any(finding.rule.blocks for finding in found):
        return found
    from restructure_cli.checks import evaluation, organisation, personal_data, placing  # other verbs do without

    families = (organisation.CHECKS, placing.CHECKS, evaluation.CHECKS, personal_data.CHECKS)
    return found + [finding for family in families for finding in _found(family, subject)]


def _of_funding(subject: Subject, sound: bool = True) -> list[Finding]:
    from restructure_cli.checks import funding, funding_references  # heavy, and few calls have a funding file

    found = _found(funding_references.CHECKS, subject)
    return found if found or not sound else _found(funding.CHECKS, subject)


def _found(family: tuple[Check, ...], subject: Subject) -> list[Finding]:
    return [finding for check in family for finding in check.find(check.rule, subject)]
