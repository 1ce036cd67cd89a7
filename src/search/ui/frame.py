"""What each page has in common: its style, its header, and calm messages for what goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

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
from search.ui.markup import header_html, notice_html, page_link
from search.ui.opening import open_engine
from search.ui.picked import merge_linked, picked

if TYPE_CHECKING:
    from search.engine import Engine

__all__ = [
    "param",
    "params",
    "script",
    "show",
    "show_error",
    "show_html",
    "show_notice",
    "show_plain",
    "style",
]

_HERE = Path(__file__).parent
_SCRIPTS = ("page.js", "reading.js")
_STYLES = ("style.css", "timeline.css")
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
    """Return the page's scripts as one."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)


@cache
def style() -> str:
    """Return the style sheet of the pages."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES)


def param(key: str) -> str:
    """Return the last value of a query parameter of the link, or an empty text."""
    return (st.query_params.get_all(key) or [""])[-1]


def params() -> dict[str, list[str]]:
    """Return the query parameters of the link, each with all its values."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def show(title: str, active: str, body: Callable[[Engine, Collection], None]) -> None:
    """Show a page: the frame, then `body` with the open engine and its collection.

    An error becomes a notice on the page.
    """

    def opened() -> None:
        at_hand = open_engine()
        body(at_hand.engine, at_hand.collection)

    show_plain(title, active, opened)


def show_plain(title: str, active: str, body: Callable[[], None]) -> None:
    """Show a page that needs no index; an error becomes a notice on it."""
    st.set_page_config(page_title=f"{title} – Kamerwijzer", page_icon=str(_HERE / "icon.svg"))
    # `kamerwijzer serve` has put the style into the shell; `streamlit run` has only this.
    st.html(f"<style>{style()}</style>")
    merge_linked(params())
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
        show_error(error)
        link = page_link(MANAGE, "Werk de index bij")
        show_html(Markup('<p class="kw">{}</p>').format(link))
    except KamerwijzerError as error:
        show_error(error)
    except Exception:
        _LOG.exception("A page could not be shown")
        show_notice(
            "Er ging iets mis",
            "Dit had niet mogen gebeuren. Laad de pagina opnieuw; blijft het misgaan, "
            "kijk dan in het logboek van de server wat er is gebeurd.",
            tone="trouble",
        )


def show_html(html: Markup) -> None:
    """Show HTML, unless it is empty. That it is `Markup` says that its texts were escaped."""
    if html:
        st.html(str(html))


def show_notice(title: str, message: str, *, tone: str = "calm") -> None:
    """Show a calm box with a heading."""
    show_html(notice_html(title, message, tone=tone))


def show_error(error: KamerwijzerError) -> None:
    """Show an error's own message under a heading that says what kind it is."""
    title = next((t for kind, t in _TITLES if isinstance(error, kind)), "Dat lukt nu niet")
    show_notice(title, str(error), tone="trouble")
