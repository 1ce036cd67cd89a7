"""HTML of the list of documents and of what is known of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from search.dutch import write_date
from search.records import (
    Document,
    Dossier,
    Entry,
    Metadata,
    MotionRecord,
    Signatory,
    Theme,
    Vote,
)
from search.ui.links import DOCUMENTS, DocumentList, document_list_link, reader_link
from search.ui.markup import actions, copy_button, external_link, page_link
from search.wording import count, date_label, theme_label

__all__ = ["about_html", "catalogue_html", "pagination_html", "title_html", "total_html"]

_CHAMBERS = {"I": "Eerste Kamer", "II": "Tweede Kamer"}


def total_html(documents: int, words: int, shown: DocumentList, found: int) -> Markup:
    """Return how many documents there are or, where words were typed, how many were found."""
    if not shown.words:
        told = f"{count(documents, 'document', 'documenten')}, {count(words, 'woord', 'woorden')}"
        return Markup('<div class="kw"><p class="kw-lede">{}</p></div>').format(told)
    told = f"{count(found, 'document', 'documenten')} gevonden met “{shown.words}”."
    if not found:
        told += " Probeer minder woorden, of een deel van een woord."
    return Markup('<div class="kw"><p class="kw-lede" role="status">{} {}</p></div>').format(
        told, page_link(DOCUMENTS, "Toon alle documenten")
    )


def catalogue_html(
    entries: Sequence[Entry], signatories: Mapping[str, Sequence[Signatory]] | None = None
) -> Markup:
    """Return documents as a list, in the order given, with who signed them by document id.

    Without `signatories` each is written in short, so that many can be looked through.
    """
    cards = Markup().join(
        _short_entry(entry) if signatories is None else _entry(entry, signatories[entry.id])
        for entry in entries
    )
    return Markup('<div class="kw kw-catalogue">{}</div>').format(cards)


def _short_entry(entry: Entry) -> Markup:
    """Return one of many documents: its name, what it is, how to cite it and how long it is."""
    about = (entry.citation, _size(entry))
    return Markup(
        '<article class="kw-entry kw-brief">{}<p class="kw-source">{}</p>'
        '<p class="kw-source">{}</p></article>'
    ).format(_name(entry), _what(entry.metadata), " · ".join(part for part in about if part))


def pagination_html(shown: DocumentList, pages: int) -> Markup:
    """Return the links to the other pages of the list; nothing where there is one page."""
    if pages < 2:
        return Markup()
    at = shown.page
    near = sorted({1, at - 1, at, at + 1, pages} & set(range(1, pages + 1)))
    items = [_page_item(shown, at - 1, "Vorige", "prev")] if at > 1 else []
    for before, page in zip([0, *near], near, strict=False):
        if page > before + 1:
            items.append(Markup('<li aria-hidden="true">…</li>'))
        items.append(_page_item(shown, page, f"{page:,}".replace(",", ".")))
    items += [_page_item(shown, at + 1, "Volgende", "next")] if at < pages else []
    return Markup('<nav class="kw kw-leaves" aria-label="Bladen"><ul>{}</ul></nav>').format(
        Markup().join(items)
    )


def _page_item(shown: DocumentList, page: int, name: str, rel: str = "") -> Markup:
    unseen = "" if rel else Markup('<span class="kw-hidden">Blad </span>')
    if page == shown.page:
        return Markup('<li><span aria-current="page">{}{}</span></li>').format(unseen, name)
    more = Markup(' rel="{}"').format(rel) if rel else ""
    href = document_list_link(replace(shown, page=page))
    return Markup('<li><a href="{}"{} data-kw-nav>{}{}</a></li>').format(href, more, unseen, name)


def _entry(entry: Entry, signatories: Sequence[Signatory]) -> Markup:
    """Return one document of the list: its name, what it is, and how to cite it."""
    metadata = entry.metadata
    facts = _facts(
        ("Citeren als", entry.citation),
        ("Titel", metadata.title if metadata.title != metadata.name else ""),
        ("Dossier", _dossiers(metadata.dossiers)),
        ("Vergaderjaar", _year(metadata)),
        ("Ondertekend door", _signatories(signatories)),
        ("Thema’s", _themes(entry.themes)),
        ("Omvang", _size(entry)),
        ("Licentie", _licence(metadata)),
    )
    page = external_link(metadata.url, "Officiële pagina")
    return Markup('<article class="kw-entry">{}<p class="kw-source">{}</p>{}{}</article>').format(
        _name(entry), _what(metadata), facts, actions((page,)) if page else ""
    )


def _name(entry: Entry) -> Markup:
    link = page_link(reader_link(entry.id), entry.metadata.name or entry.id)
    return Markup("<h2>{}</h2>").format(link)


def _what(metadata: Metadata) -> str:
    parts = (metadata.kind, metadata.issuer, date_label(metadata))
    return " · ".join(part for part in parts if part)


def title_html(entry: Entry) -> Markup:
    """Return the head of the reader: the way back, the name, what it is and its citation."""
    metadata = entry.metadata
    return Markup(
        '<div class="kw kw-head"><p class="kw-back">{}</p><h1>{}</h1>'
        '<p class="kw-source">{}</p></div>'
    ).format(page_link(DOCUMENTS, "Alle documenten"), metadata.name or entry.id, _what(metadata))


def about_html(entry: Entry, document: Document) -> Markup:
    """Return all that is known of a document, folded."""
    metadata = entry.metadata
    facts = _facts(
        ("Titel", metadata.title),
        ("Soort", metadata.kind),
        ("Afzender", metadata.issuer),
        ("Datum", date_label(metadata)),
        ("Citeren als", entry.citation),
        ("Kamer", _CHAMBERS.get(metadata.chamber, "")),
        ("Vergaderjaar", _year(metadata)),
        ("Dossier", _dossiers(metadata.dossiers)),
        ("Nummer", metadata.ondernummer),
        *_motion_facts(metadata.motion),
        ("Ondertekend door", _signatories(document.signatories)),
        ("Thema’s", _themes(entry.themes)),
        ("Omvang", _size(entry)),
        ("Officiële pagina", external_link(metadata.url, metadata.url)),
        ("Licentie", _licence(metadata)),
        ("Bestand", Markup("<code>{}</code>").format(entry.path)),
        ("Bij het lezen", " ".join(document.remarks)),
    )
    title = metadata.title or metadata.name
    copy = copy_button(title, entry.citation, "Kopieer titel en vindplaats")
    return Markup(
        '<details class="kw kw-about"><summary>Over dit document</summary>{}{}</details>'
    ).format(facts, actions((copy,)))


def _motion_facts(motion: MotionRecord | None) -> tuple[tuple[str, str], ...]:
    """Return what the Kamer says of a motion itself, as rows: no reader of the text made these."""
    if motion is None:
        return ()
    day = f" ({write_date(motion.date)})" if motion.date else ""
    decision = motion.decision or motion.decision_kind
    return (
        ("Kabinetsappreciatie (officieel)", motion.appreciation),
        ("Besluit (officieel)", f"{decision}{day}" if decision else ""),
        ("Stemming (officieel)", _votes(motion.votes)),
    )


def _votes(votes: Sequence[Vote]) -> str:
    """Return who voted how: "Voor (91 zetels): D66, VVD. Tegen (59 zetels): PVV"."""
    said = []
    for choice in dict.fromkeys(vote.choice for vote in votes):
        same = [vote for vote in votes if vote.choice == choice]
        seats = sum(vote.seats for vote in same)
        parties = (f"{v.party} (bij vergissing)" if v.mistaken else v.party for v in same)
        said.append(f"{choice} ({count(seats, 'zetel', 'zetels')}): {', '.join(parties)}")
    return ". ".join(said)


def _facts(*rows: tuple[str, str]) -> Markup:
    row = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    filled = Markup().join(row.format(name, value) for name, value in rows if value)
    return Markup('<dl class="kw-facts">{}</dl>').format(filled)


def _dossiers(dossiers: Iterable[Dossier]) -> str:
    return "; ".join(f"{d.number} ({d.title})" if d.title else d.number for d in dossiers)


def _themes(themes: Iterable[Theme]) -> str:
    return "; ".join(map(theme_label, themes))


def _year(metadata: Metadata) -> str:
    return metadata.vergaderjaar.replace("-", "–")


def _size(entry: Entry) -> str:
    passages = count(entry.passages, "passage", "passages")
    return f"{passages}, {count(entry.words, 'woord', 'woorden')}"


def _signatories(signatories: Iterable[Signatory]) -> Markup:
    lines = (f"{s.name}, {s.function}" if s.function else s.name for s in signatories)
    items = Markup().join(map(Markup("<li>{}</li>").format, lines))
    return Markup("<ul>{}</ul>").format(items) if items else items


def _licence(metadata: Metadata) -> str:
    return external_link(metadata.licence, metadata.licence) or metadata.licence
