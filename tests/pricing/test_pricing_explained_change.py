"""The change that is explained is the change that is charged, line by line; a change nobody can know says so.

A side without a price makes the change of its line unknown, never nil; the vacancy factor is no part of a change.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import files_written
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_pricing import Entry
from test_pricing_explained import FOLDERS, STARTS, again, holds, pay, read, stated, structures

from restructure_cli.analysis import explain
from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.explain_change import changed
from restructure_cli.analysis.grouping import gather
from restructure_cli.analysis.terms import Terms
from restructure_cli.model.costs import Cost
from restructure_cli.model.grades import Point
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.structures import Control, Structure
from running import Restructure

GRADES: Entry = {
    "year": "2024-25", "spine": "njc", "pension": "19.8%",
    "grades": {"A": {"scp": "20-23"}, "P": {"cost": "£40,000"}, "Q": {"cost": "£50,000"}, "N": {}},
}  # fmt: skip


def ran(restructure: Restructure, folder: Path, current: Entry, proposed: Entry, *options: object) -> Any:
    teams: Entry = {"t": {"title": "T"}, "u": {"title": "U"}}
    now = files_written.structure(folder / "now.yaml", current, teams=teams)
    then = files_written.structure(folder / "then.yaml", proposed, teams=teams)
    grades = files_written.grades(folder / "g.yaml", GRADES)
    done = restructure("explain", now, then, "-g", grades, "--format", "json", *options)
    assert done.code == 0, done.err
    return json.loads(done.out)


PRICED: Entry = {"title": "Clerk", "team": "t", "grade": "P", "fte": "1"}
UNPRICED: Entry = {**PRICED, "grade": "N"}


@pytest.mark.parametrize(
    "current,proposed,side", [(PRICED, UNPRICED, "proposed"), (UNPRICED, PRICED, "current")], ids=["to", "from"]
)
def test_a_side_without_a_price_makes_the_change_unknown(
    restructure: Restructure, tmp_path: Path, current: Entry, proposed: Entry, side: str
) -> None:
    result = ran(restructure, tmp_path, {"clerk": current}, {"clerk": proposed}, "--post", "clerk")
    (figure,) = result["figures"]
    assert figure["value"] is None
    assert result["complete"] is False
    assert result["missing"][0]["because"] == f"its {side} cost is not known (no price for grade N)"
    text = restructure("explain", tmp_path / "now.yaml", tmp_path / "then.yaml", "-g", tmp_path / "g.yaml").out
    assert "not known" in text.lower()
    assert "£0" not in text


def test_what_is_known_of_a_change_is_called_a_part(restructure: Restructure, tmp_path: Path) -> None:
    known: Entry = {"title": "Head", "grade": "P", "fte": "1"}
    result = ran(
        restructure, tmp_path, {"clerk": PRICED, "head": known}, {"clerk": UNPRICED, "head": {**known, "grade": "Q"}}
    )
    (figure,) = result["figures"]
    assert Decimal(figure["value"]) == again(figure) == 10_000
    assert [gap["title"] for gap in result["missing"]] == ["Clerk"]
    text = restructure("explain", tmp_path / "now.yaml", tmp_path / "then.yaml", "-g", tmp_path / "g.yaml").out
    assert "£10,000 (known part)" in text


def test_a_post_that_moves_changes_its_old_team_by_all_that_it_costs(restructure: Restructure, tmp_path: Path) -> None:
    moved = {**PRICED, "team": "u", "grade": "Q"}
    found = {
        team: ran(restructure, tmp_path, {"clerk": PRICED}, {"clerk": moved}, "--team", team)["figures"][0]["value"]
        for team in ("t", "u")
    }
    assert found == {"t": "-40000", "u": "50000"}


def test_the_vacancy_factor_is_no_part_of_a_change(restructure: Restructure, tmp_path: Path) -> None:
    current, proposed = {**PRICED, "grade": "A"}, {**PRICED, "grade": "A", "fte": "3"}
    plain = ran(restructure, tmp_path, {"clerk": current}, {"clerk": proposed})["figures"][0]["value"]
    files_written.grades(tmp_path / "g.yaml", {**GRADES, "vacancy_factor": "4%"})
    done = restructure(
        "explain", tmp_path / "now.yaml", tmp_path / "then.yaml", "-g", tmp_path / "g.yaml", "--format", "json"
    )
    result = json.loads(done.out)
    assert result["figures"][0]["value"] == plain
    assert result["notes"] == ["The change is before the vacancy factor."]


def agrees(result: Cost, both: tuple[Structure, Structure], by_team: bool) -> None:
    explained = changed("the total", result, both, explain.everything)
    for one, change in zip(explained, result.changes, strict=True):
        total = change.totals.cost
        assert total is not None
        assert (one.figure.value if one.figure is not None else ZERO) == (total.change or ZERO)
        gaps = {id_ for gap in change.missing if (gap.measure, gap.side) == ("cost", "change") for id_ in gap.ids}
        assert bool(one.left_out) == bool(gaps)
        if one.figure is not None:
            holds(one.figure)
            assert explain.again(one.figure) == one.figure.value
    for team in both[1].teams if by_team else ():
        in_team = changed(team, result, both, explain.of_team(team))
        for one, change in zip(in_team, result.changes, strict=True):
            groups = [group for group in gather(change, "team") if team.upper() in group.label.split(" › ")]
            told = sum((group.figures["cost"].change or ZERO for group in groups if "cost" in group.figures), ZERO)
            if not one.left_out and not any(("cost", "change") in group.partial for group in groups):
                assert (one.figure.value if one.figure is not None else ZERO) == told


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_change_of_every_council_is_explained(folder: Path) -> None:
    found, grades = read(folder)
    if len(found) == 2:
        agrees(cost(found, grades), (found[0], found[1]), by_team=False)


@settings(max_examples=120, deadline=None)
@given(structures("Current"), structures("Proposed"), STARTS, st.booleans(), st.data())
def test_every_change_is_what_its_lines_make(
    current: Structure, proposed: Structure, start: Moment | None, filled: bool, data: st.DataObject
) -> None:
    some = st.sampled_from((None, None, stated("-1234.56")))
    posts = {id_: post._replace(cost_change=data.draw(some)) for id_, post in proposed.posts.items()}
    control = data.draw(st.sampled_from((None, proposed.control, Control(cost_change=stated("7000")))))
    proposed = proposed._replace(posts=posts, control=control)
    years = (FinancialYear(2024), FinancialYear(2025))
    result = cost([current, proposed], pay(Point.MID), Terms(years, filled=filled, start=start))
    no_totals = control is None and current.control is None
    agrees(result, (current, proposed), by_team=no_totals)
