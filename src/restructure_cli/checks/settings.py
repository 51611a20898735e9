"""Settings that hold for a folder: the files above it laid over each other, and what is wrong with them.

A file nearer to the folder goes before one further up; a rule that is locked further up keeps what it has there.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from restructure_cli.checks.exception_rules import CANNOT, LOWERED, NO_SUCH_RULE, is_firm
from restructure_cli.checks.rule import known_as
from restructure_cli.files import settings as files
from restructure_cli.files.reader import Reader
from restructure_cli.model.findings import Finding, Rule, Severity
from restructure_cli.model.settings import OFF, Settings, SettingsFile

NONE = Settings()
"""What holds where no file says anything."""
_ORDER = (OFF, "note", "warning", "error")
_GUARDED: dict[str, tuple[str, ...]] = {
    "publication": ("PRV801", "PRV802", "PRV803", "PRV804"),
    "span": ("EST213",),
    "layers": ("EST214",),
    "shortfall": ("MOV306",),
    "occupants": ("PRV804",),
}
"""What settings state besides severities, and the rules that a change of it would lower."""
_WHERE = {
    "publication": ("publication",), "span": ("targets", "span"), "layers": ("targets", "layers"),
    "shortfall": ("thresholds", "shortfall"), "occupants": ("thresholds", "occupants"),
}  # fmt: skip


class SettingsOf:
    """The settings of folders, each looked up once; `findings` gathers what is wrong with the files."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.findings: list[Finding] = []
        self._seen: files.Seen = {}
        self._laid: dict[tuple[Path, ...], Settings] = {(): NONE}
        self._read: dict[Path, SettingsFile | None] = {}

    def folder(self, folder: Path) -> Settings:
        """Return what holds for the files of a folder."""
        return self._over(files.found(folder, self._seen))

    def _over(self, named: tuple[Path, ...]) -> Settings:
        if named not in self._laid:
            below = self._over(named[:-1])
            if named[-1] not in self._read:
                self._read[named[-1]] = self._file(named[-1])
            file = self._read[named[-1]]
            self._laid[named] = below
            if file is not None:
                self._laid[named], wrong = laid(below, file)
                self.findings += wrong
        return self._laid[named]

    def _file(self, path: Path) -> SettingsFile | None:
        before = len(self.reader.findings)
        file = self.reader.settings(path)
        self.findings += self.reader.findings[before:]
        return file


def laid(above: Settings, file: SettingsFile) -> tuple[Settings, list[Finding]]:
    """Lay one file over what holds above it."""
    from restructure_cli.checks.rulebook import RULES as ALL  # every rule there is, and few repositories have settings

    rules = {rule.code: rule for rule in ALL}
    found = [*_unknown(file, rules), *_firm(file, rules), *_lowered(above, file, rules)]
    severities = dict(above.severities) | {
        code: word
        for code, word in file.severities.items()
        if code in rules and not is_firm(rules[code]) and not _is_lowered(above, code, word, rules)
    }
    stated = {key: getattr(file, key) for key in _GUARDED if getattr(file, key) is not None}
    for key in [key for key in stated if _is_kept(above, key)]:
        del stated[key]
    locked = above.locked | {code for code in file.locked if code in rules}
    return above._replace(severities=severities, locked=locked, **stated), found


def _unknown(file: SettingsFile, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    places = [(code, ("severities", code)) for code in file.severities]
    places += [(code, ("locked", str(number))) for number, code in enumerate(file.locked)]
    for code, keys in places:
        if code not in rules:
            named = next((rule.code for rule in rules.values() if rule.name == code), None)
            hint = f"its code is {named}" if named else known_as(rules, code, "`restructure rule` lists them all")
            where = files.place(file, *keys, on_key=keys[0] == "severities")
            yield Finding(NO_SUCH_RULE, f'there is no rule "{code}"', where, hint)


def _firm(file: SettingsFile, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    for code in file.severities:
        if code in rules and is_firm(rules[code]):
            message = f"{code} keeps its severity: {_why_firm(rules[code])}"
            yield Finding(CANNOT, message, files.place(file, "severities", code, on_key=True), "delete this line")


def _why_firm(rule: Rule) -> str:
    if rule.code.startswith("SUP"):
        return "it watches over the excuses themselves"
    return "where it is broken nothing can be added up, or not everything"


def _lowered(above: Settings, file: SettingsFile, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    for code, word in file.severities.items():
        if code in rules and _is_lowered(above, code, word, rules):
            message = f"{code} is locked further up as {_severity(above, code, rules)}, and {word} is less"
            where = files.place(file, "severities", code)
            yield Finding(LOWERED, message, where, "delete this line, or ask whoever keeps the settings above")
    for key in _GUARDED:
        if getattr(file, key) is not None and _is_kept(above, key) and getattr(file, key) != getattr(above, key):
            codes = ", ".join(code for code in _GUARDED[key] if code in above.locked)
            message = f"{key} is kept as it stands further up, because {codes} is locked there"
            where = files.place(file, *_WHERE[key])
            yield Finding(LOWERED, message, where, "delete this line, or ask whoever keeps the settings above")


def _severity(settings: Settings, code: str, rules: Mapping[str, Rule]) -> str:
    return settings.severities.get(code, rules[code].severity.value)


def _is_lowered(above: Settings, code: str, word: str, rules: Mapping[str, Rule]) -> bool:
    return code in above.locked and _ORDER.index(word) < _ORDER.index(_severity(above, code, rules))


def _is_kept(above: Settings, key: str) -> bool:
    return any(code in above.locked for code in _GUARDED[key])


def weighed(findings: list[Finding], settings: Callable[[Finding], Settings]) -> list[Finding]:
    """Give findings the severities that the settings of their files give them, and leave out those that are off."""
    done = []
    for finding in findings:
        word: Any = settings(finding).severities.get(finding.rule.code)
        if word is None:
            done.append(finding)
        elif word != OFF:
            done.append(finding._replace(rule=finding.rule._replace(severity=Severity(word))))
    return done
