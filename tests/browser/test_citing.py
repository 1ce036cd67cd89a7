"""Citing as a person does it: from a hit to the clipboard and to Word, and a draft checked."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import quote

import docx
import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from playwright.sync_api import FilePayload, Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
QUESTION = "/?vraag=Komt+er+een+jaarlijkse+Staat+van+migratie%3F"
LETTER = "Kamerstukken II 2020/21, 29861, nr. 70"
RIGHT = "Mede in dat licht gaat een jaarlijkse Staat van migratie uitgebracht worden."
CITED = f"{LETTER}, par. ‘Thema 4: Migratiebeleid’"
NEAR = "De WRR stelt vast dat Nederland een dynamische samenleving is geworden."
NOWHERE = "De zon schijnt elke dag op het strand van Texel"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENGLISH = re.compile(
    r"\b(?:upload|browse|drag|drop|files?|limit|per|remove|delete|add|error|allowed|must|smaller|"
    r"download file|press|enter|apply|submit|form|running|stop|close|open|clear)\b",
    re.IGNORECASE,
)
WORDS = """() => {
  const skipped = 'script, style, textarea, [aria-hidden=true], .kw-quote, .kw-hit';
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(skipped)) said.push(walker.currentNode.data);
  }
  for (const each of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
    for (const name of ['aria-label', 'title', 'placeholder']) said.push(each.getAttribute(name));
  }
  return said.filter(Boolean).map(each => each.trim()).filter(Boolean);
}"""
REACHED = """() => {
  const at = document.activeElement;
  const copy = at.cloneNode(true);
  copy.querySelectorAll('[aria-hidden=true], [aria-live]').forEach(each => each.remove());
  return (at.getAttribute('aria-label') || copy.textContent || at.tagName).trim();
}"""


def pick_hits(page: Page, *numbers: int) -> None:
    """Put hits on the list, and wait until the header counts them all."""
    for number in numbers:
        page.locator("[data-kw-add]").nth(number).click()
    expect(page.locator(".kw-listed")).to_have_text(str(len(numbers)))


def quotes(page: Page) -> list[str]:
    """Read the quotes of the list in their order."""
    return page.locator(".kw-listed-quote blockquote").all_inner_texts()


def open_list(page: Page) -> None:
    """Go to the list by the header."""
    page.get_by_role("navigation", name="Hoofdmenu").get_by_text("Citatenlijst").click()
    expect(page.get_by_role("heading", level=1, name="Citatenlijst")).to_be_visible()


def saved(page: Page, name: str, folder: Path) -> bytes:
    """Press a download button and return the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Download als {name}").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path.read_bytes()


def draft(*paragraphs: str) -> FilePayload:
    """Write a Word document to be uploaded."""
    document, out = docx.Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return {"name": "concept.docx", "mimeType": WORD, "buffer": out.getvalue()}


def upload(page: Page, file: FilePayload) -> None:
    """Choose a file."""
    if not page.get_by_text("Concept (.txt, .md of .docx)").is_visible():
        page.get_by_text("Of controleer een bestand").click()
    page.locator("input[type=file]").set_input_files(file)


def english(page: Page) -> list[str]:
    """Return what the page says in English."""
    return [said for said in page.evaluate(WORDS) if ENGLISH.search(said)]


def test_a_hit_is_copied_with_its_citation(open_page: OpenPage) -> None:
    page = open_page(QUESTION)
    hit = page.locator("article.kw-hit").first
    words = hit.locator("blockquote").inner_text()
    hit.get_by_role("button", name="Kopieer citaat").click()
    expect(hit.get_by_role("button", name="Gekopieerd")).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied == f"«{words}» ({CITED})"
    assert RIGHT in copied


