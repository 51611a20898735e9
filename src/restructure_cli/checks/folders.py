"""Checking files and whole folders: what is ours, what stands beside what, and every finding about it."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from restructure_cli.checks.catalogue import findings_of_a_check
from restructure_cli.checks.rule import Subject
from restructure_cli.checks.settings import SettingsOf
from restructure_cli.checks.suppressions import Judge
from restructure_cli.files import rules
from restructure_cli.files.reader import Reader
from restructure_cli.files.settings import HEADER, NAME, OTHER_ENDING, PYPROJECT
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.findings import Finding, Place, Pointer
from restructure_cli.model.grades import Grades
from restructure_cli.model.structures import Structure
from restructure_cli.model.verdicts import Judged

CURRENT, PROPOSED, GRADES, FUNDING, CLAIMS = (
    "current.yaml", "proposed.yaml", "grades.yaml", "funding.yaml", "claims.yaml")  # fmt: skip
_ENDINGS = (".yaml", ".yml")
OUR_NAMES = (CURRENT, PROPOSED, GRADES, FUNDING, CLAIMS)
"""Files that are ours wherever they stand beside one that is, whatever is in them."""
_STEMS = {
    "current": "structure/1", "proposed": "structure/1", "grades": "grades/1", "funding": "funding/1",
    "claims": "claims/1",
}  # fmt: skip
"""What stands in the files that have a place beside others, by their names."""
_A_SLIP = 0.82
"""How like such a name a slip of it is."""
_PASSED_OVER = ("node_modules", "__pycache__")


class Checked(NamedTuple):
    """What a check looked at and found: findings with their lines, the files, files that are not ours."""

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    sha256: Callable[[], dict[str, str]]
    passed_over: tuple[str, ...]
    line: Callable[[str, Pointer], int | None]
    """The line that an entry of a file stands on."""
    claims: tuple[Judged, ...] = ()
    """The verdicts on the claims files among them."""
    suppressed: tuple[Finding, ...] = ()
    """What comments in the files excuse them from."""


class Sorted(NamedTuple):
    """The files that paths stand for, each once."""

    ours: list[Path]
    walked: list[Path]
    """Those of ours that were found by walking folders."""
    passed_over: list[str]
    findings: list[Finding]


class Looked(NamedTuple):
    """What was found in some files, what comments excuse, and the verdicts on each claims file, in order."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    claims: tuple[tuple[Path, tuple[Judged, ...]], ...]


def check(paths: Iterable[Path], today: date | None = None) -> Checked:
    """Check files and walk folders; a call that finds nothing of ours is at fault itself.

    `today` is the day on which suppressions may be past; None: they hold as they are written.
    """
    reader = Reader()
    found = sorted_out(reader, paths)
    looked = look(reader, found.ours, found.findings, found.walked, today)
    claims = tuple(verdict for _, judged in looked.claims for verdict in judged)
    return Checked(
        looked.findings, reader.files, reader.sha256, tuple(found.passed_over), reader.line, claims, looked.suppressed
    )


def look(reader: Reader, ours: list[Path], found: list[Finding], walked: list[Path], today: date | None) -> Looked:
    """Look at files of ours, each with what stands beside it; `found` is what was found so far.

    `walked` are those whose folders were walked, so that all of each is looked at.
    """
    settings = SettingsOf(reader)
    found = [*found, *_checked(reader, settings, ours)]
    judged = []
    for path in ours:
        if reader.kind(path) == "claims/1":
            verdicts, broken = _claims(reader, path, found)
            judged.append((path, verdicts))
            found += broken
    judge = Judge(reader, settings, today)
    told = judge.gate([*reader.findings, *found], _looked_at_whole(walked, found, reader))
    return Looked(tuple(told), tuple(judge.suppressed), tuple(judged))


def _misnamed(reader: Reader, ours: Iterable[Path]) -> Iterator[Finding]:
    """Find files whose name is a slip of one that stands beside others: by itself it would be held against nothing."""
    folders = Counter(path.parent for path in ours)
    for path in ours:
        stem = _meant(path)
        if not stem or path.name in OUR_NAMES or folders[path.parent] == 1:
            continue
        meant = path.with_name(f"{stem}.yaml")
        if is_there(meant) or reader.kind(path) != _STEMS[stem]:
            continue
        message = f"{path.name} is nearly called {meant.name}, and there is none: nothing is held against it"
        yield Finding(rules.UNREADABLE, message, Place(str(path)), f"call the file {meant.name}")


