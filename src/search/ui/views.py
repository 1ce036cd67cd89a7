"""HTML of labelled sentences: chips, cards, what is thought of a topic, advice and reaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from search.records import Holder, Label, Quote, Reaction, Span, Stance, StanceOverview, View
from search.ui.links import reader_link
from search.ui.markup import annotate, quote_actions, source_html, withheld_html
from search.wording import HOLDERS, STANCES, count, holder_label, likelihood, theme_label

__all__ = ["overview_html", "reactions_html", "views_html"]

_SHOWN = 4
"""Reactions to an advice that are shown at once; the others unfold."""


def label_html(label: Label, words: Sequence[str] = ()) -> str:
    """Write a label as a chip that says on what it rests: the words and how sure it is."""
    name = holder_label(label)
    text = f"{name} · {STANCES[label.stance]}" if name else STANCES[label.stance]
    rests = f"Beslist door de woorden: {', '.join(f'“{w}”' for w in words)}. " if words else ""
    why = f"{rests}Waarschijnlijkheid: {likelihood(label.probability)}."
    return (
        f'<span class="kw-chip kw-who" data-holder="{label.holder}" title="{escape(why)}">'
        f'{escape(text)}<span class="kw-hidden">. {escape(why)}</span></span>'
    )


def view_html(view: View, level: int = 4) -> str:
    """Write one labelled sentence: its label, the quote, the sentences around it, its source."""
    quote, label = view.quote, view.label
    words = [quote.text[c.start - quote.start : c.end - quote.start] for c in label.cues]
    marked = annotate(quote.text, quote.start, label.cues)
    theme = theme_label(view.theme)
    place = f'<p class="kw-place">Thema: {escape(theme)}</p>' if theme else ""
    name = escape(f"{holder_label(label) or 'Zin'}, {STANCES[label.stance]}")
    return (
        f'<article class="kw-view"><h{level} class="kw-hidden">{name}</h{level}>'
        f'<p class="kw-chips">{label_html(label, [w for w in words if w])}</p>'
        f"{_around(view.before)}"
        f'<blockquote class="kw-quote kw-cues"><p>{marked}</p></blockquote>'
        f"{_around(view.after)}"
        f"<footer>{source_html(quote.citation, view.metadata)}{place}"
        + quote_actions(quote, view.metadata, view.url)
        + "</footer></article>"
    )


def _around(sentence: Quote | None) -> str:
    return f'<p class="kw-around">{escape(sentence.text)}</p>' if sentence else ""


def views_html(views: Sequence[View], title: str) -> str:
    """Write a list of labelled sentences under a heading."""
    found = count(len(views), "zin", "zinnen")
    cards = "".join(view_html(view, 3) for view in views)
    return (
        f'<section class="kw kw-list-of-views"><h2>{escape(title)} '
        f'<span class="kw-count">{found}</span></h2>{cards}</section>'
    )


def overview_html(overview: StanceOverview) -> str:
    """Write what is thought of a topic: the line, the cabinet by stance, beside it the others."""
    line = f'<p class="kw-line" role="status">{escape(overview.line)}</p>'
    line += withheld_html(overview.withheld)
    if not overview.cabinet and not overview.others:
        return (
            '<section class="kw kw-none" aria-labelledby="geen-standpunt">'
            f'<h2 id="geen-standpunt">Geen standpunt in de bronnen</h2>{line}</section>'
        )
    groups = _by_stance(overview.cabinet) or "<p>Van het kabinet is hierover niets gevonden.</p>"
    others = "".join(view_html(view) for view in overview.others)
    return (
        f'<div class="kw kw-overview">{line}<div class="kw-columns">'
        f'<section aria-labelledby="kabinet"><h2 id="kabinet">Het kabinet</h2>{groups}</section>'
        '<section class="kw-others" aria-labelledby="anderen"><h2 id="anderen">Anderen</h2>'
        f"{others or '<p>Van anderen is hierover niets gevonden.</p>'}</section></div></div>"
    )


def _by_stance(views: Iterable[View]) -> str:
    """Write the views grouped by stance, the most relevant group first."""
    listed = list(views)
    order = list(dict.fromkeys(view.label.stance for view in listed))
    ordered = sorted(listed, key=lambda view: order.index(view.label.stance))
    return "".join(
        _group(stance, list(group))
        for stance, group in groupby(ordered, key=lambda view: view.label.stance)
    )


def _group(stance: Stance, views: Sequence[View]) -> str:
    name = STANCES[stance][:1].upper() + STANCES[stance][1:]
    cards = "".join(view_html(view) for view in views)
    return f'<h3>{name} <span class="kw-count">({len(views)})</span></h3>{cards}'


def reactions_html(reactions: Sequence[Reaction]) -> str:
    """Write the table of advice and reaction; on a narrow screen each row becomes a card."""
    rows = "".join(_reaction(reaction) for reaction in reactions)
    return (
        '<div class="kw kw-reactions"><table><caption class="kw-hidden">Elk advies met de reactie '
        'van het kabinet</caption><thead><tr><th scope="col">Advies</th><th scope="col">Reactie '
        f'van het kabinet</th><th scope="col">Status</th></tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _reaction(reaction: Reaction) -> str:
    advice = reaction.advice
    name = holder_label(advice.label) or HOLDERS[Holder.ADVISOR]
    stances = ", ".join(STANCES[stance] for stance in reaction.stances)
    first, more = reaction.reactions[:_SHOWN], reaction.reactions[_SHOWN:]
    answered = _said(first) if first else "<p>Geen reactie gevonden.</p>"
    if more:
        words = count(len(more), "zin", "zinnen")
        answered += f"<details><summary>Nog {words}</summary>{_said(more)}</details>"
    return (
        f'<tr><td data-name="Advies">{_short(advice, name)}</td>'
        f'<td data-name="Reactie">{answered}</td>'
        f'<td data-name="Status"><span class="kw-status">{escape(reaction.status)}</span>'
        f"{f'<br><span>{escape(stances)}</span>' if stances else ''}</td></tr>"
    )


def _said(views: Sequence[View]) -> str:
    items = (f"<li>{_short(view, STANCES[view.label.stance])}</li>" for view in views)
    return f"<ul>{''.join(items)}</ul>"


def _short(view: View, name: str) -> str:
    """Write a sentence of the table: who or what, and the quote as a link into the reader."""
    quote = view.quote
    href = escape(reader_link(quote.document, Span(quote.start, quote.end), quote.text))
    return (
        f'<span class="kw-small-label">{escape(name)}</span> '
        f'<a href="{href}" data-kw-nav>«{escape(quote.text)}»</a>'
    )
