"""Quoting: finding quotes in the sources, and verifying them against the files."""

from __future__ import annotations

from search.quoting.checking import SourceCheck, fault_of
from search.quoting.extracting import ExtractedQuote, quotes_in
from search.quoting.finding import FoundQuote, QuoteFinder
from search.quoting.verification import (
    ANSWER_WITHHELD,
    only_verified_answer,
    only_verified_reactions,
    only_verified_views,
    withheld_line,
)

__all__ = [
    "ANSWER_WITHHELD",
    "ExtractedQuote",
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
