"""The documents of the Tweede Kamer, listed through its OData v4 service (Gegevensmagazijn).

Names and types are those of the service's own `$metadata`; any field may be null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

from search.errors import SourceError
from search.records import Metadata
from search.references import Identifier, Series, read_id, read_rijkswet
from search.sources.client import Client
from search.sources.listing import (
    FileAddress,
    ListedPublication,
    PublicationFilter,
    clean_date,
    clean_listed,
)

__all__ = [
    "MOST_AT_ONCE",
    "any_equals",
    "is_case",
    "is_number",
    "list_documents",
    "list_numbered",
    "read_entities",
]

MOST_AT_ONCE = 10
"""Numbers in one `$filter`; the service refuses one of more than about a hundred terms."""
_PAGE = 250
"""Most documents that the service returns in one answer."""
_EXPAND = (
    "Kamerstukdossier($select=Nummer,Toevoeging),HuidigeDocumentVersie($select=ExterneIdentifier)"
)
_FORMS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/msword": "doc",
}
_SENATE = 1
"""`Kamer` of a document: 1 is the Eerste Kamer, 2 the Tweede."""
_CASE_NUMBER = re.compile(r"\d{4}Z\d{5}")
_DOCUMENT_NUMBER = re.compile(r"\d{4}D\d{5}")
_OF_CABINET = "Brief regering"
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def list_documents(client: Client, wanted: PublicationFilter) -> Iterator[ListedPublication]:
    """Yield the documents of a period and kind, newest first; pages are requested as needed.

    A document that is an official publication has its id (kst-29861-70), any other its own number
    (2021D10001). The dossier is ignored. Raises SourceError if the service can't be reached or
    does not answer with a list.
    """
    if wanted.chamber == "I":
        return
    for each in read_entities(client, "Document", _filter(wanted), _EXPAND, orderby="Datum desc"):
        listed = _read_document(client, each)
        if _is_wanted(listed, wanted):
            yield listed


def is_number(name: str) -> bool:
    """Return whether a name is the Kamer's number of a document or case, and no official id."""
    return bool(_DOCUMENT_NUMBER.fullmatch(name)) or is_case(name)


def is_case(name: str) -> bool:
    """Return whether a name is the number of a case (Zaak)."""
    return bool(_CASE_NUMBER.fullmatch(name))


def list_numbered(client: Client, numbers: Sequence[str]) -> Iterator[ListedPublication]:
    """Yield the documents with these numbers (2021D10001), and those of these cases (2021Z04774).

    Raises SourceError as `list_documents` does.
    """
    cases = list(filter(is_case, numbers))
    documents = [each for each in numbers if not is_case(each)]
    terms = [any_equals("DocumentNummer", some) for some in _batches(documents)]
    terms += [f"Zaak/any(z:{any_equals('z/Nummer', some)})" for some in _batches(cases)]
    for term in terms:
        for each in read_entities(client, "Document", f"Verwijderd eq false and {term}", _EXPAND):
            yield _read_document(client, each)


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[at : at + MOST_AT_ONCE] for at in range(0, len(names), MOST_AT_ONCE))


def any_equals(path: str, values: Sequence[str]) -> str:
    """Return the term of a `$filter` that a property has one of these values."""
    quoted = (value.replace("'", "''") for value in values)
    terms = (f"{path} eq '{value}'" for value in quoted)
    return f"({' or '.join(terms)})"


def read_entities(
    client: Client, kind: str, wanted: str, expand: str, *, select: str = "", orderby: str = ""
) -> Iterator[dict[str, Any]]:
    """Yield the entities of a kind that meet a `$filter`; pages are requested as needed."""
    base = urljoin(client.settings.odata, kind)
    query: dict[str, str | int] = {"$filter": wanted, "$expand": expand}
    query |= {"$orderby": orderby} if orderby else {}
    query |= {"$select": select} if select else {}
    url, params, seen = base, dict(query), set[str]()
    while True:
        values, following = _read_page(client.get(url, params).content)
        new = [each for each in values if str(each.get("Id")) not in seen]
        seen.update(str(each.get("Id")) for each in new)
        yield from new
        if not new:
            return
        if following:
            # A relative link is relative to the request that gave it.
            url, params = urljoin(base, following), {}
        elif len(values) >= _PAGE:
            url, params = base, {**query, "$skip": len(seen)}
        else:
            return


