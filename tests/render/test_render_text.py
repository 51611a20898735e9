"""Reports as text: golden pages at four widths, and what must hold at every width."""

import re
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.render.grid import lay_out
from restructure_cli.render.text import render_text

BLANK, UNKNOWN, ABSENT = Mark.BLANK, Mark.UNKNOWN, Mark.ABSENT
COLUMNS = (
    Column("Post"),
    Column("Grade", drop=2),
    Column("Current FTE", Kind.FTE),
    Column("Proposed FTE", Kind.FTE),
    Column("Change in FTE", Kind.CHANGE_FTE),
    Column("Change in cost a year, £", Kind.CHANGE_MONEY, drop=1),
    Column("What changes", drop=3),
)


def row(*cells: Cell | float, kind: RowKind = RowKind.LINE, indent: int = 0) -> Row:
    """Make a row in which numbers are written as Python's."""
    return Row(tuple(Decimal(str(cell)) if isinstance(cell, int | float) else cell for cell in cells), kind, indent)


def heading(words: str, columns: int = len(COLUMNS)) -> Row:
    return row(words, *[BLANK] * (columns - 1), kind=RowKind.HEADING)


POSTS = Table(
    COLUMNS,
    (
        heading("Assessment and Family Support"),
        row("Team Manager", "K", 20.89, 31, 10.11, 683194, "more FTE", indent=1),
        row(
            "Assistant Team Manager (Safeguarding and Court Proceedings)",
            *("J", 19, 10, -9, -522640, "less FTE, merged"),
            indent=1,
        ),
        row("Senior Early Help Worker", "H, I", UNKNOWN, 10, UNKNOWN, UNKNOWN, "regraded", indent=1),
        row("In all", BLANK, 39.89, 51, 1.11, 160554, BLANK, kind=RowKind.SUBTOTAL),
        heading("Fostering"),
        row("Service Manager", "SM1", ABSENT, 1, 1, 67934, "new", indent=1),
        row("Placement Officer", "G", 2, 2, 0, 0, "unchanged", indent=1),
        row("Total", BLANK, 41.89, 54, 2.11, 228488, BLANK, kind=RowKind.TOTAL),
        row("of which fixed-term", BLANK, 3.5, 2, -1.5, BLANK, BLANK, kind=RowKind.MEMO),
    ),
    notes=("Known part: one post has no published figure.",),
)
REPORT = Report(
    "Ashdale Council: Children's Services",
    (Section("Post by post", ("Current counts filled posts, proposed counts established posts.",), (POSTS,)),),
    "The change adds 2.11 FTE and £228,488 a year, as far as known.",
    ("Prices are at 2024-25 pay.",),
)


def only(table: Table) -> Report:
    return Report("", (Section("", tables=(table,)),), "")


def text(report: Report, width: int | None = None, colour: bool = False) -> str:
    return render_text(report, width=width, colour=colour)


AT_80 = """\
Ashdale Council: Children's Services
════════════════════════════════════

Post by post

Current counts filled posts, proposed counts established posts.

                                                                       Change in
                                            Current  Proposed  Change     cost a
Post                                 Grade      FTE       FTE  in FTE    year, £
────────────────────────────────────────────────────────────────────────────────
Assessment and Family Support
  Team Manager                       K        20.89        31  +10.11   +683,194
  Assistant Team Manager             J        19.00        10   −9.00   −522,640
  (Safeguarding and Court
  Proceedings)
  Senior Early Help Worker           H, I      ?           10    ?             ?
In all                                        39.89        51   +1.11   +160,554

Fostering
  Service Manager                    SM1       –            1   +1.00    +67,934
  Placement Officer                  G         2.00         2    0.00          0
────────────────────────────────────────────────────────────────────────────────
Total                                         41.89        54   +2.11   +228,488
of which fixed-term                            3.50         2   −1.50

Columns left out at this width: What changes. Widen the window, or use --format
csv.
Known part: one post has no published figure.

Prices are at 2024-25 pay.
? = not published

The change adds 2.11 FTE and £228,488 a year, as far as known.
"""

