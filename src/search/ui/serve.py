"""Starts the app in this process: `serve(corpus, index)`."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from search.errors import UsageError
from search.records import IndexLocation
from search.settings import variable

if TYPE_CHECKING:
    from streamlit.starlette import App

__all__ = ["build_app", "serve"]

_ARENA_MAX = -8
"""M_ARENA_MAX of glibc's malloc.h."""
_SETTINGS: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "logger.hideWelcomeMessage": True,
    # Else Streamlit searches all memory for garbage after each turn of each session, which took
    # half of the time of a question; Python does so by itself when there is reason to.
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
}


def serve(
    corpus: Path,
    index: Path,
    port: int = 8501,
    address: str = "127.0.0.1",
    open_browser: bool = False,
) -> None:
    """Serve the app until it is stopped, and say on one line where it stands.

    Raises UsageError when the port can't be had.
    """
    import uvicorn

    _keep_memory_together()
    listener = _listen(address, port)
    port = listener.getsockname()[1]
    url = f"http://{f'[{address}]' if ':' in address else address}:{port}"

    class _Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                print(f"Kamerwijzer staat klaar op {url}", flush=True)
                if open_browser:
                    webbrowser.open(url)

    with listener:
        config = uvicorn.Config(
            build_app(corpus, index, port, address),
            log_level="warning",
            access_log=False,
            use_colors=False,
            ws="websockets-sansio",
        )
        _Server(config).run(sockets=[listener])


def _keep_memory_together() -> None:
    """Let all threads take their memory from two places, where the C library is glibc.

    Streamlit starts a thread for each turn of each session. By itself glibc gives such threads
    up to eight places a processor, each of which keeps what it once held.
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def build_app(
    corpus: Path, index: IndexLocation, port: int = 8501, address: str = "127.0.0.1"
) -> App:
    """Build the app as an ASGI application, with its Dutch shell and security headers.

    Raises UsageError when app.py does not stand where the project keeps it.
    """
    from starlette.middleware import Middleware
    from streamlit import config
    from streamlit.starlette import App

    from search.ui.frame import script, style
    from search.ui.opening import CORPUS, INDEX
    from search.ui.shell import Shell

    start = Path(__file__).resolve().parents[3] / "app.py"
    if not start.is_file():
        raise UsageError(
            f"Het bestand {start} is er niet, en daarmee begint de app. "
            "Start de app vanuit de map van Kamerwijzer."
        )
    os.environ[CORPUS] = str(corpus.resolve())
    os.environ[INDEX] = str(index.resolve()) if isinstance(index, Path) else index
    # The commands that the app starts look here.
    os.environ[variable("database_url")] = index if isinstance(index, str) else ""
    app = App(start, middleware=[Middleware(Shell, script=script(), style=style())])
    for name, value in {**_SETTINGS, "server.port": port, "server.address": address}.items():
        config.set_option(name, value)
    return app


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # With its protocol named, asyncio sends each message at once. Else a small one waits until the
    # browser has confirmed the one before, which takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(_why_not(address, port, error)) from error
    return listener


def _why_not(address: str, port: int, error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return (
            f"Poort {port} op {address} is al in gebruik; misschien draait Kamerwijzer al. "
            f"Stop wat daar draait, of kies een andere poort, bijvoorbeeld --port {port + 1}."
        )
    if number == errno.EACCES:
        return (
            f"Poort {port} mag op deze computer niet worden gebruikt. "
            "Kies een poort vanaf 1024, bijvoorbeeld --port 8501."
        )
    if isinstance(error, OverflowError):
        return f"{port} is geen poort. Kies een getal van 1 tot en met 65535 met --port."
    return (
        f"Op het adres {address}, poort {port}, kan de app niet luisteren ({error}). "
        "Controleer het adres en de poort."
    )