def test_from_a_hit_by_the_list_to_word_and_reference_managers(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(QUESTION)
    pick_hits(page, 0, 2)
    # The answer is on the list already.
    page.locator("[data-kw-add]").first.click()
    expect(page.locator("[data-kw-add]").first).to_contain_text("Staat op de lijst")
    expect(page.locator(".kw-listed")).to_have_text("2")
    open_list(page)
    expect(page.locator(".kw-listed-quote")).to_have_count(2)
    first, second = quotes(page)
    assert first == RIGHT
    page.get_by_label("Notitie bij citaat 1").fill("Voor de inleiding")
    page.get_by_role("button", name="Citaat 1: Omlaag").click()
    expect(page.locator(".kw-listed-quote blockquote").first).to_have_text(second)
    expect(page.get_by_label("Notitie bij citaat 2")).to_have_value("Voor de inleiding")

    document = docx.Document(BytesIO(saved(page, "Word", tmp_path)))
    assert [p.text for p in document.paragraphs][1:] == [
        *f"«{second}»".split("\n\n"),
        f"«{RIGHT}»",
        "Notitie: Voor de inleiding",
    ]
    notes = parse_xml(document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES).blob)
    texts = {
        note.get(qn("w:id")): "".join(t.text for t in note.iter(qn("w:t")))
        for note in notes.findall(qn("w:footnote"))
    }
    (mark,) = document.paragraphs[-2]._p.iter(qn("w:footnoteReference"))
    assert CITED in texts[mark.get(qn("w:id"))]

    (record,) = rispy.loads(saved(page, "RIS", tmp_path).decode())
    assert record["type_of_reference"] == "GOVDOC"
    assert LETTER in " ".join(record["notes"])
    assert any("Voor de inleiding" in note for note in record["notes"])
    parsed = parse_string(saved(page, "BibTeX", tmp_path).decode())
    assert not parsed.failed_blocks
    (entry,) = parsed.entries
    assert entry.entry_type == "techreport"
    assert RIGHT in entry["annote"]
    assert "[^1]: " in saved(page, "Markdown", tmp_path).decode()
    rows = csv.DictReader(StringIO(saved(page, "CSV", tmp_path).decode("utf-8-sig")), delimiter=";")
    assert [row["Notitie"] for row in rows] == ["", "Voor de inleiding"]
    assert saved(page, "CSL-JSON", tmp_path).startswith(b"[")
    assert english(page) == []


def test_the_list_outlives_a_reload_and_goes_along_in_its_address(
    open_page: OpenPage, app: str
) -> None:
    page = open_page(QUESTION)
    pick_hits(page, 0, 2)
    open_list(page)
    expect(page.locator(".kw-listed-quote")).to_have_count(2)
    page.get_by_role("button", name="Citaat 2: Omhoog").click()
    expect(page.locator(".kw-listed-quote blockquote").nth(1)).to_have_text(RIGHT)
    expect(page.get_by_label("Notitie bij citaat 2")).to_have_count(1)
    page.get_by_label("Notitie bij citaat 2").fill("a | b & 100%")
    page.get_by_label("Notitie bij citaat 2").press("Enter")
    expect(page).to_have_url(re.compile(r"100%25"))
    order, address = quotes(page), page.url

    page.reload()
    expect(page.locator(".kw-listed-quote")).to_have_count(2)
    assert quotes(page) == order
    page.goto(f"{app}/documenten")
    expect(page.locator(".kw-listed")).to_have_text("2")
    assert page.url == f"{app}/documenten"
    open_list(page)
    expect(page.get_by_label("Notitie bij citaat 2")).to_have_value("a | b & 100%")
    page.get_by_role("button", name="Kopieer link").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))

    for link in (address, copied):
        other = open_page(link.removeprefix(app))
        expect(other.locator(".kw-listed-quote")).to_have_count(2)
        assert quotes(other) == order
        expect(other.get_by_label("Notitie bij citaat 2")).to_have_value("a | b & 100%")


