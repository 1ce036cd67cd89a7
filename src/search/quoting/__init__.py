"""Quoting: where a quote is in the sources, and whether it is what its file says."""

from __future__ import annotations

from search.quoting.checking import SourceCheck, fault_of
from search.quoting.extracting import Extracted, quotes_in
from search.quoting.finding import Found, QuoteFinder
from search.quoting.verification import sound_answer, sound_reactions, sound_views, withheld_line

__all__ = [
    "Extracted",
    "Found",
    "QuoteFinder",
    "SourceCheck",
    "fault_of",
    "quotes_in",
    "sound_answer",
    "sound_reactions",
    "sound_views",
    "withheld_line",
]
