"""Under which word a row is filed where rows are gathered by team, grade or title, and in what order words stand."""

from collections.abc import Mapping

from restructure_cli.model.results import RowKind

Paths = Mapping[str | None, tuple[tuple[str, str], ...]]
"""Ids and titles from the top to each team."""

Key = tuple[tuple[object, ...], str]
"""How a row is filed: its place in the order, and the word."""
LAST = "\uffff"
"""Sorts after every word."""


def order(key: tuple[object, ...]) -> tuple[str, ...]:
    """Order places, whatever they are made of."""
    return tuple(str(part) for part in key)


OTHER_LABELS = {
    RowKind.NOT_ITEMISED: "not itemised",
    RowKind.OTHER_COST: "other costs",
    RowKind.IN_POOLS: "in pools",
    RowKind.VACANCY_FACTOR: "vacancy factor",
}


def label_key(label: str, kind: RowKind, empty: str) -> Key:
    """File a row under a word of its own, or under what it is where it is no post."""
    if kind is not RowKind.POST:
        return (LAST, str(list(RowKind).index(kind))), OTHER_LABELS[kind]
    return ((label,), label) if label else ((LAST, ""), empty)


def team_key(team: str | None, kind: RowKind, paths: Paths) -> Key:
    """File a row under its team, in the order of the tree."""
    if team is None:
        word = OTHER_LABELS.get(kind, "in no team")
        return (LAST, word), word
    path = paths.get(team, ())
    key = tuple(part for id_, title in path for part in (title, id_))
    return key, " › ".join(title for _, title in path[-2:])
