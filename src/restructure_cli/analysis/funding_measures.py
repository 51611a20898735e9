"""Measures of a year's funding that claims take: what is needed, drawn, lacking and held, over chosen entries."""

from restructure_cli.analysis.evidence import Evidence
from restructure_cli.analysis.gap import measure as measure_of
from restructure_cli.analysis.measuring import Measured, Part
from restructure_cli.model.claims import Choice, Key, Measure, Selection
from restructure_cli.model.derivations import Source
from restructure_cli.model.periods import FinancialYear


def of_funding(evidence: Evidence, measure: Measure, selection: Selection) -> Measured:
    """Work out a measure of a year; entries whose amount nobody published make it a known part."""
    assert evidence.funding is not None
    year = FinancialYear(int(measure.year[:4]))
    gap = evidence.gap(year)
    name = ".".join(word for word in (measure.side.value, measure.name) if word)
    needs, sources = (_chosen(selection, key, there) for key, there in
                      ((Key.NEED, evidence.funding.needs), (Key.SOURCE, evidence.funding.sources)))  # fmt: skip
    whole = measure_of(gap, name, year, needs, sources)
    known = measure_of(gap, name, year, needs, sources, known=True)
    path = evidence.funding.path
    parts = tuple(
        Part(entry.title, None, Source(path, (kind, id_), entry.at))
        for kind, entries, chosen in (
            ("needs", evidence.funding.needs, needs), ("sources", evidence.funding.sources, sources),
        )
        for id_, entry in entries.items()
        if chosen is not None and id_ in chosen
    )  # fmt: skip
    return Measured(known, whole == known, parts, "£ a year", 1)


def _chosen(selection: Selection, key: Key, there: object) -> frozenset[str] | None:
    """Return the needs or sources that a selection names, less those it leaves out; None where it names none."""
    assert isinstance(there, dict)
    if not any(_names(choice, key) for choice in selection):
        return None
    return frozenset(id_ for id_ in there if any(_means(choice, key, id_) for choice in selection))


def _names(choice: Choice, key: Key) -> bool:
    return key in choice.keys or any(_names(one, key) for one in choice.excluded)


def _means(choice: Choice, key: Key, id_: str) -> bool:
    named = choice.keys.get(key)
    if named is not None and id_ not in named:
        return False
    return not any(key in one.keys and _means(one, key, id_) for one in choice.excluded)
