"""Nothing leaves this machine while a question is answered: not from the browser, not from us."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
Guard = tuple[dict[str, str], Path]


@pytest.mark.browser
def test_the_app_answers_without_another_host(open_page: OpenPage, guard: Guard) -> None:
    asked: list[str] = []
    page = open_page()
    page.on("request", lambda request: asked.append(request.url))
    field = page.get_by_label("Uw vraag")
    for question in ("Welke rol ziet de WRR voor gemeenten?", "Hoe laat gaat de trein?"):
        field.fill(question)
        field.press("Enter")
        expect(page).to_have_title(f"{question} – Kamerwijzer")
        if "trein" in question:
            # There is no answer, so the passages are folded: those of the question before would
            # be seen, and clicked, while they go.
            page.get_by_text("Toon wat er het dichtst bij komt").click()
        expect(page.locator("article.kw-hit").first).to_be_visible()
    page.locator("article.kw-hit").first.get_by_role("link", name="Lees in").click()
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    home = page.url.partition("/documenten")[0]
    assert [url for url in asked if not url.startswith((f"{home}/", "data:", "blob:"))] == []
    assert set(guard[1].read_text(encoding="utf-8").splitlines()) == {"watching"}


def test_the_command_line_answers_without_another_host(
    built: tuple[Path, Path], guard: Guard, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    question = ["ask", "Waarop zijn Nederlanders trots?", "--json"]
    folders = ["--corpus", str(built[0]), "--index", str(built[1])]
    done = subprocess.run(
        [sys.executable, "-m", "search", *question, *folders],
        env=guard[0] | {"NETWORK_GUARD_LOG": str(log)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout)["answerable"]
    assert done.stderr == ""
    assert log.read_text(encoding="utf-8") == "watching\n"


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80), 1)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
        "socket.getaddrinfo('kamerwijzer.invalid', 80)",
        "__import__('urllib.request').request.urlopen('http://kamerwijzer.invalid')",
    ],
)
def test_the_guard_notices_an_attempt(guard: Guard, tmp_path: Path, attempt: str) -> None:
    log = tmp_path / "log"
    done = subprocess.run(
        [sys.executable, "-c", f"import socket; {attempt}"],
        env=guard[0] | {"NETWORK_GUARD_LOG": str(log)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "the network guard does not let" in done.stderr
    assert log.read_text(encoding="utf-8").startswith("watching\nsocket.")
