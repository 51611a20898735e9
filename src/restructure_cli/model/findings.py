"""What is wrong with a file, as a value: rule, place, what was expected and what to do."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs. A note is for reading; it never stops a gate by default."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(NamedTuple):
    """What a code stands for. A code is a group and a number and is never reused."""

    code: str
    name: str
    severity: Severity
    title: str
    why: str
    example: str
    no_total: bool = False
    """Whether nothing can be added up where it is broken, though the files are well-formed."""
    left_out: bool = False
    """Whether what is at fault, a row or cell of an extract, is named and left out, and the rest stands."""

    @property
    def blocks(self) -> bool:
        """Whether a finding means that the input is not valid, so that no total may be printed."""
        if self.severity is not Severity.ERROR or self.left_out:
            return False
        return self.no_total or self.code[:3] in ("SYN", "SCH", "REF")


Pointer = tuple[str, ...]
"""The keys that lead to an entry of a file: ("posts", "team-manager", "fte")."""


class Place(NamedTuple):
    """Where something stands: a file and the keys that lead there; line and column from 1, once found."""

    path: str
    pointer: Pointer = ()
    on_key: bool = False
    line: int | None = None
    column: int | None = None
    source: str = ""
    """The line itself."""
    width: int = 1
    """How many characters the entry takes on its line."""
    offset: int = 0
    """How many characters into the entry's text the fault is."""
    holds: str = ""
    """The text at fault, where it is one of several under the entry."""
    cell: str = ""
    """The cell of a workbook, such as Posts!C14."""


class Finding(NamedTuple):
    """One fault or remark about a file."""

    rule: Rule
    message: str
    place: Place
    hint: str = ""
    also: tuple[Place, ...] = ()
    """The other end of a conflict."""
