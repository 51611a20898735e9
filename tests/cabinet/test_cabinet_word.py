"""The Word file is one that people can work on: real styles, headers that repeat, figures right, broad tables broad."""

from decimal import Decimal
from pathlib import Path

import pytest
from reports_read import WORD, word_body, word_part

from restructure_cli.model.report import Column, Kind, Report, Row, Section, Table
from restructure_cli.render.word import render_word
from running import Restructure

ROOT = Path(__file__).parents[2]


@pytest.fixture
def raw(restructure: Restructure, tmp_path: Path) -> bytes:
    file = tmp_path / "report.docx"
    assert restructure("report", ROOT / "examples", "--output", file).code == 0
    return file.read_bytes()


def test_headings_are_styles_that_a_table_of_contents_finds(raw: bytes) -> None:
    styles = [node.get(f"{WORD}val") for node in word_body(raw).iter(f"{WORD}pStyle")]
    assert styles[0] == "Title" and {"Heading1", "Heading2"} <= set(styles)
    named = {node.get(f"{WORD}styleId") for node in word_part(raw, "word/styles.xml").iter(f"{WORD}style")}
    assert set(styles) <= named


def test_header_rows_repeat_rows_do_not_break_and_tables_have_a_name(raw: bytes) -> None:
    tables = list(word_body(raw).iter(f"{WORD}tbl"))
    assert len(tables) > 10
    for table in tables:
        rows = table.findall(f"{WORD}tr")
        assert [row.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in rows] == [True] + [False] * (
            len(rows) - 1
        )
        assert all(row.find(f"{WORD}trPr/{WORD}cantSplit") is not None for row in rows)
        assert table.find(f"{WORD}tblPr/{WORD}tblCaption").get(f"{WORD}val")


def test_figures_stand_to_the_right_and_words_to_the_left() -> None:
    table = Table((Column("Post"), Column("FTE", Kind.FTE)), (Row(("Clerk", Decimal("1.5"))),))
    body = word_body(render_word(Report("Posts", (Section("Posts", tables=(table,)),), "")))
    cells = list(body.iter(f"{WORD}tc"))
    right = [cell.find(f".//{WORD}jc") is not None for cell in cells]
    assert right == [False, True, False, True]


def of_columns(number: int) -> bytes:
    columns = (Column("Post"), *(Column(f"20{20 + index}-{21 + index} £", Kind.MONEY) for index in range(number)))
    row = Row(("Clerk", *(Decimal("12345678.90") for _ in range(number))))
    sections = (Section("One", words=("Words.",)), Section("Two", tables=(Table(columns, (row,)),)), Section("Three"))
    return render_word(Report("Years", sections, ""))


def test_a_chapter_with_a_broad_table_lies_across_the_page_and_only_that() -> None:
    def turned(raw: bytes) -> list[bool]:
        sizes = word_body(raw).iter(f"{WORD}pgSz")
        return [int(size.get(f"{WORD}w")) > int(size.get(f"{WORD}h")) for size in sizes]

    assert turned(of_columns(3)) == [False]
    assert turned(of_columns(8)) == [False, True, False]


@pytest.mark.parametrize("number", [1, 4, 8, 12])
def test_no_figure_needs_more_room_than_its_column_has(number: int) -> None:
    """Counted with letters half as wide again as those of the face that is asked for."""
    cells = [cell for cell in word_body(of_columns(number)).iter(f"{WORD}tc") if "," in "".join(cell.itertext())]
    assert cells
    for cell in cells:
        text = "".join(cell.itertext())
        half_points = int(cell.find(f".//{WORD}sz").get(f"{WORD}val"))
        needed = len(text) * half_points * 10 * 0.66
        assert int(cell.find(f"{WORD}tcPr/{WORD}tcW").get(f"{WORD}w")) >= needed


def test_the_same_report_makes_the_same_bytes(raw: bytes, restructure: Restructure, tmp_path: Path) -> None:
    again = tmp_path / "again.docx"
    assert restructure("report", ROOT / "examples", "--output", again).code == 0
    assert again.read_bytes() == raw
    assert not [part for part in word_part(raw, "docProps/core.xml") if part.tag.endswith(("created", "modified"))]
