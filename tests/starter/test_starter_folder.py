"""`restructure init` makes a folder on which every verb works: clean, explained, and never over something else."""

from pathlib import Path

import pytest

from restructure_cli.cli import VERBS
from restructure_cli.files.reader import Reader
from restructure_cli.files.schemas import file_name, json_schema
from restructure_cli.files.starter import NAMES, starter
from running import Restructure

ON_A_FOLDER = [verb for verb in VERBS if verb in ("diff", "cost", "vacancies", "claims", "gap", "explain", "check")]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restructure: Restructure) -> Path:
    monkeypatch.chdir(tmp_path)
    ran = restructure("init", "Ashdale Council")
    assert (ran.code, ran.err) == (0, "")
    return tmp_path / "ashdale-council"


def test_the_folder_has_a_file_of_each_format_and_its_schema(made: Path) -> None:
    kinds = [(Reader().kind(made / name) or "").split("/")[0] for name in NAMES]
    assert kinds == ["structure", "structure", "grades", "funding", "claims"]
    files = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert files == {*NAMES, *(f"schemas/{file_name(kind)}" for kind in kinds)}
    assert [path.name for path in made.parent.iterdir()] == ["ashdale-council"]


def test_there_is_nothing_against_it(made: Path, restructure: Restructure) -> None:
    ran = restructure("check", made, "--fail-on", "note")
    assert ran.code == 0
    assert "5 files checked; 0 errors, 0 warnings, 0 notes" in ran.out
    assert restructure("fmt", "--check", made).code == 0


@pytest.mark.parametrize("verb", ON_A_FOLDER)
def test_every_verb_works_on_it(verb: str, made: Path, restructure: Restructure) -> None:
    ran = restructure(verb, made)
    assert (ran.code, ran.err) == (0, "")
    assert "known part" not in ran.out or verb == "vacancies"  # nobody has said what agency workers cover


def test_every_file_teaches_and_leads_an_editor_to_its_schema(made: Path) -> None:
    for name in NAMES:
        text = (made / name).read_text("utf-8")
        kind = (Reader().kind(made / name) or "").split("/")[0]
        assert text.startswith(f"# yaml-language-server: $schema=schemas/{file_name(kind)}\n")
        assert (made / "schemas" / file_name(kind)).read_text("utf-8") == json_schema(kind)
        assert text.count("#") >= 3


@pytest.mark.parametrize(
    ("name", "folder", "organisation"),
    [
        ("Ashdale Council", "ashdale-council", "Ashdale Council"),
        ("ashdale", "ashdale", "Ashdale"),
        ("a/b/isle-of-x", "a/b/isle-of-x", "Isle Of X"),
        ("Bath & North: #1", "bath-north-1", "Bath & North: #1"),
        ("Cyngor Sir Ynys Môn", "cyngor-sir-ynys-môn", "Cyngor Sir Ynys Môn"),
        ("NO", "no", "NO"),
        ("'Quoted' \"Council\"", "quoted-council", "'Quoted' \"Council\""),
    ],
)
def test_the_name_is_a_folder_and_stands_in_the_files(
    name: str, folder: str, organisation: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restructure: Restructure
) -> None:
    monkeypatch.chdir(tmp_path)
    assert restructure("init", name).code == 0
    structure = Reader().structure(tmp_path / folder / "current.yaml")
    grades = Reader().grades(tmp_path / folder / "grades.yaml")
    assert structure is not None and grades is not None
    assert (structure.organisation, grades.organisation) == (organisation, organisation)


def test_the_organisation_may_be_said(tmp_path: Path, restructure: Restructure) -> None:
    assert restructure("init", tmp_path / "x", "--organisation", "Isle of X Council").code == 0
    structure = Reader().structure(tmp_path / "x" / "current.yaml")
    assert structure is not None and structure.organisation == "Isle of X Council"


def test_nothing_is_overwritten(tmp_path: Path, restructure: Restructure) -> None:
    for there in (tmp_path / "a", tmp_path / "b"):
        assert restructure("init", there).code == 0
        (there / "current.yaml").write_text("mine", "utf-8")
        ran = restructure("init", there)
        assert ran.code == 2
        assert "there already" in " ".join(ran.err.replace("│", " ").split())
        assert (there / "current.yaml").read_text("utf-8") == "mine"
    (tmp_path / "file").write_text("mine", "utf-8")
    assert restructure("init", tmp_path / "file").code == 2
    assert restructure("init", tmp_path / "file" / "below").code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "file"}


@pytest.mark.parametrize("name", ["", ".", "..", "!!", "x/..", "a" * 300])
def test_a_name_that_is_none_is_a_wrong_call(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             restructure: Restructure) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert restructure("init", name).code == 2
    assert not list(tmp_path.iterdir())


def test_a_name_over_several_lines_is_a_wrong_call(tmp_path: Path, restructure: Restructure) -> None:
    assert restructure("init", tmp_path / "x", "--organisation", "a\nb").code == 2
    assert not list(tmp_path.iterdir())


def test_no_placeholder_is_left() -> None:
    assert not [name for name, text in starter("Ashdale Council").items() if "YOUR ORGANISATION" in text]
