"""An overlay says exactly what changes: what it may override, what falls with it, and what it never inherits."""

from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from restructure_cli.files.reader import Reader
from restructure_cli.model.findings import Finding
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import Quantity, known
from restructure_cli.model.structures import Counts, MoveIn, Structure, Way

BASE = """\
restructure: structure/1
organisation: Ashdale Council
service: Housing
title: Current structure
as_at: 2026-04-01
counts: filled
hours_per_week: 37
document: Cabinet report
control: {fte: 12, at: "1"}
note: As printed.
teams:
  repairs: {title: Repairs, lead: clerk, subject_to: consultation, control: {fte: 3}, at: "2", note: Depot}
  voids: {title: Voids, within: repairs, control: {fte: 5}}
posts:
  clerk:
    title: Clerk
    team: repairs
    grade: H
    grading: evaluated
    scp: 25
    fte: 2
    positions: 2
    hours: 37
    funding: {core: 2}
    weeks: 39
    cost: "£80,000"
    filled: 1
    people: 1
    agency: 0.5
    vacant: 1
    away: {driver: 1}
    basis: derived
    because: two are printed
    at: "3"
    note: Both at the depot.
  driver: {title: Driver, fte: 3, filled: 3, cost: "£90,000", at: "4"}
costs:
  rota: {title: Rota, rate: £30, times: 365, at: "5"}
  ict: {title: ICT, amount: "£5,000", recurrent: true, note: Laptops}
"""


def laid(folder: Path, overlay: str, base: str = BASE) -> Structure:
    (folder / "current.yaml").write_text(base, "utf-8")
    (folder / "proposed.yaml").write_text(
        "restructure: structure/1\nbased_on: current.yaml\ntitle: Proposed\n" + dedent(overlay), "utf-8"
    )
    reader = Reader()
    found = reader.structure(folder / "proposed.yaml")
    assert reader.findings == []
    assert found is not None
    return found


def test_an_empty_overlay_keeps_every_team_post_and_cost(tmp_path: Path) -> None:
    structure = laid(tmp_path, "")
    assert list(structure.teams) == ["repairs", "voids"]
    assert list(structure.posts) == ["clerk", "driver"]
    assert list(structure.costs) == ["rota", "ict"]
    assert structure.files == (str(tmp_path / "proposed.yaml"), str(tmp_path / "current.yaml"))


def test_the_header_inherits_who_and_hours_and_nothing_of_the_document(tmp_path: Path) -> None:
    structure = laid(tmp_path, "")
    assert (structure.organisation, structure.service, structure.hours_per_week) == (
        "Ashdale Council",
        "Housing",
        Decimal(37),
    )
    assert structure.title == "Proposed"
    assert (structure.as_at, structure.document, structure.control, structure.note) == (None, None, None, None)
    assert structure.counts is Counts.ESTABLISHED


def test_a_title_is_not_inherited_and_so_has_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "current.yaml").write_text(BASE, "utf-8")
    (tmp_path / "proposed.yaml").write_text("restructure: structure/1\nbased_on: current.yaml\n", "utf-8")
    reader = Reader()
    reader.structure(tmp_path / "proposed.yaml")
    assert [(f.rule.code, f.message) for f in reader.findings] == [("SCH104", 'the header has no "title"')]


def test_occupancy_is_never_inherited(tmp_path: Path) -> None:
    for overlay in ("", "posts:\n  clerk: {grade: J}\n"):
        clerk = laid(tmp_path, overlay).posts["clerk"]
        assert (clerk.filled, clerk.people, clerk.agency, clerk.vacant, clerk.away) == (None, None, None, None, {})


def test_occupancy_of_its_own_may_be_stated(tmp_path: Path) -> None:
    clerk = laid(tmp_path, "posts:\n  clerk: {vacant: 0.5, agency: 1}\n").posts["clerk"]
    assert (known(clerk.vacant), known(clerk.agency), clerk.filled) == (Decimal("0.5"), Decimal(1), None)