AT_60 = """\
Ashdale Council: Children's Services
════════════════════════════════════

Post by post

Current counts filled posts, proposed counts established
posts.

                                   Current  Proposed  Change
Post                                   FTE       FTE  in FTE
────────────────────────────────────────────────────────────
Assessment and Family Support
  Team Manager                       20.89        31  +10.11
  Assistant Team Manager             19.00        10   −9.00
  (Safeguarding and Court
  Proceedings)
  Senior Early Help Worker            ?           10    ?
In all                               39.89        51   +1.11

Fostering
  Service Manager                     –            1   +1.00
  Placement Officer                   2.00         2    0.00
────────────────────────────────────────────────────────────
Total                                41.89        54   +2.11
of which fixed-term                   3.50         2   −1.50

Columns left out at this width: Grade; Change in cost a
year, £; What changes. Widen the window, or use --format
csv.
Known part: one post has no published figure.

Prices are at 2024-25 pay.
? = not published

The change adds 2.11 FTE and £228,488 a year, as far as
known.
"""

AT_40 = """\
Ashdale Council: Children's Services
════════════════════════════════════

Post by post

Current counts filled posts, proposed
counts established posts.

                    Current  Proposed  Change
Post                    FTE       FTE  in FTE
─────────────────────────────────────────────
Assessment and Family Support
  Team Manager        20.89        31  +10.11
  Assistant Team      19.00        10   −9.00
  Manager
  (Safeguarding
  and Court
  Proceedings)
  Senior Early         ?           10    ?
  Help Worker
In all                39.89        51   +1.11

Fostering
  Service Manager      –            1   +1.00
  Placement            2.00         2    0.00
  Officer
─────────────────────────────────────────────
Total                 41.89        54   +2.11
of which               3.50         2   −1.50
fixed-term

Columns left out at this width: Grade;
Change in cost a year, £; What changes.
Widen the window, or use --format csv.
Known part: one post has no published
figure.

Prices are at 2024-25 pay.
? = not published

The change adds 2.11 FTE and £228,488 a
year, as far as known.
"""

IN_A_PIPE = """\
Ashdale Council: Children's Services
════════════════════════════════════

Post by post

Current counts filled posts, proposed counts established posts.

Post                                                           Grade  Current FTE  Proposed FTE  Change in FTE  Change in cost a year, £  What changes
──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
Assessment and Family Support
  Team Manager                                                 K            20.89            31         +10.11                  +683,194  more FTE
  Assistant Team Manager (Safeguarding and Court Proceedings)  J            19.00            10          −9.00                  −522,640  less FTE, merged
  Senior Early Help Worker                                     H, I          ?               10           ?                            ?  regraded
In all                                                                      39.89            51          +1.11                  +160,554

Fostering
  Service Manager                                              SM1           –                1          +1.00                   +67,934  new
  Placement Officer                                            G             2.00             2           0.00                         0  unchanged
──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
Total                                                                       41.89            54          +2.11                  +228,488
of which fixed-term                                                          3.50             2          −1.50

Known part: one post has no published figure.

Prices are at 2024-25 pay.
? = not published

The change adds 2.11 FTE and £228,488 a year, as far as known.
"""  # noqa: E501


def test_golden_at_80_columns() -> None:
    assert text(REPORT, 80) == AT_80


def test_golden_at_60_columns() -> None:
    assert text(REPORT, 60) == AT_60


def test_golden_at_40_columns() -> None:
    assert text(REPORT, 40) == AT_40


def test_golden_in_a_pipe() -> None:
    assert text(REPORT) == IN_A_PIPE


# What stands in a cell


def lines_of(kind: Kind, *cells: Cell | float) -> list[str]:
    table = Table((Column("Post"), Column("Figure", kind)), tuple(row("x", cell) for cell in cells))
    return text(only(table)).split("\n\n")[0].splitlines()[2:]


def test_figures_stand_point_under_point_and_marks_under_the_units() -> None:
    assert lines_of(Kind.CHANGE_FTE, 1234.5, -2, 0, 0.25, UNKNOWN, ABSENT, BLANK, "in pools") == [
        "x     +1,234.50",
        "x         −2.00",
        "x          0.00",
        "x         +0.25",
        "x          ?",
        "x          –",
        "x",
        "x      in pools",
    ]


