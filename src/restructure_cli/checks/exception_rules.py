"""SUP: what settings and suppressions may not do, and which rules neither may touch."""

from restructure_cli.files.suppressions import EXAMPLE
from restructure_cli.model.findings import Rule, Severity

NO_SUCH_RULE = Rule(
    "REF401", "ref.rule", Severity.ERROR, "settings of a rule that does not exist",
    "A misspelt code would lock nothing and lower nothing, and nobody would know. The codes are those of "
    "`restructure rule`.", "severities: {EST210: off, EST999: note}",
)  # fmt: skip
LOWERED = Rule(
    "SUP706", "sup.locked", Severity.ERROR, "settings that lower a rule locked further up",
    "Whoever locks a rule at the top of a repository answers for it below: a service cannot excuse itself. What is "
    "locked keeps its severity, target and threshold; a nearer file may only raise the severity.",
    "locked: [FND504] above, severities: {FND504: off} below",
)  # fmt: skip
CANNOT = Rule(
    "SUP705", "sup.cannot", Severity.ERROR, "a rule that cannot be suppressed, or lowered",
    "Files that cannot be read, are not of their shape, name what is not there, or lack a rate have no total: whoever "
    "wants one mends the file. A rule that settings lock, and the rules about suppressions, cannot be suppressed "
    "either.", "# restructure: ignore SCH103 until 2027-03-31 because it always says that",
)  # fmt: skip
WITHOUT_REASON = Rule(
    "SUP701", "sup.reason", Severity.ERROR, "a suppression without a reason",
    "Whoever reads the file next year must be able to judge whether the excuse still holds. Without a reason it "
    "suppresses nothing.", "# restructure: ignore FND504 until 2027-03-31",
)  # fmt: skip
UNUSED = Rule(
    "SUP702", "sup.unused", Severity.WARNING, "a suppression of nothing",
    "What it excused has been mended, or was never there; left standing, it would hide the next fault. It is "
    "reported where a whole folder is checked, because one file alone does not show everything.",
    "# restructure: ignore EST201 until … because … above a post that is not overfilled",
)  # fmt: skip
EXPIRED = Rule(
    "SUP703", "sup.expired", Severity.WARNING, "a suppression whose date is past",
    "An excuse holds to the end of its last day. From then on what it covered is reported again, so that somebody "
    "looks whether it still stands.", "# restructure: ignore FND504 until 2025-03-31 because …",
)  # fmt: skip
MALFORMED = Rule(
    "SUP704", "sup.malformed", Severity.ERROR, "a suppression that is not written as one",
    "A comment that is nearly a suppression looks like an excuse, and is none. The words stand in this order: "
    f"`{EXAMPLE}`, several codes with commas between.",
    "# restructure: ignore FND504 because the bid is with the department",
)  # fmt: skip
RULES = (NO_SUCH_RULE, WITHOUT_REASON, UNUSED, EXPIRED, MALFORMED, CANNOT, LOWERED)


def is_firm(rule: Rule) -> bool:
    """Whether a rule can be neither suppressed nor lowered: without it a total would be wrong, or an excuse unseen."""
    return rule.code[:3] in ("SYN", "SCH", "REF", "SUP") or rule.no_total
