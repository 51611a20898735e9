"""The five councils' published figures come out of their files, as a user asks for them: through JSON."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from running import Restructure

ROOT = Path(__file__).parents[2]
VACANCIES_OF_SEFTON = {
    "team-manager": "10.11",
    "assistant-team-manager": "10",
    "social-worker": "39.63",
    "family-support-worker": "10",
    "iro": "2.4",
    "family-time-worker": "1.55",
    "lado": "0.5",
    "service-manager": "1",
    "principal-early-help-worker": "1",
    "participation-officer": "2",
}
"""Report of 23 May 2024, 6.1 and 8.4 to 8.24; link workers keep the id of family time workers."""

POOLS_OF_SEFTON = {
    ("employability-officer", "family-connector", "personal-advisor"): "0",
    ("senior-early-help-worker", "senior-early-help-worker-tupe"): "0",
    ("early-help-worker", "early-help-worker-tupe", "early-help-worker-tupe-term"): "3.45",
    ("practice-improvement-manager",): "0",
    ("participation-officer",): "0",
}

TABLE_OF_BURY = {
    "SC Senior Management": ("sc-senior-management", "7", "8", "127483.00"),
    "SC Fostering": ("fostering", "21", "23", "128073.00"),
    "SC CASS": ("cass", "26.2", "34.6", "468735.00"),
    "SC Safeguarding": ("safeguarding", "35", "46", "307420.00"),
    "SC IRT": ("irt", "24", "28", "294594.00"),
    "SC Practice Improvement": ("practice-improvement", "2.85", "4", "61764.00"),
    "SC EDT MASH": ("sc-edt-mash", "10.5", "10.5", "-2648.00"),
    "ES Senior Management": ("es-senior-management", "0", "1", "67934.00"),
    "ES School Attendance": ("es-school-attendance", "1", "1", "2648.00"),
    "ES Skills": ("es-skills", "0", "2", "123970.00"),
    "EH Senior Management": ("eh-senior-management", "2", "3", "67934.00"),
    "EH Family Support": ("eh-family-support", "1", "12", "384576.00"),
    "EH Early Years": ("eh-early-years", "0", "4", "147707.00"),
    "EH EDT MASH": ("eh-edt-mash", "6.8", "10", "128111.00"),
    "Business Support": ("business-support", "0", "7", "201275.00"),
}
"""Report of 13 July 2022, 10.3: the team of each row, FTE current and proposed, and the change in £."""


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])


def answer(restructure: Restructure, *arguments: str) -> dict[str, Any]:
    """Return what a command says as JSON."""
    told = restructure(*arguments, "--format", "json")
    assert told.code == 0, told.err
    found: dict[str, Any] = json.loads(told.out)
    return found


def by_id(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in found["posts"]}


@pytest.mark.parametrize(("post", "vacant"), VACANCIES_OF_SEFTON.items())
def test_the_vacancies_that_sefton_published(restructure: Restructure, post: str, vacant: str) -> None:
    for verb in ("vacancies", "diff"):
        assert by_id(answer(restructure, verb, "structures/sefton"))[post]["vacant"]["proposed"] == vacant


@pytest.mark.parametrize(("holders", "slack"), POOLS_OF_SEFTON.items())
def test_the_pools_of_sefton_close(restructure: Restructure, holders: tuple[str, ...], slack: str) -> None:
    pools = {tuple(pool["current"]): pool for pool in answer(restructure, "vacancies", "structures/sefton")["pools"]}
    assert pools[holders]["slack"] == slack


def test_nobody_in_sefton_is_counted_in_two_pools(restructure: Restructure) -> None:
    pools = answer(restructure, "vacancies", "structures/sefton")["pools"]
    holders = [id_ for pool in pools for id_ in pool["current"]]
    assert len(holders) == len(set(holders))


def test_what_sefton_pays_before_and_after(restructure: Restructure) -> None:
    cost = answer(restructure, "diff", "structures/sefton")["totals"]["cost"]
    assert cost == {"current": "25550000.00", "proposed": "28000000.00", "change": "2450000.00"}


@pytest.mark.parametrize("row", TABLE_OF_BURY)
def test_each_row_of_the_table_that_bury_published(restructure: Restructure, row: str) -> None:
    team, current, proposed, change = TABLE_OF_BURY[row]
    found = answer(restructure, "diff", "structures/bury")
    lines = [line for line in found["posts"] if line["team"] == team]
    assert added(lines, "fte", "current") == current
    assert added(lines, "fte", "proposed") == proposed
    assert added(lines, "cost", "change", pence=True) == change


def added(lines: list[dict[str, Any]], measure: str, side: str, pence: bool = False) -> str:
    """Add up what is known in some rows."""
    figures = [Decimal(line[measure][side]) for line in lines if line[measure] and line[measure][side] is not None]
    total = sum(figures, Decimal(0))
    return f"{total:.2f}" if pence else f"{total.normalize():f}"


def test_the_totals_that_bury_published(restructure: Restructure) -> None:
    totals = answer(restructure, "diff", "structures/bury")["totals"]
    assert totals["fte"] == {"current": "137.35", "proposed": "194.1", "change": "56.75"}
    assert totals["cost"]["change"] == "2632527.00"


def test_the_pound_by_which_bury_misses_its_own_parts(restructure: Restructure) -> None:
    row = by_id(answer(restructure, "diff", "structures/bury"))["not-itemised:education"]
    assert row["cost"]["change"] == "1.00"


def test_the_six_costs_that_monmouthshire_published(restructure: Restructure) -> None:
    rows = by_id(answer(restructure, "diff", "structures/monmouthshire"))
    costs = {
        "service-manager-safeguarding": ("64016.00", "69510.00"),
        "social-worker-disabilities": ("40908.00", "50680.00"),
        "family-support-team-manager": ("54382.00", "59627.00"),
    }
    for post, (current, proposed) in costs.items():
        assert (rows[post]["cost"]["current"], rows[post]["cost"]["proposed"]) == (current, proposed)
    assert answer(restructure, "diff", "structures/monmouthshire")["totals"]["cost"]["change"] == "20513.00"
    assert rows["not-itemised:structure"]["cost"]["change"] == "2.00"


def test_what_lancashire_makes_permanent(restructure: Restructure) -> None:
    found = answer(restructure, "diff", "structures/lancashire")
    assert found["totals"]["fte"] == {"current": "40", "proposed": "49", "change": "9"}
    teams = {team: added([row for row in found["posts"] if row["team"] == team], "cost", "change", pence=True)
             for team in ("pfft", "mash")}  # fmt: skip
    assert teams == {"pfft": "782000.00", "mash": "891000.00"}
    others = sorted(row["cost"]["change"] for row in found["posts"] if row["kind"] == "other-cost")
    assert others == ["86000.00", "88000.00"]


def test_what_west_sussex_pays(restructure: Restructure) -> None:
    found = answer(restructure, "cost", "structures/west-sussex")
    assert found["totals"]["cost"] == {"current": "592000.00", "proposed": "1092000.00", "change": "500000.00"}


def test_the_councils_are_clean(restructure: Restructure) -> None:
    told = restructure("check", "structures", "--format", "json", "--today", "2026-11-30")
    assert told.code == 0
    assert [finding for finding in json.loads(told.out)["findings"] if finding["severity"] != "note"] == []


def test_what_lancashire_is_excused_from_is_told_without_the_excuse(restructure: Restructure, tmp_path: Path) -> None:
    """It pays for two permanent posts with a grant of two years, which is what the rule is there to say."""
    for file in (ROOT / "structures" / "lancashire").glob("*.yaml"):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.lstrip().startswith("# restructure: ignore")]
        (tmp_path / file.name).write_text("".join(kept), "utf-8")
    told = restructure("check", tmp_path, "--format", "json", "--today", "2026-11-30")
    stands = [finding for finding in json.loads(told.out)["findings"] if finding["severity"] != "note"]
    assert [(finding["code"], finding["key"]) for finding in stands] == [
        ("FND504", "posts.compliance-officer.funding.send-reform-grant"),
        ("FND504", "posts.auditor-send.funding.send-reform-grant"),
    ]
