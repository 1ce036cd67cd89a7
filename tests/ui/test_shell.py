"""The ASGI layer: a Dutch shell, security headers, and everything else unchanged."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from search.ui.shell import Message, Receive, Scope, Send, Shell, dutch_shell, policy

PAGE = (
    b'<!-- licence --><!DOCTYPE html><html lang="en"><head><title>Streamlit</title>'
    b'<link rel="service-desc" href="./x.json" />'
    b'<link rel="preconnect" href="https://elsewhere.example">'
    b'<script>\n window.x = false\n</script><script type="module" src="./a.js"></script></head>'
    b"<body><noscript>You need JavaScript</noscript></body></html>"
)


class Fake:
    """Replaces Streamlit: answers with `body` in two pieces and keeps the request."""

    def __init__(self, body: bytes = PAGE, kind: bytes = b"text/html; charset=utf-8") -> None:
        self.body = body
        self.kind = kind
        self.asked: Scope = {}
        self.sent_with: Send | None = None

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.asked, self.sent_with = scope, send
        if scope["type"] != "http":
            return
        headers = [
            (b"content-type", self.kind),
            (b"content-length", str(len(self.body)).encode()),
            (b"etag", b'"1"'),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        half = len(self.body) // 2
        first = {"type": "http.response.body", "body": self.body[:half], "more_body": True}
        await send(first)
        await send({"type": "http.response.body", "body": self.body[half:]})


def ask(app: Fake, **scope: Any) -> tuple[dict[bytes, bytes], bytes]:
    """Send one request through the layer and return headers and body."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    asked = {
        "type": "http",
        "headers": [(b"accept", b"text/html"), (b"host", b"localhost:8501")],
        **scope,
    }
    asyncio.run(Shell(app, script="let a = 1")(asked, receive, send))
    body = b"".join(m.get("body", b"") for m in sent[1:])
    return dict(sent[0]["headers"]), body


def test_the_shell_is_dutch_and_points_nowhere_else() -> None:
    html = dutch_shell(PAGE.decode())
    assert html.startswith('<!DOCTYPE html><html lang="nl">')
    assert "<title>Kamerwijzer</title>" in html
    assert "JavaScript nodig" in html
    assert 'src="./a.js"' in html
    for gone in ("Streamlit", "service-desc", "elsewhere", "window.x", "You need", "<!--"):
        assert gone not in html


def test_the_style_is_there_before_the_page_is() -> None:
    html = dutch_shell(PAGE.decode(), ".kw { color: red }")
    assert html.index("<style>.kw { color: red }</style>") < html.index("</head>")
    assert "<style" not in dutch_shell(PAGE.decode())


def test_a_page_is_rewritten_with_its_right_length() -> None:
    headers, body = ask(Fake())
    assert b'lang="nl"' in body
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers


def test_every_answer_has_the_security_headers() -> None:
    for app in (Fake(), Fake(b"let a;", b"text/javascript")):
        headers, _ = ask(app)
        assert headers[b"x-content-type-options"] == b"nosniff"
        assert headers[b"referrer-policy"] == b"no-referrer"
        assert b"camera=()" in headers[b"permissions-policy"]
        assert b"frame-ancestors 'none'" in headers[b"content-security-policy"]


def test_other_types_keep_their_body_and_headers() -> None:
    headers, body = ask(Fake(b"<html lang=en>", b"text/javascript"))
    assert body == b"<html lang=en>"
    assert headers[b"etag"] == b'"1"'


def test_a_page_is_asked_for_whole() -> None:
    app = Fake()
    wanted = [
        (b"accept", b"text/html"),
        (b"accept-encoding", b"gzip"),
        (b"if-none-match", b'"1"'),
    ]
    ask(app, headers=wanted)
    assert app.asked["headers"] == wanted[:1]
    ask(app, headers=[(b"accept", b"*/*"), (b"accept-encoding", b"gzip")])
    assert (b"accept-encoding", b"gzip") in app.asked["headers"]


def test_an_empty_body_stays_empty() -> None:
    headers, body = ask(Fake(b""), method="HEAD")
    assert body == b""
    assert b"content-length" not in headers


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_other_traffic_goes_through_untouched(kind: str) -> None:
    app = Fake()

    async def send(message: Message) -> None:
        raise AssertionError(message)

    async def receive() -> Message:
        return {}

    scope: Scope = {"type": kind, "headers": [(b"accept-encoding", b"gzip")]}
    asyncio.run(Shell(app, script="")(scope, receive, send))
    assert app.asked is scope
    assert app.sent_with is send


def test_the_policy_lets_in_this_host_and_script_only() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy("let a = 1", "localhost:8501").split("; "))
    assert rules["connect-src"] == "'self' ws://localhost:8501 wss://localhost:8501"
    assert rules["script-src"].startswith("'self' 'sha256-")
    assert "unsafe" not in rules["script-src"]
    assert rules["default-src"] == rules["object-src"] == "'none'"


def test_a_crooked_host_does_not_reach_the_policy() -> None:
    assert "evil" not in policy("", "x; script-src evil")
