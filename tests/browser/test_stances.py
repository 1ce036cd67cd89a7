"""From a topic to the sentence in the reader, as a person follows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
TOPIC = "/standpunten?onderwerp=richtgetallen+voor+asielmigratie"


@pytest.mark.parametrize("width", [1280, 390])
def test_from_a_topic_to_the_sentence_in_the_letter(open_page: OpenPage, width: int) -> None:
    page = open_page("/", width=width)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.get_by_role("navigation", name="Hoofdmenu").get_by_text("Standpunten").click()
    page.get_by_label("Onderwerp").fill("richtgetallen voor asielmigratie")
    page.get_by_label("Onderwerp").press("Enter")
    line = page.locator(".kw-line")
    expect(line).to_contain_text("voorbehoud (1), toezegging (1); advies van de WRR")
    card = page.locator("article.kw-view", has_text="Kabinet · voorbehoud").first
    quote = card.locator("blockquote").inner_text()
    card.get_by_role("link", name="Lees in de brief").click()
    mark = page.locator("#gemarkeerd")
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(quote)
    page.go_back()
    expect(line).to_be_visible()
    assert [each for each in said if each.startswith("error")] == []


def test_what_others_say_is_shown_beside_it(open_page: OpenPage) -> None:
    page = open_page(TOPIC)
    others = page.locator(".kw-others")
    expect(others.locator("article")).not_to_have_count(0)
    for chip in others.locator(".kw-who").all():
        assert chip.inner_text().startswith("WRR")
    left, right = (
        page.locator("section[aria-labelledby=kabinet]").bounding_box(),
        (others.bounding_box()),
    )
    assert left is not None
    assert right is not None
    assert right["x"] >= left["x"] + left["width"]


def test_a_cell_of_the_picture_opens_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/standpunten")
    cell = page.get_by_role("link", name="keer doorgeschoven bij").first
    number = int(cell.inner_text())
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kabinet: doorgeschoven")).to_be_visible()
    expect(page.locator(".kw-list-of-views article")).to_have_count(number)
