"""Who governed when: the Dutch cabinets since 1989, the ministers since 1994."""

from __future__ import annotations

from search.cabinets.ministers import Term, all_terms, ministers_of
from search.cabinets.terms import (
    Cabinet,
    all_cabinets,
    cabinet_named,
    cabinet_on,
    cabinet_pattern,
    days_of,
)

__all__ = [
    "Cabinet",
    "Term",
    "all_cabinets",
    "all_terms",
    "cabinet_named",
    "cabinet_on",
    "cabinet_pattern",
    "days_of",
    "ministers_of",
]
