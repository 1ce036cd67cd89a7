"""An HTTP client for the official services: known hosts only, rate-limited, with retries."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from search.errors import SourceError
from search.sources.listing import clean_listed
from search.sources.settings import SourceSettings, origin_of
from search.wording import duration

if TYPE_CHECKING:
    from requests import Response, Session
    from requests.models import PreparedRequest

__all__ = ["Client", "Reply"]

_KNOWN_DOMAINS = ("officielebekendmakingen.nl", "overheid.nl", "tweedekamer.nl")
"""Every host in these is known."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 502, 503, 504})
_RETRIED = _BUSY | {500}
_MOST_REDIRECTS = 5
_CHUNK = 65_536
_LONG_PAUSE = 5.0
"""Seconds from which the user is told about a pause."""
_MOST_OUTAGES = 3
"""Failed requests in a row after which a host is not asked again in this run."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer of a service: its bytes, and the address they came from."""

    content: bytes
    url: str


class _RetryableFailure(Exception):
    """A failure that may be temporary."""

    def __init__(self, reason: str, pause: float | None = None, *, outage: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.pause, self.outage = reason, pause, outage


class Client:
    """Requests from the official services, and from no other host.

    Requests are spread in time (`settings.per_second`). Temporary failures are retried after
    growing pauses, or after the time that the service asks for (Retry-After, RFC 9110 §10.2.3). A
    long pause is reported to `message`. Tests replace `sleep`, `clock` (monotonic seconds) and
    `now`.
    """

    def __init__(
        self,
        settings: SourceSettings,
        *,
        message: Callable[[str], None] = lambda _: None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self._message, self._sleep, self._clock, self._now = message, sleep, clock, now
        self._next = clock()
        self._outages: dict[str, int] = {}
        self._closed: dict[str, str] = {}
        self._origins = settings.origins
        self._session = _session(settings)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def get(self, url: str, params: Mapping[str, str | int] | None = None) -> Reply:
        """Return the answer to a request, following redirects to known hosts.

        Raises SourceError if the service does not answer, if the host is not a known one, or if
        the answer is an error or too large.
        """
        host = urlsplit(url).hostname or ""
        if host in self._closed:
            raise SourceError(self._closed[host])
        pause = self.settings.first_pause
        for attempt in count(1):
            try:
                reply = self._follow(url, params)
            except _RetryableFailure as failure:
                wait = max(pause, failure.pause or 0.0)
                self._check_retry(host, failure, attempt, wait)
                if wait >= _LONG_PAUSE:
                    self._message(f"{host} {failure.reason}; over {duration(wait)} weer.")
                self._sleep(wait)
                pause = min(2 * pause, self.settings.longest_pause)
            else:
                break
        self._outages.pop(host, None)
        return reply

    def _check_retry(
        self, host: str, failure: _RetryableFailure, attempt: int, wait: float
    ) -> None:
        """Raise SourceError if the request is not to be retried after `wait` seconds."""
        if wait > self.settings.longest_pause:
            asked = duration(wait)
            self._closed[host] = f"{host} vraagt om {asked} te wachten. Probeer het dan weer."
            raise SourceError(self._closed[host]) from failure
        if attempt < self.settings.attempts:
            return
        tried = f"{self.settings.attempts} keer geprobeerd"
        if not failure.outage:
            raise SourceError(f"{host} {failure.reason} ({tried}).") from failure
        self._outages[host] = self._outages.get(host, 0) + 1
        if self._outages[host] >= _MOST_OUTAGES:
            self._closed[host] = f"{host} is niet bereikbaar en wordt deze keer overgeslagen."
        raise SourceError(
            f"{host} {failure.reason} ({tried}). Probeer het later weer."
        ) from failure

    def admit(self, url: str) -> str:
        """Return an address that may be requested: with https, unless it is a configured service.

        Raises SourceError if its host is not a known one.
        """
        try:
            scheme, host, port = origin = origin_of(url)
            parts = urlsplit(url)
        except ValueError:
            raise SourceError(f"‘{clean_listed(url)[:200]}’ is geen webadres.") from None
        if not parts.username and not parts.password:
            if origin in self._origins:
                return url
            ours = any(host == each or host.endswith(f".{each}") for each in _KNOWN_DOMAINS)
            if ours and (scheme, port) in (("http", 80), ("https", 443)):
                return parts._replace(scheme="https", netloc=host).geturl()
        raise SourceError(
            f"{clean_listed(host)[:200]} is geen bekende officiële bron; "
            "het adres wordt niet gevolgd."
        )

    def _follow(self, url: str, params: Mapping[str, str | int] | None) -> Reply:
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._send(self.admit(url), params)
            with answer:
                if answer.status_code not in _REDIRECTS:
                    return Reply(self._read(answer), answer.url)
                place = answer.headers.get("Location", "")
                try:
                    # The new address includes the parameters.
                    url, params = urljoin(answer.url, place), None
                except ValueError:
                    raise SourceError(f"‘{clean_listed(place)[:200]}’ is geen webadres.") from None
        raise SourceError(f"{urlsplit(url).hostname} blijft doorverwijzen.")

    def _send(self, url: str, params: Mapping[str, str | int] | None) -> Response:
        import requests

        waiting = self._next - self._clock()
        if waiting > 0:
            self._sleep(waiting)
        self._next = max(self._next, self._clock()) + 1 / self.settings.per_second
        limits = (self.settings.connect_seconds, self.settings.silent_seconds)
        try:
            return self._session.get(
                url, params=params, stream=True, allow_redirects=False, timeout=limits
            )
        except requests.Timeout as error:
            raise _RetryableFailure("antwoordt niet op tijd") from error
        except requests.exceptions.SSLError as error:
            raise SourceError(
                f"De beveiliging van {urlsplit(url).hostname} kan niet worden vertrouwd."
            ) from error
        except requests.ConnectionError as error:
            raise _RetryableFailure("is niet bereikbaar") from error
        except requests.RequestException as error:
            raise SourceError(f"‘{clean_listed(url)[:200]}’ kan niet worden gevraagd.") from error

    def _read(self, answer: Response) -> bytes:
        """Return the body of an answer, within the limits of size and time."""
        import requests

        host, status = urlsplit(answer.url).hostname, answer.status_code
        if status in _RETRIED:
            wait = self._retry_after(answer.headers.get("Retry-After", ""))
            raise _RetryableFailure(f"antwoordt met fout {status}", wait, outage=status in _BUSY)
        if status in (404, 410):
            raise SourceError(f"{host} kent het niet (fout {status}).")
        if status != 200:
            raise SourceError(f"{host} antwoordt met fout {status}.")
        most, late = self.settings.most_bytes, self._clock() + self.settings.file_seconds
        announced = answer.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > most:
            raise SourceError(_too_large(most))
        chunks, size = [], 0
        try:
            for chunk in answer.iter_content(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                if size > most:
                    raise SourceError(_too_large(most))
                if self._clock() > late:
                    raise _RetryableFailure("antwoordt te langzaam")
        except requests.RequestException as error:
            raise _RetryableFailure("brak het antwoord halverwege af") from error
        return b"".join(chunks)

    def _retry_after(self, text: str) -> float | None:
        """Return the seconds of a Retry-After header, which may be a moment; None if invalid."""
        text = text.strip()
        if text.isascii() and text.isdecimal():
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self._now()).total_seconds())


def _too_large(most: int) -> str:
    return f"Het bestand is groter dan {most / 1e6:.0f} MB; zo groot kan niet."


def _session(settings: SourceSettings) -> Session:
    import requests

    class NoRedirects(requests.Session):
        """A session that neither follows redirects nor reads their target."""

        def get_redirect_target(self, resp: Response) -> None:  # noqa: ARG002
            return None

    session = NoRedirects()
    try:
        number = version("kamerwijzer")
    except PackageNotFoundError:
        number = "0"
    session.headers["User-Agent"] = f"Kamerwijzer/{number} (+{settings.contact})"
    # Without this, requests would send a password from the user's ~/.netrc.
    session.auth = _no_auth
    return session


def _no_auth(request: PreparedRequest) -> Any:
    return request
