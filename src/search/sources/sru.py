"""The official publications, searched through SRU 2.0 (OASIS searchRetrieve) at KOOP.

Query indexes and the shape of a record: the collection `officielepublicaties` with the record
schema `gzd`. Elements are found by their local name: whether and which namespaces are declared
differs between answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from search.errors import SourceError
from search.reading.markup.xml_text import Element, local_name
from search.records import Metadata
from search.references import read_id
from search.sources.client import Client
from search.sources.listing import (
    FileAddress,
    ListedPublication,
    PublicationFilter,
    clean_date,
    clean_listed,
)
from search.sources.markup import parse_reply

__all__ = ["list_annexes", "list_publications", "look_up"]

_SCOPE = "c.product-area==officielepublicaties"
_PAGE = 100
_CHAMBERS = {
    "I": "Eerste Kamer der Staten-Generaal",
    "II": "Tweede Kamer der Staten-Generaal",
}
_KINDS = ("KamerstukTypen", "AanhangselTypen", "HandelingTypen", "Parlementair")
"""Schemes of the kind of a piece, the most precise first."""
_OF_CABINET = "Brief regering"


def list_publications(client: Client, wanted: PublicationFilter) -> Iterator[ListedPublication]:
    """Yield the publications that are wanted, newest first; pages are requested as needed.

    Without a kind, and for a dossier, only Kamerstukken are listed. Raises SourceError if the
    service can't be reached or does not answer with a list.
    """
    terms = [_SCOPE]
    if wanted.dossier or not wanted.kind:
        terms.append("w.publicatienaam==Kamerstuk")
    if wanted.dossier:
        terms.append(_dossier_term(wanted))
    if wanted.kind:
        terms.append(f"dt.type=={_quoted(wanted.kind)}")
    if wanted.chamber:
        terms.append(f"dt.creator=={_quoted(_CHAMBERS[wanted.chamber])}")
    if wanted.since:
        terms.append(f"dt.date>={_quoted(wanted.since)}")
    if wanted.until:
        terms.append(f"dt.date<={_quoted(wanted.until)}")
    return _search(client, f"{' AND '.join(terms)} sortBy dt.date/sort.descending")


def _dossier_term(wanted: PublicationFilter) -> str:
    term = f"w.dossiernummer=={_quoted(wanted.dossier)}"
    if not wanted.rijkswet:
        return term
    # The metadata of most of these pieces have "36455-(R2188)" for a number.
    both = _quoted(f"{wanted.dossier}-({wanted.rijkswet})")
    return f"({term} OR w.dossiernummer=={both})"


def list_annexes(client: Client, identifier: str) -> Iterator[ListedPublication]:
    """Yield the annexes to a publication; raises SourceError as `list_publications` does."""
    return _search(client, f"{_SCOPE} AND w.hoofddocument=={_quoted(identifier)}")


def look_up(client: Client, identifier: str) -> ListedPublication | None:
    """Return one publication, or None if the service does not know it.

    Raises SourceError as `list_publications` does.
    """
    query = f"{_SCOPE} AND dt.identifier=={_quoted(identifier)}"
    for listed in _search(client, query):
        if listed.id.lower() == identifier.lower():
            return listed
    return None


def _search(client: Client, query: str) -> Iterator[ListedPublication]:
    start, total, seen = 1, 1, set[str]()
    while start <= total:
        reply = client.get(
            client.settings.sru,
            {
                "operation": "searchRetrieve",
                "version": "2.0",
                "recordSchema": "gzd",
                "query": query,
                "startRecord": start,
                "maximumRecords": _PAGE,
            },
        )
        total, page = _read_page(reply.content)
        new = [each for each in page if each.id not in seen or not each.id]
        if not any(each.id for each in new):
            # A service that repeats the same page must not cause an endless loop.
            if page or start <= total:
                raise SourceError(f"SRU gaf {len(seen)} van {total} vermeldingen en stopte toen.")
            return
        seen.update(each.id for each in new)
        start += len(page)
        yield from new


def _read_page(content: bytes) -> tuple[int, list[ListedPublication]]:
    """Return the total number of records, and those on this page."""
    root = parse_reply(content, "SRU")
    if local_name(root) != "searchRetrieveResponse":
        raise SourceError("SRU gaf een ander antwoord dan een lijst van publicaties.")
    total, records = "", []
    for element in root.iter():
        name = local_name(element)
        if name == "numberOfRecords" and not total:
            total = clean_listed(element.text)
        elif name == "record":
            records.append(_read_record(element))
        elif name == "diagnostic":
            said = [clean_listed(part.text) for part in element if local_name(part) != "uri"]
            raise SourceError(f"SRU weigert de vraag: {': '.join(filter(None, said))[:300]}.")
    if not (total.isascii() and total.isdecimal()):
        raise SourceError("SRU zegt niet hoeveel publicaties er zijn.")
    return int(total), records


def _read_record(record: Element) -> ListedPublication:
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    places = []
    for element in record.iter():
        name, text = local_name(element), clean_listed(element.text)
        if name == "itemUrl" and text:
            places.append(FileAddress(clean_listed(element.get("manifestation")), text))
        elif name and text:
            said[name].append((clean_listed(element.get("scheme")), text))
    identifier = _first(said, "identifier")
    return ListedPublication(identifier, _read_metadata(identifier, said), tuple(places))


def _read_metadata(identifier: str, said: dict[str, list[tuple[str, str]]]) -> Metadata:
    title, kind, creator = _first(said, "title"), _kind(said), _first(said, "creator")
    known = read_id(identifier)
    chamber = next((sign for sign, name in _CHAMBERS.items() if name == creator), "")
    dates = (clean_date(_first(said, name)) for name in ("issued", "date", "available"))
    themes = [
        text
        for name in ("subject", "category")
        for scheme, text in said[name]
        if "Taxonomie" in scheme
    ]
    return Metadata(
        title=title,
        subject=_first(said, "documenttitel") or _subject(title, kind),
        kind=kind,
        # The creator of a letter of the cabinet is the chamber that received it.
        issuer="Kabinet" if kind == _OF_CABINET else creator,
        date=next(filter(None, dates), ""),
        url=_first(said, "preferredUrl") or (known.page_url if known else ""),
        chamber=chamber or (known.chamber if known else ""),
        themes=tuple(dict.fromkeys(themes)),
    )


def _kind(said: dict[str, list[tuple[str, str]]]) -> str:
    for wanted in _KINDS:
        for scheme, text in said["type"]:
            if scheme.endswith(wanted):
                return text
    others = (text for scheme, text in said["type"] if not scheme.endswith("Informatietype"))
    return next(others, "")


def _subject(title: str, kind: str) -> str:
    """Return the subject in a title such as "Dossier; Brief regering; Onderwerp"."""
    dossier, _, rest = title.partition("; ")
    named, separator, subject = rest.partition("; ")
    if separator:
        # The name of the dossier may hold a semicolon too.
        return subject if kind and named.lower() == kind.lower() else ""
    return rest if dossier else ""


def _first(said: dict[str, list[tuple[str, str]]], name: str) -> str:
    return said[name][0][1] if said[name] else ""


def _quoted(term: str) -> str:
    """Return a CQL term between quotes, with wildcards and quotes escaped."""
    escaped = "".join(f"\\{letter}" if letter in '\\"*?^' else letter for letter in term)
    return f'"{escaped}"'
