"""HTML of the list of documents and of what is known of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from search.reading import write_date
from search.records import Document, Dossier, Entry, Metadata, Signatory, Theme
from search.ui.links import LIBRARY, reader_link
from search.ui.markup import copy_button, external_link
from search.ui.wording import count, theme_label

__all__ = ["about_html", "catalogue_html", "entry_html", "title_html"]

_CHAMBERS = {"I": "Eerste Kamer", "II": "Tweede Kamer"}


def catalogue_html(
    entries: Sequence[Entry], signatories: Mapping[str, Sequence[Signatory]] | None = None
) -> str:
    """Write the list of documents, in the order given, with who signed them by document id."""
    words = sum(entry.words for entry in entries)
    total = f"{count(len(entries), 'document', 'documenten')}, {count(words, 'woord', 'woorden')}"
    signed = signatories or {}
    cards = "".join(entry_html(entry, signed.get(entry.id, ())) for entry in entries)
    return f'<div class="kw kw-catalogue"><p class="kw-lede">{total}</p>{cards}</div>'


def entry_html(entry: Entry, signatories: Sequence[Signatory] = ()) -> str:
    """Write one document of the list: its name, what it is, and how to cite it."""
    metadata = entry.metadata
    name = escape(metadata.name or entry.id)
    parts = [
        escape(part) for part in (metadata.kind, metadata.issuer, write_date(metadata.date)) if part
    ]
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
        f'<article class="kw-entry"><h2><a href="{escape(reader_link(entry.id))}" data-kw-nav>'
        f'{name}</a></h2><p class="kw-source">{" · ".join(parts)}</p>{facts}{links}</article>'
    )


def title_html(entry: Entry) -> str:
    """Write the head of the reader: the way back, the name, what it is and its citation."""
    metadata = entry.metadata
    parts = (metadata.kind, metadata.issuer, write_date(metadata.date))
    line = " · ".join(escape(part) for part in parts if part)
    return (
        '<div class="kw kw-head">'
        f'<p class="kw-back"><a href="{LIBRARY}" data-kw-nav>Alle documenten</a></p>'
        f"<h1>{escape(metadata.name or entry.id)}</h1>"
        f'<p class="kw-source">{line}</p></div>'
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
