"""What is documented of a rule: what it stands for, and an example that breaks it, broken and mended."""

from collections.abc import Mapping
from typing import NamedTuple

from restructure_cli.model.findings import Rule


class Documented(NamedTuple):
    """A rule with its group and its example: the text of files by name."""

    rule: Rule
    group: str
    """What the rules of its group are about."""
    firm: bool
    """Whether it can be neither suppressed nor lowered."""
    fails: Mapping[str, str]
    mended: Mapping[str, str]
    """Those of the files that differ once the fault is mended, and those that come to them."""
