"""What a rule is given, and what it is: a description with the function that finds where it is broken."""

from bisect import bisect
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from restructure_cli.model.findings import Finding, Place, Pointer, Rule
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.settings import Settings
from restructure_cli.model.structures import OtherCost, Post, Structure, Team

if TYPE_CHECKING:
    from restructure_cli.model.funding import Funding


class Subject(NamedTuple):
    """A structure to check, with what stands beside it."""

    structure: Structure
    current: Structure | None = None
    """The structure it is a proposal against; None for a current structure."""
    grades: Grades | None = None
    years: tuple[FinancialYear, ...] = ()
    """The years that are to be priced; none: that of the grades file."""
    funding: "Funding | None" = None
    """The funding file that stands beside it."""
    superseded: bool = False
    """Whether a proposal stands beside it, so that what pays for its posts from now on is said there."""
    settings: Settings = Settings()
    """The targets and thresholds of its folder."""


class Check(NamedTuple):
    """A rule and the function that finds where it is broken."""

    rule: Rule
    find: Callable[[Rule, Subject], Iterable[Finding]]


_KINDS = {Team: "teams", Post: "posts", OtherCost: "costs"}


def place(entry: Team | Post | OtherCost, *keys: str, on_key: bool = False) -> Place:
    """Point at an entry, or at one of its keys."""
    pointer: Pointer = (_KINDS[type(entry)], entry.id, *keys)
    return Place(entry.path, pointer, on_key=on_key or not keys)


_MANY, _NEAR = 1000, 50


def known_as(names: Iterable[str], name: str, otherwise: str = "mend the name, or add what it names") -> str:
    """Suggest the id that was meant; among very many only those that stand near it in the alphabet are compared."""
    from difflib import get_close_matches

    candidates = list(names)
    if len(candidates) > _MANY:
        candidates.sort()
        here = bisect(candidates, name)
        candidates = candidates[max(0, here - _NEAR) : here + _NEAR]
    close = get_close_matches(name, candidates, n=1)
    return f'did you mean "{close[0]}"?' if close else otherwise
