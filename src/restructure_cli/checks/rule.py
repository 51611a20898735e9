"""What a rule is given, and what it is: a description with the function that finds where it is broken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from restructure_cli.model.findings import Finding, Place, Pointer, Rule
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.structures import OtherCost, Post, Structure, Team


@dataclass(frozen=True, slots=True)
class Subject:
    """A structure to check, with what stands beside it."""

    structure: Structure
    current: Structure | None = None
    """The structure it is a proposal against; None for a current structure."""
    grades: Grades | None = None
    years: tuple[FinancialYear, ...] = ()
    """The years that are to be priced; none: that of the grades file."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule and the function that finds where it is broken."""

    rule: Rule
    find: Callable[[Rule, Subject], Iterable[Finding]]


_KINDS = {Team: "teams", Post: "posts", OtherCost: "costs"}


def place(entry: Team | Post | OtherCost, *keys: str, on_key: bool = False) -> Place:
    """Point at an entry, or at one of its keys."""
    pointer: Pointer = (_KINDS[type(entry)], entry.id, *keys)
    return Place(entry.path, pointer, on_key=on_key or not keys)


def known_as(names: Iterable[str], name: str) -> str:
    """Suggest the id that was meant."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(names), n=1)
    return f'did you mean "{close[0]}"?' if close else ""
