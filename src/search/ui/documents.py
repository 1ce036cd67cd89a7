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
from search.ui.catalogue import about_html, catalogue_html, leaves_html, title_html, total_html
from search.ui.collection import Collection
from search.ui.fields import ask_bar
from search.ui.frame import params, show
from search.ui.links import (
    LIBRARY,
    MANAGE,
    Library,
    ReadLink,
    read_library,
    read_reading,
    reader_link,
    write_library,
)
from search.ui.markup import notice_html, pick_button
from search.ui.reader import TextLink, reader_html

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_LEAF = 25
"""Documents on a leaf of the list."""
_WORDS = "zoek"
_UNSOUND = "Deze tekst is niet te citeren"
_UNSOUND_HOW = (
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
    show("Documenten", LIBRARY, _body)


def _body(engine: Engine, collection: Collection) -> None:
    reading, remarks = read_reading(params())
    entry = collection.get(reading.document)
    if entry is not None:
        _read(engine, entry, reading, remarks, collection)
        return
    st.html(
        '<div class="kw kw-intro"><h1>Documenten</h1>'
        f'<p><a href="{MANAGE}" data-kw-nav>Documenten toevoegen of verwijderen</a></p></div>'
    )
    if reading.document:
        st.html(
            notice_html(
                "Dit document is er niet",
                f"In deze verzameling staat geen document “{reading.document[:80]}”. "
                "Hieronder staan de documenten die er wel zijn.",
            )
        )
    if collection.entries:
        _list(engine, collection)
    else:
        st.html(
            notice_html(
                "Er zijn nog geen documenten",
                "Zet bestanden in de map corpus en bouw de index met `kamerwijzer index`.",
            )
        )


def _list(engine: Engine, collection: Collection) -> None:
    """Show a leaf of the list; of more than one leaf, also a field to find documents."""
    shown, remarks = read_library(params())
    st.session_state[_WORDS] = shown.words
    if len(collection) > _LEAF:
        ask_bar("Zoek een document", _WORDS, "Naam, nummer, afzender of jaar", _follow)
    for remark in remarks:
        st.html(notice_html("", remark))
    found = collection.find(shown.words) if shown.words else collection.entries
    leaves = max(1, -(-len(found) // _LEAF))
    if shown.leaf > leaves:
        told = f"Blad {shown.leaf} is er niet; dit is het laatste."
        st.html(notice_html("", told))
        shown = replace(shown, leaf=leaves)
    st.html(total_html(len(collection), collection.words, shown, len(found)))
    entries = found[(shown.leaf - 1) * _LEAF : shown.leaf * _LEAF]
    if entries:
        # To name who signed, documents are read whole: done where there are few.
        few = len(collection) <= _LEAF
        signed = (
            {each.id: engine.document(each.id).signatories for each in entries} if few else None
        )
        st.html(catalogue_html(entries, signed) + leaves_html(shown, leaves))


def _follow() -> None:
    """Make the words the link."""
    words = str(st.session_state.get(_WORDS, "")).strip()
    st.query_params.from_dict(write_library(Library(words)))


def _read(
    engine: Engine,
    entry: Entry,
    reading: ReadLink,
    remarks: tuple[str, ...],
    known: Container[str],
) -> None:
    """Show one document; those among `known` that it names can be read from it."""
    document = engine.document(entry.id)
    span, told = _placed(document, reading)
    st.html(title_html(entry) + about_html(entry, document))
    for remark in remarks:
        st.html(notice_html("", remark))
    if told:
        st.html(notice_html(*told))
    references = _references(document, known)
    whole = engine.quote(entry.id, Span(0, len(document.text))) if document.text else None
    if whole is None:
        st.html(notice_html(_UNSOUND, _UNSOUND_HOW, tone="trouble"))
        st.html(reader_html(document, None, (), references))
        return
    marked = engine.quote(entry.id, span) if span else None
    extra = (pick_button(marked.quote),) if marked else ()
    st.html(reader_html(document, span, engine.sentences(entry.id), references, extra))


def _placed(document: Document, reading: ReadLink) -> tuple[Span | None, tuple[str, str] | None]:
    """Find what a link points at in the document as it is now, and what to tell of it."""
    span = reading.span
    if span is None:
        return None, None
    if not reading.proof:
        if span.end <= len(document.text):
            return span, None
        missing = "De link wijst naar een plek die dit document niet heeft; er is niets gemarkeerd."
        return None, ("", missing)
    found = locate(document.text, span, reading.proof)
    if found is None:
        return None, (_CHANGED, _GONE)
    return found, None if found == span else (_CHANGED, _MOVED)


def _references(document: Document, known: Container[str]) -> list[TextLink]:
    """Find the other documents that the text names: read here where they are, else elsewhere."""
    links = []
    for found in find_references(document.text):
        here = found.id in known
        href = reader_link(found.id) if here else official_url(found.id, Metadata())
        if href and found.id != document.id:
            links.append((Span(found.start, found.end), href, not here))
    return links