def test_each_column_has_its_own_decimals() -> None:
    table = Table(
        (
            Column("Post"),
            Column("FTE", Kind.FTE),
            Column("Cost, £", Kind.MONEY),
            Column("Met, %", Kind.PERCENT),
        ),
        (row("a", 1.5, 100, 4), row("b", 20.125, 2500.5, 19.8)),
    )
    assert text(only(table)).splitlines()[2:] == [
        "a      1.500    100.00     4.0",
        "b     20.125  2,500.50    19.8",
    ]


def test_money_finer_than_a_penny_is_refused() -> None:
    with pytest.raises(ValueError, match="to the penny"):
        lines_of(Kind.MONEY, 5496.125)


def test_a_figure_inside_words_is_never_cut() -> None:
    figure = "£1,234,567,890,123,456,789.00"
    table = Table((Column("What"), Column("FTE", Kind.FTE)), (row(f"{figure}–{figure}", 1),))
    assert text(only(table), 10).splitlines()[2:] == [f"{figure}    1", "–", figure]


# What a page says besides


def test_the_legend_stands_only_under_a_question_mark_that_was_printed() -> None:
    legend = "? = not published"
    table = Table((Column("Post"), Column("FTE", Kind.FTE, drop=1)), (row("a" * 24, UNKNOWN),))
    assert legend in text(only(table), 80).splitlines()
    assert legend not in text(only(table), 25)
    assert legend not in text(only(Table((Column("Post"),), (row("unknown"),))))


def test_columns_left_out_are_named_in_their_order() -> None:
    columns = (Column("Post"), Column("A", drop=1), Column("B", drop=3), Column("C", drop=2))
    table = Table(columns, (row(*["word " * 4] * 4),))
    assert "Columns left out at this width: B, C. Widen the window, or use --format csv." in text(
        only(table), 45
    ).replace("\n", " ")


def test_nothing_is_left_out_or_wrapped_in_a_pipe() -> None:
    table = Table((Column("A", drop=1), Column("B", drop=9)), (row("word " * 99, "word " * 99),))
    assert text(only(table)).count("\n") == 3
    assert "left out" not in text(only(table))


def test_the_conclusion_is_the_last_line_and_whole_in_a_pipe() -> None:
    conclusion = "word " * 60 + "end."
    report = Report("Title", (), conclusion, ("A note.",))
    assert text(report).splitlines()[-1] == conclusion
    assert text(report, 40).splitlines()[-1].endswith("end.")


def test_prose_is_set_no_wider_than_100_even_in_a_pipe() -> None:
    for width in (None, 200):
        printed = text(Report("", (Section("", ("word " * 60,)),), "", ("note " * 60,)), width)
        assert 95 < max(map(len, printed.splitlines())) <= 100


def test_a_long_word_in_prose_is_left_whole_for_the_terminal_to_break() -> None:
    address = "https://example.org/" + "a" * 120
    report = Report("Title", (Section("Section", (address,)),), f"See {address} now.")
    assert text(report, 40).count(address) == 2


def test_a_table_without_rows_keeps_its_headings() -> None:
    assert text(only(Table((Column("Post"), Column("FTE", Kind.FTE)), ()))) == "Post  FTE\n─────────\n"


def test_totals_one_under_another_have_one_rule() -> None:
    total = row("Total", 1, kind=RowKind.TOTAL)
    table = Table((Column("Post"), Column("FTE", Kind.FTE)), (row("a", 1), total, total))
    assert [line[0] for line in text(only(table)).splitlines()] == ["P", "─", "a", "─", "T", "T"]


def test_a_heading_row_with_figures_in_it_is_a_row() -> None:
    table = Table((Column("Post"), Column("FTE", Kind.FTE)), (row("Team", 4, kind=RowKind.HEADING),))
    assert text(only(table)).splitlines()[-1] == "Team    4"


def test_a_heading_row_runs_on_over_the_other_columns_and_makes_none_wider() -> None:
    words = "A long name of a team"
    table = Table((Column("Post"), Column("FTE", Kind.FTE)), (heading(words, 2), row("a", 1)))
    assert text(only(table)).splitlines() == ["Post  FTE", "─────────", words, "a       1"]
    assert text(only(table), 20).splitlines()[2:] == ["A long name of a", "team", "a       1"]


