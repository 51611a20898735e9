"""What holds of any claim: intervals hold every value they allow, unions have no order, parts add up, figures are held.

Structures and expressions are made up by hypothesis; the same each time.
"""

import json
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from organisation_made import CURRENT, GRADES, PROPOSED, organisation, verdicts

from restructure_cli.analysis.evidence import Evidence, Line
from restructure_cli.analysis.expressions import Unworkable, value_of
from restructure_cli.analysis.measures import measured
from restructure_cli.analysis.selections import selected
from restructure_cli.files.reader import Reader
from restructure_cli.model.claims import Calculation, Choice, Expression, Key, Literal, Measure, Operation, Side
from restructure_cli.model.intervals import Interval, exactly
from restructure_cli.model.printed import Printed
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import Post
from restructure_cli.model.verdicts import Verdict

some = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
fewer = settings(some, max_examples=20)

_CLOSE = Decimal("1e-9")
_TWO = (Operation.ADD, Operation.SUBTRACT, Operation.MULTIPLY, Operation.DIVIDE, Operation.MIN, Operation.MAX)
_ONE = (Operation.NEGATE, Operation.ABS, Operation.CEIL, Operation.FLOOR)
_MANY = (Operation.SUM, Operation.MIN, Operation.MAX)


@st.composite
def leaves(draw: st.DrawFn) -> Literal:
    value = Decimal(draw(st.integers(-60, 60))) / 10
    spread = Decimal(draw(st.sampled_from([0, 0, 5, 50]))) / 100
    interval = Interval(value, value - spread, value + spread)
    return Literal(Printed(str(value), interval, interval.low, interval.high))


def _over(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Calculation, st.sampled_from(_TWO), st.tuples(inner, inner)),
        st.builds(Calculation, st.sampled_from(_ONE), st.tuples(inner)),
        st.builds(Calculation, st.sampled_from(_MANY), st.tuples(inner, inner, inner)),
    )


expressions: st.SearchStrategy[Expression] = st.recursive(leaves(), _over, max_leaves=8)


def _with_values_inside(draw: st.DrawFn, tree: Expression) -> Expression:
    """Put one figure that the interval of a leaf allows in the place of each leaf."""
    if isinstance(tree, Literal):
        _, low, high = tree.figure.interval
        chosen = low + (high - low) * Decimal(draw(st.integers(0, 4))) / 4
        return Literal(tree.figure._replace(interval=exactly(chosen)))
    assert isinstance(tree, Calculation)
    return Calculation(tree.operation, tuple(_with_values_inside(draw, operand) for operand in tree.operands))


@some
@given(st.data(), expressions)
def test_an_interval_holds_the_value_and_every_result_that_its_leaves_allow(
    data: st.DataObject, tree: Expression
) -> None:
    chosen = data.draw(st.composite(_with_values_inside)(tree))
    try:
        interval, result = value_of(tree, {}), value_of(chosen, {}).value
    except Unworkable:
        assume(False)
    assert interval.value is not None
    assert result is not None
    assert interval.low - _CLOSE <= interval.value <= interval.high + _CLOSE
    assert interval.low - _CLOSE <= result <= interval.high + _CLOSE


@some
@given(st.decimals("-99999", "99999", places=6), st.integers(0, 3), st.sampled_from(["", "£", "%"]))
def test_a_figure_of_the_tool_holds_as_printed_and_no_other_does(
    tmp_path: Path, value: Decimal, places: int, unit: str
) -> None:
    if unit == "£" and places in (1, 3):
        places = 2
    step = Decimal(1).scaleb(-places)
    rounded = value.quantize(step, rounding=ROUND_HALF_EVEN)
    value = rounded if places == 0 else value  # whole figures are printed exactly
    claims = {}
    for id_, figure in (("as-printed", rounded), ("more", rounded + step), ("less", rounded - step)):
        sign, size = "-" if figure < 0 else "", f"{abs(figure):f}"
        prints = f"{sign}£{size}" if unit == "£" else f"{sign}{size}{unit}"
        compute = f"{value:f}%" if unit == "%" else f"{value:f}"
        claims[id_] = {"compute": compute, "prints": prints}
    if unit == "%":
        assume(abs(value) < 999)
    told = verdicts(tmp_path, claims, current=CURRENT)
    assert told["as-printed"].verdict.holds
    on_the_edge = 2 * abs(value - rounded) == step and places > 0
    broken = {id_ for id_ in ("more", "less") if told[id_].verdict is Verdict.BROKEN}
    assert broken == {"more", "less"} if not on_the_edge else len(broken) == 1


