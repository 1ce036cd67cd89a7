"""Where the official services are, and how they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from search.settings import Settings

__all__ = ["Origin", "SourceSettings", "origin_of", "source_settings"]

Origin = tuple[str, str, int]
"""Scheme, host and port."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Where the official services are, and how politely they are asked."""

    sru: str = "https://repository.overheid.nl/sru"
    """Searches the official publications."""
    odata: str = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/"
    """Lists the documents of the Tweede Kamer."""
    repository: str = "https://zoek.officielebekendmakingen.nl/"
    """Gives a publication by its id and ending (kst-29861-70.xml) if SRU names no address."""
    contact: str = "lokale installatie"
    """Who asks: an address or page, sent to the services in the User-Agent."""
    per_second: float = 2.0
    """Requests a second at most, over all services together."""
    attempts: int = 5
    """How often one request is tried."""
    first_pause: float = 1.0
    """Seconds before the second attempt; each further pause is twice as long."""
    longest_pause: float = 300.0
    """Seconds. A service that asks for more (Retry-After) is left alone in this run."""
    connect_seconds: float = 10.0
    silent_seconds: float = 60.0
    """How long a service may send nothing."""
    file_seconds: float = 600.0
    """How long one answer may take in all."""
    most_bytes: int = 50_000_000
    """Of one answer, unpacked; as many as a reader takes."""

    def __post_init__(self) -> None:
        # People write these with and without a slash at the end.
        object.__setattr__(self, "sru", self.sru.rstrip("/?"))
        object.__setattr__(self, "odata", f"{self.odata.rstrip('/')}/")
        object.__setattr__(self, "repository", f"{self.repository.rstrip('/')}/")

    @property
    def origins(self) -> frozenset[Origin]:
        """Return the origin of each service."""
        return frozenset(map(origin_of, (self.sru, self.odata, self.repository)))


def source_settings(settings: Settings) -> SourceSettings:
    """Return where the services are and how they are asked, by the settings of the run."""
    return SourceSettings(
        sru=settings.sru,
        odata=settings.odata,
        repository=settings.repository,
        contact=settings.contact,
        per_second=settings.requests_per_second,
        most_bytes=settings.limits.bytes,
    )


def origin_of(url: str) -> Origin:
    """Return the scheme, host and port of an address; raises ValueError if it has none."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise ValueError(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
