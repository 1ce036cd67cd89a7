"""The app's pages and their addresses."""

from __future__ import annotations

import streamlit as st

from search.ui import citing, documents, managing, questions, quote_list, standpoints
from search.ui.links import CITING, DOCUMENTS, MANAGE, STANDPOINTS
from search.ui.picked import LIST

__all__ = ["main"]


def main() -> None:
    """Show the page that the address asks for."""
    st.set_page_config(page_title="Kamerwijzer", layout="wide", initial_sidebar_state="collapsed")
    pages = (
        st.Page(questions.page, title="Vragen", default=True),
        st.Page(standpoints.page, title="Standpunten", url_path=STANDPOINTS),
        st.Page(citing.page, title="Citeren", url_path=CITING),
        st.Page(documents.page, title="Documenten", url_path=DOCUMENTS),
        st.Page(managing.page, title="Documenten beheren", url_path=MANAGE),
        st.Page(quote_list.page, title="Citatenlijst", url_path=LIST),
    )
    st.navigation(pages, position="hidden").run()
