"""Every rule there is, in order of the catalogue: for whoever documents rules, not for whoever runs some."""

from restructure_cli.checks import claims
from restructure_cli.checks.catalogue import FAMILIES
from restructure_cli.files.extracts.rules import RULES as EXTRACT_RULES
from restructure_cli.files.rules import RULES as FILE_RULES
from restructure_cli.model.findings import Rule

RULES: tuple[Rule, ...] = (
    *FILE_RULES,
    *EXTRACT_RULES,
    *(check.rule for family in FAMILIES for check in family),
    *claims.RULES,
)
