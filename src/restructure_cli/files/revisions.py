"""Files as they stood at a revision of a git repository, read through git without touching what is checked out.

A file at a revision has the path that git gives it: `main:structures/ashdale/current.yaml`. Git itself is run for
each question, with no shell between; whatever it cannot answer comes back as a finding.
"""

import posixpath
import subprocess
from difflib import get_close_matches
from pathlib import Path

from restructure_cli.files import rules
from restructure_cli.model.findings import Finding, Place

_LINK, _MODULE = "120000", "160000"
_MOST_OFFERED = 6
_MOST_LINKS = 20


class Revision:
    """A revision of a repository, as a store of files. `ref` is what the call names, `commit` what git makes of it."""

    def __init__(self, ref: str, commit: str, top: Path, modes: dict[str, str]) -> None:
        self.ref = ref
        self.commit = commit
        self.top = top
        self._modes = modes

    def path(self, path: Path) -> Path | None:
        """Return the path that a file of the working tree has at the revision; None outside the repository."""
        try:
            whole = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
            inside = whole.relative_to(self.top).as_posix()
        except (OSError, ValueError):
            return None
        return self._told(inside)

    def here(self, path: Path) -> Path:
        """Return where a file of the revision stands in the working tree."""
        return self.top / self._named(path)

    def files_below(self, folder: Path) -> list[Path]:
        """List the files of a folder at the revision, those of its folders included, hidden ones left out."""
        inside = self._inside(folder)
        start = "" if inside == "." else f"{inside}/"
        names = (name for name in self._modes if name.startswith(start) or name == inside)
        return [self._told(name) for name in sorted(names) if not any(part[0] == "." for part in name.split("/"))]

    def read_bytes(self, path: Path) -> bytes | Finding:
        """Read a file; a link or a file that is not there is a finding, as it is on disk."""
        inside = self._inside(path)
        if not self.is_there(path):
            return Finding(rules.UNREADABLE, f"there is no file {path}", Place(str(path)), self.nearby(path))
        if self._modes.get(inside) in (_LINK, _MODULE):
            message = f"{path} is a link at that revision, not a file"
            return Finding(rules.UNREADABLE, message, Place(str(path)), "name the file that it leads to")
        shown = _git(self.top, "show", f"{self.commit}:{inside}")
        if isinstance(shown, str):
            return Finding(rules.UNREADABLE, f"{path} cannot be read: {shown}", Place(str(path)))
        return shown

    def is_there(self, path: Path) -> bool:
        """Whether a file stands at a path."""
        return self._inside(path) in self._modes

    def nearby(self, path: Path) -> str:
        """Name the file of the folder that a misspelt name may have meant."""
        folder, name = posixpath.split(self._inside(path))
        beside = [posixpath.basename(other) for other in self._modes if posixpath.dirname(other) == folder]
        close = get_close_matches(name, beside, n=1)
        return f"did you mean {path.parent / close[0]}?" if close else ""

    def real(self, path: Path) -> str:
        """Return the one name of a file that several paths may lead to."""
        return self._inside(path)

    def _told(self, inside: str) -> Path:
        """Write a path as git does; the folder keeps the revision in its name, also at the top."""
        return Path(f"{self.ref}:{inside}" if "/" in inside else f"{self.ref}:./{inside}")

    def _inside(self, path: Path) -> str:
        """Return the name of a file in the repository, that of another one where it was a link to it at the time."""
        inside = self._named(path)
        for _ in range(_MOST_LINKS):
            leads_to = _git(self.top, "show", f"{self.commit}:{inside}") if self._modes.get(inside) == _LINK else ""
            if isinstance(leads_to, str):
                break
            beside = posixpath.dirname(inside)
            inside = posixpath.normpath(posixpath.join(beside, leads_to.decode("utf-8", "surrogateescape")))
        return inside

    def _named(self, path: Path) -> str:
        return posixpath.normpath(path.as_posix().removeprefix(f"{self.ref}:"))


def revision(ref: str, beside: Path) -> Revision | Finding:
    """Find a revision of the repository that a file or folder stands in."""
    folder = next((one for one in (beside, *beside.absolute().parents) if one.is_dir()), Path())
    top = _git(folder, "rev-parse", "--show-toplevel")
    if isinstance(top, str):
        return _refused(str(beside), *_no_repository(top))
    root = Path(top.decode("utf-8", "surrogateescape").rstrip("\n")).resolve()
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}") if _is_ref(ref) else ""
    if isinstance(commit, str):
        return _refused(ref, f'there is no revision "{ref}" in this repository', _hint(ref, root))
    told = commit.decode().strip()
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", told)
    if isinstance(listed, str):
        return _refused(ref, f"the files of {ref} cannot be listed: {listed}", "fetch the whole of that revision")
    modes = {}
    for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
        mode, _, name = entry.partition("\t")
        if name:
            modes[name] = mode.partition(" ")[0]
    return Revision(ref, told, root, modes)


def _is_ref(ref: str) -> bool:
    """Whether git would take a word for a revision: never for an option, and never for a path of one."""
    return bool(ref) and not ref.startswith("-") and ":" not in ref and "\0" not in ref


def _refused(place: str, message: str, hint: str) -> Finding:
    return Finding(rules.UNREADABLE, message, Place(place), hint)


def _no_repository(said: str) -> tuple[str, str]:
    if said == _NO_GIT:
        return "git is not installed, and --against reads files through it", "install git, or compare two files"
    if "not a git repository" in said:
        return "this is not in a git repository", "run it where your files are kept in git, or compare two files"
    return f"git says: {said}", "run `git status` there to see what stands in the way"


def _hint(ref: str, top: Path) -> str:
    """Suggest the branch or tag that was meant; in CI it is often there and was not fetched."""
    listed = _git(top, "for-each-ref", "--format=%(refname:short)")
    names = [] if isinstance(listed, str) else listed.decode("utf-8", "replace").split()
    close = get_close_matches(ref, names, n=1)
    remote = [name for name in names if name.endswith(f"/{ref}")]
    if close or remote:
        return f'did you mean "{(remote or close)[0]}"?'
    shallow = _git(top, "rev-parse", "--is-shallow-repository")
    if shallow == b"true\n":
        return "this is a shallow clone: fetch the whole history first (fetch-depth: 0, or GIT_DEPTH: 0)"
    offered = ", ".join(names[:_MOST_OFFERED])
    return f"there are {offered}{' and others' if names[_MOST_OFFERED:] else ''}" if names else "commit something first"


_NO_GIT = "there is no git"


def _git(folder: Path, *arguments: str) -> bytes | str:
    """Run git and return what it prints, or else what it says is wrong."""
    try:
        ran = subprocess.run(
            ["git", "-C", str(folder), *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except FileNotFoundError:
        return _NO_GIT
    except (OSError, ValueError) as error:
        return str(error)
    if ran.returncode:
        return ran.stderr.decode("utf-8", "replace").strip().partition("\n")[0] or f"it ended with {ran.returncode}"
    return ran.stdout
