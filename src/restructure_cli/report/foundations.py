"""What figures rest on, for a reader: assumptions and their reasons, documents, paragraphs, files, national data."""

from decimal import Decimal

from restructure_cli.model.cabinet import Appendix, Taken
from restructure_cli.model.report import Column, Row, Section, Table
from restructure_cli.report.wording import COUNTS_WORDS, fte, pounds


def assumptions(found: Appendix, notes: tuple[str, ...]) -> list[Section]:
    """Build the chapter of assumptions; `notes` are those that prices carry."""
    taken = found.foundations.taken
    reasons = tuple(f"{reason[0].upper()}{reason[1:]}." for reason in found.foundations.reasons if reason)
    words = (*notes, *reasons) if notes or reasons or taken else ("The files state no assumption.",)
    chapter = [Section("Assumptions", words=words)]
    if taken:
        columns = (Column("Entry"), Column("What of it"), Column("Is"), Column("Known as"), Column("Because"),
                   Column("At"), Column("File"))  # fmt: skip
        title = "Figures that the files call assumed or derived"
        chapter.append(Section(title, tables=(Table(columns, tuple(map(_taken, taken))),), level=2))
    return chapter


def _taken(assumption: Taken) -> Row:
    key = assumption.key.replace("_", " ")
    because = assumption.because or "not said"
    return Row(
        (
            assumption.title,
            key,
            _figure(assumption),
            assumption.basis.value,
            because,
            "; ".join(assumption.at),
            assumption.path,
        )
    )


def _figure(assumption: Taken) -> str:
    if not isinstance(assumption.figure, Decimal):
        return assumption.figure or "not stated"
    return pounds(assumption.figure) if assumption.unit == "£" else f"{fte(assumption.figure)}{assumption.unit}"


def sources(found: Appendix) -> list[Section]:
    """Build the chapter of sources: documents, paragraphs, national data, and the files with their SHA-256."""
    columns = (Column("Structure"), Column("As at"), Column("It counts"), Column("Document"), Column("File"))
    heads = tuple(
        Row(
            (
                head.title,
                head.as_at or "not stated",
                COUNTS_WORDS[head.counts],
                head.document or "not stated",
                head.path,
            )
        )
        for head in found.heads
    )
    tables = (
        ("Documents", Table(columns, heads)),
        ("Paragraphs", _paragraphs(found)),
        ("National data", _national(found)),
        ("Files", _files(found)),
    )
    below = [Section(title, tables=(table,), level=2) for title, table in tables if table.rows]
    words = "Every figure of this report is worked out from these files, and from nothing else."
    return [Section("Sources", words=(words,)), *below]


def _paragraphs(found: Appendix) -> Table:
    columns = (Column("Paragraph"), Column("File"), Column("What was taken from it"))
    rows = (Row((paragraph.at, paragraph.path, ", ".join(paragraph.titles))) for paragraph in found.foundations.cited)
    return Table(columns, tuple(rows))


def _national(found: Appendix) -> Table:
    columns = (Column("Data"), Column("Known as"), Column("Published at"))
    rows = {
        Row((data.name.removeprefix("national/").removesuffix(".yaml"), data.basis.value, "; ".join(data.sources)))
        for data in found.foundations.national
    }
    return Table(columns, tuple(sorted(rows, key=lambda row: tuple(map(str, row.cells)))))


def _files(found: Appendix) -> Table:
    rows = (Row((path, sha256)) for path, sha256 in sorted(found.files.items()))
    return Table((Column("File"), Column("SHA-256")), tuple(rows))