def test_an_entry_that_is_not_named_keeps_everything_else(tmp_path: Path) -> None:
    clerk = laid(tmp_path, "").posts["clerk"]
    assert (clerk.at, clerk.note, known(clerk.cost)) == (("3",), "Both at the depot.", Decimal(80000))
    assert [known(clerk.scp), known(clerk.positions), known(clerk.hours)] == [Decimal(25), Decimal(2), Decimal(37)]
    assert {fund: known(fte) for fund, fte in clerk.funding.items()} == {"core": Decimal(2)}


def test_no_control_of_a_team_is_inherited(tmp_path: Path) -> None:
    teams = laid(tmp_path, "teams:\n  repairs: {title: Repairs & Voids}\n").teams
    assert [team.control for team in teams.values()] == [None, None]


def test_what_an_entry_says_of_itself_falls_where_it_is_overridden(tmp_path: Path) -> None:
    structure = laid(
        tmp_path, "teams:\n  repairs: {lead: driver}\nposts:\n  clerk: {title: Officer}\ncosts:\n  ict: {title: IT}\n"
    )
    clerk, repairs, ict = structure.posts["clerk"], structure.teams["repairs"], structure.costs["ict"]
    assert (clerk.at, clerk.note, clerk.basis, clerk.because, clerk.cost) == ((), None, None, None, None)
    assert (repairs.at, repairs.note) == ((), None)
    assert ict.note is None
    assert (clerk.title, clerk.team, clerk.grade, known(clerk.fte)) == ("Officer", "repairs", ("H",), Decimal(2))
    assert (repairs.title, repairs.lead, repairs.subject_to) == ("Repairs", "driver", "consultation")
    assert (ict.title, known(ict.amount), ict.recurrent) == ("IT", Decimal(5000), True)


def test_positions_hours_and_funding_fall_with_the_fte(tmp_path: Path) -> None:
    clerk = laid(tmp_path, "posts:\n  clerk: {fte: 3}\n").posts["clerk"]
    assert (clerk.positions, clerk.hours, clerk.funding) == (None, None, {})
    assert (known(clerk.fte), known(clerk.scp), clerk.grade) == (Decimal(3), Decimal(25), ("H",))
    assert known(clerk.weeks if isinstance(clerk.weeks, Quantity) else None) == Decimal(39)


def test_what_is_stated_beside_the_fte_stays(tmp_path: Path) -> None:
    clerk = laid(tmp_path, "posts:\n  clerk: {fte: 3, positions: 4, funding: {grant: 1}}\n").posts["clerk"]
    assert known(clerk.positions) == Decimal(4)
    assert {fund: known(fte) for fund, fte in clerk.funding.items()} == {"grant": Decimal(1)}


def test_the_point_and_the_evaluation_fall_with_the_grade(tmp_path: Path) -> None:
    clerk = laid(tmp_path, "posts:\n  clerk: {grade: [J, K]}\n").posts["clerk"]
    assert (clerk.grade, clerk.scp, clerk.grading) == (("J", "K"), None, None)
    assert (known(clerk.fte), known(clerk.positions)) == (Decimal(2), Decimal(2))
    for same in ("{title: Officer}", "{grade: H, fte: 3}"):
        assert laid(tmp_path, f"posts:\n  clerk: {same}\n").posts["clerk"].grading == "evaluated"


def test_a_published_change_takes_the_place_of_the_figure(tmp_path: Path) -> None:
    clerk = laid(tmp_path, "posts:\n  clerk: {fte_change: -1}\n").posts["clerk"]
    assert (clerk.fte, known(clerk.fte_change), clerk.positions) == (None, Decimal(-1), None)


def test_an_amount_takes_the_place_of_a_rate_and_the_other_way_round(tmp_path: Path) -> None:
    costs = laid(tmp_path, 'costs:\n  rota: {amount: "£9,000"}\n  ict: {rate: £10, times: 500}\n').costs
    assert (known(costs["rota"].amount), costs["rota"].rate, costs["rota"].times) == (Decimal(9000), None, None)
    assert (known(costs["ict"].rate), known(costs["ict"].times), costs["ict"].amount) == (
        Decimal(10),
        Decimal(500),
        None,
    )


def test_a_key_s_whole_value_is_replaced(tmp_path: Path) -> None:
    base = BASE.replace("fte: 2\n", "fte: {is: 2, basis: assumed, because: two are named, at: x}\n", 1)
    clerk = laid(tmp_path, "posts:\n  clerk: {fte: {is: 2}}\n", base).posts["clerk"]
    assert clerk.fte == Quantity(Decimal(2), half_digit=Decimal("0.5"))


