"""Quoting: where a quote is in the sources, and whether it is what its file says."""

from __future__ import annotations

from search.quoting.checking import SourceCheck, fault_of
from search.quoting.extracting import Extracted, quotes_in
from search.quoting.finding import FoundQuote, QuoteFinder
from search.quoting.verification import (
    only_verified_answer,
    only_verified_reactions,
    only_verified_views,
    withheld_line,
)

__all__ = [
    "Extracted",
    "FoundQuote",
    "QuoteFinder",
    "SourceCheck",
    "fault_of",
    "only_verified_answer",
    "only_verified_reactions",
    "only_verified_views",
    "quotes_in",
    "withheld_line",
]
