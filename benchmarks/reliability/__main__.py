"""Breaks the index on purpose, many times, and writes the figures into RELIABILITY.md.

    make soak
    .venv/bin/python -m benchmarks.reliability ../shared/eval --kills 200

Needs Linux or another Unix. Disks that are full or may not be written are real ones, of memory,
where this may be mounted (as root); elsewhere the sizes of files are limited instead.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.reliability import disk, killing
from benchmarks.reliability.page import Part, machine, write_json, write_page
from benchmarks.reliability.thousand import a_thousand
from benchmarks.reliability.workshop import Tally, Workshop, load

_PAGE = Path(__file__).parents[1] / "RELIABILITY.md"


class _Soak:
    """The parts, done one after the other, each in a folder of its own."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self._folder = folder
        self._options = options
        self.parts: list[Part] = []

    def part(self, key: str, name: str, about: str, do: Callable[[Workshop], Tally]) -> None:
        """Do a part on a new small corpus and keep what came of it, if it is asked for."""
        if self._options.only and key not in self._options.only:
            return
        number = len(self.parts)
        workshop = Workshop(
            self._folder / str(number), random.Random(self._options.seed * 100 + number)
        )
        begun = time.monotonic()
        if key == "full":
            with disk.mounted(workshop.index) as may:
                if not may:
                    return
                workshop.begin()
                tally = do(workshop)
        else:
            workshop.begin()
            tally = do(workshop)
        self._keep(key, name, about, tally, begun)
        shutil.rmtree(workshop.folder)

    def thousand(self) -> None:
        """Do the thousand documents."""
        begun = time.monotonic()
        tally = a_thousand(self._folder / "thousand", self._options.texts)
        self._keep(
            "thousand",
            "A thousand documents",
            (
                "The command itself, each time a new process: from the start of Python to its end. "
                "The documents are three texts of the development sets each; vectors of texts that "
                "were embedded before come from the user's cache."
            ),
            tally,
            begun,
        )

    def _keep(self, key: str, name: str, about: str, tally: Tally, begun: float) -> None:
        self.parts.append(Part(key, name, about, tally, time.monotonic() - begun))
        print(f"{name}: {dict(tally.counts)}, faults: {len(tally.faults)}", flush=True)
        for fault in tally.faults[:5]:
            print(f"  {fault}", flush=True)

    def all(self) -> None:
        """Do every part but the thousand documents."""
        kills, trials = self._options.kills, self._options.trials
        self.part(
            "kills",
            "Killed at random moments",
            "`kill -9` of a build, uniformly over its time, while a reader asks; then a build.",
            lambda shop: killing.kills_at_moments(shop, kills),
        )
        self.part(
            "steps",
            "Killed at every step",
            "`kill -9` just before the first, second, third … time that a build opens, makes, "
            "renames or removes something in the index folder, as far as Python does it (what "
            "SQLite, tantivy and FAISS write themselves is left to the random moments).",
            lambda shop: killing.kills_at_steps(shop, 500),
        )
        self.part(
            "full",
            "Full disk, and a disk that may only be read",
            "A memory disk that holds the index, with room for a random part of a generation; "
            "afterwards remounted read-only, 5 times.",
            lambda shop: _both(
                disk.full_disks(shop, trials), disk.not_writable(shop, 5, disk=True)
            ),
        )
        self.part(
            "limits",
            "Files that may not grow",
            "`RLIMIT_FSIZE` of a random size in the process of the build: writing fails half-way, "
            "in each of the libraries.",
            lambda shop: disk.file_size_limits(shop, trials),
        )
        self.part(
            "other",
            "A folder of somebody else",
            "Build and ask as a user who may read the index but not write it.",
            lambda shop: disk.not_writable(shop, 5, disk=False),
        )
        self.part(
            "damage",
            "Damaged files",
            "A random bit flipped in, or a random end cut off, a random file of the generation in "
            "use or CURRENT; asked in a new process; every fifth is mended by a build.",
            lambda shop: disk.damage_at_rest(shop, 2 * trials),
        )
        self.part(
            "open",
            "Damaged under a running process",
            "The same, in place, while a process has the index open and mapped into memory.",
            lambda shop: disk.damage_while_open(shop, 2 * trials),
        )
        for together in (2, 4):
            self.part(
                f"together-{together}",
                f"{together} builds at once",
                "Started at the same moment; one builds, the others say that they wait.",
                partial(killing.builds_at_once, together=together, times=max(2, trials // 5)),
            )
        self.part(
            "readers",
            "Readers across generations",
            "Three readers follow the builds by themselves; a fourth keeps the generation that it "
            "opened first, which must stay until it is closed and go thereafter.",
            lambda shop: killing.readers_across_generations(shop, max(3, trials // 3)),
        )


def _both(one: Tally, other: Tally) -> Tally:
    """Put two tallies together."""
    for what, number in other.counts.items():
        one.add(f"read-only: {what}", number)
    one.faults += other.faults
    return one


def main() -> int:
    """Run all trials and write the page; returns 1 if there was a fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "texts", type=Path, nargs="?", help="folder of the development sets, for the thousand"
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--trials", type=int, default=60, help="of the other parts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=(), help="keys of the parts to do")
    parser.add_argument("--page", type=Path, default=_PAGE)
    parser.add_argument("--json", type=Path, help="write the figures here, and no page")
    options = parser.parse_args()
    where = machine()
    load()
    with tempfile.TemporaryDirectory(prefix="kamerwijzer-soak-") as folder:
        Path(folder).chmod(0o755)  # a part runs as another user
        soak = _Soak(Path(folder), options)
        soak.all()
        if options.texts:
            soak.thousand()
    if options.json:
        write_json(options.json, soak.parts)
    else:
        asked = f"seed {options.seed}, {options.kills} kills, {options.trials} trials"
        write_page(options.page, soak.parts, where, asked)
    return int(any(part.tally.faults for part in soak.parts))


if __name__ == "__main__":
    sys.exit(main())
