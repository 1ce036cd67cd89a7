"""The page Vragen: a question, its filters, and the passages that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from search.dutch import numeric_date, read_typed_date
from search.errors import UsageError
from search.records import Answer, HintKind, Holder, Stance
from search.ui.collection import Collection
from search.ui.examples import QUESTIONS, examples_for
from search.ui.fields import ask_bar, choose, example_buttons, view_filters
from search.ui.frame import param, params, show, show_error, show_html, show_notice
from search.ui.links import HOME, LIMIT, Search, parse_search, write_search
from search.ui.markup import intro_html, opened_html, results_html
from search.wording import HOLDERS, STANCES, escape_label

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_LEDE = "U krijgt de passages die antwoord geven: woord voor woord, met hun vindplaats."
_HINTS = {HintKind.DOCUMENT: "Alleen in", HintKind.PERIOD: "Bij voorkeur"}
_NO_FILTERS = {"thema": (), "document": (), "van": "", "tot": "", "van_wie": (), "standpunt": ()}
"""The fields of the filters, by session key, when nothing is filtered."""
_UNLINKED = "vraag_zonder_link"
"""Session key of a question that is too long for a link; it is kept for one run."""


def page() -> None:
    """Show the page Vragen."""
    question = param("vraag").strip()
    short = question if len(question) <= 60 else question[:59] + "…"
    show(short or "Vragen", HOME, _body)


def _body(engine: Engine, collection: Collection) -> None:
    search, remarks = parse_search(params(), collection.themes, collection)
    search = replace(search, question=st.session_state.pop(_UNLINKED, search.question))
    _fill(search)
    show_html(intro_html("Stel uw vraag", "" if search.question else _LEDE))
    ask_bar("Uw vraag", "vraag", "Bijvoorbeeld: welke rol hebben gemeenten?", _update_link)
    _refine(search, collection)
    for remark in remarks:
        show_notice("", remark)
    if search.question:
        _answer(engine, search, collection)
    else:
        _show_examples(collection)


def _fill(search: Search) -> None:
    """Put what the link says into the fields, so that the two never differ."""
    st.session_state["vraag"] = search.question
    st.session_state["thema"] = list(search.themes)
    st.session_state["document"] = list(search.documents)
    st.session_state["van"] = numeric_date(search.date_from)
    st.session_state["tot"] = numeric_date(search.date_to)
    st.session_state["van_wie"] = list(search.holders)
    st.session_state["standpunt"] = list(search.stances)


def _update_link(**changes: object) -> None:
    """Write the fields to the link, so that every search can be shared and gone back to."""
    state = st.session_state
    values: dict[str, Any] = {f: state.get(f, "") for f in ("vraag", *_NO_FILTERS)} | changes
    question = values["vraag"].strip()
    if len(question) > LIMIT:
        st.session_state[_UNLINKED] = question
        return
    start, end = values["van"].strip(), values["tot"].strip()
    search = Search(
        question=question,
        themes=tuple(values["thema"]),
        documents=tuple(values["document"]),
        date_from=read_typed_date(start) or start,
        date_to=read_typed_date(end, last=True) or end,
        ignored=values.get("los", ()),
        holders=tuple(Holder(each) for each in values["van_wie"]),
        stances=tuple(Stance(each) for each in values["standpunt"]),
    )
    st.query_params.from_dict(write_search(search))


def _refine(search: Search, collection: Collection) -> None:
    label = f"Verfijnen ({search.active} actief)" if search.active else "Verfijnen"
    st.session_state["verfijnen"] = st.session_state.get("verfijnen_open", False)
    with st.expander(label, key="verfijnen", on_change=_unfold):
        choose(
            "Thema",
            "thema",
            collection.themes,
            "Alle thema’s",
            collection.find_themes,
            lambda chosen: _update_link(thema=chosen),
        )
        choose(
            "Document",
            "document",
            collection.names,
            "Alle documenten",
            lambda words: [entry.id for entry in collection.find(words)],
            lambda chosen: _update_link(document=chosen),
        )
        left, right = st.columns(2)
        example = "24-03-2021, of alleen 2021"
        left.text_input("Vanaf datum", key="van", placeholder=example, on_change=_update_link)
        right.text_input("Tot en met datum", key="tot", placeholder=example, on_change=_update_link)
        view_filters("van_wie", "standpunt", _update_link)
        if search.active:
            _clear_button("wis")


def _unfold() -> None:
    """Keep whether the filters are unfolded: with another label Streamlit takes them for new."""
    st.session_state["verfijnen_open"] = st.session_state["verfijnen"]


def _clear_button(key: str) -> None:
    st.button("Wis filters", key=key, on_click=_update_link, kwargs=_NO_FILTERS)


def _answer(engine: Engine, search: Search, collection: Collection) -> None:
    try:
        with st.spinner("De bronnen worden doorzocht…"):
            answer = engine.ask(search.question, search.filters, ignored=search.ignored)
            contexts = _contexts(engine, answer)
            asked = engine.asked_in(answer.quoted.passage) if answer.quoted else ""
    except UsageError as error:
        show_error(error)
        return
    if not answer.hits and not answer.withheld and search.active:
        show_notice("Geen passages met deze filters", _describe(search, collection.names))
        _clear_button("wis_leeg")
        return
    _show_hints(answer, search)
    if answer.opens:
        show_html(opened_html(answer.opens))
    if answer.absent:
        show_notice("", "\n".join(answer.absent))
    show_html(results_html(answer, contexts, asked))


def _show_hints(answer: Answer, search: Search) -> None:
    """Show the filters that were taken from the question, each as a button that removes it."""
    if not answer.hints:
        return
    with st.container(key="aanwijzingen", horizontal=True, gap="small"):
        for hint in answer.hints:
            st.button(
                f"{_HINTS[hint.kind]}: {escape_label(hint.words)}",
                key=f"aanwijzing_{hint.kind}",
                icon=":material/close:",
                help="Dit staat in uw vraag. Klik om zonder deze beperking te zoeken.",
                on_click=_update_link,
                kwargs={"los": (*search.ignored, hint.kind)},
            )


def _contexts(engine: Engine, answer: Answer) -> dict[int, str]:
    """Return by passage id the sentence that introduces a list or carries a footnote's mark."""
    found = {}
    for hit in answer.hits:
        span = hit.passage.lead or hit.passage.anchor
        if span is not None:
            text = engine.document(hit.passage.document).text
            found[hit.passage.id] = text[span.start : span.end]
    return found


def _describe(search: Search, names: Mapping[str, str]) -> str:
    used = search.filters
    parts = []
    if used.themes:
        parts.append("thema " + " of ".join(f"“{theme}”" for theme in used.themes))
    if used.documents:
        parts.append("document " + " of ".join(f"“{names[d]}”" for d in used.documents))
    if used.date_from:
        parts.append(f"vanaf {numeric_date(used.date_from)}")
    if used.date_to:
        parts.append(f"tot en met {numeric_date(used.date_to)}")
    if used.holders:
        parts.append("standpunt van " + " of ".join(HOLDERS[holder] for holder in used.holders))
    if used.stances:
        parts.append(" of ".join(STANCES[stance] for stance in used.stances))
    return f"U zoekt nu alleen in: {'; '.join(parts)}. Daar past geen enkele passage in."


def _show_examples(collection: Collection) -> None:
    found = examples_for(collection, QUESTIONS)
    if not found:
        show_notice(
            "Zo vraagt u",
            "Stel een gewone vraag, in een hele zin of in een paar woorden: wie, wat, wanneer, "
            "waarom, hoeveel. U hoeft de woorden uit het document niet te kennen.",
        )
    example_buttons(found, "voorbeeld", lambda question: _update_link(vraag=question))
