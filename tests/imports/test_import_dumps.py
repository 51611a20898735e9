"""Grades and claims that are written read back as the same grades and claims, for every council there is."""

from pathlib import Path

import pytest

from restructure_cli.files.dump_claims import dump_claims, written
from restructure_cli.files.dump_grades import dump_grades
from restructure_cli.files.expressions import expression
from restructure_cli.files.reader import Reader

ROOT = Path(__file__).parents[2]
GRADES = sorted([*ROOT.glob("structures/*/grades.yaml"), ROOT / "examples" / "grades.yaml"])
CLAIMS = sorted(ROOT.glob("structures/*/claims.yaml"))


@pytest.mark.parametrize("path", GRADES, ids=lambda path: path.parent.name)
def test_grades_read_back(path: Path) -> None:
    read = Reader().grades(path)
    assert read is not None
    again = Reader({str(path): dump_grades(read).encode()})
    assert again.grades(path) == read
    assert not again.findings


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.parent.name)
def test_claims_read_back(path: Path) -> None:
    read = Reader().claims(path)
    assert read is not None
    again = Reader({str(path): dump_claims(read).encode()})
    assert again.claims(path) == read
    assert not again.findings


@pytest.mark.parametrize(
    "text",
    ["a", "a - (b - c)", "a - b - c", "(a + b) * c", "a / (b * c)", "-a * b", "-(a + b)", "floor(a + £2) / 7",
     "max(a, b, £1,000)", "a - -b"],
)  # fmt: skip
def test_an_expression_is_written_so_that_it_means_the_same(text: str) -> None:
    assert expression(written(expression(text))) == expression(text)
