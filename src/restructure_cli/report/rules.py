"""The rules of the catalogue as a list: a table a group, and one flat table."""

from collections.abc import Iterable
from itertools import groupby

from restructure_cli.model.documentation import Documented
from restructure_cli.model.report import Column, Report, Row, Section, Table
from restructure_cli.report.wording import plural

_COLUMNS = (Column("Code"), Column("Severity"), Column("Name", drop=1), Column("What it finds"))


def report(rules: Iterable[Documented]) -> Report:
    """Build the list of rules, group by group."""
    told = list(rules)
    sections = tuple(
        Section(f"{group[:1].upper()}{group[1:]}", tables=(Table(_COLUMNS, tuple(map(_row, inside))),))
        for group, inside in groupby(told, key=lambda documented: documented.group)
    )
    conclusion = f"{plural(len(told), 'rule')}; `restructure rule CODE` says why, with an example."
    return Report("Rules", sections, conclusion, data=flat(told))


def _row(documented: Documented) -> Row:
    rule = documented.rule
    return Row((rule.code, rule.severity.value, rule.name, rule.title))


def flat(rules: Iterable[Documented]) -> Table:
    """Return the rules as one flat table."""
    keys = ("code", "name", "severity", "group", "title", "why", "can_be_suppressed")
    return Table(tuple(Column(key, key=key) for key in keys), tuple(map(_flat_row, rules)))


def _flat_row(documented: Documented) -> Row:
    rule = documented.rule
    suppressed = "false" if documented.firm else "true"
    return Row((rule.code, rule.name, rule.severity.value, documented.group, rule.title, rule.why, suppressed))
