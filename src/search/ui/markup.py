"""HTML of a question's results. `Markup` escapes every text of a document or a user, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from search.quoting import ANSWER_WITHHELD, withheld_line
from search.records import (
    Answer,
    Certainty,
    Hit,
    Metadata,
    NamedDocument,
    NearPlace,
    OtherPlace,
    Quote,
    Span,
)
from search.ui.asides import (
    asked_html,
    chips_html,
    context_html,
    labels_within,
    reservation_html,
    speaker_of,
)
from search.ui.interleave import annotate
from search.ui.links import CITING, DOCUMENTS, HOME, STANDPOINTS, reader_link
from search.ui.picked import LIST, Picked, list_link, pick, write_picked
from search.wording import count, date_label, doubt_line, strength, theme_label, uncertainty

__all__ = [
    "action_button",
    "actions",
    "answer_html",
    "card_html",
    "copy_button",
    "external_link",
    "found_html",
    "header_html",
    "intro_html",
    "notice_html",
    "opened_html",
    "page_link",
    "paragraphs",
    "pick_button",
    "quote_actions",
    "read_link",
    "results_html",
    "source_html",
    "withheld_html",
]

_COMMAND = re.compile(r"`([^`\n]+)`|\b(kamerwijzer(?: (?:[a-z]+|--?[a-z-]+|[^\s`]*/[^\s`]*))+)")
_NEW_TAB = Markup('<span class="kw-hidden"> (opent in een nieuw tabblad)</span>')


def header_html(active: str, listed: Sequence[Picked] = ()) -> Markup:
    """Return the brand and the links to the pages; `active` is the address of the page shown.

    The link to the citatenlijst holds what is `listed`, so that it can be kept and shared.
    """
    number = Markup(' <span class="kw-listed">{}</span>').format(len(listed)) if listed else ""
    pages = (
        (HOME, HOME, "Vragen"),
        (STANDPOINTS, STANDPOINTS, "Standpunten"),
        (CITING, CITING, "Citeren"),
        (DOCUMENTS, DOCUMENTS, "Documenten"),
        (LIST, list_link(listed), Markup("Citatenlijst{}").format(number)),
    )
    links = Markup().join(
        Markup('<li><a href="{}" data-kw-nav{}{}>{}</a></li>').format(
            href,
            " aria-current=page" if address == active else "",
            " data-kw-list" if address == LIST else "",
            name,
        )
        for address, href, name in pages
    )
    return Markup(
        '<header class="kw kw-top">{}<nav aria-label="Hoofdmenu"><ul>{}</ul></nav></header>'
    ).format(page_link(HOME, "Kamerwijzer", "kw-brand"), links)


def intro_html(title: str, lede: str = "") -> Markup:
    """Return the heading of a page, with a paragraph under it where there is a `lede`."""
    below = Markup("<p>{}</p>").format(lede) if lede else ""
    return Markup('<div class="kw kw-intro"><h1>{}</h1>{}</div>').format(title, below)


def notice_html(title: str, message: str, *, tone: str = "calm") -> Markup:
    """Return a calm box with a heading; a command in the message is shown as code."""
    heading = Markup("<h2>{}</h2>").format(title) if title else ""
    lines = (_with_code(line) for line in message.split("\n") if line)
    return Markup('<div class="kw kw-notice kw-{}" role="status">{}{}</div>').format(
        tone, heading, Markup().join(map(Markup("<p>{}</p>").format, lines))
    )


def _with_code(text: str) -> Markup:
    html, done = Markup(), 0
    for found in _COMMAND.finditer(text):
        command = found[1] or found[2].rstrip(".")
        html += escape(text[done : found.start()]) + Markup("<code>{}</code>").format(command)
        done = found.end() if found[1] else found.start() + len(command)
    return html + escape(text[done:])


def found_html(words: str, found: int, shown: int) -> Markup:
    """Return how many choices have the words typed, and how many of these are shown below."""
    if not found:
        told = f"Niets gevonden met “{words}”. Probeer minder woorden, of een deel van een woord."
    elif found > shown:
        told = (
            f"{count(found, 'gevonden', 'gevonden')}; de eerste {shown} staan hieronder. "
            "Typ meer woorden om er minder over te houden."
        )
    else:
        told = f"{count(found, 'gevonden', 'gevonden')}. Kies hieronder."
    return Markup('<p class="kw kw-found" role="status">{}</p>').format(told)


def page_link(href: str, content: str, style: str = "") -> Markup:
    """Return a link within the app; `style` is its CSS class."""
    styled = Markup(' class="{}"').format(style) if style else ""
    return Markup('<a{} href="{}" data-kw-nav>{}</a>').format(styled, href, content)


def external_link(url: str, text: str) -> Markup:
    """Return a link to another site, or nothing when the address is not an http one."""
    if not url.startswith(("https://", "http://")):
        return Markup()
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}{}</a>').format(
        url, text, _NEW_TAB
    )


def action_button(attributes: Markup, label: str) -> Markup:
    """Return a button of which page.js does the work, and then says on it that it is done."""
    return Markup(
        '<button type="button" {}><span data-kw-label>{}</span>'
        '<span class="kw-hidden" aria-live="polite" data-kw-status></span></button>'
    ).format(attributes, label)


def copy_button(text: str, citation: str, label: str = "Kopieer citaat") -> Markup:
    """Return the button that copies a quote with its citation, as «quote» (citation)."""
    whole = f"«{text}» ({citation})" if citation else f"«{text}»"
    return action_button(Markup('class="kw-copy" data-kw-copy="{}"').format(whole), label)


def pick_button(quote: Quote | None) -> Markup:
    """Return the button that puts a quote on the citatenlijst.

    With None page.js fills in which, when sentences are selected.
    """
    value = write_picked(pick(quote)) if quote else ""
    attributes = Markup('class="kw-pick" data-kw-add="{}"').format(value)
    return action_button(attributes, "Op de citatenlijst")


def quote_actions(quote: Quote, metadata: Metadata, url: str, *, quotable: bool = True) -> Markup:
    """Return what can be done with a quote: read it in its document, copy it, pick it.

    Words that can't be checked against their file can only be read.
    """
    links = (read_link(quote, metadata), external_link(url, "Officiële pagina"))
    if not quotable:
        return actions(links)
    return actions((*links, copy_button(quote.text, quote.citation), pick_button(quote)))


def source_html(citation: str, metadata: Metadata) -> Markup:
    """Return where a quote comes from: citation, date and issuer."""
    parts = []
    if citation:
        parts.append(Markup("<cite>{}</cite>").format(citation))
    written = date_label(metadata)
    if written and not metadata.date:
        parts.append(Markup("<span>{}</span>").format(written))
    elif written and written not in citation:
        parts.append(Markup('<time datetime="{}">{}</time>').format(metadata.date, written))
    if metadata.issuer:
        parts.append(Markup("<span>{}</span>").format(metadata.issuer))
    return Markup('<p class="kw-source">{}</p>').format(_dotted(parts)) if parts else Markup()


def _dotted(parts: Iterable[Markup]) -> Markup:
    return Markup(' <span class="kw-dot" aria-hidden="true">·</span> ').join(parts)


def paragraphs(text: str) -> Markup:
    """Return a text as paragraphs, split at its empty lines, for within a <p>."""
    return escape(text).replace("\n\n", Markup("</p><p>"))


def read_link(quote: Quote, metadata: Metadata) -> Markup:
    """Return the link to a quote in the reader, which keeps finding the quote's words."""
    name = "de brief" if "brief" in metadata.kind.lower() else "het document"
    href = reader_link(quote.document, Span(quote.start, quote.end), quote.text)
    return page_link(href, f"Lees in {name}", "kw-read")


