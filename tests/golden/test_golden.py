"""Golden runs: each command on each council says what it said when somebody last read it.

A file below this folder holds one run: the command, its exit code, standard output and standard error, byte
for byte (a carriage return stands as ␍, a byte order mark as ⟨BOM⟩). `pytest tests/golden --update` writes them
anew; the difference is then for a person to read.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from restructure_cli.cli import VERBS
from running import Ran, Restructure

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COUNCILS = (
    "examples",
    *sorted(f"structures/{folder.name}" for folder in (ROOT / "structures").iterdir() if folder.is_dir()),
)
OF_A_COUNCIL = [
    verb for verb in VERBS if verb not in ("national", "import", "rule", "report", "publish", "schema", "fmt", "init")
]
"""The verbs that work on a council's files; the others have golden runs, or tests, of their own."""
TODAY = "2026-11-30"
"""The day of every check, so that a suppression whose date comes does not change what a golden run says."""
DATA = {
    "examples": [f"{verb}-{form}" for verb in OF_A_COUNCIL for form in ("json", "csv")],
    "structures/sefton": ["diff-json", "diff-csv", "vacancies-csv", "cost-csv"],
}
"""What is kept as data as well, by folder."""


@dataclass(frozen=True)
class Case:
    """One run; `columns` is the width of the terminal, None for a pipe."""

    file: str
    arguments: tuple[str, ...]
    columns: int | None = 80

    def __str__(self) -> str:
        return self.file

    @property
    def path(self) -> Path:
        return HERE / f"{self.file}.txt"

    def told(self, ran: Ran) -> str:
        width = f"COLUMNS={self.columns} " if self.columns else ""
        parts = [f"$ {width}restructure {' '.join(self.arguments)}\nexit code {ran.code}\n"]
        streams = (("standard output", ran.out), ("standard error", ran.err))
        parts += [f"\n──── {name}\n{text}" for name, text in streams if text]
        return "".join(parts).replace("\ufeff", "⟨BOM⟩").replace("\r", "␍")


def _of(council: str) -> list[Case]:
    current, proposed, grades = (f"{council}/{name}.yaml" for name in ("current", "proposed", "grades"))
    name = council.rsplit("/", maxsplit=1)[-1]
    cases = [
        Case(f"{name}/diff", ("diff", current, proposed)),
        Case(f"{name}/diff-grades", ("diff", current, proposed, "--grades", grades)),
        Case(f"{name}/diff-by-team", ("diff", council, "--by", "team")),
        Case(f"{name}/diff-summary", ("diff", council, "--detail", "summary")),
        Case(f"{name}/diff-all", ("diff", council, "--detail", "all")),
        Case(f"{name}/diff-pipe", ("diff", council), columns=None),
        Case(f"{name}/vacancies", ("vacancies", current)),
        Case(f"{name}/vacancies-pools", ("vacancies", current, proposed)),
        Case(f"{name}/cost", ("cost", "--grades", grades)),
        Case(f"{name}/cost-by-team", ("cost", council, "--by", "team")),
        Case(f"{name}/explain", ("explain", council)),
        Case(f"{name}/chart", ("chart", council), columns=100),
        Case(f"{name}/check", ("check", council, "--today", TODAY)),
        Case(f"{name}/claims", ("claims", council)),
        Case(f"{name}/publish", ("publish", council)),
        Case(f"{name}/publish-chart", ("publish", council, "--format", "csv")),
    ]
    if (ROOT / council / "funding.yaml").exists():
        cases.append(Case(f"{name}/gap", ("gap", council), columns=100))
    for kept in DATA.get(council, ()):
        verb, form = kept.split("-")
        cases.append(Case(f"{name}/{kept}", (verb, council, "--format", form)))
    return cases


