"""Every leaf (line, component, point of grade, year) is right to the penny, by a separate and naive calculation.

The command line prices files as a user writes them; `naive_pricing` prices the same entries in fractions.
"""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import files_written
import naive_pricing as naive
import pytest
from naive_pricing import Entry

from running import Restructure

TEAMS: Entry = {
    "north": {"title": "North"},
    "south": {"title": "South", "starts": "2024-07-10"},
    "east": {"title": "East", "ends": "2025-01"},
}
GRADES: Entry = {
    "EVEN": {"scp": "25-28"}, "ODD": {"scp": "31-35"}, "ONE": {"scp": "20"}, "LOW": {"scp": "3-6"},
    "RANGE": {"salary": "£61,000-£68,001"}, "SOLE": {"salary": "£52,345"}, "PENCE": {"salary": "£30,000.55-£33,333.33"},
    "PUBLISHED": {"cost": "£67,934"},
}  # fmt: skip
NJC: Entry = {
    "year": "2024-25", "spine": "njc", "point": "mid", "pension": "19.8%", "vacancy_factor": "4%", "grades": GRADES,
    "years": {
        "2025-26": {"pay_award": "3.2%"},
        "2026-27": {"pay_award": "£1,000", "pension": "17.35%", "vacancy_factor": "3%"},
    },
}  # fmt: skip
OLD_NJC: Entry = {
    "year": "2018-19", "spine": "njc", "point": "mid", "pension": "18%",
    "grades": {"EVEN": {"scp": "29-32"}, "ODD": {"scp": "33-37"}, "ONE": {"scp": "20"}},
}  # fmt: skip
OWN: Entry = {
    "year": "2021-22", "point": "mid", "pension": "22.15%",
    "points": {point: 18_000 + 517 * point for point in range(1, 51)},
    "grades": {**GRADES, "ODD": {"scp": "31-35"}},
    "years": {"2022-23": {"pay_award": "£1,925"}, "2023-24": {"pay_award": "3.88%"}, "2024-25": {"pay_award": "2.5%"}},
}  # fmt: skip

CURIOUS: list[Entry] = [
    {"grade": "EVEN", "fte": "1", "positions": 2},
    {"grade": "EVEN", "fte": "2"},
    {"grade": "EVEN", "fte": "0.1"},
    {"grade": "ODD", "fte": "10.55", "positions": 14},
    {"grade": "ODD", "fte": "0.37", "weeks": "39"},
    {"grade": "ODD", "fte": "3", "weeks": "53"},
    {"grade": "EVEN", "fte": "3.7", "weeks": "52", "positions": 5},
    {"grade": "EVEN", "fte": "1.5", "weeks": "44.5", "supplement": "£1,234.56"},
    {"grade": "EVEN", "fte": "1", "supplement": "£600"},
    {"grade": "ODD", "fte": "2.5", "supplement": "£3,000", "positions": 3},
    {"grade": ["EVEN", "ODD"], "fte": "4.2"},
    {"grade": ["ODD", "EVEN"], "fte": "4.2", "positions": 6},
    {"grade": ["EVEN", "ODD"], "fte": "1", "scp": "33"},
    {"grade": "EVEN", "fte": "1", "scp": "25"},
    {"grade": "EVEN", "fte": "2.25", "scp": "27"},
    {"grade": "ODD", "fte": "0.5", "scp": "35"},
    {"grade": "ONE", "fte": "1", "scp": "20", "weeks": "39"},
    {"grade": "EVEN", "fte": "1", "starts": "2024-09-01"},
    {"grade": "EVEN", "fte": "1.3", "starts": "2024-10-15"},
    {"grade": "ODD", "fte": "2", "ends": "2025-02-11"},
    {"grade": "ODD", "fte": "2", "starts": "2024-05-20", "ends": "2024-05-31"},
    {"grade": "ODD", "fte": "1", "starts": "2024-11", "ends": "2026-02"},
    {"grade": "EVEN", "fte": "1", "starts": "2023-01-01", "ends": "2030-01-01"},
    {"grade": "EVEN", "fte": "1", "ends": "2022-03-31"},
    {"grade": "EVEN", "fte": "1", "starts": "2040-04-01"},
    {"grade": "EVEN", "fte": "2.6", "team": "south"},
    {"grade": "ODD", "fte": "2.6", "team": "south", "starts": "2024-08-03"},
    {"grade": "ODD", "fte": "2.6", "team": "south", "starts": "2024-05-03", "ends": "2025-09-17"},
    {"grade": "EVEN", "fte": "1.6", "team": "east", "positions": 2},
    {"grade": "EVEN", "fte": "1.6", "team": "east", "ends": "2024-12-24"},
    {"grade": "EVEN", "fte": "0"},
    {"grade": "ODD", "fte": "7.77", "positions": 9, "weeks": "40.2", "supplement": "£99.99", "starts": "2024-06-06"},
]
SALARIED: list[Entry] = [
    {"grade": "RANGE", "fte": "1"},
    {"grade": "RANGE", "fte": "1.85", "positions": 2},
    {"grade": "SOLE", "fte": "0.73", "weeks": "39"},
    {"grade": "PENCE", "fte": "3.3", "ends": "2024-08-19"},
    {"grade": ["PENCE", "RANGE"], "fte": "2"},
    {"grade": "PUBLISHED", "fte": "0.85"},
    {"grade": "PUBLISHED", "fte": "2", "starts": "2024-12"},
    {"grade": "EVEN", "fte": "3", "cost": "£123,456.78"},
    {"grade": "EVEN", "fte": "3", "cost": "£123,456", "ends": "2024-09-30"},
    {"grade": "LOW", "fte": "1", "weeks": "38"},
    {"grade": "LOW", "fte": "2", "positions": 11},
]
PATTERNS: list[Entry] = [
    {"grade": grade, "fte": fte, **({"positions": positions} if positions else {}), **({"weeks": w} if w else {})}
    for grade, (fte, positions), w in product(
        ("EVEN", "ODD", "ONE"), (("1", 0), ("0.5", 1), ("2.2", 0), ("6.4", 8)), ("", "39")
    )
]