def test_an_indented_heading_row_is_indented() -> None:
    label = Row(("Team", BLANK), RowKind.HEADING, indent=2)
    assert lay_out(Table((Column("P"), Column("FTE", Kind.FTE)), (label,)), None).rows[0].label == "    Team"
    assert lay_out(Table((Column("P"), Column("FTE", Kind.FTE)), (label,)), None).widths == (3, 5)


def test_a_heading_row_with_the_word_blank_in_it_is_a_row() -> None:
    table = Table((Column("Post"), Column("Grade")), (row("Team", "blank", kind=RowKind.HEADING),))
    assert text(only(table)).splitlines()[-1] == "Team  blank"


def test_words_keep_room_beside_a_deep_indent() -> None:
    table = Table((Column("Post"),), (row("Administrative assistant", indent=8),))
    lines = text(only(table), 20).splitlines()[2:]
    assert lines == [" " * 16 + "Administrati", " " * 16 + "ve assistant"]


def test_wrapped_words_stay_under_their_indent() -> None:
    table = Table((Column("Post"),), (row("Team Manager of the Night", indent=3),))
    assert text(only(table), 18).splitlines()[2:] == ["      Team Manager", "      of the Night"]


# Hostile words


HOSTILE = "[red]x[/red] :smile: \x1b[31m \u202e21.01 [link=file:///]y[/link] https://example.org/1"


@pytest.mark.parametrize("colour", [False, True])
def test_words_are_printed_as_they_stand(colour: bool) -> None:
    table = Table((Column(HOSTILE),), (row(HOSTILE), heading(HOSTILE, 1)), HOSTILE, (HOSTILE,))
    printed = text(Report(HOSTILE, (Section(HOSTILE, (HOSTILE,), (table,)),), HOSTILE, (HOSTILE,)), None, colour)
    shown = "[red]x[/red] :smile: �[31m �21.01 [link=file:///]y[/link] https://example.org/1"
    assert printed.count(shown) == 10
    assert "\u202e" not in printed
    assert set(re.findall(r"\x1b[^m]*m", printed)) == ({"\x1b[1m", "\x1b[2m", "\x1b[0m"} if colour else set())


