"""The pages without a browser: run one on the real index, and read what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from search.ui.opening import CORPUS, INDEX


@pytest.fixture
def folders(built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages open the real corpus and its index."""
    monkeypatch.setenv(CORPUS, str(built[0]))
    monkeypatch.setenv(INDEX, str(built[1]))


def run(page: Callable[[], None], **params: Any) -> AppTest:
    """Run a page with query parameters and check that nothing went wrong."""
    app = AppTest.from_function(page, default_timeout=60)
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """Give all HTML that a page shows."""
    return "".join(str(each.proto.body) for each in app.get("html"))


def own_html(app: AppTest) -> str:
    """Give the HTML of a page's own part, without style, header and script."""
    # No more than what every page begins with: a script of another's must be seen.
    begin = r'<style\b.*?</style>|<header class="kw kw-top">.*?</header>'
    return re.sub(
        rf'{begin}|<script class="kw-script">.*?</script>', "", html(app), flags=re.DOTALL
    )
