"""`restructure national` says what it said when somebody last read it, and ends as it should.

A file of `runs` holds one run: the command, its exit code, standard output and standard error. `pytest
tests/national --update` writes them anew; the difference is then for a person to read. SHA-256 sums stand as ⟨sha256⟩.
"""

import csv
import hashlib
import json
import re
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

import restructure_cli.national
from restructure_cli.national.parameters import names
from running import Ran, Restructure

RUNS = Path(__file__).parent / "runs"
FOLDER = Path(restructure_cli.national.__file__).parent
CASES = {
    "list": "",
    "list-2022-23": "--year 2022-23",
    "list-2026-27": "--year 2026-27",
    "list-2030-31": "--year 2030-31",
    "ni-rate-2022-23": "ni-rate --year 2022-23",
    "ni-rate-2022-23-json": "ni-rate --year 2022-23 --format json",
    "ni-threshold": "ni-threshold",
    "njc": "njc",
    "njc-2018-19": "njc --year 2018-19",
    "njc-2026-27": "njc --year 2026-27",
    "teachers-pension": "teachers-pension",
    "teachers-pension-csv": "teachers-pension --format csv",
}
WIDTH = 100


def told(arguments: str, ran: Ran) -> str:
    head = f"$ COLUMNS={WIDTH} restructure national {arguments}".rstrip()
    parts = [f"{head}\nexit code {ran.code}\n"]
    parts += [
        f"\n──── {name}\n{text}" for name, text in (("standard output", ran.out), ("standard error", ran.err)) if text
    ]
    return re.sub(r"\b[0-9a-f]{64}\b", "⟨sha256⟩", "".join(parts)).replace("\ufeff", "⟨BOM⟩").replace("\r", "␍")


@pytest.mark.parametrize("name", CASES)
def test_the_verb_says_what_it_said(
    name: str, restructure: Restructure, monkeypatch: pytest.MonkeyPatch, updating: bool
) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    now = told(CASES[name], restructure("national", *CASES[name].split()))
    path = RUNS / f"{name}.txt"
    if updating:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(now.encode())
    assert now == path.read_bytes().decode()


def test_no_run_is_left_over() -> None:
    assert {path.stem for path in RUNS.glob("*.txt")} == set(CASES)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ("", 0, ""),
        ("njc --year 2018-19", 0, ""),
        ("--year 2026-27", 0, ""),
        ("njc --year 2026-27", 3, "njc is not known for 2026-27"),
        ("njc-2015 --year 2019-20", 3, "njc-2015 is not known for 2019-20"),
        ("ni-rate --year 2013-14", 3, "ni-rate is not known for 2013-14"),
        ("--year 2030-31", 3, "ni-threshold is not known for 2030-31"),
        ("njx", 2, 'did you mean "njc"?'),
        ("teacher-pension", 2, 'did you mean "teachers-pension"?'),
        ("NI_RATE", 2, 'did you mean "ni-rate"?'),
        ("zzz", 2, "apprenticeship-levy"),
        ("--year 2024", 2, "2024-25"),
        ("--year 2024-26", 2, "not a financial year"),
    ],
)
def test_how_a_run_ends(
    arguments: str, code: int, says: str, restructure: Restructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    ran = restructure("national", *arguments.split())
    assert ran.code == code
    assert says in " ".join(ran.err.split())
    assert bool(ran.out) is (code == 0)


@pytest.mark.parametrize("name", names())
def test_every_source_of_a_parameter_is_shown(name: str, restructure: Restructure) -> None:
    shown = json.loads(restructure("national", name, "--format", "json").out)
    text = " ".join(restructure("national", name).out.split())
    for value in shown["parameters"][0]["values"]:
        assert value["from"] in text
        assert all(source in text for source in value["source"])
        assert not value["because"] or value["because"] in text


def test_json_has_every_value_and_the_files_it_is_from(restructure: Restructure) -> None:
    shown = json.loads(restructure("national", "--format", "json").out)
    assert shown["format"] == "restructure.national/1"
    assert shown["complete"] is True
    assert tuple(one["name"] for one in shown["parameters"]) == names()
    sums = {one["path"]: one["sha256"] for one in shown["inputs"]}
    assert sums == {
        f"national/{name}.yaml": hashlib.sha256((FOLDER / f"{name}.yaml").read_bytes()).hexdigest() for name in names()
    }


def test_json_of_a_year_says_what_is_missing(restructure: Restructure) -> None:
    shown = json.loads(restructure("national", "--year", "2026-27", "--format", "json").out)
    assert shown["complete"] is False
    assert [(gap["parameter"], gap["year"]) for gap in shown["missing"]] == [("njc", "2026-27")]
    in_force = {one["name"]: one["in_force"] for one in shown["parameters"]}
    assert in_force["njc"] is None
    assert in_force["ni-threshold"]["value"] == "5000"
    assert "njc-2015" not in in_force


def test_json_says_which_spine_numbers_the_points(restructure: Restructure) -> None:
    shown = json.loads(restructure("national", "njc", "--year", "2018-19", "--format", "json").out)
    (one,) = shown["parameters"]
    assert one["in_force"]["parameter"] == "njc-2015"
    assert one["in_force"]["points"]["49"] == "44697"
    assert one["follows"]["points"]["49"] == 43
    assert [entry["path"] for entry in shown["inputs"]] == ["national/njc-2015.yaml", "national/njc.yaml"]


def test_csv_has_a_row_a_figure(restructure: Restructure) -> None:
    def rows(*arguments: str) -> list[dict[str, str]]:
        out = restructure("national", *arguments, "--format", "csv").out
        assert out.startswith("\ufeff")
        return list(csv.DictReader(StringIO(out[1:])))

    year = rows("njc", "--year", "2018-19")
    assert [
        (row["name"], row["point"], row["value"], row["basis"]) for row in year if row["point"] in ("20", "30")
    ] == [
        ("njc-2015", "20", "19819", "assumed"),
        ("njc-2015", "30", "27358", "derived"),
    ]
    (blend,) = rows("ni-rate", "--year", "2022-23")
    assert Decimal(blend["value"]).quantize(Decimal("0.00001")) == Decimal("0.14529")
    assert "7 months at 15.05%" in blend["because"]
    missing = [row for row in rows("--year", "2026-27") if row["name"] == "njc"]
    assert [(row["value"], row["point"]) for row in missing] == [("unknown", "")]
    assert len(rows()) == sum(len(rows(name)) for name in names())
