"""Points of a spine: increments and ranges across April 2019, points that end, ranges that are uneven or have none.

Also: an award that is not used, weeks and supplements on published costs, and what a year before 2016 leaves out.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import files_written
import pytest
from naive_pricing import Entry

from running import Restructure

OLD: Entry = {"year": "2017-18", "spine": "njc", "grades": {"LOW": {"scp": "18-24"}, "PAIRED": {"scp": "6-9"}}}
NEW_PAY = {7: 19554, 8: 19945, 9: 20344, 10: 20751, 11: 21166, 12: 21589, 13: 22021, 14: 22462, 15: 22911}
"""£ a year from April 2019 by new point: old 18 to 24 are new 7, 8, 9, 11, 12, 14 and 15."""


def run(restructure: Restructure, folder: Path, posts: Entry, grades: Entry, *options: object, **header: Any) -> Any:
    structure = files_written.structure(folder / "current.yaml", posts, **header)
    priced_with = files_written.grades(folder / "g.yaml", {"on_costs": {"levy": "0%"}, **grades})
    return restructure("cost", structure, "-g", priced_with, *options)


def pay(result: Any, year: int, id_: str, point: str = "mid") -> Fraction:
    years = json.loads(result.out)["structures"][0]["years"]
    (row,) = [row for row in years[year]["posts"] if row["id"] == id_]
    return Fraction(row[point])


@pytest.mark.parametrize(
    "stated,point",
    [
        (18, 9),  # 19 in 2018-19, which is new 8, and one up
        (21, 13),  # 22 is new 12, and the new spine has a 13
        (23, 15),  # 24 is the top
        (24, 15),
    ],
)
def test_an_increment_of_april_2019_is_on_the_new_spine(
    restructure: Restructure, tmp_path: Path, stated: int, point: int
) -> None:
    posts = {"a": {"title": "A", "grade": "LOW", "fte": "1", "scp": stated}}
    result = run(restructure, tmp_path, posts, OLD, "--years", 3, "--format", "json")
    assert pay(result, 2, "a") == NEW_PAY[point]
    notes = json.loads(result.out)["structures"][0]["notes"]
    assert "Assumed: on 1 April 2019 posts take the new number of their point first, and their increment then." in notes


def test_a_range_that_was_renumbered_has_the_new_points_in_its_middle(restructure: Restructure, tmp_path: Path) -> None:
    posts = {"a": {"title": "A", "grade": "LOW", "fte": "1"}, "b": {"title": "B", "grade": "PAIRED", "fte": "1"}}
    result = run(restructure, tmp_path, posts, OLD, "--years", 3, "--format", "json")
    found = [pay(result, 2, "a", point) for point in ("bottom", "mid", "top")]
    assert found == [NEW_PAY[7], NEW_PAY[11], NEW_PAY[15]]  # 7 to 15, and not the mean of seven old ones
    assert pay(result, 2, "b") == Fraction(17364 + 17711, 2)


ENDED: Entry = {"year": "2022-23", "spine": "njc", "grades": {"A": {"scp": "1-3"}, "B": {"scp": "5-8"}}}


def test_a_point_that_ends_is_named_with_its_year(restructure: Restructure, tmp_path: Path) -> None:
    posts = {"a": {"title": "A", "grade": "A", "fte": "1"}}
    assert run(restructure, tmp_path, posts, ENDED).code == 0
    result = run(restructure, tmp_path, posts, ENDED, "--years", 2)
    assert (result.code, result.out) == (3, "")
    assert "njc point 1 for 2023-24 is missing, and grade A needs it" in " ".join(result.err.split())


def test_a_point_that_ends_and_no_post_needs_stops_nothing(restructure: Restructure, tmp_path: Path) -> None:
    posts = {"b": {"title": "B", "grade": "B", "fte": "1"}}
    assert run(restructure, tmp_path, posts, ENDED, "--years", 2).code == 0


def test_a_post_on_a_point_that_ends_is_named_too(restructure: Restructure, tmp_path: Path) -> None:
    posts = {"b": {"title": "B", "grade": [], "scp": "1", "fte": "1"}}
    result = run(restructure, tmp_path, posts, ENDED, "--years", 2)
    assert (result.code, result.out) == (3, "")
    assert "njc point 1 for 2023-24 is missing, and post b needs it" in " ".join(result.err.split())


@pytest.mark.parametrize(
    "grades,said",
    [
        (
            {"year": "2023-24", "spine": "njc", "years": {"2024-25": {"pay_award": "5%"}}},
            "the pay award of 2024-25 is not used: njc is settled for that year",
        ),
        (
            {"year": "2024-25", "points": {1: 20000}, "years": {"2024-25": {"pay_award": "£900"}}},
            "the pay award of 2024-25 is not used: the grades file's pay is that of 2024-25",
        ),
    ],
)
def test_an_award_that_is_not_used_is_told(restructure: Restructure, tmp_path: Path, grades: Entry, said: str) -> None:
    posts = {"a": {"title": "A", "grade": "A", "fte": "1"}}
    result = run(restructure, tmp_path, posts, {**grades, "grades": {"A": {"scp": "5" if "spine" in grades else "1"}}})
    assert result.code == 0
    assert said in " ".join(result.err.split())


@pytest.mark.parametrize("grades", [
    {"year": "2025-26", "spine": "njc", "years": {"2026-27": {"pay_award": "5%"}}},
    {"year": "2023-24", "spine": "njc", "years": {"2024-25": {"pay_award": "5%"}},
     "grades": {"S": {"salary": "£50,000"}}},
])  # fmt: skip
def test_an_award_that_is_used_is_not(restructure: Restructure, tmp_path: Path, grades: Entry) -> None:
    own: Entry = {"A": {"scp": "5"}, **grades.get("grades", {})}
    result = run(restructure, tmp_path, {"a": {"title": "A", "grade": "A", "fte": "1"}}, {**grades, "grades": own})
    assert "not used" not in result.err


@pytest.mark.parametrize("grade,post,pounds", [
    ({"cost": "£36,500"}, {"weeks": "26.07"}, Fraction(36_500) * Fraction("26.07") * 7 / 365),
    ({"cost": "£36,500"}, {}, Fraction(36_500)),
])  # fmt: skip
def test_a_published_cost_of_a_grade_is_paid_in_the_weeks_that_are(
    restructure: Restructure, tmp_path: Path, grade: Entry, post: Entry, pounds: Fraction
) -> None:
    posts = {"a": {"title": "A", "grade": "P", "fte": "1", **post}}
    result = run(restructure, tmp_path, posts, {"year": "2024-25", "grades": {"P": grade}}, "--format", "json")
    assert abs(pay(result, 0, "a") - pounds) <= Fraction("0.005")


@pytest.mark.parametrize("post,why", [
    ({"weeks": "term"}, "weeks paid a year not known"),
    ({"supplement": "£600"}, "a supplement on top of a published cost: what its on-costs are is not known"),
])  # fmt: skip
def test_what_a_published_cost_does_not_tell_is_not_left_out_quietly(
    restructure: Restructure, tmp_path: Path, post: Entry, why: str
) -> None:
    posts = {"a": {"title": "A", "grade": "P", "fte": "1", **post}}
    grades: Entry = {"year": "2024-25", "grades": {"P": {"cost": "£36,500"}}}
    (row,) = json.loads(run(restructure, tmp_path, posts, grades, "--format", "json").out)["posts"]
    assert (row["cost"], row["why_not"]) == (None, why)


@pytest.mark.parametrize("year,told", [("2015-16", True), ("2016-17", False)])
def test_a_year_of_contracting_out_says_what_it_leaves_out(
    restructure: Restructure, tmp_path: Path, year: str, told: bool
) -> None:
    structure = files_written.structure(tmp_path / "s.yaml", {"a": {"title": "A", "grade": "S", "fte": "1"}})
    years: Entry = {} if told else {"years": {"2016-17": {"apprenticeship_levy": "0%"}}}
    grades: Entry = {"year": year, "grades": {"S": {"salary": "£30,000"}}, **years}
    result = restructure("cost", structure, "-g", files_written.grades(tmp_path / "g.yaml", grades))
    assert result.code == 0, result.err
    assert ("were contracted out" in " ".join(result.out.split())) is told


ONCE: Entry = {
    "undated": {"title": "Undated", "amount": "£9,000", "recurrent": False},
    "spread": {"title": "Spread", "amount": "£12,000", "recurrent": False, "from": "2025-01", "until": "2026-06"},
}


def test_a_cost_that_does_not_recur_is_paid_as_its_dates_say(restructure: Restructure, tmp_path: Path) -> None:
    posts = {"a": {"title": "A", "grade": "P", "fte": "1"}}
    grades: Entry = {"year": "2024-25", "grades": {"P": {"cost": "£1,000"}}}
    result = run(restructure, tmp_path, posts, grades, "--years", 3, "--format", "json", costs=ONCE)
    assert [pay(result, year, "spread") for year in (0, 1, 2)] == [3000, 12_000, 3000]
    assert [pay(result, year, "undated") for year in (0, 1, 2)] == [9000, 0, 0]
    one_off = [Fraction(year["one_off"]) for year in json.loads(result.out)["structures"][0]["years"]]
    assert one_off == [12_000, 12_000, 3000]


def test_an_undated_cost_is_of_one_year_whatever_is_asked_for(restructure: Restructure, tmp_path: Path) -> None:
    posts = {"a": {"title": "A", "grade": "P", "fte": "1"}}
    grades: Entry = {"year": "2024-25", "grades": {"P": {"cost": "£1,000"}}}
    later = run(restructure, tmp_path, posts, grades, "--year", "2025-26", "--format", "json", costs=ONCE)
    assert pay(later, 0, "undated") == 0
    assert "Assumed: one-off costs without a date are of 2024-25: Undated." in later.out
    structure, priced_with = tmp_path / "current.yaml", tmp_path / "g.yaml"
    files_written.structure(tmp_path / "then.yaml", posts, costs=ONCE)
    files_written.structure(structure, posts)
    found = [
        json.loads(restructure(verb, structure, tmp_path / "then.yaml", "-g", priced_with, "--format", "json").out)
        for verb in ("cost", "diff", "explain")
    ]
    change = [found[0]["change"]["change"], found[1]["totals"]["cost"]["change"], found[2]["figures"][0]["value"]]
    assert [Fraction(figure) for figure in change] == [12_000] * 3


def test_the_delayed_year_counts_nobody_twice(restructure: Restructure, tmp_path: Path) -> None:
    post: Entry = {"title": "A", "grade": "P", "funding": {"core": "2"}}
    current = files_written.structure(tmp_path / "now.yaml", {"old": {**post, "fte": "2"}})
    proposed = files_written.structure(tmp_path / "then.yaml", {"new": {**post, "title": "B", "fte": "3", "from": []}})
    grades = files_written.grades(tmp_path / "g.yaml", {"year": "2024-25", "grades": {"P": {"cost": "£12,000"}}})
    options = ("-g", grades, "--start", "2025-10-01", "--years", 3)
    ran = restructure("cost", current, proposed, *options, "--format", "json")
    years = json.loads(ran.out)["structures"][1]["years"]
    assert [sum(Fraction(row["fte"]) for row in year["posts"]) for year in years] == [2, 3, 3]
    assert [Fraction(year["headline"]) for year in years] == [24_000, 30_000, 36_000]
    by_fund = restructure("cost", current, proposed, "-g", grades, "--start", "2024-10-01", "--by", "fund").out
    assert [line.split()[-1] for line in by_fund.splitlines() if line.startswith("core")][-1:] != ["0"]
    assert [line.split() for line in by_fund.splitlines() if line.startswith("core")][1] == ["core", "2", "24,000"]


def leaves(figure: Any) -> list[Any]:
    return [leaf for part in figure["parts"] for leaf in leaves(part)] or [figure]


@pytest.mark.parametrize("of", ["filled", "established"])
def test_every_form_says_what_is_priced(restructure: Restructure, tmp_path: Path, of: str) -> None:
    posts = {"a": {"title": "A", "grade": "P", "fte": "2", "filled": "1"}}
    grades: Entry = {"year": "2024-25", "grades": {"P": {"cost": "£12,000"}}}
    result = json.loads(run(restructure, tmp_path, posts, grades, "--of", of, "--format", "json").out)
    assert result["of"] == of
    header, row = run(restructure, tmp_path, posts, grades, "--of", of, "--format", "csv").out.splitlines()
    assert (header.split(",")[-1], row.split(",")[-1]) == ("of", of)
    explained = restructure(
        "explain", tmp_path / "current.yaml", "-g", tmp_path / "g.yaml", "--of", of, "--format", "json"
    )
    told = json.loads(explained.out)
    assert told["of"] == of
    assert told["figures"][0]["value"] == ("12000" if of == "filled" else "24000")
    (fte,) = [leaf for leaf in leaves(told["figures"][0]) if leaf["unit"] == "FTE"]
    line = int(fte["source"]["place"].rpartition(":")[2])
    key = "filled" if of == "filled" else "fte"
    assert f'"{key}"' in (tmp_path / "current.yaml").read_text("utf-8").splitlines()[line - 1]