def _meant(path: Path) -> str:
    """Return the name that a file's is a slip of; numbers, brackets and blanks make no other funding or claims file."""
    stem = path.stem.casefold()
    letters = "".join(re.findall("[a-z]", stem))
    close = get_close_matches(letters, _STEMS, n=1, cutoff=_A_SLIP)
    return close[0] if close and (stem.isalpha() or close[0] in ("funding", "claims")) else ""


def sorted_out(reader: Reader, paths: Iterable[Path]) -> Sorted:
    """Walk folders and tell what is ours; one that has nothing of ours is a finding."""
    found: list[Finding] = []
    ours: list[Path] = []
    walked: list[Path] = []
    passed: list[str] = []
    for path in _each_once(paths):
        if is_folder(path):
            mine, others = _sorted_out(reader, path)
            ours += mine
            walked += mine
            passed += others
            if not mine:
                message = f"there is nothing to check in {path}"
                hint = "our files begin with a line such as `restructure: structure/1`"
                found.append(Finding(rules.UNREADABLE, message, Place(str(path)), hint))
        else:
            ours.append(path)
    ours = _each_once(ours)
    return Sorted(ours, walked, passed, [*found, *_misnamed(reader, ours)])


def _each_once(paths: Iterable[Path]) -> list[Path]:
    """Leave out a path that is another one, written from elsewhere."""
    once: dict[str, Path] = {}
    for path in paths:
        once.setdefault(os.path.abspath(path), path)  # noqa: PTH100 - it must not follow links
    return list(once.values())


def _looked_at_whole(walked: list[Path], found: list[Finding], reader: Reader) -> Callable[[str], bool]:
    """Tell the files in whose folder everything was checked, and nothing was so broken that rules were not run."""
    folders = {str(path.parent) for path in walked}
    blocked = {str(Path(finding.place.path).parent) for finding in (*reader.findings, *found) if finding.rule.blocks}
    return lambda path: str(Path(path).parent) in folders - blocked


def _sorted_out(reader: Reader, folder: Path) -> tuple[list[Path], list[str]]:
    """Tell the YAML files of a folder that are ours, or nearly, from those that plainly are not."""
    walked = list(_walk(reader, folder))
    ours = {path for path in walked if reader.is_ours(path) or (path.name in OUR_NAMES and reader.says_nothing(path))}
    beside = {path.parent for path in ours}
    ours.update(path for path in walked if path.name in OUR_NAMES and path.parent in beside)
    return [path for path in walked if path in ours], [str(path) for path in walked if path not in ours]


def _walk(reader: Reader, folder: Path) -> Iterator[Path]:
    """Walk a folder, hidden ones within it left out; folders that are linked come last, each once."""
    links: list[Path] = []
    walked: set[Path] = set()
    yield from _walk_one(reader, folder, links, walked)
    for link in links:
        if link.resolve() not in walked:
            yield from _walk_one(reader, link, links, walked)


def _walk_one(reader: Reader, folder: Path, links: list[Path], walked: set[Path]) -> Iterator[Path]:
    """Walk a folder in order; one that is closed to us is a finding, links to folders are for later."""
    walked.add(folder.resolve())
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        message = f"the folder {folder} cannot be looked into: {error.strerror}"
        hint = "ask its owner, or change its permissions"
        reader.findings.append(Finding(rules.UNREADABLE, message, Place(str(folder)), hint))
        return
    for entry in entries:
        if is_folder(entry):
            if entry.name.startswith(".") or entry.name in _PASSED_OVER:
                continue
            if entry.is_symlink():
                links.append(entry)
            else:
                yield from _walk_one(reader, entry, links, walked)
        elif entry.suffix.lower() in _ENDINGS:
            yield entry
        elif _nearly_yaml(entry) and reader.is_ours(entry):
            message = f"{entry.name} is one of our files, and its name does not end in .yaml: it would be passed over"
            bare = Path(entry.stem) if _hidden_yaml(entry) else entry
            hint = f"call the file {bare.with_suffix('.yaml').name}"
            reader.findings.append(Finding(rules.UNREADABLE, message, Place(str(entry)), hint))


