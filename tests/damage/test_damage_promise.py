"""Whatever happens to a file, no command shows a traceback, or a total that rests on it.

Every damage (`damaged_files`) goes through diff, cost, explain, vacancies and check. Each ends with 0, 1 or 3, within a
second of processor time on a free machine (twice that is allowed here). Where the damage makes a file invalid it
is 3, nothing stands on standard output, and a finding names the file and the line.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from damaged_files import FILES, STRUCTURES, Damage, all_damages

from running import Ran, Restructure

MOST_SECONDS = 2.0
NOBODY = 65534
DAMAGES = all_damages()
_PLACE = re.compile(r"--> (.+?\.yaml)(?::(\d+):(\d+))?(?: .*)?$", re.MULTILINE)


def damaged(damage: Damage, folder: Path) -> Path:
    """Lay out the council's folder with one of its files damaged."""
    if damage.kind == "a FIFO" and not hasattr(os, "mkfifo"):
        pytest.skip("this system has no FIFOs")
    council = folder / damage.council
    council.mkdir()
    for file in FILES:
        if file != damage.file:
            shutil.copy(STRUCTURES / damage.council / file, council / file)
    damage.make(council / damage.file)
    return council


def calls(damage: Damage, council: Path) -> dict[str, list[str]]:
    """Return the calls that read the damaged file: by name, so that no folder walk can pass over it."""
    current, proposed, grades = (str(council / file) for file in FILES)
    verbs = {
        "diff": ["diff", current, proposed, "--grades", grades],
        "cost": ["cost", current, proposed, "--grades", grades],
        "explain": ["explain", current, proposed, "--grades", grades],
        "check": ["check", current, proposed, grades, "--format", "json"],
    }
    if damage.file != "grades.yaml":
        verbs["vacancies"] = ["vacancies", current, proposed]
    return verbs


@contextmanager
def without_permission(path: Path) -> Iterator[None]:
    """Be nobody for a while: root may read every file."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if as_root:
        os.seteuid(NOBODY)
    try:
        path.read_bytes()
    except PermissionError:
        yield
    else:
        pytest.skip("whoever runs this test may read every file, so there is no file without permission")
    finally:
        if as_root:
            os.seteuid(0)


def run(restructure: Restructure, damage: Damage, arguments: list[str], path: Path) -> Ran:
    """Run a call on a damaged file, as somebody who may read it or not."""
    if damage.kind != "no permission":
        return restructure(*arguments)
    restructure(*arguments)  # so that every module is imported: nobody may not read those either
    with without_permission(path):
        return restructure(*arguments)


@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_no_traceback_and_no_total(damage: Damage, tmp_path: Path, restructure: Restructure) -> None:
    council = damaged(damage, tmp_path)
    path = council / damage.file
    for verb, arguments in calls(damage, council).items():
        ran = run(restructure, damage, arguments, path)
        assert ran.code in (0, 1, 3), ran.err
        assert "Traceback" not in ran.err
        assert ran.seconds < MOST_SECONDS
        assert ran.code == 3 or not damage.invalid, f"{verb} took it for valid"
        if ran.code == 3:
            places = told_by_check(ran) if verb == "check" else told_by(ran)
            assert verb == "check" or ran.out == ""
            assert told_where(damage, places, path), places
        else:
            assert ran.out != ""


def told_by(ran: Ran) -> list[tuple[str, int | None]]:
    """Read the files and lines of the findings on standard error."""
    return [(path, int(line) if line else None) for path, line, _ in _PLACE.findall(ran.err)]


def told_by_check(ran: Ran) -> list[tuple[str, int | None]]:
    """Read the files and lines of the findings of a check."""
    return [(finding["path"], finding["line"]) for finding in json.loads(ran.out)["findings"]]


def told_where(damage: Damage, places: list[tuple[str, int | None]], path: Path) -> bool:
    """Whether a finding names the damaged file and, of what could be opened, the line."""
    if damage.line is not None:
        return (str(path), damage.line) in places
    if damage.invalid:
        return any(file == str(path) and (line is not None or not damage.opens) for file, line in places)
    return any(line is not None for _, line in places)


def test_there_are_damages_of_every_kind_to_every_file() -> None:
    assert len(DAMAGES) >= 300
    for kind in {damage.kind for damage in DAMAGES}:
        assert {(d.council, d.file) for d in DAMAGES if d.kind == kind} == {(d.council, d.file) for d in DAMAGES}


def one_of_each_kind() -> list[Damage]:
    """Take one damage of every kind, going round the councils."""
    kinds: dict[str, list[Damage]] = {}
    for damage in DAMAGES:
        if damage.file != "grades.yaml" and damage.kind != "no permission":
            kinds.setdefault(damage.kind, []).append(damage)
    return [damages[number % len(damages)] for number, damages in enumerate(kinds.values())]


@pytest.mark.parametrize("damage", one_of_each_kind(), ids=str)
def test_the_same_in_a_process_of_its_own(damage: Damage, tmp_path: Path) -> None:
    council = damaged(damage, tmp_path)
    for arguments in calls(damage, council).values():
        command = [sys.executable, "-m", "restructure_cli", *arguments]
        ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=30, check=False)
        assert ran.returncode in ((3,) if damage.invalid else (0, 1, 3))
        assert "Traceback" not in ran.stderr
        if ran.returncode == 3 and arguments[0] != "check":
            assert ran.stdout == ""
            assert str(council / damage.file) in ran.stderr or not damage.invalid


def test_a_file_that_seems_closed_is_not_refused_as_a_wrong_call(
    restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the library that parses the call refuses by itself would end with 2, and not name the reason."""
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    for arguments in calls(DAMAGES[0], STRUCTURES / DAMAGES[0].council).values():
        assert restructure(*arguments).code in (0, 1)


@pytest.mark.parametrize("verb", ["diff", "cost", "vacancies", "check"])
@pytest.mark.parametrize("name", ["x" * 300, "none.yaml/inside.yaml", "no/such/folder.yaml", "-"])
def test_a_path_that_leads_nowhere_is_input_that_cannot_be_read(
    verb: str, name: str, tmp_path: Path, restructure: Restructure
) -> None:
    (tmp_path / "none.yaml").touch()
    path = tmp_path / name
    ran = restructure(verb, path, *([path] if verb == "diff" else ["--grades", path] if verb == "cost" else []))
    assert ran.code == 3
    assert str(path)[:100] in ran.err + ran.out
