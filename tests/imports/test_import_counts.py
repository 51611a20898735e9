"""Whatever stands in an extract: rows in = rows used + rows rejected, and FTE in = FTE of the posts, exactly."""

import csv
import io
import tempfile
from decimal import Decimal
from pathlib import Path

from extracts_made import JUNIOR, SENIOR
from hypothesis import given, settings
from hypothesis import strategies as st

from restructure_cli.analysis.imported_ids import EarlierIds
from restructure_cli.analysis.imports import Header, made_of
from restructure_cli.files.dump import dump_structure
from restructure_cli.files.extracts.reading import Asked, read
from restructure_cli.files.reader import Reader
from restructure_cli.model.extracts import Extract
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.structures import Structure

HR = ("Post Number", "Post Title", "Directorate", "Team", "Grade", "FTE", "Employee Number", "Name", "Reports To")
UNREAD = (
    "",
    "Job/Team Function",
    "Contact Phone",
    "Contact E-mail",
    "Professional/Occupational Group",
    "Notes",
    "Valid?",
)
"""Columns of organograms that say nothing of posts."""
_FTE = st.sampled_from(["1", "0.5", "0.60", "2.25", "", "N/D", "abc", "-1", "1e3", "1,000", "0", "٣", " 1 "])
_WORDS = st.sampled_from(["", "Clerk", "Driver", "=1+1", "Total", "Clerk\x1b[2J", 'a "b", c', "x\ny", "Zoë", "N/A"])
_FEW = st.sampled_from(["", "1", "2", "03", "3", "XX", "0", "n/a"])
_ROW = st.lists(st.one_of(_FTE, _WORDS, _FEW), max_size=14)


def _rows(width: int, fte: int, title: int) -> st.SearchStrategy[list[list[str]]]:
    sound = st.lists(_FEW, min_size=width, max_size=width).flatmap(
        lambda cells: st.tuples(_FTE, _WORDS).map(
            lambda two: [two[0] if at == fte else two[1] if at == title else cell for at, cell in enumerate(cells)]
        )
    )
    return st.lists(st.one_of(sound, _ROW), max_size=25)


def imported(
    header: tuple[str, ...], rows: list[list[str]], encoding: str = "utf-8"
) -> tuple[Extract, Structure | None]:
    written = io.StringIO()
    csv.writer(written).writerows([header, *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        path.write_bytes(written.getvalue().encode(encoding, errors="replace"))
        extract, _ = read([path], Asked())
    if any(finding.rule.blocks for finding in extract.findings):
        return extract, None
    made = made_of(extract, Header("Ashdale Council", as_at=Moment(2026, 3, 31)), EarlierIds())
    return extract, made.structure


def _holds(extract: Extract, structure: Structure | None, rows: list[list[str]], header: tuple[str, ...]) -> None:
    unread = [at for at, name in enumerate(header) if name in UNREAD]
    assert structure is not None, extract.findings
    (count,) = extract.counts
    assert count.came_in == count.used + count.rejected
    assert count.came_in == sum(any(cell.strip() for at, cell in enumerate(row) if at not in unread) for row in rows)
    used = (*(extract.hr.rows if extract.hr else ()), *(extract.organogram.rows if extract.organogram else ()))
    stated = [row.fte for row in used]
    assert len(stated) == count.used
    posts = [known(post.fte) for post in structure.posts.values()]
    assert sum((fte or ZERO for fte in posts), ZERO) == sum((fte or ZERO for fte in stated), ZERO)
    assert (None in posts) == (None in stated)
    _reads_back(structure)


def _reads_back(structure: Structure) -> None:
    """What is written reads back as what was meant, with no fault in it."""
    reader = Reader({"made.yaml": dump_structure(structure).encode()})
    found = reader.structure(Path("made.yaml"))
    assert found is not None, reader.findings
    assert {id_: known(post.fte) for id_, post in found.posts.items()} == {
        id_: known(post.fte) for id_, post in structure.posts.items()
    }


@given(
    _rows(len(HR), HR.index("FTE"), HR.index("Post Title")), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
)
@settings(deadline=None, max_examples=150)
def test_no_row_of_an_hr_extract_is_lost(rows: list[list[str]], encoding: str) -> None:
    _holds(*imported(HR, rows, encoding), rows, HR)


@given(_rows(len(SENIOR), SENIOR.index("FTE"), SENIOR.index("Job Title")))
@settings(deadline=None, max_examples=100)
def test_no_row_of_a_senior_organogram_is_lost(rows: list[list[str]]) -> None:
    _holds(*imported(SENIOR, rows), rows, SENIOR)


@given(_rows(len(JUNIOR), JUNIOR.index("Number of Posts in FTE"), JUNIOR.index("Generic Job Title")))
@settings(deadline=None, max_examples=100)
def test_no_row_of_a_junior_organogram_is_lost(rows: list[list[str]]) -> None:
    _holds(*imported(JUNIOR, rows), rows, JUNIOR)


@given(st.integers(0, 10**7), st.integers(0, 6))
def test_a_number_of_excels_is_the_shortest_decimal_that_is_it(digits: int, places: int) -> None:
    from restructure_cli.files.extracts.numbers import number_text

    exact = Decimal(digits).scaleb(-places)
    assert Decimal(number_text(float(exact))) == exact
    assert "e" not in number_text(float(exact)).lower()
