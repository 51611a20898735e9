"""Annotations of a GitHub workflow: the gravest first, no more than are shown, and nothing from a file ever acts."""

import re
from pathlib import Path

import pytest

from restructure_cli.render.github import MOST_OF_A_KIND
from running import Restructure

HEADER = "restructure: structure/1\norganisation: Ashdale\ntitle: Current\nposts:\n"
COMMAND = re.compile(r"^\s*::([a-z-]+)(?: ([^:]*))?::(.*)$", re.MULTILINE)


def annotations(out: str) -> list[tuple[str, dict[str, str], str]]:
    """Read the output as a runner does: commands count until `stop-commands`, and its token ends that."""
    read, stopped = [], None
    for line in out.splitlines():
        if stopped is not None:
            if line.strip() == f"::{stopped}::":
                stopped = None
            continue
        found = COMMAND.match(line)
        assert found or "::" not in line
        if found is None:
            continue
        if found[1] == "stop-commands":
            stopped = found[3]
            continue
        properties = dict(part.split("=", 1) for part in (found[2] or "").split(",") if part)
        read.append((found[1], properties, found[3]))
    assert stopped is None, "commands work again after the text"
    return read


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "structures").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


def write(folder: Path, *posts: str) -> Path:
    path = folder / "structures" / "current.yaml"
    path.write_text(HEADER + "".join(f"  {post}\n" for post in posts), "utf-8")
    return path


def test_an_annotation_names_the_file_the_line_and_the_rule(folder: Path, restructure: Restructure) -> None:
    write(folder, "clerk: {title: Clerk, fte: 1, filled: 2}")
    ran = restructure("check", "structures", "--format", "github")
    assert ran.code == 1
    ((kind, properties, message),) = annotations(ran.out)
    assert kind == "error"
    assert properties == {
        "file": "structures/current.yaml", "title": "EST201 est.overfilled", "line": "5", "endLine": "5",
        "col": "41", "endColumn": "42",
    }  # fmt: skip
    assert "%0Ahint: " in message
    assert "error[EST201]" in ran.out, "the log of the step has the text as well"


def test_the_path_is_told_from_the_top_of_the_repository(
    folder: Path, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "clerk: {title: Clerk, fte: 1, filled: 2}")
    monkeypatch.chdir(folder / "structures")
    for path in (".", "current.yaml", folder / "structures"):
        ((_, properties, _),) = annotations(restructure("check", path, "--format", "github").out)
        assert properties["file"] == "structures/current.yaml"


def test_the_gravest_come_first_and_the_number_left_out_is_said(folder: Path, restructure: Restructure) -> None:
    (folder / "structures" / "a").mkdir()
    (folder / "structures" / "a" / "current.yaml").write_text(
        HEADER.replace("Current", "Older") + "  clerk:\n    title: Post #12\n    fte: 1\n", "utf-8"
    )
    write(folder, *(f"p{number}: {{title: Clerk, fte: 1, filled: 2}}" for number in range(35)))
    read = annotations(restructure("check", "structures", "--format", "github").out)
    kinds = [kind for kind, _, _ in read]
    assert kinds == ["error"] * MOST_OF_A_KIND + ["warning"]
    assert [properties["line"] for _, properties, _ in read[: MOST_OF_A_KIND - 1]] == [str(5 + n) for n in range(9)]
    assert read[MOST_OF_A_KIND - 1][2].startswith("26 more errors")


@pytest.mark.parametrize(
    "title",
    [
        "x::error::owned", "::error::owned", "%0A::error::owned", "\\n::error::owned", "\\r::add-mask::owned",
        "\\u2028::error::owned", "##[error]owned", "::stop-commands::owned", "a,b:c%2Ctitle=d",
    ],
)  # fmt: skip
def test_nothing_from_a_file_acts(folder: Path, restructure: Restructure, title: str) -> None:
    write(folder, f'clerk: {{title: "{title}", fte: "{title}"}}')
    out = restructure("check", "structures", "--format", "github").out
    ((kind, properties, _),) = annotations(out)
    assert kind == "error"
    assert set(properties) == {"file", "title", "line", "endLine", "col", "endColumn"}
    first, second = out.splitlines()[:2]
    assert first.startswith("::error file=structures/current.yaml,"), "one line, whatever the title"
    assert second.startswith("::stop-commands::")


def test_a_hostile_path_stays_one_property(folder: Path, restructure: Restructure) -> None:
    path = folder / "structures" / "a,line=1::error::b.yaml"
    path.write_text(HEADER + "  clerk: {title: Clerk, fte: 1, filled: 2}\n", "utf-8")
    ((_, properties, _),) = annotations(restructure("check", "structures", "--format", "github").out)
    assert properties["file"] == "structures/a%2Cline=1%3A%3Aerror%3A%3Ab.yaml"
    assert properties["line"] == "5"


def test_auto_is_github_on_a_runner_and_text_elsewhere(
    folder: Path, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "clerk: {title: Clerk, fte: 1, filled: 2}")
    elsewhere = restructure("check", "structures", "--format", "auto")
    assert elsewhere.out == restructure("check", "structures").out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    there = restructure("check", "structures", "--format", "auto")
    assert there.out == restructure("check", "structures", "--format", "github").out
    assert (there.code, elsewhere.code) == (1, 1)
    assert there.out != elsewhere.out
