"""(a) `kill -9` at random moments and at every step on the disk, and (e, f) many at once."""

from __future__ import annotations

import os
import signal
import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.reliability.reading import end_reader, start_reader
from benchmarks.reliability.workshop import Fork, Tally, Workshop, waited

__all__ = ["builds_at_once", "kills_at_moments", "kills_at_steps", "readers_across_generations"]

_STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "open", "fcntl.flock")


def kills_at_moments(workshop: Workshop, number: int) -> Tally:
    """Kill as many builds at random moments while a reader asks; build after each."""
    tally = Tally()
    reader = start_reader(workshop)
    took = [_seconds(workshop) for _ in range(5)]
    longest = 1.1 * statistics.median(took)
    tally.add("milliseconds per build (median)", round(1000 * statistics.median(took)))
    while tally.counts["killed"] < number and len(tally.faults) < 50:
        workshop.change()
        build = workshop.build()
        time.sleep(workshop.chance.uniform(0, longest))
        build.kill()
        _take(workshop, build, tally)
        workshop.mend(tally, readers=1)
    end_reader(reader, tally)
    workshop.mend(tally)
    return tally


def kills_at_steps(workshop: Workshop, most: int) -> Tally:
    """Kill a build at each step that it takes in the index folder, one after the other."""
    tally = Tally()
    reader = start_reader(workshop)
    step, ended = 0, False
    while not ended and len(tally.faults) < 50:
        step += 1
        workshop.change()
        build = workshop.build(_die_at(workshop, step))
        ended = not _take(workshop, build, tally)
        workshop.mend(tally, readers=1)
        if step > most:
            tally.fault(f"after {most} steps the build had not ended")
            break
    end_reader(reader, tally)
    workshop.mend(tally)
    return tally


def _die_at(workshop: Workshop, step: int) -> Callable[[], None]:
    """Return a hook by which a process kills itself before its nth step in the index folder."""
    index = str(workshop.index)

    def before() -> None:
        left = step

        def hook(event: str, values: tuple[object, ...]) -> None:
            nonlocal left
            if event in _STEPS and (event == "fcntl.flock" or index in str(values)):
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)

    return before


def _take(workshop: Workshop, build: Fork, tally: Tally) -> bool:
    """Take the end of a build; tell whether it was killed, and count what it left."""
    ended = build.wait()
    if ended.code == 0:
        tally.add("had ended already")
        return False
    if ended.code != -signal.SIGKILL:
        tally.fault(f"a build ended with {ended.code}: {ended.said[-600:]}")
        return False
    tally.add("killed")
    if any(path.name.endswith(".part") for path in workshop.index.iterdir()):
        tally.add("killed with half a generation on the disk")
    return True


def _seconds(workshop: Workshop) -> float:
    workshop.change()
    begun = time.monotonic()
    workshop.build().wait()
    return waited(begun)


def builds_at_once(workshop: Workshop, together: int, times: int) -> Tally:
    """Start builds at the same moment; all must end well, and those that wait must say so."""
    tally = Tally()
    for _ in range(times):
        workshop.change()
        builds = [workshop.build() for _ in range(together)]
        ends = [build.wait() for build in builds]
        for ended in ends:
            if ended.code:
                tally.fault(f"build ended with {ended.code}: {ended.said[-600:]}")
            tally.add("builds that ended well")
            tally.add("said that it waits", int("even geduld" in ended.said))
        workshop.look(tally)
    return tally


def readers_across_generations(workshop: Workshop, builds: int) -> Tally:
    """Let three readers follow as many builds, and a fourth keep the generation it opened."""
    tally = Tally()
    first = (workshop.index / "CURRENT").read_text().strip()
    readers = [start_reader(workshop) for _ in range(3)]
    stays = start_reader(workshop, stays=True)
    time.sleep(1.5)
    for _ in range(builds):
        workshop.change()
        workshop.mend(tally, readers=4)
        time.sleep(0.3)
    if not (workshop.index / first).is_dir():
        tally.fault("the generation that was still read is gone")
    for reader in readers:
        end_reader(reader, tally)
    end_reader(stays, tally, "reader that stays")
    workshop.mend(tally)
    if (workshop.index / first).exists():
        tally.fault("the old generation stayed when nobody read it any more")
    return tally
