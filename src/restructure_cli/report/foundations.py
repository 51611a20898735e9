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


def _taken(one: Taken) -> Row:
    key = one.key.replace("_", " ")
    because = one.because or "not said"
    return Row((one.title, key, _figure(one), one.basis.value, because, "; ".join(one.at), one.path))


def _figure(one: Taken) -> str:
    if not isinstance(one.figure, Decimal):
        return one.figure or "not stated"
    return pounds(one.figure) if one.unit == "£" else f"{fte(one.figure)}{one.unit}"


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
    rows = (Row((one.at, one.path, ", ".join(one.titles))) for one in found.foundations.cited)
    return Table(columns, tuple(rows))


def _national(found: Appendix) -> Table:
    columns = (Column("Data"), Column("Known as"), Column("Published at"))
    rows = {
        Row((one.name.removeprefix("national/").removesuffix(".yaml"), one.basis.value, "; ".join(one.sources)))
        for one in found.foundations.national
    }
    return Table(columns, tuple(sorted(rows, key=lambda row: tuple(map(str, row.cells)))))


def _files(found: Appendix) -> Table:
    rows = (Row((path, sha256)) for path, sha256 in sorted(found.files.items()))
    return Table((Column("File"), Column("SHA-256")), tuple(rows))