def _filter(wanted: PublicationFilter) -> str:
    terms = ["Verwijderd eq false"]
    if wanted.kind:
        kind = wanted.kind.replace("'", "''")
        terms.append(f"Soort eq '{kind}'")
    # Midnight in The Hague is still the day before in UTC, so the period is a day longer on both
    # sides, and `_is_wanted` removes what does not belong to it.
    if wanted.since:
        terms.append(f"Datum ge {_days_from(wanted.since, -1)}T00:00:00Z")
    if wanted.until:
        terms.append(f"Datum lt {_days_from(wanted.until, 1)}T00:00:00Z")
    return " and ".join(terms)


def _days_from(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return day


def _is_wanted(listed: ListedPublication, wanted: PublicationFilter) -> bool:
    known = listed.metadata
    if wanted.chamber and known.chamber == "I":
        return False
    in_time = wanted.since <= known.date <= (wanted.until or "9999-12-31")
    return in_time or not known.date


def _read_page(content: bytes) -> tuple[list[dict[str, Any]], str]:
    """Return the documents of an answer, and the address of the next page, if any."""
    try:
        answer = json.loads(content)
        values, following = answer["value"], answer.get("@odata.nextLink") or ""
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise SourceError("De Tweede Kamer gaf een ander antwoord dan een lijst.") from error
    if not isinstance(values, list) or not isinstance(following, str):
        raise SourceError("De Tweede Kamer gaf een ander antwoord dan een lijst.")
    return [each for each in values if isinstance(each, dict)], following


def _read_document(client: Client, said: dict[str, Any]) -> ListedPublication:
    candidates = _official(said)
    # A document in two dossiers is published under one of them; the service does not say which.
    official = candidates[0] if len(candidates) == 1 else None
    number, kind = clean_listed(said.get("DocumentNummer")), clean_listed(said.get("Soort"))
    places, resource = [], ""
    if _GUID.fullmatch(clean_listed(said.get("Id"))):
        resource = urljoin(client.settings.odata, f"Document({said['Id']})/resource")
        form = clean_listed(said.get("ContentType")).partition(";")[0].strip().lower()
        places.append(FileAddress(_FORMS.get(form, form), resource))
    if official:
        # The resource is the letter as the Kamer received it; the publication has more structure.
        places.insert(0, FileAddress("xml", f"{client.settings.repository}{official.id}.xml"))
    names = [*(each.id for each in candidates), number]
    identifier = official.id if official else number
    chamber = "I" if said.get("Kamer") == _SENATE else "II"
    metadata = Metadata(
        subject=clean_listed(said.get("Onderwerp")) or clean_listed(said.get("Titel")),
        kind=kind,
        issuer="Kabinet" if kind == _OF_CABINET else "",
        date=clean_date(said.get("Datum")),
        url=official.page_url if official else resource,
        chamber=(official.chamber if official else "") or chamber,
    )
    aliases = tuple(name for name in names if name and name != identifier)
    return ListedPublication(identifier, metadata, tuple(places), aliases)


def _official(said: dict[str, Any]) -> list[Identifier]:
    """Return the official publications that a document may be, by what the service says."""
    version = said.get("HuidigeDocumentVersie")
    if isinstance(version, dict) and (
        named := read_id(clean_listed(version.get("ExterneIdentifier")))
    ):
        return [named]
    number, dossiers = said.get("Volgnummer"), said.get("Kamerstukdossier")
    # A document outside a dossier has the number -1.
    if not isinstance(number, int) or number < 1 or not isinstance(dossiers, list):
        return []
    made = []
    for each in dossiers:
        if isinstance(each, dict):
            addition = clean_listed(each.get("Toevoeging"))
            # That of an act of the kingdom, "(R2220)", is no part of ids.
            parts = (str(each.get("Nummer") or ""), "" if read_rijkswet(addition) else addition)
            dossier = "-".join(filter(None, parts))
            made.append(read_id(f"{Series.KST}-{dossier}-{number}"))
    return [each for each in made if each]
