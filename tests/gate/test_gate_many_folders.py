"""Many folders are shared out among processes, and the answer is to the byte the one that a single process gives."""

import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from restructure_cli.checks import many_folders
from restructure_cli.checks.folders import Checked, check
from restructure_cli.checks.many_folders import MANY, check_many
from running import Restructure

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "tests" / "errors" / "gallery"
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every fault of the gallery, the councils, folders within folders, and some based on a neighbour's files."""
    folder = tmp_path_factory.mktemp("county")
    shutil.copytree(GALLERY, folder / "gallery")
    shutil.copytree(ROOT / "examples", folder / "gallery" / "EST201-overfilled" / "below")
    shutil.copytree(ROOT / "examples", folder / "base")
    header = "restructure: structure/1\n"
    for name in ("a", "z"):
        (folder / name).mkdir()
        (folder / name / "option.yaml").write_text(
            f"{header}based_on: ../base/current.yaml\ntitle: Option\nposts:\n  nobody: {{deleted: true}}\n", "utf-8"
        )
    (folder / "chain").mkdir()
    (folder / "chain" / "option.yaml").write_text(f"{header}'based_on': '../a/option.yaml'\ntitle: Chain\n", "utf-8")
    (folder / "not-ours.yaml").write_text("a: 1\n", "utf-8")
    return folder


def without_functions(result: Checked) -> tuple[object, ...]:
    claims = tuple(judged._replace(trace=None) for judged in result.claims)
    files = sorted(result.files)
    return result.findings, files, result.passed_over, claims, result.suppressed, result.sha256()


@pytest.fixture(scope="module")
def paths(county: Path) -> list[Path]:
    (county / "empty").mkdir()
    return [county, county / "base", county / "nowhere", county / "empty"]


@pytest.fixture(scope="module")
def of_one_process(paths: list[Path]) -> tuple[object, ...]:
    return without_functions(check(paths, TODAY))


@pytest.mark.parametrize("processes", [1, 2])
def test_the_answer_is_that_of_one_process(
    paths: list[Path], of_one_process: tuple[object, ...], processes: int
) -> None:
    heard: list[tuple[int, int]] = []
    shared = check_many(paths, TODAY, processes, lambda done, of: heard.append((done, of)))
    assert without_functions(shared) == of_one_process
    assert heard[-1][0] == heard[-1][1] >= MANY, "they were shared out, and all of them were looked at"
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_a_file_among_many_is_looked_at_by_itself_as_before(county: Path) -> None:
    """A suppression is called unused only where a whole folder was walked."""
    files = sorted(county.glob("gallery/*/*.yaml"))
    assert without_functions(check_many(files, TODAY, 2)) == without_functions(check(files, TODAY))


def test_folders_that_are_based_on_one_another_stay_together(county: Path) -> None:
    ours = [county / name / "option.yaml" for name in ("a", "chain", "z")] + [county / "base" / "current.yaml"]
    other = county / "gallery" / "EST202-people" / "current.yaml"
    assert [group.ours for group in many_folders._groups([*ours, other], [])] == [tuple(ours), (other,)]


def test_where_no_process_can_be_started_this_one_does_it(
    paths: list[Path], of_one_process: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refused)
    assert without_functions(check_many(paths, TODAY, 2)) == of_one_process


def test_where_the_system_ends_a_process_this_one_goes_on(
    paths: list[Path], of_one_process: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object) -> None:
        os._exit(9)

    ended.__module__, ended.__qualname__ = many_folders.__name__, "_in_a_process"
    monkeypatch.setattr(many_folders, "_in_a_process", ended)
    here = []
    look_at = many_folders._look_at

    def noting(batch: list[Any], *more: Any) -> Any:
        here.append(batch)
        return look_at(batch, *more)

    monkeypatch.setattr(many_folders, "_look_at", noting)
    assert without_functions(check_many(paths, TODAY, 2)) == of_one_process
    assert here or multiprocessing.get_start_method() != "fork", "other processes do not know of what is put in here"


def test_no_process_is_left_behind(paths: list[Path]) -> None:
    for _ in range(5):
        check_many(paths, TODAY, 2)
        assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name == "nt", reason="a signal of POSIX")
@pytest.mark.parametrize("by", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_an_end_of_the_command_alone_ends_them_all(tmp_path: Path, by: str) -> None:
    """Whoever reads its output to the end would wait for ever for a process that is left behind."""
    for number in range(400):
        shutil.copytree(ROOT / "structures" / "sefton", tmp_path / f"{number}")
    with subprocess.Popen(
        [sys.executable, "-m", "restructure_cli", "check", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert "folders checked" in process.stderr.readline()
        process.send_signal(signal.Signals[by])
        out, told = process.communicate(timeout=20)
    assert (process.returncode, out) == (130 if by == "SIGINT" else -signal.Signals[by], "")
    assert "Traceback" not in told


def test_the_command_says_how_long_it_took_and_nothing_of_it_on_the_screen(
    county: Path, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(county)
    plain = restructure("check", ".", "--today", "2026-06-01", "--format", "json")
    timed = restructure("check", ".", "--today", "2026-06-01", "--format", "json", "--timings")
    assert (timed.code, timed.out) == (plain.code, plain.out)
    files = len(json.loads(plain.out)["inputs"])
    assert re.search(rf"^{files} files checked in \d+\.\d\d s, .* groups of folders in \d+ process", timed.err, re.M)
    few = restructure("check", "base", "--timings")
    assert re.fullmatch(r"5 files checked in \d+\.\d\d s, \d+\.\d ms a file\n", few.err)


def test_a_terminal_sees_how_far_it_is_and_the_line_is_cleared(
    county: Path, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    told = restructure("check", county).err
    assert re.search(r"\r\x1b\[K[\d,]+ of [\d,]+ folders checked …", told)
    assert told.endswith("\r\x1b[K")
