"""Where files are kept: the disk, or a revision of a git repository (`revisions`).

A `Reader` opens files through one of them and asks nothing else about where they are.
"""

import os
from pathlib import Path
from typing import Protocol

from restructure_cli.files import text
from restructure_cli.model.findings import Finding


class Store(Protocol):
    """What a reader asks of the place where files are kept."""

    def read_bytes(self, path: Path) -> bytes | Finding:
        """Read a file, or say why it cannot be read."""
        ...

    def is_there(self, path: Path) -> bool:
        """Whether something stands at a path."""
        ...

    def nearby(self, path: Path) -> str:
        """Name the files that a misspelt name may have meant."""
        ...

    def real(self, path: Path) -> str:
        """Return the one name of a file that several paths may lead to."""
        ...


class Disk:
    """The files as they stand here and now."""

    def read_bytes(self, path: Path) -> bytes | Finding:
        """Read a regular file, never waiting for one that is not; a fault names the file."""
        return text.read_bytes(path)

    def is_there(self, path: Path) -> bool:
        """Whether something stands at a path, be it closed to us or a link to nothing."""
        return text.is_there(path)

    def nearby(self, path: Path) -> str:
        """Name the files of the folder that a misspelt name may have meant."""
        return text.nearby(path)

    def real(self, path: Path) -> str:
        """Return the one name of a file, links followed."""
        try:
            return os.path.realpath(path)
        except (OSError, ValueError):
            return str(path)
