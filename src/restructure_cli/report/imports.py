"""What an import shows: rows in, used and rejected, columns and what became of them, posts by team, and the changes."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from restructure_cli.model.extracts import ColumnUse, Count, FileState, Outcome
from restructure_cli.model.quantities import EMPTY, known, total
from restructure_cli.model.report import Cell, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.model.structures import Post
from restructure_cli.report import diff
from restructure_cli.report.wording import fte, plural, sum_cell

_MOST_LISTED = 12
_MOST_KEYS = 60
_ROWS_WORDS = {
    "occupancy": "one person or vacancy a row",
    "post": "one post a row",
    "senior": "senior posts of an organogram",
    "junior": "junior posts of an organogram",
}


def report(outcome: Outcome) -> Report:
    """Build the report of an import."""
    sections = [Section("Rows", tables=(_rows(outcome),)), Section("Columns", tables=(_columns(outcome),))]
    sections.append(Section("Posts", tables=(_posts(outcome),)))
    if outcome.changes is not None:
        told = diff.report(outcome.changes, "post", "changes")
        sections.append(Section("What changes in the file that is there", tables=told.sections[1].tables))
        sections += [section for section in told.sections[2:] if section.title in ("Teams", "Outside the totals")]
    if outcome.keys:
        sections.append(Section("Key by key", tables=(_keys(outcome),)))
    return Report(f"{outcome.organisation}: import", tuple(sections), _conclusion(outcome), tuple(_notes(outcome)),
                  data=findings_table(outcome))  # fmt: skip


def _rows(outcome: Outcome) -> Table:
    columns = (
        Column("Extract", drop=-2), Column("Each row is", drop=1), Column("Rows in", Kind.COUNT),
        Column("Used", Kind.COUNT), Column("Rejected", Kind.COUNT), Column("FTE used", Kind.FTE, drop=2),
    )  # fmt: skip
    rows = [Row((_name(count), _ROWS_WORDS[count.rows.value], *_counted(count))) for count in outcome.extract.counts]
    stated = [count.fte for count in outcome.extract.counts]
    whole = sum((fte_ for fte_ in stated if fte_ is not None), EMPTY) if None not in stated else None
    numbers = (str(outcome.came_in), str(outcome.used), str(outcome.rejected))
    last = ("Total", Mark.BLANK, *numbers, Mark.BLANK if whole is None else sum_cell(whole))
    return Table(columns, (*rows, Row(last, RowKind.TOTAL)), notes=tuple(_passed(outcome)))


def _name(count: Count) -> str:
    return f"{PurePath(count.path).name} {count.sheet}".strip()


def _counted(count: Count) -> tuple[Cell, ...]:
    numbers = (str(count.came_in), str(count.used), str(count.rejected))
    return (*numbers, Mark.BLANK if count.fte is None else sum_cell(count.fte))


def _passed(outcome: Outcome) -> Iterator[str]:
    """Say what is no row: blank lines, lines above the header, sheets in which nothing is known; and the encoding."""
    for count in outcome.extract.counts:
        told = []
        if count.blank:
            told.append(f"{plural(count.blank, 'row')} with nothing in a column that is read")
        if count.above:
            told.append(f"{plural(count.above, 'row')} above the header")
        if told:
            yield f"{_name(count)}: {' and '.join(told)} passed over."
        if count.encoding:
            yield f"{_name(count)} was read as {count.encoding}."
        if not count.errors_show:
            kind = PurePath(count.path).suffix
            yield f"{_name(count)}: in {kind} a cell with an error, such as #REF!, cannot be told from a blank one."
    if outcome.extract.sheets_left:
        yield f"No table of posts in {', '.join(outcome.extract.sheets_left)}."


def _columns(outcome: Outcome) -> Table:
    rows = []
    several = len(outcome.extract.counts) > 1
    of_kinds = len({count.rows for count in outcome.extract.counts}) == len(outcome.extract.counts)
    for count in outcome.extract.counts:
        for use in count.columns:
            head: tuple[Cell, ...] = (use.letters, use.header, _became(use))
            rows.append(Row((count.rows.value if of_kinds else _name(count), *head) if several else head))
    columns: tuple[Column, ...] = (Column("Column", drop=2), Column("Header"), Column("Read as"))
    if several:
        columns = (Column("Extract"), *columns)
    return Table(columns, tuple(rows), notes=tuple(_dropped(outcome)))


def _became(use: ColumnUse) -> str:
    if use.kept:
        return "kept in notes"
    if use.personal:
        return f"personal: {use.field}, read and dropped" if use.field else "personal: dropped"
    return use.field.replace("_", " ") if use.field else "not used"


def _dropped(outcome: Outcome) -> Iterator[str]:
    uses = [use for count in outcome.extract.counts for use in count.columns]
    personal = sum(use.personal and not use.kept for use in uses)
    unused = sum(not use.field and not use.personal and not use.kept for use in uses)
    if personal:
        yield f"{plural(personal, 'personal column')} dropped; --keep HEADER keeps one, in the posts' notes."
    if unused:
        yield (
            f"{plural(unused, 'column')} not used; a map (--map) says what a column is, "
            "and `restructure schema map` lists what it may be."
        )
    blank = {header: number for header, number in outcome.extract.not_stated.items() if number}
    if blank:
        told = ", ".join(f"{header} in {number}" for header, number in blank.items())
        yield f"Blank or not disclosed, and so unknown: {told}."
    if outcome.extract.shortened:
        told = ", ".join(f"{header} in {number}" for header, number in outcome.extract.shortened.items())
        yield f"Fractions that do not come out, such as 30 of 37 hours, taken to nine decimals: {told}."


def _posts(outcome: Outcome) -> Table:
    structure = outcome.structure
    of_team: dict[str | None, list[Post]] = {}
    for post in structure.posts.values():
        if post.in_totals:
            of_team.setdefault(post.team, []).append(post)
    columns = (
        Column("Team", drop=-2), Column("Lines", Kind.COUNT, drop=1), Column("Established FTE", Kind.FTE),
        Column("Filled FTE", Kind.FTE, drop=2),
    )  # fmt: skip
    rows = []
    for team in (None, *structure.teams):
        posts = of_team.get(team)
        if posts:
            title = structure.teams[team].title if team is not None else "No team"
            rows.append(Row((title, *_figures(posts))))
    everything = [post for posts in of_team.values() for post in posts]
    established = total(known(post.fte) for post in everything)
    label = "Total" if established.complete else "Total, known part"
    return Table(columns, (*rows, Row((label, *_figures(everything)), RowKind.TOTAL)), notes=tuple(_outside(outcome)))


def _figures(posts: list[Post]) -> tuple[Cell, ...]:
    established, filled = total(known(post.fte) for post in posts), total(known(post.filled) for post in posts)
    return str(len(posts)), sum_cell(established), sum_cell(filled)


def _outside(outcome: Outcome) -> Iterator[str]:
    posts = [post for post in outcome.structure.posts.values() if post.in_totals]
    for key, word in (("fte", "established"), ("filled", "filled")):
        missing = sum(known(getattr(post, key)) is None for post in posts)
        if missing:
            yield f"Not known, and in no total: {word} FTE of {plural(missing, 'line')}."
    outside = [post for post in outcome.structure.posts.values() if not post.in_totals]
    if outside:
        titles = ", ".join(sorted(post.title for post in outside)[:_MOST_LISTED])
        more = ", and others" if len(outside) > _MOST_LISTED else ""
        apart = total(known(post.fte) for post in outside)
        figure = f"{fte(apart.value)} FTE{'' if apart.complete else ', known part'}"
        figure = figure if apart.complete or apart.value else "FTE not known"
        yield f"Outside the totals: {plural(len(outside), 'line')}, {figure} ({titles}{more})."


def _notes(outcome: Outcome) -> Iterator[str]:
    yield from outcome.notes
    if outcome.gone:
        yield f"Gone from the extract, and so from the file: {_listed(outcome.gone)}."
    if outcome.stayed:
        yield f"Not in the extract, and kept as people's own: {_listed(outcome.stayed)}."


def _listed(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - _MOST_LISTED} more" if len(ids) > _MOST_LISTED else ""
    return ", ".join(ids[:_MOST_LISTED]) + more


def _keys(outcome: Outcome) -> Table:
    """List what changes in entries that stay; the first of very many, as JSON has them all."""
    columns = (Column("Entry"), Column("Key"), Column("Is", drop=1), Column("Becomes"))
    rows = tuple(Row((one.id, one.key, one.old or "–", one.new or "–")) for one in outcome.keys[:_MOST_KEYS])
    left = len(outcome.keys) - _MOST_KEYS
    return Table(columns, rows, notes=(f"And {left} more, all listed by --format json.",) if left > 0 else ())


def _conclusion(outcome: Outcome) -> str:
    counted = f"{outcome.came_in:,} rows in = {outcome.used:,} used + {outcome.rejected:,} rejected"
    posts = [post for post in outcome.structure.posts.values() if post.in_totals]
    established = total(known(post.fte) for post in posts)
    part = "" if established.complete else " (known part)"
    told = [counted]
    told += [f"{plural(outcome.cells_refused, 'cell')} not read"] if outcome.cells_refused else []
    whole = f"{fte(established.value)} FTE{part}" if established.complete or established.value else "FTE not known"
    told.append(f"{plural(len(posts), 'line')}, {whole}")
    told += list(_files(outcome.files))
    return f"{'; '.join(told)}."


def _files(files: Iterable[tuple[str, FileState]]) -> Iterator[str]:
    by_state: dict[FileState, list[str]] = {}
    for path, state in files:
        by_state.setdefault(state, []).append(path)
    for state, paths in by_state.items():
        hint = ": give --update to take the changes in" if state is FileState.HELD_BACK else ""
        yield f"{', '.join(paths)} {state.value}{hint}"


def findings_table(outcome: Outcome) -> Table:
    """List what was rejected or is in doubt as one flat table."""
    keys = ("code", "severity", "path", "line", "column", "cell", "message", "hint")
    rows = tuple(
        Row((
            finding.rule.code, finding.rule.severity.value, finding.place.path, str(finding.place.line or ""),
            str(finding.place.column or ""), finding.place.cell, finding.message, finding.hint,
        ))
        for finding in outcome.findings
    )  # fmt: skip
    return Table(tuple(Column(key, key=key) for key in keys), rows)
