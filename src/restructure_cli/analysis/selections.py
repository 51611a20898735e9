"""Which lines of a side a selection means."""

from collections.abc import Callable, Iterable, Mapping

from restructure_cli.analysis.evidence import Evidence, Line
from restructure_cli.model.claims import Choice, Key, Selection
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import PERMANENT, OtherCost, Post

_NAMING = (Key.POST, Key.COST, Key.COUNTED)
"""Keys that may mean lines outside the totals; any other selection keeps to what counts."""
_OF_WHOLE_TEAMS = (Key.TEAM, Key.COUNTED)
"""Keys under which a selection has all that a published total of a team holds."""


def selected(evidence: Evidence, side: str, selection: Selection) -> tuple[Line, ...]:
    """Return the lines of a side that meet a selection, each once."""
    lines = evidence.lines[side]
    if not selection:
        return tuple(line for line in lines if line.counted)
    chosen: dict[int, frozenset[str]] = {}
    for choice in selection:
        for number, funds in _chosen(evidence, side, choice, lines).items():
            chosen[number] = chosen.get(number, frozenset()) | funds
    whole = {number for number, line in enumerate(lines) if chosen.get(number) == _funds(line)}
    posts = {lines[number].id for number in whole if lines[number].kind is RowKind.POST}
    return tuple(
        line if number in whole or number not in chosen else line._replace(paid_by=chosen[number])
        for number, line in enumerate(lines)
        if number in chosen or _shares(evidence, line, posts)
    )


def _funds(line: Line) -> frozenset[str]:
    """Return who pays for a line: its funds, and "" for whoever pays for what they leave."""
    if not isinstance(line.entry, Post) or not line.entry.funding:
        return frozenset({""})
    paid = [known(figure) for figure in line.entry.funding.values()]
    fully = None not in paid and sum(filter(None, paid), ZERO) == known(line.entry.fte)
    return frozenset(line.entry.funding if fully else {"", *line.entry.funding})


def _shares(evidence: Evidence, line: Line, posts: set[str]) -> bool:
    """Whether a row of a pool's shared vacancies belongs to a selection: all its posts do."""
    if line.kind is not RowKind.IN_POOLS:
        return False
    return any(posts.issuperset(evidence.pools[number].proposed) for number in line.pools)


def _chosen(evidence: Evidence, side: str, choice: Choice, lines: Iterable[Line]) -> dict[int, frozenset[str]]:
    """Return the lines that a choice means, by their number, each with the funds whose share of it is meant."""
    named = any(key in choice.keys for key in _NAMING)
    tests = [(_TESTS[key], values) for key, values in choice.keys.items() if key in _TESTS]
    whole = all(key in _OF_WHOLE_TEAMS for key in choice.keys)
    paying = frozenset(choice.keys.get(Key.FUND, ()))
    found = {
        number: _funds(line) & paying if paying else _funds(line)
        for number, line in enumerate(lines)
        if (line.counted or named)
        and line.kind is not RowKind.IN_POOLS
        and (whole or line.kind is not RowKind.NOT_ITEMISED)
        and all(test(evidence, side, line, values) for test, values in tests)
    }
    for without in choice.excluded:
        for number, funds in _chosen(evidence, side, without, lines).items():
            found[number] = found.get(number, frozenset()) - funds
    return {number: funds for number, funds in found.items() if funds}


_Test = Callable[[Evidence, str, Line, tuple[str, ...]], bool]


def _of_post(test: Callable[[Post, tuple[str, ...]], bool]) -> _Test:
    """Make a test of posts only."""
    return lambda evidence, side, line, values: isinstance(line.entry, Post) and test(line.entry, values)


def _in_team(evidence: Evidence, side: str, line: Line, values: tuple[str, ...]) -> bool:
    return not evidence.above[side].get(line.team, frozenset()).isdisjoint(values)


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
    Key.TEAM: _in_team,
    Key.POOL: _in_pool,
    Key.CHANGES: lambda evidence, side, line, values: not {word.value for word in line.row.changes}.isdisjoint(values),
    Key.CONDITIONAL: _conditional,
    Key.COUNTED: lambda evidence, side, line, values: ("true" if line.counted else "false") in values,
}
"""Needs and sources are no lines: measures of funding look at those keys themselves."""
