"""SARIF that others can read: every fault of the gallery becomes a log of the shape that SARIF 2.1.0 prescribes.

`SUBSET` describes the objects we write, with the names, types and limits that the published schema gives them, and
allows no other keys: whatever it accepts, the whole schema accepts too. Where Microsoft's SARIF Multitool is installed,
it validates our logs itself, and so does the published schema that it brings.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft7Validator
from jsonschema.validators import validator_for

from programs import program
from restructure_cli.checks.rulebook import RULES
from running import Restructure

GALLERY = Path(__file__).parents[1] / "errors" / "gallery"
FAULTS = sorted(folder for folder in GALLERY.iterdir() if folder.is_dir() and not (folder / "command.txt").exists())

Json = dict[str, Any]


def shape(required: str = "", **properties: Json) -> Json:
    """Return the schema of an object that has these keys and no others."""
    return {
        "type": "object", "additionalProperties": False, "properties": properties, "required": required.split(),
    }  # fmt: skip


def many(items: Json, **limits: object) -> Json:
    return {"type": "array", "items": items, **limits}


TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 1}
LEVEL: Json = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = shape("text", text={"type": "string", "minLength": 1})
ARTIFACT_LOCATION = shape("uri", uri={"type": "string", "pattern": r"^[A-Za-z0-9._~!$&'()*+,;=:@%/-]+$"})
REGION = shape("startLine", startLine=COUNT, startColumn=COUNT, endColumn=COUNT)
CONTEXT = shape("startLine snippet", startLine=COUNT, snippet=shape("text", text=TEXT))
PHYSICAL = shape("artifactLocation", artifactLocation=ARTIFACT_LOCATION, region=REGION, contextRegion=CONTEXT)
LOGICAL = many(shape("fullyQualifiedName", fullyQualifiedName=TEXT, kind=TEXT), uniqueItems=True)
LOCATION = shape("physicalLocation", physicalLocation=PHYSICAL, logicalLocations=LOGICAL)
RELATED = shape(
    "id physicalLocation message", id={"type": "integer", "minimum": 0}, physicalLocation=PHYSICAL,
    logicalLocations=LOGICAL, message=MESSAGE,
)  # fmt: skip
RULE = shape(
    "id", id=TEXT, name=TEXT, shortDescription=MESSAGE, fullDescription=MESSAGE, help=MESSAGE,
    defaultConfiguration=shape("level", level=LEVEL), properties=shape("tags", tags=many(TEXT, uniqueItems=True)),
)  # fmt: skip
RESULT = shape(
    "ruleId message locations", ruleId=TEXT, ruleIndex={"type": "integer", "minimum": 0}, level=LEVEL, message=MESSAGE,
    locations=many(LOCATION, minItems=1), relatedLocations=many(RELATED, uniqueItems=True),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
)  # fmt: skip
DRIVER = shape("name", name=TEXT, version=TEXT, semanticVersion=TEXT, rules=many(RULE, uniqueItems=True))
RUN = shape(
    "tool results",
    tool=shape("driver", driver=DRIVER),
    invocations=many(shape("executionSuccessful", executionSuccessful={"type": "boolean"})),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    artifacts=many(
        shape(location=ARTIFACT_LOCATION, hashes={"type": "object", "additionalProperties": TEXT}), uniqueItems=True
    ),
    results=many(RESULT),
)
SUBSET: Json = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    **shape("version runs", **{"$schema": TEXT, "version": {"enum": ["2.1.0"]}, "runs": many(RUN)}),
}
VALIDATOR = Draft7Validator(SUBSET)

Sarif = Callable[..., Json]


@pytest.fixture
def sarif(restructure: Restructure) -> Sarif:
    """Check some paths and return the one run of the log."""

    def run(*paths: object) -> Json:
        log = json.loads(restructure("check", *paths, "--format", "sarif").out)
        VALIDATOR.validate(log)
        found: Json = log["runs"][0]
        return found

    return run


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_a_log_of_the_prescribed_shape(
    fault: Path, sarif: Sarif, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(fault)
    arguments = (fault / "command.txt").read_text("utf-8").split()[1:] if (fault / "command.txt").exists() else ["."]
    run = sarif(*arguments)
    listed = json.loads(restructure("check", *arguments, "--format", "json").out)["findings"]
    assert [result["ruleId"] for result in run["results"]] == [finding["code"] for finding in listed]
    for result, finding in zip(run["results"], listed, strict=True):
        (location,) = result["locations"]
        where = location["physicalLocation"]
        assert unquote(where["artifactLocation"]["uri"]).endswith(finding["path"].removeprefix("."))
        assert where.get("region", {}).get("startLine") == finding["line"]
        assert where.get("region", {}).get("startColumn") == finding["column"]
        assert len(result.get("relatedLocations", [])) == len(finding["also"])
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding["code"]


def test_the_subset_refuses_what_is_not_sarif() -> None:
    good: Json = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": []}]}
    assert VALIDATOR.is_valid(good)
    assert not VALIDATOR.is_valid({**good, "version": "2.0.0"})
    assert not VALIDATOR.is_valid({**good, "tool": {}})
    assert not VALIDATOR.is_valid({**good, "runs": [{"results": []}]})


MULTITOOL = program("SARIF Multitool")


@pytest.mark.skipif(MULTITOOL is None, reason="the SARIF Multitool is not installed")
@pytest.mark.parametrize("folder", [GALLERY, GALLERY.parents[2] / "structures"], ids=["gallery", "councils"])
def test_the_published_schema_and_its_own_validator_take_a_log(
    folder: Path, restructure: Restructure, tmp_path: Path
) -> None:
    assert MULTITOOL is not None
    log = json.loads(restructure("check", folder, "--format", "sarif").out)
    published = json.loads(next(Path(MULTITOOL).resolve().parent.rglob("sarif-2.1.0.json")).read_text("utf-8-sig"))
    validator = validator_for(published)(published)
    assert [fault.message for fault in validator.iter_errors(log)] == []
    assert "error" not in validated(log, tmp_path)
    del log["runs"][0]["results"][0]["message"]
    assert not validator.is_valid(log)
    assert "'message' is missing" in validated(log, tmp_path)


def validated(log: Json, folder: Path) -> str:
    """Return what the SARIF Multitool says of a log besides the findings' own words."""
    assert MULTITOOL is not None
    path = folder / "log.sarif"
    path.write_text(json.dumps(log), "utf-8")
    ran = subprocess.run([MULTITOOL, "validate", path], capture_output=True, check=True, encoding="utf-8")
    assert "Analysis completed successfully" in ran.stdout
    return ran.stdout


