"""SUP: comments by which a file excuses itself from a rule, held to what they say, and what findings they cover."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from restructure_cli.checks.exception_rules import CANNOT, EXPIRED, MALFORMED, UNUSED, WITHOUT_REASON, is_firm
from restructure_cli.checks.rule import known_as
from restructure_cli.checks.settings import SettingsOf, weighed
from restructure_cli.files.reader import Reader
from restructure_cli.files.suppressions import at_line
from restructure_cli.model.findings import Finding
from restructure_cli.model.settings import Settings
from restructure_cli.model.suppressions import Suppression


class Judge:
    """What findings become once settings and suppressions are heard.

    `today` is None where the answer is not to depend on the day: suppressions then hold as they are written.
    """

    def __init__(self, reader: Reader, settings: SettingsOf | None = None, today: date | None = None) -> None:
        self.reader = reader
        self.settings = SettingsOf(reader) if settings is None else settings
        self.today = today
        self.suppressed: list[Finding] = []
        """What was left out because a comment covers it."""

    def of(self, finding: Finding) -> Settings:
        """Return the settings that hold for the file of a finding."""
        return self.settings.folder(Path(finding.place.path).parent)

    def heard(self, findings: Iterable[Finding]) -> list[Finding]:
        """Leave out what is suppressed, and give the rest its severity. Without either, findings stay as they are."""
        told = list(findings)
        excuses: dict[str, list[Suppression]] = {}
        for excuse in self.reader.suppressions() if told else ():
            excuses.setdefault(excuse.place.path, []).append(excuse)
        if excuses:
            told = self.reader.located(told)
            covered = [any(self._covers(e, one) for e in excuses.get(one.place.path, ())) for one in told]
            self.suppressed += [one for one, left_out in zip(told, covered, strict=True) if left_out]
            told = [one for one, left_out in zip(told, covered, strict=True) if not left_out]
        return weighed(told, self.of)

    def gate(self, findings: Iterable[Finding], whole: Callable[[str], bool]) -> list[Finding]:
        """Do the same for a check, which tells as well what is wrong with suppressions.

        `whole` says of a file whether everything that could break a rule in it was looked at.
        """
        told = self.reader.located(findings)
        wrong = [one for excuse in self.reader.suppressions() for one in self._wrong(excuse, told, whole)]
        heard = self.heard(told)
        return self.reader.located([*heard, *wrong, *self.reader.located(self.settings.findings)])

    def _covers(self, excuse: Suppression, finding: Finding) -> bool:
        code = finding.rule.code
        return (
            not excuse.fault
            and bool(excuse.because)
            and code in excuse.codes
            and at_line(excuse, finding.place)
            and not is_firm(finding.rule)
            and not self._past(excuse)
            and code not in self.of(finding).locked
        )

    def _past(self, excuse: Suppression) -> bool:
        return self.today is not None and excuse.until is not None and excuse.until.last_day() < self.today

    def _wrong(self, excuse: Suppression, findings: list[Finding], whole: Callable[[str], bool]) -> Iterator[Finding]:
        """Find what is wrong with one suppression; of several faults the first, and each code's own."""
        if excuse.fault:
            yield Finding(MALFORMED, excuse.fault, excuse.place, excuse.hint)
            return
        codes = ", ".join(excuse.codes)
        if not excuse.because:
            hint = f"say why: `# restructure: ignore {codes} until {excuse.until} because …`"
            yield Finding(WITHOUT_REASON, f"nobody says why {codes} is ignored", excuse.place, hint)
            return
        refused = list(self._refused(excuse))
        yield from refused
        if refused:
            return
        if self._past(excuse):
            message = f"{codes} was to be ignored until {excuse.until}, which is past"
            hint = "mend what it covers; if the reason still holds, give it another date"
            yield Finding(EXPIRED, message, excuse.place, hint)
            return
        covered = {one.rule.code for one in findings if at_line(excuse, one.place)}
        for code in excuse.codes if whole(excuse.place.path) else ():
            if code not in covered:
                message = f"{code} is not broken here: there is nothing to ignore"
                yield Finding(UNUSED, message, excuse.place, "delete the comment, or put it where the fault is")

    def _refused(self, excuse: Suppression) -> Iterator[Finding]:
        from restructure_cli.checks.rulebook import RULES as ALL  # every rule there is, and few files have excuses

        rules = {rule.code: rule for rule in ALL}
        locked = self.settings.folder(Path(excuse.place.path).parent).locked
        for code in excuse.codes:
            if code not in rules:
                hint = known_as(rules, code, "`restructure rule` lists them all")
                yield Finding(MALFORMED, f"there is no rule {code}", excuse.place, hint)
            elif is_firm(rules[code]):
                message = f"{code} cannot be ignored: {rules[code].title}"
                yield Finding(CANNOT, message, excuse.place, "mend what it tells of, and delete the comment")
            elif code in locked:
                message = f"{code} is locked by the settings of this folder, and cannot be ignored"
                yield Finding(CANNOT, message, excuse.place, "ask whoever keeps the settings")
