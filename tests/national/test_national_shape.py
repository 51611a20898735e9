"""Every packaged parameter has the one shape: all keys, sources, dates in order, a basis, and why where not published.

Two ways: the files as plain YAML, by nothing but these tests; and the reader, which refuses each departure. A
parameter, or a value of one, cannot be added without its sources.
"""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import restructure_cli.national
from restructure_cli.model.national import Unit
from restructure_cli.model.quantities import Basis
from restructure_cli.national.parameters import names, parameter, spines, standing
from restructure_cli.national.reading import Malformed, read

FOLDER = Path(restructure_cli.national.__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))
HEADER = {"restructure", "title", "unit", "complete_to", "values"}
MAY = {"note", "beyond", "follows"}
EXPECTED = (
    "apprenticeship-levy", "national-living-wage", "ni-rate", "ni-threshold", "njc", "njc-2015", "teachers-pension",
)  # fmt: skip


def plain(path: Path) -> dict[str, Any]:
    """Read a file with its scalars as text, as PyYAML's base loader does."""
    loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


def test_the_parameters_are_those_that_are_promised() -> None:
    assert names() == EXPECTED
    assert spines() == ("njc", "njc-2015")
    assert standing() == tuple(name for name in EXPECTED if name != "njc-2015")
    with pytest.raises(KeyError):
        parameter("njc-2016")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_header_is_whole(path: Path) -> None:
    stated = plain(path)
    assert HEADER <= stated.keys() <= HEADER | MAY
    assert path.read_text("utf-8").startswith("restructure: national/1\n")
    assert stated["unit"] in set(Unit)
    assert re.fullmatch(r"20\d\d-\d\d", stated["complete_to"])
    assert all(stated[key].strip() for key in ("title", "note", "beyond"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_has_its_date_figure_title_source_and_basis(path: Path) -> None:
    stated = plain(path)
    holds = "points" if stated["unit"] == "£ a year by point" else "value"
    for value in stated["values"]:
        must = {"from", holds, "title", "source", "basis"}
        assert must <= value.keys() <= must | {"because"} | ({"except"} if holds == "points" else set())
        assert re.fullmatch(r"20\d\d-\d\d-0[16]", value["from"])
        assert value["title"].strip()
        assert isinstance(value["source"], list)
        assert value["source"]
        assert all(len(source.split()) > 1 or source.startswith("http") for source in value["source"])
        for known in (value, *value.get("except", ())):
            assert known["basis"] in set(Basis)
            assert ("because" in known) is (known["basis"] != "published")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dates_ascend_to_the_last_year(path: Path) -> None:
    stated = plain(path)
    starts = [date.fromisoformat(value["from"]) for value in stated["values"]]
    assert starts == sorted(set(starts))
    assert starts[-1] < date(int(stated["complete_to"][:4]) + 1, 4, 1)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_reader_takes_every_value_as_it_is_written(path: Path) -> None:
    one, stated = parameter(path.stem), plain(path)
    assert (one.name, one.path, one.title) == (path.stem, f"national/{path.name}", stated["title"])
    for value, written in zip(one.values, stated["values"], strict=True):
        assert value.start.isoformat() == written["from"]
        assert value.source == tuple(written["source"])
        assert value.basis == written["basis"]
        if one.unit is Unit.SPINE:
            assert {str(point): str(pay) for point, pay in value.points.items()} == written["points"]
        else:
            figure = Decimal(written["value"].strip("£%").replace(",", ""))
            assert value.value == (figure / 100 if one.unit is Unit.RATE else figure)


RATE = """restructure: national/1
title: A rate
unit: rate
complete_to: 2025-26
values:
  - from: 2024-04-06
    value: 13.8%
    title: A budget
    source: [An Act]
    basis: published
  - from: 2025-04-06
    value: 15%
    title: Another budget
    source: [Another Act]
    basis: assumed
    because: it is not law yet
"""
SPINE = """restructure: national/1
title: A spine
unit: £ a year by point
complete_to: 2025-26
follows:
  spine: njc-2015
  points: {9: 1, 10: 2}
  source: [A circular]
  basis: derived
  because: points below 9 were dropped
values:
  - from: 2025-04-01
    points: {1: 20000, 2: 21000, 3: 22000}
    title: An award
    source: [A circular]
    basis: derived
    because: last year's by 1.03
    except:
      - points: 1, 3
        basis: assumed
        because: nobody said
"""


def test_the_reader_takes_files_of_the_shape() -> None:
    rate, spine = read("a", "a.yaml", RATE), read("b", "b.yaml", SPINE)
    assert [str(value.value) for value in rate.values] == ["0.138", "0.15"]
    assert spine.values[0].known_by(2) == (Basis.DERIVED, "last year's by 1.03")
    assert spine.values[0].known_by(3) == (Basis.ASSUMED, "nobody said")
    assert spine.follows is not None
    assert spine.follows.points == {9: 1, 10: 2}


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (RATE, "national/1", "grades/1"),
        (RATE, "title: A rate\n", ""),
        (RATE, "title: A rate", "title:"),
        (RATE, "title: A rate", "titel: A rate"),
        (RATE, "unit: rate", "unit: percent"),
        (RATE, "unit: rate", "unit: £ a year"),
        (RATE, "complete_to: 2025-26\n", ""),
        (RATE, "complete_to: 2025-26", "complete_to: 2024-25"),
        (RATE, "complete_to: 2025-26", "complete_to: 2025"),
        (RATE, "    title: A budget\n", ""),
        (RATE, "    source: [An Act]\n", ""),
        (RATE, "source: [An Act]", "source: An Act"),
        (RATE, "source: [An Act]", "source: []"),
        (RATE, "source: [An Act]", "source: ['']"),
        (RATE, "    basis: published\n", ""),
        (RATE, "basis: published", "basis: recalled"),
        (RATE, "basis: published", "basis: assumed"),
        (RATE, "    because: it is not law yet\n", ""),
        (RATE, "basis: published", "basis: published\n    because: it is law"),
        (RATE, "value: 13.8%", "value: 0.138"),
        (RATE, "value: 13.8%", "value: 138%"),
        (RATE, "value: 13.8%", "value:"),
        (RATE, "value: 13.8%", "points: {1: 20000}"),
        (RATE, "from: 2025-04-06", "from: 2024-04-06"),
        (RATE, "from: 2025-04-06", "from: 2023-04-06"),
        (RATE, "from: 2025-04-06", "from: 2024-04-01"),
        (RATE, "from: 2025-04-06", "from: 2025-04-15"),
        (RATE, "from: 2025-04-06", "from: 2025-04"),
        (RATE, "complete_to", "follows: {spine: x, points: {1: 1}, source: [x], basis: published}\ncomplete_to"),
        (RATE, RATE[RATE.index("values:") :], "values: []\n"),
        (RATE, RATE, "values: ["),
        (RATE, "title: A rate", "title: A rate\ntitle: Another"),
        (SPINE, "points: {1: 20000, 2: 21000, 3: 22000}", "value: £20,000"),
        (SPINE, "{1: 20000, 2: 21000, 3: 22000}", "{}"),
        (SPINE, "{1: 20000, 2: 21000, 3: 22000}", "{1: 20000, 3: 22000}"),
        (SPINE, "{1: 20000, 2: 21000, 3: 22000}", "{1: 20000, 3: 22000, 2: 21000}"),
        (SPINE, "2: 21000", "2: 12000"),
        (SPINE, "2: 21000", "2:"),
        (SPINE, "points: 1, 3", "points: 1, 4"),
        (SPINE, "        because: nobody said\n", ""),
        (SPINE, "        basis: assumed\n", ""),
        (SPINE, "  source: [A circular]\n  basis: derived", "  basis: derived"),
        (SPINE, "from: 2025-04-01", "from: 2024-04-01\n    points: {1: 19000}\n    title: x\n    source: [x y]\n"
                "    basis: published\n  - from: 2025-09-01"),
    ],
)  # fmt: skip
def test_the_reader_refuses_any_other(text: str, old: str, new: str) -> None:
    assert text.count(old) >= 1
    with pytest.raises(Malformed, match=r"a\.yaml: ."):
        read("a", "a.yaml", text.replace(old, new, 1))
