"""The rules that check holds files to: one by its code or its name (est.vacant), or a list of all.

Each has its severity, why it is there, an example that breaks it and the same example mended. Settings change a
severity, and a comment in a file suppresses a finding: see `restructure check --help`.
"""

from difflib import get_close_matches
from typing import Annotated

import typer

from restructure_cli.cli import exits
from restructure_cli.cli.options import OutputOption, format_option
from restructure_cli.cli.output import Format, as_csv, as_text, write
from restructure_cli.model.findings import Rule


def command(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="A code such as EST203, or est.vacant. Absent: all rules.")
    ] = None,
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    from restructure_cli.checks.rulebook import EVERY_RULE, documented
    from restructure_cli.render.json.rules import render_rules
    from restructure_cli.render.rules import render_rule
    from restructure_cli.report.rules import flat, report

    told = [documented(rule) for rule in (EVERY_RULE if code is None else (_known(code, EVERY_RULE),))]
    writers = {
        Format.TEXT: lambda screen: (
            as_text(report(told), screen) if code is None else render_rule(told[0], screen.width)
        ),
        Format.JSON: lambda _: render_rules(told),
        Format.CSV: lambda _: as_csv(report(told), flat(told)),
    }
    write(writers, form, output, exits.FINE)


def _known(code: str, rules: tuple[Rule, ...]) -> Rule:
    """Return the rule of a code or name; another is a wrong call, with the rule that may have been meant."""
    named = {**{rule.code: rule for rule in rules}, **{rule.name: rule for rule in rules}}
    for written in (code.upper(), code.lower()):
        if written in named:
            return named[written]
    close = get_close_matches(code.upper() if code[-1:].isdigit() else code.lower(), named, n=1)
    hint = f'did you mean "{close[0]}"?' if close else "`restructure rule` lists them all"
    raise typer.BadParameter(f'there is no rule "{code}"; {hint}', param_hint="CODE")