def test_hits_that_are_picked_at_once_are_all_on_the_list(open_page: OpenPage) -> None:
    page = open_page(QUESTION)
    expect(page.locator("[data-kw-add]").nth(4)).to_be_visible()
    before = page.url
    page.evaluate("document.querySelectorAll('[data-kw-add]').forEach(each => each.click())")
    places = set(page.locator("[data-kw-add]").evaluate_all("all => all.map(e => e.dataset.kwAdd)"))
    assert len(places) >= 5
    expect(page.locator(".kw-listed")).to_have_text(str(len(places)))
    assert page.url == before


def test_back_undoes_what_was_done_to_the_list(open_page: OpenPage) -> None:
    page = open_page(QUESTION)
    pick_hits(page, 0, 2)
    open_list(page)
    expect(page.locator(".kw-listed-quote")).to_have_count(2)
    page.get_by_role("button", name="Citaat 1: Verwijder").click()
    expect(page.locator(".kw-listed-quote")).to_have_count(1)
    expect(page.locator(".kw-listed")).to_have_text("1")
    page.get_by_role("button", name="Maak de lijst leeg").click()
    expect(page.get_by_text("Uw citatenlijst is nog leeg")).to_be_visible()
    expect(page.locator(".kw-listed")).to_have_count(0)
    page.go_back()
    expect(page.locator(".kw-listed-quote")).to_have_count(1)
    page.go_back()
    expect(page.locator(".kw-listed-quote")).to_have_count(2)
    page.go_back()
    expect(page.get_by_role("heading", name="Gevonden passages")).to_be_visible()
    expect(page.locator(".kw-listed")).to_have_text("2")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_quote_that_is_nearly_right_shows_what_differs(open_page: OpenPage, width: int) -> None:
    page = open_page("/citeren", width=width)
    page.get_by_label("Citaat of tekst").fill(NEAR)
    page.get_by_role("button", name="Controleer", exact=True).click()
    expect(page.get_by_role("heading", name="Bijna woordelijk")).to_be_visible()
    line = page.locator(".kw-diff").first
    expect(line.locator("del")).to_have_text([re.compile("vast$"), re.compile("samenleving$")])
    expect(line.locator("ins")).to_have_text(re.compile("migratiesamenleving$"))
    assert line.locator("del").first.evaluate("e => getComputedStyle(e).textDecorationLine") == (
        "line-through"
    )
    source = page.locator(".kw-match").first
    expect(source.locator("blockquote")).to_contain_text("dynamische migratiesamenleving is")
    source.get_by_role("link", name="Lees in de brief").click()
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    page.go_back()
    expect(line).to_be_visible()
    expect(page.get_by_label("Citaat of tekst")).to_have_value(NEAR)
    page.go_back()
    expect(page.get_by_text("Probeer bijvoorbeeld")).to_be_visible()
    expect(page.get_by_label("Citaat of tekst")).to_have_value("")
    page.go_forward()
    expect(line).to_be_visible()


def test_what_is_typed_stays_when_a_quote_is_picked(open_page: OpenPage) -> None:
    page = open_page(f"/citeren?tekst={quote(RIGHT)}")
    expect(page.get_by_role("heading", name="Woordelijk")).to_be_visible()
    page.get_by_label("Citaat of tekst").fill("Nog niet klaar")
    pick_hits(page, 0)
    expect(page.get_by_label("Citaat of tekst")).to_have_value("Nog niet klaar")


def test_a_word_draft_gives_a_table_and_a_csv(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/citeren")
    expect(page.get_by_text("Probeer bijvoorbeeld")).to_be_visible()
    upload(page, draft("Concept", f"Men schrijft «{RIGHT}»", f"En „{NEAR}” en “{NOWHERE}”."))
    rows = page.locator(".kw-quotes tbody tr")
    expect(rows).to_have_count(3)
    verdicts = [row.locator("td").nth(1).inner_text() for row in rows.all()]
    assert verdicts == ["Woordelijk", "Bijna woordelijk", "Niet gevonden"]
    expect(rows.first.locator("td").nth(2)).to_have_text(CITED)
    expect(rows.nth(2).locator("td").nth(2)).to_have_text("–")
    expect(page.locator(".kw-nearest")).to_contain_text("maar is iets anders")
    rows.nth(1).get_by_role("link").click()
    expect(page.locator("#citaat-2")).to_be_focused()

    table = saved(page, "CSV", tmp_path).decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(table), delimiter=";"))
    assert [line["Oordeel"] for line in lines] == [
        "woordelijk",
        "bijna woordelijk",
        "niet gevonden",
    ]
    assert lines[0]["Vindplaats"] == CITED
    assert "toegevoegd «vast»" in lines[1]["Verschillen"]
    assert lines[2]["Vindplaats"] == ""

    page.locator(".kw-match").first.get_by_role("link", name="Lees in de brief").click()
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    page.go_back()
    expect(rows).to_have_count(3)
    page.go_back()
    expect(page.get_by_text("Probeer bijvoorbeeld")).to_be_visible()


