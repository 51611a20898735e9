"""Funding files to the model."""

from collections.abc import Mapping
from typing import Any

from restructure_cli.files import rules
from restructure_cli.files.faults import contradiction
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.funding import Funding, Need, Source

Stated = Mapping[str, Any]
_AGAINST = (("amount", "total"), ("amount", "rate"), ("amount", "units"), ("total", "rate"), ("times", "units"),
            ("total", "units"), ("total", "times"), ("total", "per"), ("amount", "times"))  # fmt: skip


def to_model(path: str, stated: Stated) -> tuple[Funding, list[Finding]]:
    """Freeze a funding file, with the faults of entries that lack what they need."""
    faults: list[Finding] = []
    for kind, noun in (("needs", "need"), ("sources", "source")):
        for id_, entry in (stated.get(kind) or {}).items():
            faults += _faults(Place(path, (kind, id_), on_key=True), f"{noun} {id_}", entry or {})
    needs = {id_: Need(id=id_, **_values(entry or {})) for id_, entry in (stated.get("needs") or {}).items()}
    sources = {id_: Source(id=id_, **_values(entry or {})) for id_, entry in (stated.get("sources") or {}).items()}
    return Funding(path, needs, sources, stated.get("note")), faults


def _faults(place: Place, name: str, entry: Stated) -> list[Finding]:
    faults = []
    if not entry.get("title"):
        faults.append(Finding(rules.MISSING_KEY, f"{name} has no title", place, hint="add `title: …`"))
    for one, other in _AGAINST:
        if entry.get(one) is not None and entry.get(other) is not None:
            message = f'{name} has both "{one}" and "{other}"'
            faults.append(contradiction(place, one, other, message))
    return faults


_RENAMED = {"from": "starts", "for": "pays_for"}


def _values(entry: Stated) -> dict[str, Any]:
    """Leave out empty values, and give keys that are words of Python their names in the model."""
    kept = {_RENAMED.get(key, key): value for key, value in entry.items() if value is not None}
    kept.setdefault("title", "")
    return kept
