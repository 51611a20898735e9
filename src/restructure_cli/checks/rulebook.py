"""Every rule there is, in order of the catalogue: for whoever documents rules, not for whoever runs some."""

from restructure_cli.checks import catalogue, claims, funding, funding_references
from restructure_cli.checks.rule import Check
from restructure_cli.files.extracts.rules import RULES as EXTRACT_RULES
from restructure_cli.files.rules import RULES as FILE_RULES
from restructure_cli.model.findings import Rule

FAMILIES: tuple[tuple[Check, ...], ...] = (*catalogue.FAMILIES, funding_references.CHECKS, funding.CHECKS)

RULES: tuple[Rule, ...] = (
    *FILE_RULES,
    *EXTRACT_RULES,
    *(check.rule for family in FAMILIES for check in family),
    *claims.RULES,
)
