"""The command line: one module a verb, one row a verb in `VERBS`; options in, exit code out, no arithmetic.

A verb reads its files (`inputs`), asks an analysis, has a report built and writes it (`output`). Its module is
imported only when it is called, because start-up counts. Exit codes: see `exits`.
"""

import re
import sys
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer
from typer.core import TyperGroup

from restructure_cli import __version__
from restructure_cli.cli import exits

VERBS = {
    "diff": "What changes between two structures: posts, FTE, vacancies and, with grades, money.",
    "cost": "What structures cost, by grade, team, post or fund.",
    "vacancies": "Vacancies now; with a proposal, who may move where and what is left vacant.",
    "claims": "Every figure a report prints: printed, computed, difference, verdict.",
    "gap": "What has to be paid for, what pays for it and what is lacking, year by year; what runs out when.",
    "report": "The appendix of a Cabinet report, in one command: a page, Word, a workbook.",
    "chart": "The structure as a tree, current and proposed: terminal, Mermaid, SVG.",
    "explain": "How one figure came about, down to lines of files and national rates.",
    "import": "Posts from an extract of an HR system, or from a UK government organogram.",
    "publish": "A structure made safe to publish: no personal fields, no figures of a few people.",
    "check": "Every fault in files and folders, for people and for CI.",
    "rule": "What a rule of check asks, why, and an example that breaks it; without a code, every rule.",
    "fmt": "Put files into their canonical order and layout, with every comment and value as it was.",
    "init": "Make a folder to begin with: small files whose comments teach the formats.",
    "schema": "JSON Schema of a format, for completion, hover and faults in an editor.",
    "national": "National pay data: rates, thresholds and pay spines, each value with its sources.",
}
"""Each verb, in the order of the help, with its one line; its module has the same name.

Of a verb that is a word of Python's, an underscore follows: `import_`.
"""


_LIKE_A_STYLE = re.compile(r"\[(?=[a-z#/@][^\[\]]*\])")


def _in_paragraphs(text: str) -> str:
    """Write a help text for a terminal of any width: a line a paragraph, and square brackets that are no styles."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return _LIKE_A_STYLE.sub(r"\\[", "\n\n".join(paragraphs))


class Verbs(TyperGroup):
    """Finds the verbs in their table, and imports the module of the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the module of a verb and make its command."""
        if cmd_name not in VERBS:
            close = get_close_matches(cmd_name, VERBS, n=1)
            if close:
                ctx.fail(f'There is no command "{cmd_name}": did you mean "{close[0]}"?')
            return None
        module = import_module(f"restructure_cli.cli.{cmd_name}{'_' if iskeyword(cmd_name) else ''}")
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command(cmd_name, help=_in_paragraphs(module.__doc__ or ""), short_help=VERBS[cmd_name])(module.command)
        return typer.main.get_command(app)


app = typer.Typer(
    cls=Verbs,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"restructure {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say which version this is."
    ),
) -> None:
    """Keep an establishment as text files; see what a reorganisation changes in posts, vacancies and money."""


def run() -> None:
    """Run as a program of its own: `main`, without the tidying-up that only a longer life would need."""
    try:
        main()
        code = exits.FINE
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else exits.FINE
    exits.at_once(code)


def main() -> None:
    """Run the command line; a fault of our own ends with 4 and how to report it, never with a traceback."""
    exits.open_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(exits.INTERRUPTED)
    except BrokenPipeError:
        exits.quietly()
    except Exception as error:
        exits.own_fault(error)
