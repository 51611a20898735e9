"""Ids of what an import writes: those that an earlier import of the same extract gave, and ids of teams."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from restructure_cli.analysis.naming import named
from restructure_cli.analysis.snapshots import Identity


class EarlierIds(NamedTuple):
    """The ids in a file that an earlier import wrote, so that what stays the same keeps its id."""

    by_number: Mapping[str, str] = {}
    """Of posts, by post number."""
    by_key: Mapping[tuple[str, str, tuple[str, ...]], str] = {}
    """Of posts, by title, team and grade."""
    teams: Mapping[tuple[str, ...], str] = {}
    """Of teams, by the titles that lead to them."""
    by_identity: Mapping[Identity, tuple[str, ...]] = {}
    """Of lines, by title, team, grade and the post above; of several those paid less first."""
    own: frozenset[str] = frozenset()
    """Of posts that people added themselves: nothing else may have them."""


def team_ids(paths: Iterable[tuple[str, ...]], taken: Mapping[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Give each team, by the titles that lead to it, an id: its own title, with those above where others share it."""
    above = [lambda path, depth=depth: "-".join(path[:-1][-depth:]) for depth in (1, 2)]

    def name(path: tuple[str, ...], depths: frozenset[int]) -> str:
        return "-".join(path[-2 - max(depths) :]) if depths else path[-1]

    return named(paths, above, name, taken)
