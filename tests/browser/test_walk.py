"""The whole walk in one window, as a person makes it, without errors in the console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_whole_walk_leaves_no_error(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width=width, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    hit = page.locator("article.kw-hit").first
    page.get_by_role("button", name="Wat wordt bedoeld met vlottendheid?").click()
    expect(hit).to_contain_text("vlottendheid")
    page.get_by_text("Verfijnen").click()
    page.get_by_label("Vanaf datum").fill("maart 2021")
    page.get_by_label("Vanaf datum").press("Enter")
    expect(page.get_by_text("Verfijnen (1 actief)")).to_be_visible()
    page.get_by_role("button", name="Wis filters").click()
    expect(page.get_by_text("Verfijnen", exact=True)).to_be_visible()
    hit.get_by_role("button", name="Kopieer citaat").click()
    expect(hit.locator(".kw-copy [data-kw-label]")).to_have_text("Gekopieerd")
    hit.get_by_role("link", name="Lees in").click()
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    page.get_by_text("Over dit document").click()
    expect(page.get_by_text("Ondertekend door")).to_be_visible()
    menu.get_by_text("Documenten").click()
    expect(page.locator("article.kw-entry")).to_have_count(2)
    page.go_back()
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    menu.get_by_text("Vragen").click()
    expect(page.get_by_role("button", name="Waarop zijn Nederlanders trots?")).to_be_visible()
    expect(page.get_by_label("Uw vraag")).to_have_value("")
    assert [line for line in said if line.startswith("error")] == []
