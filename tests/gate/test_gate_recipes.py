"""Hooks and recipes do what they say: their very commands fail on a broken structure and pass on a mended one.

The steps of the hook, the action, the workflow and the GitLab job are read from their files and run in a scratch
repository, as a runner would: `bash -eo pipefail`, one step after the other, with the variables that the platform
sets. Only two things are not run: installing the tool (these tests run it as it stands) and the platform's own API,
in whose place a program notes what it is asked for. The hooks are run by pre-commit itself as well, and what GitHub
and GitLab publish of the shape of such files is held against ours.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from repository import CURRENT, PROPOSED, Repository

from restructure_cli.render.pull_request import MARKER

ROOT = Path(__file__).parents[2]
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")

Json = dict[str, Any]
Break = Callable[[Repository], object]

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the recipes are for a POSIX shell"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def recipe(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


@dataclass(frozen=True)
class Done:
    """How a job ended, and what it wrote."""

    code: int
    told: str


class Runner:
    """Runs steps in a repository, with the commands of `tools` before any others."""

    def __init__(self, repository: Repository, folder: Path) -> None:
        self.repository = repository
        self.tools = folder / "tools"
        self.tools.mkdir()
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.environment = {
            "PATH": os.pathsep.join((str(self.tools), str(Path(sys.executable).parent), os.environ["PATH"])),
            "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "RUNNER_TEMP": str(self.temporary),
            "GITHUB_OUTPUT": str(self.temporary / "output"), "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        }  # fmt: skip

    def tool(self, name: str, script: str) -> Path:
        """Put a program in the place of one of the platform's; it notes its arguments in a file."""
        noted = self.temporary / f"{name}.txt"
        path = self.tools / name
        note = f"printf '%s\\n' \"$@\" --- >> '{noted}'"
        path.write_text(f"#!/bin/sh\n{note}\n{script}\n", "utf-8")
        path.chmod(0o755)
        return noted

    def run(self, *commands: str, **more: str) -> Done:
        told = ""
        for command in commands:
            ran = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
                cwd=self.repository.folder, env={**self.environment, **more}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
            )  # fmt: skip
            told += ran.stdout
            if ran.returncode:
                return Done(ran.returncode, told)
        return Done(0, told)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A repository whose main branch is sound, on a branch of its own."""
    made = Repository(tmp_path / "repository")
    made.write("structures/ashdale/current.yaml", CURRENT)
    made.write("structures/ashdale/proposed.yaml", PROPOSED)
    made.commit()
    made.git("update-ref", "refs/remotes/origin/main", "HEAD")
    made.git("checkout", "--quiet", "-b", "change")
    return Runner(made, tmp_path)


def _overfilled(made: Repository) -> None:
    made.write("structures/ashdale/current.yaml", CURRENT.replace("filled: 1.5", "filled: 2.5"))


def _misspelt_key(made: Repository) -> None:
    made.write("structures/ashdale/proposed.yaml", PROPOSED.replace("title: Lead", "titel: Lead"))


def _misspelt_header(made: Repository) -> None:
    made.write("structures/ashdale/proposed.yaml", PROPOSED.replace("restructure: ", "restucture: "))


def _base_gone(made: Repository) -> None:
    (made.folder / "structures/ashdale/current.yaml").unlink()


def _nothing_left(made: Repository) -> None:
    shutil.rmtree(made.folder / "structures")


def _emptied(made: Repository) -> None:
    made.write("structures/ashdale/current.yaml", "")


BROKEN: dict[str, tuple[Break, int]] = {
    "overfilled": (_overfilled, 1), "misspelt key": (_misspelt_key, 3), "misspelt header": (_misspelt_header, 3),
    "base gone": (_base_gone, 3), "nothing left": (_nothing_left, 3), "emptied": (_emptied, 3),
}  # fmt: skip
each_broken = pytest.mark.parametrize(("broken", "code"), BROKEN.values(), ids=BROKEN)


def mend(made: Repository) -> None:
    made.git("checkout", "--quiet", "origin/main", "--", "structures")


# The hook of pre-commit


def hook_commands() -> dict[str, str]:
    """Write each hook as pre-commit runs it: its entry, its arguments, and no file names."""
    return {hook["id"]: " ".join((hook["entry"], *hook.get("args", ()))) for hook in recipe(".pre-commit-hooks.yaml")}


def test_the_hooks_are_such_as_pre_commit_takes() -> None:
    for hook in recipe(".pre-commit-hooks.yaml"):
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert hook["language"] == "python", "pre-commit installs the project itself, with its command"
        assert not hook["pass_filenames"], "the whole folder is looked at"
        assert hook["always_run"], "a file that was deleted starts no hook by its name"


def test_pre_commit_itself_installs_the_hooks_and_runs_them(runner: Runner) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("pre-commit takes hooks from a git repository, and this is a copy without one")
    # pre-commit takes what was committed, and not what is being worked on
    revision = subprocess.check_output(["git", "-C", ROOT, "rev-parse", "HEAD"], encoding="utf-8").strip()
    hooks = [{"id": "restructure-check"}, {"id": "restructure-fmt"}]
    config = {"repos": [{"repo": str(ROOT), "rev": revision, "hooks": hooks}]}
    runner.repository.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    runner.repository.git("add", ".")
    sound = runner.run("pre-commit run --all-files")
    if re.search("NewConnectionError|Temporary failure in name resolution|No matching distribution", sound.told):
        pytest.skip("pre-commit installs the tool anew, and there is no network")
    assert sound.code == 0, sound.told
    assert re.search(r"restructure check\.+Passed\nrestructure fmt\.+Passed", sound.told)
    _overfilled(runner.repository)
    broken = runner.run("pre-commit run --all-files")
    assert broken.code == 1
    assert re.search(r"restructure check\.+Failed", broken.told)
    assert "error[EST201]" in broken.told


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "examples/ci/github.yml"),
        ("vendor.gitlab-ci", "examples/ci/gitlab.yml"),
    ],
)
def test_the_recipes_have_the_shape_that_their_platform_publishes(runner: Runner, schema: str, name: str) -> None:
    path = ROOT / name
    assert runner.run(f"check-jsonschema --builtin-schema {schema} '{path}'").code == 0
    broken = runner.repository.write(
        "recipe.yml", path.read_text("utf-8").replace("run:", "runn:").replace("script:", "scrip:")
    )
    assert runner.run(f"check-jsonschema --builtin-schema {schema} '{broken}'").code == 1


@each_broken
def test_the_hook_refuses_what_is_broken_and_passes_what_is_mended(runner: Runner, broken: Break, code: int) -> None:
    command = hook_commands()["restructure-check"]
    broken(runner.repository)
    assert runner.run(command).code == code
    mend(runner.repository)
    assert runner.run(command) == Done(0, runner.run(command).told)


def test_the_hook_of_the_layout_puts_files_in_order_and_says_so_by_changing_them(runner: Runner) -> None:
    command = hook_commands()["restructure-fmt"]
    runner.run(command)
    runner.repository.git("commit", "--quiet", "--all", "--allow-empty", "--message", "in order")
    path = runner.repository.write(
        "structures/ashdale/current.yaml", CURRENT.replace("fte: 2, filled", "fte:   2, filled")
    )
    untidy = path.read_text("utf-8")
    runner.run(command)
    assert path.read_text("utf-8") != untidy
    tidy = path.read_text("utf-8")
    runner.run(command)
    assert path.read_text("utf-8") == tidy, "the second run has nothing to change, and the commit goes through"


# The composite action


def action_steps(**given: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return the steps of the action that are commands: name, script, and variables with the inputs put in."""
    action = recipe("action.yml")
    inputs = {name: str(one["default"]) for name, one in action["inputs"].items()} | given
    steps = []
    for step in action["runs"]["steps"]:
        if "run" in step:
            assert step["shell"] == "bash"
            assert not EXPRESSION.search(step["run"]), "what a user gives comes in by a variable, and never as code"
            around = {
                name: EXPRESSION.sub(lambda found: inputs.get(found[1].removeprefix("inputs."), ""), value)
                for name, value in step.get("env", {}).items()
            }
            steps.append((step["name"], step["run"], around))
    return steps


