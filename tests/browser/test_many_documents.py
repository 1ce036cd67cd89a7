"""A collection of more documents than a list can show: pages of it, and fields that find."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_access import NAMELESS, TOO_WIDE
from tests.browser.test_citing import english

from search.indexing import build_index
from search.settings import Settings

pytestmark = pytest.mark.browser

StartApp = Callable[[Path, Path], str]
OpenPage = Callable[..., Page]
DOCUMENTS = 230
PLACES = ("Texel", "Vlieland", "Terschelling", "Ameland", "Schiermonnikoog")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a corpus of many short letters, with its index."""
    corpus, index = tmp_path_factory.mktemp("veel"), tmp_path_factory.mktemp("index")
    for number in range(1, DOCUMENTS + 1):
        place = PLACES[number % len(PLACES)]
        (corpus / f"brief-{number:03}.md").write_text(
            f"# Brief {number} over {place}\n\nDen Haag, {1 + number % 28} mei 2022\n\n"
            f"Op {place} staan {number} vogelhuisjes, meldt de boswachter.\n",
            encoding="utf-8",
        )
    build_index(Settings(corpus, index))
    return corpus, index


@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_is_leafed_through_and_searched(
    start_app: StartApp, open_page: OpenPage, many: tuple[Path, Path], width: int
) -> None:
    page = open_page("/documenten", at=start_app(*many), width=width)
    entries = page.locator("article.kw-entry")
    expect(entries).to_have_count(25)
    leaves = page.get_by_role("navigation", name="Bladen")
    leaves.get_by_role("link", name="Volgende").click()
    expect(leaves.locator("[aria-current=page]")).to_have_text("Blad 2")
    expect(page).to_have_url(re.compile(r"/documenten\?blad=2$"))
    expect(page.get_by_role("heading", name="Documenten", exact=True)).to_be_in_viewport()
    leaves.get_by_role("link", name="Blad 10").click()
    expect(entries).to_have_count(DOCUMENTS - 9 * 25)
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(TOO_WIDE) == []
    page.go_back()
    expect(leaves.locator("[aria-current=page]")).to_have_text("Blad 2")

    field = page.get_by_label("Zoek een document")
    field.fill("vlie")
    field.press("Enter")
    told = page.get_by_role("status").filter(has_text="46 documenten gevonden met “vlie”")
    expect(told).to_be_visible()
    leaves.get_by_role("link", name="Volgende").click()
    expect(entries).to_have_count(46 - 25)
    expect(page).to_have_url(re.compile(r"\?zoek=vlie&blad=2$"))
    assert all("over Vlieland" in text for text in entries.get_by_role("heading").all_inner_texts())
    assert english(page) == []
    entries.first.get_by_role("link").first.click()
    expect(page.locator(".kw-text")).to_contain_text("vogelhuisjes")


def test_documents_are_found_and_chosen_with_the_keyboard(
    start_app: StartApp, open_page: OpenPage, many: tuple[Path, Path]
) -> None:
    at = start_app(*many)
    page = open_page("/?vraag=Hoeveel+vogelhuisjes+staan+er%3F", at=at)
    hits = page.locator("article.kw-hit")
    expect(hits.first).to_be_visible()
    page.get_by_text("Verfijnen").click()
    field = page.get_by_label("Document", exact=True)
    field.fill("brief 117")
    field.press("Enter")
    found = page.get_by_role("button", name="Voeg toe: Brief 117 over")
    expect(found).to_be_visible()
    found.focus()
    page.keyboard.press("Enter")
    chip = page.get_by_role("button", name="Verwijder: Brief 117 over")
    expect(chip).to_be_visible()
    expect(page.get_by_text("Verfijnen (1 actief)")).to_be_visible()
    expect(hits.locator("cite").filter(has_not_text="Brief 117")).to_have_count(0)
    expect(hits.first.get_by_role("blockquote")).to_contain_text("117 vogelhuisjes")
    # A second choice is added to the first.
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("brief 118")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Voeg toe: Brief 118 over").click()
    expect(hits.get_by_role("blockquote").filter(has_text="118 vogelhuisjes")).to_have_count(1)
    expect(page.get_by_role("button", name="Verwijder: Brief 1")).to_have_count(2)
    assert page.evaluate(NAMELESS) == []
    assert english(page) == []

    # What was chosen is in the link.
    other = open_page(page.url.removeprefix(at), at=at, width=390)
    expect(other.locator("article.kw-hit").filter(has_text="118 vogelhuisjes")).to_have_count(1)
    other.get_by_text("Verfijnen (1 actief)").click()
    expect(other.get_by_role("button", name="Verwijder: Brief 118 over")).to_be_visible()
    assert other.evaluate(TOO_WIDE) == []
    chip.click()
    expect(hits.locator("cite").filter(has_not_text="Brief 118")).to_have_count(0)
    expect(hits.first.get_by_role("blockquote")).to_contain_text("118 vogelhuisjes")
