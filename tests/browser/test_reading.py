"""The reader: links to a paragraph and to a quote, footnotes at hand, and quoting by selecting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from search.indexing import build_index
from search.quoting.permalinks import words_checksum
from search.records import Document
from search.settings import Settings

pytestmark = pytest.mark.browser

StartApp = Callable[[Path, Path], str]
OpenPage = Callable[..., Page]
LETTER = "/documenten?document=kst-29861-70"
BASE = "Kamerstukken II 2020/21, 29861, nr. 70"
FIRST = "Deze nieuwe verscheidenheid maken het samenleven ingewikkelder"
SELECT = """([from, to]) => {
  const place = words => {
    const walker = document.createTreeWalker(
      document.querySelector('.kw-text'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at >= 0) return [walker.currentNode, at];
    }
    throw new Error('not in the text: ' + words);
  };
  const [first, start] = place(from), [last, end] = place(to);
  document.getSelection().setBaseAndExtent(first, start, last, end + to.length);
}"""


def sentence_with(letter: Document, words: str) -> str:
    """Return the sentence of the letter that begins with these words."""
    start = letter.text.index(words)
    return letter.text[start : letter.text.index(". ", start) + 1]


def clipboard(page: Page) -> str:
    """Read what was copied."""
    return str(page.evaluate("navigator.clipboard.readText()"))


def marked(page: Page) -> str:
    """Read what is marked, without the marks of footnotes."""
    marks = page.locator(".kw-text mark")
    script = """marks => marks.map(mark => {
      const copy = mark.cloneNode(true);
      copy.querySelectorAll('sup').forEach(each => each.remove());
      return copy.textContent;
    }).join('|')"""
    return str(marks.evaluate_all(script))


def toolbar(page: Page) -> Locator:
    """Return the toolbar beside a selection."""
    return page.get_by_role("toolbar", name="Geselecteerde zinnen")


def test_the_number_of_a_paragraph_is_its_permalink(open_page: OpenPage, letter: Document) -> None:
    page = open_page(LETTER)
    page.get_by_role("link", name="Link naar alinea 7", exact=True).click()
    mark = page.locator("#al-7 #gemarkeerd")
    expect(mark).to_be_in_viewport()
    paragraph = marked(page)
    assert paragraph.startswith(FIRST)
    query = {key: value[0] for key, value in parse_qs(urlsplit(page.url).query).items()}
    assert letter.text[int(query["van"]) : int(query["tot"])] == paragraph
    assert query["proef"] == words_checksum(paragraph)
    page.get_by_role("group", name="Gemarkeerd").get_by_role("button", name="Kopieer link").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert clipboard(page) == page.url
    page.get_by_role("group", name="Gemarkeerd").get_by_role(
        "button", name="Kopieer citaat"
    ).click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_have_count(2)
    assert clipboard(page) == f"«{paragraph}» ({BASE}, par. ‘Maatschappelijke uitdaging’)"


def test_a_footnote_is_shown_beside_its_mark_by_mouse_and_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(LETTER)
    mark, tip = page.locator("#noot-1-plek"), page.get_by_role("tooltip")
    note = page.locator("#noot-1-tekst").inner_text()
    assert note.startswith("De WRR hanteert voor migrant")
    # Until the fonts are there, the paragraph is a line longer.
    page.evaluate("document.fonts.ready.then(() => true)")
    before = page.locator("#al-6").bounding_box()
    mark.hover()
    expect(tip).to_have_text(note)
    expect(tip).to_be_in_viewport(ratio=1)
    after = page.locator("#al-6").bounding_box()
    assert before is not None
    assert after is not None
    assert before["height"] == after["height"]
    tip.hover()
    page.wait_for_timeout(500)
    expect(tip).to_be_visible()
    page.mouse.move(2, 2)
    expect(tip).to_have_count(0)

    page.get_by_role("link", name="Link naar alinea 6", exact=True).focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    expect(mark).to_have_accessible_description(note)
    expect(tip).to_have_text(note)
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("#noot-1")).to_be_focused()
    expect(page.locator("#noot-1")).to_be_in_viewport()


def test_a_word_selected_with_the_mouse_quotes_its_whole_sentence(
    open_page: OpenPage, letter: Document
) -> None:
    page = open_page(LETTER)
    sentence = page.locator(".kw-zin").filter(has_text=FIRST)
    sentence.click()
    expect(toolbar(page)).to_have_count(0)
    sentence.dblclick()
    expect(toolbar(page)).to_contain_text("1 zin")
    expect(toolbar(page)).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-kw-chosen]")).to_have_count(1)
    toolbar(page).get_by_role("button", name="Kopieer citaat").click()
    expect(toolbar(page)).to_contain_text("Gekopieerd")
    whole = sentence_with(letter, FIRST)
    assert clipboard(page) == f"«{whole}» ({BASE}, par. ‘Maatschappelijke uitdaging’)"

    toolbar(page).get_by_role("link", name="Link naar dit citaat").click()
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    assert marked(page) == whole
    expect(toolbar(page)).to_have_count(0)
    expect(page.locator(".kw-notice")).to_have_count(0)


def test_a_selection_over_a_footnote_and_paragraphs_is_quoted_as_it_is(
    open_page: OpenPage, letter: Document
) -> None:
    page = open_page(LETTER, width=390)
    expect(page.locator("#al-1")).to_be_visible()
    page.evaluate(SELECT, ["reageert het kabinet", "waardering voor de inzet"])
    expect(toolbar(page)).to_contain_text("2 zinnen")
    box = toolbar(page).bounding_box()
    assert box is not None
    assert box["x"] == 0
    assert box["y"] + box["height"] == pytest.approx(900, abs=1)
    page.keyboard.press("Tab")
    expect(toolbar(page).get_by_role("button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(toolbar(page)).to_contain_text("Gekopieerd")
    whole = (
        "Met deze brief reageert het kabinet op het rapport.\n\n"
        "Het kabinet heeft grote waardering voor de inzet en gedegenheid waarmee het rapport tot "
        "stand is gekomen."
    )
    assert whole in letter.text
    assert clipboard(page) == f"«{whole}» ({BASE}, par. ‘Inleiding’)"
    href = toolbar(page).get_by_role("link").get_attribute("href") or ""
    assert parse_qs(urlsplit(href).query)["proef"] == [words_checksum(whole)]
    page.keyboard.press("Escape")
    expect(toolbar(page)).to_have_count(0)
    expect(page.locator("[data-kw-chosen]")).to_have_count(0)


def test_a_permalink_outlives_a_new_index_and_says_what_became_of_it(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path], letter: Document
) -> None:
    corpus, index = copied
    page = open_page(LETTER, at=start_app(corpus, index))
    page.locator(".kw-zin").filter(has_text=FIRST).dblclick()
    toolbar(page).get_by_role("link", name="Link naar dit citaat").click()
    whole = sentence_with(letter, FIRST)
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()

    file = corpus / "kst-29861-70.md"
    source = file.read_text(encoding="utf-8")
    opening = "Op 14 december 2020 heeft"
    file.write_text(source.replace(opening, f"Vooraf een woord.\n\n{opening}"), encoding="utf-8")
    build_index(Settings(corpus, index))
    page.reload()
    notice = page.get_by_role("status").filter(has_text="Het document is gewijzigd")
    expect(notice).to_contain_text("Dezelfde woorden staan nu op een andere plek")
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    assert marked(page) == whole
    bar = page.get_by_role("group", name="Gemarkeerd")
    bar.get_by_role("button", name="Kopieer link").click()
    expect(bar).to_contain_text("Gekopieerd")
    query = parse_qs(urlsplit(clipboard(page)).query)
    assert query["van"] == [str(letter.text.index(whole) + len("Vooraf een woord.\n\n"))]

    file.write_text(source.replace("ingewikkelder, wat kan", "lastiger, wat kan"), encoding="utf-8")
    build_index(Settings(corpus, index))
    page.reload()
    expect(notice).to_contain_text("staan er niet meer letterlijk in")
    expect(page.locator(".kw-text")).to_contain_text("samenleven lastiger")
    expect(page.locator("mark")).to_have_count(0)


def test_what_a_document_refers_to_is_a_link(
    start_app: StartApp, open_page: OpenPage, copied: tuple[Path, Path]
) -> None:
    corpus, index = copied
    (corpus / "brief.md").write_text(
        f"# Brief over verwijzingen\n\nZie {BASE} en Kamerstukken II 2019/20, 35300, nr. 12.\n",
        encoding="utf-8",
    )
    build_index(Settings(corpus, index))
    page = open_page("/documenten?document=brief", at=start_app(corpus, index))
    elsewhere = page.locator(".kw-text").get_by_role("link", name="35300, nr. 12")
    expect(elsewhere).to_have_attribute(
        "href", "https://zoek.officielebekendmakingen.nl/kst-35300-12.html"
    )
    expect(elsewhere).to_have_attribute("target", "_blank")
    expect(elsewhere).to_have_accessible_description(
        "Officiële pagina (opent in een nieuw tabblad)"
    )
    page.evaluate(SELECT, ["Zie", "Zie"])
    toolbar(page).get_by_role("button", name="Kopieer citaat").click()
    expect(toolbar(page)).to_contain_text("Gekopieerd")
    assert clipboard(page).startswith(f"«Zie {BASE} en Kamerstukken II 2019/20, 35300, nr. 12.»")
    page.locator(".kw-text").get_by_role("link", name="29861, nr. 70").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kabinetsreactie op het WRR")
