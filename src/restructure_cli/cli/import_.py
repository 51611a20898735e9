"""Posts from an extract: CSV or a workbook of an HR system, or the CSVs of a UK government organogram.

Headers are told by their usual spellings; --map FILE says what yours mean. Names and other personal columns are
dropped. Every row is counted: rows in = rows used + rows rejected, each rejected cell named. A file that is there
already is only changed with --update, after its changes were shown, and keeps what people added to it. Ends with 1
where something was rejected or held back, and with 3 where an extract cannot be read.
"""

import json
import re
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from restructure_cli.cli import exits
from restructure_cli.cli.options import MomentOption, OutputOption, format_option
from restructure_cli.cli.output import Format, Outputs, as_csv, as_text, save, write
from restructure_cli.files import scalars
from restructure_cli.model.findings import Finding, Severity
from restructure_cli.model.periods import Moment

if TYPE_CHECKING:
    from restructure_cli.analysis.imports import Header
    from restructure_cli.cli.imported import Planned
    from restructure_cli.cli.progress import Progress
    from restructure_cli.files.extracts.layouts import Layout
    from restructure_cli.model.extracts import Extract, FileState, Outcome
    from restructure_cli.model.results import Diff

_DATE = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_BRITISH_DATE = re.compile(r"(?<!\d)(\d{2})[-.](\d{2})[-.](\d{4})(?!\d)")
_MOST_NAMED = 5
"""How many organisations are named where one has to be chosen."""
_MOST_SHOWN = 20
"""How many findings of one rule are shown on a screen; JSON and CSV list them all."""


