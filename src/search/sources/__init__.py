"""Sources: listing official publications and fetching them into the corpus, politely."""

from __future__ import annotations

from search.sources.client import Client
from search.sources.fetching import (
    FetchOutcome,
    FetchResult,
    Listing,
    fetch,
    list_matching,
    list_named,
)
from search.sources.listing import MANIFESTATIONS, FileAddress, ListedPublication, PublicationFilter
from search.sources.settings import SourceSettings, source_settings

__all__ = [
    "MANIFESTATIONS",
    "Client",
    "FetchOutcome",
    "FetchResult",
    "FileAddress",
    "ListedPublication",
    "Listing",
    "PublicationFilter",
    "SourceSettings",
    "fetch",
    "list_matching",
    "list_named",
    "source_settings",
]
