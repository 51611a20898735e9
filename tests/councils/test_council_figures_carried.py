"""Every figure of the five reports is carried: by an entry of a structure or funding file, by a claim, or not at all.

`carried/` lists the figures of each report by paragraph, with the entries that carry them. A figure is carried where
an entry named states just that figure; what is in no file says why.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from restructure_cli.files.printed import printed
from restructure_cli.files.scalars import Unreadable

ROOT = Path(__file__).parents[2]
REGISTERS = sorted((Path(__file__).parent / "carried").glob("*.yaml"))
SUBSTANTIVE = {"bury": 201, "lancashire": 57, "monmouthshire": 53, "sefton": 131, "west-sussex": 22}
"""How many figures of each report are carried."""


@cache
def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return loaded


def _entry(council: str, pointer: str) -> Any:
    file, _, keys = pointer.partition("#")
    here: Any = _load(ROOT / "structures" / council / f"{file}.yaml")
    if file == "claims":
        return here["claims"][keys]
    while keys:
        if isinstance(here, list):
            here = {str(number): item for number, item in enumerate(here)}
        key = next(
            (key for key in sorted(here, key=len, reverse=True) if keys == key or keys.startswith(f"{key}.")), keys
        )
        here, keys = here[key], keys[len(key) + 1 :]
    return here


def _texts(entry: Any) -> Iterator[str]:
    if isinstance(entry, dict):
        for key, value in entry.items():
            if key not in ("at", "because"):
                yield from _texts(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _texts(value)
    elif entry:
        yield str(entry)


def _figures(text: str) -> set[Decimal]:
    try:
        figure = printed(text)
    except Unreadable:
        return set()
    ends = figure.interval.value, figure.interval.low, figure.interval.high
    found = {end for end in ends if end is not None and end.is_finite()}
    return found | {100 * end for end in found if figure.unit.value == "%"}


def _states(entry: Any, value: str) -> bool:
    texts = list(_texts(entry))
    if any(value in text for text in texts):
        return True
    try:
        wanted = Decimal(value)
    except ArithmeticError:
        return False
    return any(wanted in _figures(text) for text in texts)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda path: path.stem)
def test_each_figure_of_the_report_is_stated_where_the_register_says(register: Path) -> None:
    missing = []
    for id_, figure in _load(register).items():
        if not figure["by"]:
            assert figure["why"], id_
            continue
        entries = [_entry(register.stem, pointer) for pointer in figure["by"]]
        wanted = figure.get("as", figure["value"])
        if wanted not in ("", "null") and not any(_states(entry, wanted) for entry in entries):
            missing.append((id_, wanted, figure["by"]))
    assert missing == []


@pytest.mark.parametrize("register", REGISTERS, ids=lambda path: path.stem)
def test_no_figure_is_dropped(register: Path) -> None:
    assert sum(1 for figure in _load(register).values() if figure["by"]) == SUBSTANTIVE[register.stem]
