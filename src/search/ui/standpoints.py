"""The page Standpunten: the stances on a topic, and the reaction to each advice."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st
from markupsafe import Markup

from search.errors import UsageError
from search.records import Holder, Stance
from search.ui.collection import Collection
from search.ui.examples import TOPICS, examples_for
from search.ui.fields import WORD_TYPE, ask_bar, choose_one, example_buttons, view_filters
from search.ui.frame import params, show, show_error, show_html, show_notice
from search.ui.links import LIMIT, STANDPOINTS, Standpoints, parse_standpoints, write_standpoints
from search.ui.markup import intro_html
from search.ui.stance_matrix import stance_matrix_html
from search.ui.timeline import changes_html, timeline_html
from search.ui.views import overview_html, reactions_html, views_html
from search.wording import HOLDERS, STANCES, theme_name

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_LEDE = (
    "Noem een onderwerp. U ziet wat het kabinet ervan vindt, en daarnaast wat anderen "
    "zeggen: woord voor woord, met hun vindplaats."
)
_PART = Markup('<div class="kw"><h2 class="kw-part">{}</h2></div>{}')
_FIELDS = ("onderwerp", "stuk", "wie", "welk")


def page() -> None:
    """Show the page Standpunten."""
    show("Standpunten", STANDPOINTS, _body)


def _body(engine: Engine, collection: Collection) -> None:
    shown, remarks = parse_standpoints(params(), collection, collection.themes)
    _fill(shown)
    show_html(intro_html("Standpunten", "" if shown.topic else _LEDE))
    _ask(collection, shown)
    for remark in remarks:
        show_notice("", remark)
    if shown.topic:
        _overview(engine, shown)
    elif shown.document and shown.stances:
        _cell(engine, shown)
    else:
        topics = examples_for(collection, TOPICS)
        example_buttons(topics, "onderwerp", lambda topic: _update_link(topic=topic))
    _document(engine, shown, collection)


def _fill(shown: Standpoints) -> None:
    """Put what the link says into the fields, so that the two never differ."""
    values = (shown.topic, shown.document, list(shown.holders), list(shown.stances))
    for field, value in zip(_FIELDS, values, strict=True):
        st.session_state[field] = value


def _update_link(**changes: Any) -> None:
    """Write the fields to the link, so that every page can be shared and gone back to."""
    state = st.session_state
    shown = Standpoints(
        topic=state.get("onderwerp", "").strip()[:LIMIT],
        document=state.get("stuk", ""),
        holders=tuple(Holder(each) for each in state.get("wie", ())),
        stances=tuple(Stance(each) for each in state.get("welk", ())),
    )
    st.query_params.from_dict(write_standpoints(replace(shown, **changes)))


def _ask(collection: Collection, shown: Standpoints) -> None:
    ask_bar("Onderwerp", "onderwerp", "Bijvoorbeeld: segregatie in het onderwijs", _update_link)
    label = f"Verfijnen ({shown.active} actief)" if shown.active else "Verfijnen"
    with st.expander(label, key="standpunten_verfijnen"):
        choose_one(
            "Document",
            "stuk",
            collection.names,
            "Alle documenten",
            lambda words: [entry.id for entry in collection.find(words)],
            lambda chosen: _update_link(document=chosen),
        )
        view_filters("wie", "welk", _update_link)


def _overview(engine: Engine, shown: Standpoints) -> None:
    try:
        with st.spinner("De bronnen worden doorzocht…"):
            overview = engine.stances(shown.topic, shown.filters)
            timeline = engine.timeline(overview)
    except UsageError as error:
        show_error(error)
        return
    show_html(overview_html(overview))
    show_html(changes_html(timeline.changes))
    show_html(timeline_html(timeline))


def _cell(engine: Engine, shown: Standpoints) -> None:
    """Show the sentences of one cell of a document's stance matrix."""
    holder = shown.holders[0] if shown.holders else Holder.CABINET
    stance = shown.stances[0]
    views = engine.sentences_with(shown.document, shown.theme, stance, holder)
    about = f" bij {theme_name(shown.theme)}" if shown.theme else ""
    show_html(views_html(views, f"{HOLDERS[holder]}: {STANCES[stance]}{about}"))


def _document(engine: Engine, shown: Standpoints, collection: Collection) -> None:
    """Show the stance matrix and the table of advice and reaction of one document."""
    document = shown.document or collection.most_labelled
    if not document:
        return
    counts = collection.stance_counts(document)
    matrix = stance_matrix_html(counts, document, collection.names[document])
    show_html(_PART.format("In één oogopslag", matrix))
    reactions = engine.reactions(document)
    if not reactions:
        return
    show_html(_PART.format("Advies en reactie", reactions_html(reactions)))
    with st.container(key="meenemen", horizontal=True, gap="small"):
        file = document.replace("/", "-")
        # Each file is written when it is downloaded, and not each time that the page is shown.
        for name, ending, media_type, write in (
            ("CSV", "csv", "text/csv", engine.reactions_csv),
            ("Word", "docx", WORD_TYPE, engine.reactions_docx),
        ):
            st.download_button(
                f"Download als {name}",
                partial(write, document),
                f"{file}-adviezen.{ending}",
                media_type,
                on_click="ignore",
            )
