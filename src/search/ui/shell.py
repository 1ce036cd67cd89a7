"""The ASGI layer around Streamlit: a Dutch page shell and security headers."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import sha256
from typing import Any

__all__ = ["Shell", "dutch_shell", "policy"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_NOSCRIPT = (
    "<noscript><p>Kamerwijzer heeft JavaScript nodig. Zet JavaScript aan in uw browser "
    "en laad de pagina opnieuw.</p></noscript>"
)
_START = 'window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/" };'
"""Says where the server is; otherwise Streamlit, opened at /documenten, looks there first (404)."""
_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]+")
_DROPPED = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"})
_FIXED: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self)",
    ),
]


def dutch_shell(html: str, style: str = "") -> str:
    """Return Streamlit's page shell in Dutch, without links to other sites.

    `style` is CSS that must be there before anything is drawn: the page's own style comes a
    moment after its first texts, which would be seen unstyled.
    """
    html = re.sub(r"<!--.*?-->", "", html, flags=re.S)
    html = re.sub(r"<html\b[^>]*>", '<html lang="nl">', html, count=1)
    html = re.sub(r"<title>.*?</title>", "<title>Kamerwijzer</title>", html, count=1, flags=re.S)
    html = re.sub(r"<noscript>.*?</noscript>", _NOSCRIPT, html, flags=re.S)
    html = re.sub(r"<script>.*?</script>", "", html, flags=re.S)
    first = f"<head><script>{_START}</script>" + (f"<style>{style}</style>" if style else "")
    html = html.replace("<head>", first, 1)
    html = re.sub(r'<link\b[^>]*\brel="service-desc"[^>]*>', "", html)
    html = re.sub(r'<(?:link|script)\b[^>]*\b(?:href|src)="(?:https?:)?//[^>]*>', "", html)
    return html.strip() + "\n"


def policy(script: str, host: str = "") -> str:
    """Return the Content-Security-Policy that allows this server, its start and one `script`."""
    digests = " ".join(f"'sha256-{_digest(each)}'" for each in (_START, script))
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' {digests}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self'{sockets}",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'self'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


class Shell:
    """ASGI middleware: rewrites the HTML shell and adds security headers to every response."""

    def __init__(self, app: Asgi, script: str, style: str = "") -> None:
        self.app = app
        self.script = script
        self.style = style

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; anything but HTTP goes through untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = dict(scope["headers"])
        host = sent.get(b"host", b"").decode("latin-1")
        security = [*_FIXED, (b"content-security-policy", policy(self.script, host).encode())]
        if b"text/html" in sent.get(b"accept", b""):
            # A compressed, partial or "not modified" response can't be rewritten.
            whole = [(k, v) for k, v in scope["headers"] if k not in _DROPPED]
            scope = {**scope, "headers": whole}
        await self.app(scope, receive, _Rewriter(send, security, self.style))


class _Rewriter:
    """Sends one response on, rewritten where it is an HTML page."""

    def __init__(self, send: Send, security: Headers, style: str) -> None:
        self.send = send
        self.security = security
        self.style = style
        self.start: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._on_start(message)
        elif message["type"] == "http.response.body" and self.start is not None:
            await self._on_page(self.start, message)
        else:
            await self.send(message)

    async def _on_start(self, message: Message) -> None:
        names = {name for name, _ in self.security}
        headers = [(k, v) for k, v in message["headers"] if k.lower() not in names]
        message = {**message, "headers": headers + self.security}
        kinds = {k.lower(): v for k, v in headers}
        page = kinds.get(b"content-type", b"").startswith(b"text/html")
        if page and message["status"] == 200 and b"content-encoding" not in kinds:
            self.start = message
        else:
            await self.send(message)

    async def _on_page(self, start: Message, message: Message) -> None:
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = dutch_shell(self.body.decode("utf-8"), self.style).encode() if self.body else b""
        gone = (b"content-length", b"etag", b"last-modified", b"accept-ranges")
        headers = [(k, v) for k, v in start["headers"] if k.lower() not in gone]
        if body:
            headers.append((b"content-length", str(len(body)).encode()))
        await self.send({**start, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})
