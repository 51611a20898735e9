"""Rules as people read them: one on a screen, and all of them as a page of Markdown."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from restructure_cli.model.documentation import Documented
from restructure_cli.render.wrapping import wrap_words

_FIRM = "This rule can be neither suppressed nor given another severity."
_WIDEST = 100
"""Words in a pipe, where there is no width, are still set to be read."""
_HEAD = """\
# The rules of `restructure check`

Made from the rules themselves: `python -m pytest tests/rules --update` writes this page anew. `restructure rule CODE`
shows one of them. Every example here is run as a test: the first files break the rule, and with the second in their
place nothing does.

A finding is suppressed by a comment in the YAML file, with the code, an end date and a reason, in this order:

```yaml
# restructure: ignore FND504 until 2027-03-31 because the bid is with the department
```

At the end of a line it covers that line; on a line of its own it covers the entry below it, with all that is indented
under it. Past its date it covers nothing.

Settings stand in `restructure.yaml`, or under `[tool.restructure]` of a `pyproject.toml`, in the folder of a file or
any above it, up to the one with `.git` in it. What stands nearer goes first; what is locked cannot be lowered below.

```yaml
restructure: settings/1
severities: {EST215: warning, MOV303: off} # error, warning, note or off
locked: [FND504, EST208]
publication: true # personal data are then looked for
targets: {span: 1-6, layers: 5} # people who report to one post; posts from the top to the last
thresholds:
  shortfall: 0.5 # FTE that a pool may be short without a finding
  occupants: 5 # a line of this many people or fewer must not show its pay
```

Displaced: people for whom the files show no proposed post. A detail is an `of_which` line: part of another line, not
added again.
"""


def render_rule(documented: Documented, width: int | None) -> str:
    """Write one rule for a person."""
    rule = documented.rule
    parts = [f"{rule.code}  {rule.name}  ({rule.severity})", _set(f"{rule.title[:1].upper()}{rule.title[1:]}.", width)]
    parts.append(_set(rule.why, width))
    if documented.firm:
        parts.append(_set(_FIRM, width))
    if documented.fails:
        parts += ["Fails", *_files(documented.fails), "Passes", *_files(documented.mended)]
    else:
        parts.append(_set(f"For example: {rule.example}", width))
    return "\n\n".join(parts) + "\n"


def _set(text: str, width: int | None) -> str:
    return "\n".join(wrap_words(text, min(width or _WIDEST, _WIDEST)))


def _files(files: Mapping[str, str]) -> list[str]:
    return [
        "\n".join(f"  {line}".rstrip() for line in [f"{name}:", *(f"  {line}" for line in text.splitlines())])
        for name, text in files.items()
    ]


def rules_page(rules: Iterable[Documented]) -> str:
    """Write all rules as a page of Markdown, group by group."""
    told = list(rules)
    parts = [_HEAD, *_contents(told)]
    for group, inside in groupby(told, key=lambda documented: documented.group):
        members = list(inside)
        parts.append(f"## {members[0].rule.code[:3]}: {group}\n")
        parts += [_section(documented) for documented in members]
    return "\n".join(parts)


def _contents(rules: list[Documented]) -> list[str]:
    rows = [
        f"| [{rule.code}](#{rule.code.lower()}) | {rule.severity} | `{rule.name}` | {rule.title} |"
        for rule in (documented.rule for documented in rules)
    ]
    return ["| Code | Severity | Name | What it finds |", "|---|---|---|---|", *rows, ""]


def _section(documented: Documented) -> str:
    rule = documented.rule
    parts = [f"### {rule.code}", f"**{rule.title[:1].upper()}{rule.title[1:]}** · `{rule.name}` · {rule.severity}"]
    parts.append(f"{rule.why} {_FIRM}" if documented.firm else rule.why)
    if documented.fails:
        parts += ["Fails:", *_blocks(documented.fails), "Passes:", *_blocks(documented.mended)]
    else:
        parts.append(f"For example: {rule.example}")
    return "\n\n".join(parts) + "\n"


def _blocks(files: Mapping[str, str]) -> list[str]:
    return [f"```yaml\n# {name}\n{text.rstrip()}\n```" for name, text in files.items()]
