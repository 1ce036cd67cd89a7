"""Where the official services are, and how they are asked."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from search.errors import UsageError

__all__ = ["Origin", "SourceSettings", "origin_of", "source_settings"]

Origin = tuple[str, str, int]
"""Scheme, host and port."""

_MOST_PER_SECOND = 20.0


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Where the official services are, and how politely they are asked."""

    sru: str = "https://repository.overheid.nl/sru"
    """Searches the official publications."""
    odata: str = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/"
    """Knows the documents of the Tweede Kamer."""
    repository: str = "https://zoek.officielebekendmakingen.nl/"
    """Gives a publication by its id and ending (kst-29861-70.xml) where SRU names no address."""
    contact: str = "lokale installatie"
    """Who asks: an address or page, told to the services in the User-Agent."""
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
    """How long a service may say nothing."""
    file_seconds: float = 600.0
    """How long one answer may take in all."""
    most_bytes: int = 50_000_000
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
    usual = SourceSettings()
    return SourceSettings(
        sru=_address(values, "KAMERWIJZER_SRU", usual.sru).rstrip("/?"),
        odata=_folder(_address(values, "KAMERWIJZER_ODATA", usual.odata)),
        repository=_folder(_address(values, "KAMERWIJZER_REPOSITORY", usual.repository)),
        contact=_contact(values, usual.contact),
        per_second=_rate(values, usual.per_second),
        most_bytes=_size(values, usual.most_bytes),
    )


def origin_of(url: str) -> Origin:
    """Give an address's scheme, host and port; raises ValueError where it has none."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise ValueError(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _folder(url: str) -> str:
    return f"{url.rstrip('/')}/"


def _address(values: Mapping[str, str], name: str, usual: str) -> str:
    text = values.get(name, "").strip() or usual
    try:
        scheme, host, _ = origin_of(text)
        parts = urlsplit(text)
    except ValueError:
        raise UsageError(f"{name} is geen webadres: ‘{text}’.") from None
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(f"{name} mag geen wachtwoord, ‘?’ of ‘#’ bevatten: ‘{text}’.")
    if scheme == "http" and not _is_here(host):
        raise UsageError(f"{name} moet met https:// beginnen (http kan alleen op deze computer).")
    return text


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _contact(values: Mapping[str, str], usual: str) -> str:
    text = values.get("KAMERWIJZER_CONTACT", "").strip() or usual
    if not re.fullmatch(r"[ -'*-~]{1,200}", text):
        raise UsageError("KAMERWIJZER_CONTACT mag alleen gewone letters en tekens bevatten.")
    return text


def _rate(values: Mapping[str, str], usual: float) -> float:
    name = "KAMERWIJZER_REQUESTS_PER_SECOND"
    text = values.get(name, "").strip().replace(",", ".")
    try:
        rate = float(text) if text else usual
    except ValueError:
        rate = 0.0
    if not 0 < rate <= _MOST_PER_SECOND:
        raise UsageError(f"{name} moet een getal boven 0 en hooguit {_MOST_PER_SECOND:.0f} zijn.")
    return rate


def _size(values: Mapping[str, str], usual: int) -> int:
    name = "KAMERWIJZER_FILE_MB"
    text = values.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise UsageError(f"{name} moet een geheel getal boven 0 zijn.")
    return int(text) * 1_000_000
