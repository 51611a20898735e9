"""What is explained is what was charged: recomputed from its leaves every figure comes out the same, to the penny.

For every line, team, grade and total of the councils and the examples, and of structures that hypothesis makes up;
every leaf says where it stands, and no sum is better known than its parts.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import files_written
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naive_pricing import Entry

from restructure_cli.analysis import explain
from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.cost_grouping import gather_costs
from restructure_cli.analysis.terms import Terms
from restructure_cli.files.reader import Reader
from restructure_cli.model.costs import Cost, YearCost
from restructure_cli.model.derivations import Derivation, Explanation, Step
from restructure_cli.model.grades import Grade, Grades, LaterYear, Point, Rate, Span
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.quantities import Basis, Quantity
from restructure_cli.model.structures import Control, OtherCost, Post, Structure, Team
from running import Restructure

ROOT = Path(__file__).parents[2]
FOLDERS = [*sorted(path.parent for path in ROOT.glob("structures/*/grades.yaml")), ROOT / "examples"]
CONVENTIONS = {
    "pay before it", "1 and the premium", "weeks in a year, 365/7", "weeks in a year", "months in a year",
    "days in a year", "lines alike", "nothing of it this year", "the lines and published totals under it",
}  # fmt: skip


def read(folder: Path) -> tuple[list[Structure], Grades]:
    reader = Reader()
    structures = [reader.structure(folder / name) for name in ("current.yaml", "proposed.yaml")]
    grades = reader.grades(folder / "grades.yaml")
    assert grades is not None
    return [structure for structure in structures if structure is not None], grades


def leaves(figure: Derivation) -> Iterator[Derivation]:
    if not figure.parts:
        yield figure
    for part in figure.parts:
        yield from leaves(part)


def holds(figure: Derivation) -> None:
    """Check a derivation at each of its steps that is money to the penny, and its basis at every step."""
    if figure.parts:
        if figure.step is Step.PRODUCT_TO_THE_PENNY:
            assert explain.again(figure) == figure.value, figure.name
        order = list(Basis)
        assert order.index(figure.basis) >= max(order.index(part.basis) for part in figure.parts), figure.name
    for part in figure.parts:
        holds(part)


def figures(found: tuple[Explanation, ...]) -> list[Derivation]:
    """Give the figure of each year; one of which nothing is known comes to nothing."""
    nothing = Derivation("nothing", Decimal(0), "£ a year")
    return [one.figure if one.figure is not None else nothing for one in found]


def check(result: Cost, structures: list[Structure], sourced: bool = True) -> None:
    for one, structure in zip(result.structures, structures, strict=True):
        total = figures(explain.explained("the total", one, (structure,), explain.everything))
        for number, year in enumerate(one.years):
            holds(total[number])
            assert total[number].value == year.totals.headline.value
            assert sum(year.by_basis.values()) == year.totals.headline.value
            assert sum(year.by_component.values()) == year.totals.headline.value
            groups_add_up(year, one.team_paths)
            priced = [row for row in year.rows if row.price is not None]
            for row in priced:
                assert row.price is not None
                alike = [other.price for other in priced if other.id == row.id and other.price is not None]
                line = figures(explain.explained(row.id, one, (structure,), explain.of_post(row.id)))[number]
                assert explain.again(line) == line.value == sum(price.headline for price in alike)
                if sourced:
                    unplaced = {leaf.name for leaf in leaves(line) if leaf.source is None and leaf.value}
                    assert unplaced <= CONVENTIONS, row.id
            for team in structure.teams:
                under = [row for row in priced if team in {id_ for id_, _ in one.team_paths.get(row.team, ())}]
                figure = figures(explain.explained(team, one, (structure,), explain.of_team(team)))[number]
                assert explain.again(figure) == figure.value
                assert figure.value == sum(row.price.headline for row in under if row.price)
            for grade in {row.grade for row in priced}:
                figure = figures(explain.explained(grade, one, (structure,), explain.of_grade(grade)))[number]
                expected = sum(row.price.headline for row in priced if row.price and row.grade == grade)
                assert explain.again(figure) == figure.value == expected


def groups_add_up(year: YearCost, paths: Any) -> None:
    """Every way of gathering makes the totals, across and down."""
    for by in ("grade", "team", "post", "title", "fund"):
        groups = gather_costs(year, paths, by)
        assert sum(group.headline for group in groups) == year.totals.headline.value
        assert sum(group.bottom for group in groups) == year.totals.bottom.value
        assert sum(group.mid for group in groups) == year.totals.mid.value
        assert sum(group.top for group in groups) == year.totals.top.value
        for group in groups:
            assert sum(group.components.values()) == group.headline
        for name, figure in year.by_component.items():
            assert sum(group.components.get(name, Decimal(0)) for group in groups) == figure


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_figure_of_the_councils_is_what_its_leaves_make(folder: Path) -> None:
    structures, grades = read(folder)
    check(cost(structures, grades), structures)


def stated(text: str, basis: Basis | None = None) -> Quantity:
    return Quantity(Decimal(text), basis)


_MOMENTS = st.sampled_from((None, None, Moment(2024, 9), Moment(2025, 1, 17), Moment(2026, 2, 3)))
_BASES = st.sampled_from((None, None, Basis.DERIVED, Basis.ASSUMED))


@st.composite
def posts(draw: st.DrawFn, id_: str) -> Post:
    made = Post(
        id=id_,
        title=draw(st.sampled_from(("Clerk", "Manager"))),
        team=draw(st.sampled_from((None, "t", "u"))),
        grade=draw(st.sampled_from((("A",), ("B",), ("A", "B"), ("S",), ("P",), ("N",), ()))),
        fte=draw(
            st.decimals(0, 9, places=2).flatmap(lambda fte: _BASES.map(lambda basis: Quantity(fte, basis)))
            | st.just(Quantity(None))
        ),
        positions=draw(st.sampled_from((None, stated("2"), stated("11")))),
        weeks=draw(st.sampled_from((None, None, stated("39"), stated("44.6")))),
        supplement=draw(st.sampled_from((None, None, stated("1234.56", Basis.ASSUMED)))),
        starts=draw(_MOMENTS),
        ends=draw(_MOMENTS),
        cost=draw(st.sampled_from((None, None, None, stated("59627")))),
        path="made.yaml",
    )
    if made.grade == ("A",) and draw(st.booleans()):
        made = made._replace(scp=stated("21"))
    if draw(st.booleans()):
        made = made._replace(funding={"core": stated("0.7"), "grant": stated("0.35")})
    return made


@st.composite
def structures(draw: st.DrawFn, title: str) -> Structure:
    ids = draw(st.lists(st.sampled_from(("a", "b", "c", "d", "e")), unique=True, min_size=1))
    control = st.sampled_from((None, None, Control(cost=stated("400000"))))
    lines = (
        OtherCost("a", "Rota", team="t", rate=stated("30"), times=stated("365"), recurrent=True, path="made.yaml"),
        OtherCost("x", "ICT", amount=stated("86000"), recurrent=False, path="made.yaml"),
        OtherCost("y", "Beds", units=stated("7"), rate=stated("99.99", Basis.ASSUMED), per="week", recurrent=True,
                  starts=Moment(2024, 11), path="made.yaml"),
    )  # fmt: skip
    return Structure(
        path="made.yaml",
        organisation="Ashdale Council",
        title=title,
        control=draw(control),
        teams={
            "t": Team("t", "T", starts=draw(_MOMENTS), path="made.yaml"),
            "u": Team("u", "U", within="t", control=draw(control), path="made.yaml"),
        },
        posts={id_: draw(posts(id_)) for id_ in ids},
        costs={line.id: line for line in draw(st.sets(st.sampled_from(lines)))},
    )


@cache
def pay(point: Point) -> Grades:
    return Grades(
        path="grades.yaml",
        organisation="Ashdale Council",
        year=FinancialYear(2024),
        spine="njc",
        point=point,
        pension=Rate(Decimal("0.198"), Basis.ASSUMED, "not published"),
        vacancy_factor=Rate(Decimal("0.035")),
        grades={
            "A": Grade("A", scp=Span(Decimal(20), Decimal(23)), basis=Basis.ASSUMED, because="not published"),
            "B": Grade("B", scp=Span(Decimal(25), Decimal(29))),
            "S": Grade("S", salary=Span(Decimal("61000.55"), Decimal("68000"))),
            "P": Grade("P", cost=stated("67934")),
            "N": Grade("N"),
        },
        years={
            f"{year}-{year - 1999}": LaterYear(FinancialYear(year), pay_award=Rate(Decimal("0.032"), Basis.ASSUMED))
            for year in (2025, 2026)
        },
    )


STARTS = st.sampled_from((None, None, Moment(2024, 4), Moment(2024, 10, 12), Moment(2025, 8), Moment(2030, 1)))


@settings(max_examples=60, deadline=None)
@given(structures("Current"), structures("Proposed"), st.sampled_from(Point), STARTS, st.booleans())
def test_every_figure_is_what_its_leaves_make(
    current: Structure, proposed: Structure, point: Point, start: Moment | None, filled: bool
) -> None:
    years = tuple(FinancialYear(year) for year in (2024, 2025, 2026))
    both = [current, proposed]
    result = cost(both, pay(point), Terms(years, filled=filled, start=start))
    check(result, both, sourced=start is None)


@settings(max_examples=40, deadline=None)
@given(structures("Current"), structures("Proposed"), STARTS.filter(lambda start: start is not None))
def test_the_change_of_a_delayed_proposal_is_what_its_sides_make(
    current: Structure, proposed: Structure, start: Moment
) -> None:
    years = tuple(FinancialYear(year) for year in (2024, 2025, 2026))
    grades = without_factor(pay(Point.MID))
    result = cost([current, proposed], grades, Terms(years, start=start))
    for number, change in enumerate(result.changes):
        before, after = (one.years[number].totals.headline for one in result.structures)
        figure = change.totals.cost
        if before.complete and after.complete and figure is not None:
            assert (figure.current, figure.proposed) == (before.value, after.value)
            assert figure.change == after.value - before.value


def without_factor(grades: Grades) -> Grades:
    return grades._replace(vacancy_factor=None)


def again(figure: Entry) -> Decimal:
    """Work out a figure of the JSON from its parts, by what it says of itself."""
    parts = [again(part) for part in figure["parts"]]
    if not parts:
        return Decimal(figure["value"])
    value = parts[0]
    for part in parts[1:]:
        match figure["step"]:
            case "sum" | "mean":
                value += part
            case "difference":
                value -= part
            case "excess":
                value = max(value - part, Decimal(0))
            case "quotient":
                value /= part
            case _:
                value *= part
    if figure["step"] == "mean":
        value /= len(parts)
    return round_to_penny(value) if figure["step"] == "product, to the penny" else value


def round_to_penny(value: Decimal) -> Decimal:
    return value.quantize(Decimal("1e-12")).quantize(Decimal("0.01"), "ROUND_HALF_UP")


POSTS: Entry = {
    "manager": {"title": "Manager", "team": "t", "grade": "B", "fte": "2.5", "positions": 3, "starts": "2024-09-10"},
    "clerk": {"title": "Clerk", "team": "t", "grade": "A", "fte": {"is": 1.2, "basis": "assumed", "because": "people"},
              "weeks": "39", "supplement": "£600", "funding": {"core": "0.7", "grant": "0.3"}},
    "head": {"title": "Head", "grade": "P", "fte": "1"},
}  # fmt: skip
GRADES: Entry = {
    "year": "2024-25", "spine": "njc", "pension": "19.8%", "vacancy_factor": "4%",
    "grades": {"A": {"scp": "20-23"}, "B": {"scp": "25-29"}, "P": {"cost": "£67,934"}},
}  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    structure = files_written.structure(tmp_path / "one.yaml", POSTS, teams={"t": {"title": "T"}})
    return structure, files_written.grades(tmp_path / "g.yaml", GRADES)


@pytest.mark.parametrize("chosen", [("--post", "manager"), ("--post", "clerk"), ("--team", "t"), ("--grade", "B"), ()])
def test_what_is_written_explains_what_cost_says(
    restructure: Restructure, made: tuple[Path, Path], chosen: tuple[str, ...]
) -> None:
    structure, grades = made
    rows = json.loads(restructure("cost", structure, "-g", grades, "--format", "json").out)["posts"]
    ran = restructure("explain", structure, "-g", grades, *chosen, "--format", "json")
    (figure,) = json.loads(ran.out)["figures"]
    picked = {"--post": "id", "--team": "team", "--grade": "grade"}
    wanted = [row for row in rows if not chosen or row[picked[chosen[0]]] == chosen[1]]
    assert again(figure) == Decimal(figure["value"]) == sum(Decimal(row["cost"]) for row in wanted)
    places = {part["source"]["place"] for part in _leaves(figure) if part["source"]}
    assert any(place.rpartition(":")[0] == str(structure) or "one.yaml:" in place for place in places)
    assert all(place.rpartition(":")[2].isdigit() for place in places if "one.yaml" in place or "g.yaml" in place)
    text = restructure("explain", structure, "-g", grades, *chosen).out
    assert f"£{Decimal(figure['value']):,.2f}".removesuffix(".00") in text


def _leaves(figure: Entry) -> Iterator[Entry]:
    if not figure["parts"]:
        yield figure
    for part in figure["parts"]:
        yield from _leaves(part)


def test_a_figure_assumed_in_the_structure_is_not_called_published(
    restructure: Restructure, made: tuple[Path, Path], tmp_path: Path
) -> None:
    grades = files_written.grades(tmp_path / "h.yaml", {**GRADES, "vacancy_factor": "0%"})
    (year,) = json.loads(restructure("cost", made[0], "-g", grades, "--format", "json").out)["structures"][0]["years"]
    (clerk,) = (Decimal(row["cost"]) for row in year["posts"] if row["id"] == "clerk")
    assert Decimal(year["basis"]["assumed"]) == clerk


def test_published_totals_of_posts_do_not_stand_for_the_people_in_them(
    restructure: Restructure, tmp_path: Path
) -> None:
    posts: Entry = {"a": {"title": "A", "team": "t", "grade": "P", "fte": "4", "filled": "1"}}
    team: Entry = {"title": "T", "control": {"cost": "£271,736", "fte": 4}}
    structure = files_written.structure(tmp_path / "one.yaml", posts, teams={"t": team})
    grades = files_written.grades(tmp_path / "g.yaml", GRADES)
    ran = restructure("cost", structure, "-g", grades, "--of", "filled", "--format", "json")
    totals = json.loads(ran.out)["totals"]
    assert (totals["fte"], totals["headline"]) == ("1", "67934.00")


@pytest.mark.parametrize(
    "side,id_,published",
    [
        ("current", "service-manager-safeguarding", "64016.00"),
        ("proposed", "service-manager-safeguarding", "69510.00"),
    ],
)
def test_a_published_cost_is_explained_by_its_line(
    restructure: Restructure, side: str, id_: str, published: str
) -> None:
    structure = ROOT / "structures" / "monmouthshire" / f"{side}.yaml"
    ran = restructure("explain", structure, "--post", id_, "--year", "2019-20", "--format", "json")
    (figure,) = json.loads(ran.out)["figures"]
    assert Decimal(figure["value"]) == Decimal(published)
    (leaf,) = _leaves(figure)
    path, _, line = leaf["source"]["place"].rpartition(":")
    assert "cost:" in (Path(path).read_text(encoding="utf-8").splitlines())[int(line) - 1]


def test_the_published_costs_of_monmouthshire_stand_as_published(restructure: Restructure) -> None:
    ran = restructure("cost", ROOT / "structures" / "monmouthshire", "--format", "json")
    found = {
        row["cost"]
        for structure in json.loads(ran.out)["structures"]
        for row in structure["posts"]
        if row["kind"] == "post" and row["cost"] is not None
    }
    assert {"64016.00", "69510.00", "40908.00", "50680.00", "54382.00", "59627.00"} <= found


@pytest.mark.parametrize("by", ["grade", "team", "post", "title", "fund"])
def test_every_component_stands_in_a_column_that_adds_up(
    restructure: Restructure, made: tuple[Path, Path], by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    text = restructure("cost", made[0], "-g", made[1], "--detail", "all", "--by", by).out
    lines = text.splitlines()
    heading = next(number for number, line in enumerate(lines) if "FTE" in line and "£" in line)
    edges = [match.end() for match in re.finditer(r"\S+(?: \S+)*", lines[heading])]
    names = re.findall(r"\S+(?: \S+)*", lines[heading])
    ends = next(number for number, line in enumerate(lines) if line.startswith("Total") and number > heading)
    rows = [_money(line, edges) for line in lines[heading + 2 : ends + 1] if set(line) != {"─"}]
    *parts, total = rows
    assert {"Salary £", "National insurance £", "Pension £", "Apprenticeship levy £"} <= set(names)
    assert len(parts) >= 3
    for row in rows:
        assert sum(row[:-1]) == row[-1], text
    assert [sum(column) for column in zip(*parts, strict=True)] == total, text


def _money(line: str, edges: list[int]) -> list[Decimal]:
    """Read the columns of money of a row, those after the FTE; an empty one is nil."""
    cells = [line[start:end].strip().split("  ")[-1] for start, end in pairwise(edges)][1:]
    return [Decimal(cell.replace(",", "").replace("−", "-")) if cell else Decimal(0) for cell in cells]


def test_an_id_in_the_place_of_a_structure_is_answered_with_how_to_ask(restructure: Restructure) -> None:
    for first in ("examples", "examples/current.yaml"):
        ran = restructure("explain", Path(__file__).parents[2] / first, "social-worker")
        assert ran.code == 2
        assert "--post social-worker" in " ".join(ran.err.replace("│", " ").split())
        assert "SYN101" not in ran.err
