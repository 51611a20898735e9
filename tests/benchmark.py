"""The promises about speed, kept or broken, as ratios measured in one run: `python tests/benchmark.py`.

Each promise sets a command beside a plain piece of Python that does the least it could. The two take turns,
so that whatever else the machine does falls on both, and their medians are compared. `--quick` looks at small
files once and judges nothing. Ends with 1 where a promise is broken.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
EVENTS = """
import pathlib, sys, time, yaml
path = pathlib.Path(sys.argv[1])
files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
began = time.perf_counter()
for file in files:
    with open(file, encoding="utf-8") as f:
        for _ in yaml.parse(f, Loader=yaml.CSafeLoader): pass
print(time.perf_counter() - began)
"""
TYPER = "import typer"
LIBRARIES = "import typer, rich.console, rich.table, yaml; from pydantic import BaseModel"
SIZES = (1_000, 10_000, 100_000)
MOST_MEGABYTES = 500
FOLDERS = 1_000


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds, and the most memory it held, where the system says so."""

    seconds: float
    megabytes: float | None = None


@dataclass(frozen=True)
class Promise:
    """A promise with what was measured and what it may be at most."""

    says: str
    measured: float | None
    most: float
    unit: str
    how: str

    @property
    def kept(self) -> bool:
        return self.measured is None or self.measured <= self.most

    def told(self, judged: bool) -> str:
        """Write the promise on a line, and below it what the figure is made of."""
        verdict = "" if not judged else "kept" if self.kept else "BROKEN"
        measured = "not measured" if self.measured is None else f"{self.measured:.2f}{self.unit}"
        line = f"{self.says:<38}{measured:>13}   promised {f'{self.most:g}{self.unit}':<8}{verdict}"
        return f"{line.rstrip()}\n    {self.how}"


def restructure(*arguments: object) -> list[str]:
    """Return the command as it was installed beside this Python."""
    script = Path(sys.executable).with_name("restructure.exe" if os.name == "nt" else "restructure")
    return [str(script), *map(str, arguments)]


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


def timed(command: list[str]) -> Run:
    """Run a command, its output thrown away, from its start to its end."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        if not hasattr(os, "wait4"):
            _, told = process.communicate()
            megabytes = None
        else:
            assert process.stderr is not None
            told = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            megabytes = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
        seconds = time.perf_counter() - began
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{told.decode()}")
    return Run(seconds, megabytes)


def events(path: Path) -> Run:
    """Time libyaml's bare event stream over a file, or every file of a folder, start-up left out."""
    told = subprocess.run(python(EVENTS, path), capture_output=True, check=True, encoding="utf-8").stdout
    return Run(float(told))


def in_pairs(ours: Callable[[], Run], theirs: Callable[[], Run], rounds: int) -> tuple[list[Run], list[Run]]:
    """Run two things in turns, after one turn that does not count."""
    pairs = [(ours(), theirs()) for _ in range(rounds + 1)]
    if rounds > 1:
        pairs = pairs[1:]
    return [one for one, _ in pairs], [other for _, other in pairs]


