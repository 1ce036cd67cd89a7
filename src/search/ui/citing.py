"""The page Citeren: whether a quote is word for word in a document, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from search.errors import KamerwijzerError, ReadingError
from search.exports import checked_csv
from search.quoting import quotes_in
from search.quoting.permalinks import words_checksum
from search.reading.drafts import read_draft
from search.ui.checked import checked_html, summary_html
from search.ui.collection import Collection
from search.ui.examples import QUOTES, examples_for
from search.ui.fields import example_buttons
from search.ui.frame import param, show, show_error, show_html, show_notice
from search.ui.links import CITING
from search.ui.markup import intro_html

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_LEDE = (
    "Plak een citaat en zie of het klopt, woord voor woord, en waar het staat. U kunt ook een "
    "hele tekst plakken of een bestand kiezen: dan wordt elk citaat tussen aanhalingstekens "
    "gecontroleerd."
)
_LONGEST_LINKED = 2_000
"""Characters of the longest text that is put into a link."""
_LONG_TEXT, _DRAFT, _ROUND = "citeren_tekst", "citeren_concept", "citeren_beurt"
"""Session keys: a text too long for a link, the draft that was chosen, how often was sent."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file that the user chose: its name, and its text or why it can't be read."""

    name: str
    text: str = ""
    error: ReadingError | None = None


def page() -> None:
    """Show the page Citeren."""
    show("Citeren", CITING, _body)


def _body(engine: Engine, collection: Collection) -> None:
    name, linked = param("bestand"), param("tekst")
    text = "" if name else linked or st.session_state.get(_LONG_TEXT, "")
    show_html(intro_html("Controleer een citaat", "" if text or name else _LEDE))
    _ask(text)
    if name:
        _check_draft(engine, name)
    elif text.strip():
        _check(engine, text)
    else:
        example_buttons(examples_for(collection, QUOTES), "citaat", _update_link)


def _ask(text: str) -> None:
    """Show the field for a text and, folded, the one for a file."""
    # Fresh fields for each text and each time that one was sent: until then, what the user types
    # stays; afterwards, no field shows what was sent from it.
    sent = st.session_state.get(_ROUND, 0)
    field, key = f"citaat_tekst_{sent}_{words_checksum(text)}", f"concept_{sent}"
    with st.form("citeren", border=False):
        st.text_area(
            "Citaat of tekst",
            value=text,
            key=field,
            height=140,
            placeholder="Bijvoorbeeld: «Het kabinet onderschrijft dat migratie structureel en "
            "integraal benaderd moet worden»",
        )
        st.form_submit_button(
            "Controleer",
            type="primary",
            on_click=lambda: _update_link(st.session_state.get(field, "")),
        )
    with st.expander("Of controleer een bestand", key="citeren_bestand"):
        st.file_uploader(
            "Concept (.txt, .md of .docx)",
            type=["txt", "md", "docx"],
            key=key,
            on_change=_read,
            args=(key,),
        )


def _update_link(text: str) -> None:
    """Write the text to the link when it is short enough; else keep it for the session."""
    short = len(text) <= _LONGEST_LINKED
    st.session_state[_LONG_TEXT] = "" if short else text
    _set_link({"tekst": text} if text.strip() and short else {})


def _set_link(linked: dict[str, str]) -> None:
    """Make this the link, and show fresh fields."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.query_params.from_dict(linked)


def _read(key: str) -> None:
    """Read the file that was chosen, keep its text for the session, and put its name in the link.

    A user who comes back from the reader then finds it again.
    """
    file = st.session_state.get(key)
    if file is None:
        return
    try:
        draft = _Draft(file.name, read_draft(file.name, file.getvalue()))
    except ReadingError as error:
        draft = _Draft(file.name, error=error)
    st.session_state[_DRAFT] = draft
    _set_link({"bestand": file.name})


def _check_draft(engine: Engine, name: str) -> None:
    draft = st.session_state.get(_DRAFT)
    if draft is None or draft.name != name:
        show_notice(
            "Kies het bestand opnieuw",
            f"“{name[:200]}” is niet bewaard: een bestand blijft alleen zolang u deze pagina "
            "open hebt.",
        )
    elif draft.error:
        show_error(draft.error)
    elif not quotes_in(draft.text):
        show_notice(
            "Geen citaten gevonden",
            f"In {name[:200]} staat niets tussen aanhalingstekens. Zet citaten tussen «…», "
            "“…”, „…” of '…', of plak de tekst hierboven.",
        )
    else:
        _check(engine, draft.text, name)


def _check(engine: Engine, text: str, name: str = "") -> None:
    try:
        with st.spinner("De citaten worden opgezocht…"):
            checked = engine.check_quotes(text)
    except KamerwijzerError as error:
        show_error(error)
        return
    several = len(checked) > 1
    if several or name:
        show_html(summary_html(checked, name))
        with st.container(key="meenemen", horizontal=True, gap="small"):
            st.download_button(
                "Download als CSV",
                checked_csv(checked),
                "citaten.csv",
                "text/csv",
                on_click="ignore",
            )
    show_html(
        Markup().join(
            checked_html(each, number, titled=several)
            for number, each in enumerate(checked, start=1)
        )
    )
