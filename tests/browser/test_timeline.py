"""The timeline of a topic in a browser: seen on a screen and a phone, followed to the quote."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Page]
TOPIC = "/standpunten?onderwerp=richtgetallen+voor+asielmigratie"
MARK = re.compile(r"^24 maart 2021, kabinet-Rutte III, Kabinet: voorbehoud")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_mark_leads_to_the_sentence(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(TOPIC, width=width, color_scheme=scheme)
    section = page.get_by_role("region", name="Tijdlijn")
    mark = section.get_by_role("link", name=MARK)
    expect(mark).to_have_count(1)
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
    mark.click()
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()
    page.go_back()
    expect(section).to_be_visible()


def test_marks_are_reached_in_order_of_time_and_opened_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(TOPIC)
    marks = page.get_by_role("region", name="Tijdlijn").locator(".kw-time-mark")
    expect(marks).not_to_have_count(0)
    names = [mark.get_attribute("aria-label") or "" for mark in marks.all()]
    days = [name.split(" maart 2021")[0] for name in names]
    assert days == sorted(days)
    marks.first.focus()
    page.keyboard.press("Tab")
    expect(marks.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#gemarkeerd")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 390])
def test_marks_lie_in_their_picture_and_not_on_one_another(open_page: OpenPage, width: int) -> None:
    page = open_page(TOPIC, width=width)
    section = page.get_by_role("region", name="Tijdlijn")
    expect(section.locator(".kw-time-mark")).not_to_have_count(0)
    whole = section.locator(".kw-time").bounding_box()
    assert whole is not None
    centres = []
    for mark in section.locator(".kw-time-mark").all():
        box = mark.bounding_box()
        assert box is not None
        assert whole["x"] <= box["x"] <= whole["x"] + whole["width"] - box["width"]
        assert whole["y"] <= box["y"] <= whole["y"] + whole["height"] - box["height"]
        centres.append((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    for one, other in combinations(centres, 2):
        assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) >= 23
