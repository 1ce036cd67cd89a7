"""The main text of an HTML page: takes out navigation and the like around it."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Sequence

from search.reading.left_out import LeftOut
from search.reading.markup.xml_text import Element, local_name, squeezed_text

__all__ = ["HTML_BLOCKS", "body_of", "clean", "main_of", "prune"]

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
_UNDISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_SHOWN = re.compile(r"display\s*:|visibility\s*:\s*visible", re.IGNORECASE)
_DELETED = frozenset("del s strike".split())
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[\w-]+[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
"""Rules for print, small screens and the like."""
_CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?[.#][\w-]+", re.IGNORECASE)
_LONGEST_SHEET = 200_000
_WITHIN = frozenset("li dt dd tr td th tbody thead tfoot caption".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LONG = 25
"""Letters and digits; a shorter text may be in another by chance."""
_MOST_LINKED = 0.8
_MOST = 0.5
"""Share of a page's text that its marked main part has at least."""
_LITTLE = 300
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


def clean(body: Element, root: Element) -> LeftOut:
    """Take out of a page what is not text: scripts, forms, navigation, hidden elements.

    `root` has the style sheets of the page, which may hide elements. Returns how many pieces of
    hidden and of deleted text there were in the main text.
    """
    left_out = LeftOut()
    rules = _hiding_rules(root)
    scope = main_of(body)
    holders = {above for each in body.iter("main", "article", "h1") for above in _above(each)}
    gone: set[Element] = set()
    for element in list(body.iterdescendants()):
        if element in gone or not isinstance(element.tag, str):
            continue
        name = local_name(element)
        named = element.get("class") or ""
        is_hidden = _is_hidden(element, rules)
        is_deleted = name in _DELETED or bool(_STRUCK.search(element.get("style") or ""))
        is_text = name not in _NEVER or (name == "form" and element in holders)
        unseen = element.get("aria-hidden") == "true" or _UNSEEN.search(named)
        if not is_text or is_hidden or is_deleted or unseen:
            if is_text and (scope is None or scope in element.iterancestors()):
                has_text = any(map(str.isalnum, squeezed_text(element)))
                left_out.hidden += has_text and is_hidden
                left_out.deleted += has_text and is_deleted and not is_hidden
            gone.update(element.iter())
            _take_out(element)
    return left_out


def _hiding_rules(root: Element) -> frozenset[str]:
    """Return the classes (".a"), ids ("#a") and names with them ("p.a") that the page hides."""
    found: set[str] = set()
    for style in root.iter("style"):
        if "print" in (style.get("media") or ""):
            continue
        sheet = _AT_RULE.sub("", _CSS_COMMENT.sub("", (style.text or "")[:_LONGEST_SHEET]))
        for rule in _CSS_RULE.finditer(sheet):
            names = {each.strip() for each in rule[1].split(",")}
            if _UNDISPLAYED.search(rule[2]):
                found |= names
            elif _SHOWN.search(rule[2]):
                found -= names
    return frozenset(each for each in found if _SIMPLE.fullmatch(each))


def _is_hidden(element: Element, rules: Collection[str]) -> bool:
    if element.get("hidden") is not None:
        return bool(element.get("hidden") != "until-found")
    if style := element.get("style"):
        if _UNDISPLAYED.search(style):
            return True
        if _SHOWN.search(style):
            return False
    if not rules:
        return False
    names = [f".{each}" for each in (element.get("class") or "").split()]
    names += [f"#{element.get('id')}"] if element.get("id") else []
    return any(each in rules or local_name(element) + each in rules for each in names)


def main_of(body: Element) -> Element | None:
    """Return the element that a page marks as its main part, if it has one with text."""
    marked = (each for each in body.iter() if local_name(each) == "main" or _has_main_role(each))
    return next((each for each in marked if squeezed_text(each)), None)


def _has_main_role(element: Element) -> bool:
    return isinstance(element.tag, str) and element.get("role") == "main"


def _above(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def prune(body: Element, page: str, title: str, kept: Collection[Element]) -> None:
    """Take out of a page what is not its main text.

    Elements named as something else go. What a page marks as its main part stays whole, if it
    holds the main text. Else trafilatura chooses the blocks of main text; blocks between these in
    the same place stay too. `page` is the HTML, `title` its own title, and blocks that are `kept`
    (footnotes) always stay.
    """
    holders = {above for each in kept for above in _above(each)}
    marked = main_of(body)
    inside = frozenset(marked.iter()) if marked is not None else frozenset()
    for element in list(body.iterdescendants()):
        if element not in holders and _is_around(element, element in inside):
            _take_out(element)
    blocks = list(_text_blocks(body))
    letters = [_letters(squeezed_text(block)) for block in blocks]
    in_marked = [block in inside for block in blocks]
    if _share(letters, in_marked) > _MOST:
        main, is_main = "", in_marked
    else:
        main = _letters(_main_text(page))
        is_main = [len(text) >= _LONG and text in main for text in letters]
        if _share(letters, in_marked, is_main) > _MOST:
            main, is_main = "", in_marked
    if is_main is in_marked:
        heads = _heads(blocks, letters, is_main, _letters(title))
        chosen = [a or b for a, b in zip(in_marked, heads, strict=True)]
    elif any(is_main):
        inside = frozenset()
        chosen = _chosen(blocks, letters, is_main, main, _letters(title))
    else:
        parts = [each for each in body.iter("main", "article") if squeezed_text(each)]
        inside = frozenset(each for part in parts for each in part.iter())
        chosen = [not parts or block in inside for block in blocks]
    for block, stays in zip(blocks, chosen, strict=True):
        if not stays and block not in holders and not any(a in kept for a in block.iterancestors()):
            _take_out(block)
    if any(is_main):
        _blank_loose_text(body, main, {*kept, *inside})


def _share(
    letters: Sequence[str], wanted: Sequence[bool], among: Sequence[bool] | None = None
) -> float:
    """Return the share of letters (of the blocks `among`, else of all) in the blocks `wanted`."""
    sizes = [
        (len(text), want)
        for number, (text, want) in enumerate(zip(letters, wanted, strict=True))
        if among is None or among[number]
    ]
    return sum(size for size, want in sizes if want) / max(1, sum(size for size, _ in sizes))


def _is_around(element: Element, in_main: bool) -> bool:
    """Return whether an element is named as something around the main text.

    Within the main part of a page a name is only believed of little text or of links.
    """
    name = local_name(element)
    if not name or name in ("body", "main", "article"):
        return False
    if _AROUND.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return not in_main or len(squeezed_text(element)) < _LITTLE or _is_linked(element)
    if in_main and name in ("footer", "header"):
        return False
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
    heads = _heads(blocks, letters, is_main, title)
    chosen = []
    for number, block in enumerate(blocks):
        at_place = _place(block) in places
        is_long = len(letters[number]) >= _LONG
        follows = numbers[0] < number and (number < numbers[-1] or is_long)
        chosen.append(
            is_main[number]
            or (at_place and ((follows and not _is_linked(block)) or letters[number] in main))
            or heads[number]
        )
    return chosen


def _heads(
    blocks: Sequence[Element], letters: Sequence[str], is_main: Sequence[bool], title: str
) -> list[bool]:
    """Return of each block whether it is a heading before the main text with the page's title."""
    first = is_main.index(True) if True in is_main else 0
    return [
        number < first and local_name(block) in _HEADINGS and _names(letters[number], title)
        for number, block in enumerate(blocks)
    ]


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