def numbered(*lists: list[Entry]) -> Entry:
    entries = [entry for each in lists for entry in each]
    return {f"p{number}": {"title": f"Post {number}", "team": "north", **entry} for number, entry in enumerate(entries)}


def priced(restructure: Restructure, folder: Path, posts: Entry, grades: Entry, *options: object) -> Any:
    structure = files_written.structure(folder / "one.yaml", posts, teams=TEAMS)
    ran = restructure(
        "cost", structure, "--grades", files_written.grades(folder / "g.yaml", grades), "--format", "json", *options
    )
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["structures"][0]


CASES = {
    "njc": (NJC, (CURIOUS, PATTERNS, SALARIED), 3),
    "old njc": (OLD_NJC, (CURIOUS, PATTERNS), 6),
    "own": (OWN, (CURIOUS, PATTERNS, SALARIED), 4),
}


def fitting(posts: Entry, grades: Entry) -> Entry:
    """Fit posts with a stated point to the ranges of the grades."""
    moved = {"25": "29", "27": "31", "33": "34", "35": "36"} if grades is OLD_NJC else {}
    return {
        id_: {**post, **({"scp": moved.get(post["scp"], post["scp"])} if "scp" in post else {})}
        for id_, post in posts.items()
    }


@pytest.mark.parametrize("point", naive.POINTS)
@pytest.mark.parametrize("case", CASES)
def test_every_component_of_every_line_is_right_to_the_penny(
    restructure: Restructure, tmp_path: Path, case: str, point: str
) -> None:
    grades, lists, years = CASES[case]
    posts = fitting(numbered(*lists), grades)
    grades = {**grades, "point": point}
    result = priced(restructure, tmp_path, posts, grades, "--years", years)
    assert len(posts) >= 55
    for year in result["years"]:
        rows = {row["id"]: row for row in year["posts"]}
        computed, total = Fraction(0), Fraction(0)
        for id_, post in posts.items():
            expected = naive.leaves(post, grades, naive.start_of(year["year"]), TEAMS[post["team"]])
            found = {name: Fraction(figure) for name, figure in rows[id_]["components"].items() if Fraction(figure)}
            told = (year["year"], post)
            assert (told, found) == (told, {name: pence for name, pence in expected[point].items() if pence})
            sums = {at: sum(expected[at].values(), Fraction(0)) for at in naive.POINTS}
            assert (told, {at: Fraction(rows[id_][at]) for at in naive.POINTS}) == (told, sums)
            total += sums[point]
            computed += sums[point] if "published cost" not in expected[point] else 0
        factor = naive.latest(grades, "vacancy_factor", naive.start_of(year["year"]))
        if factor is not None:
            allowance = naive.penny(-factor * computed)
            assert Fraction(rows["vacancy-factor"]["headline"]) == allowance
            total += allowance
        assert Fraction(year["headline"]) == total
        assert sum(map(Fraction, year["components"].values())) == total
        assert sum(map(Fraction, year["basis"].values())) == total


