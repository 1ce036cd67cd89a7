"""Starts the app in this process: `serve(settings)`."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import socket
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from search.errors import UsageError
from search.settings import Settings
from search.ui.served import serve_with

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
    # Otherwise Streamlit collects garbage after each run of each session, which took half of the
    # time of a question; Python does so by itself when needed.
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
}


def serve(settings: Settings, address: str = "127.0.0.1", open_browser: bool = False) -> None:
    """Serve the app until it is stopped, and print its address on one line.

    Raises UsageError when it can't listen on the port.
    """
    import uvicorn

    _keep_memory_together()
    listener = _listen(address, settings.port)
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
            build_app(replace(settings, port=port), address),
            log_level="warning",
            access_log=False,
            use_colors=False,
            ws="websockets-sansio",
        )
        _Server(config).run(sockets=[listener])


def _keep_memory_together() -> None:
    """Limit glibc, where it is the C library, to two memory arenas for all threads.

    Streamlit starts a thread for each run of each session. By default glibc creates up to eight
    arenas a core, each of which keeps its peak of memory.
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def build_app(settings: Settings, address: str = "127.0.0.1") -> App:
    """Return the app as an ASGI application, with its Dutch shell and security headers."""
    from starlette.middleware import Middleware
    from streamlit import config
    from streamlit.starlette import App

    from search.ui.frame import script, style
    from search.ui.shell import Shell

    serve_with(settings)
    start = Path(__file__).with_name("app.py")
    app = App(start, middleware=[Middleware(Shell, script=script(), style=style())])
    fixed = {**_SETTINGS, "server.port": settings.port, "server.address": address}
    for name, value in fixed.items():
        config.set_option(name, value)
    return app


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # asyncio only sets TCP_NODELAY when the protocol is named. Without it a small message waits
    # until the browser has confirmed the previous one, which takes 40 ms.
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
