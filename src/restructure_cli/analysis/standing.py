"""When a post is there, and on what condition: as it says itself, else as the nearest team above it says.

Teams stand in the tree by `within`, where they are managed. Costing, diff and explain all ask here.
"""

from typing import NamedTuple

from restructure_cli.analysis.parts_of_years import ALWAYS, Dates
from restructure_cli.analysis.remembering import Remembered
from restructure_cli.model.structures import Post, Structure, Team


class Standing(NamedTuple):
    """From when to when something is there, on what condition, and who says so."""

    dates: Dates = ALWAYS
    subject_to: str = ""
    starts_by: Post | Team | None = None
    ends_by: Post | Team | None = None


_OPEN = Standing()


class Standings:
    """The standing of every post of a structure."""

    def __init__(self, structure: Structure) -> None:
        self._teams = structure.teams
        self._of_teams: dict[str, Standing] = {}
        for id_ in structure.teams:
            self._resolve(id_)

    def of(self, post: Post) -> Standing:
        """Return the standing of a post."""
        above = self._of_teams.get(post.team, _OPEN) if post.team is not None else _OPEN
        if post.starts is None and post.ends is None and not post.subject_to:
            return above
        return _over(post, above)

    def of_team(self, id_: str) -> Standing:
        """Return the standing of a team."""
        return self._of_teams[id_]

    def _resolve(self, id_: str) -> None:
        """Work down the line from the last team known to one; a circle, which the checks refuse, is cut."""
        line: dict[str, Team] = {}
        here: str | None = id_
        while here is not None and here in self._teams and here not in line and here not in self._of_teams:
            line[here] = self._teams[here]
            here = self._teams[here].within
        standing = self._of_teams.get(here, _OPEN) if here is not None else _OPEN
        for team in reversed(line.values()):
            standing = self._of_teams[team.id] = _over(team, standing)


def standings_in(structure: Structure) -> Standings:
    """Return the standings of a structure."""
    return _STANDINGS.of((structure,), lambda: Standings(structure))


_STANDINGS: Remembered[Standings] = Remembered()


def _over(entry: Post | Team, above: Standing) -> Standing:
    """Return what an entry says, and where it says nothing what stands above it."""
    starts, ends = entry.starts, entry.ends
    return Standing(
        Dates(starts if starts is not None else above.dates.starts, ends if ends is not None else above.dates.ends),
        entry.subject_to or above.subject_to,
        entry if starts is not None else above.starts_by,
        entry if ends is not None else above.ends_by,
    )