def actions(items: Iterable[Markup]) -> Markup:
    """Return what can be done with a quote as a list; what is empty is left out."""
    entries = Markup().join(Markup("<li>{}</li>").format(item) for item in items if item)
    return Markup('<ul class="kw-actions">{}</ul>').format(entries)


_STRENGTH = (
    "Hoe waarschijnlijk het is dat deze passage uw vraag beantwoordt, geschat door het programma. "
    "Lees bij twijfel ook de tekst eromheen."
)
_TITLES = {Certainty.SURE: "Antwoord uit de bronnen", Certainty.POSSIBLE: "Mogelijk antwoord"}


def answer_html(answer: Answer, quote: Quote, asked: str = "") -> Markup:
    """Return the answer: a quote with its citation, and never a word of our own.

    Above it stands whose words they are and the MP's question that was `asked`, below it the
    sentence that takes something back of it. Of a possible answer it says what is uncertain.
    """
    hit = answer.quoted
    metadata = hit.metadata if hit else Metadata()
    unsure = uncertainty(answer) if answer.certainty is Certainty.POSSIBLE else ""
    return Markup(
        '<section class="kw-answer" aria-labelledby="antwoord" data-certainty="{certainty}">'
        '<h2 id="antwoord">{title}</h2>{unsure}'
        '{above}<blockquote class="kw-quote"><p>{}</p></blockquote>{below}{}'
        '<p class="kw-strength" title="{about}">'
        'Onderbouwing: {strength}<span class="kw-hidden">. {about}</span></p>{actions}</section>'
    ).format(
        quote.text,
        source_html(quote.citation, metadata),
        certainty=answer.certainty,
        title=_TITLES[answer.certainty],
        unsure=Markup('<p class="kw-unsure">{}</p>').format(unsure) if unsure else "",
        above=_speaks(hit, quote) + asked_html(asked),
        below=reservation_html(hit) if hit else "",
        about=_STRENGTH,
        strength=strength(answer.confidence),
        actions=quote_actions(quote, metadata, hit.url if hit else ""),
    )


