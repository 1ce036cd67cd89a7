"""(b) a full disk, (c) a folder that can't be written, and (d) damaged files."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.reliability.workshop import Ended, Tally, Workshop, answers_right, is_clear

from search.engine import Engine
from search.errors import KamerwijzerError
from search.settings import Settings

__all__ = [
    "damage_at_rest",
    "damage_while_open",
    "file_size_limits",
    "full_disks",
    "mounted",
    "not_writable",
]

_ROOM = 64_000_000
_PAGE = 4096
_NOBODY = 65534


@contextmanager
def mounted(folder: Path) -> Iterator[bool]:
    """Mount a memory disk on a folder; returns False if that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        done = False
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def _remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def full_disks(workshop: Workshop, number: int) -> Tally:
    """Build on a memory disk with a random amount of room; the index lies on it already."""
    tally = Tally()
    for _ in range(number):
        workshop.mend(tally)
        stat = os.statvfs(workshop.index)
        used = (stat.f_blocks - stat.f_bfree) * stat.f_frsize
        room = workshop.chance.randrange(0, used // _PAGE) * _PAGE
        workshop.change()
        _remount(workshop.index, f"size={used + room}")
        _try(workshop, lambda: None, tally)
        _remount(workshop.index, f"size={_ROOM}")
    workshop.mend(tally)
    return tally


def file_size_limits(workshop: Workshop, number: int) -> Tally:
    """Build in a process that may write files of a random size only (RLIMIT_FSIZE)."""
    tally = Tally()
    for _ in range(number):
        workshop.mend(tally)
        # What the process says goes into a file as well, of less than 2,000 bytes.
        largest = max(p.stat().st_size for p in workshop.index.rglob("*") if p.is_file())
        limit = 2000 + int(largest ** workshop.chance.uniform(0, 1.05))
        workshop.change()
        limits = (limit, limit)
        _try(workshop, partial(resource.setrlimit, resource.RLIMIT_FSIZE, limits), tally)
    workshop.mend(tally)
    return tally


def not_writable(workshop: Workshop, times: int, *, disk: bool) -> Tally:
    """Build in a read-only folder, and ask; with `disk` by remounting, else as user nobody."""
    tally = Tally()
    workshop.mend(tally)
    if disk:
        _remount(workshop.index, "ro")
    elif os.getuid():
        workshop.index.chmod(0o555)
    as_nobody = not disk and not os.getuid()
    for _ in range(times):
        workshop.change()
        _try(workshop, _as_nobody if as_nobody else lambda: None, tally, wants=1)
    if disk:
        _remount(workshop.index, "rw")
    workshop.index.chmod(0o755)
    workshop.change()
    workshop.mend(tally)
    return tally


def _as_nobody() -> None:
    os.setgid(_NOBODY)
    os.setuid(_NOBODY)


def _try(
    workshop: Workshop, before: Callable[[], object], tally: Tally, wants: int | None = None
) -> None:
    """Build under a hindrance: it ends well, or says what to do and leaves all as it was."""
    generation = (workshop.index / "CURRENT").read_text()
    names = {path.name for path in workshop.index.iterdir()}
    ended = workshop.build(before).wait()
    if wants is not None and ended.code != wants:
        tally.fault(f"ended with {ended.code}, not {wants}: {ended.said[-600:]}")
    elif ended.code == 0:
        tally.add("ended well all the same")
        workshop.look(tally)
        return
    elif ended.code != 1 or not is_clear(ended.said):
        tally.fault(f"ended with {ended.code}: {ended.said[-600:]}")
    else:
        tally.add("clear message")
    workshop.undo()
    left = {path.name for path in workshop.index.iterdir()} - names
    if left or (workshop.index / "CURRENT").read_text() != generation:
        tally.fault(f"left behind: {left}")
    # With the corpus as it was the index in use must answer as it did.
    ended = workshop.ask_once(before if wants else lambda: None).wait()
    if ended.code:
        tally.fault(f"the generation before did not answer ({ended.code}): {ended.said[-600:]}")
    else:
        tally.add("after which the generation before answers")


def _ask(ended: Ended, tally: Tally, when: str) -> None:
    """Count what a question gave: the right answer, or a message that says what to run."""
    if ended.code == 0:
        tally.add(f"{when}: right answer")
    elif ended.code == 1 and is_clear(ended.said):
        tally.add(f"{when}: clear message")
    else:
        tally.fault(f"{when}: {ended.code}: {ended.said[-600:]}")


def _harm(workshop: Workshop, index: Path) -> None:
    """Flip a bit of a random file of the generation in use, or cut it off at a random place."""
    folder = index / (index / "CURRENT").read_text().strip()
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size]
    path = workshop.chance.choice([*files, index / "CURRENT"])
    size = path.stat().st_size
    if workshop.chance.random() < 0.5:
        # In place, as a bad disk would; a file that somebody has open changes under him.
        os.truncate(path, workshop.chance.randrange(size))
        return
    with path.open("r+b") as file:
        file.seek(workshop.chance.randrange(size))
        byte = file.read(1)[0] ^ (1 << workshop.chance.randrange(8))
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte]))


def damage_at_rest(workshop: Workshop, number: int) -> Tally:
    """Damage a copy of the index, ask it in a new process, and build it anew now and then."""
    tally = Tally()
    workshop.mend(tally)
    whole = workshop.folder / "whole"
    shutil.copytree(workshop.index, whole)
    for trial in range(number):
        shutil.rmtree(workshop.index)
        shutil.copytree(whole, workshop.index)
        _harm(workshop, workshop.index)
        _ask(workshop.ask_once().wait(), tally, "new process")
        if trial % 5 == 0:
            workshop.mend(tally)
            tally.add("built anew")
    shutil.rmtree(whole)
    workshop.mend(tally)
    return tally


def damage_while_open(workshop: Workshop, number: int) -> Tally:
    """Damage an index that a process has open and has asked; it asks again."""
    tally = Tally()
    workshop.mend(tally)
    whole = workshop.folder / "whole"
    shutil.copytree(workshop.index, whole)

    def work() -> int:
        engine = Engine.open(Settings(workshop.corpus, workshop.index), reader=False)
        if not answers_right(engine):
            return 4
        _harm(workshop, workshop.index)
        try:
            return 0 if answers_right(engine) else 3
        except KamerwijzerError as error:
            print(error)
            return 1

    for _ in range(number):
        shutil.rmtree(workshop.index)
        shutil.copytree(whole, workshop.index)
        # Each fork has its own copy of the same chance: draw here, so that they differ.
        workshop.chance.seed(workshop.chance.random())
        _ask(workshop.run(work).wait(), tally, "running process")
    shutil.rmtree(whole)
    workshop.mend(tally)
    return tally
