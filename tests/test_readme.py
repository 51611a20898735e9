"""The README holds: every command in it runs, what it shows is what they say, and CI runs its second command.

A `console` block holds commands (`$ …`), each with its output below it or with none. `restructure …` runs on a copy
of the examples and structures at 100 columns; `pytest --update` writes its output into the README anew. The two
commands that set everything up run in a copy of the project, without a network: pip finds the libraries of this
environment. The second would run these tests within themselves, so there it runs those of one folder.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COLUMNS = "100"
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROGRESS = re.compile(r"^.* …\n", re.MULTILINE)
"""What a slow machine is told on the way."""
_LINK = re.compile(r"\]\(([^)#]+)\)")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the README's commands are for a POSIX shell")


@dataclass(frozen=True)
class Command:
    """A command of the README, and the output that is shown under it."""

    line: str
    shown: str


def commands(text: str) -> list[Command]:
    found = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, shown = part.partition("\n")
            found.append(Command(line, shown))
    return found


ALL = commands(README.read_text("utf-8"))
OURS = [command for command in ALL if command.line.startswith(("restructure ", "cp "))]
SETUP = [command for command in ALL if " && " in command.line]
BENCHMARK = ".venv/bin/python tests/benchmark.py"
NOT_SHOWN = "restructure check structures"
"""Its output is long and changes with the councils; that it ends with 0 is what counts."""


def copied(folder: Path, *names: str) -> Path:
    """Copy parts of the project."""
    for name in names:
        part = ROOT / name
        if part.is_dir():
            shutil.copytree(part, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(part, folder / name)
    return folder


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with its two streams as one, as a terminal shows them."""
    around = {**os.environ, "COLUMNS": COLUMNS, "NO_COLOR": "1", **environment}
    around["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), around.get("PATH", "")))
    ran = subprocess.run(
        command, cwd=folder, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    ran.stdout = _PROGRESS.sub("", ran.stdout)
    return ran


def test_every_command_is_of_a_kind_that_is_run() -> None:
    others = [command.line for command in ALL if command not in OURS and command not in SETUP]
    assert others == [BENCHMARK]
    assert len(SETUP) == 2


def test_the_way_from_extract_to_report_is_shown() -> None:
    verbs = [command.line.split()[1] for command in OURS if "ashdale" in command.line and command.line[:3] != "cp "]
    assert verbs == ["import", "check", "report", "cost", "publish"]


def test_what_is_shown_is_what_is_said(tmp_path: Path, updating: bool) -> None:
    copied(tmp_path, "examples", "structures")
    text = README.read_text("utf-8")
    wrong = []
    for command in OURS:
        ran = run(shlex.split(command.line), tmp_path)
        assert ran.returncode == 0, f"{command.line}\n{ran.stdout}"
        if command.line == NOT_SHOWN:
            continue
        if updating:
            text = text.replace(f"$ {command.line}\n{command.shown}", f"$ {command.line}\n{ran.stdout.rstrip()}\n")
        elif ran.stdout.rstrip() != command.shown.rstrip():
            wrong.append(f"$ {command.line}\n{ran.stdout}")
    if updating:
        README.write_text(text, "utf-8")
    assert not wrong, "`pytest tests/test_readme.py --update` writes these anew:\n\n" + "\n".join(wrong)


def without_a_network(folder: Path) -> dict[str, str]:
    """Let pip and the copy's own Python find the libraries of this environment, behind their own."""
    beside = folder / "beside"
    beside.mkdir()
    libraries = sysconfig.get_path("purelib")
    (beside / "sitecustomize.py").write_text(f"import sys\nsys.path.append({libraries!r})\n", "utf-8")
    return {"PYTHONPATH": str(beside), "PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0"}


def set_up(command: Command, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the two commands to the letter, in a copy of the project."""
    project = folder / "project"
    project.mkdir()
    parts = ("src", "structures", "examples", "schemas", "tests", "pyproject.toml")
    copied(project, *parts, "README.md", "CHANGELOG.md", "LICENSE")
    return run(["sh", "-c", command.line], project, **without_a_network(folder), **environment)


def test_the_first_command_sets_up_and_shows_what_sefton_changes(tmp_path: Path) -> None:
    ran = set_up(SETUP[0], tmp_path)
    assert ran.returncode == 0, ran.stdout
    assert ran.stdout.startswith("Sefton Council")
    assert (tmp_path / "project" / ".venv" / "bin" / "restructure").exists()


def test_the_second_command_sets_up_and_runs_the_tests(tmp_path: Path) -> None:
    ran = set_up(SETUP[1], tmp_path, PYTEST_ADDOPTS="tests/files")
    assert ran.returncode == 0, ran.stdout
    assert re.search(r"^\d+ passed", ran.stdout.splitlines()[-1]), ran.stdout


def test_ci_runs_the_second_command_once_its_programs_are_there() -> None:
    script = ROOT / ".ci" / "run"
    lines = [line for line in script.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', ".ci/programs", SETUP[1].line]
    assert os.access(script, os.X_OK)


def test_the_benchmark_that_is_named_runs() -> None:
    ran = run([sys.executable, *shlex.split(BENCHMARK)[1:], "--quick"], ROOT)
    assert ran.returncode == 0, ran.stdout
    for promise in (
        "restructure --version",
        "restructure diff structures/sefton",
        "restructure cost",
        "a straight line",
    ):
        assert promise in ran.stdout


def test_the_yaml_that_is_shown_stands_in_the_example() -> None:
    posts, workflow = _YAML.findall(README.read_text("utf-8"))
    assert posts in (ROOT / "examples" / "current.yaml").read_text("utf-8")
    assert workflow == (ROOT / "examples" / "ci" / "github.yml").read_text("utf-8"), "which is run as a test"


def test_links_lead_somewhere() -> None:
    targets = _LINK.findall(README.read_text("utf-8"))
    assert "CHANGELOG.md" in targets
    for target in targets:
        assert (ROOT / target).exists(), target
