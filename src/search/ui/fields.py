"""What more than one page has: the question bar, choices, examples, filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from search.ui.collection import MANY
from search.ui.frame import show_html
from search.ui.markup import found_html
from search.wording import HOLDERS, STANCES, escape_label

__all__ = [
    "WORD_TYPE",
    "ask_bar",
    "choose",
    "choose_one",
    "example_buttons",
    "hidden_prefix",
    "view_filters",
]

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""Media type of a Word file."""
_MOST_OFFERED = 8
"""Choices that are offered at once, of all that have the words typed."""
_BUTTONS = {"erbij": ("Voeg toe:", "add"), "eraf": ("Verwijder:", "close")}
_HINT = "Typ een paar woorden of een nummer"


def ask_bar(label: str, key: str, placeholder: str, on_submit: Callable[[], None]) -> None:
    """Show one line to ask in, with its button."""
    with (
        st.form(f"{key}_zoeken", border=False),
        st.container(
            key="vraagbalk", horizontal=True, wrap=False, vertical_alignment="bottom", gap="small"
        ),
    ):
        st.text_input(label, key=key, placeholder=placeholder, autocomplete="off")
        st.form_submit_button("Zoek", type="primary", on_click=on_submit)


def example_buttons(examples: Sequence[str], key: str, on_choose: Callable[[str], None]) -> None:
    """Show examples as buttons, each with a key that begins with `key`; nothing without any."""
    if not examples:
        return
    show_html(Markup('<div class="kw"><h2 class="kw-small">Probeer bijvoorbeeld</h2></div>'))
    with st.container(key="voorbeelden"):
        for number, example in enumerate(examples):
            st.button(example, key=f"{key}_{number}", on_click=on_choose, args=(example,))


def choose(
    label: str,
    key: str,
    options: Mapping[str, str],
    every: str,
    find: Callable[[str], Sequence[str]],
    on_choose: Callable[[Sequence[str]], None],
) -> None:
    """Let the user choose from `options` (names by value), of which the state holds a list.

    Many are not listed but found: a field takes words, and `find` returns the values that have
    them. `every` says in the field that nothing is chosen; `on_choose` takes all that is chosen.
    """
    if len(options) > MANY:
        _find_and_add(label, key, options, find, on_choose)
        return
    st.multiselect(
        label,
        list(options),
        format_func=lambda value: options.get(value, value),
        key=key,
        placeholder=every,
        select_all=False,
        on_change=lambda: on_choose(st.session_state[key]),
    )


def choose_one(
    label: str,
    key: str,
    options: Mapping[str, str],
    every: str,
    find: Callable[[str], Sequence[str]],
    on_choose: Callable[[str], None],
) -> None:
    """Let the user choose one of `options` or none, of which the state holds the value, or "".

    The rest is as with `choose`.
    """
    if len(options) > MANY:
        _find_and_add(label, key, options, find, lambda chosen: on_choose("".join(chosen[-1:])))
        return
    st.selectbox(
        label,
        ["", *options],
        format_func=lambda value: options.get(value, every),
        key=key,
        on_change=lambda: on_choose(st.session_state[key]),
    )


def hidden_prefix(prefix: str, label: str) -> str:
    """Return a button's label in Markdown with a prefix for screen readers, hidden by style.css."""
    return f":gray[{prefix}] {label}"


def _find_and_add(
    label: str,
    key: str,
    options: Mapping[str, str],
    find: Callable[[str], Sequence[str]],
    on_choose: Callable[[Sequence[str]], None],
) -> None:
    """Show a field to find options by words, what has these words, and what is chosen so far."""
    current = st.session_state.get(key) or ()
    chosen = (current,) if isinstance(current, str) else tuple(current)
    typed = f"{key}_zoek"

    def take(taken: Sequence[str]) -> None:
        st.session_state[typed] = ""
        on_choose(taken)

    def button(value: str, does: str, number: int, taken: Sequence[str]) -> None:
        prefix, icon = _BUTTONS[does]
        st.button(
            hidden_prefix(prefix, escape_label(options.get(value, value))),
            key=f"{key}_{does}_{number}",
            icon=f":material/{icon}:",
            on_click=take,
            args=(taken,),
        )

    words = st.text_input(label, key=typed, placeholder=_HINT, autocomplete="off").strip()
    if words:
        found = [value for value in find(words) if value not in chosen]
        show_html(found_html(words, len(found), min(len(found), _MOST_OFFERED)))
        with st.container(key=f"{key}_gevonden"):
            for number, value in enumerate(found[:_MOST_OFFERED]):
                button(value, "erbij", number, (*chosen, value))
    if chosen:
        with st.container(key=f"{key}_gekozen", horizontal=True, gap="small"):
            for number, value in enumerate(chosen):
                button(value, "eraf", number, tuple(each for each in chosen if each != value))


def view_filters(holders: str, stances: str, on_change: Callable[[], None]) -> None:
    """Show the filters by whose view it is and by stance, under the keys given."""
    fields: tuple[tuple[str, str, Mapping[Any, str], str], ...] = (
        ("Standpunt van", holders, HOLDERS, "Iedereen"),
        ("Soort standpunt", stances, STANCES, "Alle standpunten"),
    )
    for label, key, names, every in fields:
        st.multiselect(
            label,
            list(names),
            format_func=names.__getitem__,
            key=key,
            placeholder=every,
            select_all=False,
            on_change=on_change,
        )
