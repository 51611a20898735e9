"""`restructure diff --against REF [PATH]`: a structure, or each structure of a folder, and itself at a revision.

Each side is read with what stood beside it at the time: the structures it is based on, the current structure that it
is a proposal against, and the grades file, unless --grades names one for both.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from restructure_cli.cli import exits, inputs
from restructure_cli.files.reader import Reader
from restructure_cli.files.revisions import Revision, revision
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.model.findings import Finding
from restructure_cli.model.grades import Grades
from restructure_cli.model.revisions import Against, Revised, Status
from restructure_cli.model.structures import Structure

if TYPE_CHECKING:
    from restructure_cli.analysis.revisions import Version

_ENDINGS = (".yaml", ".yml")


class _Seen(NamedTuple):
    """A structure on one side, with what stood beside it, and what stands against it."""

    structure: Structure | None
    current: Structure | None
    grades: Grades | None
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        return self.structure is None or any(finding.rule.blocks for finding in self.findings)


def against(ref: str, path: Path, grades: Path | None) -> tuple[Against, inputs.Inputs]:
    """Compare what stands at a path with itself at a revision; what cannot be read here ends with 3."""
    given = inputs.Inputs(Reader())
    then = revision(ref, path)
    if isinstance(then, Finding):
        _refuse(given, [then])
        raise AssertionError
    earlier = Reader(store=then)
    priced_with = given.reader.grades(grades) if grades is not None else None
    found = []
    for here in _structures(path, given, then, earlier):
        there = then.path(here)
        if there is None:
            raise typer.BadParameter(f"{here} is not in the repository around {path}", param_hint="PATH")
        before = _seen(earlier, there, priced_with) if then.is_there(there) else None
        after = _seen(given.reader, here, priced_with) if is_there(here) or before is None else None
        if after is not None:
            given.findings += after.findings
        if after is None or not after.blocked:
            found.append(_compared(str(here), before, after))
    given.findings = [*given.reader.findings, *given.findings]
    if any(finding.rule.blocks for finding in given.findings):
        _refuse(given, given.findings)
    return Against(ref, then.commit, tuple(found)), given


def _refuse(given: inputs.Inputs, found: list[Finding]) -> None:
    inputs.show(given, found)
    raise typer.Exit(exits.NOT_VALID)


def _structures(path: Path, given: inputs.Inputs, then: Revision, earlier: Reader) -> list[Path]:
    """List the structures at a path, those included that are there at the revision only."""
    below = then.path(path)
    was_folder = not is_there(path) and below is not None and next(iter(then.files_below(below)), None) is not None
    if not is_folder(path) and not was_folder:
        return [path]
    from restructure_cli.checks.folders import sorted_out

    ours = [] if was_folder else sorted_out(given.reader, [path]).ours
    gone = [
        path / then.here(one).relative_to(path.resolve())
        for one in (then.files_below(below) if below is not None else ())
        if one.suffix in _ENDINGS and not is_there(then.here(one)) and earlier.is_ours(one)
        and earlier.kind(one) == "structure/1"
    ]  # fmt: skip
    found = [one for one in ours if given.reader.kind(one) == "structure/1"]
    if not found and not gone and not given.reader.blocked:
        raise typer.BadParameter(f"there is no structure in {path}, here or at {then.ref}", param_hint="PATH")
    return sorted({*found, *gone})


def _seen(reader: Reader, path: Path, grades: Grades | None) -> _Seen:
    """Read a structure and what stands beside it, and check it."""
    from restructure_cli.checks.catalogue import findings
    from restructure_cli.checks.rule import Subject

    structure = reader.structure(path)
    beside, priced_with = path.parent / inputs.CURRENT, path.parent / inputs.GRADES
    is_proposal = path.name != inputs.CURRENT and reader.has(beside)
    current = reader.structure(beside) if is_proposal else None
    needed: list[object] = [structure, current] if is_proposal else [structure]
    if grades is None and reader.has(priced_with):
        grades = reader.grades(priced_with)
        needed.append(grades)
    files = {str(path), str(beside), str(priced_with), *(structure.files if structure is not None else ())}
    found = [finding for finding in reader.findings if finding.place.path in files]
    sound = None not in needed and not any(finding.rule.blocks for finding in found)
    if structure is not None and sound:
        found += findings(Subject(structure, current, grades))
    return _Seen(structure if sound else None, current, grades, tuple(found))


def _compared(path: str, before: _Seen | None, after: _Seen | None) -> Revised:
    """Compare the two sides; one that is not there is a structure without posts."""
    from restructure_cli.analysis import revisions

    if before is not None and before.blocked:
        codes = ", ".join(sorted({finding.rule.code for finding in before.findings if finding.rule.blocks}))
        because = f"it was not valid at that revision ({codes})" if codes else "it was not valid at that revision"
        return Revised(path, Status.NOT_COMPARED, because=because)
    was = before.structure if before is not None else None
    now = after.structure if after is not None else None
    assert was is not None or now is not None
    like = now or was
    assert like is not None
    old = _version(before, after, was or revisions.nothing(like, path, "not there"))
    new = _version(after, before, now or revisions.nothing(like, path, "not there any more"))
    if (old.priced is None) != (new.priced is None):
        old, new = old._replace(priced=None), new._replace(priced=None)
    result = revisions.compared(old, new)
    also = revisions.other_keys(old.structure, new.structure, result)
    status = Status.NEW if was is None else Status.DELETED if now is None else Status.CHANGED
    if status is Status.CHANGED and revisions.unchanged(old, new, result):
        status = Status.UNCHANGED
    years = tuple(one.priced[1].year for one in (old, new) if one.priced is not None)
    differ = (years[0], years[1]) if len(set(years)) > 1 else None
    return Revised(path, status, result, also, years=differ)


def _version(seen: _Seen | None, other: _Seen | None, structure: Structure) -> "Version":
    """Return a side for the comparison, priced where there are grades; where it is not there, with the other's."""
    from restructure_cli.analysis.cost import structure_cost
    from restructure_cli.analysis.revisions import Version

    current = seen.current if seen is not None else None
    sides = seen or other
    assert sides is not None
    if sides.grades is None:
        return Version(structure, current)
    priced = structure_cost(structure, sides.grades, current=current).years[0]
    first = structure_cost(current, sides.grades).years[0] if current is not None else priced
    return Version(structure, current, (first, priced))
