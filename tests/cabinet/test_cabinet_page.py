"""The page can be used by everybody: read aloud, by keyboard, without colour, without a network, on paper."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from reports_read import Page

from restructure_cli.model.report import Legend
from restructure_cli.render.legend import COLOURS, SIGNS
from running import Restructure

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["examples", "structures/sefton", "structures/bury"])
def written(request: pytest.FixtureRequest, restructure: Restructure) -> str:
    ran = restructure("report", ROOT / request.param, "--format", "html")
    assert ran.code == 0, ran.err
    return ran.out


def test_it_says_its_language_its_name_and_its_encoding(written: str) -> None:
    page = Page(written)
    given = dict(reversed(page.tags))
    assert given["html"]["lang"] == "en-GB"
    assert written.startswith("<!DOCTYPE html>") and given["meta"]["charset"] == "utf-8"
    assert re.search(r"<title>[^<]+</title>", written)


def test_its_headings_are_in_order(written: str) -> None:
    levels = [level for level, _ in Page(written).headings]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {2, 3} <= set(levels)


def test_every_table_has_a_caption_and_headers_with_a_scope(written: str) -> None:
    tags = Page(written).tags
    names = [tag for tag, _ in tags]
    assert names.count("table") == names.count("caption") == names.count("thead") > 10
    scopes = [given.get("scope") for tag, given in tags if tag == "th"]
    assert set(scopes) == {"col", "row", "rowgroup"}
    for row in re.findall(r"<tbody>(.*?)</tbody>", written, re.DOTALL):
        assert all(one.startswith("<th ") for one in re.findall(r"<tr[^>]*>(<.{3})", row))


def test_boxes_that_scroll_have_names_and_can_be_reached(written: str) -> None:
    tags = Page(written).tags
    ids = [given["id"] for _, given in tags if "id" in given]
    assert len(ids) == len(set(ids))
    boxes = [given for _, given in tags if given.get("role") == "region"]
    assert boxes and all(box["tabindex"] == "0" and box["aria-labelledby"] in ids for box in boxes)
    assert all(given["href"].removeprefix("#") in ids for tag, given in tags if tag == "a")


def test_drawings_are_silent_and_their_words_stand_beside_them(written: str) -> None:
    assert all(given.get("aria-hidden") == "true" for tag, given in Page(written).tags if tag == "svg")
    for bar in re.findall(r"<li><b>(.*?)</li>", written, re.DOTALL):
        assert re.search(r"£[\d,]+|not known|nothing of its cost is known", bar), bar


def test_nothing_runs_and_nothing_is_fetched(written: str) -> None:
    names = {tag for tag, _ in Page(written).tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert "default-src 'none'" in written
    assert not re.search(r"url\(|@import|javascript:", written)


def test_what_is_told_by_colour_is_told_in_words(written: str) -> None:
    """The legend of the charts and the marks in tables: each class that colours has its word in the element."""
    for name, word in re.findall(r'<span class="legend ([\w-]+)">([^<]*)</span>', written):
        assert word.replace(" ", "-").endswith(name)
    assert len(set(SIGNS.values())) == len(SIGNS) == len(Legend)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("legend", Legend)
def test_its_colours_can_be_read_on_white(legend: Legend) -> None:
    assert 1.05 / (luminance(COLOURS[legend]) + 0.05) >= 4.5
