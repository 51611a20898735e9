"""What a team says of dates and conditions holds for the posts of the teams below it; the nearest statement wins.

Costing, diff and explain say the same of it. A start puts off what is proposed, and without that it is refused.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import files_written
import pytest
from naive_pricing import Entry

from running import Restructure

GRADES: Entry = {"year": "2024-25", "grades": {"P": {"cost": "£12,000"}}}
TEAMS: Entry = {
    "service": {"title": "Service", "starts": "2024-07-01", "subject_to": "the grant"},
    "team": {"title": "Team", "within": "service", "counted_within": "other"},
    "near": {"title": "Near", "within": "team", "starts": "2024-10-01", "ends": "2024-12-31", "subject_to": "Cabinet"},
    "other": {"title": "Other", "ends": "2024-04-30"},
}
MONTHS = {"service": 9, "team": 9, "near": 3, "own": 1, "other": 1}


def posts(team: str) -> Entry:
    post: Entry = {"title": "Clerk", "team": "near" if team == "own" else team, "grade": "P", "fte": "1"}
    return {"clerk": {**post, "starts": "2024-12-01"} if team == "own" else post}


@pytest.fixture
def grades(tmp_path: Path) -> Path:
    return files_written.grades(tmp_path / "g.yaml", GRADES)


def answer(restructure: Restructure, *arguments: object) -> Any:
    ran = restructure(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


@pytest.mark.parametrize("team", MONTHS)
def test_a_post_is_there_when_the_nearest_team_above_it_says(
    restructure: Restructure, tmp_path: Path, grades: Path, team: str
) -> None:
    structure = files_written.structure(tmp_path / "one.yaml", posts(team), teams=TEAMS)
    pounds = MONTHS[team] * 1000
    assert Decimal(answer(restructure, "cost", structure, "-g", grades)["totals"]["headline"]) == pounds
    (figure,) = answer(restructure, "explain", structure, "-g", grades)["figures"]
    assert Decimal(figure["value"]) == pounds
    (share,) = [part for part in _leaves(figure) if part["name"] == "part of the year"]
    path, _, line = share["source"]["place"].rpartition(":")
    stated = Path(path).read_text("utf-8").splitlines()[int(line) - 1]
    assert ("ends" if team == "other" else "starts") in stated


def _leaves(figure: Any) -> list[Any]:
    return [leaf for part in figure["parts"] for leaf in _leaves(part)] or [figure]


@pytest.mark.parametrize(
    "team,dates,condition",
    [
        ("team", "starts 2024-07-01", "the grant"),
        ("near", "starts 2024-10-01 ends 2024-12-31", "Cabinet"),
        ("own", "starts 2024-12-01 ends 2024-12-31", "Cabinet"),
    ],
)
def test_a_diff_says_what_the_teams_above_say(
    restructure: Restructure, tmp_path: Path, team: str, dates: str, condition: str
) -> None:
    plain = {id_: {"title": entry["title"]} for id_, entry in TEAMS.items()}
    entry = {key: value for key, value in posts(team)["clerk"].items() if key != "starts"}
    current = files_written.structure(tmp_path / "now.yaml", {"clerk": entry}, teams=plain)
    proposed = files_written.structure(tmp_path / "then.yaml", posts(team), teams=TEAMS)
    (row,) = answer(restructure, "diff", current, proposed)["posts"]
    told = {change["change"]: change["new"] for change in row["differences"]}
    assert told == {"dates": dates, "condition": condition}


def test_dates_that_do_not_go_together_are_found_across_teams(
    restructure: Restructure, tmp_path: Path, grades: Path
) -> None:
    late = {"clerk": {"title": "Clerk", "team": "near", "grade": "P", "fte": "1", "starts": "2025-02-01"}}
    structure = files_written.structure(tmp_path / "one.yaml", late, teams=TEAMS)
    ran = restructure("cost", structure, "-g", grades)
    assert ran.code == 1
    assert "clerk: ends 2024-12-31, as near says, before it starts 2025-02-01" in " ".join(ran.err.split())


@pytest.mark.parametrize("verb", ["cost", "explain"])
def test_a_start_with_nothing_proposed_is_refused(
    restructure: Restructure, tmp_path: Path, grades: Path, verb: str
) -> None:
    structure = files_written.structure(tmp_path / "current.yaml", posts("team"), teams=TEAMS)
    ran = restructure(verb, structure, "-g", grades, "--start", "2024-10-01")
    assert ran.code == 2
    assert "the current and the proposed structure" in " ".join(ran.err.replace("│", " ").split())
    assert ran.out == ""
