"""A scratch git repository: files written, committed and changed as a team would."""

import os
import subprocess
from pathlib import Path

HEADER = "restructure: structure/1\norganisation: Ashdale Council\n"
CURRENT = HEADER + "title: Current\nposts:\n  clerk: {title: Clerk, grade: C, fte: 2, filled: 1.5}\n"
PROPOSED = "restructure: structure/1\nbased_on: current.yaml\ntitle: Proposed\nposts:\n  lead: {title: Lead, fte: 1}\n"


class Repository:
    """A repository in a folder of its own, out of reach of whoever's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        around = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        around |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
        command = ["git", *author, *arguments]
        ran = subprocess.run(command, cwd=self.folder, env=around, capture_output=True, encoding="utf-8", check=True)
        return ran.stdout

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "as it was")
