"""A comment by which a file excuses itself from a rule: where it stands, what for, how long and why."""

from typing import NamedTuple

from restructure_cli.model.findings import Place
from restructure_cli.model.periods import Moment


class Suppression(NamedTuple):
    """A comment such as `# restructure: ignore FND504 until 2027-03-31 because the bid is with the department`.

    It covers the lines from `first` to `last`, counted from 1.
    """

    place: Place
    """The comment itself, with its line and column."""
    codes: tuple[str, ...] = ()
    until: Moment | None = None
    because: str = ""
    first: int = 0
    last: int = 0
    fault: str = ""
    """What is wrong with how it is written; it then suppresses nothing."""
    hint: str = ""
