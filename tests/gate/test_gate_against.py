"""`diff --against REF`: each side is what it was told to be at its time; nothing is checked out or left out."""

import json
import os
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from repository import CURRENT, HEADER, PROPOSED, Repository

from running import Restructure

ROOT = Path(__file__).parents[2]
COUNCILS = sorted(folder.name for folder in (ROOT / "structures").iterdir() if folder.is_dir())
MEASURES = ("fte", "filled", "shown", "vacant", "cost")
SIDES = ("current", "proposed", "change")

Json = dict[str, Any]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path / "repository")
    monkeypatch.chdir(made.folder)
    return made


@pytest.fixture
def ashdale(repository: Repository) -> Repository:
    repository.write("ashdale/current.yaml", CURRENT)
    repository.write("ashdale/proposed.yaml", PROPOSED)
    repository.commit()
    return repository


def against(restructure: Restructure, *arguments: object, codes: tuple[int, ...] = (0,)) -> dict[str, Json]:
    """Compare with main, and return the structures by path."""
    ran = restructure("diff", "--against", "main", *arguments, "--format", "json")
    assert ran.code in codes, ran.err
    return {one["path"]: one for one in json.loads(ran.out)["structures"]}


def test_a_current_structure_is_compared_as_it_stands(ashdale: Repository, restructure: Restructure) -> None:
    ashdale.write("ashdale/current.yaml", CURRENT.replace("fte: 2, filled: 1.5", "fte: 3, filled: 2"))
    one = against(restructure, "ashdale/current.yaml")["ashdale/current.yaml"]
    assert one["status"] == "changed"
    assert one["totals"]["fte"] == {"current": "2", "proposed": "3", "change": "1"}
    assert one["totals"]["vacant"] == {"current": "0.5", "proposed": "1", "change": "0.5"}, "its own vacancy, no pool's"
    assert one["other_details"] == {"clerk": ["filled"]}


def test_what_a_structure_is_based_on_is_read_at_the_revision(ashdale: Repository, restructure: Restructure) -> None:
    ashdale.write("ashdale/current.yaml", CURRENT.replace("title: Clerk, grade: C, fte: 2", "title: Clerk, fte: 5"))
    found = against(restructure, "ashdale")
    assert list(found) == ["ashdale/current.yaml", "ashdale/proposed.yaml"]
    assert found["ashdale/proposed.yaml"]["totals"]["fte"] == {"current": "3", "proposed": "6", "change": "3"}


def test_a_published_change_is_worked_out_from_the_current_structure_of_its_time(
    ashdale: Repository, restructure: Restructure
) -> None:
    text = PROPOSED + "  clerk: {deleted: true}\n  chief: {title: Chief, fte_change: CHANGE, from: [clerk]}\n"
    ashdale.write("ashdale/proposed.yaml", text.replace("CHANGE", "+1"))
    ashdale.commit()
    ashdale.write("ashdale/proposed.yaml", text.replace("CHANGE", "+2"))
    one = against(restructure, "ashdale")["ashdale/proposed.yaml"]
    assert one["totals"]["fte"] == {"current": "4", "proposed": "5", "change": "1"}


@pytest.mark.parametrize("council", COUNCILS)
def test_each_side_has_the_totals_that_were_told_at_its_time(
    council: str, repository: Repository, restructure: Restructure
) -> None:
    folder = repository.folder / council
    shutil.copytree(ROOT / "structures" / council, folder)
    before = json.loads(restructure("diff", folder, "--grades", folder / "grades.yaml", "--format", "json").out)
    repository.commit()
    proposed = folder / "proposed.yaml"
    posts = "posts:\n  added-since: {title: Added Since, fte: 1.25, from: []}\n"
    proposed.write_text(proposed.read_text("utf-8").replace("posts:\n", posts, 1), "utf-8")
    after = json.loads(restructure("diff", folder, "--grades", folder / "grades.yaml", "--format", "json").out)
    found = against(restructure, council, codes=(0, 1))  # one post more misses a published total, and that is told
    one = found.pop(f"{council}/proposed.yaml")
    for measure in MEASURES:
        assert one["totals"][measure]["current"] == before["totals"][measure]["proposed"], measure
        assert one["totals"][measure]["proposed"] == after["totals"][measure]["proposed"], measure
    assert [row["id"] for row in one["posts"] if row["changes"] == ["new"]] == ["added-since"]
    assert {other["status"] for other in found.values()} == {"unchanged"}
    for each in (one, *found.values()):
        adds_up(each)


def adds_up(one: Json) -> None:
    """Hold the rows of a structure against its totals, side by side; a change of unknown figures is in none."""
    for measure in MEASURES:
        for side in SIDES:
            total = (one["totals"][measure] or {}).get(side)
            figures = [(row[measure] or {}).get(side) for row in one["posts"]]
            known = [Decimal(figure) for figure in figures if figure is not None]
            if total is not None:
                assert sum(known) == Decimal(total), f"{one['path']} {measure} {side}"