def test_an_empty_value_makes_unknown(tmp_path: Path) -> None:
    clerk = laid(tmp_path, "posts:\n  clerk:\n    fte:\n    grade:\n    team:\n    funding:\n").posts["clerk"]
    assert known(clerk.fte) is None
    assert (clerk.grade, clerk.team, clerk.funding, clerk.positions, clerk.scp) == ((), None, {}, None, None)
    assert clerk.title == "Clerk"


def test_an_entry_with_nothing_in_it_changes_only_what_is_said_of_it(tmp_path: Path) -> None:
    clerk = laid(tmp_path, "posts:\n  clerk:\n").posts["clerk"]
    assert (clerk.title, known(clerk.fte), clerk.at, clerk.cost) == ("Clerk", Decimal(2), (), None)


def test_deleted_entries_are_gone(tmp_path: Path) -> None:
    structure = laid(
        tmp_path,
        "teams:\n  voids: {deleted: true}\nposts:\n  driver: {deleted: true}\ncosts:\n  ict: {deleted: true}\n",
    )
    assert (list(structure.teams), list(structure.posts), list(structure.costs)) == (["repairs"], ["clerk"], ["rota"])


def test_deleted_false_deletes_nothing(tmp_path: Path) -> None:
    assert "driver" in laid(tmp_path, "posts:\n  driver: {deleted: false}\n").posts


def test_new_entries_are_added_with_the_file_that_states_them(tmp_path: Path) -> None:
    posts = laid(
        tmp_path, "posts:\n  lead: {title: Lead, from: [{post: clerk, by: slot-in, fte: 0.5}, driver]}\n"
    ).posts
    assert list(posts) == ["clerk", "driver", "lead"]
    assert posts["lead"].moves_in == (MoveIn("clerk", (Way.SLOT_IN,), Decimal("0.5")), MoveIn("driver"))
    assert Path(posts["lead"].path).name == "proposed.yaml"
    assert Path(posts["clerk"].path).name == "current.yaml"


def test_nobody_to_move_in_and_nobody_named_are_not_the_same(tmp_path: Path) -> None:
    posts = laid(tmp_path, "posts:\n  lead: {title: Lead, from: []}\n  clerk: {from: }\n").posts
    assert posts["lead"].moves_in == ()
    assert posts["clerk"].moves_in is None
    assert posts["driver"].moves_in is None


def faults(folder: Path, files: dict[str, str], name: str = "proposed.yaml") -> list[Finding]:
    for file, text in files.items():
        (folder / file).write_text(text, "utf-8")
    reader = Reader()
    reader.structure(folder / name)
    return reader.located(reader.findings)


OVERLAY = "restructure: structure/1\nbased_on: {}\ntitle: Proposed\n"


def told(found: list[Finding]) -> list[tuple[str, str, int | None]]:
    return [(finding.rule.code, Path(finding.place.path).name, finding.place.line) for finding in found]


def test_deleting_what_is_not_there_is_a_fault_with_a_suggestion(tmp_path: Path) -> None:
    files = {
        "current.yaml": BASE,
        "proposed.yaml": OVERLAY.format("current.yaml") + "posts:\n  clerk-1: {deleted: true}\n",
    }
    found = faults(tmp_path, files)
    assert told(found) == [("REF102", "proposed.yaml", 5)]
    assert found[0].hint == 'did you mean "clerk"?'


def test_deleting_twice_in_a_chain_is_a_fault_too(tmp_path: Path) -> None:
    files = {
        "current.yaml": BASE,
        "option-a.yaml": OVERLAY.format("current.yaml") + "posts:\n  clerk: {deleted: true}\n",
        "proposed.yaml": OVERLAY.format("option-a.yaml") + "posts:\n  clerk: {deleted: true}\n",
    }
    assert told(faults(tmp_path, files)) == [("REF102", "proposed.yaml", 5)]


