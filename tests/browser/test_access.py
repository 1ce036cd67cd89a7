"""What everybody needs of a page: its language, one heading, labels, and room on a phone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
DRAFT = quote(
    "«Nederland is een dynamische migratiesamenleving geworden» en “de zon schijnt overal op Texel”"
)
PICKED = "26189.26265.80196278.kst-29861-70|Notitie&citaat=1.9.00000000.kst-29861-70"
PAGES = (
    pytest.param("/", "Stel uw vraag", id="vragen"),
    pytest.param("/?vraag=Welke+rol+hebben+gemeenten%3F", "Gevonden passages", id="antwoord"),
    pytest.param("/?vraag=Hoe+laat+gaat+de+trein%3F", "Geen antwoord in de bronnen", id="geen"),
    pytest.param("/standpunten", "Advies en reactie", id="standpunten"),
    pytest.param("/standpunten?onderwerp=inburgering", "Het kabinet", id="onderwerp"),
    pytest.param("/standpunten?onderwerp=stikstof", "Geen standpunt in de bronnen", id="niets"),
    pytest.param("/documenten", "Documenten", id="documenten"),
    pytest.param("/documenten?document=kst-29861-70&van=100&tot=900", "Appreciatie", id="lezer"),
    pytest.param("/beheer", "In de verzameling", id="beheer"),
    pytest.param("/citeren", "Controleer een citaat", id="citeren"),
    pytest.param(f"/citeren?tekst={DRAFT}", "Citaat 2 Niet gevonden", id="gecontroleerd"),
    pytest.param("/citeren?bestand=weg.docx", "Kies het bestand opnieuw", id="bestand"),
    pytest.param("/citatenlijst", "Uw citatenlijst is nog leeg", id="leeg"),
    pytest.param(f"/citatenlijst?citaat={PICKED}", "Citaat 1", id="citatenlijst"),
    pytest.param("/documenten?document=nergens", "Dit document is er niet", id="nergens"),
)
NAMELESS = """() => [...document.querySelectorAll(
    'input:not([type=hidden]), textarea, select, button, a[href], [role=combobox]')]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .filter(e => !(e.getAttribute('aria-label')
    || (e.getAttribute('aria-labelledby') || '').split(' ')
         .map(id => document.getElementById(id)?.textContent || '').join('')
    || [...(e.labels || [])].map(l => l.textContent).join('')
    || (e.matches('button, a') ? e.textContent || e.title : '')).trim())
  .map(e => e.outerHTML.slice(0, 200))"""
TOO_WIDE = """() => [document.documentElement, document.body, document.getElementById('stMain'),
    document.querySelector('[data-testid=stAppViewContainer]')]
  .filter(e => e && e.scrollWidth > e.clientWidth + 1)
  .map(e => `${e.tagName}#${e.id}: ${e.scrollWidth} > ${e.clientWidth}`)"""


@pytest.mark.parametrize(("path", "heading"), PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_is_dutch_labelled_and_fits(
    open_page: OpenPage, path: str, heading: str, width: int
) -> None:
    page = open_page(path, width=width)
    shown = page.get_by_role("heading", name=heading).first
    expect(shown).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(TOO_WIDE) == []


def test_the_filters_are_labelled_and_fit_a_phone(open_page: OpenPage) -> None:
    page = open_page(width=390)
    page.get_by_text("Verfijnen").click()
    for label in ("Thema", "Document", "Standpunt van", "Soort standpunt"):
        expect(page.get_by_role("combobox", name=label)).to_be_visible()
    for label in ("Vanaf datum", "Tot en met datum"):
        expect(page.get_by_role("textbox", name=label)).to_be_visible()
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(TOO_WIDE) == []


def test_a_question_can_be_asked_and_read_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Uw vraag").focus()
    page.keyboard.type("Wie ondertekende de brief?")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Lees in de brief").first
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
