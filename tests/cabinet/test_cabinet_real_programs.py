"""A browser and an office suite take the files: no page scrolls sideways, and every total arrives in print.

Skipped where Chromium or LibreOffice is not there; the closing line of pytest says so.
"""

import re
import subprocess
from pathlib import Path

import pytest

from programs import program
from running import Restructure

ROOT = Path(__file__).parents[2]
CHROMIUM, LIBREOFFICE = program("Chromium"), program("LibreOffice")
IN_A_FRAME = """<!DOCTYPE html><title>none</title>
<iframe id="page" src="report.html" width="{width}" height="800" style="border:0"></iframe>
<script>
addEventListener("load", () => {{
  const page = document.getElementById("page").contentDocument.documentElement;
  document.title = "scrolls " + page.scrollWidth + " of " + page.clientWidth;
}});
</script>"""


def browser(folder: Path, *arguments: object) -> str:
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    ran = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def written(restructure: Restructure, council: str, file: Path) -> Path:
    assert restructure("report", ROOT / council, "--output", file).code == 0
    return file


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("council", ["examples", "structures/sefton", "structures/bury"])
def test_no_page_scrolls_sideways(council: str, width: int, restructure: Restructure, tmp_path: Path) -> None:
    written(restructure, council, tmp_path / "report.html")
    frame = tmp_path / "frame.html"
    frame.write_text(IN_A_FRAME.format(width=width), "utf-8")
    dom = browser(tmp_path, "--allow-file-access-from-files", "--window-size=1400,900", "--dump-dom", frame.as_uri())
    found = re.search(r"<title>scrolls (\d+) of (\d+)</title>", dom)
    assert found, dom[:300]
    assert int(found[1]) <= int(found[2]) <= width


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
def test_a_page_prints(restructure: Restructure, tmp_path: Path) -> None:
    page, pdf = written(restructure, "structures/sefton", tmp_path / "report.html"), tmp_path / "report.pdf"
    browser(tmp_path, f"--print-to-pdf={pdf}", page.as_uri())
    assert pdf.read_bytes().startswith(b"%PDF") and pdf.stat().st_size > 50_000


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not on this machine")
def test_an_office_suite_reads_every_total_of_a_word_file(restructure: Restructure, tmp_path: Path) -> None:
    assert LIBREOFFICE is not None
    file = written(restructure, "structures/sefton", tmp_path / "report.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for form in ("pdf", "txt:Text (encoded):UTF8"):
        command = [LIBREOFFICE, profile, "--headless", "--convert-to", form, "--outdir", tmp_path, file]
        subprocess.run(command, capture_output=True, timeout=180, check=True)
    assert (tmp_path / "report.pdf").stat().st_size > 50_000
    text = (tmp_path / "report.txt").read_text("utf-8-sig")
    for figure in ("248.39", "355.36", "+106.97", "105.71", "28,000,000", "+2,450,000"):
        assert figure in text
