"""The app's pages and their addresses."""

from __future__ import annotations

import streamlit as st

from search.ui import documents, questions, standpoints
from search.ui.links import LIBRARY, VIEWS

__all__ = ["main"]


def main() -> None:
    """Show the page that the address asks for."""
    st.set_page_config(page_title="Kamerwijzer", layout="wide", initial_sidebar_state="collapsed")
    pages = (
        st.Page(questions.page, title="Vragen", default=True),
        st.Page(standpoints.page, title="Standpunten", url_path=VIEWS),
        st.Page(documents.page, title="Documenten", url_path=LIBRARY),
    )
    st.navigation(pages, position="hidden").run()
