"""Sources: from an id, a dossier or a period to files in the corpus, fetched politely."""

from __future__ import annotations

from search.corpus.folder import CorpusFolder
from search.sources.client import Client, Reply
from search.sources.fetching import (
    Fetched,
    FetchOutcome,
    Listing,
    Silence,
    fetch,
    list_ids,
    list_wanted,
)
from search.sources.listing import MANIFESTATIONS, FileAddress, ListedPublication, Wanted
from search.sources.settings import SourceSettings, source_settings

__all__ = [
    "MANIFESTATIONS",
    "Client",
    "CorpusFolder",
    "FetchOutcome",
    "Fetched",
    "FileAddress",
    "ListedPublication",
    "Listing",
    "Reply",
    "Silence",
    "SourceSettings",
    "Wanted",
    "fetch",
    "list_ids",
    "list_wanted",
    "source_settings",
]
