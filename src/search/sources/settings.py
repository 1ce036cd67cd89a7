"""Where the official services are, and how they are asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from search.settings import KEYS, MB, setting

__all__ = ["Origin", "SourceSettings", "origin_of", "source_settings"]

Origin = tuple[str, str, int]
"""Scheme, host and port."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Where the official services are, and how politely they are asked."""

    sru: str = KEYS["sru"].default
    """Searches the official publications."""
    odata: str = KEYS["odata"].default
    """Knows the documents of the Tweede Kamer."""
    repository: str = KEYS["repository"].default
    """Gives a publication by its id and ending (kst-29861-70.xml) where SRU names no address."""
    contact: str = KEYS["contact"].default
    """Who asks: an address or page, told to the services in the User-Agent."""
    per_second: float = float(KEYS["requests_per_second"].default)
    """Requests a second at most, over all services together."""
    attempts: int = 5
    """How often one request is tried."""
    first_pause: float = 1.0
    """Seconds before the second attempt; each further pause is twice as long."""
    longest_pause: float = 300.0
    """Seconds. A service that asks for more (Retry-After) is left alone in this run."""
    connect_seconds: float = 10.0
    silent_seconds: float = 60.0
    """How long a service may say nothing."""
    file_seconds: float = 600.0
    """How long one answer may take in all."""
    most_bytes: int = int(KEYS["file_mb"].default) * MB
    """Of one answer, unpacked; as many as a reader takes."""

    @property
    def origins(self) -> frozenset[Origin]:
        """Give the scheme, host and port of each service."""
        return frozenset(map(origin_of, (self.sru, self.odata, self.repository)))


def source_settings(values: Mapping[str, str] = os.environ) -> SourceSettings:
    """Read the settings: those that `values` hold, the official services for the others.

    The names are KAMERWIJZER_SRU, KAMERWIJZER_ODATA, KAMERWIJZER_REPOSITORY, KAMERWIJZER_CONTACT,
    KAMERWIJZER_REQUESTS_PER_SECOND and KAMERWIJZER_FILE_MB, which a reader obeys as well. Raises
    UsageError for one that can't be used: an address is https, or http on this machine itself.
    """
    return SourceSettings(
        sru=setting("sru", values).rstrip("/?"),
        odata=_folder(setting("odata", values)),
        repository=_folder(setting("repository", values)),
        contact=setting("contact", values),
        per_second=float(setting("requests_per_second", values)),
        most_bytes=int(setting("file_mb", values)) * MB,
    )


def origin_of(url: str) -> Origin:
    """Give an address's scheme, host and port; raises ValueError where it has none."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise ValueError(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _folder(url: str) -> str:
    return f"{url.rstrip('/')}/"
