"""What runs out: the year, how much stops, what goes on without it, and the posts that stand on it."""

from pathlib import Path

import pytest
from files_of_funding import funding, gap_of, pounds, years

from restructure_cli.analysis.gap import Beside, gap
from restructure_cli.files.reader import Reader
from restructure_cli.model.gaps import Gap

NEED = "needs:\n  posts: {title: Posts, amount: £100, from: 2024-25, recurrent: true}\nsources:\n"


def told(found: Gap) -> list[str]:
    return [f"{one.year} {one.source.id} {one.stop}: {pounds(one.amount.whole)}" for one in found.cliffs]


@pytest.mark.parametrize(
    ("source", "cliffs"),
    [
        ("amount: £60, until: 2025-26", ["2026-27 s ends: 60"]),
        ("amount: £60, recurrent: false", ["2025-26 s ends: 60"]),
        ("amount: £60", ["2025-26 s not said to go on: 60"]),
        ("amount: £60, recurrent: true", []),
        ("amount: £160, until: 2025-26", ["2026-27 s ends: 100"]),  # no more than it paid
        ("amount: £60, until: 2025-09", ["2025-26 s falls: 30", "2026-27 s ends: 30"]),
        ("amount: £60, until: 2025-26, for: []", []),  # it paid nothing
        ("amount: rest, until: 2024-25", ["2025-26 s ends: 100"]),
        ("amount: ~£60, until: 2024-25", ["2025-26 s ends: 60 [55, 65]"]),
        ("from: 2024-25, until: 2024-25", ["2025-26 s ends: ? [0, 100]"]),  # how much it pays nobody says
    ],
)
def test_money_that_stops_while_what_it_pays_for_goes_on(tmp_path: Path, source: str, cliffs: list[str]) -> None:
    assert told(gap_of(tmp_path, f"{NEED}  s: {{title: S, status: approved, {source}}}\n", "2024-25")) == cliffs


def test_money_that_ends_with_its_need_is_no_cliff(tmp_path: Path) -> None:
    file = """
needs:
  cover: {title: Cover, amount: £100, from: 2024-25, until: 2025-26}
  doubtful: {title: Doubtful, amount: £50, from: 2024-25}
sources:
  reserve: {title: Reserve, amount: £100, from: 2024-25, until: 2025-26, status: approved, for: [cover]}
  one-off: {title: One-off, amount: £50, from: 2024-25, recurrent: false, status: approved, for: [doubtful]}
"""
    assert told(gap_of(tmp_path, file, "2024-25", 4)) == []


def test_a_part_year_and_the_full_year_that_follows_may_be_two_needs(tmp_path: Path) -> None:
    file = """
needs:
  part: {title: Part of the first year, from: 2024-25, until: 2024-25}
  full: {title: The full year, amount: £2.633m, from: 2025-26, recurrent: true}
  other: {title: Another, amount: £1m, from: 2025-26, recurrent: true}
sources:
  reserve: {title: Reserve, amount: rest, from: 2024-25, until: 2024-25, status: approved, for: [part, full]}
"""
    found = gap_of(tmp_path, file, "2024-25")
    assert told(found) == ["2025-26 reserve ends: ? [0, 2,633,500]"]
    assert [need.need.id for need in found.cliffs[0].needs] == ["full"]
    paid = file + "  budget: {title: Budget, amount: £4m, from: 2025-26, recurrent: true, status: approved}\n"
    assert told(gap_of(tmp_path, paid, "2024-25")) == []


def test_a_cliff_beyond_the_years_shown_is_told_and_one_before_them_is_not(tmp_path: Path) -> None:
    file = f"{NEED}  s: {{title: S, status: approved, amount: £60, until: 2026-27}}\n"
    assert told(gap_of(tmp_path, file, "2024-25")) == ["2027-28 s ends: 60"]
    assert told(gap_of(tmp_path, file, "2027-28")) == ["2027-28 s ends: 60"]
    assert told(gap_of(tmp_path, file, "2028-29")) == []


def test_what_the_need_lacks_then_is_told_with_it(tmp_path: Path) -> None:
    file = f"""{NEED}  grant: {{title: Grant, status: approved, amount: £60, until: 2024-25}}
  budget: {{title: Budget, status: approved, amount: £70, from: 2025-26, recurrent: true}}
"""
    (cliff,) = gap_of(tmp_path, file, "2024-25").cliffs
    assert [(need.need.id, pounds(need.gap.whole)) for need in cliff.needs] == [("posts", "30")]


POSTS = """
restructure: structure/1
organisation: Ashdale Council
title: Structure
as_at: 2024-04-01
posts:
  auditor: {title: Auditor, fte: 2, filled: 1, funding: {grant: 1.5, core: 0.5}}
  adviser: {title: Adviser, fte: 1, filled: 1, tenure: fixed-term, funding: {of-the-grant: 1}}
  clerk: {title: Clerk, fte: 1, filled: 1, ends: 2025-03-31, funding: {grant: 1}}
  lead: {title: Lead, fte: 1, filled: 1, ends: 2025-09-30, funding: {grant: 1}}
  other: {title: Other, fte: 1, filled: 1, funding: {core: 1}}
"""


def test_the_posts_that_stand_on_it_are_named_unless_they_end_first(tmp_path: Path) -> None:
    file = f"""{NEED}  grant: {{title: Grant, status: approved, amount: £60, until: 2024-25}}
  of-the-grant: {{title: Of the grant, amount: £20, of_which: grant}}
  core: {{title: Core, recurrent: true, status: approved, for: []}}
"""
    stated = funding(tmp_path, file)
    path = tmp_path / "current.yaml"
    path.write_text(POSTS.strip(), encoding="utf-8")
    structure = Reader().structure(path)
    (cliff,) = gap(stated, Beside(structure), years("2024-25")).cliffs
    assert [(post.id, str(post.fte), post.permanent) for post in cliff.posts] == [
        ("adviser", "1", False),
        ("auditor", "1.5", True),
        ("lead", "1", False),
    ]
