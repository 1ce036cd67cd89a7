"""The page Documenten: the list of the documents, and a reader for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search.records import Entry
from search.ui.catalogue import about_html, catalogue_html, title_html
from search.ui.frame import params, show
from search.ui.links import LIBRARY, Reading, read_reading
from search.ui.markup import notice_html
from search.ui.reader import reader_html

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_FEW = 25
"""Up to so many documents are read whole for the list, to name who signed them."""


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
    st.html('<div class="kw kw-intro"><h1>Documenten</h1></div>')
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
    span = reading.span
    if span and span.end > len(document.text):
        remarks = (
            *remarks,
            "De link wijst naar een plek die dit document niet heeft; er is niets gemarkeerd.",
        )
        span = None
    st.html(title_html(entry) + about_html(entry, document))
    for remark in remarks:
        st.html(notice_html("", remark))
    st.html(reader_html(document, span))
