"""A walk of a folder takes in every file that is ours or nearly so, and counts the others; it never loses one."""

import os
from pathlib import Path

import pytest

from restructure_cli.checks.folders import Checked, check

STRUCTURE = (
    "restructure: structure/1\norganisation: Ashdale Council\ntitle: Current\nposts:\n  clerk: {title: Clerk, fte: 2}\n"
)
GRADES = "restructure: grades/1\norganisation: Ashdale Council\nyear: 2025-26\n"


def lay(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def checked(folder: Path, files: dict[str, str | bytes]) -> Checked:
    lay(folder, files)
    return check([folder])


def told(result: Checked) -> list[tuple[str, str]]:
    return [(Path(finding.place.path).name, finding.rule.code) for finding in result.findings]


def names(paths: tuple[str, ...]) -> list[str]:
    return sorted(Path(path).name for path in paths)


def test_files_of_ours_are_read_and_others_are_counted(tmp_path: Path) -> None:
    result = checked(
        tmp_path,
        {
            "ashdale/current.yaml": STRUCTURE,
            "pay/grades.yml": GRADES,
            "ashdale/settings.yaml": "theme: dark\n",
            "ashdale/notes.txt": "restructure: structure/1",
            "docker-compose.yml": "services: {web: {image: x}}\n",
            "list.yaml": "- a\n- b\n",
            "UPPER.YAML": STRUCTURE,
        },
    )
    assert told(result) == []
    assert names(result.files) == ["UPPER.YAML", "current.yaml", "grades.yml"]
    assert names(result.passed_over) == ["docker-compose.yml", "list.yaml", "settings.yaml"]


@pytest.mark.parametrize(
    "name",
    ["grades.yml", "Grades.yaml", "GRADES.YAML", "grade.yaml", "gradse.yaml", "grades.yam", "grades.ymal",
     "grades.yaml.txt", "grades.yml.TXT"],
)  # fmt: skip
def test_a_slip_in_a_name_is_told(name: str, tmp_path: Path) -> None:
    """Under that name nothing beside it is held against it, and nobody would notice."""
    assert told(checked(tmp_path, {"current.yaml": STRUCTURE, name: GRADES})) == [(name, "SYN101")]


@pytest.mark.parametrize("name", ["grades-2027.yaml", "option-a.yaml", "grades.yaml~", "grades.yaml.bak", "pay.yaml"])
def test_another_name_is_no_slip(name: str, tmp_path: Path) -> None:
    assert told(checked(tmp_path, {"current.yaml": STRUCTURE, name: GRADES})) == []


@pytest.mark.parametrize("name", ["funding-1.yaml", "funding (1).yaml", "fundin g.yaml", "Funding_2.yaml"])
def test_a_number_makes_no_other_funding_file(name: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"current.yaml": STRUCTURE, name: "restructure: funding/1\n"}
    assert told(checked(tmp_path, files)) == [(name, "SYN101")]
    assert told(checked(tmp_path, {"funding.yaml": "restructure: funding/1\n"})) == [], "it is another one now"


@pytest.mark.parametrize("name", ["current.yaml", "proposed.yaml", "grades.yaml", "funding.yaml", "claims.yaml"])
@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"---\n", b"{}\n", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
     b"<!DOCTYPE html><html><body>404</body></html>", "restructure: structure/1\n".encode("utf-16-le"), bytes(300)],
    ids=["empty", "blank", "begun", "braces", "pointer", "page", "utf-16", "nought"],
)  # fmt: skip
def test_a_file_by_our_name_that_says_nothing_is_told(name: str, content: bytes, tmp_path: Path) -> None:
    """A whole folder of such files, as a broken copy leaves it, would be passed over."""
    result = checked(tmp_path, {"sound/current.yaml": STRUCTURE, f"broken/{name}": content})
    assert name in {file for file, code in told(result) if code[:3] in ("SYN", "SCH")}


def test_a_path_is_looked_at_once_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"a/current.yaml": STRUCTURE.replace("fte: 2", "fte: 2, filled: 3")})
    monkeypatch.chdir(tmp_path)
    result = check([Path("a"), tmp_path / "a", Path("a/current.yaml"), Path("a/../a")])
    assert told(result) == [("current.yaml", "EST201")]
    assert len(result.files) == 1


def test_a_base_that_many_are_based_on_is_told_once(tmp_path: Path) -> None:
    option = "restructure: structure/1\nbased_on: ../base/current.yaml\ntitle: Option\n"
    base = STRUCTURE.replace("fte: 2", "fte: 2, team: nowhere")
    result = checked(tmp_path, {"base/current.yaml": base, "a/option.yaml": option, "b/option.yaml": option})
    assert told(result) == [("current.yaml", "REF201")]
    assert len(result.files) == 3


