"""Importing again shows what would change, changes nothing unasked, and keeps what people added, comments too."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from extracts_made import JUNIOR, SENIOR, junior, senior, structure, write_csv
from hypothesis import given
from hypothesis import strategies as st

from restructure_cli.files import tree
from restructure_cli.files.patching import patched
from restructure_cli.files.writing import write_tree
from restructure_cli.model.quantities import known
from running import Ran, Restructure

HEADER = ["Post No", "Post Title", "Team", "Grade", "FTE", "Employee No"]
CLERK, DRIVER = ["1", "Clerk", "Post Room", "C", "1", "7"], ["2", "Driver", "Post Room", "C", "1", "8"]
Again = Callable[..., Ran]


@pytest.fixture
def again(tmp_path: Path, restructure: Restructure) -> Again:
    def run(rows: list[list[str]], *options: str) -> Ran:
        extract = write_csv(tmp_path / "staff.csv", [HEADER, *rows])
        return restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council", *options)

    run([CLERK, DRIVER])
    return run


def edited(folder: Path) -> str:
    """Add what people add to a file: comments, a note, a place, funding, a control, a post of their own."""
    path = folder / "current.yaml"
    text = path.read_text("utf-8")
    text = text.replace("  clerk:\n", "  # the clerk stays\n  clerk: # see the letter\n")
    text = text.replace("    at: row 2\n", '    at: "4.2"\n    funding: {core: 0.5}\n    note: acting up\n')
    text = text.replace("    title: Post Room\n", "    title: Post Room # in the cellar\n    control: {fte: 3}\n")
    text = text.replace("posts:\n", "posts:\n  porter: {title: Porter, team: post-room, fte: 1} # our own\n")
    path.write_text(text, "utf-8")
    return text


def test_the_same_extract_again_changes_nothing(again: Again, tmp_path: Path) -> None:
    before = (tmp_path / "current.yaml").read_bytes()
    ran = again([CLERK, DRIVER])
    assert ran.code == 0
    assert "unchanged" in ran.out
    assert (tmp_path / "current.yaml").read_bytes() == before


def test_the_same_extract_over_an_edited_file_changes_nothing(again: Again, tmp_path: Path) -> None:
    before = edited(tmp_path)
    assert again([CLERK, DRIVER]).code == 0
    assert (tmp_path / "current.yaml").read_text("utf-8") == before


def test_changes_are_shown_and_held_back_until_they_are_asked_for(again: Again, tmp_path: Path) -> None:
    before = edited(tmp_path)
    ran = again([[*CLERK[:4], "0.5", "7"], DRIVER])
    assert ran.code == 1
    assert "less FTE" in ran.out
    assert "clerk" in ran.out
    assert "--update" in ran.out
    assert (tmp_path / "current.yaml").read_text("utf-8") == before


def test_an_update_keeps_what_people_added(again: Again, tmp_path: Path) -> None:
    edited(tmp_path)
    ran = again([[*CLERK[:4], "0.5", "7"], DRIVER], "--update")
    assert ran.code == 0
    found = structure(tmp_path / "current.yaml")
    clerk = found.posts["clerk"]
    assert known(clerk.fte) == known(clerk.filled)
    assert str(known(clerk.fte)) == "0.5"
    assert (clerk.at, clerk.note, list(clerk.funding)) == (("4.2",), "acting up", ["core"])
    assert known(found.posts["porter"].fte) == 1
    control = found.teams["post-room"].control
    assert control is not None
    assert known(control.fte) == 3
    text = (tmp_path / "current.yaml").read_text("utf-8")
    for comment in ("# the clerk stays", "# see the letter", "# in the cellar", "# our own"):
        assert comment in text
    assert "kept as people's own: porter" in ran.out


def test_a_post_that_left_the_extract_goes_and_is_named(again: Again, tmp_path: Path) -> None:
    ran = again([CLERK], "--update")
    assert "Gone from the extract, and so from the file: driver." in ran.out
    assert list(structure(tmp_path / "current.yaml").posts) == ["clerk"]


def test_a_retitled_post_keeps_its_id_by_its_number(again: Again, tmp_path: Path) -> None:
    again([["1", "Office Manager", *CLERK[2:]], DRIVER], "--update")
    assert structure(tmp_path / "current.yaml").posts["clerk"].title == "Office Manager"


def test_a_change_of_who_is_in_post_is_shown_too(again: Again) -> None:
    ran = again([[*CLERK[:5], "Vacant"], DRIVER])
    assert ran.code == 1
    assert "filled" in ran.out


def test_what_comes_new_to_an_entry_stands_in_the_order_of_the_format(tmp_path: Path, restructure: Restructure) -> None:
    """Nothing may depend on the order of a set, which changes from run to run."""
    by_hand = "restructure: structure/1\norganisation: A\ntitle: T\nposts:\n  clerk:\n    title: Clerk\n    fte: 1\n"
    (tmp_path / "current.yaml").write_text(by_hand, "utf-8")
    extract = write_csv(tmp_path / "staff.csv", [HEADER, ["1", "Clerk", "", "", "1", "7"]])
    restructure("import", extract, "--to", tmp_path, "--update")
    entry = (tmp_path / "current.yaml").read_text("utf-8").partition("  clerk:\n")[2]
    keys = [line.split(":")[0].strip() for line in entry.splitlines()]
    assert keys == ["title", "fte", "numbers", "positions", "filled", "people", "at"]


def test_an_assumption_is_kept_where_the_extract_is_silent(again: Again, tmp_path: Path) -> None:
    path = tmp_path / "current.yaml"
    assumed = "    fte: {is: 2, basis: assumed, because: the minutes say so}\n"
    path.write_text(path.read_text("utf-8").replace("    fte: 1\n", assumed, 1), "utf-8")
    again([[*CLERK[:4], "", "7"], DRIVER], "--update")
    assert known(structure(path).posts["clerk"].fte) == 2


def test_a_figure_written_otherwise_is_the_same_figure(again: Again, tmp_path: Path) -> None:
    path = tmp_path / "current.yaml"
    text = path.read_text("utf-8").replace("    fte: 1\n", '    fte: {is: 1.0, at: "3.1"}\n', 1)
    path.write_text(text, "utf-8")
    assert again([CLERK, DRIVER]).code == 0
    assert path.read_text("utf-8") == text


def test_an_overlay_is_not_imported_over(again: Again, tmp_path: Path, restructure: Restructure) -> None:
    overlay = tmp_path / "proposed.yaml"
    overlay.write_text("restructure: structure/1\nbased_on: current.yaml\ntitle: Proposed\n", "utf-8")
    ran = restructure("import", tmp_path / "staff.csv", "--to", overlay, "--update")
    assert ran.code == 2
    assert "overlay" in ran.err


def test_a_file_that_is_not_valid_is_not_imported_over(again: Again, tmp_path: Path) -> None:
    path = tmp_path / "current.yaml"
    path.write_text(path.read_text("utf-8").replace("fte: 1", "fte: many", 1), "utf-8")
    before = path.read_bytes()
    assert again([CLERK, DRIVER], "--update").code == 3
    assert path.read_bytes() == before


def test_grades_and_claims_keep_what_people_added(tmp_path: Path, restructure: Restructure) -> None:
    cost = {"Salary Cost of Reports (£)": "1"}
    files = (
        write_csv(tmp_path / "b-2020-03-31-senior.csv", [SENIOR, senior("1", "Keeper General", "XX", **cost)]),
        write_csv(tmp_path / "b-2020-03-31-junior.csv", [JUNIOR, junior("1", "Clerk", "2")]),
    )
    restructure("import", *files, "--to", tmp_path)
    grades, claims = tmp_path / "grades.yaml", tmp_path / "claims.yaml"
    grades.write_text(grades.read_text("utf-8") + "pension: 19.8% # the scheme's\n", "utf-8")
    known_text = "    known: {difference: -£45000, because: a slip of the pen}\n"
    claims.write_text(claims.read_text("utf-8") + known_text, "utf-8")
    before = grades.read_bytes(), claims.read_bytes()
    assert restructure("import", *files, "--to", tmp_path).code == 0
    assert (grades.read_bytes(), claims.read_bytes()) == before
    write_csv(files[1], [JUNIOR, junior("1", "Clerk", "2", **{"Payscale Maximum (£)": "26000"})])
    assert restructure("import", *files, "--to", tmp_path, "--update").code == 0
    assert "pension: 19.8% # the scheme's" in grades.read_text("utf-8")
    assert "£26,000" in grades.read_text("utf-8")
    assert "a slip of the pen" in claims.read_text("utf-8")


_VALUE = st.one_of(st.sampled_from(["1", "two words", "a: b", "# no comment", "'", "é"]), st.none())
_ENTRY = st.one_of(
    _VALUE, st.dictionaries(st.sampled_from("pqrs"), _VALUE, min_size=1, max_size=3), st.just(["x", "y"])
)
_TREE = st.dictionaries(
    st.sampled_from(["restructure", "note", "teams", "posts"]),
    st.one_of(_VALUE, st.dictionaries(st.sampled_from(["a", "b", "c", "1"]), _ENTRY, min_size=1, max_size=4)),
    min_size=1,
)


@given(_TREE, _TREE)
def test_a_file_that_is_patched_says_what_was_wanted(before: tree.Tree, after: tree.Tree) -> None:
    text, _ = patched(write_tree(before), before, after)
    built, faults = tree.build("made.yaml", text)
    assert not faults
    assert built == after


@given(_TREE, st.sampled_from(["a", "b", "c", "1"]), _ENTRY)
def test_comments_survive_whatever_else_changes(before: tree.Tree, id_: str, entry: object) -> None:
    lines = write_tree(before).split("\n")
    text = "# the first line\n" + "\n".join(lines)
    after = {**before, "posts": {**(before["posts"] if isinstance(before.get("posts"), dict) else {}), id_: entry}}
    if isinstance(before.get("posts"), dict):
        assert patched(text, before, after)[0].startswith("# the first line\n")


def test_a_post_that_people_added_is_not_taken_for_a_new_one_of_the_same_title(again: Again, tmp_path: Path) -> None:
    """The id of people's own post is theirs: the extract's new porter, of another team, has one of its own."""
    path = tmp_path / "current.yaml"
    own = "posts:\n  porter: {title: Porter, fte: 3, note: ours} # till the winter\n"
    path.write_text(path.read_text("utf-8").replace("posts:\n", own), "utf-8")
    ran = again([CLERK, DRIVER, ["3", "Porter", "Yard", "C", "1", "9"]], "--update")
    posts = structure(path).posts
    assert sum(known(post.fte) or 0 for post in posts.values()) == 6
    assert known(posts["porter"].fte) == 3
    assert posts["porter"].note == "ours"
    assert "# till the winter" in path.read_text("utf-8")
    assert "kept as people's own: porter" in " ".join(ran.out.split())


def test_junior_lines_keep_their_ids_and_what_people_added(tmp_path: Path, restructure: Restructure) -> None:
    """A second unit with the same posts makes names longer; the line that was there keeps its name, place and note."""
    files = tmp_path / "board-2020-03-31-senior.csv", tmp_path / "board-2020-03-31-junior.csv"
    write_csv(files[0], [SENIOR, senior("1", "Keeper General", "XX")])
    write_csv(files[1], [JUNIOR, junior("1", "Clerk", "2")])
    restructure("import", *files, "--to", tmp_path)
    path = tmp_path / "current.yaml"
    path.write_text(path.read_text("utf-8").replace("    fte: 2\n", "    fte: 2\n    note: ours # and this\n"), "utf-8")
    write_csv(files[1], [JUNIOR, junior("1", "Clerk", "5", Unit="Fog"), junior("1", "Clerk", "2.5")])
    ran = restructure("import", *files, "--to", tmp_path, "--update")
    assert ran.code == 0, ran.err
    posts = structure(path).posts
    assert {id_: known(post.fte) for id_, post in posts.items() if id_ != "1"} == {
        "1-keeper-clerk": Decimal("2.5"), "1-keeper-clerk-fog": 5,
    }  # fmt: skip
    assert posts["1-keeper-clerk"].note == "ours"
    assert "# and this" in path.read_text("utf-8")


def test_what_people_added_to_a_post_that_is_gone_is_named(again: Again, tmp_path: Path) -> None:
    path = tmp_path / "current.yaml"
    text = path.read_text("utf-8").replace("    title: Clerk\n", "    title: Clerk\n    subject_to: the grant\n")
    path.write_text(text, "utf-8")
    ran = again([DRIVER])
    assert "Gone from the extract, and so from the file: clerk." in ran.out
    assert "go other things that the file said of it: clerk (subject_to)" in " ".join(ran.out.split())
    assert "subject_to" in path.read_text("utf-8"), "held back until --update"
