"""The house stands: its layers, docstrings, sizes, names, imports, formatting and types, as failing tests."""

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import restructure_cli

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "restructure_cli"
MODULES = sorted(SOURCE.rglob("*.py"))
TREES = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in MODULES}

LAYERS = [sys.executable, "-c", "from importlinter.cli import lint_imports; exit(lint_imports())"]
TOOLS = {
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "ruff check": [sys.executable, "-m", "ruff", "check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "lint-imports": LAYERS,
}

LONGEST_FUNCTION = 50

ONLY_IN = {"yaml": "files", "rich": "render", "typer": "cli", "python_calamine": "files"}
"""Libraries that one room alone may know."""

NO_NAMES = {"util", "utils", "helper", "helpers", "common", "misc"}

REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("anaconda", "org"), ("anaconda", "com"), ("npmjs", "org"),
        ("npmjs", "com"), ("yarnpkg", "com"), ("crates", "io"), ("rubygems", "org"), ("proxy", "golang", "org"),
        ("jfrog", "io"), ("quay", "io"), ("ghcr", "io"), ("docker", "io"), ("nuget", "org"),
    )
]  # fmt: skip
MACHINE_PATH = re.compile(r"(?<![\w.$}*/])(?:/(?:home|root|Users|work|opt|tmp|mnt)/|[A-Z]:\\{1,2}Users)")


def ran(command: list[str], folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=around, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_has_nothing_to_say(tool: str) -> None:
    result = ran(TOOLS[tool])
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("model/findings.py", "import restructure_cli.files.tree"),
        ("analysis/diff.py", "from restructure_cli.report.wording import fte"),
        ("report/diff.py", "import restructure_cli.render.text"),
        ("render/text.py", "import restructure_cli.report.wording"),
        ("files/reader.py", "def later() -> None:\n    import restructure_cli.cli.exits"),
    ],
)
def test_an_arrow_that_points_up_is_found(module: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "src" / "restructure_cli" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n\n{line}\n")
    result = ran(LAYERS, tmp_path, PYTHONPATH=str(tmp_path / "src"))
    assert result.returncode == 1, result.stdout + result.stderr
    assert "An arrow points down only BROKEN" in result.stdout


def test_a_room_that_no_layer_names_is_found(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "src" / "restructure_cli" / "attic.py").write_text('"""Odds and ends."""\n', "utf-8")
    assert ran(LAYERS, tmp_path, PYTHONPATH=str(tmp_path / "src")).returncode == 1


@pytest.mark.parametrize("module", TREES)
def test_a_module_says_what_it_is_for(module: str) -> None:
    assert ast.get_docstring(TREES[module]), f"{module} has no docstring"


def functions() -> Iterator[tuple[str, int]]:
    """Give every function with the number of lines from its `def` to its end."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    assert not [(name, length) for name, length in functions() if length > LONGEST_FUNCTION]


def test_nine_functions_in_ten_fit_on_a_screen() -> None:
    lengths = [length for _, length in functions()]
    assert sum(length <= 30 for length in lengths) >= 0.9 * len(lengths)


def test_no_module_is_a_grab_bag() -> None:
    for path in [*MODULES, *(ROOT / "tests").rglob("*.py")]:
        words = set(re.split(r"[_\W]+", f"{path.parent.name} {path.stem}"))
        assert not words & NO_NAMES, path


def imported(tree: ast.Module) -> set[str]:
    """List the top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_to_one_room_only(library: str) -> None:
    rooms = {module.partition("/")[0] for module, tree in TREES.items() if library in imported(tree)}
    assert rooms == {ONLY_IN[library]}


def test_the_version_is_said_once() -> None:
    assert importlib.metadata.version("restructure-cli") == restructure_cli.__version__
    assert f'"{restructure_cli.__version__}"' not in (ROOT / "pyproject.toml").read_text("utf-8")
    assert f"## {restructure_cli.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def _passing(path: Path) -> bool:
    """Whether tools leave the file behind and git would pass over it."""
    return any(part.startswith(".") or part == "__pycache__" for part in path.parts)


def texts() -> Iterator[tuple[Path, str]]:
    """Give every file of the project, as git lists them; without git, all that stand where ours stand."""
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = ran(git) if shutil.which("git") else None
    if listed is not None and listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        tops = ("src", "tests", "structures", "examples", "schemas", ".ci")
        paths = [path for top in tops for path in (ROOT / top).rglob("*") if not _passing(path.relative_to(ROOT / top))]
        paths += [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"}]
    for path in paths:
        if path.is_file():
            yield path.relative_to(ROOT), path.read_text("utf-8", errors="replace")


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path, text in texts():
        found += [f"{path} names {host}" for host in REGISTRIES if host in text]
        found += [f"{path} has a path of one machine: {match[0]}" for match in MACHINE_PATH.finditer(text)]
    assert not found, "\n".join(found)


def test_what_is_looked_for_in_texts_would_be_found() -> None:
    assert MACHINE_PATH.search("see " + "/ho" + "me/someone/file")
    assert MACHINE_PATH.search("#!" + "/ro" + "ot/x")
    assert not MACHINE_PATH.search("https://example.org/home/page, src/work/x and /dev/null")
    assert {path.as_posix() for path, _ in texts()} >= {"README.md", "pyproject.toml", ".ci/run"}
