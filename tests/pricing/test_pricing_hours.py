"""Hours of so many positions are FTE where nobody states any: in diff, vacancies, cost and explain alike."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import files_written
import pytest
from naive_pricing import Entry

from running import Restructure

GRADES: Entry = {
    "year": "2024-25", "spine": "njc", "pension": "19.8%", "hours_per_week": "37",
    "grades": {"A": {"scp": "20-23"}, "P": {"cost": "£37,000"}},
}  # fmt: skip


def files(folder: Path, week: str | None = "37", **post: Any) -> tuple[Path, Path]:
    entry = {"title": "Clerk", "grade": "P", "filled": "1", **post}
    header = {"hours_per_week": week} if week is not None else {}
    structure = files_written.structure(folder / "current.yaml", {"clerk": entry}, **header)
    return structure, files_written.grades(folder / "g.yaml", GRADES)


def answer(restructure: Restructure, *arguments: object) -> Any:
    ran = restructure(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_hours_by_positions_of_the_week_are_the_fte(restructure: Restructure, tmp_path: Path) -> None:
    structure, grades = files(tmp_path, hours="18:30", positions="3")
    cost = answer(restructure, "cost", structure, "-g", grades)["structures"][0]
    assert (cost["posts"][0]["fte"], cost["totals"]["headline"]) == ("1.5", "55500.00")
    assert Decimal(cost["years"][0]["basis"]["derived"]) == 55_500
    now = answer(restructure, "vacancies", structure)["totals"]
    assert (now["fte"]["current"], now["vacant"]["current"]) == ("1.5", "0.5")
    assert answer(restructure, "diff", structure, structure)["totals"]["fte"]["proposed"] == "1.5"


def test_each_position_has_its_own_threshold_and_is_explained(restructure: Restructure, tmp_path: Path) -> None:
    structure, grades = files(tmp_path, hours="12:20", positions="4", grade="A")
    stated = files_written.structure(
        tmp_path / "stated.yaml", {"clerk": {"title": "Clerk", "grade": "A", "fte": "1.333333333", "positions": "4"}}
    )
    by_hours, by_fte = (
        Fraction(answer(restructure, "cost", one, "-g", grades)["totals"]["headline"]) for one in (structure, stated)
    )
    assert by_hours == by_fte
    (figure,) = answer(restructure, "explain", structure, "-g", grades)["figures"]
    names = {leaf["name"] for leaf in _leaves(figure)}
    assert {"hours of a position", "positions", "full-time week"} <= names
    assert "FTE" not in names
    text = restructure("explain", structure, "-g", grades).out
    assert "1.333333 FTE" in text


def _leaves(figure: Any) -> list[Any]:
    return [leaf for part in figure["parts"] for leaf in _leaves(part)] or [figure]


@pytest.mark.parametrize(
    "week,post,why",
    [
        ("37", {"hours": "18.5"}, "FTE not known: hours are stated, the positions not"),
        (None, {"hours": "18.5", "positions": "2"}, "FTE not known: hours are stated, the full-time week not"),
    ],
)  # fmt: skip
def test_what_is_missing_for_hours_to_be_fte_is_named(
    restructure: Restructure, tmp_path: Path, week: str | None, post: Entry, why: str
) -> None:
    structure, grades = files(tmp_path, week, **post)
    (row,) = answer(restructure, "cost", structure, "-g", grades)["posts"]
    assert (row["fte"], row["cost"], row["why_not"]) == (None, None, why)
