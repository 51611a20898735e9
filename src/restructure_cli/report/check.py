"""What a check shows: its findings as a flat table, and the line that counts them."""

from collections import Counter

from restructure_cli.checks.folders import Checked
from restructure_cli.model.findings import Severity
from restructure_cli.model.report import Column, Report, Row, Table
from restructure_cli.report import claims
from restructure_cli.report.wording import plural


def report(result: Checked) -> Report:
    """Build the report of a check; the findings themselves are written as excerpts."""
    columns = tuple(Column(key, key=key) for key in ("code", "severity", "path", "line", "column", "message", "hint"))
    rows = tuple(
        Row((
            finding.rule.code, finding.rule.severity.value, finding.place.path, str(finding.place.line or ""),
            str(finding.place.column or ""), finding.message, finding.hint,
        ))
        for finding in result.findings
    )  # fmt: skip
    return Report("Check", (), conclusion(result), data=Table(columns, rows))


def conclusion(result: Checked) -> str:
    """Count what was checked and what was found."""
    counts = Counter(finding.rule.severity for finding in result.findings)
    told = [plural(len(result.files), "file") + " checked"]
    told.append(", ".join(plural(counts[severity], severity.value) for severity in Severity))
    if result.suppressed:
        told.append(f"{plural(len(result.suppressed), 'finding')} suppressed")
    if result.claims:
        told.append(f"claims: {claims.conclusion(result.claims).rstrip('.')}")
    if result.passed_over:
        told.append(f"{plural(len(result.passed_over), 'other YAML file')} passed over")
    return f"{'; '.join(told)}."
