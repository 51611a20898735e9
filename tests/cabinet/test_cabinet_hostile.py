"""Titles that would act somewhere act nowhere: each format of a report and a chart shows them as they stand."""

import json
import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path

import pytest
from reports_read import WORD, Page, markdown, markdown_tables, plain, word_body, word_part

from restructure_cli.model.report import Bar, Column, Kind, Legend, Report, Row, Section, Table, Tree, TreeLine
from restructure_cli.render.csv import render_csv
from restructure_cli.render.html import render_html
from restructure_cli.render.markdown import render_markdown
from restructure_cli.render.mermaid import render_mermaid
from restructure_cli.render.printable import printable
from restructure_cli.render.svg import render_svg
from restructure_cli.render.text import render_text
from restructure_cli.render.word import render_word
from running import Restructure

HOSTILE = (
    '=HYPERLINK("http://evil.example/","Clerk")',
    "+cmd|' /C calc'!A0",
    "[red]Clerk[/red]",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a | b || c",
    "::error file=a,line=1::Clerk",
    "##[error]Clerk",
    "Clerk \x1b[31mred\x1b]8;;http://evil.example\x07link",
    "Clerk \u202egnitirw\u202c",
    "Clerk\n\n# Heading\n- item",
    "](javascript:alert(1))",
    "[Clerk](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "`code` ```mermaid",
    "*bold* _slanted_ ~~gone~~ \\* &lt;b&gt; &#60;",
    "# Heading",
    "1. Item",
    "--- ===",
    "<http://evil.example> https://evil.example www.evil.example",
    '"]; click n1 "javascript:alert(1)"; end',
    "%%{init: {'securityLevel': 'loose'}}%%",
    "--> B; subgraph x",
    "</text><a href='javascript:alert(1)'>",
    "]]> <!-- --> <?xml?> \ufffe\uffff",
    "{ HYPERLINK http://evil.example } { DDEAUTO c:\\\\cmd }",
    "$$x$$ :smile: @everyone",
    "-5",
    "{{ 7 * 7 }} ${x}",
    "Clerk " * 60,
)


def report(hostile: str) -> Report:
    """Put a text into every place that text from a file can reach."""
    table = Table(
        (Column(hostile), Column(hostile), Column("FTE", Kind.FTE)),
        (Row((hostile, hostile, hostile), indent=1), Row(("Total", hostile, "1"))),
        hostile,
        (hostile,),
    )
    lines = tuple(TreeLine(depth, hostile, hostile, legend, depth < 2) for depth, legend in enumerate(Legend))
    tree = Tree(hostile, lines)
    bars = (Bar(hostile, Decimal(1), Decimal(1), Decimal(1), hostile),)
    section = Section(hostile, (hostile,), (table,), bars, (hostile, "", hostile), (tree,), (hostile,), 1)
    return Report(hostile, (section, section._replace(level=2)), hostile, (hostile,), table)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_page_shows_it_and_holds_nothing_more(hostile: str) -> None:
    harmless, page = Page(render_html(report("Clerk"))), Page(render_html(report(hostile)))
    names = [tag for tag, _ in page.tags if tag != "span"]
    assert names == [tag for tag, _ in harmless.tags if tag != "span"]
    assert not {key for _, given in page.tags for key in given if key.startswith("on") or key in ("src", "action")}
    assert all(given["href"].startswith("#") for _, given in page.tags if "href" in given)
    assert not page.open
    assert page.headings[0] == (1, printable(hostile))
    row = page.tables[0].rows[0]
    assert row == [printable(hostile)] * 3


@pytest.mark.parametrize("hostile", HOSTILE)
def test_markdown_shows_it_and_holds_nothing_more(hostile: str) -> None:
    written = render_markdown(report(hostile))
    tokens = markdown(written)
    allowed = {
        "heading",
        "paragraph",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "bullet_list",
        "list_item",
        "inline",
    }
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= allowed
    inside = {child.type for token in tokens for child in token.children or ()}
    assert inside <= {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close", "softbreak"}
    heading = next(tokens[number + 1] for number, token in enumerate(tokens) if token.type == "heading_open")
    assert plain(heading) == printable(hostile)
    tables = [table for table in markdown_tables(written) if any(table.headings)]
    assert tables[0].rows[0] == [printable(hostile)] * 3
    assert not [line for line in written.splitlines() if line.lstrip().startswith("::") or "##[" in line]
    assert not re.search(r"https?://|www\.", written), "GitHub makes a link of an address"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_drawing_shows_it_and_holds_nothing_more(hostile: str) -> None:
    drawing = ElementTree.fromstring(render_svg(report(hostile)))
    names = {node.tag.rpartition("}")[2] for node in drawing.iter()}
    assert names <= {"svg", "title", "desc", "rect", "circle", "path", "g", "text", "tspan"}
    attributes = {key for node in drawing.iter() for key in node.attrib}
    assert not {key for key in attributes if key.startswith("on") or "href" in key}
    texts = ["".join(node.itertext()) for node in drawing.iter()]
    assert printable(hostile) in texts


@pytest.mark.parametrize("hostile", HOSTILE)
def test_mermaid_takes_it_for_a_label(hostile: str) -> None:
    lines = render_mermaid(report(hostile)).splitlines()
    forms = (
        r"flowchart LR",
        r'subgraph s\d+\["LABEL"\]',
        r's\d+n\d+(?:\["LABEL"\]|\("LABEL"\))',
        r"s\d+n\d+ --- s\d+n\d+",
        r"class s\d+n\d+ [a-z]+",
        r"classDef [a-z]+ fill:#ffffff,stroke:#\w+,color:#\w+,stroke-width:2px",
        r"end",
    )
    label = r"(?:[^\"<>&`;{}\[\]%#|\\]|#\d+;|<br/>)*"
    pattern = re.compile("|".join(form.replace("LABEL", label) for form in forms))
    assert [line for line in lines if not pattern.fullmatch(line)] == []
    first = next(line for line in lines if line.startswith("s0n0"))
    title = first.partition('"')[2].partition("<br/>")[0]
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), title) == printable(hostile)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_word_file_shows_it_and_holds_nothing_more(hostile: str) -> None:
    raw = render_word(report(hostile))
    body = word_body(raw)
    cells = ["".join(node.itertext()) for node in body.iter(f"{WORD}tc")]
    assert cells[3:6] == [printable(hostile)] * 3
    names = {node.tag for node in body.iter()}
    assert not names & {f"{WORD}{name}" for name in ("fldSimple", "fldChar", "instrText", "hyperlink", "object")}
    links = word_part(raw, "word/_rels/document.xml.rels")
    assert not [one for one in links if one.get("TargetMode") == "External"]


