"""Starting the app: settings, addresses, and a port that is taken."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from search.errors import UsageError
from search.settings import Settings
from search.ui.serve import _listen as listen
from search.ui.serve import serve

_START = "import sys; from search import Settings; from search.ui.serve import serve; "
_READY = r"Kamerwijzer staat klaar op (http://127\.0\.0\.1:\d+)\n"


@pytest.mark.slow
def test_the_app_says_one_dutch_line_and_serves_a_dutch_page(built: tuple[Path, Path]) -> None:
    command = (
        _START + "serve(Settings.read({'corpus': sys.argv[1], 'index': sys.argv[2], 'port': '0'}))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", command, *map(str, built)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            found = re.fullmatch(_READY, process.stdout.readline())
            assert found is not None
            check_pages(found[1])
        finally:
            process.terminate()
        assert process.communicate(timeout=20) == ("", "")


def check_pages(url: str) -> None:
    """Check that every page comes as Dutch HTML with security headers, and other things as is."""
    for path in ("/", "/documenten", "/?vraag=wat"):
        wanted = {"Accept": "text/html", "Accept-Encoding": "gzip"}
        with urllib.request.urlopen(urllib.request.Request(url + path, headers=wanted)) as answer:
            body, headers = answer.read().decode(), answer.headers
        assert '<html lang="nl">' in body
        assert "<title>Kamerwijzer</title>" in body
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    with urllib.request.urlopen(url + "/_stcore/health") as answer:
        assert answer.read() == b"ok"


def test_a_port_in_use_is_told_in_dutch(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=rf"Poort {port} .*in gebruik.*--port {port + 1}"):
            serve(Settings(tmp_path, tmp_path, port=port))


def test_what_is_small_does_not_wait_for_what_went_before() -> None:
    with listen("127.0.0.1", 0) as listener:
        # asyncio sets TCP_NODELAY on a connection only where its socket says that it is TCP.
        assert listener.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize("port", [-1, 70000])
def test_a_port_that_is_none_is_told(tmp_path: Path, port: int) -> None:
    with pytest.raises(UsageError, match="is geen poort"):
        serve(Settings(tmp_path, tmp_path, port=port))


def test_an_address_of_another_machine_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Controleer het adres"):
        serve(Settings(tmp_path, tmp_path, port=0), address="192.0.2.1")