IMPORT = ("import", "examples/hr-extract.csv", "--organisation", "Ashdale Council", "--dry-run")
CASES = [case for council in COUNCILS for case in _of(council)] + [
    Case("version", ("--version",)),
    Case("changes-and-exit-code", ("diff", "examples", "--detail", "summary", "--exit-code")),
    Case("no-such-folder", ("diff", "structures/nowhere")),
    Case("years", ("cost", "--grades", "examples/grades.yaml", "--year", "2026-27", "--start", "2026-10-01")),
    Case("gap-pipe", ("gap", "examples", "--years", "1"), columns=None),
    Case("gap-explained", ("explain", "examples", "--gap", "2027-28"), columns=100),
    Case("columns", ("cost", "examples", "--detail", "all"), columns=None),
    Case(
        "monmouthshire-explained",
        (
            "explain",
            "structures/monmouthshire/proposed.yaml",
            "--post",
            "service-manager-safeguarding",
            "--year",
            "2019-20",
        ),
    ),
    Case("import", IMPORT),
    Case("import-over-the-example", (*IMPORT, "--to", "examples", "--as-at", "2026-09-01")),
    Case("import-json", (*IMPORT, "--format", "json"), columns=None),
    Case("import-csv", (*IMPORT, "--format", "csv"), columns=None),
    Case("check-all", ("check", "structures", "examples", "--today", TODAY)),
    Case("rules", ("rule",), columns=100),
    Case("rule", ("rule", "FND504")),
    Case("fmt-check", ("fmt", "--check", "examples", "structures/sefton/current.yaml")),
    Case("fmt-of-nothing", ("fmt", "structures/nowhere")),
    Case("init-over-something", ("init", "structures/sefton")),
    Case("no-such-schema", ("schema", "payroll")),
    Case("examples/claims-narrow", ("claims", "examples"), columns=50),
    Case("examples/claims-pipe", ("claims", "examples/claims.yaml"), columns=None),
    Case("claims/broken", ("claims", "tests/errors/gallery/CLM601-broken")),
    Case("claims/other-difference", ("claims", "tests/errors/gallery/CLM603-other-difference")),
    Case("claims/not-computed", ("claims", "tests/errors/gallery/CLM605-unknown")),
    Case("claims/misspelt", ("claims", "tests/errors/gallery/REF209-selection")),
    Case("claims/refused", ("claims", "tests/errors/gallery/SCH103-expression")),
    Case("claims/no-such-folder", ("claims", "structures/nowhere")),
    Case("claims/no-claims-file", ("claims", "tests/errors/gallery/EST205-funding")),
    Case("examples/report", ("report", "examples", "--format", "markdown")),
    Case("examples/chart-mermaid", ("chart", "examples", "--format", "mermaid")),
    Case("examples/chart-svg", ("chart", "examples", "--format", "svg")),
]
IN_A_PROCESS = {"sefton/diff", "examples/diff-csv", "examples/check", "no-such-folder"}


def held(case: Case) -> str:
    """Return the golden run, as it stands in its file."""
    assert case.path.exists(), f"no {case.path.name} yet: run `pytest tests/golden --update` and read it"
    return case.path.read_bytes().decode()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_command_says_what_it_said(
    case: Case, restructure: Restructure, monkeypatch: pytest.MonkeyPatch, updating: bool
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COLUMNS", raising=False)
    if case.columns:
        monkeypatch.setenv("COLUMNS", str(case.columns))
    told = case.told(restructure(*case.arguments))
    if updating:
        case.path.parent.mkdir(exist_ok=True)
        case.path.write_bytes(told.encode())
    assert told == held(case)


@pytest.mark.parametrize("case", [case for case in CASES if case.file in IN_A_PROCESS], ids=str)
def test_a_process_of_its_own_says_the_same(case: Case, updating: bool) -> None:
    if updating:
        pytest.skip("the golden runs are being written anew")
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    if case.columns:
        environment["COLUMNS"] = str(case.columns)
    script = Path(sys.executable).with_name("restructure.exe" if os.name == "nt" else "restructure")
    command = [str(script), *case.arguments]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=False)
    out, err = ran.stdout.decode(), ran.stderr.decode()
    assert case.told(Ran(ran.returncode, out, err, 0.0)) == held(case)


def test_no_golden_run_is_left_over() -> None:
    kept = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*.txt")}
    assert kept == {f"{case.file}.txt" for case in CASES}


def test_every_verb_is_run_on_every_council() -> None:
    for council in COUNCILS:
        runs = [case.arguments for case in CASES if any(word.startswith(council) for word in case.arguments)]
        verbs = {arguments[0] for arguments in runs}
        without = set() if (ROOT / council / "funding.yaml").exists() else {"gap"}
        assert verbs >= set(OF_A_COUNCIL) - without