def test_linked_folders_are_walked_once(tmp_path: Path) -> None:
    for name in ("real", "elsewhere/linked"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "current.yaml").write_text(STRUCTURE, "utf-8")
    walked = tmp_path / "real"
    try:
        (walked / "again").symlink_to(walked, target_is_directory=True)
        (walked / "linked").symlink_to(tmp_path / "elsewhere" / "linked", target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody link folders")
    files = [Path(path).relative_to(walked).as_posix() for path in check([walked]).files]
    assert sorted(files) == ["current.yaml", "linked/current.yaml"]


@pytest.mark.parametrize(
    "other",
    [
        "theme: dark\n",
        "- a\n- b\n",
        "just words\n",
        "",
        "# a comment\n",
        "{{ template }}: [\n",
        "a: !!python/object:x {}\n",
        "a: 1\n---\nb: 2\n",
        "title: A page\nnote: about our structure\n",
        "posts:\n  - {title: A blog}\n",
        "infrastructure: aws\n",
        "structure: [a, b]\n",
        b"\xff\xfe\x00\x01",
        "grades: [1, 2]\nteams: {}\n",
    ],
)
def test_what_is_plainly_not_ours_is_passed_over_whatever_it_is(tmp_path: Path, other: str | bytes) -> None:
    result = checked(tmp_path, {"current.yaml": STRUCTURE, "other.yaml": other})
    assert told(result) == []
    assert names(result.passed_over) == ["other.yaml"]


@pytest.mark.parametrize(
    "header",
    [
        "restucture: structure/1",
        "restructre: structure/1",
        "restucture: strukture/1",
        "restrukture:",
        "Restructure:",
        "Restructure: structure/1",
        "restructures: structure/1",
        "RESTRUCTURE: structure/1",
        '"restucture": structure/1',
        "structure: structure/1",
        "format: grades/1",
        "restructure: structure/2",
        "restructure: structure",
        "restructure: strukture/1",
        "restructure: structure / 1",
        "restructure:",
        "restructure: [structure/1]",
        "organisation: Ashdale Council\nrestructure: structure/1",
        "restructure : structure/9",
    ],
)
def test_a_header_that_is_nearly_ours_is_an_error(tmp_path: Path, header: str) -> None:
    result = checked(tmp_path, {"current.yaml": STRUCTURE, "option-a.yaml": header + "\nnote: x\n"})
    assert told(result) == [("option-a.yaml", "SCH101")]
    assert result.findings[0].place.line is not None
    assert result.passed_over == ()


def test_a_header_in_the_second_place_is_pointed_at(tmp_path: Path) -> None:
    result = checked(tmp_path, {"current.yaml": "title: x\n" + STRUCTURE.replace("title: Current\n", "")})
    assert [(f.message, f.place.line) for f in result.findings] == [("the header is not the first key", 2)]


@pytest.mark.parametrize(
    "text",
    [
        STRUCTURE.split("\n", 1)[1].replace("title: Current", "service: Housing\nteams: {}"),
        "based_on: current.yaml\nteams: {}\nposts: {}\n",
        GRADES.split("\n", 1)[1] + "grades: {H: {}}\n",
    ],
)
def test_a_file_with_our_keys_has_lost_its_header(tmp_path: Path, text: str) -> None:
    result = checked(tmp_path, {"mine.yaml": STRUCTURE, "lost.yaml": text})
    assert told(result) == [("lost.yaml", "SCH101")]


@pytest.mark.parametrize("name", ["proposed.yaml", "grades.yaml"])
@pytest.mark.parametrize(
    ("text", "code"),
    [("", "SYN108"), ("# soon\n", "SYN108"), ("restr", "SYN104"), ("theme: dark\n", "SCH101"), ("\0", "SYN103")],
)
def test_a_file_with_one_of_our_names_beside_ours_is_never_passed_over(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    result = checked(tmp_path, {"current.yaml": STRUCTURE, name: text})
    assert told(result) == [(name, code)]


def test_our_names_in_a_folder_without_ours_say_nothing(tmp_path: Path) -> None:
    result = checked(tmp_path, {"a/current.yaml": STRUCTURE, "b/current.yaml": "temperature: 5\n"})
    assert told(result) == []
    assert names(result.passed_over) == ["current.yaml"]


@pytest.mark.parametrize("content", [b"restructure: structure/1\n\xff", "restructure: structure/1\n".encode("utf-16")])
def test_a_file_of_ours_in_another_encoding_is_an_error(tmp_path: Path, content: bytes) -> None:
    assert told(checked(tmp_path, {"a.yaml": content, "b.yaml": STRUCTURE})) == [("a.yaml", "SYN102")]


@pytest.mark.parametrize(
    "files", [{}, {"settings.yaml": "theme: dark\n"}, {"current.txt": STRUCTURE}, {".hidden/a.yaml": STRUCTURE}]
)
def test_nothing_to_check_is_an_error(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    result = checked(tmp_path, files)
    assert [finding.message for finding in result.findings] == [f"there is nothing to check in {tmp_path}"]
    assert result.findings[0].rule.blocks


def test_each_folder_must_have_something(tmp_path: Path) -> None:
    lay(tmp_path, {"a/current.yaml": STRUCTURE})
    (tmp_path / "b").mkdir()
    result = check([tmp_path / "a", tmp_path / "b"])
    assert [finding.message for finding in result.findings] == [f"there is nothing to check in {tmp_path / 'b'}"]


def test_hidden_folders_and_those_of_tools_are_left_out(tmp_path: Path) -> None:
    broken = "restructure: [\n"
    files: dict[str, str | bytes] = {
        f"{folder}/a.yaml": broken for folder in (".git", ".venv", "node_modules", "__pycache__")
    }
    assert told(checked(tmp_path, {**files, "a/b/c/current.yaml": STRUCTURE})) == []


def test_a_hidden_folder_that_is_named_is_checked(tmp_path: Path) -> None:
    lay(tmp_path, {".drafts/current.yaml": "restructure: [\n"})
    assert told(check([tmp_path / ".drafts"])) == [("current.yaml", "SYN104")]


def test_a_file_that_is_named_is_checked_whatever_it_is(tmp_path: Path) -> None:
    lay(tmp_path, {"settings.yaml": "theme: dark\n", "notes.txt": STRUCTURE})
    assert told(check([tmp_path / "settings.yaml", tmp_path / "notes.txt"])) == [("settings.yaml", "SCH101")]


def test_a_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    lay(tmp_path, {"current.yaml": STRUCTURE.replace("fte: 2", "fte: two")})
    result = check([tmp_path, tmp_path / "current.yaml", tmp_path])
    assert told(result) == [("current.yaml", "SCH103")]
    assert names(result.files) == ["current.yaml"]


def test_a_proposal_is_held_against_the_current_structure_and_the_grades_beside_it(tmp_path: Path) -> None:
    proposed = (
        "restructure: structure/1\norganisation: A\ntitle: B\nposts:\n  lead: {title: Lead, grade: Z, from: [clark]}\n"
    )
    files: dict[str, str | bytes] = {"option-b.yaml": proposed, "current.yaml": STRUCTURE, "grades.yaml": GRADES}
    assert told(checked(tmp_path, files)) == [("option-b.yaml", "REF205"), ("option-b.yaml", "REF204")]


def test_a_grades_file_is_checked_by_itself(tmp_path: Path) -> None:
    assert (
        told(checked(tmp_path, {"grades.yaml": GRADES + 'points: {1: "£24,413"}\ngrades:\n  H: {scp: 25-28}\n'}))
        == [("grades.yaml", "PAY401")] * 2
    )


def test_all_faults_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    result = checked(
        tmp_path,
        {
            "b/current.yaml": STRUCTURE.replace("fte: 2", "fte: two, filed: 1"),
            "a/current.yaml": "restructure: structure/1\nposts: [\n",
            "a/grades.yaml": GRADES.replace("2025-26", "2025"),
        },
    )
    assert told(result) == [
        ("current.yaml", "SYN104"),
        ("grades.yaml", "SCH103"),
        ("current.yaml", "SCH103"),
        ("current.yaml", "SCH102"),
    ]


def test_what_is_no_file_but_has_the_name_of_one_is_an_error(tmp_path: Path) -> None:
    lay(tmp_path, {"proposed.yaml": STRUCTURE})
    (tmp_path / "current.yaml").mkdir()
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert told(check([tmp_path])) == [("current.yaml", "SYN101"), ("gone.yaml", "SYN101")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_pipe_is_an_error_and_nobody_waits_for_it(tmp_path: Path) -> None:
    lay(tmp_path, {"current.yaml": STRUCTURE})
    os.mkfifo(tmp_path / "option.yaml")
    assert told(check([tmp_path])) == [("option.yaml", "SYN101")]


def test_a_folder_that_cannot_be_looked_into_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, {"a/current.yaml": STRUCTURE, "b/current.yaml": STRUCTURE})
    look = Path.iterdir

    def closed(folder: Path) -> object:
        if folder.name == "b":
            raise PermissionError(13, "Permission denied")
        return look(folder)

    monkeypatch.setattr(Path, "iterdir", closed)
    assert told(check([tmp_path])) == [("b", "SYN101")]


def test_links_to_folders_do_not_go_round(tmp_path: Path) -> None:
    lay(tmp_path, {"current.yaml": STRUCTURE})
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert names(check([tmp_path]).files) == ["current.yaml"]


@pytest.mark.parametrize("path", ["missing.yaml", "no/such/folder", "x" * 300, "current.yaml/inside.yaml"])
def test_a_path_that_leads_nowhere_is_an_error(tmp_path: Path, path: str) -> None:
    lay(tmp_path, {"current.yaml": STRUCTURE})
    assert [finding.rule.code for finding in check([tmp_path / path]).findings] == ["SYN101"]


def test_a_link_to_nothing_says_where_it_leads(tmp_path: Path) -> None:
    lay(tmp_path, {"grades.yaml": GRADES})
    try:
        (tmp_path / "current.yaml").symlink_to("nowhere.yaml")
    except OSError:
        pytest.skip("no links on this system")
    result = check([tmp_path])
    (finding,) = result.findings
    assert finding.rule.code == "SYN101"
    assert "is a link to nowhere.yaml" in finding.message
    assert finding.hint
