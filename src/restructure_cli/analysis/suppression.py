"""Small figures of people, left out of what is published, with every figure that would give one of them away.

A figure of people is small where it is above nil and below the threshold. With the people in post goes the vacancy of
the line, because the one is the FTE less the other. A published total gives a figure away where it is the only one
left out under it, where those left out come to less than the threshold together, or where they leave no room: as many
people as posts can only be one in each. Then the next smallest figure goes too, and where there is none the total
itself. Figures left out for either reason are marked alike, so that nobody can tell which of them are small.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from restructure_cli.analysis import sides, tree
from restructure_cli.analysis.pay_of_few import in_post
from restructure_cli.model.quantities import ZERO, Quantity, known
from restructure_cli.model.structures import Control, MoveIn, Post, Structure

_OF_PEOPLE = ("people", "agency")
_MARK = "suppressed: it is of fewer than {} people, or would give such a figure away"
Node = str | None


class Suppressed(NamedTuple):
    """A structure fit to be published, and what was left out of it."""

    structure: Structure
    threshold: int
    small: int
    """Figures of people left out because they are small."""
    beside: int
    """Figures left out because they would give those away."""


def suppressed(structure: Structure, threshold: int) -> Suppressed:
    """Leave small figures of people out of a structure, and what would give them away."""
    return _Suppression(structure, threshold).done()


class _Suppression:
    """One structure: which posts' people, and which published totals of people, are left out."""

    def __init__(self, structure: Structure, threshold: int) -> None:
        self.structure, self.threshold = structure, threshold
        self.mark = Quantity(None, because=_MARK.format(threshold))
        self.filled = {id_: in_post(post, structure) for id_, post in structure.posts.items()}
        self.room = {id_: sides.established(post, structure) for id_, post in structure.posts.items()}
        self.controls = {node: control for node in (None, *structure.teams)
                         if (control := _filled(structure, node)) is not None}  # fmt: skip
        small = [id_ for id_, post in structure.posts.items() if self._small(self.filled[id_], post)]
        self.out: set[str] = set(small)
        self.totals_out: set[Node] = {node for node, stated in self.controls.items() if self._few(stated)}
        self.small = len(small) + len(self.totals_out)

    def _few(self, figure: Decimal | None) -> bool:
        return figure is not None and ZERO < figure < self.threshold

    def _small(self, in_post: Decimal | None, post: Post) -> bool:
        return self._few(in_post) or self._few(known(post.people))

    def done(self) -> Suppressed:
        """Widen what is left out until nothing that stays gives anything away."""
        before = -1
        while before != len(self.out) + len(self.totals_out):
            before = len(self.out) + len(self.totals_out)
            self._under_totals()
            self._under_wholes()
        beside = len(self.out) + len(self.totals_out) - self.small
        posts = {id_: self._post(post) for id_, post in self.structure.posts.items()}
        teams = {id_: team._replace(control=self._control(id_, team.control))
                 for id_, team in self.structure.teams.items()}  # fmt: skip
        control = self._control(None, self.structure.control)
        safe = self.structure._replace(posts=posts, teams=teams, control=control)
        return Suppressed(safe, self.threshold, self.small + self._others, beside)

    def _under_totals(self) -> None:
        """Protect what each published total of people, less those published below it, comes to."""
        for node in (node for node in self.controls if node not in self.totals_out):
            cells = self._region(node)
            if not self._protected(cells):
                self.totals_out.add(node)

    def _region(self, node: Node) -> list[str]:
        """Return the posts under a published total and under no nearer one."""
        above = tree.parents(self.structure)
        found = []
        for post in self.structure.posts.values():
            if not post.in_totals or post.joins is not None:
                continue
            team: Node = post.team if post.team in self.structure.teams else None
            while team is not None and (team not in self.controls or team in self.totals_out):
                team = above[team]
            if team == node:
                found.append(post.id)
        return found

    def _under_wholes(self) -> None:
        """Protect the details of a line where together they are the whole of it."""
        details: dict[str, list[str]] = {}
        for post in self.structure.posts.values():
            if post.of_which is not None:
                details.setdefault(post.of_which, []).append(post.id)
        for whole, parts in details.items():
            told = whole in self.filled and whole not in self.out and self._are_all(whole, parts)
            if told and not self._protected(parts):
                self.out.add(whole)

    def _are_all(self, whole: str, parts: Iterable[str]) -> bool:
        figures = [self.filled[part] for part in parts]
        return None not in figures and sum((figure or ZERO for figure in figures), ZERO) == self.filled[whole]

    def _protected(self, cells: list[str]) -> bool:
        """Leave out the next smallest figures until none can be told; False where there are not enough of them."""
        gone = [id_ for id_ in cells if id_ in self.out and self.filled[id_] is not None]
        if not gone:
            return True
        others = sorted((id_ for id_ in cells if id_ not in self.out and self.filled[id_]),
                        key=lambda id_: (self.filled[id_] or ZERO, id_))  # fmt: skip
        for id_ in others:
            if self._hides(gone):
                return True
            self.out.add(id_)
            gone.append(id_)
        return self._hides(gone)

    def _hides(self, gone: list[str]) -> bool:
        """Whether the sum of some figures tells none of them, though each lies between nil and the FTE of its post."""
        together = sum((self.filled[id_] or ZERO for id_ in gone), ZERO)
        if len(gone) < 2 or together < self.threshold:
            return False
        return all(self._between(id_, gone, together) for id_ in gone if self._few(self.filled[id_]))

    def _between(self, id_: str, gone: list[str], together: Decimal) -> bool:
        """Whether one of some figures could be more than one number."""
        rooms = [self.room[other] for other in gone if other != id_]
        least = ZERO if None in rooms else max(ZERO, together - sum((room or ZERO for room in rooms), ZERO))
        own = self.room[id_]
        return least < (together if own is None else min(own, together))

    def _post(self, post: Post) -> Post:
        """Return a post without the figures that are left out."""
        changed: dict[str, Any] = {}
        if post.id in self.out:
            changed = {key: self.mark for key in ("filled", "people", "vacant") if getattr(post, key) is not None}
            changed["away"] = {}
        for key in _OF_PEOPLE:
            if self._few(known(getattr(post, key))):
                changed[key] = self.mark
        if post.moves_in is not None:
            changed["moves_in"] = tuple(self._move(move) for move in post.moves_in)
        away = {host: self.mark if self._few(figure.value) else figure for host, figure in post.away.items()}
        return post._replace(**{"away": away, **changed})

    def _move(self, move: MoveIn) -> MoveIn:
        return move._replace(fte=None) if self._few(move.fte) else move

    def _control(self, node: Node, control: Control | None) -> Control | None:
        return control._replace(filled=self.mark) if control is not None and node in self.totals_out else control

    @property
    def _others(self) -> int:
        """How many small figures besides people in post are left out: agency workers, people away, people who move."""
        figures: list[Decimal | None] = []
        for post in self.structure.posts.values():
            figures += [known(post.agency), *(figure.value for figure in post.away.values())]
            figures += [move.fte for move in post.moves_in or ()]
        return sum(self._few(figure) for figure in figures)


def _filled(structure: Structure, node: Node) -> Decimal | None:
    control = tree.control_of(structure, node)
    return known(control.filled) if control is not None else None