@pytest.mark.parametrize("filled,people", [("1.5", 2), ("1.5", None), ("3", 4), ("0", None)])
def test_people_in_post_are_priced_by_their_own_number(
    restructure: Restructure, tmp_path: Path, filled: str, people: int | None
) -> None:
    post: Entry = {"title": "A", "team": "north", "grade": "EVEN", "fte": "3", "positions": 3, "filled": filled}
    if people is not None:
        post["people"] = people
    result = priced(restructure, tmp_path, {"a": post}, NJC, "--of", "filled")
    expected = naive.leaves(post, NJC, 2024, {}, "filled")["mid"]
    assert Fraction(result["posts"][0]["cost"]) == sum(expected.values(), Fraction(0))


def test_the_published_example_of_cambridge(restructure: Restructure, tmp_path: Path) -> None:
    grades: Entry = {"year": "2018-19", "pension": "18%", "grades": {"A": {"salary": "£25,000"}}}
    result = priced(restructure, tmp_path, {"a": {"title": "A", "team": "north", "grade": "A", "fte": "1"}}, grades)
    assert result["posts"][0]["components"] == {
        "salary": "25000.00", "national insurance": "2287.49", "pension": "4500.00", "apprenticeship levy": "125.00",
    }  # fmt: skip


def test_two_half_time_people_have_two_thresholds(restructure: Restructure, tmp_path: Path) -> None:
    post: Entry = {"title": "A", "team": "north", "grade": "SOLE", "fte": "1"}
    both = priced(
        restructure, tmp_path, {"one": {**post, "positions": 1}, "two": {**post, "positions": 2}}, NJC
    )["posts"]  # fmt: skip
    one, two = (Fraction(row["components"]["national insurance"]) for row in both[:2])
    assert one - two == Fraction("0.138") * 9100
    assert two == Fraction("0.138") * (52_345 - 2 * 9100)


OTHER_COSTS: Entry = {
    "rota": {"title": "Rota", "rate": "£30", "times": "365", "recurrent": True},
    "beds": {"title": "Beds", "units": "20", "rate": "£400.01", "per": "week", "recurrent": True},
    "days": {"title": "Days", "units": "3", "rate": "£12.34", "per": "day", "recurrent": True},
    "fees": {"title": "Fees", "units": "7", "rate": "£99.99", "per": "month", "recurrent": True, "from": "2024-10"},
    "until": {"title": "Until", "amount": "£10,000", "recurrent": True, "until": "2025-09-15"},
    "once": {"title": "Once", "amount": "£86,000", "recurrent": False},
    "later": {"title": "Later once", "amount": "£5,000", "recurrent": False, "from": "2025-11-20"},
}


def test_other_costs_are_there_when_they_say(restructure: Restructure, tmp_path: Path) -> None:
    posts: Entry = {"a": {"title": "A", "grade": "EVEN", "fte": "0"}}
    files_written.structure(tmp_path / "one.yaml", posts, costs=OTHER_COSTS)
    files_written.grades(tmp_path / "g.yaml", NJC)
    ran = restructure("cost", tmp_path / "one.yaml", "-g", tmp_path / "g.yaml", "--years", 3, "--format", "json")
    years = json.loads(ran.out)["structures"][0]["years"]
    found = [{row["id"]: row["cost"] for row in year["posts"]} for year in years]
    assert [rows["rota"] for rows in found] == ["10950.00"] * 3
    beds = naive.penny(20 * Fraction("400.01") * Fraction(365, 7))
    assert [Fraction(rows["beds"]) for rows in found] == [beds] * 3
    assert [rows["days"] for rows in found] == ["13512.30"] * 3
    fees = 7 * Fraction("99.99") * 12
    assert [Fraction(rows["fees"]) for rows in found] == [naive.penny(fees / 2), fees, fees]
    part = naive.penny(10_000 * (5 + Fraction(15, 30)) / 12)
    assert [Fraction(rows["until"]) for rows in found] == [10_000, part, 0]
    assert [Fraction(rows["once"]) for rows in found] == [86_000, 0, 0]
    assert [Fraction(rows["later"]) for rows in found] == [0, 5000, 0]
    assert [Fraction(year["one_off"]) for year in years] == [86_000, 5000, 0]