@pytest.mark.parametrize("width", [None, 80, 40])
def test_colour_adds_nothing_but_colour(width: int | None) -> None:
    coloured = text(REPORT, width, colour=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text(REPORT, width)


def test_colour_marks_headings_totals_and_asides_only() -> None:
    coloured = text(REPORT, 80, colour=True).splitlines()
    assert "\x1b[1mTotal                                         41.89        54   +2.11   +228,488\x1b[0m" in coloured
    assert "\x1b[2mof which fixed-term                            3.50         2   −1.50\x1b[0m" in coloured
    assert "  Placement Officer                  G         2.00         2    0.00          0" in coloured


def test_the_environment_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"COLUMNS": "10", "FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert text(REPORT, 80) == AT_80
    assert "\x1b[1m" in text(REPORT, 80, colour=True)


# What holds for every table at every width


FIGURE_KINDS = [kind for kind in Kind if kind is not Kind.TEXT]
LETTERS = st.text("abcdefgh社é", min_size=1, max_size=30)
TITLES = st.lists(LETTERS, max_size=6).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Make a table of words and figures, with every mark and every kind of row."""
    kinds = draw(st.lists(st.sampled_from(Kind), max_size=7))
    columns = [Column("Post")] + [
        Column(f"c{number} {draw(TITLES)}".strip(), kind, draw(st.integers(0, 3))) for number, kind in enumerate(kinds)
    ]
    return Table(tuple(columns), tuple(draw(st.lists(rows_of(columns), max_size=6))))


def rows_of(columns: list[Column]) -> st.SearchStrategy[Row]:
    kinds = st.sampled_from([RowKind.LINE, RowKind.SUBTOTAL, RowKind.TOTAL, RowKind.MEMO])
    return st.builds(Row, st.tuples(*(cells_of(column.kind) for column in columns)), kinds, st.integers(0, 3))


def cells_of(kind: Kind) -> st.SearchStrategy[Cell]:
    if kind is Kind.TEXT:
        return TITLES
    finest = 2 if kind in (Kind.MONEY, Kind.CHANGE_MONEY) else 4
    return st.sampled_from(Mark) | st.decimals(-(10**13), 10**13, places=finest) | st.integers(-99, 99).map(Decimal)


def expected(table: Table, column: int) -> list[str]:
    """Print a column of figures in another way than the code under test does."""
    kind = table.columns[column].kind
    figures = [cell for row in table.rows if isinstance(cell := row.cells[column], Decimal)]
    places = next(n for n in range(9) if all(figure == round(figure, n) for figure in figures))
    if kind in (Kind.MONEY, Kind.CHANGE_MONEY):
        places = 2 if places else 0
    elif kind is Kind.PERCENT:
        places = max(places, 1)
    sign = "+" if kind in (Kind.CHANGE_FTE, Kind.CHANGE_MONEY) else "-"
    return [f"{figure or 0:{sign if figure else '-'},.{places}f}".replace("-", "−") for figure in figures]


def columns_left_out(printed: str) -> set[str]:
    said = re.search(r"Columns left out at this width: (.*)\. Widen", printed.replace("\n", " "))
    return set(re.findall(r"\bc\d\b", said.group(1))) if said else set()


@settings(deadline=None)
@given(tables(), st.none() | st.integers(20, 200))
def test_every_figure_appears_whole(table: Table, width: int | None) -> None:
    printed = text(only(table), width)
    left_out = columns_left_out(printed)
    figures = Counter(
        figure
        for number, column in enumerate(table.columns)
        if column.kind in FIGURE_KINDS and column.title.split()[0] not in left_out
        for figure in expected(table, number)
    )
    assert not figures - Counter(printed.split())


@settings(deadline=None)
@given(tables(), st.integers(20, 200))
def test_a_line_is_wider_than_asked_only_where_figures_need_it(table: Table, width: int) -> None:
    printed = text(only(table), width)
    grid = lay_out(table, width)
    prose = max(len(word) for word in ("left", *" ".join(column.title for column in table.columns).split()))
    for line in printed.splitlines():
        assert len(line) <= max(width, grid.width, 2 * prose)
    if grid.width > width:
        left_out = columns_left_out(printed)
        staying = [column for column in table.columns if column.title.split()[0] not in left_out]
        assert not any(column.drop for column in staying[1:])
        for column, wide in zip(staying, grid.widths, strict=True):
            longest_word = max(2 * len(word) for word in column.title.split())
            assert column.kind in FIGURE_KINDS or wide - 2 <= max(18, longest_word)


@settings(deadline=None)
@given(tables(), st.none() | st.integers(1, 200))
def test_points_stand_under_each_other(table: Table, width: int | None) -> None:
    grid = lay_out(table, width)
    kept = [column for column in table.columns if column.title not in grid.left_out]
    for index, column in enumerate(kept):
        if column.kind in FIGURE_KINDS:
            blocks = [row.blocks[index] for row in grid.rows]
            assert len({block.index(".") for block in blocks if "." in block}) <= 1
            units = {len(block.rstrip().partition(".")[0]) for block in blocks if block.strip()}
            assert len(units) <= 1


@settings(deadline=None)
@given(tables(), st.none() | st.integers(1, 200))
def test_no_line_ends_in_space_and_the_page_in_one_line_break(table: Table, width: int | None) -> None:
    printed = text(Report("Title", (Section("Section", tables=(table, table)),), "End."), width)
    assert all(line == line.rstrip() for line in printed.splitlines())
    assert printed.endswith("End.\n")


@pytest.mark.parametrize("width", [None, 80, 40])
def test_one_empty_line_stands_between_what_belongs_apart(width: int | None) -> None:
    assert "\n\n\n" not in text(REPORT, width)


# Cost


def test_a_hundred_rows_are_drawn_in_no_time() -> None:
    """It takes about 15 ms; the limit leaves room for a busy machine."""
    report = only(Table(POSTS.columns, POSTS.rows * 10))
    taken = []
    for _ in range(5):
        begin = time.perf_counter()
        text(report, 80)
        taken.append(time.perf_counter() - begin)
    assert min(taken) < 0.1


def test_only_what_draws_tables_is_imported() -> None:
    unwanted = (
        "pydantic",
        "typer",
        "click",
        "yaml",
        "pygments",
        "markdown_it",
        "rich.markdown",
        "rich.progress",
    )
    code = f"import sys, restructure_cli.render.text; sys.exit(any(name in sys.modules for name in {unwanted}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
