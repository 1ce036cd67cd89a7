"""HTML of a question's results. Every text of a document or a user is escaped here, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from search.dutch import write_date
from search.quoting import withheld_line
from search.records import Answer, Hit, Kind, Metadata, OtherPlace, Quote, Span, Stance
from search.ui.links import CITING, HOME, LIBRARY, VIEWS, reader_link
from search.ui.picked import LIST, Picked, list_link, pick, write_picked
from search.wording import STANCES, count, holder_label, kind_label, strength, theme_label

__all__ = [
    "actions",
    "annotate",
    "answer_html",
    "card_html",
    "copy_button",
    "external_link",
    "found_html",
    "header_html",
    "join_spans",
    "notice_html",
    "paragraphs",
    "pick_button",
    "quote_actions",
    "read_link",
    "results_html",
    "source_html",
    "withheld_html",
]

_COMMAND = re.compile(r"`([^`\n]+)`|\b(kamerwijzer(?: (?:[a-z]+|--?[a-z-]+|[^\s`]*/[^\s`]*))+)")
_NEW_TAB = '<span class="kw-hidden"> (opent in een nieuw tabblad)</span>'


def join_spans(spans: Iterable[Span], within: Span) -> tuple[Span, ...]:
    """Clip spans to `within` and join those that touch or overlap, in order."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        start, end = max(span.start, within.start), min(span.end, within.end)
        if start >= end:
            continue
        if joined and start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return tuple(joined)


def annotate(
    text: str,
    start: int,
    marks: Iterable[Span] = (),
    inserts: Mapping[int, str] | None = None,
    attributes: str = "",
) -> str:
    """Escape a run of a document's text, with <mark> around `marks`.

    `start` is the offset of the run in the document; `marks` and the keys of `inserts` are
    offsets of the document too. `inserts` is HTML of our own that goes in at a place;
    `attributes` are given to the first <mark>.
    """
    end = start + len(text)
    events: list[tuple[int, int, str]] = []
    for number, span in enumerate(join_spans(marks, Span(start, end))):
        inner = text[span.start - start : span.end - start]
        first = span.start + len(inner) - len(inner.lstrip())
        last = span.end - (len(inner) - len(inner.rstrip()))
        if first < last:
            extra = f" {attributes}" if attributes and number == 0 else ""
            events += [(first, 2, f"<mark{extra}>"), (last, 1, "</mark>")]
    events += [(at, 0, html) for at, html in (inserts or {}).items() if start <= at <= end]
    pieces, done = [], start
    for at, _, html in sorted(events, key=lambda e: e[:2]):
        pieces += [escape(text[done - start : at - start]), html]
        done = at
    return "".join([*pieces, escape(text[done - start :])])


def header_html(active: str, listed: Sequence[Picked] = ()) -> str:
    """Write the brand and the links to the pages; `active` is the address of the page shown.

    The link to the citatenlijst holds what is `listed`, so that it can be kept and shared.
    """
    count_ = f' <span class="kw-listed">{len(listed)}</span>' if listed else ""
    links = "".join(
        f'<li><a href="{escape(href)}" data-kw-nav{" aria-current=page" if at == active else ""}'
        f"{more}>{name}</a></li>"
        for at, href, name, more in (
            (HOME, HOME, "Vragen", ""),
            (VIEWS, VIEWS, "Standpunten", ""),
            (CITING, CITING, "Citeren", ""),
            (LIBRARY, LIBRARY, "Documenten", ""),
            (LIST, list_link(listed), f"Citatenlijst{count_}", " data-kw-list"),
        )
    )
    return (
        f'<header class="kw kw-top"><a class="kw-brand" href="{HOME}" data-kw-nav>Kamerwijzer</a>'
        f'<nav aria-label="Hoofdmenu"><ul>{links}</ul></nav></header>'
    )


def notice_html(title: str, message: str, *, tone: str = "calm", level: int = 2) -> str:
    """Write a calm box with a heading; a command in the message is shown as code."""
    heading = f"<h{level}>{escape(title)}</h{level}>" if title else ""
    paragraphs = "".join(f"<p>{_with_code(line)}</p>" for line in message.split("\n") if line)
    return f'<div class="kw kw-notice kw-{tone}" role="status">{heading}{paragraphs}</div>'


def _with_code(text: str) -> str:
    pieces, done = [], 0
    for found in _COMMAND.finditer(text):
        command = found[1] or found[2].rstrip(".")
        last = found.end() if found[1] else found.start() + len(command)
        pieces += [escape(text[done : found.start()]), f"<code>{escape(command)}</code>"]
        done = last
    return "".join([*pieces, escape(text[done:])])


