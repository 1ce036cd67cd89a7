"""The pages without a browser: run one on the real index, and read what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from search.engine import Engine
from search.records import Dossier, Entry, Metadata
from search.settings import Settings
from search.ui import served
from search.ui.collection import Collection
from search.ui.opening import Checks, Opened


def use_settings(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Let the pages work with these settings, as `serve` does."""
    monkeypatch.setattr(served, "_SERVED", served._Served(settings))


@pytest.fixture
def folders(built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages open the real corpus and its index."""
    use_settings(monkeypatch, Settings(*built))


def entry(number: int) -> Entry:
    """Make the entry of one of many invented documents; the higher the number, the older."""
    metadata = Metadata(
        title=f"Brief {number} over <wolven> & schapen",
        kind="Brief regering" if number % 2 else "Motie",
        issuer="Kabinet",
        date=f"{2024 - number // 365:04}-{12 - number % 12:02}-{1 + number % 28:02}",
        dossiers=(Dossier("29861", "Migratie"),),
    )
    return Entry(
        id=f"kst-29861-{number}",
        path=f"kst-29861-{number}.md",
        metadata=metadata,
        citation=f"Kamerstukken II 2020/21, 29861, nr. {number}",
        themes=(),
        passages=3,
        words=100,
    )


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> Collection:
    """Let the pages show 1,000 invented documents; the engine knows none of these."""
    collection = Collection([entry(n) for n in range(1, 1001)], [f"Thema {n}" for n in range(300)])
    opened = Opened(engine, collection, Checks(lambda: None, monotonic))
    monkeypatch.setattr("search.ui.frame.open_engine", lambda: opened)
    return collection


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function that lets an hour pass: then the corpus is checked again."""
    gone = 0.0

    def pass_by() -> None:
        nonlocal gone
        gone += 3600.0

    monkeypatch.setattr("search.ui.opening.monotonic", lambda: monotonic() + gone)
    return pass_by


def run(page: Callable[[], None], **params: Any) -> AppTest:
    """Run a page with query parameters and check that nothing went wrong."""
    app = AppTest.from_function(page, default_timeout=60)
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """Return all HTML that a page shows."""
    return "".join(str(each.proto.body) for each in app.get("html"))


def own_html(app: AppTest) -> str:
    """Return the HTML of a page's own part, without style, header and script."""
    # Only what every page begins with: an injected script must stay in the text.
    begin = r'<style\b.*?</style>|<header class="kw kw-top">.*?</header>'
    return re.sub(
        rf'{begin}|<script class="kw-script">.*?</script>', "", html(app), flags=re.DOTALL
    )
