"""Checking files and whole folders: what is ours, what stands beside what, and every finding about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from restructure_cli.checks.catalogue import findings
from restructure_cli.checks.rule import Subject
from restructure_cli.files import rules
from restructure_cli.files.reader import Reader
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.grades import Grades
from restructure_cli.model.structures import Structure

CURRENT, GRADES = "current.yaml", "grades.yaml"
_ENDINGS = (".yaml", ".yml")
_PASSED_OVER = ("node_modules", "__pycache__")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at and found: findings with their lines, the files, files that are not ours."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    sha256: Callable[[], dict[str, str]]
    passed_over: tuple[str, ...]


def check(paths: Iterable[Path]) -> Checked:
    """Check files and walk folders; a call that finds nothing of ours is at fault itself."""
    reader = Reader()
    found: list[Finding] = []
    ours: list[Path] = []
    passed: list[str] = []
    for path in dict.fromkeys(paths):
        if path.is_dir():
            mine, others = _sorted_out(reader, path)
            ours += mine
            passed += others
            if not mine:
                message = f"there is nothing to check in {path}"
                hint = "structure and grades files begin with `restructure: structure/1` or `restructure: grades/1`"
                found.append(Finding(rules.UNREADABLE, message, Place(str(path)), hint))
        else:
            ours.append(path)
    found += _checked(reader, list(dict.fromkeys(ours)))
    return Checked(tuple(reader.located([*reader.findings, *found])), reader.files, reader.sha256, tuple(passed))


def _sorted_out(reader: Reader, folder: Path) -> tuple[list[Path], list[str]]:
    """Tell the YAML files of a folder that are ours, or nearly, from those that plainly are not."""
    ours: list[Path] = []
    others: list[Path] = []
    for path in _walk(folder):
        (ours if reader.is_ours(path) else others).append(path)
    return ours, [str(path) for path in others]


def _walk(folder: Path) -> Iterator[Path]:
    """Walk a folder in order, hidden folders left out."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            if not entry.name.startswith(".") and entry.name not in _PASSED_OVER:
                yield from _walk(entry)
        elif entry.suffix.lower() in _ENDINGS:
            yield entry


def _checked(reader: Reader, paths: list[Path]) -> list[Finding]:
    """Check each file with what stands beside it."""
    found: list[Finding] = []
    for path in paths:
        kind = reader.kind(path)
        if kind == "grades/1":
            grades = reader.grades(path)
            if grades is not None:
                found += findings(Subject(_nothing(grades), None, grades))
        elif kind == "structure/1":
            structure = reader.structure(path)
            if structure is not None:
                found += findings(Subject(structure, _current(reader, path), _grades(reader, path)))
    return found


def _current(reader: Reader, path: Path) -> Structure | None:
    """Return the current structure that a proposal or option stands beside."""
    beside = path.parent / CURRENT
    return reader.structure(beside) if path.name != CURRENT and beside.exists() else None


def _grades(reader: Reader, path: Path) -> Grades | None:
    beside = path.parent / GRADES
    return reader.grades(beside) if beside.exists() else None


def _nothing(grades: Grades) -> Structure:
    """Return a structure without posts, to check a grades file by itself."""
    return Structure(path=grades.path, organisation=grades.organisation, title="")
