"""Writes a report as a Word document: heading styles, real tables whose header rows repeat, nothing that runs.

Tables are written as the XML that Word stores, whole, because building them cell by cell takes minutes for a county.
The same report makes the same bytes. Needs python-docx, the extra `[word]`.
"""

import re
import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from restructure_cli.model.report import Legend, Report, Section, Table, TreeLine
from restructure_cli.render.bars import BLOCKS, draw_bar
from restructure_cli.render.legend import COLOURS, SIGNS
from restructure_cli.render.printable import printable
from restructure_cli.render.printed_tables import print_table
from restructure_cli.render.word_tables import NAMESPACE, is_broad, table_xml

_FONT = "Arial"
_INK, _ACCENT = RGBColor(0x1D, 0x1D, 0x1B), RGBColor(0x1F, 0x4E, 0x79)
_SIZES = {"Normal": 10, "Title": 20, "Heading 1": 16, "Heading 2": 13, "Caption": 10}
_PORTRAIT, _LANDSCAPE = (Mm(210), Mm(297)), (Mm(297), Mm(210))
_MARGIN = Mm(18)
_BARS = 24
"""The longest bar, in characters."""
_LONGEST_TITLE = 255
"""More than that a file's properties do not take."""
_MADE = (1980, 1, 1, 0, 0, 0)
"""The date of everything inside the file, so that the same report makes the same bytes."""
_DATES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def render_word(report: Report) -> bytes:
    """Write a report as a .docx file.

    Raises ValueError for a figure that could not be printed without rounding it.
    """
    document = Document()
    _styles(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = (
        printable(report.title)[:_LONGEST_TITLE],
        "restructure",
        "en-GB",
    )
    properties.comments, properties.last_modified_by = "", ""
    document.add_paragraph(printable(report.title), style="Title")
    _Writer(document, report).write()
    _page_numbers(document)
    return _packed(document)


class _Writer:
    """Writes the sections of a report into a document, chapters with broad tables across the long side."""

    def __init__(self, document: Any, report: Report) -> None:
        self._document, self._report = document, report
        self._broad = False

    def write(self) -> None:
        """Write everything, chapter by chapter."""
        unknown = False
        for number, section in enumerate(self._report.sections):
            if section.level == 1:
                self._new_chapter(self._chapter(number))
            self._section(section)
            unknown |= any(print_table(table).shows_unknown for table in section.tables)
        for note in (*self._report.notes, *(["? = not published"] if unknown else [])):
            self._note(note)
        if self._report.conclusion:
            self._document.add_paragraph().add_run(printable(self._report.conclusion)).bold = True

    def _chapter(self, number: int) -> list[Section]:
        """Return a section with those within it."""
        first, *rest = self._report.sections[number:]
        within = next((index for index, one in enumerate(rest) if one.level == 1), len(rest))
        return [first, *rest[:within]]

    def _new_chapter(self, sections: list[Section]) -> None:
        broad = any(is_broad(table) for section in sections for table in section.tables)
        if sections[0] is self._report.sections[0]:
            _turn(self._document.sections[0], broad=broad)
            self._broad = broad
        elif broad != self._broad:
            _turn(self._document.add_section(WD_SECTION.NEW_PAGE), broad=broad)
            self._broad = broad

    def _section(self, section: Section) -> None:
        if section.title:
            self._document.add_heading(printable(section.title), level=section.level)
        for words in section.words:
            self._document.add_paragraph(printable(words))
        self._bars(section)
        for tree in section.trees:
            for line in tree.lines:
                self._leaf(line)
        for table in section.tables:
            if table.title:
                self._document.add_paragraph(
                    printable(table.title), style="Caption"
                ).paragraph_format.keep_with_next = True
            self._table(table, table.title or section.title)
            for note in table.notes:
                self._note(note)
        for note in section.notes:
            self._note(note)

    def _table(self, table: Table, name: str) -> None:
        body = self._document.element.body
        room = (_LANDSCAPE if self._broad else _PORTRAIT)[0] - 2 * _MARGIN
        body.insert(len(body) - 1, parse_xml(table_xml(table, name, room // 635)))
        after = self._document.add_paragraph().paragraph_format
        after.space_after, after.line_spacing = Pt(0), Pt(6)

    def _note(self, note: str) -> None:
        run = self._document.add_paragraph().add_run(printable(note))
        run.font.size, run.italic = Pt(9), True

    def _bars(self, section: Section) -> None:
        """Write bars as characters in the line under their words."""
        longest = max((bar.length for bar in section.bars), default=None)
        if longest is None:
            return
        key = [f"{character} {words}" for character, words in zip(BLOCKS, section.bars_key, strict=False) if words]
        if key:
            self._note("; ".join(key))
        for bar in section.bars:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.keep_together = True
            paragraph.add_run(printable(bar.label)).bold = True
            paragraph.add_run(f" {printable(bar.words)}")
            drawn = draw_bar(bar, _BARS, longest)
            if drawn:
                paragraph.add_run().add_break()
                run = paragraph.add_run(drawn)
                run.font.name, run.font.color.rgb = "DejaVu Sans Mono", _ACCENT

    def _leaf(self, line: TreeLine) -> None:
        """Write a line of a structure chart, indented as it stands, with the legend's word in its colour."""
        paragraph = self._document.add_paragraph()
        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = Mm(6 * min(line.depth, 16) + 4), Mm(-4)
        form.space_after = Pt(1)
        sign = SIGNS[line.legend] if line.legend is not None else "·"
        paragraph.add_run(f"{sign} ")
        paragraph.add_run(printable(line.title)).bold = line.is_team
        if line.legend is not None and line.legend is not Legend.UNCHANGED:
            run = paragraph.add_run(f" [{line.legend.value}]")
            run.font.color.rgb = RGBColor.from_string(COLOURS[line.legend].lstrip("#"))
        if line.words:
            paragraph.add_run(f" {printable(line.words)}").font.size = Pt(9)


def _styles(document: Any) -> None:
    """Set one plain face in black and one colour, and British English."""
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = _INK if name == "Normal" else _ACCENT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            if "Theme" in key or "theme" in key:
                del fonts.attrib[key]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), _FONT)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    language = parse_xml(f'<w:lang {NAMESPACE} w:val="en-GB"/>')
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _turn(section: Any, *, broad: bool) -> None:
    """Lay a part of the document across the long or the short side of the paper."""
    section.orientation = WD_ORIENT.LANDSCAPE if broad else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = _LANDSCAPE if broad else _PORTRAIT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN


def _page_numbers(document: Any) -> None:
    """Write the number of each page in the foot, which the parts after the first take over."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("Page ")
    field = f'<w:fldSimple {NAMESPACE} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


def _packed(document: Any) -> bytes:
    """Pack the file anew with fixed dates, in a fixed order."""
    raw = BytesIO()
    document.save(raw)
    packed = BytesIO()
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(packed, "w") as file:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = _DATES.sub(b"", content)
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
    return packed.getvalue()
