"""Quoting: what stands in the sources of a quote, and whether a quote is what its file says."""

from __future__ import annotations

from search.quoting.checking import SourceCheck, fault_of
from search.quoting.extracting import Extracted, quotes_in
from search.quoting.finding import Found, QuoteFinder
from search.quoting.typography import tokens_of, words_of

__all__ = [
    "Extracted",
    "Found",
    "QuoteFinder",
    "SourceCheck",
    "fault_of",
    "quotes_in",
    "tokens_of",
    "words_of",
]
