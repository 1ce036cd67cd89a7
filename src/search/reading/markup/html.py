"""HTML pages to raw blocks and metadata: those of officielebekendmakingen.nl, and any other.

Trafilatura chooses which blocks of a page are its main text; the words are taken from lxml's tree,
so that each has its place. The official pages mark their text themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.errors import ReadingError
from search.reading.assemble import fill_empty
from search.reading.contents import Contents
from search.reading.markup.html_blocks import HTML_INLINE, height_of, html_blocks
from search.reading.markup.html_main import body_of, clean, prune
from search.reading.markup.html_notes import find_notes
from search.reading.markup.official_metadata import (
    Meta,
    id_of,
    iso_date,
    metadata_of,
    metadata_of_id,
    publication_id,
)
from search.reading.markup.xml_parsing import decode_marked_up
from search.reading.markup.xml_text import DEEPEST, Element, TreeText, squeezed_text
from search.records import Limits, Metadata

__all__ = ["read_html"]

_HEAD = 4096
"""Bytes in which a page declares its encoding (WHATWG: the first 1024)."""
_CHARSET = re.compile(
    rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,200}\?>")
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,60}$")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{4,500}")


def read_html(content: bytes, name: str, limits: Limits) -> Contents:
    """Read an HTML page.

    Its `source` holds the words of the page's main text in their order, without navigation,
    forms and scripts and without the labels of footnote marks. Raises ReadingError, which names
    the file, for bytes that are not text and for a page that exceeds `limits`.
    """
    charset = _CHARSET.search(content[:_HEAD])
    page = decode_marked_up(content, name, charset[1].decode("ascii", "replace") if charset else "")
    page = _DECLARATION.sub("", page, count=1)
    root = _parse(page, name)
    _refuse_depth(root, name)
    metadata = _metadata(root)
    body, sure = body_of(root)
    left_out = clean(body, root)
    notes = find_notes(body)
    if not sure:
        prune(body, page, _title(root), notes.notes.keys())
    words = TreeText(
        body,
        lambda element: (
            element in notes.labels or element in notes.marks or not isinstance(element.tag, str)
        ),
        HTML_INLINE,
        limits,
        name,
        height_of,
    )
    blocks = html_blocks(body, words, notes)
    return Contents(words.source, blocks, metadata, remarks=left_out.remarks)


def _parse(page: str, name: str) -> Element:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadingError(f"{name} is geen leesbare HTML. Haal de pagina opnieuw op.") from error
    if root is None:
        raise ReadingError(f"{name} bevat geen HTML. Haal de pagina opnieuw op.")
    return root


def _refuse_depth(root: Element, name: str) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise ReadingError(
                f"{name} heeft elementen die meer dan {DEEPEST} diep in elkaar staan. "
                "Controleer of het bestand heel is."
            )


def _metas(root: Element) -> Iterator[Meta]:
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        yield Meta(name, meta.get("scheme") or "", meta.get("content") or "")


def _metadata(root: Element) -> Metadata:
    """Return the metadata in the head of a page."""
    metas = [meta for meta in _metas(root) if meta.content.strip()]
    first: dict[str, str] = {}
    for meta in metas:
        first.setdefault(meta.name.lower(), " ".join(meta.content.split()))
    links = {link.get("rel"): link.get("href") or "" for link in root.iter("link")}
    urls = (links.get("canonical", ""), first.get("og:url", ""))
    url = next((each for each in urls if _ADDRESS.fullmatch(each)), "")
    official = [meta for meta in metas if _is_official(meta.name)]
    dates = (first.get(key, "") for key in ("article:published_time", "datepublished", "date"))
    of_page = Metadata(
        title=first.get("og:title", "") or _SITE.sub("", _title(root)),
        issuer=first.get("dcterms.publisher", "") or first.get("og:site_name", ""),
        date=next(filter(None, map(iso_date, dates)), ""),
        url=url,
    )
    identifier = id_of(official) or publication_id(url)
    return fill_empty(fill_empty(metadata_of(official), metadata_of_id(identifier)), of_page)


def _title(root: Element) -> str:
    title = root.find(".//title")
    return squeezed_text(title) if title is not None else ""


def _is_official(name: str) -> bool:
    return name.lower().startswith(("dc.", "dcterms.", "overheid.", "overheidop."))
