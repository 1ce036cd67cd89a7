"""References: the ids of official publications, and where a text names one."""

from __future__ import annotations

from search.references.finding import (
    Reference,
    find_named,
    find_references,
    parse_reference,
    read_typed,
)
from search.references.numbering import PUBLICATIONS, SUBNUMBERED, Identifier, Series, read_id

__all__ = [
    "PUBLICATIONS",
    "SUBNUMBERED",
    "Identifier",
    "Reference",
    "Series",
    "find_named",
    "find_references",
    "parse_reference",
    "read_id",
    "read_typed",
]
