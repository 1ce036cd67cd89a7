"""References: the ids of official publications, and where a text names one."""

from __future__ import annotations

from search.references.finding import find_references, parse_citation, parse_reference
from search.references.kamerstukken import Reference
from search.references.numbering import PUBLICATIONS, Identifier, Series, read_id
from search.references.patterns import (
    CHAPTER,
    DOSSIER_MENTION,
    DOSSIER_NUMBER,
    dossier_id,
    find_vergaderjaar,
    read_dossier,
    read_rijkswet,
    write_vergaderjaar,
)

__all__ = [
    "CHAPTER",
    "DOSSIER_MENTION",
    "DOSSIER_NUMBER",
    "PUBLICATIONS",
    "Identifier",
    "Reference",
    "Series",
    "dossier_id",
    "find_references",
    "find_vergaderjaar",
    "parse_citation",
    "parse_reference",
    "read_dossier",
    "read_id",
    "read_rijkswet",
    "write_vergaderjaar",
]