def _nearly_yaml(path: Path) -> bool:
    """Whether a name ends in a slip of .yaml; one that an editor left behind ends in ~ or .bak."""
    if _hidden_yaml(path):
        return True
    return path.suffix[1:].isalpha() and bool(get_close_matches(path.suffix.lower(), _ENDINGS, n=1, cutoff=0.7))


def _hidden_yaml(path: Path) -> bool:
    """Whether a name is one such as proposed.yaml.txt: what Notepad makes of it, and Explorer shows without its end."""
    return path.suffix.lower() == ".txt" and Path(path.stem).suffix.lower() in _ENDINGS


def _checked(reader: Reader, settings: SettingsOf, paths: list[Path]) -> list[Finding]:
    """Check each file with what stands beside it, by the settings of its folder."""
    found: list[Finding] = []
    for path in paths:
        kind = reader.kind(path)
        ours = settings.folder(path.parent)
        if ours.publication:
            from restructure_cli.checks.personal_data import findings_in_text  # for what is to be published only

            found += findings_in_text(str(path), reader.text(str(path)) or "")
        if kind == "grades/1":
            grades = reader.grades(path)
            if grades is not None:
                nothing = _nothing(grades.path, grades.organisation)
                found += findings_of_a_check(Subject(nothing, None, grades, settings=ours))
        elif kind == "funding/1":
            funding = reader.funding(path)
            if funding is not None:
                found += findings_of_a_check(Subject(_nothing(funding.path), funding=funding, settings=ours))
        elif kind == "map/1":
            reader.mapping(path)
        elif kind == "structure/1":
            structure = reader.structure(path)
            if structure is not None:
                subject = _with_what_stands_beside(reader, path, structure)
                found += findings_of_a_check(subject._replace(settings=ours))
        elif kind == HEADER and path.name not in (NAME, OTHER_ENDING):
            message = f"settings are looked for in {NAME} (or {PYPROJECT}), and not here"
            place = Place(str(path), ("restructure",))
            found.append(Finding(rules.HEADER, message, place, f"call the file {NAME}"))
    return found


def _claims(reader: Reader, path: Path, so_far: Iterable[Finding]) -> tuple[tuple[Judged, ...], tuple[Finding, ...]]:
    """Hold a claims file against the files beside it; where one of those is not valid, no total is worked out."""
    claims = reader.claims(path)
    beside = {name: path.parent / name for name in (CURRENT, PROPOSED, GRADES, FUNDING)}
    there = {name: file for name, file in beside.items() if is_there(file)}
    if claims is None:
        return (), ()
    if CURRENT not in there:
        message = f"there is no {CURRENT} beside this file to hold its claims against"
        return (), (Finding(rules.UNREADABLE, message, Place(str(path)), f"put {CURRENT} into the same folder"),)
    current = reader.structure(there[CURRENT])
    proposed = reader.structure(there[PROPOSED]) if PROPOSED in there else None
    grades = reader.grades(there[GRADES]) if GRADES in there else None
    funding = reader.funding(there[FUNDING]) if FUNDING in there else None
    its_files = {str(file) for file in there.values()} | {str(path)}
    told = [*reader.findings, *so_far]  # only now: reading the files above may have added to the reader's findings
    if current is None or any(finding.rule.blocks and finding.place.path in its_files for finding in told):
        return (), ()
    from restructure_cli.analysis.evidence import Evidence  # costs and claims are heavy, and few checks need them
    from restructure_cli.checks.claims import check_claims

    checked_claims = check_claims(claims, Evidence(current, proposed, grades, funding))
    return checked_claims.judged, checked_claims.findings


def _with_what_stands_beside(reader: Reader, path: Path, structure: Structure) -> Subject:
    beside = path.parent / FUNDING
    funding = reader.funding(beside) if is_there(beside) else None
    superseded = path.name == CURRENT and is_there(path.parent / PROPOSED)
    return Subject(structure, _current(reader, path), _grades(reader, path), (), funding, superseded)


def _current(reader: Reader, path: Path) -> Structure | None:
    """Return the current structure that a proposal or option stands beside."""
    beside = path.parent / CURRENT
    return reader.structure(beside) if path.name != CURRENT and is_there(beside) else None


def _grades(reader: Reader, path: Path) -> Grades | None:
    beside = path.parent / GRADES
    return reader.grades(beside) if is_there(beside) else None


def _nothing(path: str, organisation: str = "") -> Structure:
    """Return a structure without posts, to check a file by itself."""
    return Structure(path=path, organisation=organisation, title="")
