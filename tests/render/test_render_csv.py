"""CSV carries every value as machines read it, and nothing that a spreadsheet would run."""

import csv
import subprocess
import sys
from decimal import Decimal
from io import StringIO

import pytest

from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.render.csv import render_csv


def report(*cells: Cell, data: bool = True) -> Report:
    columns = tuple(Column(f"Column {number}", Kind.TEXT, key=f"c{number}") for number in range(len(cells)))
    table = Table(columns, (Row(cells),))
    if data:
        return Report("Title", (), "Conclusion", data=table)
    return Report("Title", (Section("Empty"), Section("Full", tables=(table,))), "Conclusion")


def values(*cells: Cell) -> list[str]:
    return list(csv.reader(StringIO(render_csv(report(*cells)), newline="")))[1]


def test_the_whole_file() -> None:
    table = Table(
        (Column("Post", key="post"), Column("Cost, £", Kind.MONEY), Column("FTE", Kind.FTE, key="fte")),
        (
            Row(("Clerk, senior", Decimal("-12345.50"), Mark.UNKNOWN), indent=2),
            Row(('the "other"', Mark.ABSENT, Decimal("1E+3"))),
            Row(("Total", Mark.BLANK, Decimal("31.00")), RowKind.TOTAL),
        ),
    )
    assert render_csv(Report("Title", (), "Conclusion", data=table)) == (
        'post,"Cost, £",fte\r\n"Clerk, senior",-12345.50,unknown\r\n"the ""other""",,1000\r\nTotal,,31.00\r\n'
    )


def test_no_byte_order_mark() -> None:
    assert not render_csv(report("x")).startswith("\ufeff")


def test_without_data_the_first_table_is_written() -> None:
    assert render_csv(report("x", Decimal(2), data=False)) == "c0,c1\r\nx,2\r\n"


def test_without_any_table_there_is_nothing_to_write() -> None:
    with pytest.raises(ValueError, match="no table"):
        render_csv(Report("Title", (Section("Words"),), "Conclusion"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20",
        "-cmd",
        "@SUM(A1)",
        "\t=1",
        "\tcmd",
        "\rcmd",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "=HYPERLINK(\x1b)",
    ],
)
def test_a_formula_is_made_inert(text: str) -> None:
    assert values(text)[0].startswith("'")


def test_a_heading_is_made_inert_too() -> None:
    table = Table((Column("=1+1"),), ())
    assert render_csv(Report("Title", (), "Conclusion", data=table)) == "'=1+1\r\n"


def test_a_negative_figure_stays_a_figure() -> None:
    assert values(Decimal("-2648"), "Clerk - night", "unknown") == ["-2648", "Clerk - night", "unknown"]


def test_controls_are_replaced() -> None:
    assert values("Clerk\x1b[2J\nnight\u202e") == ["Clerk�[2J night�"]


def test_it_does_not_import_rich() -> None:
    code = "import sys, restructure_cli.render.csv; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
