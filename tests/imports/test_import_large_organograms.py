"""Organograms of 2,000 to 13,000 posts with the faults of real files: nothing lost or invented, totals as the rows."""

import json
import time
from decimal import Decimal
from pathlib import Path

import organograms_made as organograms
import pytest
from extracts_made import structure

from restructure_cli.model.quantities import known
from running import Ran, Restructure

AT, LATER = "2020-03-31", "2021-03-31"


def imported(
    restructure: Restructure, folder: Path, made: organograms.Made, at: str = AT, encoding: str = "utf-8"
) -> tuple[Ran, organograms.Counted, organograms.Counted]:
    """Import an organogram; returns the run, and what a naive reader counts in both files."""
    files = (
        organograms.write(folder / f"board-{at}-senior.csv", made.seniors, encoding, trailing=3),
        organograms.write(folder / f"board-{at}-junior.csv", made.juniors, encoding),
    )
    ran = restructure("import", *files, "--organisation", "Lighthouse Board", "--to", folder / at)
    above, below = (organograms.counted(file, encoding) for file in files)
    return ran, above, below


@pytest.mark.parametrize(
    ("seed", "size", "encoding"),
    [(1, (40, 2000), "utf-8"), (2, (300, 2500), "cp1252"), (3, (2000, 200), "utf-8-sig"), (4, (150, 4000), "utf-16")],
)
def test_rows_and_fte_are_those_of_a_naive_count(
    seed: int, size: tuple[int, int], encoding: str, tmp_path: Path, restructure: Restructure
) -> None:
    ran, above, below = imported(restructure, tmp_path, organograms.made(seed, *size), encoding=encoding)
    assert ran.code == 1, ran.err  # rows were rejected
    rejected, rows = above.rejected + below.rejected, above.rows + below.rows
    assert f"{rows:,} rows in = {rows - rejected:,} used + {rejected:,} rejected" in ran.out
    posts = structure(tmp_path / AT / "current.yaml").posts.values()
    inside = [known(post.fte) for post in posts if post.in_totals]
    outside = [known(post.fte) for post in posts if not post.in_totals]
    assert sum((fte or 0 for fte in inside), Decimal(0)) == above.fte + below.fte
    assert sum((fte or 0 for fte in outside), Decimal(0)) == above.outside + below.outside
    assert inside.count(None) <= above.unknown + below.unknown
    assert (None in inside) == bool(above.unknown + below.unknown)


def test_each_team_has_the_fte_of_its_rows(tmp_path: Path, restructure: Restructure) -> None:
    _, above, below = imported(restructure, tmp_path, organograms.made(5, 60, 2000))
    made = structure(tmp_path / AT / "current.yaml")
    by_unit: dict[str, Decimal] = {}
    for post in made.posts.values():
        if post.in_totals:
            team = made.teams.get(post.team or "")
            title = team.title if team is not None and team.title not in organograms.ORGANISATIONS else ""
            by_unit[title] = by_unit.get(title, Decimal(0)) + (known(post.fte) or 0)
    counted = dict(above.by_unit)
    for unit, fte in below.by_unit.items():
        counted[unit] = counted.get(unit, Decimal(0)) + fte
    assert {unit: fte for unit, fte in by_unit.items() if fte} == {unit: fte for unit, fte in counted.items() if fte}


def test_each_rejected_cell_is_named(tmp_path: Path, restructure: Restructure) -> None:
    made = organograms.made(6, 100, 2000)
    _, above, below = imported(restructure, tmp_path, made)
    files = [tmp_path / f"board-{AT}-{kind}.csv" for kind in ("senior", "junior")]
    told = restructure("import", *files, "--organisation", "Lighthouse Board", "--dry-run", "--format", "csv").out
    cells = [line for line in told.splitlines() if line.startswith("SCH110") and ("FTE" in line)]
    assert len(cells) == above.refused + below.refused
    rows = [line for line in told.splitlines() if line.startswith(("SCH112", "SCH114")) or "cell by cell" in line]
    assert len(rows) == above.rejected + below.rejected


