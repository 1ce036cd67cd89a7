"""Documents managed in the browser: from an upload to an answer, and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from tests.browser.test_access import NAMELESS, TOO_WIDE
from tests.browser.test_citing import english
from tests.browser.test_hostile_text import check_harmless, collect_dialogs

from search.storage.local.generations import build_lock, current_generation

pytestmark = pytest.mark.browser

StartApp = Callable[[Path, Path], str]
OpenPage = Callable[..., Page]
BUILD = 90_000
"""Milliseconds within which a small index is built on a busy machine."""
QUESTION = "Hoeveel bijen vliegen er boven Terschelling?"
KNOWN = "Komt er een jaarlijkse Staat van migratie?"
BEES = """\
# Brief over de bijenstand op Terschelling

Den Haag, 3 mei 2022

Boven Terschelling vliegen naar schatting 4,2 miljoen bijen, meldt de imkervereniging.
"""
# A name of markup, Markdown and a mark that turns the direction; "/" can be in no name.
EVIL_NAME = "<img src=x onerror=alert(1)> **vet** [a](javascript:alert(2)) :red[x]\u202e.txt"
EVIL_TEXT = """\
Brief over <script>alert(3)</script> kwallen

De kwal van Rottumerplaat drijft, zie <img src=x onerror=alert(4)> en [x](javascript:alert(5)) \
en **vet** en :red[rood] en <svg onload=alert(6)> en {{7*7}} en $x^2$.
"""


def text_file(name: str, text: str) -> FilePayload:
    """Write a text file to be uploaded."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def open_managing(open_page: OpenPage, at: str, **settings: int) -> Page:
    """Open the page and wait for its list."""
    page = open_page("/beheer", at=at, **settings)
    expect(page.get_by_role("heading", name="In de verzameling")).to_be_visible()
    return page


def offer(page: Page, *files: FilePayload) -> None:
    """Choose files and press the button."""
    page.locator("input[type=file]").set_input_files(files)
    for file in files:
        gone = page.get_by_role("button", name=f"Verwijder {file['name']}", exact=True)
        expect(gone).to_be_visible()
    page.get_by_role("button", name="Voeg toe").click()


def told(page: Page, words: str) -> Locator:
    """Wait for a notice with these words."""
    notice = page.get_by_role("status").filter(has_text=words)
    expect(notice).to_be_visible(timeout=BUILD)
    return notice


def row(page: Page, name: str) -> Locator:
    """Find the row of a file in the list."""
    return page.locator("[class*=st-key-bestand_]").filter(has_text=name)


def ask(page: Page, question: str) -> None:
    """Go to the questions by the header and ask one."""
    page.get_by_role("navigation", name="Hoofdmenu").get_by_text("Vragen").click()
    field = page.get_by_label("Uw vraag")
    field.fill(question)
    field.press("Enter")


def test_an_upload_is_followed_and_answers_without_a_restart(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path]
) -> None:
    corpus, index = copied
    at = start_app(corpus, index)
    page, other = open_managing(open_page, at), open_page(at=at)
    before = current_generation(index)
    # Another build of this index keeps the app's waiting until this test has looked.
    with build_lock(index):
        offer(page, text_file("bijen.md", BEES))
        told(page, "bijen.md: toegevoegd")
        bar = page.get_by_role("progressbar")
        expect(bar).to_be_visible()
        expect(page.get_by_text("De index bijwerken")).to_be_visible()
        expect(row(page, "bijen.md")).to_contain_text("Nog niet in de index")
        assert english(page) == []
        # The index in use still answers, here and for others, without the new document.
        ask(other, KNOWN)
        expect(other.locator("article.kw-hit").first).to_contain_text("Staat van migratie")
        ask(other, QUESTION)
        expect(other.get_by_role("heading", name="Geen antwoord in de bronnen")).to_be_visible()
        assert current_generation(index) == before
    told(page, "De index bijwerken: klaar")
    expect(bar).to_have_count(0)
    expect(row(page, "bijen.md")).to_contain_text("Toegevoegd op ")
    assert current_generation(index) != before

    other.reload()
    first = other.locator("article.kw-hit").first
    expect(first.get_by_role("blockquote")).to_contain_text("4,2 miljoen bijen")
    row(page, "bijen.md").get_by_role("link", name="bijen.md").click()
    expect(page.locator(".kw-text")).to_contain_text("4,2 miljoen bijen")


def test_a_document_is_removed_once_it_is_confirmed(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path]
) -> None:
    corpus, index = copied
    news = corpus / "nieuwsbericht-kabinetsreactie-wrr.txt"
    page = open_managing(open_page, start_app(corpus, index))
    line = row(page, news.name)
    line.get_by_role("button", name="Verwijder").click()
    expect(line.get_by_role("button", name="Ja, verwijder")).to_be_visible()
    line.get_by_role("button", name="Nee").click()
    expect(line.get_by_role("button", name="Verwijder", exact=True)).to_be_visible()
    assert news.is_file()
    line.get_by_role("button", name="Verwijder").click()
    line.get_by_role("button", name="Ja, verwijder").click()
    expect(line).to_have_count(0)
    assert not news.exists()
    told(page, "De index bijwerken: klaar")
    page.get_by_role("button", name="Sluit deze melding").click()
    expect(page.get_by_text("De index bijwerken: klaar")).to_have_count(0)
    page.get_by_role("navigation", name="Hoofdmenu").get_by_text("Documenten").click()
    expect(page.locator("article.kw-entry")).to_have_count(1)


