"""Every rule fires on its failing example and not on the one that is mended; nothing else stands against either."""

from datetime import date
from pathlib import Path

import pytest

from restructure_cli.checks.examples import example
from restructure_cli.checks.folders import check
from restructure_cli.checks.rulebook import RULES
from restructure_cli.model.findings import Finding, Rule, Severity

TODAY = date(2026, 11, 30)


def found(folder: Path, rule: Rule, monkeypatch: pytest.MonkeyPatch, *, mended: bool) -> list[Finding]:
    example(rule.code).write(folder, mended=mended)
    monkeypatch.chdir(folder)
    return list(check([Path()], TODAY).findings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_fires_on_its_failing_example(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [finding for finding in found(tmp_path, rule, monkeypatch, mended=False) if finding.rule.code == rule.code]
    assert told
    for finding in told:
        assert finding.rule == rule
        assert finding.message and finding.hint
        assert finding.place.line or rule.code == "SYN101"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_does_not_fire_on_its_mended_example(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = found(tmp_path, rule, monkeypatch, mended=True)
    assert [(one.rule.code, one.message) for one in told if one.rule.severity is not Severity.NOTE] == []
    assert rule.code not in {one.rule.code for one in told}
