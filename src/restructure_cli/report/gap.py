"""The gap for a reader, a year a column: needs, what pays for them, how sure that is, and what runs out when."""

from collections.abc import Iterable

from restructure_cli.model.funding import Need, Source, Status
from restructure_cli.model.gaps import (
    Cliff,
    Gap,
    Lasting,
    NeedYear,
    PostUnder,
    Reckoned,
    Scope,
    SourceYear,
    Stop,
    YearGap,
)
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO
from restructure_cli.model.report import Bar, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.report.amounts import amount, between, in_doubt, part, told_as
from restructure_cli.report.wording import cell, fte, known_part, plural, pounds

_COUNTED = (Status.APPROVED, Status.IDENTIFIED, Status.FORECAST)
_BESIDE = {Status.BID: "bids would add", Status.UNKNOWN: "money of unknown status would add"}
_SCOPES = {
    Scope.APPROVED: "Gap if only approved money comes",
    Scope.COUNTED: "Gap",
    Scope.ALL: "Gap if bids and unknown money come too",
}
_OF_LASTING = {
    Lasting.RECURRENT: ("Recurrent need", "recurrent money", "Recurrent gap"),
    Lasting.ONE_OFF: ("One-off need, or one with an end", "one-off money, or with an end", "One-off gap"),
    Lasting.NOT_SAID: ("Need not said to recur or not", "money not said to recur or not", "Gap of these"),
}
RUNS_OUT = "What runs out"
_STOPS = {Stop.ENDS: "ends", Stop.FALLS: "falls", Stop.NOT_SAID: "not said to go on"}


def report(result: Gap, detail: str) -> Report:
    """Build the report of a gap; `detail` is summary (the gap, what runs out, the bars), or else everything."""
    sections = [Section("Needs and what pays for them", tables=(_main(result),))]
    if detail != "summary":
        certainty = Section("How certain the money is", tables=(_certainty(result),))
        sections += [*_lasting(result), certainty, *_not_drawn(result)]
    sections += [*_cliffs(result), Section("Each year", bars=tuple(_bar(year) for year in result.years))]
    first, last = result.years[0].year, result.years[-1].year
    name = f"{result.organisation}, {result.service}" if result.service else result.organisation or result.path
    span = f"{first} to {last}" if first != last else f"{first}"
    return Report(f"{name}: need and funding in {span}", tuple(sections), _conclusion(result), _notes(result))


def _columns(result: Gap, first: str) -> tuple[Column, ...]:
    years = (Column(f"{year.year} £", Kind.MONEY, key=str(year.year)) for year in result.years)
    return (Column(first), *years)


def _main(result: Gap) -> Table:
    """Show needs and then sources in order of call, and what is lacking."""
    years = result.years
    rows = [_heading("Needs, in order of call", result)]
    for number, need in enumerate(years[0].needs):
        rows.append(Row((_need_words(need), *(amount(year.needs[number].year.amount) for year in years)), indent=1))
        rows += _details(result, need.need.id, NeedYear)
    rows.append(_sum_row("Need", [year.need for year in years], RowKind.SUBTOTAL))
    rows.append(_heading("Paid by, in order", result))
    for number, source in enumerate(years[0].sources):
        if _is_drawn_on(source, result):
            cells = [amount(year.sources[number].drawn) for year in years]
            rows.append(Row((_source_words(source), *cells), indent=1))
            rows += _details(result, source.source.id, SourceYear)
    rows.append(_sum_row("Funding", [year.funding for year in years], RowKind.SUBTOTAL))
    rows.append(_sum_row("Gap", [year.gap for year in years], RowKind.TOTAL))
    rows += _doubt([year.gap for year in years])
    return Table(_columns(result, "£ a year"), tuple(rows))


def _heading(words: str, result: Gap) -> Row:
    return Row((words, *(Mark.BLANK for _ in result.years)), RowKind.HEADING)


def _need_words(entry: NeedYear) -> str:
    call = f" (call {entry.need.call})" if entry.need.call is not None else ""
    return f"{entry.need.title}{call}"


def _source_words(entry: SourceYear) -> str:
    """Name a source with its kind and how certain it is."""
    source = entry.source
    told = [source.kind.value if source.kind is not None else "", entry.status.value if source.status else "no status"]
    return f"{source.title} ({', '.join(word for word in told if word)})"


def _is_drawn_on(source: SourceYear, result: Gap) -> bool:
    """Whether a source counts for the gap and may pay any need."""
    plan = result.years[0].whole[Scope.COUNTED]
    return any(one.id == source.source.id and one.pays for one in plan.sources)


def _details(result: Gap, whole: str, kind: type) -> list[Row]:
    """Show the details of a need or source under it; they are in no sum."""
    rows = []
    for number, detail in enumerate(result.years[0].details):
        entry: Need | Source = detail.need if isinstance(detail, NeedYear) else detail.source
        if isinstance(detail, kind) and entry.of_which == whole:
            cells = [amount(year.details[number].year.amount) for year in result.years]
            rows.append(Row((f"of which {entry.title}", *cells), RowKind.MEMO, indent=2))
    return rows