def run_action(runner: Runner, *names: str, **given: str) -> Done:
    """Run the steps that are named, one after the other."""
    told = ""
    for name, script, around in action_steps(**given):
        if name in names:
            event = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "ashdale/posts"}
            numbered = {"NUMBER": "7"} if "NUMBER" in around else {}
            done = runner.run(script, **{**around, **event, **numbered})
            told += done.told
            if done.code:
                return Done(done.code, told)
    return Done(0, told)


def test_the_action_installs_itself_and_nothing_else() -> None:
    assert [name for name, _, _ in action_steps()] == [
        "Install restructure", "Check", "Say what changes", "Comment on the pull request",
    ]  # fmt: skip
    assert action_steps()[0][1] == 'python3 -m pip install --quiet "$GITHUB_ACTION_PATH"'


@each_broken
def test_the_action_fails_on_what_is_broken_and_passes_what_is_mended(runner: Runner, broken: Break, code: int) -> None:
    broken(runner.repository)
    failed = run_action(runner, "Check")
    assert failed.code == code
    assert "::error " in failed.told
    mend(runner.repository)
    assert run_action(runner, "Check").code == 0


def test_the_action_leaves_its_findings_for_other_steps(runner: Runner) -> None:
    _overfilled(runner.repository)
    run_action(runner, "Check")
    written = (runner.temporary / "output").read_text("utf-8").split()
    files = dict(line.split("=", 1) for line in written)
    assert set(files) == {"sarif", "junit"} == set(recipe("action.yml")["outputs"])
    assert json.loads(Path(files["sarif"]).read_text("utf-8"))["runs"][0]["results"]
    assert ElementTree.parse(files["junit"]).getroot().attrib["failures"] == "1"


