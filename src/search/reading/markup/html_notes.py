"""Footnotes in HTML: which elements are marks, which are notes, and which label a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.reading.markup.xml_text import Element, local_name
from search.reading.raised_digits import is_power

__all__ = ["Notes", "find_notes"]

_LABEL = re.compile(r"[\[(]?\s*(\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡]{1,3})\s*[\])]?\.?")
_NOTED = re.compile(r"(?:^|[\s_-])(?:voet)?(?:noot|note|fn)|footnote|nootnum", re.IGNORECASE)
_BLOCKS = frozenset("li p div dd aside section td".split())
_WORD = re.compile(r"[^\W_]")
_ENOUGH = 200
_FURTHEST = 4
"""Elements between a note's target and the block that holds the note."""


@dataclass(slots=True)
class Notes:
    """The footnotes of a page: marks and notes with their labels, and what is not text."""

    marks: dict[Element, str] = field(default_factory=dict)
    notes: dict[Element, str] = field(default_factory=dict)
    labels: set[Element] = field(default_factory=set)
    """Elements of a note that repeat its label or lead back to the text."""


def find_notes(body: Element) -> Notes:
    """Find the footnotes of a page.

    A mark is a link to a place further down, with a number or the like as its text, that is raised
    or named as a note; or a raised number, if a block begins with that raised number as well.
    """
    found = Notes()
    order = {element: number for number, element in enumerate(body.iter())}
    targets = {
        name: element
        for element in order
        for name in (element.get("id"), element.get("name"))
        if name
    }
    for link in [element for element in order if local_name(element) == "a"]:
        target = targets.get((link.get("href") or "").partition("#")[2])
        label = _label(link)
        if target is None or not label or order[target] <= order[link] or not _is_mark(link):
            continue
        block = _block_of(target, label)
        mark = _whole_mark(link)
        if block is None or any(above is block for above in mark.iterancestors()):
            continue
        if found.notes.setdefault(block, label) == label:
            found.marks[mark] = label
            found.labels.update(_labels_in(block, label))
    _add_unlinked(found, order)
    return found


def _text(element: Element) -> str:
    """Return the text with which an element begins: enough to tell a label from a note."""
    found = ""
    for text in element.itertext():
        found += " ".join(text[: 2 * _ENOUGH].split()) + " "
        if len(found) > _ENOUGH:
            break
    return found.strip()


def _label(element: Element) -> str:
    match = _LABEL.fullmatch(_text(element))
    return match[1] if match else ""


def _is_mark(link: Element) -> bool:
    raised = any(local_name(each) == "sup" for each in (link.getparent(), *link))
    named = any(_NOTED.search(link.get(key) or "") for key in ("class", "id", "role", "href"))
    return raised or named or _text(link).startswith("[")


def _whole_mark(link: Element) -> Element:
    """Return the whole mark: the link, or the element that raises it and holds nothing else."""
    above = link.getparent()
    while above is not None and local_name(above) in ("sup", "span"):
        if _text(above) != _text(link):
            break
        link, above = above, above.getparent()
    return link


def _block_of(target: Element, label: str) -> Element | None:
    """Return the block that holds the note to which a mark leads."""
    above = [target, *list(target.iterancestors())[:_FURTHEST]]
    for element in above:
        if local_name(element) in _BLOCKS and _LABEL.fullmatch(_text(element)) is None:
            text = _text(element)
            at_start = bool(text) and (_starts(text, label) or local_name(element) == "li")
            return element if at_start or element is target else None
    return None


def _starts(text: str, label: str) -> bool:
    return re.match(rf"[\[(]?\s*{re.escape(label)}(?!\w)", text) is not None


def _labels_in(block: Element, label: str) -> Iterator[Element]:
    """Yield the elements of a note with its label before its text, or that lead back from it."""
    before = block.text or ""
    for element in block.iterdescendants():
        name = local_name(element)
        text = _text(element)
        if name in ("a", "sup", "span") and _label(element) == label and not before.strip():
            yield element
            return
        if name == "a" and text and not _WORD.search(text):
            yield element
        before += element.text or ""


def _before(element: Element) -> str:
    """Return the text just before an element, on its own line."""
    previous = element.getprevious()
    text = element.getparent().text if previous is None else previous.tail
    return text or ""


def _add_unlinked(found: Notes, order: dict[Element, int]) -> None:
    """Add raised numbers without a link to their notes."""
    linked = {each for mark in (*found.marks, *found.labels) for each in mark.iter()}
    raised = [
        element
        for element in order
        if local_name(element) == "sup"
        and element not in linked
        and _label(element).isdigit()
        and not is_power(_before(element), has_note=True)
    ]
    linked_notes = set(found.notes)
    notes: dict[str, tuple[Element, Element]] = {}
    for sup in raised:
        block = sup.getparent()
        if local_name(block) in _BLOCKS and block[0] is sup and not (block.text or "").strip():
            notes.setdefault(_label(sup), (sup, block))
    for sup in raised:
        label = _label(sup)
        own, block = notes.get(label, (sup, None))
        if own is sup or block in linked_notes or order[block] < order[sup]:
            continue
        found.marks[sup] = label
        found.notes[block] = label
        found.labels.add(own)