def _sum_row(label: str, figures: list[Reckoned], kind: RowKind) -> Row:
    partial = not all(figure.complete for figure in figures)
    return Row((known_part(label, partial), *(amount(figure) for figure in figures)), kind)


def _doubt(figures: list[Reckoned]) -> list[Row]:
    """Show between what figures lie where they rest on rounded ones, or on what may or may not be there."""
    if not any(in_doubt(figure) for figure in figures):
        return []
    ends = (("lowest that the figures allow", "low"), ("highest that they allow", "high"))
    return [
        Row((label, *(getattr(one.bounds, end) if in_doubt(one) else Mark.BLANK for one in figures)), RowKind.MEMO, 1)
        for label, end in ends
    ]


def _lasting(result: Gap) -> list[Section]:
    """Set recurrent needs against recurrent money, and one-off needs against one-off money."""
    rows: list[Row] = []
    for each, (need, money, gap) in _OF_LASTING.items():
        parts = [year.lasting[each] for year in result.years]
        if all(part.nothing for part in parts):
            continue
        rows.append(_sum_row(need, [part.need for part in parts], RowKind.LINE))
        rows.append(_sum_row(f"less {money}", [part.funding for part in parts], RowKind.LINE))
        rows.append(_sum_row(gap, [part.difference for part in parts], RowKind.SUBTOTAL))
    rows.append(_sum_row("Gap", [year.gap for year in result.years], RowKind.TOTAL))
    crossing = any((year.lasting[Lasting.ONE_OFF].difference.known.value or ZERO) < ZERO for year in result.years)
    notes = ("Below nil: one-off money pays for what recurs.",) if crossing else ()
    return [Section("Recurrent and one-off", tables=(Table(_columns(result, "£ a year"), tuple(rows), notes=notes),))]


def _certainty(result: Gap) -> Table:
    """Show what is drawn by how certain it is, and the gap as more and less of it counts."""
    years = result.years
    rows = [
        _sum_row(status.value.capitalize(), [year.by_status[status] for year in years], RowKind.LINE)
        for status in _COUNTED
    ]
    rows.append(_sum_row("Funding", [year.funding for year in years], RowKind.SUBTOTAL))
    for status, words in _BESIDE.items():
        if any(source.status is status for source in years[0].sources):
            rows.append(_sum_row(words, [year.by_status[status] for year in years], RowKind.MEMO))
    for scope, words in _SCOPES.items():
        gaps = [year.gaps[scope] for year in years]
        rows.append(_sum_row(words, gaps, RowKind.SUBTOTAL))
        same = scope is not Scope.COUNTED and gaps == [year.gap for year in years]
        rows += [] if same else _doubt(gaps)
    return Table(_columns(result, "£ a year"), tuple(rows))


def _not_drawn(result: Gap) -> list[Section]:
    """List the money that no need takes, and why."""
    rows = []
    for number, source in enumerate(result.years[0].sources):
        of_years = [year.sources[number] for year in result.years]
        idle = not source.counted or not _is_drawn_on(source, result)
        if any(one.left.whole.high if idle or one.left.complete else ZERO for one in of_years):
            cells = [part(one.left.whole) if one.left.complete else Mark.UNKNOWN for one in of_years]
            rows.append(Row((source.source.title, _why_left(source, result), *cells)))
    if not rows:
        return []
    first, *years = _columns(result, "Money there and not drawn")
    return [Section("Not drawn", tables=(Table((first, Column("Why"), *years), tuple(rows)),))]


def _why_left(entry: SourceYear, result: Gap) -> str:
    source = entry.source
    if not entry.counted:
        return "status unknown" if entry.status is Status.UNKNOWN else entry.status.value
    if source.pays_for == ():
        return "pays for nothing here"
    if not _is_drawn_on(entry, result):
        return "not cashable" if source.cashable is False else "its needs are not here"
    return "beyond what its needs lack"


def _cliffs(result: Gap) -> list[Section]:
    if not result.cliffs:
        return []
    rows = []
    for cliff in result.cliffs:
        what = f"{cliff.source.title} {_stops(cliff)}"
        rows.append(Row((str(cliff.year), what, amount(cliff.amount), _pays(cliff), _posts(cliff))))
    columns = (
        Column("From"), Column("What runs out"), Column("It paid £", Kind.MONEY), Column("For, which goes on"),
        Column("Posts under it"),
    )  # fmt: skip
    return [Section(RUNS_OUT, tables=(Table(columns, tuple(rows)),))]


def _stops(cliff: Cliff) -> str:
    until = cliff.source.until
    return f"ends ({until})" if cliff.stop is Stop.ENDS and until is not None else _STOPS[cliff.stop]


