"""What each page has in common: its style, its header, and calm messages for what goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from search.errors import (
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexUnusable,
    KamerwijzerError,
    ModelError,
    ReadingError,
    UsageError,
)
from search.ui.collection import Collection
from search.ui.links import MANAGE
from search.ui.markup import header_html, notice_html
from search.ui.opening import open_engine
from search.ui.picked import picked, take_along

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = ["params", "script", "show", "show_notice", "show_plain", "style"]

_HERE = Path(__file__).parent
_SCRIPTS = ("page.js", "reading.js")
_LOG = logging.getLogger(__name__)
_TITLES: tuple[tuple[type[KamerwijzerError], str], ...] = (
    (IndexMissing, "Er is nog geen index"),
    (IndexOutdated, "De index is niet meer bij"),
    (IndexDamaged, "De index is beschadigd"),
    (ModelError, "Het taalmodel is er niet"),
    (ReadingError, "Een document is niet te lezen"),
    (UsageError, "Dat kan niet"),
)


@cache
def script() -> str:
    """Read the page's scripts as the one that goes into the page."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)


@cache
def style() -> str:
    """Read the style sheet of the pages."""
    return (_HERE / "style.css").read_text(encoding="utf-8")


def params() -> dict[str, list[str]]:
    """Give the query parameters of the link, each with all its values."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def show(title: str, active: str, body: Callable[[Engine, Collection], None]) -> None:
    """Show a page: frame, then `body` on the open engine and what it holds.

    What goes wrong is told calmly.
    """

    def opened() -> None:
        at_hand = open_engine()
        body(at_hand.engine, at_hand.collection)

    show_plain(title, active, opened)


def show_plain(title: str, active: str, body: Callable[[], None]) -> None:
    """Show a page that needs no index; what goes wrong is told calmly."""
    st.set_page_config(page_title=f"{title} – Kamerwijzer", page_icon=str(_HERE / "icon.svg"))
    # `kamerwijzer serve` has put it into the shell; `streamlit run` has only this.
    st.html(_HERE / "style.css")
    take_along(params())
    st.html(
        f'{header_html(active, picked())}<script class="kw-script">{script()}</script>',
        unsafe_allow_javascript=True,
    )
    with st.container(key="blad"):
        _guarded(body)


def _guarded(body: Callable[[], None]) -> None:
    try:
        body()
    except IndexUnusable as error:
        show_notice(error)
        st.html(f'<p class="kw"><a href="{MANAGE}" data-kw-nav>Werk de index bij</a></p>')
    except KamerwijzerError as error:
        show_notice(error)
    except Exception:
        _LOG.exception("A page could not be shown")
        st.html(
            notice_html(
                "Er ging iets mis",
                "Dit had niet mogen gebeuren. Laad de pagina opnieuw; blijft het misgaan, "
                "kijk dan in het logboek van de server wat er is gebeurd.",
                tone="trouble",
            )
        )


def show_notice(error: KamerwijzerError) -> None:
    """Show an error's own message under a heading that says what kind it is."""
    title = next((t for kind, t in _TITLES if isinstance(error, kind)), "Dat lukt nu niet")
    st.html(notice_html(title, str(error), tone="trouble"))
