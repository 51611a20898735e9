"""Titles that a # cuts short, as in `title: Post #12`: YAML takes the rest for a comment without a word."""

import re

from restructure_cli.files import rules, text, tree
from restructure_cli.model.findings import Finding

_CUT = re.compile(r" #(?=\d)")
_TITLE = re.compile(r"[^#\"']*\btitle: +[^\"'#{}\[\]]*")
_LONGEST_TITLE = 500
"""How far back on its line a title is looked for; a damaged line may have millions of characters."""


def cut_titles(name: str, decoded: str) -> list[Finding]:
    """Warn of each title that ends at a # with a number after it."""
    found = []
    line = counted = 0
    for cut in _CUT.finditer(decoded):
        furthest = max(0, cut.start() - _LONGEST_TITLE)
        start = decoded.rfind("\n", furthest, cut.start()) + 1
        if (start or not furthest) and _TITLE.fullmatch(decoded, start, cut.start()):
            line, counted = line + text.breaks(decoded, counted, start), start
            place = tree.place_at(name, decoded, line, cut.end() - 1 - start)
            message = "the # begins a comment, so the title ends before it"
            found.append(Finding(rules.CUT_BY_COMMENT, message, place, hint="put the title in quotes"))
    return found