def _pays(cliff: Cliff) -> str:
    """Name the needs that go on, with what they lack in the first year without the money."""
    return "; ".join(f"{need.need.title}, then lacking {told_as(need.gap)}" for need in cliff.needs)


def _posts(cliff: Cliff) -> str:
    return "; ".join(_post(post) for post in cliff.posts) or "not said"


def _post(post: PostUnder) -> str:
    size = f"{fte(post.fte)} FTE" if post.fte is not None else "FTE not known"
    return f"{post.title}, {size}{', permanent' if post.permanent else ''}"


def _bar(year: YearGap) -> Bar:
    """Draw what is paid and what is lacking of what is known of the need."""
    full, doubtful, empty = year.parts
    return Bar(str(year.year), full, doubtful, empty, f"{_of_need(year)}; gap {told_as(year.gap)}")


def _of_need(year: YearGap) -> str:
    paid, need = year.paid, year.need.shown
    told = [pounds(one.value) if one.value is not None else between(one) for one in (paid, need)]
    return "need not known" if year.need.unknown else f"{told[0]} of {told[1]} paid"


def explained_notes(result: Gap) -> tuple[str, ...]:
    """Say between what an explained gap lies, and what its explanation leaves out."""
    of_years = [year.gap for year in result.years if in_doubt(year.gap)]
    doubt = [f"It may be {between(gap.bounds)}, as the figures allow." for gap in of_years]
    return (*_notes(result), *doubt)


def _notes(result: Gap) -> tuple[str, ...]:
    """Say what the figures leave out and what they take for granted."""
    notes = []
    unknown: dict[tuple[str, str], list[str]] = {}
    for year in result.years:
        for entry in year.missing:
            title = entry.need.title if isinstance(entry, NeedYear) else entry.source.title
            unknown.setdefault((title, entry.year.why_not), []).append(str(year.year))
    told = [f"{title} in {_and(years)} ({why})" for (title, why), years in unknown.items()]
    notes += [f"Not known, and not in the known part: {'; '.join(told)}."] if told else []
    first = result.years[0]
    without = [one.source.title for one in first.sources if one.source.status is None]
    if without:
        notes.append(f"No status is stated of {_and(without)}: counted with bids, as unknown.")
    spread = [entry.title for entry in _entries(first) if entry.total is not None and entry.until is not None]
    notes += [f"Spread evenly over its time: the total of {_and(spread)}."] if spread else []
    if result.change is not None:
        current, proposed = result.change
        notes.append(
            f"The cost of the change is that from {current.title} to {proposed.title}, before any vacancy factor."
        )
    return tuple(notes)


def _entries(year: YearGap) -> Iterable[Need | Source]:
    yield from (entry.need for entry in year.needs)
    yield from (entry.source for entry in year.sources)


def _and(words: list[str]) -> str:
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else words[0]


def _conclusion(result: Gap) -> str:
    gaps = ", ".join(f"{year.year} {told_as(year.gap)}" for year in result.years)
    told = [f"Gap: {gaps}"]
    if result.cliffs:
        each = (f"{cliff.source.title} from {cliff.year}" for cliff in result.cliffs)
        told.append(f"{plural(len(result.cliffs), 'cliff')}: {', '.join(each)}")
    else:
        told.append("nothing runs out under what goes on")
    return f"{'; '.join(told)}."


def flat(result: Gap) -> Table:
    """Return every need, draw, source, gap and cliff on one flat table; a figure without value has bounds."""
    names = ("year", "what", "id", "title", "source", "kind", "status", "value", "low", "high", "known_part")
    rows = []
    for year in result.years:
        for need in year.needs:
            rows.append(_line(year.year, "need", need.need, need.year.amount))
            rows += [_line(year.year, "draw", need.need, draw.amount, draw.source) for draw in need.draws]
            rows.append(_line(year.year, "lacks", need.need, need.gap))
        for source in year.sources:
            rows += [] if source.rest else [_line(year.year, "source", source.source, source.year.amount)]
            rows.append(_line(year.year, "drawn", source.source, source.drawn))
        rows += [_line(year.year, "total need", None, year.need), _line(year.year, "total funding", None, year.funding)]
        rows += [_line(year.year, scope.value, None, year.gaps[scope]) for scope in Scope]
    rows += [_line(cliff.year, "cliff", cliff.source, cliff.amount) for cliff in result.cliffs]
    return Table(tuple(Column(name, key=name) for name in names), tuple(rows))


def _line(year: FinancialYear, what: str, entry: Need | Source | None, figure: Reckoned, source: str = "") -> Row:
    id_, title = (entry.id, entry.title) if entry is not None else ("", "")
    kind = entry.kind.value if isinstance(entry, Source) and entry.kind is not None else ""
    status = entry.status.value if entry is not None and entry.status is not None else ""
    whole = figure.whole
    ends = (Mark.BLANK if end.is_infinite() else end for end in (whole.low, whole.high))
    return Row((str(year), what, id_, title, source, kind, status, cell(whole.value), *ends, cell(figure.known.value)))
