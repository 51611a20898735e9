"""The examples of rules: one text a rule, with files that break it and what they look like mended.

`EST201.txt` holds, under `=== fails`, files each under a line `--- name`; under `=== passes` those that differ. ␀
stands for a NUL byte, and `--- current.yaml (Windows-1252)` for a file in that encoding. One test runs them all.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent
_FILE = re.compile(r"^--- (?P<name>[\w./-]+)(?: \((?P<encoding>[\w-]+)\))?\n", re.MULTILINE)


class Example(NamedTuple):
    """Files that break a rule, and the same once mended: their text by name."""

    fails: Mapping[str, str]
    mended: Mapping[str, str]
    """Those of them that differ, and those that come to them."""
    encodings: Mapping[str, str] = {}
    """Of files that fail because they are not UTF-8."""

    @property
    def passes(self) -> dict[str, str]:
        """Return every file of the example, mended."""
        return {**self.fails, **self.mended}

    def write(self, folder: Path, *, mended: bool = False) -> None:
        """Write its files, as they are broken or mended, into a folder."""
        for name, text in (self.passes if mended else self.fails).items():
            encoding = "utf-8" if mended else self.encodings.get(name, "utf-8")
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.replace("␀", "\0").encode(encoding))


@lru_cache(maxsize=256)
def example(code: str) -> Example:
    """Return the example of a rule. Raises KeyError where there is none of that code."""
    path = _HERE / f"{code}.txt"
    if not path.exists():
        raise KeyError(code)
    fails, passes = path.read_text("utf-8").removeprefix("=== fails\n").split("=== passes\n")
    encodings = {found["name"]: found["encoding"] for found in _FILE.finditer(fails) if found["encoding"]}
    return Example(_files(fails), _files(passes), encodings)


def _files(text: str) -> dict[str, str]:
    heads = list(_FILE.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head["name"]: text[head.end() : end] for head, end in zip(heads, ends, strict=True)}