_CHOICES = (
    Choice(((Key.TEAM, ("east",)),)),
    Choice(((Key.GRADE, ("D",)),)),
    Choice(((Key.FUND, ("grant",)),)),
    Choice(((Key.FUND, ("core",)), (Key.TEAM, ("east",)))),
    Choice(((Key.POST, ("worker", "student", "helper")),)),
    Choice(((Key.TENURE, ("temporary",)),)),
    Choice(((Key.TEAM, ("service",)),), (Choice(((Key.TEAM, ("east",)),)),)),
    Choice(((Key.CHANGES, ("moved", "new")),)),
    Choice(((Key.CONDITIONAL, ("true",)),)),
    Choice(((Key.POOL, ("officer",)),)),
)
_NAMES = ("fte", "filled", "positions", "vacant", "lines", "hours", "cost", "people", "agency")


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    folder = organisation(tmp_path_factory.mktemp("made"), current=CURRENT, proposed=PROPOSED, grades=GRADES)
    return _read(folder)


def _read(folder: Path) -> Evidence:
    reader = Reader()
    current, proposed = (reader.structure(folder / f"{side}.yaml") for side in ("current", "proposed"))
    grades = reader.grades(folder / "grades.yaml") if (folder / "grades.yaml").exists() else None
    assert reader.findings == []
    assert current is not None
    return Evidence(current, proposed, grades)


@some
@given(
    st.lists(st.sampled_from(_CHOICES), min_size=2, max_size=4, unique_by=str).flatmap(
        lambda chosen: st.tuples(st.just(chosen), st.permutations(chosen))
    ),
    st.sampled_from([Side.CURRENT, Side.PROPOSED, Side.CHANGE]),
    st.sampled_from(_NAMES),
)
def test_a_union_has_no_order_and_counts_no_line_twice(
    evidence: Evidence, unions: tuple[list[Choice], list[Choice]], side: Side, name: str
) -> None:
    one, other = (measured(evidence, Measure(side, name), tuple(union)) for union in unions)
    assert (one.interval, one.complete) == (other.interval, other.complete)
    twice = measured(evidence, Measure(side, name), (*unions[0], *unions[0]))
    assert (twice.interval, twice.complete) == (one.interval, one.complete)


TEAMS = ("a", "b", "c", "d")


