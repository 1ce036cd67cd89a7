"""The pictures of the README, made again when $KAMERWIJZER_SCREENSHOTS is 1."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect
from tests.paths import ROOT

OpenPage = Callable[..., Page]
DOCS = ROOT / "docs"
QUESTION = "Komt er een jaarlijkse Staat van migratie?"
PICTURES = (
    ("vragen.png", {"width": 1280, "height": 900, "color_scheme": "light"}),
    (
        "vragen-telefoon.png",
        {"width": 390, "height": 844, "color_scheme": "dark", "has_touch": True},
    ),
)


@pytest.mark.browser
@pytest.mark.skipif(
    os.environ.get("KAMERWIJZER_SCREENSHOTS") != "1",
    reason="the README's pictures are made anew with KAMERWIJZER_SCREENSHOTS=1 only",
)
@pytest.mark.parametrize(("name", "settings"), PICTURES)
def test_the_readme_gets_its_pictures(
    open_page: OpenPage, name: str, settings: dict[str, Any]
) -> None:
    page = open_page("/?" + urlencode({"vraag": QUESTION}), **settings)
    expect(page.locator("article.kw-hit").first).to_be_visible()
    expect(page.get_by_label("Uw vraag")).to_have_value(QUESTION)
    _take(page, name)


@pytest.mark.browser
@pytest.mark.skipif(
    os.environ.get("KAMERWIJZER_SCREENSHOTS") != "1",
    reason="the README's pictures are made anew with KAMERWIJZER_SCREENSHOTS=1 only",
)
def test_the_readme_gets_its_picture_of_stances(open_page: OpenPage) -> None:
    query = urlencode({"onderwerp": "richtgetallen voor asielmigratie"})
    page = open_page(f"/standpunten?{query}", width=1280, height=1000, color_scheme="light")
    expect(page.locator("article.kw-view").first).to_be_visible()
    _take(page, "standpunten.png")


@pytest.mark.browser
@pytest.mark.skipif(
    os.environ.get("KAMERWIJZER_SCREENSHOTS") != "1",
    reason="the README's pictures are made anew with KAMERWIJZER_SCREENSHOTS=1 only",
)
def test_the_readme_gets_its_picture_of_a_quote(open_page: OpenPage) -> None:
    query = urlencode({"tekst": "Nederland is een dynamische migratiesamenleving geworden"})
    page = open_page(f"/citeren?{query}", width=1280, height=900, color_scheme="light")
    expect(page.locator(".kw-checked del").first).to_be_visible()
    _take(page, "citeren.png")


def _take(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    DOCS.mkdir(exist_ok=True)
    page.screenshot(path=DOCS / name, animations="disabled", caret="hide")
    assert (DOCS / name).stat().st_size < 300_000
