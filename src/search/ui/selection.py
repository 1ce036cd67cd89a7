"""HTML of what can be done with a passage of the reader: one that is marked, or selected."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from search.ui.links import reader_link
from search.ui.markup import actions, copy_button, pick_button
from search.ui.picked import encode_name

__all__ = ["link_button", "marked_html", "toolbar_html"]


def link_button(href: str) -> str:
    """Write the button that copies a link of the app; page.js makes it a whole address."""
    return (
        f'<button type="button" class="kw-copy" data-kw-copy="{escape(href)}" data-kw-address>'
        '<span data-kw-label>Kopieer link</span><span class="kw-hidden" aria-live="polite" '
        "data-kw-status></span></button>"
    )


def marked_html(text: str, citation: str, href: str, extra_actions: Sequence[str] = ()) -> str:
    """Write the bar of the marked passage: copy it with its citation, copy its link.

    `text` is the passage, `href` its permalink; `extra_actions` is ready HTML that is added.
    """
    buttons = actions((copy_button(text, citation), link_button(href), *extra_actions))
    return (
        '<div class="kw-marked" role="group" aria-labelledby="gemarkeerd-naam">'
        f'<span class="kw-marked-name" id="gemarkeerd-naam">Gemarkeerd</span>{buttons}</div>'
    )


def toolbar_html(document: str) -> str:
    """Write what page.js shows beside selected sentences, and over the mark of a footnote.

    Both are hidden until there is something to show; `document` is the id that links carry.
    """
    href = escape(reader_link(document))
    return (
        '<div class="kw-select" role="toolbar" aria-label="Geselecteerde zinnen" '
        f'data-kw-link="{href}" data-kw-document="{escape(encode_name(document))}" hidden>'
        f'<span class="kw-select-count" role="status"></span>{copy_button("", "")}'
        f"{pick_button(None)}"
        f'<a class="kw-select-link" href="{href}" data-kw-nav>Link naar dit citaat</a></div>'
        '<div class="kw-tip" role="tooltip" id="noot-bij-woord" hidden></div>'
    )
