"""A document that holds code: it is shown as text, wherever it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from search.indexing import build_index
from search.settings import Settings

pytestmark = pytest.mark.browser

StartApp = Callable[[Path, Path], str]
OpenPage = Callable[..., Page]
NOISE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "[kader](javascript:alert(3))",
)
PLAIN = f"""\
Brief over kwetsbare zeesterren

De zeester van Schiermonnikoog leeft in ondiep water, zie {NOISE[0]} en {NOISE[1]} en {NOISE[2]} \
en **vet** en :red[rood] en $x^2$ en `code` en &lt;b&gt;.
"""
MARKDOWN = f"""\
# Brief over <img src=x onerror=alert(4)> kwallen

De kwal van Rottumerplaat drijft in diep water, zie \\{NOISE[0]} en `{NOISE[1]}` en {NOISE[2]}.
"""
SIDECAR = """\
subject = "<b onmouseover=alert(5)>Zeesterren</b>"
issuer = "<svg onload=alert(6)>"
kind = "[Brief](javascript:alert(7))"
url = "javascript:alert(8)"
"""


@pytest.fixture
def hostile(copied: tuple[Path, Path]) -> tuple[Path, Path]:
    """Return a corpus with code in its texts and sidecars, and its index."""
    corpus, index = copied
    (corpus / "zeester.txt").write_text(PLAIN, encoding="utf-8")
    (corpus / "zeester.toml").write_text(SIDECAR, encoding="utf-8")
    (corpus / "kwal.md").write_text(MARKDOWN, encoding="utf-8")
    build_index(Settings(corpus, index))
    return corpus, index


def collect_dialogs(page: Page) -> list[str]:
    """Return a list that fills with what the page's alerts say."""
    said: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    return said


def check_harmless(page: Page, dialogs: list[str]) -> None:
    """Check that no element or handler came out of a text."""
    ours = page.locator(".kw")
    for selector in ("script", "img", "svg", "b", "strong", "[onerror]", "[href^='javascript']"):
        expect(ours.locator(selector)).to_have_count(0)
    assert dialogs == []


def check_plain(text: Locator) -> None:
    """Check that a text is shown character by character."""
    for sign in (*NOISE, "**vet**", ":red[rood]", "$x^2$", "`code`"):
        expect(text).to_contain_text(sign)


def test_code_in_a_document_is_shown_as_text(
    start_app: StartApp, open_page: OpenPage, hostile: tuple[Path, Path]
) -> None:
    page = open_page(at=start_app(*hostile))
    dialogs = collect_dialogs(page)
    field = page.get_by_label("Uw vraag")
    field.fill("Waar leeft de zeester van Schiermonnikoog?")
    field.press("Enter")
    card = page.locator("article.kw-hit").first
    check_plain(card.get_by_role("blockquote"))
    expect(card.locator(".kw-source")).to_contain_text("<svg onload=alert(6)>")
    expect(card.get_by_role("link", name="Officiële pagina")).to_have_count(0)
    check_harmless(page, dialogs)
    card.get_by_role("link", name="Lees in").click()
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    check_plain(page.locator(".kw-text"))
    check_harmless(page, dialogs)
    page.get_by_role("link", name="Alle documenten").click()
    expect(page.locator("article.kw-entry")).to_have_count(4)
    expect(page.get_by_text("<b onmouseover=alert(5)>Zeesterren</b>").first).to_be_visible()
    check_harmless(page, dialogs)


def test_code_in_a_question_and_a_link_is_shown_as_text(open_page: OpenPage) -> None:
    noise = "<img src=x onerror=alert(1)> **trots** [x](javascript:alert(2))"
    page = open_page()
    dialogs = collect_dialogs(page)
    page.get_by_label("Uw vraag").fill(noise)
    page.get_by_label("Uw vraag").press("Enter")
    expect(page.locator(".kw-results")).to_be_visible()
    expect(page.get_by_label("Uw vraag")).to_have_value(noise)
    check_harmless(page, dialogs)
    page.goto(page.url.partition("?")[0] + "documenten?document=<img%20src=x%20onerror=alert(3)>")
    expect(page.get_by_role("status")).to_contain_text("<img src=x onerror=alert(3)>")
    check_harmless(page, dialogs)
