"""Sources and quotes for word processors and reference managers.

RIS, BibTeX and CSL-JSON are written so that Zotero, EndNote and Word's import keep the name of the
issuer whole and the number of the publication in its own field. In these three a document is one
record however often it is quoted: its quotes and notes are the record's notes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from search.citing.citation import (
    cite,
    cite_html,
    cite_markdown,
    clean_citation,
    escape_markdown,
    identify_publication,
    number_parts,
    official_url,
    pinpoint,
    series_name,
    short_year,
)
from search.records import Metadata
from search.references import Identifier, Series

__all__ = [
    "CitedSource",
    "as_bibtex",
    "as_csl",
    "as_html",
    "as_markdown",
    "as_ris",
    "as_text",
]

_GAZETTES = (Series.STB, Series.STCRT, Series.TRB)
_LANGUAGE = "nl"
_BIBTEX = {
    "\\": r"\textbackslash{}",
    # Not "\{": BibTeX counts braces, and an unpaired one would end or open a record.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A document, or a place in it, that is cited.

    `page` is "3" or "3-5", or empty if unknown. `quote` is what is quoted there, without quotation
    marks; `note` is the user's own.
    """

    document: str
    metadata: Metadata
    section: tuple[str, ...] = ()
    page: str = ""
    quote: str = ""
    note: str = ""


def as_text(source: CitedSource) -> str:
    """Return a source as plain text: «quote» (citation), and the note on a line of its own."""
    citation = cite(source.metadata, source.section, source.page, source.document)
    citation = clean_citation(citation or source.document)
    quote, note = clean_citation(source.quote), clean_citation(source.note)
    text = f"«{quote}» ({citation})" if quote else citation
    return f"{text}\n{note}" if note else text


def as_markdown(source: CitedSource) -> str:
    """Return a source as Markdown, the citation linked to the official page; see `as_text`."""
    citation = cite_markdown(source.metadata, source.section, source.page, source.document)
    citation = citation or escape_markdown(source.document)
    if url := _url(source):
        citation = f"[{citation}](<{url}>)"
    quote, note = clean_citation(source.quote), clean_citation(source.note)
    text = f"«{escape_markdown(quote)}» ({citation})" if quote else citation
    return f"{text}\\\n{escape_markdown(note)}" if note else text


def as_html(source: CitedSource) -> str:
    """Return a source as HTML for use within a paragraph; see `as_markdown`."""
    citation = cite_html(source.metadata, source.section, source.page, source.document)
    citation = citation or escape(source.document)
    if url := _url(source):
        citation = f'<a href="{escape(url)}">{citation}</a>'
    quote, note = clean_citation(source.quote), clean_citation(source.note)
    text = f"«{escape(quote)}» ({citation})" if quote else citation
    return f"{text}<br>{escape(note)}" if note else text


def as_ris(sources: Iterable[CitedSource]) -> str:
    """Return sources as RIS, a record for each document, lines ended by CR LF.

    The tags are those that Zotero reads: GOVDOC becomes a report, with its number in SN and its
    series in T2; HEAR is for Handelingen, STAT for Stb., Stcrt. and Trb., ELEC for anything else.
    RIS takes what follows a comma in AU for a first name, so a comma in the issuer's name is
    written there as a semicolon; PB holds the name unchanged.
    """
    lines: list[str] = []
    for record in _records(sources):
        number = "SN" if record.kind in _REPORTS else "M1"
        fields = [("TY", _RIS_TYPES[record.kind])]
        fields += [("ID", record.key), ("AU", record.issuer.replace(",", ";"))]
        fields += [("TI", record.title), ("ST", record.short_title), ("T2", record.series)]
        fields += [(number, record.number), ("VL", record.volume)]
        fields += [("M3", record.genre), ("PY", record.date[:4]), ("DA", _ris_date(record.date))]
        fields += list(zip(("SP", "EP"), record.pages.split("-"), strict=False))
        fields += [("PB", record.issuer), ("LA", _LANGUAGE), ("UR", record.url), ("AN", record.id)]
        fields += [("N1", note) for note in (record.citation, *record.notes)]
        lines += [f"{tag}  - {value}" for tag, value in fields if value]
        lines += ["ER  - ", ""]
    return "".join(f"{line}\r\n" for line in lines)


def as_bibtex(sources: Iterable[CitedSource]) -> str:
    """Return sources as BibTeX, an entry for each document.

    An official publication is a @techreport, anything else a @misc. Names and titles are in double
    braces, so that no name is split and capitals are kept. The key follows from the document's id
    alone; `note` is the citation, `annote` holds quotes and notes.
    """
    return "\n".join(_bibtex_entry(record) for record in _records(sources))


