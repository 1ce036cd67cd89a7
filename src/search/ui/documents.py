"""The page Documenten: the list of the documents, and a reader for each."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from search.citing import official_url
from search.quoting.permalinks import locate
from search.records import Document, Entry, Metadata, Span
from search.references import find_references
from search.ui.catalogue import about_html, catalogue_html, pagination_html, title_html, total_html
from search.ui.collection import Collection
from search.ui.fields import ask_bar
from search.ui.frame import params, show, show_html, show_notice
from search.ui.links import (
    DOCUMENTS,
    MANAGE,
    DocumentList,
    ReadLink,
    parse_document_list,
    parse_read_link,
    reader_link,
    write_document_list,
)
from search.ui.markup import intro_html, page_link, pick_button
from search.ui.reader import TextLink, reader_html

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_PAGE_SIZE = 25
"""Documents on a page of the list."""
_WORDS = "zoek"
_UNVERIFIED = "Deze tekst is niet te citeren"
_UNVERIFIED_WHY = (
    "De tekst hieronder komt niet woord voor woord overeen met het bestand. Citeer er niet uit. "
    "Wat er aan de hand is, zegt `kamerwijzer doctor`."
)
_CHANGED = "Het document is gewijzigd"
_MOVED = (
    "Sinds deze link is gemaakt, is de tekst van dit document veranderd. Dezelfde woorden staan nu "
    "op een andere plek; die plek is hieronder gemarkeerd."
)
_GONE = (
    "Sinds deze link is gemaakt, is de tekst van dit document veranderd. De woorden waar de link "
    "naar wijst, staan er niet meer letterlijk in; er is niets gemarkeerd."
)


def page() -> None:
    """Show the page Documenten."""
    show("Documenten", DOCUMENTS, _body)


def _body(engine: Engine, collection: Collection) -> None:
    link, remarks = parse_read_link(params())
    entry = collection.get(link.document)
    if entry is not None:
        _read(engine, entry, link, remarks, collection)
        return
    manage = page_link(MANAGE, "Documenten toevoegen of verwijderen")
    show_html(intro_html("Documenten", manage))
    if link.document:
        show_notice(
            "Dit document is er niet",
            f"In deze verzameling staat geen document “{link.document[:80]}”. "
            "Hieronder staan de documenten die er wel zijn.",
        )
    if collection.entries:
        _list(engine, collection)
    else:
        show_notice(
            "Er zijn nog geen documenten",
            "Zet bestanden in de map corpus en bouw de index met `kamerwijzer index`.",
        )


def _list(engine: Engine, collection: Collection) -> None:
    """Show a page of the list; where there are more, also a field to find documents."""
    shown, remarks = parse_document_list(params())
    st.session_state[_WORDS] = shown.words
    if len(collection) > _PAGE_SIZE:
        ask_bar("Zoek een document", _WORDS, "Naam, nummer, afzender of jaar", _update_link)
    for remark in remarks:
        show_notice("", remark)
    found = collection.find(shown.words) if shown.words else collection.entries
    pages = max(1, -(-len(found) // _PAGE_SIZE))
    if shown.page > pages:
        show_notice("", f"Blad {shown.page} is er niet; dit is het laatste.")
        shown = replace(shown, page=pages)
    show_html(total_html(len(collection), collection.words, shown, len(found)))
    entries = found[(shown.page - 1) * _PAGE_SIZE : shown.page * _PAGE_SIZE]
    if entries:
        # Who signed is only known from whole documents, which are read when they are few.
        few = len(collection) <= _PAGE_SIZE
        signed = (
            {each.id: engine.document(each.id).signatories for each in entries} if few else None
        )
        show_html(catalogue_html(entries, signed) + pagination_html(shown, pages))


def _update_link() -> None:
    """Write the words that were typed to the link."""
    words = str(st.session_state.get(_WORDS, "")).strip()
    st.query_params.from_dict(write_document_list(DocumentList(words)))


def _read(
    engine: Engine, entry: Entry, link: ReadLink, remarks: tuple[str, ...], known: Container[str]
) -> None:
    """Show one document; those among `known` that it names can be read from it."""
    document = engine.document(entry.id)
    span, notice = _locate(document, link)
    show_html(title_html(entry) + about_html(entry, document))
    for remark in remarks:
        show_notice("", remark)
    if notice:
        show_notice(*notice)
    references = _references(document, known)
    whole = engine.quote(entry.id, Span(0, len(document.text))) if document.text else None
    if whole is None:
        show_notice(_UNVERIFIED, _UNVERIFIED_WHY, tone="trouble")
        show_html(reader_html(document, None, (), references))
        return
    marked = engine.quote(entry.id, span) if span else None
    extra = (pick_button(marked.quote),) if marked else ()
    show_html(reader_html(document, span, engine.sentences(entry.id), references, extra))


def _locate(document: Document, link: ReadLink) -> tuple[Span | None, tuple[str, str] | None]:
    """Return the span of a link in the document as it is now, and a notice (title, message)."""
    span = link.span
    if span is None:
        return None, None
    if not link.checksum:
        if span.end <= len(document.text):
            return span, None
        missing = "De link wijst naar een plek die dit document niet heeft; er is niets gemarkeerd."
        return None, ("", missing)
    found = locate(document.text, span, link.checksum)
    if found is None:
        return None, (_CHANGED, _GONE)
    return found, None if found == span else (_CHANGED, _MOVED)


def _references(document: Document, known: Container[str]) -> list[TextLink]:
    """Return links to the other documents that the text names: in the app, or else elsewhere."""
    links = []
    for found in find_references(document.text):
        here = found.id in known
        href = reader_link(found.id) if here else official_url(found.id, Metadata())
        if href and found.id != document.id:
            links.append((Span(found.start, found.end), href, not here))
    return links
