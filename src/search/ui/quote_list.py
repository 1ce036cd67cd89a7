"""The page Citatenlijst: quotes that were picked, in order, with notes, to take along."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

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
from search.ui.fields import WORD_TYPE, hidden_prefix
from search.ui.frame import show, show_html, show_notice
from search.ui.markup import actions, copy_button, intro_html, paragraphs, read_link, source_html
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
    "Zet citaten op deze lijst met de knop “Op de citatenlijst” bij een passage, een zin of "
    "een gecontroleerd citaat. U kunt ze hier ordenen, er een notitie bij zetten en ze meenemen "
    "naar Word, Zotero of een spreadsheet."
)
_FILES: tuple[tuple[str, str, str, Callable[[Sequence[ListedQuote]], bytes]], ...] = (
    ("Word", "docx", WORD_TYPE, quotes_docx),
    ("Markdown", "md", "text/markdown", lambda quotes: quotes_markdown(quotes).encode()),
    ("CSV", "csv", "text/csv", quotes_csv),
    ("RIS", "ris", "application/x-research-info-systems", quotes_ris),
    ("BibTeX", "bib", "application/x-bibtex", quotes_bibtex),
    ("CSL-JSON", "json", "application/json", quotes_csl),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """An item of the list and its quote; None where its words are no longer in the document."""

    item: Picked
    listed: ListedQuote | None


def page() -> None:
    """Show the page Citatenlijst."""
    show("Citatenlijst", LIST, _body)


def _body(engine: Engine, collection: Collection) -> None:
    items = picked()
    rows = [_row(engine, item, collection) for item in items]
    show_html(intro_html("Citatenlijst", "" if rows else _LEDE))
    if not rows:
        show_notice("Uw citatenlijst is nog leeg", "Begin bij een vraag of een document.")
        return
    _tools([row.listed for row in rows if row.listed], items)
    for number in range(len(rows)):
        _show_row(rows, number)
    with st.container(key="lijst_leeg"):
        st.button("Maak de lijst leeg", key="leeg", on_click=_keep, args=([],))


def _row(engine: Engine, item: Picked, known: Container[str]) -> _Row:
    """Return an item with its quote: at the place where it was picked, or where it is now."""
    if item.document not in known:
        return _Row(item, None)
    found = locate(engine.document(item.document).text, item.span, item.checksum)
    listed = engine.quote(item.document, found) if found else None
    return _Row(item, replace(listed, note=item.note) if listed else None)


def _tools(quotes: Sequence[ListedQuote], items: Sequence[Picked]) -> None:
    """Show how many there are, and the files that the list can be downloaded as."""
    counted = f"{count(len(items), 'citaat', 'citaten')} op de lijst"
    if lost := len(items) - len(quotes):
        counted += f", waarvan {lost} er niet meer {'is' if lost == 1 else 'zijn'}"
    show_html(
        Markup(
            '<div class="kw kw-list-tools"><p class="kw-line" role="status">{}.</p>{}'
            '<h2 class="kw-small">Meenemen als</h2></div>'
        ).format(counted, actions((link_button(list_link(items)),)))
    )
    with st.container(key="lijst_als", horizontal=True, gap="small"):
        for name, ending, kind, write in _FILES:
            st.download_button(
                hidden_prefix("Download als", name),
                partial(write, quotes),
                f"citatenlijst.{ending}",
                kind,
                key=f"als_{ending}",
                disabled=not quotes,
                on_click="ignore",
            )


def _show_row(rows: Sequence[_Row], number: int) -> None:
    """Show one quote with its note, and the buttons that move or remove it."""
    row = rows[number]
    which = f"Citaat {number + 1}:"
    with st.container(key=f"citaat_{number}"):
        if row.listed:
            show_html(_quote_html(row.listed, number + 1))
        else:
            _show_lost(row.item)
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
            for label, key, step in (("Omhoog", "op", -1), ("Omlaag", "neer", 1)):
                st.button(
                    hidden_prefix(which, label),
                    key=f"{key}_{number}",
                    disabled=not 0 <= number + step < len(rows),
                    on_click=_move,
                    args=(row.item, step),
                )
            st.button(
                hidden_prefix(which, "Verwijder"),
                key=f"weg_{number}",
                on_click=_remove,
                args=(row.item,),
            )


# A button that is pressed while a note is being typed triggers two callbacks: each starts from the
# list as the other left it, and not from the list that was shown.
def _move(item: Picked, step: int) -> None:
    items = list(picked())
    number = next((n for n, each in enumerate(items) if each.same_words(item)), None)
    if number is not None and 0 <= number + step < len(items):
        items.insert(number + step, items.pop(number))
        _keep(items)


def _remove(item: Picked) -> None:
    _keep([each for each in picked() if not each.same_words(item)])


def _note(item: Picked, key: str) -> None:
    note = str(st.session_state.get(key, "")).strip()
    _keep([replace(each, note=note) if each.same_words(item) else each for each in picked()])


def _keep(items: Sequence[Picked]) -> None:
    """Make this the list, in the session and in the link."""
    set_picked(items)
    values = list_values(items)
    st.query_params.from_dict({PICKED: values} if values else {})


def _quote_html(listed: ListedQuote, number: int) -> Markup:
    quote = listed.quote
    return Markup(
        '<article class="kw kw-listed-quote" aria-labelledby="citaat-{number}-titel">'
        '<h2 id="citaat-{number}-titel" class="kw-hidden">Citaat {number}</h2>'
        '<blockquote class="kw-quote"><p>{text}</p></blockquote>'
        "<footer>{source}{actions}</footer></article>"
    ).format(
        number=number,
        text=paragraphs(quote.text),
        source=source_html(quote.citation, listed.metadata),
        actions=actions(
            (read_link(quote, listed.metadata), copy_button(quote.text, quote.citation))
        ),
    )


def _show_lost(item: Picked) -> None:
    show_notice(
        "Dit citaat is er niet meer",
        f"De woorden die u uit “{item.document[:80]}” had gekozen, staan daar niet meer. "
        "Het document is gewijzigd of verwijderd; dit citaat gaat niet mee in een export.",
        tone="trouble",
    )
