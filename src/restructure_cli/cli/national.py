"""National pay data that comes with the tool: rates, thresholds and pay spines, each value with its sources.

Without a name, the list of what there is; with one, its values; with --year, what is in force in that financial
year. A year that is not covered ends with 3: no value is taken over from another year.
"""

import sys
from difflib import get_close_matches
from typing import Annotated

import typer

from restructure_cli.cli import exits
from restructure_cli.cli.options import OutputOption, format_option
from restructure_cli.cli.output import Format, as_csv, as_text, write
from restructure_cli.files import scalars
from restructure_cli.model.national import Shown
from restructure_cli.model.periods import FinancialYear


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A parameter: njc, ni-rate and so on. Absent: all.")
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help="A financial year, such as 2024-25.")
    ] = None,
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    from restructure_cli.national.parameters import names, standing
    from restructure_cli.national.years import look_up
    from restructure_cli.report.national import flat, report

    asked = _year(year)
    everything = names() if asked is None else standing()
    shown = look_up(everything if name is None else (_known(name, names()),), asked)
    _end_where_nothing_is_known(shown)
    built = report(shown, alone=name is not None)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(shown),
        Format.CSV: lambda _: as_csv(built, flat(shown)),
    }
    write(writers, form, output, exits.FINE)


def _json(shown: Shown) -> str:
    from restructure_cli.national.parameters import sha256
    from restructure_cli.render.json.national import render_national

    return render_national(shown, dict(sha256(name) for name in shown.files))


def _known(name: str, names: tuple[str, ...]) -> str:
    """Return a name that there is; another is a wrong call, with the name that may have been meant."""
    if name in names:
        return name
    close = get_close_matches(name.lower().replace("_", "-"), names, n=1, cutoff=0.5)
    hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(names)}"
    raise typer.BadParameter(f'there is no national parameter "{name}"; {hint}', param_hint="NAME")


def _year(text: str | None) -> FinancialYear | None:
    try:
        return None if text is None else scalars.year(text)
    except scalars.Unreadable as fault:
        hint = f"; {fault.hint}" if fault.hint else ""
        raise typer.BadParameter(f"{text} is not {fault.expected}{hint}", param_hint="--year") from None


def _end_where_nothing_is_known(shown: Shown) -> None:
    """End with 3, saying what is missing, where a year was asked for that nothing is known of."""
    if shown.year is None or shown.in_force:
        return
    for missing in shown.missing:
        sys.stderr.write(f"error: {missing.message}\n")
        if missing.hint:
            sys.stderr.write(f"  hint: {missing.hint}\n")
    raise typer.Exit(exits.NOT_VALID)