@st.composite
def structures(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make up a current and a proposed structure of which every figure is known."""
    within = {team: draw(st.sampled_from([None, *TEAMS[:number]])) for number, team in enumerate(TEAMS)}
    teams = {team: {"title": team, **({"within": above} if above else {})} for team, above in within.items()}
    sides = []
    for side in ("current", "proposed"):
        posts: dict[str, Any] = {}
        for number in range(draw(st.integers(1, 5))):
            fte = Decimal(draw(st.integers(0, 40))) / 4
            posts[f"p{number}"] = {
                "title": f"P{number}",
                "team": draw(st.sampled_from(TEAMS)),
                "grade": draw(st.sampled_from(["G", "H"])),
                "fte": str(fte),
                "positions": str(draw(st.integers(0, 9))),
            }
            if side == "current":
                posts[f"p{number}"]["filled"] = str(min(fte, Decimal(draw(st.integers(0, 40))) / 4))
        sides.append({
            "restructure": "structure/1", "organisation": "Ashdale Council", "title": side, "hours_per_week": "37",
            "teams": teams, "posts": posts,
        })  # fmt: skip
    return sides[0], sides[1]


def _written(folder: Path, sides: tuple[dict[str, Any], dict[str, Any]]) -> Evidence:
    current, proposed = (json.dumps(side) for side in sides)
    return _read(organisation(folder, current=current, proposed=proposed))


def _of(evidence: Evidence, side: Side, name: str, *choices: Choice) -> Decimal:
    found = measured(evidence, Measure(side, name), choices)
    assert found.complete
    assert found.interval.value is not None
    return found.interval.value


@fewer
@given(structures())
def test_teams_add_up_to_the_whole(tmp_path: Path, sides: tuple[dict[str, Any], dict[str, Any]]) -> None:
    evidence = _written(tmp_path, sides)
    for side in (Side.CURRENT, Side.PROPOSED):
        for name in ("fte", "positions", "lines", "hours"):
            whole = _of(evidence, side, name)
            own = [
                _of(evidence, side, name, Choice(((Key.TEAM, (team,)),), tuple(
                    Choice(((Key.TEAM, (below,)),)) for below, entry in sides[0]["teams"].items()
                    if entry.get("within") == team
                )))
                for team in TEAMS
            ]  # fmt: skip
            assert sum(own, Decimal(0)) == whole
            assert _of(evidence, side, name, *(Choice(((Key.TEAM, (team,)),)) for team in TEAMS)) == whole
            by_grade = [_of(evidence, side, name, Choice(((Key.GRADE, (grade,)),))) for grade in ("G", "H")]
            assert sum(by_grade, Decimal(0)) == whole


@fewer
@given(structures(), st.sampled_from([(), *((Choice(((Key.TEAM, (team,)),)),) for team in TEAMS)]))
def test_the_change_is_what_is_proposed_less_what_is(
    tmp_path: Path, sides: tuple[dict[str, Any], dict[str, Any]], selection: tuple[Choice, ...]
) -> None:
    evidence = _written(tmp_path, sides)
    for name in ("fte", "positions", "lines", "hours", "teams"):
        before, after, change = (
            _of(evidence, side, name, *selection) for side in (Side.CURRENT, Side.PROPOSED, Side.CHANGE)
        )
        assert change == after - before, name


def _meets(evidence: Evidence, side: str, line: Line, choice: Choice) -> bool:
    """Whether a line meets every key of a choice, looked at by itself."""
    post = line.entry
    assert isinstance(post, Post)
    above = evidence.above[side].get(line.team, frozenset())
    own = {Key.POST: frozenset((post.id,)), Key.GRADE: frozenset(post.grade), Key.TEAM: above}
    return all(not own[key].isdisjoint(values) for key, values in choice.keys) and not any(
        _meets(evidence, side, line, one) for one in choice.excluded
    )


_KEYS = st.fixed_dictionaries({}, optional={
    Key.POST: st.lists(st.sampled_from([f"p{number}" for number in range(6)]), min_size=1, max_size=3).map(tuple),
    Key.GRADE: st.sampled_from([("G",), ("H",), ("G", "H")]),
    Key.TEAM: st.lists(st.sampled_from(TEAMS), min_size=1, max_size=2).map(tuple),
}).filter(bool)  # fmt: skip


@fewer
@given(structures(), _KEYS, st.none() | _KEYS)
def test_a_selection_is_the_lines_that_meet_each_of_its_keys(
    tmp_path: Path, sides: tuple[dict[str, Any], dict[str, Any]], keys: dict[Key, Any], without: dict[Key, Any] | None
) -> None:
    evidence = _written(tmp_path, sides)
    excluded = (Choice(tuple(without.items())),) if without else ()
    choice = Choice(tuple(keys.items()), excluded)
    for side in ("current", "proposed"):
        lines = [line for line in evidence.lines[side] if line.kind is RowKind.POST]
        expected = [line.id for line in lines if _meets(evidence, side, line, choice)]
        assert [line.id for line in selected(evidence, side, (choice,)) if line.kind is RowKind.POST] == expected