def test_the_action_is_as_strict_as_it_is_told(runner: Runner) -> None:
    assert run_action(runner, "Check", **{"fail-on": "note"}).code == 1, "a note: nobody is named for a new post"
    assert run_action(runner, "Check", path="structure").code == 3, "a misspelt folder never passes"
    assert run_action(runner, "Check", path="--help").code == 3, "a path is never an option"
    assert run_action(runner, "Check", path="$(touch owned)").code == 3
    assert not (runner.repository.folder / "owned").exists()


@pytest.mark.parametrize("earlier", ["", "4711\n4712"])
def test_the_action_writes_its_comment_or_brings_the_earlier_one_up_to_date(runner: Runner, earlier: str) -> None:
    noted = runner.tool("gh", f"case \"$*\" in *--paginate*) printf '{earlier}';; esac")
    runner.repository.write("structures/ashdale/current.yaml", CURRENT.replace("fte: 2", "fte: 3"))
    done = run_action(runner, "Say what changes", "Comment on the pull request", against="origin/main")
    assert done.code == 0, done.told
    summary = (runner.temporary / "summary").read_text("utf-8")
    assert summary.startswith(MARKER)
    assert "| structures/ashdale/current.yaml | 1 more FTE | 2 | 3 | +1 |" in summary
    looked, wrote = noted.read_text("utf-8").split("---\n")[:2]
    assert MARKER in looked, "it looks for the marker that the comment has"
    where = "repos/ashdale/posts/issues/comments/4711" if earlier else "repos/ashdale/posts/issues/7/comments"
    method = "PATCH" if earlier else "POST"
    assert wrote.split("\n")[:-1] == [
        "api", "--silent", "--method", method, where, "--field", f"body=@{runner.temporary}/restructure.md",
    ]  # fmt: skip


# The workflow of the README


def workflow_steps() -> list[tuple[str, str]]:
    """Return the commands of the workflow with the conditions they are run under."""
    (job,) = recipe("examples/ci/github.yml")["jobs"].values()
    return [(step.get("if", ""), step["run"]) for step in job["steps"] if "run" in step]


def run_workflow(runner: Runner) -> Done:
    """Run the workflow as on a pull request to main."""
    return runner.run(*(script for _, script in workflow_steps()), GITHUB_ACTIONS="true", GITHUB_BASE_REF="main")


