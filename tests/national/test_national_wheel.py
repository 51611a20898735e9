"""The wheel that people install has the national data in it: every parameter's YAML, byte for byte."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import restructure_cli.national
from restructure_cli.national.parameters import names

ROOT = Path(__file__).parents[2]
FOLDER = Path(restructure_cli.national.__file__).parent


def test_the_wheel_has_every_parameter(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = {
            name: archive.read(name) for name in archive.namelist() if name.startswith("restructure_cli/national/")
        }
    for name in names():
        path = FOLDER / f"{name}.yaml"
        assert inside[f"restructure_cli/national/{path.name}"] == path.read_bytes()
