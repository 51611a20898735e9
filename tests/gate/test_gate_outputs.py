"""One run, several outputs: files in the formats of their extensions, and the findings on the screen all the same."""

import json
import os
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from running import Restructure

HEADER = "restructure: structure/1\norganisation: Ashdale\ntitle: Current\nposts:\n"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    path = tmp_path / "current.yaml"
    path.write_text(HEADER + "  clerk: {title: Clerk, fte: 1, filled: 2}\n", "utf-8")
    return path


def test_files_are_written_beside_the_text(broken: Path, restructure: Restructure) -> None:
    names = ("findings.sarif", "findings.xml", "findings.json", "findings.csv", "findings.txt")
    files = [broken.with_name(name) for name in names]
    alone = restructure("check", broken)
    ran = restructure("check", broken, *(part for file in files for part in ("--output", file)))
    assert (ran.code, ran.out) == (alone.code, alone.out) == (1, alone.out)
    assert ran.err == "".join(f"Wrote {file}\n" for file in files)
    sarif, junit, data, table, text = (file.read_bytes() for file in files)
    assert json.loads(sarif)["runs"][0]["results"][0]["ruleId"] == "EST201"
    assert ElementTree.fromstring(junit).attrib["failures"] == "1"
    assert json.loads(data)["format"] == "restructure.check/1"
    assert table.decode("utf-8-sig").startswith("code,")
    assert text.decode() == alone.out


def test_a_format_for_the_screen_leaves_the_files_their_own(broken: Path, restructure: Restructure) -> None:
    file = broken.with_name("findings.sarif")
    ran = restructure("check", broken, "--format", "github", "--output", file)
    assert ran.out.startswith("::error ")
    assert json.loads(file.read_text("utf-8"))["version"] == "2.1.0"


def test_a_format_for_data_is_that_of_the_files(broken: Path, restructure: Restructure) -> None:
    file = broken.with_name("findings.out")
    ran = restructure("check", broken, "--format", "junit", "--output", file)
    assert ran.out.startswith("error[EST201]")
    assert ElementTree.fromstring(file.read_text("utf-8")).tag == "testsuites"


def test_an_extension_that_says_nothing_is_refused_and_nothing_written(broken: Path, restructure: Restructure) -> None:
    before = sorted(broken.parent.iterdir())
    file = broken.with_name("findings.bin")
    ran = restructure("check", broken, "--output", broken.with_name("findings.sarif"), "--output", file)
    assert ran.code == 2
    assert "findings.bin" in "".join(character for character in ran.err if character not in "│ \n")
    assert sorted(broken.parent.iterdir()) == before


def test_another_verb_refuses_what_only_check_writes(broken: Path, restructure: Restructure) -> None:
    ran = restructure("vacancies", broken, "--format", "sarif")
    assert ran.code == 2
    assert "text, json" in " ".join(ran.err.replace("│", " ").split())


def test_where_one_file_cannot_be_written_the_others_are_and_the_findings_are_shown(
    broken: Path, restructure: Restructure
) -> None:
    nowhere, there = broken.with_name("nowhere") / "findings.sarif", broken.with_name("findings.xml")
    ran = restructure("check", broken, "--output", nowhere, "--output", there)
    assert ran.code == 2
    assert "cannot be written" in " ".join(ran.err.replace("│", " ").split())
    assert "error[EST201]" in ran.out
    assert ElementTree.parse(there).getroot().tag == "testsuites"


@pytest.mark.skipif(os.name == "nt", reason="links and devices of POSIX")
def test_a_link_stays_a_link_and_a_device_a_device(broken: Path, restructure: Restructure) -> None:
    link, target = broken.with_name("link.sarif"), broken.with_name("kept.sarif")
    link.symlink_to(target)
    pipe = broken.with_name("pipe.xml")
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert restructure("check", broken, "--output", link, "--output", pipe).code == 1
    assert link.is_symlink()
    assert json.loads(target.read_text("utf-8"))["version"] == "2.1.0"
    assert os.read(reading, 100).startswith(b"<?xml")
    assert not pipe.is_file()
    os.close(reading)
