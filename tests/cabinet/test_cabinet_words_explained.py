"""Who turns the pages of an appendix in order meets what its signs and words mean before the tables that use them."""

from pathlib import Path

import pytest

from running import Restructure

ROOT = Path(__file__).parents[2]


def pages(council: str, restructure: Restructure) -> str:
    ran = restructure("report", ROOT / "structures" / council, "--format", "markdown")
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize("words", ["? is a figure that nobody published", "Displaced are people for whom no"])
def test_the_signs_are_explained_before_the_first_table(restructure: Restructure, words: str) -> None:
    told = pages("sefton", restructure)
    assert 0 <= told.find(words) < told.index("\n|")


def test_a_question_mark_is_not_explained_where_there_is_none(tmp_path: Path, restructure: Restructure) -> None:
    (tmp_path / "current.yaml").write_text(
        "restructure: structure/1\norganisation: Isle\ntitle: Now\n"
        "posts:\n  clerk: {title: Clerk, fte: 1, filled: 1, agency: 0}\n",
        "utf-8",
    )
    assert "nobody published" not in restructure("report", tmp_path, "--format", "markdown").out


def test_what_is_not_priced_says_of_which_years_where_they_differ(restructure: Restructure) -> None:
    told = pages("bury", restructure)
    notes = [line for line in told.splitlines() if "not priced: FTE that nobody itemised" in line]
    assert [note.split(": not")[0] for note in notes if note[0].isdigit()] == ["2022-23", "2023-24, 2024-25"]


def test_in_pool_is_explained_where_it_stands(restructure: Restructure) -> None:
    told = pages("sefton", restructure)
    assert told.index("| in pool |") < told.index("in pool: people may move into several posts")