def test_a_total_of_which_more_is_itemised_now_has_not_changed(
    repository: Repository, restructure: Restructure
) -> None:
    text = (
        HEADER + "title: Current\ncontrol: {fte: 10}\nposts:\n  clerk: {title: Clerk, fte: 2}\n  lead: {title: Lead}\n"
    )
    repository.write("current.yaml", text)
    repository.commit()
    repository.write("current.yaml", text.replace("title: Lead", "title: Lead, fte: 3"))
    one = against(restructure, "current.yaml")["current.yaml"]
    assert one["totals"]["fte"] == {"current": "10", "proposed": "10", "change": "0"}
    adds_up(one)


def test_what_became_known_is_no_change(repository: Repository, restructure: Restructure) -> None:
    text = HEADER + "title: Current\nposts:\n  clerk: {title: Clerk, fte: 2}\n  lead: {title: Lead}\n"
    repository.write("current.yaml", text)
    repository.commit()
    repository.write("current.yaml", text.replace("title: Lead", "title: Lead, fte: 3").replace("fte: 2", "fte: 4"))
    one = against(restructure, "current.yaml")["current.yaml"]
    assert one["totals"]["fte"] == {"current": "2", "proposed": "7", "change": "2"}
    assert not one["complete"]
    assert {"measure": "fte", "side": "change", "ids": ["lead"]} in one["missing"]
    assert one["other_details"] == {"lead": ["fte"]}


def test_a_structure_that_is_new_deleted_or_the_same_is_named(ashdale: Repository, restructure: Restructure) -> None:
    ashdale.write("other/current.yaml", CURRENT)
    ashdale.write("other/not-ours.yaml", "a: 1\n")
    (ashdale.folder / "ashdale" / "proposed.yaml").unlink()
    found = against(restructure)
    assert {path: one["status"] for path, one in found.items()} == {
        "ashdale/current.yaml": "unchanged", "ashdale/proposed.yaml": "deleted", "other/current.yaml": "new",
    }  # fmt: skip
    assert found["other/current.yaml"]["totals"]["fte"] == {"current": "0", "proposed": "2", "change": "2"}
    assert found["ashdale/proposed.yaml"]["totals"]["fte"] == {"current": "3", "proposed": "0", "change": "-3"}


def test_a_folder_that_is_gone_is_all_deleted(ashdale: Repository, restructure: Restructure) -> None:
    shutil.rmtree(ashdale.folder / "ashdale")
    found = against(restructure, "ashdale")
    assert {name: one["status"] for name, one in found.items()} == {
        "ashdale/current.yaml": "deleted", "ashdale/proposed.yaml": "deleted",
    }  # fmt: skip
    assert restructure("diff", "--against", "HEAD", "ashdal").code == 3


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_link_is_followed_to_where_it_led_at_the_time(repository: Repository, restructure: Restructure) -> None:
    for name, fte in (("v1", "2"), ("v2", "5")):
        repository.write(f"shared/{name}.yaml", CURRENT.replace("fte: 2", f"fte: {fte}"))
    link = repository.folder / "ashdale" / "current.yaml"
    link.parent.mkdir()
    link.symlink_to("../shared/v1.yaml")
    repository.commit()
    link.unlink()
    link.symlink_to("../shared/v2.yaml")
    for path in ("ashdale", "ashdale/current.yaml"):
        found = against(restructure, path)["ashdale/current.yaml"]
        assert found["totals"]["fte"] == {"current": "2", "proposed": "5", "change": "3"}


def test_nothing_is_checked_out_and_what_is_not_committed_counts(ashdale: Repository, restructure: Restructure) -> None:
    ashdale.git("checkout", "--quiet", "-b", "change")
    changed = ashdale.write("ashdale/current.yaml", CURRENT.replace("fte: 2", "fte: 3"))
    before = ashdale.git("status", "--porcelain", "--branch")
    assert against(restructure, "ashdale")["ashdale/current.yaml"]["totals"]["fte"]["change"] == "1"
    assert ashdale.git("status", "--porcelain", "--branch") == before
    assert "fte: 3" in changed.read_text("utf-8")


def test_prices_are_those_of_each_time_and_another_year_is_said(ashdale: Repository, restructure: Restructure) -> None:
    grades = "restructure: grades/1\norganisation: Ashdale Council\nyear: 2025-26\ngrades:\n  C: {cost: £30000}\n"
    ashdale.write("ashdale/grades.yaml", grades)
    ashdale.commit()
    ashdale.write("ashdale/grades.yaml", grades.replace("2025-26", "2026-27").replace("30000", "31000"))
    one = against(restructure, "ashdale")["ashdale/current.yaml"]
    assert one["totals"]["cost"] == {"current": "60000.00", "proposed": "62000.00", "change": "2000.00"}
    assert one["years"] == ["2025-26", "2026-27"]
    told = restructure("diff", "--against", "main", "ashdale").out
    assert "ashdale/current.yaml: before at 2025-26 prices, now at those of 2026-27." in told


