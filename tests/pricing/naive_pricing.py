"""A second, naive pricing in fractions: what a sceptical auditor would work out by hand from the same files.

It shares no line with the engine. Everything is a `Fraction` until the one rounding, half-up, of each component.
"""

import calendar
import math
from datetime import date
from fractions import Fraction
from typing import Any

from restructure_cli.model.national import SpineInForce
from restructure_cli.model.periods import FinancialYear
from restructure_cli.national import years as national

Entry = dict[str, Any]
Leaves = dict[str, Fraction]

# 2022-23: 15.05% from 6 April, 13.8% from 6 November: seven months and five.
RATES = {
    2018: "0.138", 2019: "0.138", 2020: "0.138", 2021: "0.138", 2023: "0.138", 2024: "0.138",
    2025: "0.15", 2026: "0.15",
}  # fmt: skip
THRESHOLDS = {
    2018: 8424, 2019: 8632, 2020: 8788, 2021: 8840, 2022: 9100, 2023: 9100, 2024: 9100, 2025: 5000, 2026: 5000,
}  # fmt: skip
POINTS = ("bottom", "mid", "top")


def ni_rate(year: int) -> Fraction:
    if year == 2022:
        return (7 * Fraction("0.1505") + 5 * Fraction("0.138")) / 12
    return Fraction(RATES[year])


def penny(pounds: Fraction) -> Fraction:
    """Round half-up, away from nil."""
    size = Fraction(math.floor(abs(pounds) * 100 + Fraction(1, 2)), 100)
    return size if pounds >= 0 else -size


def number(text: str) -> Fraction:
    """Read £12,345.60, 19.8% or 1.25."""
    plain = text.replace("£", "").replace(",", "")
    return Fraction(plain[:-1]) / 100 if plain.endswith("%") else Fraction(plain)


def start_of(year: str) -> int:
    return int(year[:4])


def share_of_year(year: int, starts: list[str], ends: list[str]) -> Fraction:
    """Count the days there, month by month: a month is a twelfth, whatever its days."""
    first = max((date.fromisoformat(day if len(day) > 7 else f"{day}-01") for day in starts), default=date.min)
    last = min((_last_day(day) for day in ends), default=date.max)
    total = Fraction(0)
    for number_ in range(4, 16):
        of_year, month = (year, number_) if number_ <= 12 else (year + 1, number_ - 12)
        days = calendar.monthrange(of_year, month)[1]
        there = sum(first <= date(of_year, month, day) <= last for day in range(1, days + 1))
        total += Fraction(there, days)
    return total / 12


