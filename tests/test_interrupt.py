"""Ctrl-C ends with 130 and without a word, even before the tool has imported what it needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import restructure_cli

SOURCE = str(Path(restructure_cli.__file__).parents[1])


@pytest.mark.parametrize("module", ["typer", "gc", "yaml"])
def test_an_interrupt_while_importing_is_quiet(tmp_path: Path, module: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Interrupts:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupts())\n"
        f"sys.modules.pop({module!r}, None)\n",
        "utf-8",
    )
    (tmp_path / "current.yaml").write_text("restructure: structure/1\norganisation: A\ntitle: B\n", "utf-8")
    path = os.pathsep.join([str(tmp_path), SOURCE])
    ran = subprocess.run(
        [sys.executable, "-m", "restructure_cli", "check", "current.yaml"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")
