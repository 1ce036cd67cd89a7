"""HTML of what can be done with a passage of the reader: one that is marked, or selected."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from search.ui.links import reader_link
from search.ui.markup import action_button, actions, copy_button, pick_button
from search.ui.picked import encode_name

__all__ = ["link_button", "marked_html", "toolbar_html"]


def link_button(href: str) -> Markup:
    """Return the button that copies a link of the app; page.js makes it a whole address."""
    attributes = Markup('class="kw-copy" data-kw-copy="{}" data-kw-address').format(href)
    return action_button(attributes, "Kopieer link")


def marked_html(
    text: str, citation: str, href: str, extra_actions: Sequence[Markup] = ()
) -> Markup:
    """Return the bar of the marked passage: copy it with its citation, copy its link.

    `text` is the passage and `href` its permalink; `extra_actions` are added at the end.
    """
    buttons = actions((copy_button(text, citation), link_button(href), *extra_actions))
    return Markup(
        '<div class="kw-marked" role="group" aria-labelledby="gemarkeerd-naam">'
        '<span class="kw-marked-name" id="gemarkeerd-naam">Gemarkeerd</span>{}</div>'
    ).format(buttons)


def toolbar_html(document: str) -> Markup:
    """Return what page.js shows beside selected sentences, and over the mark of a footnote.

    Both are hidden until there is something to show; `document` is the id that links carry.
    """
    return Markup(
        '<div class="kw-select" role="toolbar" aria-label="Geselecteerde zinnen" '
        'data-kw-link="{href}" data-kw-document="{document}" hidden>'
        '<span class="kw-select-count" role="status"></span>{copy}{pick}'
        '<a class="kw-select-link" href="{href}" data-kw-nav>Link naar dit citaat</a></div>'
        '<div class="kw-tip" role="tooltip" id="noot-bij-woord" hidden></div>'
    ).format(
        href=reader_link(document),
        document=encode_name(document),
        copy=copy_button("", ""),
        pick=pick_button(None),
    )
