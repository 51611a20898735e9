"""What posts made of extracts take from their rows: figures, notes, reporting lines, and where they stand in words."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import PurePath

from restructure_cli.files import scalars
from restructure_cli.files.extracts import rules
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.quantities import Quantity

_LONGEST = 120
OURS = re.compile(r"(\S.* )?rows? [\d, -]+(and others)?( of .+)?")
"""How an import writes where an entry stands: what people write instead is theirs."""


def quantity(figure: Decimal | None) -> Quantity | None:
    """Return a figure as a file states it, without noughts at its end: three posts at 1.00 are 3."""
    if figure is None:
        return None
    plain = figure.to_integral_value() if figure == figure.to_integral_value() else figure.normalize()
    return Quantity(plain, half_digit=scalars.half_digit(plain))


def rows_of(places: Iterable[Place], several_files: bool) -> tuple[str, ...]:
    """Say which rows an entry was put together from, file by file where there are several."""
    lines: dict[str, set[int]] = {}
    for place in places:
        file = PurePath(place.path).name if several_files else ""
        lines.setdefault(file, set()).add(place.line or int(re.sub(r".*\D", "", place.cell) or 0))
    return tuple(_told(file, sorted(found)) for file, found in lines.items())


def _told(file: str, lines: list[int]) -> str:
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    told = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    if len(told) > _LONGEST:
        told = told[:_LONGEST].rsplit(",", maxsplit=1)[0] + " and others"
    word = "row" if len(lines) == 1 else "rows"
    return f"{file} {word} {told}".strip()


def note_of(kept: Iterable[Iterable[tuple[str, str]]]) -> str | None:
    """Write the columns that were kept by name as a note: each header with its texts, each text once."""
    texts: dict[str, dict[str, None]] = {}
    for columns in kept:
        for header, words in columns:
            texts.setdefault(header, {})[words] = None
    return "; ".join(f"{header}: {', '.join(words)}" for header, words in texts.items()) or None


def without_loops(above: Mapping[str, str], places: Mapping[str, Place]) -> tuple[dict[str, str], list[Finding]]:
    """Take out of reporting lines those that close a circle, each told as a finding."""
    kept = dict(above)
    found: list[Finding] = []
    done: set[str] = set()
    for start in above:
        trail: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in done and here not in trail:
            trail[here] = None
            here = kept.get(here)
        if here is not None and here in trail:
            circle = list(trail)[list(trail).index(here) :]
            last = max(circle, key=lambda id_: (places[id_].line or 0, id_))
            message = (
                f"{last} reports to itself" if len(circle) == 1 else
                f"{' → '.join([*circle, here])}: they report to each other in a circle"
            )  # fmt: skip
            hint = f"who {last} reports to is left out: mend it in the extract"
            found.append(Finding(rules.LOOP, message, places[last], hint))
            del kept[last]
        done |= set(trail)
    return kept, found
