"""A caller that closes the output of a run, as some services do, still gets the code it ends with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import restructure_cli

SOURCE = str(Path(restructure_cli.__file__).parents[1])
FINE, BROKEN = "restructure: structure/1\norganisation: A\ntitle: B\nposts: {}\n", "restructure: structure/9\n"


@pytest.mark.skipif(os.name == "nt", reason="closing a stream before a program starts is for POSIX shells")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("text", "code"), [(FINE, 0), (BROKEN, 3)])
def test_a_closed_output_leaves_the_code(tmp_path: Path, closed: str, text: str, code: int) -> None:
    (tmp_path / "current.yaml").write_text(text, "utf-8")
    ran = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m restructure_cli check current.yaml {closed}'],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": SOURCE}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == code
    assert "fault of restructure" not in ran.stderr
    assert "Traceback" not in ran.stderr