def test_what_was_not_valid_then_is_said_and_what_is_not_valid_now_ends_with_3(
    ashdale: Repository, restructure: Restructure
) -> None:
    ashdale.write("ashdale/proposed.yaml", PROPOSED.replace("title: Lead", "titel: Lead"))
    ashdale.commit()
    now = restructure("diff", "--against", "main", "ashdale")
    assert (now.code, now.out) == (3, "")
    assert "SCH102" in now.err
    ashdale.write("ashdale/proposed.yaml", PROPOSED)
    then = restructure("diff", "--against", "main", "ashdale")
    assert then.code == 0
    assert "ashdale/proposed.yaml is not compared: it was not valid at that revision (SCH102)." in " ".join(
        then.out.split()
    )
    assert restructure("diff", "--against", "main", "ashdale", "--exit-code").code == 1


def test_the_exit_code_says_whether_anything_changed(ashdale: Repository, restructure: Restructure) -> None:
    assert restructure("diff", "--against", "main", "--exit-code").code == 0
    ashdale.write("ashdale/current.yaml", CURRENT.replace("1.5", "1"))
    assert restructure("diff", "--against", "main").code == 0
    assert restructure("diff", "--against", "main", "--exit-code").code == 1


@pytest.mark.parametrize(
    ("ref", "told", "hint"),
    [
        ("mian", 'there is no revision "mian"', 'did you mean "main"?'),
        ("release", 'there is no revision "release"', 'did you mean "origin/release"?'),
        ("--output=x", 'there is no revision "--output=x"', "there are"),
        ("main:ashdale", 'there is no revision "main:ashdale"', "there are main"),
        ("HEAD~7", 'there is no revision "HEAD~7"', "there are main"),
    ],
)
def test_a_revision_that_is_not_there(
    ashdale: Repository, restructure: Restructure, ref: str, told: str, hint: str
) -> None:
    ashdale.git("update-ref", "refs/remotes/origin/release", "HEAD")
    ran = restructure("diff", f"--against={ref}")
    assert (ran.code, ran.out) == (3, "")
    assert told in ran.err
    assert f"hint: {hint}" in ran.err


def test_a_shallow_clone_says_what_to_fetch(
    ashdale: Repository, restructure: Restructure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ashdale.write("ashdale/current.yaml", CURRENT.replace("fte: 2", "fte: 3"))
    ashdale.commit()
    ashdale.git("clone", "--quiet", "--depth=1", ashdale.folder.as_uri(), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    ran = restructure("diff", "--against", "HEAD~1")
    assert ran.code == 3
    assert "shallow clone" in ran.err


def test_outside_a_repository_and_without_git(
    ashdale: Repository, restructure: Restructure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    outside = tmp_path / "outside"
    outside.mkdir()
    ran = restructure("diff", "--against", "main", outside)
    assert ran.code == 3
    assert "not in a git repository" in ran.err
    monkeypatch.setenv("PATH", str(outside))
    ran = restructure("diff", "--against", "main")
    assert ran.code == 3
    assert "git is not installed" in ran.err


def test_a_file_that_is_neither_here_nor_there_ends_with_3(ashdale: Repository, restructure: Restructure) -> None:
    ran = restructure("diff", "--against", "main", "ashdale/curent.yaml")
    assert ran.code == 3
    assert "did you mean ashdale/current.yaml?" in ran.err


def test_two_structures_or_a_folder_with_none_are_refused(ashdale: Repository, restructure: Restructure) -> None:
    assert restructure("diff", "--against", "main", "ashdale/current.yaml", "ashdale/proposed.yaml").code == 2
    (ashdale.folder / "empty").mkdir()
    assert restructure("diff", "--against", "main", "empty").code == 2
    assert restructure("diff").code == 2


def test_a_path_with_spaces_and_accents_is_read(repository: Repository, restructure: Restructure) -> None:
    name = "a b/é ü/current.yaml"
    repository.write(name, CURRENT)
    repository.commit()
    repository.write(name, CURRENT.replace("fte: 2", "fte: 3"))
    assert against(restructure, "a b")[name]["totals"]["fte"]["change"] == "1"


def test_csv_has_every_row_with_its_structure(ashdale: Repository, restructure: Restructure) -> None:
    ashdale.write("ashdale/current.yaml", CURRENT.replace("fte: 2", "fte: 3"))
    lines = restructure("diff", "--against", "main", "--format", "csv").out.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("structure,status,id,title,")
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["ashdale/current.yaml", "changed", "clerk"],
        ["ashdale/proposed.yaml", "changed", "clerk"],
        ["ashdale/proposed.yaml", "changed", "lead"],
    ]
