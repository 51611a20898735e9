"""Organograms of bodies that do not exist, as large and as faulty as real ones: made from a seed, counted naively.

The faults are those of files on data.gov.uk: cells in stray apostrophes, pay of 0 for "not disclosed", eliminated posts
of 0.01 FTE, job shares whose halves are paid apart, references spelled in two ways, loops, orphans, rows of totals,
headers in the midst, templates' padding, numbers written out too far, and bytes of Windows-1252.
"""

import csv
import io
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from extracts_made import JUNIOR, SENIOR, junior, senior

_FTE = ("1", "1", "1", "1.00", "0.8", "0.60", "0.81", "0.5")
_STRANGE_FTE = ("", "N/D", "N/A", "full time", "-1", "1.2.3", "1e2", " 1 ", "0.59999999999999998", "#REF!", "'N/D'")
_UNITS = 60
ORGANISATIONS = ("Lighthouse Board", "Fog Office")
_GRADES = (
    ("AA", 15000, 17000), ("AO", 18000, 21500), ("EO", 22000, 27001), ("HEO", 28000, 34000), ("SEO", 35000, 42500),
    ("Grade 7", 47000, 60001), ("Grade 6", 57000, 70000),
)  # fmt: skip
_COST, _FLOOR, _CEILING = "Salary Cost of Reports (£)", "Actual Pay Floor (£)", "Actual Pay Ceiling (£)"
_LOW, _HIGH = "Payscale Minimum (£)", "Payscale Maximum (£)"


@dataclass
class Made:
    """Both files of an organogram as rows, headers included."""

    seniors: list[Sequence[str]]
    juniors: list[Sequence[str]]


def made(seed: int, seniors: int, juniors: int, faults: float = 0.05) -> Made:
    """Make an organogram; `faults` is how many of its rows are not as they should be."""
    chance = random.Random(seed)
    units = [f"Unit {number} – {chance.choice(('Lamps', 'Fog', 'Oil', 'Stores'))}" for number in range(_UNITS)]
    references = ["CEO", *(_reference(chance, number) for number in range(1, seniors))]
    above = [_senior(chance, references, number, chance.choice(units), faults) for number in range(seniors)]
    rows = [line for lines in above for line in lines]
    below = [_junior(chance, chance.choice(references), chance.choice(units), faults) for _ in range(juniors)]
    return Made(
        [SENIOR, *_disturbed(chance, rows, SENIOR, faults)], [JUNIOR, *_disturbed(chance, below, JUNIOR, faults)]
    )


@dataclass
class Changed:
    """What happened between two files: FTE that came and went, by naive addition."""

    came: Decimal = Decimal(0)
    went: Decimal = Decimal(0)