def _speaks(hit: Hit | None, quote: Quote) -> Markup:
    if hit is None:
        return Markup()
    labels = labels_within(hit, Span(quote.start, quote.end))
    return chips_html(hit.passage.kind, labels, speaker_of(hit))


def card_html(hit: Hit, context: str = "", *, marked: bool = True) -> Markup:
    """Return one hit, with its best sentences marked when it is `marked`.

    `context` is the sentence that introduces the passage or carries the footnote's mark.
    """
    passage = hit.passage
    whole = Quote(passage.text, passage.document, passage.start, passage.end, hit.citation)
    doubt = doubt_line(passage.sentences)
    actions = quote_actions(whole, hit.metadata, hit.url, quotable=not doubt)
    return Markup(
        '<article class="kw-hit" aria-labelledby="hit-{rank}">'
        '<h3 id="hit-{rank}" class="kw-hidden">{title}</h3>{chips}{context}'
        '<blockquote class="kw-quote"><p>{quote}</p></blockquote>{doubt}'
        "<footer>{source}{place}{also}{actions}</footer></article>"
    ).format(
        doubt=Markup('<p class="kw-doubt">{}</p>').format(doubt) if doubt else Markup(),
        rank=hit.rank,
        title=_hit_title(hit),
        chips=chips_html(passage.kind, passage.labels),
        context=context_html(passage.kind, context),
        quote=annotate(passage.text, passage.start, hit.marks if marked else ()),
        source=source_html(hit.citation, hit.metadata),
        place=_place(hit),
        also=_also_in(hit.also_in) + _nearly_in(hit.nearly_in),
        actions=actions,
    )


def _hit_title(hit: Hit) -> str:
    where = hit.passage.section[-1] if hit.passage.section else hit.metadata.name
    return f"Passage {hit.rank}: {where}" if where else f"Passage {hit.rank}"


def _place(hit: Hit) -> Markup:
    parts = []
    if theme := theme_label(hit.passage.theme):
        parts.append(Markup("<span>Thema: {}</span>").format(theme))
    if hit.passage.section and hit.passage.section != (hit.passage.theme.label,):
        path = Markup(' <span aria-hidden="true">›</span> ').join(hit.passage.section)
        parts.append(Markup('<span class="kw-path">{}</span>').format(path))
    return Markup('<p class="kw-place">{}</p>').format(_dotted(parts)) if parts else Markup()


