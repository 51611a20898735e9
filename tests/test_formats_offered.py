"""`--help` offers the formats that a verb writes, no more and no fewer: every other one is refused, with the list."""

import re

import pytest

from running import Restructure

VERBS = {
    "chart": ("examples/current.yaml",),
    "check": ("examples",),
    "claims": ("examples",),
    "cost": ("examples",),
    "diff": ("examples",),
    "explain": ("examples/current.yaml", "--post", "clerk"),
    "gap": ("examples",),
    "import": ("examples/hr-extract.csv", "--organisation", "Ashdale", "--dry-run"),
    "national": (),
    "publish": ("examples",),
    "report": ("examples",),
    "rule": (),
    "vacancies": ("examples/current.yaml",),
}
NOT_WRITTEN = {"chart": "sarif"}
"""A format that a verb does not write; the others draw no pictures."""
CHOOSES = {"auto", "or"}
"""What stands among the formats and is none."""


def formats(text: str) -> set[str]:
    """Read the names of formats out of a text that is wrapped and framed."""
    return set(re.findall(r"[a-z]+", text)) - CHOOSES


@pytest.mark.parametrize("verb", VERBS)
def test_what_help_offers_is_what_is_written(restructure: Restructure, verb: str) -> None:
    refused = restructure(verb, *VERBS[verb], "--format", NOT_WRITTEN.get(verb, "svg"))
    assert refused.code == 2
    written = formats(refused.err.partition("it writes")[2])
    offered = re.search(r"--format\b[^A-Z]*FORMAT(.*?)unless", restructure(verb, "--help").out, re.DOTALL)
    assert offered is not None
    assert formats(offered[1]) == written != set()
