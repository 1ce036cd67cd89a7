"""Which reader reads an XML file: by the name of its first element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from search.errors import ReadingError
from search.reading.contents import Contents
from search.reading.markup.debates import read_debate
from search.reading.markup.laws import read_law
from search.reading.markup.official_xml import read_publication
from search.reading.markup.rulings import read_ruling
from search.reading.markup.xml_parsing import parse_xml
from search.reading.markup.xml_text import Element, local_name
from search.records import Limits

__all__ = ["read_xml"]

_READERS: Mapping[str, Callable[[Element, str, Limits], Contents]] = MappingProxyType(
    {
        "officiele-publicatie": read_publication,
        "toestand": read_law,
        "open-rechtspraak": read_ruling,
        "TEI": read_debate,
    }
)
_ABOUT = frozenset(
    "metadata_gegevens owms-metadata metadata meta record records gzd searchRetrieveResponse"
    " originalData recordData enrichedData feed entry".split()
)
"""Roots of files with the metadata of a publication and none of its text."""


def read_xml(content: bytes, name: str, limits: Limits) -> Contents:
    """Read an official publication, a law (BWB), a ruling (rechtspraak.nl) or a debate (TEI).

    Raises ReadingError, which names the file, for other XML, for the metadata of a publication,
    and for a file that exceeds `limits`.
    """
    root = parse_xml(content, name)
    found = local_name(root)
    if found in _READERS:
        return _READERS[found](root, name, limits)
    if found in _ABOUT:
        raise ReadingError(
            f"{name} bevat alleen de metagegevens van een publicatie ({found}), niet de tekst. "
            "Haal het bestand weg en zet de XML van de publicatie zelf in de corpusmap."
        )
    raise ReadingError(
        f"{name} is geen officiële publicatie, wet, uitspraak of debat: het bestand begint met "
        f"<{found}>. Van XML worden gelezen: officiële publicaties, wetten (BWB), uitspraken "
        "(rechtspraak.nl) en debatten (ParlaMint)."
    )
