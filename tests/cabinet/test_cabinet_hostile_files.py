"""Hostile text in every place of every file, through every verb and format: nothing of it acts anywhere.

Each answer is read by other people's parsers; what the renderers do with one text at a time stands in
`test_cabinet_hostile`.
"""

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from io import StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml
from reports_read import WORD, Page, markdown, word_body
from test_cabinet_hostile import HOSTILE

from running import Restructure

EVERY = (
    *HOSTILE, "+1", "-1", "@SUM(A1:A9)", "[red]x[/red]", "```", "%00 %s %n {0}", "  leading and trailing  ",
    "x" * 500, "word " * 100, "two\r\nlines\ttabbed", "NUL\x00 bell\x07 C1\x9b31m", "\u2028::warning::\u2029", "'",
    "&amp;", "\ufeff=1+1", "\u00a0=1+1", "＝1+1",
)  # fmt: skip
ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that act instead of showing, line breaks and tabs left aside."""
COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)
RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
ANSWERS = {
    "report": ("txt", "json", "csv", "md", "html", "docx", "xlsx"),
    "cost": ("txt", "json", "csv", "xlsx"),
    "diff": ("txt", "json", "csv", "md"),
    "vacancies": ("txt", "json", "csv"),
    "gap": ("txt", "json", "csv"),
    "claims": ("txt", "json", "csv"),
    "chart": ("txt", "json", "csv", "md", "html", "svg", "mmd"),
    "check": ("txt", "json", "csv", "xml", "sarif"),
    "publish": ("csv", "yaml"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the files of an organisation whose every text is hostile, as YAML that quotes each as JSON does."""
    path = tmp_path_factory.mktemp("hostile")
    first = EVERY[0]
    posts = {
        f"p{number}": {"title": text, "team": f"t{number % 7}", "grade": f"{text[:40]}{number}", "fte": "2",
                       "filled": "1", "at": text, "note": text, "subject_to": text, "code": text}
        for number, text in enumerate(EVERY)
    }  # fmt: skip
    head = {"restructure": "structure/1", "organisation": EVERY[8], "service": first, "title": EVERY[3],
            "document": EVERY[6], "note": first}  # fmt: skip
    teams = {f"t{number}": {"title": EVERY[number], "note": first} for number in range(7)}
    costs = {f"c{number}": {"title": text, "amount": "£5", "at": text} for number, text in enumerate(EVERY[:9])}
    changed = {f"p{number}": {"title": f"{text} II", "fte": "3"} for number, text in enumerate(EVERY)}
    over = {"restructure": "structure/1", "based_on": "current.yaml", "title": EVERY[7], "document": EVERY[-4],
            "posts": changed}  # fmt: skip
    grades = {
        "restructure": "grades/1", "organisation": first, "year": "2026-27", "on_costs": {EVERY[1]: "1%"},
        "grades": {one["grade"]: {"salary": "£30000", "basis": "assumed", "because": one["title"]}
                   for one in posts.values()},
    }  # fmt: skip
    sources = {f"s{number}": {"title": text, "kind": "grant", "amount": "£5", "from": "2026-27", "status": "approved",
                              "at": text, "note": text} for number, text in enumerate(EVERY)}  # fmt: skip
    funding = {"restructure": "funding/1", "sources": sources, "needs": {
        "n0": {"title": first, "amount": "change.cost", "from": "2026-27"},
        "n1": {"title": EVERY[4], "amount": "£7", "from": "2026-27", "at": EVERY[2]},
    }}  # fmt: skip
    claims = {"restructure": "claims/1", "claims": {
        f"k{number}": {"at": text, "says": text, "expect": {"current.fte": "1"}} for number, text in enumerate(EVERY)
    }}  # fmt: skip
    for name, whole in {"current": {**head, "teams": teams, "posts": posts, "costs": costs}, "proposed": over,
                        "grades": grades, "funding": funding, "claims": claims}.items():  # fmt: skip
        (path / f"{name}.yaml").write_text(json.dumps(whole, ensure_ascii=True), "utf-8")
    return path


def answer(restructure: Restructure, folder: Path, verb: str, form: str, made: Path) -> Path:
    file = made / f"{verb}.{form}"
    ran = restructure(verb, folder, "--output", file)
    assert ran.code in (0, 1), ran.err
    assert file.exists(), ran.err
    for told in (ran.out, ran.err):
        assert not ACTING.search(told) and not COMMAND.search(told)
    return file


def texts_of(files: list[Path]) -> list[str]:
    return [file.read_text("utf-8-sig" if file.suffix == ".csv" else "utf-8") for file in files]


@pytest.mark.parametrize("verb", ANSWERS)
def test_no_text_file_holds_a_character_that_acts_or_a_command_of_ci(
    verb: str, folder: Path, restructure: Restructure, tmp_path: Path
) -> None:
    forms = [form for form in ANSWERS[verb] if form not in ("docx", "xlsx")]
    for form, text in zip(
        forms, texts_of([answer(restructure, folder, verb, form, tmp_path) for form in forms]), strict=True
    ):
        assert not ACTING.search(text), (verb, form, ACTING.search(text))
        if form in ("txt", "md", "mmd"):
            assert not COMMAND.search(text), (verb, form)