def test_every_rule_is_explained_in_the_file(sarif: Sarif, tmp_path: Path) -> None:
    rules = sarif(tmp_path)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(rule["help"]["text"].strip() for rule in rules)


def structure(*posts: str) -> str:
    return "restructure: structure/1\norganisation: Ashdale\ntitle: Current\nposts:\n" + "".join(posts)


def test_a_path_is_told_from_the_top_of_the_repository(
    sarif: Sarif, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a b:c" / "é#?%"
    folder.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (folder / "current.yaml").write_text(structure("  clerk: {title: Clerk, fte: 1, filled: 2}\n"), "utf-8")
    monkeypatch.chdir(tmp_path / "a b:c")
    expected = "a%20b%3Ac/%C3%A9%23%3F%25/current.yaml"
    for path in (".", "é#?%", folder):
        (result,) = sarif(path)["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == expected


def test_a_message_cannot_be_a_link_or_a_placeholder(sarif: Sarif, tmp_path: Path) -> None:
    (tmp_path / "current.yaml").write_text(
        structure('  clerk: {title: Clerk, fte: "{0} [all is well](https://example.org)"}\n'), "utf-8"
    )
    (result,) = sarif(tmp_path)["results"]
    assert "{{0}} [all is well] (https" in result["message"]["text"]


def test_a_finding_keeps_its_fingerprint_when_it_moves(sarif: Sarif, tmp_path: Path) -> None:
    path = tmp_path / "current.yaml"
    clerk, other = "  clerk: {title: Clerk, fte: 1, filled: 2}\n", "  other: {title: Other, fte: 1}\n"
    path.write_text(structure(clerk), "utf-8")
    (before,) = sarif(path)["results"]
    path.write_text(structure(other, clerk), "utf-8")
    (after,) = sarif(path)["results"]
    assert before["partialFingerprints"] == after["partialFingerprints"]
    assert before["locations"] != after["locations"]
    path.write_text(structure(other, clerk.replace("filled: 2", "filled: 3")), "utf-8")
    (changed,) = sarif(path)["results"]
    assert changed["partialFingerprints"] != after["partialFingerprints"]
