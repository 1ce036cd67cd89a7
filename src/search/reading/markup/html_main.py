"""The main text of an HTML page: takes out navigation and the like around it."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Sequence

from search.reading.markup.xml_text import Element, local_name, squeezed_text

__all__ = ["HTML_BLOCKS", "body_of", "clean", "prune"]

HTML_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section"
    " summary table tbody td tfoot th thead tr ul".split()
)
_NEVER = frozenset(
    "script style noscript template svg math iframe object embed video audio canvas map button"
    " input select textarea option datalist dialog menu nav form head link meta title".split()
)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:cookies?\w*|consent|gdpr|breadcrumbs?|kruimelpad|share|sharing|social|delen"
    r"|skip-?links?|(?<!no-)toc|inhoudsopgave|related|gerelateerd\w*|newsletter|nieuwsbrief"
    r"|navbar|sidebar|pagination|paginering)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"(?:^|\s)(?:note-close|sr-only|visually-?hidden)(?:$|\s)", re.IGNORECASE)
"""Only read aloud, or the buttons of a note; not shown on the page."""
_AROUND_ROLES = frozenset("navigation search banner contentinfo dialog alertdialog menu".split())
_UNDISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WITHIN = frozenset("li dt dd tr td th tbody thead tfoot caption".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LONG = 25
"""Letters and digits; a shorter text may be in another by chance."""
_MOST_LINKED = 0.8
_SILENT = logging.NullHandler()
_LARGEST = 3_000_000
"""Characters of a page for trafilatura, as its time can't be limited."""


def body_of(root: Element) -> tuple[Element, bool]:
    """Return the element that holds a page's text, and whether it holds nothing else.

    It does on officielebekendmakingen.nl, whose pages name it.
    """
    for path in (".//*[@id='broodtekst']", ".//*[@id='main-column']//*[@class='stuk']"):
        found = root.find(path)
        if found is not None and squeezed_text(found):
            return found, True
    body = root.find("body")
    return (root if body is None else body), False


def clean(body: Element) -> None:
    """Take out of a page what is not text: scripts, forms, navigation, hidden elements."""
    for element in list(body.iterdescendants()):
        named = element.get("class") or ""
        hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
        undisplayed = _UNDISPLAYED.search(element.get("style") or "")
        is_text = local_name(element) not in _NEVER
        if hidden or undisplayed or not is_text or _UNSEEN.search(named):
            _take_out(element)


def prune(body: Element, page: str, title: str, kept: Collection[Element]) -> None:
    """Take out of a page what is not its main text.

    Elements named as something else go. Of the rest trafilatura chooses the blocks of main text;
    blocks between these in the same place stay too. `page` is the HTML, `title` its own title, and
    blocks that are `kept` (footnotes) always stay.
    """
    holders = {above for each in kept for above in (each, *each.iterancestors())}
    for element in list(body.iterdescendants()):
        if element not in holders and _is_around(element):
            _take_out(element)
    blocks = list(_text_blocks(body))
    letters = [_letters(squeezed_text(block)) for block in blocks]
    main = _letters(_main_text(page))
    is_main = [len(text) >= _LONG and text in main for text in letters]
    if any(is_main):
        chosen = _chosen(blocks, letters, is_main, main, _letters(title))
    else:
        marked = [each for each in body.iter("main", "article") if squeezed_text(each)]
        inside = {each for part in marked for each in part.iter()}
        chosen = [not marked or block in inside for block in blocks]
    for block, stays in zip(blocks, chosen, strict=True):
        if not stays and block not in holders and not any(a in kept for a in block.iterancestors()):
            _take_out(block)
    if any(is_main):
        _blank_loose_text(body, main, kept)


def _is_around(element: Element) -> bool:
    name = local_name(element)
    if _AROUND.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return name not in ("body", "main", "article")
    return element.get("role") in _AROUND_ROLES or (name == "footer" and not _in_quote(element))


def _in_quote(element: Element) -> bool:
    return any(local_name(above) == "blockquote" for above in element.iterancestors())


def _take_out(element: Element) -> None:
    """Empty an element; what follows it stays, and a block still separates the texts around it."""
    element.clear(keep_tail=True)
    if local_name(element) not in HTML_BLOCKS:
        element.tag = "span"


def _main_text(page: str) -> str:
    """Return the main text of a page by trafilatura; nothing where it finds none."""
    if len(page) > _LARGEST:
        return ""
    import trafilatura

    # Without a handler its warnings about a poor page would go to standard error.
    logging.getLogger("trafilatura").addHandler(_SILENT)
    try:
        found = trafilatura.extract(
            page, fast=True, favor_recall=True, include_comments=False, include_tables=True
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        # A broken page that makes trafilatura fail can be read without it.
        return ""
    return found or ""


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _text_blocks(body: Element) -> Iterator[Element]:
    """Yield the blocks that hold lines of text and no blocks, in order."""
    holders = {above for each in body.iter(*HTML_BLOCKS) for above in each.iterancestors()}
    for element in body.iter(*HTML_BLOCKS):
        if element not in holders and element is not body and squeezed_text(element):
            yield element


def _chosen(
    blocks: Sequence[Element],
    letters: Sequence[str],
    is_main: Sequence[bool],
    main: str,
    title: str,
) -> list[bool]:
    """Return of each block whether it stays, given which ones trafilatura found for certain."""
    places = {_place(block) for block, sure in zip(blocks, is_main, strict=True) if sure}
    numbers = [number for number, sure in enumerate(is_main) if sure]
    chosen = []
    for number, block in enumerate(blocks):
        at_place = _place(block) in places
        between = numbers[0] < number < numbers[-1] and not _is_linked(block)
        heads = number < numbers[0] and local_name(block) in _HEADINGS
        chosen.append(
            is_main[number]
            or (at_place and (between or letters[number] in main))
            or (heads and _names(letters[number], title))
        )
    return chosen


def _place(block: Element) -> Element:
    """Return the element that holds a block, or the list or table of which it is a part."""
    while local_name(block) in _WITHIN or local_name(block.getparent()) in _WITHIN:
        block = block.getparent()
        if block.getparent() is None:
            return block
    parent = block.getparent()
    return parent.getparent() if local_name(parent) in ("ul", "ol", "dl", "table") else parent


def _is_linked(block: Element) -> bool:
    """Return whether a block is links and little else."""
    linked = sum(len(squeezed_text(link)) for link in block.iter("a"))
    return linked > _MOST_LINKED * len(squeezed_text(block))


def _names(heading: str, title: str) -> bool:
    return bool(heading) and (heading in title or (bool(title) and title in heading))


def _blank_loose_text(body: Element, main: str, kept: Collection[Element]) -> None:
    """Take out texts next to blocks and in none, where they are not main text."""
    for element in body.iter(*HTML_BLOCKS):
        if element in kept or not any(local_name(child) in HTML_BLOCKS for child in element):
            continue
        if _letters(element.text or "") not in main:
            element.text = None
        for child in element:
            if child.tail and _letters(child.tail) not in main:
                child.tail = None