def found_html(words: str, found: int, shown: int) -> str:
    """Say how many choices have the words typed, and how many of these stand below."""
    if not found:
        told = f"Niets gevonden met “{words}”. Probeer minder woorden, of een deel van een woord."
    elif found > shown:
        told = (
            f"{count(found, 'gevonden', 'gevonden')}; de eerste {shown} staan hieronder. "
            "Typ meer woorden om er minder over te houden."
        )
    else:
        told = f"{count(found, 'gevonden', 'gevonden')}. Kies hieronder."
    return f'<p class="kw kw-found" role="status">{escape(told)}</p>'


def external_link(url: str, text: str) -> str:
    """Write a link to another site, or nothing when the address is not an http one."""
    if not url.startswith(("https://", "http://")):
        return ""
    return (
        f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(text)}{_NEW_TAB}</a>"
    )


def copy_button(text: str, citation: str) -> str:
    """Write the button that copies a quote with its citation, as «quote» (citation)."""
    whole = f"«{text}» ({citation})" if citation else f"«{text}»"
    return (
        f'<button type="button" class="kw-copy" data-kw-copy="{escape(whole)}">'
        '<span data-kw-label>Kopieer citaat</span><span class="kw-hidden" aria-live="polite" '
        "data-kw-status></span></button>"
    )


def pick_button(quote: Quote | None) -> str:
    """Write the button that puts a quote on the citatenlijst.

    With None the script says which, when sentences are selected.
    """
    value = escape(write_picked(pick(quote))) if quote else ""
    return (
        f'<button type="button" class="kw-pick" data-kw-add="{value}">'
        "<span data-kw-label>Op de citatenlijst</span>"
        '<span class="kw-hidden" aria-live="polite" data-kw-status></span></button>'
    )


def quote_actions(quote: Quote, metadata: Metadata, url: str) -> str:
    """Write what can be done with a quote: read it in its place, copy it, take it along."""
    return actions(
        (
            read_link(quote, metadata),
            external_link(url, "Officiële pagina"),
            copy_button(quote.text, quote.citation),
            pick_button(quote),
        )
    )


def source_html(citation: str, metadata: Metadata) -> str:
    """Write where a quote comes from: citation, date and issuer."""
    parts = []
    if citation:
        parts.append(f"<cite>{escape(citation)}</cite>")
    written = write_date(metadata.date)
    if written and written not in citation:
        parts.append(f'<time datetime="{escape(metadata.date)}">{escape(written)}</time>')
    if metadata.issuer:
        parts.append(f"<span>{escape(metadata.issuer)}</span>")
    return f'<p class="kw-source">{_dotted(parts)}</p>' if parts else ""


def _dotted(parts: Sequence[str]) -> str:
    return ' <span class="kw-dot" aria-hidden="true">·</span> '.join(parts)


def paragraphs(html: str) -> str:
    """Part escaped text into paragraphs at its empty lines, for within a <p>."""
    return html.replace("\n\n", "</p><p>")


def read_link(quote: Quote, metadata: Metadata) -> str:
    """Write the link to a quote in the reader, which keeps finding the quote's words."""
    name = "de brief" if "brief" in metadata.kind.lower() else "het document"
    href = escape(reader_link(quote.document, Span(quote.start, quote.end), quote.text))
    return f'<a class="kw-read" href="{href}" data-kw-nav>Lees in {name}</a>'


def actions(items: Sequence[str]) -> str:
    """Write what can be done with a quote as a list; what is empty is left out."""
    entries = "".join(f"<li>{item}</li>" for item in items if item)
    return f'<ul class="kw-actions">{entries}</ul>'


_STRENGTH = (
    "Hoe goed de vraag en de gevonden passages bij elkaar passen, gemeten aan hun woorden en hun "
    "betekenis. Bij een zwakke onderbouwing kan het antwoord ook ergens anders staan."
)


def answer_html(quote: Quote, hit: Hit | None, confidence: float) -> str:
    """Write the answer: a quote with its citation, and never a word of our own."""
    metadata = hit.metadata if hit else Metadata()
    return (
        '<section class="kw-answer" aria-labelledby="antwoord">'
        '<h2 id="antwoord">Antwoord uit de bronnen</h2>'
        f'<blockquote class="kw-quote"><p>{escape(quote.text)}</p></blockquote>'
        f"{source_html(quote.citation, metadata)}"
        f'<p class="kw-strength" title="{escape(_STRENGTH)}">'
        f"Onderbouwing: {strength(confidence)}"
        f'<span class="kw-hidden">. {escape(_STRENGTH)}</span></p>'
        + quote_actions(quote, metadata, hit.url if hit else "")
        + "</section>"
    )


