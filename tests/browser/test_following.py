"""Links: a hit opens in the reader, a search is an address, and the back button works."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
NEWS = "nieuwsbericht-kabinetsreactie-wrr"
QUESTION = "Wat vindt het kabinet van richtgetallen voor asielmigratie?"


def parameters(page: Page) -> dict[str, list[str]]:
    """Read the query parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def test_a_hit_opens_in_the_reader_at_its_marked_passage(open_page: OpenPage) -> None:
    page = open_page("/?" + urlencode({"vraag": QUESTION}))
    card = page.locator("article.kw-hit").first
    quote = card.get_by_role("blockquote").inner_text()
    card.get_by_role("link", name="Lees in de brief").click()
    mark = page.locator("#gemarkeerd")
    expect(mark).to_be_in_viewport()
    marked = "".join(page.locator(".kw-text mark").all_inner_texts())
    assert " ".join(marked.split()) == " ".join(quote.split())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kabinetsreactie op het WRR")
    page.go_back()
    expect(page.get_by_label("Uw vraag")).to_have_value(QUESTION)
    expect(card.get_by_role("blockquote")).to_contain_text(quote[:60])


def test_the_reader_opens_by_its_address_and_its_outline_leads_on(open_page: OpenPage) -> None:
    page = open_page("/?" + urlencode({"vraag": QUESTION}))
    link = page.locator("article.kw-hit").first.get_by_role("link", name="Lees in de brief")
    page.goto(f"{page.url.partition('?')[0]}{link.get_attribute('href')}")
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    outline = page.get_by_role("navigation", name="Inhoud")
    outline.get_by_role("link", name="Nederland als migratiesamenleving").click()
    chapter = page.locator(".kw-text").get_by_role(
        "heading", name="Nederland als migratiesamenleving"
    )
    expect(chapter).to_be_in_viewport()
    expect(chapter).to_be_focused()


def test_the_documents_lead_to_the_reader_and_back(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_text("Documenten").click()
    expect(page.locator("article.kw-entry")).to_have_count(2)
    expect(page.locator("article.kw-entry").last).to_contain_text("Kabinet")
    page.locator("article.kw-entry h2 a").last.click()
    expect(page.locator(".kw-text")).to_contain_text("Op 14 december 2020 heeft de")
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("link", name="Alle documenten").click()
    expect(page.locator("article.kw-entry")).to_have_count(2)


def test_a_link_restores_question_and_filters(open_page: OpenPage) -> None:
    asked = {"vraag": "Welke rol hebben gemeenten?", "document": NEWS, "van": "2021-01-01"}
    page = open_page("/?" + urlencode(asked))
    expect(page.get_by_label("Uw vraag")).to_have_value(asked["vraag"])
    page.get_by_text("Verfijnen (2 actief)").click()
    expect(page.get_by_label("Vanaf datum")).to_have_value("01-01-2021")
    expect(page.get_by_label("Tot en met datum")).to_have_value("")
    chosen = page.get_by_test_id("stMultiSelect").filter(has_text="Document")
    expect(chosen).to_contain_text("nieuwsbericht")
    cited = page.locator("article.kw-hit cite")
    expect(cited.first).to_contain_text("wrr.nl")
    assert all("wrr.nl" in text for text in cited.all_inner_texts())
    assert parameters(page) == {key: [value] for key, value in asked.items()}


def test_the_back_button_goes_through_the_questions(open_page: OpenPage) -> None:
    page = open_page()
    field = page.get_by_label("Uw vraag")
    first = page.locator("article.kw-hit").first
    field.fill("Waarop zijn Nederlanders trots?")
    field.press("Enter")
    expect(first).to_contain_text("trots")
    field.fill("Wie ondertekende de brief?")
    field.press("Enter")
    expect(first).to_contain_text("Koolmees")
    assert parameters(page) == {"vraag": ["Wie ondertekende de brief?"]}
    page.go_back()
    expect(field).to_have_value("Waarop zijn Nederlanders trots?")
    expect(first).to_contain_text("trots")
    page.go_forward()
    expect(field).to_have_value("Wie ondertekende de brief?")
    expect(first).to_contain_text("Koolmees")
