"""An overlay and the full file it stands for give the same; what is dumped is read back the same."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from structures_made import ANYTHING, FTE, GRADES, POSTS, TITLES, Allowed, pay, some, stated, structures

from restructure_cli.analysis.cost import cost
from restructure_cli.analysis.diff import diff
from restructure_cli.analysis.vacancies import vacancies
from restructure_cli.files.dump import dump_structure
from restructure_cli.files.reader import Reader
from restructure_cli.model.grades import Grades
from restructure_cli.model.quantities import Quantity
from restructure_cli.model.structures import Counts, Post, Structure
from restructure_cli.render.json.cost import render_cost
from restructure_cli.render.json.diff import render_diff
from restructure_cli.render.json.vacancies import render_vacancies

Read = Callable[..., Structure]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Write files in one folder, and read the last of them."""
    folder = tmp_path_factory.mktemp("files")

    def written(**files: str) -> Structure:
        reader, structure = Reader(), None
        for name, text in files.items():
            path: Path = folder / f"{name}.yaml"
            path.write_text(text, "utf-8")
            structure = reader.structure(path)
        assert not reader.findings
        assert structure is not None
        return structure

    return written


def nowhere(structure: Structure) -> Structure:
    """Return a structure without the places its entries were read from."""
    return structure._replace(
        path="",
        files=(),
        teams={id_: team._replace(path="") for id_, team in structure.teams.items()},
        posts={id_: post._replace(path="") for id_, post in structure.posts.items()},
        costs={id_: line._replace(path="") for id_, line in structure.costs.items()},
    )


@some
@given(structure=st.one_of(structures(ANYTHING), structures(ANYTHING, is_proposal=True)))
def test_what_is_dumped_is_read_back_the_same(read: Read, structure: Structure) -> None:
    again = read(dumped=dump_structure(structure))
    assert nowhere(again) == nowhere(structure)
    assert dump_structure(again) == dump_structure(structure)


@st.composite
def changes(draw: st.DrawFn, base: Structure) -> dict[str, dict[str, str | None]]:
    """Make the posts of an overlay: some gone, some new, some with other figures."""
    made: dict[str, dict[str, str | None]] = {}
    for id_ in draw(st.lists(st.sampled_from(POSTS), unique=True)):
        entry: dict[str, str | None] = {}
        if id_ not in base.posts:
            entry["title"] = draw(st.sampled_from(TITLES))
        elif draw(st.booleans()):
            made[id_] = {"deleted": "true"}
            continue
        for key, values in (
            ("fte", FTE.map(str)),
            ("grade", st.sampled_from(GRADES)),
            ("tenure", st.just("temporary")),
        ):
            if draw(st.booleans()):
                entry[key] = draw(values | st.none()) if key == "fte" else draw(values)
        made[id_] = entry
    return made


def laid_over(base: Structure, posts: dict[str, dict[str, str | None]]) -> Structure:
    """Work out the full structure that an overlay stands for, as design.md §3 says: what is inherited, and what not."""
    full = {id_: without_people(post) for id_, post in base.posts.items()}
    for id_, entry in posts.items():
        if "deleted" in entry:
            del full[id_]
        else:
            full[id_] = overridden(full.get(id_, Post(id_, "")), entry)
    teams = {id_: team._replace(control=None) for id_, team in base.teams.items()}
    return base._replace(title="Proposed", counts=Counts.ESTABLISHED, control=None, posts=full, teams=teams)


def without_people(post: Post) -> Post:
    return post._replace(filled=None, people=None, agency=None, vacant=None, away={})


def overridden(post: Post, entry: dict[str, str | None]) -> Post:
    """Override a post; its cost, notes and reasons fall, and what hangs on a figure falls with that figure."""
    post = post._replace(cost=None, at=(), note=None, because=None, basis=None)
    if "fte" in entry:
        fte = entry["fte"]
        value = stated(Decimal(fte)) if fte is not None else Quantity(None)
        post = post._replace(fte=value, positions=None, hours=None, funding={}, fte_change=None)
    if "grade" in entry:
        post = post._replace(grade=(str(entry["grade"]),), scp=None)
    if "tenure" in entry:
        post = post._replace(tenure=entry["tenure"])
    return post._replace(title=entry.get("title") or post.title)


def overlay_of(posts: dict[str, dict[str, str | None]]) -> str:
    stated_: dict[str, Any] = {"restructure": "structure/1", "based_on": "current.yaml", "title": "Proposed"}
    lines = yaml.dump({**stated_, "posts": posts}, sort_keys=False)
    return lines.replace("null", "").replace("'", "")


BASE = Allowed(controls=True, unknowns=True, joins=True, details=False, moves=False, changes_alone=False)


@some
@given(data=st.data(), grades=pay())
def test_an_overlay_and_the_full_file_it_stands_for_are_the_same(
    read: Read, data: st.DataObject, grades: Grades
) -> None:
    base = data.draw(structures(BASE))
    changed = data.draw(changes(base))
    current = dump_structure(base)
    from_overlay = read(current=current, overlay=overlay_of(changed))
    full = laid_over(base, changed)
    from_file = read(full=dump_structure(full))
    assert nowhere(from_overlay) == nowhere(from_file) == nowhere(full)
    before = read(current=current)
    assert answers(before, from_overlay, grades) == answers(before, from_file, grades)


def answers(current: Structure, proposed: Structure, grades: Grades) -> list[Any]:
    """Return what the verbs answer, without the names of files."""
    proposed = nowhere(proposed)
    moves, now = diff(current, proposed), vacancies(current)
    texts = (
        render_diff(moves, {}),
        render_vacancies(now, moves, {}),
        render_cost(cost((current, proposed), grades), {}),
    )
    return [json.loads(text) for text in texts]
