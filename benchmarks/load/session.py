"""The load test from the first visitor to the last one who leaves."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from typing import Any

from benchmarks.load.browser import reading
from benchmarks.load.corpus import Question
from benchmarks.load.figures import growth, waits
from benchmarks.load.person import Person
from benchmarks.load.phases import Asker, Crowd, at_once, counted, in_turn, thinking
from benchmarks.load.processes import Memory, cpu_of, memory_of, own_cpu
from benchmarks.load.server import Served

__all__ = ["Load", "Plan"]

PAUSE = (2.0, 6.0)
"""Seconds that a person thinks between an answer and the next question."""
ALONE = 60
"""Questions that one person asks before the others come."""
STAY = 40
"""Questions after which a person opens the app anew: three sessions a person and an hour."""
EVERY = 20
"""Questions between two looks at the server's memory."""
WARM = 0.25
"""Share of the hour's questions after which the server counts as warm."""
FORGOTTEN = 130.0
"""Seconds after which Streamlit has dropped a session that was left (120) at the next event."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people, how many of them in a browser, and how much they do.

    `minutes` of asking with time to think, `rounds` of asking in the same instant, `questions`
    of the hour.
    """

    people: int
    browsers: int
    minutes: float
    rounds: int
    questions: int
    seed: int


class Load:
    """Drives one server; the parts are done in order, since each finds it as the last left it."""

    def __init__(self, plan: Plan, served: Served, questions: Sequence[Question]) -> None:
        """Plan the test of a server that runs; the questions are asked in turn, over and over."""
        self._plan = plan
        self._served = served
        self._questions: Iterator[Question] = cycle(questions)
        self._memory: list[tuple[str, Memory]] = []
        self._phases: dict[str, dict[str, Any]] = {}
        self._people: list[Person] = []

    async def all(self) -> dict[str, Any]:
        """Run all phases; returns the plan, the results of each, and the server's memory."""
        self._look("started")
        await self._alone()
        await self._arrive()
        await self._think()
        await self._at_once()
        curve = await self._hour()
        await self._leave()
        if self._plan.browsers:
            await self._in_browsers()
        return {
            "plan": asdict(self._plan) | {"pause": PAUSE, "stay": STAY},
            "phases": self._phases,
            "memory": {name: asdict(held) for name, held in self._memory},
            "curve": curve,
        }

    async def _alone(self) -> None:
        """Let one person ask alone: the first questions, and the waits without other users."""
        person = self._person(0)
        crowd = Crowd()
        await person.come()
        self._people.append(person)
        await crowd.ask(person)
        self._look("one session, first answer")
        first = crowd.waits.pop()
        with counted(crowd, self._served.process):
            for _ in range(ALONE):
                await crowd.ask(person)
        self._keep("alone", crowd, first_ms=round(first * 1000, 1))
        self._look("one session")

    async def _arrive(self) -> None:
        """Let the others come, and each ask one question."""
        crowd = Crowd()
        more = [self._person(n) for n in range(1, self._plan.people)]
        with counted(crowd, self._served.process):
            came = await asyncio.gather(*(person.come() for person in more))
            for person in more:
                await crowd.ask(person)
        self._people += more
        opened = asdict(waits(came)) if came else {}
        self._keep("arrive", crowd, first_page=opened)
        self._look("all sessions")

    async def _think(self) -> None:
        crowd = Crowd()
        with counted(crowd, self._served.process):
            await thinking(crowd, self._people, self._plan.minutes * 60, PAUSE)
        self._keep("thinking", crowd)
        self._look("after thinking")

    async def _at_once(self) -> None:
        crowd = Crowd()
        with counted(crowd, self._served.process):
            last = await at_once(crowd, self._people, self._plan.rounds)
        self._keep("at_once", crowd, last_of_a_round=asdict(waits(last)))
        self._look("after asking at once")

    async def _hour(self) -> dict[str, Any]:
        """Ask the questions of an hour without a pause; returns the curve of memory."""
        points: list[tuple[int, int]] = []
        asked_by: dict[int, int] = {}
        crowd = Crowd()

        async def after(person: Asker, asked: int) -> None:
            if asked % EVERY == 0:
                points.append((asked, memory_of(self._served.process).resident))
            asked_by[id(person)] = asked_by.get(id(person), 0) + 1
            if asked_by[id(person)] % STAY == 0 and isinstance(person, Person):
                await person.go()
                await person.come()

        with counted(crowd, self._served.process):
            await in_turn(crowd, self._people, self._plan.questions, after)
        self._keep("hour", crowd)
        self._look("after the hour")
        grown = growth(points, int(self._plan.questions * WARM))
        return {"points": points, "growth": asdict(grown)}

    async def _leave(self) -> None:
        """Let all leave, wait until the server has forgotten them, and let one look in."""
        await asyncio.gather(*(person.go() for person in self._people))
        self._people.clear()
        await asyncio.sleep(FORGOTTEN)
        # Streamlit drops what is too old when a session comes or goes.
        visitor = self._person(0)
        for _ in range(2):
            await visitor.come()
            await visitor.ask()
            await visitor.go()
        await asyncio.sleep(2)
        self._look("all have left")

    async def _in_browsers(self) -> None:
        """Let some ask in a real browser beside the others, with time to think."""
        number = min(self._plan.browsers, self._plan.people)
        people = [self._person(100 + n) for n in range(self._plan.people - number)]
        by_socket, by_browser = Crowd(), Crowd()
        async with reading(self._served.url, number, self._questions) as readers:
            await asyncio.gather(*(person.come() for person in people))
            for reader in readers:
                await reader.ask()  # the first draws a page that its browser has never seen
            both = Crowd()
            with counted(both, self._served.process, self._browsers_cpu):
                await asyncio.gather(
                    thinking(by_socket, people, self._plan.minutes * 60, PAUSE),
                    thinking(by_browser, readers, self._plan.minutes * 60, PAUSE),
                )
            self._look("with browsers")
            await asyncio.gather(*(person.go() for person in people))
        for crowd in (by_socket, by_browser):
            crowd.seconds, crowd.server_cpu = both.seconds, both.server_cpu
            crowd.clients_cpu = both.clients_cpu
        self._keep("beside_browsers", by_socket)
        self._keep("in_browsers", by_browser, browsers=number)

    def _browsers_cpu(self) -> float:
        """Return the processor time of the child processes, except the server."""
        started = cpu_of(os.getpid(), descendants=True) - own_cpu()
        return started - cpu_of(self._served.process)

    def _person(self, number: int) -> Person:
        return Person(self._served.url, self._questions, self._plan.seed * 1000 + number)

    def _look(self, when: str) -> None:
        held = memory_of(self._served.process)
        self._memory.append((when, held))
        print(f"{when}: {held.resident / 1e6:.0f} MB", flush=True)

    def _keep(self, name: str, crowd: Crowd, **more: object) -> None:
        told: dict[str, Any] = asdict(waits(crowd.waits)) if crowd.waits else {}
        told |= {
            "a_second": round(len(crowd.waits) / crowd.seconds, 2),
            "seconds": round(crowd.seconds, 1),
            "server_cpu": round(crowd.server_cpu, 1),
            "clients_cpu": round(crowd.clients_cpu, 1),
            "wrong": crowd.wrong,
            **more,
        }
        self._phases[name] = told
        shown = {k: v for k, v in told.items() if k != "wrong"}
        print(f"{name}: {shown}, wrong: {len(crowd.wrong)} {crowd.wrong[:2]}", flush=True)
