"""Which lines of a side a selection means."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

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
    asked = side, told_apart(selection)
    if asked not in evidence.chosen:
        evidence.chosen[asked] = tuple(_selected(evidence, side, selection))
    return evidence.chosen[asked]


def told_apart(selection: Selection) -> Hashable:
    """Return a key that equal selections share."""
    return tuple((tuple(choice.keys.items()), told_apart(choice.excluded)) for choice in selection)


def _selected(evidence: Evidence, side: str, selection: Selection) -> Iterator[Line]:
    lines, payers = evidence.lines[side], evidence.payers[side]
    if not selection:
        yield from (line for line in lines if line.counted)
        return
    chosen: dict[int, frozenset[str]] = {}
    for choice in selection:
        for number, funds in _chosen(evidence, side, choice).items():
            chosen[number] = chosen.get(number, frozenset()) | funds
    whole = {number for number, funds in chosen.items() if funds == payers[number]}
    posts = {lines[number].id for number in whole if lines[number].kind is RowKind.POST}
    shared = {number for number in evidence.in_pools[side] if _shares(evidence, lines[number], posts)}
    for number in sorted(shared.union(chosen)):
        line = lines[number]
        yield line if number in whole or number not in chosen else line._replace(paid_by=chosen[number])


def _shares(evidence: Evidence, line: Line, posts: set[str]) -> bool:
    """Whether a row of a pool's shared vacancies belongs to a selection: all its posts do."""
    return any(posts.issuperset(evidence.pools[number].proposed) for number in line.pools)


def _chosen(evidence: Evidence, side: str, choice: Choice) -> dict[int, frozenset[str]]:
    """Return the lines that a choice means, by their number, each with the funds whose share of it is meant."""
    lines, payers = evidence.lines[side], evidence.payers[side]
    named = any(key in choice.keys for key in _NAMING)
    whole = all(key in _OF_WHOLE_TEAMS for key in choice.keys)
    paying = frozenset(choice.keys.get(Key.FUND, ()))
    numbers = [
        number
        for number in _to_look_at(evidence, side, choice)
        if (lines[number].counted or named)
        and lines[number].kind is not RowKind.IN_POOLS
        and (whole or lines[number].kind is not RowKind.NOT_ITEMISED)
    ]
    for key, values in choice.keys.items():
        if key in _TESTS:
            test = _TESTS[key]
            numbers = [number for number in numbers if test(evidence, side, lines[number], values)]
    found = {number: payers[number] & paying if paying else payers[number] for number in numbers}
    for without in choice.excluded:
        for number, funds in _chosen(evidence, side, without).items():
            found[number] = found.get(number, frozenset()) - funds
    return {number: funds for number, funds in found.items() if funds}


def _to_look_at(evidence: Evidence, side: str, choice: Choice) -> Iterable[int]:
    """Return the numbers of the lines that a choice may mean, in order: those it names, or else all."""
    if Key.POST in choice.keys:
        numbers = evidence.posts[side]
        return sorted({number for id_ in choice.keys[Key.POST] for number in numbers.get(id_, ())})
    if Key.TEAM in choice.keys:
        of_teams = evidence.of_teams[side]
        return sorted({number for id_ in choice.keys[Key.TEAM] for number in of_teams.get(id_, ())})
    return range(len(evidence.lines[side]))


_Test = Callable[[Evidence, str, Line, tuple[str, ...]], bool]


def _of_post(test: Callable[[Post, tuple[str, ...]], bool]) -> _Test:
    """Make a test of posts only."""
    return lambda evidence, side, line, values: isinstance(line.entry, Post) and test(line.entry, values)


def _in_pool(evidence: Evidence, side: str, line: Line, values: tuple[str, ...]) -> bool:
    pools = [evidence.pools[number] for number in line.pools]
    return any(not {*pool.current, *pool.proposed}.isdisjoint(values) for pool in pools)


def _conditional(evidence: Evidence, side: str, line: Line, values: tuple[str, ...]) -> bool:
    """Look whether a line, or a team that it is in, is subject to a condition."""
    if line.entry is None:
        return False
    standings = evidence.standings[side]
    condition = line.team is not None and bool(standings.of_team(line.team).subject_to)
    if isinstance(line.entry, Post):
        condition = bool(standings.of(line.entry).subject_to)
    return ("true" if condition else "false") in values


_TESTS: Mapping[Key, _Test] = {
    Key.POST: _of_post(lambda post, values: post.id in values),
    Key.GRADE: _of_post(lambda post, values: not {*post.grade, " & ".join(post.grade)}.isdisjoint(values)),
    Key.TENURE: _of_post(lambda post, values: (post.tenure or PERMANENT) in values),
    Key.FUND: _of_post(lambda post, values: not set(post.funding).isdisjoint(values)),
    Key.COST: lambda evidence, side, line, values: isinstance(line.entry, OtherCost) and line.id in values,
    Key.POOL: _in_pool,
    Key.CHANGES: lambda evidence, side, line, values: not {word.value for word in line.row.changes}.isdisjoint(values),
    Key.CONDITIONAL: _conditional,
    Key.COUNTED: lambda evidence, side, line, values: ("true" if line.counted else "false") in values,
}
"""Lines of teams are looked up. Needs and sources are no lines: measures of funding look at those keys themselves."""
