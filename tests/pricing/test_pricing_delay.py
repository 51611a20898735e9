"""A later start of the proposal: until it, what is there now is paid; from it, what is proposed; nothing else moves.

Also: a year costs the same whether it is priced alone or among others, and agency cover follows its stated rate.
"""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import files_written
import naive_pricing as naive
import pytest
from naive_pricing import Entry

from running import Restructure

GRADES: Entry = {
    "year": "2024-25", "spine": "njc", "pension": "19.8%", "vacancy_factor": "4%", "hours_per_week": "37",
    "grades": {"G": {"scp": "25-28"}, "H": {"scp": "31-35"}, "P": {"cost": "£67,934"}},
}  # fmt: skip
CURRENT: Entry = {
    "same": {"title": "Same", "grade": "G", "fte": "3.3"},
    "more": {"title": "More", "grade": "G", "fte": "1", "filled": "0.5"},
    "regraded": {"title": "Regraded", "grade": "G", "fte": "2"},
    "gone": {"title": "Gone", "grade": "H", "fte": "1.7"},
    "published": {"title": "Published", "grade": "P", "fte": "1"},
    "ending": {"title": "Ending", "grade": "H", "fte": "1", "ends": "2024-06-30"},
}
PROPOSED: Entry = {
    "same": CURRENT["same"],
    "more": {**CURRENT["more"], "fte": "2"},
    "regraded": {**CURRENT["regraded"], "grade": "H"},
    "published": {**CURRENT["published"], "fte": "2.5"},
    "ending": {**CURRENT["ending"], "fte": "2"},
    "new": {"title": "New", "grade": "H", "fte": "2"},
    "late": {"title": "Late", "grade": "H", "fte": "1", "starts": "2025-01-15"},
    "rota": {"title": "A post with the id of a cost line", "grade": "G", "fte": "1"},
}
NOW: Entry = {"rota": {"title": "Rota", "amount": "£12,000", "recurrent": True}}
THEN: Entry = {
    "rota": {"title": "Rota", "amount": "£24,000", "recurrent": True},
    "ict": {"title": "ICT", "amount": "£30,000", "recurrent": False},
    "fees": {"title": "Fees", "amount": "£6,000", "recurrent": True, "from": "2025-01"},
}


def run(restructure: Restructure, folder: Path, *options: object) -> Any:
    current = files_written.structure(folder / "now.yaml", CURRENT, costs=NOW)
    proposed = files_written.structure(folder / "then.yaml", PROPOSED, costs=THEN)
    grades = files_written.grades(folder / "grades.yaml", GRADES)
    ran = restructure("cost", current, proposed, "-g", grades, "--format", "json", *options)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def headline(result: Any, side: int, year: int = 0) -> Fraction:
    return Fraction(result["structures"][side]["years"][year]["headline"])


def cost_of(result: Any, id_: str, kind: str = "post", year: int = 0) -> Fraction:
    rows = result["structures"][1]["years"][year]["posts"]
    (row,) = [row for row in rows if (row["id"], row["kind"]) == (id_, kind)]
    return Fraction(row["cost"])


def without_inputs(result: Any) -> Any:
    return [structure["years"] for structure in result["structures"]], result["totals"]


@pytest.mark.parametrize("start", ["2024-04-01", "2024-04", "2020-01-01"])
def test_a_start_on_the_first_day_is_no_delay(restructure: Restructure, tmp_path: Path, start: str) -> None:
    at_once = run(restructure, tmp_path, "--years", 2)
    assert without_inputs(run(restructure, tmp_path, "--years", 2, "--start", start)) == without_inputs(at_once)


def test_a_start_after_the_year_costs_what_there_is_now(restructure: Restructure, tmp_path: Path) -> None:
    result = run(restructure, tmp_path, "--start", "2025-04-01")
    assert headline(result, 1) == headline(result, 0)
    assert [change["cost"]["change"] for change in result["posts"] if Fraction(change["cost"]["change"] or 0)] == []


