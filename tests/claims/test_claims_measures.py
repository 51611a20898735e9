"""Every measure of every side over every selection comes to what a person works out by hand, and says what is unknown.

`?` is a figure of which nothing is known, `+?` one of which only a part is: neither is ever nil.
"""

from pathlib import Path

import pytest
import yaml
from organisation_made import checked, figures

OF_THE_WHOLE = {
    "current.fte": "20",  # 1 + 2 + 10.5 + 1.5 + 1 + 3 + 1
    "proposed.fte": "22",  # 1 + 3 + 12 + 1.5 + 1 + 1.5 + 1 + 1
    "change.fte": "2",
    "current.filled": "16.9",  # 1 + 2 + 8.9 + 1 + 1 + 2 + 1
    "proposed.filled": "16.4",  # all of them, but the half whom two posts of the west do not take in
    "change.filled": "-0.5",
    "current.vacant": "3.1",  # 1.6 workers, .5 clerk, 1 visitor
    "proposed.vacant": "5.6",  # 1 lead, 3.1 workers, .5 shared by visitor and adviser, 1 planner
    "change.vacant": "2.5",
    "current.positions": "23",
    "proposed.positions": "25",
    "change.positions": "2",
    "current.people": "18",
    "proposed.people": "?",
    "change.people": "-3+?",  # clerks and typist go; of nobody else is the change known
    "current.agency": "1.5",
    "proposed.agency": "?",
    "change.agency": "0+?",
    "current.displaced": "0",
    "proposed.displaced": "0.5",
    "change.displaced": "0.5",
    "current.lines": "7",
    "proposed.lines": "8",
    "change.lines": "1",
    "current.teams": "5",  # east, west, and duty that stands for three
    "proposed.teams": "5",
    "change.teams": "0",
    "current.hours": "800",  # 20 FTE of 40 hours; the clerks' are stated, 3 × 20
    "proposed.hours": "880",
    "change.hours": "80",
    "current.cost": "652500",
    "current.cost.bottom": "515000",
    "current.cost.mid": "652500",
    "current.cost.top": "790000",
    "proposed.cost": "742500",
    "proposed.cost.bottom": "577500",
    "proposed.cost.top": "907500",
    "change.cost": "90000",
    "change.cost.bottom": "62500",
    "change.cost.mid": "90000",
    "change.cost.top": "117500",
    "current.cost.one_off": "0",
    "change.cost.one_off": "0",
    "current.cost.full_year": "652500",
    "change.cost.full_year": "90000",
    "pool.filled": "16.9",
    "pool.fte": "22",
    "pool.slack": "5.1",
}