def later(before: Made, seed: int) -> tuple[Made, Changed]:
    """Return the same organogram a year on, without faults of its own: posts come, go and grow; pay rises; rows stand
    in another order."""
    chance = random.Random(seed)
    told = Changed()
    at = JUNIOR.index("Number of Posts in FTE")
    low, high = JUNIOR.index(_LOW), JUNIOR.index(_HIGH)
    juniors: list[Sequence[str]] = []
    for row in before.juniors[1:]:
        cells = list(row)
        lot = chance.random()
        if lot < 0.05:
            told.went += Decimal(cells[at])
            continue
        if lot < 0.1:
            cells[at] = f"{Decimal(cells[at]) + 1}"
            told.came += 1
        cells[low], cells[high] = (f"{int(cells[end]) + 200}" for end in (low, high))
        juniors.append(cells)
    for _ in range(len(juniors) // 50):
        row = [*chance.choice(before.juniors[1:])]
        row[JUNIOR.index("Unit")], row[at] = "New unit", "2.5"
        row[low], row[high] = (f"{int(row[end]) + 200}" for end in (low, high))
        told.came += Decimal("2.5")
        juniors.append(row)
    chance.shuffle(juniors)
    return Made(before.seniors, [JUNIOR, *juniors]), told


def _reference(chance: random.Random, number: int) -> str:
    return chance.choice(
        (f"{number}", f"{number:05}", f"HO_CED{number}v2", f"AB {number}", f"dwp{number}", f"P/{number}")
    )


def _senior(chance: random.Random, references: list[str], number: int, unit: str, faults: float) -> list[list[str]]:
    """Return the rows of one senior post: several where it is shared."""
    said = {"Unit": unit, "FTE": chance.choice(_FTE), "Name": f"Person {number}"}
    above = "XX" if number == 0 else references[chance.randrange(number)]
    floor = chance.randrange(60, 160) * 1000
    said |= {_FLOOR: str(floor), _CEILING: str(floor + 4999), _COST: f"{chance.randrange(0, 5_000_000):,}"}
    if number and chance.random() < faults:
        said |= chance.choice((
            {"Name": "Vacant", _FLOOR: "0", _CEILING: "0"}, {"Name": "VACANT'", _FLOOR: "N/A", _CEILING: "N/A"},
            {"Name": "GAPPED"}, {"Name": "Eliminated", "FTE": "0.01"}, {"Name": "'Eliminated'", "FTE": "1"},
            {"Name": "Eliminated", "FTE": ""}, {"Name": ""}, {"Name": "N/D", _FLOOR: "N/D", _CEILING: "N/D"},
            {"FTE": chance.choice(_STRANGE_FTE)}, {_COST: "N/D"}, {_COST: "£1,234,567.89"}, {"Job Title": ""},
            {_FLOOR: "£90,000", _CEILING: "£94,999"}, {_FLOOR: "94999", _CEILING: "90000"}, {_FLOOR: "low"},
        ))  # fmt: skip
        above = chance.choice((above, "NOBODY", references[number], above.lower(), f" {above} ", "", "xx"))
    title = said.pop("Job Title", f"Director {number}")
    reference = references[number] if number == 0 or chance.random() > faults / 4 else chance.choice(("0", "", "1"))
    first = senior(reference, title, above, **said)
    if number == 0 or chance.random() > faults / 2:
        return [first]
    other = {"FTE": "0.45", "Name": f"Other {number}"}
    apart = {_FLOOR: "61000", _CEILING: "65999", _COST: "0"} if chance.random() < 0.5 else {}
    return [first, senior(reference, title, above, **(said | other | apart))]


def _junior(chance: random.Random, above: str, unit: str, faults: float) -> list[str]:
    grade, low, high = chance.choice(_GRADES)
    title = chance.choice(("Clerk", "Officer", "Lamplighter", "Operational Manager ", "Engineer"))
    fte = f"{Decimal(chance.randrange(1, 9000)) / 100}"
    said = {"Unit": unit, "Grade": grade, _LOW: str(low), _HIGH: str(high)}
    if chance.random() < faults:
        said |= chance.choice((
            {"Unit": ""}, {"Unit": f" {unit} "}, {"Grade": ""}, {_LOW: "", _HIGH: ""}, {_LOW: "N/A"},
            {_LOW: "0", _HIGH: "0"},
            {_LOW: f"£{low:,}", _HIGH: f"£{high:,}"}, {_HIGH: str(high + 500)}, {"Generic Job Title": ""},
            {"Organisation": "Fog Office"}, {"Parent Department": "Department for Dark"}, {"Grade": f"{grade} / Other"},
        ))  # fmt: skip
        fte = chance.choice((fte, f"{fte}0", "1,234.50", *_STRANGE_FTE))
        above = chance.choice((above, above, "NOBODY", "", above.upper(), f"{above} "))
    return junior(above, said.pop("Generic Job Title", title), fte, **said)


def _disturbed(
    chance: random.Random, rows: list[list[str]], header: Sequence[str], faults: float
) -> Iterable[list[str]]:
    """Put between the rows what is none, and rows that are damaged."""
    for row in rows:
        yield row
        if chance.random() < faults / 3:
            total = [""] * len(header)
            total[0], total[8] = "Total", "412.6"
            yield chance.choice((
                [""] * len(header), [], total, list(header), [*row, "beyond"], list(row), [" "] * 3,
                ["Grand total", "9"],
            ))  # fmt: skip


def write(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", trailing: int = 0) -> Path:
    """Write rows as a CSV with some empty columns after the last, and line breaks as Windows has them."""
    text = io.StringIO()
    csv.writer(text).writerows([*row, *[""] * trailing] for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@dataclass
class Counted:
    """What a naive reader of the file comes to: rows that are posts, rows that are none, FTE as stated."""

    rows: int = 0
    rejected: int = 0
    fte: Decimal = Decimal(0)
    outside: Decimal = Decimal(0)
    unknown: int = 0
    """Rows in the totals whose FTE is blank, not disclosed or no figure."""
    refused: int = 0
    """Rows whose FTE is neither a figure nor said to be missing."""
    by_unit: dict[str, Decimal] = field(default_factory=dict)


_MISSING = {"", "n/d", "n/a"}
_TOTAL = re.compile(r"(grand )?total", re.IGNORECASE)


def counted(path: Path, encoding: str = "utf-8") -> Counted:
    """Count a file with nothing but the csv module and decimals."""
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding), newline=""))
    names = {name: at for at, name in enumerate(header)}
    is_senior = "Post Unique Reference" in names
    title, fte = (
        names["Job Title" if is_senior else "Generic Job Title"],
        names["FTE" if is_senior else "Number of Posts in FTE"],
    )
    found, seen = Counted(), set()
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        found.rows += 1
        cells = [cell.strip() for cell in row]
        named = is_senior and cells[1] not in ("", "N/D")
        repeat = named and tuple(cells) in seen and not re.match("'?(vacan|gapped)", cells[1], re.IGNORECASE)
        seen.add(tuple(cells))
        beyond = any(cells[len(header):])  # fmt: skip
        if (
            _TOTAL.fullmatch(cells[0])
            or cells == [name.strip() for name in header]
            or beyond
            or not cells[title]
            or repeat
        ):
            found.rejected += 1
            continue
        outside = is_senior and ("eliminated" in cells[1].lower() or cells[0] == "0")
        _add(found, cells[fte], cells[names["Unit"]], outside=outside)
    return found


def _add(found: Counted, stated: str, unit: str, *, outside: bool) -> None:
    bare = stated.strip("'").lower()
    if not re.fullmatch(r"[\d,]+(\.\d+)?", bare):
        found.refused += bare not in _MISSING
        found.unknown += not outside
        return
    figure = Decimal(bare.replace(",", ""))
    figure = Decimal("0.6") if figure == Decimal("0.59999999999999998") else figure
    if outside:
        found.outside += figure
        return
    found.fte += figure
    found.by_unit[" ".join(unit.split())] = found.by_unit.get(" ".join(unit.split()), Decimal(0)) + figure
