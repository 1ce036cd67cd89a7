"""A corpus that changes while the app runs: told calmly, and taken up without a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from search.indexing import build_index
from search.settings import Settings
from search.ui.opening import CHECKED_EVERY

pytestmark = pytest.mark.browser

StartApp = Callable[[Path, Path], str]
OpenPage = Callable[..., Page]
QUESTION = "Hoeveel bijen vliegen er boven Terschelling?"
LATER = CHECKED_EVERY * 1000 + 500
"""Milliseconds after which a change must be told."""
ADDED = """\
# Brief over de bijenstand op Terschelling

Den Haag, 3 mei 2022

Boven Terschelling vliegen naar schatting 4,2 miljoen bijen, meldt de imkervereniging.
"""


def test_an_added_document_is_told_and_then_found_without_a_restart(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path]
) -> None:
    corpus, index = copied
    page = open_page(at=start_app(corpus, index))
    field = page.get_by_label("Uw vraag")
    field.fill(QUESTION)
    field.press("Enter")
    expect(page.get_by_role("heading", name="Geen antwoord in de bronnen")).to_be_visible()

    (corpus / "bijen.md").write_text(ADDED, encoding="utf-8")
    page.wait_for_timeout(LATER)
    page.reload()
    notice = page.get_by_role("status").filter(has_text="De index is niet meer bij")
    expect(notice).to_contain_text("bijen.md is nieuw")
    expect(notice.locator("code")).to_have_text("kamerwijzer index")
    expect(page.locator("article.kw-hit")).to_have_count(0)

    build_index(Settings(corpus, index))
    page.reload()
    first = page.locator("article.kw-hit").first
    expect(first.get_by_role("blockquote")).to_contain_text("4,2 miljoen bijen")
    expect(field).to_have_value(QUESTION)
    page.get_by_role("navigation", name="Hoofdmenu").get_by_text("Documenten").click()
    expect(page.locator("article.kw-entry")).to_have_count(3)


def test_a_changed_document_is_never_answered_from_the_old_index(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path]
) -> None:
    corpus, index = copied
    page = open_page(at=start_app(corpus, index))
    example = page.get_by_role("button", name="Waarop zijn Nederlanders trots?")
    expect(example).to_be_visible()
    letter = corpus / "kst-29861-70.md"
    text = letter.read_text(encoding="utf-8")
    letter.write_text(text.replace("zijn trots op", "zijn blij met"), encoding="utf-8")
    # The corpus is checked every few seconds; a quote that its file lacks is withheld at once.
    example.click()
    expect(page.get_by_text("komt niet woord voor woord overeen")).to_be_visible()
    expect(page.get_by_role("blockquote").filter(has_text="trots")).to_have_count(0)
    page.wait_for_timeout(LATER)
    page.reload()
    notice = page.get_by_role("status").filter(has_text="De index is niet meer bij")
    expect(notice).to_contain_text("is gewijzigd")
    expect(notice.locator("code")).to_have_text("kamerwijzer index")
    expect(page.locator("article.kw-hit")).to_have_count(0)


def test_no_index_at_all_is_told(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path], tmp_path: Path
) -> None:
    page = open_page(at=start_app(copied[0], tmp_path / "nergens"))
    notice = page.get_by_role("status").filter(has_text="Er is nog geen index")
    expect(notice.locator("code").first).to_have_text("kamerwijzer index")
