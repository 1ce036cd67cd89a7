"""What people do together: think and ask, ask in the same instant, ask for an hour."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from benchmarks.load.person import WrongAnswer
from benchmarks.load.processes import cpu_of, own_cpu

__all__ = ["Crowd", "at_once", "counted", "in_turn", "thinking"]


class Asker(Protocol):
    """A person at the app, by websocket or in a browser."""

    async def ask(self) -> float:
        """Ask the next question; returns the seconds until its answer was there."""

    async def think(self, shortest: float, longest: float) -> None:
        """Think for some seconds, anything between the two being as likely."""


@dataclass(slots=True)
class Crowd:
    """The results of people asking together."""

    waits: list[float] = field(default_factory=list)
    """Seconds that each question took, in order of their answers."""
    wrong: list[str] = field(default_factory=list)
    """Questions that got another answer than theirs, or none."""
    seconds: float = 0.0
    server_cpu: float = 0.0
    clients_cpu: float = 0.0

    async def ask(self, person: Asker) -> None:
        """Let one person ask one question, and store the result."""
        try:
            self.waits.append(await person.ask())
        except (WrongAnswer, TimeoutError) as error:
            self.wrong.append(repr(error))


@contextmanager
def counted(
    crowd: Crowd, server: int, browser: Callable[[], float] = lambda: 0.0
) -> Iterator[Crowd]:
    """Count the seconds, and the processor time of server and clients, within the block.

    `browser` gives the processor time of browsers so far.
    """
    began, own, served = time.perf_counter(), own_cpu() + browser(), cpu_of(server)
    try:
        yield crowd
    finally:
        crowd.seconds += time.perf_counter() - began
        crowd.clients_cpu += own_cpu() + browser() - own
        crowd.server_cpu += cpu_of(server) - served


async def thinking(
    crowd: Crowd, people: Sequence[Asker], seconds: float, pause: tuple[float, float]
) -> None:
    """Let everyone think, ask, read and think again for some time; `pause` is in seconds."""
    until = time.perf_counter() + seconds

    async def live(person: Asker) -> None:
        # People begin at different moments.
        await person.think(0, pause[1])
        while time.perf_counter() < until:
            await crowd.ask(person)
            await person.think(*pause)

    await _together([live(person) for person in people])


async def at_once(
    crowd: Crowd, people: Sequence[Asker], rounds: int, rest: float = 1.0
) -> list[float]:
    """Let everyone ask in the same instant, several times; returns the longest wait of each.

    `rest` is the seconds between one time and the next.
    """
    last = []
    for _ in range(rounds):
        before = len(crowd.waits)
        await _together([crowd.ask(person) for person in people])
        last.append(max(crowd.waits[before:], default=0.0))
        await asyncio.sleep(rest)
    return last


async def in_turn(
    crowd: Crowd,
    people: Sequence[Asker],
    questions: int,
    each: Callable[[Asker, int], Awaitable[None]],
) -> None:
    """Let everyone ask the next question as soon as the answer to the last one is there.

    `questions` is the total for all of them; after each question `each` is called with the person
    and the number of questions done.
    """
    asked = done = 0

    async def live(person: Asker) -> None:
        nonlocal asked, done
        while asked < questions:
            asked += 1
            await crowd.ask(person)
            done += 1
            await each(person, done)

    await _together([live(person) for person in people])


async def _together(lives: Sequence[Coroutine[Any, Any, None]]) -> None:
    async with asyncio.TaskGroup() as group:
        for life in lives:
            group.create_task(life)
