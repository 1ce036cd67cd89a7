"""Fields that more than one page has: the bar to ask in, what to choose from, filters by view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from search.ui.collection import MANY
from search.ui.markup import found_html
from search.wording import HOLDERS, STANCES, escape_markdown

__all__ = ["ask_bar", "choose", "choose_one", "named", "view_filters"]

_OFFERED = 8
"""Choices that are offered at once, of all that have the words typed."""
_BUTTONS = {"erbij": ("Voeg toe:", "add"), "eraf": ("Verwijder:", "close")}
_HINT = "Typ een paar woorden of een nummer"


def ask_bar(label: str, key: str, placeholder: str, follow: Callable[[], None]) -> None:
    """Show one line to ask in, with its button; `follow` makes it the link."""
    with (
        st.form(f"{key}_zoeken", border=False),
        st.container(
            key="vraagbalk", horizontal=True, wrap=False, vertical_alignment="bottom", gap="small"
        ),
    ):
        st.text_input(label, key=key, placeholder=placeholder, autocomplete="off")
        st.form_submit_button("Zoek", type="primary", on_click=follow)


def choose(
    label: str,
    key: str,
    options: Mapping[str, str],
    every: str,
    find: Callable[[str], Sequence[str]],
    follow: Callable[[Sequence[str]], None],
) -> None:
    """Let the user choose from `options` (names by value), of which the state holds a list.

    Many are not listed but found: a field takes words, and `find` gives the values that have
    them. `every` says in the field that nothing is chosen; `follow` is given what is chosen.
    """
    if len(options) > MANY:
        _find_and_add(label, key, options, find, follow)
        return
    st.multiselect(
        label,
        list(options),
        format_func=lambda value: options.get(value, value),
        key=key,
        placeholder=every,
        select_all=False,
        on_change=lambda: follow(st.session_state[key]),
    )


def choose_one(
    label: str,
    key: str,
    options: Mapping[str, str],
    every: str,
    find: Callable[[str], Sequence[str]],
    follow: Callable[[str], None],
) -> None:
    """Let the user choose one of `options` or none, of which the state holds the value, or "".

    The rest is as with `choose`.
    """
    if len(options) > MANY:
        _find_and_add(label, key, options, find, lambda chosen: follow("".join(chosen[-1:])))
        return
    st.selectbox(
        label,
        ["", *options],
        format_func=lambda value: options.get(value, every),
        key=key,
        on_change=lambda: follow(st.session_state[key]),
    )


def named(unseen: str, seen: str) -> str:
    """Write a button's label, in Markdown, of which the first part is for screen readers only.

    That it is not seen is the work of style.css.
    """
    return f":gray[{unseen}] {seen}"


def _find_and_add(
    label: str,
    key: str,
    options: Mapping[str, str],
    find: Callable[[str], Sequence[str]],
    follow: Callable[[Sequence[str]], None],
) -> None:
    """Show a field to find options by words, what has these words, and what is chosen so far."""
    held = st.session_state.get(key) or ()
    chosen = (held,) if isinstance(held, str) else tuple(held)
    typed = f"{key}_zoek"

    def take(taken: Sequence[str]) -> None:
        st.session_state[typed] = ""
        follow(taken)

    def button(value: str, does: str, number: int, taken: Sequence[str]) -> None:
        unseen, icon = _BUTTONS[does]
        st.button(
            named(unseen, escape_markdown(options.get(value, value))),
            key=f"{key}_{does}_{number}",
            icon=f":material/{icon}:",
            on_click=take,
            args=(taken,),
        )

    words = st.text_input(label, key=typed, placeholder=_HINT, autocomplete="off").strip()
    if words:
        found = [value for value in find(words) if value not in chosen]
        st.html(found_html(words, len(found), min(len(found), _OFFERED)))
        with st.container(key=f"{key}_gevonden"):
            for number, value in enumerate(found[:_OFFERED]):
                button(value, "erbij", number, (*chosen, value))
    if chosen:
        with st.container(key=f"{key}_gekozen", horizontal=True, gap="small"):
            for number, value in enumerate(chosen):
                button(value, "eraf", number, tuple(each for each in chosen if each != value))


def view_filters(holders: str, stances: str, follow: Callable[[], None]) -> None:
    """Show the filters by whose view it is and by stance, under the keys given."""
    st.multiselect(
        "Standpunt van",
        list(HOLDERS),
        format_func=lambda holder: HOLDERS[holder],
        key=holders,
        placeholder="Iedereen",
        select_all=False,
        on_change=follow,
    )
    st.multiselect(
        "Soort standpunt",
        list(STANCES),
        format_func=lambda stance: STANCES[stance],
        key=stances,
        placeholder="Alle standpunten",
        select_all=False,
        on_change=follow,
    )
