"""Which lines of a side a selection means."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from restructure_cli.analysis.evidence import Evidence, Line
from restructure_cli.model.claims import Choice, Key, Selection
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import PERMANENT, OtherCost, Post

_NAMING = (Key.POST, Key.COST, Key.COUNTED)
"""Keys that may mean lines outside the totals; any other selection keeps to what counts."""
_OF_WHOLE_TEAMS = (Key.TEAM, Key.COUNTED)
"""Keys under which a selection has all that a published total of a team holds."""


def selected(evidence: Evidence, side: str, selection: Selection) -> tuple[Line, ...]:
    """Return the lines of a side that meet a selection, each once."""
    asked = side, selection
    if asked not in evidence.chosen:
        evidence.chosen[asked] = tuple(_selected(evidence, side, selection))
    return evidence.chosen[asked]


def _selected(evidence: Evidence, side: str, selection: Selection) -> Iterator[Line]:
    lines, payers = evidence.lines[side], evidence.payers[side]
    if not selection:
        yield from (line for line in lines if line.counted)
        return
    chosen = _chosen(evidence, side, selection[0])
    for choice in selection[1:]:
        for number, funds in _chosen(evidence, side, choice).items():
            chosen[number] = chosen.get(number, frozenset()) | funds
    whole = {number for number, funds in chosen.items() if funds == payers[number]}
    posts = {lines[number].id for number in whole if lines[number].kind is RowKind.POST}
    shared = {number for number in evidence.in_pools[side] if _shares(evidence, lines[number], posts)}
    for number in sorted(shared.union(chosen)):
        line = lines[number]
        yield line if number in whole or number in shared else line._replace(paid_by=chosen[number])


def _shares(evidence: Evidence, line: Line, posts: set[str]) -> bool:
    """Whether a row of a pool's shared vacancies belongs to a selection: all its posts do."""
    return any(posts.issuperset(evidence.pools[number].proposed) for number in line.pools)


def _chosen(evidence: Evidence, side: str, choice: Choice) -> dict[int, frozenset[str]]:
    """Return the lines that a choice means, by their number, each with the funds whose share of it is meant."""
    lines, payers = evidence.lines[side], evidence.payers[side]
    named = any(key in _NAMING for key, _ in choice.keys)
    whole = all(key in _OF_WHOLE_TEAMS for key, _ in choice.keys)
    paying = choice.of(Key.FUND)
    found: dict[int, frozenset[str]] = {}
    for number in _meeting(evidence, side, choice):
        line = lines[number]
        counts = line.counted or named
        if counts and line.kind is not RowKind.IN_POOLS and (whole or line.kind is not RowKind.NOT_ITEMISED):
            found[number] = payers[number].intersection(paying) if paying else payers[number]
    for without in choice.excluded:
        for number, funds in _chosen(evidence, side, without).items():
            found[number] = found.get(number, frozenset()) - funds
    return {number: funds for number, funds in found.items() if funds}


def _meeting(evidence: Evidence, side: str, choice: Choice) -> Iterable[int]:
    """Return the numbers of the lines that meet every key of a choice with one of its values."""
    meeting = []
    for key, values in choice.keys:
        if key is Key.POOL:
            meeting.append(_of_pools(evidence, side, values))
        elif key in _WORDS:
            numbers = _numbers(evidence, side, key)
            meeting.append({number for value in values for number in numbers.get(value, ())})
    return set.intersection(*meeting) if meeting else range(len(evidence.lines[side]))


def _numbers(evidence: Evidence, side: str, key: Key) -> Mapping[str, list[int]]:
    """Return the numbers of the lines that each word of a key stands for."""
    if (side, key) not in evidence.by_word:
        found: dict[str, list[int]] = {}
        for number, line in enumerate(evidence.lines[side]):
            for word in _WORDS[key](evidence, side, line):
                found.setdefault(word, []).append(number)
        evidence.by_word[side, key] = found
    return evidence.by_word[side, key]


def _of_pools(evidence: Evidence, side: str, values: Iterable[str]) -> set[int]:
    """Return the numbers of the lines of every pool that has one of some posts, on whichever side."""
    pools = {number for id_ in values for number in evidence.pools_of_posts.get(id_, ())}
    return {number for number, line in enumerate(evidence.lines[side]) if not pools.isdisjoint(line.pools)}


_Words = Callable[[Evidence, str, Line], Iterable[str]]


def _of_post(words: Callable[[Post], Iterable[str]]) -> _Words:
    """Read the words of posts only."""
    return lambda evidence, side, line: words(line.entry) if isinstance(line.entry, Post) else ()


def _conditional(evidence: Evidence, side: str, line: Line) -> Iterable[str]:
    """Say whether a line, or a team that it is in, is subject to a condition."""
    if line.entry is None:
        return ()
    standings = evidence.standings[side]
    condition = line.team is not None and bool(standings.of_team(line.team).subject_to)
    if isinstance(line.entry, Post):
        condition = bool(standings.of(line.entry).subject_to)
    return (_TRUTH[condition],)


_TRUTH = {True: "true", False: "false"}

_WORDS: Mapping[Key, _Words] = {
    Key.POST: _of_post(lambda post: (post.id,)),
    Key.TEAM: lambda evidence, side, line: evidence.above[side].get(line.team, ()),
    Key.GRADE: _of_post(lambda post: {*post.grade, " & ".join(post.grade)}),
    Key.TENURE: _of_post(lambda post: (post.tenure or PERMANENT,)),
    Key.FUND: _of_post(lambda post: post.funding),
    Key.COST: lambda evidence, side, line: (line.id,) if isinstance(line.entry, OtherCost) else (),
    Key.CHANGES: lambda evidence, side, line: line.row.changes,
    Key.CONDITIONAL: _conditional,
    Key.COUNTED: lambda evidence, side, line: (_TRUTH[line.counted],),
}
"""The words by which lines are selected; pools are looked up by their posts.

Needs and sources are no lines: measures of funding look at those keys.
"""
