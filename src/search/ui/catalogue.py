"""HTML of the list of documents and of what is known of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

from search.dutch import write_date
from search.records import Document, Dossier, Entry, Metadata, Signatory, Theme
from search.ui.links import LIBRARY, Library, library_link, reader_link
from search.ui.markup import copy_button, external_link
from search.wording import count, theme_label

__all__ = ["about_html", "catalogue_html", "entry_html", "leaves_html", "title_html", "total_html"]

_CHAMBERS = {"I": "Eerste Kamer", "II": "Tweede Kamer"}


def total_html(documents: int, words: int, shown: Library, found: int) -> str:
    """Write how many documents there are or, where words were typed, how many were found."""
    if not shown.words:
        told = f"{count(documents, 'document', 'documenten')}, {count(words, 'woord', 'woorden')}"
        return f'<div class="kw"><p class="kw-lede">{told}</p></div>'
    told = f"{count(found, 'document', 'documenten')} gevonden met “{escape(shown.words)}”."
    if not found:
        told += " Probeer minder woorden, of een deel van een woord."
    return (
        f'<div class="kw"><p class="kw-lede" role="status">{told} '
        f'<a href="{LIBRARY}" data-kw-nav>Toon alle documenten</a></p></div>'
    )


def catalogue_html(
    entries: Sequence[Entry], signatories: Mapping[str, Sequence[Signatory]] | None = None
) -> str:
    """Write documents as a list, in the order given, with who signed them by document id.

    Without `signatories` each is written in short: of many, one looks for one.
    """
    cards = "".join(
        brief_html(entry) if signatories is None else entry_html(entry, signatories[entry.id])
        for entry in entries
    )
    return f'<div class="kw kw-catalogue">{cards}</div>'


def brief_html(entry: Entry) -> str:
    """Write one of many documents: its name, what it is, how to cite it and how long it is."""
    about = (entry.citation, _size(entry))
    line = " · ".join(escape(part) for part in about if part)
    return (
        f'<article class="kw-entry kw-brief">{_name(entry)}<p class="kw-source">'
        f'{_what(entry.metadata)}</p><p class="kw-source">{line}</p></article>'
    )


def leaves_html(shown: Library, leaves: int) -> str:
    """Write the links to the other leaves of the list; nothing where there is one leaf."""
    if leaves < 2:
        return ""
    at = shown.leaf
    near = sorted({1, at - 1, at, at + 1, leaves} & set(range(1, leaves + 1)))
    items = [_leaf(shown, at - 1, "Vorige", "prev")] if at > 1 else []
    for before, leaf in zip([0, *near], near, strict=False):
        if leaf > before + 1:
            items.append('<li aria-hidden="true">…</li>')
        items.append(_leaf(shown, leaf, f"{leaf:,}".replace(",", ".")))
    items += [_leaf(shown, at + 1, "Volgende", "next")] if at < leaves else []
    return f'<nav class="kw kw-leaves" aria-label="Bladen"><ul>{"".join(items)}</ul></nav>'


def _leaf(shown: Library, leaf: int, name: str, rel: str = "") -> str:
    if leaf == shown.leaf:
        return (
            f'<li><span aria-current="page"><span class="kw-hidden">Blad </span>{name}</span></li>'
        )
    unseen = "" if rel else '<span class="kw-hidden">Blad </span>'
    more = f' rel="{rel}"' if rel else ""
    href = escape(library_link(replace(shown, leaf=leaf)))
    return f'<li><a href="{href}"{more} data-kw-nav>{unseen}{name}</a></li>'


def entry_html(entry: Entry, signatories: Sequence[Signatory] = ()) -> str:
    """Write one document of the list: its name, what it is, and how to cite it."""
    metadata = entry.metadata
    facts = _facts(
        ("Citeren als", escape(entry.citation)),
        ("Titel", escape(metadata.title) if metadata.title != metadata.name else ""),
        ("Dossier", _dossiers(metadata.dossiers)),
        ("Vergaderjaar", _year(metadata)),
        ("Ondertekend door", _signatories(signatories)),
        ("Thema’s", _themes(entry.themes)),
        ("Omvang", _size(entry)),
        ("Licentie", _licence(metadata)),
    )
    page = external_link(metadata.url, "Officiële pagina")
    links = f'<ul class="kw-actions"><li>{page}</li></ul>' if page else ""
    return (
        f'<article class="kw-entry">{_name(entry)}<p class="kw-source">{_what(metadata)}</p>'
        f"{facts}{links}</article>"
    )


def _name(entry: Entry) -> str:
    href, name = escape(reader_link(entry.id)), escape(entry.metadata.name or entry.id)
    return f'<h2><a href="{href}" data-kw-nav>{name}</a></h2>'


def _what(metadata: Metadata) -> str:
    parts = (metadata.kind, metadata.issuer, write_date(metadata.date))
    return " · ".join(escape(part) for part in parts if part)


def title_html(entry: Entry) -> str:
    """Write the head of the reader: the way back, the name, what it is and its citation."""
    metadata = entry.metadata
    return (
        '<div class="kw kw-head">'
        f'<p class="kw-back"><a href="{LIBRARY}" data-kw-nav>Alle documenten</a></p>'
        f"<h1>{escape(metadata.name or entry.id)}</h1>"
        f'<p class="kw-source">{_what(metadata)}</p></div>'
    )


def about_html(entry: Entry, document: Document) -> str:
    """Write all that is known of a document, folded."""
    metadata = entry.metadata
    facts = _facts(
        ("Titel", escape(metadata.title)),
        ("Soort", escape(metadata.kind)),
        ("Afzender", escape(metadata.issuer)),
        ("Datum", escape(write_date(metadata.date))),
        ("Citeren als", escape(entry.citation)),
        ("Kamer", _CHAMBERS.get(metadata.chamber, "")),
        ("Vergaderjaar", _year(metadata)),
        ("Dossier", _dossiers(metadata.dossiers)),
        ("Nummer", escape(metadata.ondernummer)),
        ("Ondertekend door", _signatories(document.signatories)),
        ("Thema’s", _themes(entry.themes)),
        ("Omvang", _size(entry)),
        ("Officiële pagina", external_link(metadata.url, metadata.url)),
        ("Licentie", _licence(metadata)),
        ("Bestand", f"<code>{escape(entry.path)}</code>"),
    )
    copy = copy_button(metadata.title or metadata.name, entry.citation).replace(
        "Kopieer citaat", "Kopieer titel en vindplaats"
    )
    return (
        '<details class="kw kw-about"><summary>Over dit document</summary>'
        f'{facts}<ul class="kw-actions"><li>{copy}</li></ul></details>'
    )


def _facts(*rows: tuple[str, str]) -> str:
    filled = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    return f'<dl class="kw-facts">{filled}</dl>'


def _dossiers(dossiers: Iterable[Dossier]) -> str:
    return "; ".join(escape(f"{d.number} ({d.title})" if d.title else d.number) for d in dossiers)


def _themes(themes: Iterable[Theme]) -> str:
    return "; ".join(escape(theme_label(theme)) for theme in themes)


def _year(metadata: Metadata) -> str:
    return escape(metadata.vergaderjaar.replace("-", "–"))


def _size(entry: Entry) -> str:
    passages = count(entry.passages, "passage", "passages")
    return f"{passages}, {count(entry.words, 'woord', 'woorden')}"


def _signatories(signatories: Iterable[Signatory]) -> str:
    lines = "".join(
        f"<li>{escape(s.name)}{f', {escape(s.function)}' if s.function else ''}</li>"
        for s in signatories
    )
    return f"<ul>{lines}</ul>" if lines else ""


def _licence(metadata: Metadata) -> str:
    return external_link(metadata.licence, metadata.licence) or escape(metadata.licence)
