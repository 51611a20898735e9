"""Structures compared with themselves at a revision: for each, what changed since."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from restructure_cli.model.results import Diff


class Status(StrEnum):
    """How a structure here stands to the same one at the revision."""

    CHANGED = "changed"
    NEW = "new"
    DELETED = "deleted"
    UNCHANGED = "unchanged"
    NOT_COMPARED = "not compared"


class Revised(NamedTuple):
    """One structure here and at the revision; in its diff `current` is the revision and `proposed` is here."""

    path: str
    status: Status
    diff: Diff | None = None
    also: Mapping[str, tuple[str, ...]] = {}
    """By post: keys that differ and that no word for a change tells."""
    because: str = ""
    """Why it could not be compared."""
    years: tuple[str, str] | None = None
    """The years whose prices the two are compared at, where they differ."""


class Against(NamedTuple):
    """A comparison with a revision."""

    ref: str
    commit: str
    structures: tuple[Revised, ...]
