"""Fields that more than one page has: the bar to ask in, and filters by view."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from search.ui.wording import HOLDERS, STANCES

__all__ = ["ask_bar", "view_filters"]


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
