"""One reading of some files: each read once, every fault gathered, lines found for those that need them.

`Reader` is how the rest of the tool opens files. It never raises for what is in them: it returns the model, or
None with the reason among its `findings`.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from restructure_cli.files import faults, grades, headers, places, rules, shapes, structures, text, tree
from restructure_cli.files.cut_titles import cut_titles
from restructure_cli.files.kept import Kept
from restructure_cli.files.stores import Disk, Store
from restructure_cli.model.findings import Finding, Place, Pointer
from restructure_cli.model.grades import Grades
from restructure_cli.model.structures import Structure
from restructure_cli.model.suppressions import Suppression

if TYPE_CHECKING:
    from restructure_cli.model.claims import Claims
    from restructure_cli.model.funding import Funding
    from restructure_cli.model.settings import SettingsFile

_STRUCTURE, _GRADES, _FUNDING, _CLAIMS = "structure/1", "grades/1", "funding/1", "claims/1"
_MAP = "map/1"
_EXCUSE = re.compile(r"#[^\n]*(?:ignor|restructure *:)", re.IGNORECASE)
"""What a file holds that may have a suppression in it."""
_MOST_BASES = 20


class Reader:
    """A session of reading: files by path, their findings, and their hashes for the record."""

    def __init__(
        self, given: Mapping[str, bytes] | None = None, store: Store | None = None, kept: Kept | None = None
    ) -> None:
        """Begin; `given` are files that are still to be written, by path, read as if they stood in the store.

        `kept` is what readers of other files have in common: what equal texts say.
        """
        self._store = store or Disk()
        self._kept = kept or Kept()
        self.findings: list[Finding] = []
        self._given = given or {}
        self._raw: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._layers: dict[str, structures.Layer | None] = {}
        self._structures: dict[str, Structure | None] = {}
        self._grades: dict[str, Grades | None] = {}
        self._funding: dict[str, Funding | None] = {}
        self._claims: dict[str, Claims | None] = {}
        self._trees: dict[str, tree.Tree | None] = {}
        self._ambiguous: set[str] = set()
        """Files with a key that stands twice: what their entries say is told, and nothing is made of them."""
        self._open: list[str] = []

    @property
    def blocked(self) -> bool:
        """Whether something is not valid, so that no total may be printed."""
        return any(finding.rule.blocks for finding in self.findings)

    @property
    def files(self) -> tuple[str, ...]:
        """The paths of every file read."""
        return tuple(self._raw)

    def sha256(self) -> dict[str, str]:
        """Return the SHA-256 of every file read, by path."""
        import hashlib  # brings OpenSSL with it, and only some formats record hashes

        return {path: hashlib.sha256(raw).hexdigest() for path, raw in self._raw.items()}

    def structure(self, path: Path) -> Structure | None:
        """Read a structure, with the structures it is based on."""
        name = str(path)
        if name not in self._structures:
            layer = self._layer(path)
            self._structures[name] = None
            if layer is not None:
                self._structures[name], missing = structures.to_model(name, layer)
                self.findings.extend(missing)
        return self._structures[name]

    def grades(self, path: Path) -> Grades | None:
        """Read a grades file."""
        name = str(path)
        if name not in self._grades:
            self._grades[name] = None
            stated = self._stated(path, _GRADES)
            if stated is not None:
                self._grades[name], missing = grades.to_model(name, stated)
                self.findings.extend(missing)
        return self._grades[name]

    def funding(self, path: Path) -> "Funding | None":
        """Read a funding file."""
        from restructure_cli.files import funding  # most verbs read none

        name = str(path)
        if name not in self._funding:
            self._funding[name] = None
            stated = self._stated(path, _FUNDING)
            if stated is not None:
                self._funding[name], missing = funding.to_model(name, stated)
                self.findings.extend(missing)
        return self._funding[name]

    def claims(self, path: Path) -> "Claims | None":
        """Read a claims file."""
        from restructure_cli.files import claims  # most verbs read none

        name = str(path)
        if name not in self._claims:
            self._claims[name] = None
            stated = self._stated(path, _CLAIMS)
            if stated is not None:
                self._claims[name], missing = claims.to_model(name, stated)
                self.findings.extend(missing)
        return self._claims[name]

    def mapping(self, path: Path) -> Mapping[str, Any] | None:
        """Read a map of an extract's headers."""
        stated = self._stated(path, _MAP)
        return None if stated is None else dict(stated)

    def tree_of(self, path: Path) -> tree.Tree | None:
        """Return the keys and texts of a file as they stand."""
        return self._tree(path)

    def settings(self, path: Path) -> "SettingsFile | None":
        """Read a settings file: restructure.yaml, or the table of a pyproject.toml."""
        from restructure_cli.files import settings  # few repositories have one

        name = str(path)
        if path.name == settings.PYPROJECT:
            read, faults_found = settings.of_pyproject(path)
            self.findings.extend(faults_found)
            return read
        stated = self._stated(path, settings.HEADER)
        return settings.to_model(name, stated) if stated is not None else None

    def suppressions(self) -> tuple[Suppression, ...]:
        """Return the comments by which the files read so far excuse themselves from rules."""
        with_comments = {path: decoded for path, decoded in self._texts.items() if _EXCUSE.search(decoded)}
        if not with_comments:
            return ()
        from restructure_cli.files.suppressions import suppressions

        return tuple(one for path, decoded in with_comments.items() for one in suppressions(path, decoded))

    def text(self, path: str) -> str | None:
        """Return the text of a file that was read, None of one that was not."""
        return self._texts.get(path)

    def kind(self, path: Path) -> str | None:
        """Return the format that a file's header names; None, with a finding, where it names none we read."""
        built = self._tree(path)
        if built is None:
            return None
        if self._header_fault(str(path), built, None):
            return None
        return str(built["restructure"])

    def read_text(self, path: Path) -> str | None:
        """Return the text of a file, without a byte-order mark; None, with a finding, where it does not read."""
        return self._texts[str(path)] if self._tree(path) is not None else None

    def is_ours(self, path: Path) -> bool:
        """Whether a file is one of ours, or so nearly that passing over it would hide a slip."""
        shown = self._glimpsed(path)
        return shown is None or headers.looks_like_ours(shown)

    def says_nothing(self, path: Path) -> bool:
        """Whether a file has no key at all, so that what it is can only be told from its name."""
        shown = self._glimpsed(path)
        return shown is None or headers.says_nothing(shown)

    def _glimpsed(self, path: Path) -> str | None:
        """Return a file as text, whatever is in it; None where it cannot be opened."""
        raw = self._store.read_bytes(path)
        if isinstance(raw, Finding):
            return None
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")

    def has(self, path: Path) -> bool:
        """Whether something stands at a path."""
        return self._store.is_there(path)

    def line(self, path: str, pointer: Pointer) -> int | None:
        """Return the line that an entry of a file stands on, None for a file that was not read here."""
        if path not in self._texts:
            return None
        place = Place(path, pointer)
        return places.located(place, self._texts[path], places.marks(self._texts[path], [pointer])).line

    def located(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give findings their lines and columns, and order them by file, line and column."""
        findings = list(dict.fromkeys(findings))
        wanted: dict[str, set[Pointer]] = {}
        for finding in findings:
            for place in (finding.place, *finding.also):
                if place.line is None:
                    wanted.setdefault(place.path, set()).add(place.pointer)
        found = {
            path: places.marks(self._texts[path], pointers) for path, pointers in wanted.items() if path in self._texts
        }

        def locate(place: Place) -> Place:
            if place.line is not None or place.path not in found:
                return place
            return places.located(place, self._texts[place.path], found[place.path])

        done = [
            finding._replace(place=locate(finding.place), also=tuple(locate(place) for place in finding.also))
            for finding in findings
        ]
        return sorted(
            done, key=lambda f: (f.place.path, f.place.line or 0, f.place.column or 0, f.rule.code, f.message)
        )

    def _layer(self, path: Path) -> structures.Layer | None:
        name = str(path)
        if name in self._layers:
            return self._layers[name]
        self._layers[name] = None
        stated = self._stated(path, _STRUCTURE)
        if stated is not None:
            self._open.append(self._store.real(path))
            base = stated.get("based_on")
            self._layers[name] = self._over(path, base, stated) if base else structures.first_layer(name, stated)
            self._open.pop()
        return self._layers[name]

    def _over(self, path: Path, base: str, stated: structures.Stated) -> structures.Layer | None:
        below = path.parent / base
        if self._store.real(text.without_detours(below)) == self._store.real(below):
            below = text.without_detours(below)  # one name for a file, however many are based on it
        place = Place(str(path), ("based_on",))
        if self._store.real(below) in self._open:
            hint = "one of them must be a whole structure, without based_on"
            self.findings.append(Finding(rules.BASED_ON, f"{base} is based on this file in turn", place, hint))
            return None
        if len(self._open) > _MOST_BASES:
            told = f"more than {_MOST_BASES} structures are based on each other"
            self.findings.append(Finding(rules.BASED_ON, told, place, "base this on a whole structure"))
            return None
        if not self._store.is_there(below):
            missing_base = f"there is no file {base}, on which this is based"
            self.findings.append(Finding(rules.BASED_ON, missing_base, place, self._store.nearby(below)))
            return None
        layer = self._layer(below)
        if layer is None:
            message = f"{base}, on which this is based, cannot be read as a structure"
            self.findings.append(Finding(rules.BASED_ON, message, place, hint="mend that file, or name another"))
            return None
        laid, missing = structures.overlay(layer, str(path), stated)
        self.findings.extend(missing)
        return laid

    def _stated(self, path: Path, header: str) -> structures.Stated | None:
        """Read one file and hold it against the format its command needs."""
        name = str(path)
        built = self._tree(path)
        if built is None:
            return None
        if self._header_fault(name, built, header):
            return None
        read = self._kept.of(self._texts[name])
        if read is not None and header in read.stated:
            return read.stated[header]
        try:
            stated: structures.Stated = _adapter(header).validate_python(built)
        except ValidationError as error:
            self.findings.extend(faults.findings(name, header, error, built))
            return None
        if read is not None:
            read.stated[header] = stated
        return stated if name not in self._ambiguous else None

    def _header_fault(self, name: str, built: tree.Tree, expected: str | None) -> bool:
        """Whether a file's header is at fault; told once, however often the file is asked for."""
        fault = headers.fault(name, built, expected)
        if fault is not None and not any((f.rule, f.place) == (fault.rule, fault.place) for f in self.findings):
            self.findings.append(fault)
        return fault is not None

    def _tree(self, path: Path) -> tree.Tree | None:
        name = str(path)
        if name not in self._trees:
            self._trees[name] = self._built(path)
        return self._trees[name]

    def _built(self, path: Path) -> tree.Tree | None:
        name = str(path)
        raw = self._given[name] if name in self._given else self._store.read_bytes(path)
        if isinstance(raw, Finding):
            self.findings.append(raw)
            return None
        self._raw[name] = raw
        decoded = text.decode(name, raw)
        if isinstance(decoded, Finding):
            self.findings.append(decoded)
            return None
        self._texts[name] = decoded
        read = self._kept.of(decoded)
        built, broken = (read.tree, []) if read is not None else tree.build(name, decoded)
        if built is not None and read is None and not broken:
            self._kept.keep(decoded, built)
        if any(finding.rule.blocks for finding in broken):
            self._ambiguous.add(name)
        self.findings.extend(broken)
        self.findings.extend(cut_titles(name, decoded))
        return built


_ADAPTERS: dict[str, Any] = {}


def _adapter(header: str) -> Any:
    if header not in _ADAPTERS:
        _ADAPTERS[header] = shapes.adapter(header)
    return _ADAPTERS[header]