def test_a_refused_file_is_told_and_the_others_go_on(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path]
) -> None:
    corpus, index = copied
    letter = (corpus / "kst-29861-70.md").read_text(encoding="utf-8")
    page = open_managing(open_page, start_app(corpus, index))
    assert english(page) == []
    files: list[FilePayload] = [
        text_file("leeg.md", ""),
        text_file("nul.txt", "abc\x00def"),
        {"name": "vals.docx", "mimeType": "application/octet-stream", "buffer": b"Geen Word"},
        text_file("kopie.md", letter),
        text_file("bijen.md", BEES),
    ]
    offer(page, *files)
    notice = told(page, "bijen.md: toegevoegd")
    copy = "kopie.md: was er al. Dezelfde inhoud staat er al als kst-29861-70.md."
    refused = [f"{name}: geweigerd" for name in ("leeg.md", "nul.txt", "vals.docx")]
    for words in (*refused, copy):
        expect(notice).to_contain_text(words)
    assert sorted(path.name for path in corpus.glob("*") if path.suffix != ".toml") == [
        "bijen.md",
        "kst-29861-70.md",
        "nieuwsbericht-kabinetsreactie-wrr.txt",
    ]
    told(page, "De index bijwerken: klaar")
    expect(notice).to_be_visible()
    assert english(page) == []
    page.locator("input[type=file]").set_input_files(text_file("x.exe", "MZ"))
    expect(page.get_by_text("Een bestand van dit soort kan hier niet.")).to_be_visible()
    assert english(page) == []


def test_the_page_fits_a_phone_at_every_turn(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path]
) -> None:
    corpus, index = copied
    name = "een-naam-" + "zonder-eind-" * 12 + "slot.md"
    (corpus / ("x" * 100 + ".txt")).write_text("Nog niet in de index.\n")
    page = open_managing(open_page, start_app(corpus, index), width=390, height=844)
    page.get_by_text("Officiële publicaties ophalen").click()
    expect(page.get_by_label("Of een heel dossier")).to_be_visible()
    row(page, "kst-29861-70.md").get_by_role("button", name="Verwijder").click()
    expect(page.get_by_role("button", name="Ja, verwijder")).to_be_visible()
    with build_lock(index):
        offer(page, text_file(name, BEES))
        expect(page.get_by_role("progressbar")).to_be_visible()
        expect(row(page, name)).to_be_visible()
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate(NAMELESS) == []
    told(page, "De index bijwerken: klaar")
    assert page.evaluate(TOO_WIDE) == []
    assert english(page) == []


def test_no_script_of_a_name_or_a_text_runs_on_any_page(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path]
) -> None:
    corpus, index = copied
    # Written by hand, with its own name; an uploaded file gets a safe one.
    (corpus / EVIL_NAME).write_text(EVIL_TEXT, encoding="utf-8")
    at = start_app(corpus, index)
    page = open_managing(open_page, at)
    dialogs = collect_dialogs(page)
    shown = "<img src=x onerror=alert(1)> **vet** [a](javascript:alert(2)) :red[x].txt"
    expect(row(page, shown)).to_contain_text("Nog niet in de index")
    row(page, shown).get_by_role("button", name="Verwijder").hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_contain_text(f"Verwijder {shown}")
    expect(tip.locator("img, strong, a, script")).to_have_count(0)

    offer(
        page,
        text_file("<svg onload=alert(7)> **kwal**.txt", f"{EVIL_TEXT}\nTwee.\n"),
        text_file("<b>leeg>.md", ""),
    )
    expect(told(page, "toegevoegd")).to_contain_text("-svg onload=alert(7)- --kwal--.txt")
    expect(told(page, "geweigerd")).to_contain_text("-b-leeg-.md")
    check_harmless(page, dialogs)
    told(page, "De index bijwerken: klaar")
    check_harmless(page, dialogs)

    row(page, shown).get_by_role("link").click()
    expect(page.locator(".kw-text")).to_contain_text("<img src=x onerror=alert(4)>")
    check_harmless(page, dialogs)
    page.get_by_role("navigation", name="Hoofdmenu").get_by_text("Documenten").click()
    expect(page.locator("article.kw-entry")).to_have_count(4)
    check_harmless(page, dialogs)
    ask(page, "Waar drijft de kwal van Rottumerplaat?")
    card = page.locator("article.kw-hit").first
    expect(card.get_by_role("blockquote")).to_contain_text("<svg onload=alert(6)>")
    check_harmless(page, dialogs)
    page.get_by_text("Verfijnen").click()
    page.get_by_role("combobox", name="Document").click()
    expect(page.get_by_role("option").first).to_be_visible()
    check_harmless(page, dialogs)
    for path in (
        "/standpunten?onderwerp=kwal",
        "/citeren?tekst=«De+kwal+van+Rottumerplaat+drijft»",
    ):
        page.goto(at + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check_harmless(page, dialogs)
