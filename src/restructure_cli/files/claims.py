"""Claims files to the model."""

from collections.abc import Iterator, Mapping
from typing import Any

from restructure_cli.files import rules
from restructure_cli.files.expression_faults import not_named
from restructure_cli.files.expressions import FUNCTIONS
from restructure_cli.model.claims import (
    Calculation,
    Claim,
    Claims,
    Expression,
    FromClaim,
    Key,
    KnownDifference,
    Measure,
    Name,
    Selection,
    Take,
    Term,
)
from restructure_cli.model.findings import Finding, Place, Pointer

Stated = Mapping[str, Any]
_OF_FUNDING = "need and source select the entries that need, funding and gap are of"
_WAYS = ("expect", "compute", "same_as", "cannot")


def to_model(path: str, stated: Stated) -> tuple[Claims, list[Finding]]:
    """Freeze a claims file, with the faults of claims that lack what they need."""
    faults: list[Finding] = []
    entries = {id_: entry or {} for id_, entry in (stated.get("claims") or {}).items()}
    for id_, entry in entries.items():
        used = tuple(_used(entry.get("compute")))
        for rule, key, message, hint in _faults(id_, entry, used):
            pointer = ("claims", id_, key) if key else ("claims", id_)
            faults.append(Finding(rule, message, Place(path, pointer, on_key=True), hint))
        faults += _not_named(path, id_, entry, used, entries)
        faults += _keys_in_vain(path, id_, entry)
    return Claims(path, {id_: _claim(id_, entry) for id_, entry in entries.items()}, stated.get("note")), faults


def _faults(id_: str, entry: Stated, used: tuple[Name, ...]) -> Iterator[tuple[Any, str, str, str]]:
    """Say what a claim lacks, and which of its keys cannot stand together: rule, key at fault, message and hint."""
    lacking = rules.MISSING_KEY
    ways = [way for way in _WAYS if entry.get(way) not in (None, {})]
    if not entry.get("says"):
        yield lacking, "", f"claim {id_} does not say what is claimed", "add `says: …`"
    if not ways:
        yield lacking, "", f"claim {id_} has nothing to work out", f"add one of: {', '.join(_WAYS)}"
    if len(ways) > 1:
        yield rules.CONTRADICTION, ways[1], f'claim {id_} has both "{ways[0]}" and "{ways[1]}"', "keep one of them"
    if ways and ways[0] in ("compute", "same_as") and entry.get("prints") is None:
        yield lacking, "", f"claim {id_} does not say what is printed", "add `prints: …`"
    if ways == ["expect"] and entry.get("prints") is not None:
        yield rules.CONTRADICTION, "prints", f"claim {id_} prints what it expects twice", "leave `prints` out"
    if None in (entry.get("expect") or {}).values():
        yield lacking, "", f"claim {id_} expects a measure without a value", "give the value as printed"
    if entry.get("known") is not None:
        yield from _known_faults(id_, entry)
    let, names = entry.get("let") or {}, {name.name for name in used}
    unused = sorted(let.keys() - names)
    if unused and names <= let.keys():
        message = f"claim {id_} names {', '.join(unused)} and computes without it"
        yield rules.CONTRADICTION, "let", message, "use it under `compute`, or leave it out"
    if entry.get("of") is not None and ways and ways[0] in ("compute", "same_as"):
        message = f"claim {id_} selects lines, and {ways[0]} takes nothing from them"
        yield rules.CONTRADICTION, "of", message, "in `let`, each `take` has an `of` of its own"
    if entry.get("known") is not None and ways and ways[0] == "cannot":
        yield (
            rules.CONTRADICTION,
            "known",
            f"claim {id_} cannot be computed, and knows by how much it differs",
            "keep one of them",
        )