@pytest.mark.parametrize("verb", [verb for verb, forms in ANSWERS.items() if "csv" in forms])
def test_no_cell_of_a_csv_runs(verb: str, folder: Path, restructure: Restructure, tmp_path: Path) -> None:
    text = answer(restructure, folder, verb, "csv", tmp_path).read_text("utf-8-sig")
    rows = list(csv.reader(StringIO(text, newline="")))
    assert len(rows) > 10 and len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.strip().startswith(RUNS) or re.fullmatch(r"-\d+(\.\d+)?", cell), cell
        assert "\n" not in cell and "\r" not in cell


@pytest.mark.parametrize("verb", ["report", "cost"])
def test_no_part_of_a_workbook_runs(verb: str, folder: Path, restructure: Restructure, tmp_path: Path) -> None:
    path = answer(restructure, folder, verb, "xlsx", tmp_path)
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            part = ElementTree.fromstring(parts.read(name))
            assert not [one for one in part.iter() if one.get("TargetMode") == "External"]
        assert not [name for name in parts.namelist() if re.search("comments|vml|externalLink|macro", name)]
    book = openpyxl.load_workbook(path)
    shown = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == EVERY[0] and cell.data_type == "s" for cell in shown)
    for cell in shown:
        assert cell.hyperlink is None and cell.comment is None
        assert cell.data_type != "f" or not re.search("HYPERLINK|cmd|evil|calc'", str(cell.value)), cell.value
        assert not ACTING.search(str(cell.value))
    for sheet in book:
        assert re.fullmatch(r"[A-Z][a-z]+(?: costs)?(?: (?:current|proposed))?(?: \d{4}-\d\d)?", sheet.title)
        printed = (sheet.oddHeader, sheet.oddFooter)
        words = {part.text for one in printed for part in (one.left, one.center, one.right) if part.text}
        assert words <= {"&F", "&A", "&P / &N"}
    assert not book.defined_names


def test_no_page_holds_more_than_text(folder: Path, restructure: Restructure, tmp_path: Path) -> None:
    for verb in ("report", "chart"):
        page = Page(answer(restructure, folder, verb, "html", tmp_path).read_text("utf-8"))
        assert not page.open
        assert not {tag for tag, _ in page.tags} & {
            "script",
            "img",
            "iframe",
            "object",
            "embed",
            "form",
            "link",
            "base",
        }
        assert all(given["href"].startswith("#") for _, given in page.tags if "href" in given)
        assert not [key for _, given in page.tags for key in given if key.startswith("on") or key in ("src", "action")]
        assert "<script>alert(1)</script>" in "".join(page.text)


def test_no_markdown_holds_more_than_text(folder: Path, restructure: Restructure, tmp_path: Path) -> None:
    for verb in ("report", "diff", "chart"):
        text = answer(restructure, folder, verb, "md", tmp_path).read_text("utf-8")
        tokens = markdown(text)
        inside = {child.type for token in tokens for child in token.children or ()}
        assert not inside & {"link_open", "image", "code_inline", "s_open"}, verb
        assert not {"fence", "code_block", "hr", "blockquote_open"} & {token.type for token in tokens}, verb
        raw = [child.content for token in tokens for child in token.children or () if child.type == "html_inline"]
        raw += [token.content.strip() for token in tokens if token.type == "html_block"]
        assert not [tag for tag in raw if re.search("script|img|javascript|onerror|<a", tag)], (verb, raw)


def test_no_word_file_holds_more_than_text(folder: Path, restructure: Restructure, tmp_path: Path) -> None:
    path = answer(restructure, folder, "report", "docx", tmp_path)
    document = docx.Document(str(path))
    assert any(cell.text == EVERY[0] for table in document.tables for cell in table.columns[0].cells)
    names = {node.tag for node in word_body(path.read_bytes()).iter()}
    assert not names & {f"{WORD}{name}" for name in ("fldSimple", "fldChar", "instrText", "hyperlink", "object")}
    with zipfile.ZipFile(path) as parts:
        for name in (name for name in parts.namelist() if name.endswith((".xml", ".rels"))):
            part = ElementTree.fromstring(parts.read(name))
            assert not [one for one in part.iter() if one.get("TargetMode") == "External"]


def test_no_drawing_or_document_of_a_check_holds_more_than_text(
    folder: Path, restructure: Restructure, tmp_path: Path
) -> None:
    drawing = ElementTree.parse(answer(restructure, folder, "chart", "svg", tmp_path)).getroot()
    names = {node.tag.rpartition("}")[2] for node in drawing.iter()}
    assert names <= {"svg", "title", "desc", "rect", "circle", "path", "g", "text", "tspan"}
    cases = ElementTree.parse(answer(restructure, folder, "check", "xml", tmp_path)).getroot()
    assert {node.tag for node in cases.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out", "properties", "property",
    }  # fmt: skip
    for form in ("sarif", "json"):
        assert json.loads(answer(restructure, folder, "check", form, tmp_path).read_text("utf-8"))


def test_what_is_published_is_read_back_as_it_was_meant(folder: Path, restructure: Restructure, tmp_path: Path) -> None:
    text = answer(restructure, folder, "publish", "yaml", tmp_path).read_text("utf-8")
    told = yaml.load(text, Loader=yaml.BaseLoader)  # every value as the text it is, as we read it
    assert told["restructure"] == "structure/1"
    titles = {id_: post["title"].strip() for id_, post in told["posts"].items()}
    assert titles == {f"p{number}": title.strip() for number, title in enumerate(EVERY)}
