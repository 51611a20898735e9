"""JUnit that others can read: a case a rule, so that passes show; what was not looked at is skipped, never passed."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from restructure_cli.checks.rulebook import RULES
from running import Restructure

GALLERY = Path(__file__).parents[1] / "errors" / "gallery"
FAULTS = sorted(folder for folder in GALLERY.iterdir() if folder.is_dir() and not (folder / "command.txt").exists())
HEADER = "restructure: structure/1\norganisation: Ashdale\ntitle: Current\nposts:\n"

Suites = ElementTree.Element
JUnit = Callable[..., Suites]


@pytest.fixture
def junit(restructure: Restructure) -> JUnit:
    """Check some paths and parse what comes of it."""
    return lambda *arguments: ElementTree.fromstring(restructure("check", *arguments, "--format", "junit").out)


def cases(suites: Suites) -> dict[str, ElementTree.Element]:
    """Return the cases by the code of their rule."""
    return {case.attrib["name"].split()[0]: case for case in suites.iter("testcase")}


def outcome(case: ElementTree.Element) -> str:
    kinds = {child.tag for child in case}
    return next((kind for kind in ("failure", "skipped") if kind in kinds), "passed")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_broken_rule_fails_its_case_and_only_its_case(
    fault: Path, junit: JUnit, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(fault)
    suites = junit(".")
    found = cases(suites)
    assert sorted(found) == sorted(rule.code for rule in RULES)
    outcomes = {code: outcome(case) for code, case in found.items()}
    code = restructure("check", ".").code
    failed = {one for one, how in outcomes.items() if how == "failure"}
    assert bool(failed) == (code != 0)
    assert ("skipped" in outcomes.values()) == (code == 3)
    for suite in suites.iter("testsuite"):
        counted = [outcome(case) for case in suite.iter("testcase")]
        assert suite.attrib["tests"] == str(len(counted))
        assert suite.attrib["failures"] == str(counted.count("failure"))
        assert suite.attrib["skipped"] == str(counted.count("skipped"))
    assert suites.attrib["failures"] == str(len(failed))


def test_the_gate_decides_what_fails(junit: JUnit) -> None:
    fault = GALLERY / "FND504-permanent-post"
    lenient, strict = cases(junit(fault))["FND504"], cases(junit(fault, "--fail-on", "warning"))["FND504"]
    assert (outcome(lenient), outcome(strict)) == ("passed", "failure")
    for case in (lenient, strict):
        assert "warning[FND504]" in "".join(case.itertext()), "what does not fail is told all the same"


def test_a_failure_shows_the_line_as_it_stands(junit: JUnit, tmp_path: Path) -> None:
    path = tmp_path / "current.yaml"
    path.write_text(HEADER + '  clerk: {title: "]]> & &lt; </failure>", fte: 1, filled: 2}\n', "utf-8")
    (failure,) = cases(junit(path))["EST201"].iter("failure")
    told = failure.text or ""
    assert '     5 |   clerk: {title: "]]> & ' in told
    assert " </failure>" in told


def test_a_file_that_is_not_there_fails_and_lets_nothing_pass(junit: JUnit, tmp_path: Path) -> None:
    outcomes = {code: outcome(case) for code, case in cases(junit(tmp_path / "curent.yaml")).items()}
    assert outcomes.pop("SYN101") == "failure"
    assert set(outcomes.values()) == {"skipped"}
