"""Every rule has a small file that breaks it, and `restructure check` says so as it did when somebody last read it.

A folder of `gallery` is one fault: its name begins with the rule's code, `told.txt` is what the command prints (an
import: to standard error) and how it ends. `pytest tests/errors --update` writes `told.txt` anew; the difference is
then for a person to read. A rule without a folder is told of by the example that documents it, and what is told stands
in `examples`.
"""

import re
from pathlib import Path

import pytest

from restructure_cli.checks.examples import example
from restructure_cli.checks.rulebook import EVERY_RULE, RULES
from restructure_cli.model.findings import Rule, Severity
from running import Restructure

GALLERY = Path(__file__).parent / "gallery"
FAULTS = sorted(folder for folder in GALLERY.iterdir() if folder.is_dir())
EXAMPLES = Path(__file__).parent / "examples"
BY_EXAMPLE = [rule for rule in RULES if not any(fault.name.startswith(rule.code) for fault in FAULTS)]
_SEVERITIES = {rule.code: rule.severity for rule in EVERY_RULE}
_TOLD = re.compile(r"^(error|warning|note)\[([A-Z]{3}\d{3})\] ", re.MULTILINE)
WITHOUT_A_LINE = ("SYN101", "SYN113")
"""Faults of a file as a whole."""
_EXIT = re.compile(r"exit code (\d+)\n")


def code_of(fault: Path) -> str:
    return fault.name.split("-", maxsplit=1)[0]


def arguments(fault: Path) -> list[str]:
    """Return the call: a walk of the folder, unless `command.txt` has another."""
    command = fault / "command.txt"
    return command.read_text("utf-8").split() if command.exists() else ["check", "."]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_fault_is_told_as_before(
    fault: Path, restructure: Restructure, updating: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(fault)
    monkeypatch.delenv("COLUMNS", raising=False)
    ran = restructure(*arguments(fault))
    of_a_check = arguments(fault)[0] == "check"
    told = f"$ restructure {' '.join(arguments(fault))}\n{ran.out if of_a_check else ran.err}exit code {ran.code}\n"
    assert not of_a_check or ran.err == ""
    golden = fault / "told.txt"
    if updating:
        golden.write_text(told, "utf-8", newline="\n")
    assert told == golden.read_text("utf-8")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_fault_breaks_the_rule_it_is_named_for_and_no_other(fault: Path) -> None:
    told = (fault / "told.txt").read_text("utf-8")
    rule = next(rule for rule in EVERY_RULE if rule.code == code_of(fault))
    if "several" not in fault.name:
        assert {code for _, code in _TOLD.findall(told)} == {rule.code}
    expected = 3 if rule.blocks else 1 if rule.severity is Severity.ERROR else 0
    assert _EXIT.findall(told) == [str(expected)]
    assert all(severity == _SEVERITIES[code] for severity, code in _TOLD.findall(told))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_finding_has_a_place_and_a_hint(fault: Path) -> None:
    findings = (fault / "told.txt").read_text("utf-8").split("\n\n")[:-1]
    assert findings
    for finding in findings:
        assert re.search(r"^  hint: \S", finding, re.MULTILINE), finding
        assert re.search(r"^  --> \S+:\d+:\d+", finding, re.MULTILINE) or code_of(fault) in WITHOUT_A_LINE


@pytest.mark.parametrize("rule", BY_EXAMPLE, ids=lambda rule: rule.code)
def test_a_rule_without_a_folder_is_told_of_by_its_example(
    rule: Rule, tmp_path: Path, restructure: Restructure, updating: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    example(rule.code).write(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    ran = restructure("check", ".", "--today", "2026-11-30")
    told = f"$ restructure check . --today 2026-11-30\n{ran.out}exit code {ran.code}\n"
    golden = EXAMPLES / f"{rule.code}.txt"
    if updating:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, "utf-8", newline="\n")
    assert told == golden.read_text("utf-8")
    assert f"{rule.severity}[{rule.code}]" in told


def test_no_example_is_left_over() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.txt")} == {rule.code for rule in BY_EXAMPLE}


def test_the_gallery_has_nothing_left_over() -> None:
    assert {code_of(fault) for fault in FAULTS} <= set(_SEVERITIES)
    assert all([*fault.glob("*.yaml"), *fault.glob("*.csv"), *fault.glob("*.xlsx")] for fault in FAULTS)