def card_html(hit: Hit, context: str = "", *, marked: bool = True) -> str:
    """Write one hit, with its best sentences marked when it is `marked`.

    `context` is the sentence that introduces the passage or carries the footnote's mark.
    """
    passage = hit.passage
    whole = Quote(passage.text, passage.document, passage.start, passage.end, hit.citation)
    chips = _chips(hit)
    quote = annotate(passage.text, passage.start, hit.marks if marked else ())
    return (
        f'<article class="kw-hit" aria-labelledby="hit-{hit.rank}">'
        f'<h3 id="hit-{hit.rank}" class="kw-hidden">{_hit_title(hit)}</h3>{chips}'
        f"{_context(passage.kind, context)}"
        f'<blockquote class="kw-quote"><p>{quote}</p></blockquote>'
        f"<footer>{source_html(hit.citation, hit.metadata)}{_place(hit)}{_also_in(hit.also_in)}"
        + quote_actions(whole, hit.metadata, hit.url)
        + "</footer></article>"
    )


def _chips(hit: Hit) -> str:
    """Write what a passage is and whose view it gives, each holder with its stances in order."""
    kind = kind_label(hit.passage.kind)
    chips = [f'<span class="kw-chip">{kind}</span>'] if kind else []
    said: dict[str, list[str]] = {}
    holders = {}
    for label in hit.passage.labels:
        name = holder_label(label)
        if name:
            holders[name] = label.holder
            # An explanation is the ordinary thing, and needs no word of its own.
            words = [] if label.stance is Stance.EXPLANATION else [STANCES[label.stance]]
            known = said.setdefault(name, [])
            known.extend(word for word in words if word not in known)
    for name, stances in said.items():
        text = f"{name}: {', '.join(stances)}" if stances else name
        chips.append(
            f'<span class="kw-chip kw-who" data-holder="{holders[name]}">{escape(text)}</span>'
        )
    return f'<p class="kw-chips">{"".join(chips)}</p>' if chips else ""


def _hit_title(hit: Hit) -> str:
    where = hit.passage.section[-1] if hit.passage.section else hit.metadata.name
    return f"Passage {hit.rank}: {escape(where)}" if where else f"Passage {hit.rank}"


def _context(kind: Kind, context: str) -> str:
    if not context:
        return ""
    label = "Voetnoot bij:" if kind is Kind.FOOTNOTE else "Ingeleid door:"
    return f'<p class="kw-context"><span>{label}</span> {escape(context)}</p>'


def _place(hit: Hit) -> str:
    parts = []
    if theme := theme_label(hit.passage.theme):
        parts.append(f"<span>Thema: {escape(theme)}</span>")
    if hit.passage.section and hit.passage.section != (hit.passage.theme.label,):
        path = ' <span aria-hidden="true">›</span> '.join(map(escape, hit.passage.section))
        parts.append(f'<span class="kw-path">{path}</span>')
    return f'<p class="kw-place">{_dotted(parts)}</p>' if parts else ""


def _also_in(places: Sequence[OtherPlace]) -> str:
    if not places:
        return ""
    links = ", ".join(
        f'<a href="{escape(reader_link(p.document, Span(p.start, p.end)))}" data-kw-nav>'
        f"{escape(p.citation or p.title)}</a>"
        for p in places
    )
    return f'<p class="kw-also">Ook in: {links}</p>'


def results_html(answer: Answer, contexts: Mapping[int, str]) -> str:
    """Write the answer and the hits as one piece; `contexts` gives sentences by passage id."""
    hits = "".join(
        card_html(hit, contexts.get(hit.passage.id, ""), marked=answer.answerable)
        for hit in answer.hits
    )
    found = count(len(answer.hits), "passage", "passages")
    if answer.answerable and answer.quote:
        first = next((h for h in answer.hits if h.passage.document == answer.quote.document), None)
        top = answer_html(answer.quote, first, answer.confidence)
        heading = "Gevonden passages"
    elif answer.answerable:
        top, heading = "", "Gevonden passages"
    else:
        top = _no_answer(bool(answer.hits))
        heading = "Dichtstbijzijnde passages"
    top += withheld_html(answer.withheld)
    if not answer.hits:
        return f'<div class="kw kw-results">{top}</div>'
    return (
        f'<div class="kw kw-results">{top}<section aria-labelledby="passages">'
        f'<h2 id="passages">{heading} <span class="kw-count">{found}</span></h2>{hits}'
        "</section></div>"
    )


def withheld_html(number: int) -> str:
    """Say that something was found that is not shown, because it is not what its file says."""
    line = withheld_line(number)
    return f'<p class="kw-around">{_with_code(line)}</p>' if line else ""


def _no_answer(hits: bool) -> str:
    below = (
        "Hieronder staan de passages die er het dichtst bij komen; "
        "ze beantwoorden uw vraag waarschijnlijk niet."
        if hits
        else "Er is ook geen passage die erop lijkt."
    )
    return (
        '<section class="kw-none" aria-labelledby="geen-antwoord" role="status">'
        '<h2 id="geen-antwoord">Geen antwoord in de bronnen</h2>'
        f"<p>In deze documenten is geen antwoord op uw vraag gevonden. {below}</p></section>"
    )
