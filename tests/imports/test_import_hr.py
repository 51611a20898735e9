"""An HR extract becomes posts: rows with one number are one post, posts alike are one line, blank is unknown."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from extracts_made import structure, write_csv

from restructure_cli.model.quantities import known
from running import Ran, Restructure

Imported = Callable[..., Ran]
"""Imports some rows with some options."""

ROOT = Path(__file__).parents[2]
HEADER = ["Post No", "Post Title", "Team", "Grade", "FTE", "Employee No", "Surname", "Reports To"]


@pytest.fixture
def imported(tmp_path: Path, restructure: Restructure) -> Imported:
    def run(rows: list[list[str]], *options: str, header: list[str] = HEADER) -> Ran:
        extract = write_csv(tmp_path / "staff.csv", [header, *rows])
        return restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council", *options)

    return run


def posts(folder: Path) -> dict[str, dict[str, str]]:
    found = structure(folder / "current.yaml").posts
    return {
        id_: {key: f"{known(getattr(post, key))}" for key in ("fte", "filled", "positions", "people")}
        for id_, post in found.items()
    }


def test_the_example_becomes_the_posts_of_the_example(tmp_path: Path, restructure: Restructure) -> None:
    extract = ROOT / "examples" / "hr-extract.csv"
    assert restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council").code == 0
    made, by_hand = structure(tmp_path / "current.yaml"), structure(ROOT / "examples" / "current.yaml")
    figures = [
        sorted((post.title, post.grade, known(post.fte), known(post.filled)) for post in one.posts.values())
        for one in (made, by_hand)
    ]
    assert figures[0] == figures[1]


def test_a_job_share_is_one_position_with_two_people(imported: Imported, tmp_path: Path) -> None:
    rows = [
        ["0420", "Clerk", "Post Room", "C", "0.6", "71", "Kaur", ""],
        ["0420", "Clerk", "Post Room", "C", "0.4", "72", "Ngo", ""],
        ["0421", "Clerk", "Post Room", "C", "1.0", "", "VACANT", ""],
    ]
    assert imported(rows).code == 0
    assert posts(tmp_path) == {"clerk": {"fte": "2", "filled": "1", "positions": "2", "people": "2"}}


OF_POSTS = ["Post No", "Post Title", "Team", "Grade", "Post FTE", "Employee No", "Surname", "Status"]
BOTH = [*OF_POSTS, "Contracted FTE"]


def test_a_figure_of_the_post_on_each_row_is_not_added_up(imported: Imported, tmp_path: Path) -> None:
    rows = [
        ["0420", "Clerk", "Post Room", "C", "1.0", "71", "Kaur", ""],
        ["0420", "Clerk", "Post Room", "C", "1.0", "72", "Ngo", ""],
        ["0421", "Porter", "Post Room", "C", "0.6", "73", "Ash", ""],
        ["0421", "Porter", "Post Room", "C", "0.4", "74", "Fox", ""],
        ["0422", "Driver", "Post Room", "C", "1.0", "75", "Lee", ""],
    ]
    ran = imported(rows, header=OF_POSTS)
    assert "post 0420: each of its 2 rows has 1.0 FTE, the post's or its own" in ran.err
    found = posts(tmp_path)
    assert found["clerk"] == {"fte": "None", "filled": "None", "positions": "None", "people": "2"}
    assert found["porter"] == {"fte": "1", "filled": "1", "positions": "1", "people": "2"}
    assert found["driver"] == {"fte": "1", "filled": "1", "positions": "1", "people": "1"}


def test_who_covers_for_somebody_on_leave_is_told(imported: Imported, tmp_path: Path) -> None:
    rows = [
        ["0420", "Clerk", "Post Room", "C", "1.0", "71", "Kaur", "Maternity leave", "1.0"],
        ["0420", "Clerk", "Post Room", "C", "1.0", "72", "Ngo", "Maternity cover", "1.0"],
        ["0421", "Clerk", "Post Room", "C", "1.0", "", "VACANT", "Vacant", ""],
    ]
    ran = imported(rows, header=BOTH)
    assert "warning[SCH116] post 0420: 2.0 FTE in post, and it has 1.0" in ran.err
    assert posts(tmp_path)["clerk"]["filled"] == "2"  # as it stands


@pytest.mark.parametrize("said", ["Agency", "agency worker", "Agency Staff"])
@pytest.mark.parametrize("column", ["Status", "Contract Type"])
def test_an_agency_worker_covers_a_post_and_does_not_fill_it(
    imported: Imported, tmp_path: Path, column: str, said: str
) -> None:
    rows = [
        ["0420", "Clerk", "Post Room", "C", "1.0", "71", "Kaur", "", "1.0"],
        ["0421", "Clerk", "Post Room", "C", "1.0", "A1", "Reed", said, "0.8"],
    ]
    assert imported(rows, header=[*BOTH[:7], column, BOTH[8]]).code == 0
    found = structure(tmp_path / "current.yaml").posts
    told = {id_: (known(post.filled), known(post.agency), post.tenure) for id_, post in found.items()}
    assert told == {"clerk": (Decimal(1), None, None), "clerk-agency": (Decimal(0), Decimal("0.8"), None)}


def test_hours_of_the_post_on_each_row_are_not_added_up(imported: Imported, tmp_path: Path) -> None:
    header = ["Post No", "Post Title", "Post Hours", "Employee No"]
    imported([["1", "Clerk", "37", "71"], ["1", "Clerk", "37", "72"]], header=header)
    assert f"{known(structure(tmp_path / 'current.yaml').posts['clerk'].hours):f}" == "37"


def test_leading_noughts_stay(imported: Imported, tmp_path: Path) -> None:
    imported([["007", "Clerk", "Post Room", "08", "1", "01", "Kaur", ""]])
    (clerk,) = structure(tmp_path / "current.yaml").posts.values()
    assert (clerk.numbers, clerk.grade) == (("007",), ("08",))


def test_names_and_employee_numbers_go_nowhere(imported: Imported, tmp_path: Path) -> None:
    ran = imported([["1", "Clerk", "Post Room", "C", "1", "E7001", "Kaurszewski", "1"]])
    written = (tmp_path / "current.yaml").read_text("utf-8")
    for text in (written, ran.out, ran.err):
        assert "Kaurszewski" not in text
        assert "E7001" not in text
    assert "2 personal columns dropped" in ran.out


def test_a_column_that_is_asked_for_goes_into_notes(imported: Imported, tmp_path: Path) -> None:
    imported([["1", "Clerk", "Post Room", "C", "1", "7", "Kaur", ""]], "--keep", "surname")
    (clerk,) = structure(tmp_path / "current.yaml").posts.values()
    assert clerk.note == "Surname: Kaur"


def test_a_blank_figure_is_unknown_and_what_is_known_beside_it_is_kept(imported: Imported, tmp_path: Path) -> None:
    rows = [
        ["1", "Clerk", "Post Room", "C", "1", "7", "Kaur", ""],
        ["2", "Clerk", "Post Room", "C", "", "8", "Ngo", ""],
    ]
    ran = imported(rows)
    assert ran.code == 0
    assert posts(tmp_path) == {
        "clerk": {"fte": "1", "filled": "1", "positions": "1", "people": "1"},
        "clerk-fte-unknown": {"fte": "None", "filled": "None", "positions": "None", "people": "1"},
    }
    assert "known part" in ran.out


def test_a_row_without_a_name_is_not_taken_for_a_vacancy_unless_the_map_says_so(
    imported: Imported, tmp_path: Path
) -> None:
    rows = [["1", "Clerk", "Post Room", "C", "1", "", "", ""]]
    imported(rows)
    assert posts(tmp_path)["clerk"]["filled"] == "None"
    own = tmp_path / "our.yaml"
    own.write_text("restructure: map/1\nvacant: [blank]\n", "utf-8")
    imported(rows, "--map", str(own), "--update")
    assert posts(tmp_path)["clerk"]["filled"] == "0"


def test_a_cell_that_cannot_be_read_is_named_and_its_post_kept(imported: Imported, tmp_path: Path) -> None:
    rows = [["1", "Clerk, senior", "Post Room", "C", "about 1", "7", "Kaur", ""]]
    ran = imported(rows)
    assert ran.code == 1
    assert "staff.csv:2:31" in ran.err
    assert 'found "about 1"' in ran.err
    assert posts(tmp_path)["clerk-senior"]["fte"] == "None"
    assert "1 rows in = 1 used + 0 rejected" in ran.out


@pytest.mark.parametrize("line", ["Total,,,,3,,,", "Grand total,,,,3,,,", ",Post Room total,,,3,,,", ",".join(HEADER)])
def test_a_row_of_totals_or_the_header_again_is_rejected_by_name(line: str, imported: Imported) -> None:
    ran = imported([["1", "Clerk", "Post Room", "C", "1", "7", "Kaur", ""], line.split(",")])
    assert ran.code == 0
    assert "SCH112" in ran.err
    assert "2 rows in = 1 used + 1 rejected" in ran.out


def test_a_title_that_speaks_of_totals_is_a_post(imported: Imported, tmp_path: Path) -> None:
    imported([["1", "Total Reward Manager", "Pay", "K", "1", "7", "Kaur", ""]])
    assert list(posts(tmp_path)) == ["total-reward-manager"]


def test_a_row_with_cells_beyond_the_header_is_rejected(imported: Imported) -> None:
    ran = imported([["1", "Clerk", "senior", "Post Room", "C", "1", "7", "Kaur", "", "x"]])
    assert ran.code == 1
    assert "the row has 10 cells, and the header 8" in ran.err
    assert "1 rows in = 0 used + 1 rejected" in ran.out


def test_the_same_person_twice_on_the_same_row_counts_once(imported: Imported, tmp_path: Path) -> None:
    row = ["1", "Clerk", "Post Room", "C", "1", "7", "Kaur", ""]
    ran = imported([row, row])
    assert "REF110" in ran.err
    assert posts(tmp_path)["clerk"]["fte"] == "1"
    assert "2 rows in = 1 used + 1 rejected" in ran.out


def test_an_fte_of_the_post_that_each_row_repeats_counts_once(imported: Imported, tmp_path: Path) -> None:
    header = ["Post No", "Post Title", "Post FTE", "Employee FTE", "Employee No"]
    rows = [["1", "Clerk", "1", "0.5", "7"], ["1", "Clerk", "1", "0.3", "8"], ["2", "Clerk", "1", "0", "Vacant"]]
    assert imported(rows, header=header).code == 0
    assert posts(tmp_path) == {"clerk": {"fte": "2", "filled": "0.8", "positions": "2", "people": "2"}}


def test_beside_the_fte_of_the_post_a_plain_fte_is_the_persons(imported: Imported, tmp_path: Path) -> None:
    header = ["Post No", "Post Title", "FTE", "Budgeted FTE", "Employee No"]
    ran = imported([["1", "Clerk", "0.5", "1", "7"], ["1", "Clerk", "0.3", "1", "8"]], header=header)
    assert ran.err == ""
    assert posts(tmp_path) == {"clerk": {"fte": "1", "filled": "0.8", "positions": "1", "people": "2"}}


def test_rows_that_give_one_post_different_fte_leave_it_unknown(imported: Imported, tmp_path: Path) -> None:
    header = ["Post No", "Post Title", "Post FTE", "Employee FTE", "Employee No"]
    ran = imported([["1", "Clerk", "1", "0.5", "7"], ["1", "Clerk", "0.8", "0.3", "8"]], header=header)
    assert "its rows give different FTE for it, 0.8 and 1" in ran.err
    assert posts(tmp_path)["clerk"]["fte"] == "None"


def test_lines_report_to_the_line_that_holds_their_manager(imported: Imported, tmp_path: Path) -> None:
    rows = [
        ["1", "Head", "", "K", "1", "7", "Kaur", ""],
        ["2", "Clerk", "Post Room", "C", "1", "8", "Ngo", "1"],
        ["3", "Driver", "Post Room", "C", "1", "9", "Ali", "99"],
    ]
    ran = imported(rows)
    found = structure(tmp_path / "current.yaml").posts
    assert {id_: post.reports_to for id_, post in found.items()} == {"head": None, "clerk": "head", "driver": None}
    assert "REF112" in ran.err
    assert "Driver reports to post 99" in ran.err


def test_a_circle_of_managers_is_told_and_opened(imported: Imported, tmp_path: Path) -> None:
    rows = [["1", "Head", "", "K", "1", "7", "Kaur", "2"], ["2", "Deputy", "", "J", "1", "8", "Ngo", "1"]]
    ran = imported(rows)
    assert "REF113" in ran.err
    found = structure(tmp_path / "current.yaml").posts
    assert [post.reports_to for post in found.values()].count(None) == 1


def test_posts_alike_in_title_and_not_in_team_have_ids_of_their_own(imported: Imported, tmp_path: Path) -> None:
    rows = [["1", "Clerk", "North", "C", "1", "7", "A", ""], ["2", "Clerk", "South", "C", "1", "8", "B", ""]]
    imported(rows)
    assert list(posts(tmp_path)) == ["north-clerk", "south-clerk"]
    imported(rows[::-1], "--update")
    assert sorted(posts(tmp_path)) == ["north-clerk", "south-clerk"]


def test_a_post_that_reports_to_itself_is_told_and_stays_on_its_line(imported: Imported, tmp_path: Path) -> None:
    rows = [["1", "Clerk", "", "C", "1", "7", "A", "1"], ["2", "Clerk", "", "C", "1", "8", "B", ""]]
    assert "post 1 reports to itself" in imported(rows).err
    assert list(posts(tmp_path)) == ["clerk"]


def test_posts_alike_under_two_managers_are_two_lines(imported: Imported, tmp_path: Path) -> None:
    rows = [
        ["1", "Head", "", "K", "1", "7", "A", ""],
        ["2", "Deputy", "", "J", "1", "8", "B", "1"],
        ["3", "Clerk", "", "C", "1", "9", "C", "1"],
        ["4", "Clerk", "", "C", "1", "10", "D", "2"],
    ]
    imported(rows)
    assert sorted(posts(tmp_path)) == ["clerk-under-deputy", "clerk-under-head", "deputy", "head"]


def test_a_map_says_what_other_headers_mean_and_one_can_be_written(imported: Imported, tmp_path: Path) -> None:
    header = ["Ref", "What they do", "Share", "Who", "Our: own\x1f thing"]
    own = tmp_path / "our.yaml"
    own.write_text(
        "restructure: map/1\nrows: occupancy\ncolumns: {number: Ref, title: [What they do], fte: Share, name: Who}\n",
        "utf-8",
    )
    saved = tmp_path / "saved.yaml"
    rows = [["1", "Clerk", "0.5", "Kaur", "x"]]
    assert imported(rows, "--map", str(own), "--save-map", str(saved), header=header).code == 0
    assert posts(tmp_path)["clerk"]["fte"] == "0.5"
    assert imported(rows, "--map", str(saved), header=header).code == 0
    assert "What they do" in saved.read_text("utf-8")
    assert saved.read_text("utf-8").splitlines()[-1] == r'#   "Our: own\u001f thing"', "for whoever knows what it is"


def test_a_map_that_is_not_valid_is_refused_with_its_line(imported: Imported, tmp_path: Path) -> None:
    own = tmp_path / "our.yaml"
    own.write_text("restructure: map/1\ncolumns:\n  titel: Job\n", "utf-8")
    ran = imported([["1", "Clerk", "", "", "1", "", "", ""]], "--map", str(own))
    assert ran.code == 3
    assert "our.yaml:3:3" in ran.err


def test_an_extract_without_titles_is_refused_and_nothing_is_written(imported: Imported, tmp_path: Path) -> None:
    ran = imported([["North", "40"]], header=["Car park", "Spaces"])
    assert ran.code == 3
    assert "SCH111" in ran.err
    assert not (tmp_path / "current.yaml").exists()


def test_whose_posts_they_are_is_asked_for(tmp_path: Path, restructure: Restructure) -> None:
    extract = write_csv(tmp_path / "staff.csv", [HEADER, ["1", "Clerk", "", "", "1", "", "", ""]])
    ran = restructure("import", extract, "--to", tmp_path)
    assert ran.code == 2
    assert "--organisation" in ran.err


def test_a_dry_run_writes_nothing(imported: Imported, tmp_path: Path) -> None:
    ran = imported([["1", "Clerk", "", "", "1", "7", "A", ""]], "--dry-run")
    assert ran.code == 0
    assert "would be written" in ran.out
    assert [path.name for path in tmp_path.iterdir()] == ["staff.csv"]


def test_json_lists_every_row_column_and_finding(imported: Imported) -> None:
    rows = [["1", "Clerk", "", "", "1", "7", "A", ""], ["Total", "", "", "", "x", "", "", ""]]
    told = json.loads(imported(rows, "--format", "json").out)
    assert told["rows"] == {"in": 2, "used": 1, "rejected": 1}
    assert told["totals"] == {"lines": 1, "fte": "1", "filled": "1"}
    assert told["findings"][0]["code"] == "SCH112"
    assert [column["read_as"] for column in told["extracts"][0]["columns"]][:2] == ["number", "title"]


def test_figures_are_exact(imported: Imported, tmp_path: Path) -> None:
    rows = [[str(n), "Clerk", "", "C", "0.1", str(n), "A", ""] for n in range(3)]
    imported(rows)
    assert known(structure(tmp_path / "current.yaml").posts["clerk"].fte) == Decimal("0.3")


def test_hours_without_fte_are_kept_a_line_for_each(tmp_path: Path, restructure: Restructure) -> None:
    rows = [["Post No", "Post Title", "Hours"], ["1", "Clerk", "18.5"], ["2", "Clerk", "37"], ["3", "Clerk", "37"]]
    extract = write_csv(tmp_path / "staff.csv", rows)
    ran = restructure("import", extract, "--to", tmp_path, "--organisation", "Ashdale Council")
    assert "2 lines, FTE not known" in ran.out
    path = tmp_path / "current.yaml"
    text = path.read_text("utf-8").replace("title: Current", "hours_per_week: 37\ntitle: Current")
    path.write_text(text, "utf-8")
    assert "hours_per_week" in ran.out
    total = next(line for line in restructure("vacancies", path).out.splitlines() if line.startswith("Total"))
    assert " 2.5 " in total


def test_two_columns_with_one_header_are_told(tmp_path: Path, restructure: Restructure) -> None:
    extract = write_csv(tmp_path / "staff.csv", [["Post Title", "FTE", "FTE"], ["Clerk", "1", "0.5"]])
    ran = restructure("import", extract, "--dry-run", "--organisation", "A")
    assert 'a second column is headed "FTE"' in ran.err


def test_utf_16_without_its_mark_is_read(tmp_path: Path, restructure: Restructure) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        extract = tmp_path / f"{encoding}.csv"
        extract.write_bytes("Post Title\tFTE\nZoë\t1\n".encode(encoding))
        assert "1 line, 1 FTE" in restructure("import", extract, "--dry-run", "--organisation", "A").out


def test_a_person_of_more_than_one_fte_is_counted_as_stated_and_told(tmp_path: Path, restructure: Restructure) -> None:
    extract = write_csv(tmp_path / "staff.csv", [["Post Title", "FTE", "Employee No"], ["Clerk", "37", "7"]])
    ran = restructure("import", extract, "--dry-run", "--organisation", "A")
    assert "one person of 37 FTE" in ran.err
    assert "1 line, 37 FTE" in ran.out


def test_a_row_in_which_nothing_is_read_is_not_called_blank(imported: Imported) -> None:
    rows = [["0420", "Clerk", "North"], ["", "", "Total"]]
    told = imported(rows, header=["Post No", "Post Title", "Nickname"]).out
    assert "1 row with nothing in a column that is read passed over." in told
