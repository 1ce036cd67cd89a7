"""Sources: from an id, a dossier or a period to files in the corpus, fetched politely."""

from __future__ import annotations

from search.corpus.folder import Shelf
from search.sources.client import Client, Reply
from search.sources.fetching import Fetched, Listing, Outcome, Silence, fetch, list_ids, list_wanted
from search.sources.listing import MANIFESTATIONS, Listed, Place, Wanted
from search.sources.settings import SourceSettings, source_settings

__all__ = [
    "MANIFESTATIONS",
    "Client",
    "Fetched",
    "Listed",
    "Listing",
    "Outcome",
    "Place",
    "Reply",
    "Shelf",
    "Silence",
    "SourceSettings",
    "Wanted",
    "fetch",
    "list_ids",
    "list_wanted",
    "source_settings",
]
