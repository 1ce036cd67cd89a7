"""The page Citatenlijst: quotes that were picked, in order, with notes, to take along."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from search.exports import (
    quotes_bibtex,
    quotes_csl,
    quotes_csv,
    quotes_docx,
    quotes_markdown,
    quotes_ris,
)
from search.quoting.permalinks import locate
from search.records import ListedQuote
from search.ui.collection import Collection
from search.ui.fields import named
from search.ui.frame import show
from search.ui.markup import actions, copy_button, notice_html, paragraphs, read_link, source_html
from search.ui.picked import (
    LIST,
    LONGEST_NOTE,
    PICKED,
    Picked,
    list_link,
    list_values,
    picked,
    set_picked,
    write_picked,
)
from search.ui.selection import link_button
from search.wording import count

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["page"]

_LEDE = (
    "<p>Zet citaten op deze lijst met de knop “Op de citatenlijst” bij een passage, een zin of "
    "een gecontroleerd citaat. U kunt ze hier ordenen, er een notitie bij zetten en ze meenemen "
    "naar Word, Zotero of een spreadsheet.</p>"
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES: tuple[tuple[str, str, str, Callable[[Sequence[ListedQuote]], bytes]], ...] = (
    ("Word", "docx", _WORD, quotes_docx),
    ("Markdown", "md", "text/markdown", lambda quotes: quotes_markdown(quotes).encode()),
    ("CSV", "csv", "text/csv", quotes_csv),
    ("RIS", "ris", "application/x-research-info-systems", quotes_ris),
    ("BibTeX", "bib", "application/x-bibtex", quotes_bibtex),
    ("CSL-JSON", "json", "application/json", quotes_csl),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """An item of the list and the quote that it is; None where its words are no longer there."""

    item: Picked
    listed: ListedQuote | None


def page() -> None:
    """Show the page Citatenlijst."""
    show("Citatenlijst", LIST, _body)


def _body(engine: Engine, collection: Collection) -> None:
    items = picked()
    rows = [_row(engine, item, collection) for item in items]
    lede = "" if rows else _LEDE
    st.html(f'<div class="kw kw-intro"><h1>Citatenlijst</h1>{lede}</div>')
    if not rows:
        st.html(notice_html("Uw citatenlijst is nog leeg", "Begin bij een vraag of een document."))
        return
    _tools([row.listed for row in rows if row.listed], items)
    for number in range(len(rows)):
        _show_row(rows, number)
    with st.container(key="lijst_leeg"):
        st.button("Maak de lijst leeg", key="leeg", on_click=_keep, args=([],))


def _row(engine: Engine, item: Picked, known: Container[str]) -> _Row:
    """Look an item's words up: where they were, or where they stand now."""
    if item.document not in known:
        return _Row(item, None)
    found = locate(engine.document(item.document).text, item.span, item.proof)
    listed = engine.quote(item.document, found) if found else None
    return _Row(item, replace(listed, note=item.note) if listed else None)


def _tools(quotes: Sequence[ListedQuote], items: Sequence[Picked]) -> None:
    """Show how many there are, and what the list can be taken along as."""
    counted = f"{count(len(items), 'citaat', 'citaten')} op de lijst"
    if lost := len(items) - len(quotes):
        counted += f", waarvan {lost} er niet meer {'is' if lost == 1 else 'zijn'}"
    st.html(
        f'<div class="kw kw-list-tools"><p class="kw-line" role="status">{counted}.</p>'
        f'{actions((link_button(list_link(items)),))}<h2 class="kw-small">Meenemen als</h2></div>'
    )
    with st.container(key="lijst_als", horizontal=True, gap="small"):
        for name, ending, kind, write in _FILES:
            st.download_button(
                named("Download als", name),
                partial(write, quotes),
                f"citatenlijst.{ending}",
                kind,
                key=f"als_{ending}",
                disabled=not quotes,
                on_click="ignore",
            )


def _show_row(rows: Sequence[_Row], number: int) -> None:
    """Show one quote with its note, and the buttons that move it or take it off."""
    row = rows[number]
    which = f"Citaat {number + 1}:"
    with st.container(key=f"citaat_{number}"):
        st.html(_quote_html(row.listed, number + 1) if row.listed else _lost_html(row.item))
        # A fresh key for each item, so that a note stays with its quote when that moves.
        key = f"notitie_{write_picked(replace(row.item, note=''))}"
        st.session_state[key] = row.item.note
        st.text_input(
            f"Notitie bij citaat {number + 1}",
            key=key,
            max_chars=LONGEST_NOTE,
            placeholder="Notitie (gaat mee in de link en in de export)",
            on_change=_note,
            args=(row.item, key),
            label_visibility="collapsed",
        )
        with st.container(key=f"knoppen_{number}", horizontal=True, gap="small"):
            first, last = number == 0, number == len(rows) - 1
            st.button(
                named(which, "Omhoog"),
                key=f"op_{number}",
                disabled=first,
                on_click=_move,
                args=(row.item, -1),
            )
            st.button(
                named(which, "Omlaag"),
                key=f"neer_{number}",
                disabled=last,
                on_click=_move,
                args=(row.item, 1),
            )
            st.button(
                named(which, "Verwijder"),
                key=f"weg_{number}",
                on_click=_take_off,
                args=(row.item,),
            )


# Whoever presses a button with a note still in the field does two things in one turn: so each
# works on the list as it has become, and not as it was shown.
def _move(item: Picked, step: int) -> None:
    items = list(picked())
    number = next((n for n, each in enumerate(items) if each.same_words(item)), None)
    if number is not None and 0 <= number + step < len(items):
        items.insert(number + step, items.pop(number))
        _keep(items)


def _take_off(item: Picked) -> None:
    _keep([each for each in picked() if not each.same_words(item)])


def _note(item: Picked, key: str) -> None:
    note = str(st.session_state.get(key, "")).strip()
    _keep([replace(each, note=note) if each.same_words(item) else each for each in picked()])


def _keep(items: Sequence[Picked]) -> None:
    """Make this the list, in the session and in the link."""
    set_picked(items)
    values = list_values(items)
    st.query_params.from_dict({PICKED: values} if values else {})


def _quote_html(listed: ListedQuote, number: int) -> str:
    quote = listed.quote
    return (
        f'<article class="kw kw-listed-quote" aria-labelledby="citaat-{number}-titel">'
        f'<h2 id="citaat-{number}-titel" class="kw-hidden">Citaat {number}</h2>'
        f'<blockquote class="kw-quote"><p>{paragraphs(escape(quote.text))}</p></blockquote>'
        f"<footer>{source_html(quote.citation, listed.metadata)}"
        + actions((read_link(quote, listed.metadata), copy_button(quote.text, quote.citation)))
        + "</footer></article>"
    )


def _lost_html(item: Picked) -> str:
    return notice_html(
        "Dit citaat is er niet meer",
        f"De woorden die u uit “{item.document[:80]}” had gekozen, staan daar niet meer. "
        "Het document is gewijzigd of verwijderd; dit citaat gaat niet mee in een export.",
        tone="trouble",
    )
