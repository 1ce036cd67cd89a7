"""The page Citeren: is a quote real, and where does it stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from search.errors import KamerwijzerError, ReadingError
from search.exports import checked_csv
from search.quoting import quotes_in
from search.quoting.permalinks import words_checksum
from search.reading.drafts import read_draft
from search.ui.checked import checked_html, summary_html
from search.ui.collection import Collection
from search.ui.examples import quotes
from search.ui.frame import params, show, show_notice
from search.ui.links import CITING
from search.ui.markup import notice_html

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_LEDE = (
    "<p>Plak een citaat en zie of het klopt, woord voor woord, en waar het staat. U kunt ook een "
    "hele tekst plakken of een bestand kiezen: dan wordt elk citaat tussen aanhalingstekens "
    "gecontroleerd.</p>"
)
_LINKED = 2_000
"""Characters of the longest text that is put into a link."""
_KEPT = "citeren_tekst"
_DRAFT = "citeren_concept"
_TURN = "citeren_beurt"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file that the user chose: its name, and its text or why that can't be read."""

    name: str
    text: str = ""
    trouble: ReadingError | None = None


def page() -> None:
    """Show the page Citeren."""
    show("Citeren", CITING, _body)


def _body(engine: Engine, collection: Collection) -> None:
    name, linked = _asked("bestand"), _asked("tekst")
    text = "" if name else linked or st.session_state.get(_KEPT, "")
    lede = "" if text or name else _LEDE
    st.html(f'<div class="kw kw-intro"><h1>Controleer een citaat</h1>{lede}</div>')
    _ask(text)
    if name:
        _check_draft(engine, name)
    elif text.strip():
        _check(engine, text)
    else:
        _teach(collection)


def _asked(key: str) -> str:
    return (params().get(key) or [""])[-1]


def _ask(text: str) -> None:
    """Show the field for a text and, folded, the one for a file."""
    # Fresh fields for each text and after each turn: what the user is typing stays until then, and
    # no field shows again what was sent from it.
    turn = st.session_state.get(_TURN, 0)
    field, key = f"citaat_tekst_{turn}_{words_checksum(text)}", f"concept_{turn}"
    with st.form("citeren", border=False):
        st.text_area(
            "Citaat of tekst",
            value=text,
            key=field,
            height=140,
            placeholder="Bijvoorbeeld: «Het kabinet onderschrijft dat migratie structureel en "
            "integraal benaderd moet worden»",
        )
        st.form_submit_button("Controleer", type="primary", on_click=_submit, args=(field,))
    with st.expander("Of controleer een bestand", key="citeren_bestand"):
        st.file_uploader(
            "Concept (.txt, .md of .docx)",
            type=["txt", "md", "docx"],
            key=key,
            on_change=_read,
            args=(key,),
        )


def _submit(field: str) -> None:
    _follow(str(st.session_state.get(field, "")))


def _follow(text: str) -> None:
    """Make the text the link when it is short enough; else it is kept for the session."""
    st.session_state[_KEPT] = text if len(text) > _LINKED else ""
    linked = {"tekst": text} if text.strip() and len(text) <= _LINKED else {}
    _show(linked)


def _show(linked: dict[str, str]) -> None:
    """Make this the link, with fresh fields."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.query_params.from_dict(linked)


def _read(key: str) -> None:
    """Read the file that was chosen, keep its text for the session, and put its name in the link.

    So it is still there for whoever comes back from the reader.
    """
    file = st.session_state.get(key)
    if file is None:
        return
    try:
        draft = _Draft(file.name, read_draft(file.name, file.getvalue()))
    except ReadingError as error:
        draft = _Draft(file.name, trouble=error)
    st.session_state[_DRAFT] = draft
    _show({"bestand": file.name})


def _check_draft(engine: Engine, name: str) -> None:
    draft = st.session_state.get(_DRAFT)
    if draft is None or draft.name != name:
        st.html(
            notice_html(
                "Kies het bestand opnieuw",
                f"“{name[:200]}” is niet bewaard: een bestand blijft alleen zolang u deze pagina "
                "open hebt.",
            )
        )
    elif draft.trouble:
        show_notice(draft.trouble)
    elif not quotes_in(draft.text):
        st.html(
            notice_html(
                "Geen citaten gevonden",
                f"In {name[:200]} staat niets tussen aanhalingstekens. Zet citaten tussen «…», "
                "“…”, „…” of '…', of plak de tekst hierboven.",
            )
        )
    else:
        _check(engine, draft.text, name)


def _check(engine: Engine, text: str, name: str = "") -> None:
    try:
        with st.spinner("De citaten worden opgezocht…"):
            checked = engine.check_quotes(text)
    except KamerwijzerError as error:
        show_notice(error)
        return
    several = len(checked) > 1
    if several or name:
        st.html(summary_html(checked, name))
        with st.container(key="meenemen", horizontal=True, gap="small"):
            st.download_button(
                "Download als CSV",
                checked_csv(checked),
                "citaten.csv",
                "text/csv",
                on_click="ignore",
            )
    st.html(
        "".join(
            checked_html(each, number, titled=several)
            for number, each in enumerate(checked, start=1)
        )
    )


def _teach(collection: Collection) -> None:
    found = quotes(collection)
    if not found:
        return
    st.html('<div class="kw"><h2 class="kw-small">Probeer bijvoorbeeld</h2></div>')
    with st.container(key="voorbeelden"):
        for number, text in enumerate(found):
            st.button(text, key=f"citaat_{number}", on_click=_follow, kwargs={"text": text})