SELECTED = {
    # post
    "current.fte {post: worker}": "10.5",
    "change.fte {post: [worker, lead]}": "2.5",
    "current.fte {post: planner}": "0",  # new: nil today
    "proposed.fte {post: clerk}": "0",  # gone
    "current.reports {post: manager}": "8",  # leads 2, clerks 3, visitors 3
    "proposed.reports {post: manager}": "6",  # leads 3, visitor 1, advisers 2
    "current.reports {post: lead}": "16",  # workers 12, helpers 4; the student is one of the workers
    "change.reports {post: manager}": "-2",
    "current.reports {post: typist}": "0",
    # team
    "current.fte {team: east}": "13.5",
    "proposed.fte {team: east}": "15",
    "current.fte {team: service}": "20",
    "current.teams {team: service}": "5",
    "current.teams {team: duty}": "3",
    "current.teams {team: [east, west]}": "2",
    "current.teams {conditional: true}": "1",
    "current.teams {team: service, except: {team: duty}}": "2",
    "current.hours {team: west}": "100",
    "current.fte {team: east, post: [worker, clerk]}": "10.5",  # the clerks are in the west
    "current.fte {post: [worker, clerk], team: west}": "1.5",
    "current.fte {post: worker, pool: worker, team: east}": "10.5",
    # the driver moves from the east to the west
    "change.fte {team: east}": "1.5",
    "change.fte {team: west}": "0",
    "change.cost {team: east}": "62500",
    "change.cost {team: west}": "0",
    "change.fte {changes: moved, team: east}": "-1",
    "change.fte {changes: moved, team: west}": "1",
    "change.fte {changes: moved}": "0",
    "change.positions {team: east}": "2",
    # grade
    "current.fte {grade: D}": "3.5",
    "current.fte {grade: [D, E]}": "6.5",
    "current.fte {grade: H}": "10.5",
    "current.fte {grade: H & I}": "10.5",
    "current.fte {team: east, grade: D}": "1",
    # tenure
    "current.fte {tenure: temporary}": "3",
    "current.fte {tenure: permanent}": "17",
    # fund: as much of the post as the fund pays for
    "current.fte {fund: grant}": "4",
    "current.fte {fund: core}": "9.5",
    "current.fte {fund: [core, grant]}": "13.5",
    "current.fte [{fund: core}, {fund: grant}]": "13.5",
    "current.fte [{fund: core, team: east}, {fund: grant, team: duty}]": "12.5",
    "proposed.fte {fund: grant}": "1.5",
    "change.fte {fund: grant}": "-2.5",
    "current.hours {fund: core}": "380",
    "current.cost {fund: core}": "313500",
    "change.cost {fund: core}": "82500",
    "current.filled {fund: grant}": "2+?",  # whose the eight point nine workers are is not said
    "current.filled {fund: core}": "?",
    "current.filled {fund: [core, grant]}": "10.9",
    "current.lines {fund: grant}": "2",
    "current.fte {team: east, except: {fund: grant}}": "12.5",
    "current.fte {fund: [core, grant], except: {team: duty}}": "10.5",
    # changes
    "change.fte {changes: new}": "2.5",
    "change.fte {changes: merged}": "-1",
    "current.fte {changes: unchanged}": "1",
    "change.fte {changes: [more-fte, less-fte]}": "0.5",
    # pool: all posts of any pool that one of the posts is in
    "current.fte {pool: officer}": "2.5",
    "proposed.fte {pool: clerk}": "1.5",
    "pool.slack {pool: typist}": "-0.5",
    "pool.filled {pool: officer}": "2",
    "pool.fte {pool: [officer, visitor]}": "4",
    "pool.slack {post: visitor}": "0.5",
    "pool.filled {team: duty}": "2",
    "proposed.displaced {pool: officer}": "0.5",
    "proposed.displaced {team: east}": "0",
    # the vacancies that posts of a pool share belong to all of them together
    "proposed.vacant {team: duty}": "0.5",
    "proposed.vacant {post: [visitor, adviser]}": "0.5",
    "proposed.vacant {post: visitor}": "?",
    "proposed.vacant {post: [visitor, planner]}": "1+?",
    "proposed.vacant {team: service, except: {post: adviser}}": "5.1+?",
    "proposed.filled {team: duty}": "2",
    # conditional, by the post's own condition or its team's
    "current.fte {conditional: true}": "2.5",
    "current.fte {conditional: false}": "17.5",
    "proposed.fte {conditional: true}": "3.5",
    # counted, and details
    "current.fte {counted: true}": "20",
    "current.fte {counted: false}": "6",
    "current.fte {counted: false, team: east, grade: H}": "2",
    "current.fte {post: student}": "2",
    "current.vacant {post: student}": "1",
    "current.fte {post: helper}": "4",
    "current.fte {post: [worker, student]}": "10.5",  # the detail is in the total already
    "current.lines {post: [worker, student]}": "2",
    # unions count a line once; except takes away
    "current.fte [{team: east}, {grade: D}]": "16",
    "current.fte [{grade: D}, {team: east}, {post: driver}]": "16",
    "current.fte {except: {team: east}}": "6.5",
    "current.fte {team: service, except: [{team: east}, {grade: K}]}": "5.5",
    "current.fte {team: service, except: {team: east, except: {grade: D}}}": "7.5",
}


@pytest.mark.parametrize("measures", [OF_THE_WHOLE, SELECTED], ids=["of the whole", "selected"])
def test_measures_come_to_what_a_person_works_out(tmp_path: Path, measures: dict[str, str]) -> None:
    assert figures(tmp_path, measures) == measures


STRUCTURE = "restructure: structure/1\norganisation: Ashdale Council\nhours_per_week: 40\n"
TODAY = f"{STRUCTURE}title: Today\nas_at: 2026-04-01\n"
THEN = "restructure: structure/1\nbased_on: current.yaml\ntitle: Proposed\n"
GRADES = """\
restructure: grades/1
organisation: Ashdale Council
year: 2026-27
hours_per_week: 40
point: mid
grades: {D: {cost: "£20,000"}, E: {}}
"""

