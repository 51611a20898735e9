"""A comment for a pull request: it can be found again, it fits, it adds up, and no title in it acts."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from repository import CURRENT, HEADER, Repository

from restructure_cli.render.pull_request import LIMIT, MARKER
from running import Restructure

ROOT = Path(__file__).parents[2]
FIGURE = re.compile(r"^[+−]?[\d,]+(\.\d+)?$")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
Comment = Callable[[], str]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path / "repository")
    monkeypatch.chdir(made.folder)
    return made


@pytest.fixture
def comment(repository: Repository, restructure: Restructure) -> Comment:
    """Comment on what changed since main."""

    def told() -> str:
        ran = restructure("diff", "--against", "main", "--format", "markdown")
        assert ran.code == 0, ran.err
        return ran.out

    return told


def tables(text: str) -> list[list[list[str]]]:
    """Read the pipe tables of a comment: rows of cells, without emphasis."""
    found: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            found[-1].append([cell.strip().strip("*") for cell in cells])
        elif found[-1]:
            found.append([])
    return [table[:1] + table[2:] for table in found if table]


def adds_up(table: list[list[str]]) -> None:
    """Hold the rows of a table against its last one, column by column, in hundredths."""
    heading, *rows, total = table
    for column, title in enumerate(heading):
        if "FTE" in title or "£" in title:
            figures = [row[column] for row in rows if FIGURE.match(row[column])]
            assert sum(map(hundredths, figures)) == hundredths(total[column]), title


def hundredths(figure: str) -> int:
    whole, _, part = figure.replace("−", "-").replace(",", "").partition(".")
    return int(f"{whole}{part:0<2}")


def structure(*titles: str, fte: str = "1") -> str:
    posts = "".join(f'  p{number}: {{title: "{title}", fte: {fte}}}\n' for number, title in enumerate(titles))
    return f"{HEADER}title: Current\nposts:\n{posts}"


def test_it_begins_with_its_marker_and_its_headline(repository: Repository, comment: Comment) -> None:
    repository.write("current.yaml", CURRENT)
    repository.commit()
    repository.write("current.yaml", CURRENT.replace("fte: 2", "fte: 3"))
    lines = comment().splitlines()
    assert lines[0] == MARKER == "<!-- restructure:diff -->"
    assert lines[1] == "### What changed since main"
    assert lines[3] == "**1 more FTE; FTE 2 → 3 (+1); vacant 0.5 → 1.5 (+1).**"
    assert "<details><summary>current.yaml: 1 change</summary>\n\n| Line |" in "\n".join(lines)


@pytest.mark.parametrize("council", ["examples", "structures/sefton", "structures/bury", "structures/lancashire"])
def test_a_plain_diff_is_a_comment_as_well_and_adds_up(council: str, restructure: Restructure) -> None:
    folder = ROOT / council
    ran = restructure("diff", folder / "current.yaml", folder / "proposed.yaml", "--format", "markdown")
    assert ran.out.startswith(MARKER)
    summary, detail = tables(ran.out)
    assert len(summary) == 2
    adds_up(detail)
    assert detail[-1][2:] == summary[1][2:], "the total is that of the summary"


def test_it_fits_and_what_is_left_out_is_said_and_summed(repository: Repository, comment: Comment) -> None:
    titles = [f"Principal Officer for Matter {number} of a Long and Particular Kind" for number in range(1_500)]
    repository.write("current.yaml", structure(*titles))
    repository.commit()
    text = structure(*titles, fte="1.25").replace("p7: {title", "p7: {filled: 0, title")
    repository.write("current.yaml", text.replace('Matter 7 of a Long and Particular Kind", fte: 1.25', 'X", fte: 9'))
    told = comment()
    assert LIMIT - 1_000 < len(told.encode()) <= LIMIT == 65_536, "as much as fits"
    _, detail = tables(told)
    assert detail[1][0] == "Principal Officer for X", "the largest change comes first"
    assert re.match(r"[\d,]+ smaller changes, not shown", detail[-2][0])
    adds_up(detail)
    assert told.rstrip().endswith("</details>")


def test_many_structures_fit_as_well(repository: Repository, comment: Comment) -> None:
    for number in range(300):
        repository.write(f"{'long-name-' * 12}{number:03}/current.yaml", structure("&" * 5_000))
    repository.commit()
    for number in range(300):
        path = f"{'long-name-' * 12}{number:03}/current.yaml"
        repository.write(path, structure("<" * 5_000, fte=str(number + 2)))
    told = comment()
    assert len(told.encode()) <= LIMIT
    assert re.search(r"^2\d\d structures that change less are left out here\.$", told, re.MULTILINE)
    assert "299/current.yaml" in tables(told)[0][1][0], "the largest change comes first"


HOSTILE = [
    "</details><script>alert(1)</script>", "--><h1>x</h1>", "a | b | c", "**bold** _it_ `code`", "[x](https://e.org)",
    "![x](https://e.org/x.png)", "@everyone look", "see #12 and GH-12 and !12", "www.example.org", "&lt;b&gt;",
    "| --- | --- |", "\\\\| x", "# Heading", "<!-- restructure:diff -->", "x\\u202ey",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_acts(repository: Repository, comment: Comment, title: str) -> None:
    repository.write("current.yaml", structure("Clerk"))
    repository.commit()
    repository.write("current.yaml", structure(title, "Another", fte="2"))
    told = comment()
    assert told.count(MARKER) == 1
    for table in tables(told):
        assert {len(row) for row in table} == {len(table[0])}, "no cell ends early"
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(told)
    tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", rendered))
    assert tags <= {"h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "details", "summary"}
    shown = re.sub(r"<[^>]*>", "", rendered)
    assert not re.search(r"(?<!\w)@\w|(?<![&\w])#\d|GH-\d|!\d", shown)
    assert not re.search(r"www\.", told), "GitHub makes a link of it"


def test_a_path_in_the_summary_is_text(repository: Repository, comment: Comment) -> None:
    name = "a <b> & #12 @you/current.yaml"
    repository.write(name, structure("Clerk"))
    repository.commit()
    repository.write(name, structure("Clerk", fte="2"))
    summary = re.search(r"<summary>(.*)</summary>", comment())
    assert summary is not None
    assert summary[1] == "a &lt;b&gt; &amp; #&#8203;12 @&#8203;you/current.yaml: 1 change"


def test_nothing_changed_is_said(repository: Repository, comment: Comment) -> None:
    repository.write("current.yaml", CURRENT)
    repository.commit()
    told = comment()
    assert "1 structure since main: 1 unchanged." in told
    assert "<details>" not in told