def test_the_order_of_the_rows_changes_no_id_and_no_figure(tmp_path: Path, restructure: Restructure) -> None:
    made = organograms.made(7, 80, 2000)
    imported(restructure, tmp_path, made)
    turned = organograms.Made(
        [made.seniors[0], *reversed(made.seniors[1:])], [made.juniors[0], *reversed(made.juniors[1:])]
    )
    (tmp_path / "turned").mkdir()
    imported(restructure, tmp_path / "turned", turned)
    one, other = (structure(folder / AT / "current.yaml").posts for folder in (tmp_path, tmp_path / "turned"))
    assert {id_: (post.fte, post.salary) for id_, post in one.items() if not id_.startswith("0")} == {
        id_: (post.fte, post.salary) for id_, post in other.items() if not id_.startswith("0")
    }


def test_what_is_written_is_laid_out_and_valid(tmp_path: Path, restructure: Restructure) -> None:
    imported(restructure, tmp_path, organograms.made(8, 60, 2000))
    assert restructure("fmt", "--check", tmp_path / AT).code == 0
    (tmp_path / AT / "claims.yaml").unlink()
    ran = restructure("check", tmp_path / AT)
    assert ran.code == 0, ran.out
    assert "0 errors" in ran.out


def test_thirteen_thousand_posts_take_seconds(tmp_path: Path, restructure: Restructure) -> None:
    began = time.process_time()
    ran, above, below = imported(restructure, tmp_path, organograms.made(9, 600, 12_400, faults=0.01))
    assert time.process_time() - began < 20
    assert f"{above.rows + below.rows:,} rows in" in ran.out


def test_two_snapshots_differ_by_what_came_and_went_and_by_nothing_else(
    tmp_path: Path, restructure: Restructure
) -> None:
    before = organograms.made(10, 60, 2000, faults=0)
    after, told = organograms.later(before, 11)
    (_, above, below), (_, later_above, later_below) = (
        imported(restructure, tmp_path, made, at) for made, at in ((before, AT), (after, LATER))
    )
    ran = restructure("diff", tmp_path / AT / "current.yaml", tmp_path / LATER / "current.yaml", "--format", "json")
    result = json.loads(ran.out)
    was, becomes = above.fte + below.fte, later_above.fte + later_below.fte
    assert becomes - was == told.came - told.went
    assert {side: Decimal(figure) for side, figure in result["totals"]["fte"].items()} == {
        "current": was, "proposed": becomes, "change": becomes - was,
    }  # fmt: skip
    words = [change for row in result["posts"] for change in row["changes"]]
    gone = words.count("deleted") + words.count("new")
    assert gone < 0.1 * len(words), f"{gone} of {len(words)} lines come or go"
    assert result["pools"] == []
    assert result["totals"]["displaced"] == {"fte": "0", "complete": True}


def test_a_later_record_beside_a_record_is_no_proposal_to_check(tmp_path: Path, restructure: Restructure) -> None:
    before = organograms.made(14, 30, 60, faults=0)
    after, _ = organograms.later(before, 15)
    for made, at in ((before, AT), (after, LATER)):
        imported(restructure, tmp_path, made, at)
    (tmp_path / AT / "claims.yaml").unlink()
    (tmp_path / LATER / "current.yaml").rename(tmp_path / AT / "proposed.yaml")
    told = restructure("check", tmp_path / AT, "--format", "csv").out
    assert "MOV" not in told


def test_a_diff_of_snapshots_speaks_of_then_and_now(tmp_path: Path, restructure: Restructure) -> None:
    before = organograms.made(12, 40, 100, faults=0)
    after, _ = organograms.later(before, 13)
    for made, at in ((before, AT), (after, LATER)):
        imported(restructure, tmp_path, made, at)
    sides = tmp_path / AT / "current.yaml", tmp_path / LATER / "current.yaml"
    told = restructure("diff", *sides).out
    assert "Then:" in told
    assert "FTE now" in " ".join(told.split())
    for verb in ("diff", "vacancies"):
        told = " ".join(restructure(verb, *sides).out.split())
        for word in ("implementation", "displaced", "Proposed", "proposed", "may move"):
            assert word not in told, f"{verb}: {word}"
