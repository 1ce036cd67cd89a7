"""The page Documenten: the list of the documents, and a reader for each."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import streamlit as st

from search.answers import find_references, official_url
from search.permalinks import locate
from search.records import Document, Entry, Metadata, Span
from search.ui.catalogue import about_html, catalogue_html, title_html
from search.ui.frame import params, show
from search.ui.links import LIBRARY, MANAGE, Reading, read_reading, reader_link
from search.ui.markup import notice_html, pick_button
from search.ui.reader import TextLink, reader_html

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_FEW = 25
"""Up to so many documents are read whole for the list, to name who signed them."""
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


def _body(engine: Engine) -> None:
    reading, remarks = read_reading(params())
    entries = engine.documents()
    entry = next((e for e in entries if e.id == reading.document), None)
    if entry is not None:
        _read(engine, entry, reading, remarks)
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
    if entries:
        few = entries if len(entries) <= _FEW else ()
        signed = {each.id: engine.document(each.id).signatories for each in few}
        st.html(catalogue_html(entries, signed))
    else:
        st.html(
            notice_html(
                "Er zijn nog geen documenten",
                "Zet bestanden in de map corpus en bouw de index met `kamerwijzer index`.",
            )
        )


def _read(engine: Engine, entry: Entry, reading: Reading, remarks: tuple[str, ...]) -> None:
    document = engine.document(entry.id)
    span, told = _placed(document, reading)
    st.html(title_html(entry) + about_html(entry, document))
    for remark in remarks:
        st.html(notice_html("", remark))
    if told:
        st.html(notice_html(*told))
    references = _references(document, {each.id for each in engine.documents()})
    whole = engine.quote(entry.id, Span(0, len(document.text))) if document.text else None
    if whole is None:
        st.html(notice_html(_UNSOUND, _UNSOUND_HOW, tone="trouble"))
        st.html(reader_html(document, None, (), references))
        return
    marked = engine.quote(entry.id, span) if span else None
    extra = (pick_button(marked.quote),) if marked else ()
    st.html(reader_html(document, span, engine.sentences(entry.id), references, extra))


def _placed(document: Document, reading: Reading) -> tuple[Span | None, tuple[str, str] | None]:
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


def _references(document: Document, known: Collection[str]) -> list[TextLink]:
    """Find the other documents that the text names: read here where they are, else elsewhere."""
    links = []
    for found in find_references(document.text):
        here = found.id in known
        href = reader_link(found.id) if here else official_url(found.id, Metadata())
        if href and found.id != document.id:
            links.append((Span(found.start, found.end), href, not here))
    return links