def test_what_is_delayed_is_paid_as_now_until_the_start_and_as_proposed_after_it(
    restructure: Restructure, tmp_path: Path
) -> None:
    result = run(restructure, tmp_path, "--start", "2024-10-01")

    def price(post: Entry, **dates: str) -> Fraction:
        return sum(naive.leaves({**post, **dates}, GRADES, 2024, {})["mid"].values(), Fraction(0))

    before, after = {"ends": "2024-09-30"}, {"starts": "2024-10-01"}
    assert cost_of(result, "same") == price(CURRENT["same"])
    for id_ in ("more", "regraded", "published"):
        assert cost_of(result, id_) == price(CURRENT[id_], **before) + price(PROPOSED[id_], **after), id_
    assert cost_of(result, "gone") == price(CURRENT["gone"], **before)
    assert cost_of(result, "ending") == price(CURRENT["ending"])
    assert cost_of(result, "new") == price(PROPOSED["new"], **after)
    assert cost_of(result, "late") == price(PROPOSED["late"])
    assert cost_of(result, "rota") == price(PROPOSED["rota"], **after)
    assert cost_of(result, "rota", "other-cost") == 6000 + 12_000
    assert cost_of(result, "ict", "other-cost") == 30_000
    assert cost_of(result, "fees", "other-cost") == 1500
    rows: list[Entry] = result["structures"][1]["years"][0]["posts"]
    own = [Fraction(row["cost"]) for row in rows if row["kind"] == "post" and row["id"] != "published"]
    computed = sum(own, Fraction(0))
    assert abs(cost_of(result, "vacancy-factor", "vacancy-factor") + computed / 25) <= Fraction("0.02")


def test_a_cost_of_one_year_only_moves_with_the_start(restructure: Restructure, tmp_path: Path) -> None:
    result = run(restructure, tmp_path, "--years", 2, "--start", "2025-06-01")
    assert [cost_of(result, "ict", "other-cost", year) for year in (0, 1)] == [0, 30_000]
    years = result["structures"][1]["years"]
    assert [Fraction(year["one_off"]) for year in years] == [0, 30_000]


def test_the_longer_the_delay_the_nearer_to_what_there_is_now(restructure: Restructure, tmp_path: Path) -> None:
    one_off = 30_000
    starts = ("2024-04-01", "2024-05-15", "2024-08-01", "2024-10-31", "2025-02-01", "2025-03-31")
    found: list[Fraction] = [headline(run(restructure, tmp_path, "--start", start), 1) - one_off for start in starts]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_the_change_is_the_full_change_by_the_share_of_the_year_that_is_left(
    restructure: Restructure, tmp_path: Path
) -> None:
    full = run(restructure, tmp_path)
    half = run(restructure, tmp_path, "--start", "2024-10-01")
    for id_ in ("more", "regraded", "gone", "new", "published"):
        at_once, later = (
            next(
                Fraction(row["cost"]["change"]) for row in result["posts"] if (row["id"], row["kind"]) == (id_, "post")
            )
            for result in (full, half)
        )
        assert abs(at_once / 2 - later) <= Fraction("0.08"), id_


def test_a_year_costs_the_same_alone_and_among_others(restructure: Restructure, tmp_path: Path) -> None:
    alone = run(restructure, tmp_path)
    among = run(restructure, tmp_path, "--years", 2)
    for one, other in zip(alone["structures"], among["structures"], strict=True):
        assert one["years"][0] == other["years"][0]
        for year in other["years"]:
            assert sum(Fraction(row["headline"]) for row in year["posts"]) == Fraction(year["headline"])


@pytest.mark.parametrize(
    "agency,expected",
    [
        ({"rate": "£45.50", "per": "hour"}, Fraction("45.50") * 37 * Fraction(365, 7) / 2),
        ({"rate": "£310", "per": "day"}, Fraction(310) * 5 * Fraction(365, 7) / 2),
        ({"premium": "35%"}, None),
    ],
)
def test_agency_cover_follows_its_rate(
    restructure: Restructure, tmp_path: Path, agency: Entry, expected: Fraction | None
) -> None:
    current = files_written.structure(tmp_path / "now.yaml", {"more": CURRENT["more"]})
    grades = files_written.grades(tmp_path / "grades.yaml", {**GRADES, "agency": agency})
    ran = restructure("cost", current, "-g", grades, "--format", "json")
    assert ran.code == 0, ran.err
    (cover,) = json.loads(ran.out)["agency_cover"]
    half = {**CURRENT["more"], "fte": "0.5"}
    filling = sum(naive.leaves(half, GRADES, 2024, {})["mid"].values(), Fraction(0))
    assert Fraction(cover["filling"]) == filling
    assert Fraction(cover["agency"]) == naive.penny(filling * Fraction("1.35") if expected is None else expected)
