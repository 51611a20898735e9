"""Findings as people read them: the rule, the place, the line itself with the spot marked, and what to do."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from restructure_cli.model.findings import Finding, Place, Severity
from restructure_cli.model.report import Report
from restructure_cli.render.printable import printable, uncommanded
from restructure_cli.render.wrapping import width_of, wrap_words

LONGEST_EXCERPT = 110
MOST_OF_A_RULE = 100
"""How many findings of one rule in one file are written out for a person."""
MOST_ENDS = 10
"""How many other ends of one conflict are shown."""
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


class _HasFindings(Protocol):
    @property
    def findings(self) -> tuple[Finding, ...]: ...


def render_check(result: _HasFindings, told: Report, *, colour: bool, width: int | None) -> str:
    """Write the findings of a check, then the line that counts them."""
    return render_findings(result.findings, colour=colour, width=width) + told.conclusion + "\n"


def render_findings(findings: Iterable[Finding], *, colour: bool, width: int | None) -> str:
    """Write findings one under the other, an empty line after each; of one rule in one file only the first ones.

    The rest are counted, so that nobody takes the first for all there are.
    """
    written: list[str] = []
    told: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        key = (finding.place.path, finding.rule.code)
        told[key] += 1
        if told[key] <= MOST_OF_A_RULE:
            written.append(_one(finding, colour, width))
    for (path, code), number in sorted(told.items()):
        if number > MOST_OF_A_RULE:
            more = f"… and {number - MOST_OF_A_RULE:,} more {code} in {path}."
            written.append(_wrapped(f"{printable(more)} `restructure check --format csv` lists them all.", width))
    return uncommanded("".join(f"{one}\n\n" for one in written))


def _one(finding: Finding, colour: bool, width: int | None) -> str:
    rule = finding.rule
    head = f"{rule.severity}[{rule.code}]"
    if colour:
        head = f"\x1b[1;{_COLOURS[rule.severity]}m{head}\x1b[0m"
    message = _wrapped(f"{rule.severity}[{rule.code}] {printable(finding.message)}", width)
    told = [message.replace(f"{rule.severity}[{rule.code}]", head, 1), *_excerpt(finding.place, width)]
    for place in finding.also[:MOST_ENDS]:
        told += _excerpt(place, width, "also:")
    if finding.also[MOST_ENDS:]:
        told.append(f"  also: {len(finding.also) - MOST_ENDS:,} more places")
    if finding.hint:
        told.append(_wrapped(f"  hint: {printable(finding.hint)}", width))
    return "\n".join(told)


def _wrapped(text: str, width: int | None) -> str:
    """Set words within the width, later lines under the first's words; in a pipe, on one line."""
    if width is None:
        return text
    indent = " " * (len(text) - len(text.lstrip()) + 4)
    first, *rest = wrap_words(text.strip(), max(width - len(indent), 20))
    return "\n".join([text[: len(text) - len(text.lstrip())] + first, *(indent + line for line in rest)])


def _where(place: Place) -> str:
    if place.cell:
        return printable(f"{place.cell}  {place.path}")
    position = f":{place.line}:{place.column}" if place.line is not None else ""
    keys = "  " + ".".join(place.pointer) if place.pointer else ""
    return printable(f"{place.path}{position}{keys}")


def _excerpt(place: Place, width: int | None, sign: str = "-->") -> list[str]:
    """Show the line with a mark under the spot; a long line is shown around it."""
    told = [f"  {sign} {_where(place)}"]
    if place.line is None or place.column is None or not place.source.strip():
        return told
    gutter = f"{place.line:>6} | "
    room = min(width or LONGEST_EXCERPT, LONGEST_EXCERPT) - len(gutter)
    start = max(0, place.column - 1 - room // 2) if len(place.source) > room else 0
    shown = place.source[start : start + room]
    before = width_of(_plain(shown[: place.column - 1 - start]))
    marks = max(1, min(place.width, room - before, 60))
    return [*told, f"{gutter}{_plain(shown)}", f"{' ' * 6} | {' ' * before}{'^' * marks}"]


def _plain(text: str) -> str:
    """Keep the spacing of a line, its tabs as one space, and nothing that a terminal would obey."""
    return "".join(character if character == " " else printable(character) or " " for character in text)
