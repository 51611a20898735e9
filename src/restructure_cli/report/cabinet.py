"""The appendix of a Cabinet report: the reports of the verbs in order, as chapters of one document.

No table is worded here a second time: each verb's builder makes its own, and this one arranges them.
"""

from collections.abc import Iterable
from decimal import Decimal

from restructure_cli.model.cabinet import Appendix
from restructure_cli.model.costs import Cost, StructureCost
from restructure_cli.model.quantities import Basis
from restructure_cli.model.report import Bar, Column, Kind, Mark, Report, Row, RowKind, Section, Table
from restructure_cli.report import chart, claims, cost, diff, foundations, gap, headlines, pools, risks, vacancies
from restructure_cli.report.wording import known_part, sum_cell

_MOST_IN_A_CHART = 400
"""Of a larger structure only the teams are drawn here."""
_PAID = ("paid", "paid or lacking: the figures leave it open", "lacking")
_RANGE = ("at the bottom of grades", "more, up to the top of grades")


def report(found: Appendix) -> Report:
    """Build the whole appendix from one run's results."""
    now = vacancies.report(found.vacancies, found.diff, "post")
    compared = diff.report(found.diff, "post", "changes") if found.diff is not None else None
    priced = _first_year(found.cost) if found.cost is not None else None
    costed = cost.report(found.cost, "grade", "summary") if found.cost is not None else None
    funded = gap.report(found.gap, "changes") if found.gap is not None else None
    judged = claims.conclusion(found.claims) if found.claims else ""
    built = (("Changes", compared), ("Vacancies", now), ("Costs", costed), ("Funding", funded))
    told = [f"{name}: {priced.conclusion}" for name, priced in built if priced is not None]
    told += [f"Claims: {judged}"] if judged else []
    chapters = headlines.sections(found, tuple(told), tuple(_left_out(found)))
    if compared is not None:
        chapters += _changes(found, compared)
    chapters += _chapter("Vacancies and pools", now, now.sections)
    if found.cost is not None and priced is not None and costed is not None:
        chapters += _costs(found.cost, priced, costed)
    if funded is not None:
        sections = [_with_key(section) for section in _but(gap.RUNS_OUT, funded.sections)]
        chapters += _chapter("Funding and gap", funded, sections)
    chapters += _risks(found, funded)
    chapters += _charts(found)
    notes = tuple(dict.fromkeys((*(costed.notes if costed is not None else ()), *_gap_notes(funded))))
    chapters += [*foundations.assumptions(found, notes), *foundations.sources(found)]
    chapters[0] = chapters[0]._replace(words=(*chapters[0].words, *_key(chapters, found)))
    name = f"{found.organisation}, {found.service}" if found.service else found.organisation
    return Report(
        f"{name}: figures of the restructure", tuple(map(_without_empty_tables, chapters)), (compared or now).conclusion
    )


def _key(chapters: list[Section], found: Appendix) -> Iterable[str]:
    """Say at the start, for who turns the pages in order, what the signs and words of the tables mean."""
    rows = (row for section in chapters for table in section.tables for row in table.rows)
    if any(Mark.UNKNOWN in row.cells for row in rows):
        yield "In the tables, ? is a figure that nobody published. A total called a known part leaves such figures out."
    if found.diff is not None:
        yield (
            "Displaced are people for whom no proposed post is left. Slack is the FTE of the posts that people may "
            "move into, less the FTE of those people; below nil, so many are displaced."
        )


def _left_out(found: Appendix) -> Iterable[str]:
    """Say which chapters the folder has no files for."""
    if found.diff is None:
        yield "Left out: what changes and who may move where, because there is no proposed structure."
    if found.cost is None:
        yield "Left out: all costs, because there is no grades file."
    if found.gap is None:
        yield "Left out: funding and gap, because there is no funding file."
    if found.claims is None:
        yield "Left out: whether the figures a report prints hold, because there is no claims file."


def _chapter(title: str, built: Report, sections: Iterable[Section]) -> list[Section]:
    """Make a chapter of a verb's report: its words without a heading first, its notes at the end.

    Its conclusion stands in the summary.
    """
    given = list(sections)
    opening = tuple(words for section in given if not section.title for words in section.words)
    below = [section._replace(level=2) for section in given if section.title]
    if below:
        below[-1] = below[-1]._replace(notes=(*below[-1].notes, *built.notes))
    return [Section(title, words=opening), *below]


def _with_key(section: Section) -> Section:
    """Say what the parts of the bars of a gap stand for."""
    paid, open_, lacking = _PAID
    doubtful = any(bar.doubtful for bar in section.bars)
    return section._replace(bars_key=(paid, open_ if doubtful else "", lacking)) if section.bars else section


def _but(title: str, sections: Iterable[Section]) -> list[Section]:
    return [section for section in sections if section.title != title]


def _changes(found: Appendix, compared: Report) -> list[Section]:
    """Show changes by post and by grade; who may move where stands with the vacancies."""
    assert found.diff is not None
    by_post = [_named(section, "post by post") for section in _but(pools.TITLE, compared.sections)]
    by_grade = [_named(section, "by grade") for section in diff.report(found.diff, "grade", "summary").sections[1:]]
    return _chapter("What changes", compared, [*by_post, *by_grade])


