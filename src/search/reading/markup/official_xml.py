"""Official publications in XML (schema op-xsd-2012, KOOP) to raw blocks and metadata.

The elements are those of Kamerstukken, Handelingen, answers to questions of MPs, Staatsblad,
Staatscourant and the journals of provinces, municipalities and water boards, see
https://technische-documentatie.oep.overheid.nl/schema/op-xsd-2012-3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.reading.assemble import fill_empty
from search.reading.contents import Contents
from search.reading.letters import ANSWERS
from search.reading.markup.official_blocks import official_blocks_of
from search.reading.markup.official_elements import INLINE, height_of, is_not_text
from search.reading.markup.official_metadata import (
    Meta,
    id_of,
    iso_date,
    metadata_of,
    metadata_of_id,
    publication_id,
)
from search.reading.markup.xml_text import Element, TreeText, local_name, squeezed_text
from search.records import Dossier, Limits, Metadata
from search.references import dossier_id, find_vergaderjaar

__all__ = ["read_publication"]

_KINDS = {
    "kamerstuk": "Kamerstuk",
    "handelingen": "Handelingen",
    "staatsblad": "Staatsblad",
    "staatscourant": "Staatscourant",
    "tractatenblad": "Tractatenblad",
    "gemeenteblad": "Gemeenteblad",
    "provinciaalblad": "Provinciaal blad",
    "waterschapsblad": "Waterschapsblad",
}
_TITLES = (
    ".//stuk/titel",
    ".//staatsblad//intitule",
    ".//item-titel",
    ".//kamervraagomschrijving",
    "./*/kop/titel",
    ".//intitule",
)
"""Where a title may be, the likeliest place first."""
_DATES = (
    ".//stuk/datumtekst/datum",
    ".//kamervraagomschrijving[@type='antwoord']/datum",
    ".//kamervraagomschrijving/datum",
    ".//uitgifte/datum",
    ".//dagtekening/datum",
    ".//vergaderdatum",
)
_ANSWERED = re.compile(r"\bvan (?:de )?(Minister|Staatssecretaris)\b[^()]{1,60}\(([^()]{4,80})\)")
_CHAMBERS = {"1": "I", "2": "II"}


def read_publication(root: Element, name: str, limits: Limits) -> Contents:
    """Read the XML of an official publication.

    Its `source` holds the words of the publication in their order, without its metadata, the
    journal's masthead and the labels of footnote marks. Raises ReadingError, which names the file,
    for a file that exceeds `limits`.
    """
    words = TreeText(root, is_not_text, INLINE, limits, name, height_of)
    return Contents(words.source, official_blocks_of(root, words), _metadata(root))


def _metadata(root: Element) -> Metadata:
    """Return the metadata, then what is missing from the elements, then from the id."""
    metas = list(_metas(root))
    addresses = (publication_id(meta.content) for meta in metas if "MetadataRecord" in meta.name)
    identifier = next(filter(None, addresses), "")
    # Only the metadata have the themes, but they may be missing.
    known = fill_empty(metadata_of(metas), _of_elements(root))
    return fill_empty(known, metadata_of_id(identifier or id_of(metas)))


def _metas(root: Element) -> Iterator[Meta]:
    for meta in root.iterfind("metadata/meta"):
        yield Meta(meta.get("name", ""), meta.get("scheme", ""), meta.get("content", ""))


def _of_elements(root: Element) -> Metadata:
    parts = [local_name(child) for child in root]
    piece = root.find(".//stuk/stuknr/ondernummer")
    years = (find_vergaderjaar(squeezed_text(line)) for line in root.iterfind(".//tekstregel"))
    return Metadata(
        title=next((_text_of(found) for path in _TITLES for found in root.iterfind(path)), ""),
        kind=_kind(root, parts),
        issuer="; ".join(dict.fromkeys(_functions(root))) or _who_answers(root),
        date=next(filter(None, _dates(root)), ""),
        chamber=_CHAMBERS.get(piece.get("kamer", ""), "") if piece is not None else "",
        vergaderjaar=next(filter(None, years), ""),
        dossiers=tuple(_dossiers(root)),
        ondernummer=squeezed_text(piece) if piece is not None else "",
        askers=tuple(_askers(root)),
    )


def _kind(root: Element, parts: list[str]) -> str:
    if "kamervragen" in parts:
        answered = root.find(".//kamervragen/antwoord") is not None
        return ANSWERS if answered else "Kamervragen"
    return next((_KINDS[part] for part in parts if part in _KINDS), "")


def _askers(root: Element) -> Iterator[str]:
    """Yield who asked the questions, with the party that follows the name."""
    description = root.find(".//kamervraagomschrijving")
    for name in description.iterfind("naam") if description is not None else ():
        party = name.getnext()
        has_party = party is not None and local_name(party) == "politiek"
        words = squeezed_text(name)
        yield f"{words} ({squeezed_text(party)})" if has_party else words


def _text_of(element: Element) -> str:
    """Return an element's text without the footnotes in it."""
    line = " ".join("".join(_pieces(element)).split())
    return re.sub(r"(?<=\() | (?=[,.;:)])", "", line)


def _pieces(element: Element) -> Iterator[str]:
    if local_name(element) in ("noot", "nootref"):
        return
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""


def _dates(root: Element) -> Iterator[str]:
    for path in _DATES:
        for found in root.iterfind(path):
            yield iso_date(found.get("isodatum", ""))


def _functions(root: Element) -> Iterator[str]:
    """Yield the functions of the signatories, but for who only had a Staatsblad printed."""
    for function in root.iterfind(".//ondertekening/functie"):
        if not any(local_name(above) == "uitgifte" for above in function.iterancestors()):
            office = re.sub(r"^(?:de|het)\s", "", squeezed_text(function), flags=re.IGNORECASE)
            yield office.rstrip(" ,;:.")


def _who_answers(root: Element) -> str:
    """Return the minister who answers, of "Antwoord van Minister Kuipers (Volksgezondheid)"."""
    answered = root.find(".//kamervraagomschrijving[@type='antwoord']")
    found = _ANSWERED.search(_text_of(answered)) if answered is not None else None
    return f"{found[1]} van {found[2]}" if found else ""


def _dossiers(root: Element) -> Iterator[Dossier]:
    for dossier in root.iterfind(".//kamerstuk/dossier"):
        number = dossier.find("dossiernummer/dossiernr")
        if number is None:
            continue
        chapter = dossier.find("dossiernummer/begrotingshoofdstuk")
        addition = squeezed_text(chapter) if chapter is not None else ""
        title = dossier.find("titel")
        yield Dossier(
            dossier_id(squeezed_text(number), addition),
            squeezed_text(title) if title is not None else "",
        )
