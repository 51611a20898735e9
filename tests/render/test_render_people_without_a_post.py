"""Whoever has no post as proposed is named by the diff, whatever shape their pool has."""

from pathlib import Path

from running import Restructure

CURRENT = """\
restructure: structure/1
organisation: Isle Council
title: Now
posts:
  clerk: {title: Clerk, fte: 3, filled: 3}
  porter: {title: Porter, fte: 1, filled: 1}
  warden: {title: Warden, fte: 1}
  keeper: {title: Keeper, fte: 1, filled: 0}
  ranger: {title: Ranger, fte: 2, filled: 2}
"""
PROPOSED = """\
restructure: structure/1
based_on: current.yaml
title: Next
posts:
  clerk: {fte: 2}
  porter: {deleted: true}
  warden: {deleted: true}
  keeper: {deleted: true}
"""


def test_each_of_them_has_a_row_and_a_sentence(tmp_path: Path, restructure: Restructure) -> None:
    for name, text in (("current.yaml", CURRENT), ("proposed.yaml", PROPOSED)):
        (tmp_path / name).write_text(text, "utf-8")
    told = restructure("diff", tmp_path).out
    pools = told[told.index("\nPools\n") :]
    assert "2 FTE of people displaced" in told
    assert "Clerk: 1 FTE of people have no post (displaced)." in pools
    assert "Porter: 1 FTE of people have no post (displaced)." in pools
    assert "Warden: no proposed post takes the people in it, and how many they are is not known." in pools
    assert "Keeper" not in pools  # nobody is in it
    assert "Ranger" not in pools  # all have a post
