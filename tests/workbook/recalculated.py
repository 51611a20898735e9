"""Opens workbooks in LibreOffice, every cached value spoilt first, and reads what it works out by itself."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""What makes LibreOffice work every formula out again when it opens a file, whatever values the file brings."""

SPOILT = -1


class Cell(NamedTuple):
    """One formula, the value it was written with, and what it comes to."""

    sheet: str
    place: str
    formula: str
    cached: Any
    value: Any

    @property
    def agrees(self) -> bool:
        """Whether the two are the same: to a millionth, which is less than any penny."""
        if isinstance(self.cached, int | float) and isinstance(self.value, int | float):
            return abs(self.cached - self.value) < 1e-6
        return bool(self.cached == self.value)


def spoilt(book: bytes) -> bytes:
    """Replace the cached value of every formula, so that nothing is right unless it is worked out."""
    return _rewritten(book, lambda xml: re.sub(
        r'(<c r="[A-Z]+\d+"[^>]*?)(?: t="str")?(><f>[^<]*</f>)<v>[^<]*</v>', rf"\g<1>\g<2><v>{SPOILT}</v>", xml
    ))  # fmt: skip


def _rewritten(book: bytes, change: Any) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = change(content.decode("utf-8")).encode("utf-8")
            new.writestr(name, content)
    return written.getvalue()


def recalculated(folder: Path, books: Mapping[str, bytes]) -> dict[str, Any]:
    """Open books in LibreOffice, have every formula worked out, and read the values: a workbook each, by name."""
    assert SOFFICE is not None
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, "utf-8")
    given, made = folder / "given", folder / "made"
    given.mkdir()
    for name, book in books.items():
        (given / f"{name}.xlsx").write_bytes(spoilt(book))
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir"]
    paths = [str(given / f"{name}.xlsx") for name in books]
    ran = subprocess.run([*command, str(made), *paths], capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stderr
    return {name: openpyxl.load_workbook(made / f"{name}.xlsx", data_only=True) for name in books}


def formulas(book: bytes, worked_out: Any) -> Iterator[Cell]:
    """Give every formula of a book with the value it was written with and the one it comes to."""
    written, cached = openpyxl.load_workbook(BytesIO(book)), openpyxl.load_workbook(BytesIO(book), data_only=True)
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    place = cell.coordinate
                    values = cached[sheet.title][place].value, worked_out[sheet.title][place].value
                    yield Cell(sheet.title, place, str(cell.value), *values)
