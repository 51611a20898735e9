"""The label of a row where rows are gathered by team, grade or title, and the order in which labels stand."""

from collections.abc import Mapping

from restructure_cli.model.results import RowKind

Paths = Mapping[str | None, tuple[tuple[str, str], ...]]
"""Ids and titles from the top to each team."""

Key = tuple[tuple[object, ...], str]
"""What a row is gathered by: its place in the order, and its label."""
LAST = "\uffff"
"""Sorts after every label."""


def order(key: tuple[object, ...]) -> tuple[str, ...]:
    """Return a place as texts alone, so that any two can be compared."""
    return tuple(str(part) for part in key)


OTHER_LABELS = {
    RowKind.NOT_ITEMISED: "not itemised",
    RowKind.OTHER_COST: "other costs",
    RowKind.IN_POOLS: "in pools",
    RowKind.VACANCY_FACTOR: "vacancy factor",
}


def label_key(label: str, kind: RowKind, empty: str) -> Key:
    """Label a post by what it says of itself, and any other row by its kind."""
    if kind is not RowKind.POST:
        return (LAST, str(list(RowKind).index(kind))), OTHER_LABELS[kind]
    return ((label,), label) if label else ((LAST, ""), empty)


def team_key(team: str | None, kind: RowKind, paths: Paths) -> Key:
    """Label a row by its team, in the order of the tree."""
    if team is None:
        word = OTHER_LABELS.get(kind, "in no team")
        return (LAST, word), word
    path = paths.get(team, ())
    key = tuple(part for id_, title in path for part in (title, id_))
    return key, " › ".join(title for _, title in path[-2:])
