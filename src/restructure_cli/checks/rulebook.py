"""Every rule there is, in order of the catalogue: for whoever documents rules, not for whoever runs some."""

from restructure_cli.checks import (
    catalogue,
    claims,
    evaluation,
    exception_rules,
    funding,
    funding_references,
    organisation,
    personal_data,
    placing,
)
from restructure_cli.checks.examples import example
from restructure_cli.checks.rule import Check
from restructure_cli.files.extracts.rules import RULES as EXTRACT_RULES
from restructure_cli.files.rules import RULES as FILE_RULES
from restructure_cli.model.documentation import Documented
from restructure_cli.model.findings import Rule

FAMILIES: tuple[tuple[Check, ...], ...] = (
    *catalogue.FAMILIES,
    organisation.CHECKS,
    placing.CHECKS,
    evaluation.CHECKS,
    personal_data.CHECKS,
    funding_references.CHECKS,
    funding.CHECKS,
)
"""The rules about structures, with what stands beside them."""

GROUPS = {
    "SYN": "the text of a file: encoding and YAML",
    "SCH": "its shape: headers, keys and values",
    "REF": "what it names, in itself and in other files",
    "EST": "the establishment: FTE, occupancy, totals, teams and titles",
    "MOV": "who moves where",
    "PAY": "grades, pay and prices",
    "FND": "needs and what pays for them",
    "CLM": "published figures, worked out again",
    "PRV": "personal data in files for publication",
    "SUP": "suppressions and locked settings",
}
"""What each group of rules is about, in order."""


def _in_order(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (list(GROUPS).index(rule.code[:3]), rule.code)))


RULES: tuple[Rule, ...] = _in_order((
    *FILE_RULES,
    *(check.rule for family in FAMILIES for check in family),
    *claims.RULES,
    *personal_data.IN_TEXT,
    *exception_rules.RULES,
))  # fmt: skip
"""The rules of `check`."""

EVERY_RULE: tuple[Rule, ...] = _in_order((*RULES, *EXTRACT_RULES))
"""Those of `import` as well."""


def documented(rule: Rule) -> Documented:
    """Return what there is to say of a rule."""
    group, firm = GROUPS[rule.code[:3]], exception_rules.is_firm(rule)
    if rule in EXTRACT_RULES:  # what breaks one is an extract, not files of ours
        return Documented(rule, group, firm, {}, {})
    shown = example(rule.code)
    return Documented(rule, group, firm, shown.fails, shown.mended)
