"""Structure files to the model: entries as stated, overlays laid over their base, then frozen types.

An entry as stated holds only the keys that the file has; laying one over another works on those, key by key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from restructure_cli.files import rules
from restructure_cli.files.faults import contradiction
from restructure_cli.model.findings import Finding, Place
from restructure_cli.model.structures import Control, Counts, Known, MoveIn, OtherCost, Post, Structure, Team

Stated = Mapping[str, Any]
"""A validated file, or entry, with the keys it states."""

NEVER_INHERITED_HEADER = ("title", "as_at", "counts", "document", "control", "note")
_PER_ENTRY = frozenset({"at", "note", "because", "basis", "cost", "control"})
OCCUPANCY = frozenset({"filled", "people", "agency", "vacant", "away"})
_FALLS_WITH = {
    "fte": frozenset({"positions", "hours", "funding", "fte_change"}),
    "fte_change": frozenset({"fte", "positions", "hours", "funding"}),
    "grade": frozenset({"scp", "salary"}),
    "amount": frozenset({"rate", "times", "units", "per"}),
    "rate": frozenset({"amount"}),
}
_KINDS = {"teams": Team, "posts": Post, "costs": OtherCost}


@dataclass(frozen=True, slots=True)
class Layer:
    """A structure as stated so far: header keys, and entries with the file that last stated each."""

    header: Stated
    entries: Mapping[str, Mapping[str, tuple[Stated, str]]]
    files: tuple[str, ...]


def first_layer(path: str, stated: Stated) -> Layer:
    """Return a full file as a layer."""
    entries = {kind: {id_: (entry or {}, path) for id_, entry in (stated.get(kind) or {}).items()} for kind in _KINDS}
    return Layer({key: value for key, value in stated.items() if key not in _KINDS}, entries, (path,))


def overlay(base: Layer, path: str, stated: Stated) -> tuple[Layer, list[Finding]]:
    """Lay a file over the structure it is based on; deleting what is not there is a fault."""
    faults: list[Finding] = []
    header = {key: value for key, value in base.header.items() if key not in NEVER_INHERITED_HEADER}
    header.update({key: value for key, value in stated.items() if key not in _KINDS})
    entries: dict[str, dict[str, tuple[Stated, str]]] = {}
    for kind in _KINDS:
        laid = {id_: (_carried_over(kind, entry), origin) for id_, (entry, origin) in base.entries[kind].items()}
        for id_, given in (stated.get(kind) or {}).items():
            entry = given or {}
            below = laid.get(id_)
            if entry.get("deleted"):
                if below is None:
                    close = get_close_matches(id_, laid, n=1)
                    message = f"{id_} is deleted here, and {base.files[0]} has no such entry"
                    hint = f'did you mean "{close[0]}"?' if close else "leave it out"
                    faults.append(Finding(rules.DELETES_NOTHING, message, Place(path, (kind, id_), on_key=True), hint))
                laid.pop(id_, None)
            else:
                laid[id_] = (entry if below is None else _laid_over(below[0], entry), path)
        entries[kind] = laid
    return Layer(header, entries, (path, *base.files)), faults


def _carried_over(kind: str, entry: Stated) -> Stated:
    """Return what an entry of the base keeps where the overlay does not name it."""
    if kind == "teams":
        return {key: value for key, value in entry.items() if key != "control"}
    if kind == "posts" and not OCCUPANCY.isdisjoint(entry):
        return {key: value for key, value in entry.items() if key not in OCCUPANCY}
    return entry


def _laid_over(below: Stated, entry: Stated) -> Stated:
    """Override an entry key by key; what depends on an overridden key falls with it."""
    falls = set(_PER_ENTRY)
    for key in entry:
        falls |= _FALLS_WITH.get(key, frozenset())
    if entry.get("grade", below.get("grade")) != below.get("grade"):
        falls.add("grading")  # another grade was not evaluated because this one was; the same one still is
    kept = {key: value for key, value in below.items() if key not in falls}
    return {**kept, **entry}


def to_model(path: str, layer: Layer) -> tuple[Structure, list[Finding]]:
    """Freeze a layer into a `Structure`, with the faults of entries that lack what they need."""
    faults = _missing(path, layer)
    header = layer.header
    structure = Structure(
        path=path,
        organisation=header.get("organisation") or "",
        title=header.get("title") or "",
        service=header.get("service"),
        as_at=header.get("as_at"),
        counts=header.get("counts") or Counts.ESTABLISHED,
        hours_per_week=header.get("hours_per_week"),
        document=header.get("document"),
        control=control(header.get("control")),
        teams={id_: _team(id_, *entry) for id_, entry in layer.entries["teams"].items()},
        posts={id_: _post(id_, *entry) for id_, entry in layer.entries["posts"].items()},
        costs={id_: _cost(id_, *entry) for id_, entry in layer.entries["costs"].items()},
        note=header.get("note"),
        files=layer.files,
    )
    return structure, faults


def _missing(path: str, layer: Layer) -> list[Finding]:
    faults = []
    for key in ("organisation", "title"):
        if key in layer.header and not layer.header[key]:
            place = Place(path, (key,), on_key=True)
            faults.append(Finding(rules.MISSING_KEY, f'"{key}" is empty', place, hint=f"write `{key}: …`"))
        elif key not in layer.header:
            hint = f"add a line `{key}: …`"
            faults.append(Finding(rules.MISSING_KEY, f'the header has no "{key}"', Place(path), hint))
    for kind, noun in (("teams", "team"), ("posts", "post"), ("costs", "cost")):
        for id_, (entry, origin) in layer.entries[kind].items():
            if not entry.get("title"):
                place = Place(origin, (kind, id_), on_key=True)
                hint = _meant(id_, layer.entries[kind]) if len(layer.files) > 1 else "add `title: …`"
                faults.append(Finding(rules.MISSING_KEY, f"{noun} {id_} has no title", place, hint))
            if "counted" in entry or not _ONE_OF_TWO[kind].isdisjoint(entry):
                faults += _entry_faults(kind, noun, id_, entry, origin)
    return faults


def _meant(id_: str, entries: Mapping[str, tuple[Stated, str]]) -> str:
    """Suggest the entry of the base that an overlay's entry without a title was meant to change."""
    close = get_close_matches(id_, [other for other, (entry, _) in entries.items() if entry.get("title")], n=1)
    if close:
        return f'did you mean "{close[0]}"? One that is new needs a title'
    return "the structure it is based on has no such entry: mend the id, or add `title: …`"


