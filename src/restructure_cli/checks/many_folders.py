"""Checking many folders: shared out among the processor's cores, with the answer that one process would give.

Folders are looked at one by one, each with a reader of its own, so that what is held in memory does not grow with
their number. Folders of which one is based on a file of another stay together. What comes of them is put together in
the order of the files, whichever was done first.
"""

import gc
import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from restructure_cli.analysis.connected import Connected
from restructure_cli.checks.folders import Checked, Looked, check, look, sorted_out
from restructure_cli.files.kept import Kept
from restructure_cli.files.reader import Reader
from restructure_cli.files.text import is_folder, read_bytes, without_detours
from restructure_cli.model.findings import Finding
from restructure_cli.model.verdicts import Judged, Verdict

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

MANY = 32
"""From so many folders on they are looked at one by one, and it pays to share them out."""
AT_ONCE = 8
"""Folders that a process looks at before it hands over what it found."""
_BASED_ELSEWHERE = re.compile(rb"based_on[\"']?\s*:\s*[\"']?([^\"'\n,}#]*/[^\"'\n,}#]*)")


class _Group(NamedTuple):
    """Files that are looked at together, and those of them whose folder was walked."""

    ours: tuple[Path, ...]
    walked: tuple[Path, ...]


class _Done(NamedTuple):
    """What came of a group, and the files that were read for it with their SHA-256."""

    looked: Looked
    sha256: dict[str, str]


def check_many(
    paths: Iterable[Path],
    today: date | None = None,
    processes: int = 1,
    told: Callable[[int, int], None] = lambda done, of: None,
    *,
    claims_in_full: bool = True,
) -> Checked:
    """Check files and walk folders as `check` does; `told` hears how many folders are done, and of how many.

    Without `claims_in_full` the claims of many folders come with nothing but their verdicts, to be counted.
    """
    paths = list(dict.fromkeys(paths))
    if not any(map(is_folder, paths)) and len(paths) < MANY:
        return check(paths, today)
    reader = Reader()
    found = sorted_out(reader, paths)
    if len({path.parent for path in found.ours}) < MANY:
        return check(paths, today)
    groups = _groups(found.ours, found.walked)
    first = _Done(look(reader, [], found.findings, [], today), reader.sha256())
    done = [first]
    for so_far in _shared_out(groups, today, processes, claims_in_full):
        done += so_far
        told(len(done) - 1, len(groups))
    return _together(done, found.ours, found.passed_over)


def _groups(ours: list[Path], walked: list[Path]) -> list[_Group]:
    """Put together the files of a folder, and folders that are based on one another, in the order of the files."""
    together = Connected[Path]()
    for path in ours:
        together.add(path.parent)
        for folder in _bases(path):
            together.join(folder, path.parent)
    gathered: dict[Path, list[Path]] = {}
    for path in ours:
        gathered.setdefault(together.find(path.parent), []).append(path)
    whole = set(walked)
    return [_Group(tuple(files), tuple(path for path in files if path in whole)) for files in gathered.values()]


def _bases(path: Path) -> Iterator[Path]:
    """Name the other folders in which a file may have what it is based on, before it is read as YAML."""
    raw = read_bytes(path)
    if isinstance(raw, Finding) or b"based_on" not in raw:
        return
    for stated in _BASED_ELSEWHERE.findall(raw):
        below = path.parent / stated.decode("utf-8", "replace").strip()
        yield without_detours(below.parent)


def _shared_out(
    groups: list[_Group], today: date | None, processes: int, claims_in_full: bool
) -> Iterator[list[_Done]]:
    """Look at every group, in as many processes as there may be; where none can be started, in this one."""
    waiting = iter(groups)
    batches = list(iter(lambda: list(islice(waiting, AT_ONCE)), []))
    if processes > 1:
        yield from _in_processes(batches, today, min(processes, len(batches)), claims_in_full)
    else:
        yield from (_look_at(batch, today, claims_in_full) for batch in batches)


def _in_processes(
    batches: list[list[_Group]], today: date | None, processes: int, claims_in_full: bool
) -> Iterator[list[_Done]]:
    """Look at batches in processes; where none can be started, or the system ends one, this one does what is left."""
    from concurrent.futures import as_completed
    from concurrent.futures.process import BrokenProcessPool

    left = dict(enumerate(batches))
    with suppress(OSError, ImportError, NotImplementedError, BrokenProcessPool), _pool(processes) as pool:
        futures = {pool.submit(_in_a_process, batch, today, claims_in_full): number for number, batch in left.items()}
        for future in as_completed(futures):
            done = future.result()
            del left[futures[future]]
            yield done
    yield from (_look_at(batch, today, claims_in_full) for batch in left.values())


@contextmanager
def _pool(processes: int) -> "Iterator[ProcessPoolExecutor]":
    """Start processes, and leave none behind: whoever reads the output to its end waits for every one of them."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children

    pool = ProcessPoolExecutor(processes, initializer=_begin)
    try:
        yield pool
    except BaseException:
        for process in active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Make a process ready: it ends with the command, at Ctrl-C without a word, and collects cycles between batches."""
    Thread(target=_end_with_the_command, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()
    gc.freeze()


def _end_with_the_command() -> None:
    """End this process where the one that started it is ended from outside, and can tell nobody."""
    from multiprocessing import parent_process

    command = parent_process()
    if command is not None:
        command.join()
        os._exit(1)


def _in_a_process(batch: list[_Group], today: date | None, claims_in_full: bool) -> list[_Done]:
    done = _look_at(batch, today, claims_in_full)
    gc.collect()
    return done


def _look_at(batch: list[_Group], today: date | None, claims_in_full: bool) -> list[_Done]:
    """Look at some groups, each with a reader of its own."""
    done = []
    for group in batch:
        reader = Reader(kept=_KEPT)
        looked = look(reader, list(group.ours), [], list(group.walked), today)
        lighter = _without_derivation if claims_in_full else _verdict_alone
        light = tuple((path, tuple(map(lighter, judged))) for path, judged in looked.claims)
        done.append(_Done(looked._replace(claims=light), reader.sha256()))
    return done


_KEPT = Kept()
"""What a process has read lately: folders of one council often have the same grades file."""


def _without_derivation(judged: Judged) -> Judged:
    """Leave behind how a figure came about: a check does not tell, and it is the most of what would be handed over."""
    return judged._replace(trace=None)


_VERDICTS = {verdict: Judged("", (), "", "", None, verdict) for verdict in Verdict}


def _verdict_alone(judged: Judged) -> Judged:
    """Leave everything behind but the verdict."""
    return _VERDICTS[judged.verdict]


def _together(done: list[_Done], ours: list[Path], passed: list[str]) -> Checked:
    """Put together what came of the groups, in the order in which one process would tell it."""
    sha256 = {path: hash_ for one in done for path, hash_ in one.sha256.items()}
    verdicts = {path: judged for one in done for path, judged in one.looked.claims}
    reader = Reader()
    return Checked(
        findings=tuple(reader.located(_all(done, lambda looked: looked.findings))),
        files=tuple(sha256),
        sha256=lambda: sha256,
        passed_over=tuple(passed),
        line=reader.line,
        claims=tuple(judged for path in ours for judged in verdicts.get(path, ())),
        suppressed=tuple(reader.located(_all(done, lambda looked: looked.suppressed))),
    )


def _all(done: list[_Done], part: Callable[[Looked], tuple[Finding, ...]]) -> list[Any]:
    return [finding for one in done for finding in part(one.looked)]
