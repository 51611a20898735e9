"""A rate of vacancy stands beside the FTE it is of: that of a part is no figure of the whole."""

from pathlib import Path

import pytest

from running import Restructure

STRUCTURE = """\
restructure: structure/1
organisation: Isle Council
title: Now
posts:
  clerk: {title: Clerk, grade: C, fte: 1, filled: 0}
  keeper: {title: Keeper, grade: C, fte: 9}
  ranger: {title: Ranger, grade: D, fte: 2, filled: 1}
"""


@pytest.mark.parametrize("by", ["post", "grade"])
def test_a_sum_with_unknown_vacancies_has_no_rate_of_its_own(tmp_path: Path, restructure: Restructure, by: str) -> None:
    (tmp_path / "current.yaml").write_text(STRUCTURE, "utf-8")
    told = restructure("vacancies", tmp_path, "--by", by).out
    rows = {line.split("  ")[0].strip(): line.split()[-1] for line in told.splitlines() if "  " in line.strip()}
    assert rows["Total (filled and vacant: known part)"] == "?"
    if by == "grade":
        assert rows["C (filled and vacant: known part)"] == "?"
        assert rows["D"] == "50.0"
    assert "Of the 3 FTE whose establishment and vacancy are both known, 66.7% is vacant." in told