_AGAINST = {
    "posts": (("fte", "fte_change"), ("cost", "cost_change"), ("of_which", "counted")),
    "costs": (("amount", "rate"), ("amount", "units"), ("times", "units"), ("of_which", "counted")),
    "teams": (),
}
_ONE_OF_TWO = {kind: frozenset(other for _, other in pairs) for kind, pairs in _AGAINST.items()}


def _entry_faults(kind: str, noun: str, id_: str, entry: Stated, origin: str) -> list[Finding]:
    """Say what an entry lacks, and which of its keys cannot both hold."""
    faults = []
    place = Place(origin, (kind, id_), on_key=True)
    if entry.get("counted") is False and not entry.get("because"):
        message = f"{noun} {id_} is left out of the totals without saying why"
        faults.append(Finding(rules.MISSING_KEY, message, place, hint="add `because: …`"))
    for one, other in _AGAINST[kind]:
        if entry.get(one) is not None and entry.get(other) is not None and entry[other] is not True:
            message = f'{id_} has both "{one}" and "{other}"'
            faults.append(contradiction(place, one, other, message))
    return faults


def _team(id_: str, entry: Stated, path: str) -> Team:
    values = {key: value for key, value in entry.items() if key != "deleted"}
    values["control"] = control(entry.get("control"))
    return Team(id=id_, path=path, **_without_unknowns(values))


def _post(id_: str, entry: Stated, path: str) -> Post:
    if "title" in entry and "deleted" not in entry and "from" not in entry:
        for value in entry.values():
            if value is None:
                break
        else:
            return Post(id=id_, path=path, **entry)
    values = {key: value for key, value in entry.items() if key not in ("deleted", "from")}
    moves = entry.get("from")
    if moves is not None:
        values["moves_in"] = tuple(_move(move) for move in moves)
    return Post(id=id_, path=path, **_without_unknowns(values))


def _move(move: Stated) -> MoveIn:
    fte = move.get("fte")
    return MoveIn(move.get("post") or "", move.get("by") or (), fte.value if fte is not None else None)


def _cost(id_: str, entry: Stated, path: str) -> OtherCost:
    values = {key: value for key, value in entry.items() if key not in ("deleted", "from")}
    return OtherCost(id=id_, path=path, starts=entry.get("from"), **_without_unknowns(values))


def _without_unknowns(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out empty values, for which the model has its own word."""
    kept = {key: value for key, value in values.items() if value is not None}
    kept.setdefault("title", "")
    return kept


def control(stated: Stated | None) -> Control | None:
    """Freeze a control total."""
    if not stated:
        return None
    values = _without_unknowns(dict(stated))
    values.pop("title")
    known = values.pop("known", None)
    if known and known.get("difference") is not None:
        values["known"] = Known(known["difference"], known.get("because") or "")
    return Control(**values)
