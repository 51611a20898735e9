"""What all tests share: `--update`, which writes golden files anew, the command line, and lines of any length."""

from functools import partial

import pytest
from hypothesis import settings

from programs import PROGRAMS, program
from restructure_cli.cli import progress
from running import Restructure, in_this_process

settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")  # the same cases on every machine; `--hypothesis-profile=default` looks for new ones


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write golden files anew, to be read before they are kept")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which programs were not there, so that nobody takes tests that were skipped for tests that passed."""
    absent = [name for name in PROGRAMS if program(name) is None]
    if absent:
        told = f"Not on this machine, and the tests that need it skipped: {', '.join(absent)}"
        terminalreporter.write_line(told)


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def restructure(capsys: pytest.CaptureFixture[str]) -> Restructure:
    """Run a command in this process: `restructure("check", folder)`."""
    return partial(in_this_process, capsys)


@pytest.fixture(autouse=True)
def _as_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lines be of any length, and no run be long, wherever the tests run; a test that wants else sets it itself."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(progress, "_LONG", 3600.0)
