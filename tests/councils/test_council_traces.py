"""Every figure that claims are held against can be traced: a step is what its parts make, a leaf stands somewhere."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from math import prod
from pathlib import Path
from typing import Any

import pytest

from restructure_cli.checks.folders import check
from restructure_cli.model.derivations import Derivation, Kind, Step
from restructure_cli.model.verdicts import Judged
from running import Restructure

ROOT = Path(__file__).parents[2]
FOLDERS = ("examples", *sorted(f"structures/{path.name}" for path in (ROOT / "structures").iterdir() if path.is_dir()))
MAKES: dict[Step, Callable[[list[Decimal]], Decimal]] = {
    Step.SUM: lambda parts: sum(parts, Decimal(0)),
    Step.DIFFERENCE: lambda parts: parts[0] - sum(parts[1:], Decimal(0)),
    Step.NEGATED: lambda parts: -parts[0],
    Step.PRODUCT: lambda parts: prod(parts, start=Decimal(1)),
}
OF_POSTS = ("FTE", "people", "positions", "teams", "lines", "hours a week")


def steps(figure: Derivation) -> Iterator[Derivation]:
    yield figure
    for part in figure.parts:
        yield from steps(part)


@pytest.fixture(scope="module", params=FOLDERS)
def judged(request: pytest.FixtureRequest) -> list[Judged]:
    found = [one for one in check([ROOT / request.param]).claims if one.trace is not None]
    assert found, "a folder whose claims nothing works out proves nothing"
    return found


def test_a_step_is_what_its_parts_make(judged: list[Judged]) -> None:
    for one in judged:
        assert one.trace is not None
        for figure in steps(one.trace()):
            if figure.parts and figure.step in MAKES and figure.between is None:
                made = MAKES[figure.step]([part.value for part in figure.parts])
                assert abs(made - figure.value) < Decimal("1e-20"), f"{one.id}: {figure}"


def test_a_figure_of_posts_stands_in_a_file_or_says_what_it_follows_from(judged: list[Judged]) -> None:
    for one in judged:
        assert one.trace is not None
        for figure in steps(one.trace()):
            if not figure.parts and figure.unit in OF_POSTS and figure.value:
                assert figure.source is not None or figure.kind is not Kind.FIGURE, f"{one.id}: {figure}"


def test_a_range_is_traced_as_a_range_and_never_as_nil(restructure: Restructure) -> None:
    folder = ROOT / "structures" / "west-sussex"
    told = restructure("explain", folder, "--claim", "benefits-after-cost").out
    assert "£2,000,000 or more" in told
    assert "£1,408,000 or more" in told
    assert "£0" not in told


def test_a_change_is_traced_to_both_sides(restructure: Restructure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (more,) = told_of("social-workers", restructure)
    assert [(part["name"], part["value"]) for part in more["parts"]] == [("proposed", "12"), ("current", "10.5")]
    assert all(part["source"]["place"].startswith("examples/") for part in more["parts"])
    assert more["step"] == "difference"


def told_of(claim: str, restructure: Restructure) -> list[dict[str, Any]]:
    """Return the lines that the figure of a claim on the invented council is the sum of."""
    (figure,) = json.loads(restructure("explain", "examples", "--claim", claim, "--format", "json").out)["figures"]
    lines: list[dict[str, Any]] = figure["parts"]
    return lines