def command(
    extracts: Annotated[
        list[Path],
        typer.Argument(readable=False, metavar="EXTRACT", help="CSV files and workbooks; senior and junior together."),
    ],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="PATH", help="The folder to write into, or the structure file itself."),
    ] = None,
    maps: Annotated[
        list[Path] | None, typer.Option("--map", metavar="FILE", help="What your headers mean (repeatable).")
    ] = None,
    save_map: Annotated[
        Path | None, typer.Option("--save-map", metavar="FILE", help="Write down which header was read as what.")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="HEADER", help="Keep a column in the posts' notes (repeatable)."),
    ] = None,
    organisation: Annotated[str | None, typer.Option("--organisation", help="Whose posts they are.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="The title of the structure.")] = None,
    as_at: MomentOption = None,
    update: Annotated[bool, typer.Option("--update", help="Change files that are there already.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would come of it, and write nothing.")] = False,
    form: Annotated[Format | None, format_option(Format.TEXT, Format.JSON, Format.CSV)] = None,
    output: OutputOption = None,
) -> None:
    """Run the verb."""
    if to is None and not dry_run:
        raise typer.BadParameter("say where the files go, or give --dry-run", param_hint="--to")
    from restructure_cli.analysis.imports import Header
    from restructure_cli.cli.progress import Progress
    from restructure_cli.files.extracts.reading import Asked, read

    progress = Progress()
    asked = Asked(_maps(maps or []), sheet, tuple(keep or ()), progress.tell)
    extract, raw = read(extracts, asked)
    _end_if_blocked(extract.findings, progress)
    document = ", ".join(path.name for path in extracts)
    header = Header(organisation, title, as_at or _date_of(extracts), document)
    outcome = _outcome(extract, header, to, Writing(update, dry_run), progress)
    if save_map is not None:
        _save_map(save_map, extract, update or dry_run, dry_run)
    _show(outcome.findings)
    _answer(outcome, raw, form, output)


class Writing:
    """Whether files may be changed, and whether anything is written at all."""

    def __init__(self, update: bool, dry_run: bool) -> None:
        self.update, self.dry_run = update, dry_run


def _maps(paths: list[Path]) -> "tuple[Layout, ...]":
    """Read the maps of a call; one that is not valid ends it."""
    from restructure_cli.files.extracts.layouts import own_layout
    from restructure_cli.files.reader import Reader

    reader = Reader()
    stated = [reader.mapping(path) for path in paths]
    if reader.findings:
        _show(tuple(reader.located(reader.findings)))
        raise typer.Exit(exits.NOT_VALID)
    return tuple(own_layout(one) for one in stated if one is not None)


def _date_of(paths: list[Path]) -> Moment | None:
    """Return the day that the names of the files agree on, such as 2011-03-31."""
    found = set()
    for path in paths:
        dates = [match.groups() for match in _DATE.finditer(path.stem)]
        dates += [match.groups()[::-1] for match in _BRITISH_DATE.finditer(path.stem)]
        for parts in dates:
            with suppress(scalars.Unreadable):
                found.add(scalars.moment("-".join(parts)))
    return found.pop() if len(found) == 1 else None


def _outcome(
    extract: "Extract", header: "Header", to: Path | None, writing: Writing, progress: "Progress"
) -> "Outcome":
    """Make the files of an extract, write them where that is asked for, and say what came of it."""
    from restructure_cli.analysis.imports import made_of, organisation_of, organisations_in
    from restructure_cli.cli.imported import existing, kept_ids, planned, target
    from restructure_cli.files.reader import Reader
    from restructure_cli.model.extracts import Outcome

    where = target(to)
    reader = Reader()
    before = existing(reader, where)
    _end_if_blocked(tuple(reader.located(reader.findings)), progress)
    name = header.organisation or organisation_of(extract) or (before.organisation if before is not None else None)
    if name is None:
        raise typer.BadParameter(_whose(organisations_in(extract)), param_hint="--organisation")
    if extract.organogram is not None and header.as_at is None:
        raise typer.BadParameter("say which day the organogram is of, as in 2011-03-31", param_hint="--as-at")
    progress.tell("gathering posts")
    made = made_of(extract, header._replace(organisation=name), kept_ids(before))
    progress.tell("checking what is to be written")
    plan = planned(made, where, extract.mapping)
    _end_if_blocked(plan.findings, progress)
    assert plan.after is not None
    changes = _changes(plan)
    files = _write(plan, writing) if to is not None else ()
    progress.done()
    found = (*extract.findings, *made.findings, *plan.findings)
    rewritten = (f"{path} has to be written anew: the comments in it go." for path in plan.rewritten)
    lost = (
        (f"With what is gone go other things that the file said of it: {', '.join(plan.lost)}.",) if plan.lost else ()
    )
    notes = (*made.notes, *rewritten, *lost)
    return Outcome(
        plan.after.organisation, extract, plan.after, found, notes, files, changes, plan.keys, plan.gone, plan.stayed
    )


def _whose(named: tuple[str, ...]) -> str:
    """Ask whose posts an extract holds; of several that it names, the first few."""
    if not named:
        return "the extract does not say whose posts it holds: name the employer"
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    listed = ", ".join(named[:_MOST_NAMED])
    return f"the extract names several organisations ({listed}{more}): say which name stands above them all"


def _changes(plan: "Planned") -> "Diff | None":
    if plan.before is None or plan.after is None:
        return None
    from restructure_cli.analysis.diff import diff

    return diff(plan.before, plan.after, snapshots=True)


def _write(plan: "Planned", writing: Writing) -> "tuple[tuple[str, FileState], ...]":
    """Write the files, each whole or not at all; where one would change and nobody said it may, none is written."""
    from restructure_cli.files.text import is_there
    from restructure_cli.model.extracts import FileState

    there = {path: is_there(path) for path in plan.texts}
    same = {path: there[path] and path.read_text("utf-8") == text for path, text in plan.texts.items()}
    held = any(there[path] and not same[path] for path in plan.texts) and not writing.update
    states = []
    for path, text in plan.texts.items():
        if same[path]:
            state = FileState.UNCHANGED
        elif writing.dry_run:
            state = FileState.WOULD_BE_UPDATED if there[path] else FileState.WOULD_BE_WRITTEN
        elif held:
            state = FileState.HELD_BACK
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            save(path, text.encode())
            state = FileState.UPDATED if there[path] else FileState.WRITTEN
        states.append((str(path), state))
    return tuple(states)


def _save_map(path: Path, extract: "Extract", may_replace: bool, dry_run: bool) -> None:
    """Write a map of the headers as they were read, to be looked over and given with --map."""
    from restructure_cli.files.text import is_there
    from restructure_cli.files.writing import write_tree

    kinds = {count.rows for count in extract.counts}
    if len(kinds) > 1:
        raise typer.BadParameter("a map is of one extract: name the files one by one", param_hint="--save-map")
    tree = {
        "restructure": "map/1",
        "rows": kinds.pop().value,
        "columns": {use.field: [use.header] for use in extract.counts[0].columns if use.field},
        "personal": [use.header for use in extract.counts[0].columns if use.personal and not use.field],
    }
    text = write_tree({key: value for key, value in tree.items() if value})
    unused = [use.header for use in extract.counts[0].columns if not use.field and not use.personal and use.header]
    if unused:
        headers = "".join(f"#   {json.dumps(header)}\n" for header in unused)
        text += f"# Not used; `restructure schema map` lists what a column may be:\n{headers}"
    if is_there(path) and not may_replace and path.read_text("utf-8", errors="replace") != text:
        raise typer.BadParameter(f"{path} is there already, and differs: give --update", param_hint="--save-map")
    if not dry_run:
        save(path, text.encode())
        sys.stderr.write(f"Wrote {path}\n")


def _end_if_blocked(found: tuple[Finding, ...], progress: "Progress") -> None:
    if any(finding.rule.blocks for finding in found):
        progress.done()
        _show(found)
        raise typer.Exit(exits.NOT_VALID)


def _show(found: tuple[Finding, ...]) -> None:
    """Write findings to standard error, the first of each rule."""
    from restructure_cli.cli.terminal import terminal
    from restructure_cli.render.findings import render_findings

    screen = terminal(sys.stderr)
    counts: Counter[str] = Counter()
    for finding in found:
        if finding.rule.severity is Severity.NOTE:
            continue
        counts[finding.rule.code] += 1
        if counts[finding.rule.code] <= _MOST_SHOWN:
            sys.stderr.write(render_findings([finding], colour=screen.colour, width=screen.width))
    for code, number in counts.items():
        if number > _MOST_SHOWN:
            sys.stderr.write(f"{code}: {number - _MOST_SHOWN} more, all listed by --format json or csv\n")


def _answer(outcome: "Outcome", raw: dict[str, bytes], form: Format | None, output: Outputs) -> NoReturn:
    from restructure_cli.model.extracts import FileState
    from restructure_cli.report.imports import findings_table, report

    held = any(state is FileState.HELD_BACK for _, state in outcome.files)
    errors = any(finding.rule.severity is Severity.ERROR for finding in outcome.findings)
    built = report(outcome)
    writers = {
        Format.TEXT: lambda screen: as_text(built, screen),
        Format.JSON: lambda _: _json(outcome, raw),
        Format.CSV: lambda _: as_csv(built, findings_table(outcome)),
    }
    write(writers, form, output, exits.GATE_SAYS_NO if held or errors else exits.FINE)
    raise AssertionError("an answer ends the run")


def _json(outcome: "Outcome", raw: dict[str, bytes]) -> str:
    import hashlib

    from restructure_cli.render.json.imports import render_import

    return render_import(outcome, {path: hashlib.sha256(content).hexdigest() for path, content in raw.items()})