def _named(section: Section, how: str) -> Section:
    """Tell a table by post from the same by grade."""
    return (
        section._replace(title=f"{section.title}, {how}") if section.title.startswith(("Posts", "Cost at")) else section
    )


def _first_year(result: Cost) -> Cost:
    structures = tuple(priced._replace(years=priced.years[:1]) for priced in result.structures)
    return result._replace(structures=structures, changes=result.changes[:1])


def _costs(result: Cost, first: Cost, costed: Report) -> list[Section]:
    """Show costs year by year, what they rest on, and the first year by team, grade and fund."""
    several = len(result.structures[0].years) > 1
    by_year = [_titled(section, f"{section.title}, year by year") for section in costed.sections] if several else []
    below = [_bars(result), *by_year, _bases(result)]
    year = first.structures[0].years[0]
    ways = ("team", "grade", "fund") if _names_funds(first) else ("team", "grade")
    count = len(first.structures)
    for by in ways:
        built = cost.report(first, by, "changes")
        kept = (
            built.sections if by == ways[0] else built.sections[: count + (by == "fund" and first.change is not None)]
        )
        below += [
            _titled(section, f"{section.title}, by {by}, {year.year}") if number <= count else section
            for number, section in enumerate(kept)
        ]
    return _chapter("Costs", costed, below)


def _titled(section: Section, title: str) -> Section:
    return section._replace(title=title)


def _names_funds(result: Cost) -> bool:
    return any(row.funding for priced in result.structures for row in priced.years[0].rows)


def _bars(result: Cost) -> Section:
    bars = tuple(
        Bar(
            f"{year.year}, {priced.head.title}",
            year.totals.bottom.value,
            year.totals.range.value,
            Decimal(0),
            cost.cost_words(year),
        )
        for number in range(len(result.structures[0].years))
        for priced in result.structures
        for year in (priced.years[number],)
    )
    ranged = any(bar.doubtful for bar in bars)
    return Section("Cost by year", bars=bars, bars_key=_RANGE if ranged else ("cost",))


def _bases(result: Cost) -> Section:
    """Show how much of each year's cost is published, derived or assumed."""
    rows = []
    for priced in result.structures:
        rows.append(Row((priced.head.title, *(Mark.BLANK for _ in priced.years)), RowKind.HEADING))
        rows += [
            Row((basis.value, *(year.by_basis.get(basis, Decimal(0)) for year in priced.years)), indent=1)
            for basis in Basis
            if any(year.by_basis.get(basis) for year in priced.years)
        ]
        rows.append(_total(priced))
    years = [year.year for year in result.structures[0].years]
    columns = (Column("Rests on what is"), *(Column(f"{year} £", Kind.MONEY, key=year) for year in years))
    return Section("What the costs rest on", tables=(Table(columns, tuple(rows)),))


def _total(priced: StructureCost) -> Row:
    partial = not all(year.totals.headline.complete for year in priced.years)
    sums = (year.totals.headline for year in priced.years)
    cells = map(sum_cell, sums)
    return Row((known_part("Total", partial), *cells), RowKind.SUBTOTAL, 1)


def _risks(found: Appendix, funded: Report | None) -> list[Section]:
    """Gather what may turn out otherwise: what runs out, conditions, grades, unknowns, figures that differ."""
    below = [section for section in funded.sections if section.title == gap.RUNS_OUT] if funded is not None else []
    below += risks.sections(found)
    if found.claims:
        told = claims.report("", found.claims).sections
        below += [section for section in told if section.title == claims.DIFFERENT]
    words = "What the figures rest on that may turn out otherwise." if below else "The files tell of none."
    return [Section("Risks", words=(words,)), *(section._replace(level=2) for section in below)]


def _charts(found: Appendix) -> list[Section]:
    """Draw the structures; of a very large one its teams only, which is said."""
    most = max(len(charted.lines) for charted in found.charts)
    teams_only = most > _MOST_IN_A_CHART
    words = (
        f"The teams only: there are {most:,} teams and posts. `restructure chart` draws them all."
        if teams_only
        else "",
    )
    chapter = [Section("Structure charts", words=tuple(word for word in words if word))]
    for charted, section in zip(found.charts, chart.report(found.charts).sections, strict=False):
        drawn = chart.tree(charted, teams_only)
        chapter.append(section._replace(level=2, trees=(drawn,), words=(), notes=drawn.notes))
    return chapter + [section._replace(level=2) for section in chart.legend(found.charts)]


def _gap_notes(funded: Report | None) -> tuple[str, ...]:
    return tuple(note for note in funded.notes if note.startswith("Spread")) if funded is not None else ()


def _without_empty_tables(section: Section) -> Section:
    """Say "None." where a table has no rows."""
    if all(table.rows for table in section.tables):
        return section
    kept = tuple(table for table in section.tables if table.rows)
    return section._replace(tables=kept, words=(*section.words, "None.") if not kept else section.words)
