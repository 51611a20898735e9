"""The rules of the catalogue as restructure.rule/1."""

from collections.abc import Iterable

from restructure_cli.model.documentation import Documented
from restructure_cli.render.json.document import Json, document


def render_rules(rules: Iterable[Documented]) -> str:
    """Write rules as restructure.rule/1."""
    return document("rule", {}, {"rules": [_rule(documented) for documented in rules]})


def _rule(documented: Documented) -> Json:
    rule = documented.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "title": rule.title,
        "why": rule.why,
        "can_be_suppressed": not documented.firm,
        "fails": dict(documented.fails),
        "mended": dict(documented.mended),
    }