def median(runs: list[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def most_memory(runs: list[Run]) -> float | None:
    held = [run.megabytes for run in runs if run.megabytes is not None]
    return max(held, default=None)


def start_up(rounds: int) -> Iterator[Promise]:
    """Measure what a user waits for on small files."""
    for says, ours, code, most in (
        ("restructure --version", restructure("--version"), TYPER, 1.3),
        ("restructure diff structures/sefton", restructure("diff", "structures/sefton"), LIBRARIES, 1.7),
    ):
        mine, plain = in_pairs(partial(timed, ours), partial(timed, python(code)), rounds)
        how = f"{median(mine):.3f} s, over {median(plain):.3f} s for `{code}`"
        yield Promise(says, median(mine) / median(plain), most, "×", how)


def large_files(folder: Path, sizes: tuple[int, ...], rounds: int) -> Iterator[Promise]:
    """Measure what a county's whole establishment costs in time and memory, and how that grows."""
    grades = folder / "grades.yaml"
    grades.write_text(grades_file(), "utf-8")
    seconds = {}
    for size in sizes:
        posts = folder / f"{size}.yaml"
        posts.write_text(structure_file(size), "utf-8")
        command = restructure("cost", posts, "--grades", grades)
        more = 1 if size == sizes[-1] else 3
        mine, plain = in_pairs(partial(timed, command), partial(events, posts), rounds * more)
        seconds[size] = median(mine)
        told = f"{median(mine):.3f} s, {median(mine) / size * 1e6:.0f} µs a post"
        print(f"  {size:>7,} posts, {posts.stat().st_size / 1e6:.1f} MB: {told}", file=sys.stderr)
    how = f"{median(mine):.2f} s, over {median(plain):.2f} s for libyaml's bare events"
    yield Promise(f"restructure cost, {sizes[-1]:,} posts", median(mine) / median(plain), 3.0, "×", how)
    told = "the largest resident size of the process"
    yield Promise("  the most memory it holds", most_memory(mine), MOST_MEGABYTES, " MB", told)
    small, middle, large = sizes
    early = (seconds[middle] - seconds[small]) / (middle - small)
    late = (seconds[large] - seconds[middle]) / (large - middle)
    how = f"{late * 1e6:.0f} µs for a further post, after {early * 1e6:.0f} µs for an early one"
    yield Promise(f"  a straight line from {small:,} to {large:,}", late / early, 1.5, "×", how)
    over_years = partial(timed, restructure("cost", posts, "--grades", grades, "--years", 5))
    five, one = in_pairs(over_years, partial(timed, command), rounds)
    how = f"{median(five):.2f} s, over {median(one):.2f} s for one year"
    yield Promise("  over five years", median(five) / median(one), 2.0, "×", how)


def many_folders(folder: Path, number: int, rounds: int) -> Iterator[Promise]:
    """Measure a check of folders of Sefton's size, no two alike, with as many processes as there are cores."""
    for says, left_out, most in (
        (f"restructure check, {number:,} folders", ("claims.yaml",), 3.0),
        ("  with 269 printed figures in each", (), 4.0),
    ):
        copies = folder / f"{len(left_out)}-left-out"
        for copy in range(number):
            (copies / f"{copy:04}").mkdir(parents=True)
            for path in sorted((ROOT / "structures/sefton").glob("*.yaml")):
                if path.name not in left_out:
                    text = f"{path.read_text('utf-8')}# Folder {copy}\n"
                    (copies / f"{copy:04}" / path.name).write_text(text, "utf-8")
        ours, theirs = partial(timed, restructure("check", copies)), partial(events, copies)
        mine, plain = in_pairs(ours, theirs, rounds)
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        how = f"{median(mine):.2f} s on {cores} cores, over {median(plain):.2f} s for libyaml's bare events on one"
        yield Promise(says, median(mine) / median(plain), most, "×", how)


TITLES = (
    "Social Worker", "Senior Social Worker", "Team Manager", "Family Support Worker", "Business Support Officer",
    "Administrator", "Personal Advisor", "Occupational Therapist", "Care Assistant", "Service Manager", "Cook",
    "Planning Officer", "Highways Inspector", "Library Assistant", "Caretaker", "Teaching Assistant",
)  # fmt: skip
FTE = (
    "1", "1", "1", "0.5", "0.6", "2", "0.81", "3.5", "1", "0.43", "0.8", "5.4", "1.62", "0.2", "0.76", "7", "12.35"
)  # fmt: skip
GRADES = tuple("ABCDEFGHIJKLMN")
HEADER = ("restructure: structure/1", "organisation: Ashdale Council")


def structure_file(size: int) -> str:
    """Write a structure of so many posts in the manner of the councils' own: 50 a team, 20 teams a service."""
    teams = -(-size // 50)
    lines = [*HEADER, "title: The whole council", "teams:"]
    lines += [f"  service-{number}: {{title: Service {number}}}" for number in range(-(-teams // 20))]
    lines += [f"  team-{number}: {{title: Team {number}, within: service-{number // 20}}}" for number in range(teams)]
    lines.append("posts:")
    for number in range(size):
        fte = FTE[number * 7 % len(FTE)]
        lines += [
            f"  post-{number}:",
            f"    title: {TITLES[number % len(TITLES)]}",
            f"    team: team-{number // 50}",
            f"    grade: {GRADES[number * 5 % len(GRADES)]}",
            f"    fte: {fte}",
            f"    filled: {'0' if number % 9 == 0 else fte}",
            f'    at: "{number // 5000 + 1}.{number // 50 % 100}"',
        ]
    return "\n".join(lines) + "\n"


def grades_file() -> str:
    """Write a scale of fourteen grades on a spine of points of its own, with on-costs at flat rates."""
    lines = ["restructure: grades/1", HEADER[1], "year: 2026-27", "pension: 18.4%", "points:"]
    lines += [f"  {point}: {24_000 + 611 * point}" for point in range(1, 57)]
    lines += ["on_costs: {national insurance: 11.3%, apprenticeship levy: 0.5%}", "grades:"]
    lines += [f"  {grade}: {{scp: {4 * number + 1}-{4 * number + 4}}}" for number, grade in enumerate(GRADES)]
    lines.append("years:")
    lines += [f"  {year}-{(year + 1) % 100}: {{pay_award: 3%}}" for year in range(2027, 2031)]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Measure, print a line a promise, and return 1 where one is broken."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--quick", action="store_true", help="small files, one round, no verdict")
    quick = options.parse_args(arguments).quick
    print("Measuring; this takes a few minutes.", file=sys.stderr)
    sizes = tuple(size // 100 for size in SIZES) if quick else SIZES
    promises = list(start_up(1 if quick else 15))
    with tempfile.TemporaryDirectory() as folder:
        promises += large_files(Path(folder), sizes, 1 if quick else 5)
        promises += many_folders(Path(folder), FOLDERS // 20 if quick else FOLDERS, 1 if quick else 3)
    for promise in promises:
        print(promise.told(judged=not quick))
    broken = [promise for promise in promises if not promise.kept]
    if quick:
        print("A quick look, which proves nothing: leave out --quick for the promises.")
        return 0
    print(f"{len(promises) - len(broken)} of {len(promises)} promises kept.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
