"""One reading: each file once, every fault gathered, none told twice, and nothing raised for what is in a file."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from restructure_cli.files import text
from restructure_cli.files.reader import Reader
from restructure_cli.model.findings import Finding

HEADER = "restructure: structure/1\norganisation: Ashdale Council\ntitle: Current\n"


def found(folder: Path, source: str | bytes, name: str = "current.yaml") -> list[Finding]:
    path = folder / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    reader = Reader()
    reader.structure(path)
    return reader.located(reader.findings)


def cuts(folder: Path, source: str) -> list[tuple[int | None, int | None]]:
    faults = found(folder, HEADER + source)
    return [(fault.place.line, fault.place.column) for fault in faults if fault.rule.code == "SYN109"]


@pytest.mark.parametrize(
    ("posts", "places"),
    [
        ("posts:\n  a:\n    title: Clerk #12\n", [(6, 18)]),
        ("posts:\n  a: {title: Clerk #1\n  }\n", [(5, 20)]),
        ("posts:\n  a:\n    title: £5 – Clerk #1\n  b:\n    title: Clerk #2\n", [(6, 23), (8, 18)]),
        ("posts:\r\n  a:\r\n    title: Clerk #1\r\n", [(6, 18)]),
        ('posts:\n  a:\n    title: "Clerk #12"\n', []),
        ("posts:\n  a:\n    title: 'Clerk #12'\n", []),
        ("posts:\n  a:\n    title: Clerk # two of them\n", []),
        ("posts:\n  a:\n    title: Clerk#12\n", []),
        ("posts:\n  a:\n    fte: 2 #12 in the list\n    title: Clerk\n", []),
        ("# title: Clerk #12\n", []),
        ("posts:\n  a: {title: Clerk} #12\n", []),
    ],
)
def test_a_title_that_a_number_sign_cuts_short_is_warned_of(
    tmp_path: Path, posts: str, places: list[tuple[int, int]]
) -> None:
    assert cuts(tmp_path, posts) == places


def test_a_title_cut_short_is_only_a_warning(tmp_path: Path) -> None:
    faults = found(tmp_path, HEADER + "posts:\n  a:\n    title: Clerk #12\n")
    assert [(fault.rule.code, fault.rule.blocks) for fault in faults] == [("SYN109", False)]


@pytest.mark.parametrize(
    "source",
    [
        "note: x" + " #1" * 500_000,
        "title: x" + " #1" * 500_000,
        "note: " + "title: " * 100_000 + " #1",
        "note: " + " #" * 500_000,
    ],
)
def test_lines_of_very_many_number_signs_are_looked_through_once(tmp_path: Path, source: str) -> None:
    began = time.process_time()
    found(tmp_path, "restructure: structure/1\norganisation: A\n" + source + "\n")
    assert time.process_time() - began < 1.5


def test_very_many_titles_cut_short_take_time_in_proportion(tmp_path: Path) -> None:
    began = time.process_time()
    posts = "".join(f"  p{number}:\n    title: Post #{number}\n" for number in range(10_000))
    assert len(found(tmp_path, HEADER + "posts:\n" + posts)) == 10_000
    assert time.process_time() - began < 3


def test_a_file_is_read_once_and_its_faults_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "current.yaml").write_text("restucture: structure/1\n", "utf-8")
    (tmp_path / "a.yaml").write_text("restructure: structure/1\ntitle: A\nbased_on: current.yaml\n", "utf-8")
    (tmp_path / "b.yaml").write_text("restructure: structure/1\ntitle: B\nbased_on: current.yaml\n", "utf-8")
    reader = Reader()
    for name in ("a.yaml", "b.yaml", "current.yaml"):
        assert reader.structure(tmp_path / name) is None
        assert reader.structure(tmp_path / name) is None
        reader.kind(tmp_path / name)
    assert [(finding.rule.code, Path(finding.place.path).name) for finding in reader.findings] == [
        ("SCH101", "current.yaml"),
        ("REF101", "a.yaml"),
        ("REF101", "b.yaml"),
    ]
    assert reader.blocked


def test_what_was_read_is_recorded_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "current.yaml").write_text(HEADER, "utf-8")
    reader = Reader()
    reader.structure(tmp_path / "current.yaml")
    reader.structure(tmp_path / "missing.yaml")
    path = str(tmp_path / "current.yaml")
    assert reader.files == (path,)
    assert reader.sha256() == {path: hashlib.sha256(HEADER.encode()).hexdigest()}


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    reader = Reader()
    for name, raw in (("a.yaml", HEADER.encode()), ("b.yaml", b"\xef\xbb\xbf" + HEADER.replace("\n", "\r\n").encode())):
        (tmp_path / name).write_bytes(raw)
    first, second = (reader.structure(tmp_path / name) for name in ("a.yaml", "b.yaml"))
    assert reader.findings == []
    assert first is not None
    assert second is not None
    assert (first.organisation, first.title) == (second.organisation, second.title)


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    posts = 'posts:\n  a: {title: , fte: two, filed: 1}\n  b: {title: B, fte: 1, fte: 2}\n  "c d": {title: C}\n'
    faults = found(tmp_path, HEADER + posts + "costs: {x: {amount: £86,000}}\nhours_per_week: 400\n")
    assert [(fault.rule.code, fault.place.line) for fault in faults] == [
        ("SCH103", 5),
        ("SCH102", 5),
        ("SYN105", 6),
        ("SCH103", 7),
        ("SCH102", 8),
        ("SCH103", 9),
    ]


def test_the_size_of_a_file_is_bounded_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "current.yaml"
    with path.open("wb") as file:
        file.truncate(text.LARGEST_FILE + 1)
    fault = text.read_bytes(path)
    assert isinstance(fault, Finding)
    assert (fault.rule.code, fault.place.path) == ("SYN106", str(path))


@pytest.mark.skipif(not Path(os.devnull).exists(), reason="this system has no devices in its file system")
def test_a_device_is_not_a_file() -> None:
    fault = text.read_bytes(Path(os.devnull))
    assert isinstance(fault, Finding)
    assert fault.message == f"{os.devnull} is a device, not a file"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("curent.yaml", "did you mean"),
        ("zzz", "the folder has current.yaml"),
        ("no/current.yaml", "there is no folder"),
    ],
)
def test_a_missing_file_is_told_with_what_there_is(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / "current.yaml").touch()
    fault = text.read_bytes(tmp_path / name)
    assert isinstance(fault, Finding)
    assert fault.rule.code == "SYN101"
    assert hint in fault.hint


@pytest.mark.parametrize("tenure", ["permanent", "Permanent", "PERMANENT", " permanent "])
def test_permanent_is_permanent_however_it_is_written(tmp_path: Path, tenure: str) -> None:
    path = tmp_path / "current.yaml"
    path.write_text(f'{HEADER}posts:\n  a: {{title: Clerk, tenure: "{tenure}"}}\n', "utf-8")
    structure = Reader().structure(path)
    assert structure is not None
    assert structure.posts["a"].is_permanent
    assert structure.posts["a"].tenure == "permanent"


def test_a_claim_that_expects_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_text("restructure: claims/1\nclaims:\n  a: {says: Nothing, expect: {}}\n", "utf-8")
    reader = Reader()
    reader.claims(path)
    assert [fault.rule.code for fault in reader.findings] == ["SCH104"]


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_what_ends_a_line_for_some_programs_only_is_told_at_its_line(tmp_path: Path, character: str) -> None:
    (fault,) = found(tmp_path, HEADER + f'service: "a{character}b"\nposts: {{}}\n')
    assert (fault.rule.code, fault.place.line, fault.place.column) == ("SYN103", 4, 12)
    assert fault.message.endswith("ends a line for some programs and not for others")
