"""One person at the app, as the browser's own client talks with the server."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from benchmarks.load.corpus import Question
from benchmarks.load.screen import Screen, quote_in, trouble_in
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

__all__ = ["Person", "WrongAnswer"]

_PATIENCE = 60.0
"""Seconds after which an answer is taken to have failed."""


class WrongAnswer(Exception):
    """The app did not show the right answer to the question."""


class Person:
    """A session of the app; ask one thing at a time."""

    def __init__(self, url: str, questions: Iterator[Question], seed: int = 0) -> None:
        """Begin with nothing open; `url` is the app's, `questions` what will be asked in turn."""
        self._url = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._questions = questions
        self._random = random.Random(seed)
        self._socket: ClientConnection | None = None
        self._screen = Screen()
        self.received = 0
        """Bytes that the server has sent."""

    async def come(self) -> float:
        """Open the app's first page in a new session; returns the seconds that it took."""
        self._screen = Screen()
        begun = time.perf_counter()
        self._socket = await connect(self._url, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        await self._run("")
        taken = time.perf_counter() - begun
        if "Stel uw vraag" not in self._screen.html:
            raise WrongAnswer(f"The first page holds no field to ask in: {self._screen.html[:300]}")
        return taken

    async def go(self) -> None:
        """Leave the app."""
        if self._socket:
            await self._socket.close()
            self._socket = None

    async def think(self, shortest: float, longest: float) -> None:
        """Think for some seconds, anything between the two being as likely."""
        await asyncio.sleep(self._random.uniform(shortest, longest))

    async def ask(self) -> float:
        """Ask the next question; returns the seconds until the whole answer was there.

        Raises WrongAnswer when what came is not the answer to it.
        """
        question = next(self._questions)
        begun = time.perf_counter()
        await self._run(urlencode({"vraag": question.text}))
        taken = time.perf_counter() - begun
        shown = quote_in(self._screen.html)
        if shown != (question.quote, question.passage):
            told = trouble_in(self._screen.html)
            raise WrongAnswer(f"{question} was answered with {shown} {told}".strip())
        return taken

    async def _run(self, query: str) -> None:
        """Let the server run its script for an address, and take in all that it sends."""
        if not self._socket:
            raise RuntimeError("come first")
        wish = BackMsg()
        wish.rerun_script.query_string = query
        wish.rerun_script.cached_message_hashes.extend(self._screen.kept())
        self._screen.begin()
        await self._socket.send(wish.SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            while True:
                data = await self._socket.recv()
                self.received += len(data)
                if isinstance(data, bytes) and self._screen.take(ForwardMsg.FromString(data)):
                    return