def _not_named(path: str, id_: str, entry: Stated, used: tuple[Name, ...], claims: Stated) -> Iterator[Finding]:
    """Find the names of an expression that `let` lacks, each where it first stands."""
    let = entry.get("let") or {}
    told: set[str] = set()
    for name in used:
        if name.name not in let and name.name not in told:
            told.add(name.name)
            place = Place(path, ("claims", id_, "compute"), offset=name.at)
            hint = not_named(name.name, let, claims, FUNCTIONS)
            message = f"claim {id_} computes with {name.name}, which let does not name"
            yield Finding(rules.CONTRADICTION, message, place, hint)


def _keys_in_vain(path: str, id_: str, entry: Stated) -> Iterator[Finding]:
    """Find keys of selections that a measure has no use for: looked past, they would select everything."""
    pairs: list[tuple[Pointer, Measure, Selection]] = []
    if entry.get("of"):
        pairs += ((("of",), measure, entry["of"]) for measure in entry.get("expect") or {})
    for name, term in (entry.get("let") or {}).items():
        if isinstance(term, dict) and term.get("of") and isinstance(term.get("take"), Measure):
            pairs.append((("let", name, "of"), term["take"], term["of"]))
    for pointer, measure, selection in pairs:
        keys, what = _selectable(measure)
        vain = [key for key in _keys(selection) if key not in keys]
        if vain:
            message = f"claim {id_}: {measure} cannot be selected by {', '.join(dict.fromkeys(vain))}"
            hint = f"{what} are selected by {' and '.join(keys)}" if len(keys) == 2 else _OF_FUNDING
            yield Finding(rules.CONTRADICTION, message, Place(path, ("claims", id_, *pointer), holds=vain[0]), hint)


_OF_LINES = tuple(key for key in Key if key not in (Key.NEED, Key.SOURCE))


def _selectable(measure: Measure) -> tuple[tuple[Key, ...], str]:
    """Return the keys that a measure can be selected by, and what they select."""
    if measure.year:
        return (Key.NEED, Key.SOURCE), "the needs and sources of a year"
    if measure.name == "teams":
        return (Key.TEAM, Key.CONDITIONAL), "teams"
    return _OF_LINES, "lines"


def _keys(selection: Selection) -> Iterator[Key]:
    for choice in selection:
        yield from (key for key, _ in choice.keys)
        if choice.excluded:
            yield from _keys(choice.excluded)


def _known_faults(id_: str, entry: Stated) -> Iterator[tuple[Any, str, str, str]]:
    known = entry["known"]
    if known.get("difference") is None or not known.get("because"):
        yield (
            rules.MISSING_KEY,
            "known",
            f"claim {id_}: a known difference has a difference and a because",
            "add what is missing",
        )
    elif known["difference"].value is None:
        yield (
            rules.CONTRADICTION,
            "known",
            f"claim {id_}: a known difference is one figure",
            "state printed less computed",
        )
    if len(entry.get("expect") or {}) > 1:
        hint = "one expectation a claim where a difference is known"
        yield rules.CONTRADICTION, "known", f"claim {id_}: which of its figures is known to differ is not said", hint


def _used(tree: Expression | None) -> Iterator[Name]:
    if isinstance(tree, Name):
        yield tree
    elif isinstance(tree, Calculation):
        for operand in tree.operands:
            yield from _used(operand)


def _claim(id_: str, entry: Stated) -> Claim:
    known = entry.get("known") or {}
    return Claim(
        id=id_,
        says=entry.get("says") or "",
        at=entry.get("at") or (),
        of=entry.get("of") or (),
        expect={measure: figure for measure, figure in (entry.get("expect") or {}).items() if figure is not None},
        let={name: _term(term) for name, term in (entry.get("let") or {}).items()},
        compute=entry.get("compute"),
        prints=entry.get("prints"),
        same_as=entry.get("same_as"),
        cannot=entry.get("cannot"),
        known=KnownDifference(known["difference"], known["because"])
        if len(known) == 2 and all(known.values())
        else None,
    )


def _term(stated: Any) -> Term:
    if not isinstance(stated, dict):
        figure: Term = stated
        return figure
    if "claim" in stated:
        return FromClaim(stated["claim"] or "")
    return Take(stated["take"], stated.get("of") or ())