def _last_day(text: str) -> date:
    if len(text) > 7:
        return date.fromisoformat(text)
    year, month = map(int, text.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


def old_to_new(point: int) -> int:
    """Renumber a point of the NJC spine of before April 2019; from 29 on each is six less."""
    low = {18: 7, 19: 8, 20: 9, 21: 11, 22: 12, 23: 14, 24: 15, 25: 17, 26: 19, 27: 20, 28: 22}
    return point - 6 if point >= 29 else low[point] if point >= 18 else (point - 4) // 2


def spine_pay(point: int, grades: Entry, year: int) -> Fraction:
    """Full-time pay at a point in a year, by the numbers of the grades file."""
    own = start_of(grades["year"])
    if "points" in grades:
        return with_awards(Fraction(grades["points"][point]), grades, own, year)
    settled = min(year, 2025)
    found = national.spine("njc", FinancialYear(settled))
    assert isinstance(found, SpineInForce)
    name = old_to_new(point) if own < 2019 <= settled else point
    return with_awards(Fraction(found.points[name]), grades, settled, year)


def with_awards(pay: Fraction, grades: Entry, since: int, year: int) -> Fraction:
    for each in range(since + 1, year + 1):
        award = grades["years"][f"{each}-{(each + 1) % 100:02}"]["pay_award"]
        pay = pay * (1 + number(award)) if award.endswith("%") else pay + number(award)
    return pay


def latest(grades: Entry, key: str, year: int) -> Fraction | None:
    found = grades.get(key)
    for name, stated in sorted(grades.get("years", {}).items()):
        if start_of(grades["year"]) < start_of(name) <= year:
            found = stated.get(key, found)
    return None if found is None else number(found)


def full_time(post: Entry, grades: Entry, year: int) -> dict[str, Fraction]:
    names = post["grade"] if isinstance(post["grade"], list) else [post["grade"]]
    entries = [grades["grades"][name] for name in names]
    if "scp" in post:
        tops = [int(entry["scp"].split("-")[-1]) for entry in entries if "scp" in entry]
        point = int(post["scp"]) + year - start_of(grades["year"])
        point = min(point, max([int(post["scp"]), *tops]))
        return dict.fromkeys(POINTS, spine_pay(point, grades, year))
    if "scp" in entries[0]:
        low = min(int(entry["scp"].split("-")[0]) for entry in entries)
        high = max(int(entry["scp"].split("-")[-1]) for entry in entries)
        paid = [spine_pay(point, grades, year) for point in range(low, high + 1)]
        half = len(paid) // 2
        mid = paid[half] if len(paid) % 2 else (paid[half - 1] + paid[half]) / 2
        return {"bottom": paid[0], "mid": mid, "top": paid[-1]}
    own = start_of(grades["year"])
    low_pay = min(number(entry["salary"].split("-")[0]) for entry in entries)
    high_pay = max(number(entry["salary"].split("-")[-1]) for entry in entries)
    bottom, top = (with_awards(pay, grades, own, year) for pay in (low_pay, high_pay))
    return {"bottom": bottom, "mid": (bottom + top) / 2, "top": top}


def leaves(post: Entry, grades: Entry, year: int, team: Entry, fte_key: str = "fte") -> dict[str, Leaves]:
    """Return every component at every point."""
    own = {**team, **post}  # what a post says goes before what its team says
    part = share_of_year(year, [own["starts"]] if "starts" in own else [], [own["ends"]] if "ends" in own else [])
    fte = Fraction(post[fte_key])
    if fte == 0 or part == 0:
        return {point: {} for point in POINTS}
    if "cost" in post and fte_key == "fte":
        return {point: {"published cost": penny(number(post["cost"]) * part)} for point in POINTS}
    names = post["grade"]
    if isinstance(names, str) and "cost" in grades["grades"][names]:
        published = penny(number(grades["grades"][names]["cost"]) * fte * part)
        return {point: {"published cost": published} for point in POINTS}
    weeks = Fraction(post["weeks"]) * 7 / 365 if "weeks" in post else Fraction(1)
    found = {}
    for point, pay in full_time(post, grades, year).items():
        salary = pay * fte * weeks
        extra = number(post["supplement"]) * fte * weeks if "supplement" in post else Fraction(0)
        paid = salary + extra
        one = {"salary": penny(salary * part)}
        if extra:
            one["supplement"] = penny(extra * part)
        people_key = "positions" if fte_key == "fte" else "people"
        people = post.get(people_key)
        one["national insurance"] = penny(insurance(paid, fte, int(people) if people else None, year) * part)
        pension = latest(grades, "pension", year)
        if pension is not None:
            one["pension"] = penny(pension * paid * part)
        one["apprenticeship levy"] = penny(Fraction("0.005") * paid * part)
        found[point] = one
    return found


def insurance(paid: Fraction, fte: Fraction, people: int | None, year: int) -> Fraction:
    """Go through the people one by one, each with a threshold of their own."""
    if people is not None:
        held = [paid / people] * people
    else:
        per_fte, whole = paid / fte, math.floor(fte)
        held = [per_fte] * whole + ([per_fte * (fte - whole)] if fte != whole else [])
    return sum((max(one - THRESHOLDS[year], Fraction(0)) * ni_rate(year) for one in held), Fraction(0))