def _also_in(places: Sequence[OtherPlace]) -> Markup:
    if not places:
        return Markup()
    links = Markup(", ").join(map(_place_link, places))
    return Markup('<p class="kw-also">Ook in: {}</p>').format(links)


def _nearly_in(places: Sequence[NearPlace]) -> Markup:
    """Return a line for each place that says nearly the same, with the words that differ."""
    line = Markup(
        '<p class="kw-also">Bijna gelijk in: {} '
        '<span class="kw-differs">Verschil: hier staat “{}”, daar “{}”.</span></p>'
    )
    return Markup().join(line.format(_place_link(p.place), p.here, p.there) for p in places)


def _place_link(place: OtherPlace) -> Markup:
    href = reader_link(place.document, Span(place.start, place.end))
    return page_link(href, place.citation or place.title)


def opened_html(named: Iterable[NamedDocument]) -> Markup:
    """Return a link to each document that a question is nothing but the number of."""
    links = (
        page_link(reader_link(each.document), f"Open {each.title or each.document}", "kw-read")
        + Markup(" <cite>{}</cite>").format(each.citation)
        for each in named
    )
    return Markup('<div class="kw kw-notice kw-calm">{}</div>').format(
        Markup().join(map(Markup("<p>{}</p>").format, links))
    )


def results_html(answer: Answer, contexts: Mapping[int, str], asked: str = "") -> Markup:
    """Return the answer and the hits as one piece; `contexts` gives sentences by passage id.

    `asked` is the MP's question to which the quote is the answer.
    """
    if answer.quote:
        top = answer_html(answer, answer.quote, asked)
    elif answer.answer_withheld:
        top = _without_answer("Het antwoord wordt niet getoond", _with_code(ANSWER_WITHHELD))
    elif answer.opens:
        top = Markup()
    else:
        top = _without_answer("Geen antwoord in de bronnen", _no_answer(bool(answer.shown)))
    top += withheld_html(answer.withheld)
    shown = answer.shown
    if not shown:
        return Markup('<div class="kw kw-results">{}</div>').format(top)
    cards = Markup().join(
        card_html(hit, contexts.get(hit.passage.id, ""), marked=answer.answerable) for hit in shown
    )
    found = _found if answer.answerable or answer.opens else _folded
    return Markup('<div class="kw kw-results">{}{}</div>').format(top, found(len(shown), cards))


def _found(number: int, cards: Markup) -> Markup:
    return Markup(
        '<section aria-labelledby="passages"><h2 id="passages">Gevonden passages '
        '<span class="kw-count">{}</span></h2>{}</section>'
    ).format(count(number, "passage", "passages"), cards)


def _folded(number: int, cards: Markup) -> Markup:
    """Return what comes nearest, folded: it is no answer, and should not look like one."""
    return Markup(
        '<details class="kw-nearest"><summary>Toon wat er het dichtst bij komt ({})</summary>{}'
        "</details>"
    ).format(count(number, "passage", "passages"), cards)


def _no_answer(hits: bool) -> str:
    below = (
        "Wat er het dichtst bij komt, beantwoordt uw vraag waarschijnlijk niet. "
        "Probeer het eventueel met andere woorden."
        if hits
        else "Er is ook geen passage die erop lijkt."
    )
    return f"In deze documenten is geen antwoord op uw vraag gevonden. {below}"


def _without_answer(title: str, why: str) -> Markup:
    return Markup(
        '<section class="kw-none" aria-labelledby="geen-antwoord" role="status">'
        '<h2 id="geen-antwoord">{}</h2><p>{}</p></section>'
    ).format(title, why)


def withheld_html(number: int) -> Markup:
    """Return that something was found that is not shown, because its file says otherwise."""
    line = withheld_line(number)
    return Markup('<p class="kw-around">{}</p>').format(_with_code(line)) if line else Markup()
