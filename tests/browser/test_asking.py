"""Asking in the browser: what a person types, sees, filters and copies."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
LETTER = "Kamerstukken II 2020/21, 29861, nr. 70"
QUESTION = "Wat vindt het kabinet van richtgetallen voor asielmigratie?"
ANSWERED = re.compile("^(Antwoord uit de bronnen|Mogelijk antwoord)$")


def ask(page: Page, question: str) -> None:
    """Type a question and press Enter."""
    field = page.get_by_label("Uw vraag")
    field.fill(question)
    field.press("Enter")


def hits(page: Page) -> Locator:
    """Find the cards of the hits."""
    return page.locator("article.kw-hit")


def test_a_question_gets_its_passage_with_source_and_theme(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    answer = page.get_by_role("region", name="Antwoord uit de bronnen")
    expect(answer.get_by_role("blockquote")).to_contain_text("richtgetallen voor asielmigratie")
    first = hits(page).first
    expect(first.get_by_role("blockquote")).to_contain_text(
        "Desalniettemin is het kabinet bereid om aan de Adviescommissie voor Vreemdelingenzaken"
    )
    expect(first.locator("mark").first).to_be_visible()
    expect(first.locator("cite")).to_contain_text(LETTER)
    expect(first.locator(".kw-source")).to_contain_text("24 maart 2021")
    expect(first.locator(".kw-source")).to_contain_text("Kabinet")
    expect(first.locator(".kw-place")).to_contain_text("Thema: Migratiebeleid (uit het document)")
    expect(first.get_by_role("link", name="Officiële pagina")).to_have_attribute(
        "href", "https://zoek.officielebekendmakingen.nl/kst-29861-70.html"
    )
    expect(page).to_have_title(f"{QUESTION} – Kamerwijzer")


def test_the_button_answers_as_enter_does(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Uw vraag").fill("Wie ondertekende de brief?")
    page.get_by_role("button", name="Zoek", exact=True).click()
    card = hits(page).first
    expect(card.get_by_text("Ondertekening", exact=True)).to_be_visible()
    expect(card.get_by_role("blockquote")).to_contain_text("W. Koolmees")


def test_an_example_question_answers(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name="Waarop zijn Nederlanders trots?").click()
    expect(page.get_by_label("Uw vraag")).to_have_value("Waarop zijn Nederlanders trots?")
    expect(hits(page).first.get_by_role("blockquote")).to_contain_text("trots")


def test_every_example_question_has_an_answer(open_page: OpenPage) -> None:
    page = open_page()
    examples = page.locator(".st-key-voorbeelden").get_by_role("button")
    expect(examples).to_have_count(5)
    for number in range(5):
        question = examples.nth(number).inner_text()
        examples.nth(number).click()
        expect(page).to_have_title(f"{question} – Kamerwijzer")
        expect(page.get_by_role("region", name=ANSWERED)).to_be_visible()
        page.get_by_role("navigation", name="Hoofdmenu").get_by_text("Vragen").click()
        expect(examples).to_have_count(5)


def test_a_quote_is_copied_with_its_citation(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    card = hits(page).first
    button = card.get_by_role("button", name="Kopieer citaat")
    button.click()
    copied = card.locator(".kw-copy [data-kw-label]")
    expect(copied).to_have_text("Gekopieerd")
    quote = card.get_by_role("blockquote").inner_text()
    citation = card.locator("cite").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == f"«{quote}» ({citation})"
    expect(copied).to_have_text("Kopieer citaat")


def _choose(page: Page, field: str, words: str) -> None:
    """Choose from a list as a person would: when it closes too early, open it again."""
    for _ in range(5):
        page.get_by_role("combobox", name=field).click()
        try:
            page.get_by_role("option", name=re.compile(words)).click(timeout=5_000)
        except TimeoutError:
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"no choice {words!r} in {field!r}")


def test_a_filter_on_a_document_narrows_the_hits_to_it(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Welke rol hebben gemeenten?")
    expect(hits(page).first.locator("cite")).to_contain_text(LETTER)
    page.get_by_text("Verfijnen").click()
    # A list that opens while the filters still unfold is closed by their movement.
    page.get_by_label("Tot en met datum").scroll_into_view_if_needed()
    _choose(page, "Document", "nieuwsbericht")
    expect(page.get_by_text("Verfijnen (1 actief)")).to_be_visible()
    expect(hits(page).first.locator("cite")).to_contain_text("wrr.nl, 26 maart 2021")
    citations = hits(page).locator("cite").all_inner_texts()
    assert len(citations) > 1
    assert all("wrr.nl" in citation for citation in citations)


def test_no_answer_in_the_sources_is_said(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Hoe laat vertrekt de trein naar Zwolle?")
    expect(page.get_by_role("heading", name="Geen antwoord in de bronnen")).to_be_visible()
    expect(page.get_by_role("heading", name="Antwoord uit de bronnen")).to_have_count(0)
    expect(hits(page).first).to_be_hidden()
    page.get_by_text("Toon wat er het dichtst bij komt").click()
    expect(hits(page).first).to_be_visible()
    expect(hits(page).locator("mark")).to_have_count(0)


def test_a_question_that_is_too_long_gets_a_calm_message(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "migratie " * 1200)
    expect(page.get_by_role("status").filter(has_text="Maak de vraag korter")).to_be_visible()
    ask(page, "Wie ondertekende de brief?")
    expect(hits(page).first).to_be_visible()
