"""`restructure report` and `restructure chart`: one run, several files, what is missing said, wrong calls refused."""

import json
import re
import sys
from pathlib import Path

import pytest
from reports_read import Page

from restructure_cli.cli import progress
from running import Restructure

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CHAPTERS = (
    "Summary", "What changes", "Vacancies and pools", "Costs", "Funding and gap", "Risks", "Structure charts",
    "Assumptions", "Sources",
)  # fmt: skip
CURRENT = """
restructure: structure/1
organisation: Ashdale Council
title: Structure today
posts:
  clerk: {title: Clerk, grade: C, fte: 2, filled: 1}
"""


@pytest.fixture(autouse=True)
def a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no width of a terminal wrap what is printed."""
    monkeypatch.delenv("COLUMNS", raising=False)


def chapters(html: str) -> list[str]:
    return [title for level, title in Page(html).headings if level == 2]


def folder(path: Path, **files: str) -> Path:
    for name, text in {"current": CURRENT, **files}.items():
        (path / f"{name}.yaml").write_text(text.strip() + "\n", encoding="utf-8")
    return path


def test_the_chapters_of_a_whole_folder(restructure: Restructure) -> None:
    ran = restructure("report", EXAMPLES, "--format", "html")
    assert ran.code == 0
    assert tuple(chapters(ran.out)) == CHAPTERS


def test_what_a_folder_has_no_files_for_is_left_out_and_said(restructure: Restructure, tmp_path: Path) -> None:
    ran = restructure("report", folder(tmp_path), "--format", "html")
    assert ran.code == 0, ran.err
    assert chapters(ran.out) == [one for one in CHAPTERS if one not in ("What changes", "Costs", "Funding and gap")]
    for file in ("proposed structure", "grades file", "funding file", "claims file"):
        assert f"because there is no {file}." in ran.out
    told = json.loads(restructure("report", tmp_path, "--format", "json").out)
    assert [told[key] for key in ("diff", "cost", "gap", "claims")] == [None] * 4
    assert told["vacancies"]["totals"]["vacant"]["current"] == "1"


def test_one_run_writes_several_files_and_nothing_else(restructure: Restructure, tmp_path: Path) -> None:
    files = [tmp_path / f"report.{extension}" for extension in ("md", "html", "docx", "txt", "json")]
    ran = restructure("report", EXAMPLES, *(word for file in files for word in ("--output", file)))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("".join(f"Wrote {file}\n" for file in files))
    assert all(file.stat().st_size > 10_000 for file in files)


@pytest.mark.parametrize("form", ["markdown", "html", "text", "json"])
def test_the_same_files_make_the_same_report(form: str, restructure: Restructure) -> None:
    runs = {restructure("report", ROOT / "structures" / "sefton", "--format", form).out for _ in range(2)}
    assert len(runs) == 1


def test_files_are_named_with_their_sha256_and_paragraphs_with_what_was_taken_from_them(
    restructure: Restructure,
) -> None:
    import hashlib

    out = restructure("report", EXAMPLES, "--format", "markdown").out
    for name in ("current", "proposed", "grades", "funding"):
        assert hashlib.sha256((EXAMPLES / f"{name}.yaml").read_bytes()).hexdigest() in out
    assert re.search(r"\| 5\.4 \| .*proposed\.yaml \| Family Worker, Play Lead \|", out)


def test_risks_are_named(restructure: Restructure) -> None:
    out = restructure("report", EXAMPLES, "--format", "markdown").out
    assert "| Participation Officer | job evaluation | 1 | 37,878.75 | yes | 5.5 |" in out
    assert "| no price for grade EP | 1 | 1.5 |" in out
    assert "Family grant ends (2028-03)" in out
    assert "| FND504 | warning |" in out


def test_grades_that_are_not_evaluated_are_a_risk(restructure: Restructure, tmp_path: Path) -> None:
    grades = "restructure: grades/1\norganisation: Ashdale Council\nyear: 2026-27\ngrades: {C: {cost: £30000}}"
    text = CURRENT.replace("grade: C,", "grade: C, grading: indicative,")
    out = restructure("report", folder(tmp_path, current=text, grades=grades), "--format", "markdown").out
    assert "| Clerk | C | indicative | 2 | 60,000 | 60,000 | yes |  |" in out


def test_years_are_those_that_are_asked_for(restructure: Restructure) -> None:
    out = restructure("report", EXAMPLES, "--years", "2", "--format", "markdown").out
    assert "| 2026-27 £ | 2027-28 £ |" in out and "2028-29 £" not in out
    beyond = restructure("report", EXAMPLES, "--years", "9", "--format", "markdown")
    assert beyond.code == 3 and "2029-30" in beyond.err and beyond.out == ""


def test_a_file_that_is_not_valid_ends_with_3_and_no_file(restructure: Restructure, tmp_path: Path) -> None:
    folder(tmp_path, current=CURRENT.replace("fte: 2", "fte: two"))
    output = tmp_path / "report.md"
    ran = restructure("report", tmp_path, "--output", output)
    assert ran.code == 3 and not output.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("report", "examples/current.yaml"), "name the folder that it is in"),
        (("report", "examples", "--output", "report.pdf"), "the extension says no format"),
        (("report", "examples", "--format", "svg"), "this verb does not write svg"),
        (("report", "examples", "--format", "docx"), "name one with --output"),
        (("diff", "examples", "--output", "changes.html"), "this verb does not write html"),
    ],
)
def test_a_wrong_call_ends_with_2(
    arguments: tuple[str, ...], says: str, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    ran = restructure(*arguments)
    assert ran.code == 2
    assert says in re.sub(r"[\s│]+", " ", ran.err)
    assert not (ROOT / "report.pdf").exists() and not (ROOT / "changes.html").exists()


def test_without_the_library_it_says_what_to_install(
    restructure: Restructure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [
        name for name in sys.modules if name == "docx" or name.startswith(("docx.", "restructure_cli.render.word"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    ran = restructure("report", EXAMPLES, "--output", tmp_path / "report.docx")
    assert ran.code == 2
    assert "pip install 'restructure-cli[word]'" in re.sub(r"[\s│]+", " ", ran.err)
    assert not (tmp_path / "report.docx").exists()


def test_a_long_run_says_what_it_does_on_standard_error(
    restructure: Restructure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_LONG", 600.0)
    quiet = restructure("report", EXAMPLES, "--output", tmp_path / "report.md")
    assert "writing markdown" not in quiet.err
    monkeypatch.setattr(progress, "_LONG", 0.0)
    told = restructure("report", EXAMPLES, "--output", tmp_path / "report.md")
    for doing in ("pricing", "comparing", "setting funding against need", "building the report", "writing markdown"):
        assert f"{doing} …" in told.err


def test_a_pipe_is_told_once_in_a_while_however_many_stages_there_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(progress, "_LONG", 1.0)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    run = progress.Progress()
    for stage in range(40):
        now[0] += 0.125
        run.tell(f"stage {stage}")
    assert capsys.readouterr().err == "stage 8 …\nstage 17 …\nstage 26 …\nstage 35 …\n"


def test_a_large_structure_is_drawn_by_its_teams_in_a_report_and_whole_by_chart(
    restructure: Restructure, tmp_path: Path
) -> None:
    posts = "".join(f"  p{number}: {{title: Post {number}, team: t, fte: 1}}\n" for number in range(500))
    text = f"restructure: structure/1\norganisation: Ashdale\ntitle: A\nteams: {{t: {{title: Team}}}}\nposts:\n{posts}"
    out = restructure("report", folder(tmp_path, current=text), "--format", "markdown").out
    chart = out[out.index("## Structure charts") : out.index("## Assumptions")]
    assert "The teams only: there are 501 teams and posts." in chart and "Post 7" not in chart
    assert "- **Team** — 500 posts" in chart
    assert restructure("chart", tmp_path).out.count("· Post ") == 500


def test_the_chart_of_a_folder_has_both_sides_and_the_legend(restructure: Restructure) -> None:
    out = restructure("chart", EXAMPLES).out
    assert "├─ = Assessment: 4 posts\n│  ├─ x Clerk [deleted]: 1 FTE, grade C\n" in out
    assert "   ├─ ~ Participation Officer [in development]: 1 FTE, grade F; new; subject to job evaluation\n" in out
    for word in ("unchanged", "new or changed", "transferred", "in development", "deleted"):
        assert re.search(rf"^{word}  ", out, re.MULTILINE)


def test_the_chart_of_one_structure_has_no_legend(restructure: Restructure) -> None:
    out = restructure("chart", EXAMPLES / "current.yaml").out
    assert "├─ · Head of Service: 1 FTE, grade HAY-B\n" in out and "Legend" not in out


def test_a_chart_as_data_names_what_each_stands_under(restructure: Restructure) -> None:
    told = json.loads(restructure("chart", EXAMPLES, "--format", "json").out)
    lines = {(one["side"], line["kind"], line["id"]): line for one in told["charts"] for line in one["lines"]}
    assert lines["proposed", "post", "social-worker"]["under"] == {"kind": "post", "id": "team-manager"}
    assert lines["current", "post", "clerk"]["legend"] == "deleted"
    assert lines["proposed", "team", "childrens"]["under"] is None
    rows = restructure("chart", EXAMPLES, "--format", "csv").out.splitlines()
    assert "current,post,clerk,Clerk,team,assessment,C,1,deleted," in rows


def test_colour_only_repeats_what_words_say() -> None:
    from restructure_cli.model.report import Legend, Report, Section, Tree, TreeLine
    from restructure_cli.render.text import render_text

    tree = Tree("A", (TreeLine(0, "Clerk", "1 FTE", Legend.DELETED),))
    report = Report("A", (Section("", trees=(tree,)),), "")
    coloured, plain = (render_text(report, width=80, colour=colour) for colour in (True, False))
    assert "\x1b[31mx Clerk [deleted]: 1 FTE\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == plain
