"""The files of an import: what stands there, what will, and whether that may be written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import typer

from restructure_cli.analysis.extract_rows import OURS as OUR_ROWS
from restructure_cli.analysis.imported_ids import EarlierIds
from restructure_cli.analysis.imports import OURS, Imported
from restructure_cli.analysis.naming import slug
from restructure_cli.analysis.organogram_claims import PREFIX
from restructure_cli.analysis.snapshots import lines_by_identity
from restructure_cli.checks.catalogue import findings
from restructure_cli.checks.rule import Subject
from restructure_cli.cli.inputs import CURRENT, GRADES
from restructure_cli.files import amending
from restructure_cli.files.dump import structure_tree
from restructure_cli.files.dump_claims import claims_tree
from restructure_cli.files.dump_grades import grades_tree
from restructure_cli.files.patching import patched
from restructure_cli.files.reader import Reader
from restructure_cli.files.text import is_folder, is_there
from restructure_cli.files.writing import write_tree
from restructure_cli.model.extracts import KeyChange
from restructure_cli.model.findings import Finding
from restructure_cli.model.structures import Structure

CLAIMS = "claims.yaml"


class Target(NamedTuple):
    """Where an import goes: a structure file, and in a folder the files beside it."""

    structure: Path
    grades: Path | None
    claims: Path | None
    named: bool = True
    """Whether the call names it; what stands where no call points to is nobody's business."""


class Planned(NamedTuple):
    """What will stand in the files, and what that is: the structure before and after, what came of its entries."""

    texts: Mapping[Path, str]
    before: Structure | None
    after: Structure | None
    findings: tuple[Finding, ...]
    gone: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()
    """Files that have to be written anew, so that their comments go."""
    keys: tuple[KeyChange, ...] = ()
    lost: tuple[str, ...] = ()
    """What goes with posts that are gone, beyond what an import writes."""


def target(to: Path | None) -> Target:
    """Return the files of a folder, or the one file that is named; of a dry run without either, what they would be."""
    if to is None:
        return Target(Path(CURRENT), Path(GRADES), Path(CLAIMS), named=False)
    if to.suffix.lower() in (".yaml", ".yml") and not is_folder(to):
        return Target(to, None, None)
    return Target(to / CURRENT, to / GRADES, to / CLAIMS)


def existing(reader: Reader, to: Target) -> Structure | None:
    """Read the structure that stands where an import goes; None where there is none."""
    path = to.structure
    if not _stands(to, path):
        return None
    found = reader.structure(path)
    tree = reader.tree_of(path)
    if tree is not None and tree.get("based_on"):
        message = f"{path} is an overlay: it says only what differs, and an extract says everything"
        raise typer.BadParameter(f"{message}; name the structure that it is based on", param_hint="--to")
    return found


def _stands(to: Target, path: Path) -> bool:
    return to.named and is_there(path)


def kept_ids(before: Structure | None) -> EarlierIds:
    """Return the ids that an earlier import gave, or people did: of posts and of teams."""
    if before is None:
        return EarlierIds()
    by_number = {number: post.id for post in before.posts.values() for number in post.numbers}
    by_key = {(post.title.casefold(), post.team or "", post.grade): post.id for post in before.posts.values()}
    teams = {_path(before, id_): id_ for id_ in before.teams}
    own = frozenset(id_ for id_, post in before.posts.items() if not all(map(OUR_ROWS.fullmatch, post.at or ("",))))
    return EarlierIds(by_number, by_key, teams, lines_by_identity(before), own)


def _path(structure: Structure, team: str) -> tuple[str, ...]:
    """Return the titles that lead to a team, as ids have them."""
    path: list[str] = []
    here: str | None = team
    seen: set[str] = set()
    while here is not None and here in structure.teams and here not in seen:
        seen.add(here)
        path.insert(0, slug(structure.teams[here].title))
        here = structure.teams[here].within
    return tuple(path)


def planned(made: Imported, to: Target, fields: Mapping[str, str]) -> Planned:
    """Work out what will stand in each file, and hold it against every rule before anything is written."""
    reader = Reader()
    before = existing(reader, to)
    gone: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    changed: tuple[KeyChange, ...] = ()
    tree = structure_tree(made.structure)
    stated = reader.tree_of(to.structure) if before is not None else None
    if stated is not None:
        amended = amending.structure(stated, tree, fields, _is_ours)
        tree, gone, stayed, lost = amended
        changed = amending.key_changes(stated, tree)
    trees = {to.structure: tree}
    if made.grades is not None and to.grades is not None:
        trees[to.grades] = grades_tree(made.grades)
        if _stands(to, to.grades) and reader.grades(to.grades) is not None:
            trees[to.grades] = amending.grades(reader.tree_of(to.grades) or {}, trees[to.grades])
    if made.claims is not None and to.claims is not None:
        trees[to.claims] = claims_tree(made.claims)
        if _stands(to, to.claims) and reader.claims(to.claims) is not None:
            trees[to.claims] = amending.claims(reader.tree_of(to.claims) or {}, trees[to.claims], PREFIX)
    if reader.blocked:
        return Planned({}, None, None, tuple(reader.located(reader.findings)))
    texts, rewritten = _texts(reader, to, trees)
    after, faults = _as_read(texts, to)
    return Planned(texts, before, after, faults, gone, stayed, rewritten, changed, lost)


def _texts(
    reader: Reader, to: Target, trees: Mapping[Path, Mapping[str, Any]]
) -> tuple[dict[Path, str], tuple[str, ...]]:
    """Write each file; one that is there is changed only where it has to be, so that comments stay."""
    texts, rewritten = {}, []
    for path, content in trees.items():
        stands = reader.tree_of(path) if _stands(to, path) else None
        if stands is None:
            texts[path] = write_tree(content)
            continue
        texts[path], kept = patched(reader.text(str(path)) or "", stands, content)
        if not kept:
            rewritten.append(str(path))
    return texts, tuple(rewritten)


def _is_ours(value: object) -> bool:
    """Whether an import wrote a place or a note, not a person."""
    texts = value if isinstance(value, list) else [value]
    return all(isinstance(text, str) and (OUR_ROWS.fullmatch(text) or text.startswith(OURS)) for text in texts)


def _as_read(texts: Mapping[Path, str], to: Target) -> tuple[Structure | None, tuple[Finding, ...]]:
    """Read what is to be written, as any verb will, with all that stands against it."""
    reader = Reader({str(path): text.encode() for path, text in texts.items()})
    structure = reader.structure(to.structure)
    grades = reader.grades(to.grades) if to.grades in texts and to.grades is not None else None
    if to.claims in texts and to.claims is not None:
        reader.claims(to.claims)
    found = list(reader.findings)
    if structure is not None and not reader.blocked:
        found += findings(Subject(structure, None, grades))
    return structure, tuple(reader.located(found))
