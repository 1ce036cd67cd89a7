"""The page Standpunten: what is thought of a topic, and what became of each advice."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from search.errors import UsageError
from search.records import Holder, Stance
from search.ui.collection import Collection
from search.ui.examples import topics
from search.ui.fields import ask_bar, choose_one, view_filters
from search.ui.frame import params, show, show_notice
from search.ui.links import LIMIT, VIEWS, Standpoints, read_standpoints, write_standpoints
from search.ui.markup import notice_html
from search.ui.stance_matrix import picture_html
from search.ui.views import overview_html, reactions_html, views_html
from search.wording import HOLDERS, STANCES, theme_name

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_LEDE = (
    "<p>Noem een onderwerp. U ziet wat het kabinet ervan vindt, en daarnaast wat anderen "
    "zeggen: woord voor woord, met hun vindplaats.</p>"
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FIELDS = ("onderwerp", "stuk", "wie", "welk")


def page() -> None:
    """Show the page Standpunten."""
    show("Standpunten", VIEWS, _body)


def _body(engine: Engine, collection: Collection) -> None:
    shown, remarks = read_standpoints(params(), collection, collection.themes)
    _fill(shown)
    lede = "" if shown.topic else _LEDE
    st.html(f'<div class="kw kw-intro"><h1>Standpunten</h1>{lede}</div>')
    _ask(collection, shown)
    for remark in remarks:
        st.html(notice_html("", remark))
    if shown.topic:
        _overview(engine, shown)
    elif shown.document and shown.stances:
        _cell(engine, shown)
    else:
        _teach(collection)
    _document(engine, shown, collection)


def _fill(shown: Standpoints) -> None:
    """Put what the link says into the fields; the link is the one truth."""
    values = (shown.topic, shown.document, list(shown.holders), list(shown.stances))
    for field, value in zip(_FIELDS, values, strict=True):
        st.session_state[field] = value


def _follow(**changes: Any) -> None:
    """Make the fields the link, so that every page can be shared and gone back to."""
    state = st.session_state
    shown = Standpoints(
        topic=state.get("onderwerp", "").strip()[:LIMIT],
        document=state.get("stuk", ""),
        holders=tuple(Holder(each) for each in state.get("wie", ())),
        stances=tuple(Stance(each) for each in state.get("welk", ())),
    )
    st.query_params.from_dict(write_standpoints(replace(shown, **changes)))


def _ask(collection: Collection, shown: Standpoints) -> None:
    ask_bar("Onderwerp", "onderwerp", "Bijvoorbeeld: segregatie in het onderwijs", _follow)
    label = f"Verfijnen ({shown.active} actief)" if shown.active else "Verfijnen"
    with st.expander(label, key="standpunten_verfijnen"):
        choose_one(
            "Document",
            "stuk",
            collection.names,
            "Alle documenten",
            lambda words: [entry.id for entry in collection.find(words)],
            lambda chosen: _follow(document=chosen),
        )
        view_filters("wie", "welk", _follow)


def _overview(engine: Engine, shown: Standpoints) -> None:
    try:
        with st.spinner("De bronnen worden doorzocht…"):
            overview = engine.stances(shown.topic, shown.filters)
    except UsageError as error:
        show_notice(error)
        return
    st.html(overview_html(overview))


def _cell(engine: Engine, shown: Standpoints) -> None:
    """Show the sentences of one cell of a document's picture."""
    holder = shown.holders[0] if shown.holders else Holder.CABINET
    stance = shown.stances[0]
    views = engine.sentences_with(shown.document, shown.theme, stance, holder)
    about = f" bij {theme_name(shown.theme)}" if shown.theme else ""
    st.html(views_html(views, f"{HOLDERS[holder]}: {STANCES[stance]}{about}"))


def _teach(collection: Collection) -> None:
    found = topics(collection)
    if not found:
        return
    st.html('<div class="kw"><h2 class="kw-small">Probeer bijvoorbeeld</h2></div>')
    with st.container(key="voorbeelden"):
        for number, topic in enumerate(found):
            st.button(topic, key=f"onderwerp_{number}", on_click=_follow, kwargs={"topic": topic})


def _document(engine: Engine, shown: Standpoints, collection: Collection) -> None:
    """Show the picture and the table of advice and reaction of one document."""
    document = shown.document or collection.most_labelled
    if not document:
        return
    counts = collection.stance_counts(document)
    st.html(
        '<div class="kw"><h2 class="kw-part">In één oogopslag</h2></div>'
        + picture_html(counts, document, collection.names[document])
    )
    reactions = engine.reactions(document)
    if not reactions:
        return
    st.html(
        '<div class="kw"><h2 class="kw-part">Advies en reactie</h2></div>'
        + reactions_html(reactions)
    )
    with st.container(key="meenemen", horizontal=True, gap="small"):
        file = document.replace("/", "-")
        # Each file is made when it is asked for, and not at each turn.
        st.download_button(
            "Download als CSV",
            partial(engine.reactions_csv, document),
            f"{file}-adviezen.csv",
            "text/csv",
            on_click="ignore",
        )
        st.download_button(
            "Download als Word",
            partial(engine.reactions_docx, document),
            f"{file}-adviezen.docx",
            _WORD,
            on_click="ignore",
        )