@each_broken
def test_the_workflow_fails_on_what_is_broken_and_passes_what_is_mended(
    runner: Runner, broken: Break, code: int
) -> None:
    broken(runner.repository)
    assert run_workflow(runner).code == code
    mend(runner.repository)
    assert run_workflow(runner).code == 0


def test_the_workflow_annotates_and_says_what_changes(runner: Runner) -> None:
    runner.repository.write("structures/ashdale/current.yaml", CURRENT.replace("fte: 2", "fte: 3"))
    done = run_workflow(runner)
    assert "::notice file=structures/ashdale/proposed.yaml" in done.told
    assert (
        "| structures/ashdale/proposed.yaml | 1 more FTE | 3 | 4 | +1 |" in (runner.temporary / "summary").read_text()
    )
    assert (runner.repository.folder / "findings.sarif").exists()
    conditions = [condition for condition, _ in workflow_steps() if condition]
    assert conditions == ["${{ !cancelled() && github.event_name == 'pull_request' }}"]


def test_the_workflow_installs_the_tool_only_where_it_is_not_there(runner: Runner) -> None:
    noted = runner.tool("python3", "exit 9")
    install = workflow_steps()[0][1]
    assert runner.run(install).code == 0
    assert not noted.exists()
    done = runner.run(install, PATH=os.pathsep.join((str(runner.tools), "/usr/bin", "/bin")), RESTRUCTURE="./wheel")
    assert done.code == 9, "a tool that cannot be installed ends the job"
    assert noted.read_text("utf-8").split() == ["-m", "pip", "install", "./wheel", "---"]


# The recipe for GitLab


def gitlab(job: str) -> list[str]:
    """Return the commands of a job; those before it stand first, as GitLab runs them."""
    jobs = recipe("examples/ci/gitlab.yml")
    return [*jobs[job]["before_script"], *jobs[job]["script"]]


@each_broken
def test_the_gitlab_job_fails_on_what_is_broken_and_passes_what_is_mended(
    runner: Runner, broken: Break, code: int
) -> None:
    broken(runner.repository)
    assert runner.run(*gitlab("establishment")).code == code
    assert ElementTree.parse(runner.repository.folder / "findings.xml").getroot().attrib["failures"] != "0"
    mend(runner.repository)
    assert runner.run(*gitlab("establishment")).code == 0
    assert recipe("examples/ci/gitlab.yml")["establishment"]["artifacts"]["reports"]["junit"] == "findings.xml"


@pytest.mark.parametrize("earlier", [None, 4711])
def test_the_gitlab_comment_is_written_or_brought_up_to_date(runner: Runner, earlier: int | None) -> None:
    notes = [{"id": 1, "body": "Looks good"}, *([{"id": earlier, "body": f"{MARKER}\nas it was"}] if earlier else [])]
    runner.tool("python3", f'exec "{sys.executable}" "$@"')
    runner.repository.write("notes.json", json.dumps(notes))
    noted = runner.tool("curl", 'case "$*" in *per_page*) cat notes.json;; esac')
    runner.repository.write("structures/ashdale/current.yaml", CURRENT.replace("fte: 2", "fte: 3"))
    around = {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": runner.repository.git("rev-parse", "origin/main").strip(),
        "CI_API_V4_URL": "https://gitlab.example.org/api/v4", "CI_PROJECT_ID": "12",
        "CI_MERGE_REQUEST_IID": "7", "RESTRUCTURE_TOKEN": "secret",
    }  # fmt: skip
    done = runner.run(*gitlab("establishment-comment"), **around)
    assert done.code == 0, done.told
    assert (runner.repository.folder / "comment.md").read_text("utf-8").startswith(MARKER)
    wrote = noted.read_text("utf-8").split("---\n")[1].split("\n")
    url = "https://gitlab.example.org/api/v4/projects/12/merge_requests/7/notes"
    assert wrote[wrote.index("--request") + 1] == ("PUT" if earlier else "POST")
    assert wrote[wrote.index("--data-urlencode") + 1] == "body@comment.md"
    assert wrote[-2] == (f"{url}/{earlier}" if earlier else url)
