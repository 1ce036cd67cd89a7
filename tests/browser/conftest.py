"""The real app in a process of its own, and a real chromium that looks at it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)
from tests.paths import ROOT

GUARD = Path(__file__).parent / "guard"
READY = re.compile(r"Kamerwijzer staat klaar op (http://127\.0\.0\.1:\d+)\n")
START_WITHIN = 90.0
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

StartApp = Callable[[Path, Path], str]
OpenPage = Callable[..., Page]

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def guard(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path]:
    """Return an environment whose processes can reach this machine only, and their log."""
    log = tmp_path_factory.mktemp("guard") / "log"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")}
    path = os.pathsep.join(filter(None, (str(GUARD), environment.get("PYTHONPATH"))))
    return environment | {"PYTHONPATH": path, "NETWORK_GUARD_LOG": str(log)}, log


@pytest.fixture(scope="session")
def app(
    built: tuple[Path, Path],
    guard: tuple[dict[str, str], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Serve the real corpus and return the address."""
    with _serving(*built, guard[0], tmp_path_factory.mktemp("app") / "log") as address:
        yield address


@pytest.fixture
def start_app(guard: tuple[dict[str, str], Path], tmp_path: Path) -> Iterator[StartApp]:
    """Return a function that serves a corpus and its index, and returns the address."""
    with ExitStack() as stack:

        def start(corpus: Path, index: Path) -> str:
            log = tmp_path / f"app-{corpus.name}.log"
            return stack.enter_context(_serving(corpus, index, guard[0], log))

        yield start


@pytest.fixture
def copied(built: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Return a copy of the corpus and its index that a test may change."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(built[0], corpus)
    shutil.copytree(built[1], index)
    return corpus, index


@contextmanager
def _serving(corpus: Path, index: Path, environment: dict[str, str], log: Path) -> Iterator[str]:
    """Run `kamerwijzer serve` until done; fail when it does not start or shows a traceback."""
    command = [sys.executable, "-m", "search", "serve", "--port", "0"]
    folders = ["--corpus", str(corpus), "--index", str(index)]
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [*command, *folders],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said


def _address(process: subprocess.Popen[str], log: Path) -> str:
    """Wait for the line that says where the app is served, and return the address."""
    assert process.stdout is not None
    watchdog = threading.Timer(START_WITHIN, process.kill)
    watchdog.start()
    try:
        line = process.stdout.readline()
    finally:
        watchdog.cancel()
        watchdog.join()
    found = READY.fullmatch(line)
    assert found is not None, f"{line!r}\n{log.read_text(encoding='utf-8')}"
    return found[1]


# Playwright keeps an event loop running in this thread, and other tests start loops of their
# own: so it is started for each file of tests.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Start Playwright."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start chromium."""
    started = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
    yield started
    started.close()


def _chromium() -> str:
    found = Path(shutil.which("chromium") or "/usr/bin/chromium")
    if found.is_file():
        return str(found)
    reason = "there is no chromium for the browser tests; install it: apt-get install chromium"
    if os.environ.get("CI", "").lower() in ("", "0", "false"):
        pytest.skip(reason)
    pytest.fail(reason)


@pytest.fixture
def open_page(browser: Browser, app: str) -> Iterator[OpenPage]:
    """Return a function that opens an address of the app in a fresh browser window.

    Every window is watched: what its console calls an error, an exception in a page or a request
    to another host fails the test that opened it.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_at(
        path: str = "/", *, at: str = app, width: int = 1280, height: int = 900, **settings: Any
    ) -> Page:
        window = ViewportSize(width=width, height=height)
        context = browser.new_context(viewport=window, locale="nl-NL", **settings)
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=at)
        _watch(context, urlsplit(at).netloc, troubles)
        page = context.new_page()
        page.goto(at + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert troubles == []


def _watch(context: BrowserContext, host: str, troubles: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(f"console: {message.text} ({message.location['url']})")

    def on_request(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != host:
            troubles.append(f"request: {url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: troubles.append(f"page error: {error.error}"))
    context.on("request", lambda request: on_request(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: on_request(socket.url)))