def test_a_chain_is_laid_from_the_bottom_up(tmp_path: Path) -> None:
    for file, text in {
        "current.yaml": BASE,
        "option-a.yaml": OVERLAY.format("current.yaml") + "posts:\n  clerk: {fte: 3, note: A}\n  driver: {grade: G}\n",
        "option-b.yaml": OVERLAY.format("option-a.yaml") + "posts:\n  clerk: {grade: J}\n  lead: {title: Lead}\n",
    }.items():
        (tmp_path / file).write_text(text, "utf-8")
    reader = Reader()
    structure = reader.structure(tmp_path / "option-b.yaml")
    assert structure is not None
    clerk = structure.posts["clerk"]
    assert (known(clerk.fte), clerk.grade, clerk.note, clerk.filled) == (Decimal(3), ("J",), None, None)
    assert (structure.posts["driver"].grade, list(structure.posts)) == (("G",), ["clerk", "driver", "lead"])
    assert [Path(file).name for file in structure.files] == ["option-b.yaml", "option-a.yaml", "current.yaml"]


@pytest.mark.parametrize(
    "circle", [("proposed.yaml",), ("a.yaml", "proposed.yaml"), ("a.yaml", "b.yaml", "proposed.yaml")]
)
def test_a_circle_of_bases_is_a_fault_in_the_file_that_closes_it(tmp_path: Path, circle: tuple[str, ...]) -> None:
    files = {name: OVERLAY.format(base) for name, base in zip(("proposed.yaml", *circle[:-1]), circle, strict=True)}
    found = faults(tmp_path, files)
    assert {finding.rule.code for finding in found} == {"REF101"}
    assert "based on this file in turn" in "".join(finding.message for finding in found)
    assert all(finding.place.line == 2 for finding in found)


@pytest.mark.parametrize("base", ["../sub/proposed.yaml", "./proposed.yaml", "empty/../proposed.yaml"])
def test_a_circle_is_seen_however_the_path_is_written(tmp_path: Path, base: str) -> None:
    folder = tmp_path / "sub"
    (folder / "empty").mkdir(parents=True)
    assert told(faults(folder, {"proposed.yaml": OVERLAY.format(base)})) == [("REF101", "proposed.yaml", 2)]


def test_a_chain_without_end_is_a_fault(tmp_path: Path) -> None:
    files = {f"{number}.yaml": OVERLAY.format(f"{number + 1}.yaml") for number in range(600)}
    found = faults(tmp_path, files, "0.yaml")
    assert {finding.rule.code for finding in found} == {"REF101"}
    assert any("more than 20" in finding.message for finding in found)


def test_a_base_that_is_not_there_is_one_fault_with_a_suggestion(tmp_path: Path) -> None:
    found = faults(tmp_path, {"current.yaml": BASE, "proposed.yaml": OVERLAY.format("curent.yaml")})
    assert told(found) == [("REF101", "proposed.yaml", 2)]
    assert "current.yaml" in found[0].hint


def test_a_base_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    found = faults(tmp_path, {"proposed.yaml": OVERLAY.format("2025/current.yaml")})
    assert told(found) == [("REF101", "proposed.yaml", 2)]
    assert "there is no folder" in found[0].hint


@pytest.mark.parametrize(
    ("base", "code"),
    [("posts: [", "SYN104"), ("restructure: structure/1\nfiled: 1\n", "SCH102"), ("restructure: grades/1\n", "SCH101")],
)
def test_the_faults_of_a_base_come_with_the_overlay_s(tmp_path: Path, base: str, code: str) -> None:
    found = faults(tmp_path, {"current.yaml": base, "proposed.yaml": OVERLAY.format("current.yaml")})
    assert {finding.rule.code for finding in found} == {code, "REF101"}


def test_a_folder_is_no_base(tmp_path: Path) -> None:
    found = faults(tmp_path, {"proposed.yaml": OVERLAY.format(".")})
    assert {finding.rule.code for finding in found} == {"SYN101", "REF101"}


def test_dates_and_conditions_are_inherited(tmp_path: Path) -> None:
    base = BASE.replace("    weeks: 39\n", "    starts: 2024-09\n    subject_to: funding\n    tenure: temporary\n")
    clerk = laid(tmp_path, "posts:\n  clerk: {fte: 1}\n", base).posts["clerk"]
    assert (clerk.starts, clerk.subject_to, clerk.tenure) == (Moment(2024, 9), "funding", "temporary")