def as_csl(sources: Iterable[CitedSource]) -> str:
    """Return sources as CSL-JSON 1.0.2, an item for each document."""
    items = [_csl_item(record) for record in _records(sources)]
    return json.dumps(items, ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class _Record:
    """The fields of a document for reference managers, each on one line; unknown ones are empty."""

    key: str
    id: str
    kind: Series | None
    title: str
    short_title: str
    issuer: str
    date: str
    """As "2021-03-24", "2021-03" or "2021"."""
    series: str
    volume: str
    number: str
    genre: str
    pages: str
    url: str
    citation: str
    notes: tuple[str, ...]


_REPORTS = (Series.KST, Series.BLG, Series.AH)
_RIS_TYPES: dict[Series | None, str] = {
    **dict.fromkeys(_REPORTS, "GOVDOC"),
    **dict.fromkeys(_GAZETTES, "STAT"),
    Series.H: "HEAR",
    None: "ELEC",
}
_CSL_TYPES: dict[Series | None, str] = {
    **dict.fromkeys(_REPORTS, "report"),
    **dict.fromkeys(_GAZETTES, "legislation"),
    Series.H: "hearing",
    None: "webpage",
}


def _records(sources: Iterable[CitedSource]) -> Iterator[_Record]:
    """Return a record for each document, in the order of first appearance."""
    gathered: dict[str, list[CitedSource]] = {}
    for source in sources:
        gathered.setdefault(source.document, []).append(source)
    return (_record(of_one) for of_one in gathered.values())


def _record(sources: list[CitedSource]) -> _Record:
    source = sources[0]
    metadata, document = source.metadata, clean_citation(source.document)
    known = identify_publication(metadata, source.document)
    website = urlsplit(_url(source)).netloc.removeprefix("www.")
    title = clean_citation(metadata.title) or clean_citation(metadata.subject) or document
    short = clean_citation(metadata.subject)
    return _Record(
        key=_key(source.document),
        id=document,
        kind=known.series if known else None,
        title=title,
        short_title=short if short != title else "",
        issuer=clean_citation(metadata.issuer),
        date=_iso(metadata.date),
        series=clean_citation(_series(known)) if known else website,
        volume=known.year if known else "",
        number=clean_citation(_number(known)) if known else "",
        genre=clean_citation(metadata.kind),
        pages=known.pages if known else "",
        url=_url(source),
        citation=clean_citation(cite(metadata, identifier=source.document)),
        notes=tuple(filter(None, map(_note, sources))),
    )


def _series(known: Identifier) -> str:
    year = short_year(known.vergaderjaar)
    return f"{series_name(known)} {year}" if year else series_name(known)


def _number(known: Identifier) -> str:
    """Return the number within the series: "29861, nr. 70", "nr. 108, item 5", "35"."""
    if known.series in _GAZETTES:
        return known.number
    item = [f"item {known.item}"] if known.item else []
    return ", ".join([*number_parts(known), *item])


def _note(source: CitedSource) -> str:
    quote, note = clean_citation(source.quote), clean_citation(source.note)
    place = clean_citation(pinpoint(source.section, source.page).removeprefix(", "))
    quoted = f"«{quote}»" if quote else ""
    return " – ".join(filter(None, (f"{quoted} ({place})" if quoted and place else quoted, note)))


def _key(document: str) -> str:
    """Return a citation key for a document's id: ASCII, and unique to the id."""
    plain = re.sub(r"[^0-9A-Za-z]+", "-", document).strip("-")
    if plain == document:
        return plain
    mark = sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain}-{mark}" if plain else mark


def _url(source: CitedSource) -> str:
    """Return the address of the page, percent-encoded; empty if it is not http or https."""
    url = clean_citation(official_url(source.document, source.metadata))
    if not url.startswith(("https://", "http://")):
        return ""
    return percent_encode(url, safe="%/:?#@!$&'()*+,;=~-._")


def _iso(text: str) -> str:
    """Return a date, with or without month and day, or an empty text for any other."""
    if re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", text, re.ASCII):
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _ris_date(iso: str) -> str:
    """Return a date as RIS has it: YYYY/MM/DD/, with unknown parts left empty."""
    year, month, day, *_ = [*iso.split("-"), "", ""]
    return f"{year}/{month}/{day}/" if year else ""


def _bibtex_entry(record: _Record) -> str:
    official = record.kind is not None
    series = " ".join(filter(None, (record.series, record.volume)))
    pairs = [
        ("author", f"{{{_tex(record.issuer)}}}" if record.issuer else ""),
        ("title", f"{{{_tex(record.title)}}}"),
        ("shorttitle", _tex(record.short_title)),
        ("institution" if official else "publisher", _tex(record.issuer)),
        ("type" if official else "howpublished", _tex(series)),
        ("number", _tex(record.number)),
        ("pages", record.pages.replace("-", "--")),
        ("year", record.date[:4]),
        ("month", record.date[5:7].lstrip("0")),
        ("date", record.date),
        ("url", record.url),
        ("language", "dutch"),
        ("langid", "dutch"),
        ("note", _tex(record.citation)),
        ("annote", " ".join(map(_tex, record.notes))),
    ]
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in pairs if value)
    return f"@{'techreport' if official else 'misc'}{{{record.key}{lines}\n}}\n"


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in text)


def _csl_item(record: _Record) -> dict[str, Any]:
    gazette = record.kind in _GAZETTES
    item: dict[str, Any] = {
        "id": record.key,
        "type": _CSL_TYPES[record.kind],
        "title": record.title,
        "title-short": record.short_title,
        "author": [{"literal": record.issuer}] if record.issuer else [],
        "publisher": record.issuer,
        "container-title" if gazette or not record.kind else "collection-title": record.series,
        "volume": record.volume,
        "number": record.number,
        "genre": record.genre,
        "page": record.pages,
        "issued": {"date-parts": [[int(p) for p in record.date.split("-")]]} if record.date else {},
        "URL": record.url,
        "language": _LANGUAGE,
        "note": record.citation,
        "annote": "\n".join(record.notes),
    }
    return {name: value for name, value in item.items() if value}
