"""The schemas that editors read are the ones that the shapes make: valid, explained key by key, named by every file.

`pytest tests/schema --update` writes `schemas/` anew, and the first line of a seeded file that has none.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor_view import editor_faults, schema_of
from jsonschema import Draft202012Validator

from restructure_cli.files.schemas import SCHEMAS, file_name, json_schema
from running import Restructure

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "schemas"
SEEDED = sorted(path for folder in ("structures", "examples") for path in (ROOT / folder).rglob("*.yaml"))
MAPS = sorted((ROOT / "src" / "restructure_cli" / "files" / "extracts" / "maps").glob("*.yaml"))
_MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")
_SENTENCE = re.compile(r"[A-Z].{10,118}[^.]\.")
_ESCAPED = re.compile(r"\\(.)")


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every schema within a schema, with where it stands."""
    if isinstance(schema, dict):
        yield path, schema
        for key, inner in schema.items():
            yield from parts(inner, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, inner in enumerate(schema):
            yield from parts(inner, f"{path}/{index}")


def kind_of(path: Path) -> str:
    header = re.search(r"^restructure: (\w+)/\d", path.read_text("utf-8"), re.MULTILINE)
    assert header, path
    return header[1]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schema_that_is_kept_is_the_one_that_is_made(kind: str, updating: bool) -> None:
    if updating:
        KEPT.mkdir(exist_ok=True)
        (KEPT / file_name(kind)).write_text(json_schema(kind), "utf-8", newline="\n")
    assert (KEPT / file_name(kind)).read_text("utf-8") == json_schema(kind)


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in KEPT.iterdir()} == {file_name(kind) for kind in SCHEMAS}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schema_is_valid_and_every_name_in_it_is_kept_and_used(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))
    named = {inner["$ref"] for _, inner in parts(schema_of(kind)) if isinstance(inner.get("$ref"), str)}
    assert named == {f"#/$defs/{name}" for name in schema_of(kind)["$defs"]}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_explained_in_one_sentence(kind: str) -> None:
    explained = {}
    for path, inner in parts(schema_of(kind)):
        if path.endswith("/properties"):
            explained.update({f"{path}/{key}": inner[key].get("description", "") for key in inner})
    assert len(explained) >= len(schema_of(kind)["properties"]) >= 3
    assert not [key for key, sentence in explained.items() if not _SENTENCE.fullmatch(sentence)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_patterns_read_the_same_in_an_editor(kind: str) -> None:
    """JavaScript's Unicode mode refuses needless escapes, and classes such as \\d differ from Python's."""
    patterns = [inner["pattern"] for _, inner in parts(schema_of(kind)) if isinstance(inner.get("pattern"), str)]
    assert patterns
    for pattern in patterns:
        re.compile(pattern)
        assert set(_ESCAPED.findall(pattern)) <= set("sStnrfv.+*?()"), pattern
        assert "(?P" not in pattern


@pytest.mark.parametrize("path", [*SEEDED, *MAPS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_editor_has_nothing_against_a_file_of_the_project(path: Path) -> None:
    assert editor_faults(kind_of(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SEEDED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_seeded_file_leads_an_editor_to_its_schema(path: Path, updating: bool) -> None:
    schema = KEPT / file_name(kind_of(path))
    text = path.read_text("utf-8")
    if updating and not _MODELINE.match(text):
        text = f"# yaml-language-server: $schema={os.path.relpath(schema, path.parent).replace(os.sep, '/')}\n{text}"
        path.write_text(text, "utf-8", newline="\n")
    modeline = _MODELINE.match(text)
    assert modeline, "its first line leads to no schema; `pytest tests/schema --update` writes one"
    assert (path.parent / modeline[1]).resolve() == schema.resolve()


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_verb_prints_the_schema(kind: str, restructure: Restructure) -> None:
    ran = restructure("schema", kind)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == schema_of(kind)


def test_the_verb_writes_a_schema_to_a_file(tmp_path: Path, restructure: Restructure) -> None:
    ran = restructure("schema", "grades", "--output", tmp_path / "grades.schema")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "grades.schema").read_text("utf-8") == json_schema("grades")


@pytest.mark.parametrize(("asked", "hint"), [("strcture", 'did you mean "structure"?'), ("payroll", "there are")])
def test_a_schema_that_there_is_not_is_a_wrong_call(asked: str, hint: str, restructure: Restructure) -> None:
    ran = restructure("schema", asked)
    assert ran.code == 2
    assert hint in " ".join(ran.err.replace("│", " ").split())