def test_a_file_that_can_not_be_taken_is_told_in_dutch(open_page: OpenPage) -> None:
    page = open_page("/citeren")
    page.get_by_text("Of controleer een bestand").click()
    expect(page.get_by_text("Hooguit 20 MB")).to_be_visible()
    assert english(page) == []
    upload(page, {"name": "rapport.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    expect(page.get_by_text("Een bestand van dit soort kan hier niet.")).to_be_visible()
    large = b"a" * 21_000_000
    upload(page, {"name": "groot.txt", "mimeType": "text/plain", "buffer": large})
    expect(page.get_by_text("Dit bestand is te groot: hooguit 20 MB kan.")).to_be_visible()
    assert english(page) == []
    upload(page, {"name": "stuk.docx", "mimeType": WORD, "buffer": b"PK\x03\x04 geen zip"})
    expect(page.get_by_text("stuk.docx is beschadigd")).to_be_visible()
    upload(page, draft("Hier wordt niets aangehaald."))
    expect(page.get_by_text("Geen citaten gevonden")).to_be_visible()
    assert english(page) == []


def reached(page: Page, last: str, most: int = 60) -> list[str]:
    """Press Tab until the focus is on the element of this name; return all that had it."""
    names: list[str] = []
    while len(names) < most and (not names or names[-1] != last):
        page.keyboard.press("Tab")
        names.append(page.evaluate(REACHED))
    return names


def test_the_keyboard_reaches_all_of_both_pages(open_page: OpenPage) -> None:
    page = open_page(f"/citeren?tekst={quote(f'«{RIGHT}» en «{NOWHERE}»')}")
    expect(page.locator(".kw-checked")).to_have_count(2)
    page.get_by_text("Of controleer een bestand").click()
    page.get_by_label("Citaat of tekst").focus()
    names = reached(page, "Lees deze passage")
    for name in (
        "Controleer",
        "Kies een bestand",
        f"«{RIGHT}»",
        f"«{NOWHERE}»",
        "Download als CSV",
        "Lees in de brief",
        "Kopieer citaat",
        "Op de citatenlijst",
    ):
        assert name in names
    page.get_by_role("button", name="Op de citatenlijst").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kw-listed")).to_have_text("1")

    page = open_page(QUESTION)
    pick_hits(page, 0, 2)
    open_list(page)
    expect(page.locator(".kw-listed-quote")).to_have_count(2)
    page.get_by_role("link", name="Kamerwijzer").focus()
    names = reached(page, "Maak de lijst leeg")
    downloads = [f"Download als {kind}" for kind in ("Word", "CSV", "RIS", "BibTeX", "CSL-JSON")]
    for name in (
        *downloads,
        "Kopieer link",
        "Lees in de brief",
        "Kopieer citaat",
        "Notitie bij citaat 1",
        "Citaat 1: Omlaag",
        "Citaat 1: Verwijder",
        "Notitie bij citaat 2",
        "Citaat 2: Omhoog",
        "Citaat 2: Verwijder",
    ):
        assert name in names
    page.get_by_role("button", name="Citaat 2: Omhoog").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kw-listed-quote blockquote").nth(1)).to_have_text(RIGHT)
