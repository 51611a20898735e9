"""A difference that a report is known to contain is watched: once it changes or goes, the check says so."""

import shutil
from pathlib import Path

import pytest

from running import Restructure

COUNCILS = Path(__file__).parents[2] / "structures"


@pytest.mark.parametrize(
    ("council", "said", "instead"),
    [
        ("monmouthshire", 'cost_change: "£20,513"', 'cost_change: "£20,511"'),
        ("monmouthshire", "difference: £2", "difference: £3"),
        ("bury", "difference: £1", "difference: £2"),
        ("bury", 'cost_change: "£194,553"', 'cost_change: "£194,552"'),
    ],
)
def test_a_difference_that_is_not_there_is_an_error(
    tmp_path: Path, restructure: Restructure, council: str, said: str, instead: str
) -> None:
    folder = tmp_path / council
    shutil.copytree(COUNCILS / council, folder)
    proposed = folder / "proposed.yaml"
    text = proposed.read_text("utf-8")
    assert said in text
    proposed.write_text(text.replace(said, instead), "utf-8")
    ran = restructure("check", folder)
    assert ran.code == 1
    assert "is no longer there" in ran.out


@pytest.mark.parametrize("council", ["monmouthshire", "bury"])
def test_where_the_money_is_not_worked_out_nothing_is_said_of_it(restructure: Restructure, council: str) -> None:
    folder = COUNCILS / council
    calls = (("vacancies", folder), ("diff", folder / "current.yaml", folder / "proposed.yaml"))
    for call in (*calls, ("diff", folder)):
        ran = restructure(*call)
        assert ran.code == 0, call
        assert ran.err == "", call
