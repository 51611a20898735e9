"""A UK government organogram becomes a structure, its grades and its claims; nothing of it is lost or made up."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from extracts_made import JUNIOR, SENIOR, junior, organogram, senior, structure, write_csv, write_workbook

from restructure_cli.files.reader import Reader
from restructure_cli.model.claims import Claims
from restructure_cli.model.grades import Grades, Span
from restructure_cli.model.quantities import known
from running import Ran, Restructure

TOP, LAMPS = senior("1", "Keeper General", "XX"), senior("2", "Director of Lamps", "1")
Drawn = Callable[..., Ran]
"""Imports senior and junior rows with some options."""
_COST = "Salary Cost of Reports (£)"


@pytest.fixture
def drawn(tmp_path: Path, restructure: Restructure) -> Drawn:
    def run(seniors: list[list[str]], juniors: list[list[str]], *options: str) -> Ran:
        files = organogram(tmp_path, seniors, juniors)
        return restructure("import", *files, "--to", tmp_path / "out", *options)

    return run


def fte(folder: Path) -> dict[str, Decimal | None]:
    return {id_: known(post.fte) for id_, post in structure(folder / "out" / "current.yaml").posts.items()}


def grades(folder: Path) -> Grades:
    found = Reader().grades(folder / "out" / "grades.yaml")
    assert found is not None
    return found


def claims(folder: Path) -> Claims:
    found = Reader().claims(folder / "out" / "claims.yaml")
    assert found is not None
    return found


def test_senior_and_junior_posts_grades_and_reporting_lines(drawn: Drawn, tmp_path: Path) -> None:
    ran = drawn([TOP, LAMPS], [junior("2", "Lamplighter", "3.5"), junior("1", "Clerk", "1", Grade="Deck")])
    assert ran.code == 0, ran.err
    assert fte(tmp_path) == {"1": 1, "2": 1, "2-keeper-lamplighter": Decimal("3.5"), "1-deck-clerk": 1}
    made = structure(tmp_path / "out" / "current.yaml")
    assert {post.id: post.reports_to for post in made.posts.values()} == {
        "1": None, "2": "1", "2-keeper-lamplighter": "2", "1-deck-clerk": "1",
    }  # fmt: skip
    assert made.posts["2"].salary == Span(Decimal(70000), Decimal(74999))
    assert (made.organisation, str(made.as_at)) == ("Lighthouse Board", "2020-03-31")
    assert str(grades(tmp_path).year) == "2019-20"
    assert grades(tmp_path).grades["Keeper"].salary == Span(Decimal(20000), Decimal(25001))
    assert not grades(tmp_path).grades["SCS1"].priced
    assert "4 rows in = 4 used + 0 rejected" in ran.out


def test_a_vacant_post_is_nobodys_and_an_eliminated_one_is_outside_the_totals(drawn: Drawn, tmp_path: Path) -> None:
    nil = {"Actual Pay Floor (£)": "0", "Actual Pay Ceiling (£)": "0"}
    vacant = senior("3", "Director of Fog", "1", Name="Vacant", **nil)
    ran = drawn([TOP, vacant, senior("4", "Director of Oil", "1", Name="Eliminated")], [])
    posts = structure(tmp_path / "out" / "current.yaml").posts
    assert known(posts["3"].filled) == 0
    assert posts["3"].salary is None
    assert not posts["4"].in_totals
    assert known(posts["1"].filled) == 1
    assert "1 senior post is vacant." in ran.out
    assert "1 senior post is eliminated, and outside the totals." in ran.out


def test_what_is_not_disclosed_is_unknown(drawn: Drawn, tmp_path: Path) -> None:
    hidden = senior("3", "Director of Fog", "1", Name="N/D", FTE="", **{"Actual Pay Floor (£)": "N/D", _COST: "N/D"})
    lamplighters = junior("3", "Lamplighter", "", **{"Payscale Minimum (£)": "", "Payscale Maximum (£)": "N/D"})
    ran = drawn([TOP, hidden], [lamplighters])
    assert ran.code == 0
    assert fte(tmp_path) == {"1": 1, "3": None, "3-keeper-lamplighter": None}
    assert not grades(tmp_path).grades["Keeper"].priced
    assert "Total, known part" in ran.out


def test_a_grade_with_two_ranges_of_pay_has_none_and_its_posts_their_own(drawn: Drawn, tmp_path: Path) -> None:
    drawn([TOP], [junior("1", "Clerk", "1"), junior("1", "Clerk", "2", **{"Payscale Maximum (£)": "30000"})])
    posts = structure(tmp_path / "out" / "current.yaml").posts
    assert {id_: post.salary.high for id_, post in posts.items() if post.salary and id_ != "1"} == {
        "1-keeper-clerk-20000-25001": 25001, "1-keeper-clerk-20000-30000": 30000,
    }  # fmt: skip
    assert grades(tmp_path).grades["Keeper"].salary is None


def test_orphans_loops_and_tops_are_told_and_their_posts_kept(drawn: Drawn, tmp_path: Path) -> None:
    seniors = [TOP, senior("2", "A", "3"), senior("3", "B", "2"), senior("4", "C", "77"), senior("5", "D", "XX")]
    ran = drawn(seniors, [junior("88", "Clerk", "2")])
    assert ran.code == 0
    assert sum(value or 0 for value in fte(tmp_path).values()) == 7
    for code in ("REF112", "REF113", "REF114"):
        assert code in ran.err
    assert "reports to 77" in ran.err
    assert "reports to 88" in ran.err


def test_a_reference_used_twice_is_a_job_share_or_two_posts_and_told(drawn: Drawn, tmp_path: Path) -> None:
    half = senior("2", "Director", "1", FTE="0.5")
    ran = drawn([TOP, half, senior("2", "Director", "1", FTE="0.5", Name="Else"), senior("2", "Surveyor", "1")], [])
    assert fte(tmp_path) == {"1": 1, "2": 1, "2-surveyor": 1}
    assert "read as a job share" in ran.err
    assert "reference 2 is Surveyor here and Director elsewhere" in ran.err


def test_a_job_share_of_which_one_fte_is_unknown_does_not_lose_the_other(drawn: Drawn, tmp_path: Path) -> None:
    drawn([TOP, senior("2", "Director", "1", FTE="0.5"), senior("2", "Director", "1", FTE="", Name="Other")], [])
    assert fte(tmp_path) == {"1": 1, "2": Decimal("0.5"), "2-director": None}


def test_people_in_no_post_share_the_reference_nought_and_are_outside_the_totals(drawn: Drawn, tmp_path: Path) -> None:
    ran = drawn([TOP, *(senior("0", "Not in post", "1", Name=name) for name in ("One", "Other"))], [])
    assert ran.err == ""
    assert fte(tmp_path) == {"1": 1, "0": 1, "0-not-in-post": 1}
    assert "Outside the totals: 2 lines, 2 FTE" in ran.out


def test_a_senior_post_without_a_reference_is_kept_and_told(drawn: Drawn, tmp_path: Path) -> None:
    ran = drawn([TOP, senior("", "Surveyor", "1", FTE="0.5"), senior("XX", "Surveyor", "1", FTE="0.7")], [])
    assert ran.err.count("REF115") == 2
    assert fte(tmp_path) == {"1": 1, "surveyor": Decimal("0.5"), "surveyor-70000-74999": Decimal("0.7")}


def test_rows_that_only_a_template_has_filled_in_are_blank(drawn: Drawn) -> None:
    padding = dict.fromkeys(SENIOR, "") | {"Valid?": "1"}
    ran = drawn([TOP, *[list(padding.values())] * 30], [])
    assert ran.err == ""
    assert "30 rows with nothing in a column that is read" in ran.out


def test_a_spreadsheets_number_written_out_too_far_is_what_it_showed(drawn: Drawn, tmp_path: Path) -> None:
    drawn([senior("1", "Keeper General", "XX", FTE="0.59999999999999998")], [])
    assert fte(tmp_path) == {"1": Decimal("0.6")}


def test_blank_rows_preambles_and_other_encodings_are_read_through(tmp_path: Path, restructure: Restructure) -> None:
    rows = [["Senior staff – published"], [], SENIOR, TOP, [""] * 19, senior("2", "Director – Lamps", "1"), [], [""]]
    extract = write_csv(tmp_path / "board-20200331-senior.csv", rows, encoding="cp1252")
    ran = restructure("import", extract, "--to", tmp_path / "out")
    assert ran.code == 0, ran.err
    assert "2 rows in = 2 used + 0 rejected" in ran.out
    assert "Windows-1252" in ran.out
    assert structure(tmp_path / "out" / "current.yaml").posts["2"].title == "Director – Lamps"


def test_both_sheets_of_a_workbook_are_read_and_others_named(tmp_path: Path, restructure: Restructure) -> None:
    sheets: dict[str, Sequence[Sequence[str]]] = {
        "Guidance": [["Fill in the sheets"]],
        "senior": [SENIOR, TOP],
        "junior": [JUNIOR, junior("1", "Clerk", "2")],
    }
    book = write_workbook(tmp_path / "board.xlsx", sheets)
    ran = restructure("import", book, "--to", tmp_path / "out", "--as-at", "2020-03-31")
    assert ran.code == 0, ran.err
    assert fte(tmp_path) == {"1": 1, "1-keeper-clerk": 2}
    assert "No table of posts in board.xlsx Guidance." in ran.out


def test_a_day_is_asked_for_where_no_file_name_has_one(tmp_path: Path, restructure: Restructure) -> None:
    ran = restructure("import", write_csv(tmp_path / "board.csv", [SENIOR, TOP]), "--to", tmp_path / "out")
    assert ran.code == 2
    assert "--as-at" in ran.err


def test_costs_of_reports_agree_under_the_convention_each_was_worked_out_by(
    drawn: Drawn, tmp_path: Path, restructure: Restructure
) -> None:
    """Two lamplighters at £22,500.50 are £45,001; one and a half are £33,750.75, and 75p may go or be rounded."""
    seniors = [
        senior("1", "Keeper General", "XX", **{_COST: "217500"}),  # three directors at £72,500
        senior("2", "Director of Lamps", "1", **{_COST: "45001"}),
        senior("3", "Director of Fog", "1", **{_COST: "33750"}),
        senior("4", "Director of Oil", "1", **{_COST: "33751"}),
    ]
    juniors = [junior("2", "Lamplighter", "2"), junior("3", "Lamplighter", "1.5"), junior("4", "Lamplighter", "1.5")]
    ran = drawn(seniors, juniors)
    assert "4 published costs of reports carried as claims; 4 of them agree at mid-point." in ran.out
    carried = claims(tmp_path).claims
    assert {id_: claim.says.partition(", as ")[2] for id_, claim in carried.items()} == {
        "salary-cost-of-reports-1": "the mid-point pay of all posts that report to it, senior ones at the middle of "
        "their band in round pounds",
        "salary-cost-of-reports-2": "the mid-point pay of the junior posts that report to it",
        "salary-cost-of-reports-3": "the mid-point pay of the junior posts that report to it, pence dropped",
        "salary-cost-of-reports-4": "the mid-point pay of the junior posts that report to it, to the nearest pound",
    }
    assert "4 printed figures: 4 hold" in restructure("claims", tmp_path / "out").out


def test_a_cost_of_reports_that_agrees_under_none_does_not_hold(
    drawn: Drawn, tmp_path: Path, restructure: Restructure
) -> None:
    drawn([senior("1", "Keeper General", "XX", **{_COST: "44000"})], [junior("1", "Clerk", "2")])
    ran = restructure("claims", tmp_path / "out")
    assert ran.code == 1
    assert "does not hold" in ran.out


def test_two_snapshots_differ_by_what_came_and_went(tmp_path: Path, restructure: Restructure) -> None:
    for year, lamplighters in (("2020", "21"), ("2021", "17.4")):
        files = (
            write_csv(tmp_path / f"{year}-03-31-senior.csv", [SENIOR, TOP, LAMPS]),
            write_csv(tmp_path / f"{year}-03-31-junior.csv", [JUNIOR, junior("2", "Lamplighter", lamplighters)]),
        )
        assert restructure("import", *files, "--to", tmp_path / year).code == 0
    both = (tmp_path / "2020" / "current.yaml", tmp_path / "2021" / "current.yaml")
    ran = restructure("diff", *both)
    assert ran.code == 0
    assert ran.err == ""
    assert "1 less FTE, 2 unchanged; FTE 23 → 19.4 (−3.6)" in ran.out
    priced = restructure("cost", *both, "--grades", tmp_path / "2021" / "grades.yaml").out
    assert "£ a year then" in priced
    assert "Proposed £" not in priced


def test_a_post_with_a_salary_of_its_own_is_priced_at_it(
    drawn: Drawn, tmp_path: Path, restructure: Restructure
) -> None:
    drawn([senior("1", "Keeper General", "XX", FTE="0.5")], [])
    ran = restructure("cost", tmp_path / "out", "--format", "csv")
    assert "35000.00" in ran.out
    assert "36249.75" in ran.out
    assert "37499.50" in ran.out


def test_a_salary_of_a_posts_own_is_explained_down_to_its_line(
    drawn: Drawn, tmp_path: Path, restructure: Restructure
) -> None:
    drawn([senior("1", "Keeper General", "XX")], [])
    path = tmp_path / "out" / "current.yaml"
    line = next(number for number, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "salary:" in text)
    told = restructure("explain", path, "--post", "1").out
    for end in ("lowest", "highest"):
        assert f"current.yaml:{line} " in next(text for text in told.splitlines() if f"{end} salary" in text)


def test_pay_without_on_costs_is_called_that(drawn: Drawn, tmp_path: Path, restructure: Restructure) -> None:
    drawn([TOP], [junior("1", "Clerk", "2")])
    assert "Computed pay is salary alone, without on-costs." in restructure("cost", tmp_path / "out").out
    grades_ = tmp_path / "out" / "grades.yaml"
    grades_.write_text(grades_.read_text("utf-8").replace("0%", "25%"), "utf-8")
    assert "without on-costs." not in restructure("cost", tmp_path / "out").out


def test_rows_of_a_job_share_that_are_paid_differently_keep_each_its_pay(
    drawn: Drawn, tmp_path: Path, restructure: Restructure
) -> None:
    """The cost of what reports to the post, stated on the one row or the other, stays one claim."""
    pay = {"Actual Pay Floor (£)": "90000", "Actual Pay Ceiling (£)": "94999"}
    shares = [
        senior("2", "Director", "1", FTE="0.65", **{_COST: "0"}),
        senior("2", "Director", "1", FTE="0.6", Name="Else", **pay, **{_COST: "45001"}),
    ]
    ran = drawn([TOP, *shares], [junior("2", "Clerk", "2")])
    posts = structure(tmp_path / "out" / "current.yaml").posts
    assert {id_: str(known(post.fte)) for id_, post in posts.items() if post.salary and id_ != "1"} == {
        "2": "0.6", "2-director": "0.65",
    }  # fmt: skip
    assert {id_: post.salary.low for id_, post in posts.items() if post.salary and id_ != "1"} == {
        "2": 90000, "2-director": 70000,
    }  # fmt: skip
    assert "paid differently" in ran.err
    assert posts["2-keeper-clerk"].reports_to == "2"
    assert list(claims(tmp_path).claims) == ["salary-cost-of-reports-1", "salary-cost-of-reports-2"]
    assert "2 printed figures: 1 hold" in restructure("claims", tmp_path / "out").out


@pytest.mark.parametrize("written", ["dir2", "DIR 2", " DIR2 ", "00DIR2"])
def test_a_reference_spelled_otherwise_is_the_post_that_is_meant_and_told(
    written: str, drawn: Drawn, tmp_path: Path
) -> None:
    ran = drawn([TOP, senior("DIR2", "Director", "1")], [junior(written, "Clerk", "2")])
    assert structure(tmp_path / "out" / "current.yaml").posts["dir2-keeper-clerk"].reports_to == "DIR2"
    assert ("spelled otherwise" in ran.out) == (written.strip() != "DIR2")


def test_a_reference_that_could_be_two_posts_is_neither(drawn: Drawn, tmp_path: Path) -> None:
    ran = drawn([TOP, senior("A1", "One", "1"), senior("a1", "Two", "1")], [junior("A 1", "Clerk", "2")])
    assert structure(tmp_path / "out" / "current.yaml").posts["a-1-keeper-clerk"].reports_to is None
    assert "reports to A 1, and no senior post has that reference" in ran.err


def test_posts_under_an_eliminated_one_are_told(drawn: Drawn, tmp_path: Path) -> None:
    gone = senior("2", "Director", "1", Name="Eliminated'", FTE="0.01")
    ran = drawn([TOP, gone], [junior("2", "Clerk", "2"), junior("2", "Driver", "1")])
    assert "2 rows, of which Clerk is the first, report to 2, and that post is eliminated" in ran.err
    assert fte(tmp_path)["2-keeper-clerk"] == 2


@pytest.mark.parametrize(
    ("name", "filled"), [("GAPPED", 0), ("Vacant'", 0), ("VACANCY", 0), ("N/D", 1), ("N/A", None), ("", None)]
)
def test_a_name_says_whether_anybody_is_there(name: str, filled: int | None, drawn: Drawn, tmp_path: Path) -> None:
    drawn([TOP, senior("2", "Director", "1", Name=name)], [])
    assert known(structure(tmp_path / "out" / "current.yaml").posts["2"].filled) == filled


def test_several_organisations_are_named_where_one_has_to_be_chosen(drawn: Drawn) -> None:
    other = junior("1", "Clerk", "2", **{"Organisation": "Fog Office", "Parent Department": "Department for Dark"})
    ran = drawn([TOP], [other])
    assert ran.code == 2
    assert "Lighthouse Board" in ran.err
    assert "Fog Office" in ran.err
