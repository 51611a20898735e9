"""Equal texts are read for all readers that share what they keep, and each file is told of its own faults."""

import copy
import shutil
from pathlib import Path

import pytest

from restructure_cli.checks.folders import look
from restructure_cli.files import kept, tree
from restructure_cli.files.kept import Kept
from restructure_cli.files.reader import Reader

ROOT = Path(__file__).parents[2]
SOUND = "restructure: structure/1\norganisation: Ashdale\ntitle: Current\nposts:\n  clerk: {title: Clerk, fte: 1}\n"
CUT = SOUND.replace("{title: Clerk, fte: 1}", "\n    title: Clerk #2\n    fte: 1")
WRONG = SOUND.replace("fte: 1", "fte: one")
TWICE = SOUND + "  clerk: {title: Clerk, fte: 2}\n"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files are parsed."""
    names: list[str] = []
    build = tree.build

    def noting(name: str, text: str) -> object:
        names.append(Path(name).name)
        return build(name, text)

    monkeypatch.setattr(tree, "build", noting)
    return names


def read(shared: Kept, folder: Path, **texts: str) -> list[Reader]:
    """Read each text as a file of its own, with a reader of its own."""
    readers = []
    for name, text in texts.items():
        path = folder / f"{name}.yaml"
        path.write_text(text, "utf-8")
        readers.append(Reader(kept=shared))
        readers[-1].structure(path)
    return readers


def test_a_text_that_comes_again_is_parsed_no_more_and_is_the_structure_of_each_file(
    tmp_path: Path, built: list[str]
) -> None:
    readers = read(Kept(), tmp_path, a=SOUND, b=SOUND, c=SOUND, d=SOUND)
    assert built == ["a.yaml", "b.yaml"]
    structures = [reader.structure(tmp_path / f"{name}.yaml") for reader, name in zip(readers, "abcd", strict=True)]
    paths = [structure.posts["clerk"].path for structure in structures if structure is not None]
    assert [Path(path).name for path in paths] == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"]


@pytest.mark.parametrize("text", [CUT, WRONG, TWICE])
def test_what_is_wrong_is_told_of_every_file_that_says_it(tmp_path: Path, text: str) -> None:
    readers = read(Kept(), tmp_path, a=text, b=text, c=text)
    told = [[(finding.rule.code, Path(finding.place.path).name) for finding in each.findings] for each in readers]
    assert told[0]
    assert told[1:] == [[(code, name) for code, _ in told[0]] for name in ("b.yaml", "c.yaml")]


def test_only_the_last_few_texts_are_kept(tmp_path: Path, built: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    a, b, c = (SOUND.replace("Clerk", title) for title in ("Clerk", "Lead", "Driver"))
    shared = Kept()
    read(shared, tmp_path, a=a, b=b, c=c)
    read(shared, tmp_path, a=a, b=b)
    built.clear()
    read(shared, tmp_path, a=a, c=c)
    read(shared, tmp_path, a=a, b=b)
    assert built == ["c.yaml", "b.yaml"]


def test_what_is_kept_stays_as_it_was_read(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(4)]
    for folder in folders:
        shutil.copytree(ROOT / "structures" / "bury", folder)
    shared = Kept()
    for folder in folders[:2]:
        look(Reader(kept=shared), sorted(folder.glob("*.yaml")), [], [], None)
    texts = [path.read_text("utf-8") for path in sorted(folders[0].glob("*.yaml"))]
    before = copy.deepcopy([shared.of(text) for text in texts])
    assert None not in before
    for folder in folders[2:]:
        look(Reader(kept=shared), sorted(folder.glob("*.yaml")), [], [], None)
    assert [shared.of(text) for text in texts] == before
