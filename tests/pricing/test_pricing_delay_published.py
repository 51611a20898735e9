"""A delay also holds for published totals: a team's published cost is paid for the part of the year it is proposed."""

import json
from fractions import Fraction
from pathlib import Path

import files_written
import pytest
from naive_pricing import Entry

from running import Restructure

GRADES: Entry = {"year": "2024-25", "grades": {"P": {"cost": "£50,000"}}}


def test_a_published_total_is_delayed_like_its_lines(restructure: Restructure, tmp_path: Path) -> None:
    def side(name: str, fte: str, cost: str) -> Path:
        posts: Entry = {"a": {"title": "A", "team": "t", "grade": "P", "fte": fte}}
        return files_written.structure(
            tmp_path / name, posts, teams={"t": {"title": "T", "control": {"cost": cost}}}
        )  # fmt: skip

    current, proposed = side("now.yaml", "1", "£80,000"), side("then.yaml", "2", "£160,000")
    grades = files_written.grades(tmp_path / "g.yaml", GRADES)
    found = []
    for start in ("2024-04-01", "2024-10-01", "2025-01", "2025-04-01"):
        ran = restructure("cost", current, proposed, "-g", grades, "--start", start, "--format", "json")
        assert ran.code == 0, ran.err
        result = json.loads(ran.out)
        total = Fraction(result["structures"][1]["totals"]["headline"])
        found.append(total)
        assert Fraction(result["totals"]["cost"]["proposed"]) == total
        assert Fraction(result["totals"]["cost"]["change"]) == total - 80_000
        assert sum(Fraction(row["cost"]["change"]) for row in result["posts"]) == total - 80_000
    assert found == [160_000, 120_000, 100_000, 80_000]


def test_a_post_that_goes_with_its_team_is_paid_until_the_start(restructure: Restructure, tmp_path: Path) -> None:
    post: Entry = {"title": "A", "team": "t", "grade": "P", "fte": "1"}
    kept: Entry = {"b": {"title": "B", "grade": "P", "fte": "1"}}
    current = files_written.structure(tmp_path / "now.yaml", {"a": post, **kept}, teams={"t": {"title": "T"}})
    proposed = files_written.structure(tmp_path / "then.yaml", kept)
    grades = files_written.grades(tmp_path / "g.yaml", GRADES)
    ran = restructure("cost", current, proposed, "-g", grades, "--start", "2024-10-01", "--format", "json")
    result = json.loads(ran.out)
    assert result["totals"]["cost"] == {"current": "100000.00", "proposed": "75000.00", "change": "-25000.00"}
    assert sum(Fraction(row["cost"]["change"]) for row in result["posts"]) == -25_000


def test_a_sum_of_one_year_is_never_paid_on_both_sides_of_the_start(restructure: Restructure, tmp_path: Path) -> None:
    posts: Entry = {"a": {"title": "A", "grade": "P", "fte": "0"}}

    def side(name: str, amount: str) -> Path:
        lines: Entry = {"ict": {"title": "ICT", "amount": amount, "recurrent": False}}
        return files_written.structure(tmp_path / name, posts, costs=lines)

    grades = files_written.grades(tmp_path / "g.yaml", GRADES)
    ran = restructure(
        "cost", side("now.yaml", "£10,000"), side("then.yaml", "£20,000"), "-g", grades, "--start", "2024-10-01",
        "--format", "json",
    )  # fmt: skip
    assert json.loads(ran.out)["structures"][1]["totals"]["headline"] == "10000.00"


@pytest.mark.parametrize("point", ["bottom", "mid", "top"])
def test_a_published_cost_up_to_the_start_leaves_the_headline_where_it_stands(
    restructure: Restructure, tmp_path: Path, point: str
) -> None:
    post: Entry = {"title": "A", "fte": "1"}
    current = files_written.structure(tmp_path / "now.yaml", {"a": {**post, "grade": "P"}})
    proposed = files_written.structure(tmp_path / "then.yaml", {"a": {**post, "grade": "R"}})
    entries: Entry = {**GRADES, "point": point, "grades": {**GRADES["grades"], "R": {"salary": "£30,000-£40,000"}}}
    grades = files_written.grades(tmp_path / "g.yaml", entries)
    ran = restructure("cost", current, proposed, "-g", grades, "--start", "2024-10-01", "--format", "json")
    (year,) = json.loads(ran.out)["structures"][1]["years"]
    assert year["headline"] == year[point] == year["posts"][0][point]
    assert sum(map(Fraction, year["basis"].values())) == Fraction(year["headline"])


@pytest.mark.parametrize(
    "published,found",
    [
        ({"control": {"cost": "£60,000"}}, [(True, "10000.00"), (True, "5000.00"), (True, "0.00")]),
        ({}, [(False, None), (False, None), (True, "0.00")]),
    ],
    ids=["in a published total", "nowhere"],
)
def test_a_half_without_a_price_is_in_the_published_total_or_leaves_a_known_part(
    restructure: Restructure, tmp_path: Path, published: Entry, found: list[tuple[bool, str | None]]
) -> None:
    post: Entry = {"title": "A", "team": "t", "fte": "1"}
    team: Entry = {"title": "T", **published}
    current = files_written.structure(tmp_path / "now.yaml", {"a": {**post, "grade": "P"}}, teams={"t": {"title": "T"}})
    proposed = files_written.structure(tmp_path / "then.yaml", {"a": {**post, "grade": "N"}}, teams={"t": team})
    grades = files_written.grades(
        tmp_path / "g.yaml", {"year": "2024-25", "grades": {"P": {"cost": "£50,000"}, "N": {}}}
    )
    told = []
    for start in ("2024-04-01", "2024-10-01", "2025-04-01"):
        ran = restructure("cost", current, proposed, "-g", grades, "--start", start, "--format", "json")
        result = json.loads(ran.out)
        told.append((result["structures"][1]["complete"], result["totals"]["cost"]["change"]))
    assert told == found


def test_what_is_left_of_a_published_total_that_ends_is_in_the_change(restructure: Restructure, tmp_path: Path) -> None:
    """Half a year of £60,000 is paid though nobody knows what its post costs from then on: £30,000 go, not all."""
    post: Entry = {"title": "A", "team": "t", "grade": "N"}
    team: Entry = {"title": "T", "control": {"cost": "£60,000"}}
    current = files_written.structure(tmp_path / "now.yaml", {"a": {**post, "fte": "0"}}, teams={"t": team})
    proposed = files_written.structure(tmp_path / "then.yaml", {"a": post}, teams={"t": {"title": "T"}})
    grades = files_written.grades(
        tmp_path / "g.yaml", {"year": "2024-25", "grades": {"N": {}, "P": {"cost": "£50,000"}}}
    )
    result = json.loads(
        restructure("cost", current, proposed, "-g", grades, "--start", "2024-10-01", "--format", "json").out
    )
    assert result["structures"][1]["totals"] == {**result["structures"][1]["totals"], "headline": "30000.00"}
    assert result["structures"][1]["complete"] is False
    assert result["totals"]["cost"] == {"current": "60000.00", "proposed": "30000.00", "change": "-30000.00"}