CONTROLLED = {
    # ten in team T, of whom six are listed with their FTE; U's parts print as its total and stand in its place
    "current.fte {team: t}": "10",
    "current.fte.parts {team: t}": "6+?",
    "current.fte {team: u}": "4.52",
    "current.fte.parts {team: u}": "4.52",
    "current.fte": "14.52",
    "current.fte [{team: t}, {team: u}]": "14.52",
    "current.fte.parts [{team: t}, {team: u}]": "10.52+?",
    "current.fte {team: s}": "14.52",
    "current.fte.parts {team: s}": "14.52",  # the sum beneath S keeps what T has beyond its lines
    "current.filled {team: t}": "8",
    "current.vacant {team: t}": "2",
    "current.positions {team: t}": "12",
    "current.positions {team: u}": "?",
    "current.positions": "12+?",
    "current.fte {team: t, grade: D}": "6",
    "current.fte {post: b}": "?",
    "current.fte {team: t, except: {post: a}}": "4",  # ten less six
    "current.fte {team: t, except: {post: b}}": "10+?",  # what is left of the total has B in it
    "current.fte {except: {team: u}}": "10",
    "current.lines {team: t}": "2",
    "proposed.fte {team: t}": "12",
    "change.fte {team: t}": "2",
    "change.fte.parts {team: t}": "0+?",
    "change.fte {team: u}": "0.74",
    "change.fte": "2.74",
    "change.fte {post: b}": "?",
    "change.positions {team: t}": "3",
    "change.vacant {team: t}": "0+?",
}


def test_a_published_total_is_the_total_and_its_parts_are_asked_for_by_name(tmp_path: Path) -> None:
    current = f"""{TODAY}
teams:
  s: {{title: S}}
  t: {{title: T, within: s, control: {{fte: 10, filled: 8, positions: 12}}}}
  u: {{title: U, within: s, control: {{fte: 4.5}}}}
posts:
  a: {{title: A, team: t, grade: D, fte: 6, filled: 5, positions: 6}}
  b: {{title: B, team: t, grade: E, filled: 1}}
  c: {{title: C, team: u, grade: D, fte: 2.26, filled: 2}}
  d: {{title: D, team: u, grade: D, fte: 2.26, filled: 2}}
"""
    proposed = f"""{THEN}
teams: {{t: {{control: {{fte: 12, positions: 15}}}}}}
posts: {{b: {{positions: 3}}, c: {{fte: 3}}}}
"""
    assert figures(tmp_path, CONTROLLED, current=current, proposed=proposed) == CONTROLLED


COSTS = {
    "current.cost": "40000+?",
    "proposed.cost": "197950",
    "proposed.cost {cost: rota}": "10950",
    "proposed.cost {cost: ict}": "5000",
    "proposed.cost.one_off": "5000",
    "proposed.cost.one_off {cost: rota}": "0",
    "change.cost.one_off": "5000",
    "proposed.cost {cost: half}": "6000",
    "proposed.cost.full_year {cost: half}": "12000",
    "proposed.cost.full_year {cost: ict}": "0",
    "proposed.cost.full_year": "198950",  # half a year more of the one, nothing more of the other
    "proposed.cost {team: t}": "186950",
    # a price of several posts together is theirs together
    "proposed.cost {cost: both}": "86000",
    "proposed.cost {post: [a, b]}": "86000",
    "proposed.cost [{post: [a, b]}, {cost: both}]": "86000",
    "proposed.cost {post: a}": "?",
    "change.cost {post: a}": "?",
    "proposed.cost {post: c}": "50000",
    "proposed.cost [{post: c}, {cost: one}]": "50000",
    # details and lines outside the totals
    "proposed.cost {cost: part}": "1000",
    "proposed.cost {cost: [part, rota]}": "10950",
    "proposed.cost {cost: aside}": "700",
    "change.cost {cost: aside}": "700",
    "proposed.lines": "4",
    "proposed.fte {team: t}": "5",
    "change.cost": "157950+?",
}


