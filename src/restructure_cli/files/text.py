"""Bytes of a file to its text, or the reason why not; lines as YAML counts them."""

import re
import stat
from functools import lru_cache
from pathlib import Path

from restructure_cli.files import rules
from restructure_cli.model.findings import Finding, Place

LARGEST_FILE = 64 * 1024 * 1024
_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_LINE_FOR_SOME = "\x85\u2028\u2029"
"""What ends a line for YAML, and none for editors and git: the lines after it would be counted in two ways."""
_WHY_NOT = {
    stat.S_IFDIR: "is a folder, and a file is expected",
    stat.S_IFIFO: "is a pipe, not a file",
    stat.S_IFSOCK: "is a socket, not a file",
    stat.S_IFCHR: "is a device, not a file",
    stat.S_IFBLK: "is a device, not a file",
}


def read_bytes(path: Path) -> bytes | Finding:
    """Read a regular file, never waiting for one that is not; a fault names the file."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            why = _WHY_NOT.get(stat.S_IFMT(status.st_mode), "is not a file")
            return Finding(rules.UNREADABLE, f"{path} {why}", Place(str(path)))
        if status.st_size > LARGEST_FILE:
            return Finding(
                rules.TOO_LARGE,
                f"the file is larger than {LARGEST_FILE // 1024**2} MB",
                Place(str(path)),
                hint="split the structure into one file a service",
            )
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            message = f"{path} is a link to {path.readlink()}, and there is no such file"
            hint = "point the link at the file, or put the file in its place"
            return Finding(rules.UNREADABLE, message, Place(str(path)), hint)
        return Finding(rules.UNREADABLE, f"there is no file {path}", Place(str(path)), hint=nearby(path))
    except PermissionError:
        hint = "ask its owner, or change its permissions"
        return Finding(rules.UNREADABLE, f"no permission to read {path}", Place(str(path)), hint=hint)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
        return Finding(rules.UNREADABLE, f"{path} cannot be read: {reason}", Place(str(path)))


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder; one that cannot be followed does not, and reading it says why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Whether something stands at a path, be it closed to us or a link to nothing: reading it says so."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


def without_detours(path: Path) -> Path:
    """Return a path with `a/../b` as `b`; where `a` is a link, that may be another place."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return Path(*parts)


def nearby(path: Path) -> str:
    """Name the files of the folder that a misspelt name may have meant."""
    from difflib import get_close_matches

    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        return f"there is no folder {path.parent}"
    close = get_close_matches(path.name, names, n=1)
    if close:
        return f"did you mean {path.parent / close[0]}?"
    there = [name for name in names if name.endswith((".yaml", ".yml"))]
    return f"the folder has {', '.join(there[:6])}{' and others' if there[6:] else ''}" if there else ""


def decode(path: str, raw: bytes) -> str | Finding:
    """Turn bytes into text: UTF-8 (a byte-order mark is passed over), without control characters."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        return Finding(
            rules.NOT_UTF8,
            f"byte 0x{raw[error.start]:02x} is not UTF-8",
            _place_at(path, before + raw[error.start :].decode("cp1252", errors="replace"), len(before)),
            hint="save the file as UTF-8 (in Excel or Notepad: Save as, encoding UTF-8)",
        )
    refused = _REFUSED.search(text)
    if refused:
        told, hint = "has no place in a text file", "delete it; the file may be damaged"
        if refused.group() in _LINE_FOR_SOME:
            told, hint = "ends a line for some programs and not for others", "put a blank or a new line in its place"
        message = f"character U+{ord(refused.group()):04X} {told}"
        return Finding(rules.CONTROL_CHARACTER, message, _place_at(path, text, refused.start()), hint)
    return text


def lines(text: str) -> list[str]:
    """Split a text into lines where YAML ends them."""
    return _split(text)


def breaks(text: str, start: int, end: int) -> int:
    """Count the lines that end in a part of a text."""
    return len(_LINE_BREAK.findall(text, start, end))


@lru_cache(maxsize=4)
def _split(text: str) -> list[str]:
    return _LINE_BREAK.split(text)


def _place_at(path: str, text: str, offset: int) -> Place:
    """Turn a character offset into a line and a column, both from 1."""
    before = _LINE_BREAK.split(text[:offset])
    start = offset - len(before[-1])
    source = _LINE_BREAK.split(text[start : start + 500], maxsplit=1)[0]
    return Place(path, line=len(before), column=len(before[-1]) + 1, source=source)
