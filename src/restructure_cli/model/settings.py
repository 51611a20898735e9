"""What a repository asks of its check: severities, targets, thresholds, and which rules nobody below may lower."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.model.findings import Place

OFF = "off"
"""The severity of a rule that is not told at all."""


class SettingsFile(NamedTuple):
    """One settings file, as it stands; None for what it does not state."""

    path: str
    severities: Mapping[str, str] = {}
    """By code: error, warning, note or off."""
    locked: tuple[str, ...] = ()
    publication: bool | None = None
    span: tuple[int, int] | None = None
    layers: int | None = None
    shortfall: Decimal | None = None
    occupants: int | None = None
    at: Mapping[str, Place] = {}
    """Where its entries stand, for a file that is not YAML."""


class Settings(NamedTuple):
    """What holds for the files of one folder: the settings files above it, laid over each other."""

    severities: Mapping[str, str] = {}
    locked: frozenset[str] = frozenset()
    publication: bool = False
    """Whether the files are meant to be published, so that they may tell of nobody."""
    span: tuple[int, int] | None = None
    """The least and most people who are to report to one post, both included; None: no target."""
    layers: int | None = None
    """The most posts that are to stand in one line of reporting, from the top to the last; None: no target."""
    shortfall: Decimal = Decimal(0)
    """FTE that a pool may lack without a word."""
    occupants: int = 1
    """A line with so many people, or fewer, tells what each of them is paid."""