def test_other_costs_are_measured_by_year_and_by_what_they_cover(tmp_path: Path) -> None:
    current = f"""{TODAY}
teams: {{t: {{title: T}}}}
posts:
  a: {{title: A, team: t, grade: E, fte: 1, filled: 1}}
  d: {{title: D, team: t, grade: D, fte: 2, filled: 2}}
"""
    proposed = f"""{THEN}
posts:
  b: {{title: B, team: t, grade: E, fte: 1, from: []}}
  c: {{title: C, team: t, grade: E, fte: 1, from: []}}
costs:
  both: {{title: Both, team: t, amount: "£86,000", covers: [a, b], recurrent: true}}
  one: {{title: One, team: t, amount: "£50,000", covers: [c], recurrent: true}}
  rota: {{title: Rota, team: t, rate: £30, times: 365, recurrent: true}}
  ict: {{title: ICT, amount: £5000, recurrent: false}}
  half: {{title: Half a year, amount: £12000, from: 2026-10, recurrent: true}}
  part: {{title: Part of the rota, amount: £1000, of_which: rota, recurrent: true}}
  aside: {{title: Aside, amount: £700, counted: false, because: another pays, recurrent: true}}
"""
    assert figures(tmp_path, COSTS, current=current, proposed=proposed, grades=GRADES) == COSTS


UNKNOWN = {
    "current.fte": "6+?",
    "current.fte {post: b}": "?",
    "current.fte {post: [a, b]}": "6+?",
    "change.fte {post: b}": "0.5",  # published as a change, whatever the post's FTE is
    "change.fte": "3.5",
    "change.cost {post: b}": "900",
    "change.cost": "60900",
    "current.cost": "120000+?",
    "current.cost {post: b}": "?",
    "current.cost.top {post: b}": "?",
    "change.cost.top {post: b}": "?",
    "pool.slack": "2+?",
    "proposed.displaced": "0+?",
    # people who join after today are in no figure of today, and in the pool
    "current.fte {post: j}": "0",
    "current.filled {post: j}": "0",
    "current.people {post: j}": "0",
    "current.positions {post: j}": "0",
    "current.hours {post: j}": "0",
    "current.lines": "2",
    "current.reports {post: a}": "0",
    "proposed.reports {post: a}": "3",
    "proposed.fte {post: j}": "3",
    "change.filled {post: j}": "2",
    "pool.filled {post: j}": "2",
    "proposed.vacant {post: j}": "1",
}


def test_what_is_unknown_stays_unknown(tmp_path: Path) -> None:
    current = f"""{TODAY}
teams: {{t: {{title: T}}}}
posts:
  a: {{title: A, team: t, grade: D, fte: 6, filled: 5}}
  b: {{title: B, team: t, grade: E, filled: 1}}
  j:
    {{title: J, team: t, grade: D, fte: 3, filled: 2, positions: 3, people: 2, hours: 40, joins: 2026-09-01,
     reports_to: a}}
"""
    proposed = f"{THEN}as_at: 2026-10-01\nposts: {{b: {{fte_change: 0.5, cost_change: £900}}}}\n"
    assert figures(tmp_path, UNKNOWN, current=current, proposed=proposed, grades=GRADES) == UNKNOWN


def test_without_a_proposal_only_today_is_measured_and_without_grades_nothing_is_priced(tmp_path: Path) -> None:
    current = f"{TODAY}posts: {{a: {{title: A, grade: D, fte: 6, filled: 5}}}}\n"
    measured = figures(tmp_path, ["current.fte", "current.vacant", "current.cost"], current=current)
    assert measured == {"current.fte": "6", "current.vacant": "1", "current.cost": "?"}


@pytest.mark.parametrize("measure", ["current.fte {team: west, grade: K}", "change.fte {changes: retitled}"])
def test_a_selection_that_nothing_meets_is_a_fault(tmp_path: Path, measure: str) -> None:
    name, _, of = measure.partition(" ")
    told = checked(tmp_path, {"it": {"expect": {name: "0"}, "of": yaml.load(of, yaml.BaseLoader)}})
    assert [finding.rule.code for finding in told.findings] == ["CLM604"]


IN_VAIN = [
    ("current.teams {grade: H}", "teams are selected by team and conditional"),
    ("current.fte {source: core}", "need and source select"),
    ("change.cost [{team: east}, {need: it}]", "need and source select"),
    ("current.fte {team: east, except: {source: core}}", "need and source select"),
    ("gap.2026-27 {team: east}", "the needs and sources of a year are selected by need and source"),
]


@pytest.mark.parametrize(("measure", "hint"), IN_VAIN)
def test_a_key_that_a_measure_has_no_use_for_is_refused_rather_than_passed_over(
    tmp_path: Path, measure: str, hint: str
) -> None:
    name, _, of = measure.partition(" ")
    told = checked(tmp_path, {"it": {"expect": {name: "0"}, "of": yaml.load(of, yaml.BaseLoader)}})
    (finding,) = told.findings
    assert (finding.rule.code, hint in finding.hint, told.claims) == ("SCH105", True, ())
