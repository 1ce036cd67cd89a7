"""One person at the app in a real Chromium."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from benchmarks.load.corpus import Question
from benchmarks.load.person import WrongAnswer
from playwright.async_api import Browser, Page, async_playwright

__all__ = ["Reader", "chromium", "reading"]

_PATIENCE = 60.0
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SHOWN = """([quote, passage]) => {
  const words = (place) => (document.querySelector(place) || { textContent: "" }).textContent;
  window.answered = new Promise((resolve) => {
    let begun = 0;
    addEventListener("keydown", () => { begun = performance.now(); },
      { capture: true, once: true });
    const watcher = new MutationObserver(() => {
      if (!begun || words(".kw-answer .kw-quote") !== quote) return;
      if (words(".kw-hit .kw-quote") !== passage) return;
      watcher.disconnect();
      // The second frame begins when the first one, with the answer in it, has been painted.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun)));
    });
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}"""
"""Lets the page itself measure the milliseconds from the key press to the paint of the answer."""


def chromium() -> str:
    """Return the path of Debian's Chromium; raises FileNotFoundError if there is none."""
    found = shutil.which("chromium")
    if not found:
        raise FileNotFoundError("There is no chromium: apt-get install chromium, or --browsers 0.")
    return found


class Reader:
    """A session of the app in a window of its own; ask one thing at a time."""

    def __init__(self, page: Page, url: str, questions: Iterator[Question], seed: int = 0) -> None:
        """Begin with an empty window; `questions` is what will be asked in turn."""
        self._page = page
        self._url = url
        self._questions = questions
        self._random = random.Random(seed)
        self._shown = Question("")

    async def come(self) -> None:
        """Open the app's first page."""
        await self._page.goto(self._url)
        await self._page.get_by_label("Uw vraag").wait_for()

    async def think(self, shortest: float, longest: float) -> None:
        """Think for some seconds, anything between the two being as likely."""
        await asyncio.sleep(self._random.uniform(shortest, longest))

    async def ask(self) -> float:
        """Type the next question and press Enter; returns the seconds until the answer is painted.

        Raises WrongAnswer when its quote and first passage are not what the page comes to show.
        """
        question = next(self._questions)
        while _same(question, self._shown):
            question = next(self._questions)  # it could not be told from what is there
        await self._page.get_by_label("Uw vraag").fill(question.text)
        await self._page.evaluate(_SHOWN, [question.quote, question.passage])
        await self._page.keyboard.press("Enter")
        try:
            async with asyncio.timeout(_PATIENCE):
                taken = await self._page.evaluate("() => window.answered")
        except TimeoutError as error:
            text = await self._page.locator("body").inner_text()
            raise WrongAnswer(f"{question} got {text[:500]!r}") from error
        self._shown = question
        return float(taken) / 1000


def _same(one: Question, other: Question) -> bool:
    return (one.quote, one.passage) == (other.quote, other.passage)


@asynccontextmanager
async def reading(
    url: str, number: int, questions: Iterator[Question]
) -> AsyncIterator[list[Reader]]:
    """Open the app in a number of windows of one Chromium, each a session of its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=_ARGUMENTS)
        try:
            readers = [await _reader(browser, url, questions, seed) for seed in range(number)]
            yield readers
        finally:
            await browser.close()


async def _reader(browser: Browser, url: str, questions: Iterator[Question], seed: int) -> Reader:
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    reader = Reader(await context.new_page(), url, questions, seed)
    await reader.come()
    return reader