@pytest.mark.parametrize("width", [None, 60])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_terminal_and_ci_obey_nothing_in_it(hostile: str, width: int | None) -> None:
    text = render_text(report(hostile), width=width, colour=False)
    assert "\x1b" not in text and "\u202e" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::") or "##[" in line]
    coloured = render_text(report(hostile), width=width, colour=True)
    assert set(re.findall(r"\x1b[^m]*m", coloured)) <= {f"\x1b[{code}m" for code in COLOURS}


COLOURS = ("0", "1", "2", "31", "32", "33", "34", "1;31", "1;32", "1;33", "1;34")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_spreadsheet_runs_nothing_in_it(hostile: str) -> None:
    for line in render_csv(report(hostile)).splitlines():
        assert not line.lstrip('"').startswith(("=", "+", "-", "@", "\t"))


def test_a_whole_folder_of_them_is_written(restructure: Restructure, tmp_path: Path) -> None:
    """From the files to the files: nothing on the way lets one of them through."""
    posts = {f"p{number}": {"title": printable(text), "fte": "1", "filled": "1"} for number, text in enumerate(HOSTILE)}
    head = {"restructure": "structure/1", "organisation": "<b>Ashdale</b>", "title": "::error::"}
    (tmp_path / "current.yaml").write_text(json.dumps({**head, "posts": posts}, ensure_ascii=False), "utf-8")
    over = {"restructure": "structure/1", "based_on": "current.yaml", "title": "`x` |", "posts": {"p0": {"fte": "2"}}}
    (tmp_path / "proposed.yaml").write_text(json.dumps(over), "utf-8")
    files = [tmp_path / f"report.{extension}" for extension in ("md", "html", "docx", "txt", "json")]
    ran = restructure("report", tmp_path, *(word for file in files for word in ("--output", file)))
    assert ran.code == 0, ran.err
    page = Page(files[1].read_text("utf-8"))
    assert not page.open and not {"script", "img", "a"} & {tag for tag, given in page.tags if "href" not in given}
    assert "<script>alert(1)</script>" in "".join(page.text)
    chart = restructure("chart", tmp_path, "--format", "svg")
    assert "".join(ElementTree.fromstring(chart.out).itertext()).count("<script>alert(1)</script>") == 2
