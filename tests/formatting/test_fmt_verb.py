"""`restructure fmt`: writes what is not in layout and nothing else, says so, and with --check only says so."""

import os
from pathlib import Path

import pytest

from running import Restructure

ROUGH = "restructure: structure/1\nposts:\n    a: {fte: 2, title: x}\n"
NEAT = "restructure: structure/1\nposts:\n  a: {title: x, fte: 2}\n"
ROOT = Path(__file__).parents[2]


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_file_is_written_once(tmp_path: Path, restructure: Restructure) -> None:
    path = written(tmp_path / "current.yaml", ROUGH)
    ran = restructure("fmt", path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"formatted {path}\n1 of 1 file formatted.\n"
    assert path.read_bytes().decode() == NEAT
    os.utime(path, (1, 1))
    assert restructure("fmt", path).out == "0 of 1 file formatted.\n"
    assert path.stat().st_mtime == 1


def test_check_says_what_would_change_and_writes_nothing(tmp_path: Path, restructure: Restructure) -> None:
    rough = written(tmp_path / "rough" / "current.yaml", ROUGH)
    written(tmp_path / "neat" / "current.yaml", NEAT)
    ran = restructure("fmt", "--check", tmp_path)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == f"would change {rough}\n1 of 2 files would change.\n"
    assert rough.read_bytes().decode() == ROUGH
    assert restructure("fmt", "--check", tmp_path / "neat").code == 0


def test_a_folder_is_walked_and_what_is_not_ours_left_alone(tmp_path: Path, restructure: Restructure) -> None:
    ours = written(tmp_path / "a" / "b" / "current.yaml", ROUGH)
    other = written(tmp_path / "a" / "compose.yaml", "services:\n    web:   x\n")
    assert restructure("fmt", tmp_path).code == 0
    assert ours.read_bytes().decode() == NEAT
    assert other.read_bytes().decode() == "services:\n    web:   x\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("restructure: structure/1\nposts: {a: 1\n", "SYN104"),
        ("restructure: structure/1\ntitle: x\ntitle: y\n", "SYN105"),
        ("restucture: structure/1\nposts:\n    a: {fte: 2, title: x}\n", "SCH101"),
        ("posts:\n    a: {fte: 2, title: x}\nrestructure: structure/1\n", "SCH101"),
    ],
)
def test_a_file_that_does_not_read_is_never_written(
    text: str, told: str, tmp_path: Path, restructure: Restructure
) -> None:
    broken = written(tmp_path / "current.yaml", text)
    other = written(tmp_path / "proposed.yaml", ROUGH)
    ran = restructure("fmt", tmp_path)
    assert ran.code == 3
    assert told in ran.err
    assert broken.read_bytes().decode() == text
    assert other.read_bytes().decode() == NEAT


def test_a_faulty_value_is_no_reason_not_to_lay_a_file_out(tmp_path: Path, restructure: Restructure) -> None:
    path = written(tmp_path / "current.yaml", ROUGH.replace("fte: 2", "fte: two, titel: y"))
    assert restructure("fmt", path).code == 0
    assert path.read_bytes().decode() == NEAT.replace("fte: 2", "fte: two, titel: y")


@pytest.mark.parametrize("check", [(), ("--check",)])
def test_what_cannot_be_laid_out_is_said(check: tuple[str, ...], tmp_path: Path, restructure: Restructure) -> None:
    text = "restructure: structure/1\nposts:\n    a: &one {fte: 2, title: x}\n    b: *one\n"
    path = written(tmp_path / "current.yaml", text)
    ran = restructure("fmt", path, *check)
    assert ran.code == 0
    assert f"{path} is left as it is: it has anchors" in ran.err
    assert path.read_bytes().decode() == text


def test_nothing_to_lay_out_is_an_error(tmp_path: Path, restructure: Restructure) -> None:
    assert restructure("fmt", tmp_path).code == 3
    assert restructure("fmt", tmp_path / "nowhere.yaml").code == 3


@pytest.mark.skipif(os.name == "nt", reason="modes and links are those of POSIX")
def test_who_may_read_a_file_and_where_it_is_stay_as_they_were(tmp_path: Path, restructure: Restructure) -> None:
    path = written(tmp_path / "kept" / "current.yaml", ROUGH)
    path.chmod(0o640)
    link = tmp_path / "current.yaml"
    link.symlink_to(path)
    assert restructure("fmt", link).code == 0
    assert link.is_symlink()
    assert path.read_bytes().decode() == NEAT
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("folder", ["structures", "examples", "src/restructure_cli/files/extracts/maps"])
def test_the_files_of_the_project_stand_in_the_layout(folder: str, restructure: Restructure) -> None:
    ran = restructure("fmt", "--check", ROOT / folder)
    assert ran.code == 0, ran.out
