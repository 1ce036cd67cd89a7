"""HTML of labelled sentences: chips, cards, the stances on a topic, advice and reaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from search.records import Label, Quote, Reaction, Span, Stance, StanceOverview, View
from search.ui.interleave import annotate
from search.ui.links import reader_link
from search.ui.markup import page_link, quote_actions, source_html, withheld_html
from search.wording import STANCES, adviser_label, count, holder_label, likelihood, theme_label

__all__ = ["label_html", "overview_html", "reactions_html", "sentence_html", "views_html"]

_MOST_REACTIONS = 4
"""Reactions to an advice that are shown at once; the others unfold."""


def label_html(label: Label, words: Sequence[str] = ()) -> Markup:
    """Return a label as a chip that says on what it rests: the words and how sure it is."""
    name = holder_label(label)
    text = f"{name} · {STANCES[label.stance]}" if name else STANCES[label.stance]
    rests = f"Beslist door de woorden: {', '.join(f'“{w}”' for w in words)}. " if words else ""
    return Markup(
        '<span class="kw-chip kw-who" data-holder="{holder}" title="{why}">'
        '{text}<span class="kw-hidden">. {why}</span></span>'
    ).format(
        holder=label.holder,
        text=text,
        why=f"{rests}Waarschijnlijkheid: {likelihood(label.probability)}.",
    )


def _view(view: View, level: int = 4) -> Markup:
    """Return one labelled sentence: its label, the quote, the sentences around it, its source."""
    quote, label = view.quote, view.label
    words = [quote.text[c.start - quote.start : c.end - quote.start] for c in label.cues]
    theme = theme_label(view.theme)
    return Markup(
        '<article class="kw-view"><h{level} class="kw-hidden">{name}</h{level}>'
        '<p class="kw-chips">{label}</p>{before}'
        '<blockquote class="kw-quote kw-cues"><p>{quote}</p></blockquote>{after}'
        "<footer>{source}{place}{actions}</footer></article>"
    ).format(
        level=level,
        name=f"{holder_label(label) or 'Zin'}, {STANCES[label.stance]}",
        label=label_html(label, [w for w in words if w]),
        before=_around(view.before),
        quote=annotate(quote.text, quote.start, label.cues),
        after=_around(view.after),
        source=source_html(quote.citation, view.metadata),
        place=Markup('<p class="kw-place">Thema: {}</p>').format(theme) if theme else "",
        actions=quote_actions(quote, view.metadata, view.url),
    )


def _around(sentence: Quote | None) -> Markup:
    return Markup('<p class="kw-around">{}</p>').format(sentence.text) if sentence else Markup()


def views_html(views: Sequence[View], title: str) -> Markup:
    """Return a list of labelled sentences under a heading."""
    return Markup(
        '<section class="kw kw-list-of-views"><h2>{} <span class="kw-count">{}</span></h2>{}'
        "</section>"
    ).format(
        title, count(len(views), "zin", "zinnen"), Markup().join(_view(view, 3) for view in views)
    )


def overview_html(overview: StanceOverview) -> Markup:
    """Return the stances on a topic: a summary, the cabinet's by stance, beside it the others'."""
    line = Markup('<p class="kw-line" role="status">{}</p>').format(overview.line)
    line += withheld_html(overview.withheld)
    if not overview.cabinet and not overview.others:
        return Markup(
            '<section class="kw kw-none" aria-labelledby="geen-standpunt">'
            '<h2 id="geen-standpunt">Geen standpunt in de bronnen</h2>{}</section>'
        ).format(line)
    nothing = Markup("<p>Van {} is hierover niets gevonden.</p>")
    return Markup(
        '<div class="kw kw-overview">{}<div class="kw-columns">'
        '<section aria-labelledby="kabinet"><h2 id="kabinet">Het kabinet</h2>{}</section>'
        '<section class="kw-others" aria-labelledby="anderen"><h2 id="anderen">Anderen</h2>'
        "{}</section></div></div>"
    ).format(
        line,
        _by_stance(overview.cabinet) or nothing.format("het kabinet"),
        Markup().join(map(_view, overview.others)) or nothing.format("anderen"),
    )


def _by_stance(views: Iterable[View]) -> Markup:
    """Return the views grouped by stance, the most relevant group first."""
    listed = list(views)
    order = list(dict.fromkeys(view.label.stance for view in listed))
    ordered = sorted(listed, key=lambda view: order.index(view.label.stance))
    return Markup().join(
        _group(stance, list(group))
        for stance, group in groupby(ordered, key=lambda view: view.label.stance)
    )


def _group(stance: Stance, views: Sequence[View]) -> Markup:
    return Markup('<h3>{} <span class="kw-count">({})</span></h3>{}').format(
        STANCES[stance][:1].upper() + STANCES[stance][1:],
        len(views),
        Markup().join(_view(view) for view in views),
    )


def reactions_html(reactions: Sequence[Reaction]) -> Markup:
    """Return the table of advice and reaction; on a narrow screen each row becomes a card."""
    return Markup(
        '<div class="kw kw-reactions"><table><caption class="kw-hidden">Elk advies met de reactie '
        'van het kabinet</caption><thead><tr><th scope="col">Advies</th><th scope="col">Reactie '
        'van het kabinet</th><th scope="col">Status</th></tr></thead><tbody>{}</tbody>'
        "</table></div>"
    ).format(Markup().join(_reaction(reaction) for reaction in reactions))


def _reaction(reaction: Reaction) -> Markup:
    advice = reaction.advice
    stances = ", ".join(STANCES[stance] for stance in reaction.stances)
    first, more = reaction.reactions[:_MOST_REACTIONS], reaction.reactions[_MOST_REACTIONS:]
    answered = _listed(first) if first else Markup("<p>Geen reactie gevonden.</p>")
    if more:
        answered += Markup("<details><summary>Nog {}</summary>{}</details>").format(
            count(len(more), "zin", "zinnen"), _listed(more)
        )
    return Markup(
        '<tr><td data-name="Advies">{}</td><td data-name="Reactie">{}</td>'
        '<td data-name="Status"><span class="kw-status">{}</span>{}</td></tr>'
    ).format(
        sentence_html(advice, adviser_label(advice.label)),
        answered,
        reaction.status,
        Markup("<br><span>{}</span>").format(stances) if stances else "",
    )


def _listed(views: Sequence[View]) -> Markup:
    items = (sentence_html(view, STANCES[view.label.stance]) for view in views)
    return Markup("<ul>{}</ul>").format(Markup().join(map(Markup("<li>{}</li>").format, items)))


def sentence_html(view: View, name: str) -> Markup:
    """Return a sentence in short: who or what, and the quote as a link into the reader."""
    quote = view.quote
    href = reader_link(quote.document, Span(quote.start, quote.end), quote.text)
    return Markup('<span class="kw-small-label">{}</span> {}').format(
        name, page_link(href, f"«{quote.text}»")
    )
