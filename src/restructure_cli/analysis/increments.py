"""Which point a post with a stated point is paid at in a year: one up each 1 April, to the top of its grade.

In April 2019 the points of the NJC spine were numbered anew. The agreement left open whether an increment due on that
day came before the new number or after it. Here the new number comes first and the step up the new spine after it, as
several councils did; where that matters, the costing says so.
"""

from collections.abc import Mapping

from restructure_cli.analysis.rates import Rates
from restructure_cli.model.grades import Grades
from restructure_cli.model.quantities import known
from restructure_cli.model.structures import Post


class Increments:
    """The points of posts in one year, by the numbers that the year has."""

    def __init__(self, grades: Grades, rates: Rates) -> None:
        self._rates = rates
        self._from = grades.year.start
        self._tops: Mapping[str, int] = {
            grade.id: int(grade.scp.high) for grade in grades.grades.values() if grade.scp is not None
        }

    def point(self, post: Post) -> int | None:
        """Return the point of a post; None where it states none, or its own has no number in the year."""
        stated = known(post.scp)
        if stated is None:
            return None
        own = int(stated)
        tops = [self._tops[name] for name in post.grade if name in self._tops]
        top = max(own, *tops) if tops else own
        year, renumbered = self._rates.year.start, self._rates.renumbered
        if renumbered is None:
            return min(own + year - self._from, top)
        last = min(own + renumbered.since.start - 1 - self._from, top)
        number, highest = renumbered.numbers.get(last), renumbered.numbers.get(top)
        if number is None or highest is None:
            return None
        return min(number + year - renumbered.since.start + 1, highest)
