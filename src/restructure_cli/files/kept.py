"""The trees of texts that parse without a fault, and what they say, for files that say the same.

One grades file stands in the folders of many services.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

from restructure_cli.files.tree import Tree

Stated = Mapping[str, Any]
_MOST = 32
"""Texts that are kept: those of some six folders."""
_LARGEST = 500_000
"""Characters of a text that is worth keeping; the files of a folder are mostly far smaller."""


class Read(NamedTuple):
    """What a text says: its keys and texts, and by format what they are once they are held against it."""

    tree: Tree
    stated: dict[str, Stated]


class Kept:
    """The last few texts that were read more than once; whoever takes what they say must leave it as it is.

    What is read once is let go at once: memory that is used again and again is the fastest.
    """

    def __init__(self) -> None:
        self._read: OrderedDict[str, Read] = OrderedDict()
        self._hashes: set[int] = set()
        """Of every text that was read so far."""

    def of(self, text: str) -> Read | None:
        """Return what a text says, None where it is not kept."""
        found = self._read.get(text)
        if found is not None:
            self._read.move_to_end(text)
        return found

    def keep(self, text: str, tree: Tree) -> None:
        """Keep the tree of a text that has no fault, where it is not the first time that it is read."""
        if hash(text) not in self._hashes:
            self._hashes.add(hash(text))
        elif len(text) <= _LARGEST:
            self._read[text] = Read(tree, {})
            while len(self._read) > _MOST:
                self._read.popitem(last=False)
